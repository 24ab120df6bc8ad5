from __future__ import annotations

from wagtail.models import Page


class CampaignPage(Page):
    class Meta:
        managed = False
        db_table = "campaigns_campaignpage"
