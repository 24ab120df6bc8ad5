"""The slowest requests within the limits that were found, on a site of 1,000 articles.

They were looked for at random, among lists of all kinds with everything dear below them; what was slow beside its cost
got a `weight` where it is declared. `benchmarks/worst.py` measures what they take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import ArticlePage
from benchmarks.build import build
from benchmarks.plans import LISTS, rows_of_pages
from benchmarks.worst import WORST
from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.work import calls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("countable")]


@pytest.fixture(scope="module")
def site(demo: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        build(1000)
        # What autovacuum does for a site that is committed: plans go by what the tables hold now.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", list(WORST))
def test_the_cost_of_a_request_bounds_the_work_for_it(
    graphql: GraphQLClient, site: None, settings, name: str
):
    switch(settings, answer_cache=False)
    assert ArticlePage.objects.live().count() >= 1000
    graphql.post(WORST[name])  # the first meets caches that are empty
    with CaptureQueriesContext(connection) as captured:
        response, made = calls(lambda: graphql.post(WORST[name]))
    answer = response.json()
    assert "errors" not in answer, answer["errors"]
    cost = answer["extensions"]["cost"]["requestedQueryCost"]
    assert len(captured) <= 20
    assert made < 250 * cost
    assert 5_000 < cost <= 20_000


#: What makes a list of articles shorter: conditions that many meet, few, and none.
FILTERS = {
    "nothing": "",
    "a category": 'filter: { category: "tin-tuc-su-kien" }',
    "a category that nobody has": 'filter: { category: "khong-co" }',
    "a campaign": 'filter: { campaign: "phong-trao-5" }',
    "a tag": 'filter: { tag: "chính sách" }',
    "featured": "filter: { featured: true }",
    "not featured": "filter: { featured: false }",
    "an author": 'filter: { author: "Nguyễn Việt Dũng" }',
    "an author that nobody is": 'filter: { author: "Không ai" }',
    "a legal document": 'filter: { legalDocument: "0/KH" }',
    "some days": 'filter: { publishedFrom: "2015-01-02", publishedTo: "2015-01-04" }',
    "days to come": 'filter: { publishedFrom: "2090-01-01" }',
}
#: SQLite's steps for one list of 20; reading all articles of this site takes more.
MOST_STEPS = 8_000


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps")
@pytest.mark.parametrize("order", ["PUBLISHED_AT_DESC", "PUBLISHED_AT_ASC", "TITLE_ASC"])
def test_a_list_in_any_order_with_any_filter_reads_a_part_of_the_articles(
    graphql: GraphQLClient, site: None, settings, order: str
):
    switch(settings, answer_cache=False)
    found = {}
    for name, narrowed in FILTERS.items():
        query = f"{{ articles(first: 20, orderBy: {order} {narrowed}) {{ nodes {{ title }} }} }}"
        graphql.data(query)  # the first meets caches that are empty
        found[name] = steps(lambda query=query: graphql.data(query))
    assert {name: count for name, count in found.items() if count > MOST_STEPS} == {}


def steps(work: Callable[[], Any]) -> int:
    """How many instructions of SQLite's virtual machine some work takes, to the next hundred."""
    counted = 0

    def tick() -> int:
        nonlocal counted
        counted += 100
        return 0

    connection.connection.set_progress_handler(tick, 100)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted


#: Rows of pages of this site that one list may go through: the longest shows 500, and all articles are 1,000.
MOST_ROWS = 800


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite prepares nothing")
@pytest.mark.parametrize("name", list(LISTS))
def test_a_prepared_list_reads_a_part_of_the_pages(
    graphql: GraphQLClient, site: None, unlimited: None, settings: LazySettings, name: str
):
    switch(settings, answer_cache=False, prepared_statements=True)
    with connection.cursor() as cursor:
        # So few are read from end to end sooner than by an index; what counts is how a large site is read.
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        # Said once in a connection, where an earlier test has taken it back with all that it did.
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    assert rows_of_pages(lambda: graphql.post(LISTS[name])) < MOST_ROWS
