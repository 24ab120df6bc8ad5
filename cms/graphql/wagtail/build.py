"""The schema, put together from grapple's registry and the hooks of the content apps.

grapple's own assembly is not used: importing it switches a validation rule off for the whole process, and its root
fields show drafts and private pages. `types/` has those root fields again, under the same names.
"""

from __future__ import annotations

from typing import Any

import graphene
from grapple.registry import registry
from wagtail import hooks

from cms.graphql.schema.descriptions import describe
from cms.graphql.schema.nodes import mark_nodes
from cms.graphql.schema.nullability import allow_refusals, settle_ids
from cms.graphql.schema.scalars import settle_scalars
from cms.graphql.wagtail.grapple import block_fields, plain_columns, prune


def _mixins(hook: str) -> list[type]:
    mixins: list[type] = []
    for add in hooks.get_hooks(hook):
        if not add.__module__.startswith("grapple."):
            add(mixins)
    return mixins


def _root(name: str, hook: str, description: str) -> type[graphene.ObjectType] | None:
    mixins = _mixins(hook)
    meta = type("Meta", (), {"description": description})
    return type(name, (*mixins, graphene.ObjectType), {"Meta": meta}) if mixins else None


def _types() -> list[Any]:
    # Types that nothing leads to, such as those of join tables, stay out of the schema.
    return [*registry.pages.values(), *registry.snippets.values(), *registry.streamfield_blocks.values()]


def create_schema() -> graphene.Schema:
    """Build the schema; all apps are loaded."""
    prune()
    plain_columns()
    mark_nodes()
    schema = graphene.Schema(
        query=_root("Query", "register_schema_query", "What can be read."),
        mutation=_root("Mutation", "register_schema_mutation", "What readers can do."),
        types=_types(),
    )
    block_fields(schema.graphql_schema)
    settle_ids(schema.graphql_schema)
    allow_refusals(schema.graphql_schema)
    settle_scalars(schema.graphql_schema)
    describe(schema.graphql_schema)
    return schema


schema = create_schema()
