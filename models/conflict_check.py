"""A conflict check: whom the practice knows already, searched before it takes somebody on, kept and signed off."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, ScalarSelect, bindparam, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from domain.refusal import Refusal
from domain.similar_names import LEAST, Comparison, same_phone, shared_family_name
from models.base import Base
from models.listing import Listing
from models.prepared import Prepared
from models.tenancy import TenantOwned, refers_to, unique_in_practice

DECISIONS = ("open", "clear", "conflict", "waived")
# More than that nobody reads; the most alike come first.
MOST_HITS = 100


class AlreadyDecided(Refusal):
    """A check is signed off once, and only the newest of its subject."""


class NobodyToSearch(Refusal):
    """Of whom this is about, nothing is known: not yet, or no more."""


@dataclass(frozen=True)
class Terms:
    """Who is looked for: names, an e-mail address, a phone number. What is their `own` is no hit, nor what is this client's."""

    names: Sequence[str]
    email: str | None = None
    phone: str | None = None
    own: frozenset[UUID] = frozenset()
    client_id: UUID | None = None

    def besides(self, names: Iterable[str]) -> "Terms":
        return replace(self, names=list(dict.fromkeys([*self.names, *names])))

    def are_of(self, person: Any) -> bool:
        return person.id in self.own or (self.client_id is not None and person.client_id == self.client_id)

    def said(self) -> list[dict[str, str]]:
        named = [{"kind": "name", "value": name} for name in self.names]
        others = [{"kind": kind, "value": value} for kind, value in (("email", self.email), ("phone", self.phone)) if value]
        return [*named, *others]


class ConflictCheck(TenantOwned, Base):
    __tablename__ = "conflict_checks"
    __table_args__ = (
        CheckConstraint("num_nonnulls(client_id, booking_id, enquiry_id) = 1", name="subject"),
        CheckConstraint("decision in ('open', 'clear', 'conflict', 'waived')", name="decision"),
        Index("ix_conflict_checks_client", *unique_in_practice("client_id")),
        Index("ix_conflict_checks_booking", *unique_in_practice("booking_id")),
        Index("ix_conflict_checks_enquiry", *unique_in_practice("enquiry_id")),
    )

    client_id: Mapped[UUID | None] = refers_to("clients")
    booking_id: Mapped[UUID | None] = refers_to("bookings")
    enquiry_id: Mapped[UUID | None] = refers_to("enquiries")
    terms: Mapped[list[Any]]
    hits: Mapped[list[Any]]
    searched_at: Mapped[datetime]
    searched_by_id: Mapped[UUID] = refers_to("staff")
    decision: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = refers_to("staff")
    note: Mapped[str | None]

    @classmethod
    def search(
        cls, terms: Terms, people: Iterable[Any], *, subject: Mapping[str, UUID], by: UUID, now: datetime
    ) -> "ConflictCheck":
        """Compares `people` (rows of `models.people.PEOPLE`) with whom the check is about; `subject` names its row."""
        if not any(name.strip() for name in terms.names):
            raise NobodyToSearch("There is no name to search for.")
        hits = sorted(_hits(terms, people), key=lambda hit: (-hit["score"], hit["kind"], hit["id"]))
        return cls(
            client_id=subject.get("client_id"),
            booking_id=subject.get("booking_id"),
            enquiry_id=subject.get("enquiry_id"),
            terms=terms.said(),
            hits=hits[:MOST_HITS],
            searched_at=now,
            searched_by_id=by,
            decision="open",
            decided_at=None,
            decided_by_id=None,
            note=None,
        )

    @property
    def subject(self) -> dict[str, UUID]:
        """The field that names whom the check is about, and the row."""
        named = {"client_id": self.client_id, "booking_id": self.booking_id, "enquiry_id": self.enquiry_id}
        return {name: row_id for name, row_id in named.items() if row_id is not None}

    def sign_off(self, decision: str, *, newest: UUID, by: UUID, now: datetime, note: str | None = None) -> None:
        """Somebody answers for what was found; once, and for the `newest` check of this subject."""
        if self.decision != "open":
            raise AlreadyDecided("This check was signed off. Whoever sees it otherwise makes a new one.")
        if self.id != newest:
            raise AlreadyDecided("A newer check was made meanwhile: sign that off.")
        self.decision, self.note, self.decided_at, self.decided_by_id = decision, note, now, by


def _hits(terms: Terms, people: Iterable[Any]) -> Iterator[dict[str, Any]]:
    comparison = Comparison()
    for person in people:
        if terms.are_of(person):
            continue
        found = [comparison.of(name, person.name) for name in terms.names]
        score, why = max(((like.score, like.why) for like in found), key=lambda told: told[0])
        reasons = [why] if score >= LEAST else []
        if not reasons and any(shared_family_name(name, person.name) for name in terms.names):
            score, reasons = LEAST, ["The same family name."]
        if person.email and terms.email and person.email.casefold() == terms.email.casefold():
            score, reasons = 100, [*reasons, "The same e-mail address."]
        if same_phone(person.phone, terms.phone):
            score, reasons = 100, [*reasons, "The same phone number."]
        if reasons:
            yield {"kind": person.kind, "id": str(person.id), "name": person.name, "score": score, "why": " ".join(reasons)}


def latest_check(subject: Any, row: Any) -> ScalarSelect[Any]:
    """Of whom a row is about, the newest check: `id`, `decision`, and how many `hits` it had; null where there is none."""
    newest = select(
        func.jsonb_build_object(
            *("id", ConflictCheck.id, "decision", ConflictCheck.decision),
            *("hits", func.jsonb_array_length(ConflictCheck.hits)),
            type_=JSONB(),
        )
    )
    return newest.where(subject == row.id).order_by(ConflictCheck.id.desc()).limit(1).correlate(row.__table__).scalar_subquery()


CONFLICT_CHECKS = Listing.of(ConflictCheck, "client_id", "booking_id", "enquiry_id")
NEWEST_CHECK = {
    name: Prepared(
        select(ConflictCheck.id)
        .where(getattr(ConflictCheck, name) == bindparam(name))
        .order_by(ConflictCheck.id.desc())
        .limit(1)
    )
    for name in ("client_id", "booking_id", "enquiry_id")
}
