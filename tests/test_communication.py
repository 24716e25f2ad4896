"""Communications: asked, chased, answered."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cast import Practice, Staff
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
