"""What the facts make of a count: stopped, begun anew, agreed on, extended, or to be done before a meeting."""

from dataclasses import dataclass
from datetime import date

from domain.deadline_rules import Input
from domain.deadlines.asked import Asked
from domain.deadlines.counting import Count, NotReached
from domain.deadlines.days import ONE, CalendarMissing


@dataclass
class Outcome:
    """A date, or the reason why there is none, with the count that led there."""

    count: Count
    day: date | None = None
    reason: str | None = None


def outcome(asked: Asked) -> Outcome:
    """The date that the facts lead to. Raises `domain.deadlines.days.OutOfRange`."""
    inputs, facts, count = asked.rule.inputs_of(asked.row), asked.facts, Count(asked.row, asked.facts, asked.days)
    found = Outcome(count)
    start: date = max((facts[one.name] for one in inputs if one.effect == "restarts" and one.name in facts), default=asked.on)
    if start != asked.on:
        count.sums.append(f"counted anew from {start}")
    if asked.row.method == "hearing_decision" and facts["filed_by"] == "school":
        count.sums.append("no date: the school filed the complaint")
        found.reason = "ask_counsel"
        return found
    stopping = _stopping(asked, start, count)
    if stopping:
        count.sums.append(f"no date: {stopping.says[0].lower()}{stopping.says[1:].rstrip('.')}")
        found.reason = stopping.reason
        return found
    try:
        found.day = count.counted(start)
    except CalendarMissing:
        count.sums.append(f"from {start} the count runs past the school years that were entered")
        found.reason = "calendar_missing"
    except NotReached:
        found.reason = "not_reached"
    if asked.row.gives == "due_on":
        _take_what_was_agreed(asked, found)
        _come_before_meetings(asked, found)
        _stand_in_the_iep(asked, found)
    return found


def _stopping(asked: Asked, start: date, count: Count) -> Input | None:
    """The input that stops the count; what was agreed before a count began anew does not stop that one."""
    for one in asked.rule.inputs_of(asked.row):
        value = asked.facts.get(one.name)
        if one.effect != "stops" or value in (None, False):
            continue
        if isinstance(value, date) and asked.row.offset > 0 and value < start:
            count.notices.append(f"{one.name} {value} lies before the count began anew on {start}, and does not stop it.")
            continue
        return one
    return None


def _take_what_was_agreed(asked: Asked, found: Outcome) -> None:
    """Another date, by agreement or extension; of several the earliest, since nothing says which one holds."""
    facts, notices = asked.facts, found.count.notices
    agreed: list[tuple[date, str]] = []
    extended: list[tuple[date, str]] = []
    for one in asked.rule.inputs_of(asked.row):
        if one.name in facts and one.effect == "sets":
            agreed.append((facts[one.name], "agreed on"))
        if one.name in facts and one.effect == "extends":
            extended.append((facts[one.name], "extended in writing"))
    transfer = facts.get("transfer")
    if transfer and "agreed_on" in transfer and transfer.get("sufficient_progress"):
        agreed.append((transfer["agreed_on"], "agreed on after the transfer, with sufficient progress"))
    elif transfer is not None:
        notices.append("A transfer moves the date only with an agreed date and sufficient progress: it stands.")
    if "extension" in facts and not asked.extension_is_refused:
        extended.append((facts["extension"]["to_on"], f"extended for {facts['extension']['because'].replace('_', ' ')}"))
    for day, why in extended:
        if found.day is None or day > found.day:
            agreed.append((day, why))
        else:
            notices.append(f"An extension to {day} is not later than {found.day}: it moves nothing.")
    if agreed:
        if len(agreed) > 1:
            notices.append("Of several agreed dates the earliest was taken.")
        day, why = min(agreed)
        found.day, found.reason = found.count.says(f"{why} = {day}", day), None


def _come_before_meetings(asked: Asked, found: Outcome) -> None:
    """The day before the first meeting after the request, if that is earlier. One on its day is none after it by its date."""
    meetings = asked.facts.get("meetings", ())
    if asked.on in meetings:
        found.count.notices.append(
            "A meeting is on the day of the request: it is not counted. If it came after the request, the records were due "
            "before it."
        )
    first = next((day for day in meetings if day > asked.on), None)
    if first is not None and (found.day is None or first - ONE < found.day):
        found.day = found.count.says(f"the day before the meeting on {first} = {first - ONE}", first - ONE)


def _stand_in_the_iep(asked: Asked, found: Outcome) -> None:
    first, last = asked.facts.get("iep_effective_from"), asked.facts.get("iep_effective_to")
    if first is None or last is None or found.day is None:
        return
    if first <= found.day <= last:
        found.day = found.count.says(f"it stands in the IEP in effect from {first} to {last} = {first}", first)
    else:
        found.count.notices.append(f"The IEP from {first} to {last} is not the one in effect on {found.day}: the date stands.")
