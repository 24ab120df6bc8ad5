"""What was deleted, by whom, and where it goes back to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cms.content.known_types import known_types
from cms.content.trashed import Trashable


class TrashedItemQuerySet(models.QuerySet):
    def known(self) -> TrashedItemQuerySet:
        """Without what an app left that was removed: nothing can show it, restore it or delete it."""
        return self.filter(content_type__in=known_types())

    def seen_by(self, user: Any) -> TrashedItemQuerySet:
        """What somebody may see and restore: what they deleted themselves, and all who may look after the trash."""
        return self if user.has_perm("trash.view_trasheditem") else self.filter(deleted_by=user)

    def overdue(self, now: datetime) -> TrashedItemQuerySet:
        """What has been in the trash for as long as it is kept."""
        return self.filter(deleted_at__lte=now - timedelta(days=settings.CMS_TRASH_DAYS))


class TrashedItem(models.Model):
    """A page, file or snippet in the trash, with all that is below it.

    `place` says where it was: of a page `parent` and `left`, the keys of its parent and of the page before it; of a
    file `collection`, and whether that `is_private`; of a snippet nothing. `was_in` says so in words.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    content = GenericForeignKey(for_concrete_model=False)
    title = models.CharField(_("title"), max_length=255)
    was_in = models.TextField(_("was in"), blank=True)
    place = models.JSONField(_("place"), default=dict)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deleted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deleted_at = models.DateTimeField(_("deleted at"), default=timezone.now, db_index=True)

    objects = TrashedItemQuerySet.as_manager()

    # What is deleted refers to nothing that the admin would have to warn of.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("item of the trash")
        verbose_name_plural = _("items of the trash")
        default_permissions = ("view", "delete")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="trash_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> str:
        """What it is, in the reader's language."""
        model = self.content_type.model_class()
        return capfirst(str(model._meta.verbose_name)) if model else ""

    @property
    def gone_at(self) -> datetime | None:
        """When the clock deletes it for good; None for what must be kept."""
        if isinstance(content := self.content, Trashable) and content.must_be_kept:
            return None
        return self.deleted_at + timedelta(days=settings.CMS_TRASH_DAYS)
