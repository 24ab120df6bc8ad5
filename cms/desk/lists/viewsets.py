"""Lists in the admin's menu. A type of content gets one in its own `wagtail_hooks.py`:

class NoticeListViewSet(ContentListViewSet):
    model = NoticePage
    menu_label = _("Notices")
    columns = [*BEFORE, Column("reference", ...), *AFTER]

@hooks.register("register_admin_viewset")
def notice_list() -> NoticeListViewSet:
    return NoticeListViewSet("notices")
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.desk.lists.filters import ContentFilterSet
from cms.desk.lists.trashed import IntoTheTrashView, SnippetPolicy, WithoutTrashed, open_only_what_is_there
from cms.desk.lists.views import ContentIndexView, SnippetListView

_STANDARD = {column.name: column for column in PageListingViewSet.columns}
#: Columns of every list of pages, before and after those of the type.
BEFORE = [_STANDARD["bulk_actions"], _STANDARD["title"]]
UPDATED = _STANDARD["latest_revision_created_at"]
AFTER = [
    Column(
        "owner",
        label=_("Made by"),
        accessor=lambda page: get_user_display_name(page.owner) if page.owner else "",
        sort_key="owner__last_name",
        width="12%",
    ),
    _STANDARD["status"],
]


class ContentListViewSet(PageListingViewSet):
    """All pages of a type in one list; `model` and `menu_label` are required."""

    index_view_class = ContentIndexView
    add_to_admin_menu = True
    ordering = "-latest_revision_created_at"
    columns: Any = [*BEFORE, UPDATED, *AFTER]
    filterset_class: Any = ContentFilterSet


class ChooseView(WithoutTrashed, chooser.ChooseView):
    """Snippets that can be chosen."""


class ChooseResultsView(WithoutTrashed, chooser.ChooseResultsView):
    """The same, as somebody searches among them."""


class SnippetChooser(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView


class SnippetListViewSet(SnippetViewSet):
    """Snippets of a type, with saved views; none that are in the trash."""

    index_view_class = SnippetListView
    index_template_name = "desk/snippet_list.html"
    delete_view_class = IntoTheTrashView
    chooser_viewset_class = SnippetChooser
    add_to_admin_menu = True

    def on_register(self) -> None:
        register_permission_policy(self.model, SnippetPolicy(self.model), exact_class=True)
        super().on_register()

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        return open_only_what_is_there(self.model, super().construct_view(view_class, **kwargs))
