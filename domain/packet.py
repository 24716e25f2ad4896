"""A packet as one table: for which purpose which parts, in which order; what a complaint has to say, and where that is known.

A reader has ten seconds for the first page and an hour for the rest: what was promised and what was given comes early, what
people wrote comes whole, and what shows it comes last, numbered.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain import proceedings
from domain.proceedings import Part

# All parts, in the order in which they stand, whatever was asked for in which order.
PARTS = (
    *("complaint", "summary", "delivery", "timeline", "proceedings", "wording", "changes"),
    *("communications", "observations", "statements", "exhibits", "hashes"),
)


@dataclass(frozen=True)
class Purpose:
    """What a packet is for: the parts that it has unless others are named, and the complaint that it brings along, if any."""

    parts: tuple[str, ...]
    complaint: str | None = None


def _all_but(*left_out: str) -> tuple[str, ...]:
    return tuple(part for part in PARTS if part not in left_out)


PURPOSES: Mapping[str, Purpose] = {
    # Whoever sits at one table wants to know what is to be done, and not what was signed against whom.
    "team_meeting": Purpose(_all_but("complaint", "proceedings", "statements")),
    "mediation": Purpose(_all_but("complaint")),
    "state_complaint": Purpose(_all_but("wording"), "state_complaint"),
    "due_process": Purpose(PARTS, "due_process"),
}


def in_order(parts: Collection[str]) -> tuple[str, ...]:
    """These parts as they stand in a packet, each once; what is no part is left out."""
    return tuple(part for part in PARTS if part in parts)


# Of what a step of a concern says, what others may read. Notes, reasons for going out of turn, what was said to counsel and
# why somebody decided stay with the practice: private notes enter no packet (DOMAIN section 8).
TOLD: Mapping[str, tuple[str, ...]] = {
    "verify": ("finding",),
    "find_unfounded": ("reason",),
    "talk_to_teacher": ("our_understanding",),
    "name_cause": ("teacher_said",),
    "contact_team": ("proposed_wording",),
    "call_team_meeting": ("agenda",),
    "hold_team_meeting": ("held_on", "attendees", "what_was_said"),
    "request_policy": ("refusal_in_their_words", "policy_asked_for"),
    "receive_policy": ("received_on",),
    "agree_fix": ("effective_on", "agreed_with", "what", "by_on"),
    "start_monitoring": ("look_for",),
    "check_in": ("checked_on",),
    "report_not_working": ("what_happens", "since_on"),
    "resolve": ("outcome", "resolved_on"),
    "reopen": ("noticed_on",),
}


def told(step: str, facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """What a reader learns of a step: names of its facts, and what each says, in the order of the table."""
    found = []
    for name in TOLD.get(step, ()):
        value = facts.get(name)
        if isinstance(value, list):
            value = "; ".join(str(one) for one in value)
        if value:
            found.append((name, str(value)))
    return found


# What a complaint has to say.


@dataclass(frozen=True)
class Line:
    """A part of a complaint: what the law asks for, what is said, and where that comes from.

    `source` is `said` (for this packet), `proceeding` (its complaint), `case` (what is on record), or None where nobody said
    it.
    """

    name: str
    label: str
    citation: str
    answer: str | bool | None
    source: str | None
    is_missing: bool


def lines(
    purpose: str, *, said: Mapping[str, object], proceeding: Mapping[str, object], known: Mapping[str, object]
) -> tuple[Line, ...]:
    """What the complaint of this purpose says, part by part: as it was said for the packet, else in the proceeding, else as
    the case knows it; empty where the purpose has no complaint."""
    kind = PURPOSES[purpose].complaint
    if kind is None:
        return ()
    layers = (("said", said), ("proceeding", proceeding), ("case", known))
    all_said: dict[str, object] = {}
    sources: dict[str, str] = {}
    for source, layer in reversed(layers):
        for name, value in layer.items():
            if _is_something(value):
                all_said[name], sources[name] = value, source
    lacking = {part.name for part in proceedings.missing(kind, all_said)}
    return tuple(_line(part, all_said, sources, lacking) for part in proceedings.parts(kind, all_said))


def _line(part: Part, said: Mapping[str, object], sources: Mapping[str, str], lacking: Collection[str]) -> Line:
    value = said.get(part.name)
    answer = value if isinstance(value, bool) or value is None else str(value)
    return Line(part.name, part.label, part.citation, answer, sources.get(part.name), part.name in lacking)


def _is_something(value: object) -> bool:
    return value is not None and value != ""


def missing(found: Iterable[Line]) -> list[dict[str, str]]:
    """What the law asks for and nobody said yet, in words."""
    return [{"name": one.name, "label": one.label, "citation": one.citation} for one in found if one.is_missing]


# What was corrected.


def with_corrections(
    rows: Iterable[Any], *, is_private: Callable[[Any], bool], is_in_period: Callable[[Any], bool]
) -> list[Any]:
    """Of rows with `id` and `corrects_id`, those that others may read, in their order: what was corrected stands beside its
    correction. The newest row decides for all that it corrects, whether it is of the period; and what any row says of itself
    (that it is private), it says of all that it corrects too."""
    all_rows = list(rows)
    by_id = {row.id: row for row in all_rows}
    newest = by_id.keys() - {row.corrects_id for row in all_rows}
    shown = set()
    for at in (by_id[one] for one in newest):
        is_of_it = is_in_period(at)
        while at is not None and is_of_it and not is_private(at):
            shown.add(at.id)
            at = by_id.get(at.corrects_id)
    return [row for row in all_rows if row.id in shown]
