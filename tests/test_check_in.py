"""Check-ins: asked every week or two, recorded in one call."""

from typing import Any

from tests.cast import Practice, Staff
from tests.conftest import Clock

HEARD = {"checked_on": "2026-10-05", "is_happening": "yes"}


def begins(staff: Staff, case: Any, **more: Any) -> Any:
    """Every Tuesday at nine with the teacher, unless said otherwise."""
    said = {"party": "teacher", "every": "week", "weekday": "tuesday"}
    return staff.post("/check-ins", {"case_id": case["id"], **said, **more})


def planned(staff: Staff, check_in: Any) -> list[tuple[str, str]]:
    found = staff.everything(f"/reminders?check_in_id={check_in['id']}")
    return [(one["due_at"], one["state"]) for one in found]


def test_a_check_in_is_planned_at_once_and_goes_on_by_itself_over_the_change_of_clocks(
    riverside: Practice, ana: Staff, clock: Clock
) -> None:
    case = ana.opens_a_case()
    check_in = begins(ana, case)
    assert [one["on"] for one in check_in["next_occasions"]] == [
        *("2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27", "2026-11-03")
    ]
    assert [one["at"][11:16] for one in check_in["next_occasions"]] == ["16:00"] * 4 + ["17:00"]
    [first, second] = check_in["reminders"]
    assert (first["title"], first["assignee_id"], first["check_in_id"]) == (
        "Check in with the teacher",
        ana.id,
        check_in["id"],
    )
    assert len(first["prompts"]) == 3
    assert not set(first["prompts"]) & set(second["prompts"])
    for _ in range(8):
        clock.move(days=4)
        riverside.worker.plan_check_ins()
        riverside.worker.plan_check_ins()
    days = [due[:10] for due, _ in planned(ana, check_in)]
    assert days == [
        *("2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27", "2026-11-03", "2026-11-10"),
    ]


def test_a_mail_brings_the_questions_and_names_no_child(riverside: Practice, ana: Staff, clock: Clock) -> None:
    version = ana.drafts_an_iep(case := ana.opens_a_case(), "30 minutes, 2 times per week, speech therapy.")
    [provision] = ana.provisions_of(version)
    begins(ana, case, party="child", provision_id=provision["id"])
    clock.move(days=1)
    [mail] = [one for one in riverside.mails_to(ana.email) if one["Subject"] == "Check in with the child"]
    text = mail.as_string()
    assert "You could ask:" in text
    assert not [name for name in ("Sasha", "Petrov") if name in text]


