"""What was kept for a time only, taken away."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from models import retention
from models.booking import Booking
from models.document import DOCUMENTS_AMONG, NOBODY_TAKES_IN
from models.files import Files
from models.idempotency_key import PRACTICES_WITH_LAPSED_KEYS, IdempotencyKey
from models.inbound_mail import MAILS_AMONG
from models.packet import PACKETS_AMONG, needs
from models.password import PasswordReset
from models.practice import Practice
from models.prepared import Prepared
from models.sign_in import RefreshToken
from models.throttle import Throttle
from models.transaction import Transaction
from scheduling.workplace import Workplace

log = logging.getLogger("followthrough.worker")
LAPSED = PRACTICES_WITH_LAPSED_KEYS
# Far longer than any transaction goes on: the row of a file that came is there by then, or comes never.
STRAY_AFTER = timedelta(hours=1)
STRAYS_AT_ONCE = 100


def tidy(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        return work.execute(IdempotencyKey.lapsed(work.now))


def forget(worker: Workplace, practice_id: UUID) -> int:
    """Some of the people whom this practice has kept for long enough, each with everything that was written of them at once;
    and times that were held for a form. Gives how many rows went: none means that there are no more."""
    with worker.in_practice(practice_id) as work:
        before = work.now - timedelta(days=work.find(Practice, practice_id).retention_days)
        went = work.execute(Booking.lapsed(work.now)) + work.execute(retention.spam_to_forget(work.now))
        went += work.execute(retention.orphans(work.now))
        bookings, enquiries = work.all(retention.bookings_to_forget(before)), work.all(retention.enquiries_to_forget(before))
        if bookings or enquiries:
            work.rows(retention.NOBODY_SEARCHES)
            for statement in retention.forgetting(bookings, enquiries, work.now):
                work.execute(statement)
        return went + len(bookings) + len(enquiries)


def take_strays(worker: Workplace, practice_id: UUID) -> int:
    """Takes away files of documents, previews, mails and packets that are none: what they came with came to nothing, or
    somebody deleted them; and what a packet is made of, once it is. Gives how many."""
    files = worker.config.files
    assert files is not None
    gone = _take_strays(worker, practice_id, files.documents(practice_id), DOCUMENTS_AMONG)
    gone += _take_strays(worker, practice_id, files.previews(practice_id), DOCUMENTS_AMONG)
    gone += _take_strays(worker, practice_id, files.mails(practice_id), MAILS_AMONG)
    gone += _take_strays(worker, practice_id, files.packets(practice_id), PACKETS_AMONG, needs)
    if gone:
        log.info("strays", {"practice": str(practice_id), "files": gone})
    return gone


def _take_strays(
    worker: Workplace,
    practice_id: UUID,
    place: Files,
    among: Prepared,
    needs: Callable[[Any, str], bool] = lambda row, name: True,
) -> int:
    old = place.older_than(worker.clock() - STRAY_AFTER)
    gone = 0
    for begin in range(0, len(old), STRAYS_AT_ONCE):
        named = {name: _id_in(name) for name in old[begin : begin + STRAYS_AT_ONCE]}
        with worker.in_practice(practice_id) as work:
            # Held until the files are gone: an import that began in between would bring them anew, under the same names.
            if not work.rows(NOBODY_TAKES_IN):
                break
            kept = {row.id: row for row in work.rows(among, ids=list({found for found in named.values() if found}))}
            for name in (name for name, found in named.items() if found not in kept or not needs(kept[found], name)):
                with suppress(FileNotFoundError):
                    place.remove(name)
                gone += 1
    return gone


def _id_in(name: str) -> UUID | None:
    """The id that a file is named by, or the folder in which it lies, if it is one of ours: what is half written has another
    name."""
    name = name.partition("/")[0]
    try:
        return UUID(name) if str(UUID(name)) == name else None
    except ValueError:
        return None


def tidy_lobby(lobby: Transaction) -> None:
    """What belongs to no practice: counters that count nothing any more, resets and tokens that nobody can use."""
    lobby.execute(Throttle.lapsed(lobby.now))
    lobby.execute(PasswordReset.lapsed(lobby.now))
    lobby.execute(RefreshToken.lapsed(lobby.now))
