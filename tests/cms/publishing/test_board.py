"""Processes of one machine learn of changes from memory that they share."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.publishing import board
from cms.publishing.announcements import announce, announced
from polls.models import ResultsVisibility
from tests.client import GraphQLClient
from tests.cms.graphql.test_answers import TITLES
from tests.factories.polls import PollFactory, vote
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.usefixtures("countable")


@pytest.fixture
def one_machine(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Shared memory in a file of the test's own."""
    settings.CMS_ONE_MACHINE = True
    path = tmp_path / "changes"
    monkeypatch.setattr(board, "path_of_board", lambda: str(path))
    return path


@pytest.mark.usefixtures("tree")
def test_a_kept_answer_costs_no_statement(graphql: GraphQLClient, one_machine: Path):
    ArticlePageFactory(title="An article")
    for _time in range(2):  # the first finds that nobody has announced anything yet
        graphql.post(TITLES)
    with CaptureQueriesContext(connection) as asked:
        graphql.post(TITLES)
    assert len(asked) == 0


def test_each_announcement_is_another_one(one_machine: Path):
    assert announced() is None
    announce()
    first = announced()
    announce()
    assert announced() not in {None, first}
    assert one_machine.read_bytes().startswith(announced())


@pytest.mark.django_db(transaction=True)
def test_a_kept_answer_with_figures_costs_no_statement_until_they_move(
    graphql: GraphQLClient, settings: LazySettings, one_machine: Path
):
    settings.CMS_MOVING_SECONDS = 60
    poll = PollFactory(results_visibility=ResultsVisibility.ALWAYS)
    query = f'{{ poll(id: "{poll.pk}") {{ totalVotes }} }}'
    for number in range(2):
        for _time in range(2):  # the first finds that nobody has announced anything yet
            graphql.post(query)
        with CaptureQueriesContext(connection) as asked:
            assert graphql.post(query).json()["data"] == {"poll": {"totalVotes": number}}
        assert len(asked) == 0
        vote(poll, 0)


def test_a_file_that_cannot_be_opened_leaves_the_database_to_ask(
    one_machine: Path, caplog: pytest.LogCaptureFixture
):
    one_machine.mkdir()
    announce()
    board.mark("poll:1")
    assert announced() is None
    assert board.marks(["poll:1"]) is None
    assert "the database is asked each time" in caplog.text
