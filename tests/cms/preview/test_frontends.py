"""Several frontends: the editor chooses, and "view live" leads to the first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories.people import logged_in
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FRONTENDS = {
    "web": "https://portal.example.vn",
    "mobile": "https://m.example.vn/",
    "kiosk": "https://kiosk.example.vn/man-hinh",
}


@pytest.fixture
def several(settings):
    settings.CMS_FRONTENDS = FRONTENDS
    settings.FRONTEND_URL = FRONTENDS["web"]
    return settings


@pytest.fixture
def admin(admin_user) -> Client:
    return logged_in(admin_user)


def address(admin, page, mode=None):
    query = {"mode": mode} if mode is not None else {}
    return admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), query)["Location"]


def test_the_editor_chooses_among_the_frontends(several, admin):
    page = ArticlePageFactory()
    assert address(admin, page).startswith(
        "https://portal.example.vn/preview/?contentType=articles.ArticlePage"
    )
    assert address(admin, page, "web").startswith("https://portal.example.vn/preview/?")
    assert address(admin, page, "mobile").startswith("https://m.example.vn/preview/?")
    assert address(admin, page, "kiosk").startswith("https://kiosk.example.vn/man-hinh/preview/?")
    assert address(admin, page, "https://evil.example/").startswith("https://portal.example.vn/preview/?")
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    options = form.split('name="preview_mode"')[1].split("</select>")[0]
    assert [name in options for name in ('value="web"', 'value="mobile"', ">kiosk<")] == [True] * 3


def test_one_frontend_is_no_choice(settings, admin):
    settings.FRONTEND_URL = "https://portal.example.vn"
    page = ArticlePageFactory()
    assert page.preview_modes == PollFactory().preview_modes
    assert len(page.preview_modes) == 1
    assert (
        'name="preview_mode"'
        not in admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )


def publish(admin, page):
    lists = {name: inline_formset([]) for name in ("attachments", "legal_document_links", "comments")}
    body = streamfield([("paragraph", {"text": rich_text("<p>Đoạn.</p>")})])
    fields = {
        "title": "Tin",
        "slug": "tin",
        "summary": "Sapo",
        "published_at": "2026-01-01 08:00",
        "tags": "",
    }
    data = nested_form_data({**fields, "body": body, **lists})
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return admin.post(url, {**data, "action-publish": "1"}, follow=True).content.decode()


def test_view_live_leads_to_the_first_frontend(several, admin):
    page = ArticlePageFactory(slug="tin", title="Tin")
    live = "https://portal.example.vn/tin-tuc/tin/"
    assert f'href="{live}"' in publish(admin, page)
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    listing = admin.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    assert f'href="{live}"' in edit
    assert f'href="{live}"' in listing
    assert 'href="/tin-tuc/tin/"' not in edit + listing
    assert (page.url, page.full_url) == (live, live)


def test_without_a_frontend_addresses_are_those_of_the_site(admin):
    page = ArticlePageFactory(slug="tin")
    assert page.full_url == "http://localhost/tin-tuc/tin/"


def test_pages_of_another_site_are_seen_at_its_own_address(several):
    list_of_articles()
    other = Page.get_first_root_node().add_child(instance=Page(title="Khác", slug="khac"))
    Site.objects.create(hostname="khac.example.vn", port=443, root_page=other)
    page = ArticlePageFactory(slug="tin", parent=other)
    assert page.full_url == "https://khac.example.vn/tin/"
    assert ArticlePageFactory(slug="tin").full_url == "https://portal.example.vn/tin-tuc/tin/"


def test_a_page_of_no_site_has_no_address(several):
    page = ArticlePageFactory()
    Site.objects.all().delete()
    assert (page.url, page.full_url) == (None, None)
