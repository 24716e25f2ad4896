from typing import Any

from marshmallow import fields, post_load

from models.document import FILE_TYPES, KINDS, LONGEST_NAME, MEDIA_TYPES
from models.document_reading import STATES
from models.provision import KINDS as PROVISION_KINDS
from models.provision import PERIODS
from schemas.base import PageQuery, Resource, Schema, change_of
from schemas.fields import Boolean, Computed, Date, File, Id, Instant, Integer, Many, OneOf, Prose, Text

DOCUMENT_KINDS = ("iep", "iep_amendment", "section_504_plan", "other")
REFUSALS = ("password", "no-text", "not-an-iep", "unreadable", "language", "limits")


class DocumentSchema(Resource):
    """A file of a case, as it came. What is in it is at `/documents/{document_id}/content`."""

    case_id = Id(required=True)
    kind = OneOf(KINDS, load_default="iep")
    name = Text(
        LONGEST_NAME, least=1, example="IEP 2026.pdf", description="As its sender calls it, unless it is called otherwise here."
    )
    file_type = OneOf(FILE_TYPES, dump_only=True, description="As its bytes say, whatever it is called.")
    media_type = OneOf(list(MEDIA_TYPES.values()), dump_only=True)
    size_bytes = Integer(1, dump_only=True, example=184_320)
    sha256 = Text(
        dump_only=True,
        attribute="digest",
        example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        description="Of its bytes, in hexadecimal digits; the ETag of its content.",
    )
    note = Prose(2000, allow_none=True, example="From the meeting in May.")
    uploaded_by_id = Id(dump_only=True, allow_none=True, description="Null: it came by mail.")
    is_kept = Boolean(dump_only=True, example=False, description="Of a final letter: nobody changes or deletes it.")
    reading_state = OneOf(STATES, dump_only=True, description="Whether it was read: see `/documents/{document_id}/reading`.")


class NewDocumentSchema(DocumentSchema):
    """A form with the file."""

    file = File(required=True, description="A document, table, picture or sound recording, at most 25 MiB: see `file_type`.")

    @post_load
    def _all_named(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"name": None, "note": None, **said}


DocumentChange = change_of(DocumentSchema, "kind", "name", "note")


class DocumentQuery(PageQuery):
    case_id = Id(example=None)
    kind = OneOf(KINDS, example=None)


class PlaceReadSchema(Schema):
    """Where something was read."""

    page = Integer(1, allow_none=True, example=3, description="Of a PDF.")
    line = Integer(1, allow_none=True, example=14, description="Of a text; in DOCX the paragraph or row.")
    quote = Text(
        allow_none=True, example="Reading | 30 min | 4x/wk | resource rm", description="The words as they stand there."
    )


class ProvisionReadSchema(Schema):
    """A promise that was read: a proposal, in the form in which `/iep-versions` takes it."""

    kind = OneOf(PROVISION_KINDS)
    text = Prose(example="Specially designed instruction in reading, in the resource room.")
    minutes = Integer(1, allow_none=True, example=30)
    times = Integer(1, allow_none=True, example=4)
    per = OneOf(PERIODS, allow_none=True, example="week")
    setting = Text(allow_none=True, example="resource room")
    provider_role = Text(allow_none=True, example="special education teacher")
    starts_on = Date(allow_none=True, example="2026-09-08")
    ends_on = Date(allow_none=True, example="2027-09-07")
    confidence = Computed(0.93, {"type": "number", "minimum": 0, "maximum": 1}, description="Look first at what is below 0.8.")
    source = fields.Nested(PlaceReadSchema)


class WarningReadSchema(Schema):
    """What somebody should know of a reading."""

    code = Text(example="pages-without-text")
    detail = Text(example="Page 7 is an image: nothing could be read on it.")
    pages = Many(Integer(1, example=7), description="Which, if it is about some.")


class RefusalReadSchema(Schema):
    """Why nothing was read."""

    reason = OneOf(REFUSALS, example="no-text")
    detail = Text(example="No text could be read: its pages are images.")


class SheetReadSchema(Schema):
    """A sheet of a table: how much is on it, and its first rows."""

    name = Text(example="October", description="Blank for a CSV.")
    row_count = Integer(example=212, description="Up to the last one with anything in it.")
    columns = Integer(example=6, description="So many cells has its longest row.")
    sample = Computed(
        [["Date", "Minutes", "Delivered"], ["2026-10-12", 30, True]],
        {"type": "array", "items": {"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}}},
        description="Its first 20 rows. Days and times are ISO 8601; all cells of a CSV are text.",
    )


class PreviewSchema(Schema):
    """What was made of a picture to be looked at: `/documents/{document_id}/preview`."""

    width = Integer(1, example=1600)
    height = Integer(1, example=1200)
    bytes = Integer(1, example=184_320)
    sha256 = Text(
        example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", description="The ETag of the preview."
    )


class DocumentReadingSchema(Schema):
    """What was read in a document: a proposal for people. Nothing of it is a provision before somebody accepts it."""

    document_id = Id()
    state = OneOf(STATES, example="done", description="All else is null or empty while it is `waiting`.")
    read_at = Instant(allow_none=True)
    document_kind = OneOf(DOCUMENT_KINDS, allow_none=True)
    language = Text(allow_none=True, example="en")
    student_initials = Text(allow_none=True, example="SP")
    effective_from = Date(allow_none=True, example="2026-09-08")
    effective_to = Date(allow_none=True, example="2027-09-07")
    provisions = fields.List(fields.Nested(ProvisionReadSchema))
    warnings = fields.List(fields.Nested(WarningReadSchema))
    sheets = fields.List(
        fields.Nested(SheetReadSchema), allow_none=True, metadata={"description": "Of a table; null of all else."}
    )
    preview = fields.Nested(PreviewSchema, allow_none=True)
    refusal = fields.Nested(RefusalReadSchema, allow_none=True)
