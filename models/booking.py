"""A booking: a consultation at one time with one host. Two bookings of a host never overlap; the database says so."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, Index, LargeBinary, Select, UniqueConstraint, bindparam, column, func, select, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain import slots
from domain.refusal import Refusal
from domain.slots import Host, Slot
from models.base import Base, among
from models.case import Case
from models.client import Client
from models.consultation_type import ConsultationType
from models.listing import Listing
from models.message import Message
from models.practice import Practice
from models.prepared import Prepared
from models.staff import Staff
from models.student import Student
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("held", "requested", "confirmed", "cancelled", "completed", "no_show")
# Every state that can become a meeting keeps its time.
KEEPING_STATES = ("held", "requested", "confirmed")
ROOM = timedelta(days=2)
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
    """A booking that was cancelled, held, or missed can no longer be changed in this way."""


class Booking(TenantOwned, Base):
    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("state in ('held', 'requested', 'confirmed', 'cancelled', 'completed', 'no_show')", name="state"),
        # An empty range overlaps nothing.
        CheckConstraint("starts_at < ends_at", name="span"),
        CheckConstraint("state = 'held' or erased_at is not null or (name is not null and email is not null)", name="named"),
        CheckConstraint("(state = 'held') = (expires_at is not null)", name="held"),
        ExcludeConstraint(
            *((column(name), "=") for name in unique_in_practice("host_id")),
            (func.tstzrange(column("starts_at"), column("ends_at"), text("'[)'")), "&&"),
            using="gist",
            where="state in ('held', 'requested', 'confirmed')",
            name=NO_OVERLAP,
        ),
        UniqueConstraint(*unique_in_practice("link_hash"), name="uq_bookings_link_hash"),
        Index("ix_bookings_starts_at", *unique_in_practice("starts_at", "id")),
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
    answers: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    language: Mapped[str] = mapped_column(server_default=text("'en'"))
    consent: Mapped[dict[str, Any] | None]
    erased_at: Mapped[datetime | None]

    @classmethod
    def book(
        cls,
        kind: ConsultationType,
        hosts: Sequence[Host],
        *,
        starts_at: datetime,
        timezone: str,
        name: str,
        email: str,
        now: datetime,
        phone: str | None = None,
        message: str | None = None,
    ) -> "Booking":
        """Takes a time that is offered, by the function that offers; `SlotTaken` with the nearest free ones otherwise."""
        slot = cls._offered(kind, hosts, starts_at, timezone, now)
        return cls(
            consultation_type_id=kind.id,
            host_id=slot.host_ids[0],
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            buffer_before_minutes=kind.buffer_before_minutes,
            buffer_after_minutes=kind.buffer_after_minutes,
            timezone=timezone,
            name=name,
            email=email,
            phone=phone,
            message=message,
            state="confirmed",
            sequence=0,
        )

    @staticmethod
    def _offered(kind: ConsultationType, hosts: Sequence[Host], starts_at: datetime, timezone: str, now: datetime) -> Slot:
        slot = slots.is_free(kind.rules, hosts, now, starts_at)
        if slot is None:
            raise SlotTaken(slots.nearest(kind.rules, hosts, now, starts_at), ZoneInfo(timezone))
        return slot

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name else ""

    def can_change(self, now: datetime) -> bool:
        return self.state in KEEPING_STATES and now < self.starts_at

    def reschedule(self, kind: ConsultationType, hosts: Sequence[Host], *, starts_at: datetime, now: datetime) -> None:
        """Moves it to a time that is offered; the invitation's sequence rises, so that calendars move it too."""
        self._must_be_changeable(now)
        slot = self._offered(kind, hosts, starts_at, self.timezone, now)
        if self.host_id not in slot.host_ids:
            self.host_id = slot.host_ids[0]
        self.starts_at, self.ends_at = slot.starts_at, slot.ends_at
        self.sequence += 1

    def cancel(self, *, now: datetime, reason: str | None = None) -> None:
        self._must_be_changeable(now)
        self.state, self.reason = "cancelled", reason
        self.sequence += 1

    @classmethod
    def ahead_of(cls, host_ids: Sequence[UUID], now: datetime) -> Select["Booking"]:
        """What these hosts have yet to hold, earliest first, locked."""
        ahead = select(cls).where(cls.host_id.in_(host_ids), among(cls.state, KEEPING_STATES), cls.starts_at > now)
        return ahead.order_by(cls.starts_at, cls.id).with_for_update()

    def hand_over(self, to: UUID, kept: "Sequence[Booking]") -> bool:
        """Gives it to another host at the same time, unless one of the bookings that they have `kept` is in the way."""
        if any(self.starts_at < other.ends_at and other.starts_at < self.ends_at for other in kept):
            return False
        self.host_id = to
        self.sequence += 1
        return True

    def complete(self, *, now: datetime) -> None:
        self._must_have_begun(now)
        self.state = "completed"

    def miss(self, *, now: datetime) -> None:
        self._must_have_begun(now)
        self.state = "no_show"

    def convert(self, *, student: Mapping[str, Any], title: str, advocate_id: UUID) -> tuple[Client, Student, Case]:
        """The parent becomes a client, with the child and a case; what was made once is not made again."""
        client = Client(name=self.name, email=self.email, phone=self.phone, timezone=self.timezone)
        child = Student(disabilities=[], **student)
        case = Case.open(client_id=client.id, student_id=child.id, title=title, advocate_id=advocate_id)
        self.client_id, self.student_id, self.case_id = client.id, child.id, case.id
        return client, child, case

    def facts(self, event: str, *, kind: ConsultationType, host: Staff) -> dict[str, Any]:
        """What mails and invitations say of `booked`, `moved` or `cancelled`. No child is named in any of it."""
        return {
            "event": event,
            "consultation": kind.name,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "uid": str(self.id),
            "sequence": self.sequence,
            "parent": {"name": self.name, "email": self.email, "phone": self.phone, "timezone": self.timezone},
            "host": {"name": host.name, "email": host.email},
            "reason": self.reason,
        }

    def messages(self, event: str, *, kind: ConsultationType, host: Staff, practice: Practice, now: datetime) -> list[Message]:
        """The mails to the parent, with the link, and to the host."""
        facts = self.facts(event, kind=kind, host=host)
        occasion, link = f"booking:{self.id}:{self.sequence}", ("bookings", self.id, self.link_hash)
        write = partial(Message.write, now=now, practice=practice, facts=facts)
        return [
            write("booking", to=self.email, occasion=f"{occasion}:parent", link=link),
            write("booking_host", to=host.email, occasion=f"{occasion}:host"),
        ]

    def _must_be_changeable(self, now: datetime) -> None:
        if not self.can_change(now):
            raise BookingOver(
                f"This consultation is {self.state.replace('_', ' ')}."
                if self.state not in KEEPING_STATES
                else "This consultation has begun already."
            )

    def _must_have_begun(self, now: datetime) -> None:
        if self.state not in KEEPING_STATES:
            raise BookingOver(f"This consultation is {self.state.replace('_', ' ')}.")
        if now < self.starts_at:
            raise BookingOver("This consultation has not begun yet.")


# What takes a host's time between two instants, with room on either side for buffers and daily limits.
IN_THE_WAY = Prepared(
    select(
        *(Booking.id, Booking.host_id, Booking.starts_at, Booking.ends_at),
        *(Booking.buffer_before_minutes, Booking.buffer_after_minutes),
    ).where(
        Booking.state != "cancelled",
        Booking.starts_at < bindparam("until") + ROOM,
        Booking.ends_at > bindparam("since") - ROOM,
    )
)
BOOKING_BY_LINK = Prepared(select(Booking.id).where(Booking.link_hash == bindparam("link_hash")))
BOOKINGS = Listing.of(
    Booking,
    "state",
    "host_id",
    order=(Booking.starts_at,),
    starts_before=Booking.starts_at < bindparam("starts_before"),
    starts_after=Booking.starts_at >= bindparam("starts_after"),
)
