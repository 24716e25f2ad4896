"""Who has a copy: a ledger for each version in force, asked by a link, followed up, closed with its purpose."""

import secrets
from email.message import EmailMessage
from typing import Any

import pytest

from mail.post import Undeliverable
from scheduling.worker import Worker
from tests.cast import Actor, Practice, Staff, text_of, token_in
from tests.conftest import Clock

YES = {"has_copy": "yes", "knows_their_part": "yes", "has_what_they_need": "yes"}
NEEDS = [{"kind": "material", "what": "A reader pen for tests."}]
MISSING = {**YES, "has_what_they_need": "no", "needs": NEEDS}
YEARS = [{"from": "2025-09-02", "to": "2026-06-12"}, {"from": "2026-09-08", "to": "2027-06-18"}]


class RefusingPost:
    """A mail server that takes nothing from us."""

    def send(self, mail: EmailMessage, *, to: str | None = None, bounces_to: str | None = None) -> None:
        raise Undeliverable("The recipient was refused (550).", for_good=True)


@pytest.fixture
def case(ana: Staff) -> Any:
    return ana.opens_a_case()


@pytest.fixture
def terry(ana: Staff, case: Any) -> Any:
    # Of nobody else: so many of these mails go to one address in a day.
    address = f"terry-{secrets.token_hex(4)}@school.example"
    return ana.adds_a_team_member(case, role="general_education_teacher", email=address)


@pytest.fixture
def version(ana: Staff, case: Any, terry: Any) -> Any:
    return ana.puts_in_force(ana.drafts_an_iep(case))


def ledger(ana: Staff, version: Any) -> Any:
    return ana.get(f"/iep-versions/{version['id']}/copies")


def summary(ana: Staff, version: Any) -> Any:
    return ana.get(f"/iep-versions/{version['id']}/copies/summary")


def line_of(ana: Staff, version: Any) -> Any:
    [line] = ledger(ana, version)["items"]
    return line


def asks(ana: Staff, line: Any) -> Any:
    return ana.post(f"/iep-copies/{line['id']}/ask")


def mails(practice: Practice) -> list[Any]:
    """What was mailed to Terry."""
    [terry] = [row for row in practice.ana.everything("/team-members") if row["name"] == "Terry Thompson" and row["email"]]
    return practice.mails_to(terry["email"])


def answers(practice: Practice, said: Any = YES) -> Any:
    """What Terry says by the link in the newest mail."""
    return Actor(practice.app).post(f"/public/copies/{token_in(mails(practice)[-1])}", said)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["type"].rpartition("/")[2]


def test_putting_a_version_in_force_opens_a_line_for_everybody_in_the_team(ana: Staff, case: Any, terry: Any) -> None:
    gone = ana.adds_a_team_member(case, name="Gabi Gone")
    ana.patch(f"/team-members/{gone['id']}", {"left_on": "2026-09-30"})
    lee = ana.adds_a_team_member(case, name="Lee Lindqvist", role="special_education_teacher")
    closed = ana.post("/cases", {"client_id": case["client_id"], "student_id": case["student_id"], "title": "Last year"})
    ana.adds_a_team_member(closed, name="Olly Old")
    ana.patch(f"/cases/{closed['id']}", {"state": "closed"})
    draft = ana.drafts_an_iep(case)
    assert ledger(ana, draft)["items"] == []
    version = ana.puts_in_force(draft)
    found = ledger(ana, version)
    assert [(line["name"], line["team_member_id"]) for line in found["items"]] == [
        ("Terry Thompson", terry["id"]),
        ("Lee Lindqvist", lee["id"]),
    ]
    assert {(line["state"], line["opened_because"], line["opened_on"]) for line in found["items"]} == {
        ("open", "activation", "2026-10-05")
    }
    assert summary(ana, version) == {"members": 2, "given": 0, "acknowledged": 0, "missing_something": 0}


def test_a_new_teacher_must_have_a_copy_at_once(ana: Staff, case: Any, version: Any) -> None:
    new = ana.adds_a_team_member(case, name="Nora New")
    line = ana.get(f"/iep-copies?team_member_id={new['id']}")["items"][0]
    assert (line["name"], line["opened_because"], line["iep_version_id"]) == ("Nora New", "new_member", version["id"])


def test_who_joins_a_team_without_an_iep_in_force_has_no_line(ana: Staff, case: Any) -> None:
    new = ana.adds_a_team_member(case)
    assert ana.get(f"/iep-copies?team_member_id={new['id']}")["items"] == []


