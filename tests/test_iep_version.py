"""IEP versions: drafted, put in force, kept."""

import contextlib
from collections.abc import Mapping
from typing import Any

import psycopg
import pytest

from tests.cast import Practice, Staff


def test_a_version_in_force_supersedes_the_one_before(ana: Staff) -> None:
    case = ana.opens_a_case()
    first = ana.drafts_an_iep(case)
    assert (first["number"], first["state"]) == (1, "draft")
    assert ana.puts_in_force(first)["state"] == "in_force"
    second = ana.puts_in_force(ana.drafts_an_iep(case))
    assert (second["number"], second["state"]) == (2, "in_force")
    versions = ana.get(f"/iep-versions?student_id={case['student_id']}")["items"]
    assert [(row["number"], row["state"]) for row in versions] == [(2, "in_force"), (1, "superseded")]
    assert versions[1]["superseded_at"] == "2026-10-05T16:00:00Z"


def test_what_is_in_force_cannot_be_edited_nor_its_provisions(ana: Staff) -> None:
    version = ana.drafts_an_iep(ana.opens_a_case())
    [provision] = ana.provisions_of(version)
    assert ana.patch(f"/iep-versions/{version['id']}", {"effective_to": "2027-09-07"})["effective_to"] == "2027-09-07"
    assert ana.patch(f"/provisions/{provision['id']}", {"text": "A reader."})["text"] == "A reader."
    ana.puts_in_force(version)
    added = {"iep_version_id": version["id"], "kind": "goal", "text": "Reads 90 words a minute."}
    for answer in (
        ana.ask("PATCH", f"/iep-versions/{version['id']}", {"effective_to": "2028-01-01"}),
        ana.ask("PATCH", f"/provisions/{provision['id']}", {"text": "No reader."}),
        ana.ask("POST", "/provisions", added),
    ):
        assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/immutable")
    assert ana.provisions_of(version)[0]["text"] == "A reader."
    assert ana.ask("POST", f"/iep-versions/{version['id']}/activate").status_code == 409


def test_each_student_counts_from_one(ana: Staff) -> None:
    assert ana.drafts_an_iep(ana.opens_a_case())["number"] == 1
    assert ana.drafts_an_iep(ana.opens_a_case())["number"] == 1


def test_dates_that_end_before_they_begin_are_refused(ana: Staff) -> None:
    case = ana.opens_a_case()
    said = {"student_id": case["student_id"], "effective_from": "2026-09-08", "effective_to": "2026-09-07"}
    assert ana.ask("POST", "/iep-versions", said).get_json()["errors"][0]["pointer"] == "/effective_to"
    version = ana.drafts_an_iep(case)
    wrong = ana.ask("PATCH", f"/iep-versions/{version['id']}", {"effective_to": "2026-01-01"})
    assert wrong.get_json()["errors"] == [{"pointer": "/effective_to", "detail": "It ends before it begins."}]
    [provision] = ana.provisions_of(version)
    backwards = ana.ask("PATCH", f"/provisions/{provision['id']}", {"starts_on": "2026-09-08", "ends_on": "2026-09-07"})
    assert backwards.get_json()["errors"] == [{"pointer": "/ends_on", "detail": "It ends before it begins."}]


def test_a_provision_that_is_wrong_leaves_no_version_behind(ana: Staff) -> None:
    case = ana.opens_a_case()
    provisions = [{"kind": "goal", "text": "Reads."}, {"kind": "wish", "text": "Flies."}]
    said = {"student_id": case["student_id"], "effective_from": "2026-09-08", "provisions": provisions}
    answer = ana.ask("POST", "/iep-versions", said)
    assert [error["pointer"] for error in answer.get_json()["errors"]] == ["/provisions/1/kind"]
    assert ana.get(f"/iep-versions?student_id={case['student_id']}")["items"] == []


def line(version: Mapping[str, Any], ana: Staff, **like: Any) -> Any:
    [found] = [row for row in ana.provisions_of(version) if row.items() >= like.items()]
    return found


def test_an_amendment_goes_on_from_the_version_in_force_and_waits_for_both_to_agree(ana: Staff) -> None:
    """34 CFR 300.324(a)(4): parent and agency agree not to meet, and change the IEP in writing."""
    case = ana.opens_a_case()
    first = ana.puts_in_force(ana.drafts_an_iep(case, "A reader for all tests.", "A quiet room for tests."))
    said = {"student_id": case["student_id"], "effective_from": "2026-11-02", "amended_on": "2026-10-30"}
    petra, robin = {"name": "Petra Petrov", "party": "parent"}, {"name": "Robin Reyes", "party": "agency"}
    amendment = ana.post("/iep-versions", {**said, "agreed_by": [petra]})
    assert (amendment["based_on_id"], amendment["amended_on"], amendment["number"]) == (first["id"], "2026-10-30", 2)
    carried = {row["text"]: row["support_id"] for row in ana.provisions_of(amendment)}
    assert carried == {row["text"]: row["support_id"] for row in ana.provisions_of(first)}

    alone = ana.ask("POST", f"/iep-versions/{amendment['id']}/activate")
    assert (alone.status_code, alone.get_json()["type"]) == (409, "/problems/conflict")
    assert "agency" in alone.get_json()["detail"]
    assert ana.get(f"/iep-versions/{first['id']}")["state"] == "in_force"
    ana.patch(f"/iep-versions/{amendment['id']}", {"agreed_by": [petra, robin]})
    assert ana.puts_in_force(amendment)["agreed_by"] == [petra, robin]
    assert ana.get(f"/iep-versions/{first['id']}")["state"] == "superseded"


