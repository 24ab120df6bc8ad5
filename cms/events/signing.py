"""Secrets and signatures, after the Standard Webhooks specification.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. A secret is made of a
webhook's salt and SECRET_KEY each time that it is needed: neither the database nor a copy of it holds one.
"""

from __future__ import annotations

import base64
from datetime import datetime

import standardwebhooks
from django.utils.crypto import salted_hmac

from cms.events.models import Webhook


def secret_of(webhook: Webhook) -> str:
    """The secret of a webhook, `whsec_...`; shown to people once."""
    return _secret(webhook.salt)


def signature_headers(webhook: Webhook, message_id: str, body: str, *, now: datetime) -> dict[str, str]:
    """The three headers of a message that is sent `now` (UTC): signed by the former secret, too, while it counts."""
    salts = [webhook.salt]
    if webhook.former_salt and webhook.former_until and webhook.former_until > now:
        salts.append(webhook.former_salt)
    signed = [standardwebhooks.Webhook(_secret(salt)).sign(message_id, now, body) for salt in salts]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def _secret(salt: str) -> str:
    key = salted_hmac("cms.events.webhook", salt, algorithm="sha256").digest()
    return f"whsec_{base64.b64encode(key).decode()}"
