"""Full-text indexes over the words of search entries, in the way of each database.

SQLite: an FTS5 table that reads the entries' columns and is kept in step by triggers. A later migration that rebuilds
the entries' table in SQLite drops the triggers, and must make them again. PostgreSQL: stored columns that the database
itself keeps, with GIN indexes; ranking compares every match, and indexes on expressions would parse its text each time.
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


def _vector(name: str) -> str:
    words = f"to_tsvector('simple'::regconfig, {name})"
    return f"ADD COLUMN {name}_vector tsvector GENERATED ALWAYS AS ({words}) STORED"


def _postgresql() -> list[str]:
    return [
        f"ALTER TABLE {TABLE} {', '.join(_vector(name) for name in COLUMNS)}",
        *(f"CREATE INDEX cms_search_{name} ON {TABLE} USING gin ({name}_vector)" for name in COLUMNS),
    ]


def add_indexes(apps, schema_editor):
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql():
        schema_editor.execute(statement)


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        drops = [
            "DROP TRIGGER cms_search_added",
            "DROP TRIGGER cms_search_removed",
            "DROP TRIGGER cms_search_changed",
            "DROP TABLE cms_search_fts",
        ]
    else:
        columns = ", ".join(f"DROP COLUMN {name}_vector" for name in COLUMNS)
        drops = [f"ALTER TABLE {TABLE} {columns}"]
    for statement in drops:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cms_search", "0001_initial")]

    operations = [migrations.RunPython(add_indexes, drop_indexes)]
