from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from polls.casting.refusals import Refusal, VoteRefused
from polls.casting.voters import new_voter
from polls.casting.voting import cast_vote
from polls.models import Ballot, BallotChoice, OptionTally, Poll
from polls.tally.tallies import Tally, tallies_by_poll
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = pytest.mark.django_db


def tally(poll: Poll) -> Tally:
    return tallies_by_poll([poll.pk])[poll.pk]


def refused(poll_id: int, options: list[int], *, voter=None, now=None, key: str = "") -> Refusal:
    """The refusal of a vote, having seen that it wrote nothing."""
    before = (
        Ballot.objects.count(),
        BallotChoice.objects.count(),
        list(OptionTally.objects.order_by("pk").values()),
    )
    with pytest.raises(VoteRefused) as caught:
        cast_vote(poll_id, options, voter or new_voter(), now=now or timezone.now(), request_key=key)
    after = (
        Ballot.objects.count(),
        BallotChoice.objects.count(),
        list(OptionTally.objects.order_by("pk").values()),
    )
    assert after == before
    return caught.value.refusal


def test_a_vote_is_stored_and_counted():
    poll = PollFactory()
    receipt = vote(poll, 1)
    ballot = Ballot.objects.get()
    _first, second, _third = option_ids(poll)
    assert (ballot.poll, ballot.receipt, receipt.repeated) == (poll, receipt.number, False)
    assert list(ballot.choices.values_list("option", flat=True)) == [second]
    assert tally(poll) == Tally(ballots=1, votes={second: 1})


def test_receipts_are_four_groups_that_no_two_ballots_share():
    poll = PollFactory()
    receipts = [vote(poll, 0).number for _voter in range(5)]
    assert len(set(receipts)) == 5
    assert {len(group) for receipt in receipts for group in receipt.split("-")} == {4}


def test_a_voter_votes_once_in_a_poll_and_once_in_another():
    first, second, voter = PollFactory(), PollFactory(), new_voter()
    vote(first, 0, voter=voter)
    assert refused(first.pk, option_ids(first)[:1], voter=voter) is Refusal.ALREADY_VOTED
    assert refused(first.pk, option_ids(first)[1:2], voter=voter) is Refusal.ALREADY_VOTED
    vote(second, 0, voter=voter)
    assert (tally(first).ballots, tally(second).ballots) == (1, 1)


def test_the_digests_of_a_voter_in_two_polls_differ_and_do_not_hold_the_number():
    voter = new_voter()
    assert voter.digest(1) != voter.digest(2)
    assert voter.digest(1) == voter.digest(1)
    assert voter.number not in voter.digest(1)


def test_the_same_key_gets_the_first_receipt_also_after_closing():
    poll, voter = PollFactory(), new_voter()
    first = vote(poll, 0, voter=voter, request_key="k" * 16)
    again = vote(poll, 0, voter=voter, request_key="k" * 16)
    late = vote(poll, 0, voter=voter, request_key="k" * 16, now=poll.closes_at)
    assert (again.number, again.repeated) == (first.number, True)
    assert (late.number, late.repeated) == (first.number, True)
    assert tally(poll).ballots == Ballot.objects.count() == 1


def test_the_same_key_with_other_options_is_a_conflict_and_changes_nothing():
    poll, voter = PollFactory(max_choices=2, allows_change=True), new_voter()
    first, second, _third = option_ids(poll)
    vote(poll, 0, 1, voter=voter, request_key="k" * 16)
    for chosen in ([first], [second]):
        assert refused(poll.pk, chosen, voter=voter, key="k" * 16) is Refusal.IDEMPOTENCY_CONFLICT
    assert vote(poll, 1, 0, voter=voter, request_key="k" * 16).repeated  # the same options in another order
    vote(poll, 2, voter=voter, request_key="another key of mine")
    assert refused(poll.pk, [first], voter=voter, key="k" * 16) is Refusal.IDEMPOTENCY_CONFLICT
    assert tally(poll).ballots == 1


