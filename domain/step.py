"""What a row of the playbook is made of: the step, the reminders it plans, the open ones it settles."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar import NO_CALENDAR, SchoolCalendar
from domain.fact import Field
from domain.follow_up import DEFAULT_POLICY, FollowUp, Policy, after
from domain.refusal import Invalid, Refusal
from domain.wall_clock import NINE, instant

SAME = "="
# What stands in a history where a day that was written down wrongly was put right.
CORRECT = "correct_date"
THE_CAUSE = "the cause"

COMMON_FIELDS = (
    Field("occurred_at", "instant", "When it happened (default: now)"),
    Field("note", "text", "Note"),
    Field("observation_ids", "uuid_list", "Observations that show it"),
    Field("document_ids", "uuid_list", "Documents that show it"),
)


class StepNotAllowed(Refusal):
    """The step is not listed for the state; `extra` holds the state and the names of the steps that are."""


class FactsInvalid(Invalid):
    """What the step asks for is missing, unknown, of the wrong kind, or cannot be true; `extra["errors"]` says where."""


@dataclass(frozen=True)
class Reminder:
    """A row of a plan: `after` follow-up days from the step, or `on` the date that a fact names, at 09:00.

    It is planned always, or only `when` (a fact, its value), or only if the concern comes to stand `in_state`; once, or for
    `each` of a list of objects, on the date that the object names and with what it says as a note.
    """

    key: str
    title: str
    after: int = 0
    on: str | None = None
    when: tuple[str, str] | None = None
    in_state: str | None = None
    each: str | None = None

    def is_planned(self, state: str, facts: Mapping[str, object]) -> bool:
        """Whether a step with these facts, which leads to `state`, plans it."""
        return self.in_state in (None, state) and (self.when is None or facts.get(self.when[0]) == self.when[1])

    def plans(self, facts: Mapping[str, object]) -> "tuple[Plan, ...]":
        """What becomes of it once the facts are known."""
        if self.each is None:
            return (Plan(self.key, self.title, self.after, self._on(facts)),)
        listed: Any = facts.get(self.each, ())
        return tuple(
            Plan(f"{self.key}_{number}", self.title, on=self._on(entry), note=f"{entry['what']} ({entry['owner']})")
            for number, entry in enumerate(listed, 1)
        )

    def _on(self, facts: Mapping[str, object]) -> date | None:
        return None if self.on is None else date.fromisoformat(str(facts[self.on]))


@dataclass(frozen=True)
class Settles:
    """Which open reminders of the concern a step settles: those of some keys, whole ladders, or all of them."""

    keys: tuple[str, ...] = ()
    ladders: tuple[str, ...] = ()
    everything: bool = False

    def covers(self, key: str, ladder: str | None = None) -> bool:
        """Whether the open reminder of this key, and of this ladder if it is a rung, is settled."""
        return self.everything or (key in self.keys if ladder is None else ladder in self.ladders)


@dataclass(frozen=True)
class Plan:
    """A reminder that a step plans: `after` follow-up days from it, or `on` a date; its `note` is not mailed."""

    key: str
    title: str
    after: int = 0
    on: date | None = None
    note: str | None = None

    def follow_up(
        self,
        occurred_at: datetime,
        zone: ZoneInfo,
        calendar: SchoolCalendar = NO_CALENDAR,
        state_holidays: Collection[date] = (),
        policy: Policy = DEFAULT_POLICY,
    ) -> FollowUp:
        """The reminder with its instant in UTC: 09:00 wall time in `zone`, on no quiet day unless a fact names it. Raises
        NoSuchDay."""
        if self.on is not None:
            return FollowUp(self.key, self.title, instant(self.on, NINE, zone))
        return FollowUp(self.key, self.title, after(self.after, occurred_at, zone, calendar, state_holidays, policy))


@dataclass(frozen=True)
class Step:
    """A row of the playbook. `to` is a state, SAME, THE_CAUSE, or a state for each state it is taken from.

    `expects` are steps to have been done earlier, and after the last `since` where there was one, else it is out of turn;
    `parties` are whom its communication may be with, where it matters, `in_writing` or not; `ladder` is planned if that
    communication awaits a reply; `makes` are rows that come with the step, `keeps` what is written down with it, `ends` what
    it ends. `prompts` help to say it, and `letters` are the templates that fit.
    """

    name: str
    guidance: str
    states: tuple[str, ...]
    to: str | Mapping[str, str] = SAME
    asks: tuple[Field, ...] = ()
    at_least_one: tuple[str, ...] = ()
    skip_states: tuple[str, ...] = ()
    expects: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    outbound: bool = False
    in_writing: bool = False
    ladder: str | None = None
    reminders: tuple[Reminder, ...] = ()
    settles: Settles = field(default_factory=Settles)
    makes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    since: str | None = None
    prompts: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All it asks for: its own fields, then the common ones that it does not ask for in its own way."""
        own = {asked.name for asked in self.asks}
        return self.asks + tuple(common for common in COMMON_FIELDS if common.name not in own)

    def lands(self) -> dict[str, str]:
        """Where it leads from each state in which it may be taken."""
        if isinstance(self.to, Mapping):
            return dict(self.to)
        return {state: state if self.to == SAME else self.to for state in (*self.states, *self.skip_states)}

    def is_allowed(self, state: str) -> bool:
        """Whether it may be taken in `state`, with a reason or without."""
        return state in self.states or state in self.skip_states

    def needs_skip_reason(self, state: str, done: Collection[str] = ()) -> bool:
        """Whether it would be out of turn in `state`, after the steps `done`, in order."""
        if state in self.skip_states:
            return True
        counted = list(done)
        if self.since in counted:
            # What was confirmed was the agreement of that time.
            counted = counted[len(counted) - counted[::-1].index(self.since) :]
        return any(step not in counted for step in self.expects)

    def fields_in(self, state: str, done: Collection[str] = ()) -> tuple[Field, ...]:
        """The form to draw in `state`: all its fields, and the skip reason, required if the step is out of turn."""
        return (*self.fields, _skip_reason(self.needs_skip_reason(state, done)))


def _skip_reason(required: bool) -> Field:
    return Field("skip_reason", "text", "Why this step is taken out of turn", required)
