"""The search box."""

from __future__ import annotations

import base64
import hashlib
from functools import cached_property
from typing import Any

import graphene
from django.db.models import Count, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.loading import by_pk, page_paths
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import selection_of
from cms.graphql.schema.errors import BadInput
from cms.graphql.schema.fields import Batched
from cms.graphql.schema.lists.connection_types import make_connection_type
from cms.graphql.schema.lists.paging import page_size
from cms.graphql.schema.locales import in_language, locale_argument
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.sites import one_of_several
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.types.routes import pages_of_site
from cms.search.excerpts import excerpt
from cms.search.folding import exact_words
from cms.search.models import SearchEntry
from cms.search.query import MAX_QUERY, matching, public_entries, ranked
from cms.search.registry import SEARCHABLE
from cms.search.suggestions import suggestion

MAX_OFFSET = 10_000  # a search has no more pages than these


def _search_type() -> type[graphene.Enum]:
    labels = {kind.type: str(kind.label) for kind in SEARCHABLE.values()} or {"PAGE": "Pages"}
    values = [(name, name) for name in sorted(labels)]
    return graphene.Enum(
        "SearchType",
        values,
        description=lambda value: (
            f"{value.value.replace('_', ' ').capitalize()}." if value else "A kind of thing to find."
        ),
    )


class _Lazy:
    """The enum, made when the schema is: all apps have registered what can be found by then."""

    @cached_property
    def type(self) -> type[graphene.Enum]:
        return _search_type()


_lazy = _Lazy()


def addresses(entries: list[SearchEntry], info: GraphQLResolveInfo) -> LoadGenerator:
    """The path of each found page."""
    paths = yield from page_paths((entry.page_id for entry in entries), info)
    return {entry.pk: paths.get(entry.page_id) for entry in entries}


def pages(entries: list[SearchEntry], info: GraphQLResolveInfo) -> LoadGenerator:
    """The page behind each entry."""
    found = yield from by_pk(Page, [entry.page_id for entry in entries], info)
    return {entry.pk: found.get(entry.page_id) for entry in entries}


class SearchResult(graphene.ObjectType):
    """Something found."""

    type = graphene.Field(lambda: _lazy.type, required=True, description="What kind of thing it is.")
    title = graphene.String(required=True, description="Its title.")
    url = Batched(
        graphene.String, load=addresses, description="Its path within the site; null for what has no page."
    )
    published_at = graphene.DateTime(required=True, description="When it was published.")
    excerpt = graphene.String(
        required=True,
        description="The part of its text where the words stand, as HTML with the hits in <mark>.",
    )
    page = Batched(lambda: type_of(Page), load=pages, description="The page itself; null for what is none.")
    object_id = graphene.ID(required=True, description="Id of the object that was found.")

    def resolve_excerpt(entry: SearchEntry, info: GraphQLResolveInfo) -> str:
        return excerpt(entry.text, entry.query)


class SearchFacet(graphene.ObjectType):
    """How much of one kind was found."""

    type = graphene.Field(lambda: _lazy.type, required=True, description="The kind.")
    count = graphene.Int(required=True, description="How many, whatever `types` were asked for.")


