"""Many voters at once: requests over connections that stay open, and what each was answered."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

CONNECTIONS = 64
#: How often a voter who gets no answer, or one that says to try again, sends the same vote again.
TRIES = 400
PAUSE = 0.1  # seconds


@dataclass
class Sent:
    """The answers to the requests, by their numbers; how often something else came; and how many were given up."""

    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)
    given_up: int = 0


async def send(
    ports: list[int], bodies: list[bytes], *, connections: int = CONNECTIONS, tries: int = TRIES
) -> Sent:
    """Send each body until it is answered by 200, over connections that are spread over the servers of these ports."""
    sent, waiting = Sent(), iter(enumerate(bodies))
    clients = (_client(ports, number, waiting, sent, tries) for number in range(connections))
    await asyncio.gather(*clients)
    return sent


async def _client(
    ports: list[int], turn: int, waiting: Iterator[tuple[int, bytes]], sent: Sent, tries: int
) -> None:
    streams = None
    for number, body in waiting:
        for _try in range(tries):
            try:
                streams = streams or await asyncio.open_connection("127.0.0.1", ports[turn % len(ports)])
                async with asyncio.timeout(30):
                    status, answer = await _ask(*streams, body)
            except (OSError, EOFError) as error:
                streams = _closed(streams)
                sent.failures[type(error).__name__] += 1
                turn += 1
            else:
                if status == 200:
                    sent.answers[number] = answer
                    break
                sent.failures[f"{status} {answer['errors'][0]['extensions']['code']}"] += 1
            await asyncio.sleep(PAUSE)
        else:
            sent.given_up += 1
    _closed(streams)


def _closed(streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None) -> None:
    if streams:
        streams[1].close()


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes
) -> tuple[int, dict[str, Any]]:
    writer.write(
        b"POST /graphql/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body) + body
    )
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    return int(head.split()[1]), json.loads(await reader.readexactly(length))
