"""Whatever fails in the middle of a request leaves nothing behind, and is told as a problem.

Each request is made once, to learn which tables it writes; then again, once for each of these tables, which refuses now.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import sql

from tests.cast import Practice
from tests.contracts.acts import act
from tests.contracts.everything import Life, one_of_everything
from tests.promises.conftest import Admin
from tests.promises.digests import changed, digest
from tests.walks import each

# Guesses are counted before they are made, on purpose: they stand whatever comes after. Who looked is written once in the hour:
# the second of two requests does not write it.
COUNTED = ("throttles", "access_entries")
# What makes or changes several rows, and which of these at least: what else it writes is learned.
WRITES = {
    "register": {"users", "practices", "staff", "sign_ins"},
    "accept_invitation": {"users", "staff", "invitations"},
    "book_consultation": {"bookings", "messages"},
    "create_booking": {"bookings", "messages"},
    "reschedule_booking": {"bookings", "messages"},
    "cancel_managed_booking": {"bookings", "messages"},
    "convert_booking": {
        *("bookings", "booking_events", "clients", "students", "student_clients", "cases", "concerns", "reminders"),
    },
    "convert_enquiry": {"enquiries", "clients", "students", "student_clients", "cases", "concerns", "reminders"},
    "send_enquiry": {"enquiries", "messages"},
    "answer_enquiry": {"enquiries", "messages"},
    "check_booking": {"conflict_checks"},
    "create_student": {"students", "student_clients"},
    "upload_document": {"documents", "document_readings"},
    "draft_iep_version": {"iep_versions"},
    "open_concern": {"concerns"},
    "take_step": {"concerns", "concern_steps"},
    "open_proceeding": {"proceedings", "deadlines", "reminders"},
    "record_communication": {"communications", "reminders"},
    "ask_for_statement": {"statements", "communications", "reminders", "messages"},
    "sign_statement": {"statement_entries", "communications", "reminders"},
    "invite": {"invitations", "messages"},
}


@pytest.fixture
def life(riverside: Practice) -> Life:
    return one_of_everything(riverside)


@contextmanager
def refusing(admin: Admin, table: str) -> Iterator[None]:
    """Meanwhile, the table takes nothing: whatever was written before it in the same request has to go with it."""
    admin.execute(
        "create function refuse_in_test() returns trigger language plpgsql as"
        " $$ begin raise exception 'refused by the test' using errcode = '23514'; end $$"
    )
    try:
        where = sql.Identifier(table)
        statement = sql.SQL("create trigger refuse_in_test before insert or update or delete on {}").format(where)
        admin.execute(statement + sql.SQL(" for each row execute function refuse_in_test()"))
        yield
    finally:
        admin.execute("drop function refuse_in_test cascade")


@each("name", WRITES)
def test_a_request_that_fails_in_the_middle_leaves_nothing(life: Life, admin: Admin, name: str) -> None:
    """Red with a commit between rows and audit entries in `models.transaction.Transaction._commit`."""
    done = act(name, life)
    before = digest(admin, besides=COUNTED)
    assert done.done().status_code in (200, 201, 202, 204)
    written = changed(before, digest(admin, besides=COUNTED))
    assert WRITES[name] <= set(written)
    for table in written:
        again = act(name, life)
        before = digest(admin, besides=COUNTED)
        with refusing(admin, table):
            answer = again.done()
        assert answer.status_code >= 400, table
        assert answer.mimetype == "application/problem+json", table
        assert "refused by the test" not in answer.get_data(as_text=True)
        assert changed(before, digest(admin, besides=COUNTED)) == [], f"{table} refused"
        assert again.done().status_code in (200, 201, 202, 204), "once it is mended, it goes through"


def test_a_conversation_its_team_and_its_reminder_come_together_with_the_step(life: Life, admin: Admin) -> None:
    ana, ids = life.practice.ana, life.ids
    concern = ana.opens_a_concern({"id": ids["case_id"]})
    told: dict[str, Any] = {
        "direction": "outbound",
        "channel": "email",
        "party": "teacher",
        "occurred_at": life.practice.clock().isoformat(),
    }
    told |= {"summary": "Who reads?", "awaiting_reply": True, "team_member_ids": [ids["team_member_id"]]}
    talk: dict[str, Any] = {
        "step": "talk_to_teacher",
        "our_understanding": "A reader.",
        "why_we_ask": "None came.",
        "communication": told,
    }
    talk |= {"skip_reason": "Seen by Ana herself."}
    before = digest(admin, besides=COUNTED)
    for table in ("communications", "communication_team_members", "concern_steps", "concerns", "reminders", "audit_entries"):
        with refusing(admin, table):
            answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", talk)
        assert (answer.status_code >= 400, answer.mimetype) == (True, "application/problem+json")
        assert changed(before, digest(admin, besides=COUNTED)) == [], f"{table} refused"
    assert ana.ask("POST", f"/concerns/{concern['id']}/steps", talk).status_code == 201
