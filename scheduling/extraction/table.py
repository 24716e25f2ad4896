"""A table taken apart, of a CSV or an XLSX: sheets, rows and cells as they stand there, and nothing made of them.

Cells are text, numbers, true or false, and null where nothing stands; of an XLSX days, instants and times of day are ISO 8601
("2026-10-12", "2026-10-12T09:30:00", "09:30:00"), spans of time too ("PT1H30M"), and of a formula its value counts, as it was
worked out last. All cells of a CSV are text. A row keeps its number: `rows[0]` is what a spreadsheet calls row 1.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from domain.delimited import NotParted, rows_of
from domain.file_type import FileType, decoded
from domain.reading import Warning
from domain.reading.unreadable import Unreadable

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_BYTES = 50, 20_000, 60, 5 * 2**20
Cell = str | int | float | bool | None
# What the database holds in no text.
_NEVER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def taken_apart(content: bytes, kind: FileType) -> dict[str, Any]:
    """`{"table": {"sheets": [{"name", "rows"}]}, "warnings": [...]}`. Raises `Unreadable`, which says why not in a sentence."""
    warnings: list[Warning] = []
    sheets = _of_text(content, warnings) if kind == "csv" else _of_workbook(content, warnings)
    if not any(sheet["rows"] for sheet in sheets):
        raise Unreadable("This table is empty: no cell of it holds anything.")
    if sum(len(sheet["rows"]) for sheet in sheets) > MOST_ROWS:
        raise _too_much(f"more than {MOST_ROWS:,} rows")
    table = {"sheets": sheets}
    if len(orjson.dumps(table)) > MOST_BYTES:
        raise _too_much(f"more than {MOST_BYTES // 2**20} MiB of text")
    return {"table": table, "warnings": [warning.as_json() for warning in warnings]}


def _too_much(what: str) -> Unreadable:
    return Unreadable(f"This table has {what}: save it in parts, one for each year, for instance.", "limits")


def _of_text(content: bytes, warnings: list[Warning]) -> list[dict[str, Any]]:
    text = decoded(content)
    if text is None:
        raise Unreadable("This is no text.")
    try:
        try:
            rows = rows_of(text, most=MOST_ROWS + 1)
        except csv.Error:
            warnings.append(
                Warning("quotes", "A quotation mark in it is not closed, or stands within a cell: look at its rows.")
            )
            rows = rows_of(text, most=MOST_ROWS + 1, strictly=False)
    except NotParted:
        raise Unreadable("A cell of this table has no end: a quotation mark is missing.") from None
    return [{"name": "", "rows": _rows(rows)}]


def _of_workbook(content: bytes, warnings: list[Warning]) -> list[dict[str, Any]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            about = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            if len(about) > MOST_SHEETS:
                raise _too_much(f"more than {MOST_SHEETS} sheets")
            sheets = []
            left = MOST_ROWS
            for one in about:
                sheet = book.get_sheet_by_name(one.name)
                if sheet.total_height > left:
                    raise _too_much(f"more than {MOST_ROWS:,} rows")
                rows = _rows(_within(sheet))
                left -= len(rows)
                sheets.append({"name": _plain(one.name), "rows": rows})
                warnings += _warnings(sheet, one.visible != SheetVisibleEnum.Visible)
            return sheets
    except PasswordError:
        raise Unreadable("This document is locked with a password: save a copy without one.", "password") from None
    except CalamineError as why:
        raise Unreadable("This table is damaged: its sheets cannot be read.") from why


def _within(sheet: CalamineSheet) -> Sequence[Sequence[object]]:
    """Its rows from the first on, and its columns from A on."""
    if sheet.total_width > MOST_COLUMNS:
        raise _too_many_columns()
    return sheet.to_python(skip_empty_area=False) if sheet.start is not None else []


def _too_many_columns() -> Unreadable:
    return Unreadable(f"This table has more than {MOST_COLUMNS} columns: take those out that nobody needs.", "limits")


def _warnings(sheet: CalamineSheet, is_hidden: bool) -> Iterator[Warning]:
    name = _plain(sheet.name)
    if is_hidden:
        yield Warning("hidden-sheet", f"The sheet “{name}” is hidden: who opens the file does not see it.")
    if merged := sheet.merged_cell_ranges:
        first = min(begin[0] for begin, _ in merged) + 1
        yield Warning(
            "merged-cells",
            f"In the sheet “{name}” cells are merged, from row {first} on: what they say stands in the first of them.",
        )


def _rows(rows: Sequence[Sequence[object]]) -> list[list[Cell]]:
    """What stands there, without the empty cells at the end of a row and the empty rows at the end."""
    found: list[list[Cell]] = []
    for row in rows:
        cells = [_cell(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise _too_many_columns()
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    return found


def _cell(value: object) -> Cell:
    match value:
        case None | "":
            return None
        case bool() | int():
            return value
        case float():
            if not math.isfinite(value):
                return None
            return int(value) if value.is_integer() and abs(value) < 2**53 else value
        case datetime():
            return _to_the_second(value).isoformat()
        case date():
            return value.isoformat()
        case time():
            return _to_the_second(datetime.combine(date(2000, 1, 1), value)).time().isoformat()
        case timedelta():
            return _span(value)
    said = _plain(str(value))
    return said if said.strip() else None


def _to_the_second(instant: datetime) -> datetime:
    # A spreadsheet counts days in binary fractions: 9:30 is there a little more, or a little less.
    try:
        return (instant + timedelta(milliseconds=500)).replace(microsecond=0)
    except OverflowError:
        return instant.replace(microsecond=0)


def _span(value: timedelta) -> str:
    """As ISO 8601 writes a span: "PT1H30M"."""
    seconds = round(abs(value).total_seconds())
    parts = [f"{many}{sign}" for many, sign in ((seconds // 3600, "H"), (seconds // 60 % 60, "M"), (seconds % 60, "S")) if many]
    return ("-" if value < timedelta() else "") + "PT" + ("".join(parts) or "0S")


def _plain(text: str) -> str:
    return _NEVER.sub("", text)
