"""Answers that are made with the replica of the database: never older than what the primary has committed.

A database that is the primary itself stands for a replica that has replayed everything, a copy of it that gets no
later change for one that is behind. `benchmarks/past_one_machine.py` has real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import InternalError, connection, connections
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from articles.models import ArticlePage
from cms.graphql.cache.store import response_cache
from cms.operations import readiness
from cms.operations.replica import ALIAS, breaker
from polls.models import ResultsVisibility
from settings.storage import replica as replica_settings
from tests import databases
from tests.client import GraphQLClient
from tests.factories.polls import PollFactory, vote
from tests.factories.portal import ArticlePageFactory
from tests.figures import figures
from tests.queries.test_statement_counts import DOCUMENTS, grow
from tests.servers import database_url

TITLES = "{ articles { nodes { title } } }"
POLL = "query P($id: ID!) { poll(id: $id) { question totalVotes } }"
NOWHERE = "postgres://nobody@127.0.0.1:1/none"

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", ALIAS]),
    pytest.mark.usefixtures("countable"),
    pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="SQLite has no replicas"),
]


@pytest.fixture(autouse=True, scope="module")
def name_of_a_replica() -> Iterator[None]:
    """There before each test says which databases it works on."""
    with replica(NOWHERE):
        yield


@pytest.fixture(autouse=True)
def replica_that_answers() -> Iterator[None]:
    breaker.reset()
    yield
    breaker.reset()


@contextmanager
def replica(url: str) -> Iterator[None]:
    """Let a database be the replica, until the end of the block."""
    found = connections.configure_settings({"default": {}, ALIAS: replica_settings(url)})[ALIAS]
    before = connections.settings.get(ALIAS)
    if before is None:
        connections.settings[ALIAS] = found
    else:
        connections[ALIAS].settings_dict = found
        breaker.reset()
    try:
        yield
    finally:
        connections[ALIAS].close()
        connections[ALIAS].settings_dict = before
        if before is None:
            del connections[ALIAS], connections.settings[ALIAS]


@contextmanager
def current_replica() -> Iterator[None]:
    with replica(database_url()):
        yield


@contextmanager
def late_replica() -> Iterator[None]:
    """One that shows the moment at which the block begins."""
    with databases.frozen() as name, replica(_address(name)):
        yield


def _address(name: str) -> str:
    return database_url().removesuffix(connection.settings_dict["NAME"]) + databases.address(name)


def outcomes() -> dict[str, float]:
    """How often the replica was used, behind and away, in this process."""
    return {
        each: figures().get(f'cms_replica_answers_total{{outcome="{each}"}}', 0.0)
        for each in ("used", "behind", "away")
    }


def titles() -> list[str]:
    return [each["title"] for each in GraphQLClient().data(TITLES)["articles"]["nodes"]]


def test_content_is_read_on_a_replica_that_shows_all_changes() -> None:
    ArticlePageFactory(title="Một bài")
    titles()
    with current_replica():
        # What is kept for all answers is there by now.
        titles()
        ArticlePage.objects.get().copy(update_attrs={"title": "Hai bài", "slug": "hai"})
        titles()
        before = outcomes()
        query = TITLES.replace("title", "title urlPath")
        with (
            CaptureQueriesContext(connections[ALIAS]) as on_replica,
            CaptureQueriesContext(connection) as on_primary,
        ):
            response = GraphQLClient().post(query)
        replicas, primarys = (
            " ".join(each["sql"] for each in context.captured_queries) for context in (on_replica, on_primary)
        )

        assert len(response.json()["data"]["articles"]["nodes"]) == 2
        assert 'FROM "articles_articlepage"' in replicas
        assert "articles_articlepage" not in primarys
        assert outcomes()["used"] == before["used"] + 1


def test_every_query_of_the_clients_gets_the_same_answer_from_the_replica(unlimited: None) -> None:
    grow(range(1))
    used = outcomes()["used"]
    with current_replica():
        for query, operation, variables in DOCUMENTS.values():
            breaker.trip()
            of_primary = GraphQLClient().post(query, operation=operation, **variables)
            breaker.reset()
            response_cache.clear()
            of_replica = GraphQLClient().post(query, operation=operation, **variables)

            assert of_primary.content == of_replica.content
        # What is read past the loader, such as a search, is read on the primary.
        assert outcomes()["used"] >= used + len(DOCUMENTS) - 2


def test_a_replica_that_is_behind_is_not_asked() -> None:
    page = ArticlePageFactory(title="Cũ")
    titles()
    with late_replica():
        assert titles() == ["Cũ"]
        page.title = "Mới"
        page.save_revision().publish()
        before = outcomes()

        assert titles() == ["Mới"]
        assert outcomes()["behind"] > before["behind"]
        assert titles() == ["Mới"], "what was kept is what is new"


def test_votes_are_read_on_the_primary_whatever_the_replica_shows() -> None:
    poll = PollFactory(texts=("a", "b"))
    GraphQLClient().data(POLL, id=str(poll.pk))
    with late_replica():
        vote(poll, 0)
        before = outcomes()

        found = GraphQLClient().data(POLL, id=str(poll.pk))["poll"]

        assert found == {"question": poll.question, "totalVotes": 1}
        assert outcomes()["behind"] == before["behind"], "a vote is no change of content"


def test_who_has_voted_is_answered_by_the_primary() -> None:
    poll = PollFactory(texts=("a", "b"), results_visibility=ResultsVisibility.AFTER_VOTE)
    voter = GraphQLClient()
    with late_replica():
        voter.data(
            "mutation V($input: CastVoteInput!) { castVote(input: $input) { receipt } }",
            input={"pollId": str(poll.pk), "optionIds": [str(poll.options.first().pk)]},
        )
        before = outcomes()

        assert voter.data(POLL, id=str(poll.pk))["poll"]["totalVotes"] == 1
        assert outcomes() == before


def test_the_primary_answers_while_the_replica_is_away() -> None:
    ArticlePageFactory(title="Một bài")
    before = outcomes()

    assert titles() == ["Một bài"]
    assert outcomes()["away"] > before["away"]
    assert [each.detail for each in readiness.results() if each.name == ALIAS] == ["does not answer"]


def test_what_fails_on_the_replica_is_asked_on_the_primary() -> None:
    ArticlePageFactory(title="Một bài")
    titles()
    with late_replica():
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
            cursor.execute("ALTER TABLE articles_articlepage RENAME TO gone")

        assert [
            each["title"]
            for each in GraphQLClient().data("{ articles { nodes { title slug } } }")["articles"]["nodes"]
        ] == ["Một bài"]


def test_the_connection_to_the_replica_writes_nothing() -> None:
    with current_replica(), pytest.raises(InternalError, match="read-only transaction"):
        Locale.objects.using(ALIAS).create(language_code="en")


def test_a_replica_that_is_none_any_more_is_reported() -> None:
    with current_replica():
        [found] = [each for each in readiness.results() if each.name == ALIAS]

        assert (found.ok, found.detail.split(" (")[0]) == (False, "is no standby")
        assert figures()["cms_replica_lag_bytes"] == 0
