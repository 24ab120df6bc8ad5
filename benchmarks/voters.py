"""Many voters at once: requests over connections that stay open, and what each was answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

CONNECTIONS = 64


@dataclass
class Sent:
    """What became of the requests: the answers to those that got one, by number, and how many got none."""

    answers: dict[int, dict] = field(default_factory=dict)
    lost: int = 0


async def send(ports: list[int], bodies: list[bytes], *, stop: Callable[[], bool] = lambda: False) -> Sent:
    """Send each body once, over CONNECTIONS connections, spread over the servers of these ports."""
    sent, waiting = Sent(), iter(enumerate(bodies))
    await asyncio.gather(
        *(_client(ports[number % len(ports)], waiting, sent, stop) for number in range(CONNECTIONS))
    )
    return sent


async def _client(port: int, waiting: object, sent: Sent, stop: Callable[[], bool]) -> None:
    reader = writer = None
    for number, body in waiting:
        if stop():
            return
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            sent.answers[number] = json.loads(await _ask(reader, writer, body))
        except (OSError, EOFError, ValueError):
            sent.lost += 1
            if writer is not None:
                writer.close()
            reader = writer = None
            await asyncio.sleep(0.05)
    if writer is not None:
        writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> bytes:
    writer.write(
        b"POST /graphql/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body) + body
    )
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    answer = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(head.split(b"\r\n")[0].decode())
    return answer
