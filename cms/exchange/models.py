"""What imports remember: which object a record became, and what the rows of an uploaded file came to."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.media.addresses import PRIVATE


class ExternalId(models.Model):
    """The id that a record has outside, in a file or in another portal, and the object that it is here.

    An object may have several: each file that it came in has its own.
    """

    # It says where content came from and is no use of it.
    wagtail_reference_index_ignore = True

    resource = models.CharField(_("type"), max_length=50)
    external_id = models.CharField(_("external id"), max_length=200)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("external id")
        verbose_name_plural = _("external ids")
        constraints = [
            models.UniqueConstraint(fields=["resource", "external_id"], name="one_object_per_external_id"),
        ]
        indexes = [models.Index(fields=["resource", "object_id"], name="external_id_of_object")]

    def __str__(self) -> str:
        return f"{self.resource}:{self.external_id}"


class Import(models.Model):
    """A file that somebody uploaded, and how far its import is."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked, not imported yet")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("can't be read")

    UNDER_WAY = (State.CHECKING, State.IMPORTING)

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    # Drafts are in it: nothing hands it out.
    file = models.FileField(_("file"), upload_to=f"{PRIVATE}imports/", max_length=255)
    name = models.CharField(_("name of the file"), max_length=255)
    kind = models.CharField(_("type"), max_length=50, blank=True)
    publishes = models.BooleanField(_("publish"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CHECKING)
    total = models.PositiveIntegerField(_("rows"), default=0)
    message = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY


class ImportedRow(models.Model):
    """What a row came to; `number` is its place in the file, `place` what a person calls it."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    is_trial = models.BooleanField(default=True)
    number = models.PositiveIntegerField()
    place = models.CharField(_("line"), max_length=100)
    action = models.CharField(_("what happens"), max_length=12)
    kind = models.CharField(_("type"), max_length=50)
    title = models.CharField(_("title"), max_length=200)
    reason = models.TextField(_("reason"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "is_trial", "number"], name="one_result_per_row"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.action}"
