"""The search index: one row for each thing that readers can find."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """What a public object says, and its words as they are compared: spelled out, and folded.

    The words stand beside the text, divided by our own rule, so that both databases find the same. Their full-text
    indexes are made by the first migration.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=50)
    title = models.TextField()
    text = models.TextField()
    published_at = models.DateTimeField()
    title_exact = models.TextField()
    title_folded = models.TextField()
    exact = models.TextField()
    folded = models.TextField()

    wagtail_reference_index_ignore = True  # made of content, and gone with it

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_search_entry_per_object")
        ]
        indexes = [models.Index(fields=["type"])]

    def __str__(self) -> str:
        return f"{self.type}: {self.title}"
