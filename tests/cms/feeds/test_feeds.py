"""Feeds of articles: what is public, in three formats, as fresh as the endpoint's answers."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction, Site

from articles.models import ArticlePage
from tests.client import Reader
from tests.factories.articles import ArticleFactory, CategoryFactory, article_list, moment
from tests.factories.campaigns import CampaignFactory
from tests.factories.home import HomePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal")]

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def frontend(settings: LazySettings) -> None:
    settings.FRONTEND_URL = "https://www.example.vn"


def get(path: str, **headers: str) -> Any:
    return Reader().get(path, headers=headers)


def titles(path: str) -> list[str]:
    response = get(path)
    assert response.status_code == 200, response.content
    return [item["title"] for item in json.loads(response.content)["items"]]


def test_the_same_entries_in_three_formats():
    category = CategoryFactory(name="Kinh tế")
    article = ArticleFactory(
        title="Giá lúa & gạo", slug="bai", summary="Sapo <b>", author="An", category=category, tags=["lúa"]
    )
    feed = json.loads(get("/feeds/articles.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "vi"
    [item] = feed["items"]
    assert item["id"].startswith("tag:www.example.vn,2026-01-01:")
    assert {
        name: item[name] for name in ("url", "title", "content_text", "date_published", "authors", "tags")
    } == {
        "url": "https://www.example.vn/tin-tuc/bai/",
        "title": "Giá lúa & gạo",
        "content_text": "Sapo <b>",
        "date_published": "2026-01-01T00:00:00+00:00",
        "authors": [{"name": "An"}],
        "tags": ["Kinh tế", "lúa"],
    }
    rss = get("/feeds/articles.rss")
    assert rss["Content-Type"] == "application/rss+xml; charset=utf-8"
    [entry] = ElementTree.fromstring(rss.content).iter("item")  # noqa: S314 - our own
    assert (entry.findtext("title"), entry.findtext("link")) == (item["title"], item["url"])
    assert entry.findtext("guid") == item["id"]
    [entry] = ElementTree.fromstring(get("/feeds/articles.atom").content).iter(f"{ATOM}entry")  # noqa: S314 - our own
    assert (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}title")) == (item["id"], item["title"])
    assert article.title == item["title"]


def test_what_is_not_public_is_in_no_feed_and_leaves_at_once():
    closed = article_list("noi-bo")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    ArticleFactory(parent=closed, title="Kín")
    ArticleFactory(title="Nháp", live=False)
    ArticleFactory(title="Hết hạn", expire_at=timezone.now() - timedelta(minutes=1))
    article = ArticleFactory(title="Công khai")
    assert titles("/feeds/articles.json") == ["Công khai"]
    article.unpublish()
    assert titles("/feeds/articles.json") == []
    ArticlePage.objects.get(title="Nháp").save_revision().publish()
    assert titles("/feeds/articles.json") == ["Nháp"]


def test_a_category_and_a_campaign_have_feeds_of_their_own():
    category, campaign = CategoryFactory(slug="kinh-te"), CampaignFactory(slug="xanh", title="Xanh")
    ArticleFactory(title="Khác")
    ArticleFactory(title="Của chuyên mục", category=category)
    ArticleFactory(title="Của phong trào", campaign=campaign)
    assert titles("/feeds/categories/kinh-te.json") == ["Của chuyên mục"]
    assert titles("/feeds/campaigns/xanh.json") == ["Của phong trào"]
    feed = json.loads(get("/feeds/campaigns/xanh.json").content)
    assert feed["title"].startswith("Xanh")
    assert feed["home_page_url"] == "https://www.example.vn/phong-trao/xanh/"
    campaign.unpublish()
    paths = [
        "campaigns/xanh",
        "categories/khong-co",
        "campaigns/khong-co",
        "articles/x",
        "categories",
        "khong-co",
    ]
    assert {get(f"/feeds/{path}.rss").status_code for path in paths} == {404}


def test_each_language_has_its_feed():
    english = Locale.objects.get_or_create(language_code="en")[0]
    HomePageFactory().copy_for_translation(english).save_revision().publish()
    article = ArticleFactory(title="Tiếng Việt", slug="bai")
    article.get_parent().copy_for_translation(english).save_revision().publish()
    translated = article.copy_for_translation(english)
    translated.title, translated.slug = "In English", "story"
    translated.save_revision().publish()
    assert titles("/en/feeds/articles.json") == ["In English"]
    assert titles("/feeds/articles.json") == ["Tiếng Việt"]
    feed = json.loads(get("/en/feeds/articles.json").content)
    assert feed["items"][0]["url"].startswith("https://www.example.vn/en/")
    assert get("/fr/feeds/articles.json").status_code == 404


def test_another_site_has_its_own_articles_at_its_own_address():
    other = (
        HomePageFactory()
        .get_parent()
        .add_child(instance=type(HomePageFactory())(title="Huyện", slug="huyen"))
    )
    Site.objects.create(hostname="huyen.example.vn", port=443, root_page=other)
    section = other.add_child(instance=type(article_list())(title="Tin", slug="tin"))
    ArticleFactory(title="Tỉnh")
    ArticleFactory(title="Huyện", slug="bai", parent=section)
    response = get("/feeds/articles.json", host="huyen.example.vn")
    [item] = json.loads(response.content)["items"]
    assert (item["title"], item["url"]) == ("Huyện", "https://huyen.example.vn/tin/bai/")


def test_a_feed_is_kept_by_its_tags_and_asked_for_again_by_its_etag():
    ArticleFactory()
    first = get("/feeds/articles.rss")
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-while-revalidate=30"
    assert "list:articles.ArticlePage" in first["Cache-Tag"].split(",")
    assert "Set-Cookie" not in first
    again = get("/feeds/articles.rss", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Tag"] == first["Cache-Tag"]
    ArticleFactory()
    assert get("/feeds/articles.rss", if_none_match=first["ETag"]).status_code == 200
    assert get("/feeds/articles.atom")["ETag"] != get("/feeds/articles.rss")["ETag"]


def test_a_feed_without_entries_is_the_same_each_time():
    first = get("/feeds/articles.rss")
    assert get("/feeds/articles.rss", if_none_match=first["ETag"]).status_code == 304


def test_a_feed_takes_no_statement_of_its_own_while_it_is_kept(django_assert_max_num_queries: Any):
    ArticleFactory()
    get("/feeds/articles.rss")
    with django_assert_max_num_queries(2):
        get("/feeds/articles.rss")


def test_where_no_edge_is_purged_none_keeps_a_feed(settings: LazySettings):
    settings.CMS_CACHE_TAG_HEADER = "off"
    response = get("/feeds/articles.rss")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cache-Tag" not in response


def test_feeds_are_there_where_only_known_operations_are(settings: LazySettings):
    settings.CMS_GRAPHQL_PERSISTED_ONLY = True
    ArticleFactory(title="Một")
    assert titles("/feeds/articles.json") == ["Một"]


def test_who_asks_too_often_is_told_to_wait(settings: LazySettings):
    settings.CMS_RATE_LIMITS = {**settings.CMS_RATE_LIMITS, "read": (3, 60)}
    reader = Reader()
    statuses = [reader.get("/feeds/articles.rss").status_code for _time in range(3)]
    assert statuses == [200, 200, 429]


def test_only_newest_articles_are_in_a_feed():
    for day in range(1, 4):
        ArticleFactory(title=f"Ngày {day}", published_at=moment(day))
    assert titles("/feeds/articles.json") == ["Ngày 3", "Ngày 2", "Ngày 1"]


def test_characters_that_xml_does_not_have_are_in_no_feed():
    # Forms leave them out; they may be stored from before.
    ArticleFactory(title="Giá\x0blúa\ufffe", published_at=timezone.now() - timedelta(hours=1))
    for path in ("feeds/articles.rss", "feeds/articles.atom", "sitemaps/news.xml"):
        response = get(f"/{path}")
        assert response.status_code == 200
        assert "Giá lúa" in [each.text for each in ElementTree.fromstring(response.content).iter()]  # noqa: S314 - our own
    assert titles("/feeds/articles.json") == ["Giá lúa"]


def test_a_campaign_whose_slug_is_the_number_of_another_has_its_own_feed():
    other = CampaignFactory()
    campaign = CampaignFactory(slug=str(other.pk))
    ArticleFactory(title="Của phong trào khác", campaign=other)
    ArticleFactory(title="Của phong trào", campaign=campaign)
    assert titles(f"/feeds/campaigns/{campaign.slug}.json") == ["Của phong trào"]
