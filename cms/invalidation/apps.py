from __future__ import annotations

from django.apps import AppConfig


class InvalidationConfig(AppConfig):
    name = "cms.invalidation"
    label = "invalidation"

    def ready(self) -> None:
        from cms.invalidation import capture
        from cms.invalidation.edge import purge
        from cms.operations.backup.rebuilding import after_restore

        after_restore("forget_answers")
        capture.install()
        purge.connect()
