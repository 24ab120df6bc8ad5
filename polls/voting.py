"""Taking a vote: one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from cms.content.visibility import PublicRule, public
from cms.graphql.fetching import fetch
from cms.graphql.statements import Bound, slot, statements
from cms.publishing import pulses
from polls.models import Ballot, BallotChoice, Poll, PollState, ProofOfWork
from polls.models.ballots import new_receipt
from polls.networks import UNKNOWN, Origin
from polls.proofs import WrongProof, checked
from polls.tallies import changes_of, counting, pulse_tag, summed
from polls.voters import Voter, retry_digest

#: How often a vote is tried that somebody else's write came in between of.
ATTEMPTS = 3


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
    NETWORK_LIMIT = "NETWORK_LIMIT", _("Too many votes came from your network. Please try again later.")
    PROOF_REQUIRED = (
        "PROOF_REQUIRED",
        _("Your device has to do some work before it votes. Please send it again."),
    )
    PROOF_INVALID = (
        "PROOF_INVALID",
        _("The work that your device did is not valid any more. Please try again."),
    )

    @property
    def field(self) -> str | None:
        """The field of CastVoteInput that is at fault."""
        if self in {Refusal.ALREADY_VOTED, Refusal.NETWORK_LIMIT}:
            return None
        if self.value.startswith("PROOF"):
            return "proof"
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


@dataclass(frozen=True)
class Vote:
    """What is to become a ballot. `proof` is what the voter's device sends as its work."""

    poll_id: int
    option_ids: Sequence[int]
    voter: str
    now: datetime
    retry_key: str = ""
    origin: Origin = UNKNOWN
    proof: str = ""


@dataclass(frozen=True)
class Paper:
    """A poll as a vote needs it."""

    poll: Poll
    option_ids: frozenset[int]


@dataclass(frozen=True)
class Cast:
    """A ballot that the voter has cast before."""

    pk: int
    receipt: str
    retry_key: str
    is_replaced: bool
    set_aside: int | None


def cast_vote(
    poll_id: int,
    option_ids: Sequence[int],
    voter: Voter,
    *,
    now: datetime,
    request_key: str = "",
    origin: Origin = UNKNOWN,
    proof: str = "",
) -> Receipt:
    """Store a ballot and count it; when this returns outside a transaction, both are in the database.

    Voters are told apart by the database's unique constraint, so two requests at once make one ballot. A request
    that is sent again with its `request_key` gets its first receipt, also after closing. Raises VoteRefused.
    """
    key = retry_digest(voter, request_key)
    vote = Vote(poll_id, option_ids, voter.digest(poll_id), now, key, origin, proof)
    for attempt in range(ATTEMPTS):
        paper, before = _read(vote)
        if first := next((each for each in before if key and each.retry_key == key), None):
            return Receipt(first.receipt, repeated=True)
        current = next((each for each in before if not each.is_replaced), None)
        if refusal := _refusal(vote, paper, current):
            raise VoteRefused(refusal)
        work = _work(vote, paper)
        try:
            return _stored(vote, work, current)
        except IntegrityError:
            # Another vote of this voter, a removed option or a review came in between: look again, and say what it is.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _read(vote: Vote) -> tuple[Paper | None, list[Cast]]:
    """The poll, where readers see it, and what the voter has cast in it; one journey to the database."""
    paper = statements.get("ballot paper", _paper)
    before = statements.get("ballots before", _before)
    rows, cast = fetch(
        [
            Bound(paper, {"now": vote.now, "poll": vote.poll_id}),
            Bound(before, {"poll": vote.poll_id, "voter": vote.voter}),
        ]
    )
    if not rows:
        return None, [Cast(*row) for row in cast]
    *values, _option = rows[0]
    poll = Poll(pk=vote.poll_id, **dict(zip(RULES, values, strict=True)))
    return Paper(poll, frozenset(row[-1] for row in rows)), [Cast(*row) for row in cast]


RULES = ["opens_at", "closes_at", "min_choices", "max_choices", "allows_change", "proof_of_work"]


def _paper() -> models.QuerySet:
    polls = public(Poll.objects.filter(pk=slot("poll")), PublicRule(slot("now"), ()))
    return polls.order_by().values_list(*RULES, "options__pk")


def _before() -> models.QuerySet:
    cast = Ballot.objects.filter(poll=slot("poll"), voter=slot("voter")).order_by("pk")
    return cast.values_list("pk", "receipt", "retry_key", "is_replaced", "set_aside")


