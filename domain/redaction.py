"""What a redacted edition may not say: the names of other children, addresses, and what staff marked.

A bar too many is read over; a name that stays is a disclosure (34 CFR 99.30). So where it is unclear, it goes.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from domain import addresses_within
from domain.names_within import TITLES, People, beginnings
from domain.words_within import Word, folded, words

# Of one length, so that it tells nothing of what it covers.
BAR = "█████"
_COVERED = "█"
# Of one bar are words with nothing between them but these.
_JOINED = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u3000-]*")
_SHORTEST_GLUED = 6
# The SHA-256 of a statement, say: by that of a text of which all but a name can be read, the name can be tried out.
_HASH = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{64}(?![0-9A-Za-z])")
# Names of fields whose strings are for programs, where they look so; and what is nobody's prose in any field.
CODES = frozenset(
    (
        *("id", "ids", "kind", "state", "purpose", "outcome", "party", "language", "file_type", "form", "contact", "per"),
        *("part", "parts", "reason", "weight", "stage", "direction", "channel", "missed_by", "step", "to", "what", "change"),
        *("open", "source", "sources", "is_happening"),
    )
)
# Of these, `name` says which part of a complaint it is.
_NAMED_PARTS = ("complaint", "missing")
# An area of the time zones is called America, and so are children.
_NEVER_PROSE = ("timezone",)
_CODE = re.compile(r"[a-z0-9]+(?:[_.-][a-z0-9]+)*")
_NOT_PROSE = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{40}|[0-9a-f]{64}"
    r"|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d)?"
)

Span = tuple[int, int]


@dataclass(frozen=True)
class Redactions:
    """What to black out. `names` are of other children; `terms` are staff's own words. The `child` of the case stays readable
    by every part of its name, and `adults` (staff, who the case has to do with) by their full names and with a title.
    """

    names: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    addresses: bool = False
    child: str = ""
    adults: tuple[str, ...] = ()

    def spans(self, text: str) -> list[Span]:
        """What goes, as places in the text, in order and apart from each other. The time is linear in the text."""
        search, found, left = _search_of(self), list[Span](), text
        # What was covered may change what stands beside: until nothing is left.
        while new := search.spans(left):
            found += new
            left = _covered(left, new)
        return _joined(text, found)

    def redacted(self, text: str) -> str:
        """The text with bars of one length; a second time changes nothing."""
        at, kept = 0, []
        for begins, ends in self.spans(text):
            kept += [text[at:begins], BAR]
            at = ends
        return "".join([*kept, text[at:]])

    def applied(self, value: Any) -> Any:
        """What can be JSON, with every string of it redacted. Keys, identities, times, hashes and codes (see `CODES`) stay."""
        return self._applied(value, "", "")

    def _applied(self, value: Any, key: str, within: str) -> Any:
        if isinstance(value, str):
            return value if _is_for_programs(value, key, within) else self.redacted(value)
        if isinstance(value, dict):
            return {name: self._applied(one, name, key) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._applied(one, key, within) for one in value]
        return value

    def as_json(self) -> dict[str, Any]:
        return {
            "names": list(self.names),
            "terms": list(self.terms),
            "addresses": self.addresses,
            "child": self.child,
            "adults": list(self.adults),
        }

    @classmethod
    def of_json(cls, said: dict[str, Any]) -> "Redactions":
        return cls(
            tuple(said["names"]), tuple(said["terms"]), said["addresses"], child=said["child"], adults=tuple(said["adults"])
        )


def _is_for_programs(value: str, key: str, within: str) -> bool:
    """Whether the value of a field, which stands in that of another, is no prose."""
    if key in _NEVER_PROSE or _NOT_PROSE.fullmatch(value):
        return True
    is_code = key in CODES or key.endswith(("_id", "_ids")) or (key == "name" and within in _NAMED_PARTS)
    return is_code and _CODE.fullmatch(value) is not None


def _covered(text: str, spans: Sequence[Span]) -> str:
    """The same text as long as before, with nothing to be read in the spans."""
    at, kept = 0, []
    for begins, ends in sorted(spans):
        begins, ends = max(begins, at), max(ends, at)
        kept += [text[at:begins], _COVERED * (ends - begins)]
        at = ends
    return "".join([*kept, text[at:]])


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """In order; those that touch, or have but a space between them, are one."""
    made: list[Span] = []
    for begins, ends in sorted(spans):
        if made and (begins <= made[-1][1] or _JOINED.fullmatch(text, made[-1][1], begins)):
            made[-1] = made[-1][0], max(made[-1][1], ends)
        else:
            made.append((begins, ends))
    return made


class _Search:
    """Looks through many texts for the same."""

    def __init__(self, asked: Redactions) -> None:
        self.addresses = asked.addresses
        self.others, self.adults = People(asked.names), People(asked.adults)
        self.childs = set(People((asked.child,)).parts_of(0))
        self.wholes = {
            letters
            for letters, numbers in self.others.wholes.items()
            if any(self.others.parts_of(number) - self.childs for number in numbers)
        }
        self.terms = {letters for term in asked.terms if (letters := folded(term))}
        # Of signs alone.
        self.signs = [" ".join(term.split()) for term in asked.terms if term.strip() and not folded(term)]
        self.beginnings = beginnings((*self.wholes, *self.terms))
        self.lengths = sorted({len(whole) for whole in self.wholes if len(whole) >= _SHORTEST_GLUED})
        self.within = lru_cache(maxsize=32_768)(self._within)

    def spans(self, text: str) -> list[Span]:
        made = list(addresses_within.spans(text)) if self.addresses else []
        made += [(found.start(), found.end()) for found in _HASH.finditer(text)]
        for signs in self.signs:
            made += [(found.start(), found.end()) for found in re.finditer(re.escape(signs), text)]
        if not self.others.names and not self.terms:
            return made
        found = list(words(text))
        made += self._glued(text, found)
        if self.others.names:
            made += self._named(text, found)
        return made

    def _named(self, text: str, found: Sequence[Word]) -> Iterator[Span]:
        hits = self.others.hits(text, found)
        if not hits:
            return
        grouped: set[int] = set()
        for first, last, what in self.others.groups(text, found, hits):
            if any(part not in self.childs and not self._is_initial_of_child(part) for part in what):
                grouped.update(range(first, last + 1))
                yield self._span(text, found, first, last)
        stay = self._adults(text, found)
        for hit in hits:
            if grouped.issuperset(range(hit.first, hit.last + 1)) or hit.letters in self.childs or hit.first in stay:
                continue
            if self.others.is_alone_a_name(text, found, hit):
                yield found[hit.first].begins, found[hit.last].ends

    def _is_initial_of_child(self, part: str) -> bool:
        return len(part) == 1 and any(name.startswith(part) for name in self.childs)

    @staticmethod
    def _span(text: str, found: Sequence[Word], first: int, last: int) -> Span:
        """With the point of an initial that ends it."""
        ends = found[last].ends
        return found[first].begins, ends + (len(found[last].letters) == 1 and text[ends : ends + 1] == ".")

    def _adults(self, text: str, found: Sequence[Word]) -> set[int]:
        """The words that name an adult, in full or with a title."""
        hits = self.adults.hits(text, found)
        stay: set[int] = set()
        for first, last, _ in self.adults.groups(text, found, hits):
            stay.update(range(first, last + 1))
        for hit in hits:
            between = text[found[hit.first - 1].ends : found[hit.first].begins] if hit.first else ""
            if hit.first and found[hit.first - 1].letters in TITLES and len(between) < 4:
                stay.update(range(hit.first, hit.last + 1))
        return stay

    def _glued(self, text: str, found: Sequence[Word]) -> Iterator[Span]:
        """Full names and terms, whatever space is between and within their words."""
        for first, word in enumerate(found):
            glued = ""
            for last in range(first, len(found)):
                if last > first and _COVERED in text[found[last - 1].ends : found[last].begins]:
                    break
                glued += found[last].letters
                if glued not in self.beginnings:
                    break
                is_name = glued in self.wholes and (last > first or len(glued) >= _SHORTEST_GLUED)
                if is_name or (glued in self.terms and word.is_first and found[last].is_last):
                    yield word.begins, found[last].ends
            if len(word.letters) > _SHORTEST_GLUED and self.within(word.letters):
                yield word.begins, word.ends

    def _within(self, letters: str) -> bool:
        """Whether a longer word has a full name in it: "jisookimhomework"."""
        for length in self.lengths[: bisect_left(self.lengths, len(letters) + 1)]:
            if any(letters[at : at + length] in self.wholes for at in range(len(letters) - length + 1)):
                return True
        return False


@lru_cache(maxsize=8)
def _search_of(asked: Redactions) -> _Search:
    return _Search(asked)
