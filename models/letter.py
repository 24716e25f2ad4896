"""A letter: drafted from a template and the case, edited, then final: frozen, numbered, a document. Nothing sends itself."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, Uuid, bindparam, case, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.orm import Mapped, column_property

from domain.letters import MOST_BLOCKS, NOTICE, TEMPLATES, blocks
from domain.letters import LetterTemplate as Template
from domain.refusal import FieldError, Invalid, Refusal
from models.base import Base
from models.communication import Communication
from models.document import Document
from models.iep_version import IepVersion, Immutable
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared, columns_of
from models.provision import Provision
from models.team_member import TeamMember, has_left
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("draft", "final")


class NotFinal(Refusal):
    """What is handed over or sent is a final letter."""


class NotOnPaper(Invalid):
    """The PDF would show boxes in the place of some characters; `extra["errors"]` names them, and where they stand."""


class BlanksLeft(Invalid):
    """Something in the letter is not known yet; `extra["errors"]` names each blank."""


class Letter(TenantOwned, Base):
    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'final')", name="state"),
        CheckConstraint("state = 'draft' or (number is not null and document_id is not null)", name="final"),
        UniqueConstraint(*unique_in_practice("number"), name="uq_letters_number"),
        Index("ix_letters_case", *unique_in_practice("case_id")),
        Index("ix_letters_document", *unique_in_practice("document_id")),
        Index("ix_letters_docx_document", *unique_in_practice("docx_document_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    proceeding_id: Mapped[UUID | None] = refers_to("proceedings")
    # The support that it is about, in the version in which it stood then.
    provision_id: Mapped[UUID | None] = refers_to("provisions")
    created_by_id: Mapped[UUID] = refers_to("staff")
    template: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    number: Mapped[int | None]
    party: Mapped[str]
    addressees: Mapped[list[Any]]
    copies: Mapped[list[Any]]
    # What filled the template besides the case.
    facts: Mapped[dict[str, Any]]
    subject: Mapped[str]
    body: Mapped[str]
    # The labels of what nobody knew and still stands in brackets in the text.
    blanks: Mapped[list[Any]]
    # Whether somebody wrote in the text: from then on nothing but people changes it.
    is_edited: Mapped[bool]
    dated_on: Mapped[date]
    reply_by_on: Mapped[date | None]
    finalised_at: Mapped[datetime | None]
    finalised_by_id: Mapped[UUID | None] = refers_to("staff")
    document_id: Mapped[UUID | None] = refers_to("documents")
    docx_document_id: Mapped[UUID | None] = refers_to("documents")
    if TYPE_CHECKING:
        sha256: Any
        communication_ids: Any
        notice: Any

    @classmethod
    def draft(cls, **said: Any) -> "Letter":
        """A draft, as its template was filled."""
        letter = cls(
            state="draft",
            is_edited=False,
            **said,
            **dict.fromkeys(("number", "finalised_at", "finalised_by_id", "document_id", "docx_document_id")),
            # What the database works out of it whenever it is read.
            sha256=None,
            communication_ids=[],
            notice=NOTICE[said["language"]],
        )
        letter._must_be_in_order()
        return letter

    @property
    def of_template(self) -> Template:
        return TEMPLATES[self.template]

    @property
    def ladder(self) -> str | None:
        """Which follow-ups are planned where an answer to it is awaited; None: those of its party."""
        return self.of_template.ladder

    @property
    def awaits_reply(self) -> bool:
        """Whether it asks for something that has to be followed up, unless said otherwise."""
        return self.of_template.ladder is not None

    def title(self) -> str:
        """What it is called on files: by its template and number, and never by the child."""
        titled = self.of_template.titled(self.language)
        kind = {"en": "Letter", "es": "Carta"}[self.language]
        return f"{kind} {self.number} - {titled}" if self.number else titled

    def must_be_draft(self) -> None:
        if self.state != "draft":
            raise Immutable(f"Letter {self.number} is final and stays as it is: a correction is a new letter.")

    def must_be_final(self) -> None:
        if self.state != "final":
            raise NotFinal("This letter is a draft: finalise it before it is handed over or sent.")

    def fill(self, subject: str, body: str, blanks: Sequence[str]) -> None:
        """Takes the text of its template anew, as long as nobody wrote in it."""
        self.must_be_draft()
        self.subject, self.body, self.blanks = subject, body, list(blanks)

    def edit(self, can_be_blank: Collection[str], **said: Any) -> None:
        """Changes a draft; of what can be blank in it, that is open which stands in the text: it may have been put back."""
        self.must_be_draft()
        for name, value in said.items():
            setattr(self, name, value)
        if "subject" in said or "body" in said:
            self.is_edited = True
            text = f"{self.subject}\n{self.body}"
            places = {label: text.find(f"[{label}]") for label in {*self.blanks, *can_be_blank}}
            self.blanks = sorted((label for label, place in places.items() if place >= 0), key=places.__getitem__)
        self._must_be_in_order()

    def _must_be_in_order(self) -> None:
        if sum(1 for _ in blocks(self.body)) > MOST_BLOCKS:
            detail = f"A letter has at most {MOST_BLOCKS} paragraphs and items."
            raise Invalid(detail, [FieldError(pointer="/body", detail=detail)])
        if self.reply_by_on is not None and self.reply_by_on < self.dated_on:
            detail = "An answer cannot be asked for before the letter is dated."
            raise Invalid(detail, [FieldError(pointer="/reply_by_on", detail=detail)])

    def must_be_complete(self) -> None:
        """Raises `BlanksLeft` as long as anything in it is open: whoever reads it would see the brackets."""
        errors = [
            FieldError(pointer=f"/blanks/{number}", detail=f"This stands open in the letter: {label}.")
            for number, label in enumerate(self.blanks)
        ]
        for name in ("subject", "body"):
            if not _says_something(getattr(self, name)):
                errors.append(FieldError(pointer=f"/{name}", detail=f"The {name} of this letter says nothing."))
        if not self.addressees:
            errors.append(FieldError(pointer="/addressees", detail="This letter goes to nobody."))
        if errors:
            raise BlanksLeft("Fill in what is open, or write it otherwise.", errors)

    def finalise(self, *, number: int, pdf: Document, word: Document, by: UUID, now: datetime) -> None:
        """Freezes it, with the practice's next number and what was set of it."""
        self.must_be_draft()
        self.must_be_complete()
        self.state, self.number, self.finalised_at, self.finalised_by_id = "final", number, now, by
        self.document_id, self.docx_document_id = pdf.id, word.id
        vars(self).update(sha256=pdf.sha256.hex(), notice=None)


