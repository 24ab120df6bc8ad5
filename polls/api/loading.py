"""What readers see of polls' figures; every field that shows one asks here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from graphql import GraphQLResolveInfo

from cms.graphql.execution.loading import (
    LoadGenerator,
    QueryTemplate,
    Selection,
    batch_of,
    bind_param,
    memoize,
)
from cms.graphql.schema.fields import Children
from cms.preview.drafts import open_preview
from polls.casting.voters import Voter
from polls.integrity.sealing import seal_tag
from polls.models import Ballot, OptionTally, Poll, PollOption, PollState, Seal
from polls.tally.tallies import Tally, live_tag, tallies_of, tally_rows

#: Columns that tell whether a reader sees figures.
RULE_COLUMNS = ["opens_at", "closes_at", "results_visibility"]


class PollOptions(Children):
    """The options of polls; each knows its poll as it was read, and whether its reader has voted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("options", columns=RULE_COLUMNS, **kwargs)

    def marker(self, polls: list[Poll]) -> Callable[[PollOption], None]:
        by_pk = {poll.pk: poll for poll in polls}

        def mark(option: PollOption) -> None:
            option.poll = by_pk[option.poll_id]

        return mark

    def _load(self, polls: list[Poll], info: GraphQLResolveInfo) -> LoadGenerator:
        found = yield from super()._load(polls, info)
        for poll in polls:
            for option in found.get(poll.pk, ()):
                option.poll = poll
        return found


def state(poll: Poll, info: GraphQLResolveInfo) -> PollState:
    """Where a poll stands at the time of the request."""
    return poll.state_at(info.context.now)


def results_visible(poll: Poll, info: GraphQLResolveInfo) -> bool:
    """Whether this reader sees figures now."""
    return not poll.hides_figures and poll.shows_results(info.context.now, has_voted=poll.reader_has_voted)


def opened_draft(token: str, info: GraphQLResolveInfo) -> Poll:
    """The draft that a token opens, with no figures but those that all readers see of the poll itself."""
    draft = open_preview(token, Poll)
    poll = Poll.objects.filter(pk=draft.pk).first()
    draft.hides_figures = poll is not None and not (poll.live and poll.shows_results(info.context.now))
    return draft


def figures(polls: list[Poll], info: GraphQLResolveInfo) -> LoadGenerator:
    """The counts of those polls whose reader may see them, by poll."""
    shown = {poll.pk: poll for poll in polls if results_visible(poll, info)}
    found = {pk: poll.tally_after_vote for pk, poll in shown.items() if poll.tally_after_vote is not None}
    if missing := [poll for pk, poll in shown.items() if pk not in found]:
        group, peers = batch_of(missing[0], Poll)
        read = yield from memoize(group.loaded, "tallies", lambda: _tallies(peers, info))
        found |= {poll.pk: read[poll.pk] for poll in missing}
    return found


def _tallies(polls: list[Poll], info: GraphQLResolveInfo) -> LoadGenerator:
    keys = [poll.pk for poll in polls]
    info.context.mark_live(*(live_tag(key) for key in keys))
    rows = QueryTemplate(
        ("tallies",), OptionTally, lambda rule: tally_rows(bind_param("polls")), {"polls": keys}
    )
    found = tallies_of(keys, (yield info.context.wanted(rows)))
    for key, tally in found.items():
        info.context.record_live_version(live_tag(key), tally.version)
    return found


def shows_figures(selection: Selection) -> bool:
    """Whether a selection of fields of a poll shows its tally."""
    options = selection.below("options")
    return "totalVotes" in selection or "votes" in options or "percent" in options


def total_votes(polls: list[Poll], info: GraphQLResolveInfo) -> LoadGenerator:
    """How many readers have voted in each poll."""
    tallies = yield from figures(polls, info)
    return {pk: tally.ballots for pk, tally in tallies.items()}


def votes(options: list[PollOption], info: GraphQLResolveInfo) -> LoadGenerator:
    """How many readers have chosen each option."""
    tallies = yield from figures([option.poll for option in options], info)
    shown = [option for option in options if option.poll.pk in tallies]
    return {option.pk: tallies[option.poll.pk].votes.get(option.pk, 0) for option in shown}


def percent(options: list[PollOption], info: GraphQLResolveInfo) -> LoadGenerator:
    """How many of a hundred voters have chosen each option."""
    tallies = yield from figures([option.poll for option in options], info)
    shown = [option for option in options if option.poll.pk in tallies]
    return {option.pk: tallies[option.poll.pk].percent(option.pk) for option in shown}


def seal_heads(polls: list[Poll], info: GraphQLResolveInfo) -> LoadGenerator:
    """The last seals of those polls whose reader may see figures, by poll: they tell how many votes there are, too."""
    shown = [poll.pk for poll in polls if results_visible(poll, info)]
    if not shown:
        return {}
    info.context.mark_live(*(seal_tag(pk) for pk in shown))
    rows = QueryTemplate(("seal heads",), Seal, lambda rule: _seal_heads(), {"polls": shown})
    heads = {head.poll_id: head for head in (yield info.context.wanted(rows))}
    for pk in shown:
        info.context.record_live_version(seal_tag(pk), heads[pk].number if pk in heads else 0)
    return heads


def _seal_heads() -> QuerySet:
    later = Seal.objects.filter(poll=OuterRef("poll"), number__gt=OuterRef("number"))
    return Seal.objects.filter(~Exists(later), poll__any=bind_param("polls"))


def ballots_of(voter: Voter, poll_id: int) -> QuerySet:
    """The ballot that somebody cast in a poll, if any."""
    return Ballot.objects.filter(poll=poll_id, voter=voter.digest(poll_id)).only("pk")


def mark_has_voted(has_voted: bool, tally: Tally | None = None) -> Callable[[Poll], None]:
    """Marks a poll for a reader who has voted in it, or has not; `tally` if it was read for this reader."""

    def mark(poll: Poll) -> None:
        poll.reader_has_voted = has_voted
        poll.tally_after_vote = tally

    return mark