def test_staff_record_that_a_copy_was_given_and_acknowledged(ana: Staff, version: Any) -> None:
    path = f"/iep-copies/{line_of(ana, version)['id']}"
    given = ana.patch(path, {"given_on": "2026-09-10", "given_by": "The case manager", "how": "paper"})
    assert (given["state"], given["given_by"], given["how"]) == ("given", "The case manager", "paper")
    told = ana.patch(path, {"acknowledged_on": "2026-09-11", "knows_their_part": "yes", "has_what_they_need": "yes"})
    assert (told["state"], told["acknowledged_how"]) == ("acknowledged", "told")
    assert summary(ana, version) == {"members": 1, "given": 1, "acknowledged": 1, "missing_something": 0}
    timeline = ana.everything(f"/cases/{told['case_id']}/timeline")
    assert [(row["at"], row["what"], row["detail"]) for row in timeline if row["kind"] == "iep_copy"] == [
        ("2026-09-10T07:00:00Z", "given", "Terry Thompson"),
        ("2026-09-11T07:00:00Z", "acknowledged", "Terry Thompson"),
    ]
    taken_back = ana.patch(path, {"acknowledged_on": None})
    assert (taken_back["state"], taken_back["acknowledged_how"]) == ("given", None)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"given_on": "2026-10-06"}, "/given_on"),
        ({"acknowledged_on": "2026-10-06"}, "/acknowledged_on"),
        ({"acknowledged_how": "signed"}, "/acknowledged_on"),
        ({"acknowledged_on": "2026-10-05", "acknowledged_how": "link"}, "/acknowledged_how"),
        ({"how": "owl"}, "/how"),
        ({"needs": [{"kind": "magic", "what": "A wand."}]}, "/needs/0/kind"),
        ({"needs": [{"kind": "material", "what": " "}]}, "/needs/0/what"),
        ({"asked_at": "2026-10-05T16:00:00Z"}, "/asked_at"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_place(ana: Staff, version: Any, said: Any, pointer: str) -> None:
    answer = ana.ask("PATCH", f"/iep-copies/{line_of(ana, version)['id']}", said)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == pointer


def test_a_teacher_is_asked_by_a_link_and_acknowledges_without_an_account(
    riverside: Practice, ana: Staff, version: Any, clock: Clock
) -> None:
    asked = asks(ana, line_of(ana, version))
    assert (asked["asked_at"], asked["is_followed_up"]) == ("2026-10-05T16:00:00Z", True)
    [said] = ana.get(f"/communications?case_id={asked['case_id']}")["items"]
    assert (said["channel"], said["party"], said["awaiting_reply"]) == ("email", "teacher", True)
    assert said["team_member_ids"] == [asked["team_member_id"]]
    [mail] = mails(riverside)
    assert mail["Subject"] == "Your copy of a student's IEP"
    assert mail["Reply-To"] == ana.email
    teacher, token = Actor(riverside.app), token_in(mail)
    shown = teacher.get(f"/public/copies/{token}")
    assert (shown["name"], shown["student_initials"], shown["answered_on"]) == ("Terry Thompson", "S. P.", None)
    assert shown["iep_version"] == {"number": 1, "effective_from": "2026-09-08", "effective_to": None}
    clock.move(days=1)
    after = teacher.post(f"/public/copies/{token}", {**YES, "received_on": "2026-09-10"})
    assert (after["has_copy"], after["received_on"], after["answered_on"]) == ("yes", "2026-09-10", "2026-10-06")
    line = line_of(ana, version)
    assert (line["state"], line["acknowledged_on"], line["acknowledged_how"]) == ("acknowledged", "2026-10-06", "link")
    assert (line["given_on"], line["knows_their_part"], line["is_followed_up"]) == ("2026-09-10", "yes", False)
    heard = ana.get(f"/communications?case_id={asked['case_id']}&direction=inbound")["items"][0]
    assert (heard["in_reply_to"], heard["recorded_by_id"], heard["channel"]) == (said["id"], None, "message")
    assert heard["summary"] == ("Has a copy: yes, received on 2026-09-10.\nKnows their part: yes.\nHas what they need: yes.")


def test_a_teacher_who_does_not_answer_is_chased_like_any_team_contact(
    riverside: Practice, ana: Staff, version: Any, clock: Clock
) -> None:
    asks(ana, line_of(ana, version))
    clock.move(days=4)
    riverside.works()
    assert ana.due() == ["Ask the teacher again"]
    assert line_of(ana, version)["next_reminder_at"] == "2026-10-08T16:00:00Z"
    clock.move(days=14)
    riverside.works()
    assert ana.due()[-1] == "No answer from the teacher: write to the team?"
    answers(riverside)
    assert ana.due() == []
    settled = ana.reminders(case_id=version_case(ana, version))
    assert {(row["state"], row["reason"], row["settled_by_id"]) for row in settled} == {("done", "answered", None)}


def version_case(ana: Staff, version: Any) -> str:
    return str(line_of(ana, version)["case_id"])


def test_asking_again_sends_the_same_link_and_restarts_no_clock(
    riverside: Practice, ana: Staff, version: Any, clock: Clock
) -> None:
    line = line_of(ana, version)
    asks(ana, line)
    assert refused(ana.ask("POST", f"/iep-copies/{line['id']}/ask")) == (409, "conflict")
    clock.move(hours=24)
    asks(ana, line)
    first, second = mails(riverside)
    assert token_in(first) == token_in(second)
    assert second["Subject"] == "Once more: your copy of a student's IEP"
    assert len(ana.reminders(state="scheduled")) == 3
    answers(riverside)
    assert ana.reminders(state="scheduled") == []


def test_who_has_no_address_cannot_be_asked_by_mail(ana: Staff, case: Any) -> None:
    ana.adds_a_team_member(case)
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    answer = ana.ask("POST", f"/iep-copies/{line_of(ana, version)['id']}/ask")
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == [{"pointer": "/email", "detail": "This team member has no e-mail address."}]
    assert ana.get("/communications")["items"] == []


def test_all_who_have_not_acknowledged_are_asked_at_once(riverside: Practice, ana: Staff, case: Any, version: Any) -> None:
    ana.adds_a_team_member(case, name="Lee Lindqvist", email=f"lee-{riverside.slug}@school.example")
    ana.adds_a_team_member(case, name="Ada Addressless")
    done = ana.adds_a_team_member(case, name="Dora Done", email=f"dora-{riverside.slug}@school.example")
    [line] = ana.get(f"/iep-copies?team_member_id={done['id']}")["items"]
    ana.patch(f"/iep-copies/{line['id']}", {"acknowledged_on": "2026-10-01", "acknowledged_how": "signed"})
    asks(ana, ledger(ana, version)["items"][0])
    said = ana.post(f"/iep-versions/{version['id']}/copies/ask")
    assert [line["name"] for line in said["asked"]] == ["Lee Lindqvist"]
    assert {(row["name"], row["reason"]) for row in said["not_asked"]} == {
        ("Terry Thompson", "asked_lately"),
        ("Ada Addressless", "no_address"),
    }
    assert len(riverside.mails_to(f"lee-{riverside.slug}@school.example")) == 1
    assert riverside.mails_to(f"dora-{riverside.slug}@school.example") == []


def test_the_latest_answer_counts_and_each_is_kept(riverside: Practice, ana: Staff, version: Any, clock: Clock) -> None:
    asks(ana, line_of(ana, version))
    answers(riverside, MISSING)
    answers(riverside, MISSING)
    assert line_of(ana, version)["needs"] == NEEDS
    clock.move(days=2)
    answers(riverside, YES)
    line = line_of(ana, version)
    assert (line["needs"], line["has_what_they_need"], line["acknowledged_on"]) == (None, "yes", "2026-10-07")
    heard = ana.get(f"/communications?case_id={line['case_id']}&direction=inbound")["items"]
    assert len(heard) == 2, "a form that is sent twice is one answer"
    assert "Missing: material: A reader pen for tests." in heard[1]["summary"]


def test_who_has_no_copy_has_answered_and_acknowledged_nothing(riverside: Practice, ana: Staff, version: Any) -> None:
    asks(ana, line_of(ana, version))
    answers(riverside, {**YES, "has_copy": "no", "knows_their_part": "no", "note": "Nobody gave me one."})
    line = line_of(ana, version)
    assert (line["state"], line["knows_their_part"], line["is_followed_up"]) == ("open", "no", False)
    assert line["answered_at"] == "2026-10-05T16:00:00Z"
    [heard] = ana.get(f"/communications?case_id={line['case_id']}&direction=inbound")["items"]
    assert heard["summary"].startswith("Has a copy: no.\n")
    assert heard["summary"].endswith("They add: Nobody gave me one.")


def test_what_staff_recorded_of_giving_it_stays_whatever_the_teacher_says(
    riverside: Practice, ana: Staff, version: Any
) -> None:
    line = line_of(ana, version)
    ana.patch(f"/iep-copies/{line['id']}", {"given_on": "2026-09-10", "how": "paper"})
    asks(ana, line)
    answers(riverside, {**YES, "received_on": "2026-09-20"})
    assert line_of(ana, version)["given_on"] == "2026-09-10"


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({**YES, "received_on": "2026-10-06"}, "/received_on"),
        ({"has_copy": "yes"}, "/knows_their_part"),
        ({**YES, "knows_their_part": "perhaps"}, "/knows_their_part"),
        ({**YES, "needs": [{"kind": "material", "what": ""}]}, "/needs/0/what"),
        ({**YES, "state": "acknowledged"}, "/state"),
    ],
)
def test_an_answer_that_cannot_be_taken_changes_nothing(
    riverside: Practice, ana: Staff, version: Any, said: Any, pointer: str
) -> None:
    asks(ana, line_of(ana, version))
    token = token_in(mails(riverside)[0])
    answer = Actor(riverside.app).ask("POST", f"/public/copies/{token}", said)
    assert pointer in [error["pointer"] for error in answer.get_json()["errors"]]
    line = line_of(ana, version)
    assert (line["state"], line["answered_at"], line["is_followed_up"]) == ("open", None, True)


