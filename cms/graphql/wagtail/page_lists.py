"""wagtail-grapple's lists of pages, under its names and arguments: children, siblings, ancestors and so on.

Its own run a query for each page they hang on, order by any column and cap a limit silently; these read the lists of
all siblings in one statement, order by safe columns and refuse what they can't give.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene
from django.db.models import Q, QuerySet
from graphql import GraphQLResolveInfo
from grapple.types.structures import SearchOperatorEnum
from wagtail.models import Page

from cms.content.visibility import public
from cms.graphql.execution.loading import read
from cms.graphql.execution.relations import keys_of_each
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import Columns
from cms.graphql.schema.errors import BadInput, pk_of
from cms.graphql.schema.fields import Batched
from cms.graphql.schema.lists.ordering import safe_order
from cms.graphql.schema.lists.paging import page_size
from cms.graphql.schema.scalars import PositiveInt
from cms.graphql.schema.types import type_of
from cms.search.query import matching_pages

DEFAULT_LIMIT = 10
MAX_LIMIT = 100
MAX_OFFSET = 10_000


def list_arguments(*, search: bool = True, menu: bool = False) -> dict[str, graphene.Argument]:
    """The arguments that grapple gives to its lists."""
    arguments = {
        "limit": graphene.Argument(
            PositiveInt,
            description=f"How many at the most: {DEFAULT_LIMIT} if left out, {MAX_LIMIT} at the most.",
        ),
        "offset": graphene.Argument(
            PositiveInt, description=f"How many to pass over; {MAX_OFFSET} at the most."
        ),
        "order": graphene.Argument(
            graphene.String,
            description="Columns to order by, with - before descending ones: title, slug, first_published_at, ...",
        ),
        "id": graphene.Argument(graphene.ID, description="Only the one with this id."),
    }
    if search:
        arguments["search_query"] = graphene.Argument(
            graphene.String, description="Only those that hold these words, with or without diacritics."
        )
        arguments["search_operator"] = graphene.Argument(
            SearchOperatorEnum,
            default_value="and",
            description="Whether all words must be there, or any of them.",
        )
    if menu:
        arguments["in_menu"] = graphene.Argument(
            graphene.Boolean,
            description="Only those that editors show in menus, or only those that they don't.",
        )
    return arguments


def offset_window(limit: int | None, offset: int | None) -> tuple[int, int]:
    """The first and the last row of a list, from its `limit` and `offset`."""
    size = page_size(limit, argument="limit", most=MAX_LIMIT, default=DEFAULT_LIMIT)
    start = offset or 0
    if start > MAX_OFFSET:
        message = f"`offset` is {start}; it can be 0 to {MAX_OFFSET}."
        raise BadInput(message, code="BAD_PAGE_SIZE", field="offset", max=MAX_OFFSET)
    return start, start + size


def columns_of(queryset: QuerySet) -> set[str]:
    return {field.name for field in queryset.model._meta.concrete_fields}


def narrowed(queryset: QuerySet, args: dict[str, Any]) -> QuerySet:
    """A list's rows after its `id`, `inMenu`, `searchQuery` and `order`."""
    if args.get("id") is not None:
        queryset = queryset.filter(pk=pk_of(args["id"]))
    if args.get("in_menu") is not None:
        queryset = queryset.filter(show_in_menus=args["in_menu"])
    if args.get("search_query"):
        operator = str(getattr(args.get("search_operator"), "value", args.get("search_operator")) or "and")
        queryset = queryset.filter(pk__in=matching_pages(args["search_query"], operator=operator))
    order = safe_order(args.get("order"), columns_of(queryset))
    return queryset.order_by(
        *order, "path" if queryset.model is Page or issubclass(queryset.model, Page) else "pk"
    )


class PageList(Batched):
    """A list of the pages around a page or of a site: `around(page)` is the condition that they meet.

    Two steps for however many pages: which pages stand in each one's list, and those pages. `among` answers the pages
    that are listed at all, by the arguments of the field, which `more` adds to.
    """

    def __init__(
        self,
        around: Callable[[Any], Q],
        *,
        description: str,
        columns: Columns | None = None,
        among: Callable[[dict[str, Any]], QuerySet] = lambda args: Page.objects.all(),
        **more: graphene.Argument,
    ) -> None:
        self.around = around
        self.among = among
        super().__init__(
            lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(Page)))),
            load=self._load,
            empty=[],
            args={**list_arguments(menu=True), **more},
            columns=["path", "depth"] if columns is None else columns,
            page_size=DEFAULT_LIMIT,
            weight=30,  # a part of the statement for each page
            description=description,
        )

    def _load(self, pages: list[Any], info: GraphQLResolveInfo, **args: Any) -> LoadGenerator:
        start, end = offset_window(args.get("limit"), args.get("offset"))
        wanted = public(narrowed(self.among(args), args), info.context.rule)
        # A page that was never saved stands nowhere.
        slices = {
            page.pk: wanted.filter(self.around(page))[start:end]
            for page in pages
            if getattr(page, "path", True)
        }
        if not slices:
            return {}
        if len(slices) == 1:
            pk, only = slices.popitem()
            return {pk: (yield from read(only, info, is_public=True))}
        pairs = yield keys_of_each(slices)
        found = yield from read(wanted.filter(pk__in={pk for _above, pk in pairs}), info)
        members: dict[Any, set[int]] = {}
        for above, pk in pairs:
            members.setdefault(above, set()).add(pk)
        return {page.pk: [each for each in found if each.pk in members.get(page.pk, ())] for page in pages}
