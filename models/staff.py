"""The people of a practice and what each may do; and how a new one is invited."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Select, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.email_address import identity
from domain.refusal import Refusal
from models.base import Base
from models.listing import Listing
from models.message import Message
from models.practice import Practice
from models.sign_in import SignIn
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice
from models.transaction import Prepared

# What each role may do includes what the roles before it may.
ROLES = ("assistant", "advocate", "owner")
INVITATION_LIFETIME = timedelta(days=7)


class AlreadyStaff(Refusal):
    """This person is already in the practice."""


class InvitationGone(Refusal):
    """The invitation was used, withdrawn, or has lapsed."""


class Staff(TenantOwned, Base):
    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("user_id"), name="uq_staff_user"),
        CheckConstraint("role in ('owner', 'advocate', 'assistant')", name="role"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", name="fk_staff_user"), index=True)
    name: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]
    ended_at: Mapped[datetime | None]

    @classmethod
    def join(cls, *, user_id: UUID, name: str, email: str, role: str) -> "Staff":
        return cls(user_id=user_id, name=name, email=email, role=role)


class Invitation(TenantOwned, Base):
    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("link_hash"), name="uq_invitations_link_hash"),
        CheckConstraint("role in ('owner', 'advocate', 'assistant')", name="role"),
        CheckConstraint("state in ('open', 'accepted', 'withdrawn')", name="state"),
    )

    email: Mapped[str]
    email_identity: Mapped[str]
    role: Mapped[str]
    invited_by_id: Mapped[UUID] = refers_to("staff")
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    state: Mapped[str]
    accepted_at: Mapped[datetime | None]

    @classmethod
    def invite(cls, *, email: str, role: str, by: UUID, now: datetime) -> "Invitation":
        return cls(
            email=email,
            email_identity=identity(email),
            role=role,
            invited_by_id=by,
            expires_at=now + INVITATION_LIFETIME,
            state="open",
        )

    def message(self, practice: Practice, *, now: datetime) -> Message:
        return Message.write(
            "invitation",
            to=self.email,
            now=now,
            practice=practice,
            facts={"role": self.role, "expires_at": self.expires_at},
            link=("invitations", self.id, self.link_hash),
        )

    def withdraw(self) -> None:
        self.state = "withdrawn"

    def must_be_open(self, *, now: datetime) -> None:
        if self.state != "open" or self.expires_at <= now:
            raise InvitationGone("This invitation was used, withdrawn, or has lapsed. Ask for a new one.")

    def accept(self, *, now: datetime) -> None:
        """Works once, while it is open."""
        self.must_be_open(now=now)
        self.state, self.accepted_at = "accepted", now

    @classmethod
    def open_for(cls, email_identity: str) -> Select["Invitation"]:
        """The open invitations of an address: a new one withdraws them."""
        return select(cls).where(cls.email_identity == email_identity, cls.state == "open").with_for_update()


STAFF = Listing.of(Staff, order=(Staff.created_at,))
INVITATIONS = Listing.of(Invitation)
INVITATION_BY_LINK = Prepared(select(Invitation.id, Invitation.email).where(Invitation.link_hash == bindparam("link_hash")))

# Read with every request of staff, so that a removal or a sign-out holds at once.
MEMBERSHIP = Prepared(
    select(Staff.id, Staff.role, Staff.name, SignIn.ended_at)
    .join(SignIn, SignIn.id == bindparam("sign_in"))
    .where(Staff.user_id == bindparam("user"), SignIn.user_id == Staff.user_id, Staff.ended_at.is_(None))
)
# Read in the lobby, where row security shows a person's own memberships and no others.
MEMBERSHIPS = Prepared(
    select(Practice.id, Practice.slug, Practice.name, Staff.role)
    .join(Practice, Practice.id == practice_of(Staff))
    .where(Staff.user_id == bindparam("user"), Staff.ended_at.is_(None))
    .order_by(Practice.id),
    across_practices=True,
)
