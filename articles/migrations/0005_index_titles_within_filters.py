"""Lists by title that are narrowed are ranges of an index too."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_order_titles_alphabetically"),
        ("campaigns", "0003_order_titles_alphabetically"),
        ("media", "0002_permission_to_choose"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="articlepage",
            index=models.Index(fields=["author", "title_key", "page_ptr"], name="article_by_title_of_author"),
        ),
        migrations.AddIndex(
            model_name="articlepage",
            index=models.Index(
                fields=["category", "title_key", "page_ptr"], name="article_by_title_in_category"
            ),
        ),
        migrations.AddIndex(
            model_name="articlepage",
            index=models.Index(
                fields=["campaign", "title_key", "page_ptr"], name="article_by_title_in_campaign"
            ),
        ),
    ]
