"""The first page of the admin: what each person has to do, and what they may see of the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from articles.models import ArticlePage
from cms.operations.clock import record_run
from cms.operations.models import CommandRun
from tests.factories.articles import ArticleFactory
from tests.factories.media import ImageFactory
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.workflow import draft, rejected, submitted
from tests.factories.zones import ZonePageFactory
from tests.vietnamese.english import english_in, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal"), pytest.mark.one_database]

WARNING = "Bộ hẹn giờ không chạy"


def desk(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def section(page: str, heading: str) -> str:
    """The part of the page from this heading to the next section; empty where there is none."""
    _before, found, rest = page.partition(f"<span data-panel-heading-text>{heading}</span>")
    return rest.partition("<section")[0] if found else ""


def scheduled(title: str, *, owner: Any = None) -> ArticlePage:
    article = ArticleFactory(title=title, live=False, owner=owner)
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision(user=owner).publish()
    return article


def test_what_waits_for_an_editor_stands_on_their_desk_and_on_no_reporters():
    reporter, editor = person("reporter"), person("editor")
    submitted(reporter, title="Chờ duyệt ngay")
    assert "Chờ duyệt ngay" in section(desk(logged_in(editor)), "Chờ bạn duyệt")
    page = desk(logged_in(reporter))
    assert "Chờ bạn duyệt" not in page
    assert "Chờ duyệt ngay" in section(page, "Bạn đã gửi, chưa duyệt xong")


def test_what_the_code_has_no_type_for_any_more_stands_on_no_desk():
    reporter, editor = person("reporter"), person("editor")
    submitted(reporter, title="Của một bản phát hành khác")
    kind = ContentType.objects.create(app_label="gone", model="gone")
    Revision.objects.update(content_type=kind, base_content_type=kind)
    WorkflowState.objects.update(content_type=kind, base_content_type=kind)
    assert section(desk(logged_in(editor)), "Chờ bạn duyệt") == ""
    assert section(desk(logged_in(reporter)), "Bạn đã gửi, chưa duyệt xong") == ""


def test_the_last_step_of_approval_says_that_it_publishes():
    article = submitted(person("reporter"), title="Chờ hai bước")
    editor, administrator = person("editor"), person("administrator")
    assert "Duyệt và xuất bản" not in section(desk(logged_in(editor)), "Chờ bạn duyệt")
    step = article.current_workflow_task_state
    step.task.specific.on_action(step, editor, "approve")
    assert "Duyệt và xuất bản" in section(desk(logged_in(administrator)), "Chờ bạn duyệt")


def test_what_was_sent_back_stands_with_its_comment_on_the_desk_and_on_the_form():
    reporter, editor = person("reporter"), person("editor")
    article = rejected(reporter, editor, "Thiếu nguồn <b>số liệu</b>", title="Bài bị trả")
    client = logged_in(reporter)
    found = section(desk(client), "Bị trả lại để sửa")
    assert "Bài bị trả" in found
    assert "Thiếu nguồn &lt;b&gt;số liệu&lt;/b&gt;" in found
    assert "Bài bị trả" not in section(desk(client), "Bản nháp của bạn")
    form = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    message, _found, _rest = form.partition('id="page-edit-form"')
    assert "đã trả lại bài này: “Thiếu nguồn &lt;b&gt;số liệu&lt;/b&gt;”" in message
    assert "Bài bị trả" not in section(desk(logged_in(editor)), "Bị trả lại để sửa")


def test_a_poll_that_was_sent_back_says_so_too():
    reporter, editor = person("reporter"), person("editor")
    poll = PollFactory(question="Câu hỏi bị trả?", live=False)
    poll.save_revision(user=reporter)
    poll.get_workflow().start(poll, reporter)
    step = poll.current_workflow_task_state
    step.task.specific.on_action(step, editor, "reject", comment="Thêm phương án")
    client = logged_in(reporter)
    found = section(desk(client), "Bị trả lại để sửa")
    assert "Câu hỏi bị trả?" in found
    assert "Thêm phương án" in found
    form = client.get(reverse("wagtailsnippets_polls_poll:edit", args=[poll.pk])).content.decode()
    assert "đã trả lại bài này: “Thêm phương án”" in form


def test_each_person_has_their_own_drafts():
    reporter, other = person("reporter"), person("reporter", username="other")
    draft(reporter, title="Nháp của tôi")
    draft(other, title="Nháp của người khác")
    ArticleFactory(title="Đã đăng", owner=reporter)
    found = section(desk(logged_in(reporter)), "Bản nháp của bạn")
    assert "Nháp của tôi" in found
    assert "Nháp của người khác" not in found
    assert "Đã đăng" not in found


def test_what_is_scheduled_is_shown_with_a_warning_where_no_scheduler_runs(admin_client: Client):
    scheduled("Đăng ngày mai")
    expiring = ArticleFactory(title="Sắp gỡ")
    ArticlePage.objects.filter(pk=expiring.pk).update(expire_at=timezone.now() + timedelta(days=2))
    page = desk(admin_client)
    found = section(page, "Đã hẹn giờ")
    assert found.index("Đăng ngày mai") < found.index("Sắp gỡ")
    assert WARNING in found

    call_command("publish_scheduled")
    assert WARNING in desk(admin_client), "run by hand, which nobody does each minute"
    record_run("publish_scheduled")  # as the scheduler does
    assert WARNING not in desk(admin_client)
    CommandRun.objects.update(ended_at=timezone.now() - timedelta(hours=1))
    assert WARNING in desk(admin_client)


def test_where_nothing_is_scheduled_nobody_is_warned(admin_client: Client):
    assert WARNING not in desk(admin_client)


def test_what_was_published_lately_is_shown_once(admin_client: Client):
    article = ArticleFactory(title="Vừa đăng", live=False)
    for _time in range(2):
        article.save_revision().publish()
    gone = ArticleFactory(title="Đã gỡ", live=False)
    gone.save_revision().publish()
    ArticlePage.objects.get(pk=gone.pk).unpublish()
    found = section(desk(admin_client), "Mới đăng")
    assert found.count("Vừa đăng") == 1
    assert "Đã gỡ" not in found
    theirs = section(desk(logged_in(person("reporter"))), "Mới đăng")
    assert "Vừa đăng" in theirs
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) not in theirs


def test_faults_are_counted_and_listed_for_who_may_mend_them(admin_client: Client):
    reporter = person("reporter")
    picture = ImageFactory()
    ArticleFactory(title="Không sapo", summary="", hero_image=picture)
    ArticleFactory(title="Không ảnh", summary="Có", hero_image=None, owner=reporter)
    ArticleFactory(title="Nháp thiếu cả hai", summary="", hero_image=None, live=False)
    ImageFactory(title="Ảnh câm", description="")
    ZonePageFactory(title="Khu cũ", boundary=None, figures_as_of=timezone.localdate() - timedelta(days=400))

    found = section(desk(admin_client), "Cần bổ sung")
    for label in (
        "<strong>1</strong> bài viết chưa có sapo",
        "<strong>1</strong> bài viết chưa có ảnh",
        "<strong>1</strong> ảnh chưa có văn bản thay thế",
        "<strong>1</strong> khu công nghiệp chưa có ranh giới",
        "<strong>1</strong> khu công nghiệp có số liệu quá một năm",
    ):
        assert label in found, label
    listed = admin_client.get(reverse("desk_check", args=["articles-no-summary"])).content.decode()
    assert "Không sapo" in listed
    assert "Không ảnh" not in listed
    assert "Nháp thiếu cả hai" not in listed

    theirs = section(desk(logged_in(reporter)), "Cần bổ sung")
    assert "<strong>1</strong> bài viết chưa có ảnh" in theirs
    assert "sapo" not in theirs
    assert "khu công nghiệp" not in theirs
    address = reverse("desk_check", args=["articles-no-summary"])
    assert "Không sapo" not in logged_in(reporter).get(address).content.decode()
    assert logged_in(reporter).get(reverse("desk_check", args=["no-such-check"])).status_code == 404


def statements(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        desk(client)
    return len(asked)


def test_the_number_of_statements_does_not_grow_with_the_content():
    reporter, editor = person("reporter"), person("editor")
    record_run("publish_scheduled")

    def more(number: int) -> None:
        for each in range(number):
            draft(editor, title=f"Nháp {number} {each}")
            rejected(editor, editor, "Sửa", title=f"Trả {number} {each}")
            scheduled(f"Hẹn {number} {each}", owner=editor)
            article = ArticleFactory(title=f"Đăng {number} {each}", live=False)
            article.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
            ImageFactory(description="")

    more(2)
    client = logged_in(editor)
    desk(client)
    stranger = logged_in(person("reporter", username="stranger"))
    desk(stranger)
    few, strangers = statements(client), statements(stranger)
    more(6)
    assert statements(stranger) < strangers + 5
    # Six more of each kind; caches that go by the clock may ask for a row or two of their own.
    assert statements(client) < few + 5
    # What waits for approval has Wagtail's own table, of at most eight rows.
    for number in range(8):
        submitted(reporter, title=f"Chờ {number}")
    full = statements(client)
    for number in range(8, 14):
        submitted(reporter, title=f"Chờ {number}")
    assert "và 6 mục khác" in desk(client)
    assert statements(client) < full + 5


@pytest.mark.parametrize("role", ["reporter", "editor", "administrator"])
def test_the_desk_is_vietnamese(role: str):
    user = person(role, username="mai", last_name="Lê", first_name="Mai")
    reporter, editor = (person(each, last_name="Lê", first_name="An") for each in ("reporter", "editor"))
    submitted(reporter, title="Một")
    rejected(user, editor, "Hai", title="Ba")
    submitted(user, title="Bốn")
    draft(user, title="Năm")
    scheduled("Sáu", owner=user)
    article = ArticleFactory(title="Bảy", live=False, owner=user)
    article.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    client = logged_in(user)
    pages = [
        client.get(address).content.decode()
        for address in (
            reverse("wagtailadmin_home"),
            reverse("desk_check", args=["articles-no-summary"]),
        )
    ]
    assert [found for page in pages for text in texts(page) if (found := english_in(text))] == []
