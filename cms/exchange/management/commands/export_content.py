from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Model

from cms.exchange.exporting import export
from cms.exchange.formats.writing import csv_lines, json_lines, workbook
from cms.exchange.json_schema import schema
from cms.exchange.pictures import is_file_model
from cms.exchange.registry import all_resources, resource_named
from cms.exchange.resources import ModelResource

RECORDS = "content.jsonl"
Written = Iterator[tuple[dict[str, Any], Model]]


class Command(BaseCommand):
    help = (
        "Write content to a file: .zip (JSON Lines with all pictures and documents), .jsonl (without), .xlsx or .csv "
        "(without bodies; .csv holds one type). Drafts and what is private come, too: keep the file to yourself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument(
            "--type", action="append", default=[], metavar="TYPE", help="Only this type; may be given again."
        )
        parser.add_argument("--schema", action="store_true", help="Write the JSON Schema of a line instead.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.stdout.write(orjson.dumps(schema(), option=orjson.OPT_INDENT_2).decode())
            return
        path: Path | None = options["file"]
        write = {".zip": _zip, ".jsonl": _json_lines, ".xlsx": _workbook, ".csv": _csv}
        if path is None or path.suffix.lower() not in write:
            raise CommandError(f"Name a file that ends in one of {', '.join(write)}.")
        resources = _resources(options["type"])
        partial = path.with_name(f"{path.name}.part")
        try:
            count = write[path.suffix.lower()](partial, resources)
            # Nobody takes half a file for the whole.
            partial.replace(path)
        except OSError as error:
            raise CommandError(
                f"{path} was not written: {error}. Name a file in a folder that is there, has room, and that this "
                "user may write to."
            ) from error
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
        self.stdout.write(f"{count} records")


def _resources(names: list[str]) -> list[ModelResource]:
    found = [resource_named(name) for name in names]
    if None in found:
        known = ", ".join(each.name for each in all_resources())
        raise CommandError(f"There is no type {names[found.index(None)]}; there are {known}.")
    return sorted((each for each in found if each), key=all_resources().index) or all_resources()


def _json_lines(path: Path, resources: list[ModelResource]) -> int:
    count = 0
    with path.open("wb") as file:
        for line in json_lines(record for record, _instance in export(resources)):
            file.write(line)
            count += 1
    return count


def _zip(path: Path, resources: list[ModelResource]) -> int:
    """The files one by one, then the records."""
    lines: list[bytes] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for record, instance in export(resources):
            lines += json_lines([record])
            if is_file_model(type(instance)) and record["file"] not in archive.NameToInfo:
                _store(archive, record, instance.file)
        archive.writestr(RECORDS, b"".join(lines))
    return len(lines)


def _store(archive: zipfile.ZipFile, record: dict[str, Any], file: Any) -> None:
    try:
        source = file.storage.open(file.name)
    except OSError as error:
        raise CommandError(
            f"The file of {record['type']} {record['id']} “{record['title']}” can't be read: {error}. Put it back, "
            f"as from a backup, or delete the {record['type']} in the admin; then export again. Nothing was written."
        ) from error
    with source, archive.open(record["file"], "w") as target:
        for chunk in source.chunks():
            target.write(chunk)


def _csv(path: Path, resources: list[ModelResource]) -> int:
    if len(resources) != 1:
        raise CommandError("A CSV holds one type: say which with --type.")
    records = [record for record, _made in export(resources)]
    path.write_bytes(b"".join(csv_lines(resources[0].columns, records)))
    return len(records)


def _workbook(path: Path, resources: list[ModelResource]) -> int:
    records: dict[str, list[dict[str, Any]]] = {each.name: [] for each in resources}
    for record, _made in export(resources):
        records[record["type"]].append(record)
    path.write_bytes(workbook((each.name, each.columns, records[each.name]) for each in resources))
    return sum(map(len, records.values()))
