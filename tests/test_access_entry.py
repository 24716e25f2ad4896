"""Who looked at a child's record: with every answer, once in the hour, and the family can be shown it."""

import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest

from api import looking
from commands.export import export
from models.files import Files
from tests.cast import Actor, Practice, Staff


def looks(olga: Staff, student_id: str, **filters: Any) -> list[Any]:
    """The log of a child, the oldest first, without what looking at it leaves."""
    asked = "&".join(f"{name}={value}" for name, value in filters.items())
    found = olga.everything(f"/students/{student_id}/access-log?{asked}")
    return [entry for entry in reversed(found) if entry["resource"] != "students/access-log"]


def told(entries: list[Any]) -> list[tuple[str, str]]:
    return [(entry["staff_name"], entry["resource"]) for entry in entries]


@pytest.fixture
def case(ana: Staff) -> Any:
    return ana.opens_a_case()


def test_reading_a_childs_record_is_in_its_log(riverside: Practice, case: Any) -> None:
    olga, sam = riverside.olga, riverside.sam
    sam.get("/cases")
    sam.get(f"/cases/{case['id']}/timeline")
    sam.get(f"/students/{case['student_id']}")
    found = [entry for entry in looks(olga, case["student_id"]) if entry["staff_id"] == sam.id]
    assert told(found) == [("Sam", "cases"), ("Sam", "cases/timeline"), ("Sam", "students")]
    assert [entry["row_id"] for entry in found] == [None, case["id"], case["student_id"]]
    timeline = found[1]
    assert (timeline["kind"], timeline["actor"], timeline["staff_role"]) == ("read", "staff", "assistant")
    assert timeline["in_words"] == "Sam (assistant) looked at the timeline of the case."
    assert timeline["sign_in_id"] == next(row["id"] for row in sam.get("/auth/sign-ins")["items"] if row["is_this_one"])
    assert timeline["request_id"]


def test_within_an_hour_it_is_one_entry_and_in_the_next_another(riverside: Practice, case: Any) -> None:
    sam = riverside.sam
    for minutes in (0, 20, 39):
        riverside.clock.at = riverside.clock.at.replace(minute=minutes)
        sam.get(f"/cases/{case['id']}")
    riverside.clock.at = riverside.clock.at.replace(hour=17, minute=0)
    sam.get(f"/cases/{case['id']}")
    found = looks(riverside.olga, case["student_id"], staff_id=sam.id)
    assert [entry["at"][11:16] for entry in found] == ["16:00", "17:00"]


def test_every_sign_in_and_every_key_is_a_reader_of_its_own(riverside: Practice, case: Any) -> None:
    sam, again = riverside.sam, riverside.signs_in(riverside.sam.email)
    key = riverside.olga.makes_a_key("cases:read")
    for reader in (sam, again, Actor(riverside.app, key["key"])):
        reader.get(f"/cases/{case['id']}")
    of_sam = looks(riverside.olga, case["student_id"], staff_id=sam.id)
    assert len({entry["sign_in_id"] for entry in of_sam}) == 2
    [by_key] = looks(riverside.olga, case["student_id"], staff_id=riverside.olga.id)
    assert (by_key["actor"], by_key["api_key_id"], by_key["api_key_name"]) == ("api_key", key["id"], "The accounting")
    assert by_key["in_words"] == "A program of the practice (The accounting) looked at the case."


def test_what_is_not_modified_and_what_is_only_its_head_counts_and_what_fails_does_not(riverside: Practice, case: Any) -> None:
    sam, ana = riverside.sam, riverside.ana
    document = ana.uploads(case)
    etag = ana.ask("GET", f"/documents/{document['id']}/content").headers["ETag"]
    assert sam.ask("HEAD", f"/cases/{case['id']}").status_code == 200
    assert sam.ask("GET", f"/documents/{document['id']}/content", If_None_Match=etag).status_code == 304
    assert sam.ask("GET", f"/documents/{case['id']}").status_code == 404
    assert sam.ask("GET", f"/cases/{case['id']}/timeline?limit=900").status_code == 422
    assert sam.ask("GET", f"/students/{case['student_id']}/access-log").status_code == 403
    found = looks(riverside.olga, case["student_id"], staff_id=sam.id)
    assert told(found) == [("Sam", "cases"), ("Sam", "documents/content")]


def test_a_list_is_a_look_at_every_child_in_it_and_at_no_other(riverside: Practice) -> None:
    ana, sam = riverside.ana, riverside.sam
    cases = [ana.opens_a_case() for _ in range(3)]
    for case in cases[:2]:
        ana.opens_a_concern(case)
    sam.get("/concerns")
    seen = [told(looks(riverside.olga, case["student_id"], staff_id=sam.id)) for case in cases]
    assert seen == [[("Sam", "concerns")], [("Sam", "concerns")], []]
    # The next page is another look.
    sam.get("/cases?limit=1")
    seen = [told(looks(riverside.olga, case["student_id"], staff_id=sam.id)) for case in cases]
    assert seen[2] == [("Sam", "cases")]
    assert seen[1] == [("Sam", "concerns")]
    sam.everything("/cases")
    assert told(looks(riverside.olga, cases[0]["student_id"], staff_id=sam.id)) == [("Sam", "concerns"), ("Sam", "cases")]


