from __future__ import annotations

from datetime import timedelta

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Page, Site

from campaigns.models import CampaignIndexPage, CampaignPage


def portal() -> Page:
    """The page at the top of the default site."""
    return Site.objects.select_related("root_page").get(is_default_site=True).root_page.specific


def campaign_list() -> CampaignIndexPage:
    """The list that campaigns are put in; made when it is missing."""
    return CampaignIndexPage.objects.first() or portal().add_child(
        instance=CampaignIndexPage(title="Phong trào", slug="phong-trao")
    )


class CampaignFactory(wagtail_factories.PageFactory):
    """A public campaign that is under way today."""

    class Meta:
        model = CampaignPage

    class Params:
        planned = factory.Trait(
            starts_on=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1))
        )
        ended = factory.Trait(ends_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)))

    parent = factory.LazyFunction(campaign_list)
    title = factory.Sequence(lambda number: f"Phong trào {number}")
    slug = factory.Sequence(lambda number: f"phong-trao-{number}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=365))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))
