"""What is deleted goes into the trash."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0009_unpublish_the_welcome_page")]

    operations = [
        migrations.AddField(
            model_name="legaldocument",
            name="is_trashed",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="in the trash"
            ),
        ),
    ]
