"""What readers see of polls' figures; every field that shows one asks here."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLResolveInfo

from cms.graphql.fields import Children
from cms.graphql.loading import bind, siblings_of
from polls.models import Ballot, Poll, PollOption, PollState
from polls.tallies import Tally, tallies_by_poll
from polls.voters import Voter

#: Columns that tell whether a reader sees figures.
RULE_COLUMNS = ["opens_at", "closes_at", "results_visibility"]


class PollOptions(Children):
    """The options of polls; each knows its poll as it was read, and whether its reader has voted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("options", columns=RULE_COLUMNS, **kwargs)

    def _load(self, polls: list[Poll], info: GraphQLResolveInfo) -> dict[Any, list[PollOption]]:
        found = super()._load(polls, info)
        for poll in polls:
            for number, option in enumerate(found.get(poll.pk, ()), start=1):
                option.poll = poll
                # A preview's new option has no id yet, and clients tell list items apart by it.
                option.pk = option.pk or -number
        bind([option for options in found.values() for option in options])
        return found


def state(poll: Poll, info: GraphQLResolveInfo) -> PollState:
    """Where a poll stands at the time of the request."""
    info.context.volatile(f"poll:{poll.pk}")
    return poll.state_at(info.context.now)


def results_visible(poll: Poll, info: GraphQLResolveInfo) -> bool:
    """Whether this reader sees figures now."""
    # Figures move, and opening and closing are moments of the clock: neither comes with a publication.
    info.context.volatile(f"poll:{poll.pk}")
    return poll.shows_results(info.context.now, has_voted=poll.reader_has_voted)


def figures(poll: Poll, info: GraphQLResolveInfo) -> Tally | None:
    """The count of a poll, None where its reader may not see it; one statement for all polls read together."""
    if not results_visible(poll, info):
        return None
    group, polls = siblings_of(poll, Poll)
    if "tallies" not in group.loaded:
        group.loaded["tallies"] = tallies_by_poll(each.pk for each in polls)
    return group.loaded["tallies"][poll.pk]


def total_votes(poll: Poll, info: GraphQLResolveInfo) -> int | None:
    tally = figures(poll, info)
    return tally and tally.ballots


def votes(option: PollOption, info: GraphQLResolveInfo) -> int | None:
    tally = figures(option.poll, info)
    return tally and tally.votes.get(option.pk, 0)


def percent(option: PollOption, info: GraphQLResolveInfo) -> float | None:
    tally = figures(option.poll, info)
    return tally and tally.percent(option.pk)


def shown_to(voter: Voter | None, poll: Poll | None) -> Poll | None:
    """`poll` as its voter sees it, if `voter` is one."""
    if poll is not None and voter is not None:
        poll.reader_has_voted = Ballot.objects.filter(poll=poll, voter=voter.digest(poll.pk)).exists()
    return poll
