"""Blocks and rich text as records have them: other objects by name, instead of by their numbers in this database."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.blocks import (
    Block,
    ChooserBlock,
    ListBlock,
    RawHTMLBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.content.numbers import whole_number
from cms.content.sanitizing import clean_stored_html
from cms.exchange.references import LeftOut, References

#: Blocks of one body; an editor's browser would not open more.
MOST_BLOCKS = 1000

Leaf = Callable[[Block, Any], Any]
LINK = re.compile(r"<a\s[^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""(linktype|id|ref)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def outward(block: StreamBlock, value: Any, references: References) -> list[dict[str, Any]]:
    """The value of a stream, as JSON. Its blocks keep their ids; those within them get new ones in an import."""
    stored = json.loads(json.dumps(block.get_prep_value(value), cls=DjangoJSONEncoder))

    def leaf(child: Block, raw: Any) -> Any:
        if isinstance(child, RichTextBlock | RawHTMLBlock):
            return html_outward(raw or "", references)
        if isinstance(child, ChooserBlock):
            return references.name_of(_model(child), raw) if isinstance(raw, int) else None
        return raw

    kept = [child for child in stored if child["type"] in block.child_blocks]
    written = _written(block, kept, leaf)
    return [{**made, "id": child.get("id")} for made, child in zip(written, kept, strict=True)]


def inward(block: StreamBlock, record: Any, references: References) -> tuple[Any, bool]:
    """The value of a stream from JSON, and whether something was left out that comes later in the file.

    Raises ValidationError where it is none of this stream.
    """
    left_out: list[Any] = []

    def leaf(child: Block, raw: Any) -> Any:
        if isinstance(child, RichTextBlock | RawHTMLBlock):
            return html_inward(_checked(raw, str), references, left_out)
        if isinstance(child, ChooserBlock):
            return _chosen(child, raw, references, left_out)
        if isinstance(child, TypedTableBlock):
            return _checked(raw, dict)
        return _checked(raw, str | int | float | bool | None)

    stored = _walked(block, record, leaf)
    try:
        value = block.normalize(block.to_python(stored))
        block.get_prep_value(value)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, ArithmeticError) as error:
        raise ValidationError(_("A block is not made as the schema says.")) from error
    return value, bool(left_out)


def _model(block: ChooserBlock) -> type[Model]:
    model: type[Model] = block.model_class
    return model


def _chosen(block: ChooserBlock, raw: Any, references: References, left_out: list[Any]) -> int | None:
    if raw in (None, ""):
        return None
    try:
        return references.resolve(_model(block), _checked(raw, str)).pk
    except LeftOut:
        left_out.append(raw)
        return None


def _walked(block: Block, raw: Any, leaf: Leaf) -> Any:
    """A block's value from JSON, with what `leaf` makes of its leaves. Raises ValidationError for another block's."""
    if isinstance(block, StructBlock):
        values = _checked(raw, dict)
        if unknown := values.keys() - block.child_blocks.keys():
            raise ValidationError(_("There is no part “%(name)s” here.") % {"name": min(unknown)})
        return {name: _walked(block.child_blocks[name], value, leaf) for name, value in values.items()}
    if isinstance(block, ListBlock):
        return [_walked(block.child_block, _bare(child), leaf) for child in _checked(raw, list)]
    if isinstance(block, StreamBlock):
        blocks = _checked(raw, list)
        if len(blocks) > MOST_BLOCKS:
            raise ValidationError(_("More than %(most)d blocks.") % {"most": MOST_BLOCKS})
        return [_block(block, child, leaf) for child in blocks]
    return None if raw is None else leaf(block, raw)


def _block(stream: StreamBlock, child: Any, leaf: Leaf) -> dict[str, Any]:
    kind = _checked(child, dict).get("type")
    if kind not in stream.child_blocks:
        raise ValidationError(_("There is no block “%(type)s”.") % {"type": kind})
    if "value" not in child or not isinstance(child.get("id", ""), str | None):
        raise ValidationError(_("A block is not made as the schema says."))
    return {**child, "value": _walked(stream.child_blocks[kind], child["value"], leaf)}


def _written(block: Block, raw: Any, leaf: Leaf) -> Any:
    """A stored value as JSON: what is missing is there as its default, what no block knows is not."""
    if isinstance(block, StructBlock):
        values = raw if isinstance(raw, dict) else {}
        return {
            name: _written(child, values[name] if name in values else _default(child), leaf)
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, ListBlock):
        return [_written(block.child_block, _bare(child), leaf) for child in raw or ()]
    if isinstance(block, StreamBlock):
        known = [child for child in raw or () if child["type"] in block.child_blocks]
        return [
            {
                "type": child["type"],
                "value": _written(block.child_blocks[child["type"]], child["value"], leaf),
            }
            for child in known
        ]
    return None if raw is None else leaf(block, raw)


def _default(block: Block) -> Any:
    return json.loads(json.dumps(block.get_prep_value(block.get_default()), cls=DjangoJSONEncoder))


def _bare(child: Any) -> Any:
    # Wagtail wraps what is in a list, since 2.16.
    return child["value"] if isinstance(child, dict) and child.keys() >= {"type", "value"} else child


def _checked(raw: Any, kind: Any) -> Any:
    if not isinstance(raw, kind):
        raise ValidationError(_("A block is not made as the schema says."))
    return raw


def html_outward(text: str, references: References) -> str:
    """Rich text as it is stored, with names in links to pages and documents; a link to what is gone is none."""

    def link(found: re.Match[str]) -> str:
        given = _attributes(found.group())
        if "linktype" not in given:
            return found.group()
        model = _linked(given["linktype"])
        key = whole_number(given.get("id", ""))
        name = references.name_of(model, key) if model and key is not None else None
        return f'<a linktype="{given["linktype"]}" ref="{html.escape(name)}">' if name else "<a>"

    return LINK.sub(link, clean_stored_html(text))


def html_inward(text: str, references: References, left_out: list[Any]) -> str:
    """Rich text as it is stored, from that of a record; clean, whatever it came from."""

    def link(found: re.Match[str]) -> str:
        given = _attributes(found.group())
        model = _linked(given.get("linktype", ""))
        if model is None or "ref" not in given:
            # The numbers of another database mean nothing here.
            return "<a>" if model else found.group()
        try:
            target = references.resolve(model, given["ref"])
        except LeftOut:
            left_out.append(given["ref"])
            return "<a>"
        return f'<a linktype="{given["linktype"]}" id="{target.pk}">'

    return clean_stored_html(LINK.sub(link, text))


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): html.unescape(one or other) for name, one, other in ATTRIBUTE.findall(tag)}


def _linked(kind: str) -> type[Model] | None:
    return {"page": Page, "document": get_document_model()}.get(kind)


def with_ids(record: Any, current: list[dict[str, Any]]) -> Any:
    """Blocks without ids get those of the blocks of the same kind that stand in their places."""
    if not isinstance(record, list):
        return record
    return [
        {**child, "id": current[place]["id"]}
        if isinstance(child, dict)
        and "id" not in child
        and place < len(current)
        and child.get("type") == current[place]["type"]
        else child
        for place, child in enumerate(record)
    ]


def without_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks without their ids."""
    return [{name: value for name, value in block.items() if name != "id"} for block in blocks]
