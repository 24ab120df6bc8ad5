"""Every way through the schema, to every type: nothing that is hidden shows on any of them.

The ways are made from introspection and the content is the demonstration's, so that a new field or a new type is
walked as soon as it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import get_page_models

from tests.client import GraphQLClient
from tests.leaks.asking import ask
from tests.leaks.secrets import hide
from tests.leaks.walk import Walk

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).parents[2] / "schema.graphql").read_text()
ROOT_FIELDS = re.findall(r"^  (\w+)[(:]", TEXT.partition("\ntype Query {")[2].partition("\n}")[0], re.M)
TYPES = [name for name in re.findall(r"^type (\w+)", TEXT, re.M) if name != "Query"]
#: Parts that the walk past what is hidden is made in, side by side: a root field or a type each.
PARTS = [*(f"Query.{name}" for name in ROOT_FIELDS), *TYPES]


@pytest.fixture(scope="module", autouse=True)
def hidden(secret: dict[str, list], django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        hide(secret)
        yield
        transaction.set_rollback(True)


def test_every_way_is_in_a_part(walk: Walk):
    assert walk.ways.keys() - {"Query"} <= set(TYPES)
    assert set(walk.schema.query_type.fields) == set(ROOT_FIELDS)


@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_is_hidden_shows_by_any_way(graphql: GraphQLClient, walk: Walk, part: str):
    shown, _seen, wrong = ask(graphql, walk, part, with_arguments=True)
    assert shown == {}
    assert set(wrong.values()) <= {"BAD_ORDER", "BAD_IMAGE_SIZE"}


def test_the_other_half_is_still_there(graphql: GraphQLClient, walk: Walk):
    pages = graphql.data("{ pages(limit: 100) { __typename } }")["pages"]
    shown = {page["__typename"] for page in pages}
    assert shown == {model.__name__ for model in get_page_models()} - {"Page"}
