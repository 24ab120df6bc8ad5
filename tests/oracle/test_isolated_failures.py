"""One bad part costs its own field, which says so by path and code, and never the whole answer."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DataError, connection

from tests.client import GraphQLClient
from tests.factories.articles import CategoryFactory
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.oracle.comparing import Switches, all_off, all_on, switched

pytestmark = pytest.mark.django_db

PICTURE = "picture"
ARTICLE = """page(slug: "bai") { title ... on ArticlePage { %s } }"""
CAMPAIGN = """page(slug: "phong-trao-thi-dua") { title ... on CampaignPage { %s } }"""
#: What is broken: words of its statements; where it is selected; the path of its error, from `bad` on.
LOADS: dict[str, tuple[list[str], str, list[str | int]]] = {
    "link": (["articles_articlecategory"], ARTICLE % "category { name }", ["category"]),
    "reverse list": (["articles_articleattachment"], ARTICLE % "attachments { title }", ["attachments"]),
    "blocks": (
        ["media_image"],
        ARTICLE % "body { ... on PictureBlock { image { title } } }",
        ["body", 0, "image"],
    ),
    "tags": (["articles_articletag"], ARTICLE % "tags", ["tags"]),
    "nested connection": (
        ["articles_articlepage"],
        CAMPAIGN % "articles { nodes { title } }",
        ["articles"],
    ),
    "count": (["COUNT(", "articles_articlepage"], CAMPAIGN % "articles { totalCount }", ["articles"]),
    "page list": (
        ["search_searchentry"],
        """page(slug: "tin-tuc") { children(searchQuery: "bai") { title } }""",
        ["children"],
    ),
    "count by group": (
        ["COUNT(", "articles_articlepage"],
        ARTICLE % "category { articleCount }",
        ["category", "articleCount"],
    ),
}
#: The same at the root, where no field can be null: the answer has no data, and its error says where.
ROOTS: dict[str, tuple[list[str], str, list[str]]] = {
    "root list": (["articles_articlecategory"], "{ articleCategories { name } }", ["articleCategories"]),
    "connection": (["campaigns_campaignpage"], "{ campaigns { nodes { title } } }", ["campaigns"]),
    "count": (["COUNT(", "campaigns_campaignpage"], "{ campaigns { totalCount } }", ["campaigns"]),
    "search": (
        ["search_searchentry"],
        """{ search(query: "bai") { nodes { title } } }""",
        ["search", "nodes"],
    ),
    "list of pages": (
        ["articles_articlepage"],
        """{ pages(contentType: "articles.ArticlePage") { title } }""",
        ["pages"],
    ),
}
MODES = pytest.mark.parametrize("switches", [all_on(), all_off()], ids=["accelerated", "reference"])


@contextmanager
def broken(words: list[str]) -> Iterator[None]:
    """The database refuses statements that hold all of these words."""

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if all(word in sql for word in words):
            raise DataError("broken for a test")
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


@pytest.fixture(scope="module", autouse=True)
def content(shared: None) -> None:
    campaign = CampaignPageFactory(title="Phong trào", slug="phong-trao-thi-dua")
    article = ArticlePageFactory(
        title="Bài",
        slug="bai",
        category=CategoryFactory(name="Chuyên mục"),
        campaign=campaign,
        body=[{"type": PICTURE, "value": {"image": ImageFactory().pk, "caption": "", "credit": ""}}],
        tags=["thẻ"],
    )
    article.attachments.create(document=DocumentFactory())
    article.save()


def answered(query: str, switches: Switches, **variables: Any) -> dict[str, Any]:
    # What is kept of a count or of a site was not asked for anew.
    with switched(
        {
            **switches,
            "answer_cache": False,
            "kept_counts": False,
            "prepared_statements": False,
        }
    ):
        response = GraphQLClient().post(query, **variables)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


@MODES
@pytest.mark.parametrize("kind", list(LOADS))
def test_a_load_that_fails_is_an_error_of_its_field(kind: str, switches: Switches):
    words, selected, path = LOADS[kind]
    query = f"""{{ bad: {selected} good: site {{ hostname }} }}"""
    whole = answered(query, switches)
    assert "errors" not in whole
    with broken(words):
        answer = answered(query, switches)
    assert [(error["path"], error["extensions"]["code"]) for error in answer["errors"]] == [
        (["bad", *path], "INTERNAL_ERROR")
    ]
    assert answer["data"]["good"] == {"hostname": "localhost"}
    # What stands beside it is answered, too, where the field itself can be null.
    found = answer["data"]["bad"]
    for part in path:
        found = found and found[part]
    assert found is None


@MODES
@pytest.mark.parametrize("kind", list(ROOTS))
def test_a_load_of_the_root_that_fails_says_where(kind: str, switches: Switches):
    words, query, path = ROOTS[kind]
    assert "errors" not in answered(query, switches)
    with broken(words):
        answer = answered(query, switches)
    assert [(error["path"], error["extensions"]["code"]) for error in answer["errors"]] == [
        (path, "INTERNAL_ERROR")
    ]


def cursor(name: str, *values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps([name, *values]).encode()).rstrip(b"=").decode()


BY_TITLE, BY_DATE = "Query.articles:TITLE_ASC", "Query.articles:PUBLISHED_AT_DESC"
BAD_CURSORS = {
    "a NUL": ("articles(orderBy: TITLE_ASC, after: $after)", cursor(BY_TITLE, "\x00", 1)),
    "half of a surrogate pair": (
        "articles(orderBy: TITLE_ASC, after: $after)",
        cursor(BY_TITLE, "\ud800", 1),
    ),
    "no number": ("articles(orderBy: TITLE_ASC, after: $after)", cursor(BY_TITLE, "10", "x")),
    "nothing": ("articles(orderBy: TITLE_ASC, after: $after)", cursor(BY_TITLE, None, 1)),
    "a key of more than 64 bits": (
        "articles(orderBy: TITLE_ASC, after: $after)",
        cursor(BY_TITLE, "10", 2**63),
    ),
    "a list": ("articles(orderBy: TITLE_ASC, after: $after)", cursor(BY_TITLE, "10", [1])),
    "a moment without a zone": ("articles(after: $after)", cursor(BY_DATE, "2026-01-01T00:00:00", 1)),
    "a moment before the first year": (
        "articles(after: $after)",
        cursor(BY_DATE, "0001-01-01T00:00:00+14:00", 1),
    ),
    "a moment after the last year": (
        "articles(after: $after)",
        cursor(BY_DATE, "9999-12-31T23:59:59-14:00", 1),
    ),
    "a huge decimal": (
        "zones(orderBy: AREA_DESC, after: $after)",
        cursor("Query.zones:AREA_DESC", "1e999999", 1),
    ),
    "a long decimal": (
        "zones(orderBy: AREA_DESC, after: $after)",
        cursor("Query.zones:AREA_DESC", "1" * 40, 1),
    ),
    "a NUL in a path": ("routes(after: $after)", cursor("Query.routes:TREE", "\x00", 1)),
}
# Numbers beyond those of the database are beyond all rows.
HUGE_NUMBERS = {
    "a huge key": ("articles(orderBy: TITLE_ASC, after: $after)", cursor(BY_TITLE, "10", 10**18)),
    "a negative key": ("articles(orderBy: TITLE_ASC, after: $after)", cursor(BY_TITLE, "10", -(10**18))),
}


@pytest.mark.parametrize("name", list(BAD_CURSORS))
def test_a_cursor_that_no_database_takes_is_refused(name: str):
    selected, after = BAD_CURSORS[name]
    query = f"query ($after: String) {{ {selected} {{ nodes {{ title }} }} }}".replace(
        "title", "url" if "routes" in selected else "title"
    )
    [error] = answered(query, all_on(), after=after)["errors"]
    assert error["extensions"]["code"] == "BAD_CURSOR"
    assert error["path"] == [selected.partition("(")[0]]


@pytest.mark.parametrize("name", list(HUGE_NUMBERS))
def test_a_cursor_with_a_number_beyond_all_keys_is_answered(name: str):
    selected, after = HUGE_NUMBERS[name]
    query = f"query ($after: String) {{ {selected} {{ nodes {{ title }} }} }}"
    # "Bài" comes after "a" or before it, as the database's collation has it.
    assert answered(query, all_on(), after=after)["data"]["articles"]["nodes"] in ([], [{"title": "Bài"}])


@MODES
def test_a_bad_cursor_below_a_page_leaves_the_other_field(switches: Switches):
    after = cursor("CampaignPage.articles:TITLE_ASC", "\x00", 1)
    listed = "articles(orderBy: TITLE_ASC, after: $after) { nodes { title } }"
    query = f"""query ($after: String) {{ bad: {CAMPAIGN % listed} good: site {{ hostname }} }}"""
    answer = answered(query, switches, after=after)
    [error] = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["bad", "articles"], "BAD_CURSOR")
    assert answer["data"] == {
        "bad": {"title": "Phong trào", "articles": None},
        "good": {"hostname": "localhost"},
    }
