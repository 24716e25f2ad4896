"""What was promised to a student in minutes, and what of it was given: each support through the versions of the IEP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from domain.calendar import Period
from domain.deadlines import GENERAL
from domain.delivery import (
    BOTH_COUNTED,
    SOURCES_DIFFER,
    Contradiction,
    Entry,
    PeriodOwed,
    Said,
    ShortBy,
    Sums,
    Support,
    contradictions,
    is_consult,
    rule_in_words,
)
from domain.refusal import FieldError, Invalid
from domain.wall_clock import local_date
from models.iep_version import IepVersion
from models.practice import Practice
from models.promised import Version, versions_of
from models.provision import Provision
from models.school_calendar import DistrictCalendar
from models.student import Student
from models.support_record import NOTHING, Records, records_of
from models.transaction import Transaction

CONTACTS = ("direct", "consult")
# Of a window that is asked for.
MOST_YEARS = 20
OWN_SPAN = "No whole window was asked for: what was left out is from the first day that is promised, or up to today."
RUNS_PAST_TODAY = "The window runs past today: what is still to come is owed here as if it were over."
AS_IF_IN_FORCE = "This version is a draft, which owes nothing: it is counted as if it were put in force."
CHANGED = (
    "Several versions of the IEP promise it in this window, each in its own days and with its own minutes. One that was "
    "superseded is owed until the day before the next one is in effect."
)
SEVERAL_SOURCES = "More than one source has entries for a day, and all of them are counted: see `contradictions`."


@dataclass(frozen=True, kw_only=True)
class VersionDelivered(Sums):
    """The part of one version: its days in the window, and the sums of these days."""

    version: Version

    @property
    def rule(self) -> str:
        return rule_in_words(self.version.owing)


@dataclass(frozen=True)
class PeriodOfVersion:
    """A period, and which provision owes what of it."""

    provision_id: UUID
    period: PeriodOwed

    @property
    def owed(self) -> float:
        """To the hundredth; `owed_exactly` is the fraction that is added."""
        return float(round(self.period.owed, 2))

    @property
    def owed_exactly(self) -> str:
        return str(self.period.owed)


class Beside(NamedTuple):
    """What was said in words alone, and what the log has of its day."""

    said: Said
    log: Sequence[Entry]


@dataclass(frozen=True, kw_only=True)
class Delivered(Sums):
    """One support over a window, in whichever versions; what it is called stands in `provision`, a row."""

    support_id: UUID
    provision: Any
    versions_of_support: Sequence[Version]
    support: Support
    records: Records
    today: date
    calendar_id: UUID | None

    # No whole window was asked for: it is the provision's own span, up to today.
    is_own_span: bool
    general: ClassVar[str] = GENERAL

    @property
    def window(self) -> Period:
        return Period(self.from_on, self.to_on)

    @property
    def ends_in_future(self) -> bool:
        return self.to_on > self.today

    @property
    def notes(self) -> list[str]:
        """What somebody who reads the sums has to know of the window and the version."""
        said = {
            OWN_SPAN: self.is_own_span,
            RUNS_PAST_TODAY: self.ends_in_future,
            AS_IF_IN_FORCE: self.provision.state == "draft",
            CHANGED: len(self.versions) > 1,
            SEVERAL_SOURCES: any(one.kind in (SOURCES_DIFFER, BOTH_COUNTED) for one in self.contradictions),
        }
        return [note for note, holds in said.items() if holds]

    @property
    def contact(self) -> str:
        return CONTACTS[is_consult(self.provision.kind, self.provision.text, self.provision.setting)]

    @property
    def claimed(self) -> int:
        """Compensatory minutes that the family has claimed so far, whatever the window."""
        return self.records.claimed

    @cached_property
    def by_week(self) -> list[Sums]:
        return self.support.by_week(self.window)

    @cached_property
    def by_month(self) -> list[Sums]:
        return self.support.by_month(self.window)

    @cached_property
    def versions(self) -> list[VersionDelivered]:
        """Those that promise it in the window, in order, each in its own days of it."""
        found = []
        for version in self.versions_of_support:
            if version.owing.meets(self.window):
                days = Period(max(version.owing.from_on, self.from_on), min(version.owing.to_on, self.to_on))
                sums = Support([version.owing], self.support.logged(days)).sums(days)
                found.append(VersionDelivered(**vars(sums), version=version))
        return found

    @cached_property
    def periods(self) -> list[PeriodOfVersion]:
        return [
            PeriodOfVersion(version.row.provision_id, period)
            for version in self.versions_of_support
            for period in version.owing.periods(self.window)
        ]

    @property
    def rule(self) -> str:
        met = [version for version in self.versions_of_support if version.owing.meets(self.window)]
        named = next((v for v in self.versions_of_support if v.row.provision_id == self.provision.provision_id), None)
        return rule_in_words((named if named in met or not met else met[-1]).owing) if named else ""

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        return contradictions(self.support.logged(self.window), self.records.said)

    @cached_property
    def beside(self) -> list[Beside]:
        """What was said about a day of the log without a yes or a no, each with what the log has of the day."""
        found = (Beside(said, self.support.logged(Period(said.on, said.on))) for said in self.records.words)
        return [one for one in found if one.log and one.said.on in self.window]


@dataclass(frozen=True)
class Totals:
    """Of several supports, each with what it is short of: more than was owed of one makes up for no other."""

    supports: int
    owed: int
    delivered: int
    made_up: int
    short: int
    short_by: ShortBy
    outside: int
    # How many of them owe nothing that can be counted.
    uncounted: int

    @classmethod
    def of(cls, supports: Sequence[Delivered]) -> "Totals":
        by = [one.short_by for one in supports if one.short_by]
        return cls(
            supports=len(supports),
            owed=sum(one.owed or 0 for one in supports),
            delivered=sum(one.delivered for one in supports),
            made_up=sum(one.made_up for one in supports),
            short=sum(one.short or 0 for one in supports),
            short_by=ShortBy(
                sum(one.student_absent for one in by), sum(one.missed for one in by), sum(one.unaccounted for one in by)
            ),
            outside=sum(one.outside for one in supports),
            uncounted=sum(one.reason is not None for one in supports),
        )


@dataclass(frozen=True)
class StudentDelivered:
    """Everything that is promised to a student in a window: each support once."""

    student_id: UUID
    from_on: date
    to_on: date
    today: date
    calendar_id: UUID | None
    supports: Sequence[Delivered]
    claimed: int
    is_own_span: bool
    general: ClassVar[str] = GENERAL

    @property
    def ends_in_future(self) -> bool:
        return self.to_on > self.today

    @property
    def notes(self) -> list[str]:
        """What somebody who reads the sums has to know of the window."""
        return [note for note, holds in {OWN_SPAN: self.is_own_span, RUNS_PAST_TODAY: self.ends_in_future}.items() if holds]

    @cached_property
    def direct(self) -> Totals:
        return Totals.of([one for one in self.supports if one.contact == "direct"])

    @cached_property
    def consult(self) -> Totals:
        return Totals.of([one for one in self.supports if one.contact == "consult"])


def of_provision(
    work: Transaction, provision: Provision, practice: Practice, from_on: date | None = None, to_on: date | None = None
) -> Delivered:
    """The support of a provision over a window; without one, over the provision's own span up to today."""
    version = work.find(IepVersion, provision.iep_version_id)
    file = _File.of(work, version.student_id, practice, support_id=provision.support_id or provision.id, draft_id=version.id)
    [support_id] = file.versions
    named = next(one for one in file.versions[support_id] if one.row.provision_id == provision.id)
    window = _window([named], file.today, from_on, to_on)
    return file.delivered(support_id, window, named=named, is_own_span=from_on is None or to_on is None)


