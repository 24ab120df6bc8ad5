from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.invalidation.edge.failures import PurgeFailed
from cms.invalidation.edge.purge import edges


class Command(BaseCommand):
    help = "Purge answers from the edge caches: all of them, or those with some tags."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--all", action="store_true", help="all answers")
        what.add_argument("--tag", action="append", help="a tag, such as page:12; may be given several times")

    def handle(self, *args: Any, **options: Any) -> None:
        if not edges():
            raise CommandError("There is no edge cache: set VARNISH_URLS, FASTLY_SERVICE or CLOUDFLARE_ZONE.")
        for name, edge in edges().items():
            try:
                edge.purge_all() if options["all"] else edge.purge_tags(options["tag"])
            except PurgeFailed as error:
                raise CommandError(f"{name} was not purged: {error}") from error
            self.stdout.write(f"{name}: purged")
