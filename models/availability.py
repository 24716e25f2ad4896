"""When a member of staff takes consultations: weekly hours by the clock of a zone, and what of their time is taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Select, Text, UniqueConstraint, Uuid, bindparam, cast, literal, null, or_, select, text, union_all
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from domain.calendar import WEEKDAYS
from domain.slots import Host, Span, Travel, WeeklyHours
from models.availability_override import AvailabilityOverride
from models.base import Base
from models.booking import Booking
from models.consultation_type import ConsultationType
from models.external_calendar import ExternalBusy, ExternalCalendar
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared, columns_of
from models.staff import Staff
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.time_off import TimeOff

if TYPE_CHECKING:
    from models.transaction import Transaction

# Every rule that takes a time away, as the slot engine names them.
RULES = (
    *("notice", "horizon", "daily_limit", "weekly_limit", "monthly_limit", "season_cap", "busy", "held", "time_off"),
    *("external_calendar", "public_holiday", "override"),
)
# Why the hours of a date are what they are.
REASONS = ("override", "public_holiday", "summer", "weekly", "none")
# More than a day of any zone, a meeting and its buffers.
ROOM = timedelta(days=2)
WEEK, MONTH = timedelta(days=7), timedelta(days=31)
# How far back bookings are counted when it is asked whose turn it is.
FAIR_OVER = timedelta(days=91)


class Availability(TenantOwned, Base):
    __tablename__ = "availabilities"
    __table_args__ = (UniqueConstraint(*unique_in_practice("staff_id"), name="uq_availabilities_staff"),)

    staff_id: Mapped[UUID] = refers_to("staff")
    timezone: Mapped[str]
    weekly: Mapped[list[Any]]
    # With defaults, so that a release from before these columns goes on beside this one.
    summer_weekly: Mapped[list[Any] | None]
    travels: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))

    @classmethod
    def of(cls, staff_id: UUID) -> Select["Availability"]:
        return select(cls).where(cls.staff_id == staff_id).with_for_update()


AVAILABILITIES = Listing.of(Availability, "staff_id")

# The hours of everybody who is still in the practice; locked one after the other, so that of two who lock one waits.
_still_here = (
    select(*columns_of(Availability))
    .where(Availability.staff_id.in_(select(Staff.id).where(Staff.ended_at.is_(None))))
    .order_by(Availability.id)
)
HOURS, LOCKED_HOURS = Prepared(_still_here), Prepared(_still_here.with_for_update())


def _taken(rule: Any, model: Any, staff_id: Any, **more: Any) -> Select[Any]:
    """One kind of what takes a host's time, or gives it: all of them in columns of one form."""
    columns = {
        "starts_at": TIMESTAMP(timezone=True),
        "ends_at": TIMESTAMP(timezone=True),
        "buffer_before_minutes": Booking.buffer_before_minutes.type,
        "buffer_after_minutes": Booking.buffer_after_minutes.type,
        "consultation_type_id": Uuid(),
        "date": Date(),
        "hours": JSONB(),
    }
    values = [cast(more.get(name, null()), kind).label(name) for name, kind in columns.items()]
    return select(cast(rule, Text).label("rule"), model.id.label("id"), staff_id.label("staff_id"), *values)


def _moment(name: str) -> Any:
    return bindparam(name, type_=TIMESTAMP(timezone=True))


_all_of_it = union_all(
    _taken(
        Booking.state,
        Booking,
        Booking.host_id,
        starts_at=Booking.starts_at,
        ends_at=Booking.ends_at,
        buffer_before_minutes=Booking.buffer_before_minutes,
        buffer_after_minutes=Booking.buffer_after_minutes,
        consultation_type_id=Booking.consultation_type_id,
    ).where(
        Booking.state != "cancelled",
        Booking.starts_at.between(_moment("counted_since"), _moment("counted_until")),
        # A hold that has lapsed is in nobody's way, although its row is still there.
        or_(Booking.state != "held", Booking.expires_at.is_(None), Booking.expires_at > _moment("now")),
    ),
    _taken(literal("time_off"), TimeOff, TimeOff.staff_id, starts_at=TimeOff.starts_at, ends_at=TimeOff.ends_at).where(
        TimeOff.starts_at < _moment("until"), TimeOff.ends_at > _moment("since")
    ),
    _taken(
        literal("external_calendar"),
        ExternalBusy,
        ExternalCalendar.staff_id,
        starts_at=ExternalBusy.starts_at,
        ends_at=ExternalBusy.ends_at,
    )
    .join(ExternalCalendar, ExternalCalendar.id == ExternalBusy.external_calendar_id)
    .where(ExternalBusy.starts_at < _moment("until"), ExternalBusy.ends_at > _moment("since")),
    _taken(
        literal("override"),
        AvailabilityOverride,
        AvailabilityOverride.staff_id,
        date=AvailabilityOverride.date,
        hours=AvailabilityOverride.hours,
    ).where(
        AvailabilityOverride.date.between(cast(_moment("since"), Date) - 2, cast(_moment("until"), Date) + 2),
    ),
).subquery("taken")
TAKEN = Prepared(select(_all_of_it))
# Rules by which a time is closed that are no booking of ours.
_NO_BOOKING = ("time_off", "external_calendar")


