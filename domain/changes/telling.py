"""What differs, in the words as they stand in the two texts: what is quoted was written."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from domain.changes.digits import in_digits
from domain.changes.spelling import MARKS, joined
from domain.changes.things import LEADS
from domain.changes.words import SILENT, WORD, listed, stem
from domain.vocabulary import spelled_out

if TYPE_CHECKING:
    from domain.changes.side import Side

# A word of the text: from where, until where, as it is compared, and its stems.
Word = tuple[int, int, str, frozenset[str]]
# Words of both texts that stand for each other: first and last place of each.
Chunk = tuple[int, int, int, int]
_WRITTEN = re.compile(r"\$?\d+(?:[.,:/]\d+)*%?|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL = SILENT | LEADS.keys() | listed("and or but plus more as")
_LOOSE = listed("and or but plus the a an both also also")
_EMPTY = (SILENT | _LOOSE) - LEADS.keys() - listed("no not only any to")
_BUT = {
    (False, 1): ", which narrows it",
    (False, 0): ", which widens it",
    (True, 1): ", which asks less",
    (True, 0): ", which asks more",
}
_QUOTES = re.compile('["“”„«»]')
# A longer text is named by its beginning.
_MOST_SAID = 90
_CLAUSE = re.compile(r"[,;:(.\n]\s|\s[-–—]\s|\n")


@lru_cache(maxsize=2048)
def _written(text: str) -> tuple[Word, ...]:
    found = [(match.start(), match.end(), match[0].casefold()) for match in _WRITTEN.finditer(text)]
    words: list[Word] = []
    for place, (start, end, word) in enumerate(found):
        following = found[place + 1][2] if place + 1 < len(found) else ""
        forms = f"{spelled_out(word)} {word} {joined(f'{word} {following}')} {word.replace('-', '')}".translate(
            MARKS
        ).casefold()
        words.append((start, end, word, frozenset(stem(each) for each in WORD.findall(forms)) - {stem(following)}))
    return tuple(words)


def _chunks(before: Sequence[Word], after: Sequence[Word]) -> list[Chunk]:
    """What differs, word by word; over a small word that both have, two differences are one."""
    found: list[Chunk] = []
    for each in Indel.opcodes([word[2] for word in before], [word[2] for word in after]):
        if each.tag == "equal":
            continue
        chunk = (each.src_start, each.src_end, each.dest_start, each.dest_end)
        if found:
            first, until, other_first, _ = found[-1]
            gap = before[until : chunk[0]]
            if len(gap) <= 1 and all(word[2] in _SMALL for word in gap):
                found[-1] = (first, chunk[1], other_first, chunk[3])
                continue
        found.append(chunk)
    return found


class Telling:
    """The two texts, told apart."""

    def __init__(self, before: "Side", after: "Side") -> None:
        self._texts = before.promise.text, after.promise.text
        self._words = _written(self._texts[0]), _written(self._texts[1])
        self._differing = _chunks(*self._words)

    def of(self, lost: Collection[str], gained: Collection[str], sign: int, *, is_goal: bool) -> str:
        """The sentences for these stems, that are gone and that are new; "" when the texts do not say them."""
        told: list[str] = []
        for chunk in self._differing:
            mine, theirs = (self._stems(side, chunk[2 * side], chunk[2 * side + 1]) for side in (0, 1))
            if mine & frozenset(lost) or theirs & frozenset(gained):
                told.append(self._sentence(chunk, sign, is_goal))
        return " ".join(filter(None, dict.fromkeys(told)))

    def _stems(self, side: int, first: int, until: int) -> frozenset[str]:
        return frozenset(each for word in self._words[side][first:until] for each in word[3])

    def _sentence(self, chunk: Chunk, sign: int, is_goal: bool) -> str:
        first, until, other_first, other_until = chunk
        (first, until), (other_first, other_until) = self._bare(0, first, until), self._bare(1, other_first, other_until)
        if first == until or other_first == other_until:
            side, start, end = (0, first, until) if first < until else (1, other_first, other_until)
            if any(word[2] not in _SMALL for word in self._words[side][start:end]):
                said = self._quoted(side, start, end)
                # More words may be less of a promise, and fewer more.
                but = _BUT[is_goal, side] if sign == (-1 if side else 1) else ""
                return f"{said} is {'new' if side else 'no longer said'}{but}." if said else ""
            # Small words alone say nothing: with their neighbours they do.
            first, until, other_first, other_until = chunk
            room = min(len(self._words[0]) - until, len(self._words[1]) - other_until, 3)
            if min(first, other_first) > 0 and (not room or self._words[0][first - 1][2] in _SMALL):
                first, other_first = first - 1, other_first - 1
            for _ in range(room):
                until, other_until = until + 1, other_until + 1
                if self._words[0][until - 1][2] not in _SMALL:
                    break
        mine, theirs = self._quoted(0, first, until), self._quoted(1, other_first, other_until)
        return f"{mine} became {theirs}." if mine and theirs else ""

    def _bare(self, side: int, first: int, until: int) -> tuple[int, int]:
        words = self._words[side]
        loose = _LOOSE if all(word[2] in _SMALL for word in words[first:until]) else _EMPTY
        while first < until and words[first][2] in loose:
            first += 1
        while first < until and words[until - 1][2] in loose:
            until -= 1
        return first, until

    def _quoted(self, side: int, first: int, until: int) -> str:
        if first >= until:
            return ""
        words = self._words[side]
        return quoted(self._texts[side][words[first][0] : words[until - 1][1]])

    def figure(self, said: str, side: int) -> str:
        """A number with its noun, as it stands in the text; else as it was read."""
        wanted = _squeezed(said)
        words = self._words[side]
        for first, word in enumerate(words[:_MOST_WORDS]):
            for until in range(first + 1, min(first + 7, len(words) + 1)):
                piece = self._texts[side][word[0] : words[until - 1][1]]
                if _squeezed(in_digits(joined(spelled_out(piece.translate(MARKS)).casefold()))) == wanted:
                    return piece
        return said


_MOST_WORDS = 300


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9%]", "", text)


def quoted(text: str) -> str:
    """The text in quotes; of a text with quotes in it, the longest part without."""
    part = max(_QUOTES.split(text), key=len).strip()
    return f"“{part}”" if part else ""


def named(text: str) -> str:
    """The promise by its words, or by the first of them."""
    part = max(_QUOTES.split(text), key=len).strip().rstrip(".;, ")
    if len(part) > _MOST_SAID:
        clause = _CLAUSE.search(part, 12)
        part = part[: clause.start()] if clause and clause.start() <= _MOST_SAID else part[:_MOST_SAID].rpartition(" ")[0]
    part = part.strip()
    return f"“{part}”" if any(map(str.isalnum, part)) else "It"


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
