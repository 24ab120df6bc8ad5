from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.operations.locks import exclusive
from cms.operations.waiting import wait_for_database


class Command(BaseCommand):
    help = (
        "Make this version ready to start: check the settings, apply migrations, collect static files. "
        "Several machines may do it at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-static", action="store_true", help="collect no static files: the image has them already"
        )

    def handle(self, *, no_static: bool, **options: Any) -> None:
        wait_for_database(say=self.stderr.write)
        call_command("check", deploy=True, stdout=self.stdout, stderr=self.stderr)
        with exclusive("release", waiting=lambda: self.stderr.write("waits for a release that is under way")):
            call_command("migrate", interactive=False, verbosity=0)
        if not no_static:
            call_command("collectstatic", interactive=False, verbosity=0)
