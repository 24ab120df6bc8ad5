"""Mails and the messages after what somebody did are Vietnamese, in their subjects too."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, PageSubscription
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from articles.models import ArticlePage
from cms.accounts.resets import send_reset
from tests.factories.articles import article_list
from tests.factories.people import logged_in, person
from tests.vietnamese.english import english_in, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal"), pytest.mark.one_database]


def form(**values: Any) -> dict[str, Any]:
    lists = {name: inline_formset([]) for name in ("attachments", "legal_document_links", "comments")}
    basics = {
        "title": "Tin vắn",
        "slug": "tin-van",
        "summary": "Sapo",
        "published_at": "2026-01-14 08:00",
        "body": streamfield([("paragraph", {"text": rich_text("<p>Một.</p>")})]),
        "tags": "",
    }
    return nested_form_data({**basics, **lists, **values})


def article() -> ArticlePage:
    return ArticlePage.objects.get(slug="tin-van")


def write(client: Client, action: str) -> HttpResponse:
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", article_list().pk])
    return client.post(address, {**form(), action: "1"})


def edit(client: Client, action: str, **values: Any) -> HttpResponse:
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[article().pk]), {**form(**values), action: "1"}
    )


def decide(client: Client, action: str, comment: str = "") -> HttpResponse:
    step = article().current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article().pk, action, step.pk])
    return client.post(address, {"comment": comment})


def english_mails() -> list[tuple[str, list[str]]]:
    """What is English in the mails that were sent, with their subjects."""
    return [
        (sent.subject, found)
        for sent in mail.outbox
        if (found := english_in(f"{sent.subject}\n{sent.body}\n{_html(sent)}"))
    ]


def _html(sent: Any) -> str:
    return "\n".join(text for each in sent.alternatives for text in texts(each.content))


def test_mails_of_the_way_through_approval_are_vietnamese(django_capture_on_commit_callbacks):
    reporter, editor, administrator = (
        logged_in(person(role, first_name=name, last_name="Nguyễn Văn"))
        for role, name in (("reporter", "An"), ("editor", "Bình"), ("administrator", "Cường"))
    )
    with django_capture_on_commit_callbacks(execute=True):
        answers = [
            write(reporter, "action-submit"),
            decide(editor, "reject", "Thiếu nguồn."),
            edit(reporter, "action-submit"),
            decide(editor, "approve", "Được."),
            decide(administrator, "approve"),
        ]
    said = [str(message) for answer in answers for message in get_messages(answer.wsgi_request)]
    assert len(said) == 3
    assert [text for text in said if english_in(text)] == []
    assert english_mails() == []
    assert "Trang “Tin vắn” được gửi duyệt ở bước “Biên tập viên duyệt”" in {
        sent.subject for sent in mail.outbox
    }


def test_mails_about_comments_are_vietnamese(django_capture_on_commit_callbacks):
    reporter, editor = (
        person("reporter", first_name="An", last_name="Nguyễn"),
        person("editor", first_name="Bình", last_name="Trần Văn"),
    )
    write(logged_in(reporter), "action-submit")
    PageSubscription.objects.update_or_create(
        user=reporter, page=article().page_ptr, defaults={"comment_notifications": True}
    )
    comment = {
        "text": "Thiếu nguồn.",
        "contentpath": "summary",
        "position": "",
        "id": "",
        "replies": inline_formset([]),
    }
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        edit(logged_in(editor), "action-save", comments=inline_formset([comment]))
    assert Comment.objects.count() == 1
    assert [sent.subject for sent in mail.outbox] == ["Trần Văn Bình đã cập nhật nhận xét trong “Tin vắn”"]
    assert english_mails() == []


def test_the_mail_for_a_forgotten_password_is_vietnamese():
    user = person("reporter", first_name="An", last_name="Nguyễn Văn")
    send_reset.call(user.email, host="cms.example.vn", secure=True)
    assert [sent.subject for sent in mail.outbox] == ["Đặt lại mật khẩu"]
    assert english_mails() == []
