"""What a portal says of itself, and its menus."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import FooterItem, MenuItem, MenuSubitem, SiteSettings
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.portal import ArticlePageFactory

MENU = "{ site { mainMenu { title url openInNewTab children { title url } } footerMenu { title url } } }"


def form(**values: Any) -> dict[str, Any]:
    data = {
        "name": "Cổng",
        "organization": "Ban",
        "hotline": "0210",
        "address": "",
        "email": "",
        "copyright": "",
    }
    inlines = ("social_links", "translations", "main_menu_items", "footer_menu_items")
    return nested_form_data({**data, "logo": "", **{name: inline_formset([]) for name in inlines}, **values})


def item(**values: Any) -> dict[str, Any]:
    return {"page": "", "url": "", "title": "", "subitems": inline_formset([]), **values}


def save(client, **values: Any):
    HomePageFactory()
    site = Site.objects.get(is_default_site=True)
    return client.post(
        reverse("wagtailsettings:edit", args=("home", "sitesettings", site.pk)), form(**values)
    )


def test_an_editor_changes_what_the_site_says(graphql: GraphQLClient, admin_client):
    links = inline_formset([{"platform": "zalo", "url": "https://zalo.me/x"}])
    assert save(admin_client, social_links=links).status_code == 302
    query = "{ site { name organization hotline address email copyright logo { id } socialLinks { platform url } } }"
    assert graphql.data(query)["site"] == {
        "name": "Cổng",
        "organization": "Ban",
        "hotline": "0210",
        "address": "",
        "email": "",
        "copyright": "",
        "logo": None,
        "socialLinks": [{"platform": "zalo", "url": "https://zalo.me/x"}],
    }


def test_an_editor_makes_a_menu(graphql: GraphQLClient, admin_client):
    page = ArticlePageFactory(title="Bài", slug="bai")
    subitems = inline_formset([{"page": "", "url": "https://example.vn", "title": "Ngoài"}])
    items = inline_formset([item(page=page.pk, subitems=subitems)])
    assert save(admin_client, main_menu_items=items).status_code == 302
    assert graphql.data(MENU)["site"]["mainMenu"] == [
        {
            "title": "Bài",
            "url": "/tin-tuc/bai/",
            "openInNewTab": False,
            "children": [{"title": "Ngoài", "url": "https://example.vn"}],
        }
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Hãy chọn một trang hoặc nhập một địa chỉ"),
        ({"url": "https://example.vn"}, "Địa chỉ cần có tiêu đề."),
        ({"url": "javascript:alert(1)", "title": "x"}, "Hãy nhập địa chỉ bắt đầu bằng https://"),
        ({"url": "data:text/html,x", "title": "x"}, "Hãy nhập địa chỉ bắt đầu bằng https://"),
        ({"url": "//example.vn", "title": "x"}, "Hãy nhập địa chỉ bắt đầu bằng https://"),
        ({"url": "java\tscript:x", "title": "x"}, "Hãy nhập địa chỉ bắt đầu bằng https://"),
    ],
)
def test_a_menu_item_that_leads_nowhere_good_is_refused(admin_client, values: dict, message: str):
    response = save(admin_client, main_menu_items=inline_formset([item(**values)]))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not MenuItem.objects.exists()


def test_items_of_hidden_pages_are_left_out_with_what_is_below_them(graphql: GraphQLClient):
    settings = settings_of(HomePageFactory())
    draft = ArticlePageFactory(live=False)
    hidden = MenuItem.objects.create(settings=settings, page=draft)
    MenuSubitem.objects.create(item=hidden, url="https://example.vn", title="Con")
    shown = MenuItem.objects.create(settings=settings, url="/lien-he/", title="Liên hệ")
    MenuSubitem.objects.create(item=shown, page=draft)
    FooterItem.objects.create(settings=settings, page=draft)
    assert graphql.data(MENU)["site"] == {
        "mainMenu": [{"title": "Liên hệ", "url": "/lien-he/", "openInNewTab": False, "children": []}],
        "footerMenu": [],
    }


def test_a_site_without_settings_has_empty_ones(graphql: GraphQLClient):
    HomePageFactory()
    assert graphql.data("{ site { name mainMenu { title } logo { id } } }") == {
        "site": {"name": "", "mainMenu": [], "logo": None}
    }


def test_each_site_has_its_own(graphql: GraphQLClient):
    settings_of(HomePageFactory())
    SiteSettings.objects.update(name="Một")
    other = Site.objects.create(hostname="khac.example", root_page=HomePageFactory())
    SiteSettings.objects.create(site=other, name="Hai")
    names = graphql.data("{ sites { hostname name } }")["sites"]
    assert {each["hostname"]: each["name"] for each in names} == {"localhost": "Một", "khac.example": "Hai"}
    assert graphql.data(
        '{ setting(name: "SiteSettings", site: "khac.example") { ... on SiteSettings { name } } }'
    ) == {"setting": {"name": "Hai"}}
