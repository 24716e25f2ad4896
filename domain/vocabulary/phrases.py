"""Roles, services and settings in a text: word by word, the longest first, whatever stands between the words.

"speech/language pathologist" is "Speech-Language Pathologist".
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Generic, TypeVar

from domain.vocabulary.abbreviations import WORDS_TOO
from domain.vocabulary.roles import ROLES, Role
from domain.vocabulary.services import SERVICES, Service
from domain.vocabulary.settings import SETTINGS, Setting

Named = TypeVar("Named", bound=Role | Service | Setting)

_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+|['’][^\W_]+)?")
_BETWEEN = re.compile(r"[\s\-‐-—/.,&:]{0,3}\Z")
# "a note to the parent aide": words after which a role's word means something else ("aide memoire", "coach bus").
_OTHER_SENSE_AFTER = re.compile(r"[\s-](?:memoire|edition|guide|manual|desk|lounge|website|notes?\b(?! tak))", re.IGNORECASE)
_OTHER_SENSE_BEFORE = re.compile(r"(?:hearing|first|visual|communication|band)[\s-]\Z", re.IGNORECASE)


def all_roles(text: str) -> list[tuple[Role, int, int]]:
    """All who are named, with the span of each in the text."""
    return [found for found in _roles().in_(text) if not _is_other_sense(text, found[1], found[2])]


def all_services(text: str) -> list[tuple[Service, int, int]]:
    """All services that are named, with the span of each in the text."""
    return list(_services().in_(text))


def all_settings(text: str) -> list[tuple[Setting, int, int]]:
    """All places and settings that are named, with the span of each in the text."""
    return list(_settings().in_(text))


def _is_other_sense(text: str, start: int, end: int) -> bool:
    return bool(_OTHER_SENSE_AFTER.match(text, end) or _OTHER_SENSE_BEFORE.search(text, max(0, start - 16), start))


class _Phrases(Generic[Named]):
    """Every form of a table, by its first word; the longest that stands in a text is the one that is meant."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._forms: dict[str, list[tuple[tuple[str, ...], str, Named]]] = {}
        for each in named:
            for form in (each.name, *each.forms):
                words = tuple(map(_folded, _WORD.findall(form)))
                # Short capitals are read only as such; longer ones nobody writes to mean something else.
                exactly = form if form.isupper() and form.casefold() in WORDS_TOO | _LETTERS_ONLY else ""
                self._forms.setdefault(words[0], []).append((words, exactly, each))
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form[0]))

    def in_(self, text: str) -> Iterator[tuple[Named, int, int]]:
        found = list(_WORD.finditer(text))
        words = [_folded(each[0]) for each in found]
        place = 0
        while place < len(found):
            taken = 1
            for form, exactly, named in self._forms.get(words[place], ()):
                end = place + len(form)
                if tuple(words[place:end]) != form or (
                    exactly and text[found[place].start() : found[end - 1].end()] != exactly
                ):
                    continue
                if all(_BETWEEN.match(text, found[at].end(), found[at + 1].start()) for at in range(place, end - 1)):
                    yield named, found[place].start(), found[end - 1].end()
                    taken = len(form)
                    break
            place += taken


_LETTERS_ONLY = frozenset(
    ("re", "ls", "ed", "id", "cd", "set", "sea", "sac", "bis", "vac", "st", "pe", "pt", "ics", "por", "ais", "eric")
)


@cache
def _roles() -> _Phrases[Role]:
    return _Phrases(ROLES)


@cache
def _services() -> _Phrases[Service]:
    return _Phrases(SERVICES)


@cache
def _settings() -> _Phrases[Setting]:
    return _Phrases(SETTINGS)


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    """A word as it is looked up: no case, no possessive, no plural."""
    word = word.casefold().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("s'").removesuffix("'")
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1] if not word.endswith(("sses", "xes", "ches", "shes")) else word[:-2]
    return word
