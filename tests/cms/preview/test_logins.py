"""A preview ends with the login that it was made in, and with the right to edit what it shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from articles.models import ArticlePage
from cms.preview.models import Preview
from home.models import SiteSettings
from tests.drafts import token_of
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.people import PASSWORD, logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles

pytestmark = pytest.mark.django_db

PAGE = """query ($token: String!) { page(contentType: "articles.ArticlePage", token: $token) { title } }"""
POLL = "query ($token: String!) { poll(token: $token) { question } }"
SITE = "query ($token: String!) { site(token: $token) { name } }"


@pytest.fixture
def page():
    page = ArticlePageFactory(title="Bài")
    page.save_revision()
    return page


def opened_by(client: Client, page: Page) -> str:
    """The token that somebody's browser gets for the saved draft of a page."""
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    return parse_qs(urlsplit(response["Location"]).query)["token"][0]


@pytest.fixture
def shown(graphql):
    return lambda token: graphql.data(PAGE, token=token)["page"]["title"]


@pytest.fixture
def refused(graphql):
    return lambda token, query=PAGE: graphql.errors(query, token=token, code="PREVIEW_TOKEN_INVALID")


def test_a_token_ends_with_the_logout_of_its_own_browser_only(page, shown, refused):
    editor = person("editor")
    office, home = logged_in(editor), logged_in(editor)
    tokens = [opened_by(client, page) for client in (office, home)]
    assert Preview.objects.count() == 2
    office.post(reverse("wagtailadmin_logout"))
    refused(tokens[0])
    assert shown(tokens[1]) == "Bài"
    assert Preview.objects.count() == 1


def test_a_new_login_does_not_open_old_tokens(page, refused):
    editor = person("editor")
    client = logged_in(editor)
    token = opened_by(client, page)
    client.post(reverse("wagtailadmin_logout"))
    client.force_login(editor)
    opened_by(client, page)
    refused(token)


def test_a_token_ends_with_a_new_password_set_by_somebody_else(page, refused):
    editor = person("editor")
    token = opened_by(logged_in(editor), page)
    editor.set_password(PASSWORD + "!")
    editor.save()
    refused(token)


def test_a_token_ends_with_a_session_that_was_left_alone(page, shown, refused, settings):
    client = logged_in(person("editor"))
    token = opened_by(client, page)
    assert shown(token) == "Bài"
    settings.CMS_PREVIEW_MAX_AGE = 10**6
    session = client.session
    session["used"] -= settings.CMS_SESSION_IDLE_MINUTES * 60
    session.save()
    refused(token)


def test_a_token_ends_with_a_session_that_has_expired(page, refused):
    token = opened_by(logged_in(person("editor")), page)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    refused(token)
    call_command("clearsessions")
    assert Preview.objects.count() == 0


def test_a_session_of_somebody_else_opens_nothing(page, refused):
    token = opened_by(logged_in(person("editor")), page)
    other = logged_in(person("administrator"))
    Preview.objects.update(session=other.session.session_key)
    refused(token)


def test_a_token_ends_with_the_right_to_edit_that_page_alone(page, shown, refused):
    """An editor of one section is taken off it, and still works in the admin, in another."""
    other = ArticlePageFactory(title="Khác", parent=list_of_articles("khac"))
    editor = person("reporter")
    group = Group.objects.create(name="Hai mục")
    sections = [
        GroupPagePermission.objects.create(group=group, page=each.get_parent(), permission_type="change")
        for each in (page, other)
    ]
    editor.groups.add(group)
    tokens = [token_of(each, editor) for each in (page, other)]
    assert [shown(token) for token in tokens] == ["Bài", "Khác"]
    sections[0].delete()
    refused(tokens[0])
    assert shown(tokens[1]) == "Khác"


def test_a_token_for_a_new_page_ends_with_the_right_to_add_one_there(shown, refused):
    parent = list_of_articles()
    group = Group.objects.create(name="Một mục")
    editor = person("editor")
    editor.groups.set([group])
    group.permissions.set(Group.objects.get(name="Phóng viên").permissions.all())
    right = GroupPagePermission.objects.create(group=group, page=parent, permission_type="add")
    page = ArticlePage(title="Mới", path=parent.path + "0001", depth=parent.depth + 1)
    token = token_of(page, editor)
    assert shown(token) == "Mới"
    right.delete()
    refused(token)


def test_a_reporter_sees_their_own_page_and_nobody_elses(page, shown, refused):
    reporter = person("reporter")
    own = ArticlePageFactory(title="Của tôi", owner=reporter)
    assert shown(token_of(own, reporter)) == "Của tôi"
    refused(token_of(page, reporter))


def test_a_locked_page_can_still_be_looked_at(page, shown):
    editor = person("editor")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_at=timezone.now())
    assert shown(token_of(page, editor)) == "Bài"


@pytest.mark.parametrize("lose", ["change_poll", "access_admin"])
def test_a_token_for_a_poll_ends_with_the_right_to_change_polls(graphql, refused, lose):
    editor = person("editor")
    poll = PollFactory(question="Hỏi")
    token = token_of(poll, editor)
    assert graphql.data(POLL, token=token)["poll"]["question"] == "Hỏi"
    group = editor.groups.get()
    group.permissions.remove(group.permissions.get(codename=lose))
    refused(token, POLL)


def test_a_token_for_settings_is_for_who_may_change_them(graphql, refused):
    settings: Any = settings_of(HomePageFactory())
    SiteSettings.objects.update(name="Cổng")
    assert graphql.data(SITE, token=token_of(settings, person("administrator")))["site"] == {"name": ""}
    refused(token_of(settings, person("editor")), SITE)


def test_a_token_ends_with_its_editor(page, refused):
    token = token_of(page, person("editor"))
    get_user_model().objects.all().delete()
    refused(token)
