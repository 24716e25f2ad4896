"""What a step is told besides being taken: where the answers and what is on record do not go together. None of it refuses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

# Days on which something has happened.
HAPPENED = (
    *("asked_on", "checked_on", "held_on", "received_on", "agreed_by_parent_on", "agreed_by_agency_on"),
    *("since_on", "client_decided_on", "noticed_on", "resolved_on"),
)


@dataclass(frozen=True)
class Notice:
    """Where in the answers, and what is to be seen there."""

    pointer: str
    detail: str


@dataclass(frozen=True)
class Copy:
    """A line of the ledger of copies that is not closed: whose it is, and how it stands (DOMAIN section 10)."""

    name: str
    is_acknowledged: bool
    knows_their_part: str | None
    has_what_they_need: str | None


def notices(
    step: str, facts: Mapping[str, Any], *, today: date, copies: Sequence[Copy] = (), findings: int = 0
) -> tuple[Notice, ...]:
    """What to look at again after a step with these facts. `copies` are the lines of the version in force, `findings` the
    number of weak words that the wording check finds in the support."""
    days = {**{name: facts.get(name) for name in HAPPENED}, "occurred_at": str(facts.get("occurred_at") or "")[:10] or None}
    ahead = (Notice(f"/{name}", "This lies in the future.") for name, day in days.items() if _is_ahead(day, today))
    return (*ahead, *_of_step(step, facts, copies, findings))


def _is_ahead(day: Any, today: date) -> bool:
    return day is not None and date.fromisoformat(day) > today


def _of_step(step: str, facts: Mapping[str, Any], copies: Sequence[Copy], findings: int) -> tuple[Notice, ...]:
    if step == "resolve":
        return tuple(_against_the_ledger(facts, copies))
    if step == "hold_team_meeting":
        return tuple(_excusals(facts))
    if step == "read_wording" and facts.get("is_clear") == "yes" and findings:
        return (Notice("/is_clear", f"The wording check finds {_counted(findings, 'place')} where it leaves a way out."),)
    if step == "agree_fix" and facts.get("fix") == "amendment":
        return tuple(_dates_of_agreement(facts))
    return ()


def _against_the_ledger(facts: Mapping[str, Any], copies: Sequence[Copy]) -> Iterator[Notice]:
    questions = (
        ("every_teacher_has_copy", "not acknowledged by", [copy.name for copy in copies if not copy.is_acknowledged]),
        ("each_knows_their_part", "not known to know their part:", [c.name for c in copies if c.knows_their_part != "yes"]),
        ("each_has_what_they_need", "said to lack something:", [c.name for c in copies if c.has_what_they_need == "no"]),
    )
    for name, what, whose in questions:
        if facts.get(name) == "yes" and whose:
            yield Notice(f"/{name}", f"The ledger of copies has {_counted(len(whose), 'open line')}, {what} {_listed(whose)}.")


def _excusals(facts: Mapping[str, Any]) -> Iterator[Notice]:
    for row, excusal in enumerate(facts.get("excusals", ())):
        place, member = f"/excusals/{row}", excusal["member"]
        if excusal["area_discussed"] == "no":
            if "agreed_in_writing_on" not in excusal:
                detail = f"{member}: no written agreement of parent and school is on record (.321(e)(1))."
                yield Notice(f"{place}/agreed_in_writing_on", detail)
            continue
        if "parent_consent_on" not in excusal:
            detail = f"{member}: no written consent of the parent is on record (.321(e)(2)(i))."
            yield Notice(f"{place}/parent_consent_on", detail)
        if "written_input_on" not in excusal:
            detail = f"{member}: no written input is on record (.321(e)(2)(ii))."
            yield Notice(f"{place}/written_input_on", detail)
        elif date.fromisoformat(excusal["written_input_on"]) >= date.fromisoformat(facts["held_on"]):
            detail = f"{member}: the written input did not come before the meeting (.321(e)(2)(ii))."
            yield Notice(f"{place}/written_input_on", detail)


def _dates_of_agreement(facts: Mapping[str, Any]) -> Iterator[Notice]:
    effective_on = date.fromisoformat(facts["effective_on"])
    for name, who in (("agreed_by_parent_on", "the parent"), ("agreed_by_agency_on", "the school")):
        if date.fromisoformat(facts[name]) > effective_on:
            yield Notice(f"/{name}", f"It is to hold from {effective_on.isoformat()}, before {who} agreed.")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
