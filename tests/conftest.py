from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import TransactionTestCase

from cms.graphql.cache.middleware import request_index
from cms.graphql.cache.store import response_cache
from cms.graphql.operation.persisted import apq_store
from cms.graphql.sql.prepared import usage
from cms.invalidation.tag_versions import tag_versions
from cms.operations.rate_limiter import rate_limiter
from cms.operations.redis import breaker
from tests import databases
from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.factories.articles import article_list
from tests.factories.home import HomePageFactory


def _environment() -> set[tuple[str, str]]:
    return {each for each in os.environ.items() if not each[0].startswith("PYTEST_")}


#: The environment, before any module of tests is imported.
ENVIRONMENT = _environment()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-database", action="store_true", help="leave out what runs on one database (docs/testing.md)"
    )


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test by the beginning of a long text: each process sends all names, and one text has a megabyte."""
    return ascii(val[:60])[1:-1] if isinstance(val, str) and len(val) > 80 else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--second-database"):
        return
    left_out = [item for item in items if item.get_closest_marker("one_database")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("one_database")]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Keep the collector away from what has been loaded, which stays: a fifteenth of a test's time."""
    gc.collect()
    gc.freeze()
    # Servers and commands that tests start have the environment of the tests.
    changed = {name for name, _value in ENVIRONMENT ^ _environment()}
    assert not changed, f"a module that tests import sets {', '.join(sorted(changed))} when it is imported"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what repeats the operations that tests/oracle has made up for this run alone."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    if any(getattr(each, "nodeid", "").startswith("tests/oracle/test_answers") for each in reports):
        terminalreporter.write_line(f"ORACLE_SEED={oracle_seed(config)} asks the same operations again")


def oracle_seed(config: pytest.Config) -> str:
    """ORACLE_SEED, or the seed of pytest-randomly, which all processes of a run have from one."""
    return os.environ.get("ORACLE_SEED") or str(config.getoption("randomly_seed", 0))


@pytest.fixture(autouse=True)
def own_files(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> None:
    """Each test writes its files where no other looks, and begins with nothing kept."""
    # What a module's content is made of has its files elsewhere.
    if not {"demo", "nasty"} & set(request.fixturenames):
        settings.MEDIA_ROOT = tmp_path
    cache.clear()
    breaker.reset()
    rate_limiter.clear()
    response_cache.clear()
    request_index.clear()
    tag_versions.forget()
    apq_store.forget()
    usage.reset()


@pytest.fixture
def graphql(db: None) -> GraphQLClient:
    return GraphQLClient()


@pytest.fixture
def unlimited(no_rate_limits: None, settings: LazySettings) -> None:
    """Requests may ask for as much as they like, and as often."""
    settings.CMS_GRAPHQL_LIMITS = dict.fromkeys(settings.CMS_GRAPHQL_LIMITS, 10**9)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of pytest-django's: a copy of a database that is made once for all processes (docs/testing.md)."""
    stack = ExitStack()
    with django_db_blocker.unblock():
        stack.enter_context(databases.connected(stack.enter_context(databases.copied("roles"))))
        contents = databases.Contents()
    # The seam that Django has for it: what a test has committed is taken back here.
    stack.enter_context(pytest.MonkeyPatch.context()).setattr(
        TransactionTestCase, "_fixture_teardown", lambda test: contents.restore()
    )
    yield
    with django_db_blocker.unblock():
        stack.close()


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
def tree(transactional_db: None) -> None:
    """A database in which is committed what migrations have made, a language and the roots of the trees, and the roles."""


@pytest.fixture(scope="module")
def fresh(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A database that was migrated, and in which nobody has set up anything."""
    with (
        django_db_blocker.unblock(),
        databases.copied("migrated", purpose="fresh") as name,
        databases.connected(name),
        databases.rolled_back(tmp_path_factory.mktemp("media")),
    ):
        yield


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """For fixtures that make content once for a module: it is rolled back after the module, as a test's own is after it.

    All tests of the module find that content, without its files, and none of them may commit.
    """
    with django_db_blocker.unblock(), databases.rolled_back(tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="module")
def empty_portal(shared: None) -> None:
    """A home page and a list of articles below it, with nothing in them."""
    HomePageFactory()
    article_list()


@pytest.fixture(scope="session")
def demo_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), databases.copied("demo") as name:
        yield name


@pytest.fixture(scope="module")
def demo(
    demo_database: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demonstration's content; what a module changes in it is rolled back after the module."""
    media = tmp_path_factory.mktemp("media")
    shutil.copytree(databases.media(), media, dirs_exist_ok=True)
    with (
        django_db_blocker.unblock(),
        databases.connected(demo_database),
        databases.rolled_back(media),
    ):
        yield
