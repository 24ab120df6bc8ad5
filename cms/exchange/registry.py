"""The resources that can be imported and exported; each app registers its own in its module `exchange`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Model

from cms.content.autodiscovery import autodiscover

if TYPE_CHECKING:
    from cms.exchange.resources import ModelResource

_resources: dict[str, ModelResource] = {}


def register(*resources: ModelResource) -> None:
    """Offer resources for import and export. Raises ValueError where a name is taken."""
    for resource in resources:
        if resource.name in _resources:
            raise ValueError(f"two resources are named {resource.name}")
        _resources[resource.name] = resource


@cache
def _registered() -> dict[str, ModelResource]:
    # Web processes need none of them before somebody imports.
    autodiscover("exchange")
    return _resources


def all_resources() -> list[ModelResource]:
    """All of them; what others refer to comes first."""
    return sorted(_registered().values(), key=lambda resource: (resource.order, resource.name))


def resource_named(name: str) -> ModelResource | None:
    """The resource of this name, or with this label in the language in use."""
    known = _registered()
    if name in known:
        return known[name]
    folded = name.strip().casefold()
    labels = (each for each in known.values() if folded in {each.name, str(each.label).casefold()})
    return next(labels, None)


def resources_of(model: type[Model]) -> list[ModelResource]:
    """Those whose objects a foreign key to `model` can lead to."""
    return [each for each in all_resources() if issubclass(each.model, model)]


def resource_for(instance: Model) -> ModelResource | None:
    """The resource of an object, by its own class."""
    return next((each for each in _registered().values() if each.model is type(instance)), None)
