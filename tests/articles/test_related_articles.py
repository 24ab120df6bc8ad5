from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories.articles import ArticleFactory, CategoryFactory, article_list, moment, titles
from tests.factories.campaigns import CampaignFactory

RELATED = """query ($id: ID, $first: Int) {
  page(id: $id) { ... on ArticlePage { relatedArticles(first: $first) { title } } } }"""


def related(graphql, article, first: int = 20) -> list[str]:
    return titles(graphql.data(RELATED, id=str(article.pk), first=first)["page"]["relatedArticles"])


def test_a_campaign_weighs_more_than_a_category_and_a_category_more_than_a_tag(graphql):
    campaign, category = CampaignFactory(), CategoryFactory()
    article = ArticleFactory(campaign=campaign, category=category, tags=("a", "b", "c"))
    ArticleFactory(title="thẻ", tags=("a",), published_at=moment(9))
    ArticleFactory(title="chuyên mục", category=category, published_at=moment(8))
    ArticleFactory(title="phong trào", campaign=campaign, published_at=moment(7))
    ArticleFactory(title="chuyên mục và thẻ", category=category, tags=("a",), published_at=moment(6))
    ArticleFactory(title="ba thẻ", tags=("a", "b", "c"), published_at=moment(5))
    ArticleFactory(
        title="tất cả", campaign=campaign, category=category, tags=("a", "b", "c"), published_at=moment(4)
    )
    ArticleFactory(
        title="không liên quan", tags=("d",), category=CategoryFactory(), campaign=CampaignFactory()
    )
    expected = ["tất cả", "phong trào", "chuyên mục và thẻ", "ba thẻ", "chuyên mục", "thẻ"]
    assert related(graphql, article) == expected
    assert related(graphql, article, first=2) == expected[:2]


def test_of_articles_that_share_as_much_the_newest_come_first(graphql):
    category = CategoryFactory()
    article = ArticleFactory(category=category)
    for day in (2, 4, 3):
        ArticleFactory(title=f"ngày {day}", category=category, published_at=moment(day))
    same = [
        ArticleFactory(title=f"trùng {number}", category=category, published_at=moment(1))
        for number in (1, 2)
    ]
    newest_first = [each.title for each in sorted(same, key=lambda each: each.pk, reverse=True)]
    assert related(graphql, article) == ["ngày 4", "ngày 3", "ngày 2", *newest_first]


def test_an_article_that_shares_nothing_has_no_related_ones(graphql):
    article = ArticleFactory()
    ArticleFactory()
    assert related(graphql, article) == []


def test_only_public_articles_are_related(graphql):
    category = CategoryFactory()
    article = ArticleFactory(category=category, tags=("a",))
    ArticleFactory(category=category, tags=("a",), live=False)
    ArticleFactory(category=category, tags=("a",), expire_at=timezone.now())
    closed = article_list("noi-bo")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    ArticleFactory(parent=closed, category=category, tags=("a",))
    ArticleFactory(title="công khai", tags=("a",))
    assert related(graphql, article) == ["công khai"]


def test_hidden_articles_do_not_crowd_out_public_ones(graphql):
    article = ArticleFactory(tags=("a",))
    ArticleFactory(title="công khai", tags=("a",), published_at=moment(1))
    for _number in range(55):
        ArticleFactory(tags=("a",), published_at=moment(9), live=False)
    assert related(graphql, article) == ["công khai"]


def test_each_article_of_a_list_has_its_own(graphql):
    first, second = CategoryFactory(), CategoryFactory()
    for category in (first, second):
        for number in (1, 2):
            ArticleFactory(title=f"{category.name} {number}", category=category)
    nodes = graphql.data("{ articles { nodes { title relatedArticles { title } } } }")["articles"]["nodes"]
    assert {node["title"]: titles(node["relatedArticles"]) for node in nodes} == {
        f"{category.name} {number}": [f"{category.name} {3 - number}"]
        for category in (first, second)
        for number in (1, 2)
    }


@pytest.mark.parametrize("first", [0, -1, 21, 10**9])
def test_more_than_twenty_or_less_than_one_is_refused(graphql, first):
    graphql.errors(RELATED, id=str(ArticleFactory().pk), first=first, code="BAD_PAGE_SIZE")
