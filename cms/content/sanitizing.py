"""HTML as readers may have it, whoever wrote it and however it came into the database.

nh3 (Rust's ammonia, on the parser of Servo) reads it as a browser does and writes it anew.
"""

from __future__ import annotations

import re

import nh3

from cms.content.numbers import whole_number

TAGS = {
    *("a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "s", "strong", "sub"),
    *("sup", "u", "ul", "caption", "table", "tbody", "td", "th", "thead", "tr"),
}
SCHEMES = {"http", "https", "mailto", "tel"}
BLOCK_KEY = "data-block-key"  # Wagtail's editor tells its paragraphs by it.
KEYED = {"p", "li", "ul", "ol", "blockquote", "h2", "h3", "h4"}
LINK = {"href"}
BEGINNING = re.compile(r"https?://|mailto:|tel:|/|#", re.IGNORECASE)
NEW_TAB = re.compile(r"target\s*=", re.IGNORECASE)
STORED_LINK = {"href", "linktype", "id"}


def _cleaner(link: set[str], *, rel: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        clean_content_tags={
            "script",
            "style",
            "iframe",
            "svg",
            "math",
            "template",
            "noscript",
            "object",
            "title",
        },
        attributes={"*": set(), "a": link, **{tag: {BLOCK_KEY} for tag in KEYED}},
        tag_attribute_values={"a": {"target": {"_blank"}}},
        attribute_filter=_strict,
        url_schemes=SCHEMES,
        link_rel=rel,
    )


def _strict(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        # Addresses are whole, or begin at the root: what has blanks before its scheme might be trimmed by a frontend.
        return value if BEGINNING.match(value) else None
    # Any other id could stand in for a variable of a frontend's scripts.
    return value if attribute != "id" or whole_number(value) is not None else None


_READERS, _READERS_NEW_TAB = _cleaner(LINK, rel=None), _cleaner(LINK, rel="noopener noreferrer")
_STORED_CLEANER = _cleaner(STORED_LINK, rel=None)
_LINKS_ONLY = nh3.Cleaner(
    tags={"a"},
    attributes={"*": set(), "a": LINK},
    url_schemes={"http", "https"},
    link_rel="noopener noreferrer",
)


def clean_html(html: str) -> str:
    """HTML without what runs, loads or styles; links to the web, to paths, for mail and telephone."""
    # Who opens a new tab must not hand over the old one.
    return (_READERS_NEW_TAB if NEW_TAB.search(html) else _READERS).clean(html)


def clean_stored_html(html: str) -> str:
    """The same for rich text as Wagtail stores it: what its links point to is not looked up yet."""
    return _STORED_CLEANER.clean(html)


def clean_links(html: str) -> str:
    """A line of text in which there may be links to the web, and nothing else."""
    return _LINKS_ONLY.clean(html)
