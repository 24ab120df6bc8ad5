"""A connection that is being answered: the statements of its rows and of their count, and the pages made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Model, QuerySet, Value
from django.utils.functional import cached_property
from graphql import GraphQLResolveInfo

from cms.content.visibility import PublicRule, public
from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.counts import counted
from cms.graphql.execution.loading import read_selected
from cms.graphql.execution.relations import Values, top_n_per_group
from cms.graphql.execution.scheduler import LoadGenerator, gather
from cms.graphql.execution.selection import Selection, selection_of
from cms.graphql.schema.lists.cursors import Order
from cms.graphql.schema.lists.paging import Page, Slice
from cms.graphql.schema.locales import in_language
from cms.graphql.schema.sites import of_site, one_of_several, roots_of_site, within
from cms.graphql.sql.compiled import QueryTemplate, bind_param, bind_params

if TYPE_CHECKING:
    from cms.graphql.schema.lists.connections import Connection


@dataclass
class Listing:
    """A connection that is being answered, for the root or for all siblings at once."""

    connection: Connection
    info: GraphQLResolveInfo
    args: dict[str, Any]
    parents: list[Any] = field(default_factory=list)

    def load(self) -> LoadGenerator:
        """Read what is selected, rows and count in one step; answers what makes a parent's page of it."""
        rows, counts = yield from gather(self._rows(), self._counts())
        return lambda parent: self._page(parent, rows, counts)

    def _page(self, parent: Any | None, groups: dict[Any, list[Model]], counts: dict[Any, int]) -> Page:
        key = self.connection.nesting.key(parent) if self.connection.nesting else None
        rows = groups.get(key, [])
        more = len(rows) > self._slice.size
        rows = rows[: self._slice.size]
        if self._slice.backward:
            rows = rows[::-1]
        return Page(rows, more, self._order, self._slice, counts.get(key, 0))

    @cached_property
    def _slice(self) -> Slice:
        return Slice.of(self.args, most=self.connection.max_page_size, default=self.connection.page_size)

    @cached_property
    def _order(self) -> Order:
        value = (
            getattr(self.args["order_by"], "value", self.args["order_by"]) or self.connection.default_order
        )
        # The same for all objects of a batch, whatever types they are shown as.
        owner = self.connection.owner if self.connection.nesting else None
        name = f"{owner.__name__ if owner else 'Query'}.{self.info.field_name}:{value}"
        return Order(name, self.connection.order.columns[value])

    @cached_property
    def _selection(self) -> Selection:
        return selection_of(self.info)

    @cached_property
    def _key(self) -> tuple[Any, ...] | None:
        # What the queries depend on beside their values; None where they are written anew each time.
        connection = self.connection
        asked = connection.filter.key(self.args.get("filter"), self.info.context) if connection.filter else ()
        if asked is None or self.args.get("search") or connection.rows:
            return None
        return connection, asked, bool(self.args.get("locale")), self._roots, self._site, *self._parents

    @cached_property
    def _roots(self) -> tuple[str, ...] | None:
        return roots_of_site(self.info, self.args.get("site")) if self.connection.is_of_site else None

    @cached_property
    def _site(self) -> int | None:
        site = one_of_several(self.info, self.args.get("site")) if self.connection.site else None
        return site and site.pk

    @property
    def _place(self) -> tuple[Any, ...] | None:
        # What the statement of the rows depends on besides.
        if self._slice.cursor is not None:
            return None
        return self._order.name, self._slice.size, self._slice.backward, self._is_many

    @property
    def _is_many(self) -> bool:
        return len(self.parents) > 1

    @cached_property
    def _parents(self) -> Values:
        return self.connection.nesting.values(self.parents) if self.connection.nesting else {}

    def _all(
        self, rule: PublicRule, parents: Values, locale: Any, filtered: dict[str, Any] | None
    ) -> QuerySet:
        connection = self.connection
        rows = connection.rows(self.info) if connection.rows else connection.model._default_manager.all()
        rows = within(in_language(public(rows, rule), locale), self._roots)
        if connection.site:
            rows = of_site(rows, connection.site, self._site)
        if connection.filter:
            rows = connection.filter.narrow(rows, filtered, self.info.context.at(rule.now))
        if connection.search and self.args.get("search"):
            rows = connection.search(rows, self.args["search"])
        return connection.nesting.rows_of(rows, parents) if connection.nesting else rows

    def _wanted(
        self,
        place: tuple[Any, ...] | None,
        build: Callable[[QuerySet], QuerySet],
        *,
        shown: int | None = None,
    ) -> QuerySet | QueryTemplate:
        locale, filtered = self.args.get("locale"), self.args.get("filter")
        if self._key is None or place is None:
            return build(self._all(self.info.context.rule, self._parents, locale, filtered))
        free = self.connection.filter.free_values(filtered) if self.connection.filter else {}

        def statement(rule: PublicRule) -> QuerySet:
            bound = {name: bind_param(f"filter {name}") for name in free}
            asked = {**(filtered or {}), **bound}
            parents = bind_params(self._parents)
            return build(self._all(rule, parents, bind_param("locale") if locale else None, asked))

        values = {**self._parents, "locale": locale}
        values |= {f"filter {name}": value for name, value in free.items()}
        return QueryTemplate((*self._key, *place), self.connection.model, statement, values, page_size=shown)

    def _counts(self) -> LoadGenerator:
        if "totalCount" not in self._selection:
            return {}
        nesting = self.connection.nesting
        # Without parents all rows are one group, under a key that is the same for each.
        key = nesting.child_key if nesting else "_all"

        def grouped(rows: QuerySet) -> QuerySet:
            keyed = rows.order_by().annotate(_all=Value(1)).values(key)
            return keyed.annotate(_total=Count("pk")).values_list(key, "_total")

        pairs = yield from counted(self._wanted(("count",), grouped), self.info.context)
        return dict(pairs) if nesting else {None: pairs[0][1] if pairs else 0}

    def _rows(self) -> LoadGenerator:
        if not any(name in self._selection for name in ("edges", "nodes", "pageInfo")):
            return {}
        shown = None if self._is_many else self._slice.size
        rows = self._wanted(self._place, self._sliced, shown=shown)
        if self.connection.node:
            found = attach_batch((yield self.info.context.wanted(rows)))
        else:
            nodes = self._selection.below("edges", "node") | self._selection.below("nodes")
            found = yield from read_selected(rows, self.info, nodes, also=self._also(), is_public=True)
        return self._grouped(found)

    def _sliced(self, rows: QuerySet) -> QuerySet:
        if self._slice.cursor is not None:
            place = self._order.place(self._slice.cursor, rows.model, argument=self._slice.argument)
            rows = self._order.beyond(rows, place, backward=self._slice.backward)
        columns = self._order.reversed() if self._slice.backward else self._order.columns
        limit = self._slice.size + 1
        nesting = self.connection.nesting
        if nesting is None or not self._is_many:
            return rows.order_by(*columns)[:limit]
        return top_n_per_group(rows, nesting.child_key, columns, limit)

    def _also(self) -> list[str]:
        nesting = self.connection.nesting
        return [*self._order.attributes, *(nesting.child_columns if nesting else [])]

    def _grouped(self, rows: list[Model]) -> dict[Any, list[Model]]:
        nesting = self.connection.nesting
        groups: dict[Any, list[Model]] = defaultdict(list)
        for row in rows:
            groups[nesting.key_of_child(row) if nesting else None].append(row)
        return groups