def _refusal(vote: Vote, paper: Paper | None, current: Cast | None) -> Refusal | None:
    if paper is None:
        return Refusal.POLL_UNKNOWN
    by_state = {PollState.SCHEDULED: Refusal.POLL_NOT_OPEN, PollState.CLOSED: Refusal.POLL_CLOSED}
    if refusal := by_state.get(paper.poll.state_at(vote.now)) or _choice_refusal(paper, vote.option_ids):
        return refusal
    if current and not paper.poll.allows_change:
        return Refusal.ALREADY_VOTED
    return Refusal.NETWORK_LIMIT if vote.origin.is_over else None


def _choice_refusal(paper: Paper, option_ids: Sequence[int]) -> Refusal | None:
    if len(option_ids) < paper.poll.min_choices:
        return Refusal.TOO_FEW_CHOICES
    if len(set(option_ids)) < len(option_ids):
        return Refusal.OPTION_DUPLICATE
    if len(option_ids) > paper.poll.max_choices:
        return Refusal.TOO_MANY_CHOICES
    return None if paper.option_ids.issuperset(option_ids) else Refusal.OPTION_UNKNOWN


def _work(vote: Vote, paper: Paper) -> str:
    """What tells the work from all other work, so that it serves once; empty where none is asked for."""
    wanted = paper.poll.proof_of_work
    if wanted == ProofOfWork.OFF or (wanted == ProofOfWork.SUSPICIOUS and not vote.origin.is_crowded):
        return ""
    if not vote.proof:
        raise VoteRefused(Refusal.PROOF_REQUIRED)
    try:
        work = checked(vote.proof, vote.poll_id)
    except WrongProof as wrong:
        raise VoteRefused(Refusal.PROOF_INVALID) from wrong
    if Ballot.objects.filter(proof=work).exists():
        raise VoteRefused(Refusal.PROOF_INVALID)
    return work


def _stored(vote: Vote, work: str, current: Cast | None) -> Receipt:
    receipt = new_receipt()
    steps = [_replacing(current)] if current else []
    steps += [_ballot(vote, receipt, work, current), _choices(vote, receipt)]
    # Last, because from here to the commit other voters may wait for these rows.
    if current is None:
        steps.append(counting(changes_of(vote.option_ids)))
    elif current.set_aside is None:
        before = BallotChoice.objects.filter(ballot=current.pk).values_list("option", flat=True)
        if changes := summed([*changes_of(before, -1), *changes_of(vote.option_ids)]):
            steps.append(counting(changes))
    with _transaction():
        _execute(steps)
    pulses.moved(pulse_tag(vote.poll_id))
    return Receipt(receipt)


Step = tuple[str, list[Any]]


def _transaction() -> AbstractContextManager:
    """On PostgreSQL statements that are sent together are one transaction, in one journey."""
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    return nullcontext() if alone else transaction.atomic()


def _execute(steps: list[Step]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "; ".join(sql for sql, _params in steps), [each for _sql, params in steps for each in params]
            )
            return
        for sql, params in steps:
            cursor.execute(sql, params)


def _replacing(current: Cast) -> Step:
    # Where it was replaced or reviewed a moment ago this changes nothing, and the ballot that follows is one too many.
    if current.set_aside is None:
        condition, params = "set_aside_id IS NULL", [current.pk]
    else:
        condition, params = "set_aside_id = %s", [current.pk, current.set_aside]
    return (
        f"UPDATE polls_ballot SET is_replaced = true WHERE id = %s AND NOT is_replaced AND {condition}",  # noqa: S608
        params,
    )


def _ballot(vote: Vote, receipt: str, work: str, current: Cast | None) -> Step:
    columns = {
        "poll_id": vote.poll_id,
        "voter": vote.voter,
        "retry_key": vote.retry_key,
        "receipt": receipt,
        "created_at": connection.ops.adapt_datetimefield_value(vote.now),
        "is_replaced": False,
        "network": vote.origin.network,
        "agent": vote.origin.agent,
        "proof": work,
        "replaces_id": current.pk if current else None,
        # What was set aside does not come back by another vote.
        "set_aside_id": current.set_aside if current else None,
    }
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO polls_ballot ({', '.join(columns)}) VALUES ({places})", list(columns.values())  # noqa: S608


def _choices(vote: Vote, receipt: str) -> Step:
    row = "((SELECT id FROM polls_ballot WHERE receipt = %s), %s)"
    return (
        f"INSERT INTO polls_ballotchoice (ballot_id, option_id) VALUES {', '.join([row] * len(vote.option_ids))}",  # noqa: S608
        [value for option in sorted(vote.option_ids) for value in (receipt, option)],
    )
