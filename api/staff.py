"""The people of the practice, and how they are invited."""

from uuid import UUID

from api.doors import StaffDoor, add, caller, find, links, now, practice, work
from models.link import hash_of
from models.staff import INVITATIONS, STAFF, Invitation, Staff
from schemas.staff import InvitationSchema, StaffSchema

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


@staff.route("/invitations")
@staff.listing(INVITATIONS, InvitationSchema)
def list_invitations() -> None:
    """Invitations

    Open, accepted and withdrawn ones, newest first.
    """


@staff.route("/invitations", methods=["POST"], role="owner")
@staff.arguments(InvitationSchema)
@staff.response(201, InvitationSchema)
def invite(said: dict[str, str]) -> Invitation:
    """Invite somebody

    Sends a link by e-mail. It works once, for seven days; inviting the same address again replaces it.
    """
    invitation = Invitation.invite(**said, by=caller().staff_id, now=now())
    for earlier in work().all(Invitation.open_for(invitation.email_identity)):
        earlier.withdraw()
    invitation.link_hash = hash_of(links().token("invitations", work().practice_id, invitation.id))
    return add(invitation, invitation.message(practice(), now=now()))
