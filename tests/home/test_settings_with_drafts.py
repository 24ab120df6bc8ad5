"""Settings and menus have drafts, which readers don't see, a history, and a way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupSitePermission, Revision, Site
from wagtail.test.utils.form_data import inline_formset

from home.models import MenuItem, SiteSettings
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.people import logged_in, person
from tests.factories.portal import ArticlePageFactory
from tests.home.test_site import form, item

pytestmark = pytest.mark.django_db

SITE = """{ site { name mainMenu { title children { title } } footerMenu { title } }
  setting(name: "SiteSettings") { ... on SiteSettings { name } } snippets { __typename } }"""


@pytest.fixture
def settings() -> SiteSettings:
    settings = settings_of(HomePageFactory())
    SiteSettings.objects.update(name="Trước")
    MenuItem.objects.create(settings=settings, url="https://example.vn/", title="Mục cũ", sort_order=0)
    settings.refresh_from_db()
    return settings


@pytest.fixture
def browser() -> Any:
    return logged_in(person("administrator"))


def url(name: str, *args: Any) -> str:
    return reverse(f"home_sitesettings:{name}", args=args)


def menu(title: str) -> Any:
    """The main menu with one item, in place of those that there are."""
    old = [
        item(id=each.pk, title=each.title, url=each.url, page=each.page_id or "", DELETE="1")
        for each in MenuItem.objects.all()
    ]
    new = item(url="https://example.vn/", title=title)
    return inline_formset([*old, new], initial=len(old))


def test_readers_see_a_draft_of_settings_and_menus_only_when_it_is_published(
    graphql: GraphQLClient, settings, browser
):
    shown = graphql.data(SITE)
    assert shown["site"]["mainMenu"] == [{"title": "Mục cũ", "children": []}]
    values = form(name="Sau", main_menu_items=menu("Mục mới"), footer_menu_items=inline_formset([]))
    response = browser.post(url("edit", settings.pk), values, follow=True)
    assert "Sau" in response.content.decode()
    assert graphql.data(SITE) == shown
    assert "Mục mới" in browser.get(url("edit", settings.pk)).content.decode()

    browser.post(url("edit", settings.pk), values | {"action-publish": "1"})
    assert graphql.data(SITE) == {
        "site": {"name": "Sau", "mainMenu": [{"title": "Mục mới", "children": []}], "footerMenu": []},
        "setting": {"name": "Sau"},
        "snippets": [],
    }


def test_the_history_says_who_and_brings_back_what_was_before_the_first_save(
    graphql: GraphQLClient, settings, browser
):
    before = graphql.data(SITE)
    values = form(name="Sau", main_menu_items=menu("Mục mới"))
    browser.post(url("edit", settings.pk), values | {"action-publish": "1"})
    first, last = Revision.objects.for_instance(settings).order_by("pk")
    history = browser.get(url("history", settings.pk)).content.decode()
    assert "administrator" in history
    assert url("revisions_revert", settings.pk, first.pk) in history
    compared = browser.get(url("revisions_compare", settings.pk, first.pk, last.pk)).content.decode()
    assert all(text in compared for text in ("Trước", "Sau", "cũ", "mới"))

    old = browser.get(url("revisions_revert", settings.pk, first.pk)).content.decode()
    assert "Mục cũ" in old
    values = form(name="Trước", main_menu_items=menu("Mục cũ"), hotline="", organization="")
    browser.post(url("edit", settings.pk), values | {"action-publish": "1", "revision": first.pk})
    assert graphql.data(SITE) == before


def test_what_a_command_or_a_deleted_page_changes_stands_in_the_form(settings, browser):
    MenuItem.objects.all().delete()
    page = ArticlePageFactory(title="Bài")
    pages = inline_formset([item(page=page.pk)])
    browser.post(url("edit", settings.pk), form(main_menu_items=pages) | {"action-publish": "1"})
    SiteSettings.objects.update(name="Từ dòng lệnh")
    old = Revision.objects.for_instance(settings).latest("pk")
    page.delete()
    assert not MenuItem.objects.exists()
    assert "Từ dòng lệnh" in browser.get(url("edit", settings.pk)).content.decode()
    # An old version whose page is gone can still be looked at.
    assert browser.get(url("revisions_revert", settings.pk, old.pk)).status_code == 200


def test_who_changes_the_settings_of_one_site_publishes_those_and_no_others(settings):
    other = Site.objects.create(hostname="khac.example", root_page=settings.site.root_page.get_parent())
    elsewhere = SiteSettings.for_site(other)
    user = person("reporter")
    permission = Permission.objects.get(codename="change_sitesettings")
    GroupSitePermission.objects.create(group=user.groups.first(), permission=permission, site=settings.site)
    browser = logged_in(user)
    assert "action-publish" in browser.get(url("edit", settings.pk)).content.decode()
    browser.post(url("edit", settings.pk), form(name="Của tôi") | {"action-publish": "1"})
    settings.refresh_from_db()
    assert settings.name == "Của tôi"
    for name in ("edit", "history"):
        assert browser.get(url(name, elsewhere.pk)).status_code == 302
    browser.post(url("edit", elsewhere.pk), form(name="Của tôi") | {"action-publish": "1"})
    elsewhere.refresh_from_db()
    assert elsewhere.name == ""
