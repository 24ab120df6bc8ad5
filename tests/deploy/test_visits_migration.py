"""Visits had their tables in `home`: an existing database keeps its figures, and groups their rights."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.accounts.models import SetUpStep
from visits.models import DailyVisits, PageView, Visitor

BEFORE = [("visits", None), ("home", "0004_site_translations")]
SEEN = datetime(2026, 9, 2, 5, 0, tzinfo=UTC)


def migrate_to(targets: list[tuple[str, str | None]]) -> Apps:
    MigrationExecutor(connection).migrate(targets)
    # A new one: what an executor has loaded is the state before it migrated.
    known = [target for target in targets if target[1]]
    return MigrationExecutor(connection).loader.project_state(known).apps


@pytest.mark.django_db(transaction=True)
def test_a_database_from_before_keeps_its_figures_and_the_rights_of_its_groups(tree):
    try:
        old = migrate_to(BEFORE)
        old.get_model("home", "DailyVisits").objects.create(
            date=date(2026, 9, 1), visits=7, visitors=3, salt=""
        )
        old.get_model("home", "Visitor").objects.create(date=SEEN.date(), digest="a", seen_at=SEEN)
        old.get_model("home", "PageView").objects.create(
            date=SEEN.date(), digest="b", seen_at=SEEN, ticket="in doubt"
        )
        ContentType.objects.clear_cache()
        kind, _is_new = ContentType.objects.get_or_create(app_label="home", model="dailyvisits")
        right, _is_new = Permission.objects.get_or_create(content_type=kind, codename="view_dailyvisits")
        group = Group.objects.create(name="Người đọc báo cáo")
        group.permissions.set([right])
        SetUpStep.objects.create(key="somebody home.view_dailyvisits")
    finally:
        call_command("migrate", verbosity=0)
    assert list(DailyVisits.objects.values_list("date", "visits", "visitors")) == [(date(2026, 9, 1), 7, 3)]
    assert list(Visitor.objects.values_list("digest", "seen_at")) == [("a", SEEN)]
    assert list(PageView.objects.values_list("digest", "seen_at")) == [("b", SEEN)]
    found = group.permissions.values_list("pk", "content_type__app_label", "codename")
    assert list(found) == [(right.pk, "visits", "view_dailyvisits")]
    # What was given once is not given again: somebody may have taken it away.
    assert SetUpStep.objects.filter(key="somebody visits.view_dailyvisits").exists()
    of_visits = {"dailyvisits", "pageview", "visitor", "visitbuffer"}
    assert not ContentType.objects.filter(app_label="home", model__in=of_visits).exists()
    # New rows get ids of their own.
    assert (
        DailyVisits.objects.create(date=date(2026, 9, 2)).pk > DailyVisits.objects.order_by("pk").first().pk
    )
