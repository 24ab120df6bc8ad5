"""Which of the two media types of GraphQL over HTTP an answer has.

https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types. `application/json` is what older clients read: they
take every status but 200 for a failure of the connection, so that a request error comes with 200 there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cms.graphql.http.encoding import LONGEST_KEPT, quality

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
#: What fits both equally well gets the first.
OFFERED = (GRAPHQL, JSON)
#: How exactly a media range names a media type.
NAMED, HALF_NAMED, ANY = 3, 2, 1


def negotiate(accept: str) -> str:
    """The media type that an `Accept` header asks for (RFC 9110, 12.5.1); "" where it takes neither.

    Who says nothing, or takes anything, gets application/json.
    """
    if not accept.strip():
        return JSON
    return (_kept_choice if len(accept) <= LONGEST_KEPT else _choice)(accept)


def media_type_of(environ: dict[str, Any]) -> str:
    """The media type of a request's answer; application/json also for the answer that none fits."""
    return negotiate(environ.get("HTTP_ACCEPT", "")) or JSON


def status_of_request_error(environ: dict[str, Any]) -> int:
    """The status of the answer to a well-formed request whose operation can't be executed."""
    return 400 if media_type_of(environ) == GRAPHQL else 200


def content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8"


def _choice(accept: str) -> str:
    ranges = [_range(part) for part in accept.lower().split(",")]
    chosen, best = "", (0.0, 0)
    for media_type in OFFERED:
        # Of the ranges that match a media type, the most exact one says its weight.
        exactness, its_weight = max(
            ((_exactness(name, media_type), q) for name, q in ranges if _exactness(name, media_type)),
            default=(0, 0.0),
        )
        rank = (its_weight, exactness)
        # What is named at all goes before what is let pass; a wildcard alone means application/json.
        better = rank >= best if exactness < NAMED else rank > best
        if its_weight > 0 and better:
            chosen, best = media_type, rank
    return chosen


_kept_choice = lru_cache(maxsize=500)(_choice)


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    charset = next((each[8:].strip('"') for each in parameters if each.startswith("charset=")), "utf-8")
    return name, quality(parameters) if charset in {"utf-8", "utf8"} else 0.0


def _exactness(name: str, media_type: str) -> int:
    return {media_type: NAMED, "application/*": HALF_NAMED, "*/*": ANY}.get(name, 0)
