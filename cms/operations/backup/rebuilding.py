"""What follows a restore: nothing of before is left, and what is made from content is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from redis.exceptions import RedisError

from cms.operations.models import RateCount, WorkerHeartbeat

#: Commands, and whether they need the keys that rows were signed with; apps add theirs when they are ready.
COMMANDS: dict[str, bool] = {}


def after_restore(command: str, *, needs_keys: bool = False) -> None:
    """Let a restore end with a command that makes anew what an app has made from content, or checks it."""
    COMMANDS[command] = needs_keys


def forget_the_moment() -> None:
    """Delete what was true only when the backup was made: sessions, caches, counts of requests, signs of life."""
    Session.objects.all().delete()  # also of who has logged out since
    RateCount.objects.all().delete()
    WorkerHeartbeat.objects.all().delete()
    try:
        cache.clear()
    except RedisError as error:
        raise CommandError(
            f"Redis could not be emptied: {error}. Empty it before the server starts."
        ) from error


def rebuild(*, has_keys: bool) -> Iterator[tuple[str, str]]:
    """Run the commands one after the other; each with what it failed by, empty where it did not."""
    for command in [each for each, needs_keys in COMMANDS.items() if has_keys or not needs_keys]:
        try:
            call_command(command, stdout=StringIO())
        except Exception as error:  # noqa: BLE001 - the others are due all the same
            yield command, str(error) or type(error).__name__
        else:
            yield command, ""
