"""Imports in the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.exchange.views import ImportResultView, ImportView, may_import


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("imports/", ImportView.as_view(), name="exchange_imports"),
        path("imports/<int:pk>/", ImportResultView.as_view(), name="exchange_import"),
    ]


@hooks.register("register_admin_menu_item")
def imports_in_menu() -> MenuItem:
    return ImportMenuItem(
        _("Import data"), reverse("exchange_imports"), name="imports", icon_name="upload", order=450
    )
