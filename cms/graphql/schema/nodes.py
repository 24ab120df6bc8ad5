"""Objects that are told apart, and asked for again, by one id, as Relay does it.

https://relay.dev/graphql/objectidentification.htm. `id` is wagtail-grapple's and one of its type only; `nodeId` is one
of all types (`schemaConfig.nodeInterfaceIdField` of Relay's compiler).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene
from django.db.models import Model
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLResolveInfo
from graphql_relay import from_global_id, to_global_id
from grapple.registry import registry

from cms.graphql.execution.loading import having_any, read
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import COLUMNS
from cms.graphql.schema.errors import BadInput, pk_of
from cms.graphql.schema.fields import COOKIES, Computed, Root
from cms.graphql.schema.registry import root_query
from cms.preview.drafts import is_draft_id, object_id

#: Reads the public object of a model with this id, or None.
NodeLoad = Callable[[GraphQLResolveInfo, str], Any]
LOADS: dict[type[Model], NodeLoad] = {}
FIELD = "node"


def refetchable(model: type[Model], load: NodeLoad | None = None, *, cookie: str | None = None) -> None:
    """Let `node` find the objects of a model; those of pages and snippets it finds of itself.

    `load` where the public rule alone does not say who sees one; `cookie` is the name of one that it looks at.
    """
    LOADS[model] = load or _loading(model)
    if cookie:
        COOKIES[FIELD].add(cookie)


def _loading(model: type[Model]) -> NodeLoad:
    def load(info: GraphQLResolveInfo, id: str) -> LoadGenerator:
        found = yield from read(having_any(model, "pk", [pk_of(id)]), info)
        # Asked for as Page, pages come as what they are.
        return next((each for each in found if type(each) is model), None)

    return load


def node_id(instance: Any, info: GraphQLResolveInfo) -> str:
    """The id of an object among those of all types."""
    return to_global_id(info.parent_type.name, object_id(instance))


class Node(graphene.Interface):
    """An object that `node` finds again."""

    node_id = Computed(
        graphene.ID,
        columns=["pk"],
        resolve=node_id,
        required=True,
        description="Unique among the objects of all types; `node(id:)` takes it.",
    )

    @classmethod
    def resolve_type(cls, instance: Any, info: GraphQLResolveInfo) -> Any:
        return registry.models[type(instance)]


def mark_nodes() -> None:
    """Make the types of all objects that can be asked for again implement Node."""
    for model in (*registry.pages, *registry.snippets):
        LOADS.setdefault(model, _loading(model))
    for model in LOADS:
        meta = registry.models[model]._meta
        # grapple's `graphql_interfaces` is of no use: it puts them into a set, and the schema has them in any order.
        object.__setattr__(meta, "interfaces", (*meta.interfaces, Node))
        meta.fields["node_id"] = Node._meta.fields["node_id"]
        COLUMNS[model.__name__, to_camel_case("node_id")] = ["pk"]


def node(info: GraphQLResolveInfo, id: str) -> Any:
    """The public object that a `nodeId` stands for, or None."""
    type_name, pk = from_global_id(id)
    load = next(
        (load for model, load in LOADS.items() if registry.models[model]._meta.name == type_name), None
    )
    if load is None:
        raise BadInput("`id` is no `nodeId`, as this API gave them.", code="BAD_ID", field="id")
    return None if is_draft_id(pk) else load(info, pk)


@root_query
class NodeQueries:
    node = Root(
        Node,
        load=node,
        id=graphene.ID(required=True, description="Its `nodeId`."),
        description="One public object of any type, as the root field of its type has it; null where there is none.",
    )
