"""Readers of several server processes while an editor publishes: nobody gets what was replaced before they asked."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections

from articles.models import ArticlePage
from polls.models import Poll, ResultsVisibility
from polls.tally.tallies import tallies_by_poll
from tests.client import GraphQLClient
from tests.factories.articles import CategoryFactory
from tests.factories.home import HomePageFactory
from tests.factories.polls import PollFactory, vote
from tests.factories.portal import ArticlePageFactory
from tests.servers import servers

#: Reads and publishes by database. SQLite's take turns, and four times as long.
RACES = {"postgresql": (10_000, 200), "sqlite": (2_500, 50)}
READERS = 4
#: Seconds between a reader's requests: fifty of all fall into one publish, which is to have the processor meanwhile.
PAUSE = 0.01

ARTICLE = "query A($id: ID!) { page(id: $id) { title } }"
LIST = "{ articles(first: 5) { nodes { title } } }"


class Reader:
    """A client that keeps its connection to one server."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        body = json.dumps({"query": query, "variables": variables})
        self._connection.request("POST", "/graphql/", body, {"Content-Type": "application/json"})
        answer = json.loads(self._connection.getresponse().read())
        assert "errors" not in answer, answer
        return answer["data"]


@pytest.mark.usefixtures("tree")
def test_nobody_gets_what_was_replaced_before_they_asked():
    page = ArticlePageFactory(title="0")
    ArticlePageFactory(title="beside")
    published, over = [0], Event()
    reads, publishes = RACES[connection.vendor]

    def read(port: int) -> Counter[str]:
        reader, seen = Reader(port), Counter()
        while not over.is_set() or seen["reads"] < reads // READERS:
            least = published[0]
            if seen["reads"] % 2:
                title = reader.ask(ARTICLE, id=str(page.pk))["page"]["title"]
            else:
                titles = [node["title"] for node in reader.ask(LIST)["articles"]["nodes"]]
                title = next(each for each in titles if each != "beside")
            seen["reads"] += 1
            seen["stale"] += int(title) < least
            over.wait(PAUSE)
        return seen

    with servers(2) as ports, ThreadPoolExecutor(READERS) as threads:
        readers = [threads.submit(read, ports[number % 2]) for number in range(READERS)]
        try:
            for number in range(1, publishes + 1):
                draft = ArticlePage.objects.get(pk=page.pk)
                draft.title = str(number)
                draft.save_revision().publish()
                published[0] = number
        finally:
            over.set()
        seen = sum((each.result() for each in readers), Counter())
    assert seen["reads"] >= reads
    assert seen["stale"] == 0


@pytest.mark.usefixtures("tree")
def test_a_thread_whose_first_request_was_a_query_tells_what_it_changes(graphql: GraphQLClient):
    page, other = ArticlePageFactory(title="Cũ"), ArticlePageFactory()

    def title(of: ArticlePage) -> str:
        return graphql.post(ARTICLE, id=str(of.pk)).json()["data"]["page"]["title"]

    def publish() -> None:
        draft = ArticlePage.objects.get(pk=page.pk)
        draft.title = "Mới"
        draft.save_revision().publish()

    with ThreadPoolExecutor(1) as another:
        assert title(page) == "Cũ"
        try:
            # Changes are known already: this thread connects when it reads the article.
            assert another.submit(title, other).result() == other.title
            another.submit(publish).result()
        finally:
            another.submit(connections.close_all).result()
    assert title(page) == "Mới"


@pytest.mark.usefixtures("tree")
def test_all_processes_count_what_is_there_without_the_answer_cache():
    query = "{ articles(first: 1) { totalCount } articleCategories { articleCount } }"
    category = CategoryFactory()
    made: list[ArticlePage] = []
    with servers(2, ACCELERATORS_OFF="answer_cache") as ports:
        readers = [Reader(port) for port in ports]
        for number in range(40):
            if number % 4 == 3:
                ArticlePage.objects.get(pk=made.pop(0).pk).unpublish()
            else:
                made.append(ArticlePageFactory(category=category))
            # The second time it is a kept count.
            for reader in readers * 2:
                answer = reader.ask(query)
                assert answer["articles"]["totalCount"] == len(made)
                assert answer["articleCategories"] == [{"articleCount": len(made)}]


@pytest.mark.usefixtures("tree")
def test_a_vote_is_seen_by_all_processes_at_once_where_no_figure_may_be_old():
    HomePageFactory()
    poll = PollFactory(results_visibility=ResultsVisibility.ALWAYS)
    query = "query P($id: ID!) { poll(id: $id) { totalVotes } }"
    with servers(2, LIVE_FIGURES_SECONDS="0") as ports:
        readers = [Reader(port) for port in ports]
        for number in range(30):
            # The second time it is a kept answer.
            found = [reader.ask(query, id=str(poll.pk))["poll"]["totalVotes"] for reader in readers * 2]
            assert found == [number] * 4
            vote(Poll.objects.get(pk=poll.pk), 0)
    assert tallies_by_poll([poll.pk])[poll.pk].ballots == 30
