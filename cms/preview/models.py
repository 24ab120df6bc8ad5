"""Drafts that a frontend may show to the editor who is writing them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Preview(models.Model):
    """The newest draft that one editor looks at of one object: typing on replaces it.

    `subject` is the object's key, or "below 00010002" for a page that was never saved, by the tree path of its
    parent.
    """

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=64)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        constraints = [
            models.UniqueConstraint(
                fields=["editor", "content_type", "subject"], name="one_preview_per_editor_and_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.subject}, {self.updated_at}"