def test_what_an_act_answers_is_shown_too_and_so_is_what_is_answered_again(riverside: Practice, case: Any) -> None:
    sam = riverside.sam
    said = {"case_id": case["id"], "title": "Call back", "due_at": riverside.clock().isoformat()}
    sam.post("/reminders", said, Idempotency_Key="a reminder, once")
    riverside.clock.move(hours=1)
    sam.post("/reminders", said, Idempotency_Key="a reminder, once")
    found = looks(riverside.olga, case["student_id"], staff_id=sam.id)
    assert told(found) == [("Sam", "reminders"), ("Sam", "reminders")]
    sam.post("/letter-templates/preview", {"template": "records_request", "case_id": case["id"]})
    assert told(looks(riverside.olga, case["student_id"], staff_id=sam.id))[-1] == ("Sam", "letter-templates")


def test_what_is_answered_about_a_question_is_a_look_too(riverside: Practice, case: Any) -> None:
    """Red where a child is found by the names of its case alone: what is counted anew names a question."""
    asked = riverside.ana.tells(case, "Who reads?", awaiting_reply=True)
    riverside.sam.post("/reminders/recount", {"communication_id": asked["id"]})
    assert ("Sam", "reminders") in told(looks(riverside.olga, case["student_id"]))


def test_the_agenda_is_a_look_at_whom_it_names_and_a_consultation_once_it_has_a_child(riverside: Practice, case: Any) -> None:
    ana, sam = riverside.ana, riverside.sam
    sam.get("/agenda?for=practice")
    assert told(looks(riverside.olga, case["student_id"], staff_id=sam.id)) == [("Sam", "agenda")]
    riverside.olga.opens_consultations(hosts=(ana,))
    riverside.visitor().books("2026-10-13T16:00:00Z")
    [booked] = sam.get("/bookings")["items"]
    made = ana.post(f"/bookings/{booked['id']}/convert", {"student": {"name": "Sasha"}, "title": "Reading"})
    assert told(looks(riverside.olga, made["student_id"], staff_id=sam.id)) == []
    sam.get("/bookings")
    assert told(looks(riverside.olga, made["student_id"], staff_id=sam.id)) == [("Sam", "bookings")]


def test_reading_the_log_is_in_the_log(riverside: Practice, case: Any) -> None:
    place = f"/students/{case['student_id']}/access-log"
    riverside.olga.get(place)
    [entry] = [entry for entry in riverside.olga.get(place)["items"] if entry["resource"] == "students/access-log"]
    assert (entry["staff_name"], entry["kind"]) == ("Olga Owens", "read")
    assert entry["in_words"] == "Olga Owens (owner) looked at this log."
    assert (
        riverside.olga.get(f"{place}?language=es")["items"][0]["in_words"] == "Olga Owens (responsable) consultó este registro."
    )


def test_the_log_is_asked_by_day_and_kind_and_page_by_page(riverside: Practice, case: Any) -> None:
    olga, sam, child = riverside.olga, riverside.sam, case["student_id"]
    sam.get(f"/cases/{case['id']}")
    riverside.clock.move(days=1)
    sam.get("/cases")
    sam.get("/students")
    assert told(looks(olga, child, staff_id=sam.id, to="2026-10-05")) == [("Sam", "cases")]
    assert told(looks(olga, child, staff_id=sam.id, **{"from": "2026-10-06"})) == [("Sam", "cases"), ("Sam", "students")]
    assert looks(olga, child, kind="exported") == []
    first = olga.get(f"/students/{child}/access-log?staff_id={sam.id}&limit=2")
    rest = olga.get(f"/students/{child}/access-log?staff_id={sam.id}&limit=2&cursor={first['next_cursor']}")
    shown = [entry["resource"] for entry in (*first["items"], *rest["items"])]
    assert shown == ["students", "cases", "cases"]
    assert rest["next_cursor"] is None
    assert olga.ask("GET", f"/students/{child}/access-log?from=2026-10-06&to=2026-10-05").status_code == 422


def test_another_practice_leaves_nothing_and_learns_nothing(riverside: Practice, lakeside: Practice, case: Any) -> None:
    child = case["student_id"]
    before = len(riverside.olga.everything(f"/students/{child}/access-log"))
    for path in (f"/cases/{case['id']}", f"/students/{child}/access-log", f"/students/{child}/disclosures"):
        assert lakeside.olga.ask("GET", path).status_code == 404
    lakeside.olga.get("/cases")
    assert len(riverside.olga.everything(f"/students/{child}/access-log")) == before + 1, "but for our own look at it"


