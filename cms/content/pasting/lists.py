"""Lists: those of HTML, and Word's, which are paragraphs that say which list they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import Tag

from cms.content.pasting.inline import rich_lines
from cms.content.pasting.reading import runs_of, style_of

LISTS = frozenset({"ul", "ol"})
#: Deeper lists than the editor makes.
MAX_LEVEL = 4
WORD_LEVEL = re.compile(r"\blevel(\d)\b")
#: What Word writes before a numbered item: 1. a) iv. 2.1
NUMBER = re.compile(r"^\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivxlc]+)[.):]?$", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """An item, `html` without its `li`; `level` counts from 0."""

    html: str
    level: int
    is_numbered: bool


def items_of(container: Tag, level: int = 0) -> Iterator[Item]:
    """The items of a `ul` or `ol`, those of lists within it after the item that they hang on."""
    for child in container.find_all(True, recursive=False):
        if child.name in LISTS:
            yield from items_of(child, level + 1)
            continue
        if html := "<br/>".join(rich_lines(runs_of(child, without=LISTS))):
            yield Item(html, level, container.name == "ol")
        for inner in _lists_within(child):
            yield from items_of(inner, level + 1)


def _lists_within(item: Tag) -> Iterator[Tag]:
    for found in item.find_all(list(LISTS)):
        if not any(parent.name in LISTS for parent in _parents_below(found, item)):
            yield found


def _parents_below(tag: Tag, top: Tag) -> Iterator[Tag]:
    for parent in tag.parents:
        if parent is top:
            return
        yield parent


def word_item(paragraph: Tag) -> Item | None:
    """The item that a paragraph of Word is; None where it is a paragraph."""
    belongs = style_of(paragraph).get("mso-list", "")
    level = WORD_LEVEL.search(belongs)
    if level is None:
        return None
    html = "<br/>".join(rich_lines(runs_of(paragraph)))
    marker = next(
        (span for span in paragraph.find_all("span") if style_of(span).get("mso-list") == "ignore"), None
    )
    number = marker.get_text().strip() if marker else ""
    return Item(html, max(0, int(level[1]) - 1), bool(NUMBER.match(number)) and number != "o")


def list_html(items: Iterable[Item]) -> str:
    """Nested lists as HTML. No level is left out, whatever the original did."""
    html: list[str] = []
    open_lists: list[str] = []
    for item in items:
        level = min(item.level, len(open_lists), MAX_LEVEL - 1)
        kind = "ol" if item.is_numbered else "ul"
        while len(open_lists) > level + 1:
            html.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == level + 1:
            html.append("</li>")
            if open_lists[-1] != kind:
                html.append(f"</{open_lists[-1]}><{kind}>")
                open_lists[-1] = kind
        else:
            html.append(f"<{kind}>")
            open_lists.append(kind)
        html.append(f"<li>{item.html}")
    html.extend(f"</li></{kind}>" for kind in reversed(open_lists))
    return "".join(html)
