from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cms.operations.backup import archive, databases, manifest

#: Names that the clock gives, in the order of their times.
PATTERN = "cms-????????T??????Z.tar"


class Command(BaseCommand):
    help = (
        "Write the database and the stored files into one archive, while the server is in use. It holds no keys: "
        "keep the settings elsewhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "target",
            type=Path,
            help="a file that is not there yet, or a folder: it gets a file named by the time",
        )
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="of the files that this has named in the folder, keep the newest N",
        )
        parser.add_argument(
            "--no-files",
            action="store_false",
            dest="files",
            help="leave out uploads, where their bucket keeps versions of its own",
        )

    def handle(self, *, target: Path, keep: int | None, files: bool, **options: Any) -> None:
        folder = target if target.is_dir() or keep is not None else target.parent
        if keep is not None and keep < 1:
            raise CommandError("--keep is 1 or more.")
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        if settings.MEDIA_STORAGE == "disk" and folder.resolve().is_relative_to(
            Path(settings.MEDIA_ROOT).resolve()
        ):
            raise CommandError("This folder is among the uploads, where readers may find it: choose another.")
        if folder == target:
            target = folder / f"cms-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
        try:
            rows, stored = _write(target, files=files)
        except OSError as error:
            raise CommandError(
                f"No backup was written: {error}. Name a folder that has room and that this user may write to."
            ) from error
        self.stdout.write(f"{target}: {rows} rows, {stored} files, {target.stat().st_size / 1e6:.1f} MB")
        if keep is not None:
            for old in sorted(folder.glob(PATTERN))[:-keep]:
                old.unlink()


def _write(target: Path, *, files: bool) -> tuple[int, int]:
    """Write the archive; how many rows and stored files are in it."""
    with archive.writing(target) as writer:
        dumped = writer.folder / databases.FILES[connection.vendor]
        state = databases.dump(dumped)
        with dumped.open("rb") as file:
            writer.add(dumped.name, file, dumped.stat().st_size)
        # After the database: of each file that its rows name there is one, unless it is deleted meanwhile.
        if files:
            writer.add_stored_files()
        writer.finish(manifest.describe(state, dict(writer.sums)))
    return sum(state.rows.values()), len(writer.sums) - 2
