"""A concern: one support of the IEP is not provided, or not correctly. It moves by the steps of the playbook."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Select, String, Uuid, bindparam, cast, func, or_, select
from sqlalchemy.orm import Mapped, aliased

from domain import playbook
from domain.follow_up import policy_of
from domain.notices import Copy, Notice, notices
from domain.playbook import NextStep, Outcome
from domain.questions_for_the_child import prompts_for
from domain.refusal import Invalid, Refusal
from domain.step import CORRECT, FactsInvalid
from domain.wall_clock import local_date
from models.base import Base, among
from models.case import Case, same_case
from models.communication import IN_WRITING, Communication
from models.iep_version import IepVersion, same_student
from models.listing import Listing
from models.observation import Observation
from models.practice import Practice
from models.prepared import Prepared, columns_of
from models.provision import Provision
from models.reminder import Reminder
from models.service_session import ServiceSession, counting
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.transaction import Transaction

# Facts that have a column of their own in the history.
KEPT_APART = ("occurred_at", "note", "skip_reason")
# Facts of a step that say since when something is so.
_SINCE = ("noticed_on", "since_on")
# Steps at which the child is asked.
FOR_THE_CHILD = ("ask_child", "check_in")


class TakenMeanwhile(Refusal):
    """Somebody took the same step, with the same answers, while this request waited for its turn."""


@dataclass(frozen=True)
class Taken:
    """A step that was taken: the row of the history, the reminders that it settled and planned, the observation that it
    made, and what is to be looked at again."""

    step: "ConcernStep"
    settled: list[Reminder]
    planned: list[Reminder]
    observation: Observation | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What a concern rests on when it is verified: what was observed for it, and whether a document shows it."""

    observations: Sequence[Observation] = ()
    has_document: bool = False

    def must_hold(self) -> None:
        """Raises `FactsInvalid` where all that is on record was told by another: that is a lead (DOMAIN section 11)."""
        if self.observations and not self.has_document and not any(map(_is_ground, self.observations)):
            detail = "What is on record was told by another, or in mediation: add what somebody saw, or a record."
            raise FactsInvalid(detail, [{"pointer": "/observation_ids", "detail": detail}])


def _is_ground(observation: Observation) -> bool:
    # Mediation talk is confidential, and no evidence later (34 CFR 300.506(b)(8)).
    return observation.weight != "second_hand" and not observation.is_confidential


