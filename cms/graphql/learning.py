"""What middlewares say of an answer, learnt from the first one of its kind.

The middlewares of CMS_LEARNT_MIDDLEWARE go by a few headers of a request (`responses.TELLING`), let it pass or not, and
add to the answer headers that are the same for each of its kind. They took a fifth of what a vote costs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from cms.graphql.responses import told_by

Handler = Callable[[HttpRequest], HttpResponse]
#: Of an answer: its status, and the headers that it has of its own.
Kind = tuple[int, tuple[str, ...]]
Headers = list[tuple[str, str]]
#: The answer's own length is no other's.
LENGTH = "Content-Length"
#: Kinds of requests: anybody can make up new ones.
MAX_KNOWN = 1_000
MAX_CHARACTERS = 2_000


def around(handler: Handler, middlewares: Sequence[str]) -> Handler:
    """Middlewares, the outermost first, around what answers; each is a plain call around the next."""
    for name in reversed(middlewares):
        handler = convert_exception_to_response(import_string(name)(handler))
    return handler


class LearntHeaders:
    """Calls a view, and middlewares around it where it is not known yet what they do."""

    def __init__(self, view: Handler, middlewares: Sequence[str]) -> None:
        self._view = convert_exception_to_response(view)
        self._around = around(self._own_answer, middlewares)
        self._known: dict[tuple[str, ...], dict[Kind, Headers]] = {}
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = told_by(request.META)
        if (known := self._known.get(asked)) is not None:
            # They have let one like it pass.
            request.answer = response = self._view(request)
            if (headers := known.get(_kind(response))) is not None:
                response.learnt_headers = headers
                response[LENGTH] = str(len(response.content))
                return response
        response = self._around(request)
        if hasattr(request, "own_headers") and request.method in {"GET", "POST"}:
            self._learn(asked, request.own_headers, response)
        return response

    def _own_answer(self, request: HttpRequest) -> HttpResponse:
        response = request.answer if hasattr(request, "answer") else self._view(request)
        request.own_headers = dict(response.items())
        return response

    def _learn(self, asked: tuple[str, ...], own: dict[str, str], response: HttpResponse) -> None:
        if sum(map(len, asked)) > MAX_CHARACTERS or any(response[name] != own[name] for name in own):
            return
        added = [pair for pair in response.items() if pair[0] not in own and pair[0] != LENGTH]
        with self._lock:
            known = self._known.setdefault(asked, {})
            known[response.status_code, tuple(own)] = added
            while len(self._known) > MAX_KNOWN:
                del self._known[next(iter(self._known))]


def _kind(response: HttpResponse) -> Kind:
    return response.status_code, tuple(response.headers)


def learnt_headers(response: HttpResponse) -> Headers:
    """The headers that are to be sent with an answer beside those that it has."""
    return getattr(response, "learnt_headers", [])
