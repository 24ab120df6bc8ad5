"""Columns that hold more than one value: tags, other objects, parts of a page, blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.exchange.columns import Column, Exchange, ReferenceColumn, TextColumn
from cms.exchange.references import LeftOut
from cms.exchange.streams import html_inward, html_outward, inward, outward, with_ids, without_ids
from cms.exchange.texts import stream_of_text

#: Entries of a list.
MOST_ENTRIES = 1000


def as_list(value: Any) -> list[Any]:
    """A list from JSON, or from a cell: an entry a line, or between semicolons, or a list in JSON."""
    if value in (None, ""):
        return []
    if isinstance(value, str):
        value = _split(value.strip())
    if not isinstance(value, list):
        raise ValidationError(_("This is no list."))
    if len(value) > MOST_ENTRIES:
        raise ValidationError(_("More than %(most)d entries.") % {"most": MOST_ENTRIES})
    return value


def _split(text: str) -> Any:
    if text.startswith("["):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            pass
    parts = text.splitlines() if "\n" in text else text.split(";")
    return [part.strip() for part in parts if part.strip()]


@dataclass(frozen=True)
class TagsColumn(Column):
    """The names of tags."""

    is_list: bool = True

    def read(self, instance: Any, exchange: Exchange) -> Any:
        return sorted(tag.name for tag in getattr(instance, self.name).all())

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        names = [TextColumn(self.name).parse(each).strip() for each in as_list(value)]
        if any(len(name) > 100 for name in names):
            raise ValidationError(_("A tag has at most 100 characters."))
        getattr(instance, self.name).set([name for name in names if name])

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class ManyColumn(ReferenceColumn):
    """Several other objects."""

    is_list: bool = True

    def read(self, instance: Any, exchange: Exchange) -> Any:
        keys = [each.pk for each in getattr(instance, self.name).all()]
        return sorted(name for key in keys if (name := exchange.references.name_of(self.model, key)))

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        found = [self._found(each, exchange) for each in as_list(value)]
        getattr(instance, self.name).set([each for each in found if each is not None])

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class ChildrenColumn(Column):
    """Parts of an object that have rows of their own, in their order.

    Where a part is nothing but a link, the record has the name of what it leads to.
    """

    model: Any = None
    parent: str = ""
    columns: tuple[Column, ...] = ()
    is_list: bool = True

    @property
    def link(self) -> ReferenceColumn | None:
        only = self.columns[0] if len(self.columns) == 1 else None
        return only if isinstance(only, ReferenceColumn) else None

    def read(self, instance: Any, exchange: Exchange) -> Any:
        children = sorted(getattr(instance, self.name).all(), key=lambda child: child.sort_order or 0)
        if link := self.link:
            return [link.read(child, exchange) for child in children]
        return [{each.name: each.read(child, exchange) for each in self.columns} for child in children]

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        old = list(getattr(instance, self.name).all())
        children = []
        for number, entry in enumerate(as_list(value)):
            try:
                child = self._child(entry, old, exchange)
            except LeftOut:
                exchange.left_out.add(self.name)
                continue
            except ValidationError as error:
                raise ValidationError([f"{number + 1}: {text}" for text in error.messages]) from error
            child.sort_order = number
            children.append(child)
        getattr(instance, self.name).set(children)

    def _child(self, entry: Any, old: list[Any], exchange: Exchange) -> Any:
        if not isinstance(entry, dict):
            entry = {self.columns[0].name: entry}
        known = {each.name: each for each in self.columns}
        if unknown := entry.keys() - known.keys():
            raise ValidationError(_("There is no part “%(name)s” here.") % {"name": min(unknown)})
        if link := self.link:
            made = self.model(**{link.name: link.find(entry[link.name], exchange)})
        else:
            made = self.model()
            for name, value in entry.items():
                known[name].write(made, value, exchange)
            made.full_clean(exclude=[self.parent])
        return _kept(made, old, [name for name in known if name in entry], self.columns)

    def schema(self) -> dict[str, Any]:
        if self.link:
            return {"type": "array", "items": {"type": "string"}}
        parts = {each.name: each.schema() for each in self.columns}
        part = {"type": "object", "properties": parts, "additionalProperties": False}
        return {"type": "array", "items": part}


def _kept(made: Any, old: list[Any], given: list[str], columns: tuple[Column, ...]) -> Any:
    """The row that says the same already, so that it stays what it is; else `made`."""
    identity = next(
        (name for name in ("key", columns[0].name) if name in given and getattr(made, name)), None
    )
    same = [each for each in old if identity and getattr(each, identity) == getattr(made, identity)]
    if not same:
        return made
    old.remove(same[0])
    for name in given:
        setattr(same[0], name, getattr(made, name))
    return same[0]


@dataclass(frozen=True)
class StreamColumn(Column):
    """Blocks; from a spreadsheet, text or HTML of which blocks are made."""

    field: Any = None
    is_flat: bool = False

    def read(self, instance: Any, exchange: Exchange) -> Any:
        return outward(self.field.stream_block, getattr(instance, self.name), exchange.references)

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        if isinstance(value, str):
            self._write_text(instance, value, exchange)
            return
        record = [] if value is None else value
        record = with_ids(record, self.read(instance, exchange))
        stream, left_out = inward(self.field.stream_block, record, exchange.references)
        if left_out:
            exchange.left_out.add(self.name)
        setattr(instance, self.name, stream)

    def _write_text(self, instance: Any, text: str, exchange: Exchange) -> None:
        stream = stream_of_text(self.field.stream_block, text, exchange)
        made = outward(self.field.stream_block, stream, exchange.references)
        # The text makes the same blocks each time, with other ids.
        if without_ids(made) != without_ids(self.read(instance, exchange)):
            setattr(instance, self.name, stream)

    def schema(self) -> dict[str, Any]:
        names = sorted(self.field.stream_block.child_blocks)
        block = {
            "type": "object",
            "properties": {"type": {"enum": names}, "id": {"type": "string"}, "value": {}},
            "required": ["type", "value"],
            "additionalProperties": False,
        }
        return {"type": "array", "items": block}


@dataclass(frozen=True)
class RichTextColumn(Column):
    """Rich text of a field of its own."""

    def read(self, instance: Any, exchange: Exchange) -> Any:
        return html_outward(getattr(instance, self.name) or "", exchange.references)

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        left_out: list[Any] = []
        text = html_inward(TextColumn(self.name).parse(value), exchange.references, left_out)
        if left_out:
            exchange.left_out.add(self.name)
        setattr(instance, self.name, text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}
