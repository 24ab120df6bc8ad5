"""Wagtail publishes a page "Welcome to your new Wagtail site!": readers of a portal without content see none."""

from __future__ import annotations

from django.db import migrations


def unpublish(apps, schema_editor):
    """Unpublish it where nobody has touched it."""
    apps.get_model("wagtailcore", "Page").objects.filter(
        title="Welcome to your new Wagtail site!",
        content_type__app_label="wagtailcore",
        content_type__model="page",
        latest_revision=None,
        numchild=0,
    ).update(live=False, has_unpublished_changes=True)


class Migration(migrations.Migration):
    dependencies = [("content", "0008_index_nulls_where_they_stand"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(unpublish, migrations.RunPython.noop)]
