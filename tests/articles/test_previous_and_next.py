from __future__ import annotations

from django.utils import timezone

from tests.factories.articles import ArticleFactory, article_list, moment

NEIGHBOURS = "{ articles(first: 100) { nodes { title previousArticle { title } nextArticle { title } } } }"


def neighbours(graphql) -> dict[str, tuple[str | None, str | None]]:
    nodes = graphql.data(NEIGHBOURS)["articles"]["nodes"]
    names = {"previousArticle": 0, "nextArticle": 1}
    return {node["title"]: tuple(node[name] and node[name]["title"] for name in names) for node in nodes}


def test_the_older_is_previous_and_the_newer_is_next(graphql):
    for day in (1, 3, 2):
        ArticleFactory(title=f"{day}", published_at=moment(day))
    assert neighbours(graphql) == {"1": (None, "2"), "2": ("1", "3"), "3": ("2", None)}


def test_articles_of_one_date_follow_each_other(graphql):
    for number in range(4):
        ArticleFactory(title=f"{number}", published_at=moment(1))
    assert neighbours(graphql) == {"0": (None, "1"), "1": ("0", "2"), "2": ("1", "3"), "3": ("2", None)}


def test_the_way_leads_through_one_list_only(graphql):
    other = article_list("thong-bao")
    ArticleFactory(title="tin 1", published_at=moment(1))
    ArticleFactory(title="thông báo", published_at=moment(2), parent=other)
    ArticleFactory(title="tin 2", published_at=moment(3))
    assert neighbours(graphql) == {
        "tin 1": (None, "tin 2"),
        "thông báo": (None, None),
        "tin 2": ("tin 1", None),
    }


def test_what_is_not_public_is_skipped(graphql):
    ArticleFactory(title="1", published_at=moment(1))
    ArticleFactory(published_at=moment(2), live=False)
    ArticleFactory(published_at=moment(3), expire_at=timezone.now())
    ArticleFactory(title="4", published_at=moment(4))
    assert neighbours(graphql) == {"1": (None, "4"), "4": ("1", None)}


def test_one_article_alone_finds_the_same(graphql):
    for day in (1, 2, 3):
        ArticleFactory(slug=f"bai-{day}", title=f"{day}", published_at=moment(day))
    query = """{ page(urlPath: "/tin-tuc/bai-2/") {
        ... on ArticlePage { previousArticle { title } nextArticle { title } } } }"""
    assert graphql.data(query)["page"] == {"previousArticle": {"title": "1"}, "nextArticle": {"title": "3"}}
