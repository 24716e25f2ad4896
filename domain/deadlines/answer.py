"""What is answered when a deadline is asked for: the date or why there is none, the sum in words, the law, the doubts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any

from domain.deadline_rules import Row
from domain.deadlines.inputs import plain

GENERAL = "General information, not legal advice. Rules differ by state and change. Check with counsel."
FEDERAL_ONLY = "Counted by federal law only, as the student's state was not known. States set other limits: recount once it is."
CONFIRM = "confirm with the state"
# Why there is no date.
REASONS = ("standard", "not_running", "waived", "paused", "not_reached", "ask_counsel", "calendar_missing")
REFUSED = "extension_not_allowed"


@dataclass(frozen=True)
class Answer:
    """A deadline as it was counted. `due_on` is None for a `reason`; of rules that give no deadline, without one.

    `act_by` is for who acts for the family, `earliest_on` the first day of what may not come sooner, `watch_on` our day to look
    again, `ordinary_due_on` the date without the input that moved or stopped it. `may_be_later` never moves the date.
    """

    rule: str
    label: str
    by: str | None
    event: str
    event_in_words: str
    event_on: date
    state: str | None
    due_on: date | None
    reason: str | None
    act_by: date | None
    earliest_on: date | None
    watch_on: date | None
    ordinary_due_on: date | None
    may_be_later: bool
    may_be_later_because: str | None
    refused: str | None
    due_at: datetime | None
    inputs: Mapping[str, Any]
    sum: str
    citation: str | None
    source: str
    status: str | None
    checked_on: date | None
    state_row: Row | None
    notes: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    general: str = field(default=GENERAL)

    def of_no_known_state(self) -> "Answer":
        """The same, where nobody knows whose law holds besides the federal one; what is no law has no other one either."""
        return replace(self, notices=(FEDERAL_ONLY, *self.notices)) if self.citation else self

    def as_json(self) -> dict[str, Any]:
        """All of it as plain JSON values: what is kept, and what goes over the wire."""
        said: dict[str, Any] = {one.name: plain(getattr(self, one.name)) for one in fields(self)}
        said["due_at"] = None if self.due_at is None else self.due_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        said["state_row"] = None if self.state_row is None else row_as_json(self.state_row)
        return said


def row_as_json(row: Row) -> dict[str, Any]:
    """A row of the table as it is shown."""
    return {
        "state": row.state,
        "event": row.event,
        "event_in_words": row.event_in_words,
        "offset": row.offset,
        "unit": row.unit,
        "offset_in_words": row.offset_in_words,
        "gives": row.gives,
        "adjust": list(row.adjust),
        "when": None if row.when is None else {row.when[0]: row.when[1]},
        "applies_from": plain(row.applies_from),
        "applies_to": plain(row.applies_to),
        "notes": list(row.notes),
        "citation": row.citation,
        "source": row.source,
        "checked_on": plain(row.checked_on),
        "status": row.status,
        "confirm": CONFIRM if row.status == "secondary" else None,
    }
