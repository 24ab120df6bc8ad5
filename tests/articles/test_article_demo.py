from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from articles import demo as article_demo
from articles.models import ArticleCategory, ArticlePage
from cms.content.demo import Demo
from home.models import HomePage

FIRST = "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/"

pytestmark = pytest.mark.usefixtures("demo", "db")


def blocks(article: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for block in article["body"] if block["__typename"] == kind]


def test_forty_two_articles_are_spread_over_seven_categories(graphql):
    counts = graphql.data("{ articles { totalCount } articleCategories { slug articleCount } }")
    assert counts["articles"]["totalCount"] == 42
    assert {each["slug"]: each["articleCount"] for each in counts["articleCategories"]} == {
        "doanh-nghiep-lao-dong": 7,
        "gioi-thieu": 4,
        "phong-trao-thi-dua": 8,
        "thu-tuc-hanh-chinh": 5,
        "tin-tuc-su-kien": 9,
        "van-ban-phap-luat": 4,
        "xuc-tien-dau-tu": 5,
    }


def test_the_first_of_the_featured_articles_is_that_of_the_facts(graphql):
    featured = graphql.data("{ articles(first: 3, filter: {featured: true}) { nodes { url } } }")["articles"]
    assert featured["nodes"][0] == {"url": FIRST}
    article = graphql.operation("article", "Article", urlPath=FIRST)["page"]
    assert (article["author"], article["source"]) == ("Nguyễn Việt Dũng", "Văn phòng")
    [plan] = article["legalDocuments"]
    assert (plan["number"], plan["issuer"], plan["issuedOn"]) == (
        "4524/KH-UBND",
        "UBND tỉnh Phú Thọ",
        "2022-11-11",
    )
    assert article["campaign"]["url"] == "/phong-trao-thi-dua/vi-nguoi-ngheo/"
    assert [block["text"] for block in blocks(article, "HeadingBlock")] == [
        "Mục đích",
        "Yêu cầu",
        "Giải pháp",
    ]
    assert len(article["relatedArticles"]) == 4


def test_every_kind_of_block_is_shown_and_shows_something(graphql, unlimited):
    query = """{ articles(first: 100) { nodes { body { __typename
        ... on PollBlock { poll { question } } ... on ZoneMapBlock { zones { name } }
        ... on GalleryBlock { pictures { image { alt } } } ... on AttachmentBlock { document { title } }
        ... on DataTableBlock { headers rows } } } } }"""
    found: dict[str, dict[str, Any]] = {}
    for article in graphql.data(query)["articles"]["nodes"]:
        for block in article["body"]:
            found.setdefault(block["__typename"], block)
    assert sorted(found) == [
        "AttachmentBlock",
        "CallToActionBlock",
        "DataTableBlock",
        "GalleryBlock",
        "HeadingBlock",
        "ParagraphBlock",
        "PictureBlock",
        "PollBlock",
        "QuoteBlock",
        "VideoBlock",
        "ZoneMapBlock",
    ]
    assert [kind for kind, block in found.items() if None in block.values() or [] in block.values()] == []


def test_texts_are_whole_and_in_nfc():
    for article in ArticlePage.objects.all():
        kinds = [block["type"] for block in article.body.raw_data]
        words = "\n".join([article.title, article.summary, str(article.body.raw_data)])
        assert unicodedata.is_normalized("NFC", words), article.title
        assert kinds.count("paragraph") >= 3, article.title
        assert "heading" in kinds, article.title
        assert article.summary == " ".join(article.summary.split())


def test_another_load_makes_nothing_and_leaves_what_an_editor_changed():
    article = ArticlePage.objects.get(slug="thong-tin-lien-he")
    article.title = "Liên hệ với chúng tôi"
    article.save_revision().publish()
    category = ArticleCategory.objects.get(slug="gioi-thieu")
    ArticleCategory.objects.filter(pk=category.pk).update(name="Về chúng tôi")
    before = list(ArticlePage.objects.order_by("pk").values_list("pk", "title", "latest_revision"))

    again = Demo()
    again.home = HomePage.objects.get()
    article_demo.load(again)
    assert again.made == {}
    assert list(ArticlePage.objects.order_by("pk").values_list("pk", "title", "latest_revision")) == before
    category.refresh_from_db()
    assert category.name == "Về chúng tôi"
