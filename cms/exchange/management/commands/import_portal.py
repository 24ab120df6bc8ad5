from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.content.redirects import decoded
from cms.exchange.files import FolderFiles, is_address
from cms.exchange.formats.reading import MOST_ROWS, Row
from cms.exchange.importing import Importer, Result
from cms.exchange.portal.pages import SavedPage, read_page
from cms.exchange.registry import resource_named
from cms.exchange.resources.models import Action

#: Bytes of one page.
MOST_BYTES = 8 * 1024**2


class SavedFiles(FolderFiles):
    """Files of a folder of saved pages, by how a page there names them: relative to it, or by their old path."""

    def __init__(self, folder: Path, page: Path) -> None:
        super().__init__(folder)
        self.page = page

    def read(self, name: str, *, most: int) -> Any:
        path = unquote(urlsplit(name).path)
        if is_address(name) and not (self.folder / path.lstrip("/")).is_file():
            return super().read(name, most=most)
        beside = (self.page.parent / path).resolve()
        if not path.startswith("/") and beside.is_relative_to(self.folder):
            path = str(beside.relative_to(self.folder))
        return super().read(path.lstrip("/"), most=most)


class Command(BaseCommand):
    help = (
        "Import saved HTML pages of an old portal: each becomes an article, a draft, and its old address a redirect. "
        "Run again, it changes what has changed. What is unclear is listed for an editor."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--type", default="article", help="What pages become.")
        parser.add_argument("--parent", default="", help="The path of the list that they go into.")
        parser.add_argument("--publish", action="store_true", help="Publish what is clear and complete.")
        parser.add_argument(
            "--preview", action="store_true", help="Say what would happen, and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        if resource_named(options["type"]) is None:
            raise CommandError(f"There is no type {options['type']}.")
        paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".html", ".htm"})
        if len(paths) > MOST_ROWS:
            raise CommandError(f"More than {MOST_ROWS} pages: divide the folder.")
        counts = dict.fromkeys(Action, 0)
        for path in paths:
            for result in self._import(path, folder, options):
                counts[result.action] += 1
        told = ", ".join(f"{action.value} {count}" for action, count in counts.items())
        self.stdout.write(f"{'would be: ' if options['preview'] else ''}{told}")

    def _import(self, path: Path, folder: Path, options: dict[str, Any]) -> Iterator[Result]:
        name = path.relative_to(folder).as_posix()
        try:
            page = _read(path)
        except (OSError, ValidationError) as error:
            self.stdout.write(f"{name}: refused: {' '.join(getattr(error, 'messages', [str(error)]))}")
            return
        files = SavedFiles(folder, path.resolve())
        leave_out_missing(page, files)
        rows = _rows(page, name, options)
        importer = Importer(
            rows,
            files=files,
            publishes=options["publish"] and not page.unclear,
            is_trial=options["preview"],
        )
        for result in importer.results():
            if result.reason:
                self.stdout.write(f"{name}: {result.action.value}: {result.reason}")
            yield result
        if page.unclear:
            self.stdout.write(f"{name}: unclear: {', '.join(page.unclear)}")


def _read(path: Path) -> SavedPage:
    if path.stat().st_size > MOST_BYTES:
        raise ValidationError(f"larger than {MOST_BYTES} bytes")
    return read_page(decoded(path.read_bytes()), file_endings=settings.WAGTAILDOCS_EXTENSIONS)


def leave_out_missing(page: SavedPage, files: SavedFiles) -> None:
    """Take pictures and files that were not saved with a page out of it, and name them to an editor."""

    def is_there(name: str) -> bool:
        try:
            files.read(name, most=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        except ValidationError:
            page.unclear.append(name)
            return False
        return True

    body = BeautifulSoup(page.body, "html.parser")
    for picture in body.find_all("img"):
        if not is_there(str(picture.get("src") or "")):
            picture.decompose()
    page.body = body.decode()
    page.files = [name for name in page.files if is_there(name)]


def _rows(page: SavedPage, name: str, options: dict[str, Any]) -> list[Row]:
    """The article, and the redirect that leads to it from its old address."""
    values = asdict(page)
    external_id = f"portal:{page.path or name}"[:200]
    said = {key: values[key] for key in ("title", "summary", "body", "author", "source") if values[key]}
    record = {"type": options["type"], "id": external_id, **said, "attachments": page.files}
    if page.published_at:
        record["published_at"] = page.published_at
    if options["parent"]:
        record["parent"] = options["parent"]
    rows = [Row(1, record)]
    if page.path:
        target = f"{options['type']}:{external_id}"
        redirect = {"type": "redirect", "old_path": page.path, "redirect_page": target, "is_permanent": True}
        rows.append(Row(2, redirect))
    return rows
