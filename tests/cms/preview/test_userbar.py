"""The userbar for frontends: by the token of a preview, for the frontends' origins."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.drafts import token_of
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PORTAL = "https://portal.example.vn"


@pytest.fixture
def page():
    return ArticlePageFactory()


def asked(thing, token, **more):
    query = {"contentType": thing._meta.label, "token": token, **more}
    return Client().get(f"/userbar/?{urlencode(query)}", headers={"origin": PORTAL})


def configuration(html: str) -> dict:
    soup = BeautifulSoup(html, "html.parser")
    return json.loads(soup.find(id="checker-axe-configuration").string)


def test_the_token_is_enough_and_no_cookie_is_needed(page, settings):
    settings.CORS_ALLOWED_ORIGINS = [PORTAL]
    response = asked(page, token_of(page, person("editor")))
    assert response.status_code == 200
    html = response.content.decode()
    assert "<wagtail-userbar>" in html
    assert "//testserver/static/wagtailadmin/js/userbar.js" in html
    assert reverse("wagtailadmin_explore", args=[page.get_parent().pk]) in html
    assert response["Access-Control-Allow-Origin"] == PORTAL
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")
    assert "Set-Cookie" not in response


def test_checks_may_pass_between_the_admin_and_the_frontends(page, settings):
    settings.CMS_FRONTENDS = {"web": f"{PORTAL}/cong", "mobile": "https://m.example.vn"}
    origins = ["<same_origin>", "http://testserver", PORTAL, "https://m.example.vn"]
    token = token_of(page, person("editor"))
    assert configuration(asked(page, token).content.decode())["spec"]["allowedOrigins"] == origins
    editor = logged_in(person("administrator")).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert configuration(editor.content.decode())["spec"]["allowedOrigins"] == origins


def test_in_the_panel_only_the_checks_are_there(page):
    token = token_of(page, person("editor"))
    html = asked(page, token, in_preview_panel="true").content.decode()
    assert "checker-axe-configuration" in html
    assert reverse("wagtailadmin_explore", args=[page.get_parent().pk]) not in html
    assert "<aside hidden" in html


def test_a_preview_of_a_poll_has_a_userbar(page):
    poll = PollFactory()
    assert asked(poll, token_of(poll, person("editor"))).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_a_token_that_opens_nothing_gets_nothing(page, token):
    response = asked(page, token)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Cache-Control"] == "no-store"


def test_a_token_of_another_type_or_without_a_right_gets_nothing(page):
    editor = person("editor")
    token = token_of(page, editor)
    assert asked(PollFactory(), token).status_code == 204
    editor.groups.clear()
    assert asked(page, token).status_code == 204


def test_a_login_without_a_token_gets_nothing(page):
    client = logged_in(person("superuser"))
    assert client.get("/userbar/", {"contentType": "articles.ArticlePage"}).status_code == 204


def test_other_origins_can_not_read_it(page, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://other.example.vn"]
    assert "Access-Control-Allow-Origin" not in asked(page, token_of(page, person("editor")))


def test_it_is_asked_for_as_often_as_previews(page, settings):
    settings.CMS_RATE_LIMITS = {"preview": (2, 60)}
    settings.CMS_RATE_EXEMPT = []
    token = token_of(page, person("editor"))
    assert [asked(page, token).status_code for _each in range(3)] == [200, 200, 429]


def test_frontends_may_load_its_scripts():
    response = Client().get("/static/preview/userbar.js")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert Client().get("/userbar/")["Cross-Origin-Resource-Policy"] == "same-origin"
