"""Statements: asked for by a link, signed without an account, kept as they are, added to and never changed."""

import hashlib
import re
import secrets
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import psycopg
import pytest

from scheduling.worker import Worker
from tests.cast import Actor, Practice, Staff, text_of, token_in
from tests.conftest import Clock
from tests.test_iep_copy import RefusingPost

WORDS = "On Tuesdays and Thursdays nobody read to the student."
SIGNED = {"text": WORDS, "signed_name": "Terry Thompson", "signed_on": "2026-10-05"}


def an_email() -> str:
    # Of nobody else: so many of these mails go to one address in a day.
    return f"terry-{secrets.token_hex(4)}@school.example"


def asks(ana: Staff, case: Any, **more: Any) -> Any:
    said = {"case_id": case["id"], "party": "teacher", "name": "Terry Thompson", "email": an_email()}
    return ana.post("/statements", {**said, **more})


def token_of(practice: Practice, statement: Any) -> str:
    return token_in(practice.mails_to(statement["email"])[-1])


def signs(practice: Practice, statement: Any, **more: Any) -> Any:
    return Actor(practice.app).ask("POST", f"/public/statements/{token_of(practice, statement)}", {**SIGNED, **more})


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["type"].rpartition("/")[2]


def wrong(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.get_data(as_text=True)
    return [error["pointer"] for error in answer.get_json()["errors"]]


def events(ana: Staff, case: Any) -> list[tuple[str, str]]:
    found = ana.everything(f"/cases/{case['id']}/timeline")
    return [(row["what"], row["detail"]) for row in found if row["kind"] == "statement"]


def test_a_teacher_is_asked_by_a_mail_that_holds_nothing_of_the_child(riverside: Practice, ana: Staff) -> None:
    case = ana.opens_a_case()
    terry = ana.adds_a_team_member(case, role="general_education_teacher", email=an_email())
    concern = ana.opens_a_concern(case)
    more = {"team_member_id": terry["id"], "concern_id": concern["id"], "about_from": "2026-09-08", "about_to": "2026-10-02"}
    statement = ana.post("/statements", {"case_id": case["id"], "party": "teacher", **more})
    assert (statement["name"], statement["email"], statement["state"]) == ("Terry Thompson", terry["email"], "asked")
    assert statement["question"].startswith("What can you say, from your own work with this student")
    assert (statement["expires_at"], statement["entries"]) == ("2026-11-05T08:00:00Z", [])
    [mail] = riverside.mails_to(terry["email"])
    assert mail["Subject"] == "Would you write down what you have seen?"
    assert mail["Reply-To"] == ana.email
    text = text_of(mail)
    assert "Wednesday, November 4, 2026" in text
    assert "Sasha" not in mail.as_string()
    assert "from your own work" not in text, "what is asked stands behind the link"
    asked = ana.get(f"/communications/{statement['communication_id']}")
    assert (asked["direction"], asked["party"], asked["awaiting_reply"]) == ("outbound", "teacher", True)
    assert (asked["team_member_ids"], asked["concern_id"], asked["delivery"]) == ([terry["id"]], concern["id"], "sent")
    titles = [row["title"] for row in ana.reminders(case_id=case["id"], state="scheduled") if row["communication_id"]]
    assert titles[0].startswith(("Ask the teacher again", "No answer from the teacher", "Ask once more"))
    assert len(titles) == 3


def test_what_is_signed_settles_the_chase_and_stands_on_record(riverside: Practice, ana: Staff) -> None:
    case = ana.opens_a_case()
    statement = asks(ana, case)
    answer = signs(riverside, statement, text=f"  {WORDS}\r\nNot once.  ", signed_name=" Terry  Thompson ")
    assert answer.status_code == 200
    assert answer.get_json()["entries"][0]["text"] == f"{WORDS}\nNot once."
    assert "canonical" not in answer.get_json()["entries"][0]
    found = ana.get(f"/statements/{statement['id']}")
    assert found["state"] == "signed"
    [entry] = found["entries"]
    assert (entry["number"], entry["signed_name"], entry["signed_on"]) == (1, "Terry Thompson", "2026-10-05")
    assert entry["signed_at"] == "2026-10-05T16:00:00.000000Z"
    assert hashlib.sha256(entry["canonical"].encode()).hexdigest() == entry["sha256"]
    assert entry["canonical"].endswith(f"words:\n{WORDS}\nNot once.\n")
    assert f"case: {case['id']}\nstatement: {statement['id']}\nentry: 1\n" in entry["canonical"]
    [heard] = ana.get(f"/communications?case_id={case['id']}&direction=inbound")["items"]
    assert heard["in_reply_to"] == statement["communication_id"]
    assert heard["recorded_by_id"] is None
    assert entry["sha256"] in heard["summary"]
    assert WORDS not in heard["summary"], "the words stand in one place"
    assert {row["reason"] for row in ana.reminders(case_id=case["id"])} == {"answered"}
    assert events(ana, case) == [("signed", f"Terry Thompson: {WORDS}\nNot once.")]


def test_it_is_added_to_and_each_addition_names_the_hash_before(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    statement = asks(ana, case)
    signs(riverside, statement)
    again = signs(riverside, statement)
    assert (again.status_code, len(again.get_json()["entries"])) == (200, 1), "pressed twice, signed once"
    clock.move(days=1)
    signs(riverside, statement, text="I looked it up: it was September 15.", signed_on="2026-10-06")
    again = signs(riverside, statement)
    assert (again.status_code, len(again.get_json()["entries"])) == (200, 2), "sent late once more, after another one"
    signs(riverside, statement, text=WORDS, signed_on="2026-10-06")
    entries = ana.get(f"/statements/{statement['id']}")["entries"]
    assert [entry["number"] for entry in entries] == [1, 2, 3]
    before = [re.search(r"entry before: (\w+)\n", entry["canonical"])[1] for entry in entries]  # type: ignore[index]
    assert before == ["none", entries[0]["sha256"], entries[1]["sha256"]]
    assert [what for what, _ in events(ana, case)] == ["signed", "added", "added"]


def test_a_person_takes_their_copy_along_and_sha256sum_says_the_same(riverside: Practice, ana: Staff, tmp_path: Path) -> None:
    """The lines of docs/statements.md, as they stand there."""
    statement = asks(ana, ana.opens_a_case(), question="¿Qué vio?\nWo?")
    text = unicodedata.normalize("NFD", "Señora Núñez read – twice.")
    [entry] = signs(riverside, statement, text=text).get_json()["entries"]
    link = f"/public/statements/{token_of(riverside, statement)}"
    taken = Actor(riverside.app).ask("GET", f"{link}/entries/1")
    assert taken.headers["Content-Disposition"] == "attachment; filename=statement-1.txt"
    assert taken.headers["Content-Type"] == "text/plain; charset=utf-8"
    (tmp_path / "statement-1.txt").write_bytes(taken.get_data())
    shown = re.search(r"\$ (sha256sum .*)\n", Path("docs/statements.md").read_text())
    assert shown
    told = subprocess.run(shown[1], shell=True, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert told.split()[0] == entry["sha256"]
    assert Actor(riverside.app).ask("GET", f"{link}/entries/2").status_code == 404


def test_what_is_shown_is_what_was_signed_and_no_copy_of_it(
    riverside: Practice, ana: Staff, past_all_doors: psycopg.Connection
) -> None:
    """Words that look like lines of ours are words; and whoever changes it past all doors is seen by the hash."""
    case = ana.opens_a_case()
    statement = asks(ana, case, question="Asked:\nwords:\nsigned by: Nobody\n")
    text = "Twice.\nwords:\nsigned by: Mallory\n\nNo more."
    signs(riverside, statement, text=text)
    behind = Actor(riverside.app).ask("GET", f"/public/statements/{token_of(riverside, statement)}").get_json()
    for found in (ana.get(f"/statements/{statement['id']}"), behind):
        [entry] = found["entries"]
        assert (entry["text"], entry["signed_name"], entry["signed_on"]) == (text, "Terry Thompson", "2026-10-05")
    assert events(ana, case) == [("signed", f"Terry Thompson: {text}")]
    past_all_doors.execute(
        "update statement_entries set canonical = replace(canonical, 'Twice.', 'Never.') where statement_id = %s",
        [statement["id"]],
    )
    [entry] = ana.get(f"/statements/{statement['id']}")["entries"]
    assert entry["text"].startswith("Never.")
    assert hashlib.sha256(entry["canonical"].encode()).hexdigest() != entry["sha256"]


def test_what_a_signature_cannot_be_is_said_at_its_place(riverside: Practice, ana: Staff) -> None:
    statement = asks(ana, ana.opens_a_case())
    assert wrong(signs(riverside, statement, signed_on="2026-10-07")) == ["/signed_on"]
    assert wrong(signs(riverside, statement, signed_on="2026-10-03")) == ["/signed_on"]
    assert wrong(signs(riverside, statement, text=" \n ")) == ["/text"]
    assert wrong(signs(riverside, statement, signed_name="")) == ["/signed_name"]
    assert wrong(signs(riverside, statement, signed_name="Terry\nThompson")) == ["/signed_name"]
    assert wrong(signs(riverside, statement, number=7)) == ["/number"]
    assert ana.get(f"/statements/{statement['id']}")["entries"] == []


def test_a_link_dies_when_it_expires_is_withdrawn_or_its_case_is_closed(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    expiring, withdrawn = asks(ana, case, expires_in_days=2), asks(ana, case)
    signs(riverside, withdrawn)
    links = [f"/public/statements/{token_of(riverside, one)}" for one in (expiring, withdrawn)]
    reader = Actor(riverside.app)

    def answers() -> list[tuple[int, int]]:
        return [(reader.ask("GET", link).status_code, reader.ask("POST", link, SIGNED).status_code) for link in links]

    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    assert answers() == [(404, 404)] * 2
    ana.patch(f"/cases/{case['id']}", {"state": "open"})
    clock.move(days=2)
    assert reader.ask("GET", links[0]).status_code == 200, "it works all of its last day"
    clock.move(days=1)
    gone = ana.post(f"/statements/{withdrawn['id']}/withdraw", {"because": "They asked for it."})
    assert answers() == [(404, 404)] * 2
    assert (gone["state"], gone["withdrawn_because"], len(gone["entries"])) == ("withdrawn", "They asked for it.", 1)
    found = ana.get(f"/statements?case_id={case['id']}")["items"]
    assert [(row["id"], row["state"]) for row in found] == [(withdrawn["id"], "withdrawn"), (expiring["id"], "expired")]
    assert [row["id"] for row in ana.get("/statements?state=expired")["items"]] == [expiring["id"]]
    assert events(ana, case)[-1] == ("withdrawn", "Terry Thompson: They asked for it.")
    again = ana.ask("POST", f"/statements/{withdrawn['id']}/withdraw", {"because": "Again."})
    assert refused(again) == (409, "conflict")


def test_what_is_withdrawn_chases_nobody_and_its_mail_is_not_sent(riverside: Practice, ana: Staff) -> None:
    case = ana.opens_a_case()
    statement = asks(ana, case)
    ana.post(f"/statements/{statement['id']}/withdraw", {"because": "Another teacher."})
    assert riverside.mails_to(statement["email"]) == []
    assert ana.get(f"/communications/{statement['communication_id']}")["delivery"] == "withdrawn"
    assert {(row["state"], row["reason"]) for row in ana.reminders(case_id=case["id"])} == {
        ("cancelled", "statement_withdrawn")
    }


def test_who_is_silent_is_asked_again_by_the_same_link_once_in_a_day(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    statement = asks(ana, case, expires_in_days=2)
    first = token_of(riverside, statement)
    answer = ana.ask("POST", f"/statements/{statement['id']}/ask-again", {})
    assert refused(answer) == (409, "conflict")
    assert answer.get_json()["detail"] == "They were asked on October 5, 2026 at 9:00 AM: once in 24 hours is enough."
    clock.move(days=3)
    assert ana.get(f"/statements/{statement['id']}")["state"] == "expired"
    again = ana.post(f"/statements/{statement['id']}/ask-again", {"expires_in_days": 10})
    assert (again["state"], again["expires_at"]) == ("asked", "2026-10-19T07:00:00Z")
    mails = riverside.mails_to(statement["email"])
    assert [mail["Subject"] for mail in mails][1] == "Once more: would you write down what you have seen?"
    assert token_in(mails[1]) == first
    assert len(ana.reminders(case_id=case["id"])) == 3, "a second question restarts no clock"
    signs(riverside, statement, signed_on="2026-10-08")
    assert {row["reason"] for row in ana.reminders(case_id=case["id"])} == {"answered"}
    clock.move(days=2)
    over = ana.ask("POST", f"/statements/{statement['id']}/ask-again", {})
    assert refused(over) == (409, "conflict")


def test_a_mail_that_does_not_arrive_lets_the_chase_rest(riverside: Practice, ana: Staff, worker: Worker) -> None:
    case, post = ana.opens_a_case(), worker.post
    statement = asks(ana, case)
    worker.post = RefusingPost()
    riverside.works()
    worker.post = post
    assert ana.get(f"/communications/{statement['communication_id']}")["delivery"] == "failed"
    reminders = ana.reminders(case_id=case["id"])
    assert sorted({(row["state"], row["reason"]) for row in reminders if row["title"] != "A mail did not arrive"}) == [
        ("cancelled", "mail_failed")
    ]
    assert "A mail did not arrive" in [row["title"] for row in reminders]
    ana.post(f"/statements/{statement['id']}/ask-again")
    assert len(riverside.mails_to(statement["email"])) == 1, "who was not reached may be asked at once"
    assert signs(riverside, statement).status_code == 200


def test_a_parent_is_asked_in_their_language_and_chased_on_no_ladder(riverside: Practice, ana: Staff) -> None:
    address = an_email()
    client = ana.adds_a_client(email=address)
    student = ana.adds_a_student(client)
    case = ana.post("/cases", {"client_id": client["id"], "student_id": student["id"], "title": "Reading"})
    named = {"case_id": case["id"], "client_id": client["id"], "party": "parent", "language": "es"}
    statement = ana.post("/statements", named)
    assert statement["question"].startswith("¿Qué ha visto y oído usted del apoyo a su hijo o hija")
    [mail] = riverside.mails_to(address)
    assert "Vea qué se pregunta" in text_of(mail)
    assert ana.get(f"/communications/{statement['communication_id']}")["party"] == "client"
    assert [row["title"] for row in ana.reminders(case_id=case["id"])] == ["No statement yet: ask again?"]
    signs(riverside, statement, signed_name="Petra Petrov")
    assert [row["state"] for row in ana.reminders(case_id=case["id"])] == ["done"]


def test_who_is_asked_what_is_checked(riverside: Practice, ana: Staff, sam: Staff) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case()
    silent, stranger = ana.adds_a_team_member(case), ana.adds_a_team_member(other, email=an_email())
    family = ana.get(f"/cases/{other['id']}")["client_id"]
    plain = {"case_id": case["id"], "party": "other"}
    named = {**plain, "name": "Neta Neighbour", "email": an_email()}
    elsewhere = ana.provisions_of(ana.drafts_an_iep(other))[0]

    def at(**said: Any) -> list[str]:
        return wrong(ana.ask("POST", "/statements", said))

    assert at(**plain) == ["/name"]
    assert at(**plain, team_member_id=silent["id"]) == ["/email"]
    assert at(**plain, team_member_id=stranger["id"]) == ["/team_member_id"]
    assert at(**plain, client_id=family) == ["/client_id"]
    assert at(**plain, team_member_id=silent["id"], client_id=case["client_id"]) == ["/client_id"]
    assert at(**named, provision_id=elsewhere["id"]) == ["/provision_id"]
    assert at(**named, concern_id=ana.opens_a_concern(other)["id"]) == ["/concern_id"]
    assert at(**named, about_from="2026-10-02", about_to="2026-10-01") == ["/about_to"]
    assert at(**named, question="What did Sasha say?") == ["/question"]
    assert at(**{**named, "name": "Sasha's aunt"}) == ["/name"]
    assert at(**{**named, "name": "Aunt of SASHA"}, question="Sasha?") == ["/question", "/name"]
    terry = ana.adds_a_team_member(case, role="general_education_teacher", email=an_email())
    assert at(**{**plain, "party": "parent"}, team_member_id=terry["id"]) == ["/party"]
    assert at(**{**plain, "party": "therapist"}, client_id=case["client_id"]) == ["/party"]
    assert at(**{**named, "party": "principal"}) == ["/party"]
    principal = sam.post("/statements", {**plain, "team_member_id": silent["id"], "email": an_email()})
    assert ana.get(f"/communications/{principal['communication_id']}")["party"] == "team"
    assert sam.ask("POST", f"/statements/{principal['id']}/withdraw", {"because": "No."}).status_code == 403
    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    assert refused(ana.ask("POST", "/statements", named)) == (409, "case-closed")
    assert ana.get("/statements?party=other")["items"] == [ana.get(f"/statements/{principal['id']}")]


def test_one_request_is_one_mail_and_one_address_gets_twenty_in_a_day(riverside: Practice, ana: Staff) -> None:
    case, address = ana.opens_a_case(), an_email()
    said = {"case_id": case["id"], "party": "teacher", "name": "Terry Thompson", "email": address}
    key = secrets.token_hex(16)
    answers = [ana.ask("POST", "/statements", said, Idempotency_Key=key) for _ in range(2)]
    assert answers[0].get_json() == answers[1].get_json()
    assert len(riverside.mails_to(address)) == 1
    for _ in range(19):
        ana.post("/statements", said)
    assert refused(ana.ask("POST", "/statements", said)) == (429, "rate-limited")
    assert len(ana.everything(f"/statements?case_id={case['id']}")) == 20
    assert len(ana.everything(f"/communications?case_id={case['id']}")) == 20, "nothing is half written"


def test_another_practice_finds_nothing_of_it(riverside: Practice, lakeside: Practice, ana: Staff) -> None:
    case = ana.opens_a_case()
    statement = asks(ana, case)
    theirs = lakeside.ana
    assert theirs.get("/statements")["items"] == []
    for method, path in (("GET", ""), ("POST", "/ask-again"), ("POST", "/withdraw")):
        body = {"because": "Ours."} if path == "/withdraw" else {} if path else None
        assert theirs.ask(method, f"/statements/{statement['id']}{path}", body).status_code == 404
    said = {"party": "teacher", "name": "Terry Thompson", "email": an_email()}
    assert wrong(theirs.ask("POST", "/statements", {**said, "case_id": case["id"]})) == ["/case_id"]
    own = theirs.opens_a_case()
    for name, row in (("concern_id", ana.opens_a_concern(case)), ("team_member_id", ana.adds_a_team_member(case))):
        assert wrong(theirs.ask("POST", "/statements", {**said, "case_id": own["id"], name: row["id"]})) == [f"/{name}"]
    assert theirs.get("/statements")["items"] == []


@pytest.mark.parametrize("token", ["nonsense", "AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl"])
def test_a_token_that_is_none_opens_nothing(riverside: Practice, token: str) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("GET", "/entries/1")):
        body = SIGNED if method == "POST" else None
        assert refused(Actor(riverside.app).ask(method, f"/public/statements/{token}{path}", body)) == (404, "not-found")
