"""GraphQL fields that answer a block's stored text as it is."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from cms.graphql.schema.fields import Computed
from cms.graphql.wagtail.blocks import BlockItem


def text(child: str, description: str, *, required: bool = True) -> Computed:
    """The text of a child block; empty where the editor left it out, as drafts may.

    A field that other blocks have too must be as required as theirs: else no document may select both.
    """

    def stored(item: BlockItem, info: GraphQLResolveInfo) -> str:
        return item.raw.get(child) or ""

    return Computed(graphene.String, resolve=stored, required=required, description=description)
