from __future__ import annotations

import pytest
from django.db.models import Count

from cms.content.demo import Demo
from polls import demo as polls_demo
from polls.models import Ballot, BallotChoice, Poll, PollOption
from polls.tally.tallies import tallies_by_poll

pytestmark = pytest.mark.django_db


def test_the_demo_has_an_open_a_closed_and_a_scheduled_poll():
    demo = Demo()
    polls_demo.load(demo)
    polls = {poll.state.name: poll for poll in Poll.objects.all()}
    assert (sorted(polls), demo.made) == (["CLOSED", "OPEN", "SCHEDULED"], {"poll": 3})
    assert all(poll.live and poll.live_revision_id for poll in polls.values())
    assert {name: poll.options.count() for name, poll in polls.items()} == {
        "OPEN": 5,
        "CLOSED": 4,
        "SCHEDULED": 4,
    }


def test_the_tallies_of_the_closed_poll_equal_its_ballots():
    polls_demo.load(Demo())
    poll = Ballot.objects.first().poll
    tally = tallies_by_poll([poll.pk])[poll.pk]
    counted = dict(BallotChoice.objects.values_list("option").annotate(votes=Count("pk")))
    assert (tally.votes, tally.ballots) == (counted, Ballot.objects.filter(poll=poll).count())
    assert tally.ballots == 149
    assert Ballot.objects.filter(created_at__gte=poll.closes_at).count() == 0


def test_a_second_load_makes_and_changes_nothing():
    polls_demo.load(Demo())
    edited = Poll.objects.first()
    edited.question = "Câu hỏi đã sửa?"
    edited.save_revision().publish()
    before = (
        list(Poll.objects.order_by("pk").values()),
        list(PollOption.objects.order_by("pk").values()),
        Ballot.objects.count(),
    )
    again = Demo()
    polls_demo.load(again)
    after = (
        list(Poll.objects.order_by("pk").values()),
        list(PollOption.objects.order_by("pk").values()),
        Ballot.objects.count(),
    )
    assert (again.made, after) == ({}, before)
