"""Voters at the same moment get the poll from one of them; each as the voter may see it, and with the own vote."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import pytest
from django.db import connections
from graphql import GraphQLError

from cms.graphql import sharing
from polls.models import Poll, ResultsVisibility
from polls.mutations import VoteAnswer
from tests.client import GraphQLClient
from tests.factories.polls import PollFactory, option_ids

pytestmark = pytest.mark.django_db(transaction=True)

CAST = """
mutation ($input: CastVoteInput!) {
  castVote(input: $input) { receipt errors { code } poll { question totalVotes options { votes } } }
}
"""
Asked = tuple[str, dict[str, Any]]


class Meeting:
    """Who asks first for something makes it only when all others have asked, too; `made` counts who made something."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made = 0
        self._asking = 0
        self._expected = 0
        self._begun: set[Any] = set()
        self._all_there = Event()
        self._lock = Lock()
        monkeypatch.setattr("cms.graphql.execution.shared", self._shared)

    def _shared(self, of: Any, info: Any, nodes: Any, make: Callable[[], Any]) -> Any:
        with self._lock:
            self._asking += 1
            if self._asking == self._expected:
                self._all_there.set()

        def held() -> Any:
            with self._lock:
                self.made += 1
                is_first = (of.key, id(nodes[0])) not in self._begun
                self._begun.add((of.key, id(nodes[0])))
            if is_first:
                assert self._all_there.wait(20)
                time.sleep(0.3)  # the last one is on its way to the others
            return make()

        return sharing.shared(of, info, nodes, held)

    def ask(self, *asked: Asked) -> list[dict[str, Any]]:
        """The answers to requests that are sent at once."""
        self._expected = len(asked)

        def send(each: Asked) -> dict[str, Any]:
            query, variables = each
            try:
                return GraphQLClient().post(query, **variables).json()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(asked)) as threads:
            return list(threads.map(send, asked))


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Meeting:
    return Meeting(monkeypatch)


def ballot(poll: Poll, *places: int, query: str = CAST, **variables: Any) -> Asked:
    options = option_ids(poll)
    chosen = [str(options[place]) for place in places]
    return query, {"input": {"pollId": str(poll.pk), "optionIds": chosen}, **variables}


def shown(answer: dict[str, Any]) -> dict[str, Any]:
    return answer["data"]["castVote"]["poll"]


def test_one_makes_it_for_all_who_voted_meanwhile(meeting: Meeting):
    poll = PollFactory()
    answers = meeting.ask(*[ballot(poll, number % 3) for number in range(6)])
    assert len({each["data"]["castVote"]["receipt"] for each in answers}) == 6
    # The first alone, when all have voted; and one of the others for the five.
    options = [{"votes": 2}] * 3
    assert [shown(each) for each in answers] == [
        {"question": poll.question, "totalVotes": 6, "options": options}
    ] * 6
    assert meeting.made == 2


def test_who_has_not_voted_does_not_get_what_voters_see(meeting: Meeting):
    poll = PollFactory(results_visibility=ResultsVisibility.AFTER_VOTE)
    answers = meeting.ask(*[ballot(poll, *places) for places in [(0,), (0, 1), (1,), (0, 1), (2,)]])
    hidden = {"question": poll.question, "totalVotes": None, "options": [{"votes": None}] * 3}
    assert [each["data"]["castVote"]["errors"] for each in answers[1::2]] == [
        [{"code": "TOO_MANY_CHOICES"}]
    ] * 2
    assert [shown(each) for each in answers[1::2]] == [hidden] * 2
    assert [shown(each)["totalVotes"] for each in answers[0::2]] == [3] * 3


def test_each_gets_the_poll_and_the_fields_that_were_asked_for(meeting: Meeting):
    first, second = PollFactory(), PollFactory()
    short = "mutation ($input: CastVoteInput!) { castVote(input: $input) { poll { question } } }"
    answers = meeting.ask(*[ballot(first, 0), ballot(second, 0), ballot(first, 0, query=short)] * 2)
    assert [shown(each).get("totalVotes") for each in answers] == [4, 2, None] * 2
    assert [shown(each)["question"] for each in answers] == [
        first.question,
        second.question,
        first.question,
    ] * 2


@pytest.mark.parametrize("where", ["totalVotes @include(if: $more)", "...More"])
def test_what_goes_by_variables_is_each_ones_own(meeting: Meeting, where: str):
    poll = PollFactory()
    selected = f"castVote(input: $input) {{ poll {{ question {where} }} }}"
    more = "fragment More on Poll { totalVotes @include(if: $more) }" if where == "...More" else ""
    query = f"mutation ($input: CastVoteInput!, $more: Boolean!) {{ {selected} }} {more}"
    answers = meeting.ask(*[ballot(poll, 0, query=query, more=each) for each in (True, False) * 3])
    assert [("totalVotes" in shown(each)) for each in answers] == [True, False] * 3
    assert meeting.made == 6


def test_what_failed_for_one_is_made_by_the_others(meeting: Meeting, monkeypatch: pytest.MonkeyPatch):
    poll, real, failed = PollFactory(), VoteAnswer._poll, []

    def fails_twice(answer: VoteAnswer, info: Any) -> Poll | None:
        if len(failed) < 2:
            failed.append(answer)
            raise GraphQLError("It is Friday.")
        return real(answer, info)

    monkeypatch.setattr(VoteAnswer, "_poll", fails_twice)
    answers = meeting.ask(*[ballot(poll, 0)] * 5)
    assert sorted("errors" in each for each in answers) == [False] * 3 + [True] * 2
    assert [shown(each) and shown(each)["totalVotes"] for each in answers if "errors" not in each] == [5] * 3


def test_what_is_for_one_reader_stays_with_that_reader(meeting: Meeting, monkeypatch: pytest.MonkeyPatch):
    poll, real, readers = PollFactory(), VoteAnswer._poll, []

    def personal(answer: VoteAnswer, info: Any) -> Poll | None:
        readers.append(answer.receipt)
        info.context.no_store()
        return real(answer, info)

    monkeypatch.setattr(VoteAnswer, "_poll", personal)
    answers = meeting.ask(*[ballot(poll, 0)] * 4)
    assert [shown(each)["totalVotes"] for each in answers] == [4] * 4
    assert sorted(readers) == sorted(each["data"]["castVote"]["receipt"] for each in answers)
