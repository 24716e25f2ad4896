from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.deadlines import GENERAL
from domain.delivery import KINDS, OUTCOMES, REASONS
from models.delivered import CONTACTS, OWN_SPAN
from models.iep_version import STATES
from models.provision import KINDS as KINDS_OF_PROVISION
from models.provision import PERIODS
from models.service_session import SOURCES
from schemas.base import Schema
from schemas.fields import Boolean, Date, Id, Integer, OneOf, Prose, Text


class DeliveryQuery(Schema):
    from_on = Date(
        data_key="from", example="2026-09-08", description="The first day; left out, the first day that is promised."
    )
    to_on = Date(
        data_key="to",
        example="2026-10-18",
        description="The last day; left out, today, or the last day if it is over. At most 20 years.",
    )

    @validates_schema
    def _in_order(self, asked: dict[str, Any], **_: Any) -> None:
        first, last = asked.get("from_on"), asked.get("to_on")
        if first and last and last < first:
            raise ValidationError("It ends before it begins.", "to")


class ShortBySchema(Schema):
    """What is short, split in this order, never more than is left: so that "missed" is never overstated."""

    student_absent = Integer(example=30, description="The service was there, the child was not: shown apart.")
    missed = Integer(example=0, description="The log has it as missed.")
    unaccounted = Integer(example=0, description="No entry says why: ask for the provider's log.")


class LoggedSchema(Schema):
    entries = Integer(example=1)
    minutes = Integer(example=30, description="Given; of what was not given, those that had been planned.")


class LoggedByOutcomeSchema(Schema):
    """What the log says, by outcome. What it says of closed days informs, and changes nothing."""

    delivered = fields.Nested(LoggedSchema)
    partly = fields.Nested(LoggedSchema, data_key="partial", attribute="partial")
    made_up = fields.Nested(LoggedSchema)
    missed = fields.Nested(LoggedSchema)
    student_absent = fields.Nested(LoggedSchema)
    school_closed = fields.Nested(LoggedSchema)


class SumsSchema(Schema):
    """A span of days in whole minutes. `owed` is counted by the calendar alone; `delivered` by the log."""

    from_on = Date(data_key="from", example="2026-10-12")
    to_on = Date(data_key="to", example="2026-10-18")
    owed = Integer(allow_none=True, example=60, description="Null has a `reason`.")
    delivered = Integer(example=30, description="Delivered, partial and made up, in the dates of the provision.")
    made_up = Integer(example=0, description="Of `delivered`: it counts where it was given.")
    short = Integer(allow_none=True, example=30, description="What is owed without what was delivered; never less than 0.")
    short_by = fields.Nested(ShortBySchema, allow_none=True)
    outside = Integer(example=0, description="Given on days on which nothing was promised: not counted.")
    reason = OneOf(
        REASONS,
        allow_none=True,
        example=None,
        description="Why nothing can be owed in minutes. `not_quantified`: no minutes or no period is promised. "
        "`grading_periods_missing`: it is promised by grading period, and the calendar has none.",
    )


class PeriodOwedSchema(Schema):
    """A period that meets the window, and what is owed of it: minutes x min(times, k x d) x w / d."""

    provision_id = Id(description="The version's provision that owes it.")
    from_on = Date(data_key="from", attribute="period.from_on", example="2026-10-12", description="Of the whole period.")
    to_on = Date(data_key="to", attribute="period.to_on", example="2026-10-18")
    n = Integer(attribute="period.n", example=5, description="Weekdays of the school calendar in it.")
    d = Integer(attribute="period.d", example=4, description="Those of them in no closure.")
    w = Integer(
        attribute="period.w",
        example=4,
        description="Those of `d` in the window, in the dates of the provision and in a school year.",
    )
    k = Integer(attribute="period.k", example=1, description="Sessions a day that it takes: times / n, rounded up.")
    owed = fields.Float(metadata={"example": 60.0, "description": "To the hundredth of a minute."})
    owed_exactly = Text(example="60", description="The fraction that is added; the sum alone is rounded.")


class VersionDeliveredSchema(SumsSchema):
    """The part of one version of the IEP: its days in the window, and the sums of these."""

    provision_id = Id(attribute="version.row.provision_id")
    iep_version_id = Id(attribute="version.row.iep_version_id")
    number = Integer(attribute="version.row.number", example=1)
    state = OneOf(STATES, attribute="version.row.state", example="in_force")
    minutes = Integer(attribute="version.row.minutes", allow_none=True, example=30)
    times = Integer(attribute="version.row.times", allow_none=True, example=2)
    per = OneOf(PERIODS, attribute="version.row.per", allow_none=True, example="week")
    rule = Prose(example="Promised: 30 minutes, 2 times per week. ...")


