from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "cms.operations"
    label = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from cms.operations import checks, collectors  # noqa: F401 - registers them
        from cms.operations.clock import by_the_clock
        from cms.operations.installation import record_in_production, verify_once
        from cms.operations.logs import log_uncaught
        from cms.operations.spreadsheets import adapt_exports
        from cms.operations.statements import count_statements

        if settings.CMS_ENVIRONMENT == "production":
            log_uncaught()
        adapt_exports()
        count_statements()
        for command in ("clearsessions", "prune_db_task_results"):
            by_the_clock(command, at=1)
        connection_created.connect(verify_once, dispatch_uid="cms.operations.installation")
        post_migrate.connect(record_in_production, sender=self, dispatch_uid="cms.operations.installation")