def test_who_never_got_the_link_is_not_chased_until_they_are_asked_again(
    riverside: Practice, ana: Staff, version: Any, clock: Clock
) -> None:
    line = asks(ana, line_of(ana, version))
    worker = riverside.worker
    Worker(worker.engine, clock, RefusingPost(), worker.config).send_messages()
    clock.move(days=30)
    riverside.works()
    assert ana.due() == ["A mail did not arrive"]
    # At once, since it did not reach them; and counted from now.
    again = asks(ana, line)
    assert again["is_followed_up"] is True
    assert {row["due_at"][:10] for row in ana.reminders(state="scheduled")} == {"2026-11-09", "2026-11-16", "2026-11-19"}


def test_what_waits_for_a_link_that_never_came_ends_with_what_it_asks(
    riverside: Practice, ana: Staff, terry: Any, version: Any, clock: Clock
) -> None:
    """Red where what rests is not what follows a line up."""
    line = asks(ana, line_of(ana, version))
    worker = riverside.worker
    Worker(worker.engine, clock, RefusingPost(), worker.config).send_messages()
    # Who comes back was not asked meanwhile either.
    ana.patch(f"/team-members/{terry['id']}", {"left_on": "2026-10-05"})
    ana.patch(f"/team-members/{terry['id']}", {"left_on": None})

    def rungs() -> set[tuple[str, str]]:
        return {(row["state"], row["reason"]) for row in ana.reminders() if row["ladder"]}

    assert rungs() == {("cancelled", "mail_failed")}
    ana.patch(f"/iep-copies/{line['id']}", {"acknowledged_on": "2026-10-05"})
    [failed] = riverside.olga.get("/messages?state=failed")["items"]
    ana.post(f"/messages/{failed['id']}/retry")
    riverside.works()
    assert rungs() == {("done", "acknowledged")}


