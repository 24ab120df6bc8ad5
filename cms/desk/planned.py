"""What the clock will do: publish what is scheduled, take down what expires."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.content.known_types import known_types
from cms.desk.lines import Line, lines
from cms.desk.mine import snippet_models

#: Rows that are read of each kind: a calendar month of a busy office.
MOST_ROWS = 200


def planned(user: Any, *, begin: datetime | None = None, end: datetime | None = None) -> list[Line]:
    """What goes live and what expires from `begin` until before `end`, of what somebody may edit, in order of time.

    Without `begin`, what should be live already and is not, too.
    """
    between = _between(begin, end)
    revisions = (
        Revision.objects.filter(
            between("approved_go_live_at"), approved_go_live_at__isnull=False, content_type__in=known_types()
        )
        .select_related("user")
        .prefetch_related("content_object__latest_revision")
        .order_by("approved_go_live_at", "pk")
    )
    found = [
        (
            each.content_object,
            {"at": each.approved_go_live_at, "note": _("to be published"), "who": each.user},
        )
        for each in revisions[:MOST_ROWS]
    ]
    now = timezone.now()
    for model in [Page, *snippet_models()]:
        expiring = model._default_manager.filter(between("expire_at"), live=True, expire_at__gt=now)
        related = ["content_type"] if model is Page else ["latest_revision"]
        found += [
            (each, {"at": each.expire_at, "note": _("to be taken down")})
            for each in expiring.select_related(*related).order_by("expire_at", "pk")[:MOST_ROWS]
        ]
    return sorted(lines(user, found), key=lambda line: line.at)


def _between(begin: datetime | None, end: datetime | None) -> Callable[[str], Q]:
    def condition(field: str) -> Q:
        wanted = Q()
        if begin is not None:
            wanted &= Q(**{f"{field}__gte": begin})
        if end is not None:
            wanted &= Q(**{f"{field}__lt": end})
        return wanted

    return condition
