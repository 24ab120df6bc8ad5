"""Articles and their categories in the admin."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from articles.bulk import SetCategory, SetTags
from articles.models import ArticleCategory, ArticlePage
from articles.template_views import (
    ArticleTemplateViewSet,
    addresses,
    lists_for,
    page_buttons,
    use_button,
)
from cms.desk.checks import ContentCheck
from cms.desk.lists.filters import ContentFilterSet
from cms.desk.lists.views import ContentIndexView
from cms.desk.lists.viewsets import AFTER, BEFORE, ContentListViewSet, SnippetListViewSet


class ArticleCategoryViewSet(SnippetListViewSet):
    model = ArticleCategory
    icon = "folder-open-inverse"
    menu_label = _("Article categories")
    add_to_admin_menu = False
    list_display = ["name", "slug"]


class ArticleFilterSet(ContentFilterSet):
    published_at = DateFromToRangeFilter(label=_("Date shown"), widget=DateRangePickerWidget)

    class Meta:
        model = ArticlePage
        fields = ["published_at", "category", "campaign", "featured", "author"]


class ArticleListView(ContentIndexView):
    """With the way to templates."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        may_use = lists_for(self.request.user).exists()
        return [*([use_button()] if may_use else []), *super().header_more_buttons]


class ArticleListViewSet(ContentListViewSet):
    """All articles in one list, with what an editor looks for."""

    index_view_class = ArticleListView
    model = ArticlePage
    icon = "doc-full-inverse"
    menu_label = _("Articles")
    menu_order = 210
    ordering = "-published_at"
    columns = [
        *BEFORE,
        DateColumn("published_at", label=_("Date shown"), sort_key="published_at", width="10%"),
        Column("category", label=_("Category"), sort_key="category__name", width="14%"),
        Column("author", label=capfirst(_("author")), sort_key="author", width="12%"),
        *AFTER,
    ]
    filterset_class = ArticleFilterSet
    list_export = ["title", "published_at", "category", "campaign", "author", "source", "live"]


register_snippet(ArticleCategoryViewSet)


@hooks.register("register_admin_viewset")
def article_list() -> ArticleListViewSet:
    """The list in the main menu."""
    return ArticleListViewSet("articles")


@hooks.register("register_admin_viewset")
def article_templates() -> ArticleTemplateViewSet:
    """Where templates are kept."""
    return ArticleTemplateViewSet("article_templates")


hooks.register("register_admin_urls", addresses)
hooks.register("register_page_header_buttons", page_buttons)
hooks.register("register_bulk_action", SetCategory)
hooks.register("register_bulk_action", SetTags)


@hooks.register("register_content_checks")
def article_checks() -> list[ContentCheck]:
    """What readers of an article miss."""
    live = ArticlePage.objects.live()
    return [
        ContentCheck("articles-no-summary", _("articles without a summary"), lambda: live.filter(summary="")),
        ContentCheck(
            "articles-no-picture", _("articles without a picture"), lambda: live.filter(hero_image=None)
        ),
    ]
