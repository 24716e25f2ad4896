"""Reminders of a consultation: to parent and host, each in their own zone, at the offsets of its type; never of what is not."""

from typing import Any

import pytest

from tests.cast import Practice, Staff, Visitor, text_of, token_in
from tests.conftest import Clock
from tests.invitations import has_invitation
from tests.test_booking_mail import keeps_hours, subject_of

THURSDAY_NINE = "2026-10-08T09:00:00-07:00"
FRIDAY_TEN = "2026-10-09T10:00:00-07:00"


@pytest.fixture
def petra(riverside: Practice) -> str:
    return f"petra@{riverside.slug}.example"


def reminders_to(riverside: Practice, address: str) -> list[Any]:
    return [mail for mail in riverside.mails_to(address) if subject_of(mail).startswith(("Reminder", "Recordatorio"))]


def test_both_are_reminded_a_day_and_an_hour_before_in_their_own_zones(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    olga.opens_consultations(location={"kind": "video", "url": "https://video.example/room"})
    booked = visitor.books(THURSDAY_NINE, email=petra, language="es")
    clock.move(days=1, hours=23, minutes=59)
    assert reminders_to(riverside, petra) == []
    clock.move(minutes=1)
    [to_parent], [to_host] = reminders_to(riverside, petra), reminders_to(riverside, olga.email)
    assert "jueves, 8 de octubre de 2026, 12:00 p. m. EDT (America/New_York)" in text_of(to_parent)
    assert "https://video.example/room" in text_of(to_parent)
    assert booked["manage_url"] in text_of(to_parent)
    assert subject_of(to_host) == ("Reminder: Free consultation, Thursday, October 8, 2026, 9:00 AM PDT (America/Los_Angeles)")
    assert not has_invitation(to_parent), "the event is in their calendar already"
    clock.move(hours=22, minutes=59)
    assert len(reminders_to(riverside, petra)) == 1
    clock.move(minutes=1)
    assert len(reminders_to(riverside, petra)) == len(reminders_to(riverside, olga.email)) == 2
    clock.move(days=1)
    assert len(reminders_to(riverside, petra)) == len(reminders_to(riverside, olga.email)) == 2


def test_a_day_before_is_a_day_of_the_same_length_when_the_clocks_change(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    """A reminder counts hours that pass: of the day that has 25 of them, the one before comes an hour later by the clock."""
    olga.opens_consultations()
    keeps_hours(olga, "America/New_York", "sunday")
    visitor.books("2026-11-01T14:00:00Z", email=petra)  # nine o'clock, on the day on which the clocks go back
    clock.at = clock.at.replace(month=10, day=31, hour=13, minute=59)
    assert reminders_to(riverside, petra) == []
    clock.move(minutes=1)
    assert "9:00 AM EST (America/New_York)" in subject_of(reminders_to(riverside, olga.email)[0])


def test_what_would_be_past_is_not_planned(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    """Red without `if due_at > now` in `BookingReminder.plan`."""
    olga.opens_consultations()
    visitor.books("2026-10-06T09:00:00-07:00", email=petra)  # in a day, to the minute
    assert reminders_to(riverside, petra) == []
    clock.move(hours=23)
    assert len(reminders_to(riverside, petra)) == 1
    clock.move(minutes=30)
    visitor.books("2026-10-06T09:30:00-07:00", email=f"late-{petra}")  # in an hour, to the minute
    clock.move(minutes=59)
    assert reminders_to(riverside, f"late-{petra}") == []


def test_the_type_says_how_long_before(riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock) -> None:
    olga.opens_consultations(reminder_offsets_minutes=[2880, 15])
    visitor.books(THURSDAY_NINE, email=petra)
    clock.move(days=1)
    assert len(reminders_to(riverside, petra)) == 1
    clock.move(days=1, hours=23, minutes=45)
    assert len(reminders_to(riverside, petra)) == 2
    olga.opens_consultations(slug="quiet", reminder_offsets_minutes=[])
    assert visitor.tries_to_book(FRIDAY_TEN, "quiet", email=f"quiet-{petra}").status_code == 201
    clock.move(hours=24)
    assert reminders_to(riverside, f"quiet-{petra}") == []


def test_a_consultation_that_moved_is_reminded_of_at_its_new_time_alone(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    olga.opens_consultations()
    token = visitor.books(THURSDAY_NINE, email=petra)["manage_url"].rsplit("/", 1)[1]
    visitor.post(f"/public/bookings/{token}/reschedule", {"starts_at": FRIDAY_TEN})
    clock.move(days=3)
    assert reminders_to(riverside, petra) == []
    clock.move(hours=1)
    assert ["Friday, October 9" in text_of(mail) for mail in reminders_to(riverside, petra)] == [True]


def test_what_is_cancelled_or_only_asked_for_is_not_reminded_of(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    olga.opens_consultations(needs_confirmation=True)
    asked = visitor.books(THURSDAY_NINE, email=petra)
    confirmed = visitor.books(FRIDAY_TEN, email=petra)
    olga.post(f"/bookings/{confirmed['id']}/confirm")
    clock.move(days=2)
    assert reminders_to(riverside, petra) == [], "it is not sure that it will be"
    olga.post(f"/bookings/{asked['id']}/decline")
    olga.post(f"/bookings/{confirmed['id']}/cancel")
    clock.move(days=2)
    assert reminders_to(riverside, petra) == []


def test_a_request_that_is_confirmed_is_reminded_of(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    olga.opens_consultations(needs_confirmation=True)
    asked = visitor.books(THURSDAY_NINE, email=petra)
    clock.move(days=1)
    olga.post(f"/bookings/{asked['id']}/confirm")
    clock.move(days=1)
    assert len(reminders_to(riverside, petra)) == 1
    assert len(reminders_to(riverside, olga.email)) == 1


def test_a_booking_that_waits_for_its_address_is_reminded_of_once_it_is_confirmed(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    olga.opens_consultations(verifies_address=True)
    visitor.books(THURSDAY_NINE, email=petra)
    visitor.post(f"/public/bookings/{token_in(riverside.mails_to(petra)[0])}/confirm")
    clock.move(days=2)
    assert len(reminders_to(riverside, petra)) == 1


def test_who_takes_over_is_reminded_and_who_gave_away_is_not(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    olga.opens_consultations(hosts=(riverside.ana,))
    visitor.books(THURSDAY_NINE, email=petra)
    keeps_hours(olga, "America/New_York", "thursday")
    olga.ask("DELETE", f"/staff/{riverside.ana.id}?hand_over_to={olga.id}")
    clock.move(days=2)
    assert len(reminders_to(riverside, olga.email)) == 1
    assert "12:00 PM EDT (America/New_York)" in subject_of(reminders_to(riverside, olga.email)[0])
    assert reminders_to(riverside, riverside.ana.email) == []
    assert len(reminders_to(riverside, petra)) == 1
