"""Rows of a file: JSON Lines, CSV in the encodings that Excel writes in Viet Nam, XLSX, or a zip of one of them.

All that a stranger could make large is measured before it is read.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.content.redirects import decoded
from cms.exchange.files import ZipFiles
from cms.exchange.registry import resource_named
from cms.operations.spreadsheets import FORMULA

#: Bytes of the file of records, and of what a workbook unpacks to; rows; columns; characters of a line of JSON.
MOST_BYTES, MOST_UNPACKED, MOST_ROWS, MOST_COLUMNS = 64 * 1024**2, 256 * 1024**2, 20_000, 200
MOST_LINE = 4 * 1024**2
ENDINGS = [".csv", ".jsonl", ".xlsx"]


@dataclass
class Row:
    """A record of a file, with the line that it stands in; `error` says why it is none."""

    line: int
    record: dict[str, Any] = field(default_factory=dict)
    sheet: str = ""
    error: str = ""

    @property
    def place(self) -> str:
        """The line, with the sheet of a workbook."""
        return f"{self.sheet} {self.line}".strip()


def read_rows(name: str, data: bytes, *, kind: str = "") -> list[Row]:
    """The rows of a file; `kind` is the type of those that say none. Raises ValidationError for a file as a whole."""
    check_size(len(data))
    ending = PurePosixPath(name).suffix.lower()
    if ending not in READERS:
        message = _("This is none of: %(endings)s.")
        raise ValidationError(message % {"endings": ", ".join([*ENDINGS, ".zip"])})
    rows = []
    for row in READERS[ending](data):
        if len(rows) == MOST_ROWS:
            message = _("This file has more than %(most)d rows: divide it.")
            raise ValidationError(message % {"most": MOST_ROWS})
        given = row.record.get("type")
        # A cell may hold a number: as text it is a name that no type has.
        row.record["type"] = kind if given in (None, "") else str(given)
        rows.append(row)
    return rows


def records_in(files: ZipFiles) -> tuple[str, bytes]:
    """The file of records within a zip archive, with its name: the one that is not in a folder."""
    names = [name for name in files.names() if "/" not in name and name.lower().endswith(tuple(ENDINGS))]
    if len(names) != 1:
        message = _("The archive needs one file of records at its top: %(endings)s.")
        raise ValidationError(message % {"endings": ", ".join(ENDINGS)})
    return names[0], files.read(names[0], most=MOST_BYTES).read()


def check_size(size: int) -> None:
    """Refuse a file of records that is too large."""
    if size > MOST_BYTES:
        raise ValidationError(_("This file is larger than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})


def _json_lines(data: bytes) -> Iterator[Row]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        if len(line) > MOST_LINE:
            yield Row(
                number, error=_("This line is longer than %(most)s.") % {"most": filesizeformat(MOST_LINE)}
            )
            continue
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            record = None
        if isinstance(record, dict) and isinstance(record.get("type", ""), str):
            yield Row(number, record)
        else:
            yield Row(number, error=_("This line is no JSON object."))


def _csv(data: bytes) -> Iterator[Row]:
    text = decoded(data)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    yield from _table((reader.line_num, cells) for cells in _bounded(reader))


def _bounded(reader: Any) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise ValidationError(
            _("Line %(line)d can't be read. In Excel choose File, Save As, “CSV UTF-8”.")
            % {"line": reader.line_num}
        ) from error


def _xlsx(data: bytes) -> Iterator[Row]:
    _check_workbook(data)
    # Here, as Wagtail does: it takes a quarter of a second to load, which no start has to wait for.
    import openpyxl

    try:
        # Of a formula, what it came to.
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            resource = resource_named(sheet.title)
            cells = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
            for row in _table(enumerate(cells, start=1)):
                row.sheet = sheet.title if len(book.worksheets) > 1 else ""
                if resource:
                    row.record.setdefault("type", resource.name)
                yield row
    except ValidationError:
        raise
    except Exception as error:
        # openpyxl raises whatever a wrong workbook makes its parsers raise.
        raise ValidationError(_("This is no workbook of Excel (.xlsx), or it is damaged.")) from error


def _check_workbook(data: bytes) -> None:
    try:
        unpacked = sum(each.file_size for each in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ValidationError(_("This is no workbook of Excel (.xlsx), or it is damaged.")) from error
    if unpacked > MOST_UNPACKED:
        message = _("What is in the workbook is larger than %(most)s.")
        raise ValidationError(message % {"most": filesizeformat(MOST_UNPACKED)})


READERS = {".csv": _csv, ".jsonl": _json_lines, ".xlsx": _xlsx}


def _table(rows: Iterable[tuple[int, Any]]) -> Iterator[Row]:
    """The rows below a row of headings; empty ones are left out."""
    headings: list[str] = []
    for line, cells in rows:
        values = [_cell(cell) for cell in cells]
        if not any(value != "" for value in values):
            continue
        if not headings:
            headings = [str(value).strip() for value in values]
            if len(headings) > MOST_COLUMNS:
                raise ValidationError(_("More than %(most)d columns.") % {"most": MOST_COLUMNS})
            continue
        if any(value != "" for value in values[len(headings) :]):
            yield Row(line, error=_("This row has more cells than the headings."))
            continue
        yield Row(line, _nested(zip(headings, values, strict=False)))


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.strip()
        # What an export wrote, so that no program computes it.
        return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text
    return value


def _nested(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A record of cells: `hero_image.description` says something about what `hero_image` names by its file."""
    record: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for heading, value in pairs:
        name, _dot, part = heading.partition(".")
        if part:
            parts.setdefault(name.strip(), {})[re.sub(r"\s", "", part)] = value
        elif heading:
            record[heading] = value
    for name, about in parts.items():
        said = {part: value for part, value in about.items() if value != ""}
        if record.get(name) and said:
            record[name] = {"file": record[name], **said}
    return record
