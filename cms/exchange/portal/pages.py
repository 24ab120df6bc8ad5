"""What a saved page of an old portal says: title, date, sapo, body, author, source, files, and where it stood.

Portals in Viet Nam are made with a few systems that name their parts alike, in English or in Vietnamese without marks.
What can't be told is named in `unclear`, for an editor.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

#: Names of classes and ids, by what they hold, the surest first.
TITLES = (
    "title-detail",
    "detail-title",
    "article-title",
    "news-title",
    "post-title",
    "entry-title",
    "tieu-de",
    "tieude",
)
SAPOS = (
    "sapo",
    "chapeau",
    "article-summary",
    "news-summary",
    "summary",
    "lead",
    "tom-tat",
    "tomtat",
    "trich-yeu",
)
BODIES = (
    *("article-body", "article-content", "detail-content", "content-detail", "news-content", "news-detail"),
    *("post-content", "entry-content", "noi-dung", "noidung", "body-content", "journal-content-article"),
)
DATES = (
    "publish-date",
    "published",
    "date-time",
    "datetime",
    "post-date",
    "ngay-dang",
    "ngaydang",
    "date",
    "time",
)
AUTHORS = ("author", "tac-gia", "tacgia", "but-danh")
SOURCES = ("source", "nguon", "nguon-tin")
#: What stands around an article and is none of it.
AROUND = ("nav", "header", "footer", "aside", "form", "script", "style", "noscript", "iframe")
DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b(?:\D{1,12}(\d{1,2})[:hg](\d{2}))?")
CLOCK_FIRST = re.compile(r"\b(\d{1,2})[:hg](\d{2})\D{1,12}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
AUTHOR = re.compile(r"^\s*(?:Tác giả|Người viết|Bài viết)\s*[::]\s*(.{2,200}?)\s*$", re.IGNORECASE)
SOURCE = re.compile(r"^\s*(?:Nguồn(?: tin)?|Theo)\s*[::]\s*(.{2,200}?)\s*$", re.IGNORECASE)
#: What browsers write at the top of a page that they save.
SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)", re.IGNORECASE)
#: Words of a body below which it is likely to be something else.
FEWEST_WORDS = 20


@dataclass
class SavedPage:
    """What a page says. `published_at` is ISO 8601, without a zone where the page says none; `path` begins with `/`."""

    title: str = ""
    published_at: str = ""
    summary: str = ""
    body: str = ""
    author: str = ""
    source: str = ""
    path: str = ""
    files: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def read_page(html: str, *, file_endings: Iterable[str]) -> SavedPage:
    """The article of a page; `file_endings` are those of documents that readers download."""
    soup = BeautifulSoup(unicodedata.normalize("NFC", html), "html.parser")
    page = SavedPage(path=_path(html, soup))
    meta = _meta(soup)
    title, sapo = _named(soup, TITLES) or soup.find("h1"), _named(soup, SAPOS)
    page.title = _text(title) or meta.get("og:title", "") or _text(soup.title)
    page.published_at = _date(soup, meta)
    page.summary = _text(sapo) or meta.get("og:description", "") or meta.get("description", "")
    page.author = _said(soup, AUTHOR) or _text(_named(soup, AUTHORS)) or meta.get("author", "")
    page.source = _said(soup, SOURCE) or _text(_named(soup, SOURCES))
    body = _named(soup, BODIES) or soup.find("article")
    page.files = _files(body or soup, tuple(f".{ending}" for ending in file_endings))
    if isinstance(body, Tag):
        _strip(body, title, sapo)
        page.body = body.decode_contents()
    _judge(page, title=title, body=body)
    return page


def _judge(page: SavedPage, *, title: object, body: object) -> None:
    checks = {
        "title": bool(page.title) and title is not None,
        "published_at": bool(page.published_at),
        "summary": bool(page.summary),
        "body": isinstance(body, Tag) and len(body.get_text(" ").split()) >= FEWEST_WORDS,
        "path": bool(page.path),
    }
    page.unclear = [name for name, is_clear in checks.items() if not is_clear]


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    found = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("property") or tag.get("name") or "").lower()
        found.setdefault(name, " ".join(str(tag.get("content") or "").split()))
    return found


def _named(soup: Tag, names: Iterable[str]) -> Tag | None:
    """The first element with one of these names as class or id, the names in their order."""
    for name in names:
        for tag in soup.find_all(attrs={"class": True}) + soup.find_all(id=True):
            words = [*(tag.get("class") or []), str(tag.get("id") or "")]
            if any(word.lower().replace("_", "-") == name for word in words) and _text(tag):
                return tag
    return None


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""


def _said(soup: BeautifulSoup, pattern: re.Pattern[str]) -> str:
    """What a line of its own says after its label, such as “Nguồn: Văn phòng”."""
    for tag in soup.find_all(["p", "div", "span", "td", "li", "em", "strong"]):
        if len(tag.get_text()) <= 250 and (found := pattern.match(_text(tag))):
            return found[1]
    return ""


def _date(soup: BeautifulSoup, meta: dict[str, str]) -> str:
    for name in ("article:published_time", "datepublished", "pubdate", "dc.date"):
        if re.match(r"\d{4}-\d\d-\d\d", meta.get(name, "")):
            return meta[name]
    for tag in soup.find_all("time", datetime=True):
        if re.match(r"\d{4}-\d\d-\d\d", str(tag["datetime"])):
            return str(tag["datetime"])
    text = _text(_named(soup, DATES))
    if found := CLOCK_FIRST.search(text):
        hour, minute, day, month, year = found.groups()
    elif found := DATE.search(text):
        day, month, year, hour, minute = found.groups()
    else:
        return ""
    return f"{year}-{int(month):02}-{int(day):02}T{int(hour or 0):02}:{int(minute or 0):02}:00"


def _path(html: str, soup: BeautifulSoup) -> str:
    """Where the page stood: path and query of the address that it says, or its browser wrote down."""
    canonical = soup.find("link", rel="canonical", href=True)
    given = [str(canonical["href"]) if canonical else "", _meta(soup).get("og:url", "")]
    saved = SAVED_FROM.search(html[:2000])
    for address in [saved[1] if saved else "", *given]:
        parts = urlsplit(address)
        if parts.path.strip("/") or parts.query:
            return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path
    return ""


def _files(soup: Tag, endings: tuple[str, ...]) -> list[str]:
    links = (str(tag["href"]) for tag in soup.find_all("a", href=True))
    return list(dict.fromkeys(href for href in links if urlsplit(href).path.lower().endswith(endings)))


def _strip(body: Tag, *others: Tag | None) -> None:
    """Take out what is told elsewhere, or stands around the text."""
    for tag in [
        *body.find_all(AROUND),
        *(each for each in others if each is not None and body in each.parents),
    ]:
        tag.decompose()
    for tag in body.find_all(["p", "div"]):
        if not tag.decomposed and (AUTHOR.match(_text(tag)) or SOURCE.match(_text(tag))):
            tag.decompose()
