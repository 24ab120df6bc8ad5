"""Many readers of one slow answer: it is made once, and they do not take all threads to wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from threading import Event, Lock, current_thread, main_thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connections
from django.db.backends.signals import connection_created

from tests.client import GraphQLClient, Response
from tests.factories.portal import ArticlePageFactory
from tests.waiting import PATIENCE, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("countable")]

QUERY = "{ articles { nodes { title } } }"


class SlowList:
    """Holds readers of the list of articles until it is let go; counts the readings."""

    def __init__(self) -> None:
        self.readings = 0
        self.let_go = Event()
        self._lock = Lock()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        is_reader = current_thread() is not main_thread()
        if is_reader and sql.startswith("SELECT") and "articles_articlepage" in sql:
            with self._lock:
                self.readings += 1
            self.let_go.wait(PATIENCE)
        return execute(sql, params, many, context)


@pytest.fixture
def slow_list() -> Iterator[SlowList]:
    slow = SlowList()

    def watch(connection: Any, **_kwargs: Any) -> None:
        connection.execute_wrappers.append(slow)

    connection_created.connect(watch)
    yield slow
    slow.let_go.set()
    connection_created.disconnect(watch)


def ask() -> Response:
    try:
        return GraphQLClient().post(QUERY)
    finally:
        connections.close_all()


def test_who_would_take_the_last_thread_to_wait_is_asked_to_come_again(
    tree: None, settings: LazySettings, slow_list: SlowList
):
    ArticlePageFactory(title="Bài")
    settings.CMS_WEB_THREADS = 4
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask)]
        wait_until(lambda: slow_list.readings, what="a request makes the answer")
        asked += [threads.submit(ask) for _reader in range(3)]
        answered, waiting = wait(asked, timeout=PATIENCE, return_when=FIRST_COMPLETED)
        [refused] = [each.result() for each in answered]
        assert (refused.status_code, refused["Retry-After"]) == (503, "1")
        assert refused.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE", "retryAfter": 1}
        slow_list.let_go.set()
        answers = [each.result() for each in waiting]
    assert [answer.json()["data"]["articles"]["nodes"] for answer in answers] == [[{"title": "Bài"}]] * 3
    assert slow_list.readings == 1
    assert ask().status_code == 200


def test_an_answer_that_is_soon_there_is_waited_for_by_all(
    tree: None, settings: LazySettings, slow_list: SlowList, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("cms.graphql.cache.single_flight.SOON", PATIENCE)
    ArticlePageFactory(title="Bài")
    settings.CMS_WEB_THREADS = 2
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask) for _reader in range(4)]
        wait_until(lambda: slow_list.readings, what="a request makes the answer")
        slow_list.let_go.set()
        assert [each.result().status_code for each in asked] == [200] * 4
    assert slow_list.readings == 1
