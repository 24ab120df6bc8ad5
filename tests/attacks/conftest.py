from __future__ import annotations

import pytest

from tests.client import GraphQLClient


@pytest.fixture
def graphql(db: None) -> GraphQLClient:
    """A client that reads the media type in which request errors have a status of their own."""
    return GraphQLClient(accept="application/graphql-response+json")
