"""The admin of settings with drafts (`setting_drafts.py`): a form, a history, comparisons, the way back.

Wagtail 8 saves settings at once and keeps nothing of what they were. Its views of snippets do all of it for whatever
has `DraftStateMixin` and `RevisionMixin`; an app takes them by

@hooks.register("register_admin_viewset")
def settings_form() -> SettingsViewSet:
    return SettingsViewSet(model=MySettings)

Wagtail's address of the form leads there. Settings are no snippets beside that: readers find them as before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from wagtail.contrib.settings.forms import SiteSwitchForm
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.permissions import policy_registry
from wagtail.snippets import action_menu
from wagtail.snippets.views.snippets import EditView, HistoryView, SnippetViewSet

from cms.content.editing import OneSaveAtATime
from cms.content.history import ShortHistory

#: In Wagtail's log: what readers saw when the history began.
KEPT = "content.kept"
#: The views of a snippet that make sense for what is there once for each site, and always.
VIEWS = {
    "edit",
    "history",
    "history_results",
    "preview_on_edit",
    "revisions_compare",
    "revisions_revert",
    "revisions_view",
    "usage",
}


class SettingsEditView(OneSaveAtATime, EditView):
    """The form, with the sites between which one may switch."""

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        found = super().get_object(queryset)
        if self.request.method != "POST" or found.latest_revision_id is not None:
            return found
        # What readers see before the first save can be compared with, and come back.
        found.save_revision(log_action=KEPT, clean=False).publish(log_action=False)
        return super().get_object(queryset)

    def get_success_url(self) -> str:
        return self.get_edit_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policy = policy_registry.get_by_type(self.model)
        sites = policy.sites_user_has_permission_for(self.request.user, "change")
        context = super().get_context_data(**kwargs)
        if len(sites) > 1:
            context["site_switcher"] = switcher = SiteSwitchForm(self.object.site, self.model, sites=sites)
            context["media"] += switcher.media
        return context


class SettingsHistoryView(ShortHistory, HistoryView):
    """The saved versions of the settings, each with its author, its time and a link that restores it."""


class SettingsViewSet(SnippetViewSet):
    """The views of a model of settings; `model` is required."""

    edit_view_class = SettingsEditView
    history_view_class = SettingsHistoryView
    icon = "site"
    copy_view_enabled = False
    edit_template_name = "content/settings_form.html"

    @property
    def url_namespace(self) -> str:
        return f"{self.app_label}_{self.model_name}"

    @property
    def url_prefix(self) -> str:
        return f"settings/{self.app_label}/{self.model_name}/drafts"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        nowhere = dict.fromkeys(
            ("index_url_name", "index_results_url_name", "add_url_name", "delete_url_name")
        )
        return {**super().get_common_view_kwargs(**kwargs), **nowhere}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [each for each in super().get_urlpatterns() if each.name in VIEWS]

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        return _of_own_sites(self.model, super().construct_view(view_class, **kwargs))

    def get_permissions_to_register(self) -> Any:
        # Wagtail offers what there is for settings.
        return super().get_permissions_to_register().none()

    def register_snippet_model(self) -> None:
        """It is none to anybody but these views."""

    def register_chooser_viewset(self) -> None:
        """Nobody chooses settings."""


def _of_own_sites(model: type[Model], view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, pk: Any = None, **kwargs: Any) -> HttpResponse:
        found = model._base_manager.filter(pk=pk).first()
        policy = policy_registry.get_by_type(model)
        if found and not policy.user_has_permission_for_instance(request.user, "change", found):
            raise PermissionDenied
        return view(request, *args, pk=pk, **kwargs)

    return opened


def open_form_with_drafts(request: HttpRequest, settings: AbstractSetting) -> HttpResponse | None:
    """Hook `before_edit_setting`: Wagtail's form saves at once."""
    viewset = getattr(settings, "snippet_viewset", None)
    return redirect(reverse(viewset.get_url_name("edit"), args=[settings.pk])) if viewset else None


def offer_saving_and_publishing(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Hook `construct_snippet_action_menu`: settings are never taken down."""
    if issubclass(context["model"], AbstractSetting):
        items[:] = [action_menu.SaveMenuItem(order=0), action_menu.PublishMenuItem(order=30)]
