"""The first page of the admin, and what leads on from it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk.calendar import CalendarView
from cms.desk.checks import ContentCheck
from cms.desk.comments import show_comment
from cms.desk.guide import GuideView
from cms.desk.links.pages import broken_addresses, pages_with_broken_links
from cms.desk.lists.bulk import MovePages, PublishPages, SubmitPages, UnpublishPages
from cms.desk.lists.saved_views import delete_view, save_view
from cms.desk.lists.snippet_bulk import SubmitSnippets, UnpublishSnippets
from cms.desk.lists.views import SnippetTypesView
from cms.desk.panels import PANELS, REPLACED
from cms.desk.views import CheckView


@hooks.register("construct_homepage_panels")
def lay_out_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED]
    panels += [panel() for panel in PANELS]


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("desk/guide/", GuideView.as_view(), name="desk_guide"),
        path("desk/calendar/", CalendarView.as_view(), name="desk_calendar"),
        path("desk/views/", save_view, name="desk_save_view"),
        path("desk/views/<int:pk>/delete/", delete_view, name="desk_delete_view"),
        path("desk/checks/<slug:name>/", CheckView.as_view(), name="desk_check"),
        path(
            "desk/checks/<slug:name>/results/",
            CheckView.as_view(results_only=True),
            name="desk_check_results",
        ),
    ]


@hooks.register("register_admin_urls", order=-1)
def address_of_snippet_types() -> list[URLPattern]:
    # Before Wagtail's view of the same address, which counts what is in the trash, too.
    return [path("snippets/", SnippetTypesView.as_view())]


@hooks.register("register_admin_menu_item")
def calendar_in_menu() -> MenuItem:
    return MenuItem(
        _("Publishing calendar"),
        reverse("desk_calendar"),
        name="publishing-calendar",
        icon_name="calendar-alt",
        order=205,
    )


@hooks.register("construct_help_menu")
def guide_in_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    # Wagtail's own and its news are in English, and know nothing of the portal's pages.
    items[:] = [each for each in items if "guide.wagtail.org" not in str(each.url)]
    items.append(
        MenuItem(
            _("Guide for editors"), reverse("desk_guide"), name="editors-guide", icon_name="help", order=100
        )
    )


# After Wagtail's own of the same names, which they take the place of.
for action in (PublishPages, UnpublishPages, MovePages, SubmitPages, SubmitSnippets, UnpublishSnippets):
    hooks.register("register_bulk_action", action, order=1)

hooks.register("before_edit_page", show_comment)
hooks.register("before_edit_snippet", show_comment)


@hooks.register("register_content_checks")
def link_checks() -> list[ContentCheck]:
    return [
        ContentCheck(
            "broken-links", _("pages with broken links"), pages_with_broken_links, detail=broken_addresses
        )
    ]
