"""A share link shows one revision to who has no account, until it ends."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from cms.preview.models import ShareLink
from cms.preview.sharing.links import revoke, share
from cms.trash.moving import trash
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.django_db

PAGE = """query ($contentType: String!, $token: String!) {
  page(contentType: $contentType, token: $token) { title live parent { title } } }"""
POLL = "query ($token: String!) { poll(token: $token) { question } }"


@pytest.fixture
def maker():
    return person("editor")


@pytest.fixture
def page():
    page = ArticlePageFactory(title="Đã đăng")
    page.title = "Bản nháp"
    page.save_revision()
    return page


@pytest.fixture
def made(page, maker):
    """A link to the page's draft, and its key."""

    def make(**values):
        values.setdefault("expires_at", timezone.now() + timedelta(days=7))
        return share(page.latest_revision, maker, **values)

    return make


def opened(key, password=None, **headers):
    client = Client(headers=headers)
    return (
        client.get(f"/share/{key}/")
        if password is None
        else client.post(f"/share/{key}/", {"password": password})
    )


def test_a_link_ends_with_the_model_of_its_draft(made):
    link, key = made()
    gone = ContentType.objects.create(app_label="gone", model="gonepage")
    Revision.objects.filter(pk=link.revision_id).update(content_type=gone)
    assert opened(key).status_code == 404
    assert logged_in(person("superuser")).get("/admin/reports/share-links/").status_code == 200


def asked(response):
    assert response.status_code == 302, response.content
    return {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}


def test_a_link_leads_to_the_draft_without_an_account(made, graphql):
    _link, key = made()
    response = opened(key)
    assert urlsplit(response["Location"]).path == "/preview/"
    found = asked(response)
    shown = graphql.data(PAGE, **found)["page"]
    assert (shown["title"], shown["live"]) == ("Bản nháp", False)


def test_what_is_reached_from_it_is_what_any_reader_may_see(made, page, graphql):
    _link, key = made()
    found = asked(opened(key))
    assert graphql.data(PAGE, **found)["page"]["parent"] == {"title": page.get_parent().title}
    Page.objects.filter(pk=page.get_parent().pk).update(live=False)
    assert graphql.data(PAGE, **found)["page"]["parent"] is None


def test_a_link_shows_its_revision_and_no_later_one(made, page, graphql):
    _link, key = made()
    page.title = "Sau đó"
    page.save_revision().publish()
    assert graphql.data(PAGE, **asked(opened(key)))["page"]["title"] == "Bản nháp"


def test_a_poll_can_be_shared(maker, graphql):
    poll = PollFactory(question="Nháp")
    _link, key = share(poll.save_revision(), maker, expires_at=timezone.now() + timedelta(days=1))
    assert graphql.data(POLL, token=asked(opened(key))["token"])["poll"]["question"] == "Nháp"
    trash(poll, user=maker)
    assert opened(key).status_code == 404


def test_nobody_keeps_an_answer(made, graphql):
    _link, key = made(password="mat-khau-dai")
    for response in (opened(key), opened(key, "x"), opened(key, "mat-khau-dai"), opened("x")):
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in response
    token = asked(opened(key, "mat-khau-dai"))["token"]
    answer = graphql.post(PAGE, contentType="articles.ArticlePage", token=token)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def _expire(link):
    ShareLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def _revoke(link):
    revoke(link, by=link.maker)


def _lose_the_right(link):
    link.maker.groups.clear()


def _leave(link):
    link.maker.is_active = False
    link.maker.save()


def _delete_the_maker(link):
    link.maker.delete()


def _delete_the_revision(link):
    link.revision.delete()


def _delete_the_page(link):
    link.revision.content_object.delete()


ENDS = [_expire, _revoke, _lose_the_right, _leave, _delete_the_maker, _delete_the_revision, _delete_the_page]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__.strip("_"))
def test_what_has_ended_opens_nothing_and_nor_do_the_tokens_it_gave_out(made, graphql, end):
    link, key = made()
    found = asked(opened(key))
    assert graphql.data(PAGE, **found)["page"]
    end(link)
    assert opened(key).status_code == 404
    graphql.errors(PAGE, code="PREVIEW_TOKEN_INVALID", **found)


def test_all_that_opens_nothing_looks_the_same(made):
    link, key = made()
    other, locked = made(password="mat-khau-dai")
    nothing = opened("x" * 32)
    assert nothing.status_code == 404
    assert "Liên kết này không mở được" in nothing.content.decode()
    _revoke(link)
    _expire(other)
    assert [opened(each).content for each in (key, locked)] == [nothing.content] * 2


