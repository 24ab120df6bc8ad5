"""Operations that a request names instead of sending them.

Apollo's automatic persisted queries (https://www.apollographql.com/docs/apollo-server/performance/apq) and the
`documentId` of GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/#sec-Persisted-Documents). Known
are the operations of the project's frontends, from their manifests, and those that clients have sent before.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import orjson
from django.conf import settings
from django.core.cache import cache as shared
from django.core.checks import Error, register

from cms.graphql.requests import RefusedRequest

FORMAT = "apollo-persisted-query-manifest"
#: Characters of a document that a client may register, and seconds for which it is kept.
MAX_LENGTH = 20_000
KEPT_FOR = 24 * 60 * 60
PREFIX = "graphql:document:"
MOST_NEAR = 500


@dataclass(frozen=True)
class Named:
    """The document of a request; `register` where its client asks us to remember it."""

    source: str
    digest: str
    register: bool = False


class Registered:
    """Documents that clients have sent with their hash, shared by all processes; the last ones also kept here."""

    def __init__(self) -> None:
        self._near: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: str) -> str | None:
        """The document of this SHA-256, if it is known."""
        with self._lock:
            if source := self._near.get(digest):
                return source
        source = shared.get(PREFIX + digest)
        if source is not None:
            self._keep(digest, source)
        return source

    def put(self, digest: str, source: str) -> None:
        """Remember a valid document; not a long one."""
        if len(source) <= MAX_LENGTH:
            shared.add(PREFIX + digest, source, KEPT_FOR)
            self._keep(digest, source)

    def forget(self) -> None:
        """Forget the documents that this process has kept."""
        with self._lock:
            self._near.clear()

    def _keep(self, digest: str, source: str) -> None:
        with self._lock:
            self._near[digest] = source
            while len(self._near) > MOST_NEAR:
                self._near.popitem(last=False)


registered = Registered()


def digest_of(source: str) -> str:
    """The SHA-256 of a document, in hexadecimal."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def manifest() -> dict[str, str]:
    """The documents of the project's frontends, by their id and by their SHA-256."""
    found: dict[str, str] = {}
    for path in settings.CMS_GRAPHQL_MANIFESTS:
        for identity, body in _read(Path(path)):
            found |= {identity: body, digest_of(body): body}
    return found


def _read(path: Path) -> Iterator[tuple[str, str]]:
    data = orjson.loads(path.read_bytes())
    if data["format"] != FORMAT or data["version"] != 1:
        raise ValueError(f"its format is not {FORMAT}, version 1")
    for operation in data["operations"]:
        yield operation["id"], operation["body"]


@register()
def check_manifests(**kwargs: Any) -> list[Error]:
    """Manifests that can't be read stop the start, not the first request."""
    errors = []
    for path in settings.CMS_GRAPHQL_MANIFESTS:
        try:
            list(_read(Path(path)))
        except (OSError, ValueError, KeyError, TypeError) as error:
            hint = "Write it with: manage.py export_operations"
            errors.append(
                Error(f"CMS_GRAPHQL_MANIFESTS: {path} cannot be read: {error}.", hint=hint, id="cms.E010")
            )
    return errors


def resolve(query: str | None, extensions: dict[str, Any], document_id: str | None) -> Named:
    """The document that a request is about; RefusedRequest where it names none, or one that is not known."""
    named = _resolve(query or None, extensions.get("persistedQuery"), document_id)
    if settings.CMS_GRAPHQL_PERSISTED_ONLY and named.digest not in manifest():
        raise RefusedRequest(
            "This server answers only the operations of its own frontends.", status=403, code="PERSISTED_ONLY"
        )
    return named


def _resolve(query: str | None, persisted: Any, document_id: str | None) -> Named:
    if document_id is not None:
        return _of_id(document_id)
    if persisted is not None:
        return _of_hash(query, persisted)
    if query is None or not query.strip():
        raise RefusedRequest("`query` is missing: it holds the GraphQL document.", code="BAD_REQUEST")
    return Named(query, digest_of(query))


def _of_id(document_id: str) -> Named:
    identity = document_id.removeprefix("sha256:")
    source = manifest().get(identity) or registered.get(identity)
    if source is None:
        raise RefusedRequest("PersistedQueryNotFound", code="PERSISTED_QUERY_NOT_FOUND")
    return Named(source, digest_of(source))


def _of_hash(query: str | None, persisted: Any) -> Named:
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(digest, str) or persisted.get("version") != 1:
        raise RefusedRequest("PersistedQueryNotSupported", code="PERSISTED_QUERY_NOT_SUPPORTED")
    digest = digest.lower()
    if query is not None:
        if digest_of(query) != digest:
            raise RefusedRequest("provided sha does not match query", code="BAD_PERSISTED_QUERY")
        return Named(query, digest, register=digest not in manifest())
    source = manifest().get(digest) or registered.get(digest)
    if source is None:
        # Apollo's clients send the document after this; its server says 200, so that no proxy takes it for a failure.
        raise RefusedRequest("PersistedQueryNotFound", status=200, code="PERSISTED_QUERY_NOT_FOUND")
    return Named(source, digest)
