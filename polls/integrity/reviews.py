"""Setting ballots aside, and counting them again: kept, logged, and the tally follows in the same transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from cms.invalidation import live_versions
from polls.integrity.bursts import ballots_of
from polls.models import Ballot, BallotChoice, Burst, Poll, Review
from polls.tally.tallies import Change, changes_of, count, live_tag


class AlreadyDecided(Exception):
    """Somebody, or the click before, has decided about these ballots."""


@transaction.atomic
def set_aside(burst: Burst, *, reason: str, user: User) -> Review:
    """Take the ballots of a burst out of the tally. Raises AlreadyDecided."""
    burst = _open(burst)
    ballots = [pk for pk, _replaced in _locked(ballots_of(burst))]
    review = _decide(burst, Review.Action.SET_ASIDE, reason, user, ballots)
    Ballot.objects.filter(pk__in=ballots).update(set_aside=review)
    count(_changes(ballots, -1))
    _close(burst, Burst.State.SET_ASIDE, review)
    return review


@transaction.atomic
def restore(review: Review, *, reason: str, user: User) -> Review:
    """Count again what a review has set aside, those ballots that replaced others in the meantime included.

    Raises AlreadyDecided.
    """
    _one_at_a_time(review.poll_id)
    if Review.objects.filter(undoes=review).exists():
        raise AlreadyDecided
    rows = _locked(Ballot.objects.filter(poll=review.poll_id, set_aside=review))
    restored = _decide(review, Review.Action.RESTORED, reason, user, [pk for pk, _replaced in rows])
    restored.undoes = review
    restored.save()
    count(_changes([pk for pk, is_replaced in rows if not is_replaced], 1))
    Ballot.objects.filter(pk__in=restored.ballot_ids).update(set_aside=None)
    Burst.objects.filter(review=review).update(state=Burst.State.DISMISSED, review=restored)
    return restored


@transaction.atomic
def dismiss(burst: Burst, *, user: User) -> None:
    """Say of a burst that nothing is wrong with it. Raises AlreadyDecided."""
    burst = _open(burst)
    _close(burst, Burst.State.DISMISSED, None)
    log(burst.poll, "polls.burst_dismissed", user=user, data={"ballots": burst.ballots})


def _open(burst: Burst) -> Burst:
    """The burst as it stands now, for this transaction alone to decide about."""
    _one_at_a_time(burst.poll_id)
    found = Burst.objects.filter(pk=burst.pk, state=Burst.State.OPEN).first()
    if found is None:
        raise AlreadyDecided
    return found


def _close(burst: Burst, state: str, review: Review | None) -> None:
    burst.state, burst.review = state, review
    burst.save(update_fields=["state", "review"])


def _one_at_a_time(poll_id: int) -> None:
    # The lock that sealing takes, and before the ballots' as there, to avoid deadlocks. Votes go on meanwhile.
    list(Poll.objects.select_for_update(no_key=True).filter(pk=poll_id).values_list("pk"))


def _locked(ballots: QuerySet[Ballot]) -> list[tuple[int, bool]]:
    """Lock ballots; their ids, and which are replaced.

    A statement does not see the ballots that replaced those for which it waited, so they are read until no others come.
    """
    rows = ballots.select_for_update().order_by("pk").values_list("pk", "is_replaced")
    before, found = None, list(rows)
    while found != before:
        before, found = found, list(rows.all())
    return found


def _decide(about: Burst | Review, action: str, reason: str, user: User, ballots: list[int]) -> Review:
    review = Review.objects.create(
        poll_id=about.poll_id,
        action=action,
        reason=reason,
        decided_by=user,
        decided_at=timezone.now(),
        ballot_ids=ballots,
    )
    log(
        about.poll,
        f"polls.{'set_aside' if action == Review.Action.SET_ASIDE else 'restored'}",
        user=user,
        data={"ballots": len(ballots), "reason": reason},
    )
    live_versions.bump(live_tag(about.poll_id))
    return review


def _changes(ballots: Iterable[int], sign: int) -> list[Change]:
    named: dict[int, list[int]] = {}
    for ballot, option in BallotChoice.objects.filter(ballot__in=ballots).values_list("ballot", "option"):
        named.setdefault(ballot, []).append(option)
    alike = Counter(tuple(sorted(options)) for options in named.values())
    return [change for options, times in alike.items() for change in changes_of(options, sign * times)]