def test_an_assistant_does_not_read_the_log_and_a_key_does_with_its_scope(riverside: Practice, case: Any) -> None:
    place = f"/students/{case['student_id']}/access-log"
    assert riverside.sam.ask("GET", place).status_code == 403
    riverside.ana.get(place)
    wrong, right = (
        Actor(riverside.app, riverside.olga.makes_a_key(scope)["key"]) for scope in ("students:read", "access-log:read")
    )
    assert wrong.ask("GET", place).status_code == 403
    assert any(entry["actor"] == "api_key" for entry in [*right.get(place)["items"], *right.get(place)["items"]])


def test_many_who_look_at_once_leave_one_entry_each(riverside: Practice, case: Any) -> None:
    """Ten threads of one reader, and as many of an application that knows nothing of what they have written."""
    sam, child = riverside.sam, case["student_id"]
    readers = [Actor(riverside.app, sam.token) for _ in range(10)]
    start = threading.Barrier(len(readers))

    def look(reader: Actor) -> None:
        start.wait()
        looking.register(riverside.app)
        reader.get(f"/cases/{case['id']}")
        reader.get("/students")

    threads = [threading.Thread(target=look, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told(looks(riverside.olga, child, staff_id=sam.id))) == [("Sam", "cases"), ("Sam", "students")]


def test_who_reads_while_the_child_is_changed_waits_and_nobody_is_turned_away(riverside: Practice, case: Any) -> None:
    ana, child = riverside.ana, case["student_id"]
    failed: list[int] = []

    def act(method: str, body: Any) -> None:
        for _ in range(10):
            looking.register(riverside.app)
            answer = Actor(riverside.app, ana.token).ask(method, f"/students/{child}", body)
            if answer.status_code != 200:
                failed.append(answer.status_code)

    threads = [threading.Thread(target=act, args=said) for said in (("GET", None), ("PATCH", {"grade": "5"})) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_what_cannot_be_written_down_is_not_shown(
    riverside: Practice, case: Any, past_all_doors: psycopg.Connection, database_name: str
) -> None:
    """A server that only reads, as after a failover to one that follows: the record stays closed; the rest is answered."""
    sam = riverside.sam
    sam.get("/staff")
    riverside.app.extensions["engine"].dispose()
    past_all_doors.execute(f"alter database {database_name} set default_transaction_read_only = on")
    try:
        answer = sam.ask("GET", f"/cases/{case['id']}")
        assert (answer.status_code, answer.get_json()["type"]) == (503, "/problems/unavailable")
        assert sam.ask("GET", "/staff").status_code == 200
    finally:
        past_all_doors.execute(f"alter database {database_name} reset default_transaction_read_only")
        riverside.app.extensions["engine"].dispose()
    sam.get(f"/cases/{case['id']}")
    assert told(looks(riverside.olga, case["student_id"], staff_id=sam.id)) == [("Sam", "cases")]


def test_all_that_is_written_out_is_disclosed_of_every_child(
    riverside: Practice, lakeside: Practice, case: Any, app_url: str, store: Files, tmp_path: Path
) -> None:
    other, elsewhere = riverside.ana.opens_a_case(), lakeside.ana.opens_a_case()
    export(app_url, store, riverside.slug, tmp_path / "out.zip", riverside.clock())
    for child in (case["student_id"], other["student_id"]):
        [entry] = riverside.olga.get(f"/students/{child}/disclosures")["items"]
        assert (entry["kind"], entry["actor"], entry["row_id"]) == ("exported", "operator", child)
        assert entry["in_words"] == "Whoever runs the system wrote out all that the practice keeps, this record with it."
    assert lakeside.olga.get(f"/students/{elsewhere['student_id']}/disclosures")["items"] == []


def test_nobody_rewrites_the_log(riverside: Practice, case: Any, app_url: str) -> None:
    practice_id = riverside.olga.get("/practice")["id"]
    with psycopg.connect(app_url) as connection:
        for change in ("update access_entries set resource = 'nothing'", "delete from access_entries"):
            connection.execute("select enter_practice(%s)", [practice_id])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(change)
            connection.rollback()


def test_a_look_is_remembered_within_bounds() -> None:
    known = looking.Known()
    look = (1, 2, "cases", 3)
    assert not known.has_all(look, {1})
    known.add(look, {1, 2})
    assert known.has_all(look, {1})
    assert not known.has_all((1, 2, "cases", 4), {1})
    known.add(look, set(range(looking.Known.MOST)))
    assert not known.has_all(look, {looking.Known.MOST + 1})
    assert sum(map(len, known._ids.values())) <= looking.Known.MOST
