"""Reading content on the replica of the database, for a request that may (`cms/invalidation/replica.py`).

Only statements whose every table is content go there: of these the log of changes tells which state the replica shows.
Votes, visits and all else are read on the primary. What the replica does not answer, the primary does: both show at
least the content of the answer's version.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import InterfaceError, OperationalError

from cms.graphql.sql.cache_tags import is_of_content
from cms.graphql.sql.compiled import BoundQuery
from cms.graphql.sql.failures import Failure, is_timeout
from cms.graphql.sql.multi_query import attempt
from cms.invalidation.replica import report_away
from cms.operations.replica import ALIAS, breaker

Asked = BoundQuery | Failure
Answered = list[Any] | Failure


def fetch_content(asked: Sequence[Asked]) -> list[Answered]:
    """As `attempt`, with what is content alone read on the replica."""
    content = [each for each in asked if isinstance(each, BoundQuery) and is_of_content(each.query)]
    answers = _on_replica(content) if content else []
    kept = {id(each): rows for each, rows in zip(content, answers, strict=True) if _is_final(rows)}
    rest = [each for each in asked if id(each) not in kept]
    kept |= dict(zip(map(id, rest), attempt(rest), strict=True)) if rest else {}
    return [kept[id(each)] for each in asked]


def _on_replica(asked: Sequence[BoundQuery]) -> list[Answered]:
    if breaker.is_open:
        return [Failure(InterfaceError("the replica is left alone"))] * len(asked)
    try:
        return attempt(asked, using=ALIAS)
    except (InterfaceError, OperationalError) as error:
        # It is away, or has cancelled the statement to replay what it had to.
        report_away(error)
        return [Failure(error)] * len(asked)


def _is_final(answer: Answered) -> bool:
    # What takes too long on one takes too long on the other.
    return not isinstance(answer, Failure) or is_timeout(answer.error)
