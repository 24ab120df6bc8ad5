"""What can't be published is named with its reason, keeps its schedule, and keeps nothing else from being published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.operations.clock import JOBS
from cms.operations.models import CommandRun
from cms.operations.scheduler import Scheduler
from polls.models import Poll
from tests.client import GraphQLClient
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory, list_of_articles
from tests.factories.zones import ZonePageFactory

pytestmark = pytest.mark.django_db

REASON = "Mã: Mã này đã dùng cho Thụy Vân."
STATES = "{ articles(first: 9) { nodes { title } } }"


def due(content: Any) -> None:
    """Schedule the draft of a page or snippet for an hour ago, as it was left before the clock came there."""
    revision = content.save_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    revision.save()


def zone_without_a_code_of_its_own() -> Page:
    """A draft whose code another zone has taken since it was written."""
    zone = ZonePageFactory(title="Cẩm Khê", code="KCN-CK", live=False)
    ZonePageFactory(title="Thụy Vân", code="KCN-TV")
    type(zone).objects.filter(pk=zone.pk).update(code="KCN-TV")
    zone.code = "KCN-CK"
    zone.save_revision()
    revision = zone.get_latest_revision()
    revision.content["code"] = "KCN-TV"
    revision.save()
    zone.refresh_from_db()
    return zone


def dashboard(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def publish_in_bulk(client: Client, *pages: Page, **sent: str) -> str:
    """What the list of pages says after a bulk action."""
    chosen = urlencode([("next", reverse("wagtailadmin_explore_root")), *(("id", page.pk) for page in pages)])
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    response = client.post(f"{address}?{chosen}", sent, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_that_cannot_be_published_keeps_its_schedule_and_stops_no_other(admin_client: Client):
    broken = zone_without_a_code_of_its_own()
    revision = broken.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(hours=2)
    revision.save()
    article, poll = ArticlePageFactory(live=False), PollFactory(live=False)
    due(article), due(poll)

    for _time in range(2):
        with pytest.raises(CommandError, match="Cẩm Khê: " + REASON):
            call_command("publish_scheduled")
    article.refresh_from_db(), broken.refresh_from_db(), poll.refresh_from_db()
    assert (article.live, broken.live, poll.live) == (True, False, True)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None
    assert "Chưa xuất bản được" in dashboard(admin_client)
    assert f"</a>: {REASON}" in dashboard(admin_client)
    history = admin_client.get(reverse("wagtailadmin_pages:history", args=(broken.pk,))).content.decode()
    assert history.count(f"Chưa xuất bản được: {REASON}") == 1


def of_nothing(label: str, model: str) -> Revision:
    """A scheduled revision whose object is gone, or its type with a release that was rolled back."""
    kind, _is_new = ContentType.objects.get_or_create(app_label=label, model=model)
    return Revision.objects.create(
        content_type=kind,
        base_content_type=kind,
        object_id="0",
        object_str="Thông báo",
        content={},
        approved_go_live_at=timezone.now() - timedelta(hours=2),
    )


def test_what_there_is_nothing_or_no_type_of_keeps_its_schedule_and_stops_no_other(admin_client: Client):
    lost = [of_nothing("notices", "notice"), of_nothing("polls", "poll")]
    article = ArticlePageFactory(live=False)
    due(article)

    with pytest.raises(CommandError) as refusal:
        call_command("publish_scheduled")

    assert str(refusal.value).splitlines() == [
        "Thông báo: there is no notices.notice 0, or this code has no such type",
        "Thông báo: there is no polls.poll 0, or this code has no such type",
    ]
    article.refresh_from_db()
    assert article.live
    assert Revision.objects.filter(pk__in=[each.pk for each in lost], approved_go_live_at=None).count() == 0
    assert dashboard(admin_client)


def test_the_dashboard_forgets_what_was_published_since(admin_client: Client):
    zone = zone_without_a_code_of_its_own()
    due_at = zone.get_latest_revision()
    due_at.approved_go_live_at = timezone.now() - timedelta(hours=1)
    due_at.save()
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    type(zone).objects.get(title="Thụy Vân").delete()
    call_command("publish_scheduled")
    zone.refresh_from_db()
    assert zone.live
    assert "Chưa xuất bản được" not in dashboard(admin_client)


@pytest.mark.parametrize("is_broken", [True, False])
def test_the_clock_notes_a_run_once_also_where_a_page_could_not_be_published(is_broken: bool):
    if is_broken:
        revision = zone_without_a_code_of_its_own().get_latest_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
        revision.save()
    CommandRun.objects.bulk_create(
        CommandRun(command=each, started_at=timezone.now(), ended_at=timezone.now())
        for each in JOBS.keys() - {"publish_scheduled"}
    )

    with CaptureQueriesContext(connection) as sent:
        Scheduler().tick()

    assert len([each for each in sent if '"ended_at" = ' in each["sql"]]) == 1
    assert CommandRun.objects.get(command="publish_scheduled").ended_at is not None


def test_the_dashboard_tells_of_pages_only_to_who_may_edit_them():
    zone = zone_without_a_code_of_its_own()
    revision = zone.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    revision.save()
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    assert REASON in dashboard(logged_in(person("editor")))
    assert REASON not in dashboard(logged_in(person("reporter")))


def test_what_has_expired_by_its_time_is_not_published(admin_client: Client):
    article = ArticlePageFactory(live=False, expire_at=timezone.now() - timedelta(minutes=1))
    due(article)
    with pytest.raises(CommandError, match="Đã hết hạn lúc"):
        call_command("publish_scheduled")
    article.refresh_from_db()
    assert not article.live
    assert article.scheduled_revision is not None


def test_a_dry_run_of_the_schedule_changes_nothing(capsys: pytest.CaptureFixture[str]):
    article = ArticlePageFactory(live=False)
    due(article)
    call_command("publish_scheduled", "--dryrun")
    article.refresh_from_db()
    assert not article.live
    assert article.title in capsys.readouterr().out


def test_complete_pages_are_published_in_bulk_and_the_others_named(
    admin_client: Client, graphql: GraphQLClient
):
    broken = zone_without_a_code_of_its_own()
    article = ArticlePageFactory(title="Đủ", live=False)
    article.save_revision()
    said = publish_in_bulk(admin_client, broken, article)
    assert "Những trang sau chưa xuất bản được:<ul><li>Cẩm Khê: " + REASON in said
    assert "Đã xuất bản 1 trang" in said
    assert graphql.data(STATES)["articles"]["nodes"] == [{"title": "Đủ"}]
    broken.refresh_from_db()
    assert not broken.live


def test_drafts_below_a_list_are_published_in_bulk_without_the_incomplete(admin_client: Client):
    index = list_of_articles()
    late = ArticlePageFactory(title="Quá hạn", live=False, expire_at=timezone.now() - timedelta(days=1))
    whole = ArticlePageFactory(title="Đủ", live=False)
    said = publish_in_bulk(admin_client, index, include_descendants="on")
    assert "<li>Quá hạn: Đã hết hạn lúc" in said
    late.refresh_from_db(), whole.refresh_from_db()
    assert (late.live, whole.live) == (False, True)


def test_an_expired_page_is_refused_in_bulk_and_live_for_nobody(admin_client: Client, graphql: GraphQLClient):
    article = ArticlePageFactory(live=False, expire_at=timezone.now() - timedelta(days=1))
    article.save_revision()
    assert "hãy đổi hoặc bỏ thời điểm hết hạn" in publish_in_bulk(admin_client, article)
    article.refresh_from_db()
    assert not article.live
    assert graphql.data(STATES)["articles"]["nodes"] == []


@pytest.mark.parametrize("make", [ArticlePageFactory, PollFactory])
def test_editors_see_what_readers_no_longer_do_as_expired(make: Any):
    content = make(live=True, expire_at=timezone.now() + timedelta(days=1))
    assert content.status_string == "đã xuất bản"
    content.expire_at = timezone.now() - timedelta(seconds=1)
    assert content.status_string == "hết hạn"


def test_what_a_workflow_approves_and_cannot_publish_is_told_on_the_dashboard(admin_client: Client):
    poll = PollFactory(live=False)
    poll.save_revision()
    editor, administrator = person("editor"), person("administrator")
    state = poll.get_workflow().start(poll, editor)
    Poll.objects.filter(pk=poll.pk).update(expire_at=timezone.now() - timedelta(days=1))
    revision = poll.get_latest_revision()
    revision.content["expire_at"] = (timezone.now() - timedelta(days=1)).isoformat()
    revision.save()
    for user in (editor, administrator):
        state.refresh_from_db()
        state.current_task_state.approve(user=user)
    poll.refresh_from_db()
    assert not poll.live
    assert f"{poll}</a>: Đã hết hạn lúc" in dashboard(admin_client)


def test_blocks_and_rows_that_the_form_refuses_are_refused_in_bulk(admin_client: Client):
    article = ArticlePageFactory(title="Bài", live=False)
    article.body = [("heading", {"text": "", "level": "2"})]
    article.save_revision()
    campaign = CampaignPageFactory(title="Phong trào", live=False)
    campaign.milestones.add(campaign.milestones.model(title="", date=date(2026, 1, 1)))
    campaign.save_revision()
    words = publish_in_bulk(admin_client, article, campaign)
    assert "Bài: Nội dung bài: Trường này là bắt buộc." in words
    assert "Phong trào: Tiêu đề: Trường này không được để trắng." in words
    assert not Page.objects.filter(pk__in=[article.pk, campaign.pk], live=True).exists()


@pytest.mark.parametrize(
    ("options", "most", "reason"),
    [
        (["Một"], 1, "Một bình chọn có từ 2 đến 20 phương án."),
        (["Một", "Hai"], 3, "Số phương án ít hơn số bạn đọc được chọn."),
    ],
)
def test_a_poll_with_too_few_options_is_not_published(options: list[str], most: int, reason: str):
    poll = PollFactory(live=False, texts=options, max_choices=most)
    poll.save_revision()
    due(poll)
    with pytest.raises(CommandError, match=reason):
        call_command("publish_scheduled", verbosity=0)
    poll.refresh_from_db()
    assert not poll.live