def test_recording_settles_the_occasion_and_keeps_what_was_heard(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    check_in = begins(ana, case)
    clock.move(days=1)
    riverside.works()
    answers = [{"question": check_in["reminders"][0]["prompts"][0], "answer": "Every day but Friday."}]
    heard = ana.post(
        f"/check-ins/{check_in['id']}/record", {"checked_on": "2026-10-06", "is_happening": "partly", "answers": answers}
    )
    assert [one["id"] for one in heard["settled"]] == [check_in["reminders"][0]["id"]]
    assert heard["settled"][0]["state"] == "done"
    observation = ana.get(f"/observations/{heard['observation']['id']}")
    assert (observation["source"], observation["check_in_id"], observation["answers"]) == ("teacher", check_in["id"], answers)
    suggested = heard["suggests_concern"]
    assert (suggested["kind"], suggested["noticed_on"]) == ("provided_incorrectly", "2026-10-06")
    opened = ana.post("/concerns", {name: value for name, value in suggested.items() if name != "reopens_id"})
    assert opened["state"] == "suspected"
    # Now that one is open, the next trouble suggests none.
    again = ana.post(f"/check-ins/{check_in['id']}/record", {"checked_on": "2026-10-07", "is_happening": "no"})
    assert again["suggests_concern"] is None
    assert again["settled"] == []  # the next one is six days off
    assert ana.ask("POST", f"/check-ins/{check_in['id']}/record", {**HEARD, "checked_on": "2026-10-20"}).status_code == 422
    named = {**HEARD, "reminder_id": check_in["reminders"][0]["id"]}
    assert ana.ask("POST", f"/check-ins/{check_in['id']}/record", named).status_code == 409


def test_a_check_in_a_day_early_stands_for_the_one_of_tomorrow(ana: Staff) -> None:
    check_in = begins(ana, ana.opens_a_case())
    heard = ana.post(f"/check-ins/{check_in['id']}/record", HEARD)
    assert [one["id"] for one in heard["settled"]] == [check_in["reminders"][0]["id"]]
    assert heard["suggests_concern"] is None
    moved = ana.ask("PATCH", f"/check-ins/{check_in['id']}", {"weekday": "wednesday"}).get_json()
    again = ana.post(f"/check-ins/{check_in['id']}/record", HEARD)
    assert again["settled"] == [], "said a second time on one day, it is no answer to the next one"
    assert [one["due_at"][:10] for one in moved["reminders"]] == ["2026-10-07"]


def test_what_is_planned_moves_with_a_change_and_goes_with_a_pause(riverside: Practice, ana: Staff, clock: Clock) -> None:
    check_in = begins(ana, ana.opens_a_case())
    path = f"/check-ins/{check_in['id']}"
    moved = ana.ask("PATCH", path, {"weekday": "thursday", "at": "07:30"}).get_json()
    assert [one["due_at"] for one in moved["reminders"]] == ["2026-10-08T14:30:00Z"]
    back = ana.ask("PATCH", path, {"weekday": "tuesday", "at": "09:00"}).get_json()
    assert [one["id"] for one in back["reminders"]] == [one["id"] for one in check_in["reminders"]]
    assert ana.post(f"{path}/pause", {"reason": "On leave."})["reminders"] == []
    assert ana.ask("POST", f"{path}/pause", {}).status_code == 409
    clock.move(days=30)
    riverside.worker.plan_check_ins()
    riverside.works()
    assert ana.due() == []
    resumed = ana.post(f"{path}/resume")
    assert [one["due_at"][:10] for one in resumed["reminders"]] == ["2026-11-10"]
    assert resumed["next_occasions"][1]["on"] == "2026-11-17"
    assert ana.ask("POST", f"{path}/end", {}).status_code == 422
    ended = ana.post(f"{path}/end", {"reason": "It has worked for a month."})
    assert (ended["state"], ended["reminders"], ended["next_occasions"]) == ("ended", [], [])


def test_of_what_fell_into_a_worker_s_absence_the_latest_is_asked_once(riverside: Practice, ana: Staff, clock: Clock) -> None:
    check_in = begins(ana, ana.opens_a_case())
    for one in check_in["reminders"]:
        ana.post(f"/reminders/{one['id']}/complete", {})
    clock.move(days=60)  # to Friday, 4 December
    riverside.worker.plan_check_ins()
    waiting = [due[:10] for due, state in planned(ana, check_in) if state == "scheduled"]
    assert waiting == ["2026-12-01", "2026-12-08"]
    riverside.works()
    assert ana.due() == ["Check in with the teacher"]


def test_a_zone_or_a_closure_moves_what_is_planned(riverside: Practice, ana: Staff) -> None:
    check_in = begins(ana, ana.opens_a_case())
    riverside.olga.ask("PATCH", "/practice", {"timezone": "America/New_York"})
    assert [due for due, _ in planned(ana, check_in)] == ["2026-10-06T13:00:00Z", "2026-10-13T13:00:00Z"]
    closed = {"closures": [{"from": "2026-10-06", "to": "2026-10-07"}]}
    riverside.olga.ask("PATCH", "/practice", {"school_calendar": closed})
    assert [due for due, _ in planned(ana, check_in)] == ["2026-10-08T13:00:00Z", "2026-10-13T13:00:00Z"]


def test_in_a_closed_case_nobody_is_asked_and_who_leaves_hands_over(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    check_in = begins(ana, case, every="two_weeks", starts_on="2026-10-05")
    ana.ask("PATCH", f"/cases/{case['id']}", {"state": "closed"})
    paused = ana.get(f"/check-ins/{check_in['id']}")
    assert (paused["state"], paused["reason"], paused["reminders"]) == ("paused", "case_closed", [])
    assert ana.ask("POST", f"/check-ins/{check_in['id']}/resume").status_code == 409
    clock.move(days=2)
    ana.ask("PATCH", f"/cases/{case['id']}", {"state": "open"})
    going = ana.get(f"/check-ins/{check_in['id']}")
    assert (going["state"], going["next_occasions"][0]["on"]) == ("active", "2026-10-20")
    left = riverside.olga.ask("DELETE", f"/staff/{ana.id}?hand_over_to={riverside.sam.id}").get_json()
    assert left["check_ins"] == 1
    assert riverside.sam.get(f"/check-ins/{check_in['id']}")["assignee_id"] == riverside.sam.id


def test_what_never_happens_or_is_anothers_is_refused(riverside: Practice, lakeside: Practice, ana: Staff) -> None:
    case = ana.opens_a_case()
    said = {"case_id": case["id"], "party": "team", "every": "week", "weekday": "monday"}
    never = ana.ask("POST", "/check-ins", {**said, "starts_on": "2026-10-06", "ends_on": "2026-10-08"})
    assert never.get_json()["errors"][0]["pointer"] == "/ends_on"
    stranger = lakeside.ana.adds_a_team_member(lakeside.ana.opens_a_case())
    assert ana.ask("POST", "/check-ins", {**said, "team_member_id": stranger["id"]}).status_code == 422
    other = ana.adds_a_team_member(ana.opens_a_case())
    assert ana.ask("POST", "/check-ins", {**said, "team_member_id": other["id"]}).status_code == 422
    begun = begins(ana, case)
    for verb in ("pause", "resume", "end", "record"):
        assert lakeside.ana.ask("POST", f"/check-ins/{begun['id']}/{verb}", {}).status_code in (404, 422)
    assert lakeside.ana.ask("GET", f"/check-ins/{begun['id']}").status_code == 404


def test_it_ends_by_itself_after_its_last_day(riverside: Practice, ana: Staff, clock: Clock) -> None:
    check_in = begins(ana, ana.opens_a_case(), ends_on="2026-10-14")
    for _ in range(4):
        clock.move(days=4)
        riverside.worker.plan_check_ins()
    ended = ana.get(f"/check-ins/{check_in['id']}")
    assert (ended["state"], ended["reason"]) == ("ended", "over")
    assert [due[:10] for due, _ in planned(ana, check_in)] == ["2026-10-06", "2026-10-13"]


def test_what_has_no_occasion_left_plans_nothing_for_its_case(ana: Staff) -> None:
    """Red with `_GOING` of every active one in `models.agenda`."""
    check_in = begins(ana, ana.opens_a_case(), ends_on="2026-10-07")
    [last] = check_in["reminders"]
    assert ana.get("/agenda?days=1")["items"] == []
    ana.post(f"/reminders/{last['id']}/complete", {})
    assert ana.get(f"/check-ins/{check_in['id']}")["state"] == "active"
    assert [item["kind"] for item in ana.get("/agenda")["items"]] == ["case"]


def test_a_concern_about_the_support_in_an_older_version_is_one_about_it(ana: Staff) -> None:
    """Red with `Concern.provision_id == provision_id` in `models.concern.OPEN_ABOUT`."""
    case = ana.opens_a_case()
    [before] = ana.provisions_of(ana.puts_in_force(ana.drafts_an_iep(case)))
    ana.opens_a_concern(case, provision_id=before["id"])
    line = {"kind": "accommodation", "text": "A reader for all tests.", "support_id": before["support_id"]}
    other = {"kind": "accommodation", "text": "A quiet room."}
    after = ana.drafts_an_iep(case, provisions=[line, other], effective_from="2026-10-01")
    same, new = sorted(ana.provisions_of(ana.puts_in_force(after)), key=lambda one: one["text"] == "A quiet room.")
    heard = {"checked_on": "2026-10-05", "is_happening": "no"}
    for provision, suggests in ((same, False), (new, True)):
        check_in = begins(ana, case, provision_id=provision["id"])
        answer = ana.post(f"/check-ins/{check_in['id']}/record", heard)
        assert (answer["suggests_concern"] is not None) is suggests


def test_of_a_concern_that_is_watched_it_is_the_step_and_closing_it_ends_the_asking(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case)
    ana.takes("verify", concern, finding="No reader in science.", skip_reason="The parent was there.")
    said = {"direction": "outbound", "channel": "phone", "party": "teacher", "occurred_at": "2026-10-05T15:00:00Z"}
    talk = {"our_understanding": "A reader for all tests.", "why_we_ask": "There was none on Friday."}
    ana.takes("talk_to_teacher", concern, communication={**said, "summary": "It will be done."}, **talk)
    watched = ana.takes(
        "start_monitoring",
        concern,
        look_for="A reader in science.",
        check_ins=[{"party": "teacher", "every": "week"}],
        skip_reason="Settled on the phone.",
    )
    assert watched["state"] == "monitoring"
    [check_in] = ana.get(f"/check-ins?concern_id={concern['id']}")["items"]
    heard = ana.post(f"/check-ins/{check_in['id']}/record", HEARD)
    assert heard["concern_state"] == "monitoring"
    assert ana.get(f"/concerns/{concern['id']}")["history"][-1]["step"] == "check_in"
    assert heard["observation"]["check_in_id"] == check_in["id"]
    assert "Is it happening? Ask the child and the teacher" in [one["title"] for one in heard["settled"]]
    ana.takes("withdraw", concern, asked_by="Petra Petrov", reason="They are content.")
    assert ana.get(f"/check-ins/{check_in['id']}")["state"] == "ended"
    assert [state for _, state in planned(ana, check_in) if state in ("scheduled", "due")] == []


def test_a_change_leaves_an_occasion_and_loses_none(riverside: Practice, ana: Staff, clock: Clock) -> None:
    """Red without `NeverHappens` in `api.check_in.change_check_in`, without `to_come` in `CheckIn.arranged`, or with
    `scheduled` alone in `withdraw`."""
    check_in = begins(ana, case := ana.opens_a_case())
    path = f"/check-ins/{check_in['id']}"
    clock.move(hours=23)  # Tuesday, eight in the morning: asked at nine, said to be at half past seven
    moved = ana.ask("PATCH", path, {"at": "07:30"}).get_json()
    assert [one["due_at"] for one in moved["reminders"]] == ["2026-10-06T14:30:00Z", "2026-10-13T14:30:00Z"]
    riverside.works()
    assert ana.due() == ["Check in with the teacher"]
    # What was put off is answered all the same, and does not come after the end.
    first = moved["reminders"][0]
    ana.post(f"/reminders/{first['id']}/snooze", {"until": "2026-10-11T15:00:00Z"})
    heard = ana.post(f"{path}/record", {"checked_on": "2026-10-07", "is_happening": "yes"})
    assert [one["id"] for one in heard["settled"]] == [first["id"]]
    over = ana.ask("PATCH", path, {"ends_on": "2026-10-06"})
    assert (over.status_code, over.get_json()["errors"][0]["pointer"]) == (422, "/ends_on")
    ana.post(f"/reminders/{moved['reminders'][1]['id']}/snooze", {"until": "2026-10-18T15:00:00Z"})
    ana.post(f"{path}/end", {"reason": "Agreed."})
    assert [item["kind"] for item in ana.get("/agenda")["items"]] == ["case"]
    assert [state for _, state in planned(ana, check_in)] == ["done", "cancelled"]
    assert case["state"] == "open"