def test_another_key_or_another_voter_with_the_key_is_no_retry():
    poll, voter = PollFactory(), new_voter()
    first = vote(poll, 0, voter=voter, request_key="k" * 16)
    assert refused(poll.pk, option_ids(poll)[:1], voter=voter, key="x" * 16) is Refusal.ALREADY_VOTED
    other = vote(poll, 0, request_key="k" * 16)
    assert other.number != first.number
    assert tally(poll).ballots == 2


def test_a_poll_that_readers_cannot_see_is_unknown():
    options = option_ids(PollFactory())
    draft = PollFactory(live=False)
    expired = PollFactory(expire_at=timezone.now() - timedelta(seconds=1))
    assert refused(10**9, options[:1]) is Refusal.POLL_UNKNOWN
    assert refused(draft.pk, option_ids(draft)[:1]) is Refusal.POLL_UNKNOWN
    assert refused(expired.pk, option_ids(expired)[:1]) is Refusal.POLL_UNKNOWN


def test_votes_are_taken_from_the_second_of_opening_until_the_second_of_closing():
    poll = PollFactory()
    one, tick = option_ids(poll)[:1], timedelta(microseconds=1)
    assert refused(poll.pk, one, now=poll.opens_at - tick) is Refusal.POLL_NOT_OPEN
    vote(poll, 0, now=poll.opens_at)
    vote(poll, 0, now=poll.closes_at - tick)
    assert refused(poll.pk, one, now=poll.closes_at) is Refusal.POLL_CLOSED
    assert tally(poll).ballots == 2


def test_a_single_choice_is_exactly_one_option():
    poll = PollFactory()
    assert refused(poll.pk, []) is Refusal.TOO_FEW_CHOICES
    assert refused(poll.pk, option_ids(poll)[:2]) is Refusal.TOO_MANY_CHOICES


def test_a_multiple_choice_is_within_its_range():
    poll = PollFactory(min_choices=2, max_choices=3, texts=("A", "B", "C", "D"))
    first, second, third, _fourth = option_ids(poll)
    assert refused(poll.pk, [first]) is Refusal.TOO_FEW_CHOICES
    assert refused(poll.pk, option_ids(poll)) is Refusal.TOO_MANY_CHOICES
    vote(poll, 2, 0)
    vote(poll, 0, 1, 2)
    assert tally(poll) == Tally(ballots=2, votes={first: 2, second: 1, third: 2})
    assert tally(poll).percent(second) == 50.0


def test_an_option_twice_or_of_another_poll_is_refused():
    poll = PollFactory(max_choices=2)
    foreign, own = option_ids(PollFactory())[0], option_ids(poll)[0]
    assert refused(poll.pk, [own, own]) is Refusal.OPTION_DUPLICATE
    assert refused(poll.pk, [own, foreign]) is Refusal.OPTION_UNKNOWN
    assert refused(poll.pk, [10**12]) is Refusal.OPTION_UNKNOWN


def test_votes_add_up_over_the_slots_of_an_option(monkeypatch):
    poll = PollFactory()
    slots = iter([0, 5, 5, 9])
    monkeypatch.setattr("polls.tally.tallies.random.randrange", lambda _slots: next(slots))
    for place in (0, 0, 0, 2):
        vote(poll, place)
    first, _second, third = option_ids(poll)
    assert sorted(OptionTally.objects.values_list("option", "slot", "votes")) == [
        (first, 0, 1),
        (first, 5, 2),
        (third, 9, 1),
    ]
    assert tally(poll) == Tally(ballots=4, votes={first: 3, third: 1})


def test_percent_has_one_decimal_and_is_zero_without_ballots():
    assert Tally(ballots=3, votes={1: 1, 2: 2}).percent(2) == 66.7
    assert Tally().percent(1) == 0.0
