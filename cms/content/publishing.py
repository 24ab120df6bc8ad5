"""Publishing, the same for every way to it: the form, the bulk action, the schedule and the workflow.

The form of a page that is there checks by itself: Wagtail publishes its revision past the page.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import DateTimeField, Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail.fields import StreamField
from wagtail.log_actions import log, registry
from wagtail.models import DraftStateMixin, Revision

from cms.invalidation.capture import lock_content
from cms.operations.dates import YEARS, is_usual, moment

#: In Wagtail's log: a revision was to be published and could not be; `data` has the reason.
REFUSED = "content.not_published"


class PublishedWhole:
    """Mixin of pages and snippets that have drafts: a revision is published whole and public, or not at all."""

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish or schedule a revision; ValidationError, and nothing changed, where readers would not see it."""
        with transaction.atomic():
            lock_content()
            _check(revision)
            super().publish(revision, *args, **kwargs)

    def clean(self) -> None:
        super().clean()
        check_moments(self)

    def check_whole(self) -> None:
        """What a form checks that publishes: fields, blocks, and rows that belong to it; else ValidationError."""
        self.full_clean()
        errors = {field.name: words for field in _streams(self) if (words := _faults_of_blocks(self, field))}
        if rows := _faults_of_rows(self):
            errors[NON_FIELD_ERRORS] = rows
        if errors:
            raise ValidationError(errors)

    @property
    def status_string(self) -> str:
        """As Wagtail's, by the public rule: readers do not wait for the job that unpublishes what has expired."""
        if self.live and is_expired(self):
            return _("expired")
        return super().status_string


def is_expired(content: DraftStateMixin) -> bool:
    """Whether readers no longer see it, as in `cms.content.visibility`."""
    return content.expire_at is not None and content.expire_at <= timezone.now()


def _check(revision: Revision) -> None:
    content = revision.as_object()
    if is_expired(content):
        message = _("Expired on %(moment)s: change the date of expiry or empty it.")
        raise ValidationError(message % {"moment": moment(content.expire_at)})
    content.check_whole()


def check_moments(content: Model) -> None:
    """Refuse moments that have no date in another time zone, as 01/01/0001, which programs write for no date."""
    fields = [field for field in content._meta.concrete_fields if isinstance(field, DateTimeField)]
    values = {field.name: getattr(content, field.attname) for field in fields}
    refused = [name for name, value in values.items() if value and not is_usual(value)]
    if refused:
        words = _("The year must be between %(first)d and %(last)d.") % {"first": YEARS[0], "last": YEARS[-1]}
        raise ValidationError(dict.fromkeys(refused, words))


def _streams(content: Model) -> list[StreamField]:
    return [field for field in content._meta.concrete_fields if isinstance(field, StreamField)]


def _faults_of_blocks(content: Model, field: StreamField) -> list[str]:
    try:
        field.stream_block.clean(getattr(content, field.name))
    except ValidationError as error:
        return list(dict.fromkeys(_words(error)))
    return []


def _words(error: Any) -> list[str]:
    parts = getattr(error, "block_errors", None)
    if parts is None:
        return error.messages
    within = parts.values() if isinstance(parts, dict) else parts
    return [*(word for each in within if each for word in _words(each)), *map(str, error.non_block_errors)]


def _faults_of_rows(content: Model) -> list[str]:
    found = []
    for relation in get_all_child_relations(type(content)):
        model = relation.related_model
        # Comments are the admin's own, and tags are made with the page.
        if model._meta.app_label.startswith("wagtail") or issubclass(model, ItemBase):
            continue
        for row in getattr(content, relation.get_accessor_name()).all():
            try:
                row.full_clean(
                    exclude=[relation.field.name], validate_unique=False, validate_constraints=False
                )
            except ValidationError as error:
                found.append(reason_of(error, row))
    return list(dict.fromkeys(found))


def record_refusal(revision: Revision, reason: str) -> None:
    """Say in the log of a page or snippet why its revision was not published; once for the same reason."""
    content = revision.content_object
    entries = registry.get_logs_for_instance(content).filter(action=REFUSED, revision_id=revision.pk)
    last = entries.order_by("-timestamp", "-pk").first()
    if last is None or last.data.get("reason") != reason:
        log(content, REFUSED, data={"reason": reason}, revision=revision)


def reason_of(error: Exception, model: Model | type[Model]) -> str:
    """Why something can't be published, in words for editors."""
    if not isinstance(error, ValidationError):
        return _("An error of the system; its administrator finds it in the server's log.")
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{_label(model, name)}{' '.join(ValidationError(errors).messages)}"
        for name, errors in error.error_dict.items()
    )


def _label(model: Model | type[Model], name: str) -> str:
    if name == NON_FIELD_ERRORS:
        return ""
    return f"{capfirst(str(model._meta.get_field(name).verbose_name))}: "