def test_who_is_asked_again_is_chased_though_the_first_link_never_came(
    riverside: Practice, ana: Staff, version: Any, clock: Clock
) -> None:
    class Busy(RefusingPost):
        def send(self, mail: EmailMessage, *, to: str | None = None, bounces_to: str | None = None) -> None:
            raise Undeliverable("The mail server could not be used.")

    line = asks(ana, line_of(ana, version))
    worker = riverside.worker
    for _ in range(7):
        Worker(worker.engine, clock, Busy(), worker.config).send_messages()
        clock.move(hours=4)
    asks(ana, line)
    worker.send_messages()
    clock.move(days=2)
    Worker(worker.engine, clock, RefusingPost(), worker.config).send_messages()
    states = [row["state"] for row in riverside.olga.get("/messages?kind=copy_request")["items"]]
    assert sorted(states) == ["failed", "sent"]
    assert ana.get(f"/iep-copies/{line['id']}")["is_followed_up"]


def test_an_acknowledgement_that_staff_record_settles_the_follow_ups(ana: Staff, version: Any) -> None:
    line = asks(ana, line_of(ana, version))
    ana.patch(f"/iep-copies/{line['id']}", {"given_on": "2026-10-05", "how": "in_person"})
    assert line_of(ana, version)["is_followed_up"] is True
    said = {"acknowledged_on": "2026-10-05", "acknowledged_how": "signed"}
    assert ana.patch(f"/iep-copies/{line['id']}", said)["is_followed_up"] is False
    assert {(row["state"], row["reason"]) for row in ana.reminders()} == {("done", "acknowledged")}


def test_a_new_version_closes_the_old_ledger_with_all_that_was_under_way(
    riverside: Practice, ana: Staff, case: Any, version: Any
) -> None:
    line = asks(ana, line_of(ana, version))
    token = token_in(mails(riverside)[0])
    second = ana.puts_in_force(ana.drafts_an_iep(case))
    old = ana.get(f"/iep-copies/{line['id']}")
    assert (old["state"], old["closed_because"], old["is_followed_up"]) == ("closed", "superseded", False)
    assert {(row["state"], row["reason"]) for row in ana.reminders()} == {("cancelled", "superseded")}
    new = line_of(ana, second)
    assert (new["state"], new["opened_because"], new["asked_at"]) == ("open", "activation", None)
    teacher = Actor(riverside.app)
    assert refused(teacher.ask("GET", f"/public/copies/{token}")) == (404, "not-found")
    assert refused(teacher.ask("POST", f"/public/copies/{token}", YES)) == (404, "not-found")
    for answer in (
        ana.ask("PATCH", f"/iep-copies/{line['id']}", {"note": "Late."}),
        ana.ask("POST", f"/iep-copies/{line['id']}/ask"),
        ana.ask("POST", f"/iep-versions/{version['id']}/copies/ask"),
        ana.ask("POST", f"/iep-versions/{version['id']}/copies", {"team_member_id": line["team_member_id"]}),
    ):
        assert refused(answer) == (409, "conflict")
    assert summary(ana, version)["members"] == 1, "how it stood at its end"


def test_a_mail_that_still_waits_is_withdrawn_when_its_line_closes(
    riverside: Practice, ana: Staff, case: Any, version: Any
) -> None:
    asks(ana, line_of(ana, version))
    ana.puts_in_force(ana.drafts_an_iep(case))
    assert mails(riverside) == []
    assert [row["state"] for row in riverside.olga.get("/messages?kind=copy_request")["items"]] == ["withdrawn"]


def test_who_leaves_is_chased_no_more_and_their_link_is_dead(riverside: Practice, ana: Staff, terry: Any, version: Any) -> None:
    line = asks(ana, line_of(ana, version))
    token = token_in(mails(riverside)[0])
    member = ana.patch(f"/team-members/{terry['id']}", {"left_on": "2026-10-05"})
    assert member["left_on"] == "2026-10-05"
    left = ana.get(f"/iep-copies/{line['id']}")
    assert (left["state"], left["closed_because"]) == ("closed", "left")
    assert {(row["state"], row["reason"]) for row in ana.reminders()} == {("cancelled", "left")}
    assert Actor(riverside.app).ask("GET", f"/public/copies/{token}").status_code == 404
    assert summary(ana, version)["members"] == 0
    assert ana.get("/team-members?is_present=true")["items"] == []
    assert [row["id"] for row in ana.get("/team-members?is_present=false")["items"]] == [terry["id"]]


