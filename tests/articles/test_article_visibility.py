from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories.articles import ArticleFactory, CategoryFactory, article_list, titles
from tests.factories.campaigns import CampaignFactory

EVERYWHERE = """query ($category: String!, $campaign: ID!) {
  articles { totalCount nodes { title } }
  filtered: articles(filter: {category: $category, campaign: $campaign}) { totalCount }
  articleCategories { articleCount }
  campaigns { nodes { articles { totalCount nodes { title } } } }
}"""


def hide_draft(**fields):
    ArticleFactory(live=False, **fields)


def hide_expired(**fields):
    ArticleFactory(expire_at=timezone.now() - timedelta(seconds=1), **fields)


def hide_below_a_restricted_list(**fields):
    closed = article_list("noi-bo")
    PageViewRestriction.objects.create(
        page=closed, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    ArticleFactory(parent=closed, **fields)


@pytest.mark.parametrize("hide", [hide_draft, hide_expired, hide_below_a_restricted_list])
def test_what_is_not_public_is_neither_shown_nor_counted(graphql, hide):
    fields = {"category": CategoryFactory(), "campaign": CampaignFactory()}
    ArticleFactory(title="công khai", **fields)
    hide(title="ẩn", **fields)
    answer = graphql.data(EVERYWHERE, category=fields["category"].slug, campaign=str(fields["campaign"].pk))
    only = {"totalCount": 1, "nodes": [{"title": "công khai"}]}
    assert answer == {
        "articles": only,
        "filtered": {"totalCount": 1},
        "articleCategories": [{"articleCount": 1}],
        "campaigns": {"nodes": [{"articles": only}]},
    }


def test_the_draft_of_a_published_article_is_not_shown(graphql):
    article = ArticleFactory(title="đã đăng", summary="đã đăng")
    article.title = article.summary = "bản nháp"
    article.save_revision()
    assert graphql.data("{ articles { nodes { title summary } } }")["articles"]["nodes"] == [
        {"title": "đã đăng", "summary": "đã đăng"}
    ]


def test_a_campaign_that_is_not_public_is_null(graphql):
    ArticleFactory(campaign=CampaignFactory(live=False))
    assert graphql.data("{ articles { nodes { campaign { title } } } }")["articles"]["nodes"] == [
        {"campaign": None}
    ]


def test_categories_come_by_name_with_those_that_have_no_article(graphql):
    ArticleFactory(category=CategoryFactory(name="B", slug="b"))
    CategoryFactory(name="A", slug="a")
    query = "{ articleCategories { name slug articleCount description } }"
    assert graphql.data(query)["articleCategories"] == [
        {"name": "A", "slug": "a", "articleCount": 0, "description": ""},
        {"name": "B", "slug": "b", "articleCount": 1, "description": ""},
    ]


def test_a_deleted_category_leaves_its_articles(graphql):
    category = CategoryFactory()
    ArticleFactory(category=category)
    category.delete()
    assert graphql.data("{ articles { nodes { category { name } } } }")["articles"]["nodes"] == [
        {"category": None}
    ]


def test_a_deleted_campaign_leaves_its_articles(graphql):
    campaign = CampaignFactory()
    ArticleFactory(title="còn lại", campaign=campaign)
    campaign.delete()
    assert titles(graphql.data("{ articles { nodes { title } } }")["articles"]["nodes"]) == ["còn lại"]
