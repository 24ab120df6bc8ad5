"""Relay connections (https://relay.dev/graphql/connections.htm), at the root and below many objects at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import graphene
from django.apps import apps
from django.db.models import Count, Model, QuerySet, Value
from django.utils.functional import cached_property
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLResolveInfo

from cms.content.visibility import PublicRule, public
from cms.graphql.execution.batch import attach_batch, batch_of
from cms.graphql.execution.counts import counted
from cms.graphql.execution.loading import read_selected
from cms.graphql.execution.planner import LOADERS, ROOT_LOADERS, load_key
from cms.graphql.execution.relations import ByForeignKey, Nesting, top_n_per_group
from cms.graphql.execution.scheduler import LoadGenerator, gather
from cms.graphql.execution.selection import Selection, selection_of
from cms.graphql.schema.errors import BadInput
from cms.graphql.schema.fields import Declared
from cms.graphql.schema.lists.cursors import Order
from cms.graphql.schema.lists.filters import FilterInput
from cms.graphql.schema.locales import in_language, locale_argument
from cms.graphql.schema.sites import of_site, one_of_several, roots_of_site, site_argument, within
from cms.graphql.schema.types import type_of
from cms.graphql.sql.compiled import QueryTemplate, bind_param
from cms.graphql.sql.failures import unwrap

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 20


class PageInfo(graphene.ObjectType):
    """Where a page of a list begins and ends."""

    has_next_page = graphene.Boolean(required=True, description="Whether rows follow this page.")
    has_previous_page = graphene.Boolean(required=True, description="Whether rows precede this page.")
    start_cursor = graphene.String(description="Cursor of the first row; null on an empty page.")
    end_cursor = graphene.String(description="Cursor of the last row; null on an empty page.")


def page_size(
    size: int | None, *, argument: str = "first", most: int = MAX_PAGE_SIZE, default: int = 0
) -> int:
    """A page size that a client may ask for; BadInput for less than 1 or more than `most`."""
    size = size if size is not None else default or DEFAULT_PAGE_SIZE
    if not 1 <= size <= most:
        raise BadInput(
            f"`{argument}` is {size}; it can be 1 to {most}.", code="BAD_PAGE_SIZE", field=argument, max=most
        )
    return size


@dataclass(frozen=True)
class Slice:
    """The part of a list that is asked for."""

    size: int
    backward: bool
    cursor: str | None

    @classmethod
    def of(cls, args: dict[str, Any], *, most: int, default: int) -> Slice:
        first, last, after, before = (args.get(name) for name in ("first", "last", "after", "before"))
        if first is not None and last is not None:
            raise BadInput("Ask for `first` or for `last`, not for both.", code="BAD_PAGE_SIZE", field="last")
        backward = last is not None or (first is None and before is not None)
        if (after if backward else before) is not None:
            raise BadInput("`after` goes with `first`, and `before` with `last`.", code="BAD_CURSOR")
        if backward:
            return cls(page_size(last, argument="last", most=most, default=default), True, before)
        return cls(page_size(first, most=most, default=default), False, after)

    @property
    def argument(self) -> str:
        return "before" if self.backward else "after"


@dataclass
class Page:
    """One page of rows, in the list's order; `more` where the slice was cut short of what there is."""

    rows: list[Model]
    more: bool
    order: Order
    slice: Slice
    total_count: int

    @property
    def edges(self) -> list[Edge]:
        return [Edge(row, self.order.cursor(row)) for row in self.rows]

    @property
    def nodes(self) -> list[Model]:
        return self.rows

    @property
    def page_info(self) -> dict[str, Any]:
        beyond = self.slice.cursor is not None
        return {
            "has_next_page": beyond if self.slice.backward else self.more,
            "has_previous_page": self.more if self.slice.backward else beyond,
            "start_cursor": self.order.cursor(self.rows[0]) if self.rows else None,
            "end_cursor": self.order.cursor(self.rows[-1]) if self.rows else None,
        }


@dataclass
class Edge:
    node: Model
    cursor: str


