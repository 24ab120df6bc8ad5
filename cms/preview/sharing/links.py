"""Making, opening and ending share links. Each of these stands in the log of what was shared."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.content.known_types import content_of
from cms.preview.models import ShareLink
from cms.preview.rights import may_edit

KEY_BYTES = 24


def share(
    revision: Revision, maker: Any, *, expires_at: datetime, password: str = "", note: str = ""
) -> tuple[ShareLink, str]:
    """Make a link to a revision; the link, and its key, which can't be found out afterwards."""
    key = secrets.token_urlsafe(KEY_BYTES)
    link = ShareLink.objects.create(
        key_digest=digest(key),
        revision=revision,
        maker=maker,
        expires_at=expires_at,
        password=make_password(password) if password else "",
        note=note,
    )
    record("shared", link, by=maker)
    return link, key


def revoke(link: ShareLink, by: Any) -> None:
    """End a link, and with it the tokens that it has given out."""
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    record("share_revoked", link, by=by)


def link_of(key: str) -> ShareLink | None:
    """The link with this key, if it is open, and its maker may still edit what it shows."""
    links = ShareLink.objects.select_related("maker", "revision")
    link = links.filter(key_digest=digest(key)).first()
    if link is None or not link.is_open:
        return None
    content = content_of(link.revision)
    return link if content and may_edit(link.maker, content) else None


def digest(key: str) -> str:
    """What is stored of a key: it is random, and as long as the digest is good for."""
    return hashlib.sha256(key.encode()).hexdigest()


def record(action: str, link: ShareLink, *, by: Any = None) -> None:
    """Log what was done with a link, in the history of what it shows."""
    data = {"link": link.pk, "note": link.note}
    log(content_of(link.revision), f"preview.{action}", user=by, revision=link.revision, data=data)
