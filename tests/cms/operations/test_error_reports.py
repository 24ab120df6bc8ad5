"""Reports of errors as a server for them gets them: where the code failed, and nothing of people."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sentry_sdk
from django.conf import LazySettings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from sentry_sdk.envelope import Envelope

from cms.operations.error_reports import begin_error_reports
from tests.collector import collector

pytestmark = pytest.mark.one_database

#: Made here: a report shows lines of the code, also of this file.
VOTER, KEY, TOKEN, COOKIE = (secrets.token_hex(8) for _each in range(4))
Reports = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def reports(settings: LazySettings) -> Iterator[Reports]:
    """Sends what waits, and returns what the server got."""
    with collector() as found:
        settings.CMS_SENTRY_DSN = f"http://key@127.0.0.1:{found.port}/1"
        begin_error_reports()

        def sent() -> list[dict[str, Any]]:
            sentry_sdk.flush()
            envelopes = [Envelope.deserialize(body) for body in found.sent_to("/api/1/envelope/")]
            return [event for event in (each.get_event() for each in envelopes) if event]

        yield sent
        sentry_sdk.get_client().close()
        sentry_sdk.init()


def _fail(voter: str) -> None:
    ballot = f"ballot of {voter}"
    raise LookupError(ballot)


def test_an_error_that_is_logged_is_reported_with_its_place_and_the_requests_id(reports: Reports):
    try:
        _fail(VOTER)
    except LookupError:
        logging.getLogger("cms.test").exception("failed for %s", VOTER)
    [report] = reports()
    [error] = report["exception"]["values"]
    assert (error["type"], report["logentry"]) == ("LookupError", {"message": "failed for %s"})
    assert error["stacktrace"]["frames"][-1]["function"] == "_fail"
    assert report["tags"]["request"] == "-"
    assert VOTER not in repr(report)
    assert all("vars" not in frame for frame in error["stacktrace"]["frames"])


@pytest.mark.django_db
def test_of_a_request_the_method_and_the_address_are_told_without_query_cookies_and_keys(
    reports: Reports, settings: LazySettings
):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.broken"]
    headers = {"Authorization": f"Bearer {TOKEN}", "Cookie": f"voter={COOKIE}"}
    asked = RequestFactory(REMOTE_ADDR="203.0.113.7").get(f"/share/{KEY}/?token={TOKEN}", headers=headers)
    statuses: list[str] = []
    WSGIHandler()(asked.environ, lambda status, _headers: statuses.append(status))
    assert statuses == ["500 Internal Server Error"]
    [report] = reports()
    assert report["request"] == {"method": "GET", "url": "http://testserver/share/*"}
    for secret in (KEY, TOKEN, COOKIE, "203.0.113.7"):
        assert secret not in repr(report)


def broken(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Django middleware that fails."""

    def fail(request: HttpRequest) -> HttpResponse:
        raise LookupError(request.get_full_path())

    return fail
