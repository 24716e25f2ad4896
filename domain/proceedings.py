"""Mediation, state complaint and due process as one table: states, steps with what each asks for, and the clocks that follow.

A proceeding is a state and its facts, which are dates and answers by name. A step adds facts; which deadlines run, from which
day and with which inputs, is read off the facts and never set by hand. 34 CFR 300.151-153 (state complaint), .506
(mediation), .507-.518 (due process), .532-.533 (expedited).
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain import fact
from domain.fact import YES_NO, Field
from domain.refusal import FieldError, Invalid, Refusal

KINDS = ("mediation", "state_complaint", "due_process")
FILED_BY = ("parent", "school")
PLANNED, ENDED = "planned", "ended"
STATES = (
    *(PLANNED, "requested", "accepted", "in_session", "agreement"),
    *("filed", "received", "resolution", "hearing", "settled", "decided", "review", "court", ENDED),
)
FINDINGS = ("noncompliance_found", "partly_found", "nothing_found")
DECISIONS = ("for_the_parent", "in_part", "for_the_school", "dismissed")
OUTCOMES = (*FINDINGS, *DECISIONS, "agreement", "no_agreement", "declined", "settled", "withdrawn", "not_pursued")
SAME = "="


class StepNotAllowed(Refusal):
    """The step is not listed for the state; `extra` holds the state and the names of the steps that are."""


class FactsInvalid(Invalid):
    """What the step asks for is missing, unknown, of the wrong kind, or cannot be true; `extra["errors"]` says where."""


class ComplaintIncomplete(FactsInvalid):
    """The complaint lacks parts that the law asks for; `extra["errors"]` names each."""


@dataclass(frozen=True)
class Proceeding:
    """All that the table looks at."""

    kind: str
    state: str = PLANNED
    is_expedited: bool = False
    filed_by: str = "parent"
    facts: Mapping[str, object] = field(default_factory=dict)
    complaint: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """What a complaint has to say; asked only `if_` something else is said, and not where something of `unless` is."""

    name: str
    label: str
    citation: str
    if_: str | None = None
    unless: tuple[str, ...] = ()

    def is_asked(self, complaint: Mapping[str, object]) -> bool:
        wanted = self.if_ is None or bool(complaint.get(self.if_))
        return wanted and not any(complaint.get(name) for name in self.unless)


@dataclass(frozen=True)
class Clock:
    """A deadline that follows from the facts: it counts from the first of the facts `counts_from` that is known.

    `inputs` are those of the rule, by the fact that holds each; it runs in `states` alone where they are named, only `when` a
    fact is one of these and none of `unless` is known, and is met on the first of the dates `met_by`. A limit of the family's
    own runs on after the end, met by nothing, where the proceeding was given up (`_GIVEN_UP`): it can be filed anew.
    """

    rule: str
    counts_from: tuple[str, ...]
    inputs: Mapping[str, str] = field(default_factory=dict)
    met_by: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None
    is_expedited: bool | None = None
    filed_by: str | None = None
    tells_who_filed: bool = False
    is_limit: bool = False
    unless: tuple[str, ...] = ()

    @property
    def governs(self) -> tuple[str, ...]:
        return (*self.inputs, *(("filed_by",) if self.tells_who_filed else ()))

    def runs(self, proceeding: Proceeding) -> bool:
        return (
            (proceeding.state != ENDED or self.runs_on(proceeding))
            and (not self.states or proceeding.state in self.states)
            and not any(name in proceeding.facts for name in self.unless)
            and (self.when is None or proceeding.facts.get(self.when[0]) in self.when[1])
            and self.is_expedited in (None, proceeding.is_expedited)
            and self.filed_by in (None, proceeding.filed_by)
        )

    def runs_on(self, proceeding: Proceeding) -> bool:
        return self.is_limit and any(proceeding.facts.get(name) == value for name, value in _GIVEN_UP.items())


@dataclass(frozen=True)
class Running:
    """A deadline as it stands now: what it counts from, with what, and when it was met."""

    rule: str
    event_on: date
    inputs: Mapping[str, object]
    met_on: date | None
    # The inputs that follow from the facts; others are staff's to say.
    governs: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A row of the table. The day of the step becomes the fact `marks`; of what is asked, `keeps` become facts too.

    `sets` are facts that it makes besides, `forgets` those that hold no more; it cannot lie before any of `after`.
    """

    name: str
    guidance: str
    states: tuple[str, ...]
    to: str = SAME
    asks: tuple[Field, ...] = ()
    marks: str | None = None
    keeps: tuple[str, ...] = ()
    sets: Mapping[str, object] = field(default_factory=dict)
    forgets: tuple[str, ...] = ()
    # Under which fact the date is kept to which something was extended.
    extends: str | None = None
    outcome: str | None = None
    outcome_from: str | None = None
    after: tuple[str, ...] = ("filed_on", "received_on")
    files: bool = False
    is_expedited: bool | None = None
    filed_by: str | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        return (*self.asks, *COMMON_FIELDS)

    def is_allowed(self, proceeding: Proceeding) -> bool:
        return (
            proceeding.state in self.states
            and self.is_expedited in (None, proceeding.is_expedited)
            and self.filed_by in (None, proceeding.filed_by)
        )


