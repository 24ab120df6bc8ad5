"""Previews and share links in the admin."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.preview import PreviewOnCreateView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, get_page_models

from cms.preview.forms import KeyedForm, KeyedPreview
from cms.preview.frontends import origins
from cms.preview.mixins import PreviewableContent
from cms.preview.sharing.admin import RevokeView, ShareView
from cms.preview.sharing.buttons import ShareableHistory, share_buttons
from cms.preview.sharing.listing import ShareLinksView
from cms.preview.userbar import check_at_frontends

hooks.register("construct_wagtail_userbar", check_at_frontends)


@hooks.register("insert_editor_js")
def panel_that_follows_each_edit() -> SafeString:
    return format_html('<script src="{}"></script>', static("preview/panel.js"))


@hooks.register("insert_editor_js")
def click_to_edit() -> SafeString:
    """The form's side of it: what is clicked in the preview of one of these origins opens its field."""
    known = {"origins": origins(), "hint": gettext("Press Enter to edit this in the form.")}
    return format_html(
        '<script src="{}" data-preview="{}"></script>', static("preview/form.js"), json.dumps(known)
    )


class KeyedCreateView(KeyedForm, CreateView):
    """The form of a new page."""


class KeyedPreviewView(KeyedPreview, PreviewOnCreateView):
    """The preview of a new page."""


class ShareablePageHistoryView(ShareableHistory, PageHistoryView):
    """The history of a page."""


class PreviewablePageViewSet(PageViewSet):
    """Wagtail's views of a page type of ours."""

    add_view_class = KeyedCreateView
    preview_on_add_view_class = KeyedPreviewView
    history_view_class = ShareablePageHistoryView


@hooks.register("register_admin_viewset")
def page_views() -> list[PreviewablePageViewSet]:
    ours = [model for model in get_page_models() if issubclass(model, PreviewableContent)]
    return [PreviewablePageViewSet(f"{model._meta.label_lower}_pages", model=model) for model in ours]


@hooks.register("register_admin_urls")
def share_urls() -> list[URLPattern]:
    return [
        path("share/<int:revision_id>/", ShareView.as_view(), name="preview_share"),
        path("reports/share-links/", ShareLinksView.as_view(), name="preview_shares"),
        path(
            "reports/share-links/results/",
            ShareLinksView.as_view(results_only=True),
            name="preview_shares_results",
        ),
        path("reports/share-links/<int:pk>/revoke/", RevokeView.as_view(), name="preview_revoke_share"),
    ]


@hooks.register("register_reports_menu_item")
def shares_in_menu() -> MenuItem:
    return MenuItem(
        _("Share links"),
        reverse("preview_shares"),
        name="share-links",
        icon_name="link-external",
        order=650,
    )


@hooks.register("register_page_header_buttons")
def share_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterable[Button]:
    return share_buttons(page, user) if view_name == "edit" and isinstance(page, PreviewableContent) else []


#: What is said of each action in the history of what was shared.
ACTIONS = {
    "shared": _("Share link made"),
    "share_opened": _("Share link opened"),
    "share_locked": _("Share link locked for a while after wrong passwords"),
    "share_revoked": _("Share link revoked"),
}


class ShareFormatter(LogFormatter):
    """The action, and for whom the link was made."""

    def format_message(self, log_entry: Any) -> Any:
        note = log_entry.data.get("note")
        return f"{self.label}: {note}" if note else self.label


@hooks.register("register_log_actions")
def log_shares(actions: LogActionRegistry) -> None:
    """What is done with links stands in the history of what they show."""
    for name, label in ACTIONS.items():
        formatter = type("_Formatter", (ShareFormatter,), {"label": label, "message": label})
        actions.register_action(f"preview.{name}")(formatter)
