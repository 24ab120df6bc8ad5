from __future__ import annotations

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django_tasks_db.management.commands import db_worker

from cms.operations.scheduler import scheduling
from cms.operations.tasks import SurvivingWorker, uses_workers


class Command(db_worker.Command):
    help = (
        "Carry out tasks, and start what is due by the clock; outlives errors of the database, and takes back the "
        "tasks of workers that died. Where tasks are done within the request, only the clock is left to it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        if uses_workers():
            super().add_arguments(parser)

    def handle(
        self, *, verbosity: int, queue_name: str = "", exclude_queues: str = "", **options: Any
    ) -> None:
        with scheduling():
            if uses_workers():
                self.configure_logging(verbosity)
                _carry_out_tasks(queue_name, exclude_queues, **options)
            else:
                _wait_for_the_end()


def _carry_out_tasks(queue_name: str, exclude_queues: str, **options: Any) -> None:
    names = ("interval", "batch", "backend_name", "startup_delay", "max_tasks", "worker_id")
    worker = SurvivingWorker(
        queue_names=queue_name.split(","),
        excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
        **{name: options[name] for name in names},
    )
    worker.configure_signals()
    worker.run()


def _wait_for_the_end() -> None:
    ends = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_arguments: ends.set())
    ends.wait()
