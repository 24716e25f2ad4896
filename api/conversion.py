"""A booking or an enquiry becomes a client's file, in one way for both."""

from typing import Any
from uuid import UUID

from api.verbs import add, caller, colleague, find, now, practice
from models.booking import Booking
from models.client import Client
from models.conversion import open_file
from models.enquiry import Enquiry

MADE = ("client_id", "student_id", "case_id", "concern_id", "conflict_check")


def converted(asked: Booking | Enquiry, said: dict[str, Any], *, advocate_id: UUID) -> dict[str, Any]:
    """What it became: made now, unless it was made before. Its row is locked, so that of many who come at once one makes it."""
    if asked.case_id is None:
        named = said.get("client_id") or asked.client_id
        rows = open_file(
            asked,
            client=find(Client, named) if named else None,
            student=said["student"],
            title=said["title"],
            advocate_id=colleague(said.get("advocate_id", advocate_id)).id,
            concern=said.get("concern", {}),
            practice=practice(),
            by=caller().staff_id,
            now=now(),
        )
        add(rows[0], rows[1:])
    return {name: getattr(asked, name) for name in MADE}