def of_student(
    work: Transaction, student: Student, practice: Practice, from_on: date | None = None, to_on: date | None = None
) -> StudentDelivered:
    """Everything promised to a student; without a window, from the first day of what is in force up to today."""
    file = _File.of(work, student.id, practice)
    everything = [version for versions in file.versions.values() for version in versions]
    now = [version for version in everything if file.today in version.owing]
    in_force = [version for version in everything if version.row.state == "in_force"]
    window = _window(now or in_force, file.today, from_on, to_on)
    found = [file.delivered(support_id, window) for support_id in file.versions]
    there = [one for one in found if one.versions or one.support.logged(window)]
    return StudentDelivered(
        student_id=student.id,
        from_on=window.from_on,
        to_on=window.to_on,
        today=file.today,
        calendar_id=file.calendar_id,
        supports=sorted(there, key=lambda one: (one.contact != "direct", one.reason is not None, one.provision.provision_id)),
        claimed=sum(records.claimed for records in file.records.values()),
        is_own_span=from_on is None or to_on is None,
    )


def must_be_shown(from_on: date | None, to_on: date | None, found: Delivered | StudentDelivered) -> None:
    """Raises `Invalid` for a window of more years than anybody has been at school: what is promised daily would be listed for
    centuries. A window that nobody named is as long as it is."""
    if (from_on or to_on) and (found.to_on - found.from_on).days >= MOST_YEARS * 366:
        detail = f"This window is longer than {MOST_YEARS} years: ask for a shorter one."
        raise Invalid(detail, [FieldError(pointer="/to" if to_on else "/from", detail=detail)])


def _window(versions: Sequence[Version], today: date, from_on: date | None, to_on: date | None) -> Period:
    first = min((version.span.from_on for version in versions), default=today)
    last = max((version.span.to_on for version in versions), default=today)
    if from_on is None:
        from_on = first if to_on is None else min(first, to_on)
    return Period(from_on, to_on if to_on is not None else max(from_on, min(today, last)))


@dataclass(frozen=True)
class _File:
    """What is on record of a student, or of one of the supports, read in so many statements however much it is."""

    today: date
    calendar_id: UUID | None
    # By support.
    versions: Mapping[UUID, Sequence[Version]]
    records: Mapping[UUID, Records]

    @classmethod
    def of(
        cls,
        work: Transaction,
        student_id: UUID,
        practice: Practice,
        *,
        support_id: UUID | None = None,
        draft_id: UUID | None = None,
    ) -> "_File":
        student = work.find(Student, student_id)
        district = work.find(DistrictCalendar, student.school_calendar_id) if student.school_calendar_id else None
        calendar = district.days if district else practice.calendar
        return cls(
            today=local_date(work.now, practice.zone),
            calendar_id=student.school_calendar_id,
            versions=versions_of(work, student_id, calendar, support_id=support_id, draft_id=draft_id),
            records=records_of(work, student_id, support_id),
        )

    def delivered(
        self, support_id: UUID, window: Period, *, named: Version | None = None, is_own_span: bool = False
    ) -> Delivered:
        """One support, called as the `named` version calls it, or else as the last does that promises it in the window."""
        versions, records = self.versions[support_id], self.records.get(support_id, NOTHING)
        support = Support([version.owing for version in versions], records.entries)
        met = [version for version in versions if version.owing.meets(window)]
        return Delivered(
            **vars(support.sums(window)),
            support_id=support_id,
            provision=(named or [*versions, *met][-1]).row,
            versions_of_support=versions,
            support=support,
            records=records,
            today=self.today,
            calendar_id=self.calendar_id,
            is_own_span=is_own_span,
        )
