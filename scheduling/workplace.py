"""What a tick has at hand: a database, a clock, a post, and whether the worker is about to stop."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy

from mail.post import Post
from mail.render import Sender
from models import tenancy
from models.audit_entry import Actor
from models.base import new_id
from models.tenancy import Opening
from models.transaction import Transaction

Clock = Callable[[], datetime]
# Reminders that became messages; and what became of the messages. `lost_lease`: it came too late to say.
COUNTED = ("fired", "sent", "retried", "failed", "lost_lease")


@dataclass(frozen=True)
class Config:
    """What the worker is told: how it writes mail, and how often it looks."""

    sender: Sender
    every: timedelta = timedelta(seconds=1)


class Workplace:
    """One of any number; its id is its own, since names of hosts are no identity."""

    def __init__(self, engine: sqlalchemy.Engine, clock: Clock, post: Post, config: Config) -> None:
        self.id = new_id()
        self.engine, self.clock, self.post, self.config = engine, clock, post, config
        self.stopping = threading.Event()
        # What it has done since it started, each kept by one tick alone; shown with every heartbeat.
        self.counts = Counter(dict.fromkeys(COUNTED, 0))

    def in_practice(self, practice_id: UUID) -> Transaction:
        return self.transaction(tenancy.practice(practice_id))

    def transaction(self, opening: Opening, *, reading: bool = False) -> Transaction:
        return Transaction(self.engine, opening, self.clock(), by=Actor("worker"), reading=reading)
