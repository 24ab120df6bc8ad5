"""Workflows and revisions of what a statement is at: they keep the id of a page or snippet as text."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Page


def of_each(rows: QuerySet, model: type[Model]) -> QuerySet:
    """Of workflows or revisions, those of the row of `model` in the statement around, for `Exists`."""
    base = Page if issubclass(model, Page) else model
    kind = ContentType.objects.get_for_model(base, for_concrete_model=False)
    return rows.filter(base_content_type=kind, object_id=Cast(OuterRef("pk"), TextField()))
