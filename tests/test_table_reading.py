"""A school's log is read as it stands there: its rows, cell by cell, and nothing is made of them."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.file_type import FileType
from domain.reading.unreadable import Unreadable
from scheduling import document_readings
from scheduling.document_reading import read_in_child
from scheduling.extraction.table import MOST_COLUMNS, MOST_ROWS, taken_apart
from scheduling.worker import Worker
from tests.cast import Practice, Staff
from tests.walks import each
from tests.written_tables import Formula, NotWorkedOut, on_the_wall, xlsx

LOG = b'Date,Minutes,Outcome,Notes\r\n10/12/2026,30,Delivered,"Read, and\r\nwrote"\r\n10/14/2026,0,Absent,=HYPERLINK("x")\r\n'
WORKBOOK = xlsx(
    {
        "October": [
            ["Service log of Sasha P."],
            [],
            ["Date", "Start", "Minutes", "Share", "Given", "Seen at", "Length", "Sum"],
            [
                date(2026, 10, 12),
                time(9, 30),
                30,
                0.5,
                True,
                on_the_wall(2026, 10, 12, 9, 30),
                timedelta(minutes=90),
                Formula("60"),
            ],
            [None, None, None, None, False, None, None, None],
        ],
        "Notes": [["=cmd|' /C calc'!A0"]],
    },
    hidden=["Notes"],
    merged={"October": ["A1:H1"]},
)


def sheets_of(content: bytes, kind: FileType = "csv") -> Any:
    """As the child reads it, without one: that costs more than the table does."""
    return taken_apart(content, kind)["table"]["sheets"]


def rows_of(content: bytes) -> Any:
    [sheet] = sheets_of(content)
    return sheet["rows"]


def read(riverside: Practice, worker: Worker) -> None:
    while document_readings.read(worker, UUID(riverside.olga.get("/practice")["id"])):
        pass


def test_a_formula_of_which_no_value_was_kept_is_no_blank_cell() -> None:
    rows = [["Minutes", Formula("")], [NotWorkedOut("5+10")], [], [None, None, NotWorkedOut('IF(A1<>"",1,2)'), 7]]
    assert sheets_of(xlsx({"Empty": [], "A & B": rows}), "xlsx") == [
        {"name": "Empty", "rows": []},
        {"name": "A & B", "rows": [["Minutes"], ["=5+10"], [], [None, None, '=IF(A1<>"",1,2)', 7]]},
    ]


def test_a_csv_log_is_read_and_its_first_rows_shown(
    ana: Staff, riverside: Practice, lakeside: Practice, worker: Worker
) -> None:
    made = ana.uploads(ana.opens_a_case(), LOG, "October.csv", kind="log")
    assert (made["file_type"], made["media_type"]) == ("csv", "text/csv")
    assert ana.get(f"/documents/{made['id']}/reading")["sheets"] is None
    read(riverside, worker)
    reading = ana.get(f"/documents/{made['id']}/reading")
    assert (reading["state"], reading["refusal"], reading["provisions"]) == ("done", None, [])
    assert reading["sheets"] == [
        {
            "name": "",
            "row_count": 3,
            "columns": 4,
            # A formula in it is a text like any other: it comes through as it stands there.
            "sample": [
                ["Date", "Minutes", "Outcome", "Notes"],
                ["10/12/2026", "30", "Delivered", "Read, and\r\nwrote"],
                ["10/14/2026", "0", "Absent", '=HYPERLINK("x")'],
            ],
        }
    ]
    assert "table" not in reading
    assert ana.ask("GET", f"/documents/{made['id']}/content").get_data() == LOG
    assert lakeside.olga.ask("GET", f"/documents/{made['id']}/reading").status_code == 404


def test_a_workbook_is_read_sheet_by_sheet(ana: Staff, riverside: Practice, worker: Worker) -> None:
    made = ana.uploads(ana.opens_a_case(), WORKBOOK, "log.xlsx", kind="log")
    assert made["file_type"] == "xlsx"
    read(riverside, worker)
    reading = ana.get(f"/documents/{made['id']}/reading")
    october, notes = reading["sheets"]
    assert (october["name"], october["row_count"], october["columns"]) == ("October", 5, 8)
    assert october["sample"] == [
        ["Service log of Sasha P."],
        [],
        ["Date", "Start", "Minutes", "Share", "Given", "Seen at", "Length", "Sum"],
        ["2026-10-12", "09:30:00", 30, 0.5, True, "2026-10-12T09:30:00", "PT1H30M", "60"],
        [None, None, None, None, False],
    ]
    assert notes["sample"] == [["=cmd|' /C calc'!A0"]]
    assert [warning["code"] for warning in reading["warnings"]] == ["merged-cells", "hidden-sheet"]


def test_of_a_table_no_version_is_made(ana: Staff, riverside: Practice, worker: Worker) -> None:
    case = ana.opens_a_case()
    made = ana.uploads(case, LOG, "October.csv", kind="log")
    said = {"student_id": case["student_id"], "document_id": made["id"]}
    assert ana.ask("POST", "/iep-versions", said).status_code == 409
    read(riverside, worker)
    answer = ana.ask("POST", "/iep-versions", said)
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == [
        {"pointer": "/document_id", "detail": "This document is a table, and no IEP: no version can be made of it."}
    ]


def test_what_a_long_table_holds_is_not_all_shown(ana: Staff, riverside: Practice, worker: Worker) -> None:
    made = ana.uploads(ana.opens_a_case(), b"date,minutes\n" + b"2026-10-12,30\n" * 500, "log.csv")
    read(riverside, worker)
    [sheet] = ana.get(f"/documents/{made['id']}/reading")["sheets"]
    assert (sheet["row_count"], len(sheet["sample"])) == (501, 20)


@each(
    ("name", "content"),
    [
        ("UTF-8", "Fecha;Minutos\n12/10/2026;30,5\nAños;–\n".encode()),
        ("UTF-8 that says so", "Fecha;Minutos\n12/10/2026;30,5\nAños;–\n".encode("utf-8-sig")),
        ("Windows", "Fecha;Minutos\n12/10/2026;30,5\nAños;–\n".encode("cp1252")),
        ("UTF-16", "Fecha;Minutos\n12/10/2026;30,5\nAños;–\n".encode("utf-16")),
        ("tabs", "Fecha\tMinutos\n12/10/2026\t30,5\nAños\t–\n".encode()),
        ("bars", "Fecha|Minutos\n12/10/2026|30,5\nAños|–\n".encode()),
        ("commas and quotes", 'Fecha,Minutos\n"12/10/2026","30,5"\nAños,–\n'.encode()),
        ("old line ends", "Fecha;Minutos\r12/10/2026;30,5\rAños;–".encode()),
    ],
)
def test_a_csv_is_read_however_it_was_saved(name: str, content: bytes) -> None:
    assert rows_of(content) == [["Fecha", "Minutos"], ["12/10/2026", "30,5"], ["Años", "–"]]


def test_rows_keep_their_numbers() -> None:
    assert rows_of(b"Log of Sasha\n\n\nDate,Minutes\n,\n1,2,,\n\n") == [
        ["Log of Sasha"],
        [],
        [],
        ["Date", "Minutes"],
        [],
        ["1", "2"],
    ]
    assert rows_of(b"sep=;\r\na;b,c\r\n") == [[], ["a", "b,c"]]


def test_a_quotation_mark_that_is_not_closed_is_told() -> None:
    reading = taken_apart(b'date,notes\n1,"read\n2,b\n', "csv")
    assert [warning["code"] for warning in reading["warnings"]] == ["quotes"]
    assert reading["table"]["sheets"][0]["rows"] == [["date", "notes"], ["1", "read\n2,b\n"]]


@each(
    ("name", "content", "kind", "said"),
    [
        ("rows", b"a,b\n" * (MOST_ROWS + 1), "csv", "20,000 rows"),
        ("rows of a workbook", xlsx({"A": [["x"]] * 12_000, "B": [["x"]] * 9_000}), "xlsx", "20,000 rows"),
        ("columns", b"a," * MOST_COLUMNS + b"b\n", "csv", "60 columns"),
        ("columns of a workbook", xlsx({"A": [["x"] * (MOST_COLUMNS + 1)]}), "xlsx", "60 columns"),
        ("text", (b"x" * 1000 + b",b\n") * 6_000, "csv", "5 MiB"),
        ("a cell without end", b'a,"' + b"b,c\n" * 50_000, "csv", "no end"),
        ("sheets", xlsx({str(number): [["x"]] for number in range(51)}), "xlsx", "50 sheets"),
        ("nothing", xlsx({"A": [[None]]}), "xlsx", "empty"),
        ("a workbook without sheets", xlsx({}), "xlsx", "empty"),
        ("a sheet that is no XML", xlsx({"A": []}, more={"xl/worksheets/sheet1.xml": "<a><b"}), "xlsx", "damaged"),
    ],
)
def test_what_is_too_much_or_damaged_is_refused_with_a_sentence(name: str, content: bytes, kind: FileType, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        taken_apart(content, kind)
    assert caught.value.reason in ("limits", "unreadable")
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_cell_far_away_takes_no_memory() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}</sheetData></worksheet>'
    content = xlsx({"A": []}, more={"xl/worksheets/sheet1.xml": sheet})
    assert read_in_child(content, "xlsx", seconds=10)["refusal"]["reason"] in ("limits", "unreadable")


@pytest.mark.parametrize("name", ["log.csv", "LOG.CSV", "log.tsv"])
def test_a_text_is_a_table_if_it_is_called_one(ana: Staff, name: str) -> None:
    assert ana.uploads(ana.opens_a_case(), b"A plain line\n", name)["file_type"] == "csv"
