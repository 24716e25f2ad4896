"""Spreadsheets as Excel writes them, cell by cell, without a library that does it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

from tests.written_documents import archive

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# The formats of cells: general, a day, a day and time, a time of day, a span of hours.
_GENERAL, _DAY, _INSTANT, _TIME, _SPAN = range(5)
_FORMATS = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (0, 14, 22, 20, 164))
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>
<cellXfs count="5">{_FORMATS}</cellXfs></styleSheet>"""


def on_the_wall(*parts: int) -> datetime:
    """A day and time as a spreadsheet has it: of no zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


_EPOCH = on_the_wall(1899, 12, 30)


class Formula(str):
    """A cell that was worked out: its text is what came out of it."""


class NotWorkedOut(str):
    """A cell with this formula, of which no value was kept: as programs write them that work nothing out."""


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    *,
    hidden: Sequence[str] = (),
    merged: Mapping[str, Sequence[str]] | None = None,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An XLSX with these sheets; `merged` names ranges ("A1:C1") by sheet, `more` further parts of the package."""
    numbered = list(enumerate(sheets.items(), 1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for number, _ in numbered
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
            + (' state="hidden"' if name in hidden else "")
            + "/>"
            for number, (name, _) in numbered
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number, _ in numbered
        )
        + f'<Relationship Id="rId{len(numbered) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{number}.xml": _sheet(rows, (merged or {}).get(name, ())) for number, (name, rows) in numbered},
        **(more or {}),
    }
    return archive(parts)


def _sheet(rows: Sequence[Sequence[object]], merged: Sequence[str]) -> str:
    written = "".join(
        f'<row r="{number}">{"".join(_cell(value, f"{_column(at)}{number}") for at, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    after = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData>{after}</worksheet>'


def _column(at: int) -> str:
    return (_column(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


def _cell(value: object, place: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{place}"><v>{value}</v></c>'
        case datetime():
            return f'<c r="{place}" s="{_INSTANT}"><v>{(value - _EPOCH) / timedelta(days=1)}</v></c>'
        case date():
            return f'<c r="{place}" s="{_DAY}"><v>{(value - _EPOCH.date()).days}</v></c>'
        case time():
            return (
                f'<c r="{place}" s="{_TIME}"><v>{timedelta(hours=value.hour, minutes=value.minute) / timedelta(days=1)}</v></c>'
            )
        case timedelta():
            return f'<c r="{place}" s="{_SPAN}"><v>{value / timedelta(days=1)}</v></c>'
        case NotWorkedOut():
            return f'<c r="{place}"><f>{escape(value)}</f><v></v></c>'
        case Formula():
            return f'<c r="{place}" t="str"><f>A1</f><v>{escape(value)}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
