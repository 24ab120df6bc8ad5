from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.graphql.wagtail.sdl import FILE, schema_text


class Command(BaseCommand):
    help = "Write schema.graphql, the published schema, from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.write_text(schema_text(), encoding="utf-8")
        self.stdout.write(f"{FILE.name}: {len(schema_text().splitlines())} lines")
