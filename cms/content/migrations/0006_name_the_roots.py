"""Call the root of pages and that of collections, which editors see, in Vietnamese."""

from __future__ import annotations

from django.db import migrations

PAGE, COLLECTION = ("Root", "Trang gốc"), ("Root", "Kho chung")


def rename(apps, *, page, collection):
    """Rename the roots that are still called as Wagtail made them, or as this did."""
    roots = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title=page[0])
    roots.update(title=page[1], draft_title=page[1])
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=collection[0]).update(
        name=collection[1]
    )


def say_it_in_vietnamese(apps, schema_editor):
    rename(apps, page=PAGE, collection=COLLECTION)


def say_it_in_english(apps, schema_editor):
    rename(apps, page=PAGE[::-1], collection=COLLECTION[::-1])


class Migration(migrations.Migration):
    dependencies = [("content", "0005_index_public_pages"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(say_it_in_vietnamese, say_it_in_english)]
