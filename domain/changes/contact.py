"""How near: direct, or by consultation; read from the words, and compared."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.changes.difference import Difference
from domain.frequency import Frequency

if TYPE_CHECKING:
    from domain.changes.reading import Reading
    from domain.changes.terms import Terms


_CONSULT = re.compile(
    r"\b(?:monitor(?:ing)?(?:,| and| &| /|/) ?)?(?:consult(?:s|ation|ations|ative|ing)?|indirect(?:ly)?|"
    r"collaborat(?:ion|es|ive|e))\b(?:(?:,| and| &) monitoring\b)?(?: (?:only|services?|model|basis|support|level|"
    r"time)\b){0,2}"
    r"(?: (?:to|with|for) (?:the |his |her |all )?(?:\w+ ){0,2}(?:teachers?|staff|team|aides?|paraprofessionals?|"
    r"parents?|personnel)\b)?"
)


_CONSULT_ROLE = re.compile(r"\bconsultant\b")


_BESIDES = re.compile(
    r"(?<!monitor)(?<!monitoring)(?:[;,.]|\bplus|\band|\bas well as|\binclud(?:es|ing)|&|"
    r"\+) (?:\w+ )?(?:consult(?:ation)?|indirect)\b|"
    r"\bconsult(?:ation)? and\b"
)


_DIRECT = re.compile(r"\bdirect(?:ly)?\b(?! instruction\b)(?: (?:services?|model|basis|support)\b)?")


def read_contact(reading: "Reading", amounts: tuple[Frequency, ...]) -> int:
    if reading.is_goal:
        return 2
    if not reading.has(("consult", "direct", "collaborat")):
        return 2
    besides = _BESIDES.search(reading.text)
    # "; consult" is besides where something else has its amount.
    is_besides = besides is not None and (
        besides[0][0] not in ";,." or "plus" in besides[0] or "and" in besides[0] or len(amounts) > 1
    )
    is_consult = not _CONSULT_ROLE.search(reading.text) and bool(reading.taken(_CONSULT))
    is_direct = bool(reading.taken(_DIRECT))
    reading.is_consult = is_consult
    if is_direct:
        return 6 if is_consult else 4
    return 2 if not is_consult else 3 if is_besides else 0


_CONTACTS = {
    0: "consultation alone",
    2: "not said to be direct",
    3: "given, with consultation",
    4: "direct",
    6: "direct, with consultation",
}


def contact_differs(before: "Terms", after: "Terms") -> Iterator[Difference]:
    one, other = before.contact, after.contact
    if one != other:
        yield Difference(
            1 if other > one else -1, ("text",), f"The contact was {_CONTACTS[one]} and is now {_CONTACTS[other]}."
        )
