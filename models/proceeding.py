"""A proceeding: mediation, a state complaint or due process, with its steps; its deadlines follow by themselves."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice


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


PROCEEDINGS = Listing.of(Proceeding, "case_id", "concern_id", "kind", "state")
