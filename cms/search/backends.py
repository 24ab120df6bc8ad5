"""The search of the admin and of wagtail-grapple's lists: Wagtail's own, for whatever somebody types.

Wagtail hands quotation marks and blanks on to the database's own search language, where they are errors, and makes an
expression of as many levels as there are words. What is no word is left out here, before any list has a say.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db.models import QuerySet
from modelsearch.backends import database
from modelsearch.query import MATCH_ALL, And, Boost, Not, Or, Phrase, PlainText, SearchQuery

from cms.search.folding import WORD
from cms.search.query import MAX_QUERY, MAX_WORD, MAX_WORDS

#: What the databases' search languages quote by.
QUOTES = str.maketrans(dict.fromkeys("\"'\\`", " "))


class Tidy:
    """Makes queries of words alone, of MAX_WORDS in all."""

    def __init__(self) -> None:
        self.left = MAX_WORDS

    def text(self, text: str) -> str:
        """The words of a text; what holds neither letter nor digit is none."""
        readable = unicodedata.normalize("NFC", text[:MAX_QUERY]).translate(QUOTES)
        words = [word[:MAX_WORD] for word in readable.split() if word.isprintable() and WORD.search(word)]
        words = words[: self.left]
        self.left -= len(words)
        return " ".join(words)

    def query(self, query: SearchQuery) -> SearchQuery | None:
        """The query with its words alone; None where there are none."""
        if isinstance(query, PlainText | Phrase):
            return self._words(query)
        if isinstance(query, And | Or):
            parts = [part for each in query.subqueries if (part := self.query(each)) is not None]
            return type(query)(parts) if parts else None
        if isinstance(query, Not | Boost):
            part = self.query(query.subquery)
            if part is None:
                return None
            return Boost(part, query.boost) if isinstance(query, Boost) else Not(part)
        return query

    def _words(self, query: PlainText | Phrase) -> SearchQuery | None:
        words = self.text(query.query_string)
        if not words:
            return None
        if isinstance(query, Phrase):
            return Phrase(words)
        return PlainText(words, operator=query.operator, boost=query.boost)


class WordsOnly:
    """A search backend whose queries are tidied."""

    def search(self, query: str | SearchQuery, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(*_tidied(query, model_or_queryset), *args, **kwargs)

    def autocomplete(
        self, query: str | SearchQuery, model_or_queryset: Any, *args: Any, **kwargs: Any
    ) -> Any:
        return super().autocomplete(*_tidied(query, model_or_queryset), *args, **kwargs)


def _tidied(query: str | SearchQuery, model_or_queryset: Any) -> tuple[str | SearchQuery, Any]:
    found = Tidy().text(query) if isinstance(query, str) else Tidy().query(query)
    if found:
        return found, model_or_queryset
    # Nothing is found by no words. Wagtail's own empty results don't know their model, for which lists ask.
    rows = model_or_queryset if isinstance(model_or_queryset, QuerySet) else model_or_queryset.objects.all()
    return MATCH_ALL, rows.none()


def SearchBackend(params: dict[str, Any]) -> Any:
    """Wagtail's backend for the database in use, with tidied queries."""
    backend = type(database.SearchBackend(params))
    return type("SearchBackend", (WordsOnly, backend), {})(params)
