"""Polls in GraphQL: reading, and casting a vote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import graphene
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from cms.graphql.connections import Connection
from cms.graphql.context import Context
from cms.graphql.errors import BadInput, pk_of
from cms.graphql.fields import Batched, Children, Computed, Link, fields_of
from cms.graphql.filters import FilterInput
from cms.graphql.loading import bind, read, siblings_of
from cms.graphql.mutations import MutationError
from cms.graphql.ordering import order_enum
from cms.graphql.roots import root_mutation, root_query
from cms.graphql.types import type_of
from cms.preview.drafts import open_preview
from cms.search.registry import searchable
from polls import voters
from polls.models import Ballot, Poll, PollOption, PollState, ResultsVisibility
from polls.tallies import Tally, tallies_by_poll
from polls.voters import Voter
from polls.voting import VoteRefused, cast_vote

MAX_CHOICES = 20
MAX_KEY = 200
STATE_COLUMNS = ["opens_at", "closes_at", "results_visibility"]

searchable(
    Poll,
    "POLL",
    "Polls",
    text=lambda poll: "\n".join([poll.description, *(option.text for option in poll.options.all())]),
)

StateEnum = graphene.Enum.from_enum(
    PollState,
    description=lambda value: f"The poll is {value.name.lower()}." if value else "Whether a poll takes votes now.",
)
VisibilityEnum = graphene.Enum.from_enum(
    ResultsVisibility,
    description=lambda value: f"Readers see them: {value.name.replace('_', ' ').lower()}."
    if value
    else "When readers see the results of a poll.",
)
PollOrder = order_enum(
    "PollOrder", "How polls are ordered.", NEWEST_FIRST=(["-opens_at"], "Those that open last first."), OLDEST_FIRST=(["opens_at"], "Those that open first first.")
)


class PollFilter(FilterInput):
    """Which polls."""

    state = graphene.InputField(StateEnum, description="Whether they take votes now.")

    def filter_state(queryset: QuerySet, value: Any, context: Context) -> QuerySet:
        return queryset.in_state(PollState(value), context.now)


class PollChoices(graphene.ObjectType):
    """How many options a voter chooses."""

    min = graphene.Int(required=True, description="At least.")
    max = graphene.Int(required=True, description="At most.")


def visible(poll: Poll, info: GraphQLResolveInfo) -> bool:
    """Whether the reader of this answer sees the poll's results."""
    return poll.shows_results(info.context.now, has_voted=poll.reader_has_voted)


def tallies(polls: list[Poll], info: GraphQLResolveInfo) -> dict[Any, Tally]:
    """The counts of the polls whose results this answer shows, in one statement for all siblings."""
    group, _peers = siblings_of(polls[0])
    if "tallies" not in group.loaded:
        seen = [poll.pk for poll in polls if poll.pk is not None and visible(poll, info)]
        for pk in seen:
            info.context.volatile(f"poll:{pk}")
        group.loaded["tallies"] = tallies_by_poll(seen) if seen else {}
    return group.loaded["tallies"]


def total_votes(polls: list[Poll], info: GraphQLResolveInfo) -> dict[Any, int]:
    """How many ballots each poll with visible results has."""
    return {pk: tally.ballots for pk, tally in tallies(polls, info).items()}


def option_votes(options: list[PollOption], info: GraphQLResolveInfo) -> dict[Any, int]:
    """How many ballots chose each option, where the results are visible."""
    found = _tallies_of_options(options, info)
    return {each.pk: found[each.poll_id].votes.get(each.pk, 0) for each in options if each.poll_id in found}


def option_percents(options: list[PollOption], info: GraphQLResolveInfo) -> dict[Any, float]:
    """How many of a hundred ballots chose each option, where the results are visible."""
    found = _tallies_of_options(options, info)
    return {each.pk: found[each.poll_id].percent(each.pk) for each in options if each.poll_id in found}


def _tallies_of_options(options: list[PollOption], info: GraphQLResolveInfo) -> dict[Any, Tally]:
    polls = {each.owner.pk: each.owner for each in options}
    return tallies(list(polls.values()), info) if polls else {}


class Options(Children):
    """A poll's options, each with its poll, which knows whether figures are shown."""

    def _load(self, objects: list[Poll], info: GraphQLResolveInfo) -> dict[Any, list[PollOption]]:
        found = super()._load(objects, info)
        for poll in objects:
            for option in found.get(poll.pk, []):
                option.owner = poll
        return found


@fields_of(Poll)
class PollFields:
    state = Computed(
        StateEnum,
        columns=["opens_at", "closes_at"],
        resolve=lambda poll, info: poll.state_at(info.context.now),
        required=True,
        description="Whether it takes votes now, by the server's clock.",
    )
    opens_at = Computed(graphene.DateTime, description="When it opens; null for when it was published.")
    closes_at = Computed(graphene.DateTime, description="When it closes; null for never.")
    choices = Computed(
        PollChoices,
        columns=["min_choices", "max_choices"],
        resolve=lambda poll, info: {"min": poll.min_choices, "max": poll.max_choices},
        required=True,
        description="How many options a voter chooses.",
    )
    results_visibility = Computed(VisibilityEnum, required=True, description="When readers see the results.")
    results_visible = Computed(
        graphene.Boolean,
        columns=STATE_COLUMNS,
        resolve=visible,
        required=True,
        description="Whether this answer shows the results.",
    )
    total_votes = Batched(
        graphene.Int, load=total_votes, columns=STATE_COLUMNS, description="Ballots cast; null while results are hidden."
    )
    options = Options("options", columns=STATE_COLUMNS, description="The answers to choose from, in order.")


