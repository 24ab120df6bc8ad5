from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from polls.integrity.verification import Report, recount, verify
from polls.models import Poll


class Command(BaseCommand):
    help = (
        "Recount polls and check the chains of their ballots; fails where something is not as it should be."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("polls", nargs="*", type=int, metavar="ID", help="only these polls")
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="DIGEST",
            help="a digest that was published or written down: it must still be in the chain of one of the polls",
        )
        parser.add_argument(
            "--recount", action="store_true", help="where a tally is wrong, make it what the ballots say"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        polls = Poll.objects.order_by("pk")
        if options["polls"]:
            polls = polls.filter(pk__in=options["polls"])
            if missing := set(options["polls"]) - set(polls.values_list("pk", flat=True)):
                raise CommandError(f"there is no poll {', '.join(map(str, sorted(missing)))}")
        reports = [self._report(poll, recounts=options["recount"]) for poll in polls]
        known = {digest for report in reports for digest in report.digests}
        lost = [digest for digest in options["head"] if digest not in known]
        for digest in lost:
            self.stdout.write(
                self.style.ERROR(f"no chain holds {digest}: ballots up to it were changed or removed")
            )
        wrong = sum(1 for report in reports if report.findings) + len(lost)
        if wrong:
            raise CommandError(f"{wrong} of {len(reports)} polls are not as they should be")
        self.stdout.write(self.style.SUCCESS(f"{len(reports)} polls are as they should be"))

    def _report(self, poll: Poll, *, recounts: bool) -> Report:
        report = verify(poll)
        self.stdout.write(
            f"poll {poll.pk}: {report.ballots} ballots, {report.counted} counted, {report.replaced} replaced, "
            f"{report.set_aside} set aside, {report.waiting} not sealed yet, {report.seals} seals, "
            f"head {report.head or '-'}"
        )
        for finding in report.findings:
            self.stdout.write(self.style.ERROR(f"  {finding}"))
        if report.findings and recounts:
            recount(poll)
            self.stdout.write("  the tally is now what the ballots say")
        return report
