from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import databases
from tests.conftest import oracle_seed
from tests.oracle.comparing import Oracle
from tests.oracle.content import nasty_content


@pytest.fixture(scope="module")
def nasty(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The nasty content, made once for a module and rolled back after it."""
    with django_db_blocker.unblock(), databases.rolled_back(tmp_path_factory.mktemp("media")):
        nasty_content()
        yield


@pytest.fixture(scope="module")
def oracle_of_nasty(nasty: None, django_db_blocker: Any) -> Iterator[Oracle]:
    with django_db_blocker.unblock():
        yield Oracle.of_content()


@pytest.fixture(scope="module")
def oracle_of_demo(demo: None, django_db_blocker: Any) -> Iterator[Oracle]:
    with django_db_blocker.unblock():
        yield Oracle.of_content()


@pytest.fixture(scope="session")
def fresh_seed(request: pytest.FixtureRequest) -> str:
    """Another one each run, the same for all processes of it: that of pytest-randomly, unless ORACLE_SEED is given."""
    return oracle_seed(request.config)