@dataclass(frozen=True)
class Outcome:
    """What a step brings about: the state and all facts after it, what was said with it, and how it ended if it did."""

    state: str
    facts: Mapping[str, object]
    said: Mapping[str, object]
    outcome: str | None


def next_steps(proceeding: Proceeding) -> tuple[Step, ...]:
    """What may be done now, in the table's order."""
    return tuple(step for step in STEPS[proceeding.kind].values() if step.is_allowed(proceeding))


def take(proceeding: Proceeding, step_name: str, given: Mapping[str, object]) -> Outcome:
    """What the step brings about, with facts as JSON values. Raises StepNotAllowed, ComplaintIncomplete or FactsInvalid."""
    step = STEPS[proceeding.kind].get(step_name)
    if step is None or not step.is_allowed(proceeding):
        allowed = [offered.name for offered in next_steps(proceeding)]
        sentence = f"The step {step_name} is not allowed while it is {proceeding.state}; allowed are {', '.join(allowed)}."
        raise StepNotAllowed(sentence, state=proceeding.state, allowed=allowed)
    said = fact.tidy(step.fields, given)
    errors = list(fact.errors(step.fields, said))
    if not errors:
        errors += _out_of_order(step, proceeding, said)
    if errors:
        raise FactsInvalid(f"The step {step_name} cannot be taken with what was given.", errors)
    if step.files and proceeding.filed_by == "parent" and not said.get("incomplete_because"):
        must_be_complete(proceeding.kind, proceeding.complaint)
    outcome = str(said[step.outcome_from]) if step.outcome_from and step.outcome_from in said else step.outcome
    return Outcome(proceeding.state if step.to == SAME else step.to, _facts_after(step, proceeding, said), said, outcome)


def running(proceeding: Proceeding) -> tuple[Running, ...]:
    """The deadlines that follow from the facts in this state; once it has ended, at most the family's own limit."""
    return tuple(_running(proceeding))


def parts(kind: str, complaint: Mapping[str, object]) -> tuple[Part, ...]:
    """What a complaint of this kind has to say, of this child."""
    return tuple(part for part in PARTS[kind] if part.is_asked(complaint))


def missing(kind: str, complaint: Mapping[str, object]) -> tuple[Part, ...]:
    """The parts that are not there yet."""
    return tuple(part for part in parts(kind, complaint) if not _is_said(complaint.get(part.name)))


def must_be_complete(kind: str, complaint: Mapping[str, object]) -> None:
    """Raises ComplaintIncomplete, naming every part that the law asks for and that is not there."""
    lacking = missing(kind, complaint)
    if lacking:
        errors: list[FieldError] = [
            {"pointer": f"/complaint/{part.name}", "detail": f"{part.label} ({part.citation})"} for part in lacking
        ]
        names = ", ".join(part.name for part in lacking)
        raise ComplaintIncomplete(f"The complaint lacks {names}: add them, or say in incomplete_because why not.", errors)


def _is_said(value: object) -> bool:
    """Whether there is something to see in it."""
    return any(unicodedata.category(one)[0] not in "CZ" for one in value) if isinstance(value, str) else bool(value)


def _facts_after(step: Step, proceeding: Proceeding, said: Mapping[str, object]) -> dict[str, object]:
    facts = {name: value for name, value in proceeding.facts.items() if name not in step.forgets}
    facts.update({name: said[name] for name in step.keeps if name in said})
    facts.update(step.sets)
    if step.marks:
        facts[step.marks] = said["occurred_on"]
    if step.name == CORRECT:
        facts[str(said["what"])] = said["on"]
    if step.extends:
        facts[step.extends] = {"to_on": said["to_on"], "because": said.get("because", "party_request")}
    return facts


def _out_of_order(step: Step, proceeding: Proceeding, said: Mapping[str, object]) -> Iterator[FieldError]:
    """Dates in the wrong order: nothing is received before it is filed."""
    for name in step.after:
        before = proceeding.facts.get(name)
        # Dates in this form are in order as their letters are.
        if isinstance(before, str) and step.name != CORRECT and str(said["occurred_on"]) < before:
            yield {"pointer": "/occurred_on", "detail": f"This lies before {name}, {before}."}
            return
    first, last = said.get("hearing_first_on"), said.get("hearing_last_on")
    if first and last and str(last) < str(first):
        yield {"pointer": "/hearing_last_on", "detail": "It ends before it begins."}
    if step.name == CORRECT:
        yield from _wrongly_corrected(proceeding, str(said["what"]), str(said["on"]))


def _wrongly_corrected(proceeding: Proceeding, what: str, on: str) -> Iterator[FieldError]:
    if what != "since_on" and what not in proceeding.facts:
        yield {"pointer": "/what", "detail": "No such day was said yet."}
    facts = {**proceeding.facts, what: on}
    for earlier, later in IN_ORDER:
        if what in (earlier, later) and earlier in facts and later in facts and str(facts[later]) < str(facts[earlier]):
            yield {"pointer": "/on", "detail": f"{later} would lie before {earlier}."}


