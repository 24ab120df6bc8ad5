"""An index for pages by their address: Wagtail has none, because it walks down the tree instead.

PostgreSQL's is a hash index, which has no limit of length; addresses may be longer than a B-tree's entry.
"""

from __future__ import annotations

from django.db import migrations


def add_index(apps, schema_editor):
    using = " USING hash" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"CREATE INDEX content_page_url_path ON wagtailcore_page{using} (url_path)")


def drop_index(apps, schema_editor):
    schema_editor.execute("DROP INDEX content_page_url_path")


class Migration(migrations.Migration):
    dependencies = [("content", "0002_links"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(add_index, drop_index)]
