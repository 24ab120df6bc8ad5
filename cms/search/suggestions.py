"""Did you mean: the words of titles that are nearest to what was asked and not found."""

from __future__ import annotations

from difflib import get_close_matches

from django.db.models import QuerySet

from cms.search.folding import exact_words, fold, folded_words
from cms.search.models import SearchEntry

TITLES = 2000
NEARNESS = 0.7
MAX_WORDS = 8


def suggestion(text: str, entries: QuerySet[SearchEntry]) -> str | None:
    """`text` with each unknown word replaced by the nearest one in the titles of `entries`; None where none is near."""
    spelled: dict[str, str] = {}
    for title in entries.order_by("-published_at").values_list("title", flat=True)[:TITLES]:
        for word in exact_words(title):
            spelled.setdefault(fold(word), word)
    asked = folded_words(text)[:MAX_WORDS]
    found = [_nearest(word, spelled) for word in asked]
    if not found or None in found or found == asked:
        return None
    return " ".join(word for word in found if word)


def _nearest(word: str, spelled: dict[str, str]) -> str | None:
    if word in spelled:
        return spelled[word]
    near = get_close_matches(word[:40], spelled, n=1, cutoff=NEARNESS)
    return spelled[near[0]] if near else None
