"""What foreign HTML is made of once its looks are gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Dropped(StrEnum):
    """What a conversion leaves out, for who wants to tell it."""

    LOOKS = "looks"
    OFFICE = "office"
    COMMENTS = "comments"
    DELETED = "deleted"
    EMBEDS = "embeds"
    FORMS = "forms"
    LINKS = "links"
    MERGED_CELLS = "merged_cells"
    LONG_TABLES = "long_tables"


@dataclass(frozen=True)
class Paragraphs:
    """Running text: `html` of paragraphs, lists and rules, with the features of a `ParagraphBlock`."""

    html: str


@dataclass(frozen=True)
class Heading:
    """A heading; `level` is 2, 3 or 4."""

    text: str
    level: int


@dataclass(frozen=True)
class Table:
    """Rows of cells, all of one length; the first row holds the columns' headings if `has_headings`."""

    rows: list[list[str]]
    has_headings: bool
    caption: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture that `source` names, as the HTML does: an address, a path or a `data:` URI; it is not loaded."""

    source: str
    alt: str = ""
    caption: str = ""


Part = Paragraphs | Heading | Table | Picture


@dataclass
class Converted:
    """The parts in their order, and what was left out."""

    parts: list[Part] = field(default_factory=list)
    dropped: set[Dropped] = field(default_factory=set)
