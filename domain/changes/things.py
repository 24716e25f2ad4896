"""The things of a list: what each is about, what describes it, and whether it is all of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.changes.matters import SUBJECTS
from domain.changes.spelling import joined
from domain.changes.words import SILENT, SILENT_STEMS, stem
from domain.vocabulary import spelled_out


@dataclass(frozen=True)
class Thing:
    """One of a list: the word it is about, what describes it, and whether it is all of them."""

    head: str
    more: frozenset[str] = frozenset()
    is_all: bool = False

    @property
    def words(self) -> frozenset[str]:
        return self.more | {self.head}


TOKEN = re.compile(r"\$?\d+(?:\.\d+)?(?:/\d+)?%?|[a-z]+(?:'[a-z]+)?|/[a-z]{1,2}/|[^\s\w]")


LIST = frozenset((",", ";", "/", "&", "+", "and", "or", "plus"))


# Small words that lead to a part of the promise.
LEADS: dict[str, str] = {
    **dict.fromkeys(("in", "at", "inside", "outside", "into", "within"), "place"),
    **dict.fromkeys(
        (
            *("on", "during", "for", "across", "throughout", "while", "before", "after", "between", "over"),
            *("every", "each", "all", "any", "until"),
        ),
        "scope",
    ),
    **dict.fromkeys(("with", "using", "via", "through", "by", "from", "without", "except", "following"), "means"),
    **dict.fromkeys(("given", "shown"), "given"),
}


CAN_LEAD_ALL = frozenset(("every", "each", "all", "any"))


def listed_things(segment: list[str], part: str) -> Iterator[Thing]:
    """The things of a list. "All tests and quizzes" are all quizzes, too; "math and science tests" are math tests."""
    found: list[tuple[list[str], bool]] = []
    is_all = False
    current: list[str] = []
    done: list[str] = []
    for piece in [*segment, ","]:
        if piece in LIST:
            if current or done:
                # "Notes printed" are notes: what is done to them comes before the head.
                found.append(([*done, *current], is_all))
            current, done = [], []
            continue
        if piece == "all":
            is_all = True
            continue
        if piece in SILENT or not (piece[0].isalpha() or piece[0] == "/"):
            continue
        each = stem(piece)
        if each not in SILENT_STEMS and piece != "extra-time":
            if current and piece.endswith("ed") and len(piece) > 4:
                done.append(each)
            else:
                current.append(each)
    if found and part == "scope":
        shared = found[-1][0][1:]
        last_is_of_subject = found[-1][0][0] in SUBJECTS and shared
        for words, _ in found[:-1]:
            if last_is_of_subject and all(word in SUBJECTS for word in words):
                words.extend(shared)
    for words, of_all in found:
        if part in ("scope", "place") and all(word in SUBJECTS for word in words):
            words = [*words, stem("class")]
        yield Thing(words[-1], frozenset(words[:-1]), of_all)
    if not found and is_all:
        yield Thing("all", is_all=True)


@lru_cache(maxsize=4096)
def things_in(setting: str | None) -> frozenset[Thing]:
    """The places and occasions that a field names."""
    if not setting:
        return frozenset()
    pieces = [
        "all" if piece in CAN_LEAD_ALL else piece
        for piece in TOKEN.findall(joined(spelled_out(setting).casefold()))
        if piece not in LEADS or piece in CAN_LEAD_ALL
    ]
    return frozenset(listed_things(pieces, "place"))
