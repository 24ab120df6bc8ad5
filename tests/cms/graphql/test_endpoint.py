"""Who is not logged in takes a shorter way to the endpoint, and is answered the same."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

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
def test_both_ways_answer_the_same(case: str, secure: str, settings: LazySettings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    body, environ = CASES[case]
    environ = {"REQUEST_METHOD": "POST", "wsgi.url_scheme": secure, **environ}
    status, content, headers = Door().ask(body, **environ)
    method = environ.pop("REQUEST_METHOD")
    kind = environ.pop("CONTENT_TYPE", "application/json")
    long = Client().generic(method, "/graphql/", body, kind, secure=secure == "https", **environ)
    assert (status, content) == (long.status_code, long.content)
    assert _shown(headers) == _shown(dict(long.headers))


def _shown(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in OWN}


@pytest.mark.django_db
def test_a_session_takes_the_long_way(settings: LazySettings):
    _status, _content, headers = Door().ask(BODY, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=x")
    assert headers["Cache-Control"] == "no-store"
