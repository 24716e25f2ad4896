"""The child of a document: told by initials alone, and taken out of every text."""

import re
from dataclasses import dataclass, field

from domain.listed import listed

_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐][^\W\d_]+)*\.?")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "jr", "sr", "ii", "iii", "iv"))
_NO_NAME = listed(
    """
    student name date birth grade school district id dob iep teacher parent guardian the of and or program plan
    individualized education individual child page legal first last middle number gender male female age address phone case
    manager meeting annual initial review state county public elementary high n/a none dates effective section amendment
    draft start end initiation special present levels goals goal services service information sex primary language home
    birthdate birthday in from on at by to with is was this for as effect
    conference summary form department january february march april may june july august september october november december
    """
)
_ACTS = re.compile(r"\s+(?:will|shall|is|can|has|should|must|needs|may|was|does|would|also|to)\b")
_STOPS = re.compile(r"[.!?:;]\s*$|^\s*$")


@dataclass
class Child:
    """Given and family names of the child, as the document writes them; none when it does not say."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    # From the text alone, where no form names the child: good to take it out, not to tell who it is.
    is_guessed: bool = False
    _pattern: re.Pattern[str] | None = field(default=None, repr=False)

    @property
    def initials(self) -> str | None:
        """The child's, which is all that is told of the name."""
        if self.is_guessed:
            return None
        letters = [words[0][0].upper() for words in (self.given, self.family[-1:] or self.given[1:]) if words]
        if self.given and self.family:
            letters = [self.given[0][0].upper(), self.family[0][0].upper()]
        return "".join(letters) or None

    def without(self, text: str) -> str:
        """The text without the child's name: gone where a verb follows, else "the student"."""
        pattern = self._names()
        if not pattern:
            return text
        parts: list[str] = []
        last = 0
        for match in pattern.finditer(text):
            parts.append(text[last : match.start()])
            last = match.end()
            before, after = "".join(parts), text[match.end() :]
            if match.group("own"):
                parts.append("the student's")
            elif _ACTS.match(after) or _STOPS.search(before):
                # "Given a prompt, Ada will write": the comma parted the name from the rest.
                parts[-1] = re.sub(r",\s*$", " ", parts[-1]) if _ACTS.match(after) else parts[-1]
            else:
                parts.append("the student")
        return " ".join("".join([*parts, text[last:]]).split()) if parts else text

    def initialled(self, text: str) -> str:
        """The text with the child's initials for the name, and no more of it."""
        pattern = self._names()
        letters = self.initials or "the student"
        return pattern.sub(lambda match: letters + (match.group("own") or ""), text) if pattern else text

    def is_named_in(self, text: str) -> bool:
        """Whether a text names the child."""
        pattern = self._names()
        return bool(pattern and pattern.search(text))

    def _names(self) -> re.Pattern[str] | None:
        if self._pattern is None and (self.given or self.family):
            words = [re.escape(word) for word in {*self.given, *self.family} if len(word.strip(".")) > 1]
            if words:
                one = "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
                whole = rf"{one}(?:,?\s+(?:[A-Z]\.\s+)?{one}){{0,3}}"
                self._pattern = re.compile(rf"\b(?:{whole})(?P<own>['’]s|['’](?!\w))?(?![\w'’])")
        return self._pattern


def child_of(written: str) -> Child | None:
    """The name that a form holds: "Ada Lovelace", "Lovelace, Ada B.", "A.L."."""
    written = re.split(
        r"\s{3,}|[;(|\t]|\bD\.?O\.?B\b|\b(?:born|grade|age|id|birth|date|school|gender|ssid|sasid)\b",
        written,
        maxsplit=1,
        flags=re.I,
    )[0]
    # A word with a colon is the next label of the form.
    written = re.split(r"\s[^\W\d_]{2,20}(?:['’]s)?:", written, maxsplit=1)[0]
    written = written.strip(" :_-–—.,")
    if re.fullmatch(r"(?:[A-Z]\.?\s?){2,3}", written):
        letters = re.findall(r"[A-Z]", written)
        return Child((letters[0],), (letters[-1],))
    family_first = re.match(r"^([^\W\d_][^,]{0,40}),\s*([A-Z][^,]{0,40})", written)
    if family_first and not re.match(r"(?:jr|sr|ii|iii)\b", family_first.group(2), re.I):
        family, given = _words(family_first.group(1)), _words(family_first.group(2))
        return Child(tuple(given), tuple(family)) if family and given else None
    words = _words(re.split(r",", written, maxsplit=1)[0])
    if not words or len(words) > 5:
        return None
    return Child(tuple(words[:-1]), (words[-1],)) if len(words) > 1 else Child((words[0],), ())


def _words(written: str) -> list[str]:
    found: list[str] = []
    for match in _WORD.finditer(written):
        word = match.group(0)
        if word.lower().strip(".") in _TITLES:
            continue
        if word.lower().strip(".") in _NO_NAME or not (
            word[0].isupper() or word.lower() in ("de", "la", "van", "von", "der", "del", "bin", "al")
        ):
            break
        found.append(word if len(word) == 2 and word.endswith(".") else word.rstrip("."))
    while found and found[-1][0].islower():
        found.pop()
    return found
