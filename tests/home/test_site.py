"""What a portal says of itself, and its menus."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.content.checks import check_reference_index
from cms.trash.models import TrashedItem
from home.models import FooterItem, MenuItem, MenuSubitem, SiteSettings
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.media import ImageFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles

MENU = "{ site { mainMenu { title url openInNewTab children { title url } } footerMenu { title url } } }"


def form(**values: Any) -> dict[str, Any]:
    data = {
        "name": "Cổng",
        "organization": "Ban",
        "hotline": "0210",
        "address": "",
        "email": "",
        "copyright": "",
        "responsible": "Nguyễn Văn An, Trưởng ban",
        "licence": "",
        "source_note": "Ghi rõ nguồn.",
    }
    inlines = ("social_links", "translations", "main_menu_items", "footer_menu_items")
    return nested_form_data({**data, "logo": "", **{name: inline_formset([]) for name in inlines}, **values})


def item(**values: Any) -> dict[str, Any]:
    return {"page": "", "url": "", "title": "", "subitems": inline_formset([]), **values}


def save(client, **values: Any):
    HomePageFactory()
    site = Site.objects.get(is_default_site=True)
    # Wagtail's own address of the form leads to the one with drafts.
    address = client.get(reverse("wagtailsettings:edit", args=("home", "sitesettings", site.pk))).url
    return client.post(address, form(**{"action-publish": "1", **values}))


def test_an_editor_changes_what_the_site_says(graphql: GraphQLClient, admin_client):
    links = inline_formset([{"platform": "zalo", "url": "https://zalo.me/x"}])
    assert save(admin_client, social_links=links).status_code == 302
    query = "{ site { name organization hotline address email copyright responsible licence sourceNote logo { id } socialLinks { platform url } } }"
    assert graphql.data(query)["site"] == {
        "name": "Cổng",
        "organization": "Ban",
        "hotline": "0210",
        "address": "",
        "email": "",
        "copyright": "",
        "responsible": "Nguyễn Văn An, Trưởng ban",
        "licence": "",
        "sourceNote": "Ghi rõ nguồn.",
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


def menu_of_a_page() -> tuple[Page, SiteSettings]:
    """A page that an item of the main menu leads to, with two items below it."""
    settings = settings_of(HomePageFactory())
    page = list_of_articles()
    item = MenuItem.objects.create(settings=settings, page=page)
    for name in ("Một", "Hai"):
        MenuSubitem.objects.create(item=item, url=f"https://example.vn/{name}", title=name)
    return page, settings


def delete(client, page: Page) -> TrashedItem:
    assert client.post(reverse("wagtailadmin_pages:delete", args=(page.pk,))).status_code == 302
    return TrashedItem.objects.get()


def delete_for_good(client, page: Page) -> None:
    item = delete(client, page)
    assert client.post(reverse("trash_purge", args=(item.pk,))).status_code == 302


def test_a_page_in_the_trash_takes_its_item_along_and_brings_it_back(graphql: GraphQLClient, admin_client):
    page, _settings = menu_of_a_page()
    before = graphql.data(MENU)["site"]["mainMenu"]
    trashed = delete(admin_client, page)
    assert graphql.data(MENU)["site"]["mainMenu"] == []
    admin_client.post(reverse("trash_restore", args=(trashed.pk,)))
    assert graphql.data(MENU)["site"]["mainMenu"] == before


def test_a_deleted_page_leaves_the_submenu_below_its_title(graphql: GraphQLClient, admin_client):
    page, _settings = menu_of_a_page()
    assert graphql.data(MENU)["site"]["mainMenu"][0]["url"] == "/tin-tuc/"
    delete_for_good(admin_client, page)
    [item] = graphql.data(MENU)["site"]["mainMenu"]
    assert (item["title"], item["url"]) == (page.title, None)
    assert [each["title"] for each in item["children"]] == ["Một", "Hai"]


def test_a_deleted_page_takes_its_own_item_from_each_menu(graphql: GraphQLClient, admin_client):
    page, settings = menu_of_a_page()
    MenuItem.objects.update(page=None, title="Đề mục")
    MenuSubitem.objects.create(item=MenuItem.objects.get(), page=page)
    MenuItem.objects.create(settings=settings, page=page)
    MenuItem.objects.create(settings=settings, title="Liên hệ", url="/lien-he/")
    FooterItem.objects.create(settings=settings, page=page)
    delete_for_good(admin_client, page)
    site = graphql.data(MENU)["site"]
    assert [(item["title"], len(item["children"])) for item in site["mainMenu"]] == [
        ("Đề mục", 2),
        ("Liên hệ", 0),
    ]
    assert site["footerMenu"] == []
    assert MenuItem.objects.count() == 2


def test_a_heading_is_saved_and_one_with_nothing_below_is_not_shown(graphql: GraphQLClient, admin_client):
    below = inline_formset([{"page": "", "url": "https://example.vn", "title": "Ngoài"}])
    items = [item(title="Có mục", subitems=below), item(title="Không có mục")]
    assert save(admin_client, main_menu_items=inline_formset(items)).status_code == 302
    assert [each["title"] for each in graphql.data(MENU)["site"]["mainMenu"]] == ["Có mục"]


def test_who_deletes_a_page_or_a_picture_is_told_of_menus_and_logo(admin_client):
    page, settings = menu_of_a_page()
    settings.logo = ImageFactory()
    settings.save()
    confirm = admin_client.get(reverse("wagtailadmin_pages:delete", args=(page.pk,))).content.decode()
    assert "1 lần" in confirm
    usage = admin_client.get(reverse("wagtailimages:image_usage", args=(settings.logo_id,))).content.decode()
    assert "Biểu trưng" in usage


def test_a_model_that_may_refer_to_content_is_in_the_reference_index(monkeypatch: pytest.MonkeyPatch):
    assert check_reference_index(None) == []
    monkeypatch.setattr(ReferenceIndex, "indexed_models", ReferenceIndex.indexed_models - {SiteSettings})
    [error] = check_reference_index(None)
    assert (error.id, error.obj) == ("cms.content.E001", SiteSettings)


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
