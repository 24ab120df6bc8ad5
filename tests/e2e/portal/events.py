"""Events of the CMS, signed as its webhooks are, for frontends that are asked what they make of one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

import standardwebhooks

from tests.portal import WEBHOOK_SECRET


def signed_event(url: str, *, secret: str = WEBHOOK_SECRET) -> tuple[str, dict[str, str]]:
    """Body and headers of an event about the page at this address."""
    body = json.dumps({"type": "page.published", "data": {"tags": ["any:wagtailcore_page"], "urls": [url]}})
    message, now = f"msg_{uuid4().hex}", datetime.now(UTC)
    headers = {
        "content-type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": standardwebhooks.Webhook(secret).sign(message, now, body),
    }
    return body, headers
