"""Settings and menus have drafts and a history."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


def revision(name: str) -> models.ForeignKey:
    """A link to a revision, which may be pruned."""
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to="wagtailcore.revision",
        verbose_name=name,
    )


FIELDS = {
    "live": models.BooleanField(db_default=True, default=True, editable=False, verbose_name="live"),
    "has_unpublished_changes": models.BooleanField(
        db_default=False, default=False, editable=False, verbose_name="has unpublished changes"
    ),
    "expired": models.BooleanField(db_default=False, default=False, editable=False, verbose_name="expired"),
    "first_published_at": models.DateTimeField(
        blank=True, db_index=True, null=True, verbose_name="first published at"
    ),
    "last_published_at": models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
    "go_live_at": models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
    "expire_at": models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
    "latest_revision": revision("latest revision"),
    "live_revision": revision("live revision"),
}


class Migration(migrations.Migration):
    dependencies = [("home", "0007_texts_at_the_foot"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.AddField(model_name="sitesettings", name=name, field=field)
        for name, field in FIELDS.items()
    ]
