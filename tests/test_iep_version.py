"""IEP versions: drafted, put in force, kept."""

from tests.cast import Staff


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
