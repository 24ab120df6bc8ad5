"""Files of records, as people and programs write them, and what an import says of them."""

from __future__ import annotations

import csv
import io
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import orjson
from django.core.management import call_command
from django.core.management.base import CommandError


def lines(*records: dict[str, Any]) -> bytes:
    """JSON Lines."""
    return b"".join(orjson.dumps(record) + b"\n" for record in records)


def table(*rows: list[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A CSV."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def book(**sheets: list[list[Any]]) -> bytes:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def archive(**files: bytes) -> bytes:
    """A zip archive; `a__b.png` is named a/b.png within it."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def imported(path: Path, content: bytes, *options: str) -> list[str]:
    """What `import_content` says of a file with this content, line by line, the last with the numbers."""
    path.write_bytes(content)
    told = io.StringIO()
    try:
        call_command("import_content", str(path), *options, stdout=told, stderr=StringIO(), no_color=True)
    except CommandError as error:
        told.write(str(error))
    return told.getvalue().splitlines()
