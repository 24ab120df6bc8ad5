from __future__ import annotations

from datetime import date

import factory
import wagtail_factories

from campaigns.models import CampaignIndexPage, CampaignPage
from tests.factories.home import HomePageFactory


class CampaignIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = CampaignIndexPage
        django_get_or_create = ("slug", "parent")

    title = "Phong trào"
    slug = "phong-trao"
    parent = factory.SubFactory(HomePageFactory)


class CampaignPageFactory(wagtail_factories.PageFactory):
    """A public campaign of 2021 to 2025."""

    class Meta:
        model = CampaignPage

    title = factory.Sequence(lambda number: f"Phong trào {number}")
    slug = factory.Sequence(lambda number: f"phong-trao-{number}")
    starts_on = date(2021, 1, 1)
    ends_on = date(2025, 12, 31)
    parent = factory.SubFactory(CampaignIndexPageFactory)
