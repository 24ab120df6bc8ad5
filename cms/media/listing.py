"""Filters of the library: of the lists of pictures and documents, which Wagtail gives no setting for."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.documents.views import documents
from wagtail.images.views import images

from cms.media.alt_text import without_alt_text


class _LibraryFilters:
    """What both lists are narrowed by, beside Wagtail's own."""

    def only_mine(self, files: QuerySet, name: str, value: str) -> QuerySet:
        return files.filter(uploaded_by_user=self.request.user)

    def missing_alt_text(self, files: QuerySet, name: str, value: str) -> QuerySet:
        return without_alt_text(files)


def _common() -> dict[str, Any]:
    return {
        "mine": django_filters.ChoiceFilter(
            label=_("Whose"), choices=[("me", _("Mine"))], empty_label=_("Everybody's"), method="only_mine"
        ),
        "created_at": django_filters.DateFromToRangeFilter(label=_("Uploaded"), widget=DateRangePickerWidget),
    }


class PictureFilterSet(_LibraryFilters, images.ImagesFilterSet):
    mine, created_at = _common().values()
    lacks = django_filters.ChoiceFilter(
        label=_("Missing"),
        choices=[("alt_text", _("Alternative text"))],
        empty_label=_("Nothing in particular"),
        method="missing_alt_text",
    )

    class Meta(images.ImagesFilterSet.Meta):
        pass


class DocumentFilterSet(_LibraryFilters, documents.DocumentsFilterSet):
    mine, created_at = _common().values()

    class Meta(documents.DocumentsFilterSet.Meta):
        pass


def add_filters() -> None:
    """Give them to Wagtail's lists; called once, when all models are there."""
    images.IndexView.filterset_class = PictureFilterSet
    documents.IndexView.filterset_class = DocumentFilterSet
