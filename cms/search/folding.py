"""Vietnamese without its marks: readers type with and without them, and đ is d to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Within a word: marks that no letter absorbed, and what editors paste without seeing it (soft hyphens, zero widths).
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
MARKS = "\u0300-\u036f"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}{INVISIBLE}])*")
_invisible = re.compile(f"[{INVISIBLE}]")
_not_folded = re.compile(f"[{MARKS}{INVISIBLE}]")


def _fold_character(character: str) -> str:
    if character in "đĐ":
        return "d"
    letters = [
        each
        for each in unicodedata.normalize("NFKD", character).casefold()
        if not unicodedata.combining(each)
    ]
    return letters[0] if len(letters) == 1 else character.lower()[:1]


class _Folding(dict[int, str]):
    """The letters of Vietnamese and its neighbours are looked up, all others computed and not kept."""

    def __missing__(self, code: int) -> str:
        return _fold_character(chr(code))


_folding = _Folding(
    (code, _fold_character(chr(code)))
    for start, end in [(0, 0x250), (0x1E00, 0x1F00)]
    for code in range(start, end)
)


def fold(text: str) -> str:
    """`text` in small letters, without diacritics, đ as d; as many characters as its NFC form has.

    Character by character, so that a place in the folded text is the same place in the original.
    """
    return unicodedata.normalize("NFC", text).translate(_folding)


def exact_words(text: str) -> list[str]:
    """The words of a text in small letters, spelled as they are."""
    return WORD.findall(_invisible.sub("", unicodedata.normalize("NFC", text)).lower())


def folded_words(text: str) -> list[str]:
    """The words of a text, folded."""
    return [word for word, _start, _end in folded_places(text)]


def folded_places(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text, folded, each with its start and its end in the text's NFC form."""
    for found in WORD.finditer(fold(text)):
        yield _not_folded.sub("", found.group()), *found.span()
