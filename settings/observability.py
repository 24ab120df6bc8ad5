"""What operators see."""

from __future__ import annotations

from settings.environment import environment

CMS_METRICS_TOKEN = environment.text("METRICS_TOKEN")
# Operations that /metrics counts by name, beside those of the project's frontends: no name that a stranger makes up.
CMS_METRICS_OPERATIONS = environment.names("METRICS_OPERATIONS")
# The port of this machine on which a worker for tasks shows its figures; 0 for none.
CMS_METRICS_WORKER_PORT = environment.number("METRICS_WORKER_PORT", 0, most=65_535)
