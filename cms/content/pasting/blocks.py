"""Parts of foreign HTML as a body stores them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cms.content.pasting.parts import Heading, Paragraphs, Part, Picture, Table


def stored_blocks(
    parts: Iterable[Part], *, image_of: Callable[[Picture], int | None]
) -> list[dict[str, Any]]:
    """Items of a body's stored JSON, without ids: `[{"type": "heading", "value": {...}}, ...]`.

    `image_of` answers the primary key of the library's image for a picture; one without is left out.
    """
    blocks = []
    for part in parts:
        if isinstance(part, Picture):
            if (image := image_of(part)) is not None:
                blocks.append(_block("picture", image=image, caption=part.caption, credit=""))
        else:
            blocks.append(_text_block(part))
    return blocks


def _text_block(part: Paragraphs | Heading | Table) -> dict[str, Any]:
    if isinstance(part, Paragraphs):
        return _block("paragraph", text=part.html)
    if isinstance(part, Heading):
        return _block("heading", text=part.text, level=str(part.level))
    return _block("data_table", table=_table(part))


def _table(table: Table) -> dict[str, Any]:
    # Cells stay as they are written: 1.234 is a thousand in Vietnamese, and one and a bit in English.
    headings = table.rows[0] if table.has_headings else [""] * len(table.rows[0])
    rows = table.rows[1:] if table.has_headings else table.rows
    return {
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": row} for row in rows],
        "caption": table.caption,
    }


def _block(name: str, **value: Any) -> dict[str, Any]:
    return {"type": name, "value": value}
