"""What operators see of GraphQL, SQL and the work behind it in /metrics."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from prometheus_client.mmap_dict import MmapedDict, mmap_key

from cms.events.outbox import record
from cms.graphql.operation.persisted import counted_names
from cms.invalidation.edge.purge import purge
from cms.operations.clock import Repeated, claim
from cms.operations.management.commands.worker import show_figures
from cms.operations.metrics import exposition
from cms.operations.models import WorkerHeartbeat
from cms.operations.tasks import SurvivingWorker
from polls.integrity.worker import seal_all
from tests.client import GraphQLClient, Reader
from tests.factories.polls import PollFactory, option_ids, vote
from tests.factories.webhooks import webhook
from tests.figures import figures
from tests.servers import free_port
from visits.recording import record_visit

pytestmark = pytest.mark.django_db

VOTE = """mutation PollVote($input: CastVoteInput!) { castVote(input: $input) { receipt errors { code } } }"""


class Growth:
    """By how much figures have grown within the block."""

    def __enter__(self) -> Growth:
        self._before = figures()
        return self

    def __exit__(self, *_error: object) -> None:
        after = figures()
        self._grown = {name: value - self._before.get(name, 0) for name, value in after.items()}

    def __getitem__(self, name: str) -> float:
        return self._grown.get(name, 0)


def requests_of(operation: str) -> str:
    return f'cms_http_request_seconds_count{{operation="{operation}",route="graphql/"}}'


def post(query: str, **variables: Any) -> Any:
    body = {"query": query, "variables": variables}
    return Reader().post("/graphql/", body, content_type="application/json").json()


@pytest.fixture
def counted(settings: LazySettings) -> Iterator[None]:
    settings.CMS_METRICS_OPERATIONS = ["AppStart"]
    counted_names.cache_clear()
    yield
    counted_names.cache_clear()


@pytest.mark.usefixtures("counted")
def test_known_operations_are_counted_by_name_whether_they_were_kept_or_not():
    with Growth() as grown:
        for _time in range(3):
            post("query AppStart { polls { nodes { id } } }")
    assert grown[requests_of("AppStart")] == 3
    assert grown['cms_graphql_answers_total{outcome="kept"}'] == 2


def test_operations_of_the_frontend_are_counted_by_name():
    assert {"Article", "Search"} <= counted_names()
    with Growth() as grown:
        post("query Search { polls { nodes { id } } }")
    assert grown[requests_of("Search")] == 1


def test_names_that_strangers_make_up_make_no_new_series():
    with Growth() as grown:
        for number in range(3):
            post(f"query MadeUp{number} {{ polls {{ nodes {{ id }} }} }}")
        post("{ polls { nodes { id } } }")
    assert grown[requests_of("other")] == 4
    assert "MadeUp" not in "".join(figures())


def test_errors_are_counted_by_code_once_an_answer_whatever_its_status():
    broken = '{ a: image(id: "x") { id } b: image(id: "x") { id } }'
    with Growth() as grown:
        assert "errors" in post(broken)
        post("{ nothing }")
    assert grown['cms_graphql_errors_total{code="BAD_ID"}'] == 1
    assert grown['cms_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"}'] == 1


@pytest.mark.usefixtures("countable")
def test_statements_are_counted():
    with Growth() as grown, CaptureQueriesContext(connection) as captured:
        post("{ polls { nodes { id } } }")
        asked = len(captured)
    # /metrics itself asks for a few.
    with Growth() as itself:
        pass
    assert asked > 0
    assert grown["cms_sql_statements_total"] - itself["cms_sql_statements_total"] == asked


def test_votes_are_counted_by_what_became_of_them_and_ballots_until_they_are_sealed(
    django_capture_on_commit_callbacks: Any,
):
    poll = PollFactory()
    options = [str(pk) for pk in option_ids(poll)]
    sent = {"pollId": str(poll.pk), "optionIds": options[:1], "idempotencyKey": "a" * 16}
    reader = GraphQLClient()
    with Growth() as grown:
        for _time in range(2):
            reader.data(VOTE, input=sent)
        post(VOTE, input={"pollId": sent["pollId"], "optionIds": options})
        vote(PollFactory(), 0, now=timezone.now() - timedelta(minutes=5))
    assert grown['cms_poll_votes_total{outcome="ACCEPTED"}'] == 2
    assert grown['cms_poll_votes_total{outcome="REPEATED"}'] == 1
    assert grown['cms_poll_votes_total{outcome="TOO_MANY_CHOICES"}'] == 1
    assert grown["cms_poll_ballots_unsealed"] == 2
    assert figures()["cms_poll_oldest_unsealed_seconds"] >= 300
    with Growth() as grown, django_capture_on_commit_callbacks(execute=True):
        seal_all(timezone.now())
    assert grown["cms_poll_ballots_sealed_total"] == 2
    assert figures()["cms_poll_ballots_unsealed"] == figures()["cms_poll_oldest_unsealed_seconds"] == 0


def test_page_views_are_counted_and_wait_for_their_day():
    with Growth() as grown:
        record_visit(address="203.0.113.7", user_agent="Firefox", now=timezone.now())
    assert (grown["cms_visits_page_views_total"], grown["cms_visits_waiting"]) == (1, 1)


def test_events_wait_for_a_webhook_and_attempts_are_counted():
    webhook(url="http://127.0.0.1:9/hook")
    record("page.published", subject="page:1", data={})
    found = figures()
    assert (found["cms_webhook_deliveries_waiting"], found["cms_webhooks_away"]) == (1, 0)
    assert found["cms_webhook_oldest_seconds"] > 0


def test_a_purge_that_an_edge_cache_did_not_take_is_counted(settings: LazySettings):
    address = f"http://127.0.0.1:{free_port()}"
    backend = "cms.invalidation.edge.backends.VarnishBackend"
    settings.WAGTAILFRONTENDCACHE = {"edge": {"BACKEND": backend, "LOCATION": address}}
    with Growth() as grown:
        assert purge(["page:1"]).keys() == {"edge"}
    assert grown['cms_edge_purges_total{edge="edge",outcome="failed"}'] == 1


def task(path: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path=path,
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )


def test_workers_and_tasks_are_seen(settings: LazySettings):
    settings.TASKS = {
        "default": {"BACKEND": "cms.operations.task_queue.JoiningBackend", "OPTIONS": {"joined": []}}
    }
    beat = timezone.now()
    WorkerHeartbeat.objects.create(worker="w", seen_at=beat)
    task("wagtail.tasks.update_reference_index_task")
    found = figures()
    name = 'cms_tasks{status="ready",task="wagtail.tasks.update_reference_index_task"}'
    assert (found[name], found["cms_tasks_waiting"], found["cms_worker_alive"]) == (1, 1, 1)
    assert found["cms_worker_last_beat_timestamp_seconds"] == pytest.approx(beat.timestamp())


def test_a_task_that_has_failed_is_told_for_a_day():
    for age in (timedelta(hours=23), timedelta(hours=25)):
        failed = task("wagtail.tasks.update_reference_index_task")
        DBTaskResult.objects.filter(pk=failed.pk).update(status="FAILED", finished_at=timezone.now() - age)

    name = 'cms_tasks{status="failed",task="wagtail.tasks.update_reference_index_task"}'
    assert figures()[name] == 1


def test_a_command_that_has_never_ended_well_has_a_figure():
    claim(Repeated("verify_polls", timedelta(days=1)), timezone.now())

    found = figures()
    assert found['cms_command_last_run_timestamp_seconds{command="verify_polls"}'] == 0
    assert found['cms_command_last_start_timestamp_seconds{command="verify_polls"}'] > 0


@pytest.mark.one_database
def test_memory_of_a_process_that_has_died_is_counted_no_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    alive, dead = (tmp_path / f"gauge_livesum_{pid}.db" for pid in (os.getpid(), ended.pid))
    for file in (alive, dead):
        values = MmapedDict(str(file))
        values.write_value(mmap_key("bytes", "bytes", [], [], "Bytes."), 5, 0)
        values.close()
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))

    assert "\nbytes 5.0\n" in exposition().decode()
    assert os.listdir(tmp_path) == [alive.name]


@pytest.mark.one_database
def test_a_worker_counts_what_it_has_carried_out_and_shows_it_at_its_port(settings: LazySettings):
    settings.TASKS = {
        "default": {"BACKEND": "cms.operations.task_queue.JoiningBackend", "OPTIONS": {"joined": []}}
    }
    settings.CMS_METRICS_WORKER_PORT = port = free_port()
    names = {"queue_names": ["*"], "excluded_queue_names": [], "backend_name": "default", "worker_id": "w"}
    worker = SurvivingWorker(interval=0, batch=True, startup_delay=False, max_tasks=None, **names)
    server = show_figures()
    worker.run_task(task("cms.preview.sweeping.sweep_in_background"))
    try:
        shown = urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    finally:
        assert server is not None
        server.shutdown()
        server.server_close()
    ended = 'cms_tasks_ended_total{status="successful",task="cms.preview.sweeping.sweep_in_background"}'
    assert ended in shown
