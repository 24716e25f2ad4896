"""What is mailed about a consultation: to each in their language and zone, as text, as HTML, as an event for the calendar."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mail.letter import LANGUAGES, letter
from mail.moment import in_words
from mail.post import KeptPost
from mail.render import render
from models.booking_mail import EVENTS, TO_FORMER_HOST, TO_PARENT
from models.message import Message
from tests.cast import Actor, Practice, Staff, Visitor, started_anew, text_of, token_in
from tests.conftest import Clock
from tests.invitations import has_invitation, invitation_in, read

TUESDAY_NINE = "2026-10-06T09:00:00-07:00"
CANARY = "Quillon"


def subject_of(mail: Any) -> str:
    return " ".join(str(make_header(decode_header(mail["Subject"]))).split())


def html_of(mail: Any) -> str:
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/html"]
    return str(part.get_payload(decode=True).decode())


def words_of(html: str) -> str:
    """What somebody reads of an HTML page."""
    return " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)).split())


def keeps_hours(staff: Staff, zone: str, *days: str, start: str = "09:00", end: str = "12:00") -> None:
    weekly = [{"weekday": day, "start": start, "end": end} for day in days]
    staff.put("/availability", {"staff_id": staff.id, "timezone": zone, "weekly": weekly})


@pytest.fixture
def petra(riverside: Practice) -> str:
    return f"petra@{riverside.slug}.example"


# The mail itself.


def test_a_mail_is_text_and_html_and_an_event_and_a_file(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    olga.opens_consultations()
    booked = visitor.books(TUESDAY_NINE, email=petra)
    [mail] = riverside.mails_to(petra)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        *("multipart/alternative", "text/plain", "text/html", "text/calendar"),
        "text/calendar",
    ]
    text, html = text_of(mail), html_of(mail)
    for said in ("Tuesday, October 6, 2026, 12:00 PM EDT (America/New_York)", "30 minutes", "Free of charge", "Olga Owens"):
        assert said in text
        assert said in words_of(html)
    assert f'href="{booked["manage_url"]}"' in html
    assert re.findall(r"<img|<script|<link|src=|url\(|@import|http:", html) == [], "nothing is loaded, nobody is followed"
    assert mail["Content-Language"] == "en"
    assert max(map(len, mail.as_bytes().split(b"\n"))) < 998


def test_what_people_type_is_text_in_every_part(riverside: Practice, olga: Staff, visitor: Visitor, petra: str) -> None:
    """Red with `autoescape=False` in `mail.letter`."""
    olga.opens_consultations(
        name='<b>Free</b> & "fair"; a,b', location={"kind": "place", "address": "1 <i>Main</i> St.\nPortland"}
    )
    visitor.books(TUESDAY_NINE, email=petra)
    [mail] = riverside.mails_to(petra)
    assert "<b>" not in html_of(mail)
    assert "<i>" not in html_of(mail)
    assert '<b>Free</b> & "fair"; a,b' in words_of(html_of(mail))
    assert '<b>Free</b> & "fair"; a,b' in text_of(mail)
    event = invitation_in(mail).vevent
    assert event.location.value == "1 <i>Main</i> St., Portland"
    assert event.summary.value.startswith('<b>Free</b> & "fair"; a,b with ')


def test_a_mail_that_is_sent_again_is_the_same_to_the_byte(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    """Red without `_name_the_boundaries` in `mail.render`."""
    olga.opens_consultations()
    visitor.books(TUESDAY_NINE, email=petra)
    practice_id = UUID(olga.get("/practice")["id"])
    row = olga.get("/messages?kind=booking&limit=1")["items"][0]
    with riverside.worker.in_practice(practice_id) as work:
        message = work.find(Message, row["id"])
    sender = riverside.worker.config.sender
    assert render(message, practice_id, sender).as_bytes() == render(message, practice_id, sender).as_bytes()


# Languages and zones.


def test_a_parent_who_reads_spanish_gets_spanish_and_the_host_what_the_practice_reads(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    olga.opens_consultations(location={"kind": "phone", "who_calls": "parent", "number": "+1 503 555 0100"})
    booked = visitor.books(TUESDAY_NINE, email=petra, language="es", timezone="Europe/Madrid")
    [mail] = riverside.mails_to(petra)
    assert subject_of(mail).startswith("Su consulta con ")
    for said in ("martes, 6 de octubre de 2026, 6:00 p. m. CEST (Europe/Madrid)", "Gratis", "30 minutos"):
        assert said in text_of(mail)
        assert said in words_of(html_of(mail))
    assert "llame a Olga Owens al +1 503 555 0100" in text_of(mail)
    assert '<html lang="es">' in html_of(mail)
    event = invitation_in(mail).vevent
    assert "Cambie o cancele" in event.description.value
    assert booked["manage_url"] in event.description.value
    assert subject_of(riverside.mails_to(olga.email)[-1]).startswith("Booked: ")

    olga.patch("/practice", {"language": "es"})
    visitor.books("2026-10-06T10:00:00-07:00", email=petra, language="en")
    assert subject_of(riverside.mails_to(petra)[-1]).startswith("Your consultation with ")
    to_host = riverside.mails_to(olga.email)[-1]
    assert subject_of(to_host).startswith("Reservada: ")
    assert "martes, 6 de octubre de 2026, 10:00 a. m. PDT (America/Los_Angeles)" in text_of(to_host)


def test_the_hour_that_comes_twice_is_told_apart_for_host_and_parent(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    """Red without `letters` in `mail.moment`: both bookings would be told with one hour."""
    olga.opens_consultations()
    keeps_hours(olga, "America/New_York", "saturday", "sunday", start="00:00", end="23:30")
    for starts_at, to_host, to_parent in (
        # New York turns its clocks back on the first of November.
        ("2026-11-01T05:30:00Z", "Sunday, November 1, 2026, 1:30 AM EDT", "domingo, 1 de noviembre de 2026, 6:30 a. m. CET"),
        ("2026-11-01T06:30:00Z", "Sunday, November 1, 2026, 1:30 AM EST", "domingo, 1 de noviembre de 2026, 7:30 a. m. CET"),
        # Madrid a week before.
        ("2026-10-25T00:30:00Z", "Saturday, October 24, 2026, 8:30 PM EDT", "domingo, 25 de octubre de 2026, 2:30 a. m. CEST"),
        ("2026-10-25T01:30:00Z", "Saturday, October 24, 2026, 9:30 PM EDT", "domingo, 25 de octubre de 2026, 2:30 a. m. CET"),
    ):
        visitor.books(starts_at, email=petra, language="es", timezone="Europe/Madrid")
        mail, host_mail = riverside.mails_to(petra)[-1], riverside.mails_to(olga.email)[-1]
        assert f"{to_parent} (Europe/Madrid)" in text_of(mail)
        assert f"{to_host} (America/New_York)" in subject_of(host_mail)
        assert invitation_in(mail).vevent.dtstart.value == datetime.fromisoformat(starts_at)
        assert invitation_in(host_mail).vevent.dtstart.value == datetime.fromisoformat(starts_at)


def test_an_instant_is_told_by_the_clock_of_its_zone() -> None:
    at = datetime(2026, 3, 8, 10, 0, tzinfo=UTC)
    assert in_words(at, "America/Los_Angeles", "en") == "Sunday, March 8, 2026, 3:00 AM PDT (America/Los_Angeles)"
    assert in_words(at, "America/Sao_Paulo", "es") == "domingo, 8 de marzo de 2026, 7:00 a. m. UTC-03 (America/Sao_Paulo)"
    assert in_words("2026-03-08T00:05:00+00:00", "Etc/UTC", "en") == "Sunday, March 8, 2026, 12:05 AM UTC (Etc/UTC)"


LOCATIONS: dict[str, Any] = {
    "none": None,
    "they call": {"kind": "phone", "who_calls": "parent", "number": "+1 503 555 0100"},
    "we call": {"kind": "phone", "who_calls": "host"},
    "video": {"kind": "video", "url": "https://video.example/room"},
    "place": {"kind": "place", "address": "1 Main St."},
}


@pytest.mark.parametrize("location", LOCATIONS)
@pytest.mark.parametrize("event", [*EVENTS, TO_PARENT, TO_FORMER_HOST])
def test_both_languages_say_the_same_things_of_every_event(event: str, location: str) -> None:
    facts = {
        "event": event,
        "practice": {"name": "Riverside", "timezone": "America/New_York"},
        "consultation": "Call",
        "place": LOCATIONS[location],
        "minutes": 30,
        "is_free": True,
        "starts_at": "2026-10-06T16:00:00+00:00",
        "expires_at": "2026-10-05T16:00:00+00:00",
        "parent": {
            "name": "Petra Petrov",
            "email": "petra@example.org",
            "phone": "+1 503 555 0142",
            "timezone": "America/Denver",
            "has_phone": True,
            "initials": "P. P.",
            "wrote": True,
        },
        "host": {"name": "Ana", "email": "ana@example.org", "timezone": "America/Chicago"},
    }
    for kind in [*(["booking"] if event != TO_FORMER_HOST else []), *(["booking_host"] if event != TO_PARENT else [])]:
        said = {language: letter(kind, {**facts, "language": language}) for language in LANGUAGES}
        english, spanish = (said[language] for language in LANGUAGES)
        assert english.subject != spanish.subject
        assert english.lead != spanish.lead
        assert len(english.rows) == len(spanish.rows)
        for name in ("action", "closing", "location"):
            assert (getattr(english, name) is None) == (getattr(spanish, name) is None)
        for one in said.values():
            whole = one.as_text("Riverside", "https://x.example/y") + one.as_html("Riverside", "https://x.example/y")
            assert "None" not in whole
            assert "Undefined" not in whole
        if LOCATIONS[location] and event in EVENTS and event not in ("declined", "cancelled"):
            assert english.location


# How it is held.


def test_the_host_is_told_whom_to_call_and_the_parent_that_she_is_called(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    olga.opens_consultations(location={"kind": "phone", "who_calls": "host"})
    visitor.books(TUESDAY_NINE, email=petra, phone="+1 503 555 0142")
    mail, host_mail = riverside.mails_to(petra)[-1], riverside.mails_to(olga.email)[-1]
    assert "Olga Owens calls you at the number that you gave." in text_of(mail)
    assert "555 0142" not in str(mail), "what she wrote goes to no address that nobody confirmed"
    assert "By phone: you call +1 503 555 0142" in text_of(host_mail)
    assert invitation_in(host_mail).vevent.location.value == "By phone: you call +1 503 555 0142"


def test_a_video_has_its_address_in_the_mail_and_in_the_event(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    olga.opens_consultations(location={"kind": "video", "url": "https://video.example/room?a=1"})
    visitor.books(TUESDAY_NINE, email=petra)
    for mail in (riverside.mails_to(petra)[-1], riverside.mails_to(olga.email)[-1]):
        assert 'href="https://video.example/room?a=1"' in html_of(mail)
        event = invitation_in(mail).vevent
        assert event.location.value == event.url.value == "https://video.example/room?a=1"


def test_what_costs_something_is_not_called_free(riverside: Practice, olga: Staff, visitor: Visitor, petra: str) -> None:
    olga.opens_consultations(price_cents=9000)
    visitor.books(TUESDAY_NINE, email=petra)
    assert "Free of charge" not in text_of(riverside.mails_to(petra)[-1])


# What a visitor wrote.


def test_an_address_that_nobody_confirmed_gets_nothing_that_a_visitor_wrote(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    """Red with the name, the phone or the message of a booking in `models.booking_mail.facts` for the parent: what a mail is
    written from does not hold them."""
    kind = olga.opens_consultations(
        verifies_address=True,
        needs_confirmation=True,
        questions=[{"key": "grade", "label": "Which grade?", "kind": "text", "required": True}],
    )
    said = {"name": f"{CANARY} Buy-Pills", "phone": "+1 503 555 0199", "message": f"{CANARY} message", "email": petra}
    body = {"consultation_type": kind["slug"], "starts_at": TUESDAY_NINE, "timezone": "America/New_York", **said}
    booked = visitor.post(f"/public/{visitor.slug}/bookings", {**body, "answers": {"grade": f"{CANARY} grade"}})
    [mail] = riverside.mails_to(petra)
    assert subject_of(mail).startswith("Please confirm: a consultation with ")
    assert not has_invitation(mail)
    assert riverside.mails_to(olga.email)[1:] == [], "nobody is told before the address is confirmed"

    visitor.post(f"/public/bookings/{token_in(mail)}/confirm")
    riverside.works()
    olga.post(f"/bookings/{booked['id']}/confirm")
    riverside.works()
    visitor.post(f"/public/bookings/{token_in(mail)}/cancel", {"reason": f"{CANARY} is ill"})
    assert len(riverside.mails_to(petra)) == 4
    with riverside.worker.in_practice(UUID(olga.get("/practice")["id"])) as work:
        for row in olga.get("/messages?kind=booking")["items"]:
            facts = str(work.find(Message, UUID(row["id"])).facts)
            assert CANARY not in facts
            assert "555 0199" not in facts
    for told in riverside.mails_to(petra):
        for part in told.walk():
            if not part.is_multipart():
                written: Any = part.get_payload(decode=True)
                assert CANARY not in written.decode()
                assert "555 0199" not in written.decode()
        assert CANARY not in str(told.items())
    for told in riverside.mails_to(olga.email):
        everything = " ".join(p.get_payload(decode=True).decode() for p in told.walk() if not p.is_multipart())
        for word in ("message", "grade", "is ill"):
            assert f"{CANARY} {word}" not in everything, "what may be about a child is read behind a sign-in"


# The event in everybody's calendar.


def told_so_far(riverside: Practice, address: str) -> list[tuple[str, str, int, str]]:
    """Of each mail to an address: how its subject begins, and the method, sequence and status of its invitation."""
    found = []
    for mail in riverside.mails_to(address):
        if has_invitation(mail):
            calendar = invitation_in(mail)
            event = calendar.vevent
            begins = subject_of(mail).partition(":")[0]
            found.append((begins, calendar.method.value, int(event.sequence.value), event.status.value))
    return found


def test_a_request_is_tentative_until_it_is_confirmed(riverside: Practice, olga: Staff, visitor: Visitor, petra: str) -> None:
    olga.opens_consultations(needs_confirmation=True)
    first = visitor.books(TUESDAY_NINE, email=petra)
    riverside.works()
    olga.post(f"/bookings/{first['id']}/confirm")
    assert told_so_far(riverside, petra) == [
        ("Your request", "REQUEST", 0, "TENTATIVE"),
        ("Confirmed", "REQUEST", 1, "CONFIRMED"),
    ]
    second = visitor.books("2026-10-06T10:00:00-07:00", email=f"second-{petra}")
    riverside.works()
    olga.post(f"/bookings/{second['id']}/decline", {"reason": "Too far away."})
    assert told_so_far(riverside, f"second-{petra}") == [
        ("Your request", "REQUEST", 0, "TENTATIVE"),
        ("Not possible", "CANCEL", 1, "CANCELLED"),
    ]
    assert [row[0] for row in told_so_far(riverside, olga.email)] == ["Requested", "Confirmed", "Requested", "Declined"]


def test_parent_and_host_have_one_event_for_life(riverside: Practice, olga: Staff, visitor: Visitor, petra: str) -> None:
    """Red with the host as organizer, or with an `uid` that tells versions apart, in `mail.invite`."""
    ana = riverside.ana
    olga.opens_consultations(hosts=(ana,))
    booked = visitor.books(TUESDAY_NINE, email=petra)
    riverside.works()
    token = booked["manage_url"].rsplit("/", 1)[1]
    visitor.post(f"/public/bookings/{token}/reschedule", {"starts_at": "2026-10-07T10:00:00-07:00"})
    riverside.works()
    olga.opens_consultations(hosts=(olga,), slug="another")
    olga.post(f"/bookings/{booked['id']}/reschedule", {"starts_at": "2026-10-08T10:00:00-07:00", "host_id": olga.id})
    riverside.works()
    visitor.post(f"/public/bookings/{token}/cancel")

    events = [
        invitation_in(mail).vevent for address in (petra, ana.email, olga.email) for mail in with_events(riverside, address)
    ]
    assert {event.uid.value for event in events} == {f"{booked['id']}@followthrough"}
    assert {event.organizer.value for event in events} == {"mailto:followthrough@practice.example"}
    assert [row[1:] for row in told_so_far(riverside, petra)] == [
        ("REQUEST", 0, "CONFIRMED"),
        ("REQUEST", 1, "CONFIRMED"),
        ("REQUEST", 2, "CONFIRMED"),
        ("CANCEL", 3, "CANCELLED"),
    ]
    assert told_so_far(riverside, ana.email) == [
        ("Booked", "REQUEST", 0, "CONFIRMED"),
        ("Moved", "REQUEST", 1, "CONFIRMED"),
        ("No longer yours", "CANCEL", 2, "CANCELLED"),
    ]
    assert [row[1] for row in told_so_far(riverside, olga.email)] == ["REQUEST", "CANCEL"]
    for event in events:
        assert event.created.value <= event.last_modified.value == event.dtstamp.value


def with_events(riverside: Practice, address: str) -> list[Any]:
    return [mail for mail in riverside.mails_to(address) if has_invitation(mail)]


def test_an_event_names_nobody_in_its_title_and_reminds_of_nothing_itself(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    olga.opens_consultations()
    visitor.books(TUESDAY_NINE, email=petra)
    to_host = riverside.mails_to(olga.email)[-1]
    event = invitation_in(to_host).vevent
    assert event.summary.value == "Free consultation (P. P.)"
    assert "Petrov" not in invitation_in(to_host).serialize()
    assert {person.value for person in event.attendee_list} == {f"mailto:{petra}", f"mailto:{olga.email}"}
    assert not hasattr(event, "valarm")


def test_the_file_behind_the_link_is_the_event_of_the_mail(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    olga.opens_consultations(needs_confirmation=True)
    booked = visitor.books(TUESDAY_NINE, email=petra, language="es")
    token = booked["manage_url"].rsplit("/", 1)[1]
    answer = visitor.ask("GET", f"/public/bookings/{token}/invite.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    of_link, [mail] = read(answer.get_data()), riverside.mails_to(petra)
    for name in ("uid", "sequence", "organizer", "summary", "description", "dtstart", "dtend", "status"):
        assert getattr(of_link.vevent, name).value == getattr(invitation_in(mail).vevent, name).value
    visitor.post(f"/public/bookings/{token}/cancel")
    cancelled = visitor.ask("GET", f"/public/bookings/{token}/invite.ics")
    assert cancelled.headers["Content-Type"].endswith("method=CANCEL")
    assert read(cancelled.get_data()).vevent.status.value == "CANCELLED"


# What was overtaken.


def test_a_mail_that_was_overtaken_before_it_could_be_sent_is_not_sent(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str
) -> None:
    """Red without `_is_overtaken` in `scheduling.messages`: tried again later, it would come after the cancellation."""
    olga.opens_consultations()
    booked = visitor.books(TUESDAY_NINE, email=petra)
    token = booked["manage_url"].rsplit("/", 1)[1]
    visitor.post(f"/public/bookings/{token}/reschedule", {"starts_at": "2026-10-07T10:00:00-07:00"})
    visitor.post(f"/public/bookings/{token}/cancel")
    assert [row[0] for row in told_so_far(riverside, petra)] == ["Cancelled"]
    states = [(row["to"], row["state"]) for row in olga.get("/messages?kind=booking")["items"]]
    assert states == [(petra, "sent"), (petra, "withdrawn"), (petra, "withdrawn")]
    withdrawn = olga.get("/messages?kind=booking&state=withdrawn")["items"][0]
    assert withdrawn["last_error"] == "What it told was overtaken before it could be sent."
    assert olga.ask("POST", f"/messages/{withdrawn['id']}/retry").status_code == 409


def test_what_is_over_is_not_announced_any_more(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, clock: Clock
) -> None:
    olga.opens_consultations()
    visitor.books(TUESDAY_NINE, email=petra)
    clock.move(days=2)
    assert riverside.mails_to(petra) == []
    assert [row["state"] for row in olga.get("/messages?kind=booking")["items"]] == ["withdrawn"]


def test_the_demo_shows_a_mail_as_text_and_as_a_mail_program_does(
    riverside: Practice, olga: Staff, visitor: Visitor, petra: str, tmp_path: Path
) -> None:
    olga.opens_consultations()
    visitor.books(TUESDAY_NINE, email=petra)
    [mail] = riverside.mails_to(petra)
    kept = KeptPost(tmp_path)
    kept.send(message_from_bytes(mail.as_bytes(), policy=policy.default))
    [(name, _)] = kept.kept()
    somebody = Actor(started_anew(riverside.app, kept_mail=str(tmp_path)))
    page = somebody.opens(f"/dev/mail/{name}").get_data(as_text=True)
    assert "METHOD:REQUEST" in page
    assert f"/dev/mail/{name}/html" in page
    answer = somebody.opens(f"/dev/mail/{name}/html")
    assert "Free of charge" in answer.get_data(as_text=True)
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
