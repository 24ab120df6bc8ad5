"""Drafts that a frontend may show to the editor who is writing them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Preview(models.Model):
    """What one editor looks at, in one login, of one object: the newest state of the form, or a revision.

    It hangs on the login's session, and goes with it. `subject` is what tells an editor's drafts of one type apart:
    "12", the same as "12 revision 5", or "new abcdef" for what was never saved, by the key of its form.
    """

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey("sessions.Session", on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=100)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.CASCADE, related_name="+"
    )
    parent = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Where a page that was never saved is to be."),
    )
    content = models.JSONField(encoder=DjangoJSONEncoder)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    wagtail_reference_index_ignore = True  # looks at content, and is no use of it

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session", "content_type", "subject"], name="one_preview_per_login_and_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.subject}, {self.updated_at}"
