"""Logs: one line for an event, to stderr, with the id of the request that it belongs to."""

from __future__ import annotations

from typing import Any


def logging(*, level: str, fold: bool, style: str = "line") -> dict[str, Any]:
    """Django's LOGGING. `fold` makes one line of a traceback, as collectors of logs want it, and of like errors.

    `style` is `line` for people, or `json`.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request": {"()": "cms.operations.logs.RequestFilter"},
            "repeats": {
                "()": "cms.operations.logs.RepeatFilter",
                "seconds": 1 if fold else 0,
                "traceback_seconds": 600 if fold else 0,
            },
        },
        "formatters": {
            "line": {"()": "cms.operations.logs.LineFormatter", "fold": fold},
            "json": {"()": "cms.operations.logs.JSONFormatter"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["request", "repeats"],
                "formatter": style,
            },
            "null": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level},
            # A line for each task that begins and ends tells nobody anything; what fails is a warning.
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "PIL": {"level": "WARNING"},
            # Its warnings repeat our line of the same request; its errors bring the traceback.
            "django.request": {"level": "ERROR"},
            # Scanners try addresses by the thousand; our line of the request shows the 400.
            "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
        },
    }
