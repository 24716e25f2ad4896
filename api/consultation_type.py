"""What can be booked."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, change, colleague, find, practice
from models.consultation_type import CONSULTATION_TYPES, ConsultationType
from schemas.consultation_type import ConsultationTypeChange, ConsultationTypeQuery, ConsultationTypeSchema

consultation_types = StaffDoor(
    "consultation-types", __name__, "/consultation-types", description="Kinds of consultations and their rules."
)


@consultation_types.route("")
@consultation_types.listing(CONSULTATION_TYPES, ConsultationTypeSchema, ConsultationTypeQuery)
def list_consultation_types() -> None:
    """Consultation types

    Newest first; `is_open` gives those that visitors can book, or those that they cannot.
    """


@consultation_types.route("", methods=["POST"], role="owner")
@consultation_types.arguments(ConsultationTypeSchema)
@consultation_types.response(201, ConsultationTypeSchema)
def create_consultation_type(said: dict[str, Any]) -> ConsultationType:
    """Add a consultation type

    It can be booked wherever somebody has hours (see `/availability`).
    """
    return add(ConsultationType(**{"step_minutes": said["minutes"], **_completed(said)}))


@consultation_types.route("/<uuid:consultation_type_id>")
@consultation_types.response(200, ConsultationTypeSchema)
def show_consultation_type(consultation_type_id: UUID) -> ConsultationType:
    """A consultation type

    With the ETag of its version.
    """
    return find(ConsultationType, consultation_type_id)


@consultation_types.route("/<uuid:consultation_type_id>", methods=["PATCH"], role="owner")
@consultation_types.arguments(ConsultationTypeChange)
@consultation_types.response(200, ConsultationTypeSchema)
def change_consultation_type(said: dict[str, Any], consultation_type_id: UUID) -> ConsultationType:
    """Change a consultation type

    Bookings that exist stay as they were made.
    """
    return change(find(ConsultationType, consultation_type_id), _completed(said))


def _completed(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, its hosts colleagues of here, the dates of its seasons those of a zone."""
    for host in said.get("hosts", ()):
        colleague(UUID(host["staff_id"]))
    for cap in said.get("season_caps", ()):
        cap.setdefault("timezone", practice().timezone)
    return said
