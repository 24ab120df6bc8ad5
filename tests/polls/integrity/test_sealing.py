"""Ballots are sealed in a chain, and `verify_polls` finds what was changed behind the application's back."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from polls.casting.voters import new_voter
from polls.integrity.reviews import set_aside
from polls.integrity.worker import seal_and_flag
from polls.models import Ballot, BallotChoice, OptionTally, Poll, Seal
from tests.client import GraphQLClient
from tests.factories.people import person
from tests.factories.polls import PollFactory, option_ids, vote
from tests.polls.integrity.bursts import burst_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll() -> Poll:
    """A poll with seven ballots in two seals, one of which replaces another, and one that was set aside."""
    poll = PollFactory(allows_change=True)
    for place in (0, 0, 1, 2):
        vote(poll, place)
    seal_and_flag(timezone.now())
    voter = new_voter()
    vote(poll, 0, voter=voter)
    vote(poll, 2, voter=voter)
    set_aside(burst_of(poll, 1), reason="from one machine", user=person("superuser"))
    seal_and_flag(timezone.now())
    return poll


def verified(*arguments: str) -> str:
    output = StringIO()
    call_command("verify_polls", *arguments, stdout=output)
    return output.getvalue()


def found(*arguments: str) -> str:
    """What the command says of what is not as it should be."""
    output = StringIO()
    with pytest.raises(CommandError, match=r"1 of 1 polls are not as they should be"):
        call_command("verify_polls", *arguments, stdout=output)
    return output.getvalue()


def seal(poll: Poll, number: int) -> Seal:
    return Seal.objects.get(poll=poll, number=number)


def in_seal(poll: Poll, number: int) -> Ballot:
    return Ballot.objects.filter(seal=seal(poll, number)).order_by("pk").first()


def test_what_is_as_it_should_be_is_counted_and_told(poll: Poll):
    head = seal(poll, 2).digest
    assert verified() == (
        f"poll {poll.pk}: 7 ballots, 5 counted, 1 replaced, 1 set aside, 0 not sealed yet, 2 seals, head {head}\n"
        "1 polls are as they should be\n"
    )


def test_a_ballot_that_says_something_else_is_found(poll: Poll):
    ballot = in_seal(poll, 1)
    options = option_ids(poll)
    BallotChoice.objects.filter(ballot=ballot).update(option=options[2])
    # Who tampers would see to the tally, too.
    OptionTally.objects.filter(option=options[0]).delete()
    told = found("--recount")
    assert "seal 1 of" in told
    assert (
        "is broken: a ballot or review in it was changed, added or removed; 4 ballots are there now" in told
    )
    assert "seal 2" not in told


def test_a_ballot_that_is_gone_is_found(poll: Poll):
    in_seal(poll, 1).delete()
    told = found()
    assert "seal 1 of" in told
    assert "3 ballots are there now" in told


def test_a_ballot_that_was_slipped_into_a_seal_is_found(poll: Poll):
    receipt = vote(poll, 0).number
    Ballot.objects.filter(receipt=receipt).update(seal=seal(poll, 1))
    assert "5 ballots are there now" in found()


def test_a_ballot_that_hides_in_the_seal_of_another_poll_is_found(poll: Poll):
    other = PollFactory()
    vote(other, 0)
    seal_and_flag(timezone.now())
    receipt = vote(poll, 0).number
    Ballot.objects.filter(receipt=receipt).update(seal=seal(other, 1))
    output = StringIO()
    with pytest.raises(CommandError, match=r"1 of 2 polls"):
        call_command("verify_polls", stdout=output)
    ballot = Ballot.objects.get(receipt=receipt)
    assert f"ballot {ballot.pk} is in the seal of another poll" in output.getvalue()


def test_a_ballot_of_another_moment_is_found(poll: Poll):
    Ballot.objects.filter(pk=in_seal(poll, 2).pk).update(created_at=poll.opens_at)
    assert "seal 2 of" in found()


def test_a_seal_that_is_gone_is_found(poll: Poll):
    Ballot.objects.filter(seal=seal(poll, 1)).update(seal=None)
    seal(poll, 1).delete()
    assert "seal 1 is missing" in found()


def test_a_chain_that_was_made_anew_without_the_key_is_found(poll: Poll, settings):
    in_seal(poll, 1).delete()
    kept = settings.CMS_POLLS_KEY
    settings.CMS_POLLS_KEY = "the tamperer's"
    Ballot.objects.filter(poll=poll).update(seal=None)
    for each in poll.reviews.all():
        each.seal = None
        each.save()
    Seal.objects.filter(poll=poll).delete()
    seal_and_flag(timezone.now())
    settings.CMS_POLLS_KEY = kept
    assert "seal 1 of" in found()


def test_a_chain_that_was_made_anew_with_the_key_lacks_the_published_head(poll: Poll):
    head = seal(poll, 2).digest
    assert "are as they should be" in verified("--head", head)
    in_seal(poll, 1).delete()
    Ballot.objects.filter(poll=poll).update(seal=None)
    poll.reviews.update(seal=None)
    Seal.objects.filter(poll=poll).delete()
    seal_and_flag(timezone.now())
    OptionTally.objects.filter(option=option_ids(poll)[0]).delete()
    assert f"no chain holds {head}: ballots up to it were changed or removed" in _told(
        "--recount", "--head", head
    )


def _told(*arguments: str) -> str:
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_polls", *arguments, stdout=output)
    return output.getvalue()


def test_a_ballot_that_was_silenced_by_a_mark_is_found(poll: Poll):
    ballot = in_seal(poll, 1)
    Ballot.objects.filter(pk=ballot.pk).update(is_replaced=True)
    assert f"ballot {ballot.pk} is marked wrongly as replaced, or not" in found()


def test_a_ballot_that_was_set_aside_by_nobody_is_found(poll: Poll):
    review = poll.reviews.get()
    ballot = Ballot.objects.filter(poll=poll, set_aside=None, is_replaced=False).order_by("pk").last()
    Ballot.objects.filter(pk=ballot.pk).update(set_aside=review)
    assert f"ballot {ballot.pk} is set aside by no decision" in found()


def test_a_decision_that_was_undone_by_nobody_is_found(poll: Poll):
    ballot = Ballot.objects.get(poll=poll, set_aside__isnull=False)
    Ballot.objects.filter(pk=ballot.pk).update(set_aside=None)
    assert f"ballot {ballot.pk} counts again, and no decision says so" in found()


def test_a_reason_that_was_written_anew_is_found(poll: Poll):
    poll.reviews.update(reason="something else altogether")
    assert "seal 2 of" in found()


def test_a_wrong_tally_is_found_and_put_right(poll: Poll):
    option = option_ids(poll)[0]
    OptionTally.objects.filter(pk=OptionTally.objects.filter(option=option).first().pk).update(
        votes=F("votes") + 3, ballots=F("ballots") + 3
    )
    told = found("--recount")
    assert f"option {option}: the tally says 5, the ballots say 2" in told
    assert "the tally says 8 ballots, there are 5 that count" in told
    assert "the tally is now what the ballots say" in told
    assert "1 polls are as they should be" in verified()


def test_only_the_polls_that_are_named_are_checked(poll: Poll):
    other = PollFactory()
    assert verified(str(other.pk)).startswith(f"poll {other.pk}: 0 ballots")
    assert "head -" in verified(str(other.pk))
    with pytest.raises(CommandError, match="there is no poll 999999"):
        call_command("verify_polls", "999999", stdout=StringIO())


def test_what_is_not_sealed_yet_is_said(poll: Poll):
    vote(poll, 0)
    assert "8 ballots, 6 counted, 1 replaced, 1 set aside, 1 not sealed yet, 2 seals" in verified()


def test_seals_hold_so_many_ballots_and_follow_each_other(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("polls.integrity.sealing.BATCH", 3)
    poll = PollFactory()
    for _number in range(7):
        vote(poll, 0)
    assert seal_and_flag(timezone.now()) == 7
    assert [each.ballots.count() for each in Seal.objects.order_by("number")] == [3, 3, 1]
    assert "3 seals" in verified()
    assert seal_and_flag(timezone.now()) == 0


def test_the_head_of_the_chain_is_public_where_figures_are(graphql: GraphQLClient, poll: Poll):
    hidden = PollFactory(results_visibility="never")
    vote(hidden, 0)
    seal_and_flag(timezone.now())
    query = "query ($id: ID!) { poll(id: $id) { sealHead { number digest sealedAt } } }"
    last = seal(poll, 2)
    shown = graphql.data(query, id=str(poll.pk))["poll"]["sealHead"]
    assert (shown["number"], shown["digest"]) == (2, last.digest)
    assert graphql.data(query, id=str(hidden.pk)) == {"poll": {"sealHead": None}}
    assert graphql.data(query, id=str(PollFactory().pk)) == {"poll": {"sealHead": None}}


@pytest.mark.django_db(transaction=True)  # votes are announced when they are committed
def test_the_head_moves_with_the_next_seal(graphql: GraphQLClient, poll: Poll):
    query = "query ($id: ID!) { poll(id: $id) { totalVotes sealHead { number } } }"
    assert graphql.data(query, id=str(poll.pk)) == {"poll": {"totalVotes": 5, "sealHead": {"number": 2}}}
    vote(poll, 0)
    assert graphql.data(query, id=str(poll.pk)) == {"poll": {"totalVotes": 6, "sealHead": {"number": 2}}}
    seal_and_flag(timezone.now())
    assert graphql.data(query, id=str(poll.pk)) == {"poll": {"totalVotes": 6, "sealHead": {"number": 3}}}