def _says_something(text: str) -> bool:
    """Whether there is more in it than spaces and what nobody sees."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


Letter.sha256 = column_property(
    select(func.encode(Document.sha256, "hex"))
    .where(Document.id == Letter.document_id)
    .correlate(Letter.__table__)
    .scalar_subquery()
)
# No letter that goes out has it.
Letter.notice = column_property(case((Letter.state == "draft", case(NOTICE, value=Letter.language))))
Letter.communication_ids = column_property(
    select(
        func.coalesce(func.array_agg(aggregate_order_by(Communication.id, Communication.id)), cast(array([]), ARRAY(Uuid())))
    )
    .where(Communication.letter_id == Letter.id)
    .correlate(Letter.__table__)
    .scalar_subquery()
)


class LetterTemplate(TenantOwned, Base):
    """The practice's own wording of a template, in one language."""

    __tablename__ = "letter_templates"
    __table_args__ = (UniqueConstraint(*unique_in_practice("template", "language"), name="uq_letter_templates_template"),)

    template: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]


def latest_facts(history: Sequence[Any]) -> dict[str, Mapping[str, Any]]:
    """Of each step of a concern the facts of the last time it was taken."""
    return {row.step: {**row.facts, "occurred_at": row.occurred_at} for row in history}


LETTERS = Listing.of(Letter, "case_id", "concern_id", "proceeding_id", "template", "state")
OWN_WORDINGS = Prepared(select(*columns_of(LetterTemplate)).order_by(LetterTemplate.template, LetterTemplate.language))
# Whoever numbers a letter holds this until the end: two at once get two numbers, and none is left out. It is nothing that
# those who only refer to the practice wait for.
NUMBERS = Prepared(select(Practice.id).where(Practice.id == bindparam("practice")).with_for_update(key_share=True))
LAST_LETTER = Prepared(select(func.coalesce(func.max(Letter.number), 0).label("number")))
IEP_IN_FORCE = Prepared(
    select(*columns_of(IepVersion)).where(IepVersion.student_id == bindparam("student_id"), IepVersion.state == "in_force")
)
SAME_SUPPORT = Prepared(
    select(*columns_of(Provision)).where(
        Provision.iep_version_id == bindparam("iep_version_id"), Provision.support_id == bindparam("support_id")
    )
)
PRESENT_MEMBERS = Prepared(
    select(*columns_of(TeamMember)).where(TeamMember.case_id == bindparam("case_id"), ~has_left()).order_by(TeamMember.id)
)
