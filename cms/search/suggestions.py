"""Did you mean: the words of titles that are nearest to what was asked and not found."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import get_close_matches

from django.db.models import QuerySet

from cms.search.folding import exact_words, fold, folded_words
from cms.search.models import SearchEntry

TITLES = 2000
NEARNESS = 0.7
MAX_WORDS = 8
LENGTHS_APART = 2


def suggestion(text: str, entries: QuerySet[SearchEntry]) -> str | None:
    """`text` with each unknown word replaced by the nearest one in the titles of `entries`; None where none is near."""
    asked = folded_words(text)
    if not 1 <= len(asked) <= MAX_WORDS:
        return None
    spelled = _vocabulary(entries)
    nearest = {word: _nearest(word, spelled) for word in set(asked)}
    found = [word for each in asked if (word := nearest[each])]
    if len(found) < len(asked) or [fold(word) for word in found] == asked:
        return None
    return " ".join(found)


def _vocabulary(entries: QuerySet[SearchEntry]) -> dict[str, str]:
    """The words of the newest titles: folded, and as they are spelled most often."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for title in entries.order_by("-published_at", "-pk").values_list("title", flat=True)[:TITLES]:
        for word in exact_words(title):
            spellings[fold(word)][word] += 1
    return {folded: counted.most_common(1)[0][0] for folded, counted in spellings.items()}


def _nearest(word: str, spelled: dict[str, str]) -> str | None:
    if word in spelled:
        return spelled[word]
    candidates = [each for each in spelled if abs(len(each) - len(word)) <= LENGTHS_APART]
    near = get_close_matches(word, candidates, n=1, cutoff=NEARNESS)
    return spelled[near[0]] if near else None
