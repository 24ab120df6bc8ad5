"""Which addresses a page links to."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from django.db.models import URLField
from wagtail.blocks import (
    Block,
    ListBlock,
    PageChooserBlock,
    RawHTMLBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    URLBlock,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.content.numbers import whole_number

HREF = re.compile(r"""<a\s[^>]*?href=["'](https?://[^"']+)["']""", re.IGNORECASE)
#: Wagtail's links in stored rich text, with their attributes in either order.
INTERNAL = re.compile(r"<a\s[^>]*?linktype=[^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""(linktype|id)=["']([^"']+)["']""")
#: Longer addresses are left out; no browser of ours is sent one.
MOST_CHARACTERS = 1000


def addresses_of(page: Page) -> set[str]:
    """Addresses with http or https, and `page:12` and `document:12` for links within the CMS; of a specific page."""
    return {address for address in _found(page) if len(address) <= MOST_CHARACTERS}


def _found(page: Page) -> Iterator[str]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            stream = getattr(page, field.attname)
            yield from _in_value(field.stream_block, list(stream.raw_data))
        elif isinstance(field, RichTextField):
            yield from _in_html(getattr(page, field.attname))
        elif isinstance(field, URLField):
            yield from _web(getattr(page, field.attname))


def _in_value(block: Block, value: Any) -> Iterator[str]:
    """Addresses in a block's stored value."""
    if isinstance(block, RichTextBlock | RawHTMLBlock):
        yield from _in_html(value)
    elif isinstance(block, URLBlock):
        yield from _web(value)
    elif isinstance(block, PageChooserBlock):
        if isinstance(value, int):
            yield f"page:{value}"
    elif isinstance(block, StructBlock) and isinstance(value, dict):
        for name, child in block.child_blocks.items():
            yield from _in_value(child, value.get(name))
    elif isinstance(block, ListBlock) and isinstance(value, list):
        for child in value:
            yield from _in_value(block.child_block, _bare(child))
    elif isinstance(block, StreamBlock) and isinstance(value, list):
        for child in value:
            if child["type"] in block.child_blocks:
                yield from _in_value(block.child_blocks[child["type"]], child["value"])


def _bare(child: Any) -> Any:
    # Lists of before Wagtail 2.16 hold the bare values.
    return child["value"] if isinstance(child, dict) and child.keys() >= {"type", "value"} else child


def _in_html(text: Any) -> Iterator[str]:
    if not isinstance(text, str):
        return
    for address in HREF.findall(text):
        yield from _web(html.unescape(address))
    for link in INTERNAL.findall(text):
        attributes = dict(ATTRIBUTE.findall(link))
        key = whole_number(attributes.get("id", ""))
        if attributes.get("linktype") in {"page", "document"} and key is not None:
            yield f"{attributes['linktype']}:{key}"


def _web(address: Any) -> Iterator[str]:
    if isinstance(address, str) and address.lower().startswith(("http://", "https://")):
        yield address.partition("#")[0]
