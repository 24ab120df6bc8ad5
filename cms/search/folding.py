"""Vietnamese without its marks: readers type with and without them, and đ is d to them."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """`text` in small letters, without diacritics, đ as d; as many characters as its NFC form has.

    Character by character, so that a place in the folded text is the same place in the original.
    """
    return "".join(_fold_character(character) for character in unicodedata.normalize("NFC", text))


def _fold_character(character: str) -> str:
    if character in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", character)[0].casefold()
    return base if len(base) == 1 else character


def exact_words(text: str) -> list[str]:
    """The words of a text in small letters, spelled as they are."""
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def folded_words(text: str) -> list[str]:
    """The words of a text, folded."""
    return WORD.findall(fold(text))
