"""Webhooks, and the outbox: each event, and what became of it at each webhook."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: So long the former secret signs, too, after a new one was made.
OVERLAP = timedelta(hours=24)


def new_salt() -> str:
    """What a secret is made from (`signing.py`)."""
    return secrets.token_hex(32)


def new_message_id() -> str:
    """The id by which a receiver knows an event that it gets twice."""
    return f"msg_{secrets.token_hex(16)}"


class Webhook(models.Model):
    """An address that is told of events. Its secret is not stored: `salt` and SECRET_KEY make it."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    url = models.URLField(_("address"), max_length=500)
    events = models.JSONField(_("events"), default=list)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Otherwise nothing new is kept for it, and nothing is sent."),
    )
    salt = models.CharField(max_length=64, default=new_salt, editable=False)
    former_salt = models.CharField(max_length=64, blank=True, default="", editable=False)
    former_until = models.DateTimeField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def rotate(self, *, is_leaked: bool) -> None:
        """Have a new secret; the former one signs, too, for a while, unless it has leaked."""
        self.former_salt = "" if is_leaked else self.salt
        self.former_until = None if is_leaked else timezone.now() + OVERLAP
        self.salt = new_salt()
        self.save(update_fields=["salt", "former_salt", "former_until"])


class Queue(models.Model):
    """The state of delivery to a webhook: the lease of the run that delivers, and when the next one may begin.

    A row of its own, for the form of a webhook saves all of the webhook's columns.
    """

    webhook = models.OneToOneField(Webhook, on_delete=models.CASCADE, primary_key=True, related_name="queue")
    lease = models.CharField(max_length=32, blank=True, default="")
    leased_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("queue of a webhook")
        verbose_name_plural = _("queues of webhooks")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class Event(models.Model):
    """Something that happened to public content, written in the transaction in which it did."""

    message_id = models.CharField(_("id"), max_length=40, unique=True, default=new_message_id)
    type = models.CharField(_("event"), max_length=40)
    #: Events of one subject are delivered in their order: `page:12`.
    subject = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        default_permissions = ()

    def __str__(self) -> str:
        return self.message_id


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("given up")


class DeliveryProblem(models.TextChoices):
    """Why an attempt failed."""

    NONE = "", _("nothing")
    REFUSED = "refused", _("the receiver did not take it")
    GONE = "gone", _("the receiver wants nothing any more (410): the webhook was switched off")
    NO_HOST = "no_host", _("no such host")
    NO_ANSWER = "no_answer", _("the receiver does not answer")
    INSIDE = "inside", _("the address is inside the network")
    PLAIN = "plain", _("the address is not https")
    TOO_LATE = "too_late", _("the receiver did not answer for a day")


class Delivery(models.Model):
    """An event on its way to a webhook, with its last attempt."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    webhook = models.ForeignKey(
        Webhook, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries"
    )
    state = models.CharField(_("state"), max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    give_up_at = models.DateTimeField()
    attempted_at = models.DateTimeField(_("last attempt"), null=True)
    problem = models.CharField(
        _("problem"), max_length=12, choices=DeliveryProblem, blank=True, default=DeliveryProblem.NONE
    )
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True)
    answer = models.TextField(_("answer"), blank=True, default="")
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once_per_webhook"),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "event"], condition=Q(state="waiting"), name="events_delivery_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.webhook}"


class OpenPeriod(models.Model):
    """Something that was told to have begun and not yet to have ended (`periods.py`)."""

    period = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("open period")
        verbose_name_plural = _("open periods")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["period", "content_type", "object_id"], name="open_period_once_per_object"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.object_id}"