def test_a_line_is_opened_by_hand_for_who_must_have_a_copy_anew(ana: Staff, terry: Any, version: Any, clock: Clock) -> None:
    path, said = f"/iep-versions/{version['id']}/copies", {"team_member_id": terry["id"], "note": "Lost the binder."}
    assert refused(ana.ask("POST", path, said)) == (409, "conflict")
    first = line_of(ana, version)
    ana.patch(f"/iep-copies/{first['id']}", {"acknowledged_on": "2026-10-05"})
    assert refused(ana.ask("POST", path, said)) == (409, "conflict"), "two lines of one day are one"
    clock.move(days=3)
    second = ana.post(path, {**said, "given_on": "2026-10-08"})
    assert (second["state"], second["opened_because"], second["opened_on"]) == ("given", "by_hand", "2026-10-08")
    assert ana.get(f"/iep-copies/{first['id']}")["closed_because"] == "renewed"
    assert summary(ana, version) == {"members": 1, "given": 1, "acknowledged": 0, "missing_something": 0}


def test_nobody_of_another_students_team_gets_a_line(ana: Staff, version: Any) -> None:
    stranger = ana.adds_a_team_member(ana.opens_a_case())
    answer = ana.ask("POST", f"/iep-versions/{version['id']}/copies", {"team_member_id": stranger["id"]})
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/team_member_id")


def test_a_missing_resource_becomes_a_concern_with_its_cause(riverside: Practice, ana: Staff, case: Any, version: Any) -> None:
    line = asks(ana, line_of(ana, version))
    path = f"/iep-copies/{line['id']}/concern"
    [provision] = ana.provisions_of(version)
    nothing = ana.ask("POST", path, {"kind": "not_provided"})
    assert (nothing.status_code, nothing.get_json()["errors"][0]["pointer"]) == (422, "/needs")
    silent = ana.ask("POST", path, {"kind": "not_provided", "needs": NEEDS})
    assert (silent.status_code, silent.get_json()["errors"][0]["pointer"]) == (422, "/communication_id")
    answers(riverside, MISSING)
    concern = ana.post(path, {"kind": "not_provided", "provision_id": provision["id"]})
    assert (concern["state"], concern["case_id"], concern["noticed_on"]) == ("missing_resource", case["id"], "2026-10-05")
    assert concern["what_happened"] == "Terry Thompson says what is missing: material: A reader pen for tests."
    talked, named = concern["history"]
    assert (talked["step"], talked["facts"]["our_understanding"]) == (
        "talk_to_teacher",
        "As written: A reader for all tests.",
    )
    assert talked["skip_reason"] == "The teacher named what is missing when acknowledging their copy of the IEP."
    assert (named["step"], named["facts"]["needs"]) == ("name_cause", NEEDS)
    assert "A reader pen for tests." in named["facts"]["teacher_said"]
    assert [row["title"] for row in ana.reminders(concern_id=concern["id"], state="scheduled")] == [
        "Write to the team",
        "Ask the child, and read the wording",
    ]
    assert line_of(ana, version)["concern_id"] == concern["id"]
    assert refused(ana.ask("POST", path, {"kind": "not_provided"})) == (409, "conflict")
    assert len(ana.get("/concerns")["items"]) == 1


def test_what_they_said_otherwise_becomes_a_concern_too(ana: Staff, case: Any, version: Any) -> None:
    line = line_of(ana, version)
    ana.patch(f"/iep-copies/{line['id']}", {"acknowledged_on": "2026-10-05", "has_what_they_need": "no", "needs": NEEDS})
    told = ana.tells(case, "There is no pen.", direction="inbound", channel="phone", party="teacher")
    said = {"kind": "provided_incorrectly", "communication_id": told["id"], "noticed_on": "2026-10-01"}
    concern = ana.post(f"/iep-copies/{line['id']}/concern", said)
    assert (concern["state"], concern["kind"], concern["noticed_on"]) == (
        "missing_resource",
        "provided_incorrectly",
        "2026-10-01",
    )
    elsewhere = ana.tells(ana.opens_a_case(), "Hello.", direction="inbound", party="teacher")
    other = {"kind": "not_provided", "communication_id": elsewhere["id"]}
    assert ana.ask("POST", f"/iep-copies/{line['id']}/concern", other).status_code == 422


def test_a_new_school_year_opens_the_ledger_anew_once(
    riverside: Practice, ana: Staff, case: Any, terry: Any, clock: Clock
) -> None:
    riverside.olga.patch("/practice", {"school_calendar": {"school_years": YEARS}})
    clock.move(days=-60)
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    line = asks(ana, line_of(ana, version))
    clock.move(days=60)
    assert riverside.worker.open_ledgers() >= 1
    old, new = ledger(ana, version)["items"]
    assert (old["id"], old["state"], old["closed_because"]) == (line["id"], "closed", "renewed")
    assert (new["opened_because"], new["opened_on"], new["state"]) == ("new_year", "2026-09-08", "open")
    assert {(row["state"], row["reason"], row["settled_by_id"]) for row in ana.reminders()} == {("cancelled", "new_year", None)}
    riverside.worker.open_ledgers()
    assert len(ledger(ana, version)["items"]) == 2


