"""StreamFields whose block definitions stay out of migrations.

Wagtail writes every block, label and help text into the migration of a StreamField, and a new migration for each word
that changes. The database needs none of it: the column is JSON. The price: a migration knows no blocks. A data
migration works on the stored JSON (`value.raw_data`, or Wagtail's `MigrateStreamData` operation, given the paths);
what it leaves alone is saved back as it was, whatever its type.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.utils.functional import cached_property
from wagtail import fields
from wagtail.blocks import StreamBlock, StreamValue

from cms.content.blocks.registry import body_blocks

logger = logging.getLogger(__name__)


class KeptStreamBlock(StreamBlock):
    """What a migration sees: items of unknown types. Wagtail's own class would drop them at the next save."""

    def to_python(self, value: Any) -> StreamValue:
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return StreamValue(self, value, is_lazy=True)
        return super().to_python(value)


def _loaded(value: Any) -> Any:
    """A stored value as lists and dictionaries; one object that stands alone as a list of it."""
    if isinstance(value, str) and value:
        try:
            value = json.loads(value)
        except ValueError:
            return value  # a rich text of old, which Wagtail keeps
    if isinstance(value, dict | str | int | float):
        return [value] if value else []
    return value


class StreamField(fields.StreamField):
    """Wagtail's StreamField with an empty block list in migrations."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        if self.block_types_arg == ():
            self.block_types_arg = KeptStreamBlock()
        return super().stream_block

    def to_python(self, value: Any) -> StreamValue:
        """As Wagtail's, but what is stored and is no block is left out, and counted, where Wagtail raises TypeError."""
        if isinstance(self.stream_block, KeptStreamBlock):
            return super().to_python(value)
        blocks = _loaded(value)
        if not isinstance(blocks, list):
            return super().to_python(blocks)
        sound = [
            each
            for each in blocks
            # Code writes pairs of a block's name and its value.
            if isinstance(each, tuple) or (isinstance(each, dict) and isinstance(each.get("type"), str))
        ]
        stream = super().to_python(sound)
        if len(sound) < len(blocks):
            stream.left_out = len(blocks) - len(sound)
            logger.warning("%s holds %d values that are no blocks", self, stream.left_out)
        return stream

    def deconstruct(self) -> tuple[str, str, list, dict]:
        # Not through Wagtail's class, which builds every block for this.
        name, path, _args, kwargs = super(fields.StreamField, self).deconstruct()
        return name, path, [], kwargs


class BodyField(StreamField):
    """The body of a page: all registered body blocks, those of content apps among them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = StreamBlock(body_blocks())
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"{StreamField.__module__}.{StreamField.__name__}", args, kwargs
