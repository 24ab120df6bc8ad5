"""Foreign HTML without what runs, loads and styles, but with what tells its structure."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

from cms.content.pasting.parts import Dropped
from cms.content.sanitizing import BEGINNING

#: Styles that mean something: emphasis, Word's lists, and what is not to be seen.
MEANINGFUL = {
    "display",
    "font-style",
    "font-weight",
    "mso-comment-reference",
    "mso-element",
    "mso-hide",
    "mso-list",
    "vertical-align",
}
BLOCKS = {
    *("address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption"),
    *("figure", "footer", "form", "header", "html", "main", "nav", "p", "pre", "section", "blockquote"),
    *("ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr"),
}
INLINE = {
    *("a", "b", "br", "cite", "code", "del", "em", "font", "i", "img", "ins", "mark", "s", "small", "span"),
    *("strike", "strong", "sub", "sup", "u"),
}
GONE = {
    *("script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"),
    "textarea",
}
#: Elements within elements that are read, and those that may be left open before.
MAX_DEPTH, MOST_OPEN = 100, 2_000
#: Word's class of a document's title, and those of its comments.
TITLE, COMMENT = "MsoTitle", "MsoCommentReference"

#: What the HTML must have for something to be missed of it.
_TRACES = {
    Dropped.LOOKS: r"<font\b|\b(?:color|background|background-color|font|font-family|font-size|text-align)\s*:",
    Dropped.OFFICE: r"\bmso-|class=[\"']?Mso|<o:p\b|urn:schemas-microsoft-com",
    Dropped.COMMENTS: r"MsoCommentReference|mso-element:\s*comment",
    Dropped.DELETED: r"<del\b",
    Dropped.EMBEDS: r"<(?:iframe|video|audio|object|embed)\b",
    Dropped.LINKS: r"<a\b[^<>]*\bhref\s*=\s*[\"']?\s*(?:file|javascript|data|about|blob):",
    Dropped.FORMS: r"<(?:input|select|textarea|button)\b",
}
TRACES = {dropped: re.compile(pattern, re.IGNORECASE) for dropped, pattern in _TRACES.items()}


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value.strip() if BEGINNING.match(value.strip()) else None
    if name == "class":
        return next((kept for kept in (TITLE, COMMENT) if kept in value), None)
    if name == "style":
        pairs = (declaration.partition(":") for declaration in value.split(";"))
        kept = [(key.strip().lower(), given.strip().lower()) for key, _colon, given in pairs]
        return "; ".join(f"{key}: {given}" for key, given in kept if key in MEANINGFUL) or None
    return value


_OPENED = re.compile(r"<(/?)(?!br\b|hr\b|img\b)\w+")
_CLEANER = nh3.Cleaner(
    tags=BLOCKS | INLINE,
    clean_content_tags=GONE,
    attributes={
        "*": {"style"},
        "a": {"href"},
        "img": {"src", "alt"},
        "p": {"class"},
        "span": {"class"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    attribute_filter=_attribute,
    # Whose picture it is, is for the caller to find out: nothing is loaded here.
    url_schemes={"http", "https", "mailto", "tel", "data", "file", "pasted"},
    link_rel=None,
)


#: Elements that have to be closed. The parser looks at all that are open for each that it opens.
_OPENS = re.compile(
    r"<(/?)(?!(?:p|li|dt|dd|td|th|tr|tbody|thead|tfoot|option|br|hr|img|col|meta|link|input|wbr)\b)[a-z]\w*(?![\w:])",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[^<>]*>")


def clean_foreign_html(html: str) -> str:
    """Well-formed HTML of known tags; of styles only `MEANINGFUL` ones stay.

    What is nested deeper than any person writes has its text only.
    """
    if not _is_deeper(html, _OPENS, MOST_OPEN):
        cleaned = _CLEANER.clean(html)
        if not _is_deeper(cleaned, _OPENED, MAX_DEPTH):
            return cleaned
    return escape(unescape(_ANY_TAG.sub(" ", html)))


def _is_deeper(html: str, opens: re.Pattern[str], most: int) -> bool:
    depth = 0
    for tag in opens.finditer(html):
        depth += -1 if tag[1] else 1
        if depth > most:
            return True
    return False


def traces(html: str) -> set[Dropped]:
    """What there is in foreign HTML that no conversion keeps."""
    return {dropped for dropped, pattern in TRACES.items() if pattern.search(html)}


def styles(declarations: str | None) -> dict[str, str]:
    """The declarations of a `style` that was cleaned."""
    pairs = (declaration.partition(": ") for declaration in (declarations or "").split("; "))
    return {name: value for name, _colon, value in pairs if value}
