"""How events reach receivers: signed, in order, at least once, and never inside the network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
import standardwebhooks
from django.conf import LazySettings
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from freezegun import freeze_time

from cms.events.delivery.runs import run
from cms.events.models import Delivery, DeliveryProblem, DeliveryState, Event, Queue, Webhook
from cms.events.outbox import record
from cms.events.signing import secret_of
from tests.factories.articles import ArticleFactory, article_list
from tests.factories.home import HomePageFactory
from tests.factories.webhooks import Receiver, deliver, make_due, receiver, webhook

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings: LazySettings) -> Iterator[Receiver]:
    """A receiver, on a machine that webhooks may lead to."""
    settings.CMS_WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiver() as found:
        yield found


def happened(subject: str = "page:1", number: int = 0) -> Event:
    event = record("page.published", subject=subject, data={"number": number})
    assert event is not None
    return event


def numbers(there: Receiver) -> list[int]:
    return [event["data"]["number"] for event in there.events]


def only() -> Delivery:
    return Delivery.objects.get()


def verified(there: Receiver, secret: str) -> Any:
    """The last message, if it was signed with this secret."""
    return standardwebhooks.Webhook(secret).verify(there.bodies[-1], there.headers[-1])


def test_an_event_arrives_once_signed_after_the_standard(there: Receiver):
    hook = webhook(url=there.url)
    HomePageFactory()
    ArticleFactory(parent=article_list(), live=False).save_revision().publish()
    deliver()
    deliver()
    event = Event.objects.latest("pk")
    assert verified(there, secret_of(hook)) == event.payload
    assert there.headers[-1]["webhook-id"] == event.message_id
    assert there.headers[-1]["content-type"] == "application/json"
    assert len(there.bodies) == Event.objects.count()
    assert set(Delivery.objects.values_list("state", "status", "attempts")) == {("delivered", 204, 1)}


def test_a_former_secret_counts_until_its_day_is_over_or_at_once_not(there: Receiver):
    hook = webhook(url=there.url)
    former = secret_of(hook)
    hook.rotate(is_leaked=False)
    happened()
    deliver()
    assert verified(there, secret_of(hook))
    assert verified(there, former)
    with freeze_time(timezone.now() + timedelta(hours=25)):
        happened()
        deliver()
        assert verified(there, secret_of(hook))
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            verified(there, former)
        former = secret_of(hook)
        hook.rotate(is_leaked=True)
        happened()
        deliver()
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            verified(there, former)


def test_a_secret_is_in_no_row(there: Receiver):
    hook = webhook(url=there.url)
    happened()
    deliver()
    secret = secret_of(hook).removeprefix("whsec_")
    rows = [
        *Webhook.objects.values(),
        *Event.objects.values(),
        *Delivery.objects.values(),
        *Queue.objects.values(),
    ]
    assert secret not in str(rows)


def test_a_receiver_that_is_down_gets_everything_when_it_is_back_in_order(settings: LazySettings):
    settings.CMS_WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        hook = webhook(url=f"http://127.0.0.1:{nobody.getsockname()[1]}/")
        for number in range(5):
            happened("page:1", number)
        for _attempt in range(3):
            deliver()
            make_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    first = Delivery.objects.earliest("event")
    assert (first.attempts, first.problem) == (3, DeliveryProblem.NO_ANSWER)
    with receiver() as there:
        Webhook.objects.filter(pk=hook.pk).update(url=there.url)
        make_due()
        deliver()
        assert numbers(there) == [0, 1, 2, 3, 4]
    assert Queue.objects.get().failures == 0


def test_pauses_grow_and_after_a_day_it_is_given_up(there: Receiver):
    webhook(url=there.url)
    happened()
    there.statuses = [500] * 100
    pauses = []
    now = timezone.now()
    for _attempt in range(12):
        with freeze_time(now):
            deliver()
            pauses.append(round((only().next_attempt_at - now).total_seconds()))
        now = max(only().next_attempt_at, Queue.objects.get().retry_at)
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]
    assert only().answer.startswith("says 500")
    assert len(only().answer) == 2000
    with freeze_time(only().give_up_at + timedelta(seconds=1)):
        deliver()
    assert (only().state, only().problem) == (DeliveryState.FAILED, DeliveryProblem.TOO_LATE)


def test_while_a_receiver_is_away_it_is_asked_no_more_than_once_in_a_pause(there: Receiver):
    webhook(url=there.url)
    for number in range(3):
        happened(f"page:{number}", number)
    there.statuses = [503] * 100
    deliver()
    deliver()
    assert numbers(there) == [0]
    Queue.objects.update(retry_at=None)
    deliver()
    assert numbers(there) == [0, 1]


def test_what_a_receiver_refuses_holds_up_its_own_object_alone(there: Receiver):
    webhook(url=there.url)
    for number, subject in enumerate(["page:1", "page:1", "page:2"]):
        happened(subject, number)
    there.statuses = [422]
    deliver()
    assert numbers(there) == [0, 2]
    make_due()
    deliver()
    assert numbers(there) == [0, 2, 0, 1]


def test_a_worker_that_is_killed_loses_nothing(there: Receiver, monkeypatch: pytest.MonkeyPatch):
    hook = webhook(url=there.url)
    event = happened()

    class Killed(BaseException):
        pass

    def killed(*args: Any, **kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        # After the answer has come, and before it is noted.
        patch.setattr("cms.events.delivery.runs.backoff", killed)
        with pytest.raises(Killed):
            run(hook)
    assert only().state == DeliveryState.WAITING
    # One that had no time to give the lease back.
    Queue.objects.update(lease="x", leased_until=timezone.now() + timedelta(seconds=60))
    deliver()
    assert len(there.bodies) == 1
    with freeze_time(timezone.now() + timedelta(seconds=61)):
        deliver()
    assert [headers["webhook-id"] for headers in there.headers] == [event.message_id] * 2
    assert only().state == DeliveryState.DELIVERED


def test_a_change_is_kept_where_no_worker_can_be_woken(
    there: Receiver, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
):
    def broken(*args: Any, **kwargs: Any) -> None:
        raise OperationalError

    webhook(url=there.url)
    with monkeypatch.context() as patch:
        patch.setattr("django_tasks.backends.immediate.ImmediateBackend.enqueue", broken)
        with django_capture_on_commit_callbacks() as callbacks:
            happened()
        assert len(callbacks) == 1
    deliver()
    assert numbers(there) == [0]


def test_after_the_commit_a_worker_delivers_at_once(there: Receiver, django_capture_on_commit_callbacks: Any):
    webhook(url=there.url)
    with django_capture_on_commit_callbacks(execute=True):
        happened(number=1)
        happened(number=2)
        assert numbers(there) == []
    assert numbers(there) == [1, 2]


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
    ],
)
def test_no_address_inside_the_network_is_asked(url: str):
    webhook(url=url)
    happened()
    deliver()
    assert only().problem == DeliveryProblem.INSIDE


def test_an_address_that_changes_after_it_was_looked_up_is_not_asked(
    there: Receiver, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
):
    settings.CMS_WEBHOOK_NETWORKS = []
    port = int(there.url.split(":")[2].split("/")[0])
    lookups: list[str] = []

    def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        lookups.append(host)
        found = ["203.0.114.1", "127.0.0.1"][min(len(lookups) - 1, 1)]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    asked: list[Any] = []

    def connect(self: socket.socket, place: Any) -> None:
        asked.append(place)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr("ssl.SSLSocket.connect", connect)
    webhook(url=f"https://receiver.example:{port}/")
    happened()
    deliver()
    assert (lookups, asked) == (["receiver.example"], [("203.0.114.1", port)])


def test_nothing_is_sent_in_the_open(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *args, **kwargs: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.114.1", 80))],
    )
    webhook(url="http://receiver.example/")
    happened()
    deliver()
    assert only().problem == DeliveryProblem.PLAIN


def test_a_redirect_is_not_followed(there: Receiver):
    webhook(url=there.url)
    there.statuses, there.location = [302], f"{there.url}/elsewhere"
    happened()
    deliver()
    assert (len(there.bodies), only().problem, only().status) == (1, DeliveryProblem.REFUSED, 302)


def test_a_receiver_that_is_gone_switches_its_webhook_off(there: Receiver):
    hook = webhook(url=there.url)
    there.statuses = [410]
    happened()
    deliver()
    hook.refresh_from_db()
    assert (hook.is_active, only().state) == (False, DeliveryState.FAILED)


def test_old_events_are_swept_and_what_waits_is_not(there: Receiver, capsys: pytest.CaptureFixture):
    webhook(url=there.url)
    old, new = happened("page:1"), happened("page:2")
    Event.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    call_command("sweep_webhooks")
    assert Event.objects.count() == 2
    deliver()
    call_command("sweep_webhooks")
    assert list(Event.objects.all()) == [new]