def test_without_a_school_year_or_between_two_nothing_is_opened(
    riverside: Practice, ana: Staff, version: Any, clock: Clock
) -> None:
    clock.move(days=300)
    riverside.worker.open_ledgers()
    years = [{"from": "2026-09-08", "to": "2027-06-18"}]
    riverside.olga.patch("/practice", {"school_calendar": {"school_years": years}})
    riverside.worker.open_ledgers()
    assert len(ledger(ana, version)["items"]) == 1


def test_nothing_of_it_reaches_another_practice(riverside: Practice, lakeside: Practice, ana: Staff, version: Any) -> None:
    line = asks(ana, line_of(ana, version))
    for method, path, body in (
        ("GET", f"/iep-versions/{version['id']}/copies", None),
        ("POST", f"/iep-versions/{version['id']}/copies", {"team_member_id": line["team_member_id"]}),
        ("POST", f"/iep-versions/{version['id']}/copies/ask", None),
        ("GET", f"/iep-versions/{version['id']}/copies/summary", None),
        ("GET", f"/iep-copies/{line['id']}", None),
        ("PATCH", f"/iep-copies/{line['id']}", {"note": "Ours."}),
        ("POST", f"/iep-copies/{line['id']}/ask", None),
        ("POST", f"/iep-copies/{line['id']}/concern", {"kind": "not_provided"}),
    ):
        assert refused(lakeside.ana.ask(method, path, body)) == (404, "not-found"), (method, path)
    assert lakeside.ana.get(f"/iep-copies?case_id={line['case_id']}")["items"] == []


def test_the_mail_and_the_page_hold_nothing_of_the_iep(riverside: Practice, ana: Staff, version: Any) -> None:
    asks(ana, line_of(ana, version))
    [mail] = mails(riverside)
    parts = [part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart()]
    page = Actor(riverside.app).opens(f"/copies/{token_in(mail)}").get_data(as_text=True)
    for text in (*parts, page):
        assert "Sasha" not in text
        assert "Petrov" not in text
        assert "A reader for all tests" not in text
    assert "S. P." in page
    assert "S. P." not in text_of(mail)


def test_what_was_missing_is_still_missing_with_the_next_version(
    riverside: Practice, ana: Staff, case: Any, version: Any
) -> None:
    old = asks(ana, line_of(ana, version))
    answers(riverside, MISSING)
    second = ana.puts_in_force(ana.drafts_an_iep(case))
    new = line_of(ana, second)
    assert (new["state"], new["has_what_they_need"], new["needs"]) == ("open", "no", NEEDS)
    assert summary(ana, second)["missing_something"] == 1
    concern = ana.post(f"/iep-copies/{new['id']}/concern", {"kind": "not_provided"})
    assert (concern["state"], concern["noticed_on"]) == ("missing_resource", "2026-10-05")
    assert ana.get(f"/iep-copies/{old['id']}")["concern_id"] == concern["id"], "one need, one concern"
    third = ana.puts_in_force(ana.drafts_an_iep(case))
    assert line_of(ana, third)["needs"] is None, "a concern follows it up"


def test_what_was_missing_on_a_closed_line_becomes_a_concern(riverside: Practice, ana: Staff, case: Any, version: Any) -> None:
    old = asks(ana, line_of(ana, version))
    answers(riverside, MISSING)
    second = ana.puts_in_force(ana.drafts_an_iep(case))
    concern = ana.post(f"/iep-copies/{old['id']}/concern", {"kind": "not_provided"})
    assert line_of(ana, second)["concern_id"] == concern["id"]
    answer = ana.ask("POST", f"/iep-copies/{line_of(ana, second)['id']}/concern", {"kind": "not_provided"})
    assert refused(answer) == (409, "conflict")


def test_what_was_missing_is_still_missing_in_the_next_year_until_it_has_come(
    riverside: Practice, ana: Staff, case: Any, terry: Any, clock: Clock
) -> None:
    riverside.olga.patch("/practice", {"school_calendar": {"school_years": YEARS}})
    clock.move(days=-60)
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    ana.patch(f"/iep-copies/{line_of(ana, version)['id']}", {"has_what_they_need": "no", "needs": NEEDS})
    clock.move(days=60)
    riverside.worker.open_ledgers()
    new = ledger(ana, version)["items"][1]
    assert (new["opened_because"], new["needs"]) == ("new_year", NEEDS)
    asks(ana, new)
    answers(riverside, {**YES, "has_what_they_need": "no"})
    assert ana.get(f"/iep-copies/{new['id']}")["needs"] == NEEDS, "no, and not again what"
    answers(riverside, YES)
    assert ana.get(f"/iep-copies/{new['id']}")["needs"] is None


