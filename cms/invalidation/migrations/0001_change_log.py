from __future__ import annotations

from django.db import migrations, models

# The app was called "publishing". Its log says what running processes have to forget: nothing of it is worth keeping
# beyond a restart, so it begins anew under the new name.
DROP_LOG_OF_OLD_LABEL = [
    "DROP TABLE IF EXISTS publishing_contentchange",
    "DROP TABLE IF EXISTS publishing_contentversion",
    "DELETE FROM django_migrations WHERE app = 'publishing'",
]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

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
        migrations.RunSQL(DROP_LOG_OF_OLD_LABEL, migrations.RunSQL.noop),
    ]
