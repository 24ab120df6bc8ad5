"""What is noted of a request: its id, its line in the log, its count."""

from __future__ import annotations

import logging
import re
import sys

import pytest
from django.conf import LazySettings
from django.test import Client

from cms.operations.logs import LineFormatter, RequestFilter, request_id


def record(message: str, *, level: int = logging.INFO, exc_info: object = None) -> logging.LogRecord:
    made = logging.LogRecord("cms.test", level, __file__, 1, message, None, exc_info)
    RequestFilter().filter(made)
    return made


def test_an_answer_carries_an_id_and_the_next_one_another(client: Client) -> None:
    first, second = client.get("/healthz")["X-Request-ID"], client.get("/healthz")["X-Request-ID"]

    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize(
    ("hops", "given", "kept"),
    [(1, "abc-123-xyz", True), (0, "abc-123-xyz", False), (1, "a b\nc", False), (1, "x" * 65, False)],
)
def test_an_id_is_taken_over_only_from_a_proxy_of_ours_and_well_formed(
    client: Client, settings: LazySettings, hops: int, given: str, kept: bool
) -> None:
    settings.TRUSTED_PROXY_HOPS = hops

    assert (client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"] == given) is kept


@pytest.mark.django_db
def test_a_request_is_one_line_without_its_query_string(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="cms.requests"):
        client.get("/no/such%0Aplace?token=hidden")

    [line] = [entry.getMessage() for entry in caplog.records if entry.name == "cms.requests"]
    assert re.fullmatch(r"GET /no/such%0Aplace 404 \d+\.\d ms", line)


@pytest.mark.django_db
def test_the_key_of_a_share_link_is_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="cms.requests"):
        client.get("/share/bimat-0123456789/")

    [line] = [entry.getMessage() for entry in caplog.records if entry.name == "cms.requests"]
    assert line.startswith("GET /share/* 404 ")


def test_probes_that_succeed_leave_no_line(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="cms.requests"):
        client.get("/healthz")

    assert [entry for entry in caplog.records if entry.name == "cms.requests"] == []


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


def figures(client: Client) -> dict[str, float]:
    lines = client.get("/metrics").content.decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}


def test_requests_are_counted_by_method_route_and_status(client: Client) -> None:
    name = 'cms_http_requests_total{method="GET",route="healthz",status="200"}'
    before = figures(client).get(name, 0)

    client.get("/healthz")
    client.get("/healthz")

    assert figures(client)[name] == before + 2


def test_made_up_methods_and_addresses_make_no_new_series(client: Client) -> None:
    client.generic("BREW", "/healthz")
    client.get("/healthz/never-heard-of")
    names = " ".join(figures(client))

    assert "BREW" not in names
    assert "never-heard-of" not in names


def test_metrics_ask_for_their_token_where_one_is_set(client: Client, settings: LazySettings) -> None:
    settings.CMS_METRICS_TOKEN = "mật khẩu"

    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer other"}).status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer mật khẩu"}).status_code == 200
