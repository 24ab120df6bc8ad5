from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import oracle_seed
from tests.oracle.comparing import Oracle
from tests.oracle.content import nasty_content


@pytest.fixture(scope="module")
def nasty(shared: None) -> None:
    """The nasty content, made once for a module."""
    nasty_content()


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
