from __future__ import annotations

import pytest
from django.test import Client

from tests.client import AGENT, GraphQLClient


@pytest.fixture
def graphql(db: None) -> GraphQLClient:
    """A client that reads the media type in which request errors have a status of their own."""
    client = GraphQLClient()
    client.http = Client(headers={"user-agent": AGENT, "accept": "application/graphql-response+json"})
    return client
