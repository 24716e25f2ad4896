"""A mail is sent at least once under one Message-ID, whatever the mail server does; what cannot be sent is kept and seen."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy

from mail import post
from mail.post import SmtpPost
from mail.render import Sender
from models.link import Links
from models.message import LEASE
from scheduling import messages
from scheduling.worker import Config, Worker
from tests.cast import Staff
from tests.conftest import BASE_URL, SECRET, Clock, free_port
from tests.promises.conftest import Admin, StartsWorker
from tests.promises.mail_servers import CUT, DRIBBLE, HANG, LOSE_THE_ANSWER, MailServer, Manner, mail_server
from tests.promises.processes import wait_until
from tests.promises.racing import at_once, problem

MINUTES_BETWEEN = [1, 5, 15, 60, 240, 720, 1440]


@dataclass
class Outbox:
    """The mail of one practice, and a worker that sends it by a mail server of the test's choice."""

    engine: sqlalchemy.Engine
    clock: Clock
    ana: Staff
    practice_id: UUID

    def worker(self, url: str) -> Worker:
        return Worker(self.engine, self.clock, SmtpPost(url), Config(Sender(Links([SECRET], BASE_URL), "us@practice.example")))

    def gets(self, many: int = 1) -> None:
        """Reminders come due, and a message is written for each."""
        case = self.ana.opens_a_case()
        for number in range(many):
            due_at = (self.clock() - timedelta(minutes=many - number)).isoformat()
            self.ana.post("/reminders", {"case_id": case["id"], "title": f"Call number {number}", "due_at": due_at})
        self.worker("smtp://nowhere.example").fire_reminders()

    def sends(self, server: MailServer | str) -> int:
        url = server if isinstance(server, str) else server.url
        return messages.send(self.worker(url), self.practice_id)

    def shows(self, **filters: str) -> list[Any]:
        """What GET /messages shows of the reminders' mails, the oldest first."""
        query = "".join(f"&{name}={value}" for name, value in filters.items())
        return self.ana.everything(f"/messages?kind=reminder_due{query}")[::-1]


