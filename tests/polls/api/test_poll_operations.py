"""The clients' own operations on polls, as they stand in frontend/operations/."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from articles.models import ArticlePage
from cms.operations.dates import as_utc
from polls.models import Ballot
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = pytest.mark.django_db


def test_the_poll_operation_is_answered_in_full(graphql):
    poll = PollFactory(question="Q?")
    vote(poll, 0)
    answer = graphql.operation("poll", "Poll", id=str(poll.pk))["poll"]
    assert answer == {
        "id": str(poll.pk),
        "question": "Q?",
        "description": "",
        "state": "OPEN",
        "opensAt": as_utc(poll.opens_at),
        "closesAt": as_utc(poll.closes_at),
        "choices": {"min": 1, "max": 1},
        "resultsVisibility": "ALWAYS",
        "resultsVisible": True,
        "totalVotes": 1,
        "options": [
            {"id": str(pk), "text": text, "image": None, "votes": votes, "percent": 100.0 * votes}
            for pk, text, votes in zip(option_ids(poll), "ABC", (1, 0, 0), strict=True)
        ],
    }


def test_the_list_operation_pages_through_all_polls(graphql):
    for number in range(21):
        PollFactory(question=str(number))
    first = graphql.operation("poll", "Polls")["polls"]
    assert (first["totalCount"], len(first["edges"]), first["pageInfo"]["hasNextPage"]) == (21, 20, True)
    rest = graphql.operation("poll", "Polls", after=first["pageInfo"]["endCursor"])["polls"]
    assert (len(rest["edges"]), rest["pageInfo"]["hasNextPage"]) == (1, False)
    questions = {edge["node"]["question"] for edge in [*first["edges"], *rest["edges"]]}
    assert questions == {str(number) for number in range(21)}


def test_the_vote_operation_answers_poll_receipt_and_no_errors(graphql):
    poll = PollFactory(results_visibility="after_vote")
    values = {"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[2])]}
    answer = graphql.operation("poll", "CastVote", input=values)["castVote"]
    assert (answer["receipt"], answer["errors"]) == (Ballot.objects.get().receipt, [])
    assert [option["votes"] for option in answer["poll"]["options"]] == [0, 0, 1]


@pytest.mark.parametrize(
    ("visibility", "live", "expected"),
    [
        ("always", True, {"poll": {"totalVotes": 1, "options": [{"votes": 1}, {"votes": 0}, {"votes": 0}]}}),
        ("after_vote", True, {"poll": {"totalVotes": None, "options": [{"votes": None}] * 3}}),
        ("always", False, {"poll": None}),
    ],
)
def test_a_poll_within_an_article_keeps_to_its_rule(graphql, visibility, live, expected):
    poll = PollFactory(results_visibility=visibility)
    vote(poll, 0)
    type(poll).objects.update(live=live)
    body = [{"type": "poll", "value": {"poll": poll.pk}, "id": "1"}]
    Page.get_first_root_node().add_child(instance=ArticlePage(title="T", slug="t", summary="S", body=body))
    query = "{ articles { nodes { body { ... on PollBlock { poll { totalVotes options { votes } } } } } } }"
    assert graphql.data(query)["articles"]["nodes"] == [{"body": [expected]}]
