"""A proceeding: mediation, a state complaint or due process, with its steps; its deadlines follow by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Select, bindparam, select
from sqlalchemy.orm import Mapped

from domain import proceedings
from domain.deadlines import Answer
from domain.proceedings import ENDED, FOLLOWS_CONCERN, PLANNED, SINCE, Part, Running, Step
from domain.refusal import FieldError, Invalid
from domain.step import CORRECT, FactsInvalid
from models.base import Base
from models.case import Case
from models.deadline import LIMITS, Basis, Deadline, is_open
from models.iep_version import Immutable
from models.listing import Listing
from models.prepared import Prepared, columns_of
from models.tenancy import TenantOwned, refers_to, unique_in_practice

# What a step says that has a column of its own in the history.
KEPT_APART = ("occurred_on", "note")


@dataclass(frozen=True)
class Followed:
    """What became of the deadlines: the new ones, and what changed in those that were there."""

    added: list[Deadline]
    changed: list[dict[str, Any]]


class Proceeding(TenantOwned, Base):
    __tablename__ = "proceedings"
    __table_args__ = (
        CheckConstraint("kind in ('mediation', 'state_complaint', 'due_process')", name="kind"),
        CheckConstraint("filed_by in ('parent', 'school')", name="filed_by"),
        Index("ix_proceedings_case", *unique_in_practice("case_id")),
        Index("ix_proceedings_concern", *unique_in_practice("concern_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    opened_by_id: Mapped[UUID] = refers_to("staff")
    kind: Mapped[str]
    is_expedited: Mapped[bool]
    filed_by: Mapped[str]
    state: Mapped[str]
    # The number that the state or the hearing office gave it.
    reference: Mapped[str | None]
    filed_on: Mapped[date | None]
    # Its dates so far, by what happened on them.
    facts: Mapped[dict[str, Any]]
    # What the complaint says, part by part (34 CFR 300.153(b), .508(b)).
    complaint: Mapped[dict[str, Any]]
    outcome: Mapped[str | None]
    ended_on: Mapped[date | None]

    @classmethod
    def open(
        cls,
        *,
        case: Case,
        kind: str,
        by: UUID,
        concern_id: UUID | None = None,
        is_expedited: bool = False,
        filed_by: str = "parent",
        complaint: Mapping[str, Any] | None = None,
        reference: str | None = None,
        since_on: date | None = None,
        follows_concern: bool = False,
    ) -> "Proceeding":
        """A proceeding that is planned. `since_on` is the first day of what it is about: its time limit counts from there.

        Where it `follows_concern`, that is the earliest fact of its concern, not a day that was said for it alone.
        """
        if is_expedited and kind != "due_process":
            detail = "Only due process in discipline is expedited (34 CFR 300.532)."
            raise Invalid(detail, [FieldError(pointer="/is_expedited", detail=detail)])
        if filed_by == "school" and kind == "state_complaint":
            detail = "A state complaint is not the school's to file."
            raise Invalid(detail, [FieldError(pointer="/filed_by", detail=detail)])
        return cls(
            case_id=case.id,
            concern_id=concern_id,
            opened_by_id=by,
            kind=kind,
            is_expedited=is_expedited,
            filed_by=filed_by,
            state=PLANNED,
            reference=reference,
            filed_on=None,
            facts={} if since_on is None else {SINCE: since_on.isoformat(), **(FOLLOWS_CONCERN if follows_concern else {})},
            complaint={name: said for name, said in (complaint or {}).items() if said is not None},
            outcome=None,
            ended_on=None,
        )

    @property
    def _as_it_stands(self) -> proceedings.Proceeding:
        return proceedings.Proceeding(
            self.kind, self.state, self.is_expedited, self.filed_by, dict(self.facts), dict(self.complaint), self.outcome
        )

    @property
    def next_steps(self) -> tuple[Step, ...]:
        return proceedings.next_steps(self._as_it_stands)

    @property
    def parts(self) -> tuple[Part, ...]:
        return proceedings.parts(self.kind, self.complaint)

    @property
    def missing(self) -> tuple[Part, ...]:
        return proceedings.missing(self.kind, self.complaint)

    def say(self, complaint: Mapping[str, Any]) -> None:
        """What the complaint says from now on, part by part; null takes a part away, and what was said of others stays.

        What was filed stays as it was filed: later, only what was left out is added. Raises `Immutable`.
        """
        changed = [name for name, said in complaint.items() if name in self.complaint and said != self.complaint[name]]
        if self.state != PLANNED and changed:
            names = ", ".join(changed)
            raise Immutable(f"This stays as it was filed: {names}. What is sent later is a step, as add_information or amend.")
        self.complaint = {name: said for name, said in {**self.complaint, **complaint}.items() if said is not None}

    def take(
        self, step: str, given: Mapping[str, Any], *, deadlines: Sequence[Deadline], case: Case, basis: Basis, by: UUID
    ) -> tuple["ProceedingStep", Followed]:
        """Takes a step; the deadlines follow. Raises the refusals of the table, and whatever cannot be counted."""
        was_met = self._met()
        outcome = proceedings.take(self._as_it_stands, step, given)
        occurred_on = date.fromisoformat(str(outcome.said["occurred_on"]))
        said_on = {"/occurred_on": occurred_on}
        if step == CORRECT and outcome.said["what"] not in proceedings.TO_COME:
            said_on["/on"] = date.fromisoformat(str(outcome.said["on"]))
        detail = "This lies in the future: a step is taken once it has happened."
        errors = [FieldError(pointer=at, detail=detail) for at, day in said_on.items() if day > basis.today]
        if errors:
            raise FactsInvalid(detail, errors)
        row = ProceedingStep(
            proceeding_id=self.id,
            taken_by_id=by,
            step=step,
            from_state=self.state,
            to_state=outcome.state,
            occurred_on=occurred_on,
            note=outcome.said.get("note"),
            facts={name: value for name, value in outcome.said.items() if name not in KEPT_APART},
        )
        # Even a step that keeps the state is a change: racers meet at the version.
        self.state, self.facts, self.outcome, self.updated_at = outcome.state, dict(outcome.facts), outcome.outcome, basis.now
        self.filed_on, self.ended_on = (_date(self.facts.get(name)) for name in ("filed_on", "ended_on"))
        if "reference" in outcome.said:
            self.reference = str(outcome.said["reference"])
        place = "/on" if step == CORRECT else "/occurred_on"
        return row, self.follow(deadlines, was_met, case=case, basis=basis, on=occurred_on, said_at=place)

    def counts_otherwise(self, since_on: date, before: date, *, corrected: bool) -> bool:
        """Whether it counts from another day than `since_on`, the earliest fact of its concern, which was `before` until now.

        What a new fact shows to be earlier, counts for every proceeding of the concern. What was `corrected` to a later day
        does for those that follow the concern, and for none of which another day was said.
        """
        counted_from = _date(self.facts.get(SINCE))
        if counted_from is None:
            return False
        if self.facts.items() >= FOLLOWS_CONCERN.items():
            return counted_from > since_on or (corrected and counted_from < since_on)
        return counted_from > since_on and before > since_on

    def is_filed_before(self, day: date) -> bool:
        return self.filed_on is not None and self.filed_on < day

    def count_from(
        self, since_on: date, reason: str, *, deadlines: Sequence[Deadline], case: Case, basis: Basis, by: UUID
    ) -> tuple["ProceedingStep", Followed]:
        """In whatever state it is, it counts from this day as its concern does; its history tells of a date put right."""
        was_met, said = self._met(), {"what": SINCE, "on": since_on.isoformat(), "reason": reason}
        row = ProceedingStep(
            proceeding_id=self.id,
            taken_by_id=by,
            step=CORRECT,
            from_state=self.state,
            to_state=self.state,
            occurred_on=basis.today,
            note=None,
            facts=said,
        )
        self.facts, self.updated_at = {**self.facts, SINCE: said["on"]}, basis.now
        return row, self.follow(deadlines, was_met, case=case, basis=basis, on=basis.today)

    def follow(
        self,
        present: Sequence[Deadline],
        was_met: Mapping[str, date],
        *,
        case: Case,
        basis: Basis,
        on: date,
        said_at: str = "/since_on",
    ) -> Followed:
        """The deadlines as the facts have them: new ones, those that count otherwise now, those that do not run any more.

        `said_at` is where the day was said that may turn out to be impossible.
        """
        added: list[Deadline] = []
        changed: list[dict[str, Any]] = []
        running = {one.rule: one for one in proceedings.running(self._as_it_stands)}
        by_rule = {deadline.rule: deadline for deadline in present}
        for rule, one in running.items():
            deadline = by_rule.get(rule)
            if deadline is None:
                answer = self._counted(basis, one, one.inputs, said_at)
                deadline = Deadline.keep(
                    answer, case=case, basis=basis, inputs=one.inputs, concern_id=self.concern_id, proceeding_id=self.id
                )
                added.append(deadline)
            else:
                inputs = {name: value for name, value in deadline.inputs.items() if name not in one.governs}
                inputs |= one.inputs
                answer = self._counted(basis, one, inputs, said_at)
                # What counts as before is left as it is: a calendar that changed moves nothing by itself.
                if (answer.event_on, inputs) != (deadline.event_on, deadline.inputs):
                    changed.append({"deadline_id": deadline.id, "rule": rule, "differences": deadline.differences(answer)})
                    deadline.accept(answer, inputs, basis)
                deadline.ended_on = None
            if one.met_on is None and rule in was_met:
                deadline.met_on = None
            # A day that somebody set, and what the family does without, stay as they are.
            elif deadline.met_on == was_met.get(rule) and deadline.waived_on is None:
                deadline.met_on = one.met_on
        for rule, deadline in by_rule.items():
            # What was met too: it does not run any more if that is taken back.
            if rule not in running and deadline.ended_on is None:
                deadline.ended_on = on
        return Followed(added, changed)

    def limits_beside(self) -> Select[Deadline]:
        """The limits of its kind and concern that may stand for its own, or its own for them: of what goes on, those that were
        given up."""
        others = select(Proceeding.id).where(
            Proceeding.concern_id == self.concern_id, Proceeding.kind == self.kind, Proceeding.id != self.id
        )
        if self.state != ENDED:
            others = others.where(Proceeding.state == ENDED)
        of_them = select(Deadline).where(Deadline.proceeding_id.in_(others), Deadline.rule.in_(LIMITS), is_open())
        return of_them.order_by(Deadline.id).with_for_update()

    def _met(self) -> dict[str, date]:
        """Which deadlines the facts say were met, and when."""
        return {one.rule: one.met_on for one in proceedings.running(self._as_it_stands) if one.met_on is not None}

    @staticmethod
    def _counted(basis: Basis, one: Running, inputs: Mapping[str, Any], said_at: str) -> Answer:
        """The engine's answer; what it finds wrong with an input was said with the step."""
        try:
            return basis.count(one.rule, one.event_on, state=basis.state, inputs=inputs)
        except Invalid as invalid:
            errors: Any = invalid.extra["errors"]
            said = [
                FieldError(pointer="/to_on" if "/extension" in error["pointer"] else said_at, detail=error["detail"])
                for error in errors
            ]
            raise FactsInvalid(str(invalid), said) from None

    @classmethod
    def of_concern(cls, concern_id: UUID) -> Select["Proceeding"]:
        """All of them, those that have ended last: what goes on counts before what counts on."""
        return select(cls).where(cls.concern_id == concern_id).order_by(cls.state == ENDED, cls.id).with_for_update()

    @classmethod
    def open_of_concern(cls, concern_id: UUID) -> Select["Proceeding"]:
        return select(cls).where(cls.concern_id == concern_id, cls.state != ENDED).order_by(cls.id).with_for_update()


class ProceedingStep(TenantOwned, Base):
    """A row of a proceeding's history; it is never rewritten."""

    __tablename__ = "proceeding_steps"
    __table_args__ = (Index("ix_proceeding_steps_proceeding", *unique_in_practice("proceeding_id", "id")),)

    proceeding_id: Mapped[UUID] = refers_to("proceedings")
    taken_by_id: Mapped[UUID] = refers_to("staff")
    step: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    occurred_on: Mapped[date]
    note: Mapped[str | None]
    facts: Mapped[dict[str, Any]]


def _date(said: Any) -> date | None:
    return None if said is None else date.fromisoformat(str(said))


PROCEEDINGS = Listing.of(Proceeding, "case_id", "concern_id", "kind", "state")
STEPS_OF = Prepared(
    select(*columns_of(ProceedingStep))
    .where(ProceedingStep.proceeding_id == bindparam("proceeding_id"))
    .order_by(ProceedingStep.id)
)
