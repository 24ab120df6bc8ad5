"""What has no value in the column of an order stands in the same place on every database."""

from __future__ import annotations

import pytest

from articles.models import ArticlePage
from tests.client import GraphQLClient
from tests.factories.articles import ArticleFactory, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]

PAGES = """query ($order: String) {
  pages(contentType: "articles.ArticlePage", order: $order) { title } }"""


@pytest.mark.parametrize("column", ["first_published_at", "last_published_at"])
def test_pages_without_a_moment_are_before_all_others_and_after_them_in_reverse(
    graphql: GraphQLClient, column: str
):
    for title, day in (("b", 2), ("c", 3), ("a", None)):
        page = ArticleFactory(title=title)
        ArticlePage.objects.filter(pk=page.pk).update(**{column: day and moment(day)})

    def listed(order: str) -> list[str]:
        return [page["title"] for page in graphql.data(PAGES, order=order)["pages"]]

    assert listed(column) == ["a", "b", "c"]
    assert listed(f"-{column}") == ["c", "b", "a"]
