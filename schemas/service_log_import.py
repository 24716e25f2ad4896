from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.service_log import CHOICES, FIELDS, ORDERS, UNITS
from models.service_session import MISSED_BY, OUTCOMES, SOURCES
from schemas.base import PageQuery, Resource, Schema
from schemas.fields import Boolean, Computed, Date, Id, Integer, Many, OneOf, Text, TimeOfDay
from schemas.service_session import MOVED
from schemas.withdrawn import Withdrawn

LAYOUTS = ("list", "weeks", "days")
MAPPING: dict[str, Any] = {
    "sheet": "Log",
    "header_row": 5,
    "columns": {"date": "A", "minutes": "C", "outcome": "D"},
    "outcomes": {"P": "delivered", "NS": "school_closed"},
    "date_order": "mdy",
    "unit": "minutes",
    "provision_id": "0192f0c1-2345-7abc-8def-0123456789ab",
    "source": "school",
}


class NewServiceLogImportSchema(Schema):
    """A log that is to be taken in, and how it is to be read; what is left out is found in the table, or asked."""

    case_id = Id(required=True)
    document_id = Id(required=True, description="The log as it came: a CSV or XLSX document of this case.")
    provision_id = Id(allow_none=True, description="Of which support the whole log is; or say `provisions`.")
    provisions = fields.Dict(
        keys=Text(2000),
        values=Id(allow_none=True),
        metadata={
            "example": {"Speech": "0192f0c1-2345-7abc-8def-0123456789ab", "OT": None},
            "description": "By service, as its column has it: the provision; null leaves its rows out.",
        },
    )
    sheet = Text(200, allow_none=True, example="Log")
    header_row = Integer(1, 20_000, allow_none=True, example=5, description="The row of the headings, as the file counts.")
    columns = fields.Dict(
        keys=OneOf(FIELDS),
        values=Text(200, allow_none=True, least=1),
        metadata={
            "example": {"date": "Date of service", "minutes": "C"},
            "description": "What a column is: by its heading or letter; null where none is that.",
        },
    )
    outcomes = fields.Dict(
        keys=Text(200),
        values=OneOf(tuple(CHOICES)),
        metadata={
            "example": {"NS": "school_closed", "": "left_out"},
            "description": "What a code means; the empty one is of rows without a code. `left_out`: such rows are no sessions.",
        },
    )
    date_order = OneOf(ORDERS, allow_none=True, description="Whether 10/12 is the 12th of October (`mdy`) or not.")
    unit = OneOf(UNITS, allow_none=True, example="minutes", description="Of numbers in the column of minutes.")
    school_year = Integer(2000, 2199, allow_none=True, example=2026, description="Of days without a year: when it begins.")
    student = Text(200, allow_none=True, least=1, example=None, description="In a log of several: this one's name in it.")
    leave_out = Many(Integer(1, 20_000, example=17), 2000, example=[17], description="Rows that are left out, by number.")
    source = OneOf(SOURCES, description="Who says so; `school` unless it is said.")
    dry_run = Boolean(load_default=False, example=True, description="Only shows what would be taken; nothing is written.")

    @validates_schema
    def _of_one_or_by_service(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("provision_id") and said.get("provisions"):
            raise ValidationError("Say one provision, or one for each service.", "provisions")


class ServiceLogImportSchema(Withdrawn, Resource):
    """A log that was taken in. Its entries are at `/service-sessions?import_id=`."""

    case_id = Id()
    document_id = Id()
    imported_by_id = Id()
    mapping = Computed(MAPPING, {"type": "object"}, description="How it was read, whole: what was said and what was found.")
    rows_taken = Integer(example=42)
    rows_known = Integer(example=0, description="Rows that an earlier import had brought.")
    rows_left_out = Integer(example=9, description="Titles, headings, blank rows, sums, rows of others.")


class TakenServiceLogSchema(ServiceLogImportSchema):
    """A log, just taken in."""

    remarks = fields.List(Text(example="Entries of days to come: 4."))
    notices = fields.List(Text(example=MOVED), metadata={"description": "Which limits of the law count otherwise now."})


class ColumnSchema(Schema):
    """A column of the log."""

    letter = Text(example="C")
    name = Text(example="Minutes")
    field = OneOf(FIELDS, allow_none=True, example="minutes", description="Null: nothing of it is taken.")
    samples = fields.List(Text(example="30"))


class LogQuestionSchema(Schema):
    """What has to be said before the log is taken in: at this place of the request."""

    pointer = Text(example="/outcomes/NS")
    detail = Text(example="“NS” may mean one thing or another: say what it means.")
    choices = fields.List(Text(example="school_closed"))
    likely = Text(allow_none=True, example="school_closed")


class BroughtSchema(Schema):
    """An entry as it would be recorded."""

    row = Integer(1, example=6)
    is_known = Boolean(example=False)
    service = Text(allow_none=True, example="Speech")
    provision_id = Id()
    held_on = Date(example="2026-10-02")
    starts_at = TimeOfDay(allow_none=True)
    minutes = Integer(1, example=30)
    outcome = OneOf(OUTCOMES)
    missed_by = OneOf(MISSED_BY, allow_none=True, example=None)
    provider = Text(allow_none=True, example="Terry Thompson")
    group_size = Integer(allow_none=True, example=3)
    reason = Text(allow_none=True, example=None)


class BadRowSchema(Schema):
    """A row that cannot be taken."""

    row = Integer(1, example=17)
    detail = Text(example="Column A: “9/31/2026” is no day.")


class LogCountsSchema(Schema):
    """How many rows of the sheet are what; together they are all of it."""

    rows = Integer(example=60)
    taken = Integer(example=42)
    known = Integer(example=0)
    bad = Integer(example=1)
    left_out = Integer(example=17)
    open = Integer(example=0, description="Rows that could be taken if it were known of which provision they are.")


class ServiceLogPreviewSchema(Schema):
    """How a log would be read. Nothing was written."""

    sheet = Text(example="Log")
    sheets = fields.List(Text(example="Log"))
    layout = OneOf(LAYOUTS, allow_none=True, description="A row for a session, for a week, or for a service.")
    header_row = Integer(1, allow_none=True, example=5)
    columns = fields.List(fields.Nested(ColumnSchema))
    date_order = OneOf(ORDERS)
    unit = OneOf(UNITS)
    outcomes = fields.Dict(
        keys=Text(200),
        values=OneOf(tuple(CHOICES), allow_none=True),
        metadata={"example": {"P": "delivered", "NS": None}, "description": "What each code is taken for; null is asked."},
    )
    services = fields.Dict(
        keys=Text(2000), values=Integer(example=42), metadata={"example": {"Speech": 42}, "description": "Rows of each."}
    )
    questions = fields.List(fields.Nested(LogQuestionSchema))
    counts = fields.Nested(LogCountsSchema)
    left_out = fields.Dict(
        keys=Text(40),
        values=Integer(example=3),
        metadata={"example": {"above": 5, "blank": 2, "sum": 1}, "description": "How many rows for which reason."},
    )
    rows = fields.List(fields.Nested(BroughtSchema), metadata={"description": "The first 50 that would be taken."})
    bad_rows = fields.List(fields.Nested(BadRowSchema), metadata={"description": "The first 200; `counts` has all."})
    remarks = fields.List(Text(example="Entries of days to come: 4."))
    mapping = Computed(MAPPING, {"type": "object"}, description="How it was read: sent back, it is read so again.")


class ServiceLogImportQuery(PageQuery):
    case_id = Id(example=None)