def _running(proceeding: Proceeding) -> Iterator[Running]:
    facts = proceeding.facts
    for clock in CLOCKS[proceeding.kind]:
        start = next((facts[name] for name in clock.counts_from if name in facts), None)
        if start is None or not clock.runs(proceeding):
            continue
        inputs = {name: facts[source] for name, source in clock.inputs.items() if source in facts}
        if clock.tells_who_filed:
            inputs["filed_by"] = proceeding.filed_by
        met = None if clock.runs_on(proceeding) else next((facts[name] for name in clock.met_by if name in facts), None)
        yield Running(
            clock.rule,
            date.fromisoformat(str(start)),
            inputs,
            None if met is None else date.fromisoformat(str(met)),
            clock.governs,
        )


def governed(rule: str) -> tuple[str, ...]:
    """The inputs of a rule that follow from a proceeding's facts."""
    return next((clock.governs for clocks in CLOCKS.values() for clock in clocks if clock.rule == rule), ())


# The tables.


def _ask(name: str, label: str, type: fact.FieldType = "text") -> Field:
    return Field(name, type, label, required=True)


def _choose(name: str, label: str, *choices: str, required: bool = True) -> Field:
    return Field(name, "choice", label, required, choices)


COMMON_FIELDS = (
    _ask("occurred_on", "On which day it happened", "date"),
    Field("note", "text", "Note"),
    Field("document_ids", "uuid_list", "Documents that show it"),
)
CORRECT = "correct_date"
# Of two days the earlier one; and days that may lie in the future when they are said.
IN_ORDER = (
    *(("filed_on", "received_on"), ("received_on", "decided_on"), ("decided_on", "corrected_on")),
    *(("decided_on", "review_requested_on"), ("review_requested_on", "review_decided_on")),
    ("hearing_first_on", "hearing_last_on"),
)
TO_COME = ("hearing_first_on", "hearing_last_on")
_INCOMPLETE = Field("incomplete_because", "text", "Why it is filed although parts of it are missing")

_STATEMENT = Part(
    "statement",
    "That the agency did not meet a requirement of Part B of IDEA, and which one",
    "34 CFR 300.153(b)(1)",
)


