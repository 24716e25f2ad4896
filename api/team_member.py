"""The IEP team: who is at the table at the school."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.iep_copy import left, opened_for
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
    case = find(Case, said["case_id"])
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

    The fields that are named; the others stay. With `left_on` their lines in the ledgers of copies close, and nobody is
    reminded of them any more.
    """
    member = find(TeamMember, team_member_id)
    if said.get("left_on"):
        left(member)
    return change(member, said)
