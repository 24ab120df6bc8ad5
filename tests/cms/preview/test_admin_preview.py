"""The admin's preview panel opens the frontend with a token, or our own plain view."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from articles.models import ArticlePage
from cms.preview.models import Preview
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles

pytestmark = pytest.mark.one_database

QUERY = """query ($contentType: String!, $token: String!) { page(contentType: $contentType, token: $token) {
  title ... on ArticlePage { summary body { ... on ParagraphBlock { plainText } } } } }"""
PUBLISHED = {"title": "Nháp", "summary": "Sapo", "body": [{"plainText": "Đoạn."}]}


@pytest.fixture
def admin(admin_user) -> Client:
    client = Client()
    client.force_login(admin_user)
    return client


def form():
    lists = {name: inline_formset([]) for name in ("attachments", "legal_document_links", "comments")}
    body = streamfield([("paragraph", {"text": rich_text("<p>Đoạn.</p>")})])
    fields = {
        "title": "Nháp",
        "slug": "nhap",
        "summary": "Sapo",
        "published_at": "2026-01-01 08:00",
        "tags": "",
    }
    return nested_form_data({**fields, "body": body, **lists})


def opened(admin: Client, name: str, *args) -> str:
    """The address that the panel opens after an editor has typed."""
    address = reverse(f"wagtailadmin_pages:{name}", args=args)
    assert admin.post(address, form()).json()["is_valid"] is True
    response = admin.get(address, {"in_preview_panel": "true", "mode": ""})
    assert response.status_code == 302
    assert "no-store" in response["Cache-Control"]
    return response["Location"]


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_what_is_typed_is_shown_in_the_panel(admin, graphql):
    page = ArticlePageFactory(title="Đã đăng")
    address = opened(admin, "preview_on_edit", page.pk)
    assert urlsplit(address).path == "/preview/"
    assert asked(address)["contentType"] == "articles.ArticlePage"
    assert graphql.data(QUERY, **asked(address))["page"] == PUBLISHED
    assert ArticlePage.objects.get().title == "Đã đăng"


def test_a_page_is_shown_before_it_is_saved(admin, graphql):
    parent = list_of_articles()
    address = opened(admin, "preview_on_add", "articles", "articlepage", parent.pk)
    assert graphql.data(QUERY, **asked(address))["page"] == PUBLISHED
    assert ArticlePage.objects.count() == 0


def test_refreshing_the_panel_piles_nothing_up(admin):
    page, parent = ArticlePageFactory(), list_of_articles()
    for _time in range(3):
        opened(admin, "preview_on_edit", page.pk)
        opened(admin, "preview_on_add", "articles", "articlepage", parent.pk)
    assert Preview.objects.count() == 2


def test_a_frontend_is_opened_where_there_is_one(admin, settings):
    settings.FRONTEND_URL = "https://portal.example.test/"
    address = opened(admin, "preview_on_edit", ArticlePageFactory().pk)
    assert address.startswith("https://portal.example.test/preview/?contentType=articles.ArticlePage&token=")


def test_an_older_revision_can_be_looked_at(admin, graphql):
    page = ArticlePageFactory(title="một", summary="cũ")
    revision = page.save_revision()
    page.summary = "mới"
    page.save_revision().publish()
    response = admin.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]))
    assert graphql.data(QUERY, **asked(response["Location"]))["page"]["summary"] == "cũ"


def test_the_saved_draft_can_be_looked_at(admin, graphql):
    page = ArticlePageFactory(title="một")
    page.title = "hai"
    page.save_revision()
    response = admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert graphql.data(QUERY, **asked(response["Location"]))["page"]["title"] == "hai"


def test_a_poll_is_shown_as_a_page_is(admin, graphql):
    poll = PollFactory(question="Hỏi gì?")
    revision = poll.save_revision()
    address = reverse("wagtailsnippets_polls_poll:revisions_view", args=[poll.pk, revision.pk])
    found = asked(admin.get(address)["Location"])
    assert found["contentType"] == "polls.Poll"
    query = "query ($token: String!) { poll(token: $token) { question options { text } } }"
    assert graphql.data(query, token=found["token"])["poll"] == {
        "question": "Hỏi gì?",
        "options": [{"text": "A"}, {"text": "B"}, {"text": "C"}],
    }


@pytest.mark.django_db
def test_nobody_else_gets_a_token():
    page = ArticlePageFactory()
    response = Client().get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert urlsplit(response["Location"]).path == "/admin/login/"
    assert Preview.objects.count() == 0
