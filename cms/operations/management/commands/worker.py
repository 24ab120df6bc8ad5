from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from cms.operations.scheduler import scheduling
from cms.operations.tasks import SurvivingWorker


class Command(db_worker.Command):
    help = (
        "Carry out tasks, and start what is due by the clock; outlives errors of the database, and takes back the "
        "tasks of workers that died."
    )

    def handle(self, *, queue_name: str, exclude_queues: str, verbosity: int, **options: Any) -> None:
        self.configure_logging(verbosity)
        names = ("interval", "batch", "backend_name", "startup_delay", "max_tasks", "worker_id")
        worker = SurvivingWorker(
            queue_names=queue_name.split(","),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
            **{name: options[name] for name in names},
        )
        worker.configure_signals()
        with scheduling():
            worker.run()
