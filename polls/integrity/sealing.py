"""Ballots are sealed in batches into a chain, so that a change behind the application's back is found.

A seal's digest is keyed and goes over its ballots, its reviews and the digest before it. Who publishes the last digest
has said what all ballots up to it are. Nothing here is on the voter's way: `worker.py` does it, some seconds later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from cms.invalidation import live_versions
from polls.keys import digest
from polls.metrics import SEALED
from polls.models import Ballot, BallotChoice, Poll, Review, Seal

#: Ballots of one seal.
BATCH = 1000


class Sealed(NamedTuple):
    """What is sealed of a ballot, beside its choices."""

    pk: int
    receipt: str
    voter: str
    created_at: datetime
    replaces: int | None


def seal_tag(poll_id: int) -> str:
    """The tag of the end of a poll's chain, which moves with each seal."""
    return f"seal:{poll_id}"


def seals_by_poll(poll_ids: Iterable[int]) -> dict[int, int]:
    """The number of each poll's last seal, as the version of its chain."""
    seals = Seal.objects.filter(poll__in=list(poll_ids)).order_by().values_list("poll")
    return dict(seals.annotate(Max("number")))


live_versions.register("seal", seals_by_poll)


def seal_ballots(poll_id: int, now: datetime) -> int:
    """Seal what is not sealed yet; how many ballots that were, and none where another process is sealing them."""
    sealed = found = _seal(poll_id, now)
    while found == BATCH:
        found = _seal(poll_id, now)
        sealed += found
    return sealed


@transaction.atomic
def _seal(poll_id: int, now: datetime) -> int:
    # One process at a time, and the others do not read in vain what it seals. Votes and editors go on meanwhile.
    if not Poll.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=poll_id).values_list("pk"):
        return 0
    head = Seal.objects.filter(poll=poll_id).order_by("-number").first()
    waiting = Ballot.objects.filter(poll=poll_id, seal=None).order_by("pk").values_list(*Sealed._fields)
    ballots = [Sealed(*row) for row in waiting[:BATCH]]
    reviews = list(Review.objects.filter(poll=poll_id, seal=None).order_by("pk"))
    if not ballots and not reviews:
        return 0
    number, previous = (head.number + 1, head.digest) if head else (1, "")
    sealed = Seal(poll_id=poll_id, number=number, previous=previous, sealed_at=now)
    sealed.digest = digest_of(sealed, lines_of(ballots, reviews))
    sealed.save(force_insert=True)
    Ballot.objects.filter(pk__in=[ballot.pk for ballot in ballots]).update(seal=sealed)
    Review.objects.filter(pk__in=[review.pk for review in reviews]).update(seal=sealed)
    live_versions.bump(seal_tag(poll_id))
    transaction.on_commit(partial(SEALED.inc, len(ballots)))
    return len(ballots)


def digest_of(seal: Seal, lines: Iterable[str]) -> str:
    """The digest of a seal over what it seals."""
    return digest("seal", "\n".join([f"seal {seal.poll_id} {seal.number} {seal.previous or '-'}", *lines]))


def lines_of(ballots: Sequence[Sealed], reviews: Sequence[Review]) -> list[str]:
    """What is sealed of ballots and reviews, a line each, in the order of their ids."""
    choices: dict[int, list[int]] = {ballot.pk: [] for ballot in ballots}
    rows = BallotChoice.objects.filter(ballot__in=list(choices)).order_by("option")
    for ballot, option in rows.values_list("ballot", "option"):
        choices[ballot].append(option)
    return [*(_ballot(ballot, choices[ballot.pk]) for ballot in ballots), *map(_review, reviews)]


def _ballot(ballot: Sealed, options: list[int]) -> str:
    named = ",".join(map(str, options))
    return (
        f"ballot {ballot.pk} {ballot.receipt} {ballot.voter} {_moment(ballot.created_at)} "
        f"{ballot.replaces or '-'} {named}"
    )


def _review(review: Review) -> str:
    reason = sha256(review.reason.encode()).hexdigest()
    about = ",".join(map(str, review.ballot_ids))
    return f"review {review.pk} {review.action} {_moment(review.decided_at)} {review.undoes_id or '-'} {reason} {about}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
