"""The part of a text where a query was found, the hits marked."""

from __future__ import annotations

import unicodedata

from django.utils.html import escape

from cms.search.folding import WORD, fold, folded_words

LENGTH = 200


def excerpt(text: str, query: str, *, length: int = LENGTH) -> str:
    """About `length` characters of `text` around the first hits of `query`, as HTML with `<mark>`.

    Words are hits with or without their diacritics; the last word of the query also as the beginning of one.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    hits = _hits(text, query)
    start, end = _window(text, hits, length)
    parts, position = ["… " if start else ""], start
    for first, last in hits:
        if start <= first and last <= end:
            parts += [escape(text[position:first]), "<mark>", escape(text[first:last]), "</mark>"]
            position = last
    return "".join([*parts, escape(text[position:end]), " …" if end < len(text) else ""])


def _hits(text: str, query: str) -> list[tuple[int, int]]:
    wanted = folded_words(query)
    if not wanted:
        return []
    words, beginning = set(wanted), wanted[-1]
    found = [
        each
        for each in WORD.finditer(fold(text))
        if each.group() in words or each.group().startswith(beginning)
    ]
    return [each.span() for each in found]


def _window(text: str, hits: list[tuple[int, int]], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    start = max(0, (hits[0][0] if hits else 0) - length // 4)
    end = min(len(text), start + length)
    start = max(0, min(start, end - length))
    # Whole words: back to a blank at the start, forward to none at the end.
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", start, end) if end < len(text) and " " in text[start:end] else end
    return start, end
