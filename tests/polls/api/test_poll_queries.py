from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from polls.models.polls import PollQuerySet
from tests.accelerators import switch
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("countable")]

EVERYTHING = """{ polls(first: 100) { totalCount edges { node {
    id question description state opensAt closesAt choices { min max } resultsVisibility resultsVisible totalVotes
    options { id text image { title } votes percent } } } } }"""


def test_a_poll_is_answered_field_by_field(graphql):
    poll = PollFactory(question="Q?", description="D", max_choices=2)
    vote(poll, 1)
    query = """query ($id: ID!) { poll(id: $id) {
        id question description state choices { min max } resultsVisibility resultsVisible totalVotes
        options { id text image { alt } votes percent } } }"""
    first, second, third = option_ids(poll)
    assert graphql.data(query, id=str(poll.pk))["poll"] == {
        "id": str(poll.pk),
        "question": "Q?",
        "description": "D",
        "state": "OPEN",
        "choices": {"min": 1, "max": 2},
        "resultsVisibility": "ALWAYS",
        "resultsVisible": True,
        "totalVotes": 1,
        "options": [
            {"id": str(first), "text": "A", "image": None, "votes": 0, "percent": 0.0},
            {"id": str(second), "text": "B", "image": None, "votes": 1, "percent": 100.0},
            {"id": str(third), "text": "C", "image": None, "votes": 0, "percent": 0.0},
        ],
    }


def test_the_statement_of_a_state_is_written_once(graphql, settings):
    switch(settings, answer_cache=False)
    query = "{ polls(filter: {state: OPEN}) { totalCount nodes { question } } }"
    PollFactory(question="Q?")
    graphql.post(query)
    PollFactory(question="R?")
    with patch.object(PollQuerySet, "in_state", side_effect=AssertionError):
        answer = graphql.post(query).json()
    assert answer["data"]["polls"]["totalCount"] == 2
    assert {node["question"] for node in answer["data"]["polls"]["nodes"]} == {"Q?", "R?"}


def test_polls_are_filtered_by_their_state_now(graphql):
    PollFactory(question="scheduled", scheduled=True)
    PollFactory(question="open")
    PollFactory(question="closed", closed=True)
    query = (
        "query ($state: PollState) { polls(filter: {state: $state}) { totalCount nodes { question state } } }"
    )
    for state in ("SCHEDULED", "OPEN", "CLOSED"):
        expected = {"totalCount": 1, "nodes": [{"question": state.lower(), "state": state}]}
        assert graphql.data(query, state=state) == {"polls": expected}
    assert graphql.data(query, state=None)["polls"]["totalCount"] == 3


def test_drafts_and_expired_polls_are_nowhere(graphql):
    draft = PollFactory(live=False)
    PollFactory(expire_at=timezone.now() - timedelta(seconds=1))
    assert graphql.data("query ($id: ID!) { poll(id: $id) { id } }", id=str(draft.pk)) == {"poll": None}
    assert graphql.data("{ polls { totalCount nodes { id } } }") == {"polls": {"totalCount": 0, "nodes": []}}


@pytest.mark.parametrize("nothing", ["999999", "0", "123456789012345678"])
def test_an_id_of_nothing_is_null(graphql, nothing):
    assert graphql.data("query ($id: ID!) { poll(id: $id) { id } }", id=nothing) == {"poll": None}


@pytest.mark.parametrize("value", ["x", "", "-1", "1.5", "1 ", "²", "9" * 30])
def test_an_id_that_is_no_id_is_a_typed_error(graphql, value):
    graphql.errors("query ($id: ID!) { poll(id: $id) { id } }", id=value, code="BAD_ID")


def test_the_last_opened_poll_is_first(graphql):
    now = timezone.now()
    for days in (3, 1, 2):
        PollFactory(question=f"{days} days ago", opens_at=now - timedelta(days=days))
    nodes = graphql.data("{ polls(first: 2) { nodes { question } } }")["polls"]["nodes"]
    assert [node["question"] for node in nodes] == ["1 days ago", "2 days ago"]


def test_twenty_polls_take_the_statements_of_one(graphql, settings):
    switch(settings, answer_cache=False)
    vote(PollFactory(), 0)
    graphql.post(EVERYTHING)
    with CaptureQueriesContext(connection) as one:
        graphql.post(EVERYTHING)
    for _poll in range(19):
        vote(PollFactory(), 0)
    graphql.post(EVERYTHING)
    with CaptureQueriesContext(connection) as twenty:
        assert graphql.post(EVERYTHING).json()["data"]["polls"]["totalCount"] == 20
    assert len(twenty) == len(one), [each["sql"] for each in twenty]