def _child(*citations: str, unless: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """What both kinds of complaint say of one child."""
    name, address, school, homeless, problem, resolution = citations
    return (
        Part("child_name", "The child's name", name, unless=unless),
        Part("child_address", "The address where the child lives", address, unless=("is_homeless", *unless)),
        Part("school", "The school that the child attends", school, unless=unless),
        Part("homeless_contact", "For a homeless child: how to reach them", homeless, if_="is_homeless", unless=unless),
        Part("problem", "What the problem is, with the facts about it", problem, unless=unless),
        Part("proposed_resolution", "A resolution, as far as it is known and available at the time", resolution, unless=unless),
    )


PARTS: Mapping[str, tuple[Part, ...]] = {
    # The law asks for no form: it is voluntary, and a letter asks for it.
    "mediation": (),
    "state_complaint": (
        _STATEMENT,
        Part("facts", "The facts on which the statement rests", "34 CFR 300.153(b)(2)"),
        Part("signature", "Who signs it", "34 CFR 300.153(b)(3)"),
        Part("contact", "How to reach who signs it", "34 CFR 300.153(b)(3)"),
        *_child(
            "34 CFR 300.153(b)(4)(i)",
            "34 CFR 300.153(b)(4)(i)",
            "34 CFR 300.153(b)(4)(ii)",
            "34 CFR 300.153(b)(4)(iii)",
            "34 CFR 300.153(b)(4)(iv)",
            "34 CFR 300.153(b)(4)(v)",
            unless=("is_systemic",),
        ),
        Part("copy_to_school", "A copy goes to the school at the same time", "34 CFR 300.153(d)"),
    ),
    "due_process": (
        *_child(
            "34 CFR 300.508(b)(1)",
            "34 CFR 300.508(b)(2)",
            "34 CFR 300.508(b)(3)",
            "34 CFR 300.508(b)(4)",
            "34 CFR 300.508(b)(5)",
            "34 CFR 300.508(b)(6)",
        ),
        Part("facts", "The facts about the proposed or refused change", "34 CFR 300.508(b)(5)"),
        Part("copy_to_other_party", "It goes to the other party, and is confidential", "34 CFR 300.508(a)(1)"),
        Part("copy_to_state", "A copy goes to the state educational agency", "34 CFR 300.508(a)(2)"),
    ),
}

_LIMIT = ("since_on",)
# The fact that nothing came of a proceeding: what limits the family goes on running.
_GIVEN_UP: Mapping[str, object] = {"is_given_up": True}
CLOCKS: Mapping[str, tuple[Clock, ...]] = {
    "mediation": (),
    "state_complaint": (
        Clock("state_complaint_limit", _LIMIT, met_by=("received_on",), is_limit=True),
        Clock("state_complaint_decision", ("received_on",), {"extension": "extension"}, met_by=("decided_on",)),
        Clock("noncompliance_correction", ("decided_on",), met_by=("corrected_on",), when=("finding", FINDINGS[:2])),
    ),
    "due_process": (
        Clock("due_process_limit", _LIMIT, met_by=("filed_on",), filed_by="parent", is_limit=True),
        Clock(
            "due_process_response",
            ("received_on",),
            met_by=("responded_on",),
            states=("resolution", "hearing", "settled"),
            is_expedited=False,
            tells_who_filed=True,
        ),
        Clock(
            "sufficiency_challenge",
            ("received_on",),
            met_by=("challenged_on",),
            states=("resolution", "hearing"),
            is_expedited=False,
            tells_who_filed=True,
        ),
        Clock("sufficiency_ruling", ("challenged_on",), met_by=("ruled_on",), is_expedited=False),
        Clock(
            "resolution_meeting",
            ("received_on",),
            {"amended_on": "amended_on", "waived_on": "waived_on", "mediation_on": "mediation_on"},
            met_by=("resolution_meeting_on",),
            states=("resolution", "hearing", "settled"),
            is_expedited=False,
            filed_by="parent",
        ),
        Clock(
            "resolution_default",
            ("received_on",),
            {"amended_on": "amended_on"},
            met_by=("resolution_meeting_on", "asked_to_begin_on"),
            states=("resolution",),
            is_expedited=False,
            filed_by="parent",
        ),
        Clock(
            "resolution_period",
            ("received_on",),
            {"amended_on": "amended_on", "parent_absent": "parent_absent"},
            met_by=("settled_on",),
            states=("resolution", "settled"),
            is_expedited=False,
            filed_by="parent",
        ),
        Clock(
            "hearing_decision",
            ("received_on",),
            {
                "amended_on": "amended_on",
                "waived_on": "waived_on",
                "no_agreement_on": "no_agreement_on",
                "mediation_ended_on": "mediation_ended_on",
                "extension": "extension",
            },
            met_by=("decided_on",),
            states=("resolution", "hearing", "decided", "review", "court"),
            is_expedited=False,
            tells_who_filed=True,
        ),
        Clock("expedited_hearing", ("filed_on",), met_by=("hearing_ended_on",), is_expedited=True),
        Clock(
            "expedited_resolution_meeting",
            ("received_on",),
            {"waived_on": "waived_on", "mediation_on": "mediation_on"},
            met_by=("resolution_meeting_on",),
            states=("resolution", "hearing", "settled"),
            is_expedited=True,
            filed_by="parent",
        ),
        Clock(
            "expedited_resolution_period",
            ("received_on",),
            met_by=("settled_on",),
            states=("resolution", "settled"),
            is_expedited=True,
            filed_by="parent",
        ),
        Clock("expedited_decision", ("hearing_ended_on", "hearing_last_on"), met_by=("decided_on",), is_expedited=True),
        Clock("complaint_amendment", ("hearing_first_on",), states=("resolution", "hearing"), is_expedited=False),
        Clock("evidence_disclosure", ("hearing_first_on",), met_by=("disclosed_on",), states=("resolution", "hearing")),
        # What mediation agrees on is no resolution agreement (34 CFR 300.506(b)(6), .510(e)).
        Clock("settlement_void", ("settled_on",), states=("settled",), unless=("mediation_on",)),
        Clock(
            "state_review_decision",
            ("review_requested_on",),
            {"extension": "review_extension"},
            met_by=("review_decided_on",),
        ),
        Clock("civil_action", ("review_decided_on", "decided_on"), met_by=("civil_action_on",), states=("decided", "court")),
    ),
}

_WITHDRAW = "Whoever filed takes it back; nothing is deleted, and the time limits go on running. The parent decides."
_STAY_PUT = (
    "During the proceeding the child stays in the current placement unless school and parent agree otherwise "
    "(34 CFR 300.518); in discipline 34 CFR 300.533 says where."
)
_CONFIDENTIAL = (
    "What is said in mediation stays there: it is confidential and no evidence in any later hearing or court "
    "(34 CFR 300.506(b)(8)). Keep it out of notes that others will read."
)
_REFERENCE = Field("reference", "text", "The number that the office gave it")
_TO_ON = _ask("to_on", "To which date", "date")


def _correct(*dates: str) -> Step:
    return Step(
        name=CORRECT,
        guidance="A day that was written down wrongly is put right, with the reason; the deadlines are counted anew.",
        states=tuple(state for state in STATES if state != ENDED),
        asks=(
            _choose("what", "Which day", "since_on", *dates),
            _ask("on", "The right day", "date"),
            _ask("reason", "How you know"),
        ),
        after=(),
    )


def _withdraw(*states: str) -> Step:
    return Step(
        name="withdraw",
        guidance=_WITHDRAW,
        states=states,
        to=ENDED,
        asks=(_ask("reason", "Why"),),
        marks="ended_on",
        sets=_GIVEN_UP,
        outcome="withdrawn",
    )


_NOT_PURSUED = Step(
    name="drop",
    guidance="It was planned and is not taken this way. The time limits of the other ways go on running: look at them.",
    states=(PLANNED,),
    to=ENDED,
    asks=(_ask("reason", "Why"),),
    marks="ended_on",
    sets=_GIVEN_UP,
    outcome="not_pursued",
)

_MEDIATION = (
    Step(
        name="request",
        guidance=(
            "Ask for mediation in writing: who, about what, which days and place would suit. It is voluntary, impartial and "
            "free of cost to the parent (34 CFR 300.506(b)). It stops no time limit: look at the limits of the concern first."
        ),
        states=(PLANNED,),
        to="requested",
        asks=(_ask("issues", "What it is about"), Field("wished_dates", "date_list", "Days that would suit")),
        marks="filed_on",
        after=(),
    ),
    Step(
        name="agree_to_mediate",
        guidance="Both sides are willing. A mediator who is trained and impartial is chosen by the state, not by one side.",
        states=("requested",),
        to="accepted",
        asks=(Field("mediator", "text", "Who mediates"), Field("session_on", "date", "The day of the session"), _REFERENCE),
        marks="accepted_on",
    ),
    Step(
        name="decline",
        guidance="One side does not want it, which is their right. A state complaint or a hearing stays open.",
        states=("requested", "accepted"),
        to=ENDED,
        asks=(_choose("declined_by", "Which side", *FILED_BY), Field("reason", "text", "What they said")),
        marks="ended_on",
        outcome="declined",
    ),
    Step(
        name="hold_session",
        guidance=f"{_CONFIDENTIAL} Go in with the one or two things that matter most, and with what would help the school.",
        states=("accepted", "in_session"),
        to="in_session",
        asks=(Field("attendees", "text_list", "Who took part"), Field("next_session_on", "date", "The next session")),
        marks="session_on",
    ),
    Step(
        name="sign_agreement",
        guidance=(
            "Written, signed by the parent and by somebody who can bind the agency, it can be enforced in court "
            "(34 CFR 300.506(b)(6), (7)). Who does what, by when? Read it through before signing; unlike a resolution "
            "agreement it has no days to void it."
        ),
        states=("accepted", "in_session"),
        to="agreement",
        asks=(
            _ask("terms", "What was agreed: who, what, by when"),
            Field("signed_by_parent", "text", "Who signed for the family", required=True),
            Field("signed_by_agency", "text", "Who signed for the agency", required=True),
        ),
        marks="agreement_on",
        outcome="agreement",
    ),
    Step(
        name="no_agreement",
        guidance="It ends without an agreement. Nothing said there is evidence later; the other ways stay open.",
        states=("accepted", "in_session"),
        to=ENDED,
        asks=(),
        marks="ended_on",
        outcome="no_agreement",
    ),
    Step(
        name="end",
        guidance="What was agreed is in place: say so in a sentence, and keep watching that it stays.",
        states=("agreement",),
        to=ENDED,
        asks=(_ask("how_it_ended", "How it ended, in a sentence"),),
        marks="ended_on",
        outcome="agreement",
    ),
    _withdraw("requested", "accepted", "in_session"),
    _NOT_PURSUED,
    _correct("filed_on", "accepted_on", "session_on", "agreement_on"),
)

_STATE_COMPLAINT = (
    Step(
        name="file",
        guidance=(
            "Anybody may file: in writing, signed, with the facts. The year counts to the day on which the state educational "
            "agency receives it, so send it early and keep proof; a copy goes to the school on the same day "
            "(34 CFR 300.153). Facts, dates and documents do the work; no adjectives are needed."
        ),
        states=(PLANNED,),
        to="filed",
        asks=(Field("sent_by", "text", "How it was sent"), _REFERENCE, _INCOMPLETE),
        marks="filed_on",
        after=(),
        files=True,
    ),
    Step(
        name="receive",
        guidance=(
            "The state educational agency has it, complete. From that day it has 60 calendar days for a written decision "
            "(34 CFR 300.152(a)). Ask for a confirmation with the date and the number."
        ),
        states=("filed",),
        to="received",
        asks=(_REFERENCE,),
        marks="received_on",
        after=("filed_on",),
    ),
    Step(
        name="lea_responds",
        guidance=(
            "The school may answer, and may propose how to settle it (34 CFR 300.152(a)(3)). Read it in good faith: does it "
            "bring the child what was asked for? A proposal may be taken, bettered or declined by the parent."
        ),
        states=("received",),
        asks=(
            _ask("response", "What the school says"),
            _choose("proposes_settlement", "Does it propose how to settle it?", *YES_NO),
        ),
        marks="responded_on",
    ),
    Step(
        name="add_information",
        guidance="Whoever complained may send more, in writing or by word, while it is looked into (34 CFR 300.152(a)(2)).",
        states=("filed", "received"),
        asks=(_ask("information", "What was sent"),),
    ),
    Step(
        name="agree_to_mediate",
        guidance=(
            f"Both are willing to mediate, or to settle it in another way (34 CFR 300.152(a)(3)(ii)). {_CONFIDENTIAL} The 60 "
            "days go on unless both agree to extend them."
        ),
        states=("received",),
        asks=(),
        marks="mediation_on",
    ),
    Step(
        name="extend",
        guidance=(
            "The 60 days are extended only for exceptional circumstances of this complaint, or because both agreed to more "
            "time for mediation (34 CFR 300.152(b)(1)). Ask for the ground in writing."
        ),
        states=("received",),
        asks=(_TO_ON, _choose("because", "On which ground", "exceptional_circumstances", "mediation_agreed")),
        extends="extension",
    ),
    Step(
        name="set_aside",
        guidance=(
            "What a due process hearing will decide, the state sets aside until the hearing is over; what is no part of the "
            "hearing is decided in time (34 CFR 300.152(c)). Ask which parts, in writing."
        ),
        states=("received",),
        asks=(_ask("parts_set_aside", "Which parts"),),
        marks="set_aside_on",
    ),
    Step(
        name="decide",
        guidance=(
            "The decision is written, answers each allegation and gives findings and reasons (34 CFR 300.152(a)(5)). What is "
            "to be corrected, by whom, by when? Noncompliance is corrected as soon as possible, within a year at most "
            "(34 CFR 300.600(e))."
        ),
        states=("received",),
        to="decided",
        asks=(
            _choose("finding", "What was found", *FINDINGS),
            Field("corrective_action", "text", "What is to be done, by whom, by when"),
        ),
        marks="decided_on",
        keeps=("finding",),
        outcome_from="finding",
    ),
    Step(
        name="correct",
        guidance="Ask the child and the teacher whether it is in place, before you write that it is.",
        states=("decided",),
        asks=(_ask("what_was_done", "What was done"),),
        marks="corrected_on",
        after=("decided_on",),
    ),
    Step(
        name="settle",
        guidance="School and parent settle it themselves. In writing: who does what, by when, and that the complaint ends.",
        states=("filed", "received"),
        to=ENDED,
        asks=(_ask("terms", "What was agreed: who, what, by when"),),
        marks="ended_on",
        outcome="settled",
    ),
    Step(
        name="dismiss",
        guidance="The state does not take it up. Ask why in writing: often a part was missing, and it may be filed again.",
        states=("filed", "received"),
        to=ENDED,
        asks=(_ask("reason", "The reason it gave"),),
        marks="ended_on",
        sets=_GIVEN_UP,
        outcome="dismissed",
    ),
    Step(
        name="end",
        guidance="Nothing more is to come of it. If something was to be corrected, see first that it was.",
        states=("decided",),
        to=ENDED,
        asks=(_ask("how_it_ended", "How it ended, in a sentence"),),
        marks="ended_on",
        after=("decided_on",),
    ),
    _withdraw("filed", "received"),
    _NOT_PURSUED,
    _correct("filed_on", "received_on", "decided_on", "corrected_on"),
)

_RESOLUTION, _HEARING = ("resolution",), ("resolution", "hearing")
_DUE_PROCESS = (
    Step(
        name="file",
        guidance=(
            "It goes to the other party, and a copy to the state educational agency (34 CFR 300.508(a)). What it leaves out "
            f"cannot be argued at the hearing unless the other party agrees. {_STAY_PUT} Whether somebody who is no lawyer may "
            "represent is state law (34 CFR 300.512(a)(1)): ask counsel."
        ),
        states=(PLANNED,),
        to="filed",
        asks=(Field("sent_by", "text", "How it was sent"), _REFERENCE, _INCOMPLETE),
        marks="filed_on",
        after=(),
        files=True,
    ),
    Step(
        name="receive",
        guidance=f"From the day on which the other party has it, the days of the resolution period count. {_STAY_PUT}",
        states=("filed",),
        to="resolution",
        asks=(_REFERENCE,),
        marks="received_on",
        after=("filed_on",),
    ),
    Step(
        name="respond",
        guidance=(
            "The other party answers within 10 days (34 CFR 300.508(e), (f)). A school that had sent no prior written notice "
            "says why it proposed or refused, what else it considered, on what that rests, and other factors. Ask for what is "
            "not there."
        ),
        states=_HEARING,
        asks=(_ask("response", "What it says"), _choose("had_sent_notice", "Had a prior written notice been sent?", *YES_NO)),
        marks="responded_on",
        is_expedited=False,
    ),
    Step(
        name="challenge_sufficiency",
        guidance="The other party tells the hearing officer that the complaint lacks something; the officer rules in 5 days.",
        states=_HEARING,
        asks=(_ask("what_is_lacking", "What it is said to lack"),),
        marks="challenged_on",
        is_expedited=False,
    ),
    Step(
        name="rule_on_sufficiency",
        guidance="If it was found to lack something, the officer says what; it can be amended, and the days begin anew.",
        states=_HEARING,
        asks=(_choose("is_sufficient", "Was it found sufficient?", *YES_NO), Field("what_is_lacking", "text", "What it lacks")),
        marks="ruled_on",
        after=("challenged_on",),
        is_expedited=False,
    ),
    Step(
        name="amend",
        guidance=(
            "Only if the other party agrees in writing and may still meet to resolve it, or the officer allows it, at the "
            "latest 5 days before the hearing (34 CFR 300.508(d)(3)). The days of the resolution period begin anew."
        ),
        states=_HEARING,
        to="resolution",
        asks=(_choose("allowed_by", "Who allowed it", "other_party", "hearing_officer"), _ask("what_changed", "What changed")),
        marks="amended_on",
        forgets=(
            *("resolution_meeting_on", "asked_to_begin_on", "waived_on", "mediation_on", "no_agreement_on"),
            *("mediation_ended_on", "parent_absent"),
        ),
        is_expedited=False,
    ),
    Step(
        name="hold_resolution_meeting",
        guidance=(
            "The parent says what the problem is, with the facts, and the school may resolve it (34 CFR 300.510(a)). Somebody "
            "who can decide for the agency is there; its lawyer only if the parent brings one. Bring what would settle it."
        ),
        states=_RESOLUTION,
        asks=(Field("attendees", "text_list", "Who took part"), _ask("what_was_said", "Who said what")),
        marks="resolution_meeting_on",
        forgets=("parent_absent",),
        filed_by="parent",
    ),
    Step(
        name="parent_is_absent",
        guidance=(
            "The days wait until the meeting is held (34 CFR 300.510(b)(3)); at the end of the 30 days the school may ask that "
            "the complaint be dismissed, if it tried and wrote that down ((b)(4)). Offer days, phone or video at once."
        ),
        states=_RESOLUTION,
        asks=(Field("reason", "text", "Why"),),
        sets={"parent_absent": True},
        is_expedited=False,
        filed_by="parent",
    ),
    Step(
        name="waive_resolution_meeting",
        guidance=(
            "Both agree in writing to do without the meeting (34 CFR 300.510(a)(3)(i)). But for an expedited case, the 45 days "
            "begin the day after."
        ),
        states=_RESOLUTION,
        to="hearing",
        asks=(),
        marks="waived_on",
        filed_by="parent",
    ),
    Step(
        name="mediate_instead",
        guidance=f"Both agree to mediate in place of the meeting (34 CFR 300.510(a)(3)(ii)). {_CONFIDENTIAL}",
        states=_RESOLUTION,
        asks=(),
        marks="mediation_on",
        filed_by="parent",
    ),
    Step(
        name="end_mediation",
        guidance="One side leaves the mediation that went on after the 30 days (34 CFR 300.510(c)(3)): the 45 days begin.",
        states=_RESOLUTION,
        to="hearing",
        asks=(),
        marks="mediation_ended_on",
        after=("received_on", "mediation_on"),
        is_expedited=False,
        filed_by="parent",
    ),
    Step(
        name="ask_to_begin",
        guidance=(
            "No meeting was held in 15 days: the parent may ask the hearing officer to begin the 45 days "
            "(34 CFR 300.510(b)(5)). Show when you offered to meet."
        ),
        states=_RESOLUTION,
        asks=(),
        marks="asked_to_begin_on",
        is_expedited=False,
        filed_by="parent",
    ),
    Step(
        name="agree_that_none_is_possible",
        guidance="After the meeting or mediation began, both write that no agreement is possible (34 CFR 300.510(c)(2)).",
        states=_RESOLUTION,
        to="hearing",
        asks=(),
        marks="no_agreement_on",
        is_expedited=False,
        filed_by="parent",
    ),
    Step(
        name="end_resolution_period",
        guidance="The days to resolve it are over, and it is not resolved to the parent's satisfaction: the hearing may occur.",
        states=_RESOLUTION,
        to="hearing",
        asks=(),
    ),
    Step(
        name="sign_resolution_agreement",
        guidance=(
            "Signed by the parent and by somebody who can bind the agency, it can be enforced in court. Either side may void "
            "it within 3 business days (34 CFR 300.510(d), (e)): read it again at home. Who does what, by when?"
        ),
        states=_RESOLUTION,
        to="settled",
        asks=(
            _ask("terms", "What was agreed: who, what, by when"),
            Field("signed_by_parent", "text", "Who signed for the family", required=True),
            Field("signed_by_agency", "text", "Who signed for the agency", required=True),
        ),
        marks="settled_on",
        outcome="settled",
        filed_by="parent",
    ),
    Step(
        name="void_agreement",
        guidance="One side takes it back within the 3 business days, in writing. The complaint goes on where it stood.",
        states=("settled",),
        to="resolution",
        asks=(_choose("voided_by", "Which side", *FILED_BY),),
        forgets=("settled_on",),
        after=("settled_on",),
    ),
    Step(
        name="set_hearing",
        guidance=(
            "At a time and place that suit parent and child (34 CFR 300.515(d)). Five business days before it, each side shows "
            "the other its evaluations, recommendations and evidence (34 CFR 300.512): plan that day now."
        ),
        states=_HEARING,
        asks=(
            _ask("hearing_first_on", "The first day", "date"),
            Field("hearing_last_on", "date", "The last day, if known"),
            Field("place", "text", "Where"),
        ),
        keeps=("hearing_first_on", "hearing_last_on"),
        forgets=("hearing_last_on", "disclosed_on"),
    ),
    Step(
        name="disclose",
        guidance="What was not shown in time may be kept out. List what was given, to whom and how.",
        states=_HEARING,
        asks=(_ask("what_was_disclosed", "What was given, to whom, how"),),
        marks="disclosed_on",
    ),
    Step(
        name="extend_decision",
        guidance="Only the officer extends the 45 days, and only if a party asks for it (34 CFR 300.515(c)). Note who asked.",
        states=_HEARING,
        asks=(_TO_ON, _choose("asked_by", "Who asked", *FILED_BY)),
        extends="extension",
        is_expedited=False,
    ),
    Step(
        name="hold_hearing",
        guidance="Note its last day. The parent may have a record of it and the findings, at no cost (34 CFR 300.512(c)(3)).",
        states=_HEARING,
        to="hearing",
        asks=(Field("attendees", "text_list", "Who took part"),),
        marks="hearing_ended_on",
    ),
    Step(
        name="decide",
        guidance=(
            "Read it with counsel at once: the days for a review or a civil action count from the date on the decision, not "
            "from its receipt (34 CFR 300.516(b))."
        ),
        states=_HEARING,
        to="decided",
        asks=(_choose("decision", "The decision", *DECISIONS), Field("what_is_ordered", "text", "What it orders, by when")),
        marks="decided_on",
        outcome_from="decision",
    ),
    Step(
        name="request_review",
        guidance="Where another agency than the state held the hearing, the state reviews it on request (34 CFR 300.514(b)).",
        states=("decided",),
        to="review",
        asks=(),
        marks="review_requested_on",
        forgets=("review_decided_on",),
        after=("decided_on",),
    ),
    Step(
        name="extend_review",
        guidance="Only the reviewing officer extends the 30 days, and only if a party asks for it (34 CFR 300.515(c)).",
        states=("review",),
        asks=(_TO_ON, _choose("asked_by", "Who asked", *FILED_BY)),
        extends="review_extension",
        after=("review_requested_on",),
    ),
    Step(
        name="decide_review",
        guidance="The days for a civil action count from the date on this decision. Read it with counsel at once.",
        states=("review",),
        to="decided",
        asks=(_choose("decision", "The decision", *DECISIONS), Field("what_is_ordered", "text", "What it orders, by when")),
        marks="review_decided_on",
        outcome_from="decision",
        after=("review_requested_on",),
    ),
    Step(
        name="file_civil_action",
        guidance=f"This is for counsel. {_STAY_PUT}",
        states=("decided",),
        to="court",
        asks=(Field("court", "text", "Which court"), _REFERENCE),
        marks="civil_action_on",
        after=("decided_on", "review_decided_on"),
    ),
    Step(
        name="settle",
        guidance="School and parent settle it outside of the resolution meeting. In writing: who does what, by when.",
        states=("filed", *_HEARING, "decided", "review", "court"),
        to=ENDED,
        asks=(_ask("terms", "What was agreed: who, what, by when"),),
        marks="ended_on",
        outcome="settled",
    ),
    Step(
        name="end",
        guidance="Nothing more is to come of it. Look once more at the days for a review or a civil action before you say so.",
        states=("settled", "decided", "court"),
        to=ENDED,
        asks=(_ask("how_it_ended", "How it ended, in a sentence"),),
        marks="ended_on",
    ),
    _withdraw("filed", *_HEARING, "decided", "review", "court"),
    _NOT_PURSUED,
    _correct(
        *("filed_on", "received_on", "responded_on", "challenged_on", "ruled_on", "amended_on", "resolution_meeting_on"),
        *("waived_on", "mediation_on", "mediation_ended_on", "no_agreement_on", "settled_on", "hearing_first_on"),
        *("hearing_last_on", "hearing_ended_on", "disclosed_on", "decided_on", "review_requested_on", "review_decided_on"),
        *("asked_to_begin_on", "civil_action_on"),
    ),
)


def _by_name(steps: Sequence[Step]) -> Mapping[str, Step]:
    return {step.name: step for step in steps}


STEPS: Mapping[str, Mapping[str, Step]] = {
    "mediation": _by_name(_MEDIATION),
    "state_complaint": _by_name(_STATE_COMPLAINT),
    "due_process": _by_name(_DUE_PROCESS),
}
STEP_NAMES = tuple(dict.fromkeys(name for steps in STEPS.values() for name in steps))
# The parts of a complaint that are a yes or a no; all others are words.
YES_OR_NO_PARTS = ("copy_to_school", "copy_to_other_party", "copy_to_state")
