"""The timeline of a case: everything that happened in it, in order, whatever kind of row holds it.

Each branch finds its rows by the case, by an index that begins with it; a test asks the database how.
"""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Date,
    String,
    Uuid,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy import case as choose
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH, TIMESTAMP
from sqlalchemy.orm import aliased

from domain.deadlines import GENERAL
from domain.step import CORRECT
from models.booking import Booking
from models.case import Case
from models.check_in import CheckIn
from models.communication import Communication
from models.concern import Concern, ConcernStep
from models.deadline import Deadline
from models.document import Document
from models.iep_copy import IepCopy
from models.iep_version import IepVersion
from models.inbound_mail import InboundMail
from models.letter import Letter
from models.listing import Listing
from models.message import Message
from models.observation import Observation
from models.practice import Practice
from models.proceeding import Proceeding, ProceedingStep
from models.reminder import Reminder
from models.service_log_import import ServiceLogImport
from models.service_session import ServiceSession
from models.state_change import StateChange
from models.statement import SIGNED_NAME, WORDS, Statement, StatementEntry
from models.team_member import TeamMember

# What can stand in a timeline.
KINDS = (
    *("case", "booking", "iep_version", "iep_copy", "document", "concern", "concern_step", "communication"),
    *("inbound_mail", "observation", "statement", "letter", "check_in", "deadline", "proceeding", "proceeding_step"),
    *("reminder_due", "reminder_snoozed", "reminder_settled"),
    *("service_session", "service_log_import"),
)
API = "/api/v1"
# No detail is longer: the whole of it stands in its row.
MOST_CHARACTERS = 500

_case = bindparam("case_id", type_=Case.id.type)
_zone = select(Practice.timezone).where(Practice.id == bindparam("practice")).scalar_subquery()


def _event(
    kind: str,
    model: Any,
    at: Any,
    what: Any,
    detail: Any,
    *,
    place: str,
    place_id: Any = None,
    concern_id: Any = None,
    row: Any = None,
    general: Any = None,
) -> Any:
    """Something that happened, as it is listed. It can be read at `place`; of the same instant, `row` tells them apart.

    `general` is what stands under it, where it tells of a deadline."""
    return select(
        at.label("at"),
        model.id.label("id"),
        literal(kind).label("kind"),
        cast(what, String).label("what"),
        func.left(cast(detail, String), MOST_CHARACTERS).label("detail"),
        func.concat(f"{API}/{place}/", model.id if place_id is None else place_id).label("path"),
        cast(null() if concern_id is None else concern_id, Uuid).label("concern_id"),
        (model.id if row is None else row).label("row"),
        cast(null() if general is None else general, String).label("general"),
    )


def _day(on: Any) -> Any:
    """The beginning of that day, where the practice is."""
    return func.timezone(_zone, cast(on, TIMESTAMP))


def _one_of(model: Any, kind: str, at: Any, what: Any, detail: Any, **more: Any) -> Any:
    """What happened to a row that is the case's own, if it did."""
    return _event(kind, model, at, what, detail, **more).where(model.case_id == _case, at.is_not(None))


def _copy(what: str, on: Any) -> Any:
    """Copies of the IEP: who was given one, who acknowledged theirs."""
    event = _event("iep_copy", IepCopy, _day(on), literal(what), TeamMember.name, place="iep-copies")
    return event.join(TeamMember, TeamMember.id == IepCopy.team_member_id).where(TeamMember.case_id == _case, on.is_not(None))


def _deadline(what: str, at: Any, detail: Any = None) -> Any:
    detail = func.concat_ws(": ", Deadline.answer["label"].astext, Deadline.due_on) if detail is None else detail
    more = {"concern_id": Deadline.concern_id, "general": literal(GENERAL)}
    return _one_of(Deadline, "deadline", at, literal(what), detail, place="deadlines", **more)


def _turned(kind: str, model: Any, names: Any, what: Any, detail: Any, *, place: str, **more: Any) -> Any:
    """That a row came to stand otherwise, and when; `names` is what of the change names it."""
    event = _event(kind, model, StateChange.created_at, what, detail, place=place, row=StateChange.id, **more)
    return event.join(StateChange, names == model.id).where(StateChange.case_id == _case)


