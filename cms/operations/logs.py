"""How a line of the log is written."""

from __future__ import annotations

import copy
import logging
import sys
import threading
import time
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from traceback import format_exception_only
from types import TracebackType

import orjson
from django.conf import settings

logger = logging.getLogger(__name__)

#: The id of the request that this thread answers; "-" outside one.
request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestFilter(logging.Filter):
    """Gives each record the id of its request, and takes secrets out of the paths that Django's own lines name."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        if isinstance(record.args, tuple):
            record.args = tuple(without_key(each) if isinstance(each, str) else each for each in record.args)
        return True


def without_key(path: str) -> str:
    """A path, without what opens something for whoever knows it."""
    begins = next((each for each in settings.CMS_SECRET_PATHS if path.startswith(each)), None)
    return f"{begins}*" if begins else path


@dataclass
class _Repeats:
    shown_at: float
    traced_at: float
    hidden: int = 0


class RepeatFilter(logging.Filter):
    """Lets one of many like warnings and errors through in `seconds`, and says with the next how many it held back.

    Alike are those of one place in the code with an exception of one kind and place: in an outage every request fails
    alike. Their traceback is shown once in `traceback_seconds`: a task that fails every minute is a line a minute.
    """

    MAX_KINDS = 1_000

    def __init__(self, seconds: float = 1.0, traceback_seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds
        self.traceback_seconds = traceback_seconds
        self._kinds: dict[tuple[object, ...], _Repeats] = {}
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        error, _value, traceback = record.exc_info or (None, None, None)
        kind = (record.name, record.levelno, record.pathname, record.lineno, error, _place(traceback))
        now = time.monotonic()
        with self._lock:
            repeats = self._kinds.get(kind)
            if repeats is not None and now - repeats.shown_at < self.seconds:
                repeats.hidden += 1
                return False
            if len(self._kinds) >= self.MAX_KINDS:
                self._kinds.clear()
            is_traced = repeats is not None and now - repeats.traced_at < self.traceback_seconds
            self._kinds[kind] = _Repeats(now, repeats.traced_at if repeats and is_traced else now)
        if repeats is not None and repeats.hidden:
            record.msg = f"{record.getMessage()} (and {repeats.hidden} more like it since the last)"
            record.args = None
        # A note for formatters: others who are handed the record, such as reports of errors, want all of it.
        record.is_traced = is_traced
        return True


def _place(traceback: TracebackType | None) -> tuple[str, int] | None:
    """Where an exception was raised."""
    if traceback is None:
        return None
    while traceback.tb_next:
        traceback = traceback.tb_next
    return traceback.tb_frame.f_code.co_filename, traceback.tb_lineno


def _without_repetition(record: logging.LogRecord) -> logging.LogRecord:
    """The record, with the exception alone where its traceback was shown of late."""
    if not record.exc_info or not getattr(record, "is_traced", False):
        return record
    shown = copy.copy(record)
    shown.msg = f"{record.getMessage()}: {''.join(format_exception_only(record.exc_info[1])).strip()}"
    shown.args = shown.exc_info = shown.exc_text = None
    return shown


def log_uncaught() -> None:
    """Have the log say what nobody catches, as it says all else; at a terminal people read it as Python writes it."""
    if not sys.stderr.isatty():
        sys.excepthook = _log_uncaught
        threading.excepthook = _log_uncaught_in_thread


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, Exception):
        logger.critical("ended by an error", exc_info=(kind, error, traceback))
    else:
        sys.__excepthook__(kind, error, traceback)


def _log_uncaught_in_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        _log_uncaught(ended.exc_type, ended.exc_value, ended.exc_traceback)


class LineFormatter(logging.Formatter):
    """`2026-11-23T09:30:00.123+07:00 WARNING [4f1c...] cms.media: message`; `fold` puts tracebacks on the line too."""

    def __init__(self, *, fold: bool = True) -> None:
        super().__init__("%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s")
        self.fold = fold

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(_without_repetition(record))
        return " | ".join(line.splitlines()) if self.fold else line


class JSONFormatter(logging.Formatter):
    """`{"time": ..., "level": ..., "request": ..., "logger": ..., "message": ..., "error": ...}`, a line each.

    A record's `fields` (`extra={"fields": {...}}`) are members beside them.
    """

    def format(self, record: logging.LogRecord) -> str:
        record = _without_repetition(record)
        found = {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "request": getattr(record, "request_id", "-"),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            found["error"] = self.formatException(record.exc_info)
        return orjson.dumps(found, option=orjson.OPT_NON_STR_KEYS).decode()
