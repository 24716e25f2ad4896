"""How often something may happen within a time, counted in the database: memory would count for each process by itself.

A throttle is a row for what is counted (an account tried from an address, say, as a hash), with the instants of its hits.
One statement counts and decides, under the row's lock, so that of many who come at once no more than the limit get in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ARRAY, TIMESTAMP, Delete, Index, LargeBinary, bindparam, delete, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.prepared import Prepared


@dataclass(frozen=True)
class Limit:
    """At most `most` hits `within` a time, which slides."""

    name: str
    most: int
    within: timedelta

    def key(self, of: str) -> bytes:
        """What is kept of whom it is about."""
        return sha256(f"{self.name}|{of}".encode()).digest()

    def values(self, of: str, now: datetime) -> Mapping[str, object]:
        since, lapses_at = now - self.within, now + self.within
        return {"key": self.key(of), "most": self.most, "since": since, "now": now, "lapses_at": lapses_at}


# Failures count, and what succeeds is taken back: nobody is locked out everywhere, only where the guesses come from.
SIGN_IN_TO_ACCOUNT = Limit("sign-in to account", 10, timedelta(minutes=15))
SIGN_IN_FROM_ADDRESS = Limit("sign-in from address", 30, timedelta(minutes=15))
CODES_OF_ACCOUNT = Limit("codes of account", 30, timedelta(minutes=15))
LINKS_FROM_ADDRESS = Limit("links from address", 30, timedelta(minutes=15))
# For mail that anybody can cause by naming an address: to one address no more than that, all practices together.
MAIL_SOON = Limit("mail to address, soon", 1, timedelta(minutes=10))
MAIL_IN_A_DAY = Limit("mail to address, in a day", 3, timedelta(hours=24))
# Of bookings, and of moving them by their link: a parent books and moves several times, nobody twenty times a day.
BOOKING_MAIL_IN_A_DAY = Limit("mail of bookings to address, in a day", 20, timedelta(hours=24))
# Of what staff mail to teachers: an address of one who has many students is asked for each of them.
COPY_MAIL_IN_A_DAY = Limit("mail of copies to address, in a day", 20, timedelta(hours=24))
STATEMENT_MAIL_IN_A_DAY = Limit("mail of statements to address, in a day", 20, timedelta(hours=24))
PACKET_MAIL_IN_A_DAY = Limit("mail of packets to address, in a day", 20, timedelta(hours=24))
# Of mail that staff send out of cases, to one address, and from one practice; and of what comes in for one case.
CASE_MAIL_IN_A_DAY = Limit("mail of cases to address, in a day", 50, timedelta(hours=24))
CASE_MAIL_OF_PRACTICE = Limit("mail of cases from practice, in a day", 1000, timedelta(hours=24))
INBOUND_OF_CASE = Limit("mail that comes in for case, in a day", 200, timedelta(hours=24))
# Of what comes through contact forms, each counted for one practice: more from one address is kept apart as spam, of spam no
# more is kept, of the rest no more is told by mail.
ENQUIRIES_OF_ADDRESS = Limit("enquiries of address", 5, timedelta(hours=24))
SPAM_KEPT = Limit("spam kept", 500, timedelta(hours=24))
ENQUIRY_MAILS = Limit("mails of enquiries", 30, timedelta(hours=1))


class Throttle(Base):
    __tablename__ = "throttles"
    __table_args__ = (Index("ix_throttles_lapses_at", "lapses_at"),)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    hits: Mapped[list[datetime]] = mapped_column(ARRAY(TIMESTAMP(timezone=True)))
    lapses_at: Mapped[datetime]

    @classmethod
    def lapsed(cls, now: datetime) -> Delete:
        return delete(cls).where(cls.lapses_at < now)


# A row always: whether this hit is within the limit (it is counted then), and the oldest hit that stands in its way; now,
# where those in its way came at this very moment and this statement does not see them yet.
HIT = Prepared(
    text("""
        with kept as (
            insert into throttles as t (key, hits, lapses_at) values (:key, array[cast(:now as timestamptz)], :lapses_at)
            on conflict (key) do update
            set hits = array(select h from unnest(t.hits) h where h > :since order by h) || cast(:now as timestamptz),
                lapses_at = excluded.lapses_at
            where (select count(*) from unnest(t.hits) h where h > :since) < :most
            returning 1
        )
        select exists (select from kept) as is_within,
               coalesce((select min(h) from throttles, unnest(hits) h where key = :key and h > :since), :now) as oldest
    """).bindparams(*(bindparam(name) for name in ("key", "now", "since", "lapses_at", "most"))),
    across_practices=True,
)
TAKE_BACK = Prepared(
    text("update throttles set hits = trim_array(hits, 1) where key = :key and cardinality(hits) > 0 returning 1"),
    across_practices=True,
)
