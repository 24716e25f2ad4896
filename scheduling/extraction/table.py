"""A table taken apart, of a CSV or an XLSX: sheets, rows and cells as they stand there, and nothing made of them.

Cells are text, numbers, true or false, and null where nothing stands; of an XLSX days, instants and times of day are ISO 8601
("2026-10-12", "2026-10-12T09:30:00", "09:30:00"), spans of time too ("PT1H30M"), and of a formula its value counts, as it was
worked out last; one that never was is its own text ("=B2-B3"). All cells of a CSV are text. A row keeps its number: `rows[0]`
is what a spreadsheet calls row 1.
"""

import csv
import html
import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
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
# A cell with a formula and no value, or an empty one.
_FORMULA = re.compile(
    r"<(?:\w{1,20}:)?c\b([^<>]*)>\s*<(?:\w{1,20}:)?f\b[^<>]*?(?:/>|>([^<]*)</(?:\w{1,20}:)?f>)\s*"
    r"(?:<(?:\w{1,20}:)?v\s*/>\s*|<(?:\w{1,20}:)?v></(?:\w{1,20}:)?v>\s*)?</(?:\w{1,20}:)?c>"
)
_ATTRIBUTE, _PLACE = re.compile(r"\b([\w:]{1,40})\s{0,3}=\s{0,3}([\"'])(.*?)\2"), re.compile(r"([A-Z]{1,3})(\d{1,7})")
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
            left, not_worked_out = MOST_ROWS, _not_worked_out(content)
            for one in about:
                sheet = book.get_sheet_by_name(one.name)
                if sheet.total_height > left:
                    raise _too_much(f"more than {MOST_ROWS:,} rows")
                rows = _rows(_with_formulas(_within(sheet), not_worked_out.get(one.name, ())))
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


def _not_worked_out(content: bytes) -> dict[str, list[tuple[int, int, str]]]:
    """By sheet, the formulas of which no value was ever kept, as programs write them that work nothing out: row and column from
    0. Blank they are not: whoever reads such a cell has to see that something stands there."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    with suppress(zipfile.BadZipFile, RuntimeError, zlib.error), zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name.lower(): name for name in package.namelist()}
        targets = dict(_attributes(package, parts, "xl/_rels/workbook.xml.rels", "Relationship", "Id", "Target"))
        for name, rel in _attributes(package, parts, "xl/workbook.xml", "sheet", "name", "r:id"):
            target = targets.get(rel, "")
            part = parts.get((target.lstrip("/") if target.startswith("/") else f"xl/{target}").lower())
            if part:
                found[name] = list(_formulas(package.read(part).decode("utf-8", "replace")))
    return found


def _attributes(
    package: zipfile.ZipFile, parts: Mapping[str, str], part: str, tag: str, first: str, second: str
) -> Iterator[tuple[str, str]]:
    if part not in parts:
        return
    for element in re.findall(rf"<(?:\w{{1,20}}:)?{tag}\b([^<>]*)>", package.read(parts[part]).decode("utf-8", "replace")):
        values = {name: html.unescape(value) for name, _, value in _ATTRIBUTE.findall(element)}
        if first in values and second in values:
            yield values[first], values[second]


def _formulas(sheet: str) -> Iterator[tuple[int, int, str]]:
    for match in _FORMULA.finditer(sheet) if "<f" in sheet or ":f" in sheet else ():
        values = {name: value for name, _, value in _ATTRIBUTE.findall(match[1])}
        place = _PLACE.fullmatch(values.get("r", ""))
        # A text that was worked out may be empty.
        if place and values.get("t") != "str":
            column = 0
            for letter in place[1]:
                column = 26 * column + ord(letter) - 64
            if column <= MOST_COLUMNS and int(place[2]) <= MOST_ROWS:
                yield int(place[2]) - 1, column - 1, f"={html.unescape(match[2] or '')}"


def _with_formulas(rows: Sequence[Sequence[object]], formulas: Iterable[tuple[int, int, str]]) -> Sequence[Sequence[object]]:
    found = [list(row) for row in rows]
    for row, column, formula in formulas:
        found += [[] for _ in range(row + 1 - len(found))]
        found[row] += [None] * (column + 1 - len(found[row]))
        if found[row][column] in (None, ""):
            found[row][column] = formula
    return found


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
