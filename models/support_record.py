"""What is on record about the supports of a student: the log, what was said, what was claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import String, and_, bindparam, case, cast, func, or_, select

from domain.delivery import Contradiction, Entry, Said, contradictions
from models.case import Case
from models.compensatory_claim import CompensatoryClaim
from models.concern import Concern, ConcernStep
from models.observation import Observation
from models.prepared import Prepared
from models.promised import IS_ASKED, SUPPORT_ID
from models.provision import Provision
from models.service_session import ServiceSession, counting
from models.transaction import Transaction

# What a child says when asked about a support that is suspected not to be provided.
_AS_SAID = {"yes": "no", "no": "yes"}


@dataclass(frozen=True)
class Records:
    """What is on record about one support, beside the versions that promise it."""

    entries: Sequence[Entry] = ()
    # What says that it is provided, or is not; and what was said of it without such a word.
    said: Sequence[Said] = ()
    words: Sequence[Said] = ()
    claimed: int = 0


NOTHING = Records()


def records_of(work: Transaction, student_id: UUID, support_id: UUID | None = None) -> dict[UUID, Records]:
    """By support, or of one alone, in three statements."""
    asked = {"student_id": student_id, "support_id": support_id}
    log, said = (_grouped(work.rows(statement, **asked)) for statement in (LOGGED, SAID))
    claimed = {row.support_id: int(row.minutes) for row in work.rows(CLAIMED, **asked)}
    return {
        one: Records(
            entries=[_entry(row) for row in log.get(one, ())],
            said=[_said(row) for row in said.get(one, ()) if row.is_happening],
            words=[_said(row) for row in said.get(one, ()) if not row.is_happening],
            claimed=claimed.get(one, 0),
        )
        for one in {*log, *said, *claimed}
    }


def _grouped(rows: Sequence[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.support_id, []).append(row)
    return found


def contradictions_about(work: Transaction, student_id: UUID, support_id: UUID, since: date) -> list[Contradiction]:
    """What does not go together about a support from a day on, without what was promised."""
    asked = {"student_id": student_id, "support_id": support_id}
    entries = [_entry(row) for row in work.rows(LOGGED, **asked) if row.held_on >= since]
    return contradictions(entries, [_said(row) for row in work.rows(SAID, **asked) if row.is_happening]) if entries else []


def _entry(row: Any) -> Entry:
    return Entry(row.held_on, row.minutes, row.outcome, row.source, row.id, row.reason)


def _said(row: Any) -> Said:
    return Said(row.observed_on, row.is_happening or "", row.source, row.text, row.id, is_of_week=row.is_of_week)


# What counts of the log.
LOGGED = Prepared(
    select(
        *(ServiceSession.id, ServiceSession.held_on, ServiceSession.minutes, ServiceSession.outcome, ServiceSession.source),
        *(ServiceSession.reason, SUPPORT_ID.label("support_id")),
    )
    .join(Provision, Provision.id == ServiceSession.provision_id)
    .where(
        ServiceSession.student_id == bindparam("student_id"),
        *counting(bindparam("student_id")),
        IS_ASKED,
    )
    .order_by(ServiceSession.held_on, ServiceSession.id)
)
# What was said of a support, for itself or for a concern about it. Mediation talk is no evidence (34 CFR 300.506(b)(8)).
_heard = case(
    (Observation.is_happening.is_not(None), Observation.is_happening),
    (
        and_(ConcernStep.step == "ask_child", Concern.kind == "not_provided"),
        case(_AS_SAID, value=ConcernStep.facts["supports_suspicion"].astext),
    ),
)
SAID = Prepared(
    select(
        *(Observation.id, Observation.observed_on, Observation.source, Observation.text, SUPPORT_ID.label("support_id")),
        _heard.label("is_happening"),
        func.coalesce(or_(Observation.check_in_id.is_not(None), ConcernStep.step == "check_in"), False).label("is_of_week"),
    )
    .select_from(Observation)
    .join(Case, Case.id == Observation.case_id)
    .outerjoin(Concern, Concern.id == Observation.concern_id)
    .join(Provision, Provision.id == func.coalesce(Observation.provision_id, Concern.provision_id))
    .outerjoin(
        ConcernStep,
        and_(
            ConcernStep.concern_id == Observation.concern_id,
            ConcernStep.facts["observation_id"].astext == cast(Observation.id, String),
        ),
    )
    .where(
        Case.student_id == bindparam("student_id"),
        Observation.corrected_by_id.is_(None),
        Observation.is_confidential.is_(False),
        IS_ASKED,
    )
    .order_by(Observation.observed_on, Observation.id)
)
CLAIMED = Prepared(
    select(SUPPORT_ID.label("support_id"), func.sum(CompensatoryClaim.minutes).label("minutes"))
    .join(Provision, Provision.id == CompensatoryClaim.provision_id)
    .where(CompensatoryClaim.student_id == bindparam("student_id"), CompensatoryClaim.withdrawn_at.is_(None), IS_ASKED)
    .group_by(SUPPORT_ID)
)