def _set_on_deadline() -> Any:
    """What people set on a deadline, and took back; that it is met or waived as it stands now, is told by its day."""
    entries = func.jsonb_array_elements(Deadline.history)
    entry = entries.table_valued(column("value", JSONB), with_ordinality="number", joins_implicitly=True).render_derived()
    said = entry.c.value
    what, before, after = said["what"].astext, said["before"].astext, said["after"].astext
    at_present = choose((what == "met_on", Deadline.met_on), (what == "waived_on", Deadline.waived_on))
    name = func.replace(func.replace(func.replace(what, "override_on", "overridden"), "due_on", "recounted"), "_on", "")
    return _one_of(
        *(Deadline, "deadline", cast(said["at"].astext, TIMESTAMP(timezone=True))),
        choose((after.is_(None), func.concat(name, "_taken_back")), else_=name),
        func.concat_ws(": ", Deadline.answer["label"].astext, func.concat_ws(" → ", before, after), said["reason"].astext),
        place="deadlines",
        concern_id=Deadline.concern_id,
        general=literal(GENERAL),
        row=cast(func.md5(func.concat(Deadline.id, entry.c.number)), Uuid),
    ).where(or_(after.is_(None), at_present.is_(None), cast(at_present, String) != after))


def _named_by(facts: Any) -> Any:
    """The ids of what a step rests on or came with: its evidence, its communication."""
    lists = func.coalesce(facts["observation_ids"], _EMPTY) + func.coalesce(facts["document_ids"], _EMPTY)
    return func.jsonb_array_elements_text(lists + func.jsonb_build_array(facts["communication_id"], facts["document_id"]))


_EMPTY = cast(literal_column("'[]'"), JSONB)
_of_steps = select(ConcernStep.concern_id.label("concern_id"), _named_by(ConcernStep.facts).label("named"))
_ids = _of_steps.join(Concern, Concern.id == ConcernStep.concern_id).where(Concern.case_id == _case).subquery("ids")
# What was recorded without a concern, and then named by a step of one; of several, by the one that was opened first.
_adopted = (
    select(cast(_ids.c.named, Uuid).label("id"), cast(func.min(cast(_ids.c.concern_id, String)), Uuid).label("concern_id"))
    .where(_ids.c.named.is_not(None))
    .group_by(_ids.c.named)
    .cte("adopted")
)


def _evidence(model: Any, kind: str, at: Any, what: Any, detail: Any, *, place: str, own: Any = None) -> Any:
    """A row that may have been recorded without a concern, and become part of one."""
    concern_id = func.coalesce(null() if own is None else own, _adopted.c.concern_id)
    event = _one_of(model, kind, at, what, detail, place=place, concern_id=concern_id)
    return event.outerjoin(_adopted, _adopted.c.id == model.id)


def _communication() -> Any:
    """What was said; an answer is part of the concern that its thread is part of."""
    thread, adopted = aliased(Communication), _adopted.alias("adopted_threads")
    concern_id = func.coalesce(
        Communication.concern_id, _adopted.c.concern_id, thread.concern_id, adopted.c.concern_id, type_=Uuid()
    )
    event = _one_of(
        *(Communication, "communication", Communication.occurred_at, _said(Communication, Communication.direction)),
        Communication.summary,
        place="communications",
        concern_id=concern_id,
    )
    event = event.outerjoin(_adopted, _adopted.c.id == Communication.id)
    event = event.outerjoin(thread, thread.id == Communication.thread_id)
    return event.outerjoin(adopted, adopted.c.id == Communication.thread_id)


def _step(model: Any, corrected: Any) -> Any:
    """What is told of a step: its note, else where it led; of a day that was put right, the day and how somebody knows."""
    right = func.concat_ws(": ", corrected, model.facts["reason"].astext)
    led = func.concat(model.from_state, " → ", model.to_state)
    return func.coalesce(model.note, choose((model.step == literal(CORRECT), right), else_=led))


def _said(model: Any, otherwise: Any) -> Any:
    return choose((model.corrects_id.is_not(None), literal("correction")), else_=otherwise)


