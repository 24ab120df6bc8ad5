"""How a line of the log is written."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from datetime import datetime

#: The id of the request that this thread answers; "-" outside one.
request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestFilter(logging.Filter):
    """Gives each record the id of its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class LineFormatter(logging.Formatter):
    """`2026-11-23T09:30:00.123+07:00 WARNING [4f1c...] cms.media: message`; `fold` puts tracebacks on the line too."""

    def __init__(self, *, fold: bool = True) -> None:
        super().__init__("%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s")
        self.fold = fold

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return " | ".join(line.splitlines()) if self.fold else line
