from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from wagtail.models import Collection, Locale, Page

from cms.graphql.answers import answers
from cms.graphql.frontdoor import request_index
from cms.graphql.persisted import registered
from cms.invalidation.tag_versions import tag_versions
from cms.operations.rate_limiter import rate_limiter
from cms.operations.redis import breaker
from tests.accelerators import switch
from tests.client import GraphQLClient


@pytest.fixture(autouse=True)
def own_files(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> None:
    """Each test writes its files where no other looks, and begins with nothing kept."""
    if "demo" not in request.fixturenames:
        settings.MEDIA_ROOT = tmp_path
    cache.clear()
    breaker.reset()
    rate_limiter.clear()
    answers.clear()
    request_index.clear()
    tag_versions.forget()
    registered.forget()


@pytest.fixture
def graphql(db: None) -> GraphQLClient:
    return GraphQLClient()


@pytest.fixture
def unlimited(no_rate_limits: None, settings: LazySettings) -> None:
    """Requests may ask for as much as they like, and as often."""
    settings.CMS_GRAPHQL_LIMITS = dict.fromkeys(settings.CMS_GRAPHQL_LIMITS, 10**9)


@pytest.fixture
def no_rate_limits(settings: LazySettings) -> None:
    """A reader may ask as often as they like."""
    settings.CMS_RATE_LIMITS = {}


@pytest.fixture
def countable(no_rate_limits: None, settings: LazySettings) -> None:
    """Statements can be counted and read.

    The rate limiter, whose statements go by the clock, asks nothing, and PostgreSQL gets the text of each statement
    instead of the name of a prepared one.
    """
    switch(settings, prepared_statements=False)


@pytest.fixture
def figures_now(settings: LazySettings) -> None:
    """Figures that move are read for each answer.

    What moves them in a test's transaction, which is never committed, is announced to nobody; and visits are shown some
    seconds late.
    """
    settings.CMS_LIVE_FIGURES_SECONDS = 0


@pytest.fixture
def tree(transactional_db: None) -> None:
    """What a database has after its migrations, and lacks after a test that flushed it: a language and the roots."""
    plant()


def plant() -> None:
    """Make a language and the roots of pages and collections, where there are none."""
    Locale.objects.get_or_create(language_code="vi")
    if Page.get_first_root_node() is None:
        Page.add_root(title="Trang gốc", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Kho chung")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration's content, loaded once for a module and rolled back after it."""
    with (
        django_db_blocker.unblock(),
        TemporaryDirectory() as media,
        override_settings(MEDIA_ROOT=media, DEBUG=True),
        transaction.atomic(),
    ):
        plant()
        call_command("load_demo", stdout=StringIO())
        # What waits for a commit does not run in a transaction that is rolled back.
        call_command("reindex_search", stdout=StringIO())
        yield
        transaction.set_rollback(True)
