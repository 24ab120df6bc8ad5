"""Legal documents in the admin, and scripts of its pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import AllValuesFilter, DateFromToRangeFilter
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.models import register_snippet

from cms.content import counters, suggestions
from cms.content.admin_api import read_pages_only
from cms.content.models import LegalDocument
from cms.content.panels import UnpublishedPanel
from cms.content.pasting.scripts import pasting_script
from cms.content.pasting.views import paste
from cms.content.publishing import REFUSED
from cms.content.setting_forms import KEPT, offer_saving_and_publishing, open_form_with_drafts
from cms.desk.lists.viewsets import SnippetListViewSet


class LegalDocumentFilterSet(WagtailFilterSet):
    issued_on = DateFromToRangeFilter(label=capfirst(_("issued on")), widget=DateRangePickerWidget)
    issuer = AllValuesFilter(label=capfirst(_("issued by")))

    class Meta:
        model = LegalDocument
        fields = ["issued_on", "issuer"]


class LegalDocumentViewSet(SnippetListViewSet):
    model = LegalDocument
    icon = "doc-full-inverse"
    menu_label = _("Legal documents")
    menu_order = 350
    list_display = ["number", "title", "issuer", "issued_on"]
    list_export = ["number", "title", "issuer", "issued_on"]
    filterset_class = LegalDocumentFilterSet


register_snippet(LegalDocumentViewSet)
hooks.register("construct_admin_api", read_pages_only)
hooks.register("before_edit_setting", open_form_with_drafts)
hooks.register("construct_snippet_action_menu", offer_saving_and_publishing)


@hooks.register("construct_homepage_panels")
def tell_what_was_not_published(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(UnpublishedPanel())


@hooks.register("register_log_actions")
def log_refusals(actions: LogActionRegistry) -> None:
    actions.register_action(
        KEPT, _("Keep what readers see"), _("Kept as readers saw it before the first save")
    )

    @actions.register_action(REFUSED)
    class NotPublished(LogFormatter):
        label = _("Could not be published")

        def format_message(self, log_entry: Any) -> str:
            return f"{self.label}: {log_entry.data['reason']}"


@hooks.register("insert_editor_js")
def slugs_without_marks() -> SafeString:
    return format_html('<script src="{}"></script>', static("content/slugs.js"))


hooks.register("insert_editor_js", counters.script)
hooks.register("insert_editor_js", pasting_script)
hooks.register("insert_editor_js", suggestions.script)


@hooks.register("register_admin_urls")
def pasting_address() -> list[URLPattern]:
    return [path("paste/", paste, name="content_paste")]


@hooks.register("insert_global_admin_js")
def autosave_of_all_that_is_typed() -> SafeString:
    return format_html('<script src="{}"></script>', static("content/autosave.js"))


@hooks.register("insert_global_admin_js")
def starting_without_inline_scripts() -> SafeString:
    return format_html('<script src="{}"></script>', static("content/start.js"))


@hooks.register("insert_global_admin_js")
def names_of_inputs() -> SafeString:
    return format_html('<script src="{}"></script>', static("content/names.js"))


@hooks.register("insert_global_admin_js")
def ticks_that_stay_after_a_search() -> SafeString:
    return format_html('<script src="{}"></script>', static("content/search.js"))