def test_an_amendment_of_what_is_not_in_force_any_more_is_refused(ana: Staff) -> None:
    case = ana.opens_a_case()
    nothing = {"student_id": case["student_id"], "effective_from": "2026-11-02", "amended_on": "2026-10-30"}
    answer = ana.ask("POST", "/iep-versions", nothing)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/amended_on")
    ana.puts_in_force(ana.drafts_an_iep(case))
    agreed = [{"name": "Petra Petrov", "party": "parent"}, {"name": "Robin Reyes", "party": "agency"}]
    amendment = ana.post("/iep-versions", {**nothing, "agreed_by": agreed})
    ana.puts_in_force(ana.drafts_an_iep(case))
    assert ana.ask("POST", f"/iep-versions/{amendment['id']}/activate").status_code == 409


@pytest.mark.parametrize("has_document", [False, True])
def test_a_version_that_promises_nothing_supersedes_nothing(ana: Staff, has_document: bool) -> None:
    case = ana.opens_a_case()
    first = ana.puts_in_force(ana.drafts_an_iep(case))
    said = {"document_id": ana.uploads(case)["id"]} if has_document else {}
    empty = ana.drafts_an_iep(case, provisions=[], text="All of it.", **said)
    answer = ana.ask("POST", f"/iep-versions/{empty['id']}/activate")
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/conflict")
    assert "Version 2 has no provisions" in answer.get_json()["detail"]
    assert ana.get(f"/iep-versions/{first['id']}") == first
    ana.post("/provisions", {"iep_version_id": empty["id"], "kind": "accommodation", "text": "A reader for all tests."})
    assert ana.puts_in_force(empty)["state"] == "in_force"


def test_what_was_put_in_force_has_a_hash_that_stays(ana: Staff) -> None:
    case = ana.opens_a_case()
    draft = ana.drafts_an_iep(case, text="The programme.")
    assert draft["sha256"] is None
    first = ana.puts_in_force(draft)
    assert len(first["sha256"]) == 64
    second = ana.puts_in_force(ana.drafts_an_iep(case, text="The programme."))
    assert second["sha256"] != first["sha256"]
    assert ana.get(f"/iep-versions/{first['id']}")["sha256"] == first["sha256"]


TAMPERING = {
    "says something else": "update iep_versions set text = 'Other words.'",
    "begins another day": "update iep_versions set effective_from = '2020-01-01'",
    "is a draft again": "update iep_versions set state = 'draft', activated_at = null",
    "is of another child": "update iep_versions set number = 99",
    "is gone": "delete from iep_versions",
    "promises less": "update provisions set text = 'No reader.'",
    "promises nothing": "delete from provisions",
    "promises less, as a draft": "update provisions set is_draft = true, text = 'No reader.'",
    "promises more": "insert into provisions (tenant_id, id, iep_version_id, kind, text, version, created_at, updated_at)"
    " select tenant_id, gen_random_uuid(), iep_version_id, kind, 'Anything.', 1, now(), now() from provisions limit 1",
    "has no seal": "delete from iep_version_seals",
    "has another seal": "update iep_version_seals set content_digest = 'x'",
}


@pytest.mark.parametrize("sin", TAMPERING)
@pytest.mark.parametrize("state", ["in_force", "superseded"])
def test_the_database_keeps_what_is_in_force_whatever_a_statement_says(ana: Staff, app_url: str, sin: str, state: str) -> None:
    """By the application's own role, past every line of ours. Red without the seal, or the policies of migration 0006."""
    case = ana.opens_a_case()
    version = ana.puts_in_force(ana.drafts_an_iep(case, "A reader for all tests.", text="The programme."))
    if state == "superseded":
        ana.puts_in_force(ana.drafts_an_iep(case))
    old, lines = ana.get(f"/iep-versions/{version['id']}"), ana.provisions_of(version)
    with contextlib.suppress(psycopg.Error), psycopg.connect(app_url) as connection:
        connection.execute("select enter_practice(%s)", [ana.get("/practice")["id"]])
        connection.execute(TAMPERING[sin])
    assert ana.get(f"/iep-versions/{version['id']}") == old
    assert ana.provisions_of(version) == lines


def test_a_draft_is_not_moved_into_what_is_in_force(ana: Staff, app_url: str) -> None:
    case = ana.opens_a_case()
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    draft = ana.drafts_an_iep(case, "Anything.")
    with psycopg.connect(app_url) as connection:
        connection.execute("select enter_practice(%s)", [ana.get("/practice")["id"]])
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            connection.execute("update provisions set iep_version_id = %s where text = 'Anything.'", [version["id"]])
    assert [row["text"] for row in ana.provisions_of(draft)] == ["Anything."]


