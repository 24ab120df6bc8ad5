"""Noticing every change of content, however it is made.

Signals miss `update()`, `bulk_create()`, moved subtrees and raw SQL; statements do not. Each statement that writes to
a table of content gives the content a new version (`models.py`), in the same transaction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from cms.publishing.models import ContentVersion, next_version

WRITE = re.compile(
    r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+"?(\w+)"?', re.IGNORECASE
)
#: Models of Wagtail and others whose rows readers see, or that decide what they see.
SHARED = (
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


@cache
def content_tables() -> frozenset[str]:
    """Tables of content: those of content apps, of `cms.content`, `cms.media` and `cms.search`, and the shared ones.

    A model of figures that move on their own, such as ballots, says `is_content = False`.
    """
    ours = [
        app for app in apps.get_app_configs() if app.name in settings.CONTENT_APPS or app.label in OUR_LABELS
    ]
    models = [model for app in ours for model in app.get_models(include_auto_created=True)]
    models += [apps.get_model(name) for name in SHARED]
    return frozenset(model._meta.db_table for model in models if getattr(model, "is_content", True))


class Watch:
    """Whether changes are noticed: not while migrations run, which may be making the version's own table."""

    on = True


def on_migrations_begun(sender: AppConfig, **kwargs: Any) -> None:
    Watch.on = False


def on_migrations_done(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """What migrations wrote is a change, too."""
    if ContentVersion._meta.db_table in connections[using].introspection.table_names():
        next_version()
    Watch.on = True


def on_statement(execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement; one that changes content also changes the content's version."""
    found = WRITE.match(sql)
    if found is None or not Watch.on or found.group(1) not in content_tables():
        return execute(sql, params, many, context)
    if context["connection"].in_atomic_block:
        # Before the write: whoever changes content then waits here, and never for rows in a circle.
        next_version()
        return execute(sql, params, many, context)
    result = execute(sql, params, many, context)
    next_version()
    return result


def on_connected(sender: type, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Watch the statements of a new connection."""
    if on_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(on_statement)


def watch() -> None:
    """Watch all connections, those of now and those to come."""
    connection_created.connect(on_connected, dispatch_uid="cms.publishing.changes")
    publishing = apps.get_app_config("publishing")
    pre_migrate.connect(on_migrations_begun, sender=publishing, dispatch_uid="cms.publishing.changes")
    post_migrate.connect(on_migrations_done, sender=publishing, dispatch_uid="cms.publishing.changes")
    for connection in connections.all(initialized_only=True):
        on_connected(type(connection), connection)
