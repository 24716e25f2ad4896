"""A member's calendar elsewhere: an address that the worker reads now and then, and when its owner is busy by it.

The address is a secret: whoever has it reads the whole calendar. It is kept sealed and never shown again. Of what is read
there, spans of time are kept, and nothing of what they are for.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Delete,
    Index,
    LargeBinary,
    Select,
    Update,
    Uuid,
    any_,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.refusal import Refusal
from models.base import Base
from models.listing import Listing
from models.prepared import Prepared
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

STATES = ("waiting", "ok", "failing")
EVERY = timedelta(minutes=10)
# Longer than any one look may take. And who asks for a look gets one a minute: a lease that has ended is a minute old.
LEASE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
# What is looked at: from so long ago to so far ahead, further than any consultation is offered.
BEHIND, AHEAD = timedelta(days=1), timedelta(days=400)
MOST_OF_ONE_MEMBER = 10
# What is longer is no tag that a server gave in good faith.
LONGEST_TAG = 500


class TooManyCalendars(Refusal):
    """One person has only so many calendars."""


class ExternalCalendar(TenantOwned, Base):
    __tablename__ = "external_calendars"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'ok', 'failing')", name="state"),
        Index("ix_external_calendars_waiting", "next_poll_at"),
        Index("ix_external_calendars_next_poll_at", *unique_in_practice("next_poll_at")),
    )

    staff_id: Mapped[UUID] = refers_to("staff")
    name: Mapped[str]
    sealed_url: Mapped[bytes] = mapped_column(LargeBinary)
    url_hint: Mapped[str]
    state: Mapped[str]
    next_poll_at: Mapped[datetime]
    lease_owner: Mapped[UUID | None]
    lease_number: Mapped[int]
    failures: Mapped[int]
    last_polled_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]

    @classmethod
    def subscribe(
        cls, count: int, *, staff_id: UUID, name: str, hidden_url: bytes, url_hint: str, now: datetime
    ) -> "ExternalCalendar":
        """A calendar to be looked at from now on, beside the `count` that this member has. `url_hint` names its host."""
        if count >= MOST_OF_ONE_MEMBER:
            raise TooManyCalendars(f"A member has at most {MOST_OF_ONE_MEMBER} calendars. Remove one first.")
        row = cls(staff_id=staff_id, name=name, sealed_url=hidden_url, url_hint=url_hint, next_poll_at=now)
        row.state, row.failures, row.lease_number = "waiting", 0, 0
        row.lease_owner = row.last_polled_at = row.last_ok_at = row.last_error = row.etag = row.last_modified = None
        return row

    def ask(self, *, now: datetime) -> None:
        """Looks soon, though it is not its turn: at once, or a minute after the look before."""
        soonest = now if self.last_polled_at is None else max(now, self.last_polled_at + LEASE)
        self.next_poll_at = min(self.next_poll_at, soonest)

    @classmethod
    def rehide(cls, row_id: UUID, hidden_url: bytes) -> Update:
        """The same address, hidden under another key."""
        return update(cls).where(cls.id == row_id).values(sealed_url=hidden_url, version=cls.version + 1)

    @classmethod
    def of(cls, staff_id: UUID) -> Select["ExternalCalendar"]:
        """Those of a member, locked: no look is written meanwhile."""
        return select(cls).where(cls.staff_id == staff_id).order_by(cls.id).with_for_update()


class ExternalBusy(TenantOwned, Base):
    __tablename__ = "external_busy"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="span"),
        Index("ix_external_busy_calendar", *unique_in_practice("external_calendar_id")),
        Index("ix_external_busy_ends_at", *unique_in_practice("ends_at")),
    )
    # What a calendar elsewhere says, replaced when it says something else.
    is_audited = False

    external_calendar_id: Mapped[UUID] = refers_to("external_calendars")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    @classmethod
    def all_of_calendar(cls, calendar_id: UUID) -> Delete:
        return delete(cls).where(cls.external_calendar_id == calendar_id)


def pause_after(failures: int, luck: float) -> timedelta:
    """How long until the next look: ten minutes, and longer after each failure. `luck` (0 to 1) keeps calendars that began
    together from coming together for ever."""
    pause = min(EVERY * 2 ** min(failures, 10), LONGEST_PAUSE)
    return timedelta(seconds=pause.total_seconds() * (0.9 + 0.2 * luck))


def _claim() -> Any:
    """The one that has waited longest, leased: until the lease ends nobody else looks at it, and what a look comes to later
    than that is not written."""
    due = select(ExternalCalendar.id).where(ExternalCalendar.next_poll_at <= bindparam("now"))
    due = due.order_by(ExternalCalendar.next_poll_at, ExternalCalendar.id).limit(1).with_for_update(skip_locked=True)
    claimed = due.cte("claimed").prefix_with("materialized", dialect="postgresql")
    taken = (
        update(ExternalCalendar)
        .where(ExternalCalendar.id == claimed.c.id)
        .values(
            lease_owner=bindparam("owner"),
            lease_number=ExternalCalendar.lease_number + 1,
            last_polled_at=bindparam("now"),
            next_poll_at=bindparam("lease_until"),
            updated_at=bindparam("now"),
            version=ExternalCalendar.version + 1,
        )
    )
    return taken.returning(
        *(ExternalCalendar.id, ExternalCalendar.staff_id, ExternalCalendar.sealed_url, ExternalCalendar.lease_number),
        *(ExternalCalendar.failures, ExternalCalendar.last_ok_at, ExternalCalendar.etag, ExternalCalendar.last_modified),
    )


def _while_leased(**values: Any) -> Prepared:
    """What a look came to: written by the holder of the lease, and by nobody else. Nothing of it stands in the audit: it is
    what a server said, twice an hour or more, and not what anybody did."""
    held = update(ExternalCalendar).where(
        ExternalCalendar.id == bindparam("calendar"),
        ExternalCalendar.lease_owner == bindparam("owner"),
        ExternalCalendar.lease_number == bindparam("lease"),
    )
    common: dict[str, Any] = {"lease_owner": None, "next_poll_at": bindparam("next_poll_at"), "updated_at": bindparam("now")}
    return Prepared(held.values(**common, version=ExternalCalendar.version + 1, **values).returning(ExternalCalendar.id))


CLAIM = Prepared(_claim())
READ = _while_leased(
    state="ok",
    failures=0,
    last_ok_at=bindparam("now"),
    last_error=bindparam("error"),
    etag=bindparam("etag"),
    last_modified=bindparam("last_modified"),
)
UNCHANGED = _while_leased(state="ok", failures=0, last_ok_at=bindparam("now"))
# The next one is read anew, whatever has not changed: what this one said of the state of things is not true any more.
FAILED = _while_leased(
    state="failing", failures=bindparam("failures"), last_error=bindparam("error"), etag=None, last_modified=None
)
BUSY_OF = Prepared(
    select(ExternalBusy.id, ExternalBusy.starts_at, ExternalBusy.ends_at).where(
        ExternalBusy.external_calendar_id == bindparam("calendar")
    )
)
BUSY_NO_MORE = Prepared(
    delete(ExternalBusy).where(ExternalBusy.id == any_(bindparam("ids", type_=ARRAY(Uuid())))).returning(ExternalBusy.id)
)
CALENDARS_OF = Prepared(select(ExternalCalendar.id).where(ExternalCalendar.staff_id == bindparam("staff_id")))
SEALED = Prepared(select(ExternalCalendar.id, ExternalCalendar.sealed_url).order_by(ExternalCalendar.id))
EXTERNAL_CALENDARS = Listing.of(
    ExternalCalendar, "staff_id", "state", only_of=ExternalCalendar.staff_id == bindparam("only_of")
)
PRACTICES_WITH_CALENDARS = Prepared(
    select(practice_of(ExternalCalendar).label("practice"))
    .where(ExternalCalendar.next_poll_at <= bindparam("now"))
    .group_by(practice_of(ExternalCalendar))
    .order_by(func.min(ExternalCalendar.next_poll_at))
    .limit(bindparam("most")),
    across_practices=True,
)


def tag(said: str | None) -> str | None:
    """A tag of a server, if it is one that can be sent back to it."""
    return said if said and len(said) <= LONGEST_TAG and said.isascii() and said.isprintable() else None
