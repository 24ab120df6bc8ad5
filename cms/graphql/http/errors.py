"""How answers and errors are written."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse
from graphql import GraphQLError, GraphQLFormattedError

from cms.graphql.http.content_negotiation import content_type, media_type_of, status_of_request_error
from cms.graphql.http.encoding import encode
from cms.graphql.http.response import VARY
from cms.graphql.operation.refusals import CLIENT_ERROR, GraphQLHTTPError, unavailable
from cms.graphql.schema.errors import without_guesses
from cms.operations.metrics import count_errors

logger = logging.getLogger(__name__)


def json_response(answer: dict[str, Any], request: HttpRequest, *, status: int) -> HttpResponse:
    """An answer in the media type that the request asks for; its errors are counted."""
    count_errors(error["extensions"]["code"] for error in answer.get("errors", ()))
    media_type = content_type(media_type_of(request.META))
    return HttpResponse(encode(answer), status=status, content_type=media_type, headers={"Vary": VARY})


def formatted(error: GraphQLError) -> GraphQLFormattedError:
    """An error as clients get it. What went wrong on our side is logged, and they get a reference to that alone."""
    code = (error.extensions or {}).get("code")
    formatted = error.formatted
    if (
        code is None
        and error.original_error is not None
        and not isinstance(error.original_error, GraphQLError)
    ):
        reference = uuid.uuid4().hex[:12]
        logger.error("graphql error %s at %s", reference, error.path, exc_info=error.original_error)
        formatted["message"] = f"Something went wrong on our side. Reference: {reference}."
        formatted["extensions"] = {"code": "INTERNAL_ERROR", "reference": reference}
        return formatted
    formatted["message"] = without_guesses(error.message)
    formatted["extensions"] = {"code": CLIENT_ERROR, **(error.extensions or {})}
    return formatted


def request_error(answer: dict[str, Any], request: HttpRequest) -> HttpResponse:
    """The response to a request that is not executed; its status depends on the media type."""
    response = json_response(answer, request, status=status_of_request_error(request.META))
    response["Cache-Control"] = "no-store"
    return response


def refused(refusal: GraphQLHTTPError, request: HttpRequest) -> HttpResponse:
    """The response to a request that is refused before there is anything to execute."""
    error = {"message": str(refusal), "extensions": {"code": refusal.code, **refusal.extensions}}
    status = refusal.status or status_of_request_error(request.META)
    response = json_response({"errors": [error]}, request, status=status)
    response["Cache-Control"] = "no-store"
    for name, value in refusal.headers.items():
        response[name] = value
    if refusal.status == 405:
        response["Allow"] = "GET, HEAD, POST"
    return response


def unreachable(request: HttpRequest) -> HttpResponse:
    """A typed error that says: send it again. A vote with an idempotency key counts once, however often it comes."""
    # Each connection of this thread may be the broken one.
    connections.close_all()
    message = "The service can't be reached for a moment; please send the request again."
    return refused(unavailable(message), request)
