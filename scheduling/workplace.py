"""What a tick has at hand: a database, a clock, a post, and whether the worker is about to stop."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

import sqlalchemy

from domain.outbound import Allowed
from mail.post import Post
from mail.render import Sender
from models import tenancy
from models.audit_entry import Actor
from models.base import new_id
from models.files import Files
from models.seal import Seal
from models.tenancy import Opening
from models.transaction import Transaction
from scheduling.outbound import Outbound

Clock = Callable[[], datetime]
# Reminders that became messages, of tasks and of consultations; and what became of the messages. `lost_lease`: it came too
# late to say. `withdrawn`: what it told was not so any more.
COUNTED = ("fired", "reminded", "sent", "retried", "failed", "withdrawn", "lost_lease")


@dataclass(frozen=True)
class Config:
    """What the worker is told: how it writes mail, how often it looks, what it may call besides the public Internet, and where
    files lie."""

    sender: Sender
    every: timedelta = timedelta(seconds=1)
    egress_allow: Allowed = ()
    # Where documents lie; without it none is read, and none taken for a stray.
    files: Files | None = None

    @cached_property
    def seal(self) -> Seal:
        return Seal(self.sender.links.keys)


class Workplace:
    """One of any number; its id is its own, since names of hosts are no identity."""

    def __init__(self, engine: sqlalchemy.Engine, clock: Clock, post: Post, config: Config) -> None:
        self.id = new_id()
        self.engine, self.clock, self.post, self.config = engine, clock, post, config
        self.stopping = threading.Event()
        # What it has done since it started, each kept by one tick alone; shown with every heartbeat.
        self.counts = Counter(dict.fromkeys(COUNTED, 0))

    @cached_property
    def outbound(self) -> Outbound:
        """How it calls elsewhere. It reads all certificates of the system: not before there is something to call."""
        return Outbound(self.config.egress_allow)

    def in_practice(self, practice_id: UUID) -> Transaction:
        return self.transaction(tenancy.practice(practice_id))

    def transaction(self, opening: Opening, *, reading: bool = False) -> Transaction:
        return Transaction(self.engine, opening, self.clock(), by=Actor("worker"), reading=reading)
