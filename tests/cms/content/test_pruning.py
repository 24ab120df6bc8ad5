"""`manage.py prune_revisions`: what somebody needs stays, however old it is."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from cms.operations.clock import JOBS
from cms.preview.models import ShareLink
from tests.factories.people import person
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ninety_days(settings: LazySettings) -> None:
    settings.CMS_REVISION_DAYS = 90


def saved(page: Any, title: str, *, days_ago: int = 100) -> Revision:
    """A version of the page with this title."""
    page.title = title
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(created_at=timezone.now() - timedelta(days=days_ago))
    return revision


def prune() -> set[int]:
    """The versions that are left."""
    call_command("prune_revisions", stdout=StringIO())
    return set(Revision.objects.values_list("pk", flat=True))


def test_old_drafts_go_and_what_is_or_was_published_or_is_newest_stays():
    page = ArticlePageFactory()
    saved(page, "Nháp")
    was_live = saved(page, "Đã đăng")
    was_live.publish()
    live = saved(page, "Đang đăng")
    live.publish()
    young = saved(page, "Nháp mới", days_ago=80)
    saved(page, "Nháp nữa")
    newest = saved(page, "Nháp cuối")

    assert prune() == {was_live.pk, live.pk, young.pk, newest.pk}


def test_what_is_shared_scheduled_or_in_a_workflow_stays():
    page = ArticlePageFactory()
    editor = person("editor")
    shared = saved(page, "Gửi xem")
    ShareLink.objects.create(revision=shared, maker=editor, expires_at=timezone.now() - timedelta(days=1))
    submitted = saved(page, "Gửi duyệt")
    page.get_workflow().start(page, editor)
    scheduled = saved(page, "Hẹn giờ")
    Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=timezone.now() + timedelta(days=1))
    newest = saved(page, "Nháp cuối")

    assert prune() == {shared.pk, submitted.pk, scheduled.pk, newest.pk}
    assert ShareLink.objects.count() == 1


def test_without_a_number_of_days_all_stay_and_the_clock_asks_every_night(settings: LazySettings):
    page = ArticlePageFactory()
    saved(page, "Một")
    saved(page, "Hai")
    settings.CMS_REVISION_DAYS = 0

    assert len(prune()) == 2
    assert "prune_revisions" in JOBS
