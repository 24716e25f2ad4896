"""A statement: what somebody was asked to write by a link, and what they signed, which stays as it is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CheckConstraint,
    Date,
    Index,
    LargeBinary,
    Select,
    UniqueConstraint,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Mapped, column_property, mapped_column

from domain.refusal import FieldError, Invalid, Refusal
from domain.statement import SPEAKS_AS, Signed, can_be_dated, expires_at, normal, question_for
from domain.wall_clock import local_date
from models.base import Base
from models.case import Case
from models.iep_copy import ASKED_AGAIN_AFTER, AskedLately
from models.listing import Listing
from models.message import Message
from models.prepared import Prepared, columns_of
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.withdrawn import Withdrawable

STATES = ("asked", "signed", "expired", "withdrawn")


class StatementOver(Refusal):
    """Of a statement that is signed, or withdrawn, nobody is asked again."""


class Statement(TenantOwned, Withdrawable, Base):
    """What was asked: of whom, by which link, until when."""

    __tablename__ = "statements"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("link_hash"), name="uq_statements_link_hash"),
        CheckConstraint("party in ('teacher', 'therapist', 'parent', 'other')", name="party"),
        Index("ix_statements_case", *unique_in_practice("case_id")),
        Index("ix_statements_concern", *unique_in_practice("concern_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    provision_id: Mapped[UUID | None] = refers_to("provisions")
    asked_by_id: Mapped[UUID] = refers_to("staff")
    name: Mapped[str]
    email: Mapped[str]
    party: Mapped[str]
    language: Mapped[str]
    question: Mapped[str]
    about_from: Mapped[date | None]
    about_to: Mapped[date | None]
    # The latest mail that asked.
    communication_id: Mapped[UUID | None] = refers_to("communications")
    asked_at: Mapped[datetime]
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")
    withdrawn_because: Mapped[str | None]

    @classmethod
    def ask(
        cls,
        *,
        case_id: UUID,
        by: UUID,
        party: str,
        language: str,
        now: datetime,
        zone: ZoneInfo,
        expires_in_days: int,
        question: str | None = None,
        about_from: date | None = None,
        about_to: date | None = None,
        **said: Any,
    ) -> "Statement":
        """A question, which is an open one of ours unless staff ask their own."""
        if about_from and about_to and about_to < about_from:
            detail = "This is before the first day that it is about."
            raise Invalid(detail, [FieldError(pointer="/about_to", detail=detail)])
        return cls(
            case_id=case_id,
            asked_by_id=by,
            party=party,
            language=language,
            question=normal(question or question_for(party, language)),
            about_from=about_from,
            about_to=about_to,
            asked_at=now,
            expires_at=expires_at(now, expires_in_days, zone),
            **{"concern_id": None, "provision_id": None, **said},
            **dict.fromkeys(("communication_id", "link_hash", "withdrawn_at", "withdrawn_by_id", "withdrawn_because")),
        )

    @property
    def speaks_as(self) -> str:
        """The party in the record of communications."""
        return SPEAKS_AS[self.party]

    @property
    def occasion(self) -> str:
        """Of the mail that asked last."""
        return f"statement:{self.id}:{self.communication_id}"

    def ask_again(self, state: str, *, now: datetime, zone: ZoneInfo, expires_in_days: int, has_reached_them: bool) -> None:
        """Once more, with the same link, which lives on from now; what did not go out has asked nobody."""
        if state in ("signed", "withdrawn"):
            raise StatementOver(f"This is {state}: nobody is asked for it again.")
        if has_reached_them and now < self.asked_at + ASKED_AGAIN_AFTER:
            raise AskedLately.at(self.asked_at, zone)
        self.asked_at, self.expires_at = now, max(self.expires_at, expires_at(now, expires_in_days, zone))

    def sign(
        self, said: Mapping[str, Any], *, signed: Sequence["StatementEntry"], practice: str, zone: ZoneInfo, now: datetime
    ) -> "StatementEntry | None":
        """What was written, as it stays, after what was `signed` before; None where one of these says it: sent twice is signed
        once."""
        text, signed_name, signed_on = normal(said["text"]), " ".join(normal(said["signed_name"]).split()), said["signed_on"]
        if any((one.text, one.signed_name, one.signed_on) == (text, signed_name, signed_on) for one in signed):
            return None
        before = signed[-1] if signed else None
        if wrong := can_be_dated(signed_on, asked_on=local_date(self.created_at, zone), now=now):
            raise Invalid(wrong, [FieldError(pointer="/signed_on", detail=wrong)])
        entry = Signed(
            # Not its id, which is another where a practice moves to: what is hashed stays as it is.
            practice=practice,
            case_id=self.case_id,
            statement_id=self.id,
            number=before.number + 1 if before else 1,
            question=self.question,
            about_from=self.about_from,
            about_to=self.about_to,
            text=text,
            signed_name=signed_name,
            signed_on=signed_on,
            signed_at=now,
            before=before.sha256.hex() if before else None,
        )
        return StatementEntry(
            statement_id=self.id,
            case_id=self.case_id,
            number=entry.number,
            text=text,
            signed_name=signed_name,
            signed_on=signed_on,
            canonical=entry.canonical,
            sha256=entry.sha256,
        )


class StatementEntry(TenantOwned, Base):
    """What was signed, with its hash: the first is the statement, those that follow add to it."""

    __tablename__ = "statement_entries"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("statement_id", "number"), name="uq_statement_entries_number"),
        Index("ix_statement_entries_case", *unique_in_practice("case_id")),
    )

    statement_id: Mapped[UUID] = refers_to("statements")
    case_id: Mapped[UUID] = refers_to("cases")
    # 1 is the statement.
    number: Mapped[int]
    # The words of which this is the hash, all of them, with the hash of the entry before: `domain.statement.Signed`.
    canonical: Mapped[str]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    if TYPE_CHECKING:
        # Read out of `canonical`. As they dated it; when it came, `created_at` says.
        text: Any
        signed_name: Any
        signed_on: Any

    @property
    def in_words(self) -> str:
        """As it is told among the communications: what was said is the statement, and stands there alone."""
        did = "signed a statement" if self.number == 1 else "added to their statement"
        return (
            f"{self.signed_name} {did} by the link, dated {self.signed_on}: its words are kept as they were signed."
            f"\nEntry {self.number}, SHA-256 {self.sha256.hex()}."
        )

    @classmethod
    def of(cls, statement_id: UUID) -> Select["StatementEntry"]:
        """In the order in which they were signed."""
        return select(cls).where(cls.statement_id == statement_id).order_by(cls.number)


def _line(name: str) -> Any:
    """What a line of the canonical text says; no line of the question begins like it, being set in."""
    return func.substring(StatementEntry.canonical, literal_column(rf"E'\n{name}: ([^\n]*)\n'"))


# What is read is what was signed, taken out of the text of which it is the hash: there is no second copy.
SIGNED_NAME, SIGNED_ON = _line("signed by"), _line("signed on")
_words_at = func.strpos(StatementEntry.canonical, literal_column(r"E'\nwords:\n'")) + literal_column("8")
WORDS = func.left(func.substr(StatementEntry.canonical, _words_at), literal_column("-1"))
StatementEntry.text = column_property(WORDS)
StatementEntry.signed_name = column_property(SIGNED_NAME)
StatementEntry.signed_on = column_property(cast(SIGNED_ON, Date))
_entry = func.jsonb_build_object(
    *(literal_column("'number'"), StatementEntry.number, literal_column("'text'"), WORDS),
    *(literal_column("'signed_name'"), SIGNED_NAME, literal_column("'signed_on'"), SIGNED_ON),
    literal_column("'signed_at'"),
    func.to_char(
        func.timezone(literal_column("'UTC'"), StatementEntry.created_at), literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'""")
    ),
    *(literal_column("'sha256'"), func.encode(StatementEntry.sha256, literal_column("'hex'"))),
    *(literal_column("'canonical'"), StatementEntry.canonical),
)
_of_statement = StatementEntry.statement_id == Statement.id
_entries = (
    select(func.coalesce(func.jsonb_agg(aggregate_order_by(_entry, StatementEntry.number)), literal_column("'[]'::jsonb")))
    .where(_of_statement)
    .correlate(Statement)
    .scalar_subquery()
)
# Nobody writes down how a statement stands: what was signed, withdrawn and asked says it.
_state = case(
    (Statement.withdrawn_at.is_not(None), literal_column("'withdrawn'")),
    (select(StatementEntry.id).where(_of_statement).correlate(Statement).exists(), literal_column("'signed'")),
    (Statement.expires_at <= bindparam("now"), literal_column("'expired'")),
    else_=literal_column("'asked'"),
)
_read: Select[Any] = select(*columns_of(Statement), _state.label("state"), _entries.label("entries"))
STATEMENTS = Listing(
    _read,
    (Statement.id,),
    {
        **{name: getattr(Statement, name) == bindparam(name) for name in ("case_id", "concern_id", "provision_id", "party")},
        "state": _state == bindparam("state"),
    },
    newest_first=True,
)
STATEMENT = Prepared(_read.where(Statement.id == bindparam("id")))
# Of a case, in the order in which they were asked: with all that was signed, which stays where one was withdrawn.
STATEMENTS_OF_CASE = Prepared(_read.where(Statement.case_id == bindparam("case_id")).order_by(Statement.id))
# A link dies when it expires, when the statement is withdrawn, and while the case is closed.
STATEMENT_BY_LINK = Prepared(
    select(Statement.id)
    .join(Case, Case.id == Statement.case_id)
    .where(Statement.link_hash == bindparam("link_hash"), Statement.withdrawn_at.is_(None))
    .where(Statement.expires_at > bindparam("now"), Case.state != literal_column("'closed'"))
)
# The mail that asked last.
LAST_MAIL = Prepared(select(Message.state).where(Message.occasion == bindparam("occasion")))
