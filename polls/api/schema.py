"""Polls in GraphQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import graphene
import orjson
from django.db import models
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLResolveInfo

from cms.graphql.execution.loading import (
    Context,
    LoadGenerator,
    attach_batch,
    having_any,
    read,
    register_expiry,
)
from cms.graphql.schema.errors import pk_of
from cms.graphql.schema.fields import Batched, Computed, Link, Root, fields_of
from cms.graphql.schema.lists.connections import Connection
from cms.graphql.schema.lists.filters import FilterInput
from cms.graphql.schema.lists.ordering import order_enum
from cms.graphql.schema.nodes import refetchable
from cms.graphql.schema.registry import root_mutation, root_query
from cms.graphql.schema.types import type_of
from cms.search.registry import searchable
from polls.api.loading import (
    RULE_COLUMNS,
    PollOptions,
    ballots_of,
    mark_has_voted,
    opened_draft,
    percent,
    results_visible,
    seal_heads,
    state,
    total_votes,
    votes,
)
from polls.api.mutations import (
    CastVoteInput,
    CastVotePayload,
    IssueVoterTokenPayload,
    resolve_cast_vote,
    resolve_issue_voter_token,
)
from polls.casting.proofs import LASTS, new_challenge
from polls.casting.voters import COOKIE, voter_of, voter_of_cookie
from polls.models import Ballot, Poll, PollOption, PollState, ProofOfWork, ResultsVisibility
from polls.models.polls import PollQuerySet

searchable(
    Poll,
    "POLL",
    _("Polls"),
    text=lambda poll: "\n".join([poll.description, *(option.text for option in poll.options.all())]),
    site="site",
)

register_expiry(Poll, "opens_at", "closes_at")

STATES = {
    None: "Where a poll stands, by the server's clock.",
    PollState.SCHEDULED: "It takes no votes yet.",
    PollState.OPEN: "It takes votes.",
    PollState.CLOSED: "It takes no more votes.",
}
VISIBILITIES = {
    None: "Who sees a poll's figures, and when.",
    ResultsVisibility.ALWAYS: "Everyone, at any time.",
    ResultsVisibility.AFTER_VOTE: "Those who voted, in the answer to their vote; everyone after closing.",
    ResultsVisibility.AFTER_CLOSING: "Everyone, after closing.",
    ResultsVisibility.NEVER: "Nobody.",
}
PROOFS = {
    None: "When a vote needs a proof of work (`voteChallenge`).",
    ProofOfWork.OFF: "Never.",
    ProofOfWork.SUSPICIOUS: "When many votes come from the voter's network; the error PROOF_REQUIRED says so.",
    ProofOfWork.ALWAYS: "Always.",
}
ProofOfWorkEnum = graphene.Enum.from_enum(ProofOfWork, description=PROOFS.get)
PollStateEnum = graphene.Enum.from_enum(PollState, description=STATES.get)
ResultsVisibilityEnum = graphene.Enum.from_enum(ResultsVisibility, description=VISIBILITIES.get)
PollOrder = order_enum(
    "PollOrder",
    "How polls are ordered.",
    OPENS_AT_DESC=(["-opens_at"], "Those that opened last, or will open last, first."),
    OPENS_AT_ASC=(["opens_at"], "Those that opened first, first."),
    CLOSES_AT_ASC=(["closes_at"], "Those that close soonest first."),
    CLOSES_AT_DESC=(["-closes_at"], "Those that close last first."),
)


class PollFilter(FilterInput):
    """Which polls."""

    by_the_clock = {"state"}

    state = PollStateEnum(description="Only polls that stand so now.")

    def filter_state(queryset: PollQuerySet, value: PollState, context: Context) -> PollQuerySet:
        return queryset.in_state(PollState(value), context.now)


class ChoiceRange(graphene.ObjectType):
    """How many options a reader chooses."""

    min = graphene.Int(required=True, description="At least so many; 1 or more.")
    max = graphene.Int(required=True, description="At most so many; 1 for a single choice.")


class SealHead(graphene.ObjectType):
    """The last seal of a poll's ballots. Who writes its digest down can have it looked up later (`verify_polls`)."""

    number = graphene.Int(required=True, description="How many seals there are.")
    digest = graphene.String(
        required=True, description="Keyed digest over the ballots of this seal and the digest before it."
    )
    sealed_at = graphene.DateTime(required=True, description="When it was made.")


