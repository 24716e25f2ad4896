"""A letter: drafted from a template and the case, edited, then final: frozen, numbered, a document. Nothing sends itself."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("draft", "final")


class Letter(TenantOwned, Base):
    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'final')", name="state"),
        CheckConstraint("state = 'draft' or (number is not null and document_id is not null)", name="final"),
        UniqueConstraint(*unique_in_practice("number"), name="uq_letters_number"),
        Index("ix_letters_case", *unique_in_practice("case_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    proceeding_id: Mapped[UUID | None] = refers_to("proceedings")
    created_by_id: Mapped[UUID] = refers_to("staff")
    template: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    number: Mapped[int | None]
    party: Mapped[str]
    addressees: Mapped[list[Any]]
    # What filled the template besides the case.
    facts: Mapped[dict[str, Any]]
    subject: Mapped[str]
    body: Mapped[str]
    dated_on: Mapped[date]
    reply_by_on: Mapped[date | None]
    finalised_at: Mapped[datetime | None]
    finalised_by_id: Mapped[UUID | None] = refers_to("staff")
    document_id: Mapped[UUID | None] = refers_to("documents")
    docx_document_id: Mapped[UUID | None] = refers_to("documents")


class LetterTemplate(TenantOwned, Base):
    """The practice's own wording of a template, in one language."""

    __tablename__ = "letter_templates"
    __table_args__ = (UniqueConstraint(*unique_in_practice("template", "language"), name="uq_letter_templates_template"),)

    template: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]


LETTERS = Listing.of(Letter, "case_id", "concern_id", "template", "state")
LETTER_TEMPLATES = Listing.of(LetterTemplate, "template", "language")
