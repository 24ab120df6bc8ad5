"""Stored values of blocks, for clients that read them as they are: without what would harm a reader."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import Block, ListBlock, RawHTMLBlock, RichTextBlock, StreamBlock, StructBlock, URLBlock

from cms.content.links import safe_address
from cms.content.sanitizing import clean_stored_html


def sanitize_raw(block: Block, raw: Any) -> Any:
    """A block's stored value, its HTML sanitized and its addresses checked; children that no block knows left out."""
    if isinstance(block, RichTextBlock | RawHTMLBlock):
        return clean_stored_html(raw) if isinstance(raw, str) else ""
    if isinstance(block, URLBlock):
        return safe_address(raw) or ""
    if isinstance(block, StructBlock) and isinstance(raw, dict):
        known = block.child_blocks
        return {name: sanitize_raw(known[name], value) for name, value in raw.items() if name in known}
    if isinstance(block, ListBlock) and isinstance(raw, list):
        return [_child(block.child_block, child) for child in raw]
    if isinstance(block, StreamBlock) and isinstance(raw, list):
        known = block.child_blocks
        return [_child(known[child["type"]], child) for child in raw if child["type"] in known]
    return raw


def _child(block: Block, child: Any) -> Any:
    # Lists of before Wagtail 2.16 hold the bare values.
    wrapped = isinstance(child, dict) and child.keys() >= {"type", "value"}
    return {**child, "value": sanitize_raw(block, child["value"])} if wrapped else sanitize_raw(block, child)
