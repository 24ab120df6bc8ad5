"""GraphQL types by the models and blocks that they show."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model
from wagtail.blocks import Block
from wagtail.models import Page


def type_of(shown: str | type[Model] | type[Block]) -> Any:
    """The GraphQL type of a model ("app.Model" or class) or block class; "block" is the interface of all blocks.

    To be called when the schema is built, so from within a lambda: grapple makes the types when all apps are loaded.
    """
    from grapple.registry import registry
    from grapple.types.interfaces import StreamFieldInterface, get_page_interface

    if shown == "block":
        return StreamFieldInterface
    model = apps.get_model(shown) if isinstance(shown, str) else shown
    if model is Page:
        return get_page_interface()
    return registry.models[model]
