"""Blocks of a text or of HTML, as a cell of a spreadsheet or another portal's page has it."""

from __future__ import annotations

import html
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock
from wagtail.images import get_image_model

from cms.content.pasting.blocks import stored_blocks
from cms.content.pasting.conversion import convert
from cms.content.pasting.parts import Picture
from cms.exchange.columns import Exchange, TextColumn
from cms.exchange.pictures import found_or_stored

#: Characters of one text: those of a book.
MOST_CHARACTERS = 1_000_000
MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|table|img|b|i|strong|em|a|span)[\s/>]", re.IGNORECASE)


def stream_of_text(block: StreamBlock, text: str, exchange: Exchange) -> Any:
    """The value of a stream for a text. Raises ValidationError where a picture or a kind of block is refused."""
    text = TextColumn("text").parse(text)
    if len(text) > MOST_CHARACTERS:
        message = _("This text has more than %(most)d characters.")
        raise ValidationError(message % {"most": MOST_CHARACTERS})

    def image_of(picture: Picture) -> int:
        about = {"description": picture.alt[:255], "caption": picture.caption[:500]}
        return found_or_stored(get_image_model(), picture.source, about, exchange).pk

    parts = convert(text if MARKUP.search(text) else _paragraphs(text)).parts
    stored = stored_blocks(parts, image_of=image_of)
    if unknown := [each["type"] for each in stored if each["type"] not in block.child_blocks]:
        raise ValidationError(_("There is no block “%(type)s”.") % {"type": unknown[0]})
    return block.normalize(block.to_python(stored))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())