@fields_of(Poll)
class PollFields:
    state = Computed(
        PollStateEnum,
        columns=["opens_at", "closes_at"],
        resolve=state,
        required=True,
        description="Where it stands now.",
    )
    opens_at = Computed(graphene.DateTime, required=True, description="From when on it takes votes.")
    closes_at = Computed(graphene.DateTime, required=True, description="From when on it takes no more votes.")
    choices = Computed(
        ChoiceRange,
        columns=["min_choices", "max_choices"],
        resolve=lambda poll, info: {"min": poll.min_choices, "max": poll.max_choices},
        required=True,
        description="How many options a reader chooses.",
    )
    results_visibility = Computed(
        ResultsVisibilityEnum, required=True, description="Who sees its figures, and when."
    )
    results_visible = Computed(
        graphene.Boolean,
        columns=RULE_COLUMNS,
        resolve=results_visible,
        required=True,
        description="Whether this answer shows its figures; where not, all of them are null.",
    )
    total_votes = Batched(
        graphene.Int,
        columns=RULE_COLUMNS,
        load=total_votes,
        description="How many readers have voted; null where figures are not shown.",
    )
    options = PollOptions(description="What readers choose from, in the editors' order.")
    allows_change = Computed(
        graphene.Boolean,
        required=True,
        description="Whether a voter may vote again while it is open; the last vote counts.",
    )
    proof_of_work = Computed(ProofOfWorkEnum, required=True, description="When a vote needs a proof of work.")
    seal_head = Batched(
        SealHead,
        columns=RULE_COLUMNS,
        load=seal_heads,
        description="The end of the chain in which its ballots are sealed; null where figures are not shown, or before "
        "the first seal.",
    )


@fields_of(PollOption)
class PollOptionFields:
    image = Link("image", description="A picture beside the text; null where there is none.")
    votes = Batched(
        graphene.Int,
        columns=["poll"],
        load=votes,
        description="How many readers have chosen it; null where figures are not shown.",
    )
    percent = Batched(
        graphene.Float,
        columns=["poll"],
        load=percent,
        description="How many of a hundred voters have chosen it, to one decimal; null where figures are not shown.",
    )


def poll(info: GraphQLResolveInfo, **args: Any) -> LoadGenerator:
    """The poll that the arguments name, or None."""
    if args.get("token") is not None:
        info.context.no_store()
        return attach_batch([opened_draft(args["token"], info)])[0]
    if args.get("id") is None:
        return None
    pk = pk_of(args["id"])
    if args.get("voter_token") is not None:
        info.context.no_store()
        voter = voter_of(args["voter_token"])
    else:
        # An answer to who sends one is not kept.
        voter = voter_of_cookie(info.context.request)
    has_voted = bool(voter and (yield ballots_of(voter, pk)))
    found = yield from read(having_any(Poll, "pk", [pk]), info, mark=mark_has_voted(has_voted))
    return next(iter(found), None)


refetchable(Poll, lambda info, id: poll(info, id=id), cookie=COOKIE)


class BallotStatus(models.TextChoices):
    """What became of a ballot."""

    COUNTED = "counted"
    REPLACED = "replaced"
    SET_ASIDE = "set_aside"


STATUSES = {
    None: "What became of a ballot.",
    BallotStatus.COUNTED: "It counts.",
    BallotStatus.REPLACED: "Its voter has voted again.",
    BallotStatus.SET_ASIDE: "The editors have set it aside, with a reason that they have logged.",
}
BallotStatusEnum = graphene.Enum.from_enum(BallotStatus, description=STATUSES.get)


