"""An observation: what the child, a parent, a teacher, a document or a visit said or showed; it is not rewritten."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice

SOURCES = ("child", "parent", "teacher", "document", "visit", "team")
# What it weighs as evidence (DOMAIN section 11).
WEIGHTS = ("record", "first_hand", "second_hand")


class Observation(TenantOwned, Base):
    __tablename__ = "observations"
    __table_args__ = (
        CheckConstraint("source in ('child', 'parent', 'teacher', 'document', 'visit', 'team')", name="source"),
        CheckConstraint("weight in ('record', 'first_hand', 'second_hand')", name="weight"),
        CheckConstraint("is_happening in ('yes', 'partly', 'no')", name="is_happening"),
        Index("ix_observations_case", *unique_in_practice("case_id", "observed_on")),
        Index("ix_observations_concern", *unique_in_practice("concern_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    provision_id: Mapped[UUID | None] = refers_to("provisions")
    check_in_id: Mapped[UUID | None] = refers_to("check_ins")
    document_id: Mapped[UUID | None] = refers_to("documents")
    corrects_id: Mapped[UUID | None] = refers_to("observations")
    recorded_by_id: Mapped[UUID] = refers_to("staff")
    source: Mapped[str]
    author: Mapped[str | None]
    weight: Mapped[str | None]
    is_verbatim: Mapped[bool]
    observed_on: Mapped[date]
    text: Mapped[str]
    answers: Mapped[list[Any] | None]
    is_happening: Mapped[str | None]


OBSERVATIONS = Listing.of(Observation, "case_id", "concern_id", "provision_id", "source")
