"""Taking a vote: one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from cms.content.visibility import PublicRule, public
from cms.publishing import pulses
from polls.models import Ballot, BallotChoice, Poll, PollState
from polls.tallies import count_ballot, pulse_tag
from polls.voters import Voter, retry_digest


class Refusal(models.TextChoices):
    """Why a vote is not taken, as a program reads it and as a reader does."""

    POLL_UNKNOWN = "POLL_UNKNOWN", _("There is no such poll.")
    POLL_NOT_OPEN = "POLL_NOT_OPEN", _("Voting has not begun yet.")
    POLL_CLOSED = "POLL_CLOSED", _("Voting has ended.")
    ALREADY_VOTED = "ALREADY_VOTED", _("You have already voted in this poll.")
    TOO_FEW_CHOICES = "TOO_FEW_CHOICES", _("Please choose more options.")
    TOO_MANY_CHOICES = "TOO_MANY_CHOICES", _("Please choose fewer options.")
    OPTION_UNKNOWN = "OPTION_UNKNOWN", _("This poll has no such option.")
    OPTION_DUPLICATE = "OPTION_DUPLICATE", _("An option can be chosen only once.")

    @property
    def field(self) -> str | None:
        """The field of CastVoteInput that is at fault."""
        if self is Refusal.ALREADY_VOTED:
            return None
        return "pollId" if self.value.startswith("POLL") else "optionIds"


class VoteRefused(Exception):
    """The vote was not taken, and nothing was written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True)
class Receipt:
    """That a ballot is in the database; `repeated` where it was there before this request."""

    number: str
    repeated: bool = False


def cast_vote(
    poll_id: int, option_ids: Sequence[int], voter: Voter, *, now: datetime, request_key: str = ""
) -> Receipt:
    """Store a ballot and count it; when this returns outside a transaction, both are in the database.

    Voters are told apart by the database's unique constraint, so two requests at once make one ballot. A request
    that is sent again with its `request_key` gets its first receipt, also after closing. Raises VoteRefused.
    """
    digest, retry_key = voter.digest(poll_id), retry_digest(voter, request_key)
    try:
        return _cast(
            poll_id, option_ids, Ballot(poll_id=poll_id, voter=digest, retry_key=retry_key, created_at=now)
        )
    except (VoteRefused, IntegrityError) as failure:
        first = Ballot.objects.filter(poll_id=poll_id, voter=digest).first()
        if first and retry_key and first.retry_key == retry_key:
            return Receipt(first.receipt, repeated=True)
        if isinstance(failure, VoteRefused):
            raise
        # Without a ballot, what the database refused is an option that an editor has just removed.
        raise VoteRefused(Refusal.ALREADY_VOTED if first else Refusal.OPTION_UNKNOWN) from failure


@transaction.atomic
def _cast(poll_id: int, option_ids: Sequence[int], ballot: Ballot) -> Receipt:
    now = ballot.created_at
    poll = public(Poll.objects.filter(pk=poll_id), PublicRule(now)).first()
    if refusal := _poll_refusal(poll, now) or _choice_refusal(poll, option_ids):
        raise VoteRefused(refusal)
    ballot.save(force_insert=True)
    BallotChoice.objects.bulk_create(
        BallotChoice(ballot=ballot, option_id=option_id) for option_id in option_ids
    )
    # Last, because from here to the commit other voters may wait for these rows.
    count_ballot(option_ids)
    pulses.moved(pulse_tag(poll_id))
    return Receipt(ballot.receipt)


def _poll_refusal(poll: Poll | None, now: datetime) -> Refusal | None:
    if poll is None:
        return Refusal.POLL_UNKNOWN
    by_state = {PollState.SCHEDULED: Refusal.POLL_NOT_OPEN, PollState.CLOSED: Refusal.POLL_CLOSED}
    return by_state.get(poll.state_at(now))


def _choice_refusal(poll: Poll, option_ids: Sequence[int]) -> Refusal | None:
    if len(option_ids) < poll.min_choices:
        return Refusal.TOO_FEW_CHOICES
    if len(set(option_ids)) < len(option_ids):
        return Refusal.OPTION_DUPLICATE
    if len(option_ids) > poll.max_choices:
        return Refusal.TOO_MANY_CHOICES
    known = set(poll.options.values_list("pk", flat=True))
    return None if known.issuperset(option_ids) else Refusal.OPTION_UNKNOWN