class BallotReceipt(graphene.ObjectType):
    """What can be told of a ballot without telling what it says."""

    poll = graphene.Field(lambda: type_of(Poll), required=True, description="The poll that it was cast in.")
    cast_at = graphene.DateTime(required=True, description="When it was cast.")
    status = graphene.Field(BallotStatusEnum, required=True, description="What became of it.")
    sealed_in = graphene.Int(
        description="Number of the seal that holds it; null for some seconds after the vote, and where the poll's "
        "figures are not shown."
    )


class VoteChallenge(graphene.ObjectType):
    """Work for a voter's device."""

    challenge = graphene.String(
        required=True,
        description="The challenge as JSON, for ALTCHA's clients (version 2 of the protocol); its solution goes into "
        "`proof` of castVote.",
    )
    expires_at = graphene.DateTime(required=True, description="Until when its solution is taken.")


@dataclass(frozen=True)
class Checked:
    """An answer of type BallotReceipt."""

    poll: Poll
    cast_at: datetime
    status: BallotStatus
    sealed_in: int | None


def ballot_receipt(info: GraphQLResolveInfo, receipt: str) -> LoadGenerator:
    """What became of the ballot with this receipt; None where no public poll has one."""
    info.context.no_store()
    ballots = Ballot.objects.filter(receipt=receipt.strip().upper()).select_related("seal", "poll")
    ballot = next(iter((yield ballots)), None)
    if ballot is None:
        return None
    found = yield from read(having_any(Poll, "pk", [ballot.poll_id]), info, "poll")
    if not found:
        return None
    # Each seal holds a ballot at least: their numbers tell how many have voted.
    is_shown = ballot.seal is not None and ballot.poll.shows_results(info.context.now)
    return Checked(found[0], ballot.created_at, _status(ballot), ballot.seal.number if is_shown else None)


def _status(ballot: Ballot) -> BallotStatus:
    if ballot.is_replaced:
        return BallotStatus.REPLACED
    return BallotStatus.SET_ASIDE if ballot.set_aside_id else BallotStatus.COUNTED


def vote_challenge(info: GraphQLResolveInfo, poll_id: str) -> dict[str, Any]:
    """A challenge for one vote in a poll; it tells nothing of whether there is one."""
    info.context.no_store()
    challenge = new_challenge(pk_of(poll_id, field="pollId"), info.context.now)
    return {"challenge": orjson.dumps(challenge).decode(), "expires_at": info.context.now + LASTS}


@root_query
class PollQueries:
    poll = Root(
        lambda: type_of(Poll),
        load=poll,
        cookie=COOKIE,
        id=graphene.ID(description="The poll's id."),
        token=graphene.String(description="Token of a preview, instead of the id."),
        voter_token=graphene.String(
            description="Who asks, instead of the cookie `voter`: shows results to those who voted. Such answers are "
            "not cached."
        ),
        description="One public poll, or a preview; null where there is none.",
    )
    ballot_receipt = Root(
        BallotReceipt,
        load=ballot_receipt,
        receipt=graphene.String(required=True, description="The receipt that a vote was answered with."),
        description="Whether a ballot is there and counted; null where there is none. It does not tell the choice.",
    )
    vote_challenge = Root(
        VoteChallenge,
        load=vote_challenge,
        required=True,
        poll_id=graphene.ID(required=True, description="The poll that the vote is for."),
        description="Work to do before a vote, where the poll asks for it.",
    )
    polls = Connection(
        "polls.Poll",
        filter=PollFilter,
        order=PollOrder,
        site="site",
        description="Public polls of a site, and those that are of every site.",
    )


@root_mutation
class PollMutations:
    rate = "vote"

    cast_vote = graphene.Field(
        CastVotePayload,
        input=graphene.Argument(CastVoteInput, required=True, description="The vote."),
        required=True,
        description="Vote in a poll: once per voter, and counted when this is answered.",
        resolver=resolve_cast_vote,
    )
    issue_voter_token = graphene.Field(
        IssueVoterTokenPayload,
        required=True,
        description="A token to vote with, for apps that keep no cookies. One for each installation, for all polls.",
        resolver=resolve_issue_voter_token,
    )
