"""Asks the endpoint: a feed has its public rule, its cache and its tags from there."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from cms.content.normalizing import usable
from cms.graphql.http.view import answer_own
from cms.graphql.operation.refusals import GraphQLHTTPError

#: What of a request the answer may depend on: who asks, and which site. No cookie, no language, no encoding.
KEPT = {
    "HTTP_HOST",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "REMOTE_ADDR",
    "SERVER_NAME",
    "SERVER_PORT",
    "wsgi.url_scheme",
}
EDGE_SECONDS = re.compile(r"s-maxage=(\d+)")
#: Characters of tags in a header; an answer of more is kept by nobody without asking.
MOST_TAGS = 6_000
UNKEPT = "public, max-age=0, must-revalidate"


class Refused(Exception):
    """The endpoint gave no answer; `response` is what to say instead."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


@dataclass(frozen=True)
class Site:
    """The site that was asked: its title, and its root at the frontend."""

    title: str
    root: str

    def absolute(self, path: str) -> str:
        """The whole address of a path; an address of another site is whole already."""
        return self.root + path if path.startswith("/") else path


class Answers:
    """The answers that a page is made of."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = HttpRequest()
        self._request.method = "GET"
        self._request.path = self._request.path_info = "/graphql/"
        self._request.META = {name: value for name, value in request.META.items() if name in KEPT}
        self._request.META["REQUEST_METHOD"] = "GET"
        self._responses: list[HttpResponse] = []

    def ask(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        """The data of a query of ours; raises Refused, and Http404 where what it names can't be told apart."""
        try:
            response = answer_own(self._request, query, variables)
        except GraphQLHTTPError as refusal:
            raise Refused(
                _plain(refusal.status or 400, str(refusal), {**refusal.headers, "Cache-Control": "no-store"})
            ) from refusal
        answer = orjson.loads(response.content)
        if response.status_code == 200 and "errors" not in answer:
            self._responses.append(response)
            return _usable(answer["data"])
        if all(error["extensions"]["code"] != "INTERNAL_ERROR" for error in answer["errors"]):
            raise Http404
        raise Refused(_plain(500, "Something went wrong on our side.", {"Cache-Control": "no-store"}))

    def respond(self, request: HttpRequest, body: str, *, content_type: str) -> HttpResponse:
        """The page that was made of the answers, kept as long as all of them; 304 for who has it."""
        data = body.encode()
        etag = f'"{hashlib.blake2b(data, digest_size=16).hexdigest()}"'
        response = get_conditional_response(request, etag=etag) or HttpResponse(
            data, content_type=content_type
        )
        response["ETag"] = etag
        for name, value in self._headers().items():
            response[name] = value
        return response

    def _headers(self) -> dict[str, str]:
        name = settings.CMS_CACHE_TAG_HEADER
        if name == "off":
            return {"Cache-Control": UNKEPT}
        separator = " " if name == "Surrogate-Key" else ","
        found = {tag for each in self._responses for tag in each.headers.get(name, "").split(separator)}
        tags = separator.join(sorted(found - {""}))
        kept = min((each.headers["Cache-Control"] for each in self._responses), key=_edge_seconds)
        if len(tags) > MOST_TAGS:
            return {"Cache-Control": UNKEPT}
        return {"Cache-Control": kept, name: tags}


def site_of(data: dict[str, Any]) -> Site:
    """The site in an answer that has `SITE`'s fields."""
    found = data["site"]
    root = settings.FRONTEND_URL if found["isDefaultSite"] else found["rootUrl"]
    return Site(found.get("title") or found["siteName"], root.rstrip("/"))


def _usable(value: Any) -> Any:
    """An answer without characters that no XML has: a writer refuses them, and a reader the whole feed."""
    if isinstance(value, dict):
        return {name: _usable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_usable(each) for each in value]
    return usable(value) if isinstance(value, str) else value


def _edge_seconds(cache_control: str) -> int:
    found = EDGE_SECONDS.search(cache_control)
    return int(found[1]) if found else 0


def _plain(status: int, text: str, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8", headers=headers)
