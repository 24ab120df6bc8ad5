"""The admin's ways to delete: each of them leads into the trash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import classproperty
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions import DeleteAction
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.documents.views.bulk_actions import DeleteBulkAction as DeleteDocuments
from wagtail.images.views.bulk_actions import DeleteBulkAction as DeleteImages
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.bulk_actions import DeleteBulkAction as DeleteSnippets
from wagtail.snippets.models import get_snippet_models

from cms.content.trashed import Trashable, is_trashed, without_trashed
from cms.desk.lists.bulk import OnEveryType
from cms.trash.models import TrashedItem
from cms.trash.moving import trash
from cms.trash.pages import check_no_site


class TrashAction(DeleteAction):
    """In place of Wagtail's for images, documents and snippets."""

    def _delete(self) -> None:
        trash(self.instance, user=self.user)


def trash_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook `before_delete_page`: what Wagtail's view would do, with the trash in place of the end."""
    if is_trashed(page):
        messages.warning(request, _("This page is in the trash already."))
        return redirect("trash")
    if request.method != "POST" or not type_to_delete_confirmation(request):
        return None
    if ReferenceIndex.get_references_to(page).group_by_source_object().is_protected:
        return None
    parent = page.get_parent()
    try:
        item = trash(page, user=request.user)
    except ValidationError as error:
        messages.error(request, "; ".join(error.messages))
        return redirect("wagtailadmin_explore", parent.pk)
    tell(request, page.get_admin_display_title(), item)
    return redirect(
        get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[parent.pk])
    )


def tell(request: HttpRequest, title: str, item: TrashedItem) -> None:
    """Say where something went that was deleted, and offer the way back."""
    words = _("“%(title)s” is in the trash. It can be restored.") % {"title": title}
    buttons = [
        messages.button(reverse("trash_restore", args=[item.pk]), _("Restore")),
        messages.button(reverse("trash"), _("Open the trash")),
    ]
    messages.success(request, words, buttons=buttons)


class _IntoTheTrash:
    """Mixin of bulk actions that delete."""

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user}

    @classmethod
    def execute_action(cls, objects: Sequence[Any], user: Any = None, **_kwargs: Any) -> tuple[int, int]:
        for each in objects:
            trash(each, user=user)
        return len(objects), 0


class TrashPages(OnEveryType, DeleteBulkAction):
    """Wagtail's, into the trash."""

    def prepare_action(self, objects: Sequence[Page], objects_without_access: Any) -> HttpResponse | None:
        for page in objects:
            try:
                check_no_site(page)
            except ValidationError as error:
                messages.error(self.request, f"{page.get_admin_display_title()}: {error.messages[0]}")
                return redirect(self.next_url)
        return None

    @classmethod
    def execute_action(cls, objects: Sequence[Page], user: Any = None, **_kwargs: Any) -> tuple[int, int]:
        pages = children = 0
        for chosen in objects:
            # What was below another one that was chosen, too, went with it.
            page = Page.objects.get(pk=chosen.pk)
            if is_trashed(page):
                continue
            pages, children = pages + 1, children + page.get_descendant_count()
            trash(page.specific, user=user)
        return pages, children


class TrashImages(_IntoTheTrash, DeleteImages):
    """Wagtail's, into the trash."""


class TrashDocuments(_IntoTheTrash, DeleteDocuments):
    """Wagtail's, into the trash."""


class TrashSnippets(_IntoTheTrash, DeleteSnippets):
    """Wagtail's, into the trash."""

    @classproperty
    def models(cls) -> list[type[Model]]:
        return [model for model in get_snippet_models() if issubclass(model, Trashable)]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> QuerySet:
        return without_trashed(self.model.objects.all()).values_list("pk", flat=True)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)d item is in the trash. It can be restored.",
            "%(count)d items are in the trash. They can be restored.",
            num_parent_objects,
        )
        return words % {"count": num_parent_objects}