# What was counted before anybody counted it anew.
_recounts = func.jsonb_path_query_first(Deadline.history, cast(literal_column("""'$[*] ? (@.what == "due_on")'"""), JSONPATH))
_due_at_first = type_coerce(_recounts, JSONB)["before"].astext
_name_of_log = (
    select(Document.name)
    .where(Document.id == ServiceLogImport.document_id)
    .correlate(ServiceLogImport.__table__)
    .scalar_subquery()
)
_happened = union_all(
    _event("case", Case, Case.created_at, literal("opened"), Case.title, place="cases").where(Case.id == _case),
    _turned(
        *("case", Case, StateChange.case_id, StateChange.to_state),
        func.concat(StateChange.from_state, " → ", StateChange.to_state),
        place="cases",
    ).where(StateChange.check_in_id.is_(None), StateChange.reminder_id.is_(None)),
    _one_of(Booking, "booking", Booking.starts_at, Booking.state, null(), place="bookings"),
    _event(*("iep_version", IepVersion, IepVersion.activated_at, literal("in_force"), IepVersion.number), place="iep-versions")
    .join(Case, Case.student_id == IepVersion.student_id)
    .where(Case.id == _case, IepVersion.activated_at.is_not(None)),
    _evidence(Document, "document", Document.created_at, Document.kind, Document.name, place="documents"),
    _copy("given", IepCopy.given_on),
    _copy("acknowledged", IepCopy.acknowledged_on),
    _one_of(
        *(Concern, "concern", Concern.opened_at, Concern.kind, Concern.what_happened),
        place="concerns",
        concern_id=Concern.id,
    ),
    _event(
        *("concern_step", ConcernStep, ConcernStep.occurred_at, ConcernStep.step),
        _step(
            ConcernStep,
            func.concat(ConcernStep.facts["instead_of"].astext, " → ", ConcernStep.facts["noticed_on"].astext),
        ),
        place="concerns",
        place_id=ConcernStep.concern_id,
        concern_id=ConcernStep.concern_id,
    )
    .join(Concern, Concern.id == ConcernStep.concern_id)
    .where(Concern.case_id == _case),
    _communication(),
    _one_of(
        *(InboundMail, "inbound_mail", InboundMail.received_at, InboundMail.state),
        func.concat_ws(": ", func.coalesce(InboundMail.from_name, InboundMail.from_address), InboundMail.subject),
        place="inbound-mails",
    ).where(InboundMail.state == literal_column("'waiting'")),
    # That a mail of ours came back, or is delayed, as a mail server says.
    _one_of(
        *(InboundMail, "inbound_mail", InboundMail.received_at, literal("report")),
        func.concat_ws(": ", Message.to_address, InboundMail.reason),
        place="inbound-mails",
    ).join(Message, Message.id == InboundMail.message_id),
    _evidence(
        *(Observation, "observation", _day(Observation.observed_on), _said(Observation, Observation.source)),
        Observation.text,
        place="observations",
        own=Observation.concern_id,
    ),
    _event(
        *("statement", StatementEntry, StatementEntry.created_at),
        choose((StatementEntry.number == literal_column("1"), literal("signed")), else_=literal("added")),
        func.concat_ws(": ", SIGNED_NAME, WORDS),
        place="statements",
        place_id=StatementEntry.statement_id,
        concern_id=Statement.concern_id,
    )
    .join(Statement, Statement.id == StatementEntry.statement_id)
    .where(StatementEntry.case_id == _case),
    _one_of(
        *(Statement, "statement", Statement.withdrawn_at, literal("withdrawn")),
        func.concat_ws(": ", Statement.name, Statement.withdrawn_because),
        place="statements",
        concern_id=Statement.concern_id,
    ),
    # What was logged by itself; of what came with a log of the school, the log alone.
    _event(
        *("service_session", ServiceSession, _day(ServiceSession.held_on), _said(ServiceSession, ServiceSession.outcome)),
        func.concat_ws(", ", func.concat(ServiceSession.minutes, " minutes"), ServiceSession.provider, ServiceSession.reason),
        place="service-sessions",
    )
    .join(Case, Case.student_id == ServiceSession.student_id)
    .where(
        Case.id == _case,
        ServiceSession.withdrawn_at.is_(None),
        or_(ServiceSession.import_id.is_(None), ServiceSession.corrects_id.is_not(None)),
    ),
    _one_of(
        *(ServiceLogImport, "service_log_import", ServiceLogImport.created_at, literal("taken_in")),
        func.concat_ws(": ", _name_of_log, func.concat(ServiceLogImport.rows_taken, " rows")),
        place="service-log-imports",
    ),
    _one_of(
        *(ServiceLogImport, "service_log_import", ServiceLogImport.withdrawn_at, literal("withdrawn")),
        func.concat_ws(": ", _name_of_log, ServiceLogImport.withdrawn_because),
        place="service-log-imports",
    ),
    _one_of(
        *(Letter, "letter", Letter.finalised_at, literal("final")),
        func.concat_ws(": ", Letter.number, Letter.subject),
        place="letters",
        concern_id=Letter.concern_id,
    ),
    _event(
        *("letter", Letter, Communication.occurred_at, literal("sent"), func.concat_ws(": ", Letter.number, Letter.subject)),
        place="letters",
        concern_id=Letter.concern_id,
        row=Communication.id,
    )
    .join(Communication, Communication.letter_id == Letter.id)
    .where(Communication.case_id == _case, Letter.case_id == _case),
    _one_of(
        *(CheckIn, "check_in", CheckIn.created_at, literal("begun")),
        func.concat_ws(", ", CheckIn.party, func.concat("every ", func.replace(CheckIn.every, "_", " "))),
        place="check-ins",
        concern_id=CheckIn.concern_id,
    ),
    _turned(
        *("check_in", CheckIn, StateChange.check_in_id),
        choose((StateChange.to_state == literal_column("'active'"), literal("resumed")), else_=StateChange.to_state),
        func.concat_ws(": ", CheckIn.party, StateChange.reason),
        place="check-ins",
        concern_id=CheckIn.concern_id,
    ),
    _deadline(
        *("kept", Deadline.created_at),
        func.concat_ws(": ", Deadline.answer["label"].astext, func.coalesce(_due_at_first, Deadline.answer["due_on"].astext)),
    ),
    _set_on_deadline(),
    _deadline("met", _day(Deadline.met_on)),
    _deadline("waived", _day(Deadline.waived_on)),
    _one_of(
        *(Proceeding, "proceeding", Proceeding.created_at, literal("opened"), Proceeding.kind),
        place="proceedings",
        concern_id=Proceeding.concern_id,
    ),
    _event(
        *("proceeding_step", ProceedingStep, _day(ProceedingStep.occurred_on), ProceedingStep.step),
        _step(
            ProceedingStep,
            func.concat(ProceedingStep.facts["what"].astext, " → ", ProceedingStep.facts["on"].astext),
        ),
        place="proceedings",
        place_id=ProceedingStep.proceeding_id,
        concern_id=Proceeding.concern_id,
    )
    .join(Proceeding, Proceeding.id == ProceedingStep.proceeding_id)
    .where(Proceeding.case_id == _case),
    _one_of(
        *(Reminder, "reminder_due", Reminder.fired_at, literal("due"), Reminder.title),
        place="reminders",
        concern_id=Reminder.concern_id,
        general=Reminder.general,
    ),
    _turned(
        *("reminder_snoozed", Reminder, StateChange.reminder_id, StateChange.to_state),
        func.concat(Reminder.title, ", until ", func.to_char(func.timezone(_zone, StateChange.until), "YYYY-MM-DD HH24:MI")),
        place="reminders",
        concern_id=Reminder.concern_id,
        general=Reminder.general,
    ),
    _one_of(
        *(Reminder, "reminder_settled", Reminder.settled_at, Reminder.state, Reminder.title),
        place="reminders",
        concern_id=Reminder.concern_id,
        general=Reminder.general,
    ),
).subquery("happened")

_kinds: Any = bindparam("kind", type_=ARRAY(String))
_until = cast(bindparam("happened_to", type_=Date()), Date) + literal_column("1")
TIMELINE = Listing(
    select(_happened),
    (_happened.c.at, _happened.c.kind, _happened.c.row, _happened.c.what),
    {
        "kind": _happened.c.kind == any_(_kinds),
        "concern_id": _happened.c.concern_id == bindparam("concern_id", type_=Uuid()),
        "happened_from": _happened.c.at >= _day(bindparam("happened_from", type_=Date())),
        "happened_to": _happened.c.at < _day(_until),
    },
)
