"""The IEP team: who is at the table at the school."""

from typing import Any
from uuid import UUID

from api.copy_lines import came_back, left, opened_for, today
from api.doors import StaffDoor
from api.verbs import add, change, find
from models.case import Case
from models.team_member import TEAM_MEMBERS, TeamMember
from schemas.team_member import TeamMemberChange, TeamMemberQuery, TeamMemberSchema

team_members = StaffDoor("team-members", __name__, "/team-members", description="The IEP team at the school.")


@team_members.route("")
@team_members.listing(TEAM_MEMBERS, TeamMemberSchema, TeamMemberQuery)
def list_team_members() -> None:
    """Team members

    Newest first, by case, role, or whether they have not left.
    """


@team_members.route("", methods=["POST"])
@team_members.arguments(TeamMemberSchema)
@team_members.response(201, TeamMemberSchema)
def create_team_member(said: dict[str, Any]) -> TeamMember:
    """Add a team member

    Somebody of the IEP team of one case; they get no account and no mail. Of a version in force they must have a copy: a line
    in its ledger is opened.
    """
    # Held against who takes the case up again: one of the two opens the line.
    case = find(Case, said["case_id"], lock=True)
    member = TeamMember(**{"left_on": None, **said})
    return add(member, opened_for(member, case))


@team_members.route("/<uuid:team_member_id>")
@team_members.response(200, TeamMemberSchema)
def show_team_member(team_member_id: UUID) -> TeamMember:
    """A team member

    With the ETag of its version.
    """
    return find(TeamMember, team_member_id)


@team_members.route("/<uuid:team_member_id>", methods=["PATCH"])
@team_members.arguments(TeamMemberChange)
@team_members.response(200, TeamMemberSchema)
def change_team_member(said: dict[str, Any], team_member_id: UUID) -> TeamMember:
    """Change a team member

    The fields that are named; the others stay. From `left_on` on their lines in the ledgers of copies are closed, and nobody is
    reminded of them any more; taken back, all goes on as before. A link that was mailed to another address than the present one
    is dead.
    """
    member = find(TeamMember, team_member_id)
    was_gone = member.is_gone(today())
    change(member, said)
    if member.is_gone(today()) and not was_gone:
        left(member)
    elif was_gone and not member.is_gone(today()):
        came_back(member)
    return member
