from schemas.base import PageQuery, Resource, Schema, change_of
from schemas.fields import Id, Instant, OneOf, Prose, Text

STATES = ("open", "on_hold", "closed")
EVENTS = (
    "case",
    "booking",
    "iep_version",
    "iep_copy",
    "document",
    "concern",
    "concern_step",
    "communication",
    "reminder_due",
    "reminder_settled",
)


class CaseSchema(Resource):
    """What the practice does for one student."""

    client_id = Id(required=True)
    student_id = Id(required=True)
    title = Text(200, required=True, example="Reading support, grade 4")
    advocate_id = Id(description="Who is responsible, and is reminded; whoever opens the case, unless named.")
    state = OneOf(STATES, load_default="open")


class CaseQuery(PageQuery):
    state = OneOf(STATES, example=None)
    client_id = Id(example=None)
    student_id = Id(example=None)
    advocate_id = Id(example=None)


class EventSchema(Schema):
    """Something that happened: when, what kind of row holds it, what it was, and a line about it."""

    at = Instant()
    kind = OneOf(EVENTS, example="communication")
    id = Id(description="The row that holds it.")
    what = Text(example="outbound")
    detail = Prose(allow_none=True, example="Asked who provides the reader.")


CaseChange = change_of(CaseSchema, "title", "advocate_id", "state")
