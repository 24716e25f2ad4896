"""Resets that were asked for: who it is, if anybody, is found out here, so that asking is the same for every address."""

import logging
from uuid import UUID

from models import tenancy
from models.link import hash_of
from models.message import MESSAGE_OF_OCCASION
from models.password import PasswordReset
from models.practice import Practice
from models.staff import MEMBERSHIPS
from models.user import USER_BY_EMAIL
from scheduling.workplace import Workplace

log = logging.getLogger("followthrough.worker")


def mail_resets(worker: Workplace) -> int:
    """Writes the mail of every reset that waits, one at a time; gives how many were looked into."""
    seen = set[UUID]()
    while not worker.stopping.is_set():
        try:
            if not _mail_one(worker, seen):
                break
        except Exception as error:
            # It stays, and would stand before all others in every look of this tick.
            log.error("reset failed", {"error": type(error).__name__})
    return len(seen)


def _mail_one(worker: Workplace, seen: set[UUID]) -> bool:
    """Looks into the oldest that was not `seen` yet; gives whether there was one."""
    with worker.transaction(tenancy.lobby()) as lobby:
        waiting = lobby.all(PasswordReset.waiting(lobby.now, besides=seen))
        if not waiting:
            return False
        reset = waiting[0]
        seen.add(reset.id)
        known = lobby.rows(USER_BY_EMAIL, email_identity=reset.email_identity)
        with worker.transaction(tenancy.lobby(known[0].id if known else None)) as theirs:
            practices = [row.id for row in theirs.rows(MEMBERSHIPS, user=known[0].id)] if known else []
        if not practices:
            # Nobody is at this address, or nobody who could sign in anywhere; it is not kept who asked.
            lobby.delete(reset)
            return True
        link_hash = hash_of(worker.config.sender.links.token("password", practices[0], reset.id))
        with worker.in_practice(practices[0]) as inside:
            # There already, if a worker was killed between the two commits.
            if not inside.rows(MESSAGE_OF_OCCASION, occasion=reset.occasion):
                practice = inside.find(Practice, practices[0])
                inside.add(reset.message(known[0].email, practice, link_hash, now=inside.now))
        reset.mail(known[0].id, link_hash, now=lobby.now)
        lobby.execute(PasswordReset.others_of(known[0].id, reset.id))
    return True
