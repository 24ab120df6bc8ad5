"""What is noted of a request: its id, its line in the log, its count."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults

import orjson
import pytest
from django.conf import LazySettings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from cms.operations.logs import JSONFormatter, LineFormatter, RepeatFilter, RequestFilter, request_id
from cms.operations.requests import RequestLogMiddleware
from cms.wsgi import application
from tests.factories.portal import ArticlePageFactory
from tests.figures import figures

BODY = b'{"query": "{ articles { nodes { title } } }"}'


class Answer(NamedTuple):
    """What the whole application answered."""

    status: int
    headers: dict[str, str]


def ask(path: str, *, query: str = "", body: bytes = b"", **environ: str) -> Answer:
    """Ask the application as a WSGI server does."""
    request: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1"}
    if body:
        request |= {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json"}
        request |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
    request |= environ
    setup_testing_defaults(request)
    started: list[Answer] = []

    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> None:
        started.append(Answer(int(status[:3]), dict(headers)))

    # The connection holds the test's transaction: it must not be closed with a request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        b"".join(application(request, start))
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    return started[-1]


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [entry.getMessage() for entry in caplog.records if entry.name == "cms.requests"]


pytestmark = pytest.mark.one_database


def record(message: str, *, level: int = logging.INFO, exc_info: object = None) -> logging.LogRecord:
    made = logging.LogRecord("cms.test", level, __file__, 1, message, None, exc_info)
    RequestFilter().filter(made)
    return made


def test_an_answer_carries_an_id_and_the_next_one_another() -> None:
    first, second = ask("/healthz").headers["X-Request-ID"], ask("/healthz").headers["X-Request-ID"]

    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize(
    ("hops", "given", "kept"),
    [(1, "abc-123-xyz", True), (0, "abc-123-xyz", False), (1, "a b\nc", False), (1, "x" * 65, False)],
)
def test_an_id_is_taken_over_only_from_a_proxy_of_ours_and_well_formed(
    settings: LazySettings, hops: int, given: str, kept: bool
) -> None:
    settings.TRUSTED_PROXY_HOPS = hops

    assert (ask("/healthz", HTTP_X_REQUEST_ID=given).headers["X-Request-ID"] == given) is kept


@pytest.mark.django_db
def test_a_request_is_one_line_without_its_query_string(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="cms.requests"):
        ask("/no/such\nplace", query="token=hidden")

    [line] = lines(caplog)
    assert re.fullmatch(r"GET /no/such%0Aplace 404 \d+\.\d ms", line)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/share/bimat-0123456789/", "GET /share/* 404 "),
        ("/admin/password_reset/confirm/MQ/divbjc-0123456789/", "GET /admin/password_reset/confirm/* 200 "),
    ],
)
def test_what_opens_something_for_whoever_knows_the_path_is_in_no_log(
    caplog: pytest.LogCaptureFixture, path: str, shown: str
) -> None:
    with caplog.at_level(logging.INFO, logger="cms.requests"):
        ask(path)

    [line] = lines(caplog)
    assert line.startswith(shown)


@pytest.mark.django_db
def test_a_key_in_a_path_is_not_in_djangos_own_lines(caplog: pytest.LogCaptureFixture) -> None:
    Client(enforce_csrf_checks=True).post("/admin/password_reset/confirm/MQ/divbjc-0123456789/")

    [refused] = [each for each in caplog.records if each.name == "django.security.csrf"]
    RequestFilter().filter(refused)
    assert refused.getMessage() == "Forbidden (CSRF cookie not set.): /admin/password_reset/confirm/*"


def test_probes_that_succeed_leave_no_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="cms.requests"):
        ask("/healthz")

    assert lines(caplog) == []


@pytest.mark.django_db
def test_a_cached_response_has_an_id_a_line_and_a_count_as_any_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ArticlePageFactory()
    name = 'cms_http_requests_total{method="POST",route="graphql/",status="200"}'
    before = figures().get(name, 0)
    with caplog.at_level(logging.INFO, logger="cms.requests"), CaptureQueriesContext(connection) as first:
        ids = {ask("/graphql/", body=BODY).headers["X-Request-ID"]}
    with caplog.at_level(logging.INFO, logger="cms.requests"), CaptureQueriesContext(connection) as second:
        ids |= {ask("/graphql/", body=BODY).headers["X-Request-ID"]}

    assert len(second) < len(first)
    assert len(ids) == 2
    assert [re.sub(r" [\d.]+ ms", "", line) for line in lines(caplog)] == ["POST /graphql/ 200"] * 2
    assert figures()[name] == before + 2


def test_an_application_that_raises_is_noted_as_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    def fails(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        raise ZeroDivisionError

    with caplog.at_level(logging.INFO, logger="cms.requests"), pytest.raises(ZeroDivisionError):
        RequestLogMiddleware(fails)({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, lambda *_given: None)

    assert lines(caplog)[0].startswith("GET / 500 ")


def test_a_line_shows_time_level_request_and_place() -> None:
    token = request_id.set("r1")
    line = LineFormatter().format(record("Xin chào"))
    request_id.reset(token)

    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d INFO \[r1\] cms.test: Xin chào", line
    )


def test_a_traceback_is_folded_into_the_line_on_demand() -> None:
    try:
        raise ValueError("broken\nin two")
    except ValueError:
        failure = record("failed", level=logging.ERROR, exc_info=sys.exc_info())

    folded, plain = LineFormatter(fold=True).format(failure), LineFormatter(fold=False).format(failure)

    assert "\n" not in folded
    assert folded.endswith("| ValueError: broken | in two")
    assert plain.endswith("\nValueError: broken\nin two")


def test_a_line_of_json_has_the_same_parts_and_the_traceback() -> None:
    failure = record("Xin chào\nhai dòng")
    try:
        raise ValueError("boom")
    except ValueError:
        failure.exc_info = sys.exc_info()

    line = JSONFormatter().format(failure)

    assert "\n" not in line
    found = orjson.loads(line)
    assert (found["message"], found["level"], found["request"]) == (
        "Xin chào\nhai dòng",
        failure.levelname,
        getattr(failure, "request_id", "-"),
    )
    assert found["error"].endswith("ValueError: boom")


def test_like_errors_are_one_line_a_second_that_tells_how_many_there_were() -> None:
    with freeze_time(tick=False) as clock:
        shown = RepeatFilter(seconds=1)
        found = [shown.filter(record("Redis does not answer", level=logging.WARNING)) for _each in range(5)]
        clock.tick(2)
        later = record("Redis does not answer", level=logging.WARNING)

        assert found == [True, False, False, False, False]
        assert shown.filter(later)
        assert later.getMessage() == "Redis does not answer (and 4 more like it since the last)"


def failure(message: str, values: list[str]) -> logging.LogRecord:
    try:
        int(values[-1])
    except ValueError:
        return record(message, level=logging.ERROR, exc_info=sys.exc_info())
    raise AssertionError


@pytest.mark.parametrize("formatter", [LineFormatter(), JSONFormatter()])
def test_what_fails_again_and_again_shows_its_traceback_once_in_ten_minutes(
    formatter: logging.Formatter,
) -> None:
    repeats, found = RepeatFilter(seconds=1, traceback_seconds=600), []
    with freeze_time(tick=False) as clock:
        for _minute in range(12):
            failed = failure("Task failed", ["x"])
            assert repeats.filter(failed)
            found.append(formatter.format(failed))
            clock.tick(60)

    traced = ["Traceback" in line for line in found]
    assert traced == [True, *[False] * 9, True, False]
    assert "Task failed: ValueError: invalid literal for int() with base 10: 'x'" in found[1]
    assert not any("\n" in line for line in found)


def test_a_failure_at_another_place_shows_its_traceback_at_once() -> None:
    repeats = RepeatFilter(seconds=1, traceback_seconds=600)
    try:
        raise ValueError("elsewhere")
    except ValueError:
        other = record("Task failed", level=logging.ERROR, exc_info=sys.exc_info())

    assert [repeats.filter(each) for each in (failure("Task failed", ["x"]), other)] == [True, True]
    assert "Traceback" in LineFormatter().format(other)


def test_errors_of_other_kinds_and_what_is_no_error_are_all_shown() -> None:
    shown = RepeatFilter(seconds=60)
    errors: list[BaseException] = [ValueError("a"), KeyError("b")]
    records = [record("failed", level=logging.ERROR, exc_info=(type(each), each, None)) for each in errors]

    assert [shown.filter(each) for each in records] == [True, True]
    assert [shown.filter(record("GET / 200")) for _each in range(3)] == [True] * 3


@pytest.mark.django_db
def test_requests_are_counted_by_method_route_and_status() -> None:
    name = 'cms_http_requests_total{method="GET",route="healthz",status="200"}'
    before = figures().get(name, 0)

    ask("/healthz")
    ask("/healthz")

    assert figures()[name] == before + 2


@pytest.mark.django_db
def test_made_up_methods_and_addresses_make_no_new_series() -> None:
    ask("/healthz", REQUEST_METHOD="BREW")
    ask("/healthz/never-heard-of")
    names = " ".join(figures())

    assert "BREW" not in names
    assert "never-heard-of" not in names


@pytest.mark.django_db
def test_metrics_ask_for_their_token_where_one_is_set(client: Client, settings: LazySettings) -> None:
    settings.CMS_METRICS_TOKEN = "mật khẩu"

    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer other"}).status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer mật khẩu"}).status_code == 200
