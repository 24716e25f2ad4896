"""What `followthrough inbound-mail` does: a local mail server brings one message, and hears by the exit status what became of
it (sysexits.h), so that it gives up, or tries again, or tells the sender."""

import logging
import os
from collections.abc import Mapping, Sequence
from typing import BinaryIO
from uuid import UUID

from commands.database import refuse_unsafe_login
from commands.serving import now
from commands.settings import SettingsWrong, read
from domain.inbound_address import found_in
from mail import incoming
from models import tenancy
from models.audit_entry import Actor
from models.database import connect
from models.files import Files
from models.receiving import for_each, receive
from models.transaction import Transaction

INBOUND_NEEDS = (
    *("DATABASE_URL", "DATABASE_POOLER", "SECRET_KEY", "SECRET_KEY_PREVIOUS"),
    *("FILES_URL", "DATA_DIR", "INBOUND_MAIL_DOMAIN"),
)
TAKEN, NO_MAIL, NOBODY, TRY_AGAIN = os.EX_OK, os.EX_DATAERR, os.EX_NOUSER, os.EX_TEMPFAIL


def take_in(environ: Mapping[str, str], recipients: Sequence[str], stdin: BinaryIO) -> tuple[int, str]:
    """Takes in the message on standard input: the exit status, and a sentence for the log of the mail server. Whatever goes
    wrong here is no fault of the message: it is to be brought again."""
    # What is said goes to the mail server, which may tell it to whoever wrote.
    logging.disable()
    try:
        return _take_in(environ, recipients, stdin)
    except SettingsWrong as wrong:
        return TRY_AGAIN, " ".join(wrong.sentences)
    except Exception as failed:
        return TRY_AGAIN, f"It could not be kept at this moment ({type(failed).__name__})."
    finally:
        logging.disable(logging.NOTSET)


def _take_in(environ: Mapping[str, str], recipients: Sequence[str], stdin: BinaryIO) -> tuple[int, str]:
    settings = read(environ, *INBOUND_NEEDS)
    domain = settings["INBOUND_MAIL_DOMAIN"]
    if not domain:
        return TRY_AGAIN, "INBOUND_MAIL_DOMAIN is not set: this installation takes no mail in."
    raw = stdin.read(incoming.MOST_BYTES + 1)
    if not raw or len(raw) > incoming.MOST_BYTES:
        return NO_MAIL, f"A message has at least a byte, and at most {incoming.MOST_BYTES // 2**20} MiB."
    addressed = found_in(", ".join(recipients) or incoming.recipients(raw), settings.secret_keys, domain)
    if not addressed:
        return NOBODY, "There is no such address here."
    refuse_unsafe_login(settings["DATABASE_URL"], pooler=settings["DATABASE_POOLER"])
    engine = connect(settings["DATABASE_URL"], pool_size=1, max_overflow=0, prepares=settings.prepares)

    def enter(practice_id: UUID, reading: bool) -> Transaction:
        return Transaction(engine, tenancy.practice(practice_id), now(), by=Actor("mail"), reading=reading)

    message = incoming.read(raw)
    files = Files(settings.files_url)
    found = for_each(addressed, lambda one: receive(enter, files, raw, message, one))
    engine.dispose()
    return (TAKEN, "") if found else (NOBODY, "There is no such address here.")
