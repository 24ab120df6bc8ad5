"""Which words of a screen are English: those that messages are written in, and that no Vietnamese text has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

from tests.vietnamese.catalogues import DOMAINS, SEEN, catalogue, folder, messages, ours

#: Names, units, keys and abbreviations that Vietnamese writes as English does, and a language by its own name.
NAMES = {
    *("api", "authenticator", "freeotp", "google", "graphql", "microsoft", "vimeo", "wagtail", "youtube"),
    *("csv", "html", "http", "https", "javascript", "jpeg", "json", "pdf", "png", "qr", "svg", "url", "xlsx"),
    "may",  # sews
    *("alt", "ctrl", "enter", "shift", "tab", "english", "kb", "mb", "gb", "website", "wgs"),
}

_WORD = re.compile(r"[^\W\d_]{2,}")
#: What no person wrote: addresses, names of files, slugs, placeholders and tags; and words that are cut short.
_TECHNICAL = re.compile(r"<[^>]*>|&\w+;|%\(\w+\)\w|\{\w*\}|\S*[@/\\_.:=-]\w\S*|\w+…")
_SHOWN = {"title", "aria-label", "aria-description", "placeholder", "alt", "label"}
_BUTTONS = {"submit", "button", "reset"}
_UNSEEN = {"script", "style", "svg", "code", "noscript", "textarea"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def english_in(text: str) -> list[str]:
    """The English words in a text."""
    return sorted({word for word in words(text) if word in _english()})


def words(text: str) -> Iterator[str]:
    """The words of a text in small letters, without what is technical in it."""
    return (word.lower() for word in _WORD.findall(_TECHNICAL.sub(" ", text)))


@cache
def _english() -> frozenset[str]:
    packages = [entry for package in SEEN for domain in DOMAINS for entry in messages(package, domain)]
    own = [entry for file in ours() for entry in catalogue(file)]
    english = {
        word for entry in packages + own for text in (entry.msgid, entry.msgid_plural) for word in words(text)
    }
    theirs = [
        entry
        for package in SEEN
        for domain in DOMAINS
        for entry in catalogue(folder(package) / "vi" / "LC_MESSAGES" / f"{domain}.po")
    ]
    vietnamese = {
        word
        for entry in theirs + own
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text not in {entry.msgid, entry.msgid_plural}
        for word in words(text)
    }
    return frozenset(english - vietnamese - NAMES)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if not self._hidden():
            self.found += [value for name, value in values.items() if name in _SHOWN]
            if tag == "input" and values.get("type") in _BUTTONS:
                self.found.append(values.get("value", ""))
            # What Stimulus shows in place of a text, while something is under way.
            self.found += [value for name, value in values.items() if name.endswith("-active-value")]
        if tag == "template":
            return
        if tag not in _VOID:
            self.open.append("hidden" if values.get("lang") == "en" else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "template" and tag not in _VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hidden():
            self.found.append(" ".join(data.split()))

    def _hidden(self) -> bool:
        return any(each in _UNSEEN or each == "hidden" for each in self.open)


def texts(body: str, kind: str = "text/html") -> list[str]:
    """What an answer shows: texts and the attributes that are read out, of HTML or of HTML within JSON."""
    if "json" in kind:
        parts = (each for each in _strings(json.loads(body)) if "<" in each)
        return [text for each in parts for text in texts(each)]
    parser = _Texts()
    parser.feed(body)
    parser.close()
    return [text for text in parser.found if text]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
