"""Write the key by which titles are in Vietnamese alphabetical order on every database."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models

from cms.content.alphabetical import AlphabeticalKeyField, write_keys


def write_title_keys(apps, schema_editor):
    write_keys(apps.get_model("campaigns", "CampaignPage"), "title_key", schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_links"),
        ("media", "0002_permission_to_choose"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="campaignpage",
            name="title_key",
            field=AlphabeticalKeyField(default="", editable=False, max_length=1000, of="title"),
        ),
        migrations.RunPython(write_title_keys, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="campaignpage",
            index=models.Index(fields=["title_key", "page_ptr"], name="campaign_by_title"),
        ),
    ]
