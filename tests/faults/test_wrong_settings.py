"""A command that runs with other settings than the database was used with: it is refused before it writes anything."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection

from cms.operations import installation
from cms.operations.models import Installation
from polls.models import Seal
from tests.factories.polls import PollFactory, option_ids
from tests.servers import ROOT, database_url, free_port

SECRET = "for-tests-only-" * 5
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "settings.production",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "0",
}
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("tree", "used_in_production"),
    pytest.mark.one_database,
]


@pytest.fixture
def used_in_production(settings: LazySettings) -> None:
    settings.SECRET_KEY = SECRET
    settings.CMS_ENVIRONMENT = "production"
    installation.record()


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "manage.py", *arguments, **variables)


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database_url(), **variables}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_command_without_its_settings_seals_nothing_and_says_what_to_set():
    result = manage("tend_polls")

    assert result.returncode == 1
    assert "belongs to settings.production, but these are settings.development" in result.stderr
    assert "Set DJANGO_SETTINGS_MODULE=settings.production" in result.stderr
    assert "Traceback" not in result.stderr
    assert not Seal.objects.exists()


def test_another_polls_key_neither_seals_nor_calls_it_fraud():
    for command in ("tend_polls", "verify_polls"):
        result = manage(command, **PRODUCTION, POLLS_KEY="another")
        assert result.returncode == 1, command
        assert "POLLS_KEY is not the one that this database was written with" in result.stderr, command


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"DJANGO_SETTINGS_MODULE": "settings.development"}, "This database belongs to settings.production"),
        ({"POLLS_KEY": "another"}, "POLLS_KEY is not the one that this database was written with"),
    ],
)
def test_a_web_server_with_other_settings_does_not_start(variables: dict[str, str], reason: str):
    result = run("scripts/web", **(PRODUCTION | variables), PORT=str(free_port()))
    assert result.returncode == 1
    assert reason in result.stderr
    assert "Traceback" not in result.stderr


def test_its_own_settings_are_let_in_also_with_the_key_named_apart():
    assert manage("verify_polls", **PRODUCTION).returncode == 0
    assert manage("verify_polls", **PRODUCTION, POLLS_KEY=SECRET).returncode == 0


def test_a_copy_can_be_adopted():
    assert manage("adopt_database").returncode == 0
    assert manage("verify_polls").returncode == 0
    assert manage("verify_polls", **PRODUCTION).returncode == 1


def test_a_key_may_be_set_until_there_are_ballots(settings: LazySettings, graphql):
    settings.CMS_POLLS_KEY = "set before the first poll"
    installation.record()
    kept = Installation.objects.get(name="POLLS_KEY").value
    poll = PollFactory()
    query = "mutation($input: CastVoteInput!) { castVote(input: $input) { errors { code } } }"
    graphql.data(query, input={"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[0])]})

    settings.CMS_POLLS_KEY = "another"
    installation.record()

    assert Installation.objects.get(name="POLLS_KEY").value == kept


def test_migrate_writes_down_what_a_database_belongs_to_only_in_production(settings: LazySettings):
    Installation.objects.all().delete()
    settings.CMS_ENVIRONMENT = "development"
    call_command("migrate", verbosity=0)
    assert not Installation.objects.exists()

    settings.CMS_ENVIRONMENT = "production"
    call_command("migrate", verbosity=0)
    assert Installation.objects.get(name="environment").value == "production"
    assert connection.is_usable()
