"""Relay connections (https://relay.dev/graphql/connections.htm), at the root and below many objects at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene
from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLResolveInfo

from cms.graphql.execution.batch import batch_of
from cms.graphql.execution.planner import LOADERS, ROOT_LOADERS, load_once
from cms.graphql.execution.relations import ByForeignKey, Nesting
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.schema.fields import Declared
from cms.graphql.schema.lists.connection_types import connection_type
from cms.graphql.schema.lists.filters import FilterInput
from cms.graphql.schema.lists.listing import Listing
from cms.graphql.schema.lists.paging import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page
from cms.graphql.schema.locales import locale_argument
from cms.graphql.schema.sites import site_argument


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
        self.max_page_size = max_page_size
        super().__init__(
            lambda: connection_type(self.model_name, self.node),
            args=self._arguments(page_size),
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

    def _arguments(self, page_size: int) -> dict[str, graphene.Argument]:
        most = self.max_page_size
        arguments = {
            "first": graphene.Argument(
                graphene.Int, description=f"Rows from the start; 1 to {most}, {page_size} if left out."
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
        loaded = info.context.loaded
        peers: list[Any] = []
        if self.nesting is not None:
            group, peers = batch_of(parent, self.owner)
            loaded = group.loaded
        return load_once(loaded, info, self.owner, lambda: self.load_for(peers, info, args))(parent)
