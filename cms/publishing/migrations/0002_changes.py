from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [
        # Its number was random before; the log begins at 1.
        migrations.RunSQL("DELETE FROM publishing_contentversion", migrations.RunSQL.noop),
        migrations.AddField("contentversion", "token", models.BigIntegerField(default=0)),
        migrations.CreateModel(
            name="ContentChange",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("token", models.BigIntegerField()),
                ("tags", models.JSONField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
