"""Consultations: offered, booked, moved, cancelled, turned into a file."""

from datetime import datetime

import icalendar

from tests.cast import ZONE, Practice, Staff, Visitor, text_of, token_in
from tests.conftest import Clock

WEEK = ("2026-10-05T00:00:00Z", "2026-10-12T00:00:00Z")
TUESDAY_NINE = "2026-10-06T09:00:00-07:00"


def test_a_visitor_sees_free_times_in_her_own_zone(ana: Staff, olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    slots = visitor.slots(*WEEK, timezone="America/New_York")
    # It is Monday, nine o'clock in Los Angeles: the first is now, at noon in New York.
    assert slots[0] == {"starts_at": "2026-10-05T12:00:00-04:00", "ends_at": "2026-10-05T12:30:00-04:00"}
    assert len(slots) == 5 * 6
    assert set(slots[0]) == {"starts_at", "ends_at"}


def test_she_books_and_both_are_told(riverside: Practice, olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    booked = visitor.books(TUESDAY_NINE, email=f"petra@{riverside.slug}.example", message="No reader.")
    assert booked["starts_at"] == "2026-10-06T12:00:00-04:00"
    assert booked["manage_url"].startswith("https://practice.example/bookings/")
    assert TUESDAY_NINE not in [slot["starts_at"] for slot in visitor.slots(*WEEK)]

    [mail] = riverside.mails_to(f"petra@{riverside.slug}.example")
    assert "Tuesday, October 6, 2026, 12:00 PM EDT (America/New_York)" in text_of(mail)
    assert booked["manage_url"] in text_of(mail)
    parts = {part.get_content_type(): part for part in mail.walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    event = icalendar.Calendar.from_ical(parts["text/calendar"].get_payload(decode=True)).walk("VEVENT")[0]
    assert event.decoded("dtstart") == datetime.fromisoformat(TUESDAY_NINE)
    assert (event["SEQUENCE"], event["UID"]) == (0, f"{booked['id']}@followthrough")

    host_mail = riverside.mails_to(olga.email)[-1]
    assert "Petra Petrov" in text_of(host_mail)
    assert "Tuesday, October 6, 2026, 9:00 AM PDT (America/Los_Angeles)" in " ".join(host_mail["Subject"].split())


def test_a_time_that_is_gone_comes_with_the_nearest_free_ones(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    visitor.books(TUESDAY_NINE)
    answer = visitor.tries_to_book(TUESDAY_NINE)
    problem = answer.get_json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/slot-taken")
    assert problem["nearest"][0]["starts_at"] == "2026-10-06T12:30:00-04:00"
    assert visitor.tries_to_book(problem["nearest"][0]["starts_at"]).status_code == 201


def test_what_is_not_offered_is_not_accepted(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(minimum_notice_minutes=120, horizon_days=7)
    for never in (
        "2026-10-05T09:30:00-07:00",  # less than two hours ahead
        "2026-10-06T09:10:00-07:00",  # between two starts
        "2026-10-06T12:00:00-07:00",  # after the hours
        "2026-10-10T09:00:00-07:00",  # Saturday
        "2026-10-27T09:00:00-07:00",  # behind the horizon
        "2026-09-29T09:00:00-07:00",  # past
    ):
        assert visitor.tries_to_book(never).status_code == 409


def test_she_moves_and_cancels_it_behind_her_link(riverside: Practice, olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    address = f"petra@{riverside.slug}.example"
    booked = visitor.books(TUESDAY_NINE, email=address)
    token = token_in(riverside.mails_to(address)[0])
    seen = visitor.get(f"/public/bookings/{token}")
    assert (seen["first_name"], seen["can_cancel"]) == ("Petra", True)
    assert "Petrov" not in str(seen)

    moved = visitor.post(f"/public/bookings/{token}/reschedule", {"starts_at": "2026-10-07T10:00:00-07:00"})
    assert moved["starts_at"] == "2026-10-07T13:00:00-04:00"
    assert visitor.tries_to_book(TUESDAY_NINE).status_code == 201  # the old time is free again
    riverside.works()

    cancelled = visitor.post(f"/public/bookings/{token}/cancel", {"reason": "We found help."})
    assert (cancelled["state"], cancelled["can_cancel"]) == ("cancelled", False)
    assert visitor.ask("POST", f"/public/bookings/{token}/cancel", {}).status_code == 409

    mails = riverside.mails_to(address)
    events = [
        icalendar.Calendar.from_ical(part.get_payload(decode=True))
        for mail in mails
        for part in mail.walk()
        if part.get_content_type() == "text/calendar" and not part.get_filename()
    ]
    assert [str(event["METHOD"]) for event in events] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event.walk("VEVENT")[0]["SEQUENCE"] for event in events] == [0, 1, 2]
    assert {str(event.walk("VEVENT")[0]["UID"]) for event in events} == {f"{booked['id']}@followthrough"}
    # The reason is read behind a sign-in: it may be about a child.
    told = text_of(riverside.mails_to(olga.email)[-1])
    assert "was cancelled" in told
    assert "We found help." not in told
    assert olga.get(f"/bookings/{booked['id']}")["reason"] == "We found help."


def test_looking_at_a_link_changes_nothing(riverside: Practice, olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    booked = visitor.books(TUESDAY_NINE)
    token = booked["manage_url"].rsplit("/", 1)[1]
    before = olga.get(f"/bookings/{booked['id']}")
    for path in ("", "/invite.ics"):
        for method in ("GET", "HEAD"):
            assert visitor.ask(method, f"/public/bookings/{token}{path}").status_code == 200
    for path in ("/cancel", "/reschedule"):
        assert visitor.ask("GET", f"/public/bookings/{token}{path}").status_code == 405
    assert olga.get(f"/bookings/{booked['id']}") == before


def test_staff_turn_a_booking_into_client_student_and_case(riverside: Practice, olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(hosts=(riverside.ana,))
    booked = visitor.books(TUESDAY_NINE, phone="+1 503 555 0142")
    said = {"student": {"name": "Sasha Petrov", "grade": "4"}, "title": "Reading support"}
    made = riverside.sam.post(f"/bookings/{booked['id']}/convert", said)
    case = olga.get(f"/cases/{made['case_id']}")
    assert (case["client_id"], case["student_id"]) == (made["client_id"], made["student_id"])
    assert case["advocate_id"] == riverside.ana.id
    assert olga.get(f"/clients/{made['client_id']}")["phone"] == "+1 503 555 0142"
    assert olga.get(f"/students/{made['student_id']}")["client_ids"] == [made["client_id"]]
    assert riverside.sam.post(f"/bookings/{booked['id']}/convert", said) == made
    assert len(olga.get("/clients")["items"]) == 1


def test_a_consultation_takes_place_or_is_missed_once_it_has_begun(olga: Staff, visitor: Visitor, clock: Clock) -> None:
    olga.opens_consultations()
    held, missed = visitor.books(TUESDAY_NINE), visitor.books("2026-10-06T10:00:00-07:00")
    assert olga.ask("POST", f"/bookings/{held['id']}/complete").status_code == 409
    clock.move(days=2)
    assert olga.post(f"/bookings/{held['id']}/complete")["state"] == "completed"
    assert olga.post(f"/bookings/{missed['id']}/no-show")["state"] == "no_show"
    assert olga.ask("POST", f"/bookings/{held['id']}/cancel", {}).status_code == 409


def test_neighbours_keep_the_larger_of_their_buffers(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(step_minutes=15, buffer_after_minutes=15, buffer_before_minutes=10)
    visitor.books(TUESDAY_NINE)
    free = [slot["starts_at"] for slot in visitor.slots("2026-10-06T16:00:00Z", "2026-10-06T18:00:00Z")]
    assert free[0] == "2026-10-06T09:45:00-07:00"


def test_a_daily_limit_closes_the_rest_of_the_day(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(daily_limit=1)
    visitor.books(TUESDAY_NINE)
    assert visitor.slots("2026-10-06T07:00:00Z", "2026-10-07T07:00:00Z") == []
    assert visitor.tries_to_book("2026-10-06T11:00:00-07:00").status_code == 409


def test_hours_stay_at_nine_when_the_clocks_change(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    october = visitor.slots("2026-10-26T07:00:00Z", "2026-10-27T07:00:00Z")
    november = visitor.slots("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z")
    assert october[0]["starts_at"] == "2026-10-26T09:00:00-07:00"
    assert november[0]["starts_at"] == "2026-11-02T09:00:00-08:00"


def test_a_type_that_is_closed_to_visitors_is_not_there_for_them(olga: Staff, visitor: Visitor) -> None:
    kind = olga.opens_consultations()
    assert [row["slug"] for row in visitor.get(f"/public/{visitor.slug}/consultation-types")["items"]] == [kind["slug"]]
    olga.patch(f"/consultation-types/{kind['id']}", {"is_open": False})
    assert visitor.get(f"/public/{visitor.slug}/consultation-types")["items"] == []
    assert visitor.tries_to_book(TUESDAY_NINE).status_code in (404, 422)


def test_a_thousand_years_of_slots_cost_no_more_than_the_horizon(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(horizon_days=14)
    slots = visitor.slots("1900-01-01T00:00:00Z", "2199-12-31T00:00:00Z")
    assert 0 < len(slots) <= 15 * 6


def test_the_invitation_of_a_cancelled_booking_says_that_it_is(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    token = visitor.books(TUESDAY_NINE)["manage_url"].rsplit("/", 1)[1]
    visitor.post(f"/public/bookings/{token}/cancel")
    invitation = visitor.ask("GET", f"/public/bookings/{token}/invite.ics").get_data(as_text=True)
    assert "METHOD:CANCEL" in invitation
    assert "STATUS:CANCELLED" in invitation


def test_mail_goes_to_an_international_domain_in_ascii(riverside: Practice, olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    visitor.books(TUESDAY_NINE, email=f"petra@{riverside.slug}.münchen.example")
    assert riverside.mails_to(f"petra@{riverside.slug}.xn--mnchen-3ya.example")


def test_a_parent_who_chose_a_host_moves_to_times_of_that_host_alone(riverside: Practice, olga: Staff, ana: Staff) -> None:
    """Red without `_kept_host` in `api.public`."""
    olga.opens_consultations(hosts=(ana,), visitors_choose_host=True)
    weekly = [{"weekday": "wednesday", "start": "13:00", "end": "14:00"}]
    olga.put("/availability", {"staff_id": olga.id, "timezone": ZONE, "weekly": weekly})
    week, hers = ("2026-10-06T00:00:00Z", "2026-10-09T00:00:00Z"), "2026-10-07T13:00:00-07:00"
    petra = riverside.visitor()
    whoever = petra.books("2026-10-06T09:00:00-07:00", timezone=ZONE)
    chosen = petra.books("2026-10-06T10:00:00-07:00", timezone=ZONE, host_id=ana.id, email="chose@example.org")
    for booked, may in ((whoever, True), (chosen, False)):
        link = f"/public/bookings/{booked['manage_url'].rsplit('/', 1)[1]}"
        offered = petra.get(f"{link}/slots?from={week[0]}&to={week[1]}")["items"]
        assert (hers in [slot["starts_at"] for slot in offered]) is may
        assert petra.ask("POST", f"{link}/reschedule", {"starts_at": hers}).status_code == (200 if may else 409)
