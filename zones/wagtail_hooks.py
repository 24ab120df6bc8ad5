"""Zones and industries in the admin, and what zones lack."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.models import register_snippet

from cms.desk.checks import ContentCheck
from cms.desk.lists.filters import ContentFilterSet
from cms.desk.lists.viewsets import AFTER, BEFORE, ContentListViewSet, SnippetListViewSet
from cms.operations.dates import day
from zones.models import Industry, ZonePage
from zones.views import around, check

#: How old the figures of a zone may be before somebody should ask for new ones.
FIGURES_AGE = timedelta(days=365)


class IndustryViewSet(SnippetListViewSet):
    model = Industry
    icon = "cogs"
    menu_label = _("Industries")
    add_to_admin_menu = False
    list_display = ["name", "slug"]


class ZoneFilterSet(ContentFilterSet):
    figures_as_of = DateFromToRangeFilter(label=capfirst(_("figures as of")), widget=DateRangePickerWidget)

    class Meta:
        model = ZonePage
        fields = ["state", "locality", "figures_as_of"]


class ZoneListViewSet(ContentListViewSet):
    """All zones in one list, with their figures."""

    model = ZonePage
    icon = "site"
    menu_label = _("Industrial zones")
    menu_order = 230
    ordering = "title"
    columns = [
        *BEFORE,
        Column("code", label=capfirst(_("code")), sort_key="code", width="8%"),
        Column("get_state_display", label=capfirst(_("state")), sort_key="state", width="10%"),
        NumberColumn("area_ha", label=capfirst(_("area (ha)")), sort_key="area_ha", width="8%"),
        Column(
            "figures_as_of",
            label=capfirst(_("figures as of")),
            accessor=lambda zone: day(zone.figures_as_of),
            sort_key="figures_as_of",
            width="10%",
        ),
        *AFTER,
    ]
    filterset_class = ZoneFilterSet
    list_export = [
        "title",
        "code",
        "get_state_display",
        "locality",
        "area_ha",
        "leasable_area_ha",
        "leased_area_ha",
        "figures_as_of",
        "live",
    ]
    export_headings = {"get_state_display": capfirst(_("state"))}


register_snippet(IndustryViewSet)


@hooks.register("register_admin_urls")
def addresses_of_the_map() -> list[URLPattern]:
    return [
        path("zones/around/", around, name="zones_around"),
        path("zones/boundary/", check, name="zones_check_boundary"),
    ]


@hooks.register("register_admin_viewset")
def zone_list() -> ZoneListViewSet:
    """The list in the main menu."""
    return ZoneListViewSet("zones")


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
