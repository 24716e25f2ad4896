"""Logs of schools, as tables: what is taken, what is bad, what is left out, what is asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusal import Invalid
from domain.service_log import Log, Said, Session, read
from domain.service_log.outcomes import CHOICES, meaning_of
from domain.service_log.values import ORDERS, NotRead, as_clock, between, clock_of, day_of, minutes_of, span_of, week_of
from tests.walks import each

LATEST = date(2026, 11, 30)
HEAD = ["Date", "Minutes", "Status", "Provider", "Comments"]


def log(*rows: Sequence[Any], **said: Any) -> Log:
    return read([("Log", rows)], Said(**said), latest=LATEST)


def sessions(found: Log) -> list[Session]:
    return [session for row in found.taken for session in row.sessions]


def bad(found: Log) -> dict[int, tuple[str | None, str]]:
    return {one.number: (one.column, one.detail) for one in found.bad}


def left_out(found: Log) -> dict[int, str]:
    return {one.number: one.why for one in found.left_out}


def asked(found: Log) -> dict[str, str | None]:
    return {question.pointer: question.likely for question in found.questions}


# Values.


@each(
    "written, day",
    [
        ("10/12/2026", "2026-10-12"),
        ("10/12/26", "2026-10-12"),
        ("10-12-2026", "2026-10-12"),
        ("12-Oct-2026", "2026-10-12"),
        ("12-Oct-26", "2026-10-12"),
        ("October 12, 2026", "2026-10-12"),
        ("Oct. 12 2026", "2026-10-12"),
        ("Monday, October 12th, 2026", "2026-10-12"),
        ("Mon 10/12/2026", "2026-10-12"),
        ("lunes 12 de octubre de 2026", "2026-10-12"),
        ("12 de octubre del 2026", "2026-10-12"),
        ("mar 13/10/2026", None),
        ("mar. 10/13/2026", "2026-10-13"),
        ("mar 12, 2026", "2026-03-12"),
        ("2026-10-12", "2026-10-12"),
        ("2026-10-12T09:30:00", "2026-10-12"),
        ("2026/10/12", "2026-10-12"),
        ("10/12/2026 9:30 AM", "2026-10-12"),
        ("20261012", "2026-10-12"),
        (46307, "2026-10-12"),
        (46307.5, "2026-10-12"),
        ("46307", "2026-10-12"),
        ("Tue 10/12/2026", None),
        ("13/13/2026", None),
        ("2/30/2026", None),
        ("10/12", None),
        ("12/01/2026", None),
        ("10/12/1926", None),
        ("October", None),
        ("September 2026", None),
        (30, None),
        (True, None),
        (None, None),
        ("9" * 5000, None),
    ],
)
def test_a_day_is_read_as_it_is_written(written: Any, day: str | None) -> None:
    if day:
        assert day_of(written, "mdy", latest=LATEST).isoformat() == day
    else:
        with pytest.raises(NotRead):
            day_of(written, "mdy", latest=LATEST)


def test_a_day_without_a_year_is_of_the_school_year() -> None:
    assert day_of("10/12", "mdy", latest=LATEST, school_year=2025) == date(2025, 10, 12)
    assert day_of("12 mar", "mdy", latest=LATEST, school_year=2025) == date(2026, 3, 12)
    assert day_of("13/10/2026", "dmy", latest=LATEST) == date(2026, 10, 13)


@each(
    "written, heading, monday",
    [
        ("10/12/2026", "Week of", 12),
        ("10/14/2026", "Week of", 12),
        ("10/11/2026", "Week of", 12),
        ("10/18/2026", "Week ending", 12),
        ("10/16/2026", "Week ending", 12),
        ("10/12 - 10/16/2026", "Week", 12),
        ("10/12/2026 to 10/16/2026", "Week", 12),
        ("10-12-2026 - 10-16-2026", "Week", 12),
    ],
)
def test_a_week_is_named_by_its_first_day_or_its_last(written: str, heading: str, monday: int) -> None:
    assert week_of(written, "mdy", heading=heading, latest=LATEST, school_year=None) == date(2026, 10, monday)


@each(
    "written, unit, minutes",
    [
        (30, "minutes", 30),
        (30.0, "minutes", 30),
        ("30", "minutes", 30),
        ("30 min", "minutes", 30),
        ("30 mins.", "minutes", 30),
        ("30m", "minutes", 30),
        ("30'", "minutes", 30),
        ("45 minutos", "minutes", 45),
        ("0:30", "minutes", 30),
        (".75", "hours", 45),
        ("00:30:00", "minutes", 30),
        ("PT1H30M", "minutes", 90),
        ("1 hr 15 min", "minutes", 75),
        ("1h15", "minutes", 75),
        ("1.5 hours", "minutes", 90),
        ("1,5 horas", "minutes", 90),
        (0.5, "hours", 30),
        ("0.5", "hours", 30),
        ("0.33", "hours", 20),
        ("30 min", "hours", 30),
        (None, "minutes", None),
        (0, "minutes", 0),
        (0.5, "minutes", "bad"),
        ("9:30", "minutes", "bad"),
        (-5, "minutes", "bad"),
        (2000, "minutes", "bad"),
        ("thirty", "minutes", "bad"),
        ("25 of 30", "minutes", "bad"),
        (True, "minutes", "bad"),
    ],
)
def test_minutes_are_read_as_they_are_written(written: Any, unit: str, minutes: Any) -> None:
    if minutes == "bad":
        with pytest.raises(NotRead):
            minutes_of(written, unit)
    else:
        assert minutes_of(written, unit) == minutes


@each(
    "written, clock",
    [
        ("9:30", "09:30"),
        ("09:30:00", "09:30"),
        ("9:30 AM", "09:30"),
        ("9am", "09:00"),
        ("12:15 p.m.", "12:15"),
        ("1:30", "13:30"),
        ("1:30 PM", "13:30"),
        ("13:30", "13:30"),
        ("1899-12-31T09:30:00", "09:30"),
        (0.395833, "09:30"),
        ("25:00", None),
        ("soon", None),
        ("9", None),
    ],
)
def test_a_time_of_day_is_read_as_it_is_written(written: Any, clock: str | None) -> None:
    if clock is None:
        with pytest.raises(NotRead):
            clock_of(written)
    else:
        found = clock_of(written)
        assert found is not None
        assert as_clock(found) == clock


def test_both_ends_of_a_session_say_how_long_it_took() -> None:
    assert span_of("9:00-9:30") == (540, 30)
    assert span_of("11:45 AM – 12:15 PM") == (705, 30)
    assert span_of("12:30-1:00") == (750, 30)
    assert span_of("1 - 1:45") == (780, 45)
    assert span_of("9:30") == (570, None)
    assert span_of("30 min") == (None, 30)
    with pytest.raises(NotRead):
        span_of("9:00-9:00")


@each(
    "times, minutes",
    [
        ("6:30-7:00", 30),
        ("8:00-8:30 PM", 30),
        ("8:00 AM - 2:30 PM", 390),
        ("11:45 PM - 12:15 AM", 30),
        ("13:30-14:00", 30),
        ("9:30-9:00", None),
        ("11:00-10:00", None),
        ("2:30-1:30", None),
        ("8:15-8:00 AM", None),
        ("9:30 AM - 9:00 AM", None),
        ("14:00-13:30", None),
    ],
)
def test_no_session_ends_before_it_starts(times: str, minutes: int | None) -> None:
    first, last = times.split("-")
    if minutes:
        assert between(first.strip(), last.strip()) == span_of(times)[1] == minutes
        return
    rows = (["Date", "Time In", "Time Out", "Status"], ["10/13/2026", first, last, "P"])
    assert bad(log(*rows))[2] == ("C", f"It ends before it starts: {first.strip()} to {last.strip()}.")
    with pytest.raises(NotRead, match="ends before"):
        span_of(times)


@each(
    "said, choice",
    [
        *((word, "delivered") for word in ("P", "p", "Present", "Delivered", "Session held", "Presente", "Sesión impartida")),
        *((word, "student_absent") for word in ("A", "SA", "Absent", "Student absent", "No show", "Alumno ausente", "Ausente")),
        *((word, "student_absent") for word in ("Student sick", "cancelled by parent", "No se presentó", "Absence - student")),
        *(
            (word, "missed_by_provider")
            for word in ("PA", "Provider absent", "SLP out", "cancelled by provider", "IEP meeting")
        ),
        *(
            (word, "missed_by_provider")
            for word in ("Provider absent, no sub", "Terapeuta ausente", "Cancelada por la terapeuta")
        ),
        *(
            (word, "missed_by_school")
            for word in ("Testing", "State testing", "Assembly", "Field trip", "Excursión", "Fire drill")
        ),
        *(
            (word, "school_closed")
            for word in ("No school", "Holiday", "Snow day", "Feriado", "No hubo clases", "Winter break")
        ),
        *((word, "made_up") for word in ("Make-up", "Makeup session", "MU", "Made up", "Reposición")),
        *((word, "partial") for word in ("Partial", "Shortened", "Parcial")),
        *((word, "missed") for word in ("Missed", "Not provided", "No session", "No se dio")),
        *((word, None) for word in ("NS", "X", "C", "Cancelled", "T", "Y", "N", "", "Sick", "Out", "Late", "2-hour delay")),
        *((word, None) for word in ("Student present, provider absent", "Half session provided", "Delivery attempted")),
        *((word, None) for word in ("Make-up needed", "Student absent - testing", "not absent", "Unavailable", "?")),
    ],
)
def test_a_word_or_code_is_taken_where_it_can_mean_one_thing(said: str, choice: str | None) -> None:
    assert meaning_of(said) == choice


# Logs.


def test_a_plain_list_is_read() -> None:
    found = log(
        HEAD,
        ["09/15/2026", "30", "Present", "T. Thompson", ""],
        ["09/17/2026", "30", "Absent", "T. Thompson", "Flu"],
        ["09/22/2026", 20, "Partial", None, "Fire drill"],
    )
    assert (found.questions, found.bad) == ((), ())
    assert sessions(found) == [
        Session(date(2026, 9, 15), "delivered", None, 30, provider="T. Thompson"),
        Session(date(2026, 9, 17), "student_absent", None, 30, provider="T. Thompson", reason="Flu"),
        Session(date(2026, 9, 22), "partial", None, 20, reason="Fire drill"),
    ]
    assert left_out(found) == {1: "above"}


def test_titles_blank_rows_sums_and_headings_are_left_out_and_counted() -> None:
    found = log(
        ["Riverside School District"],
        ["Service log of Sasha P., 2026-2027"],
        ["P = Present", "NS = No school", None, "X = Session held"],
        HEAD,
        ["September 2026"],
        ["9/15/2026", 30, "P"],
        ["9/16/2026", 30, "x"],
        [],
        ["9/17/2026", None, None, "T. Thompson"],
        ["Total", 60],
        [None, 60],
        HEAD,
        ["10/12/2026", None, "NS"],
        ["Signature of the provider: ____________"],
    )
    assert [(row.number, row.sessions[0].outcome) for row in found.taken] == [
        (6, "delivered"),
        (7, "delivered"),
        (13, "school_closed"),
    ]
    assert left_out(found) == {
        **dict.fromkeys((1, 2, 3, 4), "above"),
        5: "heading",
        8: "blank",
        9: "no_entry",
        10: "sum",
        11: "sum",
        12: "heading",
        14: "heading",
    }
    assert (found.bad, found.questions) == ((), ())


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    found = log(
        HEAD,
        ["9/31/2026", 30, "P"],
        ["9/15/2026", "half", "P"],
        ["12/15/2026", 30, "P"],
        [None, 30, "P"],
        ["9/16/2026", 0, "P"],
        ["9/16/2026", 0, "A"],
    )
    assert {number: column for number, (column, _) in bad(found).items()} == {2: "A", 3: "B", 4: "A", 5: "A", 6: "B"}
    assert bad(found)[4][1] == "2026-12-15 is too far ahead."
    [absent] = sessions(found)
    assert absent.minutes is None, "none were given; how many were planned, the provision says"
    assert left_out(log(HEAD, ["9/31/2026", 30, "P"], leave_out=frozenset({2})))[2] == "as_said"


def test_a_code_that_is_not_sure_is_asked_for() -> None:
    rows = (HEAD, ["9/15/2026", 30, "NS"], ["9/16/2026", 30, "Cancelled"], ["9/17/2026", 30, ""], ["9/18/2026", 30, "ns"])
    found = log(*rows)
    assert asked(found) == {"/outcomes/NS": "school_closed", "/outcomes/Cancelled": "missed", "/outcomes/": None}
    assert len(found.bad) == 4
    said = {"ns": "school_closed", "CANCELLED": "missed_by_provider", "": "left_out"}
    answered = log(*rows, outcomes=said)
    assert answered.questions == ()
    assert [(one.outcome, one.missed_by) for one in sessions(answered)] == [
        ("school_closed", None),
        ("missed", "provider"),
        ("school_closed", None),
    ]
    assert left_out(answered)[4] == "as_said"


def test_a_log_without_a_column_for_it_is_not_taken_for_delivered() -> None:
    rows = (["Date", "Minutes", "Notes"], ["9/15/2026", 30, "Worked on r"], ["9/16/2026", 30, "Student absent"])
    assert asked(log(*rows)) == {"/outcomes/": None}
    answered = log(*rows, outcomes={"": "delivered"})
    assert [one.outcome for one in sessions(answered)] == ["delivered", "student_absent"]


def test_the_order_of_day_and_month_is_proved_or_asked_for() -> None:
    def under(*days: Any, **said: Any) -> tuple[str, bool]:
        found = log(HEAD, *([day, 30, "P"] for day in days), **said)
        return found.date_order, "/date_order" in asked(found)

    assert under("10/05/2026", "10/13/2026") == ("mdy", False)
    assert under("05/10/2026", "13/10/2026") == ("dmy", False)
    assert under("Mon 05/10/2026") == ("dmy", False)
    assert under("10/12/2026") == ("mdy", False), "the 10th of December is too far ahead"
    assert under("09/10/2026") == ("mdy", True)
    assert under("09/10/2026", date_order="dmy") == ("dmy", False)
    assert under("2026-10-09", "9 Oct 2026") == ("mdy", False)
    spanish = log(["Fecha", "Minutos", "Asistencia"], ["09/10/2026", 30, "Presente"])
    assert (spanish.date_order, "/date_order" in asked(spanish)) == ("dmy", True)


def test_two_services_and_two_students_are_asked_for() -> None:
    head = ["Student", "Date", "Service", "Minutes", "Status"]
    rows = (
        head,
        ["Sasha P.", "9/15/2026", "Speech", 30, "P"],
        ["Kim L.", "9/15/2026", "Speech", 30, "P"],
        ["Sasha P.", "9/16/2026", "OT", 45, "P"],
    )
    found = log(*rows)
    assert set(asked(found)) == {"/student", "/provisions/Speech", "/provisions/OT"}
    assert not any("Kim" in question.detail for question in found.questions)
    answered = log(*rows, student="sasha p.", services={"speech": True, "OT": False})
    assert answered.questions == ()
    assert [one.service for one in sessions(answered)] == ["Speech"]
    assert {number: why for number, why in left_out(answered).items() if number > 1} == {
        3: "another_student",
        4: "another_service",
    }
    with pytest.raises(Invalid):
        log(*rows, student="Nobody")


def test_times_say_how_long_where_no_minutes_do() -> None:
    found = log(
        ["Date", "Start", "End", "Status"],
        ["9/15/2026", "9:00 AM", "9:30 AM", "P"],
        ["9/16/2026", "12:45", "1:15", "P"],
        ["9/17/2026", "9:00", "9:00", "P"],
    )
    assert [(one.starts_at, one.minutes) for one in sessions(found)] == [("09:00", 30), ("12:45", 30)]
    assert bad(found)[4][0] == "C"
    spans = log(["Date", "Time", "Attendance"], ["9/15/2026", "9:00-9:30", "P"], ["9/16/2026", "30 min", "P"])
    assert [(one.starts_at, one.minutes) for one in sessions(spans)] == [("09:00", 30), (None, 30)]


def test_of_what_was_missed_the_planned_minutes_count() -> None:
    head = ["Date", "Scheduled minutes", "Minutes delivered", "Status"]
    found = log(head, ["9/15/2026", 30, 20, "Partial"], ["9/16/2026", 30, 0, "Missed"], ["9/17/2026", 30, None, "P"])
    assert [one.minutes for one in sessions(found)] == [20, 30, None]


def test_hours_are_told_by_the_heading_or_by_whoever_takes_it_in() -> None:
    assert sessions(log(["Date", "Hours", "Status"], ["9/15/2026", 0.5, "P"]))[0].minutes == 30
    rows = (["Date", "Duration", "Status"], ["9/15/2026", 0.5, "P"])
    assert "hours" in bad(log(*rows))[2][1]
    assert sessions(log(*rows, unit="hours"))[0].minutes == 30


def test_spanish_school_words_are_known() -> None:
    found = log(
        ["Registro de servicios"],
        ["Fecha", "Servicio", "Duración (min)", "Asistencia", "Terapeuta", "Observaciones"],
        ["15/09/2026", "Terapia del habla", 30, "Presente", "Sra. Díaz", None],
        ["17/09/2026", "Terapia del habla", 30, "Terapeuta ausente", None, "Sin sustituto"],
        ["12/10/2026", "Terapia del habla", None, "Feriado", None, None],
        ["Total", None, 60],
    )
    assert (found.questions, found.bad) == ((), ())
    assert [(one.held_on.day, one.outcome, one.missed_by) for one in sessions(found)] == [
        (15, "delivered", None),
        (17, "missed", "provider"),
        (12, "school_closed", None),
    ]


def test_a_grid_of_weeks_is_an_entry_for_each_cell() -> None:
    rows = (
        ["Week of", "Mon", "Tue", "Wed", "Thu", "Fri", "Total"],
        ["9/14/2026", 30, None, "30 P", None, "SA", 60],
        ["9/21/2026", "PA", None, "P (25 min)", None, None, 25],
        ["9/28/2026"],
        ["10/5/2026", None, "P", "Q 9", None, None],
    )
    found = log(*rows, outcomes={"": "delivered"})
    assert [(one.held_on.isoformat(), one.outcome, one.minutes) for one in sessions(found)] == [
        ("2026-09-14", "delivered", 30),
        ("2026-09-16", "delivered", 30),
        ("2026-09-18", "student_absent", None),
        ("2026-09-21", "missed", None),
        ("2026-09-23", "delivered", 25),
    ]
    assert left_out(found)[4] == "no_entry"
    assert bad(found)[5][0] == "D"
    assert "/outcomes/" in asked(log(*rows))


def test_a_row_for_a_service_and_a_column_for_a_day() -> None:
    found = log(
        ["Service", "9/14/2026", "9/15/2026", "9/16/2026"],
        ["Speech", "P 30", None, "A"],
        ["OT", None, "P 45", None],
        ["Total", 30, 45, 0],
        services={"Speech": True, "OT": True},
    )
    assert [(one.service, one.held_on.day, one.outcome, one.minutes) for one in sessions(found)] == [
        ("Speech", 14, "delivered", 30),
        ("Speech", 16, "student_absent", None),
        ("OT", 15, "delivered", 45),
    ]
    assert left_out(found)[4] == "sum"


def test_what_is_said_of_the_columns_counts_before_what_they_are_called() -> None:
    rows = (["When", "How long", "What", "Minutes"], ["9/15/2026", 30, "P", 999])
    assert asked(log(*rows)) == {"/header_row": None}
    columns = {"date": "when", "minutes": "B", "outcome": "What"}
    assert sessions(log(*rows, header_row=1, columns=columns))[0].minutes == 30
    for wrong in ({"columns": {"date": "Whenever"}, "header_row": 1}, {"header_row": 9}, {"sheet": "Other"}):
        with pytest.raises(Invalid):
            log(*rows, **wrong)


def test_a_make_up_names_the_day_that_it_is_for() -> None:
    found = log(["Date", "Minutes", "Status", "Make-up for"], ["9/22/2026", 30, "Make-up", "9/15/2026"])
    assert sessions(found)[0].makes_up_for == date(2026, 9, 15)


# What other schools' logs taught: each was read otherwise than its school meant it.


def told(found: Log) -> list[tuple[str, str, str | None, int | None]]:
    return [(f"{one.held_on:%m-%d}", one.outcome, one.missed_by, one.minutes) for one in sessions(found)]


def test_the_service_of_a_service_status_is_no_service() -> None:
    head = ["Date of Service", "Service Type", "Place of Service", "Duration (min)", "Service Status", "Billing Status"]
    found = log(head, ["09/15/2026", "Speech", "03", 30, "Provided", "Denied"], ["09/17/2026", "Speech", "03", 30, "No school"])
    assert (asked(found), found.services) == ({}, {"Speech": 2})
    assert [one.outcome for one in sessions(found)] == ["delivered", "school_closed"]


def test_minutes_given_against_planned_tell_what_became_of_it() -> None:
    head = ["Date", "Sched. Min", "Actual Min", "Reason if not provided"]
    found = log(
        head,
        ["9/15/2026", 45, 45, None],
        ["9/16/2026", 45, 30, "Fire drill"],
        ["9/17/2026", 45, 0, "Assembly"],
        ["9/21/2026", 45, 0, "SLP at training"],
        ["9/22/2026", 45, 0, None],
        ["9/23/2026", 45, None, None],
        outcomes={"": "missed"},
    )
    assert told(found) == [
        ("09-15", "delivered", None, 45),
        ("09-16", "partial", None, 30),
        ("09-17", "missed", "school", 45),
        ("09-22", "missed", None, 45),
    ]
    assert asked(found) == {"/outcomes/SLP at training": None}
    assert left_out(found)[7] == "no_entry", "a blank is not missed"
    both = log(["Date", "Planned", "Given", "Status"], ["9/15/2026", 30, 15, "Held"], ["9/16/2026", 30, 20, "Student absent"])
    assert (told(both), bad(both)[3][0]) == ([("09-15", "partial", None, 15)], "C")


def test_a_comment_says_why_it_was_not_held() -> None:
    found = log(
        HEAD,
        ["9/15/2026", 30, "Not provided", None, "Student absent"],
        ["9/16/2026", 30, "Cancelled", None, "SLP out"],
        ["9/17/2026", 30, "Missed", None, "no sub"],
        ["9/21/2026", 30, "P", None, "Missed 2 of 10"],
        ["9/22/2026", 30, "Missed", None, "sick"],
        ["9/23/2026", 30, "Absent", None, "therapist out"],
    )
    assert told(found) == [
        ("09-15", "student_absent", None, 30),
        ("09-16", "missed", "provider", 30),
        ("09-17", "missed", None, 30),
        ("09-21", "delivered", None, 30),
    ]
    assert asked(found) == {"/outcomes/Missed: sick": None, "/outcomes/Absent: therapist out": None}
    who = log(["Date", "Minutes", "Status", "Cancelled by"], ["9/15/2026", 30, "Not held", "Student"])
    assert told(who) == [("09-15", "student_absent", None, 30)]


@each(
    "legend, code, choice",
    [
        (["P=Provider absent X=Seen"], "P", "missed_by_provider"),
        (["Key: AB = absent, X = seen"], "X", "delivered"),
        (["P", "Provider absent"], "P", "missed_by_provider"),
        (["P = Push-in"], "P", None),
        (["P = Present", "P = Provider absent"], "P", None),
        (["Codes", "P", "A", "PA"], "P", "delivered"),
        ([], "A", None),
    ],
)
def test_a_code_means_what_its_log_says_of_it(legend: list[str], code: str, choice: str | None) -> None:
    below = [row for row in ([], ["", "", *legend]) if legend]
    for rows in ([legend, HEAD, ["9/15/2026", 30, code]], [HEAD, ["9/15/2026", 30, code], *below]):
        if len(legend) != 2 or rows[0] is legend:
            assert log(*rows).outcomes == {code: choice}


def test_a_legend_stands_beside_the_entries_and_none_in_their_comments() -> None:
    beside = log(["Date", "Minutes", "Code", None, "Legend", None], ["9/15/2026", 30, "TA", None, "TA", "Therapist absent"])
    assert beside.outcomes == {"TA": "missed_by_provider"}
    assert log(HEAD, ["9/15/2026", 30, "P", None, "s: 80%, p: missed 3"]).outcomes == {"P": "delivered"}


def test_a_column_that_may_say_it_is_asked_for_before_it_is_passed_over() -> None:
    assert asked(log(["Date", "Status", "How long"], ["9/15/2026", "P", 30])) == {"/columns/minutes": "C"}
    assert "/columns/outcome" in asked(log(["Date", "Minutes", "Ok"], ["9/15/2026", 30, "Y"], ["9/16/2026", 30, "N"]))
    assert asked(log(["Date", "Date of Service", "Minutes", "Status"], ["9/16/2026", "9/15/2026", 30, "P"])) == {
        "/columns/date": "A"
    }
    services = log(["Date", "Speech (min)", "OT (min)", "Status"], ["9/15/2026", 30, 45, "P"])
    assert asked(services) == {"/columns/minutes": "B"}
    assert asked(log(["Day", "Date", "Minutes", "Status"], ["Tue", "9/15/2026", 30, "P"])) == {}


def test_units_are_of_as_many_minutes_as_their_heading_says() -> None:
    assert told(log(["Date", "Units (15 min)", "Status"], ["9/15/2026", 3, "P"])) == [("09-15", "delivered", None, 45)]
    unsaid = log(["Date", "Units", "Start", "Stop", "Status"], ["9/15/2026", 1, "9:00", "9:25", "P"])
    assert told(unsaid) == [("09-15", "delivered", None, 25)]
    assert bad(log(["Date", "Units", "Status"], ["9/15/2026", 3, "P"], columns={"minutes": "Units"}))[2][0] == "B"


def test_sums_and_feet_are_left_out_and_no_session_for_a_word_in_its_comment() -> None:
    found = log(
        HEAD,
        ["October 5, 2026", 30, "P", None, "Total communication"],
        ["September", 60],
        ["Sept 2026", 60],
        ["YTD", 120],
        ["Signature: ____", "Date: 11/12/2026"],
        [None, 30, "P"],
    )
    assert told(found) == [("10-05", "delivered", None, 30)]
    assert left_out(found) == {1: "above", 3: "sum", 4: "sum", 5: "sum", 6: "heading"}
    assert set(bad(found)) == {7}


def test_the_same_row_at_the_same_time_of_day_is_one_session() -> None:
    head, row = ["Date", "Start", "Minutes", "Status"], ["9/15/2026", "9:00", 30, "P"]
    found = log(head, row, ["9/15/2026", "13:00", 30, "P"], row)
    assert (set(bad(found)), len(found.taken)) == ({4}, 2)
    assert len(log(HEAD, ["9/15/2026", 30, "P"], ["9/15/2026", 30, "P"]).taken) == 2


def test_a_code_says_which_day_it_makes_up() -> None:
    found = log(
        HEAD, ["10/14/2026", 30, "MU 10/12"], ["10/15/2026", 30, "Make-up for 10/13/2026"], ["1/8/2026", 30, "MU (12/18)"]
    )
    assert [one.makes_up_for for one in sessions(found)] == [date(2026, 10, 12), date(2026, 10, 13), date(2025, 12, 18)]


def test_of_a_part_the_minutes_must_be_said() -> None:
    assert bad(log(HEAD, ["9/15/2026", None, "Partial"]))[2][0] == "B"


def test_group_sizes_are_read_as_they_are_written() -> None:
    sizes = ("1:3", "1:1", "Group (4)", "G2", "Individual", "3", "Group", "0")
    found = log(["Date", "Minutes", "Status", "Ratio"], *(["9/15/2026", 30, "P", size] for size in sizes))
    assert [one.group_size for one in sessions(found)] == [3, 1, 4, 2, 1, 3, None, None]


def test_days_over_columns_may_name_their_weekday() -> None:
    rows = (["Service", "Mon 10/5", "Tue 10/6", "Wed 10/7"], ["Speech", 30, None, "SA"])
    assert set(asked(log(*rows))) >= {"/school_year"}
    found = log(*rows, school_year=2026, outcomes={"": "delivered"})
    assert told(found) == [("10-05", "delivered", None, 30), ("10-07", "student_absent", None, None)]


@each("letters", ["M T W Th F", "M T W R F", "L M M J V"])
def test_a_week_may_be_headed_by_letters(letters: str) -> None:
    found = log(["P = Present"], ["Week of", *letters.split()], ["9/14/2026", None, "P", None, "PA"])
    assert told(found) == [("09-15", "delivered", None, None), ("09-17", "missed", "provider", None)]


def test_of_two_sheets_with_logs_one_is_to_be_named() -> None:
    one = [HEAD, ["9/15/2026", 30, "P"]]
    found = read([("About", [["Hello"]]), ("September", one), ("October", one)], Said(), latest=LATEST)
    assert (found.sheet, asked(found)) == ("September", {"/sheet": "September"})
    assert read([("About", [["Hello"]]), ("September", one)], Said(), latest=LATEST).questions == ()
    assert read([("September", one), ("October", one)], Said(sheet="October"), latest=LATEST).questions == ()


# Whatever comes.

CELLS: Any = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(
        [
            *HEAD,
            *("Mon", "Tue", "Wed", "Week of", "Service", "Student", "Start", "End", "Time", "Make-up for", "Total", "Hours"),
            *("9/15/2026", "09/10/2026", "10/12", "2026-10-12", "30", "0:30", "P", "NS", "SA = student absent", "9:00-9:30"),
        ]
    ),
)
TABLES = st.lists(st.lists(CELLS, max_size=8), max_size=12)
OUTCOMES: Any = st.dictionaries(st.sampled_from(["", "P", "NS", "30"]), st.sampled_from(sorted(CHOICES)))


@given(TABLES, st.none() | st.integers(1, 12), OUTCOMES, st.sampled_from([None, *ORDERS]), st.sampled_from([None, 2025]))
def test_every_row_of_whatever_table_is_taken_or_bad_or_left_out(
    rows: list[list[Any]], header_row: int | None, outcomes: Mapping[str, str], order: str | None, year: int | None
) -> None:
    header_row = header_row if header_row and header_row <= len(rows) else None
    found = log(*rows, header_row=header_row, outcomes=outcomes, date_order=order, school_year=year)
    numbers = [one.number for one in (*found.taken, *found.bad, *found.left_out)]
    assert sorted(numbers) == list(range(1, len(rows) + 1))
    for session in sessions(found):
        assert session.held_on <= LATEST
        assert session.minutes is None or 1 <= session.minutes <= 1440
        assert session.missed_by is None or session.outcome == "missed"
    for one in found.bad:
        assert one.detail.endswith(".")


@given(st.dates(date(2000, 1, 1), LATEST), st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%d-%b-%Y", "%B %d, %Y", "%a %m/%d/%Y"]))
def test_a_day_is_the_one_that_was_written(day: date, form: str) -> None:
    assert day_of(day.strftime(form), "mdy", latest=LATEST) == day


# What denies itself.


@each(
    "status, comment, asks",
    [
        ("P", "student absent", "P: student absent"),
        ("Present", "Z. was out sick", "Present: Z. was out sick"),
        ("P", "Not held, no room", "P: Not held, no room"),
        ("P", "Worked on test words and a trip", None),
        ("P", "No concerns", None),
        ("Student present but refused", "", "Student present but refused"),
        ("", "fire drill; lost 15 min", "fire drill; lost 15 min"),
    ],
)
def test_a_session_that_is_given_by_its_code_and_denied_beside_it_is_asked_for(status: str, comment: str, asks: str) -> None:
    rows: list[list[Any]] = [HEAD, ["10/13/2026", 30, status, None, comment], ["10/14/2026", 30, "P", None, None]]
    if not status:
        rows = [[one for place, one in enumerate(row) if place != 2] for row in rows]
    found = log(*rows, outcomes={"": "delivered"})
    assert list(asked(found)) == ([f"/outcomes/{asks}"] if asks else [])
    assert set(bad(found)) == ({2} if asks else set())
    if asks:
        [first, _] = sessions(log(*rows, outcomes={"": "delivered", asks: "missed_by_school"}))
        assert (first.outcome, first.missed_by) == ("missed", "school")


# Whose log it is.


@each(
    "name, is_asked",
    [
        ("Sasha Petrov", False),
        ("PETROV, Sasha (10293)", False),
        ("Petrov, Sasha Marie", False),
        ("S. Petrov", False),
        ("Sasha P.", False),
        ("SP", False),
        ("Bob Other", True),
        ("Petrov, Bob", True),
        ("B. Petrov", True),
        ("10293", True),
    ],
)
def test_whether_a_log_that_names_one_student_is_this_childs_is_asked_unless_it_is_sure(name: str, is_asked: bool) -> None:
    column = [["Student", "Date", "Status"], [name, "10/13/2026", "P"], [name, "10/14/2026", "P"]]
    in_one = [[f"Student: {name}  Grade: 4"], ["Date", "Status"], ["10/13/2026", "P"]]
    in_two = [["Student Name:", name, "SLP: T. Thompson"], ["Date", "Status"], ["10/13/2026", "P"]]
    for rows in (column, in_one, in_two):
        found = read([("Log", rows)], Said(), latest=LATEST, child="Sasha Petrov")
        assert list(asked(found)) == (["/student"] if is_asked else []), rows
        assert name not in str(found.questions)
        told = read([("Log", rows)], Said(student=name), latest=LATEST, child="Sasha Petrov")
        assert (told.questions, len(told.taken)) == ((), len(column) - 1 if rows is column else 1)
        with pytest.raises(Invalid):
            read([("Log", rows)], Said(student="Carol"), latest=LATEST, child="Sasha Petrov")


def test_a_row_that_is_not_there_cannot_be_left_out() -> None:
    with pytest.raises(Invalid, match="no row 99"):
        log(HEAD, ["10/13/2026", 30, "P"], leave_out=frozenset((2, 99)))
