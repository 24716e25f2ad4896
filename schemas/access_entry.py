from typing import Any

from marshmallow import ValidationError, validates_schema

from domain.access_words import ROLES
from models.access_entry import DISCLOSURES, KINDS
from models.audit_entry import ACTORS
from schemas.base import PageQuery, Schema
from schemas.fields import Date, Id, Instant, OneOf, Prose, Text


class AccessEntrySchema(Schema):
    """Who looked at a child's record, or to whom it was disclosed: who, what, when; nothing of what stood there."""

    id = Id()
    at = Instant(attribute="created_at", description="Of what was read: the first time within the hour.")
    kind = OneOf(KINDS)
    in_words = Prose(
        example="Ana (advocate) looked at the timeline of the case.",
        description="A line for the family, in the practice's language or the one that was asked for.",
    )
    resource = Text(example="cases/timeline", description="What it was, as its path calls it.")
    row_id = Id(allow_none=True, description="Which one, where it was one; of several within the hour the first.")
    actor = OneOf(ACTORS)
    staff_id = Id(allow_none=True, description="The member; for a key, who made it.")
    staff_name = Text(allow_none=True, example="Ana")
    staff_role = Text(allow_none=True, example="advocate", description="Their role today.")
    sign_in_id = Id(allow_none=True, description="From which sign-in.")
    api_key_id = Id(allow_none=True, example=None, description="With which key.")
    api_key_name = Text(allow_none=True, example=None)
    disclosed_to = Text(400, allow_none=True, example=None, description="Of a disclosure: who has it.")
    purpose = Text(400, allow_none=True, example=None, description="Of a disclosure: why.")
    packet_share_id = Id(allow_none=True, example=None)
    request_id = Text(64, allow_none=True, example="0192f0c123457abc8def0123456789ab", description="Finds it in the log.")


class AccessQuery(PageQuery):
    from_on = Date(data_key="from", example=None, description="On this day or later, in the practice's zone.")
    to_on = Date(data_key="to", example=None, description="On this day or earlier.")
    staff_id = Id(example=None)
    language = OneOf(tuple(ROLES), example=None, description="Of the words; the practice's, unless named.")

    @validates_schema
    def _in_order(self, asked: dict[str, Any], **_: Any) -> None:
        first, last = asked.get("from_on"), asked.get("to_on")
        if first and last and last < first:
            raise ValidationError("It ends before it begins.", "to")


class AccessLogQuery(AccessQuery):
    kind = OneOf(KINDS, example=None)


class DisclosuresQuery(AccessQuery):
    kind = OneOf(DISCLOSURES, example=None)
