"""The slowest requests within the limits that were found, on a site of 1,000 articles.

They were looked for at random, among lists of all kinds with everything dear below them; what was slow beside its cost
got a `weight` where it is declared. `benchmarks/worst.py` measures what they take.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import ArticlePage
from benchmarks.build import build
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
