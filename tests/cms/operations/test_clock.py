"""Which command is due by the clock, and who may start it: asked as workers ask, at moments that are given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import get_commands

from cms.operations.clock import JOBS, Daily, Job, Repeated, claim
from cms.operations.models import CommandRun

pytestmark = pytest.mark.django_db

#: Noon in Viet Nam.
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
EACH_MINUTE = Repeated("publish_scheduled", every=timedelta(minutes=1))
EACH_NIGHT = Daily("check_links", at=2)


def ended(job: Job, at: datetime) -> None:
    CommandRun.objects.filter(command=job.command).update(ended_at=at)


def test_of_two_workers_one_starts_what_is_due():
    assert [claim(EACH_MINUTE, NOON), claim(EACH_MINUTE, NOON)] == [True, False]


def test_what_has_ended_is_due_again_after_its_period():
    claim(EACH_MINUTE, NOON)
    ended(EACH_MINUTE, NOON)
    assert not claim(EACH_MINUTE, NOON + timedelta(seconds=59))
    assert claim(EACH_MINUTE, NOON + timedelta(seconds=60))


def test_what_a_killed_worker_had_started_is_due_again_after_five_periods():
    claim(EACH_MINUTE, NOON)
    assert not claim(EACH_MINUTE, NOON + timedelta(minutes=4))
    assert claim(EACH_MINUTE, NOON + timedelta(minutes=5))


def test_a_daily_command_runs_once_a_night_and_not_on_the_day_of_the_installation():
    assert not claim(EACH_NIGHT, NOON)
    night = NOON + timedelta(hours=14)  # two o'clock
    assert not claim(EACH_NIGHT, night - timedelta(minutes=1))
    assert claim(EACH_NIGHT, night)
    ended(EACH_NIGHT, night + timedelta(minutes=20))
    assert not claim(EACH_NIGHT, night + timedelta(hours=3))
    assert not claim(EACH_NIGHT, night + timedelta(hours=23))
    assert claim(EACH_NIGHT, night + timedelta(hours=24))


def test_a_night_that_was_missed_is_made_up_for_in_the_day():
    claim(EACH_NIGHT, NOON - timedelta(hours=34))
    ended(EACH_NIGHT, NOON - timedelta(hours=33))
    assert claim(EACH_NIGHT, NOON)


def test_every_command_that_the_clock_starts_is_there():
    assert {"publish_scheduled", "sweep_previews", "clearsessions", "check_links"} <= JOBS.keys()
    assert JOBS.keys() <= get_commands().keys()
