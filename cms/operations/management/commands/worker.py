from __future__ import annotations

import logging
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any
from wsgiref.simple_server import WSGIServer

from django.conf import settings
from django_tasks_db.management.commands import db_worker
from prometheus_client import start_http_server

from cms.operations.error_reports import begin_error_reports
from cms.operations.scheduler import scheduling
from cms.operations.tasks import SurvivingWorker, uses_workers
from cms.operations.tracing import begin_tracing

logger = logging.getLogger(__name__)


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
        begin_error_reports()
        begin_tracing()
        show_figures()
        with scheduling():
            if uses_workers():
                if verbosity != 1:  # else LOGGING says what is logged
                    self.configure_logging(verbosity)
                _carry_out_tasks(queue_name, exclude_queues, **options)
            else:
                _wait_for_the_end()


def show_figures() -> WSGIServer | None:
    """Show what this process counts at METRICS_WORKER_PORT; the server, or None for no port and one that is taken."""
    if not (port := settings.CMS_METRICS_WORKER_PORT):
        return None
    try:
        server, _thread = start_http_server(port, addr=settings.CMS_WEB_HOST)
    except OSError as error:
        # Another worker of this machine may have it: tasks go on all the same.
        logger.warning("METRICS_WORKER_PORT: the figures of this worker are not shown: %s", error)
        return None
    return server


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
