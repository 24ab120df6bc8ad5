"""Traces, where OTEL_EXPORTER_OTLP_ENDPOINT names a collector; without it no package for them is loaded."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings

Attributes = dict[str, str | int]


class _Tracing:
    """What this process has begun: OpenTelemetry's provider and tracer; None for no traces."""

    provider: Any = None
    tracer: Any = None


def begin_tracing() -> None:
    """Trace this process from now on: requests that reach Django, SQL of PostgreSQL, Redis, operations and tasks.

    Called before Django's handler is made, which reads the middlewares once.
    """
    if not settings.CMS_OTEL_ENDPOINT or _Tracing.provider:
        return
    # Loaded only where it is wanted: an optional package.
    from cms.operations.trace_export import instrument, make_provider

    _Tracing.provider = make_provider()
    _Tracing.tracer = _Tracing.provider.get_tracer("cms", settings.CMS_VERSION)
    instrument(_Tracing.provider)


def end_tracing() -> None:
    """Send what waits, and trace no longer."""
    if not _Tracing.provider:
        return
    from cms.operations.trace_export import uninstrument  # as above

    uninstrument()
    _Tracing.provider.shutdown()
    _Tracing.provider = _Tracing.tracer = None


def span(name: str, attributes: Attributes) -> AbstractContextManager[Any]:
    """A part of the trace under way, or the first of a new one; nothing, and None, where there are no traces."""
    if _Tracing.tracer is None:
        return nullcontext()
    return _Tracing.tracer.start_as_current_span(name, attributes=attributes)
