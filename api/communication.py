"""Communications: what was said, and what has to follow."""

from typing import Any
from uuid import UUID

from api.case import taken_up
from api.doors import StaffDoor
from api.verbs import add, caller, find, now, practice, work
from models.case import Case
from models.communication import COMMUNICATIONS, Communication, CommunicationTeamMember
from models.concern import Concern
from models.team_member import TeamMember
from schemas.communication import CommunicationQuery, CommunicationSchema, RecordedSchema

communications = StaffDoor(
    "communications", __name__, "/communications", description="What was said to or by the school or the family."
)


@communications.route("")
@communications.listing(COMMUNICATIONS, CommunicationSchema, CommunicationQuery)
def list_communications() -> None:
    """Communications

    The latest recorded first; by case, concern, party, direction or channel.
    """


@communications.route("", methods=["POST"])
@communications.arguments(CommunicationSchema)
@communications.response(201, RecordedSchema)
def record_communication(said: dict[str, Any]) -> dict[str, Any]:
    """Record what was said to or by the school

    Plans the practice's follow-ups, or settles those that it answers.
    """
    # Who replies holds the case: of two that ask again at once, the second sees what the first has planned.
    case = find(Case, said.pop("case_id"), lock=said.get("in_reply_to") is not None)
    concern_id = said.pop("concern_id", None)
    concern = find(Concern, concern_id) if concern_id else None
    communication, members = recorded(case, concern, said)
    chased = work().all(Communication.open_follow_ups(communication.thread_id)) if communication.in_reply_to else []
    settled = communication.settle(chased, by=caller().staff_id, now=now())
    planned = communication.follow_ups(case=taken_up(case), practice=practice(), asked_already=chased)
    add(communication, members, planned)
    return {**vars(communication), "reminders": [*settled, *planned]}


@communications.route("/<uuid:communication_id>")
@communications.response(200, CommunicationSchema)
def show_communication(communication_id: UUID) -> Communication:
    """A communication

    As it was recorded; it is not rewritten.
    """
    return find(Communication, communication_id)


def recorded(case: Case, concern: Concern | None, said: dict[str, Any]) -> tuple[Communication, list[CommunicationTeamMember]]:
    """A communication of the case, and who took part in it; everything it names is looked up."""
    answered = said.pop("in_reply_to", None)
    members = [find(TeamMember, member_id) for member_id in dict.fromkeys(said.pop("team_member_ids", ()))]
    communication = Communication.record(
        case=case,
        by=caller().staff_id,
        in_reply_to=find(Communication, answered) if answered else None,
        concern=concern,
        **said,
    )
    return communication, communication.between(case, members)
