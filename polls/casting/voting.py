"""Taking votes: one transaction, or nothing."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import Error, IntegrityError, connection, models

from cms.content.visibility import PublicRule, public
from cms.graphql.execution.loading import BoundQuery, bind_param, compiled_queries, fetch
from cms.operations.group_commit import BatchingExecutor
from polls.casting.ballot_writing import write_ballots
from polls.casting.origins import UNKNOWN, Origin
from polls.casting.proofs import WrongProof, verify_proof
from polls.casting.refusals import Refusal, VoteRefused
from polls.casting.voters import Voter, retry_digest
from polls.casting.votes import ExistingBallot, NewBallot, PollRules, Receipt, Vote
from polls.metrics import VOTES
from polls.models import Ballot, BallotChoice, Poll, PollState, ProofOfWork
from polls.models.ballots import new_receipt
from polls.tally.tallies import Tally, tallies_by_poll

logger = logging.getLogger(__name__)
#: Attempts to store a vote if others write what it depends on meanwhile.
ATTEMPTS = 3
#: Columns of a poll that votes go by.
RULES = ["opens_at", "closes_at", "min_choices", "max_choices", "allows_change", "proof_of_work"]


def cast_vote(
    poll_id: int,
    option_ids: Sequence[int],
    voter: Voter,
    *,
    now: datetime,
    request_key: str = "",
    origin: Origin = UNKNOWN,
    proof: str = "",
    wants_tally: bool = False,
) -> Receipt:
    """Store a ballot and count it; when this returns outside a transaction, both are in the database.

    Voters are told apart by the database's unique constraint, so two requests at once make one ballot. A request
    that is sent again with its `request_key` gets its first receipt, also after closing. With `wants_tally` the
    receipt holds the poll's count, which includes this ballot. Raises VoteRefused.
    """
    key = retry_digest(voter, request_key)
    work = _work(proof, poll_id)
    vote = Vote(poll_id, option_ids, voter.digest(poll_id), now, key, origin, work, wants_tally)
    # The votes of other threads can't go in a transaction of this one.
    outcome = cast_votes([vote])[0] if connection.in_atomic_block else cast_batch(vote)
    for _attempt in range(ATTEMPTS - 1):
        # Another vote of this voter, a removed option or a review came in between: look again, and say what it is.
        outcome = outcome or cast_votes([vote])[0]
    if isinstance(outcome, Receipt):
        VOTES.labels("REPEATED" if outcome.repeated else "ACCEPTED").inc()
        return outcome
    refusal = outcome or Refusal.TRY_AGAIN
    VOTES.labels(refusal.value).inc()
    raise VoteRefused(refusal)


def cast_votes(votes: Sequence[Vote]) -> list[Receipt | Refusal | None]:
    """Store those votes that are taken, in one commit; None for what has to be tried again, and was not stored.

    After the commit the tally is read once for all voters who are shown it.
    """
    outcomes = _stored(votes)
    shown = {
        vote.poll_id
        for vote, outcome in zip(votes, outcomes, strict=True)
        if vote.wants_tally and isinstance(outcome, Receipt)
    }
    tallies = _tallies(shown) if shown else {}
    return [
        replace(outcome, tally=tallies.get(vote.poll_id))
        if vote.wants_tally and isinstance(outcome, Receipt)
        else outcome
        for vote, outcome in zip(votes, outcomes, strict=True)
    ]


def _tallies(poll_ids: set[int]) -> dict[int, Tally]:
    try:
        return tallies_by_poll(poll_ids)
    except Error:
        if connection.in_atomic_block:
            raise
        # The ballots are in the database: their voters get the receipts, whatever happens to the figures.
        logger.warning("the tally was not read after votes were stored", exc_info=True)
        return {}


def _stored(votes: Sequence[Vote]) -> list[Receipt | Refusal | None]:
    known = _read(votes)
    outcomes: list[Receipt | Refusal | None] = [None] * len(votes)
    ballots: dict[int, NewBallot] = {}
    voters: set[str] = set()
    for number, vote in enumerate(votes):
        found = _decided(vote, known)
        if not isinstance(found, NewBallot):
            outcomes[number] = found
        elif vote.voter not in voters:
            voters.add(vote.voter)
            ballots[number] = found
    try:
        if ballots:
            write_ballots(list(ballots.values()))
    except IntegrityError:
        return outcomes
    for number, ballot in ballots.items():
        outcomes[number] = Receipt(ballot.receipt)
    return outcomes


cast_batch = BatchingExecutor(cast_votes)


@dataclass
class VotingState:
    """What votes go by: polls where readers see them, what the voters have cast before, and work that has served."""

    rules: dict[int, PollRules]
    before: dict[str, list[ExistingBallot]]
    options: dict[int, list[int]]
    used: set[str]


def _work(proof: str, poll_id: int) -> str | None:
    try:
        return verify_proof(proof, poll_id) if proof else ""
    except WrongProof:
        return None


def _read(votes: Sequence[Vote]) -> VotingState:
    """What these votes go by; one journey to the database, a second one where a vote is changed."""
    values: dict[str, Any] = {
        "now": max(vote.now for vote in votes),
        "polls": list({vote.poll_id for vote in votes}),
        "voters": [vote.voter for vote in votes],
        "works": [vote.work for vote in votes if vote.work],
    }
    wanted = [_bound("poll rules", _poll_rules, values), _bound("current ballots", _current, values)]
    if any(vote.retry_key for vote in votes):
        wanted.append(_bound("replaced ballots", _replaced, values))
    rules, *cast = fetch(wanted)
    before: dict[str, list[ExistingBallot]] = defaultdict(list)
    for voter, *row in (row for rows in cast for row in rows):
        before[voter].append(ExistingBallot(*row))
    keys = {vote.retry_key for vote in votes if vote.retry_key}
    compared = [
        each.pk
        for casts in before.values()
        for each in casts
        if not each.is_replaced or each.retry_key in keys
    ]
    options: dict[int, list[int]] = defaultdict(list)
    if compared:
        for ballot, option in BallotChoice.objects.filter(ballot__in=compared).values_list(
            "ballot", "option"
        ):
            options[ballot].append(option)
    return VotingState(_rules_by_poll(rules), before, options, _used(values["works"]))


def _used(works: Sequence[str]) -> set[str]:
    return set(Ballot.objects.filter(proof__in=works).values_list("proof", flat=True)) if works else set()


def _bound(key: str, build: Callable[[], models.QuerySet], values: dict[str, Any]) -> BoundQuery:
    return BoundQuery(compiled_queries.get(key, build), values)


def _poll_rules() -> models.QuerySet:
    polls = public(Poll.objects.filter(pk__any=bind_param("polls")), PublicRule(bind_param("now"), ()))
    return polls.order_by().values_list("pk", *RULES, "options__pk")


def _current() -> models.QuerySet:
    return _cast(is_replaced=False)


def _replaced() -> models.QuerySet:
    return _cast(is_replaced=True)


def _cast(*, is_replaced: bool) -> models.QuerySet:
    # One statement for each, because the indexes are: a poll may have a million ballots.
    cast = Ballot.objects.filter(
        poll__any=bind_param("polls"), voter__any=bind_param("voters"), is_replaced=is_replaced
    )
    return cast.order_by().values_list("voter", "pk", "receipt", "retry_key", "is_replaced", "set_aside")


def _rules_by_poll(rows: Sequence[tuple]) -> dict[int, PollRules]:
    options: dict[int, set[int]] = defaultdict(set)
    columns: dict[int, list] = {}
    for pk, *values, option in rows:
        columns[pk] = values
        options[pk].add(option)
    return {
        pk: PollRules(Poll(pk=pk, **dict(zip(RULES, values, strict=True))), frozenset(options[pk]))
        for pk, values in columns.items()
    }


def _decided(vote: Vote, known: VotingState) -> Receipt | Refusal | NewBallot:
    before = known.before.get(vote.voter, [])
    if first := next((each for each in before if vote.retry_key and each.retry_key == vote.retry_key), None):
        if set(known.options.get(first.pk, ())) != set(vote.option_ids):
            return Refusal.IDEMPOTENCY_CONFLICT
        return Receipt(first.receipt, repeated=True)
    rules = known.rules.get(vote.poll_id)
    if rules is None:
        return Refusal.POLL_UNKNOWN
    current = next((each for each in before if not each.is_replaced), None)
    is_work_due = _is_work_due(vote, rules)
    if refusal := _refusal(vote, rules, current) or (_work_refusal(vote, known) if is_work_due else None):
        return refusal
    options_before = known.options.get(current.pk, []) if current else []
    # Where work is due, there is some: its lack was refused above.
    work = (vote.work or "") if is_work_due else ""
    return NewBallot(vote, new_receipt(), work, current, options_before)


def _refusal(vote: Vote, rules: PollRules, current: ExistingBallot | None) -> Refusal | None:
    by_state = {PollState.SCHEDULED: Refusal.POLL_NOT_OPEN, PollState.CLOSED: Refusal.POLL_CLOSED}
    if refusal := by_state.get(rules.poll.state_at(vote.now)) or _choice_refusal(rules, vote.option_ids):
        return refusal
    if current and not rules.poll.allows_change:
        return Refusal.ALREADY_VOTED
    return Refusal.NETWORK_LIMIT if vote.origin.is_over else None


def _choice_refusal(rules: PollRules, option_ids: Sequence[int]) -> Refusal | None:
    if len(option_ids) < rules.poll.min_choices:
        return Refusal.TOO_FEW_CHOICES
    if len(set(option_ids)) < len(option_ids):
        return Refusal.OPTION_DUPLICATE
    if len(option_ids) > rules.poll.max_choices:
        return Refusal.TOO_MANY_CHOICES
    return None if rules.option_ids.issuperset(option_ids) else Refusal.OPTION_UNKNOWN


def _work_refusal(vote: Vote, known: VotingState) -> Refusal | None:
    if vote.work == "":
        return Refusal.PROOF_REQUIRED
    return Refusal.PROOF_INVALID if vote.work is None or vote.work in known.used else None


def _is_work_due(vote: Vote, rules: PollRules) -> bool:
    wanted = rules.poll.proof_of_work
    return wanted == ProofOfWork.ALWAYS or (wanted == ProofOfWork.SUSPICIOUS and vote.origin.is_crowded)
