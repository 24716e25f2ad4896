from marshmallow import fields

from domain.playbook import STATES, STEPS
from schemas.base import Schema
from schemas.concern import FieldSchema
from schemas.fields import Boolean, Computed, Integer, OneOf, Prose, Text

_NAMES = {"type": "array", "items": {"type": "string"}}


class PlaybookReminderSchema(Schema):
    """A reminder that a step plans: so many follow-up days later, or on the date that a fact names."""

    title = Text(example="Talk to the teacher")
    after = Integer(0, 365, example=2, description="In follow-up days; 0 where `on` names the date.")
    on = Computed(None, {"type": ["string", "null"]}, description="The fact that names the date.")
    when = Computed(None, {"type": ["array", "null"], "items": {"type": "string"}}, description="Only when a fact has a value.")
    each = Computed(None, {"type": ["string", "null"]}, description="One for each object of this list.")


class PlaybookStepSchema(Schema):
    """A row of the playbook."""

    name = OneOf(("open", *STEPS), example="verify")
    guidance = Prose(example="Write in a sentence what was promised and what seems to happen.")
    states = Computed(["suspected"], _NAMES, description="In which it is in turn.")
    skip_states = Computed([], _NAMES, description="In which it may be taken with a `skip_reason`.")
    to = Computed(
        {"suspected": "verified"},
        {"type": "object", "additionalProperties": {"type": "string"}},
        description="Where it leads from each state; `the cause`: the one that is named.",
    )
    expects = Computed(["ask_child", "read_wording"], _NAMES, description="Steps to have been taken, else out of turn.")
    party = Computed(None, {"type": ["string", "null"]}, description="With whom its communication is, if with one.")
    parties = Computed([], _NAMES, description="With whom its communication may be; with anybody, if none.")
    in_writing = Boolean(example=False, description="Whether its communication is an e-mail, a letter or a message.")
    ladder = Computed(None, {"type": ["string", "null"]}, description="What is planned if its communication awaits a reply.")
    fields_ = fields.List(fields.Nested(FieldSchema), data_key="fields", attribute="fields")
    at_least_one = Computed([], _NAMES)
    plans = fields.List(fields.Nested(PlaybookReminderSchema))
    settles = Computed(["Ask the child, and read the wording"], _NAMES, description="Titles, `ladder <name>`, or `everything`.")
    makes = Computed([], _NAMES, description="What comes with it: an observation, check-ins, a proceeding.")
    prompts = Computed([], _NAMES)
    letters = Computed([], _NAMES)


class PlaybookStateSchema(Schema):
    """Where a concern can stand."""

    name = OneOf(STATES, example="suspected")
    is_open = Boolean(description="Whether there is still something to do.")


class PlaybookSchema(Schema):
    """The playbook of a concern: one table, by which steps are offered, checked and taken."""

    states = fields.List(fields.Nested(PlaybookStateSchema))
    steps = fields.List(fields.Nested(PlaybookStepSchema))
    questions_for_the_child = Computed(
        {"extra_time": ["Do you always have time to finish your work?"]},
        {"type": "object", "additionalProperties": _NAMES},
        description="By kind of support; `any` fits every one.",
    )
