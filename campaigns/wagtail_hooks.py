"""Campaigns in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import DateColumn

from campaigns.models import CampaignPage
from cms.desk.lists.filters import ContentFilterSet
from cms.desk.lists.viewsets import AFTER, BEFORE, ContentListViewSet


class CampaignFilterSet(ContentFilterSet):
    starts_on = DateFromToRangeFilter(label=_("Starts on"), widget=DateRangePickerWidget)
    ends_on = DateFromToRangeFilter(label=_("Ends on"), widget=DateRangePickerWidget)

    class Meta:
        model = CampaignPage
        fields = ["starts_on", "ends_on"]


class CampaignListViewSet(ContentListViewSet):
    """All campaigns in one list, with their period."""

    model = CampaignPage
    icon = "group"
    menu_label = _("Campaigns")
    menu_order = 220
    ordering = "-starts_on"
    columns = [
        *BEFORE,
        DateColumn("starts_on", label=_("Starts on"), sort_key="starts_on", width="12%"),
        DateColumn("ends_on", label=_("Ends on"), sort_key="ends_on", width="12%"),
        *AFTER,
    ]
    filterset_class = CampaignFilterSet
    list_export = ["title", "slogan", "starts_on", "ends_on", "live"]


@hooks.register("register_admin_viewset")
def campaign_list() -> CampaignListViewSet:
    """The list in the main menu."""
    return CampaignListViewSet("campaigns")
