from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ContentChange",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("token", models.BigIntegerField()),
                ("tags", models.JSONField()),
                ("created_at", models.DateTimeField()),
            ],
        ),
        # The last number of the log is the version.
        migrations.DeleteModel("ContentVersion"),
    ]
