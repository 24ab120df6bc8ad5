"""Resources of snippets and pages that have drafts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import StreamField

from cms.content.publishing import reason_of
from cms.exchange.columns import Column, Exchange, MomentColumn, TextColumn
from cms.exchange.resources.models import Action, ModelResource, Outcome


class Status(models.TextChoices):
    """Whether readers see an object."""

    LIVE = "live", gettext_lazy("live")
    SCHEDULED = "scheduled", gettext_lazy("scheduled")
    DRAFT = "draft", gettext_lazy("draft")


class StatusColumn(Column):
    """Whether the object is public: said by an export, heeded by an import that publishes."""

    def read(self, instance: Any, exchange: Exchange) -> str:
        return str(status_of(instance))

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        wanted_status({self.name: value})

    def schema(self) -> dict[str, Any]:
        return {"enum": list(Status.values)}


class FirstPublishedColumn(MomentColumn):
    """When readers saw the object first; told once."""

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        moment = self.parse(value)
        if instance.first_published_at is None:
            instance.first_published_at = moment


def status_of(instance: Any) -> Status:
    """Whether readers see an object, or will."""
    if instance.live:
        return Status.LIVE
    return Status.SCHEDULED if instance.pk and instance.scheduled_revision else Status.DRAFT


def wanted_status(record: dict[str, Any]) -> Status:
    """What a record wants to be; live where it says nothing. Raises ValidationError."""
    text = TextColumn("status").parse(record.get("status")).strip().casefold()
    for status in Status:
        if text in {"", status.value, str(status.label).casefold()}:
            return status
    raise ValidationError(_("A status is one of: %(names)s.") % {"names": ", ".join(Status.values)})


class DraftResource(ModelResource):
    """Objects with drafts: imported as drafts, unless the import publishes, and the person may."""

    extra = (
        StatusColumn("status", gettext_lazy("Status")),
        FirstPublishedColumn("first_published_at", gettext_lazy("First published")),
        MomentColumn("go_live_at", gettext_lazy("Publish at")),
        MomentColumn("expire_at", gettext_lazy("Expires at")),
    )
    #: Fields that are no part of what is checked before a new object has its place.
    unchecked: frozenset[str] = frozenset()
    #: What the history says of the first version.
    creation = "wagtail.create"

    def record(self, instance: Any, exchange: Exchange) -> dict[str, Any]:
        """What is public, and as `draft` what differs in a newer draft; of what is not public, the newest draft."""
        newest = latest(instance)
        if not instance.live:
            return {**super().record(instance, exchange), **self._content(newest, exchange)}
        record = super().record(instance, exchange)
        if instance.has_unpublished_changes:
            values = self._content(newest, exchange)
            if draft := {name: value for name, value in values.items() if value != record[name]}:
                record["draft"] = draft
        return record

    def _content(self, instance: Any, exchange: Exchange) -> dict[str, Any]:
        """What a revision holds: not what the object is in the world."""
        names = self.columns.keys() - {"status", "first_published_at"} - self.unchecked
        return {name: self.columns[name].read(instance, exchange) for name in self.columns if name in names}

    def put(self, record: dict[str, Any], exchange: Exchange, *, publishes: bool) -> Outcome:
        found = self.find(record, exchange)
        publishes = publishes and wanted_status(record) != Status.DRAFT
        draft = _draft_of(record)
        if found is None:
            outcome = self._add(record if publishes else {**record, **draft}, exchange)
        else:
            self.authorize(found, exchange)
            outcome = self._change(found, record, draft, exchange, publishes=publishes)
        is_hidden = status_of(outcome.instance) == Status.DRAFT
        if publishes and not exchange.left_out and (is_hidden or outcome.action != Action.UNCHANGED):
            self._publish(outcome, exchange)
            if draft and not outcome.note:
                outcome.note = self._save_draft(latest(outcome.instance), draft, exchange)
        return outcome

    def _add(self, record: dict[str, Any], exchange: Exchange) -> Outcome:
        instance = self.new(record, exchange)
        changed = self.fill(instance, record, exchange)
        note = self.check_draft(instance)
        self.place(instance, record, exchange)
        revision = instance.save_revision(user=exchange.user, clean=False)
        self.log(instance, self.creation, exchange, revision=revision)
        return Outcome(Action.NEW, instance, changed, note)

    def _change(
        self,
        found: Any,
        record: dict[str, Any],
        draft: dict[str, Any],
        exchange: Exchange,
        *,
        publishes: bool,
    ) -> Outcome:
        if publishes and found.live:
            # What readers see is what the record is about; a draft is about the newest draft.
            changed = self.fill(found, record, exchange)
            newest = latest(type(found)._base_manager.get(pk=found.pk)) if draft else None
            if not changed and not (draft and self.fill(newest, {**record, **draft}, exchange)):
                return Outcome(Action.UNCHANGED, found)
            instance = found
        else:
            instance = latest(found)
            if found.live and found.has_unpublished_changes and not draft:
                # A spreadsheet holds what is live: where that is all it says, somebody's newer draft stays.
                record = {name: record[name] for name in self.fill(found, record, exchange)}
            changed = self.fill(instance, record if publishes else {**record, **draft}, exchange)
            if not changed:
                return Outcome(Action.UNCHANGED, found)
        note = self.check_draft(instance)
        instance.save_revision(user=exchange.user, clean=False, log_action=True)
        return Outcome(Action.CHANGED, instance, changed, note)

    def _publish(self, outcome: Outcome, exchange: Exchange) -> None:
        instance = outcome.instance
        if not self.may_publish(instance, exchange.user):
            outcome.note = _("Saved as a draft: you may not publish here.")
            return
        revision = instance.get_latest_revision() or instance.save_revision(user=exchange.user, clean=False)
        try:
            revision.publish(user=exchange.user)
        except ValidationError as error:
            raise ValidationError(reason_of(error, instance)) from error
        outcome.note = ""
        if outcome.action == Action.UNCHANGED:
            outcome.action, outcome.changed = Action.CHANGED, ["status"]
        outcome.instance = type(instance)._base_manager.get(pk=instance.pk)

    def _save_draft(self, instance: Any, draft: dict[str, Any], exchange: Exchange) -> str:
        self.fill(instance, draft, exchange)
        note = self.check_draft(instance)
        instance.save_revision(user=exchange.user, clean=False, log_action=True)
        return note

    def new(self, record: dict[str, Any], exchange: Exchange) -> Any:
        """A new object, not public, that the person may add."""
        self.authorize(None, exchange)
        return self.model(live=False)

    def place(self, instance: Any, record: dict[str, Any], exchange: Exchange) -> None:
        """Store a new object."""
        instance.save()

    def authorize(self, found: Any, exchange: Exchange) -> None:
        super().authorize(found, exchange)
        refuse_locked(found, exchange.user)

    def may_publish(self, instance: Any, user: Any) -> bool:
        """Whether a person may publish an object."""
        return self.may(user, "publish")

    def check_draft(self, instance: Any) -> str:
        """What keeps a draft from being published, for its editor; raises ValidationError where it can't be stored."""
        try:
            instance.full_clean(exclude=self.unchecked)
        except ValidationError as error:
            hard = {
                name: each for name, each in error.error_dict.items() if not _can_wait(instance, name, each)
            }
            if hard:
                raise ValidationError(reason_of(ValidationError(hard), instance)) from error
            return _("Not ready to be published. %(reason)s") % {"reason": reason_of(error, instance)}
        return ""


def latest(instance: Any) -> Any:
    """The newest draft of an object; the object itself where it has none."""
    return instance.get_latest_revision_as_object()


def refuse_locked(found: Any, user: Any) -> None:
    """Refuse to change what somebody locked, or what waits for approval."""
    lock = found.get_lock() if found is not None else None
    if lock is not None and (user is None or lock.for_user(user)):
        raise ValidationError(_("It is locked, or waits for approval."))


def _draft_of(record: dict[str, Any]) -> dict[str, Any]:
    draft = record.get("draft") or {}
    if not isinstance(draft, dict):
        raise ValidationError(_("“draft” is no object."))
    return draft


def _can_wait(instance: Any, name: str, errors: list[ValidationError]) -> bool:
    """Whether a draft may have this error: what is stored is whole, and its editor is told."""
    if name == NON_FIELD_ERRORS:
        return False
    try:
        field = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return isinstance(field, StreamField) or all(each.code == "no_alt_text" for each in errors)
