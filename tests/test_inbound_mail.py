"""Mail that comes in to the address of a case: by a provider's hook or a local mail server, matched, settled, or waiting."""

import base64
import io
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from commands.inbound_mail import NO_MAIL, NOBODY, TAKEN, TRY_AGAIN, take_in
from domain.webhook_signature import sign
from models.files import Files
from scheduling.worker import Worker
from tests.cast import HOOK_KEY, IEP_TEXT, MAIL_DOMAIN, Actor, Practice, Provider, Staff, started_anew
from tests.conftest import SECRET, Clock

MAILS = Path(__file__).parent / "mails"


@pytest.fixture
def post_office(app: Flask) -> Flask:
    """The installation, which has a domain for mail that comes in."""
    return app


def at(app: Flask, person: Staff) -> Staff:
    """The same person, at an installation that was started anew."""
    moved = Staff.__new__(Staff)
    Actor.__init__(moved, app, person.token)
    moved.refresh_token, moved.email, moved.clock, moved.id = person.refresh_token, person.email, person.clock, person.id
    return moved


def address_of(person: Staff, case: Mapping[str, Any]) -> str:
    return str(person.get(f"/cases/{case['id']}")["inbound_address"])


def a_mail(sender: str, to: str, text: str = "The aide does, from Monday on.", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, headers.pop("subject", "Re: Reader")
    mail["Message-ID"] = headers.pop("message_id", f"<{secrets.token_hex(8)}@school.example>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def brings(app: Flask, raw: bytes, clock: Clock, query: str = "", **headers: str) -> TestResponse:
    return Provider(app, clock).ask("POST", f"/inbound-mail{query}", raw, **headers)


def comes(app: Flask, mail: EmailMessage | bytes, clock: Clock, query: str = "") -> Any:
    """What became of a mail that came."""
    answer = brings(app, mail if isinstance(mail, bytes) else mail.as_bytes(), clock, query)
    assert answer.status_code == 202, answer.get_data(as_text=True)
    [item] = answer.get_json()["items"]
    return item


class Story:
    """A case in which Terry, a teacher, was asked by mail."""

    def __init__(self, ana: Staff, app: Flask, clock: Clock) -> None:
        self.ana, self.app, self.clock = ana, app, clock
        self.case = ana.opens_a_case()
        self.terry_address = f"terry-{secrets.token_hex(4)}@school.example"
        teacher = {"role": "special_education_teacher", "email": self.terry_address}
        self.terry = ana.adds_a_team_member(self.case, **teacher)
        self.address = address_of(ana, self.case)

    def asks(self, **more: Any) -> Any:
        said = {"party": "teacher", "team_member_ids": [self.terry["id"]], "awaiting_reply": True}
        written = {"subject": "Reader for tests", "text": "Who provides the reader?"}
        return self.ana.post("/communications/send", {"case_id": self.case["id"], **said, **written, **more})

    def mail(self, sender: str | None = None, text: str = "The aide does, from Monday on.", **headers: str) -> EmailMessage:
        return a_mail(sender or f"Terry Thompson <{self.terry_address}>", self.address, text, **headers)

    def comes(self, mail: EmailMessage | bytes, query: str = "") -> Any:
        return self.ana.get(f"/inbound-mails/{comes(self.app, mail, self.clock, query)['id']}")

    def moves_terry(self) -> None:
        """To another address."""
        self.terry_address = f"terry-{secrets.token_hex(4)}@school.example"
        self.ana.patch(f"/team-members/{self.terry['id']}", {"email": self.terry_address})

    def delivery(self, asked: Mapping[str, Any], to: str | None = None) -> Any:
        """What became of a mail, to its one addressee or to this one."""
        sent = self.ana.get(f"/communications/{asked['id']}")["deliveries"]
        [delivery] = [one for one in sent if to in (None, one["to"])]
        return delivery

    def tries_again(self, asked: Mapping[str, Any], to: str | None = None) -> Any:
        return self.ana.post(f"/messages/{self.delivery(asked, to)['message_id']}/retry")

    def open(self) -> int:
        """How many rungs still chase an answer."""
        waiting = self.ana.reminders(case_id=self.case["id"], state="scheduled")
        return len([reminder for reminder in waiting if reminder["ladder"]])


@pytest.fixture
def story(ana: Staff, post_office: Flask, clock: Clock) -> Story:
    return Story(ana, post_office, clock)


def answers(asked: Mapping[str, Any]) -> str:
    return f"<{asked['id']}@practice.example>"


def test_a_reply_is_on_record_in_its_thread_and_settles_what_chased_it(story: Story) -> None:
    asked = story.asks()
    assert story.open() == 3
    quoted = "The aide does, from Monday on.\n\nTerry\n\nOn Mon, Oct 5, 2026 at 9:00 AM Ana <a@b.example> wrote:\n> Who?"
    came = story.comes(story.mail(text=quoted, In_Reply_To=answers(asked)))
    assert (came["state"], came["because"], came["from_address"]) == ("recorded", None, story.terry_address)
    heard = story.ana.get(f"/communications/{came['communication_id']}")
    assert heard["summary"] == "The aide does, from Monday on.\n\nTerry"
    assert "> Who?" in came["text"]
    assert (heard["direction"], heard["channel"], heard["party"]) == ("inbound", "email", "teacher")
    assert (heard["in_reply_to"], heard["thread_id"]) == (asked["id"], asked["thread_id"])
    assert (heard["team_member_ids"], heard["recorded_by_id"]) == ([story.terry["id"]], None)
    assert story.open() == 0
    assert {row["reason"] for row in story.ana.reminders(case_id=story.case["id"], state="done")} == {"answered"}
    # An answer to the answer is the same thread, by the Message-ID that it came with.
    more = story.comes(story.mail(text="And on Friday too.", References=f"<x@y> {came['mail_id']}"))
    assert story.ana.get(f"/communications/{more['communication_id']}")["thread_id"] == asked["thread_id"]


def test_the_same_mail_is_one_row_however_often_it_comes(story: Story, store: Files) -> None:
    asked = story.asks()
    raw = story.mail(In_Reply_To=answers(asked)).as_bytes()
    first = story.comes(raw)
    assert story.comes(raw)["id"] == story.comes(raw, f"?recipient={story.address.upper()}")["id"] == first["id"]
    content = story.ana.ask("GET", f"/inbound-mails/{first['id']}/content")
    assert content.get_data() == raw
    assert content.headers["Content-Type"] == "message/rfc822"
    assert content.headers["X-Content-Type-Options"] == "nosniff"
    assert content.headers["Content-Disposition"].startswith("attachment")
    assert len(story.ana.get(f"/communications?thread_id={asked['id']}")["items"]) == 2


# Where a mail belongs.


def test_who_was_asked_one_thing_answers_it_without_naming_it(story: Story) -> None:
    asked = story.asks()
    came = story.comes(story.mail(f'"T." <{story.terry_address.upper()}>', subject="Your question"))
    assert story.ana.get(f"/communications/{came['communication_id']}")["in_reply_to"] == asked["id"]
    assert story.open() == 0


def test_what_could_answer_two_questions_or_none_waits(story: Story) -> None:
    assert story.comes(story.mail())["because"] == "no_open_question"
    story.asks()
    story.asks(subject="Extra time")
    came = story.comes(story.mail(text="Yes."))
    assert (came["state"], came["because"]) == ("waiting", "several_open_questions")
    assert story.open() == 6


def test_a_parent_who_answers_all_settles_nothing_that_the_school_was_asked(story: Story) -> None:
    asked = story.asks(to_client=True)
    came = story.comes(story.mail("petra@example.org", "Thank you!", In_Reply_To=answers(asked)))
    heard = story.ana.get(f"/communications/{came['communication_id']}")
    assert (heard["party"], heard["thread_id"]) == ("client", asked["id"])
    assert story.open() == 3
    # Terry's answer still does.
    story.comes(story.mail())
    assert story.open() == 0


def test_a_parent_answers_what_the_family_was_asked(story: Story) -> None:
    said = {"case_id": story.case["id"], "party": "client", "to_client": True, "awaiting_reply": True}
    asked = story.ana.post("/communications/send", {**said, "subject": "One question", "text": "Did it happen on Friday?"})
    came = story.comes(story.mail("Petra <PETRA@example.org>", "No."))
    assert story.ana.get(f"/communications/{came['communication_id']}")["in_reply_to"] == asked["id"]
    assert story.comes(story.mail("petra@example.org", "And hello."))["because"] == "no_open_question"


def test_of_those_who_are_in_no_team_the_schools_office_may_answer(story: Story) -> None:
    asked = story.asks()
    for sender in ("somebody@elsewhere.example", "eve@school.example.com", "eve@example"):
        came = story.comes(story.mail(sender, In_Reply_To=answers(asked)))
        assert (came["state"], came["because"], story.open()) == ("waiting", "unknown_sender", 3)
    assert story.comes(story.mail("office@school.example", In_Reply_To=answers(asked)))["state"] == "recorded"
    assert story.open() == 0


AUTOMATIC = (
    ({"Auto_Submitted": "auto-replied"}, "automatic"),
    ({"Auto_Submitted": "auto-generated; owner=x"}, "automatic"),
    ({"Precedence": "bulk"}, "automatic"),
    ({"X_Autoreply": "yes"}, "automatic"),
    ({"subject": "Automatic reply: Reader for tests"}, "automatic"),
    ({"subject": "Respuesta automática: Reader"}, "automatic"),
    ({"Return_Path": "<>"}, "bounce"),
    ({"sender": "MAILER-DAEMON@school.example", "subject": "Undelivered"}, "bounce"),
)


def test_what_a_program_wrote_answers_nothing(story: Story) -> None:
    asked = story.asks()
    for more, because in AUTOMATIC:
        came = story.comes(story.mail(**{"In_Reply_To": answers(asked), **more}))
        assert (came["state"], came["because"], story.open()) == ("waiting", because, 3), more
    assert story.comes(story.mail(In_Reply_To=answers(asked), Auto_Submitted="no"))["state"] == "recorded"


def test_what_staff_forward_is_said_by_who_wrote_it_first(story: Story) -> None:
    asked = story.asks()
    first = a_mail(story.terry_address, story.ana.email, "The aide does.", In_Reply_To=answers(asked))
    forward = story.mail(f"Ana <{story.ana.email}>", "FYI", subject="Fwd: Reader")
    forward.add_attachment(first)
    came = story.comes(forward)
    heard = story.ana.get(f"/communications/{came['communication_id']}")
    assert (heard["summary"], heard["party"]) == ("The aide does.", "teacher")
    assert (heard["team_member_ids"], heard["in_reply_to"]) == ([story.terry["id"]], asked["id"])
    assert [(one["media_type"], one["document_id"]) for one in came["attachments"]] == [("message/rfc822", None)]

    again = story.asks()
    story.clock.move(days=3)
    text = "See below.\n\n---------- Forwarded message ---------\nFrom: Terry <{}>\nDate: {}\nSubject: Reader\n\nOn Monday."
    # What was written before the question, nobody knows when, or by a program, is no answer to it.
    for date, because in (("Tue, Sep 8, 2026 at 9:00 AM", "no_open_question"), ("8/9/26", "no_open_question")):
        forward = story.mail(f"Ana <{story.ana.email}>", text.format(story.terry_address, date), subject="Fwd: Reader")
        assert (story.comes(forward)["because"], story.open()) == (because, 3)
    away = story.mail(f"Ana <{story.ana.email}>", text.format(story.terry_address, date), subject="Fwd: Out of office: Reader")
    assert story.comes(away)["because"] == "automatic"
    asked_at = datetime.fromisoformat(again["occurred_at"]).astimezone(ZoneInfo("America/Los_Angeles"))
    written = text.format(story.terry_address, f"{asked_at + timedelta(hours=1):%a, %b %-d, %Y at %-I:%M %p}")
    came = story.comes(story.mail(f"Ana <{story.ana.email}>", written, subject="[EXT] Fwd: Reader"))
    heard = story.ana.get(f"/communications/{came['communication_id']}")
    assert (heard["summary"], heard["in_reply_to"]) == ("On Monday.", again["id"])
    since = datetime.fromisoformat(heard["occurred_at"]) - asked_at
    assert timedelta(minutes=58) < since <= timedelta(hours=1), "said when Terry wrote it"


def test_what_staff_write_themselves_waits(story: Story) -> None:
    story.asks()
    for subject, because in (("Note to self", "from_us"), ("Fwd: Reader", "forwarded_by_us")):
        came = story.comes(story.mail(story.ana.email, "Remember the pen.", subject=subject))
        assert (came["state"], came["because"], story.open()) == ("waiting", because, 3)


def test_an_answer_to_another_case_is_none_here(story: Story) -> None:
    elsewhere = story.ana.asks_the_team(story.ana.opens_a_case())
    came = story.comes(story.mail(In_Reply_To=answers(elsewhere)))
    assert (came["state"], came["because"]) == ("waiting", "no_open_question")


OUTLOOK = "{}\n\n-----Original Message-----\nFrom: {} <{}>\nSent: Monday, October 5, 2026 9:00 AM\n\n{}"


def test_what_outlook_quotes_is_no_forward(story: Story) -> None:
    asked = story.asks()
    ours = OUTLOOK.format("Terry, I still need an answer.", "Terry", story.terry_address, "I am looking into it.")
    for text in (ours, ours.replace("-----Original Message-----", "> ---------- Forwarded message ---------")):
        came = story.comes(story.mail(f"Ana <{story.ana.email}>", text, In_Reply_To=answers(asked)))
        assert (came["because"], story.open()) == ("from_us", 3)
    theirs = OUTLOOK.format("The aide does.", "Ana", "mail@practice.example", "Who provides the reader?")
    came = story.comes(story.mail(text=theirs, In_Reply_To=answers(asked)))
    assert story.ana.get(f"/communications/{came['communication_id']}")["summary"] == "The aide does."
    # Whoever of the school forwards says what is above it, too.
    again = story.asks()
    text = "We agree:\n\n---------- Forwarded message ---------\nFrom: OT <ot@school.example>\n\nWe will provide it."
    came = story.comes(story.mail(text=text, subject="Fwd: Reader", In_Reply_To=answers(again)))
    heard = story.ana.get(f"/communications/{came['communication_id']}")
    assert (heard["summary"], heard["team_member_ids"]) == (text, [story.terry["id"]])


def test_what_names_another_thread_or_was_written_before_is_no_answer(story: Story) -> None:
    story.asks()
    before = story.clock() - timedelta(days=9)
    for more in ({"In_Reply_To": "<theirs@school.example>"}, {"Date": format_datetime(before)}):
        came = story.comes(story.mail(text="Thank you for the forms.", **more))
        assert (came["because"], story.open()) == ("no_open_question", 3)


def test_a_parent_in_the_team_and_a_neighbour_at_the_same_provider_settle_nothing(story: Story) -> None:
    asked = story.asks()
    story.ana.adds_a_team_member(story.case, name="Petra", role="other", email="petra@example.org")
    story.ana.adds_a_team_member(story.case, name="Aide", role="other", email="aide@yahoo.co.uk")
    came = story.comes(story.mail("petra@example.org", "Thank you!", In_Reply_To=answers(asked)))
    assert (story.ana.get(f"/communications/{came['communication_id']}")["party"], story.open()) == ("client", 3)
    came = story.comes(story.mail("stranger@yahoo.co.uk", "Thank you!", In_Reply_To=answers(asked)))
    assert (came["because"], story.open()) == ("unknown_sender", 3)


# What comes back.


def report(
    story: Story,
    asked: Mapping[str, Any],
    to: str | None = None,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    returned: str | None = None,
    written_at: datetime | None = None,
) -> bytes:
    """What a mail server reports of a mail (RFC 3464), with its head."""
    return f"""From: MAILER-DAEMON@mx.school.example
To: {story.address}
Subject: Undelivered Mail Returned to Sender
Date: {format_datetime(written_at or story.clock())}
Message-ID: <{secrets.token_hex(8)}@mx.school.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.school.example

Final-Recipient: rfc822; {(to or story.terry_address).upper()}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--=_b
Content-Type: text/rfc822-headers

Message-ID: {returned or answers(asked)}
Subject: Reader for tests

--=_b--
""".encode()


def test_a_mail_that_comes_back_has_failed_and_nobody_is_chased_for_it(
    story: Story, riverside: Practice, app_url: str, store: Files
) -> None:
    asked = story.asks()
    riverside.works()
    raw = report(story, asked)
    came = story.comes(raw)
    sent = story.ana.get(f"/communications/{asked['id']}")
    [delivery] = sent["deliveries"]
    assert (sent["delivery"], delivery["state"], delivery["bounce"]) == ("failed", "failed", "hard")
    assert delivery["last_error"] == "It came back undelivered (5.1.1)."
    # The report is on record with the mail that it is about, and waits for nobody.
    assert (came["state"], came["because"], came["message_id"]) == ("recorded", "bounce", delivery["message_id"])
    assert (came["communication_id"], came["reason"]) == (asked["id"], delivery["last_error"])
    told = story.ana.get(f"/cases/{story.case['id']}/timeline?kind=inbound_mail")["items"]
    assert [(one["what"], one["detail"], one["path"]) for one in told] == [
        ("report", f"{story.terry_address}: It came back undelivered (5.1.1).", f"/api/v1/inbound-mails/{came['id']}")
    ]
    assert story.ana.ask("GET", f"/inbound-mails/{came['id']}/content").get_data() == raw
    riverside.works()
    assert story.ana.due() == ["A mail did not arrive"]
    assert story.open() == 0
    # Brought again, by a hook and by a local mail server, it is the same; and another copy of it changes nothing.
    settings = {"DATABASE_URL": app_url, "SECRET_KEY": SECRET.decode(), "INBOUND_MAIL_DOMAIN": MAIL_DOMAIN}
    settings["FILES_URL"] = Path(str(store.folder)).as_uri()
    assert story.comes(raw)["id"] == came["id"]
    assert take_in(settings, [story.address], io.BytesIO(raw))[0] == TAKEN
    assert story.comes(b"Received: by mx.practice.example\n" + raw)["message_id"] == delivery["message_id"]
    riverside.works()
    assert story.ana.due() == ["A mail did not arrive"]
    # Weeks later nobody has been told that the school is silent.
    story.clock.move(days=30)
    riverside.works()
    assert story.ana.due() == ["A mail did not arrive"]


def test_what_is_tried_again_with_success_is_chased_from_that_day(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    story.clock.move(days=1)
    early = report(story, asked, status="4.4.7")
    story.comes(early)
    [delivery] = story.ana.get(f"/communications/{asked['id']}")["deliveries"]
    assert (delivery["bounce"], delivery["last_error"]) == (
        "soft",
        "It came back undelivered (4.4.7); another try later may help.",
    )
    story.clock.move(days=7)
    before = [reminder["due_at"] for reminder in asked["reminders"]]
    assert story.ana.post(f"/messages/{delivery['message_id']}/retry")["bounce"] is None
    assert story.open() == 0, "it has not arrived yet"
    riverside.works()
    assert story.ana.get(f"/communications/{asked['id']}")["delivery"] == "sent"
    assert story.ana.due() == [], "it did arrive"
    rungs = [row for row in story.ana.reminders(case_id=story.case["id"], state="scheduled") if row["ladder"]]
    # Sent on Tuesday the 13th: 3, 7 and 10 follow-up days later.
    assert [row["due_at"][:10] for row in rungs] == ["2026-10-16", "2026-10-22", "2026-10-27"]
    assert [row["due_at"] for row in rungs] > before
    counted = story.ana.post("/reminders/recount", {"communication_id": asked["id"]})["items"]
    assert [item["moves"] for item in counted] == [False] * 3
    # What a server wrote before it was tried again is not about this try.
    story.comes(report(story, asked, written_at=story.clock() - timedelta(days=1)))
    assert (story.ana.get(f"/communications/{asked['id']}")["delivery"], story.open()) == ("sent", 3)
    story.clock.move(days=4)
    riverside.works()
    assert story.ana.due() == ["Ask the teacher again"]


def test_what_is_delayed_or_went_on_is_noted(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    for action, status, noted in (
        ("relayed", "2.0.0", None),
        ("delayed", "4.4.1", "It is delayed (4.4.1); mail servers still try."),
    ):
        assert story.comes(report(story, asked, action=action, status=status))["state"] == "recorded"
        [delivery] = story.ana.get(f"/communications/{asked['id']}")["deliveries"]
        assert (delivery["state"], delivery["bounce"], delivery["last_error"]) == ("sent", None, noted)
    riverside.works()
    assert (story.open(), story.ana.due()) == (3, [])


def test_a_report_on_no_mail_of_this_case_changes_nothing(story: Story, riverside: Practice, lakeside: Practice) -> None:
    lee = story.ana.adds_a_team_member(story.case, name="Lee", email=f"lee-{secrets.token_hex(4)}@school.example")
    asked = story.asks(team_member_ids=[story.terry["id"], lee["id"]])
    elsewhere, theirs = Story(story.ana, story.app, story.clock), Story(lakeside.ana, story.app, story.clock)
    others = [(one, one.asks()) for one in (elsewhere, theirs)]
    riverside.works()
    for raw in (
        *(report(story, question, one.terry_address) for one, question in others),
        report(story, asked, returned="<0192f0c1-2345-7abc-8def-0123456789ab@practice.example>"),
        report(story, asked, returned="<somebody@school.example>"),
        # Of two to whom it went it names neither.
        report(story, asked, "else@school.example"),
        report(story, asked).replace(b"Final-Recipient", b"X-Recipient"),
        # It is no report, whatever lies in it.
        report(story, asked).replace(b"multipart/report", b"multipart/mixed"),
    ):
        came = story.comes(raw)
        assert (came["state"], came["message_id"]) == ("waiting", None), raw
    for one, question in ((story, asked), *others):
        sent = one.ana.get(f"/communications/{question['id']}")
        assert {delivery["state"] for delivery in sent["deliveries"]} == {"sent"}
        assert one.open() == 3
    unsigned = brings(story.app, report(story, asked), story.clock, webhook_signature="v1,AAAA")
    assert (unsigned.status_code, story.open()) == (401, 3)


def test_who_was_asked_is_chased_though_another_was_not_reached(story: Story, riverside: Practice) -> None:
    lee = story.ana.adds_a_team_member(story.case, name="Lee", email=f"lee-{secrets.token_hex(4)}@school.example")
    asked = story.asks(team_member_ids=[story.terry["id"], lee["id"]], to_client=True)
    riverside.works()
    story.comes(report(story, asked, "petra@example.org"))
    assert story.open() == 3, "the family's copy is no question to them"
    riverside.works()
    assert story.ana.due() == ["A mail did not arrive"]
    story.comes(report(story, asked))
    assert story.open() == 0, "the principal has a copy; the teacher was never asked"
    riverside.works()
    assert story.ana.due() == ["A mail did not arrive"], "once for both"
    # Both are tried again. It is the teacher's that brings the chase back, and the last that settles what told of it.
    failed = [one for one in story.ana.get(f"/communications/{asked['id']}")["deliveries"] if one["state"] == "failed"]
    for one in sorted(failed, key=lambda one: one["to"] != "petra@example.org"):
        assert (story.open(), story.ana.due()) == (0, ["A mail did not arrive"])
        story.ana.post(f"/messages/{one['message_id']}/retry")
        riverside.works()
    assert (story.open(), story.ana.due()) == (3, [])


def test_who_is_asked_at_another_address_is_chased_by_that_mail_alone(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    story.comes(report(story, asked))
    story.ana.patch(f"/team-members/{story.terry['id']}", {"email": f"right-{secrets.token_hex(4)}@school.example"})
    story.clock.move(days=2)
    again = story.asks(in_reply_to=asked["id"])
    assert [row["due_at"][:10] for row in again["reminders"]] == ["2026-10-13", "2026-10-19", "2026-10-22"]
    [delivery] = story.ana.get(f"/communications/{asked['id']}")["deliveries"]
    story.ana.post(f"/messages/{delivery['message_id']}/retry")
    riverside.works()
    assert story.open() == 3, "one silence, one ladder"
    # An answer settles both, and what told of the failure.
    heard = story.ana.hears(again)
    assert {(row["state"], row["reason"]) for row in heard["reminders"]} == {("done", "answered")}


def test_who_was_asked_again_is_chased_though_the_first_mail_comes_back(story: Story, riverside: Practice) -> None:
    """Whoever has one question of a thread is silent; once nobody has any, nobody is."""
    asked = story.asks()
    riverside.works()
    story.clock.move(days=3)
    riverside.works()
    first_address = story.terry_address
    story.moves_terry()
    again = story.asks(in_reply_to=asked["id"])
    assert again["reminders"] == []
    # One that is still on its way may reach them.
    story.comes(report(story, asked, first_address, status="4.4.7"))
    riverside.works()
    assert story.ana.due() == ["Ask the teacher again", "A mail did not arrive"]
    assert story.open() == 2
    story.comes(report(story, again))
    riverside.works()
    assert (story.open(), story.ana.due()) == (0, ["A mail did not arrive"] * 2)
    # The second is tried again, and the ladder of the first goes on: what was due as well, from that day.
    story.tries_again(again)
    riverside.works()
    assert (story.open(), story.ana.due()) == (3, ["A mail did not arrive"])


def test_who_was_asked_by_telephone_is_chased_whatever_comes_back(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    call = {"channel": "phone", "party": "teacher", "awaiting_reply": True, "in_reply_to": asked["id"]}
    story.clock.move(hours=1)
    called = story.ana.tells(story.case, "Called.", **call)
    story.comes(report(story, asked))
    assert (called["reminders"], story.open()) == ([], 3)
    # There was no such call: nobody was asked.
    story.ana.tells(story.case, "I called another teacher.", **{**call, "awaiting_reply": False}, corrects_id=called["id"])
    assert story.open() == 0
    # And then there is one. What waited gives way to what chases it.
    assert len(story.ana.tells(story.case, "Called.", **call)["reminders"]) == story.open() == 3
    story.tries_again(asked)
    riverside.works()
    assert story.open() == 3, "one silence, one ladder"


def test_what_arrives_late_is_chased_by_the_ladder_of_what_came_back_meanwhile(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    story.comes(report(story, asked))
    story.moves_terry()
    again = story.asks(in_reply_to=asked["id"])
    story.clock.move(hours=1)
    riverside.works()
    story.tries_again(asked)
    riverside.works()
    story.comes(report(story, again))
    assert (story.delivery(asked)["state"], story.delivery(again)["state"], story.open()) == ("sent", "failed", 3)


def test_what_was_answered_is_no_reason_to_chase_what_came_back(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    story.clock.move(days=1)
    heard = story.ana.hears(asked)
    story.clock.move(days=1)
    again = story.asks(in_reply_to=heard["id"])
    riverside.works()
    assert story.open() == 3
    story.comes(report(story, again))
    assert story.open() == 0, "they have the first question, and have answered it"


def test_who_is_in_the_team_twice_is_asked_once_and_has_it_or_not(story: Story, riverside: Practice) -> None:
    """Red where the first of two rows with one address says whether they are asked."""
    principal = story.ana.adds_a_team_member(story.case, name="Terry too", role="principal", email=story.terry_address)
    asked = story.asks(team_member_ids=[principal["id"], story.terry["id"]], to_client=True)
    riverside.works()
    story.comes(report(story, asked, "petra@example.org"))
    assert story.open() == 3
    story.comes(report(story, asked))
    assert story.open() == 0
    story.tries_again(asked, story.terry_address)
    riverside.works()
    assert story.open() == 3


def test_what_comes_back_before_the_sending_has_ended_has_failed(story: Story, riverside: Practice) -> None:
    """A mail server in the same house is that fast."""
    asked = story.asks()
    worker, came = riverside.worker, []

    class Fast:
        def send(self, mail: EmailMessage, *, to: str | None = None, bounces_to: str | None = None) -> None:
            if to == story.terry_address:
                came.append(story.comes(report(story, asked)))

    Worker(worker.engine, story.clock, Fast(), worker.config).send_messages()
    delivery = story.delivery(asked)
    assert [row["message_id"] for row in came] == [delivery["message_id"]]
    assert (delivery["state"], delivery["bounce"]) == ("failed", "hard")
    assert delivery["last_error"] == "It came back undelivered (5.1.1)."
    riverside.works()
    assert (story.open(), story.ana.due()) == (0, ["A mail did not arrive"])
    story.tries_again(asked)
    riverside.works()
    assert (story.delivery(asked)["state"], story.open(), story.ana.due()) == ("sent", 3, [])


def test_a_mail_server_with_a_wrong_clock_is_heard(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    story.comes(report(story, asked, written_at=story.clock() - timedelta(hours=1)))
    assert (story.delivery(asked)["state"], story.open()) == ("failed", 0)


def test_a_question_that_a_mail_turns_out_to_be_is_chased_if_that_arrived(story: Story, riverside: Practice) -> None:
    """What a correction asks, the mail that it corrects asked."""
    for comes_back_first in (True, False):
        asked = story.asks(awaiting_reply=False)
        riverside.works()
        said = {"party": "teacher", "corrects_id": asked["id"], "occurred_at": asked["occurred_at"], "channel": "email"}
        if comes_back_first:
            story.comes(report(story, asked))
        corrected = story.ana.tells(story.case, "It was a question.", awaiting_reply=True, **said)
        assert {row["state"] for row in corrected["reminders"]} == {"cancelled" if comes_back_first else "scheduled"}
        if not comes_back_first:
            story.comes(report(story, asked))
        assert story.open() == 0
        story.tries_again(asked)
        riverside.works()
        assert story.open() == 3
        story.ana.hears(corrected)


def test_what_goes_on_goes_on_as_the_policy_now_is_and_as_it_was_put_off(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    first, second, third = asked["reminders"]
    story.ana.post(f"/reminders/{first['id']}/snooze", {"until": "2026-12-01T17:00:00Z"})
    story.comes(report(story, asked))
    story.tries_again(asked)
    riverside.works()
    assert story.ana.get(f"/reminders/{first['id']}")["due_at"] == "2026-12-01T17:00:00Z"
    story.clock.move(minutes=20)
    story.comes(report(story, asked))
    story.ana.patch(f"/cases/{story.case['id']}", {"follow_up_policy": {"offsets_days": [2, 5]}})
    story.tries_again(asked)
    riverside.works()
    rungs = [story.ana.get(f"/reminders/{one['id']}") for one in (first, second, third)]
    assert [(row["state"], row["reason"]) for row in rungs] == [
        ("scheduled", None),
        ("cancelled", "fewer_follow_ups"),
        ("scheduled", None),
    ]
    # The last one proposes what to do, and not before it would have.
    assert (rungs[2]["title"], rungs[2]["due_at"]) == ("No answer from the teacher: write to the team?", third["due_at"])


def test_a_report_is_read_in_the_forms_that_mail_servers_give_it(story: Story, riverside: Practice) -> None:
    lee = story.ana.adds_a_team_member(story.case, name="Lee", email=f"lee-{secrets.token_hex(4)}@school.example")
    asked = story.asks(team_member_ids=[story.terry["id"], lee["id"]])
    riverside.works()
    raw = report(story, asked, action="delayed", status="4.4.1")
    begin, rest = raw.split(b"Content-Type: message/delivery-status\n\n")
    fields, end = rest.split(b"\n--=_b\nContent-Type: text/rfc822-headers\n\n")
    head = end.partition(b"\n\n--=_b--")[0]

    def wrapped(said: bytes, is_encoded: bool) -> bytes:
        encoded = b"\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(said)
        return encoded if is_encoded else b"\n\n" + said

    def written(status: bytes, returned: bytes, *, is_encoded: bool) -> bytes:
        first = b"Content-Type: " + status + wrapped(fields, is_encoded)
        second = b"\n--=_b\nContent-Type: " + returned + wrapped(head, is_encoded)
        return begin + first + second + b"\n\n--=_b--\n"

    utf8 = b"message/global-delivery-status", b"message/global-headers"
    for form in (
        raw.replace(b"\n", b"\r\n"),
        raw.replace(b"text/rfc822-headers", b"message/rfc822"),
        raw.replace(b"Status: 4.4.1", b"Status: 4.4.1 (busy)").replace(b"Action: delayed", b"Action: DELAYED (really)"),
        # In UTF-8 (RFC 6533), as it is and encoded.
        written(*utf8, is_encoded=False),
        written(*utf8, is_encoded=True),
        written(b"message/delivery-status", b"text/rfc822-headers", is_encoded=False),
    ):
        came = story.comes(form)
        assert (came["state"], came["reason"]) == ("recorded", "It is delayed (4.4.1); mail servers still try."), form


def test_what_comes_back_to_a_closed_case_is_chased_when_it_is_open_and_has_arrived(story: Story, riverside: Practice) -> None:
    asked = story.asks()
    riverside.works()
    story.ana.patch(f"/cases/{story.case['id']}", {"state": "closed"})
    story.comes(report(story, asked))
    story.ana.patch(f"/cases/{story.case['id']}", {"state": "open"})
    assert story.open() == 0
    story.ana.patch(f"/cases/{story.case['id']}", {"state": "closed"})
    [delivery] = story.ana.get(f"/communications/{asked['id']}")["deliveries"]
    story.clock.move(days=8)
    story.ana.post(f"/messages/{delivery['message_id']}/retry")
    riverside.works()
    assert story.open() == 0
    story.ana.patch(f"/cases/{story.case['id']}", {"state": "open"})
    rungs = [row for row in story.ana.reminders(case_id=story.case["id"], state="scheduled") if row["ladder"]]
    assert [row["due_at"][:10] for row in rungs] == ["2026-10-16", "2026-10-22", "2026-10-27"]


# What waits.


def test_what_waits_is_matched_by_somebody_who_then_has_nothing_left_to_do(
    story: Story, riverside: Practice, clock: Clock
) -> None:
    asked = story.asks()
    mail = story.mail("somebody@elsewhere.example", "The aide does.")
    mail.add_attachment(IEP_TEXT, maintype="text", subtype="plain", filename="Answer.txt")
    came, second = story.comes(mail), story.comes(story.mail("else@elsewhere.example", "Buy this!"))
    assert [row["id"] for row in story.ana.get("/inbound-mails?state=waiting")["items"]] == [second["id"], came["id"]]
    assert riverside.mails_to(story.ana.email)[-1]["Subject"] == "A mail waits to be matched"
    assert story.ana.due() == ["A mail waits to be matched"], "one for all of them"
    # On the agenda of whoever it was given to, and on nobody else's.
    [reminder] = story.ana.reminders(state="due")

    def lists(staff: Staff) -> int:
        return [item["kind"] for item in staff.get("/agenda")["items"]].count("inbound_mail")

    story.ana.post(f"/reminders/{reminder['id']}/reassign", {"assignee_id": riverside.sam.id})
    assert (lists(story.ana), lists(riverside.sam)) == (0, 2)
    story.ana.post(f"/reminders/{reminder['id']}/reassign", {"assignee_id": story.ana.id})
    assert story.ana.get(f"/documents?case_id={story.case['id']}")["items"] == [], "nobody has said that it belongs here"

    matched = story.ana.post(f"/inbound-mails/{came['id']}/match", {"party": "team", "in_reply_to": asked["id"]})
    communication = matched["communication"]
    assert (communication["in_reply_to"], len(communication["reminders"])) == (asked["id"], 3)
    assert (matched["state"], matched["settled_by_id"]) == ("recorded", story.ana.id)
    [document_id] = communication["document_ids"]
    assert matched["attachments"][0]["document_id"] == document_id
    assert story.ana.ask("GET", f"/documents/{document_id}/content").get_data().strip() == IEP_TEXT.strip()
    assert story.ana.due() == ["A mail waits to be matched"], "the other one still does"

    discarded = story.ana.post(f"/inbound-mails/{second['id']}/discard", {"reason": "An advertisement."})
    assert (discarded["state"], discarded["reason"]) == ("discarded", "An advertisement.")
    assert story.ana.due() == []
    for path in (f"/inbound-mails/{came['id']}/match", f"/inbound-mails/{second['id']}/match"):
        assert story.ana.ask("POST", path, {"party": "team"}).status_code == 409
    assert story.ana.ask("GET", f"/inbound-mails/{second['id']}/content").status_code == 200, "it is kept all the same"


def test_what_is_attached_becomes_documents_as_far_as_documents_may_be_that(story: Story) -> None:
    asked = story.asks()
    mail = story.mail(In_Reply_To=answers(asked))
    mail.add_attachment(IEP_TEXT, maintype="text", subtype="plain", filename="../../Answer.txt")
    mail.add_attachment(b"MZ\x90\0\x03", maintype="application", subtype="pdf", filename="Answer.pdf")
    mail.add_attachment(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", maintype="text", subtype="calendar", filename="a.ics")
    came = story.comes(mail)
    assert [(one["name"], bool(one["document_id"])) for one in came["attachments"]] == [
        ("../../Answer.txt", True),
        ("Answer.pdf", False),
        ("a.ics", False),
    ]
    assert came["attachments"][1]["why_not"].startswith("It stays in the mail: This seems to be a program.")
    [document] = story.ana.get(f"/documents?case_id={story.case['id']}")["items"]
    assert (document["name"], document["uploaded_by_id"]) == ("Answer.txt", None)
    many = story.mail("somebody@elsewhere.example")
    for number in range(53):
        many.add_attachment(b"<a/>", maintype="text", subtype="xml", filename=f"{number}.xml")
    assert [one["name"] for one in story.comes(many)["attachments"][49:]] == ["49.xml", "3 more files"]
    assert story.ana.get(f"/communications/{came['communication_id']}")["document_ids"] == [document["id"]]
    # What something on record rests on is not deleted.
    assert story.ana.ask("DELETE", f"/documents/{document['id']}").status_code == 409


# Odd mails: none of them is lost, and none ends in a failure of ours.


def test_an_odd_mail_is_kept_and_read_as_far_as_it_can_be(story: Story) -> None:
    """Beside each mail stands what is read of it: why it waits, from whom, its subject, its text."""
    paths = sorted(MAILS.glob("*.eml"))
    assert len(paths) > 10
    for path in paths:
        raw = path.read_bytes().replace(b"CASE@ADDRESS", story.address.encode())
        came = story.comes(raw, f"?recipient={story.address}")
        assert came["state"] == "waiting"
        read = f"{came['because']}\n{came['from_address']}\n{came['subject']}\n\n{came['text']}\n"
        assert read == path.with_suffix(".txt").read_text(), path.name
        assert story.ana.ask("GET", f"/inbound-mails/{came['id']}/content").get_data() == raw


def test_what_no_person_sends_waits(story: Story) -> None:
    for body in (
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * 1000,
        b"X: y\n" * 100_000 + b"\nhi",
        b"Subject: " + b"=?" * 100_000 + b"\n\nhi",
        b"Date: Mon, 99 Xyz 99999 99:99:99 +9999\nReferences: " + b"<a@b> " * 40_000 + b"\n\nhi",
    ):
        came = story.comes(b"From: " + story.terry_address.encode() + b"\n" + body, f"?recipient={story.address}")
        assert (came["state"], came["from_address"]) == ("waiting", story.terry_address)


# Who may bring mail, and for whom.


def test_a_hook_that_is_not_signed_or_signed_long_ago_brings_nothing(story: Story, post_office: Flask, clock: Clock) -> None:
    raw = story.mail().as_bytes()
    old = str(int(clock().timestamp()) - 301)
    for wrong in (
        {"webhook_signature": sign(b"another secret, as long as it is", "msg_1", int(clock().timestamp()), raw)},
        {"webhook_timestamp": old, "webhook_signature": sign(HOOK_KEY, "msg_1", int(old), raw)},
        {"webhook_id": "msg_2"},
        {"webhook_signature": ""},
        {"webhook_timestamp": "now"},
    ):
        answer = brings(post_office, raw, clock, **wrong)
        assert (answer.status_code, answer.get_json()["type"]) == (401, "/problems/unauthenticated")
    assert brings(post_office, raw + b"!", clock, webhook_signature=sign(HOOK_KEY, "msg_1", 1, raw)).status_code == 401
    assert story.ana.get(f"/inbound-mails?case_id={story.case['id']}")["items"] == []
    both = f"v1,{base64.b64encode(b'x' * 32).decode()} {sign(HOOK_KEY, 'msg_1', int(clock().timestamp()), raw)}"
    assert brings(post_office, raw, clock, webhook_signature=both).status_code == 202


def test_mail_for_nobody_is_taken_and_leaves_nothing(story: Story, post_office: Flask, clock: Clock) -> None:
    forged = story.address.replace(story.address[0], "a" if story.address[0] != "a" else "b", 1)
    for address in (forged, f"x{story.address}", "somebody@cases.practice.example", story.address + ".evil.example"):
        answer = brings(post_office, a_mail("x@y.example", "z@y.example").as_bytes(), clock, f"?recipient={address}")
        assert (answer.status_code, answer.get_json()) in ((202, {"items": []}), (422, answer.get_json()))
        assert brings(post_office, a_mail("x@y.example", address).as_bytes(), clock).get_json() == {"items": []}
    assert story.ana.get(f"/inbound-mails?case_id={story.case['id']}")["items"] == []


def test_an_address_of_one_practice_never_reaches_another(
    story: Story, lakeside: Practice, post_office: Flask, clock: Clock
) -> None:
    theirs = lakeside.ana
    their_case = theirs.opens_a_case()
    asked = story.asks()
    # A mail to both is a row of each, and neither knows of the other's question.
    mail = story.mail(In_Reply_To=answers(asked))
    mail["Cc"] = address_of(theirs, their_case)
    answer = brings(post_office, mail.as_bytes(), clock)
    states = {item["state"]: item["id"] for item in answer.get_json()["items"]}
    assert set(states) == {"recorded", "waiting"}
    assert [row["id"] for row in theirs.get("/inbound-mails")["items"]] == [states["waiting"]]
    assert [row["id"] for row in story.ana.get("/inbound-mails")["items"]] == [states["recorded"]]
    for path in ("", "/content"):
        assert theirs.ask("GET", f"/inbound-mails/{states['recorded']}{path}").status_code == 404
    for act, body in (("match", {"party": "team"}), ("discard", {"reason": "x"})):
        assert story.ana.ask("POST", f"/inbound-mails/{states['waiting']}/{act}", body).status_code == 404


def test_where_nothing_is_set_no_mail_comes_in(riverside: Practice, app: Flask, clock: Clock) -> None:
    without = started_anew(app, inbound_mail_domain="")
    ana = at(without, riverside.ana)
    assert ana.opens_a_case()["inbound_address"] is None
    assert brings(without, b"From: x@y.example\n\nhi", clock).status_code == 404


# A local mail server.


def test_a_local_mail_server_hears_what_became_of_a_message(story: Story, app_url: str, tmp_path: Path, store: Files) -> None:
    settings = {
        "DATABASE_URL": app_url,
        "SECRET_KEY": SECRET.decode(),
        "INBOUND_MAIL_DOMAIN": MAIL_DOMAIN,
        "FILES_URL": Path(str(store.folder)).as_uri(),
    }
    asked = story.asks()
    raw = story.mail(In_Reply_To=answers(asked)).as_bytes()

    def taken(content: bytes, *recipients: str, **other: str) -> int:
        return take_in({**settings, **other}, recipients, io.BytesIO(content))[0]

    assert taken(raw, f"nobody@{MAIL_DOMAIN}") == NOBODY
    assert taken(b"", story.address) == NO_MAIL
    assert taken(raw, story.address, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none") == TRY_AGAIN
    assert taken(raw, story.address, INBOUND_MAIL_DOMAIN="") == TRY_AGAIN
    assert taken(raw, story.address, SECRET_KEY="of another installation, which knows no case") == NOBODY
    assert taken(raw, story.address) == taken(raw) == TAKEN
    [row] = story.ana.get(f"/inbound-mails?case_id={story.case['id']}")["items"]
    assert row["state"] == "recorded"
    assert story.open() == 0
    # What the hook brings again is the same.
    assert story.comes(raw)["id"] == row["id"]


def test_an_address_outlives_the_secret_before_the_present_one(story: Story, post_office: Flask, clock: Clock) -> None:
    renewed = started_anew(post_office, secret_keys=[b"a new secret, of more than thirty-two bytes", SECRET])
    assert comes(renewed, story.mail(), clock)["state"] == "waiting"
    assert address_of(at(renewed, story.ana), story.case) != story.address


def test_what_came_is_counted_and_too_much_of_it_is_to_come_again(
    story: Story, post_office: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch, store: Files, riverside: Practice
) -> None:
    from models import receiving
    from models.throttle import Limit

    limit = Limit(f"mail of {story.case['id']}", 2, receiving.INBOUND_OF_CASE.within)
    monkeypatch.setattr(receiving, "INBOUND_OF_CASE", limit)
    for number in range(2):
        story.comes(story.mail(text=f"{number}"))
    answer = brings(post_office, story.mail(text="one too many").as_bytes(), clock)
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    practice_id = UUID(riverside.olga.get("/practice")["id"])
    assert len(store.mails(practice_id).list()) == 2, "and it left no file"


def test_what_hooks_bring_is_counted_and_no_word_of_it(story: Story, app: Flask, clock: Clock) -> None:
    watched = started_anew(app, metrics_token="a token of sixteen or more")
    Provider(watched, clock).brings(story.mail(text="A secret word.").as_bytes())
    Provider(watched, clock).brings(a_mail("x@y.example", "nobody@y.example").as_bytes())
    answer = Actor(watched).opens("/metrics", Authorization="Bearer a token of sixteen or more")
    numbers = answer.get_data(as_text=True)
    assert 'followthrough_inbound_mails_total{state="waiting"} 1.0' in numbers
    assert 'followthrough_inbound_mails_total{state="unknown"} 1.0' in numbers
    assert "secret" not in numbers
