"""A mail that came in, as far as it could be read; who speaks in it, and what that settles.

What settles a question by mistake is never asked again: what is not sure is left to people.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple
from uuid import UUID

from domain.delivery_report import Report
from domain.email_address import EmailInvalid, identity, is_of_a_public_provider
from domain.file_type import FileType
from domain.party import CHASED_PARTIES, party_of

# Clocks of mail programs go wrong by minutes.
CLOCKS_DIFFER = timedelta(minutes=10)
_OURS = re.compile(r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@")


class Sender(NamedTuple):
    """Whom it says it is from. It is no proof: the mail itself is the evidence."""

    address: str
    name: str | None

    @property
    def identity(self) -> str:
        return identity(self.address) if self.address else ""

    def has(self, address: str | None) -> bool:
        """Whether an address that we know is theirs."""
        try:
            return bool(address and self.address) and identity(address or "") == self.identity
        except EmailInvalid:
            return False

    def is_of_school(self, team: Iterable[str | None], families: Iterable[str]) -> bool:
        """Whether somebody who is not in the team writes from where its members do, and no parent nor anybody else does: the
        principal's office."""
        theirs = {_domain(address) for address in team if address}
        if not self.address or is_of_a_public_provider(self.address):
            return False
        return _domain(self.address) in theirs - {_domain(address) for address in families}


NOBODY = Sender("", None)


class Original(NamedTuple):
    """What was forwarded: who wrote it first (None: nobody can tell), what it answered, when (by the clock of whoever
    forwarded it, where it has no zone), in which words; whether a program wrote it."""

    sender: Sender | None = None
    answers: tuple[str, ...] = ()
    sent_at: datetime | None = None
    words: str = ""
    is_automatic: bool = False


@dataclass(frozen=True)
class Attachment:
    """A part that is a file; `file_type` is what its bytes are, if documents of a case may be that."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    file_type: FileType | None = None
    why_not: str | None = None


@dataclass(frozen=True)
class Incoming:
    """What could be read of a mail."""

    is_readable: bool = True
    sender: Sender = NOBODY
    # What it forwards. It is heard instead of the mail itself where one of us sent it on: `as_first_written`.
    original: Original | None = None
    is_first_written: bool = False
    subject: str | None = None
    mail_id: str | None = None
    # Whose Message-IDs it answers, the nearest first; of a report, the mail that came back before them.
    answers: tuple[str, ...] = ()
    sent_at: datetime | None = None
    text: str = ""
    own_words: str = ""
    # Why nobody wrote it, where a program did: bounce, automatic.
    automatic: str | None = None
    # What it reports of a mail on its way, for each recipient.
    reports: tuple[Report, ...] = ()
    authentication_results: str | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def is_forward(self) -> bool:
        return self.original is not None

    def as_first_written(self, zone: tzinfo) -> "Incoming":
        """What it forwards, as if that had come itself; by clocks of this zone."""
        first = self.original or Original()
        sent_at = first.sent_at.replace(tzinfo=zone) if first.sent_at and first.sent_at.tzinfo is None else first.sent_at
        heard = {"sender": first.sender or NOBODY, "answers": first.answers or self.answers, "own_words": first.words}
        return replace(self, **heard, sent_at=sent_at, is_first_written=True)  # type: ignore[arg-type]

    @property
    def answered_ids(self) -> list[UUID]:
        """The ids in those Message-IDs that have the form of ours."""
        return list(dict.fromkeys(UUID(found[1]) for one in self.answers if (found := _OURS.match(one))))

    def when(self, now: datetime) -> datetime:
        """When it was written, as far as that can be believed: not in the future, and what comes itself, within a year."""
        days = 366 * (20 if self.is_first_written else 1)
        if self.sent_at is None or not now - timedelta(days=days) <= self.sent_at <= now:
            return now
        return self.sent_at

    def is_written_after(self, instant: datetime, now: datetime) -> bool:
        """Whether it can be about what was said then, as far as its clock can be believed."""
        return instant <= (self.sent_at + CLOCKS_DIFFER if self.sent_at else now)


@dataclass(frozen=True)
class Voice:
    """For whom somebody speaks: for the family, or for the school; with the roles under which they are in the IEP team."""

    is_client: bool
    is_of_school: bool
    roles: tuple[str, ...] = ()

    @classmethod
    def of(cls, writer: Sender, roles: Sequence[str], team: Sequence[str | None], families: Sequence[str]) -> "Voice":
        """`roles` are those of the members who have this address; `team` and `families` are the addresses of each."""
        # A parent is of the IEP team by law, and answers nothing for the school.
        is_client = any(writer.has(address) for address in families)
        is_of_school = not is_client and (bool(roles) or writer.is_of_school(team, families))
        return cls(is_client, is_of_school, tuple(roles))

    @property
    def is_known(self) -> bool:
        """Whether we know them themselves, and not where they work alone."""
        return self.is_client or bool(self.roles)

    def answers_as(self, asked: str) -> tuple[str, bool] | None:
        """As which party they answer what `asked` was asked, and whether that settles it; None: they have no say in it."""
        if not (self.is_of_school or self.is_client):
            return None
        asked_school = asked in CHASED_PARTIES
        party = "client" if self.is_client else asked if asked_school else party_of(self.roles)
        return party, self.is_of_school or not asked_school


def nobody_speaks(incoming: Incoming, *, is_from_us: bool, is_by_us: bool) -> str | None:
    """Why a mail says nothing for anybody: a program wrote it, or one of us, who forwards nobody's words. `is_by_us`: whoever
    wrote first what it forwards is one of us, or nobody can tell."""
    if not incoming.is_readable:
        return "unreadable"
    if incoming.automatic:
        return incoming.automatic
    if is_from_us and is_by_us:
        return "forwarded_by_us" if incoming.is_forward else "from_us"
    return None


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
