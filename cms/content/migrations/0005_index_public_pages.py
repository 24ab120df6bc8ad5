"""Indexes for what is asked of all pages: how many are public, and which expires next."""

from __future__ import annotations

from django.db import migrations

INDEXES = {
    # A count of public rows needs no row of this table then; half as long as reading all of them.
    "content_page_public": "(id, expire_at) WHERE live AND depth > 1",
    "content_page_expire_at": "(expire_at) WHERE expire_at IS NOT NULL",
}


def add_indexes(apps, schema_editor):
    for name, definition in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX {name} ON wagtailcore_page {definition}")


def drop_indexes(apps, schema_editor):
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [("content", "0004_index_page_orders")]

    operations = [migrations.RunPython(add_indexes, drop_indexes)]
