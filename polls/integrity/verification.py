"""Recounting polls, and looking for what was changed behind the application's back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db import connection, transaction
from django.db.models import Count, Q

from polls.integrity.sealing import Sealed, digest_of, lines_of
from polls.models import Ballot, BallotChoice, OptionTally, Poll, Review, Seal
from polls.tally.tallies import Change, count, tallies_by_poll

#: Ballots that are held in memory at once.
CHUNK = 5000


@dataclass
class Report:
    """What was found in one poll; `findings` are sentences, and none where all is as it should be."""

    poll: Poll
    ballots: int = 0
    counted: int = 0
    replaced: int = 0
    set_aside: int = 0
    waiting: int = 0
    seals: int = 0
    head: str = ""
    digests: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)


def verify(poll: Poll) -> Report:
    """Recount a poll and check its chain; all as it stood at one moment, also while votes come in."""
    report = Report(poll)
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _numbers(report)
        report.findings += [*_tally(poll), *_chain(report), *_flags(poll)]
    return report


def _numbers(report: Report) -> None:
    ballots = Ballot.objects.filter(poll=report.poll)
    found = ballots.aggregate(
        ballots=Count("pk"),
        counted=Count("pk", filter=Q(is_replaced=False, set_aside=None)),
        replaced=Count("pk", filter=Q(is_replaced=True)),
        set_aside=Count("pk", filter=Q(is_replaced=False, set_aside__isnull=False)),
        waiting=Count("pk", filter=Q(seal=None)),
    )
    for name, value in found.items():
        setattr(report, name, value)


def recounted(poll: Poll) -> dict[int, tuple[int, int]]:
    """Votes and ballots of each option, from the ballots themselves."""
    chosen = BallotChoice.objects.filter(
        ballot__poll=poll, ballot__is_replaced=False, ballot__set_aside=None
    ).order_by("ballot", "option")
    sums: dict[int, tuple[int, int]] = {}
    last = None
    for ballot, option in chosen.values_list("ballot", "option").iterator(CHUNK):
        votes, ballots = sums.get(option, (0, 0))
        sums[option] = votes + 1, ballots + int(ballot != last)
        last = ballot
    return sums


def _tally(poll: Poll) -> Iterator[str]:
    tally = tallies_by_poll([poll.pk])[poll.pk]
    counted = recounted(poll)
    for option in sorted({*tally.votes, *counted}):
        votes = counted.get(option, (0, 0))[0]
        if tally.votes.get(option, 0) != votes:
            yield f"option {option}: the tally says {tally.votes.get(option, 0)}, the ballots say {votes}"
    ballots = sum(each for _votes, each in counted.values())
    if tally.ballots != ballots:
        yield f"the tally says {tally.ballots} ballots, there are {ballots} that count"


def _sealed(poll: Poll) -> Iterator[tuple[int, list[Sealed]]]:
    """The ballots of each seal, by its number; read in one go, however many there are."""
    ballots = Ballot.objects.filter(poll=poll, seal__poll=poll).order_by("seal__number", "pk")
    rows = ballots.values_list("seal__number", *Sealed._fields).iterator(CHUNK)
    for number, group in groupby(rows, key=lambda row: row[0]):
        yield number, [Sealed(*row[1:]) for row in group]


def _chain(report: Report) -> Iterator[str]:
    elsewhere = Ballot.objects.filter(poll=report.poll, seal__isnull=False).exclude(seal__poll=report.poll)
    for pk in elsewhere.order_by("pk").values_list("pk", flat=True)[:CHUNK]:
        yield f"ballot {pk} is in the seal of another poll"
    sealed = _sealed(report.poll)
    held = next(sealed, None)
    previous, expected = "", 1
    for seal in Seal.objects.filter(poll=report.poll).order_by("number").iterator(CHUNK):
        if seal.number != expected:
            yield f"seal {expected} is missing"
        elif seal.previous != previous:
            yield f"seal {seal.number} does not follow the one before it"
        ballots: list[Sealed] = []
        if held and held[0] == seal.number:
            ballots, held = held[1], next(sealed, None)
        reviews = list(Review.objects.filter(seal=seal).order_by("pk"))
        if digest_of(seal, lines_of(ballots, reviews)) != seal.digest:
            yield (
                f"seal {seal.number} of {seal.sealed_at:%Y-%m-%d %H:%M:%S} is broken: a ballot or review "
                f"in it was changed, added or removed; {len(ballots)} ballots are there now"
            )
        previous, expected = seal.digest, seal.number + 1
        report.seals += 1
        report.head = seal.digest
        report.digests.add(seal.digest)


def _flags(poll: Poll) -> Iterator[str]:
    """Marks beside what is sealed: they must follow from it."""
    ballots = Ballot.objects.filter(poll=poll)
    replaced = ballots.filter(replaces__isnull=False).order_by()
    wrong = ballots.filter(is_replaced=True).exclude(pk__in=replaced.values("replaces"))
    wrong |= ballots.filter(is_replaced=False, pk__in=replaced.values("replaces"))
    for pk in wrong.values_list("pk", flat=True)[:CHUNK]:
        yield f"ballot {pk} is marked wrongly as replaced, or not"
    held = {
        row[0]: row[1:] for row in ballots.exclude(set_aside=None).values_list("pk", "set_aside", "replaces")
    }
    reviews = Review.objects.filter(poll=poll, action=Review.Action.SET_ASIDE)
    decided = {review.pk: set(review.ballot_ids) for review in reviews.filter(undone_by=None)}

    def decision_about(ballot: int | None) -> int | None:
        return held[ballot][0] if ballot in held else None

    for pk, (review, before) in held.items():
        if pk not in decided.get(review, ()) and decision_about(before) != review:
            yield f"ballot {pk} is set aside by no decision"
    for review, pks in decided.items():
        for pk in sorted(pk for pk in pks if decision_about(pk) != review):
            yield f"ballot {pk} counts again, and no decision says so"


@transaction.atomic
def recount(poll: Poll) -> None:
    """Make the tally what the ballots say; no vote is taken meanwhile."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE polls_optiontally IN SHARE ROW EXCLUSIVE MODE")
    OptionTally.objects.filter(option__poll=poll).delete()
    count(Change(option, votes, ballots) for option, (votes, ballots) in recounted(poll).items())
