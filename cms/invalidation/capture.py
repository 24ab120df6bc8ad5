"""Captures every change of content, however it is made, and logs the tags that it touches.

Signals miss `update()`, `bulk_create()`, moved subtrees and raw SQL; statements don't. For each statement that writes
to a content table, the rows before and after it tell the tags (`tags.py`) of everything that may look different now.
The tags are logged in the transaction of the change (`models.py`), and the change is published after its commit. A
statement that can't be read so closely touches all of its tables.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.db.models.signals import post_migrate, pre_migrate
from wagtail.models import Page

from cms.invalidation import tags
from cms.invalidation.channel import publish_change
from cms.invalidation.fetched_cursor import FetchedCursor
from cms.invalidation.models import ContentChange, lock_log, log
from cms.invalidation.signals import content_changed
from cms.invalidation.sql_writes import Row, Write, rows_by_key, write_of

logger = logging.getLogger(__name__)

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]

#: Models of Wagtail and others whose rows are shown to readers, or decide what is shown.
SHARED_MODELS = (
    "wagtailcore.Page",
    "wagtailcore.Site",
    "wagtailcore.Locale",
    "wagtailcore.Collection",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.CollectionViewRestriction",
    "wagtailredirects.Redirect",
    "taggit.Tag",
    "taggit.TaggedItem",
)
OUR_LABELS = {"content", "media", "cms_search"}
#: Columns that decide which lists a row is in, and where it is in the tree.
MEMBERSHIP = {
    "live",
    "expire_at",
    "path",
    "depth",
    "content_type_id",
    "collection_id",
    "locale_id",
    "is_trashed",
}
#: Columns of a page that say what it translates, and where it is.
TRANSLATION = {"translation_key", "locale_id", "path", "url_path"}
#: Columns that no reader sees: who works on a draft, and since when.
IGNORED_COLUMNS = {
    "draft_title",
    "go_live_at",
    "has_unpublished_changes",
    "latest_revision_created_at",
    "latest_revision_id",
    "live_revision_id",
    "locked",
    "locked_at",
    "locked_by_id",
    "numchild",
    "owner_id",
}


@cache
def content_tables() -> dict[str, type[Model]]:
    """Tables of content and their models: those of content apps, of `cms.content`, `cms.media` and `cms.search`, and
    the shared ones.

    A model of live figures, such as ballots, says `is_content = False`.
    """
    ours = [
        app for app in apps.get_app_configs() if app.name in settings.CONTENT_APPS or app.label in OUR_LABELS
    ]
    models = [model for app in ours for model in app.get_models(include_auto_created=True)]
    models += [apps.get_model(name) for name in SHARED_MODELS]
    return {model._meta.db_table: model for model in models if getattr(model, "is_content", True)}


class ChangeCapture:
    """Whether changes are captured: not while migrations run, which may be creating the log's own table.

    Where they fail it stays off, until the process ends of it.
    """

    is_on = True


def on_pre_migrate(sender: AppConfig, **kwargs: Any) -> None:
    ChangeCapture.is_on = False


def on_post_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Count what the migrations wrote as a change of everything."""
    if ContentChange._meta.db_table in connections[using].introspection.table_names():
        touch(content_tables())
    ChangeCapture.is_on = True


def touch(tables: Iterable[str]) -> None:
    """Log that anything in these tables may have changed; for writes that no statement shows, such as COPY."""
    with transaction.atomic(using=DEFAULT_DB_ALIAS):
        _note(_begin(connections[DEFAULT_DB_ALIAS]), _coarse(tables))


def lock_content() -> None:
    """Make other transactions that change content wait until this one ends; called in a transaction."""
    _begin(connections[DEFAULT_DB_ALIAS])


def pending_tags() -> frozenset[str]:
    """The tags that the transaction under way has touched so far; none outside of one."""
    change = _current(connections[DEFAULT_DB_ALIAS])
    return frozenset(change.tags) if change else frozenset()


