"""The queue of tasks: what waits already is not queued again, and a command can hold tasks back to do them in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResult, task_backends
from django_tasks.backends.dummy import DummyBackend
from django_tasks.utils import normalize_json
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult


class JoiningBackend(DatabaseBackend):
    """Queues a task once for as long as it waits, if its path is among the option `joined`.

    Such a task reads what it works on when it runs: one that waits sees what was changed in the meantime, too.
    """

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        waiting = self._waiting(task, args, kwargs) if task.module_path in self.options["joined"] else None
        return waiting.task_result if waiting else super().enqueue(task, args, kwargs)

    def _waiting(self, task: Any, args: Any, kwargs: Any) -> DBTaskResult | None:
        tasks = DBTaskResult.objects.filter(
            status="READY",
            backend_name=self.alias,
            queue_name=task.queue_name,
            task_path=task.module_path,
            args_kwargs=normalize_json({"args": args, "kwargs": kwargs}),
        )
        if not connections[tasks.db].in_atomic_block:
            return tasks.first()
        # No worker begins with it before this transaction has ended, or it would not see the change.
        return tasks.get_locked()


@contextmanager
def held_tasks() -> Iterator[list[TaskResult]]:
    """Hold back what this thread enqueues within: the list has it in the end, and whoever asked for it does it."""
    backend = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
    task_backends[DEFAULT_TASK_BACKEND_ALIAS] = held = DummyBackend(DEFAULT_TASK_BACKEND_ALIAS, {})
    try:
        yield held.results
    finally:
        task_backends[DEFAULT_TASK_BACKEND_ALIAS] = backend
