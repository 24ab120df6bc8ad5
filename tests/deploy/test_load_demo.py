"""The demonstration beside content that is there already."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from articles.models import ArticlePage
from home.models import HomePage, SiteSettings
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.portal import ArticlePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def load(settings) -> str:
    settings.CMS_ENVIRONMENT = "development"
    output = StringIO()
    call_command("load_demo", "--no-renditions", stdout=output)
    return output.getvalue()


def test_a_portal_that_is_in_use_is_left_alone(settings):
    home = HomePageFactory(title="Cổng đang chạy")
    SiteSettings.objects.filter(pk=settings_of(home).pk).update(name="Cổng đang chạy")
    article = ArticlePageFactory(title="Bài của người dùng")
    before = {page.pk: page.title for page in Page.objects.all()}
    root = Site.objects.get(is_default_site=True).root_page_id

    load(settings)

    assert {page.pk: page.title for page in Page.objects.filter(pk__in=before)} == before
    assert Site.objects.get(is_default_site=True).root_page_id == root == home.pk
    assert SiteSettings.objects.get(site__root_page=home).name == "Cổng đang chạy"
    assert list(home.get_descendants().values_list("title", flat=True)) == ["Tin tức", article.title]
    demo = HomePage.objects.exclude(pk=home.pk).get()
    assert (demo.slug, Site.objects.get(root_page=demo).hostname) == ("demo", "demo.localhost")
    assert ArticlePage.objects.descendant_of(demo).count() == 42


def test_wagtails_first_page_stays_where_something_is_below_it(settings):
    welcome = Page.objects.get(slug="home")
    welcome.add_child(instance=Page(title="Trang của người dùng", slug="cua-nguoi-dung"))
    load(settings)
    assert Page.objects.filter(pk=welcome.pk, slug="home").exists()
    assert Page.objects.filter(slug="cua-nguoi-dung").exists()
    assert Site.objects.get(is_default_site=True).root_page_id == welcome.pk


def test_the_known_password_is_not_given_to_a_real_server(settings, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    settings.CMS_ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        call_command("load_demo", "--no-renditions", stdout=StringIO())
    assert not HomePage.objects.exists()


def test_a_part_in_english_is_loaded_where_it_is_asked_for(settings, graphql):
    settings.CMS_ENVIRONMENT = "development"
    for _time in range(2):
        call_command("load_demo", "--english", "--no-renditions", stdout=StringIO())
    query = """query ($locale: String) { articles(locale: $locale) { totalCount nodes { url translations { url } } }
      site { organization(locale: $locale) mainMenu(locale: $locale) { title } } }"""
    found = graphql.data(query, locale="en")
    assert found["articles"] == {
        "totalCount": 2,
        "nodes": [
            {
                "url": "/en/news/invest-in-cam-khe-and-phu-ha/",
                "translations": [{"url": "/tin-tuc/moi-goi-dau-tu-vao-khu-cong-nghiep/"}],
            },
            {
                "url": "/en/news/about-the-authority/",
                "translations": [{"url": "/tin-tuc/chuc-nang-nhiem-vu-cua-ban-quan-ly/"}],
            },
        ],
    }
    assert found["site"] == {
        "organization": "Phu Tho Provincial Industrial Zones Authority",
        "mainMenu": [
            {"title": "About the Authority"},
            {"title": "News"},
            {"title": "Invest in Cẩm Khê and Phú Hà"},
        ],
    }
    vietnamese = graphql.data(query, locale="vi")
    assert (vietnamese["articles"]["totalCount"], len(vietnamese["site"]["mainMenu"])) == (42, 8)
