"""A case and its timeline."""

from tests.cast import Practice, Staff
from tests.conftest import Clock


def test_the_timeline_tells_everything_in_order(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    clock.move(minutes=1)
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    clock.move(minutes=1)
    concern = ana.opens_a_concern(case)
    clock.move(minutes=1)
    ana.takes("read_wording", concern, provision_id=ana.provisions_of(version)[0]["id"], is_clear="no")
    asked = ana.asks_the_team(case)
    clock.move(days=4)
    riverside.works()
    ana.hears(asked)
    told = [(event["kind"], event["what"]) for event in ana.everything(f"/cases/{case['id']}/timeline")]
    assert told[:4] == [
        ("case", "opened"),
        ("iep_version", "in_force"),
        ("concern", "not_provided"),
        ("communication", "outbound"),
    ]
    assert ("concern_step", "read_wording") in told
    assert ("reminder_due", "due") in told
    assert told[-1][0] == "reminder_settled"
    times = [event["at"] for event in ana.everything(f"/cases/{case['id']}/timeline")]
    assert times == sorted(times)


def test_a_timeline_comes_page_by_page_and_holds_one_case(ana: Staff) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case(title="Another")
    ana.tells(other)
    for number in range(5):
        ana.tells(case, f"Call {number}")
    whole = ana.everything(f"/cases/{case['id']}/timeline")
    paged = []
    path = f"/cases/{case['id']}/timeline?limit=2"
    page = ana.get(path)
    while page["next_cursor"]:
        paged += page["items"]
        page = ana.get(f"{path}&cursor={page['next_cursor']}")
    assert paged + page["items"] == whole
    assert len(whole) == 6


def test_cases_are_found_by_state_and_by_whom(riverside: Practice, ana: Staff) -> None:
    case = ana.opens_a_case()
    theirs = ana.opens_a_case(advocate_id=riverside.olga.id)
    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    assert [row["id"] for row in ana.get("/cases?state=closed")["items"]] == [case["id"]]
    assert [row["id"] for row in ana.get(f"/cases?advocate_id={riverside.olga.id}")["items"]] == [theirs["id"]]
    assert [row["id"] for row in ana.get("/cases")["items"]] == [theirs["id"], case["id"]]
