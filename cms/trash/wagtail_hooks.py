"""The trash in the admin's menu, and in the way of all that deletes."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.actions import ActionRegistry
from wagtail.admin.menu import MenuItem
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import LogActionRegistry

from cms.content.trashed import Trashable, without_trashed
from cms.trash import views
from cms.trash.deleting import (
    TrashAction,
    TrashDocuments,
    TrashImages,
    TrashPages,
    TrashSnippets,
    trash_page,
)
from cms.trash.moving import RESTORED, TRASHED

hooks.register("before_delete_page", trash_page)
# After Wagtail's own of the same names, which they take the place of.
hooks.register("register_bulk_action", TrashPages, order=1)
hooks.register("register_bulk_action", TrashImages, order=1)
hooks.register("register_bulk_action", TrashDocuments, order=1)
hooks.register("register_bulk_action", TrashSnippets, order=1)


@hooks.register("register_actions")
def delete_into_the_trash(actions: ActionRegistry) -> None:
    for model in (get_image_model(), get_document_model(), Trashable):
        actions.register(model, TrashAction)


@hooks.register("construct_page_chooser_queryset")
def offer_nothing_trashed(rows: QuerySet, request: HttpRequest) -> QuerySet:
    """Wagtail's chooser of pages asks no policy."""
    return without_trashed(rows)


@hooks.register("register_permissions")
def trash_permissions() -> QuerySet:
    return Permission.objects.filter(content_type__app_label="trash")


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("trash/", views.TrashView.as_view(), name="trash"),
        path("trash/results/", views.TrashView.as_view(results_only=True), name="trash_results"),
        path("trash/empty/", views.empty, name="trash_empty"),
        path("trash/<int:pk>/restore/", views.restore_item, name="trash_restore"),
        path("trash/<int:pk>/purge/", views.purge_item, name="trash_purge"),
    ]


@hooks.register("register_admin_menu_item")
def trash_in_menu() -> MenuItem:
    return MenuItem(_("Trash"), reverse("trash"), name="trash", icon_name="bin", order=850)


@hooks.register("register_log_actions")
def log_what_was_deleted(actions: LogActionRegistry) -> None:
    actions.register_action(TRASHED, _("Delete into the trash"), _("Deleted into the trash"))
    actions.register_action(RESTORED, _("Restore from the trash"), _("Restored from the trash"))
