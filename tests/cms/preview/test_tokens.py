"""What a preview's token opens, for how long, and for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from articles.models import ArticleLegalDocument, ArticlePage
from cms.preview.drafts import keep_draft
from cms.preview.models import Preview
from cms.preview.tokens import SALT
from tests.drafts import login_of, token_of
from tests.factories.articles import CategoryFactory, LegalDocumentFactory
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory, list_of_articles

PREVIEW = """query ($type: String!, $token: String!) { page(contentType: $type, token: $token) {
  __typename id title live url
  ... on ArticlePage { summary tags category { name } legalDocuments { number } body { ... on ParagraphBlock { html } } }
} }"""
ARTICLE = "articles.ArticlePage"


@pytest.fixture
def shown(graphql):
    """The page that a token shows."""
    return lambda token, type=ARTICLE: graphql.data(PREVIEW, type=type, token=token)["page"]


@pytest.fixture
def refused(graphql):
    """The error that a token gets."""

    def error(token: str, type: str = ARTICLE, code: str = "PREVIEW_TOKEN_INVALID") -> dict:
        [found] = graphql.errors(PREVIEW, type=type, token=token, code=code)
        return found

    return error


def test_a_token_shows_the_draft_with_all_that_hangs_on_it(shown, editor):
    page = ArticlePageFactory(title="Đã đăng", slug="bai", summary="cũ", tags=["cũ"])
    page.title, page.summary, page.slug = "Nháp", "mới", "bai-moi"
    page.category = CategoryFactory(name="Chuyên mục")
    page.tags.set(["mới"])
    page.legal_document_links = [ArticleLegalDocument(legal_document=LegalDocumentFactory(number="9/KH"))]
    page.body = [("paragraph", {"text": "<p>Nội dung</p>"})]
    assert shown(token_of(page, editor)) == {
        "__typename": "ArticlePage",
        "id": f"draft.{page.pk}",
        "title": "Nháp",
        "live": False,
        "url": "/tin-tuc/bai/",
        "summary": "mới",
        "tags": ["mới"],
        "category": {"name": "Chuyên mục"},
        "legalDocuments": [{"number": "9/KH"}],
        "body": [{"html": "<p>Nội dung</p>"}],
    }


def test_a_preview_changes_nothing_that_readers_see(graphql, editor):
    page = ArticlePageFactory(title="Đã đăng", slug="bai")
    page.title = "Nháp"
    token_of(page, editor)
    assert graphql.data('{ page(slug: "bai") { title } }')["page"] == {"title": "Đã đăng"}
    assert ArticlePage.objects.get().title == "Đã đăng"


def test_a_page_that_was_never_saved_can_be_shown(shown, editor):
    parent = list_of_articles()
    page = ArticlePage(title="Mới", summary="chưa lưu", path=parent.path + "0001", depth=parent.depth + 1)
    found = shown(token_of(page, editor))
    assert (found["title"], found["summary"], found["live"]) == ("Mới", "chưa lưu", False)
    assert ArticlePage.objects.count() == 0


def test_a_draft_that_links_to_what_was_deleted_can_be_shown(shown, editor):
    category = CategoryFactory()
    token = token_of(ArticlePageFactory(category=category), editor)
    category.delete()
    assert shown(token)["category"] is None


def test_typing_on_replaces_the_draft_and_an_older_token_shows_the_newest(shown, editor):
    page = ArticlePageFactory()
    login, tokens = login_of(editor), []
    for title in ("một", "hai", "ba"):
        page.title = title
        tokens.append(keep_draft(page, login))
    assert Preview.objects.count() == 1
    assert [shown(token)["title"] for token in tokens] == ["ba", "ba", "ba"]


def test_editors_do_not_see_each_others_drafts(shown, editor, admin_user):
    page = ArticlePageFactory()
    page.title = "của biên tập"
    first = token_of(page, editor)
    page.title = "của quản trị"
    second = token_of(page, admin_user)
    assert (shown(first)["title"], shown(second)["title"]) == ("của biên tập", "của quản trị")


def test_a_draft_of_each_object_is_kept(shown, editor):
    tokens = [token_of(ArticlePageFactory(title=title), editor) for title in ("một", "hai")]
    campaign = token_of(CampaignPageFactory(title="ba"), editor)
    assert [shown(token)["title"] for token in tokens] == ["một", "hai"]
    assert shown(campaign, "campaigns.CampaignPage")["title"] == "ba"


def test_dates_and_times_survive(graphql, editor):
    page = ArticlePageFactory(published_at=datetime(2022, 11, 14, 1, tzinfo=UTC))
    campaign = CampaignPageFactory(starts_on=date(2021, 1, 1))
    query = """query ($article: String!, $campaign: String!) {
      article: page(contentType: "articles.ArticlePage", token: $article) { ... on ArticlePage { publishedAt } }
      campaign: page(contentType: "campaigns.CampaignPage", token: $campaign) { ... on CampaignPage { startsOn } } }"""
    answer = graphql.data(query, article=token_of(page, editor), campaign=token_of(campaign, editor))
    assert datetime.fromisoformat(answer["article"]["publishedAt"]) == page.published_at
    assert answer["campaign"]["startsOn"] == "2021-01-01"


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "đ", "\x01", "." * 5000, "😀:1:2"])
def test_what_is_no_token_is_refused(refused, token):
    refused(token)


def test_a_token_that_was_tampered_with_is_refused(refused, editor):
    token = token_of(ArticlePageFactory(), editor)
    for other in (token[:-1], token + "x", "x" + token, token.swapcase()):
        refused(other)


def test_a_token_of_another_purpose_is_refused(refused, editor):
    token_of(ArticlePageFactory(), editor)
    claims = {"preview": Preview.objects.get().pk, "editor": editor.pk}
    refused(signing.dumps(claims, salt="another"))
    refused(signing.dumps(claims, salt=SALT, key="another key"))


def test_a_token_is_bound_to_its_editor_and_its_draft(refused, editor, admin_user):
    token_of(ArticlePageFactory(), editor)
    preview = Preview.objects.get()
    refused(signing.dumps({"preview": preview.pk, "editor": admin_user.pk}, salt=SALT))
    refused(signing.dumps({"preview": preview.pk + 1, "editor": editor.pk}, salt=SALT))


@pytest.mark.parametrize(
    "type", ["", "x", "articles", "campaigns.CampaignPage", "wagtailcore.Page", "auth.User"]
)
def test_a_token_opens_only_its_own_type(refused, editor, type):
    refused(token_of(ArticlePageFactory(), editor), type)


def test_the_draft_of_a_poll_is_no_page(refused, editor):
    refused(token_of(PollFactory(), editor), "polls.Poll")


def test_refusals_do_not_tell_what_exists(refused, editor):
    token = token_of(ArticlePageFactory(), editor)
    gone = signing.dumps({"preview": 10**9, "editor": editor.pk}, salt=SALT)
    answers = [refused("x"), refused(gone), refused(token, "auth.User"), refused(token, "no.Model")]
    assert {answer["message"] for answer in answers} == {"The preview token is not valid."}


def test_a_token_expires_after_an_hour(shown, refused, editor, settings):
    assert settings.CMS_PREVIEW_MAX_AGE == 3600
    now = timezone.now().timestamp()
    page = ArticlePageFactory(title="Nháp")
    with patch("django.core.signing.time.time", return_value=now - 3590):
        good = token_of(page, editor)
    with patch("django.core.signing.time.time", return_value=now - 3610):
        old = token_of(page, editor)
    assert shown(good)["title"] == "Nháp"
    refused(old, code="PREVIEW_TOKEN_EXPIRED")


def _leave(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _lose_the_admin(user: User) -> None:
    user.groups.remove(Group.objects.get(name="Biên tập viên"))


@pytest.mark.parametrize("change", [_leave, _lose_the_admin, User.delete])
def test_a_token_ends_with_the_rights_of_its_editor(shown, refused, editor, change):
    token = token_of(ArticlePageFactory(), editor)
    assert shown(token)
    change(editor)
    refused(token)


def test_a_token_of_a_superuser_who_left_is_refused(refused, admin_user):
    token = token_of(ArticlePageFactory(), admin_user)
    _leave(admin_user)
    refused(token)


def test_a_token_ends_with_its_page(refused, editor):
    page = ArticlePageFactory()
    token = token_of(page, editor)
    page.delete()
    refused(token)


def test_a_token_ends_with_the_model_of_its_draft(refused, editor):
    token = token_of(ArticlePageFactory(), editor)
    Preview.objects.update(content_type=ContentType.objects.create(app_label="gone", model="gonepage"))
    refused(token)


def test_an_answer_to_a_token_is_stored_nowhere(graphql, editor):
    response = graphql.post(PREVIEW, type=ARTICLE, token=token_of(ArticlePageFactory(), editor))
    assert response["Cache-Control"] == "no-store"
    assert graphql.post(PREVIEW, type=ARTICLE, token="x")["Cache-Control"] == "no-store"


def test_drafts_whose_tokens_expired_are_swept(shown, editor, admin_user):
    page = ArticlePageFactory()
    token_of(page, editor)
    Preview.objects.update(updated_at=timezone.now() - timedelta(seconds=3601))
    token = token_of(page, admin_user)
    out = StringIO()
    call_command("sweep_previews", stdout=out)
    assert out.getvalue() == "previews deleted: 1; share links deleted: 0\n"
    assert shown(token)


def test_a_page_deep_in_the_tree_can_be_shown(shown, editor):
    parent = list_of_articles()
    Page.objects.filter(pk=parent.pk).update(path=parent.path + "0001" * 50, depth=53)
    parent.refresh_from_db()
    page = ArticlePage(title="Sâu", path=parent.path + "0001", depth=54)
    assert shown(token_of(page, editor))["title"] == "Sâu"
