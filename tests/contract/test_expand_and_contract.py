"""Migrations leave the release before at work: it still runs while they are applied, and is what a rollback goes back to.

Columns and tables are added, with a default in the database where they may not be null; what the code reads no more is
removed a release later. A migration that can't do so says why, in `breaks_the_release_before`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations import (
    AddField,
    AlterField,
    AlterModelTable,
    DeleteModel,
    Migration,
    RemoveField,
    RenameField,
    RenameModel,
)
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field

pytestmark = pytest.mark.one_database

GONE = (AlterModelTable, DeleteModel, RemoveField, RenameField, RenameModel)
REASON = "breaks_the_release_before"
#: Older than this rule: the second halves of first migrations, and steps to 0.2.0 and from it (docs/operations.md).
OLDER = {
    "articles.0002_links",
    "articles.0004_order_titles_alphabetically",
    "campaigns.0002_links",
    "campaigns.0003_order_titles_alphabetically",
    "home.0002_links",
    "home.0005_visits_have_an_app_of_their_own",
    "polls.0003_sealed_ballots",
    "preview.0002_logins_and_share_links",
    "zones.0004_order_titles_alphabetically",
}


def test_migrations_leave_the_release_before_at_work():
    assert {name: why for name, why in broken() if name not in OLDER} == {}


def test_what_would_end_the_release_before_is_found():
    state = ProjectState()
    needed, known = models.CharField(max_length=9), models.CharField(max_length=9, db_default="")
    assert problem(AddField("page", "motto", needed), state, "articles")
    assert not problem(AddField("page", "motto", known), state, "articles")
    assert not problem(
        AddField("page", "motto", models.CharField(max_length=9, null=True)), state, "articles"
    )
    assert problem(RemoveField("page", "motto"), state, "articles")
    assert problem(RenameField("page", "motto", "slogan"), state, "articles")


def broken() -> Iterator[tuple[str, str]]:
    """Our migrations that would end the release before and give no reason, and by what."""
    loader = MigrationLoader(None)
    ours = {app.label for app in apps.get_app_configs() if "site-packages" not in app.path}
    state = ProjectState()
    planned = dict.fromkeys(
        key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf)
    )
    for key in planned:
        migration: Migration = loader.graph.nodes[key]
        found = []
        for operation in migration.operations:
            if migration.app_label in ours:
                found += [why] if (why := problem(operation, state, migration.app_label)) else []
            operation.state_forwards(migration.app_label, state)
        if found and not getattr(import_module(migration.__module__), REASON, ""):
            yield f"{migration}", "; ".join(found)


def problem(operation: Operation, state: ProjectState, app: str) -> str:
    """Why the release before could not read or write any more; empty where it can."""
    if isinstance(operation, GONE):
        return f"{operation.describe()}: the release before uses it"
    if isinstance(operation, AddField) and must_be_given(operation.field):
        return f"{operation.describe()}: not null and without db_default, the release before can't insert"
    if isinstance(operation, AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        if before.null and must_be_given(operation.field):
            return f"{operation.describe()}: the release before writes null"
    return ""


def must_be_given(field: Field) -> bool:
    """Whether a row can't be inserted without it."""
    return not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)
