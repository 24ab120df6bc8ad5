"""A poll may belong to one site."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("polls", "0005_fewer_indexes"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="site",
            field=models.ForeignKey(
                blank=True,
                help_text="The website whose lists and search show the poll. Left empty: every website.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailcore.site",
                verbose_name="website",
            ),
        ),
    ]