class Results:
    """An answer of type SearchResultConnection; each part costs a statement only where it is asked for."""

    def __init__(
        self,
        info: GraphQLResolveInfo,
        query: str,
        *,
        types: list[str],
        locale: str | None,
        size: int,
        after: str | None,
    ) -> None:
        self._info = info
        self._locale = locale
        self._query = query[:MAX_QUERY]
        self._types = types
        self._size = size
        self._list = _list_name(self._query, [*types, *([f"in {locale}"] if locale else [])])
        self._start = _position(self._list, after)

    @cached_property
    def _found(self) -> QuerySet[SearchEntry]:
        return self._public(ranked(self._query))

    @cached_property
    def _wanted(self) -> QuerySet[SearchEntry]:
        return self._found.filter(type__in=self._types) if self._types else self._found

    @cached_property
    def _rows(self) -> list[SearchEntry]:
        columns = ["type", "title", "published_at", "page", "object_id"]
        columns += ["text"] if "excerpt" in self._selected else []
        rows = list(self._wanted.only(*columns)[self._start : self._start + self._size + 1])
        for row in rows:
            row.query = self._query
        return attach_batch(rows)

    @property
    def _selected(self) -> Any:
        selection = selection_of(self._info)
        return selection.below("edges", "node") | selection.below("nodes")

    @property
    def nodes(self) -> list[SearchEntry]:
        return self._rows[: self._size]

    @property
    def edges(self) -> list[dict[str, Any]]:
        return [
            {"node": row, "cursor": _cursor(self._list, self._start + index)}
            for index, row in enumerate(self.nodes, start=1)
        ]

    @property
    def page_info(self) -> dict[str, Any]:
        edges = self.edges
        return {
            "has_next_page": len(self._rows) > self._size and self._start + self._size <= MAX_OFFSET,
            "has_previous_page": self._start > 0,
            "start_cursor": edges[0]["cursor"] if edges else None,
            "end_cursor": edges[-1]["cursor"] if edges else None,
        }

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        return list(self._found.order_by("type").values("type").annotate(count=Count("pk")))

    @property
    def total_count(self) -> int:
        # Both are usually asked for: counted by type, they are one statement.
        return sum(each["count"] for each in self.facets if not self._types or each["type"] in self._types)

    @property
    def suggestion(self) -> str | None:
        if self.nodes or self._start:
            return None
        words = suggestion(self._query, self._public(SearchEntry.objects.all()))
        # Words of titles that never stand together would find nothing again.
        return words if words and self._public(matching(words)).exists() else None

    def _public(self, entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
        pages = in_language(pages_of_site(self._info), self._locale)
        site = one_of_several(self._info)
        return public_entries(entries, self._info.context.rule, pages, site=site and site.pk)


def _list_name(query: str, narrowed: list[str]) -> str:
    """What tells the cursors of one search from another's."""
    asked = "\n".join([" ".join(exact_words(query)), *sorted(narrowed)])
    return "search-" + hashlib.blake2s(asked.encode(), digest_size=4).hexdigest()


def _cursor(name: str, position: int) -> str:
    return base64.urlsafe_b64encode(f"{name}:{position}".encode()).decode()


def _position(name: str, cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        place = base64.urlsafe_b64decode(cursor).decode()
    except ValueError:
        place = ""
    number = place.removeprefix(f"{name}:")
    if number != place and number.isascii() and number.isdecimal() and len(number) < 6:
        return min(int(number), MAX_OFFSET)
    raise BadInput(
        "`after` is not a cursor of a search; take one from its edges.", code="BAD_CURSOR", field="after"
    )


def _connection() -> type[graphene.ObjectType]:
    return make_connection_type(
        "SearchResult",
        lambda: SearchResult,
        facets=graphene.List(
            graphene.NonNull(SearchFacet), required=True, description="How much of each kind was found."
        ),
        suggestion=graphene.String(
            description="Other words that would find something; null where some were found."
        ),
    )


@root_query
class SearchQueries:
    search = graphene.Field(
        _connection(),
        required=True,
        query=graphene.Argument(
            graphene.String, required=True, description="Words, with or without diacritics."
        ),
        types=graphene.Argument(
            lambda: graphene.List(graphene.NonNull(_lazy.type)),
            description="Only these kinds; all if left out.",
        ),
        locale=locale_argument("Only pages in this language, e.g. vi, and what is in none, as polls."),
        first=graphene.Argument(graphene.Int, default_value=20, description="How many; 1 to 100."),
        after=graphene.Argument(graphene.String, description="Only results after this cursor."),
        description="Everything public that holds these words: exact spelling first, then phrases, titles, the newest.",
    )

    def resolve_search(
        root: Any,
        info: GraphQLResolveInfo,
        query: str,
        first: int,
        types: list[Any] | None = None,
        locale: str | None = None,
        after: str | None = None,
    ) -> Results:
        wanted = [getattr(each, "value", each) for each in types or []]
        size = page_size(first)
        return Results(info, query, types=wanted, locale=locale, size=size, after=after)
