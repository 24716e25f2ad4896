"""Logs as schools send them: looked at, asked about, taken in whole or not at all, known again, withdrawn whole."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from tests.cast import Practice, Staff
from tests.test_service_session import SPEECH, logged, promised, wrong
from tests.written_tables import NotWorkedOut, xlsx

LOGS = Path(__file__).parent / "service_logs"
OT = {"kind": "service", "text": "Occupational therapy.", "minutes": 45, "times": 1, "per": "week"}


def the_log(practice: Practice, case: Any, name: str, content: bytes | None = None) -> Any:
    """A log that was uploaded and read."""
    document = practice.ana.uploads(case, content or (LOGS / name).read_bytes(), name, kind="log")
    practice.reads_documents()
    return document


def asking(case: Any, document: Any, **more: Any) -> dict[str, Any]:
    return {"case_id": case["id"], "document_id": document["id"], **more}


def preview(who: Staff, case: Any, document: Any, **more: Any) -> Any:
    answer = who.ask("POST", "/service-log-imports", asking(case, document, **more, dry_run=True))
    assert answer.status_code == 200, answer.get_json()
    assert who.everything("/service-log-imports") == []
    return answer.get_json()


def tries_to_take(who: Staff, case: Any, document: Any, **more: Any) -> TestResponse:
    return who.ask("POST", "/service-log-imports", asking(case, document, **more))


def takes(who: Staff, case: Any, document: Any, **more: Any) -> Any:
    return who.post("/service-log-imports", asking(case, document, **more))


def entries(who: Staff, **filters: str) -> list[Any]:
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return sorted(who.everything(f"/service-sessions?{query}"), key=lambda row: (row["held_on"], row["starts_at"] or ""))


def outcomes(rows: list[Any]) -> dict[str, int]:
    return dict(Counter(row["outcome"] for row in rows))


def test_a_plain_list_as_a_district_prints_it(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    document = the_log(riverside, case, "speech.csv")
    found = preview(ana, case, document, provision_id=speech["id"])
    assert (found["layout"], found["header_row"], found["date_order"], found["questions"]) == ("list", 5, "mdy", [])
    assert {one["letter"]: one["field"] for one in found["columns"]} == {
        "A": "date",
        "B": "starts_at",
        "C": "ends_at",
        "D": "minutes",
        "E": "outcome",
        "F": "provider",
        "G": "reason",
    }
    assert found["counts"] == {"rows": 16, "taken": 8, "known": 0, "bad": 0, "left_out": 8, "open": 0}
    assert found["left_out"] == {"above": 5, "no_entry": 1, "sum": 1, "heading": 1}
    assert [row["row"] for row in found["rows"]] == [6, 7, 8, 9, 10, 11, 12, 14]
    taken = takes(ana, case, document, provision_id=speech["id"])
    assert (taken["rows_taken"], taken["rows_known"], taken["rows_left_out"]) == (8, 0, 8)
    rows = entries(ana, import_id=taken["id"])
    assert outcomes(rows) == {"delivered": 3, "student_absent": 1, "missed": 2, "partial": 1, "made_up": 1}
    assert sum(row["minutes"] for row in rows if row["outcome"] in ("delivered", "partial", "made_up")) == 140
    missed = [
        (row["row_number"], row["missed_by"], row["minutes"], row["source"]) for row in rows if row["outcome"] == "missed"
    ]
    assert missed == [(9, "provider", 30, "school"), (11, "school", 30, "school")]
    assert (rows[0]["starts_at"], rows[0]["reason"], rows[0]["document_id"]) == ("09:00", "Articulation of r", document["id"])
    kept = ana.get(f"/service-log-imports/{taken['id']}")
    assert kept["mapping"]["columns"]["minutes"] == "D"
    again = ana.ask("POST", "/service-log-imports", asking(case, document, **found["mapping"], dry_run=True)).get_json()
    assert (again["counts"]["known"], again["counts"]["taken"]) == (8, 0), "what is proposed can be sent back as it is"


def test_a_workbook_with_titles_a_legend_two_services_and_another_child(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    speech, therapy = promised(ana, case, SPEECH, OT)
    document = the_log(riverside, case, "two_services.xlsx")
    found = preview(ana, case, document)
    assert (found["sheet"], found["header_row"], found["services"]) == ("Log", 7, {"Speech": 8, "OT": 3})
    assert {one["pointer"]: one["likely"] for one in found["questions"]} == {
        "/student": None,
        "/outcomes/C": "delivered",
        "/provisions/Speech": None,
        "/provisions/OT": None,
    }
    assert found["outcomes"] == {
        "P": "delivered",
        "PA": "missed_by_provider",
        "T": "missed_by_school",
        "A": "student_absent",
        "MU": "made_up",
        "C": None,
        "X": "school_closed",
    }
    refused = wrong(tries_to_take(ana, case, document))
    assert {"/student", "/outcomes/C", "/provisions/Speech", "/provisions/OT", "/rows/18"} <= set(refused)
    assert entries(ana) == []
    answers = {
        "student": "S. Petrov",
        "outcomes": {"C": "missed_by_provider"},
        "provisions": {"Speech": speech["id"], "OT": therapy["id"]},
    }
    seen = preview(ana, case, document, **answers)
    assert (seen["questions"], seen["bad_rows"], seen["left_out"]["another_student"]) == ([], [], 1)
    taken = takes(ana, case, document, **answers)
    assert (taken["rows_taken"], taken["remarks"]) == (9, [])
    rows = entries(ana, import_id=taken["id"])
    assert outcomes([row for row in rows if row["provision_id"] == therapy["id"]]) == {"delivered": 1, "missed": 2}
    by_row = {row["row_number"]: row for row in rows}
    assert by_row[17]["makes_up_for_id"] == by_row[12]["id"], "the log says for which day it was given"
    assert (by_row[9]["starts_at"], by_row[9]["group_size"], by_row[11]["starts_at"]) == ("09:00", 3, "13:15")
    assert (by_row[12]["minutes"], by_row[12]["reason"]) == (30, "Out all week")


def test_a_spanish_log_of_weeks(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    document = the_log(riverside, case, "semanas.csv")
    found = preview(ana, case, document, provision_id=speech["id"])
    assert (found["layout"], found["header_row"], found["date_order"], found["questions"]) == ("weeks", 4, "dmy", [])
    taken = takes(ana, case, document, provision_id=speech["id"])
    rows = entries(ana, import_id=taken["id"])
    assert [(row["held_on"], row["outcome"], row["minutes"]) for row in rows] == [
        ("2026-09-01", "delivered", 30),
        ("2026-09-03", "delivered", 30),
        ("2026-09-07", "school_closed", 30),
        ("2026-09-08", "delivered", 30),
        ("2026-09-10", "missed", 30),
        ("2026-09-15", "student_absent", 30),
        ("2026-09-17", "delivered", 25),
        ("2026-09-22", "delivered", 30),
        ("2026-09-24", "delivered", 30),
    ]
    assert (taken["rows_taken"], taken["rows_left_out"]) == (4, 5)


def csv(*rows: str) -> bytes:
    return "\n".join(("Date,Minutes,Status", *rows)).encode()


def test_a_bad_row_keeps_the_whole_log_out_until_somebody_leaves_it_out(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    document = the_log(riverside, case, "log.csv", csv("9/14/2026,30,P", "9/31/2026,30,P", "9/15/2026,lots,P"))
    found = preview(ana, case, document, provision_id=speech["id"])
    assert found["bad_rows"] == [
        {"row": 3, "detail": "Column A: “9/31/2026” is no day."},
        {"row": 4, "detail": "Column B: “lots” is no number of minutes."},
    ]
    assert set(wrong(tries_to_take(ana, case, document, provision_id=speech["id"]))) == {"/rows/3", "/rows/4"}
    assert (entries(ana), ana.everything("/service-log-imports")) == ([], [])
    taken = takes(ana, case, document, provision_id=speech["id"], leave_out=[3, 4])
    assert (taken["rows_taken"], taken["rows_left_out"], taken["mapping"]["leave_out"]) == (1, 3, [3, 4])


def test_minutes_that_nobody_says_are_asked_for_row_by_row(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [goal] = promised(ana, case, {"kind": "goal", "text": "Sasha reads."})
    document = the_log(riverside, case, "log.csv", csv("9/14/2026,,P", "9/15/2026,20,P"))
    assert set(wrong(tries_to_take(ana, case, document, provision_id=goal["id"]))) == {"/rows/2"}


def test_what_came_in_before_is_known_whatever_file_it_comes_in(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    september = the_log(riverside, case, "september.csv", csv("9/14/2026,30,P", "9/14/2026,30,P", "9/16/2026,30,A"))
    first = takes(ana, case, september, provision_id=speech["id"])
    assert (first["rows_taken"], first["rows_known"]) == (3, 0), "two sessions of one day are two"
    again = takes(ana, case, september, provision_id=speech["id"])
    assert (again["rows_taken"], again["rows_known"]) == (0, 3)
    both = csv("9/14/2026,30,P", "9/14/2026,30,P", "9/16/2026,30,A", "9/21/2026,30,P")
    october = the_log(riverside, case, "october.csv", both)
    seen = ana.ask("POST", "/service-log-imports", asking(case, october, provision_id=speech["id"], dry_run=True)).get_json()
    assert (seen["counts"]["taken"], seen["counts"]["known"]) == (1, 3)
    assert takes(ana, case, october, provision_id=speech["id"])["rows_taken"] == 1
    assert len(entries(ana)) == 4
    # What somebody withdrew does not come back with the next file.
    [_, _, absent, _] = entries(ana)
    ana.post(f"/service-sessions/{absent['id']}/withdraw", {"because": "She was there."})
    assert takes(ana, case, october, provision_id=speech["id"])["rows_known"] == 4


def test_in_the_timeline_a_log_is_one_line_and_an_entry_of_ours_another(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    taken = takes(ana, case, the_log(riverside, case, "speech.csv"), provision_id=speech["id"])
    logged(ana, speech, "missed", reason="No substitute.")

    def told() -> list[tuple[str, str, str]]:
        path = f"/cases/{case['id']}/timeline?kind=service_session,service_log_import"
        return [(event["kind"], event["what"], event["detail"]) for event in ana.everything(path)]

    taken_in = ("service_log_import", "taken_in", "speech.csv: 8 rows")
    entry = ("service_session", "missed", "30 minutes, No substitute.")
    assert told() == [entry, taken_in]
    first = entries(ana, import_id=taken["id"])[0]
    logged(ana, speech, "missed", first["held_on"], reason=None, provider=None, corrects_id=first["id"])
    assert told() == [("service_session", "correction", "30 minutes"), entry, taken_in]
    ana.post(f"/service-log-imports/{taken['id']}/withdraw", {"because": "Another child's."})
    assert told() == [entry, taken_in, ("service_log_import", "withdrawn", "speech.csv: Another child's.")]


def test_a_key_gives_the_first_answer_again(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    body = asking(case, the_log(riverside, case, "speech.csv"), provision_id=speech["id"])
    key = {"Idempotency_Key": "the log of this autumn"}
    assert ana.post("/service-log-imports", body, **key) == ana.post("/service-log-imports", body, **key)
    assert len(ana.everything("/service-log-imports")) == 1


def test_of_imports_at_once_each_row_is_taken_once(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    document = the_log(riverside, case, "speech.csv")
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: takes(ana, case, document, provision_id=speech["id"]), range(4)))
    assert sorted(one["rows_taken"] for one in done) == [0, 0, 0, 8]
    assert len(entries(ana)) == 8


def test_an_import_is_withdrawn_whole_with_what_corrects_it(riverside: Practice) -> None:
    ana, sam = riverside.ana, riverside.sam
    case = ana.opens_a_case()
    speech, reading = promised(ana, case, SPEECH, {**SPEECH, "text": "Reading."})
    document = the_log(riverside, case, "speech.csv")
    by_hand = logged(ana, reading, "missed")
    taken = takes(sam, case, document, provision_id=reading["id"])
    assert taken["remarks"] == [
        "Entries of a day of which another entry of this support is there: 1. One session would count twice."
    ]
    first = entries(ana, import_id=taken["id"])[0]
    logged(ana, reading, "missed", first["held_on"], corrects_id=first["id"])
    place, why = f"/service-log-imports/{taken['id']}/withdraw", {"because": "It was the log of speech."}
    assert sam.ask("POST", place, why).status_code == 403
    gone = ana.post(place, why)
    assert (gone["withdrawn_because"], gone["withdrawn_by_id"]) == (why["because"], ana.id)
    assert ana.ask("POST", place, why).status_code == 409
    assert {row["withdrawn_because"] for row in entries(ana, import_id=taken["id"])} == {why["because"]}
    assert len(entries(ana, import_id=taken["id"])) == 9
    assert ana.get(f"/service-sessions/{by_hand['id']}")["withdrawn_at"] is None
    assert takes(ana, case, document, provision_id=reading["id"])["rows_taken"] == 8, "it comes in again as a whole"
    assert takes(ana, case, document, provision_id=speech["id"])["rows_taken"] == 8


def test_a_log_waits_for_its_document_and_takes_tables_alone(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    waiting = ana.uploads(case, csv("9/14/2026,30,P"), "log.csv", kind="log")
    assert tries_to_take(ana, case, waiting, provision_id=speech["id"]).status_code == 409
    riverside.reads_documents()
    letter = ana.uploads(case)
    riverside.reads_documents()
    assert set(wrong(tries_to_take(ana, case, letter, provision_id=speech["id"]))) == {"/document_id"}
    both = {"provision_id": speech["id"], "provisions": {"Speech": speech["id"]}}
    assert set(wrong(tries_to_take(ana, case, waiting, **both))) == {"/provisions"}
    assert set(wrong(tries_to_take(ana, case, waiting))) == {"/provision_id"}
    assert takes(ana, case, waiting, provision_id=speech["id"])["rows_taken"] == 1


def test_what_does_not_fit_the_table_is_refused_at_its_place(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    document = the_log(riverside, case, "log.csv", csv("9/14/2026,30,P"))
    wrong_of_it: list[tuple[dict[str, Any], str]] = [
        ({"sheet": "Other"}, "/sheet"),
        ({"header_row": 40}, "/header_row"),
        ({"columns": {"minutes": "Nothing"}}, "/columns/minutes"),
        ({"columns": {"nonsense": "A"}}, "/columns/nonsense/key"),
        ({"outcomes": {"P": "nonsense"}}, "/outcomes/P/value"),
        ({"date_order": "ymd"}, "/date_order"),
        ({"student": "Somebody"}, "/student"),
    ]
    for said, pointer in wrong_of_it:
        assert set(wrong(tries_to_take(ana, case, document, provision_id=speech["id"], **said))) == {pointer}


def test_more_than_a_child_has_in_ten_years_is_not_taken_at_once(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    document = the_log(riverside, case, "log.csv", csv(*["9/14/2026,30,P"] * 5001))
    assert preview(ana, case, document, provision_id=speech["id"])["counts"]["taken"] == 5001
    assert set(wrong(tries_to_take(ana, case, document, provision_id=speech["id"]))) == {"/document_id"}


def test_days_to_come_are_taken_and_told(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    book = xlsx({"Log": [["Date", "Minutes", "Status"], ["October 13, 2026", 30, "P"], ["9/14/2026", 30, "P"]]})
    document = the_log(riverside, case, "log.xlsx", book)
    said_of_it = {"provision_id": speech["id"], "date_order": "mdy"}
    assert preview(ana, case, document, **said_of_it)["remarks"] == ["Entries of days to come: 1."]
    assert takes(ana, case, document, **said_of_it)["rows_taken"] == 2


def test_nothing_of_another_child_or_practice_is_part_of_it(riverside: Practice, lakeside: Practice) -> None:
    ana, stranger = riverside.ana, lakeside.ana
    case, other = ana.opens_a_case(), ana.opens_a_case()
    [speech], [theirs] = promised(ana, case), promised(ana, other)
    document = the_log(riverside, case, "speech.csv")
    assert set(wrong(tries_to_take(ana, other, document, provision_id=theirs["id"]))) == {"/document_id"}
    assert set(wrong(tries_to_take(ana, case, document, provision_id=theirs["id"]))) == {"/provision_id"}
    by_service = {"provisions": {"A/B": theirs["id"]}}
    assert set(wrong(tries_to_take(ana, case, document, **by_service))) == {"/provisions/A~1B"}
    taken = takes(ana, case, document, provision_id=speech["id"])
    their_case = stranger.opens_a_case()
    [their_speech] = promised(stranger, their_case)
    their_log = the_log(lakeside, their_case, "speech.csv")
    nothing = "There is nothing with this id."
    for field, body in (
        ("case_id", asking(case, their_log, provision_id=their_speech["id"])),
        ("document_id", asking(their_case, document, provision_id=their_speech["id"])),
        ("provision_id", asking(their_case, their_log, provision_id=speech["id"])),
    ):
        for dry_run in (True, False):
            answer = stranger.ask("POST", "/service-log-imports", {**body, "dry_run": dry_run})
            assert wrong(answer) == {f"/{field}": nothing}
    assert stranger.ask("GET", f"/service-log-imports/{taken['id']}").status_code == 404
    assert stranger.ask("POST", f"/service-log-imports/{taken['id']}/withdraw", {"because": "x"}).status_code == 404
    assert takes(stranger, their_case, their_log, provision_id=their_speech["id"])["rows_taken"] == 8, (
        "nobody else's rows are known"
    )
    assert [row["case_id"] for row in stranger.everything("/service-log-imports")] == [their_case["id"]]


def test_a_log_of_another_child_is_asked_about_before_it_becomes_this_ones(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    rows = b"Student,Date,Minutes,Status\n%s,9/15/2026,30,P\n%s,9/17/2026,30,P\n"
    theirs = the_log(riverside, case, "log.csv", rows % (b"Bob Other", b"Bob Other"))
    found = preview(ana, case, theirs, provision_id=speech["id"])
    assert [question["pointer"] for question in found["questions"]] == ["/student"]
    assert "Bob" not in str(found["questions"])
    assert set(wrong(tries_to_take(ana, case, theirs, provision_id=speech["id"]))) == {"/student"}
    own = the_log(riverside, case, "log.csv", rows % (b'"Petrov, Sasha"', b"S. Petrov"))
    assert preview(ana, case, own, provision_id=speech["id"], student="S. Petrov")["counts"]["taken"] == 1
    one = the_log(riverside, case, "log.csv", rows.replace(b"%s,9/17", b"Sasha Petrov,9/17") % b"sasha petrov")
    assert takes(ana, case, one, provision_id=speech["id"])["rows_taken"] == 2


def test_minutes_that_were_never_worked_out_are_bad_and_not_the_provisions(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    rows = [["Date", "Minutes", "Status"], ["9/15/2026", 20, "P"], ["9/17/2026", NotWorkedOut("5+10"), "P"]]
    document = the_log(riverside, case, "log.xlsx", xlsx({"Log": rows}))
    [bad] = preview(ana, case, document, provision_id=speech["id"])["bad_rows"]
    assert (bad["row"], "=5+10" in bad["detail"]) == (3, True)
