"""Categories of articles in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from articles.models import ArticleCategory


class ArticleCategoryViewSet(SnippetViewSet):
    model = ArticleCategory
    icon = "folder-open-inverse"
    menu_label = _("Article categories")
    add_to_admin_menu = False
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]


register_snippet(ArticleCategoryViewSet)
