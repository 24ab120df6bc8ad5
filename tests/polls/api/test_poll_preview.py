from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from polls.models import Poll, PollOption, ResultsVisibility
from tests.drafts import token_of
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = pytest.mark.django_db

PREVIEW = "query ($token: String!) { poll(token: $token) { id question options { id text image { title } votes } } }"


@pytest.fixture
def editor():
    return get_user_model().objects.create_superuser("editor", "editor@example.test", "x")


def test_a_preview_shows_the_draft_and_not_what_is_published(graphql, editor):
    poll = PollFactory(question="published", texts=("A", "B"))
    poll.question = "draft"
    poll.options.add(PollOption(text="C", sort_order=2))
    token = token_of(poll, editor)
    first, second = option_ids(poll)
    assert graphql.data(PREVIEW, token=token)["poll"] == {
        "id": f"draft.{poll.pk}",
        "question": "draft",
        "options": [
            {"id": f"draft.{first}", "text": "A", "image": None, "votes": 0},
            {"id": f"draft.{second}", "text": "B", "image": None, "votes": 0},
            {"id": f"draft.{poll.pk}.options.3", "text": "C", "image": None, "votes": 0},
        ],
    }


def test_a_poll_that_was_never_saved_has_options_that_clients_can_tell_apart(graphql, editor):
    options = [PollOption(text=text, sort_order=order) for order, text in enumerate("AB")]
    now = timezone.now()
    poll = Poll(question="new", opens_at=now, closes_at=now + timedelta(days=1), options=options)
    answer = graphql.data(PREVIEW, token=token_of(poll, editor))["poll"]
    own = answer["id"]
    assert re.fullmatch(r"draft\.new\.[0-9]+", own)
    expected = [(f"{own}.options.1", "A"), (f"{own}.options.2", "B")]
    assert [(option["id"], option["text"]) for option in answer["options"]] == expected


@pytest.mark.parametrize("is_live", [True, False])
def test_a_draft_shows_no_figures_that_the_poll_hides(graphql, editor, is_live: bool):
    poll = PollFactory(results_visibility=ResultsVisibility.NEVER)
    vote(poll, 0)
    if not is_live:
        poll.results_visibility = ResultsVisibility.ALWAYS
        poll.live = False
    poll.save()
    poll.results_visibility = ResultsVisibility.ALWAYS
    query = "query ($token: String!) { poll(token: $token) { resultsVisible totalVotes sealHead { number } options { votes } } }"
    assert graphql.data(query, token=token_of(poll, editor))["poll"] == {
        "resultsVisible": False,
        "totalVotes": None,
        "sealHead": None,
        "options": [{"votes": None}] * 3,
    }


def test_a_preview_is_stored_nowhere(graphql, editor):
    response = graphql.post(PREVIEW, token=token_of(PollFactory(), editor))
    assert response["Cache-Control"] == "no-store"


def test_a_token_that_was_not_issued_opens_nothing(graphql):
    graphql.errors(PREVIEW, token="forged", code="PREVIEW_TOKEN_INVALID")
