"""The part of a text where a query was found, the hits marked."""

from __future__ import annotations

import unicodedata

from django.utils.html import escape

from cms.search.folding import folded_places, folded_words

LENGTH = 200
LONGEST_WORD = 40


def excerpt(text: str, query: str, *, length: int = LENGTH) -> str:
    """About `length` characters of `text` where most words of `query` stand, as HTML with `<mark>`.

    Words are hits with or without their diacritics; the last word of the query also as the beginning of one. Hits that
    nothing but a blank parts are one mark.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    hits = _hits(text, folded_words(query))
    start, end = _window(text, _densest(hits, length // 2), length)
    parts, position = ["… " if start else ""], start
    seen = [(first, last) for _word, first, last in hits if start <= first and last <= end]
    for first, last in _in_a_row(text, seen):
        parts += [escape(text[position:first]), "<mark>", escape(text[first:last]), "</mark>"]
        position = last
    return "".join([*parts, escape(text[position:end]), " …" if end < len(text) else ""])


def _hits(text: str, wanted: list[str]) -> list[tuple[str, int, int]]:
    if not wanted:
        return []
    words, beginning = set(wanted), wanted[-1]
    return [
        (word if word in words else beginning, first, last)
        for word, first, last in folded_places(text)
        if word in words or word.startswith(beginning)
    ]


def _in_a_row(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places, with those made one that nothing but a blank parts."""
    found: list[tuple[int, int]] = []
    for first, last in places:
        in_a_row = found and text[found[-1][1] : first] == " "
        found.append((found.pop()[0] if in_a_row else first, last))
    return found


def _densest(hits: list[tuple[str, int, int]], width: int) -> int:
    """Where `width` characters begin that hold the most different words: syllables alone stand everywhere."""
    best, place, first = 0, hits[0][1] if hits else 0, 0
    all_words = len({word for word, _start, _end in hits})
    for last, (_word, _start, end) in enumerate(hits):
        while end - hits[first][1] > width and first < last:
            first += 1
        different = len({word for word, _start, _end in hits[first : last + 1]})
        if different > best:
            best, place = different, _nearest_start(hits[first : last + 1])
        if best == all_words:
            break
    return place


def _nearest_start(hits: list[tuple[str, int, int]]) -> int:
    # The last place of each word, and of these the first: "vị trí vì người" begins at "vì".
    return min({word: start for word, start, _end in hits}.values())


def _window(text: str, place: int, length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    start = max(0, place - length // 4)
    end = min(len(text), start + length)
    start = max(0, min(start, end - length))
    # Whole words: the blank before the start, and the last one before the end, where there is one near.
    if start:
        start = text.rfind(" ", max(0, start - LONGEST_WORD), start) + 1 or start
    if end < len(text):
        blank = text.rfind(" ", max(start, place, end - LONGEST_WORD), end)
        end = end if blank < 0 else blank
    return start, end
