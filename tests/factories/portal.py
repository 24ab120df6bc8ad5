"""Pages below our own home page, as on a real portal: the home page is made with the first of them."""

from __future__ import annotations

from datetime import date

import factory

from articles.models import ArticleIndexPage
from tests.factories.articles import ArticleFactory, article_list
from tests.factories.campaigns import CampaignFactory, campaign_list
from tests.factories.home import HomePageFactory


def list_of_articles(slug: str = "tin-tuc") -> ArticleIndexPage:
    """The list of articles with this slug, below the home page."""
    HomePageFactory()
    return article_list(slug)


class ArticlePageFactory(ArticleFactory):
    """A public article below the list of articles."""

    parent = factory.LazyFunction(list_of_articles)


class CampaignPageFactory(CampaignFactory):
    """A public campaign of 2021 to 2025."""

    parent = factory.LazyFunction(lambda: HomePageFactory() and campaign_list())
    starts_on = date(2021, 1, 1)
    ends_on = date(2025, 12, 31)