class Concern(TenantOwned, Base):
    __tablename__ = "concerns"
    __table_args__ = (
        CheckConstraint("kind in ('not_provided', 'provided_incorrectly')", name="kind"),
        Index("ix_concerns_case", *unique_in_practice("case_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    provision_id: Mapped[UUID | None] = refers_to("provisions")
    opened_by_id: Mapped[UUID] = refers_to("staff")
    opened_at: Mapped[datetime]
    kind: Mapped[str]
    what_happened: Mapped[str]
    noticed_on: Mapped[date]
    state: Mapped[str]

    @classmethod
    def open(
        cls,
        *,
        case: Case,
        practice: Practice,
        by: UUID,
        now: datetime,
        kind: str,
        what_happened: str,
        noticed_on: date,
        provision: Provision | None = None,
        version: IepVersion | None = None,
        opened_at: datetime | None = None,
    ) -> tuple["Concern", list[Reminder]]:
        """A suspicion about a `provision` of a `version`, and the reminder to ask the child and to read the wording."""
        same_student(case, version)
        facts = {"kind": kind, "what_happened": what_happened, "noticed_on": noticed_on.isoformat()}
        outcome = playbook.start(facts)
        concern = cls(
            case_id=case.id,
            provision_id=provision.id if provision else None,
            opened_by_id=by,
            opened_at=opened_at or now,
            kind=kind,
            what_happened=what_happened,
            noticed_on=noticed_on,
            state=outcome.state,
        )
        return concern, concern._reminders(outcome, case, practice, concern.opened_at)

    def next_steps(self, done: Collection[str], provision: Provision | None = None) -> tuple[NextStep, ...]:
        """What may be done now, after the steps `done` of this concern; the child is asked what fits the support."""
        steps = playbook.next_steps(self.state, done)
        if not any(step.name in FOR_THE_CHILD for step in steps):
            return steps
        about = (provision.text, provision.kind, provision.provider_role, provision.setting) if provision else (None,)
        prompts = prompts_for(*about)
        return tuple(replace(step, prompts=prompts) if step.name in FOR_THE_CHILD else step for step in steps)

    def open_reminders(self) -> Select["Reminder"]:
        """What a step may settle. A deadline's stand for a day that the law sets, whatever becomes of the concern."""
        return Reminder.all_that_count().where(Reminder.concern_id == self.id, Reminder.deadline_id.is_(None))

    def take(
        self,
        step: str,
        facts: Mapping[str, Any],
        *,
        done: Collection[str],
        open_reminders: Sequence[Reminder],
        communication: Communication | None = None,
        chased: Sequence[Reminder] = (),
        meanwhile: Sequence[Any] = (),
        ground: Ground | None = None,
        kept: Mapping[str, Any] | None = None,
        copies: Sequence[Copy] = (),
        case: Case,
        practice: Practice,
        by: UUID,
        now: datetime,
    ) -> Taken:
        """Takes a step of the playbook: settles first, then plans. Raises the playbook's refusals, having changed nothing.

        `chased` are the open follow-ups in the thread of the `communication` that comes with the step; `meanwhile` is the
        history since the request for it came; `ground` is what it rests on; `kept` is written down beside its facts; `copies`
        are the ledger against which its answers are held.
        """
        if communication is not None:
            facts = {**facts, "communication_id": str(communication.id)}
        outcome = playbook.take(self.state, step, facts, done)
        _must_not_be_taken_twice(step, outcome.facts, meanwhile, communication)
        self._must_fit(step, communication, case)
        if ground is not None:
            ground.must_hold()
        observation = self._observed(step, outcome.facts, case, by)
        made = {"observation_id": str(observation.id)} if observation else {}
        findings = len((kept or {}).get("wording", {}).get("findings", ()))
        answered = self._heard_or_adopted(communication, chased, outcome, practice, by=by, now=now)
        said_at = outcome.facts.get("occurred_at")
        occurred_at = datetime.fromisoformat(str(said_at)) if said_at else now
        belonging = [*open_reminders, *(reminder for reminder in chased if reminder not in open_reminders)]
        if outcome.settles.everything and playbook.STEPS[step].ends and not self.ends_check_ins(step, outcome.facts):
            belonging = [reminder for reminder in belonging if reminder.check_in_id is None]
        settled = [reminder for reminder in belonging if outcome.settles.covers(reminder.key, reminder.ladder)]
        for reminder in settled:
            reminder.settle(by=by, now=now, reason=step)
        settled += [reminder for reminder in answered if reminder not in settled]
        row = ConcernStep(
            concern_id=self.id,
            step=step,
            from_state=self.state,
            to_state=outcome.state,
            occurred_at=occurred_at,
            taken_by_id=by,
            note=outcome.facts.get("note"),
            skip_reason=outcome.facts.get("skip_reason"),
            facts={
                **{name: value for name, value in outcome.facts.items() if name not in KEPT_APART},
                **(kept or {}),
                **made,
            },
        )
        # Even a step that keeps the state is a change of the concern: racers meet at its version.
        self.state, self.updated_at = outcome.state, now
        planned = self._reminders(outcome, case, practice, occurred_at)
        if communication is not None and (communication.is_new or chased):
            still_chased = [reminder for reminder in chased if reminder.is_open or reminder.is_at_rest]
            planned += communication.follow_ups(
                case=case, practice=practice, now=now, asked_already=still_chased, ladder=outcome.ladder
            )
        told = notices(step, outcome.facts, today=local_date(now, practice.zone), copies=copies, findings=findings)
        return Taken(row, settled, planned, observation, told)

    def correct(self, noticed_on: date, *, reason: str, practice: Practice, by: UUID, now: datetime) -> "ConcernStep":
        """Puts right when it was noticed, from which limits count; what was said before stays in its history."""
        detail = None
        if noticed_on > local_date(now, practice.zone):
            detail = "This lies in the future."
        elif noticed_on == self.noticed_on:
            detail = "That is what stands here."
        if detail:
            raise Invalid(detail, [{"pointer": "/noticed_on", "detail": detail}])
        was, self.noticed_on, self.updated_at = self.noticed_on, noticed_on, now
        return ConcernStep(
            concern_id=self.id,
            step=CORRECT,
            from_state=self.state,
            to_state=self.state,
            occurred_at=now,
            taken_by_id=by,
            facts={"noticed_on": noticed_on.isoformat(), "instead_of": was.isoformat(), "reason": reason},
        )

    def ends_check_ins(self, step: str, facts: Mapping[str, Any]) -> bool:
        """Whether nobody is asked any more after this step."""
        return "check_ins" in playbook.STEPS[step].ends and facts.get("keep_check_ins") != "yes"

    def _observed(self, step: str, facts: Mapping[str, Any], case: Case, by: UUID) -> Observation | None:
        """What the child said, or whoever was asked at a check-in."""
        if "observation" not in playbook.STEPS[step].makes:
            return None
        if step == "ask_child":
            return Observation.record(
                case=case,
                by=by,
                concern=self,
                provision_id=self.provision_id,
                source="child",
                observed_on=date.fromisoformat(facts["asked_on"]),
                answers=facts["answers"],
                is_verbatim=True,
            )
        return Observation.heard(
            case=case,
            by=by,
            concern=self,
            party=facts["party"],
            checked_on=date.fromisoformat(facts["checked_on"]),
            is_happening=facts["is_happening"],
            answers=facts.get("answers", ()),
            text=facts.get("what_was_said") or facts.get("note"),
            provision_id=self.provision_id,
            check_in_id=UUID(facts["check_in_id"]) if "check_in_id" in facts else None,
        )

    def _heard_or_adopted(
        self,
        communication: Communication | None,
        chased: Sequence[Reminder],
        outcome: Outcome,
        practice: Practice,
        *,
        by: UUID,
        now: datetime,
    ) -> list[Reminder]:
        """An answer settles what its thread has open; of a question, what chases it becomes this concern's."""
        if communication is None:
            return []
        if communication.is_new and communication.is_answer:
            return communication.settle(chased, by=by, now=now)
        for reminder in chased:
            reminder.adopt(concern_id=self.id, ladder=outcome.ladder)
        return []

    def _must_fit(self, step: str, communication: Communication | None, case: Case) -> None:
        same_case(case, communication_id=communication)
        if communication is None:
            return
        row, detail = playbook.STEPS[step], None
        if communication.concern_id not in (None, self.id):
            detail = "This belongs to another concern."
        elif row.parties and communication.party not in row.parties:
            detail = f"This step takes a communication with the {' or the '.join(row.parties)}."
        elif row.outbound and communication.direction != "outbound":
            detail = "This step takes what we said, not what we heard."
        elif row.in_writing and communication.channel not in IN_WRITING:
            detail = "This step takes what we wrote: after a talk, write down what was said."
        if detail:
            raise FactsInvalid(detail, [{"pointer": "/communication_id", "detail": detail}])

    def _reminders(self, outcome: Outcome, case: Case, practice: Practice, occurred_at: datetime) -> list[Reminder]:
        if case.state == "closed":
            return []
        policy = policy_of(practice.policy, case.follow_up_policy)
        days = (practice.zone, practice.calendar, practice.holidays, policy)
        return [
            Reminder.plan(
                case_id=self.case_id,
                concern_id=self.id,
                assignee_id=case.advocate_id,
                key=plan.key,
                title=plan.title,
                note=plan.note,
                due_at=plan.follow_up(occurred_at, *days).due_at,
            )
            for plan in outcome.plans
        ]


class ConcernStep(TenantOwned, Base):
    """A row of a concern's history; it is never rewritten."""

    __tablename__ = "concern_steps"
    __table_args__ = (Index("ix_concern_steps_concern", *unique_in_practice("concern_id", "id")),)

    concern_id: Mapped[UUID] = refers_to("concerns")
    step: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    occurred_at: Mapped[datetime]
    taken_by_id: Mapped[UUID] = refers_to("staff")
    note: Mapped[str | None]
    skip_reason: Mapped[str | None]
    facts: Mapped[dict[str, Any]]


def _must_not_be_taken_twice(
    step: str, facts: Mapping[str, Any], meanwhile: Sequence[Any], communication: Communication | None
) -> None:
    """Of racers whose step moves the concern, the table refuses all but one; of those whose step keeps the state, this does."""
    # Each brings the same communication as one of its own.
    left_out = (*KEPT_APART, "communication_id") if communication is not None and communication.is_new else KEPT_APART
    asked = [field.name for field in playbook.STEPS[step].fields if field.name not in left_out]
    for row in meanwhile:
        if row.step == step and all(row.facts.get(name) == facts.get(name) for name in asked):
            raise TakenMeanwhile("Somebody took this step, with the same answers, while this request waited. Look again.")


def _belonging(concern_id: Any, named: Collection[UUID] = ()) -> Any:
    """The ids of the observations of a concern: recorded for it, `named` by a step of it, or a correction of such a one."""
    own = Observation.concern_id == concern_id
    recorded = select(Observation.id).where(or_(own, Observation.id.in_(named)) if named else own)
    by_steps = select(cast(func.jsonb_array_elements_text(ConcernStep.facts["observation_ids"]), Uuid))
    first = recorded.union(by_steps.where(ConcernStep.concern_id == concern_id)).subquery("first")
    found = select(first.c.id).cte("belonging", recursive=True)
    corrected, correction = aliased(Observation), aliased(Observation)
    # One that was recorded for the wrong concern is corrected away.
    stays = or_(correction.concern_id == concern_id, correction.concern_id.is_not_distinct_from(corrected.concern_id))
    corrections = select(correction.id).join(corrected, corrected.id == correction.corrects_id)
    return found.union(corrections.join(found, found.c.id == corrected.id).where(stays))


_promised = aliased(Provision)


def about(provision_ids: Iterable[UUID]) -> Select[Concern]:
    """The concerns about the supports of these provisions, in whichever version each was opened."""
    named = Provision.id.in_(list(provision_ids))
    students = select(IepVersion.student_id).join(Provision, Provision.iep_version_id == IepVersion.id).where(named)
    found = select(Concern).join(Case, Case.id == Concern.case_id).join(_promised, _promised.id == Concern.provision_id)
    return found.where(
        Case.student_id.in_(students), _promised.support_id.in_(select(Provision.support_id).where(named))
    ).order_by(Concern.case_id, Concern.id)


def observations_of(concern_id: UUID, named: Collection[UUID] = ()) -> Select[Observation]:
    """What stands for a concern, and for what is `named`; of what was corrected, the correction."""
    belonging = _belonging(concern_id, named)
    return select(Observation).where(Observation.id.in_(select(belonging.c.id)), Observation.corrected_by_id.is_(None))


def since(work: Transaction, concern: Any, history: Iterable[Any]) -> date:
    """The earliest dated fact about a concern, a row of it or the concern itself: when it was noticed, what was observed, which
    session of its support the log has as missed, since when a step says that it is so."""
    # What a correction says is when it was noticed, unless that was corrected again.
    said = [step.facts.get(name) for step in history if step.step != CORRECT for name in _SINCE]
    [first] = work.rows(_FIRST_DATED, concern_id=concern.id)
    recorded: list[date] = [day for day in (concern.noticed_on, first.observed_on, first.missed_on) if day]
    return min([*recorded, *(date.fromisoformat(str(day)) for day in said if day)])


CONCERNS = Listing.of(Concern, "case_id", "state", "kind", "provision_id")
HISTORY = Prepared(
    select(*columns_of(ConcernStep)).where(ConcernStep.concern_id == bindparam("concern_id")).order_by(ConcernStep.id)
)
STEP_IDS = Prepared(select(ConcernStep.id).where(ConcernStep.concern_id == bindparam("concern_id")))
# The first day on which somebody saw something of a concern, and the first on which the log has a session of its support as
# missed; what was corrected or withdrawn does not count.
_of_it = _belonging(bindparam("concern_id", type_=Uuid()))
_student_of_it = (
    select(Case.student_id)
    .join(Concern, Concern.case_id == Case.id)
    .where(Concern.id == bindparam("concern_id", type_=Uuid()))
    .correlate(None)
    .scalar_subquery()
)
_FIRST_DATED = Prepared(
    select(
        select(func.min(Observation.observed_on))
        .where(Observation.id.in_(select(_of_it.c.id)), Observation.corrected_by_id.is_(None))
        .scalar_subquery()
        .label("observed_on"),
        select(func.min(ServiceSession.held_on))
        .join(Concern, Concern.id == bindparam("concern_id", type_=Uuid()))
        .join(Case, Case.id == Concern.case_id)
        .join(_promised, _promised.id == Concern.provision_id)
        .join(Provision, Provision.id == ServiceSession.provision_id)
        .where(
            ServiceSession.student_id == Case.student_id,
            Provision.support_id == _promised.support_id,
            ServiceSession.outcome == "missed",
            *counting(_student_of_it),
        )
        .scalar_subquery()
        .label("missed_on"),
    )
)
# Which concern an observation that was recorded without one became part of.
ADOPTED_BY = Prepared(
    select(Concern.id)
    .join(ConcernStep, ConcernStep.concern_id == Concern.id)
    .where(
        Concern.case_id == bindparam("case_id"),
        ConcernStep.facts["observation_ids"].contains(func.jsonb_build_array(cast(bindparam("observation_id"), String))),
    )
    .order_by(Concern.id)
    .limit(1)
)
# The rows of a support, one in each version that promises it.
_asked = aliased(Provision)
_same_support = (
    select(Provision.id)
    .join(_asked, or_(Provision.id == _asked.id, Provision.support_id == _asked.support_id))
    .where(_asked.id == bindparam("provision_id"))
)
# Whether something is open about a support, or about any where none is named.
OPEN_ABOUT = Prepared(
    select(Concern.id)
    .where(
        Concern.case_id == bindparam("case_id"),
        among(Concern.state, playbook.OPEN_STATES),
        or_(bindparam("provision_id", type_=Concern.id.type).is_(None), Concern.provision_id.in_(_same_support)),
    )
    .limit(1)
)
