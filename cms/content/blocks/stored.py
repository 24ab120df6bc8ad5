"""GraphQL fields that answer a block's stored text as it is."""

from __future__ import annotations

from collections.abc import Mapping

import graphene
from graphql import GraphQLResolveInfo

from cms.graphql.schema.enums import word_enum
from cms.graphql.schema.fields import Computed
from cms.graphql.wagtail.blocks import BlockItem


def text(child: str, description: str, *, required: bool = True) -> Computed:
    """The text of a child block; empty where the editor left it out, as drafts may.

    A field that other blocks have too must be as required as theirs: else no document may select both.
    """

    def stored(item: BlockItem, info: GraphQLResolveInfo) -> str:
        return item.raw.get(child) or ""

    return Computed(graphene.String, resolve=stored, required=required, description=description)


def word(child: str, enum: str, words: Mapping[str, str], description: str) -> Computed:
    """The word that a child block has of `words`; the first where the editor chose none, as drafts may."""

    def stored(item: BlockItem, info: GraphQLResolveInfo) -> str:
        chosen = item.raw.get(child)
        return chosen if isinstance(chosen, str) and chosen in words else next(iter(words))

    return Computed(
        word_enum(enum, description, words), resolve=stored, required=True, description=description
    )
