"""A booking: a consultation at one time with one host. Two bookings of a host never overlap; the database says so."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CheckConstraint,
    Delete,
    Index,
    LargeBinary,
    Select,
    UniqueConstraint,
    and_,
    bindparam,
    column,
    delete,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, column_property, mapped_column

from domain import slots
from domain.refusal import Refusal
from domain.slots import Host, Slot
from models.audit_entry import Actor
from models.base import Base, among
from models.booking_event import BookingEvent
from models.conflict_check import ConflictCheck, latest_check
from models.consultation_type import ConsultationType
from models.listing import Listing
from models.prepared import Prepared, columns_of
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("held", "requested", "confirmed", "cancelled", "completed", "no_show")
# Every state that can become a meeting keeps its time.
KEEPING_STATES = ("held", "requested", "confirmed")
# Those of them that somebody knows of: a hold is nobody's yet, or its address has not been confirmed.
AGREED_STATES = ("requested", "confirmed")
# Within which an address has to be confirmed.
VERIFICATION = timedelta(minutes=30)
NO_OVERLAP = "ex_bookings_no_overlap"


class SlotTaken(Refusal):
    """Somebody else has this time, or it was never offered."""

    def __init__(self, nearest: Sequence[Slot] = (), zone: ZoneInfo | None = None) -> None:
        times = [
            {
                "starts_at": slot.starts_at.astimezone(zone).isoformat(),
                "ends_at": slot.ends_at.astimezone(zone).isoformat(),
            }
            for slot in nearest
        ]
        super().__init__("This time is not free any more. Please choose another one.", nearest=times)


class BookingOver(Refusal):
    """A booking in this state can not, or no longer, be changed in this way."""


class Booking(TenantOwned, Base):
    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("state in ('held', 'requested', 'confirmed', 'cancelled', 'completed', 'no_show')", name="state"),
        # An empty range overlaps nothing.
        CheckConstraint("starts_at < ends_at", name="span"),
        CheckConstraint("state = 'held' or erased_at is not null or (name is not null and email is not null)", name="named"),
        CheckConstraint("state = 'held' or expires_at is null", name="held"),
        ExcludeConstraint(
            *((column(name), "=") for name in unique_in_practice("host_id")),
            (func.tstzrange(column("starts_at"), column("ends_at"), text("'[)'")), "&&"),
            using="gist",
            where="state in ('held', 'requested', 'confirmed')",
            name=NO_OVERLAP,
        ),
        UniqueConstraint(*unique_in_practice("link_hash"), name="uq_bookings_link_hash"),
        Index("ix_bookings_starts_at", *unique_in_practice("starts_at", "id")),
        Index("ix_bookings_case", *unique_in_practice("case_id")),
    )

    consultation_type_id: Mapped[UUID] = refers_to("consultation_types")
    host_id: Mapped[UUID] = refers_to("staff")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    buffer_before_minutes: Mapped[int]
    buffer_after_minutes: Mapped[int]
    timezone: Mapped[str]
    name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    message: Mapped[str | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    sequence: Mapped[int]
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    client_id: Mapped[UUID | None] = refers_to("clients")
    student_id: Mapped[UUID | None] = refers_to("students")
    case_id: Mapped[UUID | None] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    booking_link_id: Mapped[UUID | None] = refers_to("booking_links")
    # A hold lapses; with `is_verification`, it waits until its address is confirmed.
    expires_at: Mapped[datetime | None]
    is_verification: Mapped[bool] = mapped_column(server_default=text("false"))
    # Whether its host was chosen: then a parent moves it to times of this host alone.
    keeps_host: Mapped[bool] = mapped_column(server_default=text("false"))
    # Of what is held: where it comes from.
    source_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    language: Mapped[str] = mapped_column(server_default=text("'en'"))
    consent: Mapped[dict[str, Any] | None]
    erased_at: Mapped[datetime | None]
    if TYPE_CHECKING:
        conflict_check: Any

    def __init__(self, **values: Any) -> None:
        # Nobody has searched for who has only just come.
        super().__init__(**{"conflict_check": None, **values})

    @classmethod
    def book(
        cls,
        kind: ConsultationType,
        hosts: Sequence[Host],
        *,
        starts_at: datetime,
        timezone: str,
        now: datetime,
        state: str = "confirmed",
        host_id: UUID | None = None,
        hold: "Booking | None" = None,
        source: bytes | None = None,
        **said: Any,
    ) -> "Booking":
        """Takes a time that is offered, by the function that offers; `SlotTaken` with the nearest free ones otherwise.

        `said` is name and email, and what else is known of the parent. A `hold` of theirs becomes the booking: it was not in
        its own way. In the state `held` it waits for its address to be confirmed.
        """
        values = {
            **cls.place(kind, hosts, starts_at, timezone, now, host_id=host_id),
            **dict.fromkeys(("phone", "message", "consent", "client_id", "booking_link_id")),
            "answers": [],
            "language": kind.language,
            **said,
            "state": state,
            "is_verification": state == "held",
            "expires_at": now + VERIFICATION if state == "held" else None,
            "keeps_host": host_id is not None,
            "source_hash": source,
        }
        return cls.made(hold, values)

    @classmethod
    def made(cls, hold: "Booking | None", values: Mapping[str, Any]) -> "Booking":
        """A new row with these values, or the `hold` that takes them on."""
        if hold is None:
            later = ("reason", "student_id", "case_id", "concern_id", "erased_at")
            return cls(sequence=0, **dict.fromkeys(later), **values)
        for name, value in values.items():
            setattr(hold, name, value)
        return hold

    @staticmethod
    def first_state(kind: ConsultationType, *, is_known: bool) -> str:
        """How a visitor's booking begins: `is_known` says that its address needs no confirmation, or has it."""
        if kind.verifies_address and not is_known:
            return "held"
        return "requested" if kind.needs_confirmation else "confirmed"

    @staticmethod
    def place(
        kind: ConsultationType,
        hosts: Sequence[Host],
        starts_at: datetime,
        timezone: str,
        now: datetime,
        *,
        host_id: UUID | None = None,
        rather: UUID | None = None,
    ) -> dict[str, Any]:
        """When it is and who hosts it, if that is offered: `host_id` alone, or `rather` this one than whose turn it is."""
        slot = slots.is_free(kind.rules, hosts, now, starts_at, host_id=host_id)
        if slot is None:
            nearest = slots.nearest(kind.rules, hosts, now, starts_at, host_id=host_id)
            raise SlotTaken(nearest, ZoneInfo(timezone))
        return {
            "consultation_type_id": kind.id,
            "host_id": rather if rather in slot.host_ids else slot.host_ids[0],
            "starts_at": slot.starts_at,
            "ends_at": slot.ends_at,
            "buffer_before_minutes": kind.buffer_before_minutes,
            "buffer_after_minutes": kind.buffer_after_minutes,
            "timezone": timezone,
        }

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name else ""

    @property
    def initials(self) -> str:
        """What tells bookings apart where no name may stand: P. P."""
        return initials_of(self.name)

    def can_change(self, now: datetime) -> bool:
        return self.state in AGREED_STATES and now < self.starts_at

    def verify(self, kind: ConsultationType, *, by: Actor, now: datetime) -> list[BookingEvent]:
        """Who got the mail says that the booking is theirs. Again, it changes nothing: links may be followed twice."""
        if self.state != "held":
            return []
        if now >= self.starts_at:
            raise BookingOver("This consultation has begun already.")
        self.state, self.is_verification, self.expires_at = self.first_state(kind, is_known=True), False, None
        self.sequence += 1
        return [BookingEvent.of(self, kind_of_event, by, now=now) for kind_of_event in ("verified", self.state)]

    def confirm(self, *, by: Actor, now: datetime) -> BookingEvent:
        """The practice says yes to a request. Its row is locked: of two who decide, the second finds that it is decided."""
        self._must_be_requested()
        self.must_be_changeable(now)
        self.state = "confirmed"
        return self._changed("confirmed", by, now)

    def decline(self, *, by: Actor, now: datetime, reason: str | None = None) -> BookingEvent:
        """The practice says no, were it only when the time has passed."""
        self._must_be_requested()
        self.state, self.reason = "cancelled", reason
        return self._changed("declined", by, now, reason=reason)

    def reschedule(
        self,
        kind: ConsultationType,
        hosts: Sequence[Host],
        *,
        starts_at: datetime,
        by: Actor,
        now: datetime,
        host_id: UUID | None = None,
        reason: str | None = None,
    ) -> BookingEvent:
        """Moves it to a time that is offered; the invitation's sequence rises, so that calendars move it too."""
        self.must_be_changeable(now)
        was = self.host_id, self.starts_at
        placed = self.place(kind, hosts, starts_at, self.timezone, now, host_id=host_id, rather=self.host_id)
        self.made(self, placed)
        self.reason = reason
        return self._changed("moved", by, now, reason=reason, was=was)

    def is_at(self, starts_at: datetime, host_id: UUID | None) -> bool:
        """Whether it is there already: nobody is told of a move that is none."""
        return starts_at == self.starts_at and host_id in (None, self.host_id)

    def cancel(self, *, by: Actor, now: datetime, reason: str | None = None) -> BookingEvent:
        self.must_be_changeable(now)
        self.state, self.reason = "cancelled", reason
        return self._changed("cancelled", by, now, reason=reason)

    @classmethod
    def ahead_of(cls, host_ids: Sequence[UUID], now: datetime) -> Select["Booking"]:
        """What these hosts have yet to hold, or hold just now, earliest first, locked."""
        ahead = select(cls).where(cls.host_id.in_(host_ids), among(cls.state, KEEPING_STATES), cls.ends_at > now)
        ahead = ahead.where(or_(cls.expires_at.is_(None), cls.expires_at > now))
        return ahead.order_by(cls.starts_at, cls.id).with_for_update()

    @classmethod
    def lapsed(cls, now: datetime) -> Delete:
        """Holds, and what waited for its address in vain: nobody knows of them, and nothing refers to them."""
        return delete(cls).where(cls.state == "held", cls.expires_at <= now)

    def hand_over(self, to: UUID, kept: "Sequence[Booking]", *, by: Actor, now: datetime) -> BookingEvent | None:
        """Gives it to another host at the same time, unless one of the bookings that they have `kept` is in the way."""
        if any(self.starts_at < other.ends_at and other.starts_at < self.ends_at for other in kept):
            return None
        was = self.host_id, self.starts_at
        self.host_id = to
        return self._changed("handed_over", by, now, was=was)

    def complete(self, *, by: Actor, now: datetime) -> BookingEvent:
        """It took place; a request that nobody decided may have, too."""
        self._must_have_begun(now, AGREED_STATES)
        self.state = "completed"
        return BookingEvent.of(self, "completed", by, now=now)

    def miss(self, *, by: Actor, now: datetime) -> BookingEvent:
        """The parent did not come, to what was agreed."""
        self._must_have_begun(now, ("confirmed",))
        self.state = "no_show"
        return BookingEvent.of(self, "no_show", by, now=now)

    @property
    def own_words(self) -> str | None:
        """What the parent wrote: a message, or else the answers to what was asked."""
        answered = [one for one in self.answers or [] if one.get("answer") not in (None, "")]
        return self.message or "\n\n".join(f"{one['question']}\n{_in_words(one['answer'])}" for one in answered) or None

    def becomes_a_file(self) -> None:
        """Refuses to, where it is not known who it was for."""
        if self.name is None or self.email is None or self.state == "held":
            raise BookingOver("Who this was booked for is not known, or not kept any more.")

    def _changed(self, kind: str, by: Actor, now: datetime, **how: Any) -> BookingEvent:
        """What both are told of: calendars take a change from a higher sequence alone."""
        self.sequence += 1
        return BookingEvent.of(self, kind, by, now=now, **how)

    def must_be_changeable(self, now: datetime) -> None:
        if not self.can_change(now):
            raise BookingOver(self._is_over if self.state not in AGREED_STATES else "This consultation has begun already.")

    def _must_be_requested(self) -> None:
        if self.state != "requested":
            raise BookingOver(self._is_over)

    def _must_have_begun(self, now: datetime, states: Sequence[str]) -> None:
        if self.state not in states:
            raise BookingOver(self._is_over)
        if now < self.starts_at:
            raise BookingOver("This consultation has not begun yet.")

    @property
    def _is_over(self) -> str:
        if self.state == "held":
            return "This consultation waits for the address to be confirmed; unless it is, it lapses by itself."
        return f"This consultation is {self.state.replace('_', ' ')}."


