"""Operations that a request names instead of sending them.

Apollo's automatic persisted queries (https://www.apollographql.com/docs/apollo-server/performance/apq) and the
`documentId` of GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/#sec-Persisted-Documents). Known
are the operations of the project's frontends, from their manifests, and those that clients have sent before.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import orjson
from django.conf import settings
from django.core.cache import cache as shared
from django.core.checks import Error, register
from redis.exceptions import RedisError

from cms.graphql.operation.refusals import GraphQLHTTPError
from cms.operations.lru import LRUCache

logger = logging.getLogger(__name__)

FORMAT = "apollo-persisted-query-manifest"
DIGEST = re.compile(r"[0-9a-f]{64}")
#: Characters of a document that a client may register, and seconds for which it is kept.
MAX_LENGTH = 20_000
KEPT_FOR = 24 * 60 * 60
PREFIX = "graphql:document:"
#: Digits of the digest that say where in the shared store a document is kept: it has 4,096 places, whoever fills them.
SLOT_DIGITS = 3
MAX_LOCAL = 500
#: As Apollo Server's, so that no proxy takes it for a failure that a document is asked for.
APOLLOS_STATUS = 200


@dataclass(frozen=True)
class ResolvedDocument:
    """The document of a request; `register` where its client asks us to remember it."""

    source: str
    digest: str
    register: bool = False


class APQStore:
    """Documents that clients have sent with their hash, shared by all processes; the last ones also kept here.

    A document whose place another one has taken is unknown again, and its client sends it once more.
    """

    def __init__(self) -> None:
        self._local: LRUCache[str, str] = LRUCache(lambda: MAX_LOCAL)

    def get(self, digest: str) -> str | None:
        """The document of this SHA-256, if it is known."""
        if not DIGEST.fullmatch(digest):
            return None
        if source := self._local.get(digest):
            return source
        source = self._shared(digest)
        if source is not None:
            self._local.put(digest, source)
        return source

    def put(self, digest: str, source: str) -> None:
        """Remember a valid document; not a long one."""
        if len(source) > MAX_LENGTH:
            return
        self._local.put(digest, source)
        # Some clients send hash and document each time: that is to be a read of the shared store, not a write.
        if self._shared(digest) is not None:
            return
        try:
            shared.set(_slot_key(digest), source, KEPT_FOR)
        except RedisError as error:
            logger.warning("a document was not registered for other processes: %s", error)

    def forget(self) -> None:
        """Forget the documents that this process has kept."""
        self._local.clear()

    def _shared(self, digest: str) -> str | None:
        try:
            source = shared.get(_slot_key(digest))
        except RedisError as error:
            logger.warning("registered documents cannot be read, clients send theirs again: %s", error)
            return None
        return source if source is not None and digest_of(source) == digest else None


apq_store = APQStore()


def _slot_key(digest: str) -> str:
    return PREFIX + digest[:SLOT_DIGITS]


def digest_of(source: str) -> str:
    """The SHA-256 of a document, in hexadecimal."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def manifest() -> dict[str, str]:
    """The documents of the project's frontends, by their id and by their SHA-256."""
    found: dict[str, str] = {}
    for path in settings.CMS_GRAPHQL_MANIFESTS:
        for identity, body, _name in _read(Path(path)):
            found |= {identity: body, digest_of(body): body}
    return found


@cache
def counted_names() -> frozenset[str]:
    """Names by which /metrics counts operations: those of the project's frontends, and METRICS_OPERATIONS."""
    paths = map(Path, settings.CMS_GRAPHQL_MANIFESTS)
    return frozenset(settings.CMS_METRICS_OPERATIONS) | {
        name for path in paths for _id, _body, name in _read(path)
    }


def _read(path: Path) -> Iterator[tuple[str, str, str]]:
    data = orjson.loads(path.read_bytes())
    if (data["format"], data["version"]) != (FORMAT, 1):
        raise ValueError(f"its format is not {FORMAT}, version 1")
    for operation in data["operations"]:
        identity, body = operation["id"], operation["body"]
        if not isinstance(identity, str) or not isinstance(body, str):
            raise TypeError("the id and the body of an operation are texts")
        yield identity, body, str(operation.get("name", ""))


@register()
def check_manifests(**kwargs: Any) -> list[Error]:
    """Manifests that can't be read stop the start, not the first request."""
    errors = []
    known: dict[str, str] = {}
    for path in settings.CMS_GRAPHQL_MANIFESTS:
        try:
            for identity, body, _name in _read(Path(path)):
                if known.setdefault(identity, body) != body:
                    raise ValueError(f"{identity} names two documents")
        except (OSError, ValueError, KeyError, TypeError) as error:
            reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            message = f"CMS_GRAPHQL_MANIFESTS: {path} cannot be used: {reason}."
            errors.append(Error(message, hint="Write it with: manage.py export_operations", id="cms.E010"))
    return errors


def resolve(query: str | None, extensions: dict[str, Any], document_id: str | None) -> ResolvedDocument:
    """The document that a request is about; GraphQLHTTPError where it names none, or one that is not known.

    A `documentId` goes before a hash, and a hash before a `query`, which it must be the hash of.
    """
    named = _resolve(query or None, extensions.get("persistedQuery"), document_id)
    if settings.CMS_GRAPHQL_PERSISTED_ONLY and named.digest not in manifest():
        _refuse_others()
    return named


def _resolve(query: str | None, persisted: Any, document_id: str | None) -> ResolvedDocument:
    if document_id is not None:
        return _of_id(document_id)
    if persisted is not None:
        return _of_hash(query, persisted)
    if query is None or not query.strip():
        raise GraphQLHTTPError("`query` is missing: it holds the GraphQL document.", code="BAD_REQUEST")
    return ResolvedDocument(query, digest_of(query))


def _of_id(document_id: str) -> ResolvedDocument:
    source = _known(document_id.removeprefix("sha256:"), status_of_unknown=400)
    return ResolvedDocument(source, digest_of(source))


def _of_hash(query: str | None, persisted: Any) -> ResolvedDocument:
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(digest, str) or persisted.get("version") != 1:
        raise GraphQLHTTPError(
            "PersistedQueryNotSupported", status=APOLLOS_STATUS, code="PERSISTED_QUERY_NOT_SUPPORTED"
        )
    digest = digest.lower()
    if query is not None:
        if digest_of(query) != digest:
            raise GraphQLHTTPError("provided sha does not match query", code="BAD_PERSISTED_QUERY")
        return ResolvedDocument(query, digest, register=digest not in manifest())
    return ResolvedDocument(_known(digest, status_of_unknown=APOLLOS_STATUS), digest)


def _known(identity: str, *, status_of_unknown: int) -> str:
    source = manifest().get(identity)
    if source is None and settings.CMS_GRAPHQL_PERSISTED_ONLY:
        # Not PersistedQueryNotFound: the client would send the document and be refused.
        _refuse_others()
    source = source or apq_store.get(identity)
    if source is None:
        raise GraphQLHTTPError(
            "PersistedQueryNotFound", status=status_of_unknown, code="PERSISTED_QUERY_NOT_FOUND"
        )
    return source


def _refuse_others() -> NoReturn:
    raise GraphQLHTTPError(
        "This server answers only the operations of its own frontends.", status=403, code="PERSISTED_ONLY"
    )