class LogEntrySchema(Schema):
    """What the log says of a day."""

    service_session_id = Id(attribute="id")
    on = Date(example="2026-10-13")
    outcome = OneOf(OUTCOMES)
    minutes = Integer(example=30)
    source = OneOf(SOURCES, description="Who says so.")
    text = Prose(allow_none=True, example=None, description="The reason that the log gives.")


class SaidOfSupportSchema(Schema):
    """What somebody said of the support."""

    observation_id = Id(attribute="id")
    on = Date(example="2026-10-13")
    source = OneOf(("child", "parent", "teacher", "document", "visit", "team"))
    is_happening = Text(example="no", description="`yes`, `partly`, `no`; empty where it was not said in such a word.")
    is_of_week = Boolean(example=False, description="Heard at a check-in: about its week, Monday to that day.")
    text = Prose(example="I did not go. We had an assembly.")


class ContradictionSchema(Schema):
    """Records that do not go together: each as it stands. Which is right, nobody says here."""

    kind = OneOf(KINDS)
    on = Date(example="2026-10-13", description="The day of the log.")
    in_words = Text(example="The log has it as given; it was said otherwise.")
    log = fields.List(fields.Nested(LogEntrySchema))
    said = fields.Nested(
        SaidOfSupportSchema, allow_none=True, metadata={"description": "Null where two sources of the log differ."}
    )


class BesideSchema(Schema):
    """What was said about a day of the log in words alone: to be read beside it."""

    said = fields.Nested(SaidOfSupportSchema)
    log = fields.List(fields.Nested(LogEntrySchema))


class SupportDeliveredSchema(SumsSchema):
    """One support over the window, in whichever versions of the IEP promise it."""

    support_id = Id()
    provision_id = Id(attribute="provision.provision_id")
    iep_version_id = Id(attribute="provision.iep_version_id")
    kind = OneOf(KINDS_OF_PROVISION, attribute="provision.kind")
    text = Prose(attribute="provision.text", example="Speech therapy")
    minutes = Integer(attribute="provision.minutes", allow_none=True, example=30)
    times = Integer(attribute="provision.times", allow_none=True, example=2)
    per = OneOf(PERIODS, attribute="provision.per", allow_none=True, example="week")
    contact = OneOf(CONTACTS, description="`consult`: given to staff, the child absent; listed apart.")
    logged = fields.Nested(LoggedByOutcomeSchema)
    claimed = Integer(example=0, description="Compensatory minutes that the family has claimed for it so far.")
    contradictions = fields.List(fields.Nested(ContradictionSchema))
    beside = fields.List(fields.Nested(BesideSchema))


class ProvisionDeliverySchema(SupportDeliveredSchema):
    """What was promised of a support and what was given, in all, by week and by month, with the rule in words.

    The support counts through every version of the IEP, each with its own minutes in its own time (`versions`).
    """

    school_calendar_id = Id(
        attribute="calendar_id", allow_none=True, example=None, description="The district's; null: the practice's own."
    )
    ends_in_future = Boolean(example=False, description="The window runs past today; it is answered in full.")
    notes = fields.List(Text(500), metadata={"example": [OWN_SPAN]})
    rule = Prose(example="Promised: 30 minutes, 2 times per week. For each week, Monday to Sunday: N are the weekdays ...")
    periods = fields.List(fields.Nested(PeriodOwedSchema))
    by_week = fields.List(
        fields.Nested(SumsSchema),
        metadata={
            "description": "Each as if it were asked for alone: what weeks are short may add up to more than the window."
        },
    )
    by_month = fields.List(fields.Nested(SumsSchema))
    versions = fields.List(fields.Nested(VersionDeliveredSchema))
    general = Text(example=GENERAL)


class TotalsSchema(Schema):
    """Of several supports: more than was owed of one makes up for no other."""

    supports = Integer(example=3)
    owed = Integer(example=240)
    delivered = Integer(example=180)
    made_up = Integer(example=0)
    short = Integer(example=60)
    short_by = fields.Nested(ShortBySchema)
    outside = Integer(example=0)
    uncounted = Integer(example=1, description="How many of them owe nothing that can be counted: each has its `reason`.")


class StudentDeliverySchema(Schema):
    """Everything that is promised to a student in the window: each support once. Drafts promise nothing."""

    student_id = Id()
    from_on = Date(data_key="from", example="2026-09-08")
    to_on = Date(data_key="to", example="2026-10-18")
    school_calendar_id = Id(attribute="calendar_id", allow_none=True, example=None)
    ends_in_future = Boolean(example=False, description="The window runs past today; it is answered in full.")
    notes = fields.List(Text(500), metadata={"example": [OWN_SPAN]})
    direct = fields.Nested(TotalsSchema, metadata={"description": "Given to the child."})
    consult = fields.Nested(TotalsSchema, metadata={"description": "Given to staff, the child absent."})
    claimed = Integer(example=0, description="Compensatory minutes that the family has claimed so far, whatever the window.")
    supports = fields.List(fields.Nested(SupportDeliveredSchema))
    general = Text(example=GENERAL)
