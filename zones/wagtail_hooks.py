"""Industries in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from zones.models import Industry


class IndustryViewSet(SnippetViewSet):
    model = Industry
    icon = "cogs"
    menu_label = _("Industries")
    list_display = ["name", "slug"]


register_snippet(IndustryViewSet)
