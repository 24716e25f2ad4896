"""The digest: a mail on working mornings, for whoever wants it."""

from typing import Any

from tests.cast import Practice, Staff, text_of
from tests.conftest import Clock


def digests(practice: Practice, staff: Staff) -> list[Any]:
    practice.worker.mail_digests()
    return [mail for mail in practice.mails_to(staff.email) if "to see to" in mail["Subject"]]


def test_on_working_mornings_one_mail_says_what_is_due(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    assert ana.ask("GET", "/digest").status_code == 404
    wanted = ana.put("/digest", {"at": "07:00"})
    assert (wanted["at"], wanted["due_at"]) == ("07:00", "2026-10-06T14:00:00Z")
    clock.move(days=1)  # Tuesday: nothing is due yet
    assert digests(riverside, ana) == []
    ana.post("/reminders", {"case_id": case["id"], "title": "Call Mr. Lee", "due_at": "2026-10-07T20:00:00Z"})
    ana.post("/reminders", {"case_id": case["id"], "title": "Read the file", "due_at": "2026-10-06T17:00:00Z"})
    clock.move(days=1)
    [mail] = digests(riverside, ana)
    assert mail["Subject"] == "Today: 2 things to see to, 1 overdue"
    text = text_of(mail)
    assert "Overdue: Read the file (Tuesday, October 6, 2026, 10:00 AM PDT" in text
    assert "Today: Call Mr. Lee (Wednesday" in text
    assert "Sasha" not in mail.as_string()
    assert len(digests(riverside, ana)) == 1
    # At another hour of the same day it does not come again.
    ana.put("/digest", {"at": "13:30"})
    clock.move(hours=6)
    assert len(digests(riverside, ana)) == 1
    assert ana.get("/digest")["due_at"] == "2026-10-08T20:30:00Z"


def test_none_on_a_day_on_which_nobody_works_and_one_for_all_that_a_pause_swallowed(
    riverside: Practice, ana: Staff, clock: Clock
) -> None:
    case = ana.opens_a_case()
    ana.post("/reminders", {"case_id": case["id"], "title": "Read the file", "due_at": "2026-10-05T17:00:00Z"})
    ana.put("/digest", {"at": "07:00"})
    clock.move(days=6)  # Sunday, after a week without a worker
    assert digests(riverside, ana) == []
    assert ana.get("/digest")["due_at"] == "2026-10-13T14:00:00Z"  # Monday is Columbus Day
    clock.move(days=2)
    assert len(digests(riverside, ana)) == 1


def test_it_moves_with_the_zone_and_stops_when_asked(riverside: Practice, ana: Staff, clock: Clock) -> None:
    ana.put("/digest", {"at": "07:00"})
    riverside.olga.ask("PATCH", "/practice", {"timezone": "America/New_York"})
    assert ana.get("/digest")["due_at"] == "2026-10-06T11:00:00Z"
    assert ana.ask("DELETE", "/digest").status_code == 204
    assert ana.ask("GET", "/digest").status_code == 404
    assert riverside.sam.put("/digest", {"at": "06:15"})["staff_id"] == riverside.sam.id
    assert ana.ask("PUT", "/digest", {"at": "7:00"}).status_code == 422


def test_it_comes_in_the_practice_s_language_and_to_nobody_who_has_left(riverside: Practice, ana: Staff, clock: Clock) -> None:
    riverside.olga.ask("PATCH", "/practice", {"language": "es"})
    case = ana.opens_a_case()
    for staff in (ana, riverside.sam):
        said = {"case_id": case["id"], "title": "Read the file", "due_at": "2026-10-05T17:00:00Z"}
        ana.post("/reminders", {**said, "assignee_id": staff.id})
        staff.put("/digest", {"at": "07:00"})
    riverside.olga.ask("DELETE", f"/staff/{riverside.sam.id}")
    clock.move(days=1)
    riverside.worker.mail_digests()
    subjects = [mail["Subject"] for mail in riverside.mails_to(ana.email)]
    assert "Hoy: 1 asunto pendiente, 1 vencido" in subjects
    assert not [mail for mail in riverside.mails_to(riverside.sam.email) if "Hoy" in mail["Subject"]]
