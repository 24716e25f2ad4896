"""The people of a practice and what each may do; and how a new one is invited."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Select, UniqueConstraint, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.email_address import identity
from domain.refusal import Refusal
from models.base import Base
from models.listing import Listing
from models.message import Message
from models.practice import Practice
from models.prepared import Prepared
from models.sign_in import SignIn
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

# What each role may do includes what the roles before it may.
ROLES = ("assistant", "advocate", "owner")
INVITATION_LIFETIME = timedelta(days=7)
# They are mails to people who did not ask for them.
INVITATIONS_A_DAY, INVITATIONS_TO_ONE_A_DAY = 300, 10


class AlreadyStaff(Refusal):
    """This person is already in the practice."""


class NotHere(Refusal):
    """This person has left the practice."""


class LastOwner(Refusal):
    """The last owner stays."""


class TooManyInvitations(Refusal):
    """So many mails to strangers in a day that it is no invitation any more."""


class InvitationOver(Refusal):
    """Who has accepted an invitation is a member; there is nothing to withdraw."""


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
    def of_user(cls, user_id: UUID) -> Select["Staff"]:
        return select(cls).where(cls.user_id == user_id).with_for_update()

    @classmethod
    def owners(cls) -> Select["Staff"]:
        """The owners, locked: of two who leave at once, the second sees that the first has left."""
        return select(cls).where(cls.role == "owner", cls.ended_at.is_(None)).order_by(cls.id).with_for_update()

    @classmethod
    def acting_for(cls, advocate_id: UUID) -> Select[UUID]:
        """Who is responsible for what this advocate has: they; for one who has left, an owner."""
        here = select(cls.id).where(cls.ended_at.is_(None), or_(cls.id == advocate_id, cls.role == "owner"))
        return here.order_by(cls.id != advocate_id, cls.id).limit(1)

    @classmethod
    def join(cls, *, user_id: UUID, name: str, email: str, role: str) -> "Staff":
        return cls(user_id=user_id, name=name, email=email, role=role)

    def rejoin(self, *, name: str, email: str, role: str) -> None:
        """Who left may come back, to the same row: what they did stays theirs."""
        if self.ended_at is None:
            raise AlreadyStaff("This person is already in the practice.")
        self.name, self.email, self.role, self.ended_at = name, email, role, None

    def must_be_among(self, owners: "Sequence[Staff]") -> None:
        """Who acts as an owner still is one, now that the others are held: two could remove each other at once."""
        if not any(owner.id == self.id for owner in owners):
            raise NotHere("You are no owner of this practice any more.")

    def change(self, owners: "Sequence[Staff]", *, role: str | None = None, name: str | None = None) -> None:
        self._must_be_here()
        if role is not None and role != self.role:
            self._must_not_be_the_last(owners)
            self.role = role
        self.name = name or self.name

    def leave(self, owners: "Sequence[Staff]", *, now: datetime) -> None:
        """Ends the membership; holds from the next request on."""
        self._must_be_here()
        self._must_not_be_the_last(owners)
        self.ended_at = now

    def _must_be_here(self) -> None:
        if self.ended_at is not None:
            raise NotHere("This person has left the practice.")

    def _must_not_be_the_last(self, owners: "Sequence[Staff]") -> None:
        if self.role == "owner" and not any(owner.id != self.id for owner in owners):
            raise LastOwner("A practice has an owner at all times: make somebody else one first.")


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

    @staticmethod
    def must_be_few(sent: Any) -> None:
        """Raises for an address that works here, and for more than so many of a day (a row of `INVITATIONS_SINCE`)."""
        if sent.here:
            raise AlreadyStaff("This person is already in the practice.")
        if sent.in_all >= INVITATIONS_A_DAY or sent.to_address >= INVITATIONS_TO_ONE_A_DAY:
            raise TooManyInvitations("So many invitations were sent since yesterday; please go on tomorrow.")

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
        if self.state == "accepted":
            raise InvitationOver("This invitation was accepted: end the membership instead.")
        self.state = "withdrawn"

    def must_be_open(self, *, now: datetime) -> None:
        if self.state != "open" or self.expires_at <= now:
            raise InvitationGone("This invitation was used, withdrawn, or has lapsed. Ask for a new one.")

    def accept(self, *, now: datetime) -> None:
        """Works once, while it is open."""
        self.must_be_open(now=now)
        self.state, self.accepted_at = "accepted", now

    @classmethod
    def open_of(cls, member: Staff) -> Select["Invitation"]:
        """What somebody who is no owner any more has sent out, or may still accept."""
        theirs = or_(cls.invited_by_id == member.id, cls.email_identity == identity(member.email))
        return select(cls).where(theirs, cls.state == "open").order_by(cls.id).with_for_update()

    @classmethod
    def open_for(cls, email_identity: str) -> Select["Invitation"]:
        """The open invitations of an address: a new one withdraws them."""
        return select(cls).where(cls.email_identity == email_identity, cls.state == "open").with_for_update()


STAFF = Listing.of(Staff, order=(Staff.created_at,))
INVITATIONS = Listing.of(Invitation)
# An invitation is as good as who sent it: of who is no owner any more, none opens.
INVITATION_BY_LINK = Prepared(
    select(Invitation.id, Invitation.email)
    .join(Staff, Staff.id == Invitation.invited_by_id)
    .where(Invitation.link_hash == bindparam("link_hash"), Staff.role == "owner", Staff.ended_at.is_(None))
)
INVITATIONS_SINCE = Prepared(
    select(
        func.count().label("in_all"),
        func.count().filter(Invitation.email_identity == bindparam("email_identity")).label("to_address"),
        select(func.count())
        .where(Staff.ended_at.is_(None), func.lower(Staff.email) == bindparam("email_identity"))
        .scalar_subquery()
        .label("here"),
    ).where(Invitation.created_at > bindparam("since"))
)

# Read with every request of staff, so that a removal or a sign-out holds at once.
MEMBERSHIP = Prepared(
    select(Staff.id, Staff.role, Staff.name, SignIn.ended_at)
    .join(SignIn, SignIn.id == bindparam("sign_in"))
    .where(Staff.user_id == bindparam("user"), SignIn.user_id == Staff.user_id, Staff.ended_at.is_(None))
)
# Read in the lobby, where row security shows a person's own memberships and no others.
MEMBERSHIPS = Prepared(
    select(Practice.id, Practice.slug, Practice.name, Staff.role, Staff.id.label("staff_id"))
    .join(Practice, Practice.id == practice_of(Staff))
    .where(Staff.user_id == bindparam("user"), Staff.ended_at.is_(None))
    .order_by(Staff.id),
    across_practices=True,
)