@fields_of(PollOption)
class PollOptionFields:
    image = Link("image", description="A picture of the answer.")
    votes = Batched(
        graphene.Int, load=option_votes, columns=[], description="Ballots that chose it; null while results are hidden."
    )
    percent = Batched(
        graphene.Float,
        load=option_percents,
        columns=[],
        description="Share of all ballots that chose it, 0 to 100; null while results are hidden.",
    )


@root_query
class PollQueries:
    poll = graphene.Field(
        lambda: type_of(Poll),
        id=graphene.ID(description="The poll's id."),
        token=graphene.String(description="Token of a preview, instead of an id."),
        voter_token=graphene.String(description="A voter's token: shows the results to who has voted."),
        description="One public poll, or a preview; null where there is none.",
    )
    polls = Connection("polls.Poll", filter=PollFilter, order=PollOrder, description="Public polls.")

    def resolve_poll(root: Any, info: GraphQLResolveInfo, **args: Any) -> Poll | None:
        if args.get("token") is not None:
            info.context.no_store()
            draft = open_preview("polls.Poll", args["token"])
            return bind([draft])[0]
        if args.get("id") is None:
            raise BadInput("Say `id`, or `token` for a preview.")
        poll = next(iter(read(Poll.objects.filter(pk=pk_of(args["id"])), info)), None)
        if poll and args.get("voter_token") is not None:
            info.context.no_store()
            poll.reader_has_voted = _has_voted(poll, args["voter_token"])
        return poll


def _has_voted(poll: Poll, token: str) -> bool:
    voter = voters.voter_of(token)
    return voter is not None and Ballot.objects.filter(poll=poll.pk, voter=voter.digest(poll.pk)).exists()


class CastVoteInput(graphene.InputObjectType):
    """A vote."""

    poll_id = graphene.ID(required=True, description="The poll.")
    option_ids = graphene.List(graphene.NonNull(graphene.ID), required=True, description="The options chosen.")
    voter_token = graphene.String(description="For clients without cookies: a token of `issueVoterToken`.")
    idempotency_key = graphene.String(
        description="Any text of the client's own; a vote sent again with it answers the first receipt."
    )


class CastVotePayload(graphene.ObjectType):
    """What became of a vote."""

    poll = graphene.Field(lambda: type_of(Poll), description="The poll after the vote; null where there is none.")
    receipt = graphene.String(description="Proof that the vote was counted; null where it was not.")
    errors = graphene.List(
        graphene.NonNull(MutationError), required=True, description="Why it was not counted; empty where it was."
    )


class IssueVoterTokenPayload(graphene.ObjectType):
    """A new voter."""

    voter_token = graphene.String(required=True, description="To be kept by the client and sent with each vote.")


@dataclass
class Outcome:
    """An answer of type CastVotePayload."""

    poll: Poll | None
    receipt: str | None = None
    errors: list[dict[str, Any]] = field(default_factory=list)


@root_mutation
class PollMutations:
    cast_vote = graphene.Field(
        CastVotePayload,
        required=True,
        input=graphene.Argument(CastVoteInput, required=True, description="The vote."),
        description="Vote in a poll, once. Without a token the voter is known by a cookie that the answer sets.",
    )
    issue_voter_token = graphene.Field(
        IssueVoterTokenPayload, required=True, description="A voter's token, for clients without cookies."
    )

    def resolve_cast_vote(root: Any, info: GraphQLResolveInfo, input: Any) -> Outcome:
        poll_id, option_ids, key = _checked(input)
        voter = _voter(info, poll_id, input.get("voter_token"), key)
        try:
            receipt = cast_vote(poll_id, option_ids, voter, now=info.context.now, request_key=key)
        except VoteRefused as refused:
            refusal = refused.refusal
            error = {"code": refusal.value, "message": str(refusal.label), "field": refusal.field}
            return Outcome(_poll(poll_id, info, voted=refusal == "ALREADY_VOTED"), errors=[error])
        if not input.get("voter_token"):
            info.context.set_cookie(voters.COOKIE, voter.token, **voters.cookie_options(info.context.request))
        return Outcome(_poll(poll_id, info, voted=True), receipt=receipt.number)

    def resolve_issue_voter_token(root: Any, info: GraphQLResolveInfo) -> dict[str, str]:
        return {"voter_token": voters.new_voter().token}


def _checked(input: Any) -> tuple[int, list[int], str]:
    key = input.get("idempotency_key") or ""
    if len(input.option_ids) > MAX_CHOICES or len(key) > MAX_KEY:
        raise BadInput(f"At most {MAX_CHOICES} options, and {MAX_KEY} characters of a key.")
    options = [pk_of(each, field="optionIds") for each in input.option_ids]
    return pk_of(input.poll_id, field="pollId"), options, key


def _voter(info: GraphQLResolveInfo, poll_id: int, token: str | None, key: str) -> Voter:
    if token is not None:
        if (voter := voters.voter_of(token)) is None:
            raise BadInput("`voterToken` is not one of ours; ask `issueVoterToken`.", code="BAD_VOTER_TOKEN")
        return voter
    known = voters.voter_of_cookie(info.context.request)
    return known or (voters.voter_of_request_key(poll_id, key) if key else voters.new_voter())


def _poll(pk: int, info: GraphQLResolveInfo, *, voted: bool) -> Poll | None:
    poll = next(iter(read(Poll.objects.filter(pk=pk), info, "poll")), None)
    if poll:
        poll.reader_has_voted = voted
    return poll
