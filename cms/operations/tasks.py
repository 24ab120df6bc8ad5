"""The worker for tasks: what `django-tasks-db` leaves to whoever runs it.

It outlives errors of the database, tells that it is alive, and takes back tasks whose worker died.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from datetime import timedelta
from functools import partial
from threading import Event

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cms.operations.clock import SKEW
from cms.operations.logs import request_id
from cms.operations.metrics import TASKS
from cms.operations.models import WorkerHeartbeat
from cms.operations.periodic import beside
from cms.operations.tracing import span

logger = logging.getLogger(__name__)

#: Seconds between two signs of life, and without one after which a worker counts as dead.
BEAT, DEAD_AFTER = 10, 60
#: Seconds between two tries while the database does not answer.
RETRY = 1.0
#: Wagtail's tasks about an object, which they are told by its app, model and key.
OF_OBJECTS = {"modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task"}
#: Workers that a task may have ended before it counts as failed.
MAX_ATTEMPTS = 3


class SurvivingWorker(Worker):
    """Goes on after errors of the database."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Carry out a task: counted, traced, and with its id in the lines that it logs."""
        path = db_task_result.task_path
        token = request_id.set(f"task-{db_task_result.id}")
        try:
            with span("task", {"cms.task": path}) as traced:
                if _is_of_nothing(db_task_result):
                    db_task_result.set_successful(None)
                else:
                    super().run_task(db_task_result)
                status = str(db_task_result.status).lower()
                if traced:
                    traced.set_attribute("cms.task.status", status)
            TASKS.labels(path, status).inc()
        finally:
            request_id.reset(token)

    def run(self) -> None:
        with beside(partial(_beat_until, self.worker_id), name="heartbeat", grace=BEAT):
            while self.running:
                try:
                    super().run()
                except (DatabaseError, InterfaceError) as error:
                    logger.warning("the worker for tasks goes on when the database answers: %s", error)
                    self._recover()
                else:
                    return

    def _recover(self) -> None:
        self.startup_delay = False
        while self.running:
            connections.close_all()
            try:
                # What was under way could not be noted as done or failed.
                take_back([self.worker_id])
            except (DatabaseError, InterfaceError):
                time.sleep(RETRY)
            else:
                return


def _is_of_nothing(task: DBTaskResult) -> bool:
    """Whether the object that the task is about was deleted meanwhile; those of `OF_OBJECTS` would fail."""
    if task.task_path not in OF_OBJECTS:
        return False
    try:
        app_label, model, pk = task.args_kwargs["args"]
        return not apps.get_model(app_label, model)._base_manager.filter(pk=pk).exists()
    except (LookupError, ValueError):
        # Queued by a release with other models: it fails as any other does, and ends no worker.
        return False


def take_back(dead: Collection[str]) -> int:
    """Let other workers carry out the tasks that these had begun; how many."""
    running = DBTaskResult.objects.running()
    found = [each for each in running if each.worker_ids and each.worker_ids[-1] in dead]
    for each in found:
        is_over = len(each.worker_ids) >= MAX_ATTEMPTS
        if is_over:
            each.set_failed(RuntimeError(f"{len(each.worker_ids)} workers ended while they carried it out"))
        else:
            running.filter(pk=each.pk).update(status=TaskResultStatus.READY, started_at=None)
        logger.warning(
            "the worker of task %s ended: it is %s", each.id, "failed" if is_over else "taken back"
        )
    return len(found)


def beat(worker: str) -> None:
    """Tell that a worker is alive, and take back the tasks of those that are not."""
    now = timezone.now()
    WorkerHeartbeat.objects.update_or_create(worker=worker, defaults={"seen_at": now})
    alive = set(_alive().values_list("worker", flat=True))
    owners = {ids[-1] for ids in DBTaskResult.objects.running().values_list("worker_ids", flat=True) if ids}
    if owners - alive:
        take_back(owners - alive)
    WorkerHeartbeat.objects.exclude(worker__in=alive).filter(seen_at__lt=now - timedelta(days=1)).delete()


def is_worker_alive() -> bool:
    """Whether some worker for tasks is alive; True where tasks need none."""
    if not uses_workers():
        return True
    return _alive().exists()


def uses_workers() -> bool:
    """Whether tasks are rows of the database, for workers."""
    return issubclass(import_string(settings.TASKS["default"]["BACKEND"]), DatabaseBackend)


def queue() -> tuple[int, float]:
    """Tasks that wait, and for how many seconds the oldest of them has."""
    waiting = DBTaskResult.objects.ready()
    oldest = waiting.aggregate(oldest=Min("enqueued_at"))["oldest"]
    return waiting.count(), (timezone.now() - oldest).total_seconds() if oldest else 0.0


def _alive() -> QuerySet[WorkerHeartbeat]:
    now = timezone.now()
    return WorkerHeartbeat.objects.filter(
        seen_at__gt=now - timedelta(seconds=DEAD_AFTER), seen_at__lte=now + SKEW
    )


def _beat_until(worker: str, ends: Event) -> None:
    while True:
        try:
            close_old_connections()
            beat(worker)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the worker for tasks could not tell that it is alive: %s", error)
            connections.close_all()
        except Exception:  # others would take back what this worker does
            logger.exception("the worker for tasks could not tell that it is alive")
        if ends.wait(BEAT):
            break
    try:
        WorkerHeartbeat.objects.filter(worker=worker).delete()
    except (DatabaseError, InterfaceError):
        pass
    finally:
        connections.close_all()
