from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.factories.articles import ArticleFactory, CategoryFactory, LegalDocumentFactory, moment, titles
from tests.factories.campaigns import CampaignFactory

LIST = "query ($filter: ArticleFilter) { articles(filter: $filter, orderBy: TITLE_ASC) { totalCount nodes { title } } }"


def found(graphql, **filter) -> list[str]:
    articles = graphql.data(LIST, filter=filter)["articles"]
    assert articles["totalCount"] == len(articles["nodes"])
    return titles(articles["nodes"])


@pytest.fixture(autouse=True, scope="module")
def another(shared):
    ArticleFactory(title="khác")


def test_without_a_filter_all_articles_are_listed(graphql):
    ArticleFactory(title="một")
    assert found(graphql) == ["khác", "một"]


def test_articles_of_a_category(graphql):
    ArticleFactory(title="luật", category=CategoryFactory(slug="luat"))
    ArticleFactory(title="tin", category=CategoryFactory(slug="tin"))
    assert found(graphql, category="luat") == ["luật"]
    assert found(graphql, category="LUAT") == []


@pytest.mark.parametrize("by", ["pk", "slug"])
def test_articles_of_a_campaign(graphql, by):
    campaign = CampaignFactory()
    ArticleFactory(title="thi đua", campaign=campaign)
    ArticleFactory(title="phong trào khác", campaign=CampaignFactory())
    assert found(graphql, campaign=str(getattr(campaign, by))) == ["thi đua"]


def test_a_campaign_whose_slug_is_a_number_is_found_by_it(graphql):
    ArticleFactory(title="thi đua", campaign=CampaignFactory(slug="2026"))
    assert found(graphql, campaign="2026") == ["thi đua"]


def test_an_id_comes_before_a_slug_that_is_the_same_number(graphql):
    campaign = CampaignFactory()
    ArticleFactory(title="thi đua", campaign=campaign)
    ArticleFactory(title="phong trào khác", campaign=CampaignFactory(slug=str(campaign.pk)))
    assert found(graphql, campaign=str(campaign.pk)) == ["thi đua"]


def test_a_campaign_that_is_not_public_is_not_told_by_its_articles(graphql):
    ArticleFactory(title="thi đua", campaign=CampaignFactory(slug="sap-toi", live=False))
    assert found(graphql, campaign="sap-toi") == []


@pytest.mark.parametrize("campaign", ["", "không có", "-1", "0", "9" * 18, "9" * 40, "²", "1 OR 1=1"])
def test_a_campaign_that_there_is_not_has_no_articles(graphql, campaign):
    ArticleFactory(campaign=CampaignFactory())
    assert found(graphql, campaign=campaign) == []


@pytest.mark.parametrize("tag", ["Đầu tư", "đầu tư", "ĐẦU TƯ"])
def test_a_tag_is_found_whatever_its_capitals(graphql, tag):
    ArticleFactory(title="mời gọi", tags=("Đầu tư", "Phú Hà"))
    assert found(graphql, tag=tag) == ["mời gọi"]
    assert found(graphql, tag="đầu") == []


def test_featured_articles_and_the_others(graphql):
    ArticleFactory(title="nổi bật", featured=True)
    assert found(graphql, featured=True) == ["nổi bật"]
    assert found(graphql, featured=False) == ["khác"]
    assert found(graphql, featured=None) == ["khác", "nổi bật"]


def test_articles_of_an_author(graphql):
    ArticleFactory(title="bài của Dũng", author="Nguyễn Việt Dũng")
    assert found(graphql, author="Nguyễn Việt Dũng") == ["bài của Dũng"]


def test_articles_that_cite_a_legal_document(graphql):
    ArticleFactory(title="kế hoạch", legal_documents=[LegalDocumentFactory(number="4524/KH-UBND")])
    ArticleFactory(title="nghị định", legal_documents=[LegalDocumentFactory(number="35/2022/NĐ-CP")])
    assert found(graphql, legalDocument="4524/KH-UBND") == ["kế hoạch"]


def test_a_period_is_made_of_whole_days_in_vietnam(graphql):
    # Midnight in Vietnam is 17:00 UTC of the day before.
    ArticleFactory(title="cuối ngày 4", published_at=datetime(2026, 1, 4, 16, 59, 59, tzinfo=UTC))
    ArticleFactory(title="đầu ngày 5", published_at=datetime(2026, 1, 4, 17, tzinfo=UTC))
    ArticleFactory(title="cuối ngày 6", published_at=datetime(2026, 1, 6, 16, 59, 59, 999999, tzinfo=UTC))
    ArticleFactory(title="đầu ngày 7", published_at=datetime(2026, 1, 6, 17, tzinfo=UTC))
    assert found(graphql, publishedFrom="2026-01-05", publishedTo="2026-01-06") == [
        "cuối ngày 6",
        "đầu ngày 5",
    ]
    assert found(graphql, publishedFrom="2026-01-07") == ["đầu ngày 7"]
    assert found(graphql, publishedFrom="2026-01-06", publishedTo="2026-01-05") == []


def test_the_first_and_the_last_day_that_there_is_are_no_error(graphql):
    assert found(graphql, publishedFrom="0001-01-01", publishedTo="9999-12-31") == ["khác"]
    assert found(graphql, publishedFrom="9999-12-31") == []
    assert found(graphql, publishedTo="0001-01-01") == []


def test_conditions_must_all_be_met(graphql):
    law, news = CategoryFactory(), CategoryFactory()
    ArticleFactory(
        title="luật nổi bật", category=law, featured=True, tags=("đầu tư",), published_at=moment(9)
    )
    ArticleFactory(title="luật", category=law, tags=("đầu tư",), published_at=moment(9))
    ArticleFactory(
        title="tin nổi bật", category=news, featured=True, tags=("đầu tư",), published_at=moment(9)
    )
    filter = {"category": law.slug, "featured": True, "tag": "đầu tư", "publishedFrom": "2026-01-08"}
    assert found(graphql, **filter) == ["luật nổi bật"]


@pytest.mark.parametrize(
    "filter",
    [
        {"nope": 1},
        {"publishedFrom": "hôm nay"},
        {"featured": "yes"},
        {"category": ["a"]},
        {"publishedTo": "2026-13-01"},
    ],
)
def test_a_filter_of_the_wrong_shape_is_a_typed_error(graphql, filter):
    graphql.errors(LIST, filter=filter, code="BAD_USER_INPUT")
