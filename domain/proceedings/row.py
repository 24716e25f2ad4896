"""What the table of proceedings is made of: a proceeding, a part of its complaint, a clock, a step; and steps of all kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.fact import Field, ask, choose
from domain.step import CORRECT, SAME

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
# The fact that nothing came of a proceeding: what limits the family goes on running.
GIVEN_UP: Mapping[str, object] = {"is_given_up": True}
# The first day of what it is about; and the fact that this is what its concern knows, not what was said for it alone.
SINCE = "since_on"
FOLLOWS_CONCERN: Mapping[str, object] = {"follows_concern": True}
# The fact that holds where an ended proceeding stood: its state and its outcome until then.
STOOD = "stood"
COMMON_FIELDS = (
    ask("occurred_on", "On which day it happened", "date"),
    Field("note", "text", "Note"),
    Field("document_ids", "uuid_list", "Documents that show it"),
)
REOPEN = "reopen"
# Where a step leads that takes an end back.
WHERE_IT_STOOD = "where it stood"


@dataclass(frozen=True)
class Proceeding:
    """All that the table looks at."""

    kind: str
    state: str = PLANNED
    is_expedited: bool = False
    filed_by: str = "parent"
    facts: Mapping[str, object] = field(default_factory=dict)
    complaint: Mapping[str, object] = field(default_factory=dict)
    outcome: str | None = None

    @property
    def is_given_up(self) -> bool:
        """Nothing came of it: the family's own limit runs on."""
        return self.state == ENDED and all(self.facts.get(name) == value for name, value in GIVEN_UP.items())


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
    own runs on after the end, met by nothing, where the proceeding was given up (`GIVEN_UP`): it can be filed anew.
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
        return self.is_limit and proceeding.is_given_up


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

    `sets` are facts that it makes besides, `forgets` those that hold no more; it cannot lie before any of `after`. `to` is a
    state, SAME, or WHERE_IT_STOOD. What is `of_given_up` can be done after a proceeding was given up, too.
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
    takes_outcome_back: bool = False
    after: tuple[str, ...] = ("filed_on", "received_on")
    files: bool = False
    is_expedited: bool | None = None
    filed_by: str | None = None
    of_given_up: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        return (*self.asks, *COMMON_FIELDS)

    def is_allowed(self, proceeding: Proceeding) -> bool:
        return (
            (proceeding.state in self.states or (self.of_given_up and proceeding.is_given_up))
            and (self.to != WHERE_IT_STOOD or STOOD in proceeding.facts)
            and self.is_expedited in (None, proceeding.is_expedited)
            and self.filed_by in (None, proceeding.filed_by)
        )


@dataclass(frozen=True)
class Outcome:
    """What a step brings about: the state, all facts and the outcome after it, and what was said with it."""

    state: str
    facts: Mapping[str, object]
    said: Mapping[str, object]
    outcome: str | None


# What more than one kind has.

WITHDRAW = "Whoever filed takes it back; nothing is deleted, and the time limits go on running. The parent decides."
STAY_PUT = (
    "During the proceeding the child stays in the current placement unless school and parent agree otherwise "
    "(34 CFR 300.518); in discipline 34 CFR 300.533 says where."
)
CONFIDENTIAL = (
    "What is said in mediation stays there: it is confidential and no evidence in any later hearing or court "
    "(34 CFR 300.506(b)(8)). Keep it out of notes that others will read."
)
REFERENCE = Field("reference", "text", "The number that the office gave it")
TO_ON = ask("to_on", "To which date", "date")
INCOMPLETE = Field("incomplete_because", "text", "Why it is filed although parts of it are missing")


def correct(*dates: str) -> Step:
    return Step(
        name=CORRECT,
        guidance="A day that was written down wrongly is put right, with the reason; the deadlines are counted anew.",
        states=tuple(state for state in STATES if state != ENDED),
        of_given_up=True,
        asks=(
            choose("what", "Which day", "since_on", *dates),
            ask("on", "The right day", "date"),
            ask("reason", "How you know"),
        ),
        after=(),
    )


def withdraw(*states: str) -> Step:
    return Step(
        name="withdraw",
        guidance=WITHDRAW,
        states=states,
        to=ENDED,
        asks=(ask("reason", "Why"),),
        marks="ended_on",
        sets=GIVEN_UP,
        outcome="withdrawn",
    )


REOPENED = Step(
    name=REOPEN,
    guidance=(
        "An end that was entered by mistake is taken back, with the reason; the history stays. It stands where it stood, and "
        "its deadlines run from where they ran. What really ended is filed anew."
    ),
    states=(ENDED,),
    to=WHERE_IT_STOOD,
    asks=(ask("reason", "How you know"),),
    forgets=("ended_on", *GIVEN_UP, STOOD),
    after=("ended_on",),
)

NOT_PURSUED = Step(
    name="drop",
    guidance="It was planned and is not taken this way. The time limits of the other ways go on running: look at them.",
    states=(PLANNED,),
    to=ENDED,
    asks=(ask("reason", "Why"),),
    marks="ended_on",
    sets=GIVEN_UP,
    outcome="not_pursued",
)
