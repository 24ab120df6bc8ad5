"""Previews hang on a login, and links are shared. Old previews are of no login: they are gone, as in an hour anyway."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PREVIEW = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("subject", models.CharField(max_length=100)),
    ("content", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
    ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
    (
        "content_type",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
        ),
    ),
    (
        "editor",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
        ),
    ),
    (
        "session",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sessions.session"
        ),
    ),
    (
        "revision",
        models.ForeignKey(
            null=True,
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
            to="wagtailcore.revision",
        ),
    ),
    (
        "parent",
        models.ForeignKey(
            help_text="Where a page that was never saved is to be.",
            null=True,
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
            to=settings.WAGTAIL_PAGE_MODEL,
        ),
    ),
]
SHARE_LINK = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("key_digest", models.CharField(editable=False, max_length=64, unique=True)),
    (
        "note",
        models.CharField(
            blank=True,
            help_text="Only you and your colleagues see it.",
            max_length=200,
            verbose_name="for whom",
        ),
    ),
    ("password", models.CharField(blank=True, editable=False, max_length=200, verbose_name="password")),
    ("expires_at", models.DateTimeField(db_index=True, verbose_name="expires at")),
    ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
    ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="revoked at")),
    ("opened", models.PositiveIntegerField(default=0, editable=False, verbose_name="times opened")),
    ("last_opened_at", models.DateTimeField(editable=False, null=True, verbose_name="last opened")),
    (
        "maker",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
            verbose_name="made by",
        ),
    ),
    (
        "revision",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
            to="wagtailcore.revision",
            verbose_name="version",
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("preview", "0001_initial"),
        ("sessions", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="Preview"),
        migrations.CreateModel(
            name="Preview",
            fields=PREVIEW,
            options={
                "verbose_name": "preview",
                "verbose_name_plural": "previews",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["session", "content_type", "subject"], name="one_preview_per_login_and_object"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=SHARE_LINK,
            options={
                "verbose_name": "share link",
                "verbose_name_plural": "share links",
                "default_permissions": (),
            },
        ),
    ]
