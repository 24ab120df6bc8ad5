"""Redirects are found without regard to case."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_name_the_roots"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX content_redirect_lower_path ON wagtailredirects_redirect (LOWER(old_path))",
            "DROP INDEX content_redirect_lower_path",
        ),
    ]