@dataclass(frozen=True)
class Diary:
    """Everybody's hours and what takes their time, around some days: all that the slot engine needs to know.

    What is offered, what is accepted and what is explained is read here, and nowhere else.
    """

    availabilities: Sequence[Any]
    practice: Practice
    holidays: frozenset[date]
    taken: Sequence[Any]

    @classmethod
    def read(
        cls,
        transaction: "Transaction",
        kinds: Collection[ConsultationType],
        since: datetime,
        until: datetime,
        *,
        in_turn: bool = True,
        lock: bool = False,
    ) -> "Diary":
        """What decides on starts from `since` to `until`; `lock` keeps it so until the transaction ends.

        With `in_turn` it reaches back as far as it takes to know whose turn it is. That is spared who shows no hosts.
        """
        availabilities = transaction.rows(LOCKED_HOURS if lock else HOURS)
        practice = transaction.find(Practice, transaction.practice_id)
        counted_since, counted_until = _counted(kinds, since, until, in_turn)
        window = {"since": since - ROOM, "until": until + ROOM, "now": transaction.now}
        # Behind the lock: what another transaction booked while this one waited is seen.
        taken = transaction.rows(TAKEN, **window, counted_since=counted_since, counted_until=counted_until)
        return cls(availabilities, practice, practice.closed_on(since.year - 1, until.year + 1), taken)

    def hosts(self, kind: ConsultationType, *, besides: UUID | None = None) -> list[Host]:
        """Who holds consultations of this type.

        `besides` is the booking that is about to move, or the hold that is about to become one: not in its own way.
        """
        busy: dict[UUID, list[Span]] = {}
        overrides: dict[UUID, dict[date, tuple[tuple[time, time], ...]]] = {}
        for row in self.taken:
            if row.rule == "override":
                overrides.setdefault(row.staff_id, {})[row.date] = tuple(_times(hours) for hours in row.hours)
            elif row.id != besides:
                busy.setdefault(row.staff_id, []).append(_span(row, kind))
        weights, rows = kind.weights, self.members(kind)
        terms = self.practice.calendar.school_years if any(row.summer_weekly is not None for row in self.availabilities) else ()
        found = [
            Host(
                id=row.staff_id,
                timezone=ZoneInfo(row.timezone),
                weekly=_week(row.weekly),
                busy=tuple(busy.pop(row.staff_id, ())),
                overrides=overrides.get(row.staff_id, {}),
                weight=weights.get(row.staff_id, 1),
                summer_weekly=None if row.summer_weekly is None else _week(row.summer_weekly),
                terms=terms,
                holidays=self.holidays,
                travels=tuple(Travel(*_period(travel), ZoneInfo(travel["timezone"])) for travel in row.travels),
            )
            for row in rows
        ]
        return [*found, *_former(busy)] if kind.season_caps else found

    def members(self, kind: ConsultationType) -> list[Any]:
        """The hours of those who hold consultations of this type."""
        return [row for row in self.availabilities if not kind.hosts or row.staff_id in kind.weights]


def hosts(
    transaction: "Transaction",
    kind: ConsultationType,
    since: datetime,
    until: datetime,
    *,
    besides: UUID | None = None,
    in_turn: bool = True,
    lock: bool = False,
) -> list[Host]:
    """Who holds consultations of this type, with all that decides on starts from `since` to `until`; see `Diary`."""
    return Diary.read(transaction, [kind], since, until, in_turn=in_turn, lock=lock).hosts(kind, besides=besides)


def reason(host: Host, day: date) -> str:
    """Which of the REASONS gives a date its hours."""
    if day in host.overrides:
        return "override"
    if day in host.holidays:
        return "public_holiday"
    if not host.usual_hours(day):
        return "none"
    in_term = not host.terms or any(day in term for term in host.terms)
    return "weekly" if in_term or host.summer_weekly is None else "summer"


def _counted(kinds: Collection[ConsultationType], since: datetime, until: datetime, in_turn: bool) -> tuple[datetime, datetime]:
    """From when to when bookings are counted: whole days, weeks, months and seasons of what starts in between."""
    periods = {limit.per for kind in kinds for limit in kind.rules.limits}
    around = MONTH if "month" in periods else WEEK if in_turn or "week" in periods else timedelta(0)
    firsts, lasts = [since - around - (FAIR_OVER if in_turn else timedelta(0))], [until + around]
    for cap in (cap for kind in kinds for cap in kind.season_caps):
        begins, ends = (datetime.combine(day, time(0), UTC) for day in _period(cap))
        if begins < until + ROOM and ends > since - ROOM:
            firsts.append(begins)
            lasts.append(ends)
    return min(firsts) - ROOM, max(lasts) + ROOM


def _span(row: Any, kind: ConsultationType) -> Span:
    if row.rule in _NO_BOOKING:
        return Span(row.starts_at, row.ends_at, rule=row.rule)
    return Span(
        row.starts_at,
        row.ends_at,
        row.buffer_before_minutes,
        row.buffer_after_minutes,
        counts=True,
        rule="held" if row.rule == "held" else "busy",
        same_type=row.consultation_type_id == kind.id,
    )


def _former(busy: Mapping[UUID, list[Span]]) -> list[Host]:
    """Those who hold this type no more, without hours: what they have is counted by a season's cap."""
    of_this_type = {staff_id: tuple(span for span in spans if span.same_type) for staff_id, spans in busy.items()}
    return [Host(staff_id, ZoneInfo("UTC"), (), spans) for staff_id, spans in of_this_type.items() if spans]


def _week(hours: Iterable[Mapping[str, str]]) -> tuple[WeeklyHours, ...]:
    return tuple(WeeklyHours(WEEKDAYS.index(one["weekday"]), *_times(one)) for one in hours)


def _times(hours: Mapping[str, str]) -> tuple[time, time]:
    return time.fromisoformat(hours["start"]), time.fromisoformat(hours["end"])


def _period(said: Mapping[str, str]) -> tuple[date, date]:
    return date.fromisoformat(said["from"]), date.fromisoformat(said["to"])
