"""One attempt to deliver an event."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
from django.conf import settings

from cms.events.models import Delivery, DeliveryProblem
from cms.events.signing import signature_headers
from cms.operations.outbound import ERRORS, InsideError, NoHostError, PlainError, Rules, request

#: Seconds for one step of an answer, and for all of it.
STEP_SECONDS, TOTAL_SECONDS = 5, 10
#: Bytes of an answer that are read and kept.
MOST_BYTES = 2_000
GONE = 410


@dataclass(frozen=True)
class Outcome:
    """How an attempt went; `problem` is empty if the receiver took the event."""

    problem: DeliveryProblem
    status: int | None = None
    answer: str = ""
    milliseconds: int = 0

    @property
    def is_receivers(self) -> bool:
        """Whether the next event would fare no better: the receiver is away, or overloaded."""
        if self.problem == DeliveryProblem.REFUSED:
            return self.status is not None and (self.status >= 500 or self.status == 429)
        return bool(self.problem)


def body_of(delivery: Delivery) -> str:
    """What is sent, the same at each attempt."""
    return orjson.dumps(delivery.event.payload, option=orjson.OPT_SORT_KEYS).decode()


def send(delivery: Delivery) -> Outcome:
    """Send an event to a webhook, signed, once."""
    begun, now = time.monotonic(), datetime.now(UTC)
    body = body_of(delivery)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"portal-cms webhooks (+{settings.SITE_URL})",
        "Connection": "close",
        **signature_headers(delivery.webhook, delivery.event.message_id, body, now=now),
    }
    rules = Rules(settings.CMS_WEBHOOK_NETWORKS, STEP_SECONDS, TOTAL_SECONDS, MOST_BYTES)
    try:
        answer = request("POST", delivery.webhook.url, headers=headers, body=body.encode(), rules=rules)
    except InsideError:
        return Outcome(DeliveryProblem.INSIDE)
    except PlainError:
        return Outcome(DeliveryProblem.PLAIN)
    except NoHostError:
        return Outcome(DeliveryProblem.NO_HOST)
    except ERRORS:
        return Outcome(DeliveryProblem.NO_ANSWER, milliseconds=_since(begun))
    text = answer.body.decode(errors="replace").replace("\x00", "")
    return Outcome(_problem(answer.status), answer.status, text, _since(begun))


def _problem(status: int) -> DeliveryProblem:
    if 200 <= status < 300:
        return DeliveryProblem.NONE
    return DeliveryProblem.GONE if status == GONE else DeliveryProblem.REFUSED


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
