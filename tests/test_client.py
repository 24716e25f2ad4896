"""Clients, students, and the first case."""

from tests.cast import Practice, Staff


def test_a_client_is_added_found_and_changed(ana: Staff) -> None:
    petra = ana.adds_a_client(email="Petra@Example.org", phone="+1 503 555 0142")
    assert petra["email"] == "Petra@example.org"
    assert [row["id"] for row in ana.get("/clients?email=Petra@example.org")["items"]] == [petra["id"]]
    changed = ana.patch(f"/clients/{petra['id']}", {"notes": "Calls after five."})
    assert (changed["notes"], changed["phone"]) == ("Calls after five.", "+1 503 555 0142")


def test_a_student_has_those_who_speak_for_the_child(ana: Staff) -> None:
    mother, father = ana.adds_a_client(), ana.adds_a_client(name="Pavel Petrov", email="pavel@example.org")
    child = ana.adds_a_student(mother, disabilities=["dyslexia"])
    assert ana.get(f"/students?client_id={father['id']}")["items"] == []
    before = ana.ask("GET", f"/students/{child['id']}").headers["ETag"]
    both = [mother["id"], father["id"]]
    assert sorted(ana.patch(f"/students/{child['id']}", {"client_ids": both})["client_ids"]) == sorted(both)
    seen = ana.ask("GET", f"/students/{child['id']}")
    assert sorted(seen.get_json()["client_ids"]) == sorted(both)
    assert seen.headers["ETag"] != before
    assert [row["id"] for row in ana.get(f"/students?client_id={father['id']}")["items"]] == [child["id"]]


def test_a_case_needs_a_client_and_a_student_of_this_practice(riverside: Practice, lakeside: Practice) -> None:
    theirs = lakeside.ana.opens_a_case()
    answer = riverside.ana.ask(
        "POST", "/cases", {"client_id": theirs["client_id"], "student_id": theirs["student_id"], "title": "Mine now"}
    )
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == [{"pointer": "/client_id", "detail": "There is nothing with this id."}]


def test_whoever_opens_a_case_is_responsible_unless_another_is_named(riverside: Practice) -> None:
    assert riverside.sam.opens_a_case()["advocate_id"] == riverside.sam.id
    assert riverside.sam.opens_a_case(advocate_id=riverside.ana.id)["advocate_id"] == riverside.ana.id
