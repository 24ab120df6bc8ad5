from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.desk.links.checking import check_inside, check_outside, collect_links
from cms.desk.models import Link


class Command(BaseCommand):
    help = (
        "Find broken links in public pages: those within the CMS, and addresses elsewhere, of which each "
        "host is asked once a second. Those that are due and not asked this time are asked the next."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--most", type=int, default=1000, help="how many addresses are asked at most (1000)"
        )
        parser.add_argument("--minutes", type=float, default=30, help="for how long at most (30)")

        parser.add_argument(
            "--pause", type=float, default=1, help="seconds between two requests to the same host (1)"
        )

    def handle(self, *, most: int, minutes: float, pause: float, **options: Any) -> None:
        if not all(given >= 0 for given in (most, minutes, pause)):
            raise CommandError("--most, --minutes and --pause are numbers from 0 on")
        collect_links()
        check_inside()
        asked = check_outside(most=most, seconds=minutes * 60, pause=pause)
        self.stdout.write(f"{asked} addresses asked, {Link.objects.broken().count()} links are broken")
