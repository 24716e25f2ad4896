from models.audit_entry import ACTIONS, ACTORS
from schemas.base import PageQuery, Schema
from schemas.fields import Id, Instant, Integer, Many, OneOf, Text


class AuditEntrySchema(Schema):
    """A change: who, when, what; the names of the fields, no values."""

    id = Id()
    at = Instant(attribute="created_at")
    sequence = Integer(example=4711, description="Rises; the order of entries.")
    actor = OneOf(ACTORS)
    staff_id = Id(allow_none=True, description="The member; for a key, who made it.")
    sign_in_id = Id(allow_none=True, description="From which sign-in.")
    api_key_id = Id(allow_none=True, example=None, description="With which key.")
    request_id = Text(64, allow_none=True, example="0192f0c123457abc8def0123456789ab", description="Finds it in the log.")
    action = OneOf(ACTIONS)
    resource = Text(example="cases", description="What kind of row it is.")
    row_id = Id(description="Which row it is.")
    changed = Many(
        Text(),
        100,
        attribute="fields",
        data_key="fields",
        example=["state", "title"],
        description="The fields that were given or changed.",
    )


class AuditEntryQuery(PageQuery):
    actor = OneOf(ACTORS, example=None)
    staff_id = Id(example=None)
    api_key_id = Id(example=None)
    resource = Text(60, example=None)
    row_id = Id(example=None)
    since = Instant(example=None, description="At or after this instant.")
    before = Instant(example=None, description="Before this instant.")
