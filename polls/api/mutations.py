"""castVote and issueVoterToken: from a request to a vote, and back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import graphene
from django.utils.translation import gettext
from graphql import GraphQLResolveInfo

from cms.graphql.execution.loading import having_any, read, selection_of
from cms.graphql.schema.errors import pk_of
from cms.graphql.schema.mutations import MutationError
from cms.graphql.schema.types import type_of
from cms.operations.client_ip import client_ip
from cms.operations.rate_limiter import rate_limiter
from polls.api.loading import ballots_of, mark_has_voted, shows_figures
from polls.casting.origins import Origin, origin_digests
from polls.casting.refusals import VoteRefused
from polls.casting.voters import (
    COOKIE,
    Voter,
    cookie_options,
    new_voter,
    voter_of,
    voter_of_cookie,
    voter_of_request_key,
)
from polls.casting.voting import cast_vote
from polls.integrity.worker import worker
from polls.models import Poll
from polls.tally.tallies import Tally

KEY_LENGTHS = range(16, 201)


class CastVoteInput(graphene.InputObjectType):
    """A vote."""

    poll_id = graphene.ID(required=True, description="The poll.")
    option_ids = graphene.List(
        graphene.NonNull(graphene.ID),
        required=True,
        description="The options that are chosen, as many as `choices` says.",
    )
    voter_token = graphene.String(
        description="Who votes, by `issueVoterToken`; for clients without cookies. Else the cookie `voter` says who."
    )
    proof = graphene.String(
        description="The solved challenge of `voteChallenge`, as ALTCHA's clients write it (base64); needed where the "
        "error PROOF_REQUIRED asks for it, or the poll's `proofOfWork` says so. It serves for one vote."
    )
    idempotency_key = graphene.String(
        description="A random text of 16 to 200 characters, such as a UUID, the same when this vote is sent again: it "
        "then counts once, and is answered by its first receipt. Send one with every vote."
    )


class CastVotePayload(graphene.ObjectType):
    """What became of a vote."""

    poll = graphene.Field(
        lambda: type_of(Poll),
        description="The poll as its voter sees it; null where it is unknown.",
        resolver=lambda answer, info: answer.poll(info),
    )
    receipt = graphene.String(description="Proof that the ballot is counted; null where no vote was taken.")
    errors = graphene.List(
        graphene.NonNull(MutationError),
        required=True,
        description="Why no vote was taken; empty where one was.",
    )


class IssueVoterTokenPayload(graphene.ObjectType):
    """A voter token."""

    voter_token = graphene.String(
        required=True, description="To be kept by the app, and sent with each of its votes."
    )
    errors = graphene.List(graphene.NonNull(MutationError), required=True, description="Always empty.")


@dataclass(frozen=True)
class VoteAnswer:
    """An answer of type CastVotePayload."""

    poll_id: int
    voter: Voter | None
    receipt: str | None = None
    errors: list[MutationError] = field(default_factory=list)
    tally: Tally | None = None

    def poll(self, info: GraphQLResolveInfo) -> Poll | None:
        """The poll, read where somebody asks for it, with the tally that includes the ballot."""
        rows = having_any(Poll, "pk", [self.poll_id])
        mark = mark_has_voted(self.has_voted(), self.tally)
        found = info.context.scheduler.result(lambda: read(rows, info, mark=mark))
        return next(iter(found), None)

    def has_voted(self) -> bool:
        """Whether the voter has a ballot in the poll, of this vote or of one before it."""
        if self.receipt is not None:
            return True
        return self.voter is not None and ballots_of(self.voter, self.poll_id).exists()


def resolve_cast_vote(root: Any, info: GraphQLResolveInfo, input: dict[str, Any]) -> VoteAnswer:
    """Take a vote, or say in the reader's language why not."""
    poll_id = pk_of(input["poll_id"], field="pollId")
    option_ids = [pk_of(each, field="optionIds") for each in input["option_ids"]]
    key = input.get("idempotency_key") or ""
    voter = _voter(info, poll_id, input.get("voter_token"), key)
    answer = VoteAnswer(poll_id, voter)
    if key and len(key) not in KEY_LENGTHS:
        message = gettext("The idempotency key must have 16 to 200 characters.")
        return _refused(answer, "BAD_IDEMPOTENCY_KEY", message, "idempotencyKey")
    if voter is None:
        message = gettext("The voter token is not valid.")
        return _refused(answer, "VOTER_TOKEN_INVALID", message, "voterToken")
    try:
        receipt = cast_vote(
            poll_id,
            option_ids,
            voter,
            now=info.context.now,
            request_key=key,
            origin=_origin(info),
            proof=input.get("proof") or "",
            wants_tally=shows_figures(selection_of(info).below("poll")),
        )
    except VoteRefused as refused:
        refusal = refused.refusal
        return _refused(answer, refusal.value, str(refusal.label), refusal.field)
    if not input.get("voter_token"):
        _keep(voter, info)
    worker.wake()
    return replace(answer, receipt=receipt.number, tally=receipt.tally)


def resolve_issue_voter_token(root: Any, info: GraphQLResolveInfo) -> dict[str, Any]:
    """A token for a voter whom nobody has seen yet."""
    return {"voter_token": new_voter().token, "errors": []}


def _voter(info: GraphQLResolveInfo, poll_id: int, token: str | None, key: str) -> Voter | None:
    if token:
        return voter_of(token)
    if known := voter_of_cookie(info.context.request):
        return known
    return voter_of_request_key(poll_id, key) if key else new_voter()


def _origin(info: GraphQLResolveInfo) -> Origin:
    request = info.context.request
    address = client_ip(request.META)
    network, agent = origin_digests(address, request.META.get("HTTP_USER_AGENT", ""), info.context.now)
    quotas = {kind: rate_limiter.consume(kind, address) for kind in ("crowd", "ballot")}
    over = {kind for kind, quota in quotas.items() if quota and quota.is_exceeded}
    return Origin(network, agent, is_crowded="crowd" in over, is_over="ballot" in over)


def _keep(voter: Voter, info: GraphQLResolveInfo) -> None:
    request = info.context.request
    if voter_of_cookie(request) != voter:
        info.context.set_cookie(COOKIE, voter.token, **cookie_options(request))


def _refused(answer: VoteAnswer, code: str, message: str, at: str | None) -> VoteAnswer:
    return replace(answer, errors=[MutationError(code=code, message=message, field=at)])
