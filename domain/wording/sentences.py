"""A statement cut into sentences, and what its typing shows: blanks to fill, boxes to check, quoted words."""

from domain.listed import listed
from domain.wording.tokens import MARK, WORD, Tokens

REASON, PURPOSE, NEGATED, QUOTED, UNCHECKED, PAST, RIGHT = (
    "reason",
    "purpose",
    "negated",
    "quoted",
    "unchecked",
    "past",
    "right",
)
# `[which role]`: a question still to be answered.
BLANK = "blank"
_SENTENCE_ENDS = frozenset((".", "!", "?", ";", "\n", "•", "·", "▪", "●", "|"))
# A sentence of more words is cut: what looks around in one then stays cheap.
_LONGEST = 100
_EMPTY_BOXES = frozenset("☐□◻▢⬜")
_FULL_BOXES = frozenset("☑☒✓✔✗✘■⊠🗹")
_BOX_MARKS = _EMPTY_BOXES | _FULL_BOXES | frozenset("[(_")
_QUOTES = frozenset("“\"«„‘'")
_ASKING = listed("who which what when where why how within")
_CHECKS = frozenset(("x", "✓", "✔", "√", "v"))
_OPENING = {"“": "”", '"': '"', "«": "»", "„": "“"}


class Sentences(Tokens):
    """The tokens of a statement, what each does in it (`does`, empty for the promise), and where its sentences end."""

    __slots__ = ("blank_ends", "blanks", "boxed", "does", "sentence_ends", "sentence_starts", "sentences")

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.does = [""] * self.count
        self.sentence_starts = [0] * self.count
        self.sentence_ends = [self.count] * self.count
        self.boxed: set[int] = set()
        # Where blanks begin, and the places after them.
        self.blanks: set[int] = set()
        self.blank_ends: set[int] = set()
        # Most statements have no box and no quotation: what cannot be there is not looked for.
        if not _BOX_MARKS.isdisjoint(text):
            self._mark_blanks()
            self._mark_boxes()
        self.sentences = self._cut()
        if not _QUOTES.isdisjoint(text):
            self._mark_quotes()

    def _mark(self, first: int, end: int, what: str) -> None:
        for place in range(first, end):
            if not self.does[place] or self.does[place] == PURPOSE:
                self.does[place] = what

    def _cut(self) -> list[tuple[int, int]]:
        sentences, first = [], 0
        for place, word in enumerate(self.words):
            if word in _SENTENCE_ENDS or place in self.boxed or place - first >= _LONGEST:
                if word == "." and self._is_inside(place):
                    continue
                if place > first:
                    sentences.append((first, place))
                first = place + 1
        if first < self.count:
            sentences.append((first, self.count))
        for first, end in sentences:
            self.sentence_starts[first:end] = [first] * (end - first)
            self.sentence_ends[first:end] = [end] * (end - first)
        return sentences

    def _is_inside(self, place: int) -> bool:
        """A dot without a blank after it, or before a small letter, ends no sentence."""
        after = self.ends[place]
        if after >= len(self.text):
            return False
        follows = self.text[after]
        return follows.isalnum() or (place + 1 < self.count and self.text[self.starts[place + 1]] in ",;)")

    def _mark_boxes(self) -> None:
        boxes: list[tuple[int, int, bool]] = []
        place, words = 0, self.words
        while place < self.count:
            word = words[place]
            if word in _EMPTY_BOXES or word in _FULL_BOXES:
                boxes.append((place, place + 1, word in _FULL_BOXES))
            elif word in "[(" and self.word(place + 1) in ("]", ")"):
                boxes.append((place, place + 2, False))
            elif (
                word in "[("
                and self.word(place + 2) in ("]", ")")
                and (words[place + 1] in _CHECKS or words[place + 1][0] == "_")
            ):
                boxes.append((place, place + 3, words[place + 1] in _CHECKS))
            elif word[0] == "_" and self.word(place + 1) in _CHECKS and self.word(place + 2)[:1] == "_":
                boxes.append((place, place + 3, True))
            elif word[0] == "_" and len(word) > 1 and self.kinds[place] == MARK and self._may_be_box(place):
                boxes.append((place, place + 1, False))
            else:
                place += 1
                continue
            place = boxes[-1][1]
        self.boxed = {place for first, end, _ in boxes for place in range(first, end)}
        if not boxes or (all(words[first][0] == "_" for first, _, _ in boxes) and not any(full for *_, full in boxes)):
            return
        stands_before = boxes[0][0] == 0 or boxes[-1][1] < self.count
        for number, (first, end, full) in enumerate(boxes):
            if full:
                continue
            if stands_before:
                until = boxes[number + 1][0] if number + 1 < len(boxes) else self.count
                line = next((at for at in range(end, until) if words[at] in ("\n", ";", ".")), until)
                self._mark(first, line, UNCHECKED)
            else:
                since = boxes[number - 1][1] if number else 0
                self._mark(since, end, UNCHECKED)

    def _mark_blanks(self) -> None:
        for place, word in enumerate(self.words):
            if word == "[" and self.word(place + 1) in _ASKING:
                end = next((at for at in range(place, min(place + 30, self.count)) if self.words[at] == "]"), None)
                if end is not None:
                    self._mark(place, end + 1, BLANK)
                    self.blanks.add(place)
                    self.blank_ends.add(end + 1)

    def _may_be_box(self, place: int) -> bool:
        before = self.word(place - 1)
        return (not before or before in "\n]);,." or self.kinds[place - 1] == WORD) and self.kinds[place + 1 : place + 2] == [
            WORD
        ]

    def _mark_quotes(self) -> None:
        place = 0
        while place < self.count:
            closing = _OPENING.get(self.words[place])
            if closing is None and self.words[place] == "‘":
                closing = "’"
            if closing is None and self.words[place] == "'" and self._opens(place):
                closing = "'"
            if closing is not None:
                end = next((at for at in range(place + 1, min(place + 60, self.count)) if self.words[at] == closing), None)
                if end is not None:
                    if place > 0 or end < self.count - 2:
                        self._mark(place, end + 1, QUOTED)
                    place = end
            place += 1

    def _opens(self, place: int) -> bool:
        start = self.starts[place]
        return (start == 0 or self.text[start - 1] in " (") and self.text[start + 1 : start + 2].isalpha()
