"""Industries in the admin, and what zones lack."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.desk.checks import ContentCheck
from cms.operations.dates import day
from zones.models import Industry, ZonePage

#: How old the figures of a zone may be before somebody should ask for new ones.
FIGURES_AGE = timedelta(days=365)


class IndustryViewSet(SnippetViewSet):
    model = Industry
    icon = "cogs"
    menu_label = _("Industries")
    list_display = ["name", "slug"]


register_snippet(IndustryViewSet)


def with_old_figures() -> QuerySet:
    """Public zones whose figures are of more than a year ago, or of nobody knows when."""
    oldest = timezone.localdate() - FIGURES_AGE
    return ZonePage.objects.live().filter(Q(figures_as_of=None) | Q(figures_as_of__lt=oldest))


@hooks.register("register_content_checks")
def zone_checks() -> list[ContentCheck]:
    """What investors miss on the map and beside it."""
    return [
        ContentCheck(
            "zones-no-boundary",
            _("zones without a boundary"),
            lambda: ZonePage.objects.live().filter(boundary__isnull=True),
        ),
        ContentCheck(
            "zones-old-figures",
            _("zones with figures older than a year"),
            with_old_figures,
            detail=lambda zone: day(zone.figures_as_of),
        ),
    ]
