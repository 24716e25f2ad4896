"""Of all who convert one booking or enquiry at the same moment one makes the file, and the others are answered with it; and
whoever is forgotten meanwhile is forgotten whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.cast import Practice, Visitor
from tests.conftest import Clock
from tests.promises.conftest import Admin, StartsWorker
from tests.promises.digests import changed, digest
from tests.promises.mail_servers import mail_server
from tests.promises.processes import wait_until
from tests.promises.racing import at_once, statuses
from tests.promises.test_nothing_is_half_written import COUNTED, refusing
from tests.promises.test_racers_leave_one_history import held, waiting
from tests.test_conversion import CHILD, WORDS, asks, lists
from tests.test_retention import CANARIES, books, enquires

Convert = Callable[[], TestResponse]


@pytest.mark.parametrize("how", ["booking", "enquiry"])
def test_twenty_who_convert_at_once_make_one_file(how: str, riverside: Practice, visitor: Visitor) -> None:
    """Red without `lock=lock or (is_subject and ...)` in `api.verbs.find`."""
    asked = asks(how, riverside, visitor, message=WORDS)
    racers: list[Convert] = [
        lambda who=who, number=number: who.ask("POST", f"{asked}/convert", {**CHILD, "title": f"Case {number}"})
        for number in range(10)
        for who in (riverside.ana, riverside.sam)
    ]
    answers = at_once(*racers)
    assert statuses(answers) == [201] * 20
    assert len({answer.get_data() for answer in answers}) == 1
    assert lists(riverside.ana) == {"clients": 1, "students": 1, "cases": 1, "concerns": 1}


@pytest.mark.parametrize("how", ["booking", "enquiry"])
@pytest.mark.parametrize("table", ["concerns", "reminders", "audit_entries"])
def test_when_the_concern_fails_nothing_of_the_file_is_there(
    how: str, table: str, riverside: Practice, visitor: Visitor, admin: Admin
) -> None:
    """Red with a commit before the concern, in `api.conversion.converted`."""
    asked = asks(how, riverside, visitor, message=WORDS)
    before = digest(admin, besides=COUNTED)
    with refusing(admin, table):
        assert riverside.ana.ask("POST", f"{asked}/convert", CHILD).status_code >= 400
    assert changed(before, digest(admin, besides=COUNTED)) == []
    assert riverside.ana.post(f"{asked}/convert", CHILD)["concern_id"]


@pytest.mark.parametrize("how", ["booking", "enquiry"])
def test_who_is_converted_while_the_worker_forgets_is_either_a_client_or_forgotten(
    how: str, riverside: Practice, visitor: Visitor, clock: Clock, admin: Admin
) -> None:
    """Red without `with_for_update` in `models.retention.bookings_to_forget` and `enquiries_to_forget`."""
    for _ in range(6):
        asked = f"/bookings/{books(riverside)['id']}" if how == "booking" else f"/enquiries/{enquires(riverside)['id']}"
        clock.move(days=400)
        olga = riverside.signs_in(riverside.olga.email)
        answer, _ = at_once(partial(olga.ask, "POST", f"{asked}/convert", CHILD), riverside.worker.keep_house)
        assert isinstance(answer, TestResponse)
        left = olga.get(asked)
        assert (answer.status_code, left["name"] is None) in ((201, False), (409, True))
        assert (left["case_id"] is None) == (left["erased_at"] is not None)
        admin.execute("delete from throttles")


def test_what_a_search_finds_does_not_outlive_who_is_forgotten(
    riverside: Practice, clock: Clock, admin_url: str, superuser: Admin
) -> None:
    """Red without `NOBODY_FORGETS` in `api.conflict_check`, or `NOBODY_SEARCHES` in `scheduling.housekeeping`."""
    client = riverside.ana.adds_a_client(name="Quill Zephyr", email="q@families.example")
    enquires(riverside)
    clock.move(days=400)
    olga = riverside.signs_in(riverside.olga.email)
    place = f"/clients/{client['id']}/conflict-checks"
    with ThreadPoolExecutor(2) as threads:
        # Who searched is held: what was found is not written down yet.
        with held(admin_url, "staff", olga.id):
            search = threads.submit(olga.ask, "POST", place, {"also": ["Q. Zephyrine"]})
            wait_until(lambda: waiting(superuser) == 1)
            forgetting = threads.submit(riverside.worker.keep_house)
            wait_until(lambda: waiting(superuser) == 2 or forgetting.done())
        assert (search.result().status_code, forgetting.result() > 0) == (201, True)
    [check] = olga.get(place)["items"]
    assert [(hit["kind"], hit["name"], hit["why"]) for hit in check["hits"]] == [("enquiry", None, None)]


def test_what_is_sent_twice_at_once_is_there_once(riverside: Practice, admin_url: str, superuser: Admin) -> None:
    """Red without `SENT_AT_ONCE` in `api.enquiry.received`."""
    visitor = riverside.visitor()
    said = {"name": "Petra Petrov", "email": "petra@example.org", "message": WORDS}
    send = partial(visitor.ask, "POST", f"/public/{visitor.slug}/enquiries", said)
    with ThreadPoolExecutor(2) as threads:
        # The practice is held: nobody's enquiry is written down yet.
        with held(admin_url, "practices", riverside.olga.get("/practice")["id"]):
            answers = [threads.submit(send) for _ in range(2)]
            wait_until(lambda: waiting(superuser) == 2)
        assert [answer.result().status_code for answer in answers] == [202, 202]
    assert len(riverside.ana.everything("/enquiries")) == 1


def test_a_worker_that_is_killed_while_it_forgets_leaves_nobody_half_forgotten(
    riverside: Practice, admin: Admin, starts_worker: StartsWorker
) -> None:
    """Two thousand enquiries and their mails, forgotten a hundred at a time; the worker is killed again and again."""
    practice_id = riverside.olga.get("/practice")["id"]
    admin.execute(
        "insert into enquiries (tenant_id, id, name, email, message, language, state, replies, version, created_at, updated_at)"
        " select %s, gen_random_uuid(), 'Quillonia', 'q' || n || '@zephyrine.example', 'Thistlewood',"
        " 'en', 'new', '[]', 1, '2020-01-01', '2020-01-01' from generate_series(1, 2000) n",
        [practice_id],
    )
    admin.execute(
        "insert into messages (tenant_id, id, kind, to_address, facts, occasion, state, due_at, attempts, lease_number,"
        " version, created_at, updated_at)"
        " select tenant_id, gen_random_uuid(), 'enquiry_answer', email, '{\"text\": \"Obsidian\"}',"
        " 'enquiry:' || id || ':answer:1', 'sent', '2020-01-01', 1, 1, 1, '2020-01-01', '2020-01-01'"
        " from enquiries where tenant_id = %s",
        [practice_id],
    )

    def forgotten() -> int:
        [row] = admin.execute("select count(*) from enquiries where tenant_id = %s and name is null", [practice_id]).fetchall()
        return int(row["count"])

    killed_at: list[int] = []
    with mail_server() as server:
        while forgotten() < 2000:
            before, worker = forgotten(), starts_worker(server)
            wait_until(lambda before=before: forgotten() > before, within=120)
            if len(killed_at) < 4:
                worker.kill()
                killed_at.append(forgotten())
                half: list[Any] = admin.execute(
                    "select 1 from enquiries e"
                    " join messages m on m.tenant_id = e.tenant_id and split_part(m.occasion, ':', 2) = e.id::text"
                    " where e.tenant_id = %s and (e.name is null) <> (m.to_address = '')",
                    [practice_id],
                ).fetchall()
                assert half == []
            else:
                wait_until(lambda: forgotten() == 2000)
                worker.end()
    assert any(number < 2000 for number in killed_at), "some of them were killed on the way"
    left = admin.execute("select t::text as row from messages t where tenant_id = %s", [practice_id]).fetchall()
    assert [row for row in left for word in CANARIES if word in row["row"].lower()] == []