def test_a_closed_case_that_is_taken_up_again_asks_everybody_of_the_version_in_force(
    riverside: Practice, ana: Staff, case: Any, terry: Any, version: Any
) -> None:
    old = asks(ana, line_of(ana, version))
    token = token_in(mails(riverside)[0])
    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    closed = ana.get(f"/iep-copies/{old['id']}")
    assert (closed["state"], closed["closed_because"], closed["asked_at"]) == ("closed", "case_closed", old["asked_at"])
    assert {(row["state"], row["reason"]) for row in ana.reminders()} == {("cancelled", "case_closed")}
    assert Actor(riverside.app).ask("GET", f"/public/copies/{token}").status_code == 404
    ana.adds_a_team_member(case, name="Nora New")
    ana.adds_a_team_member(case, name="Gabi Gone", left_on="2026-10-01")
    for path in (f"/iep-copies/{old['id']}/ask", f"/iep-versions/{version['id']}/copies/ask"):
        assert refused(ana.ask("POST", path)) == (409, "conflict")
    ana.patch(f"/cases/{case['id']}", {"state": "open"})
    found = ledger(ana, version)["items"]
    assert [(line["name"], line["state"], line["opened_because"]) for line in found] == [
        ("Terry Thompson", "open", "activation"),
        ("Nora New", "open", "reopened"),
    ]
    assert found[0]["is_followed_up"]
    assert {(row["state"], row["reason"]) for row in ana.reminders()} == {("scheduled", None)}
    assert Actor(riverside.app).get(f"/public/copies/{token}")["name"] == "Terry Thompson"


def test_a_version_that_came_while_the_case_was_closed_is_asked_about_once_it_is_open(
    riverside: Practice, ana: Staff, case: Any, version: Any
) -> None:
    old = asks(ana, line_of(ana, version))
    answers(riverside, MISSING)
    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    second = ana.puts_in_force(ana.drafts_an_iep(case))
    assert ledger(ana, second)["items"] == []
    ana.patch(f"/cases/{case['id']}", {"state": "on_hold"})
    assert (line_of(ana, second)["state"], line_of(ana, second)["needs"]) == ("open", NEEDS)
    assert ana.get(f"/iep-copies/{old['id']}")["closed_because"] == "superseded"


def test_a_corrected_address_is_asked_at_once_and_the_wrong_recipient_cannot_answer(
    riverside: Practice, ana: Staff, terry: Any, version: Any, clock: Clock
) -> None:
    line = asks(ana, line_of(ana, version))
    wrong = token_in(mails(riverside)[0])
    right = f"right-{secrets.token_hex(4)}@school.example"
    ana.patch(f"/team-members/{terry['id']}", {"email": right})
    stranger = Actor(riverside.app)
    assert refused(stranger.ask("POST", f"/public/copies/{wrong}", YES)) == (404, "not-found"), "not even before it is asked"
    asks(ana, line)
    [mail] = riverside.mails_to(right)
    assert mail["Subject"] == "Your copy of a student's IEP", "for the first time"
    assert token_in(mail) != wrong
    assert refused(stranger.ask("POST", f"/public/copies/{wrong}", YES)) == (404, "not-found")
    assert len(ana.reminders(state="scheduled")) == 3
    assert refused(ana.ask("POST", f"/iep-copies/{line['id']}/ask")) == (409, "conflict")
    clock.move(days=1)
    asks(ana, line)
    again = riverside.mails_to(right)[-1]
    assert token_in(again) == token_in(mail)
    stranger.post(f"/public/copies/{token_in(again)}", YES)
    assert line_of(ana, version)["state"] == "acknowledged"


def test_a_mail_to_a_wrong_address_that_still_waits_is_not_sent(
    riverside: Practice, ana: Staff, terry: Any, version: Any
) -> None:
    line = asks(ana, line_of(ana, version))
    ana.patch(f"/team-members/{terry['id']}", {"email": f"right-{secrets.token_hex(4)}@school.example"})
    asks(ana, line)
    assert riverside.mails_to(terry["email"]) == []
    ana.patch(f"/team-members/{terry['id']}", {"left_on": "2026-10-05"})
    states = [row["state"] for row in riverside.olga.get("/messages?kind=copy_request")["items"]]
    assert sorted(states) == ["sent", "withdrawn"]


def test_who_will_leave_is_of_the_team_until_that_day(
    riverside: Practice, ana: Staff, case: Any, terry: Any, version: Any, clock: Clock
) -> None:
    line = line_of(ana, version)
    ana.patch(f"/team-members/{terry['id']}", {"left_on": "2026-10-06"})
    asks(ana, line)
    token = token_in(mails(riverside)[0])
    assert (line_of(ana, version)["state"], summary(ana, version)["members"]) == ("open", 1)
    assert [row["id"] for row in ana.get("/team-members?is_present=true")["items"]] == [terry["id"]]
    second = ana.puts_in_force(ana.drafts_an_iep(case))
    new = asks(ana, line_of(ana, second))
    # Midnight in California is 7 in the morning in UTC.
    clock.move(hours=14, minutes=59)
    riverside.worker.open_ledgers()
    assert line_of(ana, second)["is_followed_up"]
    clock.move(minutes=1)
    assert line_of(ana, second)["closed_because"] == "left"
    assert ana.get("/team-members?is_present=true")["items"] == []
    assert Actor(riverside.app).ask("GET", f"/public/copies/{token}").status_code == 404
    riverside.worker.open_ledgers()
    ended = {(row["state"], row["reason"]) for row in ana.reminders(communication_id=new["communication_id"])}
    assert ended == {("cancelled", "left")}


