"""Sitemaps from the CMS: pages, pictures, translations and news."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from cms.feeds import sitemaps
from cms.media.rendition_tasks import make_renditions
from tests.client import GraphQLClient, Reader
from tests.factories.articles import ArticleFactory, article_list
from tests.factories.home import HomePageFactory
from tests.factories.media import ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal")]

LOC = re.compile(r"<loc>([^<]*)</loc>")


@pytest.fixture(autouse=True)
def frontend(settings: LazySettings) -> None:
    settings.FRONTEND_URL = "https://www.example.vn"


def xml(path: str) -> str:
    response = Reader().get(path)
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_the_index_leads_to_all_pages_and_to_the_news():
    assert LOC.findall(xml("/sitemap.xml")) == [
        "http://testserver/sitemaps/pages.xml",
        "http://testserver/sitemaps/news.xml",
    ]


def test_a_long_site_has_several_parts(monkeypatch: pytest.MonkeyPatch):
    for number in range(3):
        ArticleFactory(slug=f"bai-{number}")
    for name in ("CURSORS", "ROUTES"):
        monkeypatch.setattr(sitemaps, name, getattr(sitemaps, name).replace("first: 500", "first: 2"))
    parts = [loc.removeprefix("http://testserver") for loc in LOC.findall(xml("/sitemap.xml"))[:-1]]
    assert [len(LOC.findall(xml(part.replace("&amp;", "&")))) for part in parts] == [2, 2, 1]


def test_pages_stand_there_with_their_languages_and_pictures():
    image = ImageFactory()
    make_renditions(image)
    english = Locale.objects.get_or_create(language_code="en")[0]
    HomePageFactory().copy_for_translation(english).save_revision().publish()
    ArticleFactory(slug="bai", hero_image=image)
    found = xml("/sitemaps/pages.xml")
    assert set(LOC.findall(found)) == {
        f"https://www.example.vn{path}" for path in ("/", "/en/", "/tin-tuc/", "/tin-tuc/bai/")
    }
    assert '<xhtml:link rel="alternate" hreflang="en" href="https://www.example.vn/en/"/>' in found
    assert found.count("<image:loc>http://127.0.0.1:8000/media/images/") == 1


def test_what_is_not_public_is_in_no_sitemap():
    closed = article_list("noi-bo")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    ArticleFactory(parent=closed, slug="kin", published_at=timezone.now())
    ArticleFactory(slug="nhap", live=False, published_at=timezone.now())
    for path in ("/sitemaps/pages.xml", "/sitemaps/news.xml"):
        assert not re.search("noi-bo|kin|nhap", xml(path))


def test_news_are_of_two_days():
    now = timezone.now()
    ArticleFactory(slug="cu", published_at=now - timedelta(hours=49))
    ArticleFactory(slug="moi", title="Mới & nóng", published_at=now - timedelta(hours=1))
    found = xml("/sitemaps/news.xml")
    assert LOC.findall(found) == ["https://www.example.vn/tin-tuc/moi/"]
    assert "<news:title>Mới &amp; nóng</news:title>" in found
    assert "<news:language>vi</news:language>" in found


def test_a_sitemap_is_kept_by_its_tags():
    response = Reader().get("/sitemap.xml")
    assert "s-maxage=60" in response["Cache-Control"]
    assert "list:wagtailcore.Page" in response["Cache-Tag"].split(",")
    assert Reader().get("/sitemap.xml", headers={"if-none-match": response["ETag"]}).status_code == 304
    assert Reader().get("/sitemaps/pages.xml?after=nonsense").status_code == 404


def test_routes_have_the_pictures_of_pages_of_any_type():
    for _number in range(3):
        ArticleFactory(hero_image=ImageFactory())
    query = "{ routes { nodes { url image { title } } } }"
    data = GraphQLClient().data(query)
    assert sum(node["image"] is not None for node in data["routes"]["nodes"]) == 3
