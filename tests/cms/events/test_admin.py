"""Webhooks in the admin: who sees them, and that a secret is shown once."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.html import escape

from cms.events.models import Delivery, DeliveryState, Webhook
from cms.events.outbox import record
from cms.events.signing import secret_of
from tests.factories.people import logged_in, person
from tests.factories.webhooks import webhook

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FORM = {
    "name": "Bản dựng",
    "url": "https://receiver.example/hook",
    "events": ["page.published"],
    "is_active": "on",
}
SECRET = re.compile(r"whsec_[\w+/=]+")


@pytest.fixture
def browser() -> Client:
    return logged_in(person("superuser"))


def delivery() -> Delivery:
    event = record("page.published", subject="page:1", data={"object": {"path": "/tin-tức/"}})
    assert event is not None
    return event.deliveries.get()


def test_a_secret_is_shown_when_it_is_made_and_never_again(browser: Client):
    made = browser.post("/admin/webhook/new/", FORM)
    hook = Webhook.objects.get()
    [secret] = set(SECRET.findall(made.content.decode()))
    assert secret == secret_of(hook)
    assert "no-store" in made["Cache-Control"]
    pages = [
        "",
        f"edit/{hook.pk}/",
        f"history/{hook.pk}/",
        f"{hook.pk}/secret/",
        "?export=csv",
        "?export=xlsx",
    ]
    for page in pages:
        response = browser.get(f"/admin/webhook/{page}", follow=True)
        assert response.status_code == 200, page
        content = b"".join(response) if response.streaming else response.content
        assert hook.salt.encode() not in content
        assert b"whsec_" not in content
    rotated = browser.post(f"/admin/webhook/{hook.pk}/secret/")
    hook.refresh_from_db()
    assert SECRET.findall(rotated.content.decode())[0] == secret_of(hook) != secret
    assert hook.former_salt
    browser.post(f"/admin/webhook/{hook.pk}/secret/", {"is_leaked": "on"})
    hook.refresh_from_db()
    assert hook.former_salt == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://receiver.example/",
        "https://user:word@receiver.example/",
        "ftp://receiver.example/",
        "file:///etc",
    ],
)
def test_an_address_that_may_not_be_asked_is_refused(browser: Client, url: str):
    assert browser.post("/admin/webhook/new/", FORM | {"url": url}).status_code == 200
    assert not Webhook.objects.exists()


def test_a_form_changes_a_webhook_and_leaves_its_secret(browser: Client):
    hook = webhook(events=["page.published"])
    browser.post(f"/admin/webhook/edit/{hook.pk}/", FORM | {"events": ["page.deleted", "poll.opened"]})
    changed = Webhook.objects.get()
    assert (changed.name, changed.events) == ("Bản dựng", ["page.deleted", "poll.opened"])
    assert changed.salt == hook.salt


def test_a_delivery_shows_request_and_answer_and_is_sent_again(browser: Client):
    webhook()
    sent = delivery()
    Delivery.objects.update(state=DeliveryState.DELIVERED, status=200, answer="<b>đã nhận</b>", attempts=1)
    assert "page.published" in browser.get("/admin/reports/webhook-deliveries/").content.decode()
    page = browser.get(f"/admin/reports/webhook-deliveries/{sent.pk}/").content.decode()
    assert sent.event.message_id in page
    assert "/tin-tức/" in page
    assert escape("<b>đã nhận</b>") in page
    browser.post(f"/admin/reports/webhook-deliveries/{sent.pk}/")
    again = Delivery.objects.get()
    assert (again.state, again.attempts) == (DeliveryState.WAITING, 0)
    assert again.event.message_id == sent.event.message_id


def test_a_test_is_an_event_for_one_webhook(browser: Client):
    hook = webhook()
    webhook(name="Khác")
    browser.post(f"/admin/webhook/{hook.pk}/test/")
    assert list(Delivery.objects.values_list("webhook", "event__type")) == [(hook.pk, "webhook.test")]


def test_who_has_no_permission_sees_nothing_and_who_may_look_changes_nothing():
    hook = webhook()
    sent = delivery()
    editor = person("editor")
    addresses = [
        "/admin/webhook/",
        f"/admin/webhook/edit/{hook.pk}/",
        f"/admin/webhook/{hook.pk}/secret/",
        f"/admin/webhook/{hook.pk}/test/",
        "/admin/reports/webhook-deliveries/",
        f"/admin/reports/webhook-deliveries/{sent.pk}/",
    ]
    browser = logged_in(editor)
    assert {browser.get(address).status_code for address in addresses} == {302}
    assert "webhook" not in browser.get("/admin/reports/site-history/").content.decode()
    editor.user_permissions.add(Permission.objects.get(codename="view_webhook"))
    browser = logged_in(type(editor).objects.get(pk=editor.pk))
    assert browser.get("/admin/webhook/").status_code == 200
    assert browser.get(f"/admin/reports/webhook-deliveries/{sent.pk}/").status_code == 200
    for address in (f"/admin/webhook/{hook.pk}/secret/", f"/admin/reports/webhook-deliveries/{sent.pk}/"):
        assert browser.post(address).status_code == 302
    hook.refresh_from_db()
    assert (hook.former_salt, Delivery.objects.get().attempts) == ("", 0)
