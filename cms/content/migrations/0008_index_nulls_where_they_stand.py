"""On PostgreSQL nulls come last in an index unless it says otherwise; our orders have them first, as SQLite has."""

from __future__ import annotations

from django.db import migrations

COLUMNS = ("first_published_at", "last_published_at")


def index_nulls(schema_editor, place):
    if schema_editor.connection.vendor != "postgresql":
        return
    for column in COLUMNS:
        schema_editor.execute(f"DROP INDEX content_page_{column}")
        schema_editor.execute(
            f"CREATE INDEX content_page_{column} ON wagtailcore_page ({column} {place}, id)"
        )


def index_nulls_first(apps, schema_editor):
    index_nulls(schema_editor, "NULLS FIRST")


def index_nulls_last(apps, schema_editor):
    index_nulls(schema_editor, "NULLS LAST")


class Migration(migrations.Migration):
    dependencies = [("content", "0007_index_redirects_without_case")]

    operations = [migrations.RunPython(index_nulls_first, index_nulls_last)]
