"""The GraphQL types of connections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene

from cms.graphql.schema.types import type_of


class PageInfo(graphene.ObjectType):
    """Where a page of a list begins and ends."""

    has_next_page = graphene.Boolean(required=True, description="Whether rows follow this page.")
    has_previous_page = graphene.Boolean(required=True, description="Whether rows precede this page.")
    start_cursor = graphene.String(description="Cursor of the first row; null on an empty page.")
    end_cursor = graphene.String(description="Cursor of the last row; null on an empty page.")


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
