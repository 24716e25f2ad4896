from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from domain.fact import YES_NO
from domain.playbook import KINDS, NEEDS
from models.copy_ledger import CLOSED_BECAUSE, STATES
from models.iep_copy import BECAUSE, BY_LINK, HOW_GIVEN, HOW_TOLD
from models.practice import LANGUAGES
from models.team_member import ROLES
from schemas.base import PageQuery, Resource, Schema, change_of
from schemas.booking import HouseSchema
from schemas.fields import Boolean, Date, Id, Instant, Integer, Many, OneOf, Prose, Text


class NeedSchema(Schema):
    """Something that is missing to provide what the IEP promises."""

    kind = OneOf(NEEDS, required=True)
    what = Text(500, required=True, example="A reader pen for tests.")


def _needs(**options: Any) -> Many:
    example: list[Mapping[str, str]] = [{"kind": "material", "what": "A reader pen for tests."}]
    return Many(fields.Nested(NeedSchema), 20, example=example, **options)


class HandedSchema(Schema):
    """What staff know of a copy: that it was given, that it was acknowledged, what is missing."""

    given_on = Date(allow_none=True)
    given_by = Text(120, allow_none=True, example="The case manager")
    how = OneOf(HOW_GIVEN, allow_none=True)
    acknowledged_on = Date(allow_none=True)
    acknowledged_how = OneOf(HOW_TOLD, allow_none=True, description="`told`, unless said.")
    knows_their_part = OneOf(YES_NO, allow_none=True)
    has_what_they_need = OneOf(YES_NO, allow_none=True, example="no")
    needs = _needs(allow_none=True, description="What is missing to provide it.")
    note = Prose(5000, allow_none=True)


class ByHandSchema(HandedSchema):
    team_member_id = Id(required=True)


class IepCopySchema(Resource, HandedSchema):
    """A line of the ledger: who must have a copy of a version, and what is known of that (34 CFR 300.323(d))."""

    iep_version_id = Id(dump_only=True)
    number = Integer(dump_only=True, description="Of the version.")
    team_member_id = Id(dump_only=True)
    case_id = Id(dump_only=True)
    name = Text(120, dump_only=True, example="Terry Thompson")
    role = OneOf(ROLES, dump_only=True)
    email = Text(254, dump_only=True, allow_none=True, example="t.thompson@school.example")
    state = OneOf(STATES, dump_only=True, example="acknowledged", description="What is `closed` is kept as it is.")
    closed_because = OneOf(CLOSED_BECAUSE, dump_only=True, allow_none=True, example=None)
    opened_on = Date(dump_only=True)
    opened_because = OneOf(BECAUSE, dump_only=True)
    asked_at = Instant(dump_only=True, allow_none=True, description="When a link was mailed to them, last.")
    communication_id = Id(dump_only=True, allow_none=True, description="The mail that asked, last, among the communications.")
    answered_at = Instant(dump_only=True, allow_none=True, description="When they said something to it, last.")
    is_followed_up = Boolean(dump_only=True, example=False, description="Whether reminders wait for their answer.")
    next_reminder_at = Instant(dump_only=True, allow_none=True, example=None, description="The earliest of these.")
    acknowledged_how = OneOf((*HOW_TOLD, BY_LINK), dump_only=True, allow_none=True, example=BY_LINK)
    concern_id = Id(dump_only=True, allow_none=True, example=None, description="The concern that what is missing became.")


class IepCopyQuery(PageQuery):
    case_id = Id(example=None)
    team_member_id = Id(example=None)
    state = OneOf(STATES, example=None)


class LedgerQuery(PageQuery):
    state = OneOf(STATES, example=None)


class SummarySchema(Schema):
    """How many of those who must have a copy, each by their latest line and without who has left."""

    members = Integer(example=5)
    given = Integer(example=4)
    acknowledged = Integer(example=3)
    missing_something = Integer(example=1)


class NotAskedSchema(Schema):
    """Who was not asked, and why."""

    id = Id()
    name = Text(120, example="Lee Lindqvist")
    reason = OneOf(("no_address", "asked_lately"))


class AskedSchema(Schema):
    """Who was asked by mail, and who was not."""

    asked = fields.List(fields.Nested(IepCopySchema))
    not_asked = fields.List(fields.Nested(NotAskedSchema))


class MissingSchema(Schema):
    """A concern of what is missing, where it is not as the teacher said it."""

    kind = OneOf(KINDS, required=True)
    provision_id = Id(description="Which support of the IEP.")
    noticed_on = Date(description="The day on which they said it, unless it is named.")
    what_happened = Prose(example="There is no reader pen.", description="What they said is missing, unless it is told.")
    needs = _needs(least=1, description="Those of the line, unless others are named.")
    communication_id = Id(description="Where they said it; the latest answer to the mail that asked, unless named.")


class CopyAnswerSchema(Schema):
    """What a teacher says of their copy behind the link."""

    has_copy = OneOf(YES_NO, required=True, description="Without a copy it is not acknowledged.")
    received_on = Date(allow_none=True)
    knows_their_part = OneOf(YES_NO, required=True)
    has_what_they_need = OneOf(YES_NO, required=True, example="no")
    needs = _needs(load_default=list, description="What is missing.")
    note = Prose(2000, allow_none=True, example="I know who reads, but not in which tests.")


class LinkedVersionSchema(Schema):
    number = Integer()
    effective_from = Date(example="2026-09-08")
    effective_to = Date(allow_none=True, example="2027-09-07")


class LinkedCopySchema(Schema):
    """A line as its teacher sees it behind the link: of the child, the initials alone."""

    name = Text(120, example="Terry Thompson")
    student_initials = Text(20, example="S. P.")
    iep_version = fields.Nested(LinkedVersionSchema)
    practice = fields.Nested(HouseSchema)
    language = OneOf(LANGUAGES)
    answered_on = Date(allow_none=True)
    has_copy = OneOf(YES_NO, allow_none=True)
    received_on = Date(allow_none=True)
    knows_their_part = OneOf(YES_NO, allow_none=True)
    has_what_they_need = OneOf(YES_NO, allow_none=True, example="no")
    needs = _needs()


IepCopyChange = change_of(HandedSchema, *HandedSchema._declared_fields)
