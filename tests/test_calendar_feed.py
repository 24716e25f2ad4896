"""A member's own calendar at an address: her consultations and reminders, for nobody whom she has not given the address."""

from datetime import datetime
from typing import Any

from tests.cast import Actor, Practice, Staff, Visitor, started_anew
from tests.conftest import Clock
from tests.invitations import read

TUESDAY_NINE = "2026-10-06T09:00:00-07:00"
CHILD = "Quillon"


def feed_of(person: Staff) -> str:
    """The address of a new feed, as a path."""
    url: str = person.post("/calendar-feeds")["url"]
    assert url.startswith("https://practice.example/calendar/")
    assert url.endswith(".ics")
    return url.removeprefix("https://practice.example")


def shown(person: Actor, path: str) -> Any:
    answer = person.opens(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return read(answer.get_data())


def events(calendar: Any) -> list[tuple[str, str]]:
    found = [(event.dtstart.value, event.summary.value) for event in getattr(calendar, "vevent_list", [])]
    return [(at.strftime("%m-%d %H:%M"), title) for at, title in sorted(found)]


def test_she_sees_her_consultations_and_that_there_is_something_to_do(
    riverside: Practice, olga: Staff, ana: Staff, visitor: Visitor
) -> None:
    """Red with `Reminder.title` in `models.calendar_feed.REMINDERS_OF` and in `mail.calendar_feed`."""
    olga.opens_consultations(hosts=(ana,))
    booked = visitor.books(TUESDAY_NINE, name="Petra Petrov", message=f"{CHILD} has no reader.")
    case = ana.opens_a_case(title=f"{CHILD}, grade 4")
    ana.post("/reminders", {"case_id": case["id"], "title": f"Call about {CHILD}", "due_at": "2026-10-07T17:00:00Z"})
    calendar = shown(visitor, feed_of(ana))
    assert events(calendar) == [("10-06 16:00", "Free consultation (P. P.)"), ("10-07 17:00", "Reminder: follow up")]
    assert CHILD not in calendar.serialize()
    assert "Petrov" not in calendar.serialize()
    consultation, reminder = sorted(calendar.vevent_list, key=lambda event: event.dtstart.value)
    assert consultation.uid.value == f"{booked['id']}@followthrough"
    assert (consultation.status.value, consultation.transp.value, reminder.transp.value) == (
        *("CONFIRMED", "OPAQUE"),
        "TRANSPARENT",
    )
    assert not hasattr(calendar, "method"), "nobody is invited"
    assert calendar.contents["x-wr-calname"][0].value.startswith("Consultations: Riverside")
    assert calendar.contents["refresh-interval"][0].params == {"VALUE": ["DURATION"]}
    assert events(shown(visitor, feed_of(olga))) == [], "each sees their own"


def test_what_is_asked_for_is_tentative_and_what_is_cancelled_is_gone(olga: Staff, visitor: Visitor, clock: Clock) -> None:
    olga.opens_consultations(needs_confirmation=True)
    feed = feed_of(olga)
    asked = visitor.books(TUESDAY_NINE)
    assert shown(visitor, feed).vevent.status.value == "TENTATIVE"
    olga.post(f"/bookings/{asked['id']}/confirm")
    assert shown(visitor, feed).vevent.status.value == "CONFIRMED"
    clock.move(days=2)
    olga.post(f"/bookings/{asked['id']}/complete")
    assert len(events(shown(visitor, feed))) == 1, "what was stays for a month"
    clock.move(days=40)
    assert events(shown(visitor, feed)) == []
    clock.move(days=-42)
    second = visitor.books("2026-10-06T10:00:00-07:00")
    assert len(events(shown(visitor, feed))) == 2
    olga.post(f"/bookings/{second['id']}/cancel")
    assert len(events(shown(visitor, feed))) == 1


def test_the_practice_reads_spanish(olga: Staff, ana: Staff, visitor: Visitor) -> None:
    olga.patch("/practice", {"language": "es"})
    ana.asks_the_team(ana.opens_a_case())
    calendar = shown(visitor, feed_of(ana))
    assert {title for _, title in events(calendar)} == {"Recordatorio: seguimiento"}
    assert calendar.contents["x-wr-calname"][0].value.startswith("Consultas: ")


def test_the_address_is_shown_once_and_dies_at_once_when_it_is_revoked(ana: Staff, olga: Staff, visitor: Visitor) -> None:
    made = ana.post("/calendar-feeds")
    path = made["url"].removeprefix("https://practice.example")
    [listed] = ana.get("/calendar-feeds")["items"]
    assert "url" not in listed
    assert listed == ana.get(f"/calendar-feeds/{made['id']}")
    assert olga.get("/calendar-feeds")["items"] == []
    for method in ("GET", "DELETE"):
        assert olga.ask(method, f"/calendar-feeds/{made['id']}").status_code == 404, "nobody else's, the owner's neither"
    other = feed_of(ana)
    assert ana.ask("DELETE", f"/calendar-feeds/{made['id']}").status_code == 204
    assert visitor.opens(path).status_code == 404
    assert visitor.opens(other).status_code == 200
    assert ana.get(f"/calendar-feeds/{made['id']}")["revoked_at"] is not None


def test_who_was_removed_has_no_calendar_any_more(riverside: Practice, olga: Staff, visitor: Visitor) -> None:
    """Red without `Staff.ended_at.is_(None)` in `models.calendar_feed.FEED_BY_LINK`."""
    path = feed_of(riverside.sam)
    assert visitor.opens(path).status_code == 200
    assert olga.ask("DELETE", f"/staff/{riverside.sam.id}").status_code == 200
    assert visitor.opens(path).status_code == 404


def test_a_calendar_in_which_nothing_happened_is_not_sent_again(olga: Staff, visitor: Visitor, clock: Clock) -> None:
    olga.opens_consultations()
    visitor.books(TUESDAY_NINE)
    path = feed_of(olga)
    first = visitor.opens(path)
    assert first.headers["Cache-Control"] == "no-store"
    clock.move(minutes=5)
    again = visitor.opens(path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.get_data()) == (304, b"")
    visitor.books("2026-10-06T10:00:00-07:00")
    assert visitor.opens(path, If_None_Match=first.headers["ETag"]).status_code == 200


def test_who_tries_out_addresses_is_told_to_wait(riverside: Practice, ana: Staff) -> None:
    path = feed_of(ana)
    someone = Actor(started_anew(riverside.app))
    wrong = path[:60] + ("A" if path[60] != "A" else "B") + path[61:]
    answers = [someone.opens(wrong).status_code for _ in range(31)] + [someone.opens("/calendar/nothing.ics").status_code]
    assert set(answers[:30]) == {404}
    assert 429 in answers
    assert Actor(riverside.app).opens(path).status_code == 200


def test_nobody_has_any_number_of_addresses(ana: Staff) -> None:
    for _ in range(10):
        feed_of(ana)
    answer = ana.ask("POST", "/calendar-feeds")
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/conflict")
    ana.delete(f"/calendar-feeds/{ana.get('/calendar-feeds')['items'][0]['id']}")
    assert datetime.fromisoformat(ana.post("/calendar-feeds")["created_at"])
