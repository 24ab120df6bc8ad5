from __future__ import annotations

from itertools import chain

import pytest

from tests.factories.articles import ArticleFactory, moment, titles
from tests.factories.campaigns import CampaignFactory

PAGE = """query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: ArticleOrder) {
  articles(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    totalCount
    edges { cursor node { title } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } }"""


@pytest.fixture(scope="module")
def nine(shared: None) -> list[str]:
    """Titles of nine articles, the newest first; six of them bear the same date."""
    dates = [moment(3), *[moment(2)] * 6, moment(1), moment(1)]
    articles = [ArticleFactory(title=f"{number}", published_at=date) for number, date in enumerate(dates)]
    return [
        each.title for each in sorted(articles, key=lambda each: (each.published_at, each.pk), reverse=True)
    ]


def pages(graphql, size: str, cursor: str, **args) -> list[list[str]]:
    """The titles of all pages, walked through to the end."""
    found, place = [], None
    while True:
        articles = graphql.data(PAGE, **{cursor: place, **args})["articles"]
        info, edges = articles["pageInfo"], articles["edges"]
        assert articles["totalCount"] == 9
        assert [info["startCursor"], info["endCursor"]] == [edges[0]["cursor"], edges[-1]["cursor"]]
        found.append(titles([edge["node"] for edge in edges]))
        more, place = (
            ("hasNextPage", "endCursor") if cursor == "after" else ("hasPreviousPage", "startCursor")
        )
        if not info[more]:
            return found
        place = info[place]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 8, 9, 100])
def test_forward_nothing_is_missed_or_repeated(graphql, nine, size):
    walked = pages(graphql, "first", "after", first=size)
    assert list(chain.from_iterable(walked)) == nine
    assert [len(page) for page in walked[:-1]] == [size] * (len(walked) - 1)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 8, 9, 100])
def test_backward_nothing_is_missed_or_repeated(graphql, nine, size):
    walked = pages(graphql, "last", "before", last=size)
    assert list(chain.from_iterable(reversed(walked))) == nine


def test_each_order_is_that_of_its_name(graphql, nine):
    def listed(order: str) -> list[str]:
        return [edge["node"]["title"] for edge in graphql.data(PAGE, orderBy=order)["articles"]["edges"]]

    assert listed("PUBLISHED_AT_DESC") == nine
    assert listed("PUBLISHED_AT_ASC") == nine[::-1]
    assert listed("TITLE_ASC") == sorted(nine)


def test_a_new_article_does_not_move_the_pages_that_follow(graphql, nine):
    first = graphql.data(PAGE, first=4)["articles"]
    ArticleFactory(published_at=moment(9))
    second = graphql.data(PAGE, first=5, after=first["pageInfo"]["endCursor"])["articles"]
    assert [edge["node"]["title"] for edge in second["edges"]] == nine[4:]


def test_a_cursor_of_another_order_is_refused(graphql, nine):
    cursor = graphql.data(PAGE, first=1, orderBy="TITLE_ASC")["articles"]["pageInfo"]["endCursor"]
    [error] = graphql.errors(PAGE, after=cursor, orderBy="PUBLISHED_AT_DESC", code="BAD_CURSOR")
    assert error["extensions"]["field"] == "after"


def test_a_cursor_of_another_list_is_refused(graphql, nine):
    CampaignFactory()
    cursor = graphql.data("{ campaigns(first: 1) { pageInfo { endCursor } } }")["campaigns"]["pageInfo"][
        "endCursor"
    ]
    graphql.errors(PAGE, after=cursor, code="BAD_CURSOR")


@pytest.mark.parametrize("cursor", ["", "x", "²", "W10", "bnVsbA", "eyJhIjoxfQ", "A" * 5000])
def test_a_cursor_that_is_none_is_refused(graphql, nine, cursor):
    graphql.errors(PAGE, after=cursor, code="BAD_CURSOR")


@pytest.mark.parametrize(
    "size", [{"first": 0}, {"first": -1}, {"first": 101}, {"last": 10**9}, {"first": 1, "last": 1}]
)
def test_a_page_size_that_cannot_be_is_refused(graphql, nine, size):
    graphql.errors(PAGE, **size, code="BAD_PAGE_SIZE")
