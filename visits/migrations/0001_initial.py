"""Takes up the tables that were those of `home`, and what refers to their models: the rights of groups."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MODELS = ["dailyvisits", "pageview", "visitor"]


def move_content_types(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A content type keeps its id, and with it the permissions that groups have, and their log."""
    _rename(apps, schema_editor, before="home", after="visits")
    types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    types.filter(app_label="home", model="visitbuffer").delete()


def move_content_types_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, schema_editor, before="visits", after="home")


def _rename(apps: Apps, schema_editor: BaseDatabaseSchemaEditor, *, before: str, after: str) -> None:
    # Else `set_up_roles` gives a right once more that people have taken from a group since.
    steps = apps.get_model("accounts", "SetUpStep").objects.using(schema_editor.connection.alias)
    for step in steps.filter(key__endswith=f" {before}.view_dailyvisits"):
        step.key = step.key.replace(f" {before}.", f" {after}.")
        step.save()
    types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    for each in types.filter(app_label=before, model__in=MODELS):
        # Where both are there, those of `after` are new and nobody has rights by them.
        types.filter(app_label=after, model=each.model).delete()
        each.app_label = after
        each.save()


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_set_up_steps"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("home", "0005_visits_have_an_app_of_their_own"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="DailyVisits",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("date", models.DateField(unique=True, verbose_name="day")),
                        ("visits", models.PositiveBigIntegerField(default=0, verbose_name="page views")),
                        ("visitors", models.PositiveBigIntegerField(default=0, verbose_name="visitors")),
                        (
                            "salt",
                            models.CharField(
                                editable=False,
                                help_text="Random; forgotten when the day is over.",
                                max_length=64,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visits of a day",
                        "verbose_name_plural": "visits by day",
                        "ordering": ["-date"],
                    },
                ),
                migrations.CreateModel(
                    name="PageView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("date", models.DateField()),
                        ("digest", models.CharField(max_length=64)),
                        ("seen_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Visitor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("date", models.DateField()),
                        ("digest", models.CharField(max_length=64)),
                        ("seen_at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("date", "digest"), name="one_row_per_visitor_and_day"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(move_content_types, move_content_types_back),
    ]
