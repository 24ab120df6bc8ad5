"""Tables of foreign HTML as rows of text."""

from __future__ import annotations

from bs4 import Tag

from cms.content.numbers import whole_number
from cms.content.pasting.inline import plain_text
from cms.content.pasting.parts import Dropped, Table
from cms.content.pasting.reading import attribute, runs_of

#: What a table in an article may have at the most; the rest is cut off.
MAX_COLUMNS, MAX_ROWS = 50, 500


def is_layout(table: Tag) -> bool:
    """Whether it only puts things in their places: it holds a table or a picture, or has one column."""
    if table.find(["table", "img"]):
        return True
    return all(len(_cells(row)) <= 1 for row in _rows(table))


def read_table(table: Tag) -> tuple[Table | None, set[Dropped]]:
    """Its rows, and what was left out; None where no cell says anything.

    Of merged cells the first has the text, and the others are empty.
    """
    dropped: set[Dropped] = set()
    rows, is_merged = _grid(table)
    if is_merged:
        dropped.add(Dropped.MERGED_CELLS)
    rows = [row for row in rows if any(row)]
    width = max((_used(row) for row in rows), default=0)
    if not width:
        return None, dropped
    if width > MAX_COLUMNS or len(rows) > MAX_ROWS:
        dropped.add(Dropped.LONG_TABLES)
        width, rows = min(width, MAX_COLUMNS), rows[:MAX_ROWS]
    rows = [[*row, *[""] * width][:width] for row in rows]
    caption = table.find("caption", recursive=False)
    words = plain_text(runs_of(caption)) if isinstance(caption, Tag) else ""
    return Table(rows, has_headings=len(rows) > 1, caption=words), dropped


def _used(row: list[str]) -> int:
    return max((index + 1 for index, cell in enumerate(row) if cell), default=0)


def _rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _grid(table: Tag) -> tuple[list[list[str]], bool]:
    taken: set[tuple[int, int]] = set()
    is_merged = False
    grid = []
    for y, row in enumerate(_rows(table)[: MAX_ROWS + 1]):
        made: dict[int, str] = {}
        x = 0
        for cell in _cells(row)[: MAX_COLUMNS + 1]:
            while (x, y) in taken:
                x += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            is_merged = is_merged or wide > 1 or high > 1
            made[x] = plain_text(runs_of(cell))
            taken |= {(x + right, y + down) for right in range(wide) for down in range(high)}
            x += wide
        grid.append([made.get(column, "") for column in range(max(made, default=-1) + 1)])
    return grid, is_merged


def _span(cell: Tag, name: str) -> int:
    return min(whole_number(attribute(cell, name)) or 1, MAX_COLUMNS)
