"""What is to be done, in order, each with its reason in a sentence: nothing should be waiting for nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.wall_clock import instant, local_date

KINDS = ("reminder", "deadline", "booking", "inbound_mail", "case", "concern")
NOTHING_PLANNED = "Nothing is planned here: no reminder, deadline, consultation or check-in. What comes next?"


@dataclass(frozen=True)
class Item:
    """Something to be done: at an instant, or on a day; whose it is, and why it is here."""

    kind: str
    id: object
    case_id: object | None
    case_title: str | None
    concern_id: object | None
    assignee_id: object
    title: str
    reason: str
    at: datetime | None = None
    on: date | None = None
    is_overdue: bool = False
    # Where it tells of a deadline: what is in doubt about that, and what stands under it.
    notices: tuple[str, ...] = ()
    general: str | None = None


def in_order(items: Iterable[Item], now: datetime, zone: ZoneInfo) -> list[Item]:
    """The earliest first. What is of a day stands at its beginning; what is of no day stands at this moment: behind what
    is overdue, and before what is still to come."""

    def place(item: Item) -> tuple[datetime, int, str]:
        at = item.at or (instant(item.on, time(0), zone) if item.on else now)
        return at, KINDS.index(item.kind), str(item.id)

    return sorted(items, key=place)


def why_reminded(
    *,
    key: str,
    ladder: str | None,
    asked_at: datetime | None,
    check_in_every: str | None,
    is_of_deadline: bool,
    is_of_concern: bool,
    due_at: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> str:
    """Why a reminder is there, and since when it is due."""
    if ladder is not None and asked_at is not None:
        because = f"Asked on {local_date(asked_at, zone)}, and no answer is recorded."
    elif check_in_every is not None:
        because = f"A check-in of every {'week' if check_in_every == 'week' else 'two weeks'}."
    elif is_of_deadline:
        because = "A deadline comes near."
    elif key == "mail_failed":
        because = "A mail of this case could not be delivered."
    elif key == "by_hand":
        because = "Somebody here set it."
    elif is_of_concern:
        because = "The next step of a concern."
    else:
        because = "It was planned for this day."
    return f"{because} {_since(local_date(due_at, zone), local_date(now, zone))}"


def why_counted(*, event_in_words: str, event_on: date, citation: str, act_by: bool, on: date, today: date) -> str:
    """Why a deadline is there: what it is counted from, and by which paragraph."""
    last = "The last working day before it" if act_by else "The day"
    return f"{last}, counted from {event_on} ({event_in_words}); {citation}. {_since(on, today)}"


def why_meeting(state: str) -> str:
    """Why a consultation is there."""
    return "Somebody asks for it: confirm or decline." if state == "requested" else "A consultation."


def why_waiting(because: str | None) -> str:
    """Why a mail that came in waits for somebody to say what it is."""
    return f"A mail came in and could not be matched ({(because or 'unknown').replace('_', ' ')})."


def _since(on: date, today: date) -> str:
    days = (today - on).days
    if days < 0:
        return f"Due in {-days} day{'s' if days < -1 else ''}."
    if days == 0:
        return "Due today."
    return f"Due since {on}, {days} day{'s' if days > 1 else ''} ago."
