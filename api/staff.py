"""The people of the practice: how they are invited, what they may do, how they leave."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from api import booking as bookings
from api import external_calendar
from api.doors import StaffDoor
from api.problems import Problem
from api.verbs import add, caller, colleague, find, links, now, practice, work
from models.api_key import ApiKey
from models.case import Case
from models.check_in import CheckIn
from models.deadline import Deadline
from models.digest import Digest
from models.external_calendar import ExternalCalendar
from models.link import hash_of
from models.practice import Practice
from models.reminder import Reminder
from models.sign_in import SignIn
from models.staff import INVITATIONS, INVITATIONS_SINCE, STAFF, Invitation, Staff
from schemas.staff import InvitationSchema, LeavingQuery, LeavingSchema, StaffChange, StaffSchema

staff = StaffDoor("staff", __name__, "/staff", description="Members of the practice and invitations.")


@staff.route("")
@staff.listing(STAFF, StaffSchema)
def list_staff() -> None:
    """Who works here

    In the order in which they joined.
    """


@staff.route("/<uuid:staff_id>")
@staff.response(200, StaffSchema)
def show_staff(staff_id: UUID) -> Staff:
    """A member of staff

    Name, e-mail address and role.
    """
    return find(Staff, staff_id)


@staff.route("/<uuid:staff_id>", methods=["PATCH"], role="owner")
@staff.arguments(StaffChange)
@staff.response(200, StaffSchema)
def change_staff(said: dict[str, str], staff_id: UUID) -> Staff:
    """Change a member's name or role

    Holds from their next request on. The last owner stays owner.
    """
    owners = _owners()
    member = find(Staff, staff_id)
    member.change(owners, **said)
    if member.role != "owner":
        _withdraw_all(Invitation.open_of(member))
    return member


@staff.route("/<uuid:staff_id>", methods=["DELETE"], role="owner")
@staff.arguments(LeavingQuery, location="query")
@staff.response(200, LeavingSchema)
def remove_staff(said: dict[str, UUID], staff_id: UUID) -> dict[str, Any]:
    """Remove a member

    Ends the membership, every sign-in, every key and every calendar of theirs at once; what they did stays. Their cases, open
    reminders and consultations go to `hand_over_to`, or to who removes them. Consultations at times when that colleague has
    another one stay, and are listed: move or cancel them.
    """
    owners = _owners()
    member, heir = find(Staff, staff_id), colleague(said.get("hand_over_to", caller().staff_id))
    if heir.id == member.id:
        detail = "Name a colleague to hand over to."
        raise Problem("validation", detail, errors=[{"pointer": "/hand_over_to", "detail": detail}])
    member.leave(owners, now=now())
    work().execute(SignIn.end_all(member.user_id, "left the practice", now=now(), practice_id=work().practice_id))
    work().execute(ApiKey.revoke_all_of(member.id, now=now()))
    for calendar in work().all(ExternalCalendar.of(member.id)):
        external_calendar.forget(calendar)
    _withdraw_all(Invitation.open_of(member))
    for digest in work().all(Digest.of(member.id)):
        work().delete(digest)
    handed, left = bookings.hand_over(member, heir)
    return {
        "handed_over_to": heir.id,
        "cases": work().execute(Case.hand_over_all(member.id, to=heir.id)),
        "deadlines": work().execute(Deadline.hand_over_all(member.id, to=heir.id)),
        "check_ins": work().execute(CheckIn.hand_over_all(member.id, to=heir.id)),
        "reminders": work().execute(Reminder.hand_over_all(member.id, to=heir.id)),
        "bookings": len(handed),
        "bookings_left": [booking.id for booking in left],
    }


@staff.route("/<uuid:staff_id>/sign-out", methods=["POST"], role="owner")
@staff.response(204)
def sign_out_staff(staff_id: UUID) -> None:
    """Sign a member out

    Ends every sign-in of theirs in this practice, at once: a device was lost, or somebody else may know the password.
    """
    member = find(Staff, staff_id)
    ended = SignIn.end_all(member.user_id, "signed out by an owner", now=now(), practice_id=work().practice_id)
    work().execute(ended)


@staff.route("/invitations")
@staff.listing(INVITATIONS, InvitationSchema)
def list_invitations() -> None:
    """Invitations

    Open, accepted and withdrawn ones, newest first.
    """


@staff.route("/invitations", methods=["POST"], role="owner", problems=["rate-limited"])
@staff.arguments(InvitationSchema)
@staff.response(201, InvitationSchema)
def invite(said: dict[str, str]) -> Invitation:
    """Invite somebody

    Sends a link by e-mail. It works once, for seven days, as long as who sent it is an owner; inviting the same address
    again replaces it. Ten a day to one address and three hundred in all, since nobody asked for them.
    """
    # Held, so that of two invitations to one address at once the second withdraws the first.
    find(Practice, work().practice_id, lock=True)
    invitation = Invitation.invite(**said, by=caller().staff_id, now=now())
    sent = work().rows(INVITATIONS_SINCE, email_identity=invitation.email_identity, since=now() - timedelta(days=1))
    Invitation.must_be_few(sent[0])
    _withdraw_all(Invitation.open_for(invitation.email_identity))
    invitation.link_hash = hash_of(links().token("invitations", work().practice_id, invitation.id))
    return add(invitation, invitation.message(practice(), now=now()))


@staff.route("/invitations/<uuid:invitation_id>", methods=["DELETE"], role="owner")
@staff.response(204)
def withdraw_invitation(invitation_id: UUID) -> None:
    """Withdraw an invitation

    Its link works no more.
    """
    find(Invitation, invitation_id).withdraw()


def _owners() -> list[Staff]:
    """The owners, held until this request is done; the caller is one of them still."""
    owners: list[Staff] = work().all(Staff.owners())
    find(Staff, caller().staff_id).must_be_among(owners)
    return owners


def _withdraw_all(invitations: Select[Invitation]) -> None:
    for invitation in work().all(invitations):
        invitation.withdraw()
