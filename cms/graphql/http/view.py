"""The endpoint: a GraphQL request in, an answer out.

graphene-django's view is not used: it sets a cookie and `Vary: Cookie` on every answer, takes form posts, parses and
validates each request anew and shows the text of any exception.
"""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from sys import intern
from typing import Any, cast

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.views.decorators.csrf import csrf_exempt
from graphql import DocumentNode, ExecutionResult, execute

from cms.graphql.accelerators import is_on
from cms.graphql.cache.store import CacheEntry, entry_key, response_cache
from cms.graphql.execution.context import Context
from cms.graphql.execution.executor import SyncExecutionContext
from cms.graphql.http.cross_origin import is_cross_origin
from cms.graphql.http.encoding import EncodedBody
from cms.graphql.http.errors import formatted, json_response, refused, request_error, unreachable
from cms.graphql.http.instrumentation import instrumented
from cms.graphql.http.request import GraphQLRequest, parse_request
from cms.graphql.http.response import ENTRY_KEY, IS_COUNTED, SNAPSHOT, is_personal, respond
from cms.graphql.operation import limits
from cms.graphql.operation.cookies import cookies_of, sends_any
from cms.graphql.operation.documents import Document, Documents, Operation
from cms.graphql.operation.persisted import apq_store, counted_names, resolve
from cms.graphql.operation.rate_limits import consume, consume_for_execution, consume_for_reading
from cms.graphql.operation.refusals import CLIENT_ERROR, GraphQLHTTPError
from cms.graphql.sql.failures import is_unreachable
from cms.graphql.wagtail.build import schema
from cms.invalidation.live_versions import max_age
from cms.operations.requests import OPERATION

logger = logging.getLogger(__name__)
documents = cast(Documents, SimpleLazyObject(lambda: Documents(schema.graphql_schema)))

#: What operations are counted by whose names /metrics does not know.
OTHER = "other"


@csrf_exempt  # Only application/json is taken, which no form of another site can send.
def graphql_view(request: HttpRequest) -> HttpResponse:
    """Answer a GraphQL request over HTTP."""
    try:
        return _handle(request)
    except GraphQLHTTPError as refusal:
        return refused(refusal, request)
    except (OperationalError, InterfaceError) as error:
        if not is_unreachable(error):
            raise
        logger.error("the database does not answer", exc_info=True)
        return unreachable(request)


def _handle(request: HttpRequest) -> HttpResponse:
    if IS_COUNTED not in request.META:
        consume("read", request.META)
    asked = parse_request(request)
    resolved = resolve(asked.query, asked.extensions, asked.document_id)
    document = documents.find(resolved.source)
    if document is None:
        document = documents.read(resolved.source)
        consume_for_reading(document, request.META)
    if document.errors:
        return request_error({"errors": document.errors}, request)
    if resolved.register:
        apq_store.put(resolved.digest, resolved.source)
    return _answer_document(document, asked, request)


def answer_own(request: HttpRequest, query: str, variables: dict[str, Any]) -> HttpResponse:
    """Answer a query of the project's own for somebody who has sent another request.

    It counts as one read of theirs, and needs to be in no manifest. Raises GraphQLHTTPError.
    """
    consume("read", request.META)
    asked = GraphQLRequest(query, variables)
    return _answer_document(documents.find(query) or documents.read(query), asked, request)


def _answer_document(document: Document, asked: GraphQLRequest, request: HttpRequest) -> HttpResponse:
    operation = _operation(document, asked, request)
    request.META[OPERATION] = operation.name if operation.name in counted_names() else OTHER
    cost = limits.check(document, operation, asked.variables)
    if not operation.is_query:
        return _execute(document, asked, operation, Context(request, cost=cost, may_write=True))
    cookies = cookies_of(document, operation)
    if is_personal(request.META) or sends_any(cookies, request.META):
        context = Context(request, cost=cost)
        context.no_store()
        return _execute(document, asked, operation, context)
    if not is_on("answer_cache"):
        return _execute(document, asked, operation, Context(request, cost=cost))
    context = Context(request, is_tracked=True, cost=cost)
    return _cached_response(document, asked, operation, context)


