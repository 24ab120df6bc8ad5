"""Indexes for the orders that lists of pages have and Wagtail has no index for."""

from __future__ import annotations

from django.db import migrations

ORDERS = ("title", "first_published_at", "last_published_at")


def add_indexes(apps, schema_editor):
    for column in ORDERS:
        schema_editor.execute(f"CREATE INDEX content_page_{column} ON wagtailcore_page ({column}, id)")


def drop_indexes(apps, schema_editor):
    for column in ORDERS:
        schema_editor.execute(f"DROP INDEX content_page_{column}")


class Migration(migrations.Migration):
    dependencies = [("content", "0003_index_page_addresses")]

    operations = [migrations.RunPython(add_indexes, drop_indexes)]
