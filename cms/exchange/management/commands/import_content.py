from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from cms.exchange.files import Files, FolderFiles, ZipFiles
from cms.exchange.formats.reading import Row, check_size, read_rows, records_in
from cms.exchange.importing import Importer, Result
from cms.exchange.resources.models import Action

#: Rows between two words on how far it is.
PROGRESS = 100


class Command(BaseCommand):
    help = (
        "Import content from .jsonl, .csv, .xlsx or a .zip of one with files. Rows that are refused are told of with "
        "line and reason; the others are kept. Run again, it goes on: what is there and says the same is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--type", default="", help="The type of rows that say none, e.g. article.")
        parser.add_argument(
            "--files", type=Path, help="The folder that paths of pictures and documents begin at."
        )
        parser.add_argument("--publish", action="store_true", help="Publish what is not marked as a draft.")
        parser.add_argument(
            "--user", default="", help="Import in the name of this login, with its rights only."
        )
        parser.add_argument(
            "--preview", action="store_true", help="Say what would happen, and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as stack:
            if not translation.get_language():
                stack.enter_context(translation.override("vi"))
            try:
                rows, files = _read(options["file"], options["type"], options["files"], stack)
            except (OSError, ValidationError) as error:
                raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
            importer = Importer(
                rows,
                files=files,
                user=_user(options["user"]),
                publishes=options["publish"],
                is_trial=options["preview"],
            )
            counts = self._run(importer, shows_all=options["preview"])
        told = ", ".join(f"{action.value} {counts[action]}" for action in Action)
        self.stdout.write(f"{'would be: ' if options['preview'] else ''}{told}")
        if counts[Action.REFUSED]:
            raise CommandError(f"{counts[Action.REFUSED]} of {len(rows)} rows were refused.")

    def _run(self, importer: Importer, *, shows_all: bool) -> Counter[Action]:
        counts: Counter[Action] = Counter()
        for number, result in enumerate(importer.results(), start=1):
            counts[result.action] += 1
            if result.reason or (shows_all and result.action != Action.UNCHANGED):
                self._tell(result)
            if number % PROGRESS == 0:
                self.stderr.write(f"{number} of {len(importer.rows)}")
        return counts

    def _tell(self, result: Result) -> None:
        what = f"{result.kind} {result.title}".strip()
        told = [
            f"line {result.row.place}",
            result.action.value,
            what,
            result.reason or ", ".join(result.changed),
        ]
        style = self.style.ERROR if result.action == Action.REFUSED else str
        self.stdout.write(style(": ".join(filter(None, told))))


def _read(path: Path, kind: str, folder: Path | None, stack: ExitStack) -> tuple[list[Row], Files]:
    if path.suffix.lower() == ".zip":
        archive = ZipFiles(stack.enter_context(path.open("rb")))
        return read_rows(*records_in(archive), kind=kind), archive
    check_size(path.stat().st_size)
    if folder is not None and not folder.is_dir():
        raise CommandError(f"{folder} is no folder.")
    return read_rows(path.name, path.read_bytes(), kind=kind), FolderFiles(folder) if folder else Files()


def _user(name: str) -> Any:
    if not name:
        return None
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no login {name}.")
    return user
