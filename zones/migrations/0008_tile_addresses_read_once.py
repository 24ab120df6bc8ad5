"""A pattern that reads an address once. Nothing in the database changes."""

from __future__ import annotations

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0007_plans_for_investors"),
    ]

    operations = [
        migrations.AlterField(
            model_name="zonemappage",
            name="tile_url",
            field=models.CharField(
                blank=True,
                help_text="https://tiles.example.vn/{z}/{x}/{y}.png, or a PMTiles file with roads and rivers, as /maps/phu-tho.pmtiles. Left empty, zones are drawn on a plain background.",
                max_length=500,
                validators=[
                    django.core.validators.RegexValidator(
                        "^https://[^\\s{}/]+/(?>.*?\\{z\\})(?:(?>.*?\\{x\\})(?>.*?\\{y\\})|(?>.*?\\{y\\})(?>.*?\\{x\\})).*$|^(https://[^\\s{}/]+|)/(?!/)[^\\s{}\\\\?#]+\\.pmtiles$",
                        "Write an https address with {z}, {x} and {y} in it, or that of a .pmtiles file.",
                    )
                ],
                verbose_name="tiles",
            ),
        ),
    ]
