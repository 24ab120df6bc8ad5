"""How records name other objects: `article:bai-12`, or by what is unique among them, such as a number or a path."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.content.trashed import without_trashed
from cms.exchange.models import ExternalId
from cms.exchange.registry import resource_for, resource_named, resources_of

if TYPE_CHECKING:
    from cms.exchange.resources import ModelResource

Await = Callable[["ModelResource", str], bool]


class LeftOut(Exception):
    """What is referred to comes later in the file, and refers back: the record is written again in the end."""


class References:
    """Names of objects, and objects by their names.

    `allots`: whether an object without an external id is given one, which it keeps. `awaited` is asked for what is not
    there: it may make it, and says whether the name will be there later.
    """

    def __init__(self, *, allots: bool = False, awaited: Await | None = None) -> None:
        self.allots = allots
        self.awaited = awaited
        self._names: dict[tuple[str, int], str] = {}

    def id_of(self, resource: ModelResource, pk: int) -> str:
        """The external id of an object; `#12`, which nothing resolves, where it has none and is given none."""
        if (name := self._names.get((resource.name, pk))) is not None:
            return name
        known = ExternalId.objects.filter(resource=resource.name, object_id=pk).order_by("pk").first()
        if known is None and not self.allots:
            return f"#{pk}"
        name = known.external_id if known else self._allotted(resource, pk)
        self._names[resource.name, pk] = name
        return name

    def _allotted(self, resource: ModelResource, pk: int) -> str:
        external_id = uuid.uuid4().hex
        remember(resource, external_id, pk)
        return external_id

    def name_of(self, model: type[Model], pk: int | None) -> str | None:
        """What a record says for a foreign key; None where the object is gone, in the trash, or of no resource."""
        if pk is None:
            return None
        resources = resources_of(model)
        there = without_trashed(model._base_manager.filter(pk=pk))
        if len(resources) == 1 and not issubclass(model, Page):
            return self.id_of(resources[0], pk) if there.exists() else None
        found = there.first()
        if isinstance(found, Page):
            found = found.specific
        resource = resource_for(found) if found is not None else None
        if resource is None:
            return None
        external_id = self.id_of(resource, pk)
        return external_id if len(resources) == 1 else f"{resource.name}:{external_id}"

    def resolve(self, model: type[Model], text: str) -> Model:
        """The object that a record means. Raises ValidationError where there is none, LeftOut where it comes later."""
        resources, key = _meant(resources_of(model), text)
        found = _first(resources, key)
        if found is None and self.awaited and any(self.awaited(resource, key) for resource in resources):
            found = _first(resources, key)
            if found is None:
                raise LeftOut
        if found is not None:
            return found
        message = _("There is no %(type)s “%(key)s”.")
        label = resources[0].label if len(resources) == 1 else model._meta.verbose_name
        raise ValidationError(message % {"type": label, "key": text})


def _first(resources: Sequence[ModelResource], key: str) -> Model | None:
    return next((found for resource in resources if (found := resource.find_by_name(key))), None)


def _meant(resources: Sequence[ModelResource], text: str) -> tuple[Sequence[ModelResource], str]:
    prefix, colon, key = text.partition(":")
    named = resource_named(prefix) if colon else None
    return ([named], key.strip()) if named in resources else (resources, text)


def known_object(resource: ModelResource, external_id: str) -> Model | None:
    """The object with an external id, if there is one that was not deleted."""
    known = ExternalId.objects.filter(resource=resource.name, external_id=external_id).first()
    return resource.objects().filter(pk=known.object_id).first() if known else None


def remember(resource: ModelResource, external_id: str, pk: int) -> None:
    """From now on this external id means this object."""
    values = {"content_type": ContentType.objects.get_for_model(resource.model), "object_id": pk}
    ExternalId.objects.update_or_create(
        resource=resource.name, external_id=external_id, defaults=values, create_defaults=values
    )
