"""Polls in GraphQL, where autodiscovery looks for it; what is in it is in `polls/api/`."""

from __future__ import annotations

import polls.api.schema  # noqa: F401
