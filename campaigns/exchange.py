"""Campaigns in imports and exports."""

from __future__ import annotations

from campaigns.models import CampaignIndexPage, CampaignPage
from cms.exchange.registry import register
from cms.exchange.resources import PageResource

register(PageResource("campaign_list", CampaignIndexPage), PageResource("campaign", CampaignPage, order=41))
