from __future__ import annotations

import unicodedata

import pytest

from articles import demo as article_demo
from articles.models import ArticleCategory, ArticlePage
from campaigns import demo as campaign_demo
from cms.content.demo import Demo
from tests.factories.campaigns import portal

FIRST = "/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/"


def load() -> Demo:
    demo = Demo()
    demo.home = portal()
    campaign_demo.load(demo)
    article_demo.load(demo)
    return demo


@pytest.fixture
def loaded(db) -> Demo:
    return load()


def test_the_demonstration_is_whole_and_loads_twice_without_doubles(graphql, loaded):
    assert (loaded.made["articlepage"], loaded.made["campaignpage"]) == (42, 2)
    assert {each.articles.count() >= 4 for each in ArticleCategory.objects.all()} == {True}
    revisions = dict(ArticlePage.objects.values_list("pk", "latest_revision"))
    assert load().made == {}
    assert dict(ArticlePage.objects.values_list("pk", "latest_revision")) == revisions

    featured = graphql.data("{ articles(first: 3, filter: {featured: true}) { nodes { url } } }")["articles"][
        "nodes"
    ]
    assert featured[0] == {"url": FIRST}
    first = graphql.operation("article", "Article", urlPath=FIRST)["page"]
    assert (first["author"], first["source"]) == ("Nguyễn Việt Dũng", "Văn phòng")
    assert [(each["number"], each["issuedOn"]) for each in first["legalDocuments"]] == [
        ("4524/KH-UBND", "2022-11-11")
    ]
    assert first["campaign"]["url"] == "/phong-trao-thi-dua/vi-nguoi-ngheo/"
    headings = [block["text"] for block in first["body"] if block["__typename"] == "HeadingBlock"]
    assert headings == ["Mục đích", "Yêu cầu", "Giải pháp"]
    assert len(first["relatedArticles"]) == 4


def test_both_campaigns_are_answered_with_all_that_they_have(graphql, loaded):
    for slug, state in (("vi-nguoi-ngheo", "ENDED"), ("nong-thon-moi", "RUNNING")):
        page = graphql.operation("campaign", "Campaign", urlPath=f"/phong-trao-thi-dua/{slug}/")["page"]
        lists = ["objectives", "requirements", "measures", "targets", "milestones", "participants"]
        assert page["state"] == state
        assert [name for name in lists if not page[name]] == []
        assert page["articles"]["totalCount"] > 0


def test_texts_are_whole_and_in_nfc(loaded):
    for article in ArticlePage.objects.all():
        words = "\n".join([article.title, article.summary, str(article.body.raw_data)])
        assert unicodedata.is_normalized("NFC", words), article.title
        assert 3 <= sum(block["type"] == "paragraph" for block in article.body.raw_data), article.title
        assert any(block["type"] == "heading" for block in article.body.raw_data), article.title
        assert article.summary == " ".join(article.summary.split())


def test_what_an_editor_changed_stays(loaded):
    article = ArticlePage.objects.get(slug="thong-tin-lien-he")
    article.title = "Liên hệ với chúng tôi"
    article.save_revision().publish()
    load()
    assert ArticlePage.objects.get(pk=article.pk).title == "Liên hệ với chúng tôi"
