"""OpenTelemetry's own instrumentation of Django, psycopg2 and Redis, and an exporter that tells nothing of people.

Loaded by `tracing.py` alone. Samplers, headers and timeouts are read from the OTEL_* variables by the packages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg2 import Psycopg2Instrumentor
from opentelemetry.instrumentation.redis import RedisInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace.status import Status

#: What spans tell; all else (addresses with their query strings, clients, users of the database) is left out. The text
#: of a statement has placeholders for its values, that of a Redis command question marks.
TOLD = {
    "cms.graphql.cost",
    "cms.task",
    "cms.task.status",
    "db.operation",
    "db.name",
    "db.statement",
    "db.system",
    "error.type",
    "graphql.operation.name",
    "graphql.operation.type",
    "http.method",
    "http.route",
    "http.scheme",
    "http.status_code",
    "net.peer.name",
    "net.peer.port",
}
#: Of an exception its type: a message or a stack trace may hold what somebody sent.
TOLD_OF_EVENTS = {"exception.type"}
PROBES = "healthz,readyz,metrics"

_instrumentors = (DjangoInstrumentor(), Psycopg2Instrumentor(), RedisInstrumentor())


class DiscreetExporter(SpanExporter):
    """Hands spans on without anything that could be a person's."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([_discreet(each) for each in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def _discreet(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_told(span.attributes, TOLD),
        events=[
            Event(each.name, _told(each.attributes, TOLD_OF_EVENTS), each.timestamp) for each in span.events
        ],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _told(attributes: Mapping[str, Any] | None, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in names}


def make_provider() -> TracerProvider:
    """A provider whose spans go to the collector in batches, by a thread: no request waits for it."""
    resource = Resource.create(
        {"service.name": settings.CMS_OTEL_SERVICE, "service.version": settings.CMS_VERSION}
    )
    provider = TracerProvider(resource=resource)
    exporter = OTLPSpanExporter(endpoint=f"{settings.CMS_OTEL_ENDPOINT}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(DiscreetExporter(exporter)))
    return provider


def instrument(provider: TracerProvider) -> None:
    """Let the packages make spans from now on."""
    for each in _instrumentors:
        each.instrument(tracer_provider=provider, excluded_urls=PROBES)


def uninstrument() -> None:
    """Let them make none."""
    for each in _instrumentors:
        each.uninstrument()
