"""The streaming replica of the database, where there is one: whether it may be asked, and how far it is behind."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, connections

from cms.operations.redis import CircuitBreaker

#: Its name in DATABASES. No router leads there: only who names it asks it.
ALIAS = "replica"
#: A replica that did not answer is left alone for so many seconds.
breaker = CircuitBreaker(pause=5.0)

PRIMARY_POSITION = "SELECT pg_current_wal_lsn()::text"
REPLICA_POSITION = (
    "SELECT pg_is_in_recovery(), COALESCE(GREATEST(pg_wal_lsn_diff(%s, pg_last_wal_replay_lsn()), 0), 0),"
    " COALESCE(EXTRACT(EPOCH FROM now() - pg_last_xact_replay_timestamp()), 0)"
)


@dataclass(frozen=True)
class Lag:
    """What the replica has not replayed of what the primary has written.

    `seconds` is the age of the last transaction that it has replayed, 0 where `bytes` is 0. `is_standby` is false
    where it replays nothing, such as one that was promoted.
    """

    is_standby: bool
    bytes: int
    seconds: float


def is_configured() -> bool:
    """Whether there is a replica (REPLICA_DATABASE_URL)."""
    return ALIAS in connections.settings


def lag() -> Lag:
    """How far the replica is behind; raises DatabaseError where one of the two does not answer."""
    with connection.cursor() as cursor:
        cursor.execute(PRIMARY_POSITION)
        [position] = cursor.fetchone()
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(REPLICA_POSITION, [position])
        is_standby, behind, seconds = cursor.fetchone()
    return Lag(is_standby, int(behind), float(seconds) if behind else 0.0)
