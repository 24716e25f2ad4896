"""Hours: by the week, in summer, on single dates, abroad, and time off. Who sees to whose."""

from typing import Any

import pytest

from tests.cast import ZONE, Actor, Practice, Staff, Visitor
from tests.test_practice import CALENDAR

WEEKLY = [
    {"weekday": day, "start": "09:00", "end": "12:00"} for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
]
UNKNOWN = "0192f0c1-2345-7abc-8def-0123456789ab"


def hours_of(person: Staff, **more: Any) -> dict[str, Any]:
    return {"staff_id": person.id, "timezone": ZONE, "weekly": WEEKLY, **more}


def starts(visitor: Visitor, day: str, days: int = 1) -> list[str]:
    """When she could have a consultation on a date in Los Angeles, as HH:MM."""
    last = int(day[8:]) + days
    found = visitor.slots(f"{day}T07:00:00Z", f"{day[:8]}{last:02}T07:00:00Z")
    return [slot["starts_at"][11:16] for slot in found]


MORNING = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]


# By the week and in summer.


def test_hours_come_back_as_they_were_set_and_are_replaced_as_a_whole(olga: Staff) -> None:
    travels = [{"from": "2026-12-20", "to": "2027-01-03", "timezone": "Europe/Madrid"}]
    summer = [{"weekday": "monday", "start": "10:00", "end": "00:00"}]
    said = hours_of(olga, summer_weekly=summer, travels=travels)
    kept = olga.put("/availability", said)
    assert {name: kept[name] for name in said} == said
    assert olga.get(f"/availability?staff_id={olga.id}")["items"][0]["travels"] == travels
    again = olga.put("/availability", hours_of(olga))
    assert (again["id"], again["summer_weekly"], again["travels"]) == (kept["id"], None, [])


def test_summer_has_hours_of_its_own(olga: Staff, visitor: Visitor) -> None:
    # School begins on 8 September and is over on 23 October: the week of 26 October is outside.
    olga.patch("/practice", {"school_calendar": {"school_years": [{"from": "2026-09-08", "to": "2026-10-23"}]}})
    olga.opens_consultations()
    assert (starts(visitor, "2026-10-23"), starts(visitor, "2026-10-26")) == (MORNING, MORNING)
    olga.put("/availability", hours_of(olga, summer_weekly=[{"weekday": "monday", "start": "13:00", "end": "14:00"}]))
    assert starts(visitor, "2026-10-23") == MORNING
    assert starts(visitor, "2026-10-26") == ["13:00", "13:30"]
    assert starts(visitor, "2026-10-27") == []
    # Without school years there is no summer.
    olga.patch("/practice", {"school_calendar": {}})
    assert starts(visitor, "2026-10-26") == MORNING


def test_who_travels_keeps_the_hours_of_the_clock_where_they_are(olga: Staff, visitor: Visitor) -> None:
    travel = {"from": "2026-10-07", "to": "2026-10-08", "timezone": "America/New_York"}
    olga.opens_consultations()
    olga.put("/availability", hours_of(olga, travels=[travel]))
    # Nine in New York is six in Los Angeles.
    assert starts(visitor, "2026-10-06") == MORNING
    assert (
        starts(visitor, "2026-10-07")
        == starts(visitor, "2026-10-08")
        == [
            "06:00",
            "06:30",
            "07:00",
            "07:30",
            "08:00",
            "08:30",
        ]
    )
    assert starts(visitor, "2026-10-09") == MORNING
    assert visitor.tries_to_book("2026-10-07T09:00:00-07:00").status_code == 409
    assert visitor.tries_to_book("2026-10-07T09:00:00-04:00").status_code == 201


# Public holidays.


