"""Who acts: a professional, an assistant, anybody; read from the words, and compared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from domain.changes.difference import Difference
from domain.changes.spelling import plain
from domain.vocabulary import Role, all_roles, spelled_out

if TYPE_CHECKING:
    from domain.changes.reading import Reading
    from domain.changes.side import Side


@dataclass(frozen=True)
class Person:
    """Who acts: the least of those that are allowed to. 30 is a professional, 20 an assistant or aide, 10 anybody; said to be
    qualified, a little more.
    """

    rank: int
    names: frozenset[str]
    is_choice: bool = False

    @property
    def said(self) -> str:
        return (" or " if self.is_choice else " and ").join(sorted(self.names)) or "nobody in particular"


NOBODY = Person(10, frozenset())


@lru_cache(maxsize=4096)
def person(role: str | None) -> Person | None:
    """Who is named in the field for it; None when it is empty."""
    if not role or not role.strip():
        return None
    full = spelled_out(role, as_role=True)
    return least_person(full, all_roles(full), bool(UNNAMED.search(full.casefold()))) or Person(30, frozenset({plain(full)}))


def read_person(reading: "Reading") -> Person:
    acting: list[tuple[Role, int, int]] = []
    spans: list[tuple[int, int]] = []
    text = reading.text
    for role, start, end in all_roles(text):
        if _receives(text, start, end):
            continue
        acting.append((role, start, end))
        qualified, who = _QUALIFIED.search(text[max(0, start - 30) : start]), _WHO.match(text, end)
        first = start - len(qualified[0]) if qualified else start
        led = _LED_BY.search(text[max(0, first - 10) : first])
        spans.append((first - len(led[0]) if led else first, who.end() if who else end))
    unnamed = [found.span() for found in UNNAMED.finditer(text) if not _receives(text, *found.span())]
    unnamed = [span for span in unnamed if not any(start < span[1] and span[0] < end for start, end in spans)]
    found = least_person(text, acting, bool(unnamed)) or NOBODY
    reading.who = " ".join(text[start:end] for start, end in spans)
    blank_persons(reading, [*spans, *unnamed])
    return found


def blank_persons(reading: "Reading", spans: list[tuple[int, int]]) -> None:
    # The "or" and "and" between two who act are theirs.
    ordered = sorted(spans)
    joined: list[tuple[int, int]] = []
    for start, end in ordered:
        if joined and re.fullmatch(
            r"[\s,/&]*(?:(?:and|or|and/or)\s(?:an?\s|the\s)?(?:trained\s|qualified\s|certified\s)?)?",
            reading.text[joined[-1][1] : start],
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    reading.blank(joined)


_RECEIVES_BEFORE = re.compile(
    r"(?:\b(?:to|for|near|beside|of|between|facing|behind|tells?|asks?|trains?|teach(?:es)?|shows?|like|informs?|"
    r"notif(?:y|ies)|helps?|supports?|reminds?|gives?|sends?|alerts?|contacts?|around|than|assists?|coach(?:es)?|remind|"
    r"provides?|inform|offers?|instructs?)"
    r"|next to|close to|(?:sits?|seated|seat|stands?) by|away from|(?:consult\w*|meet\w*|collaborat\w*|confer\w*|"
    r"coordinat\w*|communicat\w*|plan\w*|train\w*|shared?) with)(?: (?:the|an?|all|his|her|their|each|every|other|new|"
    r"classroom|general education|special education|any|some|several|most|many|both|relevant|current|involved|"
    r"substitute|core|"
    r"\d+|of))*\s\Z"
)


_RECEIVES_AFTER = re.compile(
    r"\A(?:s)?\s(?:(?:will|shall|must|may|should|can)\s)?(?:gets?|receives?|(?:is|are|be)\s(?:given|trained|told|"
    r"informed|notified|shown|provided (?:with|an?|the)\b)|has|have|training|attends?)\b|\A's (?:desk|seat|table|room|"
    r"lounge|notes)\b|\A (?:desk|table|room|training)\b"
)


def _receives(text: str, start: int, end: int) -> bool:
    """Whether the promise is done to that person, not by them."""
    before = f"{' '.join(text[max(0, start - 60) : start].split())} "
    return bool(_RECEIVES_BEFORE.search(before) or _RECEIVES_AFTER.match(text[end : end + 40]))


def least_person(text: str, acting: Sequence[tuple[Role, int, int]], is_unnamed: bool) -> Person | None:
    if not acting:
        is_trained = is_unnamed and bool(_TRAINED_STAFF.search(text.casefold()))
        return Person(15, frozenset()) if is_trained else NOBODY if is_unnamed else None
    ranks = [
        (30 if role.is_professional else 20) + 5 * bool(_QUALIFIED.search(text[max(0, start - 30) : start]))
        for role, start, _ in acting
    ]
    names = frozenset(_SAME_ROLE.get(role.name, role.name) for role, _, _ in acting)
    between = [text[one[2] : other[1]] for one, other in pairwise(acting)]
    is_choice = any(re.search(r"\bor\b|/", gap) for gap in between) or (is_unnamed and bool(re.search(r"\bor\b|/", text)))
    if is_unnamed and is_choice:
        return Person(10, names, True)
    return Person(min(ranks) if is_choice else max(ranks), names, is_choice)


_TRAINED_STAFF = re.compile(
    r"\b(?:qualified|certified|licensed|trained|experienced) (?:\w+ )?(?:staff|adults?|personnel|persons?|individuals?|"
    r"employees?)\b"
)


_LED_BY = re.compile(r"\b(?:by|from) (?:an? |the )?\Z")


SUPERVISED = re.compile(r"\b(?:under (?:the )?(?:supervision|direction) of|supervised by)\b[^.;,]*")


_WHO = re.compile(r"\s(?:who|that) (?:can |is |has )?\w+(?: in \w+)?")


_QUALIFIED = re.compile(r"\b(?:qualified|certified|licensed|credentialed|trained|experienced|registered|highly qualified)\s\Z")


_SAME_ROLE = {"school nurse": "nurse", "classroom teacher": "general education teacher"}


UNNAMED: Final = re.compile(
    r"\b(?:(?:trained|designated|support|school|another|qualified|available|familiar|a|an)\s){0,3}(?:staff(?: members?|"
    r" persons?)?|adults?|personnel|someone|somebody|designees?|employees?|team members?|provider|providers"
    r"|(?:support|trained|designated) (?:person|individual)s?|person(?! who is)|whoever|anyone)\b(?!')(?! (?:room|"
    r"restroom|development|training|directory|lounge|education|size))"
)


def person_differs(before: "Side", after: "Side") -> Iterator[Difference]:
    is_field = bool(before.promise.provider_role or after.promise.provider_role)
    said = ("", "") if is_field else (_as_written(before), _as_written(after))
    yield from _persons(before.person, after.person, is_field, *said)
    roles = person(before.promise.provider_role), person(after.promise.provider_role)
    if roles[0] is not None and roles[0] == roles[1]:
        yield from _persons(before.terms.person, after.terms.person, False, _as_written(before), _as_written(after))


def _as_written(side: "Side") -> str:
    """Who is named, by the words of the text; "" where they are not there."""
    text = side.promise.text
    names = side.terms.person.names
    found = [
        text[start:end]
        for role, start, end in all_roles(text)
        if _SAME_ROLE.get(role.name, role.name) in names and not _receives(text.casefold(), start, end)
    ]
    said = dict.fromkeys(each if each.isupper() else each.casefold() for each in found)
    return (" or " if side.terms.person.is_choice else " and ").join(said)


def _persons(one: Person, other: Person, is_field: bool, said: str, other_said: str) -> Iterator[Difference]:
    said, other_said = said or one.said, other_said or other.said
    fields = ("provider_role",) if is_field else ("text",)
    if one.rank != other.rank:
        if other == NOBODY:
            yield Difference(-1, fields, f"The {said} is no longer named.")
        elif one == NOBODY:
            yield Difference(1, fields, f"It now says who: the {other_said}.")
        else:
            yield Difference(
                1 if other.rank > one.rank else -1, fields, f"The {said} became the {other_said}{_anybody(other)}."
            )
    elif one.names != other.names and one.names and other.names:
        is_choice = one.is_choice or other.is_choice
        sign = 0 if is_choice else 1 if one.names < other.names else -1 if other.names < one.names else 0
        yield Difference(sign, fields, f"The {said} became the {other_said}.")


def _anybody(each: Person) -> str:
    return " or anybody" if each.rank == 10 and each.names else ""
