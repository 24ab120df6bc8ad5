"""Content on its way to readers: a reporter writes, an editor approves, an administrator approves."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from freezegun import freeze_time
from wagtail.models import TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from articles.models import ArticleIndexPage, ArticlePage
from home.models import HomePage
from polls.models import Poll
from tests.factories.articles import ArticleFactory, article_list
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal"), pytest.mark.one_database]

QUERY = '{ page(urlPath: "/tin-tuc/tin-moi/") { title } }'


@pytest.fixture
def reporter():
    return logged_in(person("reporter"))


@pytest.fixture
def editor():
    return logged_in(person("editor"))


@pytest.fixture
def administrator():
    return logged_in(person("administrator"))


def form(**values):
    lists = {name: inline_formset([]) for name in ("attachments", "legal_document_links", "comments")}
    basics = {
        "title": "Tin mới",
        "slug": "tin-moi",
        "summary": "Sapo",
        "published_at": "2026-01-14 08:00",
        "body": streamfield([("paragraph", {"text": rich_text("<p>Một.</p>")})]),
        "tags": "",
    }
    return nested_form_data({**basics, **lists, **values})


def create(client, action="action-submit", parent=None):
    address = reverse(
        "wagtailadmin_pages:add", args=["articles", "articlepage", (parent or article_list()).pk]
    )
    return client.post(address, {**form(), action: "1"})


def edit(client, page, action, **values):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form(**values), action: "1"})


def decide(client, subject, action, comment=""):
    """Press "approve" or "reject" on the step that the page waits in."""
    task = subject.current_workflow_task_state
    name, key = "wagtailadmin_pages:workflow_action", subject.pk
    if isinstance(subject, Poll):
        name, key = "wagtailsnippets_polls_poll:workflow_action", str(subject.pk)
    return client.post(reverse(name, args=[key, action, task.pk]), {"comment": comment})


def article():
    return ArticlePage.objects.get(slug="tin-moi")


def test_an_article_is_live_only_when_editor_and_administrator_have_approved(
    reporter, editor, administrator, graphql
):
    create(reporter)
    assert article().current_workflow_task.name == "Biên tập viên duyệt"
    assert graphql.data(QUERY) == {"page": None}

    decide(editor, article(), "approve")
    assert article().current_workflow_task.name == "Quản trị duyệt"
    assert (article().live, graphql.data(QUERY)) == (False, {"page": None})

    decide(administrator, article(), "approve")
    assert graphql.data(QUERY) == {"page": {"title": "Tin mới"}}


def test_a_reporter_publishes_nothing(reporter, graphql):
    create(reporter, action="action-publish")
    assert article().live is False
    edit(reporter, article(), "action-publish")
    assert article().live is False
    assert graphql.data(QUERY) == {"page": None}


def test_an_editor_publishes_nothing_alone(editor):
    create(editor, action="action-publish")
    assert article().live is False
    edit(editor, article(), "action-submit")
    decide(editor, article(), "approve")
    decide(editor, article(), "approve")
    assert (article().live, article().current_workflow_task.name) == (False, "Quản trị duyệt")


def test_a_reporter_approves_nothing(reporter):
    create(reporter)
    decide(reporter, article(), "approve")
    assert article().current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS
    assert article().current_workflow_task.name == "Biên tập viên duyệt"


def test_what_waits_for_approval_is_changed_by_nobody_before_that_step(reporter, editor):
    create(reporter)
    edit(reporter, article(), "", title="Sửa lén")
    assert article().get_latest_revision_as_object().title == "Tin mới"
    decide(editor, article(), "approve")
    edit(editor, article(), "", title="Sửa lén")
    assert article().get_latest_revision_as_object().title == "Tin mới"


def test_a_rejection_goes_back_with_its_comment_and_comes_again(
    reporter, editor, administrator, graphql, mailoutbox
):
    create(reporter)
    decide(editor, article(), "approve")
    decide(administrator, article(), "reject", comment="Thiếu nguồn")

    page = reporter.get(reverse("wagtailadmin_pages:edit", args=[article().pk])).content.decode()
    assert "Thiếu nguồn" in page
    edit(reporter, article(), "action-restart-workflow", title="Tin mới, có nguồn")
    decide(editor, article(), "approve")
    decide(administrator, article(), "approve")
    assert graphql.data(QUERY) == {"page": {"title": "Tin mới, có nguồn"}}


def test_an_administrator_publishes_at_once(administrator, graphql):
    create(administrator, action="action-publish")
    assert graphql.data(QUERY) == {"page": {"title": "Tin mới"}}


def test_a_reporter_changes_only_what_is_their_own(reporter, editor):
    other = ArticleFactory(title="Của người khác", slug="khac")
    address = reverse("wagtailadmin_pages:edit", args=[other.pk])
    assert reporter.get(address).status_code == 302
    assert editor.get(address).status_code == 200


@pytest.mark.parametrize(("role", "made"), [("reporter", False), ("editor", True)])
def test_lists_of_pages_are_made_from_an_editor_on(role, made):
    client = logged_in(person(role))
    home = HomePage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["articles", "articleindexpage", home.pk])
    client.post(
        address,
        nested_form_data({"title": "Mục", "slug": "muc", "introduction": "", "comments": inline_formset([])}),
    )
    assert ArticleIndexPage.objects.filter(slug="muc").exists() is made
    client.post(
        reverse("wagtailadmin_pages:copy", args=[article_list().pk]),
        {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": home.pk},
    )
    assert ArticleIndexPage.objects.filter(slug="ban-sao").exists() is made


def test_a_poll_goes_the_same_way(reporter, editor, administrator):
    options = [{"text": text, "image": "", "key": ""} for text in ("Một", "Hai")]
    data = {
        "question": "Câu hỏi?",
        "description": "",
        "min_choices": 1,
        "max_choices": 1,
        "opens_at": "2026-01-01 08:00",
        "closes_at": "2036-01-01 08:00",
        "results_visibility": "after_vote",
        "proof_of_work": "suspicious",
        "options": inline_formset(options, min=2, max=20),
    }
    reporter.post(
        reverse("wagtailsnippets_polls_poll:add"), {**nested_form_data(data), "action-publish": "1"}
    )
    poll = Poll.objects.get()
    assert poll.live is False

    stored = [
        {"id": each.pk or "", "text": each.text, "image": "", "key": each.key}
        for each in poll.get_latest_revision_as_object().options.all()
    ]
    data["options"] = inline_formset(stored, initial=2, min=2, max=20)
    reporter.post(
        reverse("wagtailsnippets_polls_poll:edit", args=[poll.pk]),
        {**nested_form_data(data), "action-submit": "1"},
    )
    decide(reporter, Poll.objects.get(), "approve")
    assert Poll.objects.get().current_workflow_task.name == "Biên tập viên duyệt"
    decide(editor, Poll.objects.get(), "approve")
    assert Poll.objects.get().live is False
    decide(administrator, Poll.objects.get(), "approve")
    assert Poll.objects.get().live is True


@pytest.mark.parametrize(
    ("role", "deleted"), [("reporter", False), ("editor", False), ("administrator", True)]
)
def test_a_public_poll_is_taken_away_by_an_administrator_only(role, deleted):
    poll = PollFactory()
    client = logged_in(person(role))
    client.post(reverse("wagtailsnippets_polls_poll:unpublish", args=[poll.pk]))
    assert Poll.objects.get(pk=poll.pk).live is not deleted
    client.post(reverse("wagtailsnippets_polls_poll:delete", args=[poll.pk]))
    assert Poll.objects.get(pk=poll.pk).is_trashed is deleted


def test_the_form_says_in_vietnamese_for_how_long_something_waits(reporter, editor):
    with freeze_time("2026-01-14 08:00"):
        create(reporter)
    article = ArticlePage.objects.get(slug="tin-moi")
    with freeze_time("2026-01-14 08:05"):
        editor.force_login(get_user_model().objects.get(username="editor"))
        page = editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "5\xa0phút trước" in page
    assert "minutes ago" not in page