def test_a_public_holiday_of_country_and_state_has_no_hours(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    # Columbus Day is a federal holiday, and Oregon does not keep it.
    assert starts(visitor, "2026-10-12") == []
    olga.patch("/practice", {"state": "OR"})
    assert starts(visitor, "2026-10-12") == MORNING
    # In Canada the same Monday is Thanksgiving.
    olga.patch("/practice", {"country": "CA", "state": "ON"})
    assert starts(visitor, "2026-10-12") == []
    olga.patch("/practice", {"closes_on_public_holidays": False})
    assert starts(visitor, "2026-10-12") == MORNING


def test_a_holiday_that_the_practice_entered_has_no_hours_either(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    olga.patch("/practice", {"state_holidays": ["2026-10-14"]})
    assert (starts(visitor, "2026-10-13"), starts(visitor, "2026-10-14")) == (MORNING, [])
    assert visitor.tries_to_book("2026-10-14T09:00:00-07:00").status_code == 409
    olga.patch("/practice", {"closes_on_public_holidays": False})
    assert starts(visitor, "2026-10-14") == MORNING


# Single dates.


def test_hours_of_one_date_stand_above_those_of_the_week_and_above_a_holiday(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    said = {"staff_id": olga.id, "date": "2026-10-13", "hours": [{"start": "15:00", "end": "16:00"}], "note": "Training."}
    made = olga.post("/availability/overrides", said)
    assert {name: made[name] for name in said} == said
    assert (starts(visitor, "2026-10-13"), starts(visitor, "2026-10-14")) == (["15:00", "15:30"], MORNING)
    olga.patch(f"/availability/overrides/{made['id']}", {"hours": []})
    assert starts(visitor, "2026-10-13") == []
    olga.patch(f"/availability/overrides/{made['id']}", {"date": "2026-10-12", "hours": [{"start": "23:30", "end": "00:00"}]})
    assert (starts(visitor, "2026-10-12"), starts(visitor, "2026-10-13")) == (["23:30"], MORNING)
    assert olga.ask("DELETE", f"/availability/overrides/{made['id']}").status_code == 204
    assert starts(visitor, "2026-10-12") == []
    assert olga.ask("GET", f"/availability/overrides/{made['id']}").status_code == 404


def test_a_date_has_hours_of_its_own_once(olga: Staff) -> None:
    said = {"staff_id": olga.id, "date": "2026-10-13", "hours": []}
    olga.post("/availability/overrides", said)
    assert olga.ask("POST", "/availability/overrides", said).status_code == 409
    assert len(olga.get("/availability/overrides")["items"]) == 1


def test_overrides_are_listed_by_date_and_found_by_person_and_time(olga: Staff, ana: Staff) -> None:
    for person, day in ((olga, "2026-12-01"), (ana, "2026-10-20"), (ana, "2026-11-10")):
        olga.post("/availability/overrides", {"staff_id": person.id, "date": day, "hours": []})

    def dates(query: str) -> list[str]:
        return [row["date"] for row in olga.everything(f"/availability/overrides?{query}")]

    assert dates("") == ["2026-10-20", "2026-11-10", "2026-12-01"]
    assert dates(f"staff_id={ana.id}") == ["2026-10-20", "2026-11-10"]
    assert dates("from=2026-11-10&to=2026-11-30") == ["2026-11-10"]
    first = olga.get("/availability/overrides?limit=2")
    assert [row["date"] for row in olga.get(f"/availability/overrides?limit=2&cursor={first['next_cursor']}")["items"]] == [
        "2026-12-01"
    ]


# Time off.


def test_time_off_closes_what_touches_it(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    said = {"staff_id": olga.id, "starts_at": "2026-10-06T16:45:00Z", "ends_at": "2026-10-07T17:00:00Z", "note": "Family."}
    made = olga.post("/time-off", said)
    assert {name: made[name] for name in said} == said
    # From 9:45 on Tuesday until 10:00 on Wednesday.
    assert (starts(visitor, "2026-10-06"), starts(visitor, "2026-10-07")) == (["09:00"], MORNING[2:])
    assert visitor.tries_to_book("2026-10-06T09:30:00-07:00").status_code == 409
    olga.patch(f"/time-off/{made['id']}", {"ends_at": "2026-10-06T17:30:00Z"})
    assert (starts(visitor, "2026-10-06"), starts(visitor, "2026-10-07")) == (["09:00", "10:30", "11:00", "11:30"], MORNING)
    assert olga.ask("DELETE", f"/time-off/{made['id']}").status_code == 204
    assert starts(visitor, "2026-10-06") == MORNING


def test_time_off_is_listed_by_when_it_starts_and_found_by_what_it_touches(olga: Staff, ana: Staff) -> None:
    for person, month in ((olga, 12), (ana, 10), (ana, 11)):
        span = {"starts_at": f"2026-{month}-10T16:00:00Z", "ends_at": f"2026-{month}-20T16:00:00Z"}
        olga.post("/time-off", {"staff_id": person.id, **span})

    def months(query: str) -> list[str]:
        return [row["starts_at"][5:7] for row in olga.everything(f"/time-off?{query}")]

    assert months("") == ["10", "11", "12"]
    assert months(f"staff_id={ana.id}") == ["10", "11"]
    assert months("from=2026-11-20T15:59:59Z&to=2026-12-10T16:00:00Z") == ["11"]
    assert months("from=2026-11-20T16:00:00Z&to=2026-12-10T16:00:01Z") == ["12"]


def test_time_off_ends_after_it_starts(olga: Staff) -> None:
    span = {"staff_id": olga.id, "starts_at": "2026-10-07T16:00:00Z", "ends_at": "2026-10-07T16:00:00Z"}
    made = olga.post("/time-off", {**span, "ends_at": "2026-10-07T17:00:00Z"})
    for answer in (
        olga.ask("POST", "/time-off", span),
        olga.ask("PATCH", f"/time-off/{made['id']}", {"starts_at": "2026-10-07T18:00:00Z"}),
    ):
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/ends_at")
    assert olga.get(f"/time-off/{made['id']}")["starts_at"] == "2026-10-07T16:00:00Z"


@pytest.mark.parametrize(
    ("path", "said", "pointer"),
    [
        ("/availability", {"weekly": [{"weekday": "monday", "start": "12:00", "end": "09:00"}]}, "/weekly/0/end"),
        (
            "/availability",
            {"summer_weekly": [{"weekday": "someday", "start": "09:00", "end": "12:00"}]},
            "/summer_weekly/0/weekday",
        ),
        ("/availability", {"travels": [{"from": "2026-12-20", "to": "2026-12-19", "timezone": ZONE}]}, "/travels/0/to"),
        ("/availability", {"travels": [{"from": "2026-12-20", "to": "2026-12-21", "timezone": "Mars"}]}, "/travels/0/timezone"),
        (
            "/availability",
            {
                "travels": [
                    {"from": "2026-12-21", "to": "2026-12-30", "timezone": ZONE},
                    {"from": "2026-12-01", "to": "2026-12-21", "timezone": ZONE},
                ]
            },
            "/travels/0/from",
        ),
        ("/availability", {"travels": [{"to": "2026-12-21", "timezone": ZONE}]}, "/travels/0/from"),
        ("/availability/overrides", {"date": "2026-02-30"}, "/date"),
        ("/availability/overrides", {"hours": [{"start": "09:00", "end": "08:00"}]}, "/hours/0/end"),
        ("/availability/overrides", {"hours": [{"start": "9", "end": "10:00"}]}, "/hours/0/start"),
        ("/availability/overrides", {"hours": None}, "/hours"),
        ("/availability/overrides", {"staff_id": UNKNOWN}, "/staff_id"),
        ("/time-off", {"starts_at": "2026-10-07T16:00:00"}, "/starts_at"),
        ("/time-off", {"staff_id": UNKNOWN}, "/staff_id"),
    ],
)
def test_hours_that_make_no_sense_are_refused_at_their_place(
    olga: Staff, path: str, said: dict[str, Any], pointer: str
) -> None:
    whole: dict[str, dict[str, Any]] = {
        "/availability": hours_of(olga),
        "/availability/overrides": {"staff_id": olga.id, "date": "2026-10-13", "hours": []},
        "/time-off": {"staff_id": olga.id, "starts_at": "2026-10-07T16:00:00Z", "ends_at": "2026-10-08T16:00:00Z"},
    }
    answer = olga.ask("PUT" if path == "/availability" else "POST", path, {**whole[path], **said})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]


# Whose hours.


def everything_about_hours_of(person: Staff, by: Staff) -> list[int]:
    """Sets, changes and takes back all kinds of hours of a person; gives how that was answered."""
    off = {"staff_id": person.id, "starts_at": "2026-10-07T16:00:00Z", "ends_at": "2026-10-08T16:00:00Z"}
    answers = [
        by.ask("PUT", "/availability", hours_of(person)),
        override := by.ask("POST", "/availability/overrides", {"staff_id": person.id, "date": "2026-10-13", "hours": []}),
        time_off := by.ask("POST", "/time-off", off),
    ]
    for path, answer in (("/availability/overrides", override), ("/time-off", time_off)):
        row_id = answer.get_json().get("id")
        answers += [by.ask("PATCH", f"{path}/{row_id}", {"note": "Changed."}), by.ask("DELETE", f"{path}/{row_id}")]
    return [answer.status_code for answer in answers]


def test_everybody_sees_to_their_own_hours_and_an_owner_to_anybodys(riverside: Practice) -> None:
    for person in (riverside.olga, riverside.ana, riverside.sam):
        assert everything_about_hours_of(person, by=person) == [200, 201, 201, 200, 204, 200, 204]
    assert everything_about_hours_of(riverside.sam, by=riverside.olga) == [200, 201, 201, 200, 204, 200, 204]


def test_nobody_else_sees_to_them_but_everybody_may_look(riverside: Practice) -> None:
    olga, ana, sam = riverside.olga, riverside.ana, riverside.sam
    override = ana.post("/availability/overrides", {"staff_id": ana.id, "date": "2026-10-13", "hours": []})
    off = ana.post("/time-off", {"staff_id": ana.id, "starts_at": "2026-10-07T16:00:00Z", "ends_at": "2026-10-08T16:00:00Z"})
    olga.put("/availability", hours_of(ana))
    for other in (sam, olga):
        assert other.get(f"/availability/overrides/{override['id']}") == override
        assert other.get(f"/time-off/{off['id']}") == off
        assert len(other.get(f"/availability?staff_id={ana.id}")["items"]) == 1
    for path, body in (
        (f"/availability/overrides/{override['id']}", {"note": "Mine."}),
        (f"/time-off/{off['id']}", {"note": "Mine."}),
    ):
        assert [sam.ask("PATCH", path, body).status_code, sam.ask("DELETE", path).status_code] == [403, 403]
    assert sam.ask("PUT", "/availability", hours_of(ana)).status_code == 403
    assert (
        sam.ask("POST", "/availability/overrides", {"staff_id": ana.id, "date": "2026-10-14", "hours": []}).status_code == 403
    )
    assert ana.ask("PUT", "/availability", hours_of(olga)).status_code == 403
    # Whether somebody is there is not told by who may not set their hours.
    assert (
        sam.ask("POST", "/availability/overrides", {"staff_id": UNKNOWN, "date": "2026-10-14", "hours": []}).status_code == 403
    )
    assert sam.get(f"/time-off/{off['id']}") == off


def test_a_key_of_a_server_reads_hours_and_sets_none(olga: Staff, riverside: Practice) -> None:
    """Not even those of the owner who made it."""
    key = Actor(riverside.app, olga.makes_a_key("availability:read", "time-off:read", "slots:read")["key"])
    assert key.ask("GET", "/availability/overrides").status_code == 200
    assert key.ask("GET", "/time-off").status_code == 200
    assert key.ask("PUT", "/availability", hours_of(olga)).status_code == 403
    assert (
        key.ask("POST", "/availability/overrides", {"staff_id": olga.id, "date": "2026-10-13", "hours": []}).status_code == 403
    )


def test_another_practices_hours_are_no_hours_of_here(riverside: Practice, lakeside: Practice) -> None:
    ours, theirs = riverside.olga, lakeside.olga
    override = theirs.post("/availability/overrides", {"staff_id": lakeside.ana.id, "date": "2026-10-13", "hours": []})
    span = {"starts_at": "2026-10-06T07:00:00Z", "ends_at": "2026-10-31T07:00:00Z"}
    off = theirs.post("/time-off", {"staff_id": lakeside.ana.id, **span})
    for path in (f"/availability/overrides/{override['id']}", f"/time-off/{off['id']}"):
        assert ours.ask("GET", path).status_code == 404
        assert ours.ask("PATCH", path, {"note": "Ours."}).status_code == 404
        assert ours.ask("DELETE", path).status_code == 404
    assert ours.get("/availability/overrides")["items"] == ours.get("/time-off")["items"] == []
    said = {"staff_id": lakeside.ana.id, "date": "2026-10-14", "hours": []}
    assert ours.ask("POST", "/availability/overrides", said).status_code == 422
    ours.opens_consultations()
    assert starts(riverside.visitor(), "2026-10-13") == MORNING
    assert theirs.get(f"/time-off/{off['id']}") == off


def test_the_calendar_of_the_school_is_not_asked_whether_an_advocate_works(olga: Staff, visitor: Visitor) -> None:
    """A week without school is a good one for consultations: its closures count for follow-ups alone."""
    olga.patch("/practice", {"school_calendar": CALENDAR})
    olga.opens_consultations()
    assert starts(visitor, "2026-10-07") == MORNING
