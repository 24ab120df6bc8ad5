"""Setting ballots aside, and counting them again: kept, logged, and the tally follows in the same transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.invalidation import live_versions
from polls.integrity.bursts import ballots_of
from polls.models import Ballot, BallotChoice, Burst, Review
from polls.tally.tallies import Change, changes_of, count, live_tag


@transaction.atomic
def set_aside(burst: Burst, *, reason: str, user: User) -> Review:
    """Take the ballots of a burst out of the tally."""
    ballots = list(ballots_of(burst).select_for_update().order_by("pk").values_list("pk", flat=True))
    review = _decide(burst, Review.Action.SET_ASIDE, reason, user, ballots)
    Ballot.objects.filter(pk__in=ballots).update(set_aside=review)
    count(_changes(ballots, -1))
    burst.state, burst.review = Burst.State.SET_ASIDE, review
    burst.save()
    return review


@transaction.atomic
def restore(review: Review, *, reason: str, user: User) -> Review:
    """Count again what a review has set aside, those ballots that replaced others in the meantime included."""
    held = Ballot.objects.filter(poll=review.poll_id, set_aside=review).select_for_update()
    rows = list(held.order_by("pk").values_list("pk", "is_replaced"))
    restored = _decide(review, Review.Action.RESTORED, reason, user, [pk for pk, _replaced in rows])
    restored.undoes = review
    restored.save()
    count(_changes([pk for pk, is_replaced in rows if not is_replaced], 1))
    Ballot.objects.filter(pk__in=restored.ballot_ids).update(set_aside=None)
    Burst.objects.filter(review=review).update(state=Burst.State.DISMISSED, review=restored)
    return restored


def dismiss(burst: Burst, *, user: User) -> None:
    """Say of a burst that nothing is wrong with it."""
    burst.state = Burst.State.DISMISSED
    burst.save()
    log(burst.poll, "polls.burst_dismissed", user=user, data={"ballots": burst.ballots})


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
