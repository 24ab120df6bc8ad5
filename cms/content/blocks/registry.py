"""Which blocks a page's body may hold. An app adds its own from its `blocks.py`."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from grapple.helpers import register_streamfield_block
from wagtail.blocks import Block, StructBlock

_body_blocks: dict[str, tuple[int, type[StructBlock]]] = {}


def register_body_block(name: str, *, order: int = 100) -> Callable[[type[StructBlock]], type[StructBlock]]:
    """Offer a block in the body of every page, under `name`, and give it a GraphQL type.

    `name` is written into stored content: it never changes. Blocks are offered by `order`, then by name, within the
    `group` of their Meta (`groups.py`). ImproperlyConfigured where two blocks want one name.
    """

    def register(block: type[StructBlock]) -> type[StructBlock]:
        if name in _body_blocks:
            raise ImproperlyConfigured(
                f"Two body blocks are named {name!r}: {_body_blocks[name][1]} and {block}."
            )
        _body_blocks[name] = (order, block)
        return register_streamfield_block(block)

    return register


def body_blocks() -> list[tuple[str, Block]]:
    """New instances of all body blocks, with their names."""
    ordered = sorted(_body_blocks.items(), key=lambda item: (item[1][0], item[0]))
    return [(name, block()) for name, (_order, block) in ordered]