@pytest.fixture
def outbox(engine: sqlalchemy.Engine, clock: Clock, ana: Staff, olga: Staff) -> Outbox:
    return Outbox(engine, clock, ana, UUID(olga.get("/practice")["id"]))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of a sending, in proportion and short, so that a test need not wait for them."""
    monkeypatch.setattr(post, "STEP_SECONDS", 0.8)
    monkeypatch.setattr(post, "WHOLE_SECONDS", 2)


def counted(most: int, then: str, usual: str) -> Callable[[], str]:
    """Says `usual` so many times, and `then` from there on."""
    left = iter(range(most))
    return lambda: usual if next(left, None) is not None else then


# A server that cannot be used, or not now.


def test_while_nobody_listens_it_is_tried_again_ever_later_and_then_kept_as_failed(outbox: Outbox, clock: Clock) -> None:
    outbox.gets()
    nobody = f"smtp://127.0.0.1:{free_port()}"
    for attempt, minutes in enumerate(MINUTES_BETWEEN, start=1):
        assert outbox.sends(nobody) == 1
        [message] = outbox.shows()
        assert (message["state"], message["attempts"]) == ("queued", attempt)
        assert datetime.fromisoformat(message["due_at"]) == clock() + timedelta(minutes=minutes)
        clock.move(minutes=minutes, seconds=-1)
        assert outbox.sends(nobody) == 0, "not before its time"
        clock.move(seconds=1)
    assert outbox.sends(nobody) == 1
    clock.move(days=30)
    assert outbox.sends(nobody) == 0, "after the last attempt it rests"
    assert [(m["state"], m["attempts"]) for m in outbox.shows(state="failed")] == [("failed", 8)]


REFUSALS = {
    "hangs after accept": {"GREETING": HANG},
    "hangs after the content": {"CONTENT": HANG},
    "cuts the line at once": {"GREETING": CUT},
    "is shutting down": {"GREETING": "421 closing"},
    "is not ready for mail": {"MAIL": "451 later"},
    "greylists": {"RCPT": "450 try again later"},
    "takes no data now": {"DATA": "421 closing"},
    "has no room": {"CONTENT": "452 no room"},
    "cuts the line at the content": {"CONTENT": CUT},
}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("manners", REFUSALS.values(), ids=REFUSALS.keys())
def test_what_a_server_does_not_take_now_is_sent_later(manners: dict[str, Manner], outbox: Outbox, clock: Clock) -> None:
    outbox.gets()
    with mail_server(**manners) as bad:
        outbox.sends(bad)
        assert not bad.mails
    [message] = outbox.shows()
    assert (message["state"], message["attempts"]) == ("queued", 1)
    assert "@" not in message["last_error"]
    clock.move(minutes=1)
    with mail_server() as good:
        outbox.sends(good)
    assert good.ids() == [f"<{message['id']}@practice.example>"]
    assert [(m["state"], m["attempts"], m["last_error"]) for m in outbox.shows()] == [("sent", 2, None)]


@pytest.mark.parametrize("manners", [{"RCPT": "550 no such user"}, {"CONTENT": "554 looks like spam"}])
def test_what_a_server_refuses_for_good_is_failed_at_once(manners: dict[str, Manner], outbox: Outbox) -> None:
    outbox.gets()
    with mail_server(**manners) as bad:
        outbox.sends(bad)
    assert [(m["state"], m["attempts"]) for m in outbox.shows()] == [("failed", 1)]


FAULTS_OF_THE_INSTALLATION = {
    "no service here": {"GREETING": "554 no SMTP service here"},
    "a wrong password": {"EHLO": "250-hello\r\n250 AUTH PLAIN", "AUTH": "535 credentials invalid"},
    "a sender it does not know": {"MAIL": "530 authentication required"},
}


@pytest.mark.parametrize("manners", FAULTS_OF_THE_INSTALLATION.values(), ids=FAULTS_OF_THE_INSTALLATION.keys())
def test_a_fault_of_the_installation_fails_no_message_for_good(manners: dict[str, Manner], outbox: Outbox) -> None:
    """An expired SMTP password is mended in an hour: the mails of that hour must then go out by themselves."""
    outbox.gets()
    with mail_server(**manners) as bad:
        outbox.sends(bad.url.replace("smtp://", "smtp://us:secret@" if "AUTH" in manners else "smtp://"))
    assert [(m["state"], m["attempts"]) for m in outbox.shows()] == [("queued", 1)]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("verb", ["GREETING", "EHLO", "CONTENT"])
def test_a_server_that_dribbles_holds_nobody_longer_than_the_whole_limit(verb: str, outbox: Outbox) -> None:
    outbox.gets()
    with ThreadPoolExecutor(1) as threads, mail_server(**{verb: DRIBBLE}) as slow:
        sending = threads.submit(outbox.sends, slow)
        assert sending.result(timeout=10) == 1
    assert [(m["state"], m["attempts"]) for m in outbox.shows()] == [("queued", 1)]


# Once, at least once, and under one name.


def test_a_line_cut_after_the_mail_was_taken_sends_it_once(outbox: Outbox, clock: Clock) -> None:
    outbox.gets()
    with mail_server(CONTENT=f"250 taken, {CUT}") as server:
        outbox.sends(server)
        clock.move(days=1)
        assert outbox.sends(server) == 0
        assert len(server.ids()) == 1
    assert [(m["state"], m["attempts"]) for m in outbox.shows()] == [("sent", 1)]


def test_a_lost_answer_sends_the_same_text_again_under_the_same_message_id(outbox: Outbox, clock: Clock) -> None:
    outbox.gets()
    with mail_server(CONTENT=counted(1, "250 taken", LOSE_THE_ANSWER)) as server:
        outbox.sends(server)
        clock.move(days=1)
        outbox.sends(server)
        first, again = server.mails
    assert first.as_bytes() == again.as_bytes()
    assert first["Message-ID"] == f"<{outbox.shows()[0]['id']}@practice.example>"


def test_a_server_that_takes_three_and_dies_gets_the_rest_later(outbox: Outbox, clock: Clock) -> None:
    outbox.gets(10)
    with mail_server(CONTENT=counted(3, CUT, "250 taken"), GREETING=counted(4, CUT, "220 ready")) as dying:
        assert outbox.sends(dying) == 10
        assert [m["state"] for m in outbox.shows()] == ["sent"] * 3 + ["queued"] * 7
    clock.move(minutes=1)
    with mail_server() as good:
        outbox.sends(good)
    ids = dying.ids() + good.ids()
    assert sorted(ids) == sorted(f"<{m['id']}@practice.example>" for m in outbox.shows(state="sent"))
    assert len(set(ids)) == 10


# One bad message.


def test_a_message_that_cannot_be_written_fails_alone_and_can_be_tried_again(outbox: Outbox, admin: Admin) -> None:
    """Red without `except Exception` around `render` in `scheduling.messages`."""
    outbox.gets(3)
    bad = outbox.shows()[1]
    facts = spoil(admin, bad["id"])
    with mail_server() as server:
        outbox.sends(server)
        assert [m["state"] for m in outbox.shows()] == ["sent", "failed", "sent"]
        assert [m["id"] for m in outbox.shows(state="failed")] == [bad["id"]]

        admin.execute("update messages set facts = %s::text::jsonb where id = %s", [facts, bad["id"]])
        again = outbox.ana.post(f"/messages/{bad['id']}/retry")
        assert (again["state"], again["attempts"]) == ("queued", 0)
        outbox.sends(server)
        assert server.ids()[-1] == f"<{bad['id']}@practice.example>"
    assert {m["state"] for m in outbox.shows()} == {"sent"}
    assert problem(outbox.ana.ask("POST", f"/messages/{bad['id']}/retry")) == "conflict"


def test_a_message_that_kills_its_sender_again_and_again_ends(outbox: Outbox, admin: Admin) -> None:
    """Red without `message.is_spent` in `scheduling.messages.send`: nobody comes back to say that the last attempt failed."""
    outbox.gets()
    admin.execute(
        "update messages set state = 'sending', attempts = 8, lease_number = 8, due_at = %s where id = %s",
        [outbox.clock() - timedelta(minutes=1), outbox.shows()[0]["id"]],
    )
    with mail_server() as server:
        outbox.sends(server)
        assert server.ids() == []
    assert [(m["state"], m["attempts"]) for m in outbox.shows()] == [("failed", 8)]


def test_a_mail_of_a_case_that_ends_holds_its_case_first(outbox: Outbox, admin: Admin) -> None:
    """As whoever records something does. Red where what is spent is ended while its row is held: a deadlock."""
    case = outbox.ana.opens_a_case()
    said = {"case_id": case["id"], "party": "client", "to_client": True, "subject": "News", "text": "We filed it."}
    sent = outbox.ana.post("/communications/send", said)
    spent = "update messages set state = 'sending', attempts = 8, due_at = %s where communication_id = %s"
    admin.execute(spent, [outbox.clock() - timedelta(minutes=1), sent["id"]])
    with ThreadPoolExecutor(1) as threads:
        with admin.transaction():
            admin.execute("select from cases where id = %s for update", [case["id"]])
            sending = threads.submit(outbox.sends, "smtp://nowhere.example")
            while not admin.execute("select from pg_locks where not granted").fetchall():
                assert not sending.done()
            admin.execute("select from messages where communication_id = %s for update", [sent["id"]])
        assert sending.result() == 1
    assert outbox.ana.get(f"/communications/{sent['id']}")["delivery"] == "failed"
    assert [row["title"] for row in outbox.ana.reminders(case_id=case["id"])] == ["A mail did not arrive"]


# Leases.


def test_the_attempt_counts_at_the_claim_and_a_lapsed_lease_is_claimed_again(outbox: Outbox, clock: Clock) -> None:
    """Red without `self.attempts += 1` in `Message.claim`."""
    outbox.gets()
    seen: list[Any] = []

    def look() -> str:
        seen.extend(outbox.shows())
        return "250 taken"

    with mail_server(CONTENT=look) as server:
        outbox.sends(server)
    assert [(m["state"], m["attempts"]) for m in seen] == [("sending", 1)]
    assert datetime.fromisoformat(seen[0]["due_at"]) == clock() + LEASE


def test_workers_that_claim_at_once_send_each_message_once(outbox: Outbox) -> None:
    """Red without `.with_for_update(skip_locked=True)` in `Message.claimable`."""
    outbox.gets(60)
    with mail_server() as server:
        tried = at_once(*(lambda: outbox.sends(server) for _ in range(6)))
    assert sum(tried) == 60
    assert sorted(server.ids()) == sorted(f"<{m['id']}@practice.example>" for m in outbox.shows(state="sent"))


def test_a_worker_that_lost_its_lease_writes_no_outcome(outbox: Outbox, admin: Admin) -> None:
    """Red without `Message.lease_number == self.lease_number` in `Message._while_leased`."""
    outbox.gets()
    message_id = outbox.shows()[0]["id"]

    def meanwhile() -> str:
        admin.execute("update messages set lease_number = lease_number + 1 where id = %s", [message_id])
        return "250 taken"

    with mail_server(CONTENT=meanwhile) as server:
        outbox.sends(server)
    assert [(m["state"], m["sent_at"]) for m in outbox.shows()] == [("sending", None)]


def test_a_worker_whose_lease_another_took_gives_nothing_back(outbox: Outbox, admin: Admin) -> None:
    """Red without `Message.lease_owner == self.lease_owner` in `Message._while_leased`, when the numbers agree."""
    outbox.gets()
    message_id = outbox.shows()[0]["id"]

    def meanwhile() -> str:
        admin.execute("update messages set lease_owner = gen_random_uuid() where id = %s", [message_id])
        return "451 later"

    with mail_server(CONTENT=meanwhile) as server:
        outbox.sends(server)
    assert [(m["state"], m["last_error"]) for m in outbox.shows()] == [("sending", None)]


# A real worker and a server that hangs.


def test_a_stuck_mail_server_stops_no_reminder_and_holds_no_transaction(
    ana: Staff, admin: Admin, superuser: Admin, starts_worker: StartsWorker
) -> None:
    """Red when the ticks share one thread, or when the sending stands inside the claim's transaction."""
    case = ana.opens_a_case()
    with mail_server(GREETING=HANG) as stuck:
        program = starts_worker(stuck)
        ana.post("/reminders", {"case_id": case["id"], "title": "First", "due_at": "2026-10-01T16:00:00Z"})
        wait_until(lambda: stuck.calls, why=lambda: program.said)

        ana.post("/reminders", {"case_id": case["id"], "title": "Second", "due_at": "2026-10-01T16:00:00Z"})
        wait_until(lambda: sorted(ana.due()) == ["First", "Second"], within=5)
        for _ in range(30):
            assert idle_in_transaction(superuser) == []
            time.sleep(0.05)
        assert program.runs
        assert fresh_heartbeat(admin)


def spoil(admin: Admin, message_id: str) -> str:
    """Facts that do not fit the template; gives those that did."""
    found = admin.execute("select facts::text from messages where id = %s", [message_id]).fetchone()
    assert found is not None
    admin.execute("update messages set facts = '{}' where id = %s", [message_id])
    return str(found["facts"])


def idle_in_transaction(superuser: Admin) -> list[Any]:
    """Backends that sit in a transaction for longer than any of ours should, on a busy machine too."""
    return superuser.execute(
        "select pid, query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"
        " and state_change < clock_timestamp() - interval '1 second'"
    ).fetchall()


def fresh_heartbeat(admin: Admin) -> bool:
    found = admin.execute("select max(beat_at) as beat_at from heartbeats where beat_at <= now() + interval '1 s'").fetchone()
    return found is not None and datetime.now(UTC) - found["beat_at"] < timedelta(seconds=15)
