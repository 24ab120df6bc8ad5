"""Lists that are narrowed by words: there the search is a subquery."""

from __future__ import annotations

import pytest

from articles.models import ArticlePage
from cms.search.query import only_matching

LISTS = {
    "connection": "query ($words: String) { articles(search: $words) { nodes { title } } }",
    "grapple's list": """query ($words: String) {
      pages(searchQuery: $words, contentType: "articles.ArticlePage") { title } }""",
}


def titles(answer: dict) -> list[str]:
    rows = answer["pages"] if "pages" in answer else answer["articles"]["nodes"]
    return [row["title"] for row in rows]


@pytest.mark.parametrize("query", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("words", ["vi nguoi ngheo", "Người NGHÈO", "nghe"])
def test_a_list_holds_only_what_has_the_words(article, graphql, query, words):
    article("Vì người nghèo")
    article("Khác")
    assert titles(graphql.data(query, words=words)) == ["Vì người nghèo"]


@pytest.mark.parametrize("operator", ["AND", "OR"])
def test_all_words_or_any_of_them(article, graphql, operator):
    article("Vì người nghèo")
    article("Người khác")
    query = f"""{{ pages(searchQuery: "ngheo nguoi", searchOperator: {operator},
      contentType: "articles.ArticlePage", order: "title") {{ title }} }}"""
    found = titles(graphql.data(query))
    assert found == (["Vì người nghèo"] if operator == "AND" else ["Người khác", "Vì người nghèo"])


def test_words_narrow_what_is_narrowed_already(article):
    article("Vì người nghèo")
    article("Người khác")
    both = only_matching(only_matching(ArticlePage.objects.all(), "nguoi"), "khac")
    assert [page.title for page in both] == ["Người khác"]
