"""What a request knows while it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation.trans_real import parse_accept_lang_header

from cms.content.urls import SiteUrls
from cms.content.visibility import PublicRule
from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.scheduler import BatchScheduler
from cms.graphql.execution.selection import SelectionPlan
from cms.graphql.sql.cache_tags import tags_of_rows, tags_of_sql
from cms.graphql.sql.compiled import BoundQuery, QueryTemplate, bind_param, compiled_queries
from cms.graphql.sql.expiry import expiry_clock
from cms.graphql.sql.failures import Failure
from cms.graphql.sql.multi_query import attempt
from cms.graphql.sql.replica_reads import fetch_content
from cms.graphql.sql.site_snapshot import SiteSnapshot, site_snapshots
from cms.invalidation import replica
from cms.invalidation.snapshot import Snapshot, take_snapshot

#: Characters of Accept-Language that are read.
MAX_LANGUAGES = 200


class Context:
    """`info.context` of every resolver.

    `is_tracked` says whether the answer's tags are wanted. `cost` is that of the operation (`operation/cost.py`).
    `may_write` is true for a mutation, which may show what it has just changed.
    """

    def __init__(
        self, request: HttpRequest, *, is_tracked: bool = False, cost: int = 0, may_write: bool = False
    ) -> None:
        self.request = request
        self.cost = cost
        self.may_write = may_write
        self.is_tracked = is_tracked
        self.now: datetime = timezone.now()
        #: What the answer is made of (`sql/cache_tags.py`), and figures in it that move on their own.
        self.tags: set[str] = set()
        self.live_versions: dict[str, object] = {}
        self.cacheable = True
        self.cookies: list[tuple[str, str, dict[str, Any]]] = []
        self.scheduler = BatchScheduler(self._fetch, self._track)
        #: What the root fields have loaded, as siblings keep what they have (`batch.py`).
        self.loaded: dict[Any, Any] = {}
        #: What is known of the operation's selections.
        self.plan = SelectionPlan()
        self._is_exact = False

    @contextmanager
    def track(self) -> Iterator[None]:
        """Note what is read, whoever reads it."""
        with connection.execute_wrapper(self._track_statement):
            yield

    def _track_statement(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if not self._is_exact:
            self.tags |= tags_of_sql(sql)
        return execute(sql, params, many, context)

    @contextmanager
    def _exact_tags(self) -> Iterator[None]:
        # In here exact tags are added after each query (`_track`); the coarse ones are left out.
        self._is_exact, outer = True, self._is_exact
        try:
            yield
        finally:
            self._is_exact = outer

    def _fetch(self, asked: Sequence[BoundQuery | Failure]) -> list[list[Any] | Failure]:
        with self._exact_tags():
            return fetch_content(asked) if self._may_ask_replica else attempt(asked)

    @cached_property
    def _may_ask_replica(self) -> bool:
        # What is for one client alone, after their vote or in a preview, is read on the primary.
        return self.is_tracked and replica.shows(self.snapshot)

    def _track(self, asked: BoundQuery, rows: list[Any]) -> None:
        if self.is_tracked:
            self.tags |= tags_of_rows(asked, rows)

    @cached_property
    def snapshot(self) -> Snapshot:
        """What this request knows of changes; a vote, for one, does not ask."""
        return take_snapshot()

    @property
    def version(self) -> int:
        """How far changes of content are known."""
        return self.snapshot.version

    @cached_property
    def expires_at(self) -> datetime:
        """When the clock next changes what readers see, if the content stays as it is in `version`."""
        with self._exact_tags():
            return expiry_clock.after(self.now, version=self.version)

    @cached_property
    def _site_snapshot(self) -> SiteSnapshot:
        with self._exact_tags():
            site_snapshot = site_snapshots.at(self.version)
        self.tags |= site_snapshot.tags
        return site_snapshot

    @cached_property
    def rule(self) -> PublicRule:
        """What readers may see now."""
        return PublicRule(self.now, self._site_snapshot.closed)

    @cached_property
    def sites(self) -> SiteUrls:
        """The sites, and the one that is asked."""
        # Copies: what siblings have loaded is for one request.
        snapshot = self._site_snapshot
        sites = attach_batch([copy(site) for site in snapshot.sites])
        return SiteUrls(self.request.META.get("HTTP_HOST", ""), sites, snapshot.translated_homes)

    def wanted(
        self,
        rows: QuerySet | QueryTemplate,
        *,
        variant: tuple[Any, ...] = (),
        build: Callable[[PublicRule], QuerySet] | None = None,
    ) -> QuerySet | BoundQuery:
        """What a load yields for `rows`: for a template the query that is kept for it and for what is closed now.

        `build` reads less than all of a template; `variant` then says what, and tells its statement from others.
        """
        if isinstance(rows, QuerySet):
            return rows
        closed = self.rule.closed
        # The clock of the public rule is a value, too.
        statement = compiled_queries.get(
            (rows.key, variant, rows.model, closed),
            lambda: (build or rows.build)(PublicRule(bind_param("now"), closed)),
            is_prepared=rows.is_prepared,
        )
        return BoundQuery(statement, {"now": self.now, **rows.values}, rows.key_column, rows.page_size)

    def at(self, now: Any) -> Context:
        """This context at another time; a `bind_param`, where a query is to be kept."""
        if now is self.now:
            return self
        another = copy(self)
        another.now = now
        another.__dict__["today"] = self.today
        return another

    @cached_property
    def today(self) -> date:
        """The day in the portal's time zone, the same for the whole of an answer."""
        return timezone.localdate(self.now)

    @cached_property
    def language(self) -> str:
        """Language of messages to the reader: the one of ours that Accept-Language weighs most, else the default.

        https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
        """
        offered = {code for code, _name in settings.LANGUAGES}
        for code, weight in parse_accept_lang_header(
            self.request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:MAX_LANGUAGES]
        ):
            if weight > 0 and (language := code.partition("-")[0]) in offered:
                return language
        return settings.LANGUAGE_CODE

    def mark_live(self, *tags: str) -> None:
        """Note that the answer holds figures that move on their own (`visits`, `poll:3`), before they are read."""
        new = [tag for tag in tags if tag not in self.live_versions]
        self.live_versions |= dict.fromkeys(new) | (
            self.snapshot.versions_before_read(new) if self.is_tracked else {}
        )

    def record_live_version(self, tag: str, version: object) -> None:
        """Record the version of live figures that were read; one that was known before they were read stays."""
        if self.live_versions.get(tag) is None:
            self.live_versions[tag] = version

    def no_store(self) -> None:
        """Keep this answer out of every cache, ours and others'."""
        self.cacheable = False

    def set_cookie(self, name: str, value: str, **options: Any) -> None:
        """Send a cookie with this answer (a vote's, never a read's); options as HttpResponse.set_cookie takes them."""
        self.no_store()
        self.cookies.append((name, value, options))
