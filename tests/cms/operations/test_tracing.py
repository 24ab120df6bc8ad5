"""Traces as a collector gets them: the way of a request, and nothing of people."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult, get_date_max
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from redis import Redis

from cms.operations.tasks import SurvivingWorker
from cms.operations.tracing import begin_tracing, end_tracing
from tests.collector import collector
from tests.factories.polls import PollFactory, option_ids
from tests.servers import ROOT

pytestmark = pytest.mark.usefixtures("tree")

VOTE = "mutation PollVote($input: CastVoteInput!) { castVote(input: $input) { receipt errors { code } } }"
QUERY = "query Polls { polls { nodes { question } } }"
Spans = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def spans(settings: LazySettings) -> Iterator[Spans]:
    """Ends the tracing, and returns what the collector got."""
    connection.close()  # one that was made before is not traced
    with collector() as found:
        settings.CMS_OTEL_ENDPOINT = f"http://127.0.0.1:{found.port}"
        begin_tracing()

        def sent() -> list[dict[str, Any]]:
            end_tracing()
            return [span for body in found.sent_to("/v1/traces") for span in _spans(body)]

        yield sent
        end_tracing()
    connection.close()


def _spans(body: bytes) -> Iterator[dict[str, Any]]:
    request = ExportTraceServiceRequest.FromString(body)
    for resource in request.resource_spans:
        for scope in resource.scope_spans:
            for span in scope.spans:
                values = {
                    each.key: each.value.string_value or each.value.int_value for each in span.attributes
                }
                yield {
                    "name": span.name,
                    "id": span.span_id,
                    "parent": span.parent_span_id,
                    "trace": span.trace_id,
                    "values": values,
                    "whole": str(resource.resource) + str(span),
                }


def post(query: str, **variables: Any) -> Any:
    client = Client(HTTP_USER_AGENT="Firefox", REMOTE_ADDR="203.0.113.7")
    body = {"query": query, "variables": variables}
    return client.post("/graphql/?token=in-the-address", body, content_type="application/json").json()


def named(found: list[dict[str, Any]], name: str) -> dict[str, Any]:
    [span] = [each for each in found if each["name"] == name]
    return span


def test_a_request_is_a_trace_of_view_execution_and_sql(spans: Spans):
    PollFactory()
    post(QUERY)
    found = spans()
    view, execution = named(found, "POST graphql/"), named(found, "graphql.execute")
    assert execution["parent"] == view["id"]
    assert execution["values"]["graphql.operation.name"] == "Polls"
    assert execution["values"]["cms.graphql.cost"] > 0
    assert (view["values"]["http.route"], view["values"]["http.status_code"]) == ("graphql/", 200)
    statements = [each for each in found if each["values"].get("db.system") == "postgresql"]
    if connection.vendor == "postgresql":
        within = [each for each in statements if each["parent"] == execution["id"]]
        assert any("polls_poll" in each["values"]["db.statement"] for each in within)
    assert len({each["trace"] for each in found if each["parent"]} | {view["trace"]}) == 1


def test_nothing_that_a_person_sent_is_in_a_span(spans: Spans):
    poll = PollFactory()
    options = [str(option_ids(poll)[0])]
    token = "a-voters-own-key-0123456789"
    answer = post(VOTE, input={"pollId": str(poll.pk), "optionIds": options, "idempotencyKey": token})
    receipt = answer["data"]["castVote"]["receipt"]
    whole = "".join(each["whole"] for each in spans())
    assert "PollVote" in whole
    for secret in (token, receipt, "in-the-address", "203.0.113.7", "Firefox", "sessionid"):
        assert secret not in whole


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQL is traced on PostgreSQL")
def test_of_a_statement_that_fails_the_kind_of_error_is_told_and_not_the_values(spans: Spans):
    with connection.cursor() as cursor, pytest.raises(Exception, match="private"):
        cursor.execute("SELECT %s::integer", ["private"])
    [failed] = [each for each in spans() if "::integer" in each["values"].get("db.statement", "")]
    assert "InvalidTextRepresentation" in failed["whole"]
    assert "private" not in failed["whole"]


def test_commands_of_redis_are_told_without_keys_and_values(spans: Spans, settings: LazySettings):
    if not settings.REDIS_URL:
        pytest.skip("needs Redis")
    Redis.from_url(settings.REDIS_URL).set("a-key", "a-value")
    command = named(spans(), "SET")
    assert command["values"]["db.statement"] == "SET ? ?"
    assert "a-key" not in command["whole"]


def test_a_task_is_a_trace_that_tells_how_it_ended(spans: Spans, settings: LazySettings):
    settings.TASKS = {
        "default": {"BACKEND": "cms.operations.task_queue.JoiningBackend", "OPTIONS": {"joined": []}}
    }
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="cms.preview.sweeping.sweep_in_background",
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )
    names = {"queue_names": ["*"], "excluded_queue_names": [], "backend_name": "default", "worker_id": "w"}
    SurvivingWorker(interval=0, batch=True, startup_delay=False, max_tasks=None, **names).run_task(task)
    values = named(spans(), "task")["values"]
    assert values == {"cms.task": "cms.preview.sweeping.sweep_in_background", "cms.task.status": "successful"}


@pytest.mark.one_database
def test_without_settings_for_them_no_package_is_loaded():
    code = """
import sys
from cms.operations.error_reports import begin_error_reports
from cms.operations.tracing import begin_tracing

begin_error_reports()
begin_tracing()
# redis-py looks for OpenTelemetry itself, wherever it is installed.
print([name for name in sys.modules if name.startswith(("opentelemetry.instrumentation", "sentry_sdk"))])
"""
    environment = {"DJANGO_SETTINGS_MODULE": "settings.test"}
    result = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
