from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.operations.locks import exclusive


class Command(BaseCommand):
    help = (
        "Make this version ready to start: check the settings, apply migrations, collect static files. "
        "Several machines may do it at once."
    )

    def handle(self, **options: Any) -> None:
        call_command("wait_for_database", stdout=self.stdout, stderr=self.stderr)
        call_command("check", deploy=True, stdout=self.stdout, stderr=self.stderr)
        with exclusive("release", waiting=lambda: self.stderr.write("waits for a release that is under way")):
            call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
