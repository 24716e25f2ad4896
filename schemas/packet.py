from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.letters import LANGUAGES
from domain.packet import PARTS
from models.packet import FORMATS, MOST_EXHIBITS, PURPOSES, STAGES, STATES
from schemas.base import KeptAsJson, PageQuery, Resource, Schema
from schemas.fields import Boolean, Computed, Date, Id, Instant, Integer, Many, OneOf, Prose, Text
from schemas.proceeding import ComplaintSchema

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_CONTENTS = {
    "parts": [{"part": "delivery", "page": 4}],
    "exhibits": [
        {
            "number": 1,
            "document_id": "0192f0c1-2345-7abc-8def-0123456789ab",
            "title": "Service log of the fall",
            "file_type": "pdf",
            "sha256": _SHA256,
            "size_bytes": 184_320,
            "pages": 7,
            "why_not": None,
            "unsearched": [],
            "page": 21,
            "file": "exhibits/001 Service log of the fall.pdf",
        }
    ],
    "files": [{"name": "packet.pdf", "size_bytes": 1_843_200, "sha256": _SHA256}],
}
_WHAT_IS_IN_IT = (
    "The printed page on which each part and each exhibit's cover sheet stands; of an exhibit its hash as it was uploaded, and "
    "`why_not` where its pages cannot be shown (`heic`, `recording`, `kind`, `pages`, `locked`, `damaged`, `large`, "
    "or `failed`: it could not be made ready); of a redacted edition `unsearched`: pages without words that could be looked "
    "through. `files` are those of the ZIP."
)


class ExhibitSchema(Schema):
    """A document of the case that goes along."""

    document_id = Id(required=True)
    title = Text(200, allow_none=True, load_default=None, example="Service log of the fall", description="Its name, if null.")
    note = Prose(1000, allow_none=True, load_default=None, example="As the school sent it.", description="On its cover sheet.")


class RedactedAreaSchema(Schema):
    """A part of a page that is blacked out: in points from the top left of the page as it is seen; of a picture, in pixels of
    its preview."""

    document_id = Id(required=True)
    page = Integer(1, required=True, example=2)
    x = Integer(0, 20_000, required=True, example=72)
    y = Integer(0, 20_000, required=True, example=144)
    width = Integer(1, 20_000, required=True, example=200)
    height = Integer(1, 20_000, required=True, example=14)


class RedactionsSchema(Schema):
    """What the redacted edition does not say, in no letter of it."""

    other_children = Boolean(load_default=True, description="The names of all other children of the practice.")
    addresses = Boolean(load_default=True, description="Postal and e-mail addresses, and telephone numbers.")
    names = Many(Text(120, least=1), 200, load_default=list, example=["Milo Park"], description="Further people.")
    terms = Many(Text(200, least=1), 200, load_default=list, example=["Bus 14"], description="Further words.")
    areas = Many(fields.Nested(RedactedAreaSchema), 500, load_default=list, example=[])


class PacketSchema(Resource):
    """The evidence of a case in one PDF and one ZIP, as of one moment: asked for, then built by the worker."""

    case_id = Id()
    requested_by_id = Id()
    purpose = OneOf(PURPOSES, example="mediation")
    title = Text(example="Packet for mediation")
    language = OneOf(LANGUAGES)
    from_on = Date(data_key="from", allow_none=True)
    to_on = Date(data_key="to", allow_none=True, example="2026-12-18")
    parts = fields.List(OneOf(PARTS))
    exhibits = fields.List(fields.Nested(ExhibitSchema), metadata={"description": "Numbered 1, 2, 3 in this order."})
    redactions = fields.Nested(RedactionsSchema, allow_none=True, metadata={"description": "Of a redacted edition."})
    complaint = Computed(None, {"type": ["object", "null"]})
    missing = Computed(
        None,
        {"type": ["array", "null"], "items": {"type": "object"}},
        description="Of a state complaint, once it was gathered: what 34 CFR 300.153(b) asks for and nobody said.",
    )
    state = OneOf(STATES, example="done", description="`waiting` until it is built.")
    stage = OneOf(STAGES, example="done", description="How far it has come.")
    stage_done = Integer(example=1, description="So many of `stage_of` in this stage.")
    stage_of = Integer(example=1)
    as_of = Instant(allow_none=True, description="All that it says is as of this moment.")
    built_at = Instant(allow_none=True)
    failure = Text(allow_none=True, example=None, description="Why it could not be built.")
    contents = Computed(_CONTENTS, {"type": ["object", "null"]}, description=_WHAT_IS_IN_IT)
    pages = Integer(1, allow_none=True, example=41)
    pdf_bytes = Integer(1, allow_none=True, example=1_843_200)
    pdf_sha256 = Text(allow_none=True, attribute="pdf_digest", example=_SHA256)
    zip_bytes = Integer(1, allow_none=True, example=2_843_200)
    zip_sha256 = Text(allow_none=True, attribute="zip_digest", example=_SHA256)


class NewPacketSchema(KeptAsJson, Schema):
    """What it is for, and what goes into it. Its exhibits are settled now, what it says when it is built."""

    kept_as_json = ("exhibits", "redactions")

    case_id = Id(required=True)
    purpose = OneOf(PURPOSES, required=True, example="mediation")
    title = Text(200, least=1, description="On its cover. Names no child, unless you do.", example="Packet for mediation")
    language = OneOf(LANGUAGES, load_default="en")
    from_on = Date(data_key="from", allow_none=True, description="What happened before is left out.")
    to_on = Date(data_key="to", allow_none=True, example="2026-12-18", description="What happened after is left out.")
    parts = Many(OneOf(PARTS), len(PARTS), least=1, distinct=True, description="Those of its purpose, unless said.")
    exhibits = Many(
        fields.Nested(ExhibitSchema),
        MOST_EXHIBITS,
        example=[{"document_id": "0192f0c1-2345-7abc-8def-0123456789ab", "title": "Service log of the fall", "note": None}],
        distinct="document_id",
        description=(
            "Unless said: the documents of the case that came and went with the school or were attached to observations in the "
            "period, logs that were taken in or from which an entry was, and the IEP versions in force in it; oldest first. "
            "What the family wrote to the practice and what was said in mediation is not among them."
        ),
    )
    redactions = fields.Nested(
        RedactionsSchema, allow_none=True, metadata={"description": "Makes it a redacted edition: without any original."}
    )
    complaint = fields.Nested(
        ComplaintSchema,
        allow_none=True,
        metadata={"description": "What it says for a complaint besides what its proceeding and its case say."},
    )

    @validates_schema
    def _in_order(self, said: dict[str, Any], **_: Any) -> None:
        begin, end = said.get("from_on"), said.get("to_on")
        if begin and end and end < begin:
            raise ValidationError("A period ends on the day on which it begins, or later.", "to")


class PacketQuery(PageQuery):
    case_id = Id(example=None)
    purpose = OneOf(PURPOSES, example=None)
    state = OneOf(STATES, example=None)


class PacketContentQuery(Schema):
    format = OneOf(list(FORMATS), load_default="pdf")
