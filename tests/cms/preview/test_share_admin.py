"""Sharing in the admin: making a link, the report, revoking."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.preview.models import ShareLink
from cms.preview.sharing.links import share
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def page():
    page = ArticlePageFactory(title="Nháp")
    page.save_revision(log_action=True)
    return page


def make(client: Client, revision, **values):
    data = {"note": "Sở Công Thương", "days": "3", "password": "", **values}
    return client.post(reverse("preview_share", args=[revision.pk]), data)


def test_an_editor_makes_a_link_and_sees_its_address_once(page, settings):
    editor = logged_in(person("editor"))
    form = editor.get(reverse("preview_share", args=[page.latest_revision_id])).content.decode()
    assert "Dành cho ai" in form
    response = make(editor, page.latest_revision, password="mat-khau-dai")
    assert response["Cache-Control"].startswith("no-store") or "no-store" in response["Cache-Control"]
    address = re.search(r'value="(http[^"]+/share/[^"]+/)"', response.content.decode())[1]
    assert address.startswith(f"{settings.SITE_URL}/share/")
    link = ShareLink.objects.get()
    assert (link.note, link.maker.username, link.revision_id) == (
        "Sở Công Thương",
        "editor",
        page.latest_revision_id,
    )
    assert abs(link.expires_at - timezone.now() - timedelta(days=3)) < timedelta(minutes=5)
    assert (
        Client().post(address.removeprefix(settings.SITE_URL), {"password": "mat-khau-dai"}).status_code
        == 302
    )
    report = editor.get(reverse("preview_shares")).content.decode()
    assert address.split("/")[-2] not in report


@pytest.mark.parametrize(
    ("values", "message"),
    [({"days": "31"}, "31"), ({"password": "ngan"}, "8"), ({"days": ""}, "bắt buộc")],
)
def test_a_wrong_form_says_what_is_wrong(page, values, message):
    response = make(logged_in(person("editor")), page.latest_revision, **values)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert ShareLink.objects.count() == 0


def test_how_long_a_link_may_open_is_a_setting(page, settings):
    settings.CMS_SHARE_MAX_DAYS = 2
    editor = logged_in(person("editor"))
    assert make(editor, page.latest_revision, days="3").context["form"].errors
    assert make(editor, page.latest_revision, days="2").status_code == 200
    assert ShareLink.objects.count() == 1


def test_who_may_not_edit_may_not_share(page):
    other = logged_in(person("reporter"))
    assert make(other, page.latest_revision).status_code == 302  # Wagtail sends who has no right to the start
    assert ShareLink.objects.count() == 0
    assert Client().get(reverse("preview_share", args=[page.latest_revision_id])).status_code == 302


def test_it_is_offered_above_the_form_and_in_the_history(page):
    poll = PollFactory()
    revision = poll.save_revision(log_action=True)
    editor = logged_in(person("editor"))
    for thing, names in (
        (page, ("wagtailadmin_pages:edit", "wagtailadmin_pages:history")),
        (poll, ("wagtailsnippets_polls_poll:edit", "wagtailsnippets_polls_poll:history")),
    ):
        address = reverse("preview_share", args=[thing.latest_revision_id])
        for name in names:
            assert f'href="{address}"' in editor.get(reverse(name, args=[thing.pk])).content.decode(), name
    assert revision.pk == poll.latest_revision_id


def test_the_report_shows_what_was_shared_by_whom_and_how_often_it_was_opened(page):
    administrator = logged_in(person("administrator"))
    make(administrator, page.latest_revision)
    ShareLink.objects.update(opened=12, last_opened_at=timezone.now())
    text = administrator.get(reverse("preview_shares")).content.decode()
    for expected in ("Nháp", "Sở Công Thương", "administrator", ">12<", "Đang mở", "Thu hồi"):
        assert expected in re.sub(r"\s*([<>])\s*", r"\1", text), expected
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text


def test_the_report_is_filtered_by_state(page):
    editor = person("editor")
    for note, days in (("con", 1), ("het", -1)):
        share(
            page.latest_revision, editor, expires_at=timezone.now() + timedelta(days=days), note=f"ghi-{note}"
        )
    text = logged_in(editor).get(reverse("preview_shares"), {"state": "expired"}).content.decode()
    assert ("ghi-het" in text, "ghi-con" in text) == (True, False)


def test_everybody_sees_links_to_what_they_may_edit_and_their_own(page):
    poll = PollFactory(question="Hỏi")
    reporter, editor = person("reporter"), person("editor")
    own = ArticlePageFactory(title="Của phóng viên", owner=reporter)
    expires = timezone.now() + timedelta(days=1)
    for thing, maker in ((page, editor), (poll, editor), (own, reporter)):
        share(thing.save_revision(), maker, expires_at=expires)
    address = reverse("preview_shares")
    seen = {
        name: [title for title in ("Nháp", "Hỏi", "Của phóng viên") if f">{title}<" in text]
        for name, text in (
            (user.username, re.sub(r"\s*([<>])\s*", r"\1", logged_in(user).get(address).content.decode()))
            for user in (reporter, editor)
        )
    }
    assert seen == {"reporter": ["Hỏi", "Của phóng viên"], "editor": ["Nháp", "Hỏi", "Của phóng viên"]}


def test_a_link_is_revoked_by_who_may_edit_and_by_nobody_else(page):
    link, _key = share(page.latest_revision, person("editor"), expires_at=timezone.now() + timedelta(days=1))
    address = reverse("preview_revoke_share", args=[link.pk])
    assert logged_in(person("reporter")).post(address).status_code == 404
    link.refresh_from_db()
    assert link.is_open
    administrator = logged_in(person("administrator"))
    assert "Thu hồi" in administrator.get(address).content.decode()
    link.refresh_from_db()
    assert link.is_open
    assert administrator.post(address)["Location"] == reverse("preview_shares")
    link.refresh_from_db()
    assert not link.is_open
    history = administrator.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Đã thu hồi liên kết chia sẻ" in history
