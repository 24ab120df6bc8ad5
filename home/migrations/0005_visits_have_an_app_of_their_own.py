"""The tables of visits go to the app `visits`, with their rows. Its first migration takes them up.

`VisitBuffer` told how far a buffer in Redis was counted; there is none any more. Each page view is a row.
"""

from django.db import migrations

MOVED = ["DailyVisits", "PageView", "Visitor"]


class Migration(migrations.Migration):
    dependencies = [("home", "0004_site_translations")]

    operations = [
        migrations.DeleteModel("VisitBuffer"),
        migrations.RemoveField("PageView", "ticket"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name, f"visits_{name.lower()}") for name in MOVED
            ],
            state_operations=[migrations.DeleteModel(name) for name in MOVED],
        ),
    ]
