"""Write the key by which titles are in Vietnamese alphabetical order on every database."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models

from cms.content.alphabetical import AlphabeticalKeyField, write_keys


def write_title_keys(apps, schema_editor):
    write_keys(apps.get_model("articles", "ArticlePage"), "title_key", schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_index_orders"),
        ("campaigns", "0002_links"),
        ("media", "0002_permission_to_choose"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="articlepage",
            name="title_key",
            field=AlphabeticalKeyField(default="", editable=False, max_length=1000, of="title"),
        ),
        migrations.RunPython(write_title_keys, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="articlepage",
            index=models.Index(fields=["title_key", "page_ptr"], name="article_by_title"),
        ),
    ]
