"""Whatever is asked of content that is not as it should be: the accelerators change no byte of an answer."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.oracle.comparing import Oracle, all_off, all_on
from tests.oracle.sampling import FIXED_SEED, ask_ours, ask_theirs

pytestmark = pytest.mark.django_db
ACCELERATORS = sorted(settings.CMS_ACCELERATORS)


def test_operations_that_are_the_same_each_run(oracle_of_nasty: Oracle):
    ask_ours(oracle_of_nasty, 0.2, FIXED_SEED)


def test_operations_that_are_new_each_run(oracle_of_nasty: Oracle, fresh_seed: str):
    ask_ours(oracle_of_nasty, 0.2, fresh_seed)


def test_operations_of_hypothesis_that_are_the_same_each_run(oracle_of_nasty: Oracle):
    ask_theirs(oracle_of_nasty, 0.25, FIXED_SEED)


def test_operations_of_hypothesis_that_are_new_each_run(oracle_of_nasty: Oracle, fresh_seed: str):
    ask_theirs(oracle_of_nasty, 0.25, fresh_seed)


@pytest.mark.parametrize("name", ACCELERATORS)
def test_an_accelerator_alone_changes_no_answer(oracle_of_nasty: Oracle, name: str):
    ask_ours(oracle_of_nasty, 0.1 / len(ACCELERATORS), f"{name} on", switches={**all_off(), name: True})


@pytest.mark.parametrize("name", ACCELERATORS)
def test_no_accelerator_needs_another(oracle_of_nasty: Oracle, name: str):
    ask_ours(oracle_of_nasty, 0.1 / len(ACCELERATORS), f"{name} off", switches={**all_on(), name: False})
