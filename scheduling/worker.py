"""The worker: APScheduler as a clock with a few interval ticks, and nothing else. What is due is a row.

Any number of workers may run. Each tick finds the practices with something due, commits, then enters one at a time and
claims there with SKIP LOCKED.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy
from apscheduler.schedulers.background import BackgroundScheduler

from mail.post import Post
from models import tenancy
from models.heartbeat import Heartbeat
from models.practice import PRACTICES
from models.prepared import Prepared
from scheduling import (
    booking_reminders,
    check_ins,
    digests,
    document_readings,
    external_calendars,
    housekeeping,
    iep_copies,
    messages,
    packets,
    passwords,
    reminders,
)
from scheduling.workplace import Clock, Config, Workplace

log = logging.getLogger("followthrough.worker")

PRACTICES_AT_ONCE = 50
BEAT_EVERY = timedelta(seconds=5)
# Whether a calendar is due: who asks for a look waits so long at most.
LOOK_EVERY = timedelta(seconds=5)


class Worker(Workplace):
    """Turns what is due into messages, and messages into mail."""

    def __init__(self, engine: sqlalchemy.Engine, clock: Clock, post: Post, config: Config) -> None:
        super().__init__(engine, clock, post, config)
        self._started_at = clock()

    def run(self) -> None:
        """Works until `stop` is called; then ends what is under way and gives back what it has not begun."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = BackgroundScheduler(timezone="UTC")
        for tick, every in (
            (self.beat, BEAT_EVERY),
            (self.fire_reminders, self.config.every),
            (self.fire_booking_reminders, self.config.every),
            (self.plan_check_ins, timedelta(minutes=1)),
            (self.mail_digests, self.config.every),
            (self.mail_resets, self.config.every),
            (self.send_messages, self.config.every),
            # Two look at a time: one that hangs does not hold up all others.
            (self.poll_calendars, LOOK_EVERY),
            (self.poll_calendars, LOOK_EVERY),
            (self.open_ledgers, timedelta(hours=1)),
            # Two read at a time: a document that takes all the time it may have does not hold up all others.
            (self.read_documents, self.config.every),
            (self.read_documents, self.config.every),
            (self.build_packets, self.config.every),
            (self.keep_house, timedelta(hours=1)),
        ):
            scheduler.add_job(
                self._guarded(tick),
                "interval",
                seconds=every.total_seconds(),
                next_run_time=datetime.now(tz=scheduler.timezone),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        scheduler.start()
        log.info("worker started", {"worker": str(self.id)})
        self.stopping.wait()
        scheduler.shutdown(wait=True)
        self._guarded(self.beat_for_the_last_time)()
        log.info("worker stopped", {"worker": str(self.id)})

    def stop(self) -> None:
        self.stopping.set()

    def beat(self) -> None:
        """Shows that it is alive, and what it has done."""
        self._beat(is_last=False)

    def beat_for_the_last_time(self) -> None:
        """Shows that it has stopped by itself, so that nobody misses it."""
        self._beat(is_last=True)

    def _beat(self, *, is_last: bool) -> None:
        with self.transaction(tenancy.queues()) as queues:
            beat = Heartbeat.beat(self.id, started_at=self._started_at, now=queues.now, counts=self.counts, is_last=is_last)
            queues.execute(beat)

    def fire_reminders(self) -> int:
        """Every reminder that is due becomes a message, once; gives how many."""
        return self._in_each_practice(reminders.DUE, reminders.fire)

    def fire_booking_reminders(self) -> int:
        """Every reminder of a consultation that is due becomes two messages, or is dropped; gives how many."""
        return self._in_each_practice(booking_reminders.DUE, booking_reminders.fire)

    def plan_check_ins(self) -> int:
        """The occasions of the next days of every check-in become reminders, once each; gives at how many it looked."""
        return self._in_each_practice(check_ins.DUE, check_ins.plan)

    def mail_digests(self) -> int:
        """Every digest that is due becomes a message, where there is something to say; gives how many were due."""
        return self._in_each_practice(digests.DUE, digests.mail)

    def mail_resets(self) -> int:
        """Every reset that was asked for becomes a message, if somebody signs in with its address; gives how many."""
        return passwords.mail_resets(self)

    def send_messages(self) -> int:
        """Every message that waits is sent, each under a lease; gives how many were tried."""
        return self._in_each_practice(messages.WAITING, messages.send)

    def poll_calendars(self) -> int:
        """Every external calendar that is due is looked at, each under a lease; gives how many."""
        return self._in_each_practice(external_calendars.DUE, external_calendars.poll)

    def open_ledgers(self) -> int:
        """Whoever must have a copy of an IEP must have it anew when a school year has begun; gives how many."""
        return self._in_every_practice(iep_copies.open_for_the_year)

    def read_documents(self) -> int:
        """Every document that is to be read is read, each under a lease; gives how many attempts were made."""
        return self._in_each_practice(document_readings.DUE, document_readings.read) if self.config.files else 0

    def build_packets(self) -> int:
        """Every packet that is to be built is built, each under a lease and one at a time; gives how many were taken on."""
        return self._in_each_practice(packets.DUE, packets.build) if self.config.files else 0

    def keep_house(self) -> int:
        """Takes away what was kept for a time only."""
        with self.transaction(tenancy.queues()) as queues:
            queues.execute(Heartbeat.forgotten(queues.now))
        with self.transaction(tenancy.lobby()) as lobby:
            housekeeping.tidy_lobby(lobby)
        forgotten = self._in_every_practice(housekeeping.forget)
        strays = self._in_every_practice(housekeeping.take_strays) if self.config.files else 0
        return self._in_each_practice(housekeeping.LAPSED, housekeeping.tidy) + forgotten + strays

    def _in_every_practice(self, work: Callable[[Workplace, UUID], int]) -> int:
        """Runs `work` in every practice there is, a little in each and again where something was done: what one of them has
        much of holds up no other."""
        with self.transaction(tenancy.queues(), reading=True) as queues:
            waiting = [row.id for row in queues.rows(PRACTICES)]
        total = 0
        while waiting:
            random.shuffle(waiting)
            done = [(practice_id, self._apart(work, practice_id) or 0) for practice_id in waiting]
            total += sum(count for _, count in done)
            waiting = [practice_id for practice_id, count in done if count]
        return total

    def _in_each_practice(self, due: Prepared, work: Callable[[Workplace, UUID], int]) -> int:
        """Runs `work` in every practice that has something due, until nothing is; each failure is its practice's alone."""
        total, failed = 0, set[UUID]()
        while not self.stopping.is_set():
            done = [(practice_id, self._apart(work, practice_id)) for practice_id in self._practices(due, besides=failed)]
            fresh = {practice_id for practice_id, count in done if count is None}
            # What failed stays due, and would stand before all others in every look.
            failed |= fresh
            total += sum(count or 0 for _, count in done)
            if not fresh and not any(count for _, count in done):
                break
        return total

    def _practices(self, due: Prepared, besides: set[UUID]) -> list[UUID]:
        with self.transaction(tenancy.queues(), reading=True) as queues:
            rows = queues.rows(due, now=queues.now, most=PRACTICES_AT_ONCE + len(besides))
        found = [row.practice for row in rows if row.practice not in besides]
        # Workers that walk the same list in the same order would queue behind one another.
        random.shuffle(found)
        return found

    def _apart(self, work: Callable[[Workplace, UUID], int], practice_id: UUID) -> int | None:
        """How much was done, or None where it failed."""
        if self.stopping.is_set():
            return 0
        try:
            return work(self, practice_id)
        except Exception as error:
            facts = {"tick": work.__name__, "practice": str(practice_id), "error": type(error).__name__}
            log.error("tick failed", facts)
            return None

    def _guarded(self, tick: Callable[[], Any]) -> Callable[[], None]:
        """A tick that fails is written down and comes again: a database that is away must not end the worker."""

        def run() -> None:
            try:
                tick()
            except Exception as error:
                log.error("tick failed", {"tick": tick.__name__, "error": type(error).__name__})

        return run
