"""What begins and ends by the clock and not by a save, such as the voting in a poll.

A content app registers it in its module `events`; the command `tell_periods` tells each minute what has begun and what
has ended since. What was told is kept, so that a worker that was away tells it later, and only once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from cms.content.visibility import PublicRule, public
from cms.events.models import OpenPeriod
from cms.events.objects import object_data
from cms.events.outbox import record
from cms.events.payload import subject_of
from cms.events.types import register_type
from cms.invalidation.capture import lock_content


@dataclass(frozen=True)
class Period:
    """Something of the objects of a model: `running` are those for which it has begun and not ended at a moment."""

    name: str
    model: type[Model]
    running: Callable[[datetime], QuerySet]
    begun: str
    ended: str


PERIODS: list[Period] = []


def register_period(
    model: type[Model],
    *,
    running: Callable[[datetime], QuerySet],
    begun: tuple[str, Any],
    ended: tuple[str, Any],
) -> None:
    """Tell when a period of a public object begins and ends: two types of events, each with a label for editors."""
    for name, label in (begun, ended):
        register_type(name, label)
    PERIODS.append(Period(model._meta.label_lower, model, running, begun[0], ended[0]))


def tell_periods() -> int:
    """Record what has begun or ended since the last call; how many."""
    return sum(_tell(period) for period in PERIODS)


def _tell(period: Period) -> int:
    now = timezone.now()
    with transaction.atomic():
        lock_content()
        open_rows = OpenPeriod.objects.filter(
            period=period.name, content_type=ContentType.objects.get_for_model(period.model)
        )
        told = dict(open_rows.values_list("object_id", "pk"))
        running = public(period.running(now), PublicRule(now))
        begun = list(running.exclude(pk__in=told))
        still = set(running.filter(pk__in=told).values_list("pk", flat=True))
        over = told.keys() - still
        # What was unpublished or deleted meanwhile was told as such.
        ended = list(public(period.model._default_manager.filter(pk__in=over), PublicRule(now)))
        for instance in begun:
            open_rows.create(
                period=period.name,
                content_type=ContentType.objects.get_for_model(period.model),
                object_id=instance.pk,
            )
        OpenPeriod.objects.filter(pk__in=[told[pk] for pk in over]).delete()
        for type_, instances in ((period.begun, begun), (period.ended, ended)):
            for instance in instances:
                record(type_, subject=subject_of(instance), data=object_data(instance))
    return len(begun) + len(ended)
