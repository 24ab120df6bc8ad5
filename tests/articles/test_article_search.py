from __future__ import annotations

import pytest

from tests.factories.articles import ArticleFactory, CategoryFactory, titles

SEARCH = """query ($search: String, $filter: ArticleFilter) {
  articles(search: $search, filter: $filter, orderBy: TITLE_ASC) { totalCount nodes { title } } }"""


@pytest.fixture
def published(db, django_capture_on_commit_callbacks):
    """Publish an article as the admin does, index and all."""

    def publish(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            article = ArticleFactory(live=False, **fields)
            article.save_revision().publish()
        article.refresh_from_db()
        return article

    return publish


@pytest.mark.parametrize("search", ["người nghèo", "nguoi ngheo", "NGƯỜI NGHÈO", "vi nguoi"])
def test_articles_are_found_with_and_without_diacritics(graphql, published, search):
    published(title="Vì người nghèo")
    published(title="Phương tiện vận tải")
    answer = graphql.data(SEARCH, search=search)["articles"]
    assert (answer["totalCount"], titles(answer["nodes"])) == (1, ["Vì người nghèo"])


def test_the_body_the_summary_and_the_author_are_searched(graphql, published):
    published(title="thân bài", body=[{"type": "paragraph", "value": {"text": "<p>đường dây nóng</p>"}}])
    published(title="tóm tắt", summary="Đường dây nóng")
    published(title="tác giả", author="Đường Dây Nóng")
    nodes = graphql.data(SEARCH, search="duong day nong")["articles"]["nodes"]
    assert set(titles(nodes)) == {"thân bài", "tác giả", "tóm tắt"}


def test_search_and_filter_go_together(graphql, published):
    law = CategoryFactory(slug="luat")
    published(title="đầu tư một", category=law)
    published(title="đầu tư hai")
    nodes = graphql.data(SEARCH, search="dau tu", filter={"category": "luat"})["articles"]["nodes"]
    assert titles(nodes) == ["đầu tư một"]


def test_an_unpublished_article_is_not_found(graphql, published, django_capture_on_commit_callbacks):
    article = published(title="đã gỡ")
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    assert graphql.data(SEARCH, search="đã gỡ")["articles"]["totalCount"] == 0


def test_words_that_are_none_find_nothing_and_no_words_find_all(graphql, published):
    published(title="một")
    assert graphql.data(SEARCH, search="!!!")["articles"]["totalCount"] == 0
    assert graphql.data(SEARCH, search="")["articles"]["totalCount"] == 1
    assert graphql.data(SEARCH, search=None)["articles"]["totalCount"] == 1
