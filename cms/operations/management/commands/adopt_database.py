from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.operations import installation


class Command(BaseCommand):
    help = (
        "Let this database belong to these settings and keys, whatever it belonged to: for a copy of production's, "
        "or where a key is lost."
    )
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        installation.skip_verification()
        return super().create_parser(prog_name, subcommand, **kwargs)

    def handle(self, **options: Any) -> None:
        installation.record(anew=True)
        self.stdout.write("The database belongs to these settings now.")
