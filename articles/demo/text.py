"""How an article of the demonstration is written down, and how its body is made of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.text import slugify

from cms.content.demo import CREDIT, Demo, bullets, heading, paragraph, picture
from cms.search.folding import fold

Block = dict[str, Any]
#: Text with blank lines between paragraphs, `## ` before headings and `- ` before list items; or a block that is made
#: when the demo is loaded (None where what it shows was not loaded).
Part = str | Callable[[Demo], Block | None]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A category with its articles."""

    slug: str
    name: str
    description: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class LegalText:
    """A legal document that an article cites."""

    number: str
    title: str
    issuer: str
    issued_on: date
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Text:
    """An article: what it says, and what it is shown with."""

    slug: str
    title: str
    summary: str
    day: date
    motif: str
    body: tuple[Part, ...]
    tags: tuple[str, ...] = ()
    campaign: str = ""
    #: Titles of files to download.
    attachments: tuple[str, ...] = ()
    legal: tuple[LegalText, ...] = ()
    featured: bool = False
    #: Whether figures and events in it are made up.
    illustrative: bool = True


def blocks(parts: tuple[Part, ...], demo: Demo) -> Iterator[Block]:
    """The stored blocks of a body."""
    for part in parts:
        if isinstance(part, str):
            yield from _written(part)
        elif block := part(demo):
            yield block


def _written(text: str) -> Iterator[Block]:
    for piece in text.split("\n\n"):
        lines = [line.strip() for line in piece.strip().splitlines()]
        if not lines:
            continue
        if lines[0].startswith("## "):
            yield heading(lines[0].removeprefix("## "))
        elif lines[0].startswith("- "):
            yield bullets(*_items(lines))
        else:
            yield paragraph(" ".join(lines))


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line.removeprefix("- "))
        else:
            items[-1] += f" {line}"
    return items


def shown(motif: str, caption: str) -> Part:
    """A drawn picture."""
    return lambda demo: picture(demo.image(motif), caption)


def gallery(**captions: str) -> Part:
    """Drawn pictures by motif ("-" written as "_"), with their captions."""

    def make(demo: Demo) -> Block:
        pictures = [
            {"image": demo.image(motif.replace("_", "-")).pk, "caption": caption, "credit": CREDIT}
            for motif, caption in captions.items()
        ]
        return {"type": "gallery", "value": {"pictures": pictures}}

    return make


def quote(text: str, attribution: str) -> Part:
    """Somebody's words."""
    return lambda demo: {"type": "quote", "value": {"text": text, "attribution": attribution}}


def table(caption: str, *rows: tuple[str, ...]) -> Part:
    """Figures; the first row is that of the headings."""
    headings, *others = rows
    value = {
        "columns": [{"type": "text", "heading": each} for each in headings],
        "rows": [{"values": list(row)} for row in others],
        "caption": caption,
    }
    return lambda demo: {"type": "data_table", "value": {"caption": caption, "table": value}}


def file(title: str) -> Part:
    """A file to download, in the middle of the text."""
    return lambda demo: {
        "type": "attachment",
        "value": {"document": demo.document(file_name(title), title).pk},
    }


def video(url: str, title: str) -> Part:
    """A video."""
    return lambda demo: {"type": "video", "value": {"url": url, "title": title}}


def button(text: str, url: str) -> Part:
    """A button to an address elsewhere."""
    value = {"text": text, "page": None, "url": url, "style": "primary"}
    return lambda demo: {"type": "call_to_action", "value": value}


def poll(demo: Demo) -> Block | None:
    """The poll that opened last."""
    opened = apps.get_model("polls.Poll").objects.filter(live=True, opens_at__lte=timezone.now())
    found = opened.order_by("opens_at", "pk").last()
    return {"type": "poll", "value": {"poll": found.pk}} if found else None


def zone_map(*slugs: str) -> Part:
    """Zones on a map."""

    def make(demo: Demo) -> Block | None:
        zones = apps.get_model("zones.ZonePage").objects.descendant_of(demo.home).filter(slug__in=slugs)
        keys = list(zones.order_by("title").values_list("pk", flat=True))
        return {"type": "zone_map", "value": {"zones": keys}} if keys else None

    return make


def file_name(title: str) -> str:
    """A name for a demo file: its title's words in ASCII."""
    return f"{slugify(fold(title))[:60]}.pdf"