def test_a_support_is_the_same_in_the_next_version_though_its_words_are_others(ana: Staff) -> None:
    case = ana.opens_a_case()
    first = ana.puts_in_force(ana.drafts_an_iep(case, "Speech therapy in the speech room", "A calculator on math tests"))
    speech = line(first, ana, text="Speech therapy in the speech room")
    second = ana.drafts_an_iep(case, "A calculator on tests in math", "Speech therapy, in the speech room")
    assert line(second, ana, text="Speech therapy, in the speech room")["support_id"] == speech["support_id"]
    history = ana.get(f"/provisions?support_id={speech['support_id']}")["items"]
    assert [row["iep_version_id"] for row in history] == [second["id"], first["id"]]


def test_what_was_added_to_a_draft_is_known_as_a_support_of_before_once_it_is_in_force(ana: Staff) -> None:
    """Red without the `flush` before `version.activate` in `api.iep_version`: the database keeps what is in force."""
    case = ana.opens_a_case()
    first = ana.puts_in_force(ana.drafts_an_iep(case, "A reader for all tests.", "Extra time on all tests."))
    draft = ana.drafts_an_iep(case, "A reader for all tests.")
    ana.post("/provisions", {"iep_version_id": draft["id"], "kind": "accommodation", "text": "Extra time on all tests."})
    second = ana.puts_in_force(draft)
    before = {row["text"]: row["support_id"] for row in ana.provisions_of(first)}
    assert {row["text"]: row["support_id"] for row in ana.provisions_of(second)} == before


def test_the_changes_since_another_version_are_listed_the_worst_first(ana: Staff) -> None:
    case = ana.opens_a_case()
    music = {"kind": "service", "text": "Music therapy", "frequency": "45 minutes, 3 times per month"}
    rest = [{"kind": "accommodation", "text": "Spells with a sound card"}, {"kind": "goal", "text": "Reads 60 words a minute."}]
    before = ana.drafts_an_iep(case, provisions=[rest[0], music, rest[1]])
    weaker = {**music, "frequency": "45 minutes, 2 times per month"}
    after = ana.drafts_an_iep(case, provisions=[{"kind": "support", "text": "Training for the bus driver"}, weaker, rest[1]])
    found = ana.get(f"/iep-versions/{after['id']}/changes?since={before['id']}")
    assert [row["change"] for row in found["items"]] == ["weakened", "removed", "added", "unchanged"]
    assert found["counts"] == {"weakened": 1, "removed": 1, "added": 1, "unchanged": 1}
    worst = found["items"][0]
    assert (worst["fields"], worst["before"]["times"], worst["after"]["times"]) == (["times"], 3, 2)
    assert worst["minutes_before"]["month"] == [135, 135]
    assert worst["minutes_after"]["month"] == [90, 90]
    assert worst["reason"]
    back = ana.get(f"/iep-versions/{before['id']}/changes?since={after['id']}")
    assert [row["change"] for row in back["items"]] == ["removed", "strengthened", "added", "unchanged"]


def test_versions_of_two_children_are_not_compared(ana: Staff, lakeside: Practice) -> None:
    one, other = ana.drafts_an_iep(ana.opens_a_case()), ana.drafts_an_iep(ana.opens_a_case())
    answer = ana.ask("GET", f"/iep-versions/{one['id']}/changes?since={other['id']}")
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/since")
    theirs = lakeside.ana.drafts_an_iep(lakeside.ana.opens_a_case())
    answer = ana.ask("GET", f"/iep-versions/{one['id']}/changes?since={theirs['id']}")
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/since")
    assert ana.ask("GET", f"/iep-versions/{theirs['id']}/changes?since={one['id']}").status_code == 404
    based = {"student_id": one["student_id"], "effective_from": "2026-11-02", "based_on_id": other["id"]}
    answer = ana.ask("POST", "/iep-versions", based)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/based_on_id")


def test_the_wording_of_a_version_is_reported_the_weakest_first(ana: Staff) -> None:
    spanish = "El maestro le dará tiempo adicional en todos los exámenes de matemáticas."
    firm = (
        "The special education teacher reads all math tests aloud to Sasha in the resource room, so that reading is no barrier."
    )
    version = ana.drafts_an_iep(ana.opens_a_case(), firm, "Staff may give prompts as needed.", spanish)
    report = ana.get(f"/iep-versions/{version['id']}/wording")
    assert [row["text"].split()[0] for row in report["provisions"]] == ["Staff", "The", "El"]
    weak, strong, other = report["provisions"]
    assert weak["score"] < strong["score"]
    assert {finding["category"] for finding in weak["findings"]} >= {"unnamed_person", "permissive", "conditional"}
    assert all(weak["text"][one["start"] : one["end"]] == one["term"] for one in weak["findings"])
    assert (other["is_english"], other["score"], other["elements"]) == (False, None, None)
    assert report["score"] == round((weak["score"] + strong["score"]) / 2)
    assert report["findings_by_category"]["conditional"] == 1
