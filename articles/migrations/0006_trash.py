"""What is deleted goes into the trash."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_index_titles_within_filters")]

    operations = [
        migrations.AddField(
            model_name="articlecategory",
            name="is_trashed",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="in the trash"
            ),
        ),
    ]
