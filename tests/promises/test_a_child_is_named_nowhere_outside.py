"""A child's name and disability leave the house in no subject, no invitation and no line of the log.

Mails about a booking hold nothing of a child at all, not even what the parent wrote in the form.
"""

import io
from datetime import datetime
from email.header import decode_header, make_header
from email.message import Message as Mail
from typing import Any

import pytest

from tests.cast import Actor, Practice
from tests.promises.test_the_log_tells_nothing import written

__all__ = ["written"]
CHILD, DISABILITY = "Quillon Zephyrine", "Dysgraphia"
WORDS = ("quillon", "zephyrine", "dysgraphia")


@pytest.fixture
def practice(written: io.StringIO, riverside: Practice) -> Practice:
    """The log is written from the first moment on."""
    return riverside


def named_in(text: str) -> list[str]:
    return [word for word in WORDS if word in text.lower()]


def parts_of(mail: Mail) -> list[tuple[str, str]]:
    """The parts of a mail by their type, decoded; lines that iCalendar folded are whole again."""
    texts = []
    for part in mail.walk():
        if not part.is_multipart():
            held: Any = part.get_payload(decode=True)
            texts.append((part.get_content_type(), held.decode().replace("\r\n ", "").replace("\n ", "")))
    return texts


def test_a_childs_whole_life_names_them_in_nothing_that_leaves_the_house(practice: Practice, written: io.StringIO) -> None:
    """Red with what the parent wrote (`booking.message`) for `kind.name` in `models.booking_mail.facts`, with a booking's
    reason there, or with `Reminder.title` in `models.calendar_feed.REMINDERS_OF` and `mail.calendar_feed`.
    """
    ana, app = practice.ana, practice.app
    begun = len(practice.sink.mails)
    student = ana.adds_a_student(name=CHILD, disabilities=[DISABILITY], school=f"{CHILD} School")
    client = ana.everything("/clients")[0]
    case = ana.post("/cases", {"client_id": client["id"], "student_id": student["id"], "title": f"{CHILD}, {DISABILITY}"})
    ana.adds_a_team_member(case, email=f"teacher-{practice.slug}@school.example")
    version = ana.puts_in_force(ana.drafts_an_iep(case, f"A reader for {CHILD}.", text=f"{CHILD} has {DISABILITY}."))
    ana.post(f"/iep-versions/{version['id']}/copies/ask")
    asked = {"case_id": case["id"], "party": "therapist", "name": "Theo", "email": f"theo-{practice.slug}@school.example"}
    ana.post("/statements", asked)
    ana.asks_the_team(case, f"Who reads to {CHILD}?", subject=f"About {CHILD}")
    concern = ana.opens_a_concern(case, what_happened=f"Nobody read to {CHILD}, in spite of {DISABILITY}.")
    ana.takes("verify", concern, finding=f"{CHILD} was alone.", skip_reason=f"{CHILD} told Ana.")
    practice.olga.opens_consultations(
        hosts=(ana,), questions=[{"key": "child", "label": "Who is it about?", "kind": "text", "required": True}]
    )
    visitor = practice.visitor()
    words = {"message": f"My {CHILD} has {DISABILITY}.", "answers": {"child": f"{CHILD}, {DISABILITY}"}}
    booked = visitor.books("2026-10-13T16:00:00Z", **words)
    other = visitor.books("2026-10-14T16:00:00Z", language="es", **words)
    token = booked["manage_url"].rsplit("/", 1)[1]
    ana.post(f"/bookings/{booked['id']}/convert", {"student": {"name": CHILD}, "title": f"{CHILD}, {DISABILITY}"})
    invitations = [visitor.ask("GET", f"/public/bookings/{token}/invite.ics").get_data(as_text=True)]
    wrote = {"name": f"{CHILD}'s mother", "email": visitor.email, "message": f"{CHILD} has {DISABILITY}."}
    visitor.post(f"/public/{visitor.slug}/enquiries", wrote)
    [enquiry] = ana.everything("/enquiries")
    ana.post(f"/enquiries/{enquiry['id']}/conflict-checks", {"also": [CHILD]})
    ana.post(f"/enquiries/{enquiry['id']}/answer", {"text": "When can we call you?"})
    practice.works()
    Actor(app).post(f"/public/bookings/{token}/reschedule", {"starts_at": "2026-10-13T17:00:00Z"})
    practice.works()
    Actor(app).post(f"/public/bookings/{token}/cancel", {"reason": f"{CHILD} is ill."})
    invitations.append(visitor.ask("GET", f"/public/bookings/{token}/invite.ics").get_data(as_text=True))
    practice.works()
    ana.post("/reminders", {"case_id": case["id"], "title": f"Call about {CHILD}", "due_at": "2026-10-20T16:00:00Z"})
    feed = visitor.opens(ana.post("/calendar-feeds")["url"].removeprefix("https://practice.example")).get_data(as_text=True)
    assert feed.count("BEGIN:VEVENT") >= 3, "a consultation and reminders"
    invitations.append(feed)
    practice.clock.at = datetime.fromisoformat("2026-10-13T16:00:00+00:00")
    practice.works()
    practice.olga.post(f"/bookings/{other['id']}/cancel", {"reason": f"About {CHILD}."})
    practice.works()
    practice.clock.at = datetime.fromisoformat("2026-12-20T16:00:00+00:00")
    practice.works()

    mails = practice.sink.mails[begun:]
    subjects = [str(make_header(decode_header(mail["Subject"]))) for mail in mails]
    assert any(f"Case: {case['id']}" in text for mail in mails for _, text in parts_of(mail)), "a reminder was mailed"
    assert [subject for subject in subjects if named_in(subject)] == []
    invited = [mail for mail in mails if any(kind == "text/calendar" for kind, _ in parts_of(mail))]
    assert len(invited) >= 10, "booked, moved, cancelled; booked, cancelled: to parent and host"
    invitations += [text for mail in invited for kind, text in parts_of(mail) if kind == "text/calendar"]
    assert all("BEGIN:VEVENT" in text for text in invitations)
    assert [text for text in invitations if named_in(text.replace("\r\n ", ""))] == []
    about_bookings = [
        mail for mail in mails if any(word in text for _, text in parts_of(mail) for word in ("onsultation", "onsulta "))
    ]
    assert len(about_bookings) >= 12, "to the parent and to the host, each time; and a reminder to both"
    assert [text for mail in about_bookings for _, text in parts_of(mail) if named_in(text)] == []
    about_enquiries = [
        mail for mail in mails if mail["Subject"] in ("A new enquiry", f"Your message to {practice.slug.title()}")
    ]
    assert len(about_enquiries) == 2, "to the owner, and to the parent"
    assert [text for mail in about_enquiries for _, text in parts_of(mail) if named_in(text)] == []
    to_school = [mail for mail in mails if str(mail["To"]).endswith(f"-{practice.slug}@school.example")]
    assert len(to_school) == 2, "about a copy, and about a statement"
    assert [text for mail in to_school for _, text in parts_of(mail) if named_in(text) or "A reader" in text] == []
    said = written.getvalue()
    assert said.count("\n") > 20
    assert [line for line in said.splitlines() if named_in(line)] == []
