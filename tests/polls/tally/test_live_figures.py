"""How soon readers see votes in answers that are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from freezegun import freeze_time

from cms.invalidation import live_versions
from cms.invalidation.tag_versions import TagVersions
from polls.models import Poll
from tests.client import GraphQLClient
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("countable")]

QUERY = "query ($id: ID!) { poll(id: $id) { totalVotes } }"


@pytest.fixture
def poll() -> Poll:
    return PollFactory()


def total(graphql: GraphQLClient, poll: Poll) -> int:
    return graphql.post(QUERY, id=str(poll.pk)).json()["data"]["poll"]["totalVotes"]


def test_votes_are_seen_at_once_where_the_setting_is_zero(graphql, poll):
    seen = []
    for _number in range(3):
        seen.append(total(graphql, poll))
        vote(poll, 0)
    assert seen == [0, 1, 2]


def test_a_kept_answer_is_given_for_so_long_and_then_made_anew(graphql, poll, settings):
    settings.CMS_LIVE_FIGURES_SECONDS = 20
    assert total(graphql, poll) == 0
    vote(poll, 0)
    assert total(graphql, poll) == 0
    with freeze_time(timezone.now() + timedelta(seconds=21)):
        assert total(graphql, poll) == 1


def test_a_kept_answer_is_not_looked_at_in_between(graphql, poll, settings, django_assert_num_queries):
    settings.CMS_LIVE_FIGURES_SECONDS = 60
    for _time in range(2):  # Redis, which was emptied, is told something first
        total(graphql, poll)
    with django_assert_num_queries(0 if settings.REDIS_URL else 1):  # whether content has changed
        total(graphql, poll)


def test_who_makes_an_answer_anew_asks_once_what_has_changed(graphql, poll, settings, monkeypatch):
    asked: list[list[str]] = []
    refreshed, read = TagVersions.refresh, live_versions.versions
    monkeypatch.setattr(TagVersions, "refresh", lambda self: asked.append(["content"]) or refreshed(self))
    monkeypatch.setattr(live_versions, "versions", lambda tags: asked.append(list(tags)) or read(tags))
    total(graphql, poll)
    vote(poll, 0)
    asked.clear()
    assert total(graphql, poll) == 1
    assert asked == [["content"], [f"poll:{poll.pk}"]]


def test_the_voter_sees_the_own_vote_at_once(graphql, poll, settings):
    settings.CMS_LIVE_FIGURES_SECONDS = 60
    total(graphql, poll)
    cast = "mutation ($input: CastVoteInput!) { castVote(input: $input) { poll { totalVotes } } }"
    values = {"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[0])]}
    assert graphql.data(cast, input=values) == {"castVote": {"poll": {"totalVotes": 1}}}


def test_a_change_of_content_does_not_wait(graphql, poll, settings):
    settings.CMS_LIVE_FIGURES_SECONDS = 60
    total(graphql, poll)
    vote(poll, 0)
    poll.question = "Another one?"
    poll.save()
    assert total(graphql, poll) == 1
