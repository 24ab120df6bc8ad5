"""Whether the replica of the database may be asked: only while it shows the content that a request knows.

A streaming replica is behind by what it has not replayed yet. It has the log of changes (`models.py`) as well, in which
each change of content stands from the same commit on: a replica whose last entry is the one that this process knows
shows all changes up to it. So no answer is older than its version, however far behind the replica falls.
"""

from __future__ import annotations

import logging

from django.db import Error
from prometheus_client import Counter

from cms.invalidation.snapshot import Snapshot
from cms.invalidation.tag_versions import read_version
from cms.operations.replica import ALIAS, breaker, is_configured

logger = logging.getLogger(__name__)

ASKED = Counter(
    "cms_replica_answers",
    "Answers that were made anew: the replica was used, or it was behind or away, and the primary was.",
    ["outcome"],
)
USED, BEHIND, AWAY = (ASKED.labels(outcome) for outcome in ("used", "behind", "away"))


def shows(snapshot: Snapshot) -> bool:
    """Whether the replica shows all changes of content that `snapshot` knows, from now on."""
    if not is_configured():
        return False
    if breaker.is_open:
        AWAY.inc()
        return False
    try:
        is_current = read_version(ALIAS) == snapshot.last_change
    except Error as error:
        report_away(error)
        return False
    (USED if is_current else BEHIND).inc()
    return is_current


def report_away(error: Exception) -> None:
    """Note that the replica did not answer: the primary is asked for some seconds."""
    AWAY.inc()
    logger.warning("the replica did not answer, the primary is asked: %s", " ".join(str(error).split()))
    breaker.trip()
