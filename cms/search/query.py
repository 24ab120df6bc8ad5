"""Finding and ranking: exact spelling before folded, phrases before words, titles before texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from cms.content.visibility import PublicRule, public
from cms.graphql.schema.sites import of_site
from cms.search.folding import exact_words, folded_words
from cms.search.models import SearchEntry
from cms.search.registry import SEARCHABLE

#: Characters of a query that are read at all.
MAX_QUERY = 1000
MAX_WORDS = 16
MAX_WORD = 60


class Matches(Func):
    """Whether a column of words holds a query, in the full-text language of the database."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, column: str, words: list[str], *, phrase: bool, operator: str = "and") -> None:
        self.words = words
        self.column = column
        self.phrase = phrase
        self.operator = operator
        super().__init__(F("pk"), F(column))

    def copy(self) -> Matches:
        clone = super().copy()
        clone.__dict__.update(
            {name: self.__dict__[name] for name in ("words", "column", "phrase", "operator")}
        )
        return clone

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:
        pk, params = compiler.compile(self.source_expressions[0])
        words = [f'"{word}"' for word in self.words]
        if self.phrase:
            query = f'"{" ".join(self.words)}"'
        else:
            query = f" {self.operator.upper()} ".join([*words[:-1], f"{words[-1]} *"])
        found = "SELECT rowid FROM cms_search_fts WHERE cms_search_fts MATCH %s"
        return f"{pk} IN ({found})", [*params, f"{{{self.column}}} : ({query})"]

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:
        # Beside each column of words the database keeps its vector, which Django does not know.
        table = compiler.quote_name_unless_alias(self.source_expressions[1].alias)
        words = [f"'{word}'" for word in self.words]
        if self.phrase:
            query = " <-> ".join(words)
        else:
            query = {"and": " & ", "or": " | "}[self.operator].join([*words[:-1], f"{words[-1]}:*"])
        return f"{table}.{self.column}_vector @@ to_tsquery('simple'::regconfig, %s)", [query]


def _words(read: Callable[[str], list[str]], text: str) -> list[str]:
    return [word[:MAX_WORD] for word in read(text[:MAX_QUERY])[:MAX_WORDS]]


def matching(text: str, *, operator: str = "and") -> QuerySet[SearchEntry]:
    """Entries that hold the words of `text`, spelled or folded; the last word may be the beginning of one."""
    words = _words(folded_words, text)
    if not words:
        return SearchEntry.objects.none()
    return SearchEntry.objects.filter(Matches("folded", words, phrase=False, operator=operator))


def ranked(text: str) -> QuerySet[SearchEntry]:
    """The matching entries, the best first."""
    exact, folded = _words(exact_words, text), _words(folded_words, text)
    entries = matching(text)
    if not folded:
        return entries
    tiers = [
        Matches("title_exact", exact, phrase=True),
        Matches("exact", exact, phrase=True),
        # Who types diacritics means these words; without them, words that happen to have none say little.
        *([Matches("exact", exact, phrase=False)] if exact != folded else []),
        Matches("title_folded", folded, phrase=True),
        Matches("folded", folded, phrase=True),
        Matches("title_folded", folded, phrase=False),
    ]
    tier = Case(
        *[When(condition, then=Value(number)) for number, condition in enumerate(tiers)],
        default=Value(len(tiers)),
        output_field=IntegerField(),
    )
    return entries.annotate(tier=tier).order_by("tier", "-published_at", "-pk")


def public_entries(
    entries: QuerySet[SearchEntry], rule: PublicRule, pages: QuerySet, *, site: int | None = None
) -> QuerySet[SearchEntry]:
    """Of `entries`, those whose objects readers may see: pages among `pages`, snippets by the public rule.

    Of snippets that belong to a site only those of `site`, where it is given.

    What no app registers any more is not found either, though its entries are still there.
    """
    entries = entries.filter(type__in={kind.type for kind in SEARCHABLE.values()})
    # Row by row, and not as a set of all that is public: few entries match most searches.
    visible = Q(Exists(public(pages.order_by(), rule).filter(pk=OuterRef("page"))))
    for kind in SEARCHABLE.values():
        if not kind.is_page:
            objects = public(kind.model._default_manager.order_by(), rule).filter(pk=OuterRef("object_id"))
            objects = of_site(objects, kind.site, site) if kind.site else objects
            visible |= Q(Exists(objects), page__isnull=True, type=kind.type)
    return entries.filter(visible)


def matching_pages(text: str, *, operator: str = "and") -> QuerySet:
    """Keys of pages that hold the words of `text`, for a filter; the public rule is the caller's."""
    return matching(text, operator=operator).filter(page__isnull=False).values("page")


def only_matching(rows: QuerySet, text: str) -> QuerySet:
    """The pages of a queryset that hold the words of `text`: the `search` argument of connections."""
    return rows.filter(pk__in=matching_pages(text))