def _cached_response(
    document: Document, asked: GraphQLRequest, operation: Operation, context: Context
) -> HttpResponse:
    key = entry_key(document.digest, asked, context)
    answer = None
    sought, snapshot = context.request.META.get(SNAPSHOT, (b"", None))
    if sought == key:
        # One clock for what is kept and what is made of it.
        context.snapshot = replace(snapshot, now=context.now.timestamp())
    else:
        answer = response_cache.get(key, context.snapshot)
    if answer is None:
        with response_cache.single_flight.turn(key) as waited:
            if waited:
                # Much may have happened meanwhile.
                context = Context(context.request, is_tracked=True, cost=context.cost)
                answer = response_cache.get(key, context.snapshot)
            if answer is None:
                made = _build_entry(document, asked, operation, context)
                if isinstance(made, HttpResponse):
                    return made
                response_cache.put(key, made)
                answer = made
    # `cache/middleware.py` learns by it which answer a request of these bytes gets.
    context.request.META[ENTRY_KEY] = key
    return respond(answer, context.request)


def _build_entry(
    document: Document, asked: GraphQLRequest, operation: Operation, context: Context
) -> CacheEntry | HttpResponse:
    with context.track():
        response = _execute(document, asked, operation, context)
    if response.status_code != 200 or response.has_header("Cache-Control"):
        return response
    return _entry(response.content, context, cookies_of(document, operation))


def _entry(body: bytes, context: Context, cookies: frozenset[str]) -> CacheEntry:
    return CacheEntry(
        EncodedBody(body),
        tags=frozenset(map(intern, context.tags)),
        live_versions=context.live_versions,
        version=context.version,
        expires_with_clock=context.expires_at.timestamp(),
        expires_with_figures=context.now.timestamp() + max_age(context.live_versions),
        checked_at=context.now.timestamp(),
        cookies=cookies,
        operation=context.request.META[OPERATION],
    )


def _execute(
    document: Document, asked: GraphQLRequest, operation: Operation, context: Context
) -> HttpResponse:
    context.plan = document.plan(operation)
    quota = consume_for_execution(document, operation, context.request.META, context.cost)
    with instrumented(document, operation, context.cost), _speaking(context.language):
        result = run(document.ast, asked, context)
        response = _response(result, operation, context)
    if quota and response.has_header("Cache-Control"):
        # What others may keep does not say how often one client may ask.
        for name, value in quota.headers.items():
            response[name] = value
    return response


def _speaking(language: str) -> AbstractContextManager:
    return nullcontext() if translation.get_language() == language else translation.override(language)


def _operation(document: Document, asked: GraphQLRequest, request: HttpRequest) -> Operation:
    operation = document.operation(asked.operation_name)
    if operation is None:
        raise GraphQLHTTPError(
            "`operationName` must name one of the document's operations.", status=None, code=CLIENT_ERROR
        )
    if request.method != "POST" and not operation.is_query:
        raise GraphQLHTTPError("A mutation is sent by POST.", status=405, code="METHOD")
    if not operation.is_query and is_cross_origin(request):
        raise GraphQLHTTPError(
            "Pages of this origin may send no mutations.", status=403, code="ORIGIN_NOT_ALLOWED"
        )
    return operation


def run(ast: DocumentNode, asked: GraphQLRequest, context: Context) -> ExecutionResult:
    """Execute a valid document; what goes wrong is in the result's errors."""
    result = execute(
        schema.graphql_schema,
        ast,
        context_value=context,
        variable_values=asked.variables,
        operation_name=asked.operation_name,
        execution_context_class=SyncExecutionContext,
    )
    # SyncExecutionContext answers nothing that has to be awaited.
    return cast(ExecutionResult, result)


def _response(result: ExecutionResult, operation: Operation, context: Context) -> HttpResponse:
    for error in result.errors or ():
        if error.original_error is not None and is_unreachable(error.original_error):
            # Half an answer is of no use to who can have a whole one in a second.
            raise error.original_error
    answer: dict[str, Any] = {}
    if result.errors:
        answer["errors"] = [formatted(error) for error in result.errors]
    started = result.data is not None or not result.errors or any(error.path for error in result.errors)
    if not started:
        return request_error(answer, context.request)
    answer["data"] = result.data
    answer["extensions"] = {"cost": limits.extension(context.cost)}
    response = json_response(answer, context.request, status=200)
    for name, value, options in context.cookies:
        response.set_cookie(name, value, **options)
    if not operation.is_query or not context.cacheable or result.errors:
        response["Cache-Control"] = "no-store"
    if not context.cacheable:
        # A preview, or what is for one reader alone.
        response["X-Robots-Tag"] = "noindex"
    return response
