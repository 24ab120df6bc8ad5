"""Whatever is published, options stay what they are and votes stay where they are."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from polls.models import Poll, PollOption
from polls.tally.tallies import tallies_by_poll
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = pytest.mark.django_db


def test_publishing_an_older_revision_changes_no_tally():
    poll = PollFactory(question="old")
    older = poll.save_revision()
    older.publish()
    vote(poll, 0)
    vote(poll, 2)
    poll = Poll.objects.get()
    poll.question = "new"
    poll.save_revision().publish()
    before = tallies_by_poll([poll.pk])
    older.publish()
    assert Poll.objects.get().question == "old"
    assert tallies_by_poll([poll.pk]) == before
    assert before[poll.pk].ballots == 2


def test_publishing_a_revision_without_a_voted_option_keeps_the_option():
    poll = PollFactory(texts=("A", "B"))
    older = poll.save_revision()
    poll.options.add(PollOption(text="C", sort_order=2), PollOption(text="D", sort_order=3))
    poll.save_revision().publish()
    voted = option_ids(poll)[2]
    vote(poll, 2)
    older.publish()
    assert list(Poll.objects.get().options.values_list("pk", "text"))[2:] == [(voted, "C")]
    assert tallies_by_poll([poll.pk])[poll.pk].votes == {voted: 1}


def test_a_revision_is_not_published_beside_a_voted_option_that_says_the_same():
    poll = PollFactory(texts=("A", "B", "C"))
    poll.options.set([*poll.options.all()[1:], PollOption(text="A", sort_order=3)])
    revision = poll.save_revision()
    vote(poll, 0)
    with pytest.raises(ValidationError):
        revision.publish()
    assert list(Poll.objects.get().options.values_list("text", flat=True)) == ["A", "B", "C"]


def test_a_drafts_new_option_is_one_option_however_often_it_is_published():
    poll = PollFactory(texts=("A", "B"))
    poll.options.add(PollOption(text="C", sort_order=2))
    revision = poll.save_revision()
    revision.publish()
    first = option_ids(poll)
    vote(poll, 2)
    revision.publish()
    later = Poll.objects.get().save_revision()
    later.publish()
    assert option_ids(poll) == first
    assert tallies_by_poll([poll.pk])[poll.pk].votes == {first[2]: 1}


def test_a_removed_option_comes_back_under_its_id_with_an_older_revision():
    poll = PollFactory()
    older = poll.save_revision()
    first = option_ids(poll)
    poll.options.remove(poll.options.last())
    poll.save_revision().publish()
    assert option_ids(poll) == first[:2]
    older.publish()
    assert option_ids(poll) == first


def test_the_database_deletes_no_option_with_ballots_and_no_poll_with_ballots():
    poll = PollFactory()
    vote(poll, 0)
    with pytest.raises(ProtectedError):
        poll.options.model.objects.filter(poll=poll).delete()
    with pytest.raises(ProtectedError):
        Poll.objects.all().delete()


@pytest.mark.parametrize(
    "values",
    [{"min_choices": 2}, {"max_choices": 21}, {"min_choices": 0}, {"closed": True, "opens_at": None}],
)
def test_the_database_refuses_a_poll_that_makes_no_sense(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        PollFactory(**values)
