"""What a request knows while it is answered."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cms.content.visibility import PublicRule, restrictions
from cms.graphql.addresses import SiteMap
from cms.graphql.fetching import fetch
from cms.graphql.rounds import Rounds
from cms.graphql.siblings import bind
from cms.graphql.statements import Bound, Shape, slot, statements


class Context:
    """`info.context` of every resolver."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.now: datetime = timezone.now()
        self.tags: set[str] = set()
        self.cacheable = True
        self.cookies: list[tuple[str, str, dict[str, Any]]] = []
        self.rounds = Rounds(self.note)
        #: What the root fields have loaded, as siblings keep what they have (`siblings.py`).
        self.loaded: dict[Any, Any] = {}

    def note(self, queryset: QuerySet | Bound, rows: list[Any]) -> None:
        """Remember that the answer is made of these rows."""

    @cached_property
    def _structure(self) -> tuple[PublicRule, SiteMap]:
        parts = {"closed": restrictions, "sites": SiteMap.queryset}
        closed, sites = fetch([Bound(statements.get(name, build), {}) for name, build in parts.items()])
        host = self.request.headers.get("host", "")
        return PublicRule(self.now, closed), SiteMap(host, bind(sites))

    def wanted(self, rows: QuerySet | Shape) -> QuerySet | Bound:
        """What a load yields for `rows`: for a shape the statement that is kept for it and for what is closed now."""
        if isinstance(rows, QuerySet):
            return rows
        closed = self.rule.closed
        # The clock of the public rule is a value, too.
        statement = statements.get(
            (rows.key, rows.model, closed), lambda: rows.build(PublicRule(slot("now"), closed))
        )
        return Bound(statement, {"now": self.now, **rows.values})

    @property
    def rule(self) -> PublicRule:
        return self._structure[0]

    @property
    def sites(self) -> SiteMap:
        return self._structure[1]

    @cached_property
    def language(self) -> str:
        """Language of messages to the reader: the first of Accept-Language that we speak, else the default."""
        offered = {code for code, _name in settings.LANGUAGES}
        for part in self.request.headers.get("Accept-Language", "").split(","):
            code = part.split(";")[0].strip().split("-")[0].lower()
            if code in offered:
                return code
        return settings.LANGUAGE_CODE

    def volatile(self, tag: str) -> None:
        """Note that the answer holds figures that move on their own (`visits`, `poll:3`)."""
        self.tags.add(tag)

    def no_store(self) -> None:
        """Keep this answer out of every cache, ours and others'."""
        self.cacheable = False

    def set_cookie(self, name: str, value: str, **options: Any) -> None:
        """Send a cookie with this answer (a vote's, never a read's); options as HttpResponse.set_cookie takes them."""
        self.no_store()
        self.cookies.append((name, value, options))