def test_a_token_of_a_link_is_short_lived(made, graphql, settings):
    _link, key = made()
    found = asked(opened(key))
    settings.CMS_SHARED_PREVIEW_MAX_AGE = -1
    graphql.errors(PAGE, code="PREVIEW_TOKEN_EXPIRED", **found)


def test_of_the_key_only_a_digest_is_stored(made):
    _link, key = made(password="mat-khau-dai")
    assert len(key) >= 32
    stored = " ".join(str(value) for value in ShareLink.objects.values().get().values())
    assert key not in stored
    assert "mat-khau-dai" not in stored


def test_a_password_is_asked_for_in_vietnamese(made, graphql):
    _link, key = made(password="mat-khau-dai")
    form = opened(key)
    assert form.status_code == 200
    assert "Mật khẩu" in form.content.decode()
    wrong = opened(key, "sai")
    assert wrong.status_code == 403
    assert "Mật khẩu không đúng" in wrong.content.decode()
    assert graphql.data(PAGE, **asked(opened(key, "mat-khau-dai")))["page"]["title"] == "Bản nháp"


def test_passwords_can_not_be_guessed(made, settings):
    settings.CMS_SIGN_IN_FAILURES = 3
    _link, key = made(password="mat-khau-dai")
    assert [opened(key, "sai").status_code for _each in range(3)] == [403] * 3
    refused = opened(key, "mat-khau-dai")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert PageLogEntry.objects.filter(action="preview.share_locked").count() == 1
    # Another link is not locked by it.
    _link, other = made(password="mat-khau-khac")
    assert opened(other, "mat-khau-khac").status_code == 302


def test_links_are_opened_and_tried_only_so_often(made, settings):
    settings.CMS_RATE_LIMITS, settings.CMS_RATE_EXEMPT = {"share": (3, 60)}, []
    _link, key = made()
    assert [opened(each).status_code for each in (key, "x", key, key)] == [302, 404, 302, 429]


def test_openings_are_counted_and_looking_for_it_is_none(made):
    link, key = made(password="mat-khau-dai")
    opened(key), opened(key, "sai"), Client().head(f"/share/{key}/")
    link.refresh_from_db()
    assert (link.opened, link.last_opened_at) == (0, None)
    _open, other = made()
    head = Client().head(f"/share/{other}/")
    assert (head.status_code, head.has_header("Location")) == (204, False)
    opened(key, "mat-khau-dai"), opened(key, "mat-khau-dai")
    link.refresh_from_db()
    assert link.opened == 2
    assert timezone.now() - link.last_opened_at < timedelta(minutes=5)


def test_each_step_is_logged_with_what_was_shared(made, page, maker):
    link, key = made(note="Sở Công Thương")
    opened(key)
    revoke(link, by=maker)
    entries = PageLogEntry.objects.filter(action__startswith="preview.").order_by("pk")
    assert [(each.action, each.user, each.revision_id) for each in entries] == [
        ("preview.shared", maker, page.latest_revision_id),
        ("preview.share_opened", None, page.latest_revision_id),
        ("preview.share_revoked", maker, page.latest_revision_id),
    ]
    assert str(entries[0].message) == "Đã tạo liên kết chia sẻ: Sở Công Thương"
    poll = PollFactory()
    share(poll.save_revision(), maker, expires_at=timezone.now())
    assert ModelLogEntry.objects.filter(action="preview.shared").count() == 1


def test_a_shared_preview_has_no_userbar(made):
    _link, key = made()
    assert Client().get("/userbar/", asked(opened(key))).status_code == 204


def test_links_are_forgotten_long_after_they_ended(made, capsys):
    made(), made()
    old = ShareLink.objects.first()
    ShareLink.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(days=91))
    call_command("sweep_previews")
    assert capsys.readouterr().out == "previews deleted: 0; share links deleted: 1\n"
    assert old.pk not in ShareLink.objects.values_list("pk", flat=True)


def test_the_first_of_several_frontends_shows_it(made, settings):
    settings.CMS_FRONTENDS = {"web": "https://portal.example.vn", "mobile": "https://m.example.vn"}
    settings.FRONTEND_URL = "https://portal.example.vn"
    _link, key = made()
    assert opened(key)["Location"].startswith(
        "https://portal.example.vn/preview/?contentType=articles.ArticlePage"
    )
