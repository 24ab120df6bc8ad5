"""What an import remembers: which object a record became."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


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
