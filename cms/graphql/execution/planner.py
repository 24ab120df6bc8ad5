"""Loading ahead of the resolvers.

graphql-core resolves an answer in depth, one field after the other: what the first field leads to is read before the
second field is asked. Here the selection is walked in breadth: as soon as objects are there, everything that is
selected below them begins to load, side by side (`scheduler.py`). The resolvers then find it done. A field that was not
planned, for whatever reason, loads when it is resolved; only slower.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Protocol

from graphql import FieldNode, GraphQLError, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution.collect_fields import collect_sub_fields
from graphql.execution.values import get_argument_values
from grapple.registry import registry

from cms.graphql.accelerators import is_on
from cms.graphql.execution.batch import Batch, kind_of
from cms.graphql.execution.scheduler import PENDING
from cms.graphql.execution.selection import node_ids
from cms.graphql.sql.failures import unwrap


class Loader(Protocol):
    """A field that loads for all siblings at once: a generator or a plain result (`scheduler.py`)."""

    owner: type | None

    def load_for(self, objects: list[Any], info: GraphQLResolveInfo, args: dict[str, Any]) -> Any: ...


#: Fields that load, by the names of their owner and of themselves.
LOADERS: dict[tuple[str, str], Loader] = {}
#: Fields of Query that load; there are no objects above them.
ROOT_LOADERS: dict[str, Loader] = {}


def load_key(nodes: list[FieldNode], owner: type | None) -> Any:
    """What the result of a selected field is kept under: all nodes that select it, for each adds to what is loaded."""
    return node_ids(nodes), owner


def load_once(
    loaded: dict[Any, Any], info: GraphQLResolveInfo, owner: type | None, load: Callable[[], Any]
) -> Any:
    """What `load` returns for the field that is resolved; it runs where `loaded` has nothing for it yet.

    Raises what the load raised.
    """
    key = load_key(info.field_nodes, owner)
    if key not in loaded:
        loaded[key] = info.context.scheduler.result(load)
    return unwrap(loaded[key])


@dataclass
class _Planned:
    """A field to load, and the kinds of objects for which the same nodes select it."""

    loader: Loader
    nodes: list[FieldNode]
    parent: GraphQLObjectType
    kinds: set[type]


def prefetch(objects: list[Any], nodes: list[FieldNode], info: GraphQLResolveInfo) -> None:
    """Begin to load what `nodes` select below `objects`, which are siblings."""
    if not objects or not is_on("planning"):
        return
    for group in {id(each._batch): each._batch for each in objects}.values():
        for planned in _planned(group, nodes, info).values():
            peers = group.of_type(planned.loader.owner)
            if len(planned.kinds) < len(group.kinds):
                peers = [each for each in peers if kind_of(each) in planned.kinds]
            own = info._replace(parent_type=planned.parent)
            _begin(planned.loader, peers, planned.nodes, own, group.loaded)


def _planned(group: Batch, nodes: list[FieldNode], info: GraphQLResolveInfo) -> dict[Any, _Planned]:
    found: dict[Any, _Planned] = {}
    ids = node_ids(nodes)
    for kind in group.kinds:
        loads = info.context.plan.keep("loads", ids, kind, partial(_loads, kind, nodes, info))
        for loader, field_nodes, parent in loads:
            planned = _Planned(loader, field_nodes, parent, set())
            found.setdefault(load_key(field_nodes, loader.owner), planned).kinds.add(kind)
    return found


def _loads(
    kind: type, nodes: list[FieldNode], info: GraphQLResolveInfo
) -> list[tuple[Loader, list[FieldNode], GraphQLObjectType]]:
    """The fields that `nodes` select of a kind of object and that load, each with its nodes and the object's type."""
    graphql_type, names = _type_names(kind)
    parent = info.schema.type_map.get(graphql_type) if graphql_type else None
    if not isinstance(parent, GraphQLObjectType):
        return []
    fields = collect_sub_fields(info.schema, info.fragments, info.variable_values, parent, nodes)
    found = ((_loader(names, each[0].name.value), each) for each in fields.values())
    return [(loader, each, parent) for loader, each in found if loader]


def prefetch_root(fields: dict[str, list[FieldNode]], info: GraphQLResolveInfo) -> None:
    """Load what a query selects, from its root fields down, in as few statements as it has levels."""
    if not is_on("planning"):
        return
    for field_nodes in fields.values():
        if loader := ROOT_LOADERS.get(field_nodes[0].name.value):
            _begin(loader, [], field_nodes, info, info.context.loaded)
    info.context.scheduler.run()


def _begin(
    loader: Loader,
    objects: list[Any],
    nodes: list[FieldNode],
    info: GraphQLResolveInfo,
    loaded: dict[Any, Any],
) -> None:
    key = load_key(nodes, loader.owner)
    field = info.parent_type.fields[nodes[0].name.value]
    own = info._replace(field_name=nodes[0].name.value, field_nodes=nodes, return_type=field.type)
    try:
        args = get_argument_values(field, nodes[0], info.variable_values)
    except GraphQLError:
        return  # graphql-core says it again, at the field's place in the answer
    if key not in loaded:
        loaded[key] = PENDING
        info.context.scheduler.start(
            lambda: loader.load_for(objects, own, args), partial(loaded.__setitem__, key)
        )


@cache
def _loader(owners: tuple[str, ...], name: str) -> Loader | None:
    return next((LOADERS[each, name] for each in owners if (each, name) in LOADERS), None)


@cache
def _type_names(kind: type) -> tuple[str | None, tuple[str, ...]]:
    """The name of the GraphQL type of a model or block, and the names that its fields are declared under."""
    shown = registry.streamfield_blocks.get(kind) or registry.models.get(kind)
    names = [each.__name__ for each in kind.__mro__]
    return (shown._meta.name if shown else None), tuple(names)
