"""Files of records: JSON Lines, which hold everything, and CSV and XLSX, which hold what a cell can."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from cms.exchange.columns import Column
from cms.operations.spreadsheets import MARK, UNWRITABLE, as_text

#: Characters that a cell of Excel holds.
MOST_CHARACTERS = 32_767

Records = Iterable[dict[str, Any]]


def json_lines(records: Records) -> Iterator[bytes]:
    """A line for each record."""
    for record in records:
        yield orjson.dumps(record) + b"\n"


def csv_lines(columns: dict[str, Column], records: Records) -> Iterator[bytes]:
    """A CSV as spreadsheet programs in Viet Nam open it."""
    names = flat_names(columns)
    yield MARK.encode()
    yield _csv_line(names)
    for record in records:
        yield _csv_line([as_text(cell_of(record.get(name))) for name in names])


def workbook(sheets: Iterable[tuple[str, dict[str, Column], Records]]) -> bytes:
    """A workbook with a sheet for each type, named as the type is."""
    # Loaded when it is needed, as in reading.py.
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for name, columns, records in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        names = flat_names(columns)
        sheet.append(names)
        for record in records:
            sheet.append([_text_cell(sheet, cell_of(record.get(each))) for each in names])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def flat_names(columns: dict[str, Column]) -> list[str]:
    """The headings of a table."""
    return ["id", *(name for name, column in columns.items() if column.is_flat)]


def cell_of(value: Any) -> str:
    """A value as text of a cell; lists between semicolons, or as JSON where an entry has one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(
        isinstance(each, str) and not set(each) & set(";\n") for each in value
    ):
        return "; ".join(value)
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    return str(value)


def _csv_line(cells: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode()


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=UNWRITABLE.sub("", text)[:MOST_CHARACTERS])
    # Whatever it begins with, it is no formula.
    cell.data_type = "s"
    return cell
