from __future__ import annotations

from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from graphql import GraphQLError

from cms.graphql.operation.manifest import FILE, manifest_text


class Command(BaseCommand):
    requires_system_checks = ()  # one of them wants the file that this writes
    help = "Write frontend/persisted-operations.json, the manifest of the frontends' operations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only fail if the file would change.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = manifest_text()
        except (GraphQLError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["check"]:
            if not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
                raise CommandError(f"{FILE.name} is out of date. Write it with: manage.py export_operations")
            return
        FILE.write_text(text, encoding="utf-8")
        self.stdout.write(f"{FILE.name}: {len(orjson.loads(text)['operations'])} operations")
