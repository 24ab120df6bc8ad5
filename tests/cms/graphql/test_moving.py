"""When figures move that an answer shows, what else it shows is not read again."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time

from cms.graphql import view
from cms.graphql.requests import GraphQLRequest
from polls.models import Poll, ResultsVisibility
from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.door import Door
from tests.factories.polls import PollFactory, vote
from tests.factories.portal import ArticlePageFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tree", "countable")]

PARTS = {
    "polls": "polls { nodes { totalVotes options { votes } } }",
    "by fragments": "some: polls { ...P } } fragment P on PollConnection { nodes { ... on Poll { totalVotes } }",
    "twice": "polls { nodes { id } } polls { nodes { totalVotes } }",
    "found by search": 'search(query: "question") { nodes { ... on Poll { totalVotes } } }',
    "as snippets": "snippets { ... on Poll { totalVotes } }",
    "in a wrapping fragment": "...W } fragment W on Query { polls { nodes { totalVotes } }",
    "visits, too": "polls { nodes { totalVotes } } visitStatistics { total }",
}


@pytest.fixture
def poll() -> Poll:
    ArticlePageFactory(title="An article")
    return PollFactory(question="A question", results_visibility=ResultsVisibility.ALWAYS)


def titles_read(query: str, graphql: GraphQLClient) -> tuple[dict, bool]:
    """What a request is answered, and whether the titles of articles were read for it."""
    with CaptureQueriesContext(connection) as asked:
        data = graphql.post(query).json()["data"]
    return data, any("articles_articlepage" in each["sql"] for each in asked)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_moved_figures_are_shown_beside_what_stays(part: str, graphql: GraphQLClient, poll: Poll, settings):
    query = f"query Q {{ articles {{ nodes {{ title }} }} {part} }}"
    for _number in range(3):
        shown = graphql.post(query).content
        switch(settings, answer_cache=False)
        assert graphql.post(query).content == shown
        switch(settings, answer_cache=True)
        vote(poll, 0)


@pytest.mark.parametrize("name", ["polls", "by fragments", "twice", "as snippets"])
def test_what_stays_is_not_read_again(name: str, graphql: GraphQLClient, poll: Poll):
    query = f"query Q {{ articles {{ nodes {{ title }} }} {PARTS[name]} }}"
    before, were_read = titles_read(query, graphql)
    assert were_read
    vote(poll, 0)
    after, were_read = titles_read(query, graphql)
    assert not were_read
    assert after["articles"] == before["articles"] == {"nodes": [{"title": "An article"}]}
    assert after != before


def test_all_is_read_again_where_content_has_changed_as_well(graphql: GraphQLClient, poll: Poll):
    query = f"query Q {{ articles {{ nodes {{ title }} }} {PARTS['polls']} }}"
    titles_read(query, graphql)
    vote(poll, 0)
    ArticlePageFactory(title="Another one")
    found, were_read = titles_read(query, graphql)
    assert were_read
    assert len(found["articles"]["nodes"]) == 2
    assert found["polls"]["nodes"][0]["totalVotes"] == 1


def test_names_come_in_their_order(graphql: GraphQLClient, poll: Poll):
    query = (
        "query Q($with: Boolean!) { a: articles { totalCount } p: polls { nodes { totalVotes } } "
        "z: articles @include(if: $with) { totalCount } }"
    )
    for included in (True, False):
        for _number in range(2):
            names = list(graphql.post(query, **{"with": included}).json()["data"])
            assert names == (["a", "p", "z"] if included else ["a", "p"])
            vote(poll, 0)


def test_what_the_clock_ends_on_the_way_from_door_to_view_is_shown_no_longer(
    poll: Poll, settings, monkeypatch: pytest.MonkeyPatch
):
    ends = timezone.now() + timedelta(minutes=5)
    ArticlePageFactory(title="Until noon", expire_at=ends)
    body = json.dumps({"query": f"{{ articles {{ nodes {{ title }} }} {PARTS['polls']} }}"}).encode()
    door, parse = Door(), view.parse_request
    with freeze_time(ends - timedelta(seconds=1)) as clock:
        assert b"Until noon" in door.ask(body)[1]
        vote(poll, 0)

        def parsed_late(request: HttpRequest) -> GraphQLRequest:
            clock.move_to(ends + timedelta(seconds=1))
            return parse(request)

        monkeypatch.setattr(view, "parse_request", parsed_late)
        door.ask(body)
        assert b"Until noon" not in door.ask(body)[1]
