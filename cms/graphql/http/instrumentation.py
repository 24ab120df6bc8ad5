"""What operators see of an operation that is executed: a span of its trace, and a line of the log if it is slow."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from cms.graphql.operation.documents import Document, Operation
from cms.operations.statements import sent_by_thread
from cms.operations.tracing import span

logger = logging.getLogger(__name__)

#: Characters of a name that are shown: clients choose it.
MAX_NAME = 100


@contextmanager
def instrumented(document: Document, operation: Operation, cost: int) -> Iterator[None]:
    """Trace the execution of an operation, and log it if it takes SLOW_OPERATION_MS or longer.

    Neither tells its variables, which may be a voter's.
    """
    name = operation.name[:MAX_NAME]
    with span(
        "graphql.execute",
        {
            "graphql.operation.name": name,
            "graphql.operation.type": operation.node.operation.value,
            "cms.graphql.cost": cost,
        },
    ):
        begun, statements = time.perf_counter(), sent_by_thread()
        try:
            yield
        finally:
            milliseconds = (time.perf_counter() - begun) * 1000
            if 0 < settings.CMS_SLOW_OPERATION_MS <= milliseconds:
                sent = sent_by_thread() - statements
                _log(name or "-", document.digest, milliseconds, cost, sent)


def _log(name: str, digest: str, milliseconds: float, cost: int, statements: int) -> None:
    logger.warning(
        "slow operation %s (%s): %.0f ms, cost %d, %d statements",
        name,
        digest[:12],
        milliseconds,
        cost,
        statements,
        extra={
            "fields": {
                "operation": name,
                "document": digest,
                "milliseconds": round(milliseconds),
                "cost": cost,
                "statements": statements,
            }
        },
    )