def initials_of(name: str | None) -> str:
    return " ".join(f"{part[0].upper()}." for part in (name or "").split()[:3])


def _in_words(answer: Any) -> str:
    """An answer as a person would write it."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return ", ".join(str(one) for one in answer) if isinstance(answer, list) else str(answer)


Booking.conflict_check = column_property(latest_check(ConflictCheck.booking_id, Booking))
# A hold is no booking yet, and a link to what has lapsed works no more.
BOOKING_BY_LINK = Prepared(
    select(Booking.id).where(
        Booking.link_hash == bindparam("link_hash"),
        or_(Booking.state != "held", and_(Booking.is_verification, Booking.expires_at > bindparam("now"))),
    )
)
# Everything that may stand in somebody's calendar, cancelled or not.
BOOKINGS_SINCE = Prepared(select(Booking.id).where(Booking.ends_at > bindparam("since"), Booking.name.is_not(None)))
# A time that is kept for a form is nobody's booking.
BOOKINGS = Listing(
    select(*columns_of(Booking)).where(or_(Booking.state != "held", Booking.is_verification)),
    (Booking.starts_at, Booking.id),
    {
        "state": Booking.state == bindparam("state"),
        "host_id": Booking.host_id == bindparam("host_id"),
        "starts_before": Booking.starts_at < bindparam("starts_before"),
        "starts_after": Booking.starts_at >= bindparam("starts_after"),
    },
)
