"""Foreign HTML, of Word, a browser or another portal, as the parts that a body of ours is made of.

Headings, lists, tables, pictures, links, emphasis and raised figures stay; looks go. Nothing is loaded and nothing is
stored here: `blocks.py` makes stored blocks of the parts.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from cms.content.pasting.cleaning import BLOCKS, TITLE, clean_foreign_html, traces
from cms.content.pasting.inline import BREAK, Run, plain_text, rich_lines
from cms.content.pasting.lists import LISTS, Item, items_of, list_html, word_item
from cms.content.pasting.parts import Converted, Dropped, Heading, Paragraphs, Picture, Table
from cms.content.pasting.reading import (
    attribute,
    has_class,
    href_within,
    is_left_out,
    marks_within,
    runs_of,
)
from cms.content.pasting.tables import is_layout, read_table

LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
#: Longer headings are paragraphs that somebody wrote large.
LONGEST_HEADING = 200
LONGEST_CAPTION = 500
#: What programs write into an alternative text: names of files, and Word's own guess.
NO_ALT_TEXT = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")
WORDS_GUESS = "Description automatically generated"


def convert(html: str) -> Converted:
    """The parts of `html`, in NFC; what they leave out is in `dropped`. Whoever calls bounds its length."""
    writer = _Writer()
    writer.dropped |= traces(html)
    writer.walk(BeautifulSoup(clean_foreign_html(html), "html.parser"))
    writer.end()
    return Converted(writer.parts, writer.dropped)


class _Writer:
    """Collects runs into paragraphs, paragraphs into text, and ends the text where something else stands."""

    def __init__(self) -> None:
        self.parts: list[Paragraphs | Heading | Table | Picture] = []
        self.dropped: set[Dropped] = set()
        self._runs: list[Run] = []
        self._items: list[Item] = []
        self._html: list[str] = []

    def walk(self, tag: Tag, marks: frozenset[str] = frozenset(), href: str = "") -> None:
        for child in list(tag.children):
            if isinstance(child, Tag):
                self._element(child, marks, href)
            elif isinstance(child, NavigableString):
                self._runs.append(Run(str(child).replace("\n", " "), marks, href))

    def end(self) -> None:
        """End the running text: what comes is a part of its own."""
        self._end_paragraph()
        self._end_list()
        if self._html:
            self.parts.append(Paragraphs("".join(self._html)))
            self._html = []

    def _element(self, tag: Tag, marks: frozenset[str], href: str) -> None:
        if is_left_out(tag):
            return
        if tag.name == "br":
            self._runs.append(Run(BREAK))
        elif tag.name == "img":
            self._picture(tag)
        elif tag.name == "hr":
            self._end_paragraph()
            self._end_list()
            self._html.append("<hr/>")
        elif tag.name in LEVELS or has_class(tag, TITLE):
            self._heading(tag, LEVELS.get(tag.name, 2))
        elif tag.name in LISTS:
            self._list(tag)
        elif tag.name == "table" and not is_layout(tag):
            self._table(tag)
        elif tag.name == "figure":
            self._figure(tag)
        elif tag.name == "p" and (item := word_item(tag)):
            self._word_item(tag, item)
        else:
            self._others(tag, marks_within(tag, marks), href_within(tag, href))

    def _others(self, tag: Tag, marks: frozenset[str], href: str) -> None:
        if tag.name not in BLOCKS:
            self.walk(tag, marks, href)
            return
        self._end_paragraph()
        self.walk(tag, marks, href)
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        lines = rich_lines(self._runs)
        self._runs = []
        if lines:
            self._end_list()
            self._html.extend(f"<p>{line}</p>" for line in lines)

    def _end_list(self) -> None:
        if self._items:
            self._html.append(list_html(self._items))
            self._items = []

    def _heading(self, tag: Tag, level: int) -> None:
        self.end()
        text = plain_text(runs_of(tag))
        if len(text) > LONGEST_HEADING:
            self._html.extend(f"<p>{line}</p>" for line in rich_lines(runs_of(tag, frozenset("b"))))
        elif text:
            self.parts.append(Heading(text, level))
        self._pictures_within(tag)

    def _list(self, tag: Tag) -> None:
        self._end_paragraph()
        self._end_list()
        if html := list_html(items_of(tag)):
            self._html.append(html)
        self._pictures_within(tag)

    def _word_item(self, tag: Tag, item: Item) -> None:
        self._end_paragraph()
        if item.html:
            self._items.append(item)
        self._pictures_within(tag)

    def _table(self, tag: Tag) -> None:
        self.end()
        table, dropped = read_table(tag)
        self.dropped |= dropped
        if table:
            self.parts.append(table)

    def _figure(self, tag: Tag) -> None:
        self._end_paragraph()
        caption = tag.find("figcaption")
        pictures = tag.find_all("img")
        if not isinstance(caption, Tag) or len(pictures) != 1 or tag.find("table"):
            self.walk(tag)
            self._end_paragraph()
            return
        words = plain_text(runs_of(caption))
        if len(words) <= LONGEST_CAPTION:
            caption.extract()
        self._picture(pictures[0], caption=words if len(words) <= LONGEST_CAPTION else "")
        pictures[0].extract()
        self._others(tag, frozenset(), "")

    def _picture(self, tag: Tag, caption: str = "") -> None:
        source = attribute(tag, "src").strip()
        if not source:
            return
        self.end()
        self.parts.append(Picture(source, _alt_text(attribute(tag, "alt")), caption))

    def _pictures_within(self, tag: Tag) -> None:
        for picture in tag.find_all("img"):
            self._picture(picture)


def _alt_text(given: str) -> str:
    words = plain_text([Run(given.replace(WORDS_GUESS, ""))])
    return "" if words.lower().endswith(NO_ALT_TEXT) else words[:255]
