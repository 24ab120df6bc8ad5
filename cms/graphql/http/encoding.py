"""An answer's body as it goes over the wire: compressed once, kept compressed, with a tag for each of its forms."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import brotli
import orjson
import zstandard

#: Shorter bodies grow, or shrink by less than the header says it.
MIN_COMPRESS_SIZE = 1000
#: Longer headers are weighed each time: a client must not fill the memory with those that it makes up.
LONGEST_KEPT = 200


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=6).compress(body)


#: The encodings that we speak, the best first. Levels at which a further one costs more time than it saves bytes.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": _zstd,
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


def encode(value: Any) -> bytes:
    """An answer, or a part of one, as JSON."""
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)


class EncodedBody:
    """The forms of one body. Two threads may compress it at once, to the same bytes; neither waits for the other."""

    __slots__ = ("_digest", "_encoded", "body")

    def __init__(self, body: bytes) -> None:
        # A copy: what orjson has written stays as long as the room that it took for it, up to three times as much.
        self.body = bytes(memoryview(body))
        self._digest = hashlib.blake2b(body, digest_size=12).hexdigest()
        self._encoded: dict[str, bytes] = {}

    def encoded(self, encoding: str) -> bytes:
        """The body in an encoding; as it is, where it is short or does not shrink."""
        if not encoding or len(self.body) < MIN_COMPRESS_SIZE:
            return self.body
        found = self._encoded.get(encoding)
        if found is None:
            found = ENCODERS[encoding](self.body)
            self._encoded[encoding] = found = found if len(found) < len(self.body) else self.body
        return found

    @property
    def size(self) -> int:
        """Bytes that this takes with all its forms; it stays the same when one is made, so that a sum of it holds.

        Of our answers, the three forms together take about as much as the body.
        """
        return len(self.body) if len(self.body) < MIN_COMPRESS_SIZE else 2 * len(self.body)

    def etag(self, *forms: str) -> str:
        """A strong entity tag: another one for each encoding and media type, as RFC 9110, 8.8.3.3 has it."""
        return f'"{"-".join((self._digest, *filter(None, forms)))}"'


def negotiate_encoding(accept_encoding: str) -> str:
    """The best encoding that a client takes (RFC 9110, 12.5.3); "" for the body as it is."""
    return (_kept_choice if len(accept_encoding) <= LONGEST_KEPT else _choice)(accept_encoding)


def _choice(accept_encoding: str) -> str:
    weights: dict[str, float] = {}
    for part in accept_encoding.split(","):
        name, *parameters = (piece.strip() for piece in part.lower().split(";"))
        # Its old name, which RFC 9110, 8.4.1.3 asks to be understood.
        weights["gzip" if name == "x-gzip" else name] = quality(parameters)
    chosen, best = "", 0.0
    for name in ENCODERS:
        weight = weights.get(name, weights.get("*", 0.0))
        if weight > best:
            chosen, best = name, weight
    return chosen if best >= weights.get("identity", 0.0) else ""


_kept_choice = lru_cache(maxsize=500)(_choice)


def quality(parameters: list[str]) -> float:
    """The `q` among the parameters of an `Accept` header's part (RFC 9110, 12.4.2)."""
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def not_modified(if_none_match: str, etag: str) -> bool:
    """Whether a client has the representation of this tag already (RFC 9110, 13.1.2: weak comparison)."""
    if if_none_match.strip() == "*":
        return True
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag.removeprefix("W/") in known
