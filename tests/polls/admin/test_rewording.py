"""What an option with ballots says is changed only by who knows that it has ballots, and the log keeps what it said."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry, Revision

from polls.models import Poll
from tests.factories.polls import PollFactory, vote
from tests.polls.admin.test_poll_admin import form, option_texts, stored, url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CONFIRMATION = "Cho phép sửa lời của phương án đã có phiếu"


@pytest.fixture
def poll() -> Poll:
    """A has a ballot, B and C have none."""
    poll = PollFactory()
    poll.save_revision().publish()
    vote(poll, 0)
    return poll


@pytest.fixture
def draft(admin_client) -> Poll:
    """A draft has other words for A, and readers vote for A after it was saved."""
    poll = PollFactory()
    poll.save_revision().publish()
    save(admin_client, poll, "A, better", "B", "C", publish=False)
    vote(poll, 0)
    return poll


def save(client: Any, poll: Poll, *words: str, **values: Any) -> str:
    options = stored(poll)
    for option, text in zip(options, words, strict=True):
        option["text"] = text
    response = client.post(url("edit", poll.pk), form(options, initial=3, **values), follow=True)
    return response.content.decode()


def logged() -> list[tuple[str, dict]]:
    entries = ModelLogEntry.objects.filter(action="polls.option_reworded").order_by("pk")
    return [(entry.user.username if entry.user else "", entry.data) for entry in entries]


def test_the_editor_is_told_and_nothing_is_stored(admin_client, poll):
    page = save(admin_client, poll, "A, better", "B", "C")
    assert "“A” đã có phiếu bầu cho lời cũ" in page
    assert CONFIRMATION in page
    assert option_texts(poll) == ["A", "B", "C"]
    assert logged() == []


def test_a_draft_is_told_of_too(admin_client, poll):
    page = save(admin_client, poll, "A, better", "B", "C", publish=False)
    assert "“A” đã có phiếu bầu cho lời cũ" in page
    assert [option["text"] for option in stored(poll)] == ["A", "B", "C"]


def test_who_confirms_it_changes_the_words_and_the_log_keeps_the_old_ones(admin_client, poll):
    option = poll.options.first().pk
    save(admin_client, poll, "A, better", "B", "C", confirms_rewording="on")
    assert option_texts(poll) == ["A, better", "B", "C"]
    assert logged() == [("admin", {"option": option, "before": "A", "after": "A, better"})]
    history = admin_client.get(url("history", poll.pk)).content.decode()
    assert "Phương án đã có phiếu “A” được sửa thành “A, better”" in history


def test_a_draft_is_logged_when_it_is_published(admin_client, poll):
    save(admin_client, poll, "A, better", "B", "C", publish=False, confirms_rewording="on")
    assert (option_texts(poll), logged()) == (["A", "B", "C"], [])
    save(admin_client, poll, "A, better", "B", "C")
    assert option_texts(poll)[0] == "A, better"
    assert [data["before"] for _user, data in logged()] == ["A"]


def test_a_confirmation_holds_for_the_words_that_it_was_about(admin_client, poll):
    save(admin_client, poll, "A, better", "B", "C", publish=False, confirms_rewording="on")
    page = save(admin_client, poll, "A, best", "B", "C")
    assert "“A” đã có phiếu bầu cho lời cũ" in page
    assert option_texts(poll) == ["A", "B", "C"]


def test_votes_that_came_since_the_draft_was_saved_are_told_of(admin_client, draft):
    page = save(admin_client, draft, "A, better", "B", "C")
    assert "“A” đã có phiếu bầu cho lời cũ" in page
    assert (option_texts(draft), logged()) == (["A", "B", "C"], [])
    save(admin_client, draft, "A, better", "B", "C", confirms_rewording="on")
    assert option_texts(draft) == ["A, better", "B", "C"]


def test_the_schedule_changes_no_words_that_nobody_confirmed(admin_client, draft):
    Revision.objects.filter(pk=Poll.objects.get().latest_revision_id).update(
        approved_go_live_at=draft.opens_at
    )
    with pytest.raises(CommandError, match="“A” đã có phiếu bầu cho lời cũ"):
        call_command("publish_scheduled")
    assert (option_texts(draft), logged()) == (["A", "B", "C"], [])
    assert ModelLogEntry.objects.filter(action="content.not_published").count() == 1


def test_words_that_were_confirmed_go_live_by_the_schedule(admin_client, poll):
    option = poll.options.first().pk
    save(admin_client, poll, "A, better", "B", "C", publish=False, confirms_rewording="on")
    Revision.objects.filter(pk=Poll.objects.get().latest_revision_id).update(
        approved_go_live_at=poll.opens_at
    )
    call_command("publish_scheduled")
    assert option_texts(poll) == ["A, better", "B", "C"]
    assert logged() == [("", {"option": option, "before": "A", "after": "A, better"})]


def test_an_older_revision_brings_back_no_words_that_nobody_confirmed(poll):
    older = poll.latest_revision
    option = poll.options.first()
    option.text = "A, better"
    option.save()
    with pytest.raises(ValidationError):
        older.publish()
    assert option_texts(poll) == ["A, better", "B", "C"]


def test_an_option_without_ballots_is_reworded_without_ado(admin_client, poll):
    save(admin_client, poll, "A", "B, better", "C")
    assert option_texts(poll) == ["A", "B, better", "C"]
    assert logged() == []


def test_other_changes_need_no_confirmation(admin_client, poll):
    save(admin_client, poll, "A", "B", "C", question="Câu hỏi khác?")
    poll.refresh_from_db()
    assert poll.question == "Câu hỏi khác?"


def test_the_confirmation_is_not_shown_where_there_are_no_ballots(admin_client):
    poll = PollFactory()
    assert CONFIRMATION not in admin_client.get(url("edit", poll.pk)).content.decode()
    vote(poll, 0)
    assert CONFIRMATION in admin_client.get(url("edit", poll.pk)).content.decode()
