"""Full-text indexes over the words of search entries, in the way of each database.

SQLite: an FTS5 table that reads the entries' columns and is kept in step by triggers. A later migration that rebuilds
the entries' table in SQLite drops the triggers, and must make them again. PostgreSQL: GIN indexes on expressions.
"""

from __future__ import annotations

from django.db import migrations

COLUMNS = ("title_exact", "title_folded", "exact", "folded")
TABLE = "cms_search_searchentry"


def _sqlite() -> list[str]:
    names = ", ".join(COLUMNS)
    new, old = ", ".join(f"new.{name}" for name in COLUMNS), ", ".join(f"old.{name}" for name in COLUMNS)
    add = f"INSERT INTO cms_search_fts(rowid, {names}) VALUES (new.id, {new});"
    remove = f"INSERT INTO cms_search_fts(cms_search_fts, rowid, {names}) VALUES ('delete', old.id, {old});"
    return [
        f"CREATE VIRTUAL TABLE cms_search_fts USING fts5({names}, content='{TABLE}', content_rowid='id', "
        'tokenize="unicode61 remove_diacritics 0")',
        f"CREATE TRIGGER cms_search_added AFTER INSERT ON {TABLE} BEGIN {add} END",
        f"CREATE TRIGGER cms_search_removed AFTER DELETE ON {TABLE} BEGIN {remove} END",
        f"CREATE TRIGGER cms_search_changed AFTER UPDATE ON {TABLE} BEGIN {remove} {add} END",
        "INSERT INTO cms_search_fts(cms_search_fts) VALUES ('rebuild')",
    ]


def _postgresql() -> list[str]:
    return [
        f"CREATE INDEX cms_search_{name} ON {TABLE} USING gin (to_tsvector('simple'::regconfig, {name}))"
        for name in COLUMNS
    ]


def add_indexes(apps, schema_editor):
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql():
        schema_editor.execute(statement)


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        drops = [
            "TRIGGER cms_search_added",
            "TRIGGER cms_search_removed",
            "TRIGGER cms_search_changed",
            "TABLE cms_search_fts",
        ]
    else:
        drops = [f"INDEX cms_search_{name}" for name in COLUMNS]
    for drop in drops:
        schema_editor.execute(f"DROP {drop}")


class Migration(migrations.Migration):
    dependencies = [("cms_search", "0001_initial")]

    operations = [migrations.RunPython(add_indexes, drop_indexes)]
