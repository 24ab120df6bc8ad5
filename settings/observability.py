"""What operators see: figures, slow operations, traces and reports of errors."""

from __future__ import annotations

from importlib.util import find_spec

from settings.environment import environment

CMS_METRICS_TOKEN = environment.text("METRICS_TOKEN")
# Operations that /metrics counts by name, beside those of the project's frontends: no name that a stranger makes up.
CMS_METRICS_OPERATIONS = environment.names("METRICS_OPERATIONS")
# The port, at WEB_HOST, on which a worker for tasks shows its figures; 0 for none.
CMS_METRICS_WORKER_PORT = environment.number("METRICS_WORKER_PORT", 0, most=65_535)
# Milliseconds from which on an operation is logged as slow; 0 for none.
CMS_SLOW_OPERATION_MS = environment.number("SLOW_OPERATION_MS", 1_000)

# Where traces go, as whom, and where reports of errors go.
CMS_OTEL_ENDPOINT = environment.optional_address("OTEL_EXPORTER_OTLP_ENDPOINT")
CMS_OTEL_SERVICE = environment.text("OTEL_SERVICE_NAME", "portal-cms")
CMS_SENTRY_DSN = environment.optional_address("SENTRY_DSN")


def _needs(package: str, name: str) -> None:
    if environment.text(name) and find_spec(package) is None:
        environment.wrong(name, "needs `pip install --require-hashes -r requirements-observability.lock`")


_needs("opentelemetry", "OTEL_EXPORTER_OTLP_ENDPOINT")
_needs("sentry_sdk", "SENTRY_DSN")
