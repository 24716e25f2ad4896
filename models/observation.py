"""An observation: what the child, a parent, a teacher, a document or a visit said or showed; it is not rewritten."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, UniqueConstraint, Uuid, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, array
from sqlalchemy.orm import Mapped, aliased, column_property

from domain.refusal import FieldError, Invalid
from models.base import Base
from models.case import Case, OfCase, same_case
from models.communication import CorrectedAlready
from models.listing import Listing
from models.prepared import Prepared
from models.tenancy import TenantOwned, refers_to, unique_in_practice

SOURCES = ("child", "parent", "teacher", "document", "visit", "team")
# What it weighs as evidence (DOMAIN section 11).
WEIGHTS = ("record", "first_hand", "second_hand")
# What was said, where nothing else was written down.
_IS_HAPPENING = {
    "yes": "Asked whether it is happening: yes.",
    "partly": "Asked whether it is happening: partly.",
    "no": "Asked whether it is happening: no.",
}
# What a correction keeps of what it corrects, unless it says otherwise.
_KEPT = (
    *("concern_id", "provision_id", "check_in_id", "document_id", "author"),
    *("is_happening", "is_verbatim", "is_confidential"),
)


class ObservationDocument(TenantOwned, Base):
    """A document that is attached to an observation."""

    __tablename__ = "observation_documents"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("observation_id", "document_id"), name="uq_observation_documents_pair"),
        Index("ix_observation_documents_document", *unique_in_practice("document_id")),
    )
    observation_id: Mapped[UUID] = refers_to("observations")
    document_id: Mapped[UUID] = refers_to("documents")


class Observation(TenantOwned, Base):
    __tablename__ = "observations"
    __table_args__ = (
        CheckConstraint("source in ('child', 'parent', 'teacher', 'document', 'visit', 'team')", name="source"),
        CheckConstraint("weight in ('record', 'first_hand', 'second_hand')", name="weight"),
        CheckConstraint("is_happening in ('yes', 'partly', 'no')", name="is_happening"),
        Index("ix_observations_case", *unique_in_practice("case_id", "observed_on")),
        Index("ix_observations_concern", *unique_in_practice("concern_id")),
        Index("ix_observations_corrects", *unique_in_practice("corrects_id")),
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
    # Said in mediation: no evidence later (34 CFR 300.506(b)(8)).
    is_confidential: Mapped[bool]
    if TYPE_CHECKING:
        corrected_by_id: Any
        document_ids: Any

    @classmethod
    def record(
        cls,
        *,
        case: Case,
        by: UUID,
        source: str,
        observed_on: date,
        text: str | None = None,
        answers: Sequence[Mapping[str, str]] | None = None,
        weight: str | None = None,
        document: OfCase | None = None,
        concern: OfCase | None = None,
        corrects: "Observation | None" = None,
        **said: Any,
    ) -> "Observation":
        """What was seen, heard or read, with its weight; of answers alone, the text is what was asked and answered."""
        same_case(case, document_id=document, concern_id=concern, corrects_id=corrects)
        given = {name: value for name, value in said.items() if value is not None}
        given |= {name: part.id for name, part in (("document_id", document), ("concern_id", concern)) if part}
        if corrects is not None:
            corrects.must_not_be_corrected()
            given = {**{name: getattr(corrects, name) for name in _KEPT}, **given, "corrects_id": corrects.id}
        kept = [dict(answer) for answer in answers] if answers else None
        otherwise = {**dict.fromkeys((*_KEPT, "corrects_id")), "is_verbatim": False, "is_confidential": False}
        row = cls(
            case_id=case.id,
            recorded_by_id=by,
            source=source,
            observed_on=observed_on,
            text=text or in_words(kept or ()),
            answers=kept,
            **{**otherwise, **given},
        )
        row.weight = _weight(weight or (corrects.weight_that_was_said if corrects else None), row)
        row.corrected_by_id, row.document_ids = None, []
        return row

    @classmethod
    def heard(
        cls,
        *,
        case: Case,
        by: UUID,
        concern: OfCase | None,
        party: str,
        checked_on: date,
        is_happening: str,
        answers: Sequence[Mapping[str, str]] = (),
        text: str | None = None,
        provision_id: UUID | None = None,
        check_in_id: UUID | None = None,
    ) -> "Observation":
        """What was said when somebody was asked whether the support is provided."""
        return cls.record(
            case=case,
            by=by,
            source=party,
            observed_on=checked_on,
            text=text or in_words(answers) or _IS_HAPPENING[is_happening],
            answers=answers,
            is_happening=is_happening,
            concern=concern,
            provision_id=provision_id,
            check_in_id=check_in_id,
        )

    def attach(self, case: Case, documents: Iterable[OfCase]) -> list[ObservationDocument]:
        """What shows it: documents of the same case, pictures and sound recordings too; in this order."""
        attached = list(documents)
        same_case(case, **{f"document_ids/{number}": document for number, document in enumerate(attached)})
        return self._with([document.id for document in attached])

    def attach_those_of(self, corrected: "Observation") -> list[ObservationDocument]:
        """What was attached to what this one corrects."""
        return self._with(corrected.document_ids)

    def _with(self, document_ids: Sequence[UUID]) -> list[ObservationDocument]:
        self.document_ids = list(document_ids)
        return [ObservationDocument(observation_id=self.id, document_id=document_id) for document_id in document_ids]

    @property
    def weight_that_was_said(self) -> str | None:
        """Its weight, where that is not what follows from its source."""
        return None if self.weight == _weight(None, self) else self.weight

    def must_not_be_corrected(self) -> None:
        if self.corrected_by_id is not None:
            detail = "This was corrected already: correct what corrected it."
            raise CorrectedAlready(detail, corrected_by_id=str(self.corrected_by_id))


_correction = aliased(Observation)
Observation.corrected_by_id = column_property(
    select(_correction.id)
    .where(_correction.corrects_id == Observation.id)
    .limit(1)
    .correlate(Observation.__table__)
    .scalar_subquery()
)
_attached = aggregate_order_by(ObservationDocument.document_id, ObservationDocument.id)
Observation.document_ids = column_property(
    select(func.coalesce(func.array_agg(_attached), cast(array([]), ARRAY(Uuid()))))
    .where(ObservationDocument.observation_id == Observation.id)
    .correlate(Observation.__table__)
    .scalar_subquery()
)


def in_words(answers: Iterable[Mapping[str, str]]) -> str:
    """What was asked and answered, line by line."""
    return "\n".join(f"{answer['question']} – {answer['answer']}" for answer in answers)


def default_weight(source: str, *, has_document: bool, is_verbatim: bool, has_answers: bool) -> str:
    """What it weighs unless somebody says otherwise.

    A record is made by the school at the time. Who saw it is first-hand; of the child, it is the child's own words beside
    the question, and what somebody retells of them is not.
    """
    if source == "document":
        return "record"
    return "first_hand" if source != "child" or is_verbatim or has_answers else "second_hand"


def _weight(said: str | None, row: Observation) -> str:
    has_document = row.document_id is not None
    if said == "record" and not (row.source == "document" or has_document):
        detail = "A record was made by the school at the time: its source is a document, or document_id names it."
        raise Invalid(detail, [FieldError(pointer="/weight", detail=detail)])
    facts = {"has_document": has_document, "is_verbatim": row.is_verbatim, "has_answers": bool(row.answers)}
    return said or default_weight(row.source, **facts)


OBSERVATIONS = Listing.of(
    Observation,
    "case_id",
    "concern_id",
    "provision_id",
    "source",
    "weight",
    observed_from=Observation.observed_on >= bindparam("observed_from"),
    observed_to=Observation.observed_on <= bindparam("observed_to"),
)
HEARD_ON = Prepared(
    select(Observation.id)
    .where(Observation.check_in_id == bindparam("check_in_id"), Observation.observed_on == bindparam("observed_on"))
    .limit(1)
)
