"""How a line of the log is written."""

from __future__ import annotations

import logging
import time
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import orjson

#: The id of the request that this thread answers; "-" outside one.
request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestFilter(logging.Filter):
    """Gives each record the id of its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


@dataclass
class _Repeats:
    shown_at: float
    hidden: int = 0


class RepeatFilter(logging.Filter):
    """Lets one of many like warnings and errors through in `seconds`, and says with the next how many it held back.

    Alike are those of one place in the code with the same kind of exception: in an outage every request fails alike.
    """

    MAX_KINDS = 1_000

    def __init__(self, seconds: float = 1.0) -> None:
        super().__init__()
        self.seconds = seconds
        self._kinds: dict[tuple[object, ...], _Repeats] = {}
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        error = record.exc_info[0] if record.exc_info else None
        kind = (record.name, record.levelno, record.pathname, record.lineno, error)
        now = time.monotonic()
        with self._lock:
            repeats = self._kinds.get(kind)
            if repeats is not None and now - repeats.shown_at < self.seconds:
                repeats.hidden += 1
                return False
            if len(self._kinds) >= self.MAX_KINDS:
                self._kinds.clear()
            self._kinds[kind] = _Repeats(now)
        if repeats is not None and repeats.hidden:
            record.msg = f"{record.getMessage()} (and {repeats.hidden} more like it since the last)"
            record.args = None
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


class JSONFormatter(logging.Formatter):
    """`{"time": ..., "level": ..., "request": ..., "logger": ..., "message": ..., "error": ...}`, a line each."""

    def format(self, record: logging.LogRecord) -> str:
        found = {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "request": getattr(record, "request_id", "-"),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            found["error"] = self.formatException(record.exc_info)
        return orjson.dumps(found, option=orjson.OPT_NON_STR_KEYS).decode()