def on_statement(execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """An `execute_wrapper`: runs a statement and logs, in the same transaction, what content it changes."""
    text = sql if isinstance(sql, str) else _text_of(sql, context["connection"])
    if text.startswith("ROLLBACK TO"):
        _on_savepoint_rollback(context["connection"])
    write = write_of(text) if ChangeCapture.is_on else None
    tables = frozenset() if write is None else _content_written(write)
    if write is None or not tables:
        return execute(sql, params, many, context)
    connection = context["connection"]
    if connection.in_atomic_block:
        return _run_and_log(write, tables, execute, params, many, context)
    with transaction.atomic(using=connection.alias):
        result = _run_and_log(write, tables, execute, params, many, context)
        # SQLite can't commit while the statement has a row left to return.
        FetchedCursor.fetch(context["cursor"])
    return result


def _text_of(sql: Any, connection: BaseDatabaseWrapper) -> str:
    # psycopg2 also takes bytes and composed statements.
    return sql.decode() if isinstance(sql, bytes) else str(sql.as_string(connection.connection))


def _content_written(write: Write) -> frozenset[str]:
    return frozenset(content_tables()) if write.cascades else write.tables & content_tables().keys()


def _run_and_log(
    write: Write,
    tables: frozenset[str],
    execute: Execute,
    params: Any,
    many: bool,
    context: dict[str, Any],
) -> Any:
    connection = context["connection"]
    # Lock first, to avoid deadlocks.
    change = _begin(connection)
    before = None if many else write.affected(params, connection)
    result = execute(write.sql, params, many, context)
    if many or not write.verb:
        changes = None
    elif write.verb == "INSERT":
        changes = _inserted(write, params, context["cursor"])
    else:
        changes = _changed(write, before, connection)
    if changes is None:
        touched = _coarse(tables)
    else:
        model = content_tables()[write.table]
        touched = frozenset(tag for old, new in changes for tag in _tags_of(model, old, new))
    _note(change, touched)
    return result


def _inserted(write: Write, params: Any, cursor: Any) -> list[tuple[Row, Row]] | None:
    rows = write.inserted(params)
    if rows is None:
        return None
    key = _key_column(content_tables()[write.table])
    if key not in write.columns:
        returned = FetchedCursor.fetch(cursor)
        if len(returned) != len(rows) or any(key not in row for row in returned):
            return None
        rows = [row | keys for row, keys in zip(rows, returned, strict=True)]
    return [({}, row) for row in rows]


def _changed(
    write: Write, before: list[Row] | None, connection: BaseDatabaseWrapper
) -> list[tuple[Row, Row]] | None:
    if before is None:
        return None
    if write.verb == "DELETE":
        return [(row, {}) for row in before]
    key = _key_column(content_tables()[write.table])
    after = {row[key]: row for row in rows_by_key(connection, write.table, key, [row[key] for row in before])}
    if len(after) < len(before):
        return None  # a key itself was changed
    return [(row, after[row[key]]) for row in before]


def _key_column(model: type[Model]) -> str:
    key: str = model._meta.pk.column  # type: ignore[assignment]  # a primary key has a column
    return key


def _coarse(tables: Iterable[str]) -> frozenset[str]:
    return frozenset(tag for table in tables for tag in (tags.table(table), tags.any_row(table)))


def _tags_of(model: type[Model], old: Row, new: Row) -> Iterable[str]:
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)} - IGNORED_COLUMNS
    if not changed:
        return
    yield tags.any_row(model._meta.db_table)
    if model is Page and changed & TRANSLATION:
        yield from (tags.translations(row["translation_key"]) for row in (old, new) if row)
    if model is not Page and model._meta.parents and not old:
        return  # the row of wagtailcore_page tells the rest
    if "live" in (old or new) and not old.get("live") and not new.get("live"):
        return
    owner = tags.owner_of(model)
    key = _key_column(model)
    for row in (old, new):
        if owner and row.get(owner[0]) is not None:
            yield tags.row(owner[1], row[owner[0]])
        elif not owner and row.get(key) is not None:
            yield tags.row(model, row[key])
    moved = not old or not new or changed & MEMBERSHIP or (owner and owner[0] in changed)
    for label in _listed_as(model, old or new):
        if moved:
            yield tags.listed(label)
        if old and new:
            yield from (tags.column(label, name) for name in changed)


def _listed_as(model: type[Model], row: Row) -> list[type[Model]]:
    if model is not Page:
        return [model]
    if not row.get("content_type_id"):
        return [Page]
    specific = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
    return [Page, specific] if specific and specific is not Page else [Page]


class PendingChange:
    """The tags that a transaction has logged; an `on_commit` callback, registered by its first write to content.

    The database rolls back the rows of a savepoint; `tags` keeps theirs, which at worst are purged in vain.
    """

    def __init__(self) -> None:
        self.tags: set[str] = set()
        #: Tags that are in the log, so that no second row is needed.
        self.logged: set[str] = set()
        self.is_locked = False

    def __call__(self) -> None:
        if not self.tags:
            return
        publish_change()
        for receiver, error in content_changed.send_robust(sender=ContentChange, tags=frozenset(self.tags)):
            if isinstance(error, Exception):
                logger.error("%s failed after a change of content", receiver, exc_info=error)


def _current(connection: BaseDatabaseWrapper) -> PendingChange | None:
    return next((each[1] for each in connection.run_on_commit if isinstance(each[1], PendingChange)), None)


def _begin(connection: BaseDatabaseWrapper) -> PendingChange:
    change = _current(connection)
    if change is None:
        change = PendingChange()
        transaction.on_commit(change, using=connection.alias)
    if not change.is_locked:
        lock_log()
        change.is_locked = True
    return change


def _note(change: PendingChange, touched: frozenset[str]) -> None:
    if new := touched - change.logged:
        # One row for what each statement adds, so that a savepoint rolls back its own rows.
        log(new)
        change.logged |= new
        change.tags |= new


def _on_savepoint_rollback(connection: BaseDatabaseWrapper) -> None:
    if change := _current(connection):
        # Rows of the log, and the lock, may be gone. To log or lock twice is harmless.
        change.logged.clear()
        change.is_locked = False


def on_log_read(connection: BaseDatabaseWrapper) -> None:
    """Log tags again that a transaction touches after it has read its own log: they are a newer version."""
    if change := _current(connection):
        change.logged.clear()


def on_connection_created(sender: type, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Capture the writes of a new connection."""
    if on_statement not in connection.execute_wrappers:
        # Insert it first: a connection that is created within Django's `execute_wrapper` pops the last one at its end.
        connection.execute_wrappers.insert(0, on_statement)


def install() -> None:
    """Capture the writes of all connections, present and future."""
    connection_created.connect(on_connection_created, dispatch_uid=__name__)
    invalidation = apps.get_app_config("invalidation")
    pre_migrate.connect(on_pre_migrate, sender=invalidation, dispatch_uid=__name__)
    post_migrate.connect(on_post_migrate, sender=invalidation, dispatch_uid=__name__)
    for connection in connections.all(initialized_only=True):
        on_connection_created(type(connection), connection)
