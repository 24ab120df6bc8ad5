"""GraphQL over HTTP, the request: https://graphql.github.io/graphql-over-http/draft/."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from cms.graphql.http.content_negotiation import GRAPHQL, JSON, negotiate
from cms.graphql.operation.input_lists import check_lengths
from cms.graphql.operation.refusals import CLIENT_ERROR, GraphQLHTTPError

#: Levels of objects and lists within variables; the deepest input of the schema has five.
MAX_NESTING = 30


@dataclass(frozen=True)
class GraphQLRequest:
    """What a client asks for."""

    query: str | None
    variables: dict[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    extensions: dict[str, Any] = field(default_factory=dict)
    document_id: str | None = None


def parse_request(request: HttpRequest) -> GraphQLRequest:
    """What the body of a POST, or the query string of a GET, asks for.

    Raises GraphQLHTTPError: only `application/json` is taken, so that no form of another site can post here.
    """
    if request.method not in {"GET", "HEAD", "POST"}:
        raise GraphQLHTTPError(
            "Send a POST with a JSON body, or a GET with `query`.", status=405, code="METHOD"
        )
    if not negotiate(request.META.get("HTTP_ACCEPT", "")):
        raise GraphQLHTTPError(
            f"`Accept` names neither {GRAPHQL} nor {JSON}.", status=406, code="NOT_ACCEPTABLE"
        )
    if request.method != "POST":
        return _request({name: _parameter(name, values[-1]) for name, values in request.GET.lists()})
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != JSON or charset not in {"utf-8", "utf8"}:
        raise GraphQLHTTPError(
            "Send the body as application/json, in UTF-8.", status=415, code="UNSUPPORTED_MEDIA_TYPE"
        )
    return _request(_json(_body(request), "The body"))


def _body(request: HttpRequest) -> bytes:
    limit = settings.CMS_GRAPHQL_MAX_BODY_BYTES
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) <= limit and len(body := request.body) <= limit:
            return body
    except (RequestDataTooBig, ValueError):
        pass
    raise GraphQLHTTPError(f"The body is larger than {limit} bytes.", status=413, code="BODY_TOO_LARGE")


def _json(text: bytes | str, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise GraphQLHTTPError(f"{what} is not JSON: {error}.", code="BAD_JSON") from error


def _parameter(name: str, value: str) -> Any:
    return _json(value, f"`{name}`") if name in {"variables", "extensions"} and value else value


def _request(data: Any) -> GraphQLRequest:
    if not isinstance(data, dict):
        raise GraphQLHTTPError(
            "The body is one JSON object; lists of requests are not taken.", code="BAD_REQUEST"
        )
    query, operation_name, document_id = (
        _text(data, name) for name in ("query", "operationName", "documentId")
    )
    variables, extensions = _object(data, "variables"), _object(data, "extensions")
    for name, value in (("variables", variables), ("extensions", extensions)):
        _check(value, name)
    return GraphQLRequest(query, _normalized(variables), operation_name or None, extensions, document_id)


def _normalized(value: Any) -> Any:
    # How deep values nest was looked at before.
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_normalized(each) for each in value]
    return {name: _normalized(each) for name, each in value.items()} if isinstance(value, dict) else value


def _text(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise GraphQLHTTPError(f"`{name}` is a string or null.", code="BAD_REQUEST")
    return value


def _object(data: dict[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name)
    if value is not None and not isinstance(value, dict):
        raise GraphQLHTTPError(f"`{name}` is an object or null.", code="BAD_REQUEST")
    return value or {}


def _check(values: dict[str, Any], name: str) -> None:
    # Level by level and not by recursion: how deep values nest is up to the client.
    level: list[Any] = [*values.keys(), *values.values()]
    for _depth in range(1, MAX_NESTING):
        if not level:
            return
        if any(isinstance(each, str) and "\x00" in each for each in level):
            raise GraphQLHTTPError(f"`{name}` hold a NUL character.", code=CLIENT_ERROR)
        check_lengths(level)
        level = [
            below
            for each in level
            if isinstance(each, dict | list)
            for below in ([*each.keys(), *each.values()] if isinstance(each, dict) else each)
        ]
    if level:
        raise GraphQLHTTPError(
            f"`{name}` are nested more than {MAX_NESTING} levels deep.", code="DEPTH_LIMIT"
        )
