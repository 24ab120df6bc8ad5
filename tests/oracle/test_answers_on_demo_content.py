"""Whatever is asked of the demonstration's content: the accelerators change no byte of an answer."""

from __future__ import annotations

import pytest

from tests.oracle.comparing import Oracle
from tests.oracle.sampling import FIXED_SEED, ask_ours, ask_theirs

pytestmark = pytest.mark.django_db


def test_operations_that_are_the_same_each_run(oracle_of_demo: Oracle):
    ask_ours(oracle_of_demo, 0.2, FIXED_SEED)


def test_operations_that_are_new_each_run(oracle_of_demo: Oracle, fresh_seed: str):
    ask_ours(oracle_of_demo, 0.2, fresh_seed)


def test_operations_of_hypothesis_that_are_the_same_each_run(oracle_of_demo: Oracle):
    ask_theirs(oracle_of_demo, 0.25, FIXED_SEED)


def test_operations_of_hypothesis_that_are_new_each_run(oracle_of_demo: Oracle, fresh_seed: str):
    ask_theirs(oracle_of_demo, 0.25, fresh_seed)
