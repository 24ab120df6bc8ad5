"""The trash in the admin: a list, restoring, and deleting for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn, UserColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton, ListingButton
from wagtail.models import CollectionMember

from cms.operations.dates import moment
from cms.trash.models import TrashedItem
from cms.trash.moving import purge, restore

MAY_EMPTY = "trash.delete_trasheditem"


class KindFilter(django_filters.ModelChoiceFilter):
    """The kinds of content that there are in the trash."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=self.kinds, **kwargs)

    @staticmethod
    def kinds(request: HttpRequest) -> QuerySet:
        return ContentType.objects.filter(pk__in=TrashedItem.objects.known().values("content_type"))


class TrashFilterSet(WagtailFilterSet):
    content_type = KindFilter(label=gettext_lazy("Kind"))

    class Meta:
        model = TrashedItem
        fields = ["content_type"]


class TrashedColumn(TitleColumn):
    """What was deleted, with what can be done about it below."""

    def get_cell_context_data(self, item: TrashedItem, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_cell_context_data(item, parent_context)
        buttons = [ListingButton(_("Restore"), reverse("trash_restore", args=[item.pk]), icon_name="rotate")]
        if parent_context["request"].user.has_perm(MAY_EMPTY) and item.gone_at:
            address = reverse("trash_purge", args=[item.pk])
            buttons.append(ListingButton(_("Delete for good"), address, icon_name="bin"))
        return {**context, "buttons": buttons}


def kept_until(moment_: datetime | None) -> str:
    """The moment in words, or that there is none."""
    return moment(moment_) if moment_ else _("always: it has ballots or the like, which are never deleted")


class TrashView(ReportView):
    """What was deleted, the newest first."""

    page_title = gettext_lazy("Trash")
    header_icon = "bin"
    model = TrashedItem
    filterset_class = TrashFilterSet
    index_url_name = "trash"
    index_results_url_name = "trash_results"
    default_ordering = "-deleted_at"
    list_export = ["title", "kind", "was_in", "deleted_by", "deleted_at"]
    columns = [
        TrashedColumn("title", label=gettext_lazy("What was deleted")),
        Column("kind", label=gettext_lazy("Kind")),
        Column("was_in", label=gettext_lazy("Was in")),
        UserColumn("deleted_by", label=gettext_lazy("Deleted by")),
        Column(
            "deleted_at",
            label=gettext_lazy("Deleted at"),
            accessor=lambda item: moment(item.deleted_at),
            sort_key="deleted_at",
        ),
        Column("gone_at", label=gettext_lazy("Kept until"), accessor=lambda item: kept_until(item.gone_at)),
    ]

    def get_base_queryset(self) -> QuerySet:
        items = TrashedItem.objects.known().seen_by(self.request.user)
        return items.select_related("content_type", "deleted_by").prefetch_related("content")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm(MAY_EMPTY) or not TrashedItem.objects.known().exists():
            return []
        return [HeaderButton(_("Empty the trash"), url=reverse("trash_empty"), icon_name="bin")]

    def get_filename(self) -> str:
        return f"trash-{timezone.localdate():%Y-%m-%d}"


def restore_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it back, after a question."""
    item = get_object_or_404(TrashedItem.objects.known().seen_by(request.user), pk=pk)
    if request.method != "POST":
        question = _("Put “%(title)s” back to where it was, as it was, with all that is below it?")
        return _ask(request, _("Restore"), question % {"title": item.title}, _("Yes, restore"))
    try:
        content = restore(item, user=request.user)
    except ValidationError as error:
        messages.error(request, "; ".join(error.messages))
        return redirect("trash")
    except PermissionDenied:
        messages.error(request, _("You may not add this to where it was. Ask who may publish there."))
        return redirect("trash")
    if content is None:
        messages.warning(request, _("“%(title)s” is in the trash no longer.") % {"title": item.title})
        return redirect("trash")
    url = AdminURLFinder(request.user).get_edit_url(content)
    buttons = [messages.button(url, _("Edit"))] if url else []
    messages.success(request, _where_it_is(item, content), buttons=buttons)
    return redirect("trash")


def _where_it_is(item: TrashedItem, content: Model) -> str:
    collection = content.collection if isinstance(content, CollectionMember) else None
    if collection is None or collection.pk == item.place.get("collection"):
        words = _("“%(title)s” is back where it was.")
    elif collection.get_view_restrictions().exists():
        words = _(
            "“%(title)s” is back in “%(collection)s”, which is private: its own collection is gone, or all can see it "
            "now. Move it from there to where you want it."
        )
    else:
        words = _("“%(title)s” is back in “%(collection)s”: its own collection is gone.")
    return words % {"title": item.title, "collection": collection}


def purge_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete it for good, after a question."""
    _check(request)
    item = get_object_or_404(TrashedItem, pk=pk)
    if request.method != "POST":
        question = _("Delete “%(title)s” for good, with all that is below it? This can't be undone.")
        return _ask(
            request, _("Delete for good"), question % {"title": item.title}, _("Yes, delete for good")
        )
    return _tell_purged(request, [item])


def empty(request: HttpRequest) -> HttpResponse:
    """Delete everything for good, after a question."""
    _check(request)
    items = [item for item in TrashedItem.objects.known().order_by("deleted_at") if item.gone_at]
    if request.method != "POST":
        question = ngettext(
            "Delete %(count)d item of the trash for good? This can't be undone.",
            "Delete %(count)d items of the trash for good? This can't be undone.",
            len(items),
        )
        words = question % {"count": len(items)}
        return _ask(request, _("Empty the trash"), words, _("Yes, delete for good"))
    return _tell_purged(request, items)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(MAY_EMPTY):
        raise PermissionDenied


def _tell_purged(request: HttpRequest, items: list[TrashedItem]) -> HttpResponse:
    left = [item.title for item in items if not purge(item, user=request.user)]
    gone = len(items) - len(left)
    if gone:
        words = ngettext(
            "%(count)d item was deleted for good.", "%(count)d items were deleted for good.", gone
        )
        messages.success(request, words % {"count": gone})
    if left:
        words = _("Other content needs these, so they stay: %(titles)s.")
        messages.error(request, words % {"titles": ", ".join(left)})
    return redirect("trash")


def _ask(request: HttpRequest, title: str, question: str, yes: str) -> HttpResponse:
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "bin",
        "question": question,
        "yes": yes,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("trash"), "label": _("Trash")},
            {"url": "", "label": title},
        ],
        "days": settings.CMS_TRASH_DAYS,
    }
    return TemplateResponse(request, "trash/confirm.html", context)
