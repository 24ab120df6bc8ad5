"""Webhooks, and receivers of what they send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from cms.events.models import Delivery, DeliveryState, Event, Queue, Webhook
from cms.events.types import TYPES


def webhook(**values: Any) -> Webhook:
    """A webhook that wants to know of everything; nobody is there to be told."""
    given = {"name": "Bản dựng tĩnh", "url": "https://receiver.example/hook", "events": list(TYPES), **values}
    return Webhook.objects.create(**given)


def told() -> list[tuple[str, str]]:
    """Types and subjects of the events in the outbox, in their order; they are then taken away."""
    events = Event.objects.order_by("pk")
    found = list(events.values_list("type", "subject"))
    events.delete()
    return found


def deliver() -> None:
    """What the clock has workers do."""
    call_command("deliver_webhooks")


def make_due() -> None:
    """Let all pauses pass."""
    Delivery.objects.filter(state=DeliveryState.WAITING).update(next_attempt_at=timezone.now())
    Queue.objects.update(retry_at=None)


@dataclass
class Receiver:
    """A receiver on this machine: what it got, and what it says to it."""

    url: str = ""
    #: Statuses of the next answers; then 204.
    statuses: list[int] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    location: str = ""

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Run a receiver."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.headers.append({name.lower(): value for name, value in self.headers.items()})
            found.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status = found.statuses.pop(0) if found.statuses else 204
            self.send_response(status)
            if found.location:
                self.send_header("Location", found.location)
            self.end_headers()
            if status != 204:
                self.wfile.write(f"says {status}".encode() * 1_000)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/hook"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
