"""Imports records: each row in a transaction of its own, the good ones kept, the others told of with their reason.

A trial goes the same way and takes every row back: what it says is what will happen. A row that refers to a later one
writes that first; where two refer to each other, the first is written again when both are there. A row that is there
already and says the same is left alone: an import that was cut off is run again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, InterfaceError, transaction
from django.utils.translation import gettext as _

from cms.exchange.columns import Exchange
from cms.exchange.files import Files
from cms.exchange.formats.reading import Row
from cms.exchange.references import References
from cms.exchange.registry import resource_named
from cms.exchange.resources import ModelResource, Outcome
from cms.exchange.resources.models import Action
from cms.invalidation.capture import lock_content

logger = logging.getLogger(__name__)

#: Rows that may wait for each other, one within the other.
DEEPEST = 10
#: Columns of a record that are none of its object.
ABOUT_THE_RECORD = {"type", "id", "draft"}


@dataclass
class Result:
    """What happened to a row. `title` names it to a person; `reason` says why it was refused, or what is left to do."""

    row: Row
    action: Action
    kind: str = ""
    title: str = ""
    changed: list[str] = field(default_factory=list)
    reason: str = ""
    instance: Any = None


class Importer:
    """One import of rows. `user` is None for a trusted command; `publishes`: whether what is `live` is published."""

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        files: Files | None = None,
        user: Any = None,
        publishes: bool = False,
        is_trial: bool = False,
    ) -> None:
        self.rows = rows
        self.publishes = publishes
        self.is_trial = is_trial
        references = References(awaited=self._await)
        self.exchange = Exchange(references, files or Files(), user=user, is_trial=is_trial)
        self._by_key: dict[tuple[str, str], Row] = {}
        #: By line: what rows came to, the rows under way, and those to be written again.
        self._done: dict[int, Result] = {}
        self._open: list[Row] = []
        self._again: list[Row] = []
        for row in rows:
            try:
                self._index(row)
            except Exception as error:  # noqa: BLE001 - whatever a row brings, the others are due all the same
                row.error = _refusal(row, error)

    def results(self, *, without: Callable[[Row], bool] = lambda row: False) -> Iterator[Result]:
        """Import all rows but those of `without`; what each came to, in the order in which they were written."""
        order = sorted(self.rows, key=_order)
        for row in order:
            if not without(row):
                yield self._result(row)
        for row in [] if self.is_trial else self._again:
            self._done.pop(id(row), None)
            result = self._result(row)
            if result.action == Action.REFUSED:
                yield result

    def _index(self, row: Row) -> None:
        row.record = _named(row.record)
        resource = resource_named(row.record.get("type") or "")
        if resource is None or row.error:
            return
        for key in resource.keys(row.record):
            first = self._by_key.setdefault((resource.name, key), row)
            if first is not row and key == str(row.record.get("id", "")).strip():
                row.error = _("Line %(line)s has the same id.") % {"line": first.place}

    def _result(self, row: Row) -> Result:
        if id(row) in self._done:
            return self._done[id(row)]
        before = set(self._done)
        try:
            with transaction.atomic():
                lock_content()
                result = self._write(row)
                if self.is_trial:
                    transaction.set_rollback(True)
        except Exception as error:  # noqa: BLE001 - whatever a row brings, the others are due all the same
            result = Result(row, Action.REFUSED, reason=_refusal(row, error))
        if result.action == Action.REFUSED or self.is_trial:
            # Rows that it had written before itself were taken back with it.
            for key in set(self._done) - before:
                del self._done[key]
        result.kind, result.title = _kind(row), _title(row)
        self._done[id(row)] = result
        return result

    def _write(self, row: Row) -> Result:
        if row.error:
            raise ValidationError(row.error)
        resource = resource_named(row.record.get("type") or "")
        if resource is None:
            raise ValidationError(_("There is no type “%(type)s”.") % {"type": row.record.get("type") or ""})
        record = _known_columns(resource, row.record)
        exchange = replace(self.exchange, left_out=set())
        self._open.append(row)
        try:
            outcome: Outcome = resource.put(record, exchange, publishes=self.publishes)
            resource.remember(record, outcome.instance)
        finally:
            self._open.remove(row)
        if exchange.left_out and row not in self._again:
            self._again.append(row)
        return Result(
            row, outcome.action, changed=outcome.changed, reason=outcome.note, instance=outcome.instance
        )

    def _await(self, resource: ModelResource, key: str) -> bool:
        """Write the row that a reference means, if there is one; whether it will be there in the end."""
        row = self._by_key.get((resource.name, key))
        if row is None:
            return False
        done = self._done.get(id(row))
        if done is not None and not self.is_trial:
            return done.action != Action.REFUSED
        if row in self._open or len(self._open) > DEEPEST:
            return True
        with transaction.atomic():
            result = self._write(row)
        if not self.is_trial:
            result.kind, result.title = _kind(row), _title(row)
            self._done[id(row)] = result
        return True


def _refusal(row: Row, error: Exception) -> str:
    """Why a row was refused, for who wrote it; what nobody foresaw goes to the log with all that is known of it."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, DatabaseError | InterfaceError):
        logger.warning("line %s was refused by the database", row.place, exc_info=error)
        return _("The database refuses it: %(error)s") % {"error": error}
    logger.error("line %s was refused for what no column foresaw", row.place, exc_info=error)
    return _(
        "A cell of this row holds what its column can't take. Compare the row with one of an export; where you find "
        "nothing, ask the administrator of the system, who finds the reason in the server's log."
    )


def _order(row: Row) -> int:
    resource = resource_named(row.record.get("type") or "")
    return resource.order if resource else 0


def _named(record: dict[str, Any]) -> dict[str, Any]:
    """The record with names of columns in place of their labels."""
    resource = resource_named(str(record.get("type") or ""))
    labels = (
        {str(column.label).casefold(): name for name, column in resource.columns.items()} if resource else {}
    )
    known = {*ABOUT_THE_RECORD, *(resource.columns if resource else ())}
    return {
        name if name in known else labels.get(name.casefold(), name): value for name, value in record.items()
    }


def _known_columns(resource: ModelResource, record: dict[str, Any]) -> dict[str, Any]:
    unknown = [name for name in record if name not in resource.columns and name not in ABOUT_THE_RECORD]
    if unknown:
        message = _("There is no column “%(name)s” of “%(type)s”.")
        raise ValidationError(message % {"name": unknown[0], "type": resource.label})
    return record


def _kind(row: Row) -> str:
    resource = resource_named(row.record.get("type") or "")
    return resource.name if resource else ""


def _title(row: Row) -> str:
    for name in ("title", "question", "name", "number", "old_path", "id"):
        if row.record.get(name):
            return str(row.record[name])[:200]
    return ""
