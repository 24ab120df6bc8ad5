"""Who is not logged in takes a shorter way to the endpoint, and is answered the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pytest
from django.conf import LazySettings
from django.core.signals import request_started
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client

from tests.accelerators import switch
from tests.door import BODY, Door

OWN = {"X-Request-ID"}
CASES = {
    "an answer": (BODY, {}),
    "a page of another site": (BODY, {"HTTP_ORIGIN": "https://portal.example.vn"}),
    "a page of a site that is not listed": (BODY, {"HTTP_ORIGIN": "https://elsewhere.example"}),
    "a preflight": (b"", {"REQUEST_METHOD": "OPTIONS", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}),
    "no JSON": (b"{", {}),
    "a form": (BODY, {"CONTENT_TYPE": "application/x-www-form-urlencoded"}),
    "a strange host": (BODY, {"HTTP_HOST": "elsewhere.example"}),
    "another method": (b"", {"REQUEST_METHOD": "DELETE"}),
    "a mutation": (b'{"query": "mutation { issueVoterToken { errors { code } } }"}', {}),
}


@pytest.fixture(autouse=True)
def live(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CORS_ALLOWED_ORIGINS = ["https://portal.example.vn"]


@pytest.mark.django_db
@pytest.mark.parametrize("secure", ["http", "https"])
@pytest.mark.parametrize("case", CASES)
def test_both_ways_answer_the_same_however_often(case: str, secure: str, settings: LazySettings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    switch(settings, answer_cache=False)
    body, environ = CASES[case]
    environ = {"REQUEST_METHOD": "POST", "wsgi.url_scheme": secure, **environ}
    door = Door()
    _first, *others = [door.ask(body, **environ) for _time in range(3)]
    (status, content, headers), again = others
    assert (status, content, _shown(headers)) == (*again[:2], _shown(again[2]))
    method = environ.pop("REQUEST_METHOD")
    kind = environ.pop("CONTENT_TYPE", "application/json")
    long = Client().generic(method, "/graphql/", body, kind, secure=secure == "https", **environ)
    assert (status, content) == (long.status_code, long.content)
    assert _shown(headers) == _shown(dict(long.headers))


def _shown(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in OWN}


class Noting:
    """A middleware that knows whom it was asked about."""

    asked: ClassVar[list[str]] = []

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked.append(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        return self.get_response(request)


NOTING = f"{Noting.__module__}.Noting"


@pytest.fixture
def asked(settings: LazySettings) -> list[str]:
    settings.CMS_ENDPOINT_MIDDLEWARE = [*settings.CMS_ENDPOINT_MIDDLEWARE, NOTING]
    switch(settings, answer_cache=False)
    Noting.asked.clear()
    return Noting.asked


@pytest.mark.django_db
def test_a_middleware_is_asked_once_about_requests_of_a_kind(asked: list[str], settings: LazySettings):
    settings.CMS_LEARNT_MIDDLEWARE = {*settings.CMS_LEARNT_MIDDLEWARE, NOTING}
    door = Door()
    for language in ("vi", "vi", "en", "vi", "en"):
        door.ask(BODY, HTTP_ACCEPT_LANGUAGE=language)
    assert asked == ["vi", "en"]


@pytest.mark.django_db
def test_a_middleware_that_may_go_by_more_is_asked_each_time(asked: list[str]):
    door = Door()
    for _time in range(3):
        door.ask(BODY, HTTP_ACCEPT_LANGUAGE="vi")
    assert asked == ["vi", "vi", "vi"]


@pytest.mark.django_db
def test_what_is_learnt_is_bounded(asked: list[str], settings: LazySettings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cms.graphql.learning.MAX_KNOWN", 2)
    settings.CMS_LEARNT_MIDDLEWARE = {*settings.CMS_LEARNT_MIDDLEWARE, NOTING}
    door = Door()
    for language in ("vi", "en", "fr", "fr", "vi", "x" * 3_000, "x" * 3_000):
        door.ask(BODY, HTTP_ACCEPT_LANGUAGE=language)
    assert [each[:2] for each in asked] == ["vi", "en", "fr", "vi", "xx", "xx"]


@pytest.mark.django_db
def test_what_one_request_may_another_may_not(settings: LazySettings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    body, door = CASES["a mutation"][0], Door()
    secure = {"wsgi.url_scheme": "https"}
    for _time in range(2):
        assert door.ask(body, **secure)[0] == 200
        assert door.ask(body, **secure, HTTP_HOST="other.example")[0] == 200
        assert door.ask(body)[0] == 301
        assert door.ask(body, **secure, HTTP_HOST="elsewhere.example")[0] == 400
        assert door.ask(b"", **secure, REQUEST_METHOD="GET")[0] == 400


@pytest.mark.django_db
def test_each_answer_has_its_own_length(settings: LazySettings):
    switch(settings, answer_cache=False)
    door = Door()
    for body in (BODY, b'{"query": "{ __typename }"}', b"[]", BODY, b"[]"):
        _status, content, headers = door.ask(body)
        assert headers["Content-Length"] == str(len(content))


@pytest.mark.django_db
def test_house_is_kept_at_once_where_a_request_failed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cms.graphql.endpoint.HOUSEKEEPING", 1_000)
    begun: list[str] = []
    request_started.connect(lambda **_signal: begun.append("begun"), weak=False, dispatch_uid="test")
    try:
        door = Door()
        for _time in range(3):
            door.ask(BODY)
        assert begun == ["begun"]
        with connection.execute_wrapper(lambda *_statement: 1 / 0):
            assert [door.ask(b'{"query": "{ articles { totalCount } }"}')[0] for _time in range(2)] == [
                500,
                500,
            ]
        assert begun == ["begun", "begun"]
    finally:
        request_started.disconnect(dispatch_uid="test")


@pytest.mark.django_db
def test_a_session_takes_the_long_way(settings: LazySettings):
    _status, _content, headers = Door().ask(BODY, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=x")
    assert headers["Cache-Control"] == "no-store"
