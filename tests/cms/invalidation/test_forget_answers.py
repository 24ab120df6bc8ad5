"""`manage.py forget_answers`: after rows were changed past Django, nobody is answered from what was kept."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from cms.invalidation.models import ContentChange
from tests.client import GraphQLClient
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.usefixtures("tree")

TITLES = "{ articles(first: 5) { edges { node { title } } } }"


def change_past_django(title: str) -> None:
    """As psql, a restore or another program does it."""
    cursor = connection.connection.cursor()
    cursor.execute(f"UPDATE wagtailcore_page SET title = '{title}' WHERE title LIKE 'Bài %'")  # noqa: S608
    cursor.close()


def titles(graphql: GraphQLClient) -> list[str]:
    answer = graphql.post(TITLES).json()["data"]
    return [each["node"]["title"] for each in answer["articles"]["edges"]]


@pytest.mark.parametrize("changes", [0, 1])
def test_kept_answers_are_forgotten_also_where_no_change_was_ever_logged(
    graphql: GraphQLClient, changes: int
):
    ArticlePageFactory(title="Bài một")
    if not changes:
        ContentChange.objects.all().delete()
    assert titles(graphql) == titles(graphql) == ["Bài một"]
    change_past_django("Bài hai")
    assert titles(graphql) == ["Bài một"]

    call_command("forget_answers", stdout=StringIO())

    assert titles(graphql) == ["Bài hai"]
