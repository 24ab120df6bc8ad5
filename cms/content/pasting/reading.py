"""Reads elements of cleaned HTML: their looks, their runs, what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from cms.content.numbers import whole_number
from cms.content.pasting.cleaning import BLOCKS, COMMENT, styles
from cms.content.pasting.inline import BREAK, Run

MARK_OF_TAG = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}


def is_left_out(tag: Tag) -> bool:
    """Whether readers of the original don't see it, or it is a colleague's remark."""
    given = styles(_text(tag, "style"))
    return (
        tag.name == "del"
        or given.get("display") == "none"
        or given.get("mso-hide") == "all"
        or given.get("mso-list") == "ignore"
        or given.get("mso-element", "").startswith("comment")
        or "mso-comment-reference" in given
        or COMMENT in _classes(tag)
    )


def marks_within(tag: Tag, marks: frozenset[str]) -> frozenset[str]:
    """The marks of text in it, where those around it are `marks`."""
    made = set(marks)
    if mark := MARK_OF_TAG.get(tag.name):
        made.add(mark)
    given = styles(_text(tag, "style"))
    weight = given.get("font-weight", "")
    if weight in {"bold", "bolder"} or (whole_number(weight) or 0) >= 600:
        made.add("b")
    elif weight:
        made.discard("b")
    if given.get("font-style") in {"italic", "oblique"}:
        made.add("i")
    elif given.get("font-style"):
        made.discard("i")
    if (raised := given.get("vertical-align")) in {"super", "sub"}:
        made.add("sup" if raised == "super" else "sub")
    return frozenset(made)


def href_within(tag: Tag, href: str) -> str:
    """Where text in it leads; places within the foreign page lead nowhere here."""
    given = _text(tag, "href") if tag.name == "a" else None
    return href if given is None or given.startswith("#") else given


def runs_of(
    tag: Tag, marks: frozenset[str] = frozenset(), href: str = "", *, without: frozenset[str] = frozenset()
) -> Iterator[Run]:
    """All text of an element as one paragraph: its blocks are lines. Elements named in `without` are passed over."""
    for child in tag.children:
        if isinstance(child, Tag):
            yield from _runs_of_child(child, marks, href, without)
        elif isinstance(child, NavigableString):
            yield Run(str(child).replace("\n", " "), marks, href)


def _runs_of_child(child: Tag, marks: frozenset[str], href: str, without: frozenset[str]) -> Iterator[Run]:
    if child.name == "br":
        yield Run(BREAK)
        return
    if child.name in without or is_left_out(child):
        return
    is_block = child.name in BLOCKS
    if is_block and _has_text_before(child):
        yield Run(BREAK)
    yield from runs_of(child, marks_within(child, marks), href_within(child, href), without=without)
    if is_block and _has_text_after(child):
        yield Run(BREAK)


def _has_text_before(tag: Tag) -> bool:
    # An element before it has ended its own line.
    before = tag.previous_sibling
    return bool(isinstance(before, NavigableString) and before.strip()) or (
        isinstance(before, Tag) and before.name not in BLOCKS and before.name != "br"
    )


def _has_text_after(tag: Tag) -> bool:
    return any(isinstance(each, Tag) or str(each).strip() for each in tag.next_siblings)


def _text(tag: Tag, attribute: str) -> str | None:
    value = tag.get(attribute)
    return value if isinstance(value, str) else None


def _classes(tag: Tag) -> list[str]:
    return [str(each) for each in tag.get_attribute_list("class") if each]


def has_class(tag: Tag, name: str) -> bool:
    """Whether it is of a class that `cleaning.py` keeps."""
    return name in _classes(tag)


def style_of(tag: Tag) -> dict[str, str]:
    """Its meaningful styles."""
    return styles(_text(tag, "style"))


def attribute(tag: Tag, name: str) -> str:
    """An attribute, empty where it has none."""
    return _text(tag, name) or ""
