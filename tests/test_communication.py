"""Communications: asked, chased, answered."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from werkzeug.test import TestResponse

from models.files import Files
from tests.cast import IEP_TEXT, Practice, Staff
from tests.conftest import Clock


def test_a_reply_settles_what_is_open(riverside: Practice, ana: Staff, clock: Clock) -> None:
    asked = ana.asks_the_team(ana.opens_a_case())
    clock.move(days=4)
    riverside.works()
    heard = ana.hears(asked)
    assert [(row["key"], row["state"], row["reason"]) for row in heard["reminders"]] == [
        ("follow_up_1", "done", "answered"),
        ("follow_up_2", "done", "answered"),
        ("follow_up_3", "done", "answered"),
    ]
    clock.move(days=30)
    riverside.works()
    assert ana.due() == []
    assert [mail["Subject"] for mail in riverside.mails_to(ana.email)[1:]] == ["Ask the team again"]


def test_recorded_late_it_plans_from_its_own_date_and_the_past_is_due_at_once(
    riverside: Practice, ana: Staff, clock: Clock
) -> None:
    asked = ana.asks_the_team(ana.opens_a_case(), occurred_at="2026-09-21T10:00:00-07:00")
    assert [row["due_at"][:10] for row in asked["reminders"]] == ["2026-09-24", "2026-09-30", "2026-10-05"]
    riverside.works()
    assert ana.due() == [
        "Ask the team again",
        "Ask once more, copy the LEA representative",
        "No answer from the team: escalate?",
    ]


def test_asking_again_restarts_no_clock(ana: Staff) -> None:
    case = ana.opens_a_case()
    asked = ana.asks_the_team(case)
    again = ana.asks_the_team(case, "Have you had a chance to look?", in_reply_to=asked["id"])
    assert again["reminders"] == []
    assert len(ana.reminders(case_id=case["id"], state="scheduled")) == 3
    # The answer to the second question answers the first.
    assert len(ana.hears(again)["reminders"]) == 3
    assert ana.reminders(case_id=case["id"], state="scheduled") == []


def test_a_new_thread_has_its_own_ladder(ana: Staff) -> None:
    case = ana.opens_a_case()
    first, second = ana.asks_the_team(case), ana.asks_the_team(case, "And the extra time?")
    ana.hears(first)
    still = ana.reminders(case_id=case["id"], state="scheduled")
    assert {row["communication_id"] for row in still} == {second["id"]}


@pytest.mark.parametrize(
    ("more", "planned"),
    [
        ({"party": "teacher"}, "No answer from the teacher: write to the team?"),
        ({"party": "client"}, None),
        ({"party": "other"}, None),
        ({"awaiting_reply": False}, None),
    ],
)
def test_only_team_and_teacher_are_chased(ana: Staff, more: dict[str, object], planned: str | None) -> None:
    told = ana.tells(ana.opens_a_case(), **{"awaiting_reply": True, **more})
    assert (told["reminders"][-1]["title"] if told["reminders"] else None) == planned


def test_what_was_said_is_never_rewritten(ana: Staff) -> None:
    told = ana.tells(ana.opens_a_case())
    for method in ("PATCH", "PUT", "DELETE"):
        assert ana.ask(method, f"/communications/{told['id']}", {"summary": "I never said that."}).status_code == 405
    assert ana.get(f"/communications/{told['id']}")["summary"] == told["summary"]


def test_files_of_two_children_are_never_mixed(ana: Staff) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case()
    asked, concern, terry = ana.asks_the_team(other), ana.opens_a_concern(other), ana.adds_a_team_member(other)
    for field, value in (
        ("in_reply_to", asked["id"]),
        ("concern_id", concern["id"]),
        ("team_member_ids", [terry["id"]]),
    ):
        said = {"direction": "outbound", "channel": "email", "party": "team", "occurred_at": "2026-10-05T10:00:00Z"}
        answer = ana.ask("POST", "/communications", {"case_id": case["id"], "summary": "Hm.", **said, field: value})
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["detail"] == "This belongs to another case."


def test_the_responsible_advocate_is_reminded_whoever_asked(riverside: Practice, clock: Clock) -> None:
    case = riverside.ana.opens_a_case()
    riverside.sam.asks_the_team(case)
    clock.move(days=4)
    assert riverside.mails_to(riverside.ana.email)[-1]["Subject"] == "Ask the team again"
    assert all(mail["Subject"] != "Ask the team again" for mail in riverside.mails_to(riverside.sam.email))


def test_who_took_part_is_kept(ana: Staff) -> None:
    case = ana.opens_a_case()
    terry, lee = ana.adds_a_team_member(case), ana.adds_a_team_member(case, name="Lee", role="lea_representative")
    told = ana.tells(case, team_member_ids=[terry["id"], lee["id"], terry["id"]])
    kept = ana.get(f"/communications/{told['id']}")["team_member_ids"]
    assert sorted(kept) == sorted([terry["id"], lee["id"]])


def test_of_two_that_ask_again_at_once_one_plans_the_ladder(ana: Staff) -> None:
    case = ana.opens_a_case()
    told = ana.tells(case, "A remark that awaits nothing.")
    with ThreadPoolExecutor(4) as pool:
        asked = list(pool.map(lambda _: ana.asks_the_team(case, in_reply_to=told["id"]), range(4)))
    assert sorted(len(row["reminders"]) for row in asked) == [0, 0, 0, 3]


def test_a_case_that_is_handed_over_takes_its_reminders_along(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    ana.asks_the_team(case)
    ana.patch(f"/cases/{case['id']}", {"advocate_id": riverside.olga.id})
    clock.move(days=4)
    assert riverside.mails_to(riverside.olga.email)[-1]["Subject"] == "Ask the team again"


# Sending.


def sends(person: Staff, case: Any, **more: Any) -> TestResponse:
    said = {"party": "team", "subject": "Reader for tests", "text": "Who provides the reader?\n\n  Ana & <b>co</b> — ñ"}
    return person.ask("POST", "/communications/send", {"case_id": case["id"], **said, **more})


def arrived(riverside: Practice, address: str) -> list[EmailMessage]:
    """What the mail server took for an address, parsed."""
    riverside.works()
    taken = [mail.as_bytes() for mail in riverside.sink.mails if mail["X-RcptTo"] == address]
    return [message_from_bytes(mail, policy=policy.default) for mail in taken]


def somebody() -> str:
    return f"somebody-{secrets.token_hex(4)}@school.example"


def test_a_mail_from_a_case_arrives_as_it_was_written_and_is_on_record(riverside: Practice, ana: Staff) -> None:
    case, here, there = ana.opens_a_case(), somebody(), somebody()
    terry, lee = ana.adds_a_team_member(case, email=here), ana.adds_a_team_member(case, name="Lee Ång", email=there)
    document = ana.uploads(case)
    said = {"team_member_ids": [terry["id"], lee["id"]], "awaiting_reply": True, "document_ids": [document["id"]]}
    answer = sends(ana, case, **said)
    assert answer.status_code == 201, answer.get_json()
    sent = answer.get_json()
    assert (sent["direction"], sent["channel"], sent["delivery"]) == ("outbound", "email", "queued")
    assert [reminder["key"] for reminder in sent["reminders"]] == ["follow_up_1", "follow_up_2", "follow_up_3"]
    [mail], [other] = arrived(riverside, here), arrived(riverside, there)
    assert [str(one) for one in mail["To"].addresses] == [f"Terry Thompson <{here}>", f"Lee Ång <{there}>"]
    assert mail["Message-ID"] == other["Message-ID"] == f"<{sent['id']}@practice.example>"
    assert mail["From"].addresses[0].display_name.startswith("Ana, Riverside")
    assert mail["Reply-To"] == ana.get(f"/cases/{case['id']}")["inbound_address"]
    assert mail["Auto-Submitted"] is None, "a person wrote it"
    assert mail["In-Reply-To"] is None
    text, page, attached = mail.get_body(("plain",)), mail.get_body(("html",)), list(mail.iter_attachments())
    assert text is not None
    assert page is not None
    assert text.get_content() == "Who provides the reader?\n\n  Ana & <b>co</b> — ñ\n"
    assert "Ana &amp; &lt;b&gt;co&lt;/b&gt; — ñ" in page.get_content()
    [(name, content)] = [(one.get_filename(), one.get_payload(decode=True)) for one in attached]
    assert (name, content) == ("IEP 2026.txt", IEP_TEXT)
    kept = ana.get(f"/communications/{sent['id']}")
    assert (kept["delivery"], kept["document_ids"]) == ("sent", [document["id"]])
    assert {(one["to"], one["state"]) for one in kept["deliveries"]} == {(here, "sent"), (there, "sent")}


def test_a_mail_stands_in_its_thread(riverside: Practice, ana: Staff) -> None:
    case, here = ana.opens_a_case(), somebody()
    terry = ana.adds_a_team_member(case, email=here)
    said = {"team_member_ids": [terry["id"]], "awaiting_reply": True}
    first = sends(ana, case, **said).get_json()
    called = ana.tells(case, "She will look.", direction="inbound", channel="phone", in_reply_to=first["id"])
    second = sends(ana, case, **said, in_reply_to=called["id"]).get_json()
    third = sends(ana, case, **said, in_reply_to=second["id"]).get_json()
    ids = [f"<{one['id']}@practice.example>" for one in (first, second, third)]
    mails = {mail["Message-ID"]: mail for mail in arrived(riverside, here)}
    assert [mails[one]["In-Reply-To"] for one in ids] == [None, ids[0], ids[1]]
    assert mails[ids[2]]["References"] == f"{ids[0]} {ids[1]}"
    assert [len(one["reminders"]) for one in (first, second, third)] == [3, 3, 0]
    assert [row["id"] for row in ana.get(f"/communications?thread_id={first['id']}")["items"]] == [
        *(third["id"], second["id"], called["id"], first["id"])
    ]


def test_a_file_that_is_gone_fails_the_mail_for_good_and_says_so(riverside: Practice, ana: Staff, store: Files) -> None:
    case = ana.opens_a_case()
    document = ana.uploads(case)
    sent = sends(ana, case, party="client", to_client=True, document_ids=[document["id"]]).get_json()
    store.documents(riverside.olga.get("/practice")["id"]).remove(document["id"])
    riverside.works()
    kept = ana.get(f"/communications/{sent['id']}")
    [delivery] = kept["deliveries"]
    assert (kept["delivery"], delivery["last_error"]) == ("failed", "A file that it attaches is not there any more.")


def test_a_mail_that_did_not_arrive_is_somebodys_to_look_at(riverside: Practice, ana: Staff, store: Files) -> None:
    case = ana.opens_a_case()
    terry, document = ana.adds_a_team_member(case, email=somebody()), ana.uploads(case)
    said = {"team_member_ids": [terry["id"]], "awaiting_reply": True, "document_ids": [document["id"]]}
    sent = sends(ana, case, to_client=True, **said).get_json()
    store.documents(riverside.olga.get("/practice")["id"]).remove(document["id"])
    riverside.works()
    riverside.works()
    assert ana.due() == ["A mail did not arrive"], "once for both"
    rested = ana.reminders(case_id=case["id"], state="cancelled")
    assert [row["reason"] for row in rested] == ["mail_failed"] * 3, "nobody is silent who was never asked"
    # Asked again, it is chased as before; and whoever answers has had it.
    assert sends(ana, case, team_member_ids=[terry["id"]], in_reply_to=sent["id"]).status_code == 201
    assert len(ana.hears(sent)["reminders"]) == 4
    assert ana.due() == []


def test_what_comes_back_undelivered_goes_to_the_address_of_the_case(riverside: Practice, ana: Staff) -> None:
    case, here = ana.opens_a_case(), somebody()
    terry = ana.adds_a_team_member(case, email=here)
    sends(ana, case, team_member_ids=[terry["id"]])
    [mail] = arrived(riverside, here)
    assert mail["X-MailFrom"].strip() == mail["Reply-To"] == ana.get(f"/cases/{case['id']}")["inbound_address"]


def test_nobody_writes_headers_into_a_mail(riverside: Practice, ana: Staff) -> None:
    """An encoded word is what EmailMessage takes apart by itself, ends of line and all."""
    case, here = ana.opens_a_case(), somebody()
    evil = "=?utf-8?q?x=0d=0aX-Evil:_1?="
    terry = ana.adds_a_team_member(case, name=f"Terry {evil}", email=here)
    document = ana.uploads(case, filename=f"{evil}.txt")
    sends(ana, case, team_member_ids=[terry["id"]], subject=f"Reader {evil}", document_ids=[document["id"]])
    [mail] = arrived(riverside, here)
    assert b"\nX-Evil" not in mail.as_bytes()
    assert mail["Subject"] == "Reader = ?utf-8?q?x=0d=0aX-Evil:_1?="
    [attached] = mail.iter_attachments()
    assert (attached["X-Evil"], "X-Evil" in str(attached.get_filename())) == (None, True)
    ask = {"case_id": case["id"], "role": "other", "name": "T", "email": "=?utf-8?q?x?=@school.example"}
    assert ana.ask("POST", "/team-members", ask).status_code == 422, "no mail that names it could be written"


def test_whom_a_mail_cannot_go_to_is_named(ana: Staff) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case()
    terry, stranger = ana.adds_a_team_member(case), ana.adds_a_team_member(other, email=somebody())
    gone = ana.adds_a_team_member(case, name="Gil Gone", email=somebody(), left_on="2026-10-01")
    refused = sends(ana, case, team_member_ids=[terry["id"], gone["id"]]).get_json()["errors"]
    assert refused == [
        {"pointer": "/team_member_ids/0", "detail": "Terry Thompson has no e-mail address here."},
        {"pointer": "/team_member_ids/1", "detail": "Gil Gone has left."},
    ]
    assert sends(ana, case, team_member_ids=[stranger["id"]]).status_code == 422
    assert sends(ana, case).get_json()["errors"][0]["pointer"] == "/team_member_ids"
    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    assert sends(ana, case, to_client=True).status_code == 409
    assert ana.get(f"/communications?case_id={case['id']}")["items"] == []


def test_a_mail_goes_to_the_party_that_it_is_to(ana: Staff) -> None:
    """A copy may go to anybody; but whose silence counts is among those who get it."""
    case = ana.opens_a_case()
    people = {
        "teacher": ana.adds_a_team_member(case, role="special_education_teacher", email=somebody()),
        "therapist": ana.adds_a_team_member(case, role="related_service_provider", email=somebody()),
        "principal": ana.adds_a_team_member(case, role="principal", email=somebody()),
        # By law a parent is of the team, and answers nothing for the school.
        "parent": ana.adds_a_team_member(case, role="other", email="PETRA@example.org"),
        "father": ana.adds_a_team_member(case, role="other", name="Paul Petrov", email="Paul@example.org"),
    }
    father = ana.adds_a_client(name="Paul Petrov", email="paul@example.org")
    ana.patch(f"/students/{case['student_id']}", {"client_ids": [case["client_id"], father["id"]]})

    def refused(party: str, *names: str, to_client: bool = False) -> str | None:
        said = {"party": party, "team_member_ids": [people[name]["id"] for name in names], "to_client": to_client}
        answer = sends(ana, case, **said)
        assert answer.status_code in (201, 422), answer.get_json()
        return answer.get_json()["errors"][0]["pointer"] if answer.status_code == 422 else None

    for party, names, to_client, pointer in (
        ("team", ["principal"], False, None),
        ("team", ["teacher"], True, None),
        ("team", [], True, "/team_member_ids"),
        ("team", ["parent", "father"], False, "/team_member_ids"),
        ("teacher", ["teacher", "principal"], True, None),
        ("teacher", ["therapist"], False, None),
        ("teacher", ["principal", "parent"], False, "/team_member_ids"),
        ("teacher", [], True, "/team_member_ids"),
        ("client", ["principal"], True, None),
        ("client", ["principal"], False, "/to_client"),
        ("client", ["parent"], False, None),
        ("client", ["father"], False, None),
        ("other", [], True, None),
        ("other", ["principal"], False, None),
    ):
        assert refused(party, *names, to_client=to_client) == pointer, (party, names, to_client)


@pytest.mark.parametrize(
    ("subject", "passes"),
    [
        ("About Sasha's reader", False),
        ("Petrov: reader", False),
        ("Reader for sasha", False),
        ("=?utf-8?q?=53asha?=", True),
        ("The sashay of Petrova", True),
        ("Support for DYSLEXIA", False),
    ],
)
def test_a_subject_names_no_child(ana: Staff, subject: str, passes: bool) -> None:
    case = ana.opens_a_case()
    ana.patch(f"/students/{case['student_id']}", {"disabilities": ["Dyslexia"]})
    answer = sends(ana, case, party="client", to_client=True, subject=subject)
    assert answer.status_code == (201 if passes else 422)
    if not passes:
        assert answer.get_json()["errors"][0]["pointer"] == "/subject"


# Corrections.


def test_a_correction_is_a_new_row_and_is_corrected_further_where_it_stands(ana: Staff) -> None:
    case = ana.opens_a_case()
    asked = ana.asks_the_team(case)
    better = ana.asks_the_team(case, "Who provides the reader in science?", corrects_id=asked["id"])
    assert better["reminders"] == [], "it was planned once"
    assert ana.get(f"/communications/{asked['id']}")["corrected_by_id"] == better["id"]
    assert (better["thread_id"], better["corrects_id"]) == (asked["id"], asked["id"])
    again = {"case_id": case["id"], "direction": "outbound", "channel": "phone", "party": "team", "summary": "By phone."}
    twice = ana.ask("POST", "/communications", {**again, "corrects_id": asked["id"], "occurred_at": "2026-10-05T10:00:00Z"})
    assert (twice.status_code, twice.get_json()["corrected_by_id"]) == (409, better["id"])
    # It awaited nothing after all: what chased it has nothing left to chase.
    last = ana.tells(case, "By phone.", corrects_id=better["id"])
    assert {(row["state"], row["reason"]) for row in last["reminders"]} == {("done", "corrected")}
    assert ana.reminders(case_id=case["id"], state="scheduled") == []
    turned = ana.ask(
        "POST",
        "/communications",
        {**again, "direction": "inbound", "corrects_id": last["id"], "occurred_at": "2026-10-05T10:00:00Z"},
    )
    assert turned.get_json()["errors"][0]["pointer"] == "/direction"


def test_an_answer_that_was_recorded_beside_its_question_settles_it_by_its_correction(ana: Staff) -> None:
    case = ana.opens_a_case()
    asked = ana.asks_the_team(case)
    heard = ana.tells(case, "The aide does.", direction="inbound")
    corrected = ana.hears(asked, "The aide does.", corrects_id=heard["id"])
    assert len(corrected["reminders"]) == 3
    assert (corrected["thread_id"], corrected["in_reply_to"]) == (asked["id"], asked["id"])


def test_of_two_that_correct_at_once_one_does(ana: Staff) -> None:
    case = ana.opens_a_case()
    told = ana.tells(case)
    said = {"case_id": case["id"], "direction": "outbound", "channel": "email", "party": "team", "summary": "Better."}
    body = {**said, "occurred_at": "2026-10-05T10:00:00Z", "corrects_id": told["id"]}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ana.ask("POST", "/communications", body).status_code, range(4)))
    assert sorted(answers) == [201, 409, 409, 409]


def test_what_is_listed_by_thread_member_and_time(ana: Staff) -> None:
    case = ana.opens_a_case()
    terry = ana.adds_a_team_member(case)
    old = ana.tells(case, occurred_at="2026-09-01T10:00:00Z", team_member_ids=[terry["id"]])
    new = ana.tells(case, occurred_at="2026-10-01T10:00:00Z")

    def found(query: str) -> list[str]:
        return [row["id"] for row in ana.get(f"/communications?case_id={case['id']}&{query}")["items"]]

    assert found(f"team_member_id={terry['id']}") == found("until=2026-10-01T10:00:00Z") == [old["id"]]
    assert found("since=2026-10-01T10:00:00Z") == found(f"thread_id={new['id']}") == [new["id"]]


def test_its_own_policy_wins_over_the_cases(ana: Staff) -> None:
    case = ana.opens_a_case(follow_up_policy={"offsets_days": [1, 2]})
    assert len(ana.asks_the_team(case)["reminders"]) == 2
    asked = ana.asks_the_team(case, follow_up_policy={"offsets_days": [4]})
    assert [row["due_at"][:10] for row in asked["reminders"]] == ["2026-10-09"]


def test_a_letter_goes_out_as_its_pdf_and_is_followed_up_as_its_kind_is(riverside: Practice, ana: Staff) -> None:
    case, here = ana.opens_a_case(), somebody()
    terry = ana.adds_a_team_member(case, email=here)
    asked = {"template": "meeting_request", "case_id": case["id"], "team_member_ids": [terry["id"]]}
    draft = ana.post("/letters", asked)
    ana.patch(f"/letters/{draft['id']}", {"body": "Please let us meet on Monday."})
    said = {"team_member_ids": [terry["id"]], "letter_id": draft["id"]}
    assert sends(ana, case, **said).status_code == 409, "it is a draft"
    letter = ana.post(f"/letters/{draft['id']}/finalise")
    sent = sends(ana, case, **said).get_json()
    assert (sent["letter_id"], sent["document_ids"]) == (letter["id"], [letter["document_id"]])
    assert sent["reminders"][0]["title"] == "Has the meeting been set?"
    [mail] = arrived(riverside, here)
    [attached] = mail.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
