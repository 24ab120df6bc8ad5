from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache

from tests.client import GraphQLClient


@pytest.fixture(autouse=True)
def own_files(settings: LazySettings, tmp_path: Path) -> None:
    """Each test writes its files where no other looks, and begins with an empty cache."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def graphql(db: None) -> GraphQLClient:
    return GraphQLClient()
