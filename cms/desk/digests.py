"""The digest that an editor gets by mail in the morning: what waits for their approval, and what was sent back to them.

An editor who has switched off Wagtail's mails about one of these in their account gets no digest of it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_user_display_name
from wagtail.users.models import UserProfile

from cms.desk.lines import MOST_LINES, Line, lines
from cms.desk.mine import MOST_ROWS, sent_back, waiting

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    heading: str
    lines: list[Line]

    @property
    def shown(self) -> list[Line]:
        return self.lines[:MOST_LINES]

    @property
    def more(self) -> int:
        return len(self.lines) - len(self.shown)


def send_digests() -> int:
    """Mail everybody who has something to do; how many mails were sent. One that can't be sent is logged."""
    users = get_user_model().objects.filter(is_active=True).exclude(email="").order_by("pk")
    return sum(_send(user) for user in users.iterator() if user.has_perm("wagtailadmin.access_admin"))


def _send(user: Any) -> bool:
    profile = UserProfile.get_for_user(user)
    with override(profile.get_preferred_language()):
        parts = [part for part in _parts(user, profile) if part.lines]
        if not parts:
            return False
        count = sum(len(part.lines) for part in parts)
        subject = ngettext("%(count)d item waits for you", "%(count)d items wait for you", count)
        told = {"name": get_user_display_name(user), "parts": parts, "base": settings.WAGTAILADMIN_BASE_URL}
        try:
            send_mail(subject % {"count": count}, render_to_string("desk/digest.txt", told), [user.email])
        except OSError:
            logger.exception("the digest for user %s was not sent", user.pk)
            return False
    return True


def _parts(user: Any, profile: UserProfile) -> list[Part]:
    parts = []
    if profile.submitted_notifications:
        parts.append(Part(_("Waits for your approval"), _to_approve(user)))
    if profile.rejected_notifications:
        parts.append(Part(_("Sent back to you"), sent_back(user)))
    return parts


def _to_approve(user: Any) -> list[Line]:
    states = waiting(user)[:MOST_ROWS]
    steps = [
        (state.revision.content_object, {"at": state.started_at, "who": state.revision.user})
        for state in states
    ]
    return lines(user, steps)
