"""Which command is due by the clock, and who may start it: asked as workers ask, at moments that are given."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import get_commands
from django.utils import timezone

from cms.operations.clock import JOBS, Daily, Job, Repeated, claim
from cms.operations.models import CommandRun
from cms.operations.scheduler import Scheduler

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


def test_one_that_never_ran_is_made_up_for_on_the_day_after_the_installation():
    assert not claim(EACH_NIGHT, NOON)
    assert not claim(EACH_NIGHT, NOON + timedelta(hours=5))  # then the machine is off until nine
    assert claim(EACH_NIGHT, NOON + timedelta(hours=21))


def test_two_workers_whose_clocks_differ_start_a_daily_command_once():
    claim(EACH_NIGHT, NOON)
    night, ahead = NOON + timedelta(hours=14), timedelta(minutes=2)
    assert claim(EACH_NIGHT, night + ahead)
    ended(EACH_NIGHT, night + ahead + timedelta(seconds=20))
    assert not claim(EACH_NIGHT, night + timedelta(seconds=30))


@pytest.mark.parametrize("job", [EACH_MINUTE, EACH_NIGHT])
def test_a_start_that_a_wrong_clock_wrote_into_the_future_keeps_nothing_from_it(job: Job):
    CommandRun.objects.create(
        command=job.command, started_at=NOON + timedelta(days=400), ended_at=NOON + timedelta(days=400)
    )
    assert [claim(job, NOON), claim(job, NOON)] == [True, False]


def test_what_no_process_could_be_made_for_is_due_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def no_memory(_command: list[str]) -> None:
        raise OSError(12, "Cannot allocate memory")

    long_ones = {name for name, job in JOBS.items() if isinstance(job, Daily)}
    CommandRun.objects.bulk_create(
        CommandRun(command=name, started_at=None if name == "check_links" else timezone.now())
        for name in long_ones
    )
    monkeypatch.setattr(subprocess, "Popen", no_memory)

    Scheduler().tick()

    assert CommandRun.objects.get(command="check_links").started_at is None
    assert [each.getMessage() for each in caplog.records if each.levelname == "ERROR"] == [
        "check_links, which is due by the clock, could not be started: [Errno 12] Cannot allocate memory"
    ]
    assert CommandRun.objects.get(command="publish_scheduled").ended_at is not None


def test_every_command_that_the_clock_starts_is_there():
    assert {"publish_scheduled", "sweep_previews", "clearsessions", "check_links"} <= JOBS.keys()
    assert JOBS.keys() <= get_commands().keys()