def test_who_left_by_mistake_is_chased_as_before(
    riverside: Practice, ana: Staff, terry: Any, version: Any, clock: Clock
) -> None:
    line = asks(ana, line_of(ana, version))
    mails(riverside)
    before = [(row["id"], row["due_at"]) for row in ana.reminders(state="scheduled")]
    ana.patch(f"/team-members/{terry['id']}", {"left_on": "2026-10-05"})
    assert ana.reminders(state="scheduled") == []
    ana.patch(f"/team-members/{terry['id']}", {"left_on": None})
    assert [(row["id"], row["due_at"]) for row in ana.reminders(state="scheduled")] == before
    assert ana.get(f"/iep-copies/{line['id']}")["is_followed_up"]
    clock.move(days=4)
    riverside.works()
    assert ana.due() == ["Ask the teacher again"]
    ana.patch(f"/team-members/{terry['id']}", {"left_on": "2026-10-09"})
    assert ana.due() == []
    ana.patch(f"/team-members/{terry['id']}", {"left_on": None})
    assert ana.due() == ["Ask the teacher again"]


def test_who_left_before_their_mail_went_out_is_asked_again_at_once(
    riverside: Practice, ana: Staff, case: Any, terry: Any, version: Any
) -> None:
    line = asks(ana, line_of(ana, version))
    ana.patch(f"/team-members/{terry['id']}", {"left_on": "2026-10-05"})
    second = ana.puts_in_force(ana.drafts_an_iep(case))
    ana.patch(f"/team-members/{terry['id']}", {"left_on": None})
    assert ana.get(f"/iep-copies/{line['id']}")["closed_because"] == "superseded"
    new = asks(ana, line_of(ana, second))
    ana.patch(f"/team-members/{terry['id']}", {"left_on": "2026-10-05"})
    ana.patch(f"/team-members/{terry['id']}", {"left_on": None})
    asks(ana, new)
    assert len(mails(riverside)) == 1
    assert len(ana.reminders(state="scheduled")) == 3


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({**YES, "has_copy": "no", "received_on": "2026-09-10"}, "/received_on"),
        ({**YES, "received_on": "2026-07-09"}, "/received_on"),
        ({**YES, "needs": NEEDS}, "/needs"),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused_at_its_place(
    riverside: Practice, ana: Staff, version: Any, said: Any, pointer: str
) -> None:
    asks(ana, line_of(ana, version))
    answer = Actor(riverside.app).ask("POST", f"/public/copies/{token_in(mails(riverside)[0])}", said)
    assert (answer.status_code, [error["pointer"] for error in answer.get_json()["errors"]]) == (422, [pointer])
    answers(riverside, {**YES, "received_on": "2026-07-10"})
    assert line_of(ana, version)["given_on"] == "2026-07-10", "60 days before it is in effect"


def test_what_staff_record_cannot_contradict_itself(ana: Staff, version: Any) -> None:
    path = f"/iep-copies/{line_of(ana, version)['id']}"
    for said, pointer in (
        ({"given_on": "2026-09-10", "acknowledged_on": "2026-09-09"}, "/acknowledged_on"),
        ({"has_what_they_need": "yes", "needs": NEEDS}, "/needs"),
    ):
        answer = ana.ask("PATCH", path, said)
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    ana.patch(path, {"acknowledged_on": "2026-09-10", "has_what_they_need": "no", "needs": NEEDS})
    later = ana.ask("PATCH", path, {"given_on": "2026-09-11"})
    assert (later.status_code, later.get_json()["errors"][0]["pointer"]) == (422, "/given_on")
    assert ana.patch(path, {"has_what_they_need": "yes"})["needs"] is None


def test_when_they_were_asked_is_said_as_people_say_it(ana: Staff, version: Any) -> None:
    line = asks(ana, line_of(ana, version))
    answer = ana.ask("POST", f"/iep-copies/{line['id']}/ask")
    assert answer.get_json()["detail"] == "They were asked on October 5, 2026 at 9:00 AM: once in 24 hours is enough."


def test_an_acknowledgement_that_is_taken_back_is_followed_up_again(riverside: Practice, ana: Staff, version: Any) -> None:
    line = asks(ana, line_of(ana, version))
    path = f"/iep-copies/{line['id']}"
    before = [(row["id"], row["due_at"]) for row in ana.reminders(state="scheduled")]
    ana.patch(path, {"acknowledged_on": "2026-10-05"})
    assert ana.patch(path, {"acknowledged_on": None})["is_followed_up"] is True
    assert [(row["id"], row["due_at"]) for row in ana.reminders(state="scheduled")] == before
    answers(riverside)
    assert ana.patch(path, {"acknowledged_on": None})["is_followed_up"] is True, "what was said by the link too"
    assert len(ana.reminders(state="scheduled")) == 3
