"""Resources of models whose objects are public as soon as they are saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from cms.content.publishing import reason_of
from cms.content.trashed import without_trashed
from cms.exchange.columns import Column, Exchange, TextColumn
from cms.exchange.derivation import columns_of
from cms.exchange.references import known_object, remember


class Action(models.TextChoices):
    """What happens to a record."""

    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    REFUSED = "refused", gettext_lazy("refused")


@dataclass
class Outcome:
    """What happened to a record. `changed` names columns; `note` says what an editor still has to do."""

    action: Action
    instance: Any = None
    changed: list[str] = field(default_factory=list)
    note: str = ""


class ModelResource:
    """Objects of a model, each found by its external id or by a natural key.

    A subclass or an instance says what differs: `natural_key` are columns whose values together belong to one object,
    `without` fields that are no columns, `extra` columns that are no fields, `order` what comes first.
    """

    order = 20
    extra: tuple[Column, ...] = ()

    def __init__(
        self,
        name: str,
        model: type[models.Model],
        *,
        natural_key: Iterable[str] = (),
        without: Iterable[str] = (),
        order: int | None = None,
    ) -> None:
        self.name = name
        self.model = model
        self.natural_key = tuple(natural_key)
        self.without = frozenset(without)
        self.order = self.order if order is None else order

    @property
    def label(self) -> Any:
        return capfirst(str(self.model._meta.verbose_name))

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns by their names, in the order of a file."""
        found = [*self.extra, *columns_of(self.model, without=self.without)]
        return {column.name: column for column in found}

    def objects(self) -> models.QuerySet:
        """All objects of the resource that nobody deleted."""
        return without_trashed(self.model._default_manager.order_by("pk"))

    def exported(self) -> Iterator[Any]:
        """The objects that an export writes, in its order."""
        yield from self.objects().iterator(chunk_size=100)

    # Reading

    def values(self, instance: Any, exchange: Exchange) -> dict[str, Any]:
        """The columns of an object, as JSON."""
        return {name: column.read(instance, exchange) for name, column in self.columns.items()}

    def record(self, instance: Any, exchange: Exchange) -> dict[str, Any]:
        """What an export writes of an object."""
        external_id = exchange.references.id_of(self, instance.pk)
        return {"type": self.name, "id": external_id, **self.values(instance, exchange)}

    # Finding

    def keys(self, record: dict[str, Any]) -> list[str]:
        """The names by which other records of the same file may mean this one."""
        natural = [record.get(name) for name in self.natural_key] if len(self.natural_key) == 1 else []
        return [str(key).strip() for key in (record.get("id"), *natural) if key not in (None, "")]

    def find_by_name(self, key: str) -> Any:
        """The object that a reference means; None where there is none."""
        if found := known_object(self, key):
            return found
        if len(self.natural_key) != 1:
            return None
        return self.objects().filter(**{self.natural_key[0]: key}).first()

    def find(self, record: dict[str, Any], exchange: Exchange) -> Any:
        """The object that a record is about; None for a new one. Raises ValidationError where that can't be told."""
        external_id = external_id_of(record)
        if external_id and (found := known_object(self, external_id)):
            return found
        if self.natural_key and all(record.get(name) not in (None, "") for name in self.natural_key):
            return self.find_by_natural_key(record, exchange)
        if not external_id:
            columns = " + ".join(["id", *(["+".join(self.natural_key)] if self.natural_key else [])])
            message = _("Nothing says which one this is: fill in “%(columns)s”.")
            raise ValidationError(message % {"columns": columns.replace(" + ", "” / “")})
        return None

    def find_by_natural_key(self, record: dict[str, Any], exchange: Exchange) -> Any:
        """The object with the natural key of a record; None where there is none."""
        values = {name: self.columns[name].parse(record[name]) for name in self.natural_key}
        return self.objects().filter(**values).first()

    # Writing

    def put(self, record: dict[str, Any], exchange: Exchange, *, publishes: bool) -> Outcome:
        """Write a record. Raises ValidationError where it is refused; the caller's transaction takes all back."""
        found = self.find(record, exchange)
        self.authorize(found, exchange)
        instance = found or self.model()
        changed = self.fill(instance, record, exchange)
        if found and not changed:
            return Outcome(Action.UNCHANGED, found)
        note = self.save(instance, exchange, is_new=found is None)
        return Outcome(Action.CHANGED if found else Action.NEW, instance, changed, note)

    def authorize(self, found: Any, exchange: Exchange) -> None:
        """Refuse what the person may not do."""
        action = "change" if found else "add"
        if not self.may(exchange.user, action):
            raise ValidationError(_("You may not do this here."))

    def may(self, user: Any, action: str) -> bool:
        """Whether a person may do this with objects of the resource; a trusted command may."""
        return user is None or policy_registry.get_by_type(self.model).user_has_permission(user, action)

    def fill(self, instance: Any, record: dict[str, Any], exchange: Exchange) -> list[str]:
        """Set what a record has; the columns that differ now. Raises ValidationError with all that is wrong."""
        errors: list[str] = []
        before: dict[str, Any] = {}
        for name, value in record.items():
            column = self.columns.get(name)
            if column is None or (value in (None, "") and not column.can_be_empty):
                continue
            before[name] = column.read(instance, exchange) if instance.pk else None
            if instance.pk and before[name] == value:
                continue
            try:
                column.write(instance, value, exchange)
            except ValidationError as error:
                errors += [f"{column.label or name}: {text}" for text in error.messages]
        if errors:
            raise ValidationError(errors)
        if not instance.pk:
            return list(before)
        return [name for name, old in before.items() if self.columns[name].read(instance, exchange) != old]

    def save(self, instance: Any, exchange: Exchange, *, is_new: bool) -> str:
        """Check and save; a note on what an editor still has to do."""
        self.check(instance)
        instance.save()
        self.log(instance, "wagtail.create" if is_new else "wagtail.edit", exchange)
        return ""

    def check(self, instance: Any) -> None:
        """Refuse what a form would refuse."""
        try:
            instance.full_clean()
        except ValidationError as error:
            raise ValidationError(reason_of(error, instance)) from error

    def log(self, instance: Any, action: str, exchange: Exchange, *, revision: Any = None) -> None:
        """Say in the history of an object who imported it, and which version came of it."""
        log(instance=instance, action=action, user=exchange.user, revision=revision, content_changed=True)

    def remember(self, record: dict[str, Any], instance: Any) -> None:
        """From now on the id of the record means this object."""
        external_id = external_id_of(record)
        known = known_object(self, external_id) if external_id else instance
        if known is None or known.pk != instance.pk:
            remember(self, external_id, instance.pk)


def external_id_of(record: dict[str, Any]) -> str:
    """The external id of a record; empty where it has none. Raises ValidationError where it can't be one."""
    external_id = TextColumn("id").parse(record.get("id")).strip()
    if len(external_id) > 200:
        raise ValidationError(_("An id has at most 200 characters."))
    return external_id
