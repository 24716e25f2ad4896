"""How a booking or an enquiry becomes a client's file: client, child, case, and a first concern in the parent's own words.

There is one way for both. All of it is one transaction's; what was made once is not made again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.refusal import FieldError, Invalid
from models.base import Base
from models.case import Case
from models.client import Client
from models.concern import Concern
from models.practice import Practice
from models.student import Student

USUAL_KIND = "not_provided"


class Asked(Protocol):
    """Who asked for help, through a booking or an enquiry, and what became of it."""

    name: Any
    email: Any
    phone: Any
    timezone: Any
    created_at: Any
    client_id: Any
    student_id: Any
    case_id: Any
    concern_id: Any

    @property
    def own_words(self) -> str | None: ...

    def becomes_a_file(self) -> None:
        """Says that it does, or refuses to."""


class OtherClient(Invalid):
    """It was made for another client than the one that is named."""


class NoWords(Invalid):
    """There is nothing that a first concern could say."""


def open_file(
    asked: Asked,
    *,
    client: Client | None,
    student: Mapping[str, Any],
    title: str,
    advocate_id: UUID,
    concern: Mapping[str, Any] | None,
    practice: Practice,
    by: UUID,
    now: datetime,
) -> list[Base]:
    """Makes the file, and keeps on `asked` what it became; gives the rows, in the order in which they are inserted.

    `client` is one who is there already. `concern` may say `kind`, `what_happened` and `noticed_on`; what it leaves out are
    the usual kind, the parent's own words, and the day on which they were written. With None, no concern is opened.
    """
    asked.becomes_a_file()
    if client is not None and asked.client_id not in (None, client.id):
        detail = "This was made for another client."
        raise OtherClient(detail, [FieldError(pointer="/client_id", detail=detail)])
    rows: list[Base] = []
    if client is None:
        client = Client(name=asked.name, email=asked.email, phone=asked.phone, timezone=asked.timezone)
        rows.append(client)
    child = Student(disabilities=[], **student)
    case = Case.open(client_id=client.id, student_id=child.id, title=title, advocate_id=advocate_id)
    rows += [child, *child.spoken_for_by([client]), case]
    first, concern_rows = _first_concern(asked, case, concern, practice=practice, by=by, now=now)
    rows += concern_rows
    asked.client_id, asked.student_id, asked.case_id = client.id, child.id, case.id
    asked.concern_id = first.id if first else None
    return rows


def _first_concern(
    asked: Asked, case: Case, said: Mapping[str, Any] | None, *, practice: Practice, by: UUID, now: datetime
) -> tuple[Concern | None, list[Base]]:
    if said is None:
        return None, []
    words = said.get("what_happened") or asked.own_words
    if not words or not words.strip():
        if not said:
            return None, []
        detail = "The parent wrote nothing: say what happened."
        raise NoWords(detail, [FieldError(pointer="/concern/what_happened", detail=detail)])
    first, reminders = Concern.open(
        case=case,
        practice=practice,
        by=by,
        now=now,
        kind=said.get("kind", USUAL_KIND),
        what_happened=words,
        noticed_on=said.get("noticed_on") or asked.created_at.astimezone(practice.zone).date(),
    )
    return first, [first, *reminders]
