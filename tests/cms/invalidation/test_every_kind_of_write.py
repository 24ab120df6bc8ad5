"""After a write of any kind that Django, Wagtail or a statement of our own makes, no kept answer is older."""

from __future__ import annotations

import pytest

from tests.client import GraphQLClient
from tests.cms.invalidation.writes import CHANGES, Portal, assert_nothing_is_stale, next_id, portal


@pytest.fixture(scope="module")
def content(shared: None) -> Portal:
    return portal()


@pytest.fixture
def made(content: Portal, db: None) -> Portal:
    """The content, and the id of the next page: no rollback takes back ids that earlier tests were given."""
    rows = {name: row for name, row in vars(content).items() if name != "next_id"}
    fresh = {name: type(row).objects.get(pk=row.pk) for name, row in rows.items()}
    return Portal(**fresh, next_id=next_id())


@pytest.mark.parametrize("name", CHANGES)
def test_no_answer_is_stale_after_a_write(graphql: GraphQLClient, made: Portal, name: str):
    assert_nothing_is_stale(graphql, made, CHANGES[name])
