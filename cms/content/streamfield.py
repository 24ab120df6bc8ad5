"""StreamFields whose block definitions stay out of migrations.

Wagtail writes every block, label and help text into the migration of a StreamField, and a new migration for each word
that changes. The database needs none of it: the column is JSON. The price: a data migration sees raw JSON only, and
blocks whose type was removed stay in the data until a migration takes them out.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail import fields
from wagtail.blocks import StreamBlock

from cms.content.blocks.registry import body_blocks


class StreamField(fields.StreamField):
    """Wagtail's StreamField with an empty block list in migrations."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class BodyField(StreamField):
    """The body of a page: all registered body blocks, those of content apps among them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("block_types", None)
        super().__init__((), **kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = StreamBlock(body_blocks())
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [], kwargs
