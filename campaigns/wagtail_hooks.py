"""Campaigns in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from campaigns.models import CampaignPage

STANDARD = {column.name: column for column in PageListingViewSet.columns}


class CampaignListViewSet(PageListingViewSet):
    """All campaigns in one list, with their period."""

    model = CampaignPage
    icon = "group"
    menu_label = _("Campaigns")
    menu_order = 220
    add_to_admin_menu = True
    ordering = "-starts_on"
    columns = [
        STANDARD["bulk_actions"],
        STANDARD["title"],
        DateColumn("starts_on", label=_("Starts on"), sort_key="starts_on", width="14%"),
        DateColumn("ends_on", label=_("Ends on"), sort_key="ends_on", width="14%"),
        STANDARD["status"],
    ]
    list_filter = ["starts_on", "ends_on"]
    list_export = ["title", "slogan", "starts_on", "ends_on", "live"]


@hooks.register("register_admin_viewset")
def campaign_list() -> CampaignListViewSet:
    """The list in the main menu."""
    return CampaignListViewSet("campaigns")
