"""What the versions of a student's IEP promise, each in its time.

On a day the version owes that was put in force last, of those in effect by then. What no version was before, is owed as the
first one says. A draft owes nothing to anybody; asked for itself, it is counted as if it were put in force.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select

from domain.calendar import Period, SchoolCalendar
from domain.delivery import Owing, Promised
from models.iep_version import IepVersion
from models.prepared import Prepared
from models.provision import Provision
from models.transaction import Transaction


@dataclass(frozen=True)
class Version:
    """A version that promises the support: its provision as a row, and what it owes in its time."""

    row: Any
    owing: Owing

    @property
    def span(self) -> Period:
        """From the first to the last day that the provision names, or else its version; as far as they are named."""
        return Period(self.owing.promised.starts_on, self.owing.promised.ends_on or date.max)


def versions_of(
    work: Transaction,
    student_id: UUID,
    calendar: SchoolCalendar,
    *,
    support_id: UUID | None = None,
    draft_id: UUID | None = None,
) -> dict[UUID, list[Version]]:
    """By support, or of one alone, the versions that promise it, in the order in which they were put in force; and a draft that
    is asked for, as if it were."""
    rows = work.rows(PROMISED, student_id=student_id, support_id=support_id, draft_id=draft_id)
    found: dict[UUID, list[Version]] = {}
    for version in _in_their_time(rows, calendar):
        found.setdefault(version.row.support_id, []).append(version)
    return found


def _in_their_time(rows: Sequence[Any], calendar: SchoolCalendar) -> Iterator[Version]:
    """Each provision with the days on which its version is the one in force."""
    in_order = list({row.iep_version_id: row for row in rows}.values())
    terms: dict[UUID, tuple[date, date]] = {}
    until = date.max
    for version in reversed(in_order):
        terms[version.iep_version_id] = version.effective_from, until
        until = min(until, version.effective_from - timedelta(days=1))
    # What stands first has nothing before it: its provisions are owed from the day that they name.
    held = [one for one in terms.items() if one[1][0] <= one[1][1]]
    if held:
        first_id, (_, last) = min(held, key=lambda one: one[1][0])
        terms[first_id] = date.min, last
    for row in rows:
        if row.provision_id is not None:
            starts_on, ends_on = row.starts_on or row.effective_from, row.ends_on or row.effective_to
            promised = Promised(row.minutes, row.times, row.per, starts_on, ends_on)
            from_on, to_on = terms[row.iep_version_id]
            yield Version(row, Owing(promised, calendar, from_on=from_on, to_on=to_on))


# Which support a provision is, in every version the same; and whether it is the one that is asked for, if one is.
SUPPORT_ID: Any = func.coalesce(Provision.support_id, Provision.id)
_asked = bindparam("support_id", type_=Provision.id.type)
IS_ASKED = or_(_asked.is_(None), _asked == SUPPORT_ID)
# Every version that ever was in force, and the one that is asked for; each with its provisions, if it has any of these.
PROMISED = Prepared(
    select(
        IepVersion.id.label("iep_version_id"),
        *(IepVersion.number, IepVersion.state, IepVersion.effective_from, IepVersion.effective_to),
        Provision.id.label("provision_id"),
        SUPPORT_ID.label("support_id"),
        *(Provision.kind, Provision.text, Provision.minutes, Provision.times, Provision.per, Provision.setting),
        *(Provision.provider_role, Provision.starts_on, Provision.ends_on),
    )
    .select_from(IepVersion)
    .outerjoin(Provision, and_(Provision.iep_version_id == IepVersion.id, IS_ASKED))
    .where(
        IepVersion.student_id == bindparam("student_id"),
        or_(IepVersion.state != "draft", IepVersion.id == bindparam("draft_id", type_=IepVersion.id.type)),
    )
    .order_by(IepVersion.activated_at.asc().nulls_last(), IepVersion.number, Provision.id)
)