class Connection(Declared):
    """A list that can grow, as a Relay connection with a typed filter and order.

    At the root it lists all public rows of `model` (or `rows(info)`). On a type, `via` names the foreign key by which
    a row belongs to an object, or a `Nesting`; the rows of all siblings are read in one statement. `node` is a type of
    our own to show the rows as; they are then read whole, and not as their page types. `localized`: the rows are pages,
    and a client may ask for those in one language. `site` names the foreign key of rows that belong to a site, or to
    every one where it is null.
    """

    def __init__(
        self,
        model: str,
        *,
        order: type[graphene.Enum],
        default_order: str | None = None,
        filter: type[FilterInput] | None = None,
        via: str | Nesting | None = None,
        search: Callable[[QuerySet, str], QuerySet] | None = None,
        localized: bool = False,
        site: str | None = None,
        rows: Callable[[GraphQLResolveInfo], QuerySet] | None = None,
        node: type[graphene.ObjectType] | None = None,
        page_size: int = DEFAULT_PAGE_SIZE,
        max_page_size: int = MAX_PAGE_SIZE,
        description: str,
    ) -> None:
        self.model_name = model
        self.order = order
        self.default_order = default_order or next(iter(order.columns))
        self.filter = filter
        self.nesting: Nesting | None = ByForeignKey(via) if isinstance(via, str) else via
        self.search = search
        self.localized = localized
        self.site = site
        self.rows = rows
        self.node = node
        self.sizes = {"default": page_size, "most": max_page_size}
        super().__init__(
            lambda: connection_type(self.model_name, self.node),
            args=self._arguments(),
            required=True,
            resolver=self.resolve,
            page_size=page_size,
            description=description,
        )

    def default_columns(self, name: str) -> list[str]:
        return self.nesting.parent_columns if self.nesting else []

    @property
    def is_of_site(self) -> bool:
        """Whether it lists the pages of a site: those below an object are of that object's."""
        return self.localized and self.nesting is None

    @cached_property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_name)

    def _arguments(self) -> dict[str, graphene.Argument]:
        default, most = self.sizes["default"], self.sizes["most"]
        arguments = {
            "first": graphene.Argument(
                graphene.Int, description=f"Rows from the start; 1 to {most}, {default} if left out."
            ),
            "after": graphene.Argument(graphene.String, description="Only rows after this cursor."),
            "last": graphene.Argument(graphene.Int, description=f"Rows from the end; 1 to {most}."),
            "before": graphene.Argument(graphene.String, description="Only rows before this cursor."),
            "order_by": graphene.Argument(
                self.order, default_value=self.default_order, description="The order of the rows."
            ),
        }
        if self.filter:
            arguments["filter"] = graphene.Argument(self.filter, description="Which rows.")
        if self.search:
            arguments["search"] = graphene.Argument(
                graphene.String, description="Only rows that hold these words, with or without diacritics."
            )
        if self.localized:
            arguments["locale"] = locale_argument()
        if self.is_of_site or self.site:
            arguments["site"] = site_argument()
        return arguments

    def declare(self, owner: type, name: str) -> None:
        super().declare(owner, name)
        if self.nesting is None:
            ROOT_LOADERS[to_camel_case(name)] = self
        else:
            LOADERS[owner.__name__, to_camel_case(name)] = self

    def load_for(self, objects: list[Any], info: GraphQLResolveInfo, args: dict[str, Any]) -> LoadGenerator:
        return Listing(self, info, args, parents=objects).load()

    def resolve(self, parent: Any, info: GraphQLResolveInfo, **args: Any) -> Page:
        key = load_key(info.field_nodes, self.owner)
        loaded = info.context.loaded
        peers: list[Any] = []
        if self.nesting is not None:
            group, peers = batch_of(parent, self.owner)
            loaded = group.loaded
        if key not in loaded:
            loaded[key] = info.context.scheduler.result(lambda: self.load_for(peers, info, args))
        return unwrap(loaded[key])(parent)


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
        return Slice.of(self.args, **self.connection.sizes)

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
        # What the statements depend on beside the values in their slots; None where they are written anew each time.
        connection = self.connection
        asked = connection.filter.key(self.args.get("filter"), self.info.context) if connection.filter else ()
        if asked is None or self.args.get("search") or connection.rows:
            return None
        if connection.nesting and not isinstance(connection.nesting, ByForeignKey):
            return None
        return connection, asked, bool(self.args.get("locale")), self._roots, self._site

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

    def _all(self, rule: PublicRule, parents: Any, locale: Any, filtered: dict[str, Any] | None) -> QuerySet:
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
            return build(self._all(self.info.context.rule, self.parents, locale, filtered))
        free = self.connection.filter.free_values(filtered) if self.connection.filter else {}

        def statement(rule: PublicRule) -> QuerySet:
            slots = {name: bind_param(f"filter {name}") for name in free}
            asked = {**(filtered or {}), **slots}
            return build(
                self._all(rule, bind_param("parents"), bind_param("locale") if locale else None, asked)
            )

        values = {"parents": [parent.pk for parent in self.parents], "locale": locale}
        values |= {f"filter {name}": value for name, value in free.items()}
        return QueryTemplate((*self._key, *place), self.connection.model, statement, values, shown=shown)

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


_types: dict[str, type[graphene.ObjectType]] = {}


def connection_type(
    model_name: str, node: type[graphene.ObjectType] | None = None
) -> type[graphene.ObjectType]:
    """The connection type of a model's rows: `ArticlePageConnection` with `ArticlePageEdge`."""
    name = node.__name__ if node else model_name.rpartition(".")[2]
    if name not in _types:
        _types[name] = make_connection_type(name, lambda: node or type_of(model_name))
    return _types[name]


def make_connection_type(
    name: str, node: Callable[[], Any], **more: graphene.Field
) -> type[graphene.ObjectType]:
    """The types `<name>Connection` and `<name>Edge` for nodes of the type that `node` answers."""
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": f"A row of a list of {name}.",
            "node": graphene.Field(node, required=True, description="The row itself."),
            "cursor": graphene.String(
                required=True, description="Where the row stands, for `after` and `before`."
            ),
        },
    )
    rows = graphene.List(
        graphene.NonNull(edge), required=True, description="The rows of this page, with their cursors."
    )
    nodes = graphene.Field(
        lambda: graphene.List(graphene.NonNull(node())),
        required=True,
        description="The rows of this page, bare.",
    )
    fields = {
        "edges": rows,
        "nodes": nodes,
        "page_info": graphene.Field(PageInfo, required=True, description="Where this page begins and ends."),
        "total_count": graphene.Int(required=True, description="How many rows the list has in all."),
    }
    return type(
        f"{name}Connection",
        (graphene.ObjectType,),
        {"__doc__": f"A page of a list of {name}.", **fields, **more},
    )
