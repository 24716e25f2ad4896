"""Provisions: an amount in plain words, where they were read, how they are worded; taken out of a draft again."""

from typing import Any

import pytest

from tests.cast import Practice, Staff

SPEECH = {"kind": "service", "text": "Speech therapy"}


def drafted(ana: Staff, **said: Any) -> Any:
    version = ana.drafts_an_iep(ana.opens_a_case(), provisions=[])
    return ana.post("/provisions", {"iep_version_id": version["id"], **SPEECH, **said})


def test_an_amount_in_plain_words_becomes_fields_and_is_printed_back(ana: Staff) -> None:
    read = drafted(ana, frequency="2x30 min/wk, pull-out, SLP")
    assert (read["minutes"], read["times"], read["per"]) == (30, 2, "week")
    assert (read["setting"], read["provider_role"]) == ("pull-out", "speech-language pathologist")
    assert read["frequency"] == "30 minutes, 2 times per week"
    changed = ana.patch(f"/provisions/{read['id']}", {"frequency": "120 minutes per month"})
    assert (changed["minutes"], changed["times"], changed["per"]) == (120, None, "month")
    assert (changed["frequency"], changed["setting"]) == ("120 minutes per month", "pull-out")


def test_what_is_given_beside_the_words_counts_and_may_not_contradict_them(ana: Staff) -> None:
    read = drafted(ana, frequency="2x30 min/wk, pull-out", minutes=30, setting="speech room")
    assert (read["minutes"], read["setting"]) == (30, "speech room")
    version = ana.drafts_an_iep(ana.opens_a_case())
    for said in ({"frequency": "2x30 min/wk", "minutes": 45}, {"frequency": "when the moon is full"}):
        answer = ana.ask("POST", "/provisions", {"iep_version_id": version["id"], **SPEECH, **said})
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/frequency")
    inside = {"student_id": version["student_id"], "effective_from": "2026-09-08", "provisions": [{**SPEECH, "frequency": "?"}]}
    assert ana.ask("POST", "/iep-versions", inside).get_json()["errors"][0]["pointer"] == "/provisions/0/frequency"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"minutes": 20, "times": 1, "per": "day"}, "20 minutes daily"),
        ({"minutes": 150, "times": None, "per": "quarter"}, "150 minutes per quarter"),
        ({}, None),
    ],
)
def test_fields_are_printed_back_in_words(ana: Staff, fields: dict[str, Any], words: str | None) -> None:
    assert drafted(ana, **fields)["frequency"] == words


def test_where_it_was_read_stays_with_it(ana: Staff) -> None:
    source = {"page": 2, "line": 14, "quote": "Speech | 2x30 | wk"}
    read = drafted(ana, source=source)
    assert ana.get(f"/provisions/{read['id']}")["source"] == source


def test_a_wrong_line_is_taken_out_of_a_draft_and_of_nothing_else(ana: Staff, sam: Staff, lakeside: Practice) -> None:
    read = drafted(ana)
    path = f"/provisions/{read['id']}"
    assert lakeside.ana.ask("DELETE", path).status_code == 404
    assert sam.ask("DELETE", path).status_code == 403
    assert ana.ask("DELETE", path).status_code == 204
    assert ana.ask("GET", path).status_code == 404
    kept = ana.puts_in_force(ana.drafts_an_iep(ana.opens_a_case()))
    [line] = ana.provisions_of(kept)
    answer = ana.ask("DELETE", f"/provisions/{line['id']}")
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/immutable")
    assert ana.provisions_of(kept) == [line]


def test_a_line_that_a_concern_is_about_stays(ana: Staff) -> None:
    case = ana.opens_a_case()
    [line] = ana.provisions_of(ana.drafts_an_iep(case))
    ana.opens_a_concern(case, provision_id=line["id"])
    assert ana.ask("DELETE", f"/provisions/{line['id']}").status_code == 409
    assert ana.ask("GET", f"/provisions/{line['id']}").status_code == 200


def test_two_lines_of_a_version_are_two_supports(ana: Staff) -> None:
    version = ana.drafts_an_iep(ana.opens_a_case())
    [line] = ana.provisions_of(version)
    again = {"iep_version_id": version["id"], **SPEECH, "support_id": line["support_id"]}
    assert ana.ask("POST", "/provisions", again).status_code == 409


def test_a_support_is_one_of_the_childs_own(ana: Staff, lakeside: Practice) -> None:
    version = ana.drafts_an_iep(ana.opens_a_case())
    [theirs] = lakeside.ana.provisions_of(lakeside.ana.drafts_an_iep(lakeside.ana.opens_a_case()))
    [other] = ana.provisions_of(ana.drafts_an_iep(ana.opens_a_case()))
    [own] = ana.provisions_of(version)
    for stranger in (theirs["support_id"], other["support_id"], "01890000-0000-7000-8000-000000000000"):
        inside = {"student_id": version["student_id"], "effective_from": "2026-09-08"}
        inside["provisions"] = [{**SPEECH, "support_id": stranger}]
        assert ana.ask("POST", "/iep-versions", inside).get_json()["errors"][0]["pointer"] == "/provisions/0/support_id"
        answer = ana.ask("PATCH", f"/provisions/{own['id']}", {"support_id": stranger})
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/support_id")
