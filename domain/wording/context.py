"""What a word does in its statement: only the promise is weighed.

Reasons, purposes, quotations, unchecked boxes, the past, parents' rights and what is negated promise nothing; they are marked
here once, and the families of words need not know them.
"""

from collections.abc import Callable
from itertools import islice

from domain.wording import words as known
from domain.wording.tokens import DATE, MARK, NUMBER, TIME, WORD, Tokens
from domain.wording.words import listed

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
# A reason that goes on over more commas is taken to the end of its sentence.
_MOST_COMMAS = 8
_EMPTY_BOXES = frozenset("☐□◻▢⬜")
_FULL_BOXES = frozenset("☑☒✓✔✗✘■⊠🗹")
_BOX_MARKS = _EMPTY_BOXES | _FULL_BOXES | frozenset("[(_")
_QUOTES = frozenset("“\"«„‘'")
_ASKING = listed("who which what when where why how within")
_CHECKS = frozenset(("x", "✓", "✔", "√", "v"))
_OPENING = {"“": "”", '"': '"', "«": "»", "„": "“"}
FINITE = known.AUXILIARY | known.MODALS
_PAST_SUBJECTS = known.BODIES | known.FAMILY_PEOPLE | known.CHILD | known.ROLE_WORDS | known.UNNAMED | {"members"}
_PAST_VERBS = listed(
    "was were had did considered refused rejected declined discussed reviewed tried received used attended agreed"
    " noted reported met asked requested denied recommended suggested removed ended stopped offered needed explored"
    " proposed decided determined shared worked helped struggled took made gave went"
)
_AGO = listed("previously formerly")
_DESCRIBING = listed(
    "struggles tends loses forgets misses becomes gets has cannot often frequently sometimes usually easily rarely"
    " typically is needs does generally occasionally regularly fatigues tires avoids refuses finds takes startles"
    " perseverates"
)
_FOR_REASONS = listed(
    "lip lipreading outbursts tantrums elopement dysgraphia dyslexia adhd autism aggression seizure diabetes tremors apraxia"
    " stuttering refusal impulsivity dysregulation distractibility pain weakness hypotonia hearing vision sight"
    " posture mobility allergy allergies asthma balance participation success access learning safety comfort"
    " independence benefit engagement regulation focus attention fatigue anxiety disability needs health understanding"
    " comprehension sanity dignity inclusion growth progress seizures"
)
_RELATIVE_PURPOSE = listed(
    "help helps support supports allow allows enable enables encourage encourages promote promotes facilitate"
    " facilitates assist assists improve improves reduce reduces let lets aid aids guide guides increase increases"
)
_PURPOSE_NOUNS = frozenset(("purpose", "purposes", "goal", "aim", "intent", "intention", "hope", "hopes", "idea", "view"))
_INTENDED = frozenset(("intended", "designed", "meant", "necessary", "aimed", "used"))


class Statement(Tokens):
    """The tokens of a statement, what each does in it (`does`, empty for the promise), and where its sentences end."""

    __slots__ = ("blank_ends", "blanks", "boxed", "does", "kind", "reasons", "sentence_ends", "sentence_starts", "vocabulary")

    def __init__(self, text: str, kind: str | None) -> None:
        super().__init__(text)
        self.kind = kind
        self.does = [""] * self.count
        self.sentence_starts = [0] * self.count
        self.sentence_ends = [self.count] * self.count
        # Every reason and purpose, as places from and to.
        self.reasons: list[tuple[int, int]] = []
        self.vocabulary = frozenset(self.words)
        self.boxed: set[int] = set()
        # Most statements have no box, quotation or past: what cannot be there is not looked for.
        # Where blanks begin, and the places after them.
        self.blanks: set[int] = set()
        self.blank_ends: set[int] = set()
        if not _BOX_MARKS.isdisjoint(text):
            self._mark_blanks()
            self._mark_boxes()
        sentences = self._cut()
        if not _QUOTES.isdisjoint(text):
            self._mark_quotes()
        steps = [step for step, words in _STEPS if not words.isdisjoint(self.vocabulary)]
        for first, end in sentences:
            for step in steps:
                step(self, first, end)

    # Marking

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

    def _mark_past(self, first: int, end: int) -> None:
        """`The team considered extended time and refused it`: what was is no promise."""
        words = self.words
        subject = next((at for at in range(first, min(first + 5, end)) if words[at] in _PAST_SUBJECTS), None)
        for place in range(first, end):
            word = words[place]
            if self.does[place] == PAST:
                continue
            is_finite = (
                word in _PAST_VERBS
                and place > first
                and subject is not None
                and (
                    place - 1 == subject or words[place - 1] in known.CONJUNCTIONS or words[place - 1] in ("also", "previously")
                )
                and not any(
                    words[at] in FINITE and words[at] not in {"was", "were", "had", "did"} for at in range(first, place)
                )
            )
            was = (
                word in ("was", "were")
                and place > first
                and not (_MARK_PAST_WORDS & {words[at] for at in range(max(first, place - 6), place) if not self.does[at]})
            )
            ago = word in _AGO or (
                word in {"last", "previous", "prior", "past"}
                and self.word(place + 1) in _MARK_PAST_AFTER
                and words[place - 1 if place else 0] not in ("the", "by")
            )
            if is_finite or was or ago:
                until = self._until_contrast(place, end)
                self._mark(self._since_contrast(place, first), until, PAST)

    def _until_contrast(self, place: int, end: int) -> int:
        for at in range(place + 1, end):
            if self.words[at] in _UNTIL_CONTRAST_WORDS:
                return at
            if self.words[at] == "," and self._has_finite(at + 1, min(at + 8, end), strictly=True):
                return at
            if self.words[at] in ("and", "so") and self._has_finite(at + 1, min(at + 6, end), strictly=True):
                return at
        return end

    def _since_contrast(self, place: int, first: int) -> int:
        for at in range(place - 1, first, -1):
            if self.words[at] in {"but", "now", "however", ";"}:
                return at
        return first

    def _has_finite(self, first: int, end: int, *, strictly: bool = False) -> bool:
        """A subject with its verb begins there; `strictly`, one that promises or permits."""
        promising = _FINITE_WORDS
        for at in range(first, end):
            word = self.words[at]
            if word in ",;.":
                return False
            if word in promising or (not strictly and word in FINITE):
                return True
        return False

    def _mark_rights(self, first: int, end: int) -> None:
        """What parents may do is theirs, and promises nothing."""
        words = self.words
        for place in range(first, end):
            if words[place] in known.FAMILY_PEOPLE and not self.owners[place]:
                after = place + 1
                while after < end and words[after] in _FAMILY_PEOPLE_OR_OR:
                    after += 1
                if self.word(after) in _MARK_RIGHTS_WORDS and after < end:
                    if words[after] in _MARK_RIGHTS_WORDS_3 and not (_MARK_RIGHTS_WORDS_2 & set(words[after : after + 4])):
                        continue
                    until = next(
                        (
                            at
                            for at in range(after + 1, end)
                            if words[at] == "but"
                            or (words[at] in ",and" and self._has_finite(at + 1, min(at + 6, end), strictly=True))
                        ),
                        end,
                    )
                    self._mark(place, until, RIGHT)

    # Reasons and purposes

    def _mark_reasons(self, first: int, end: int) -> None:
        place = first
        while place < end:
            found = self._reason_at(place, first, end)
            if not found:
                place += 1
                continue
            what, content = found
            until = self._reason_ends(place, content, first, end, what)
            if self.words[place] == "to" and self.word(place - 1) in _SPANS:
                # `20 seconds to answer` says for which act, and answers no why.
                until = next((at for at in range(content, until) if self.words[at] in _OTHER_MOMENTS), until)
            else:
                self.reasons.append((place, until))
            self._mark(place, until, what)
            place = max(until, place + 1)
        self._mark_described(first, end)

    def _mark_described(self, first: int, end: int) -> None:
        """`He often loses his place, so the aide ...`: the clause before `so` only tells why."""
        for place in range(first + 3, end - 2):
            after = self.words[place + 1]
            if (
                self.words[place] == "so"
                and self.words[place - 1] not in {"or", "and", "do", "is"}
                and (after in _CHILD_OR_DETERMINERS_OR_PRONOUNS or self._is_person(place + 1) or self._is_person(place + 2))
                and not self.does[place]
            ):
                if self.words[first] in _CHILD_OR_THE and not self._has_finite(first, place, strictly=True):
                    self.reasons.append((first, place))
                    self._mark(first, place, REASON)
                return
        if (
            self.words[first] in {"student", "he", "she", "they"}
            and self.word(first + 1) in _DESCRIBING
            and self.words[first + 1] not in ("needs", "is")
            and not self._has_finite(first, end, strictly=True)
            and end - first < self.count - 1
            and self.kind != "goal"
            and (self.words[first + 1] != "has" or self.word(first + 2) in known.TROUBLE)
        ):
            self.reasons.append((first, end))
            self._mark(first, end, REASON)

    def _reason_at(self, place: int, first: int, end: int) -> tuple[str, int] | None:
        """What begins there, and where its content does."""
        words, word, after = self.words, self.words[place], self.word(place + 1)
        if word == "to":
            return self._purpose_at(place, first)
        if word in _REASON_AT_HERE_2:
            if word == "because":
                return REASON, place + (2 if after == "of" else 1)
            return (REASON, place + 2) if after == "to" else None
        if word == "since":
            return (REASON, place + 1) if self.kinds[place + 1 : place + 2] == [WORD] and after not in known.MONTHS else None
        if word in ("given", "considering") and self.kind != "goal":
            if after in known.OWNERS or after == "that" or (self.owners[place + 1 : place + 3].count(True)):
                return REASON, place + 1
            return None
        if word == "as":
            if after in {"he", "she", "they", "student"} and not self._is_condition_as(place, end):
                return REASON, place + 1
            if after == "a" and self.word(place + 2) in ("result", "consequence") and self.word(place + 3) == "of":
                return REASON, place + 4
            return None
        if word in _REASON_AT_HERE:
            three = (word, after, self.word(place + 2))
            if three in (("in", "light", "of"), ("in", "view", "of"), ("on", "account", "of")):
                return REASON, place + 3
            if three[:2] in (("resulting", "from"), ("stemming", "from"), ("caused", "by"), ("arising", "from")):
                return REASON, place + 2
            if word == "in" and after == "order" and self.word(place + 2) in ("to", "that", "for"):
                return PURPOSE if self.word(place + 2) == "to" else REASON, place + 3
            if word == "in" and after in ("hopes", "response"):
                return None
            return None
        if word == "so":
            if after == "that":
                return REASON, place + 2
            if after == "as" and self.word(place + 2) == "to":
                return PURPOSE, place + 3
            return (REASON, place + 1) if self._is_so_that(place, end) else None
        if word == "for":
            return self._for_at(place, end)
        if word in ("which", "that"):
            if after in _RELATIVE_PURPOSE and (place > first and self.kinds[place - 1] in (WORD, MARK)):
                return PURPOSE, place + 1
            if after in ("will", "can") and self.word(place + 2) in _RELATIVE_PURPOSE:
                return PURPOSE, place + 2
            return None
        if (
            word == "with"
            and after in ("the", "a")
            and self.word(place + 2) in _PURPOSE_NOUNS
            and self.word(place + 3) in ("of", "to")
        ):
            return PURPOSE, place + 4
        if word in _INTENDED and after in ("to", "at") and words[place - 1 if place else 0] not in ("not", "be"):
            return (PURPOSE, place + 2) if self.word(place + 2) in known.VERBS or after == "at" else None
        return None

    def _is_so_that(self, place: int, end: int) -> bool:
        """`so he can see` tells why; in `so the aide can take him out` what stands before it does."""
        first = self.sentence_starts[place]
        if self.words[first] in known.CHILD and (
            self.owners[first] or self.word(first + 1) in _DESCRIBING or not known.TROUBLE.isdisjoint(self.words[first:place])
        ):
            # `His anxiety makes crowds hard, so he can leave early`
            return False
        subject = place + 1
        while subject < end and self.words[subject] in known.DETERMINERS:
            subject += 1
        if (self.word(subject) not in known.CHILD and self._is_person(subject)) or self.word(subject) in (
            "classroom",
            "general",
            "special",
        ):
            return False
        after = self.word(place + 1)
        if after not in _CHILD_OR_PRONOUNS_OR_ARTICLES_OR_OWNERS:
            return False
        return self._has_can(place + 1, end) or (
            self.word(place - 1) != "," and not self._has_finite(place + 1, min(place + 6, end), strictly=True)
        )

    def _has_can(self, first: int, end: int) -> bool:
        return any(self.words[at] in _CAN_WORDS for at in range(first, min(first + 5, end)))

    def _is_condition_as(self, place: int, end: int) -> bool:
        """`as he needs it`, `as she is able`; not `as he often loses his place`."""
        for at in range(place + 2, min(place + 6, end)):
            word = self.words[at]
            if word in _CONDITION_AS_HERE:
                return True
            if word in _CONDITION_AS_HERE_2:
                return True
            if word in ",.;":
                break
        return False

    def _for_at(self, place: int, end: int) -> tuple[str, int] | None:
        after = self.word(place + 1)
        if after == "the" and self.word(place + 2) in _PURPOSE_NOUNS and self.word(place + 3) == "of":
            return PURPOSE, place + 4
        if after == "fear":
            return REASON, place + 1
        if self.word(place - 1) in _FOR_AT_BEFORE:
            return None
        for at in range(place + 1, min(place + 4, end)):
            word = self.words[at]
            if word in _FOR_REASONS:
                if (self.word(at + 1) in known.OCCASIONS and word != "lip") or (
                    self.word(at - 1) in ("individual", "student") and word == "needs"
                ):
                    return None
                return REASON, place + 1
            if word in known.PREPOSITIONS or word in FINITE or self.kinds[at] != WORD:
                break
        return None

    def _purpose_at(self, place: int, first: int) -> tuple[str, int] | None:
        verb = place + 1
        while verb < place + 3 and self.word(verb).endswith("ly"):
            verb += 1
        if self.word(verb) == "better" and self.word(verb + 1) in known.VERBS:
            verb += 1
        if self.word(verb) not in known.VERBS or self.word(verb + 1) == "discretion":
            return None
        if place == first:
            return PURPOSE, verb
        before = self.words[place - 1]
        if before == "needed" and self.word(place - 2) in {"as", "if", "when", "where"}:
            return PURPOSE, verb
        if before in known.BEFORE_COMPLEMENT or before == "to":
            return None
        if (
            self.word(verb) == "be"
            and self.word(verb + 1) != "successful"
            and (self.word(verb + 1)[-2:] in ("ed", "en") or self.word(verb + 1) in _PURPOSE_AT_AFTER)
        ):
            # `Amount to be determined`, `tests to be read aloud`: the telegram's "will be".
            return None
        telling = next((at for at in range(place - 1, max(place - 5, first) - 1, -1) if self.words[at] in known.TELLING), None)
        if telling is not None and (telling > first or self.words[telling] in known.TELLING) and telling < place:
            between = self.words[telling + 1 : place]
            if len(between) <= 3 and not any(word in known.PREPOSITIONS or word in ",;" for word in between):
                return None
        if before in _PURPOSE_AT_BEFORE and self.word(place + 1) not in _RELATIVE_PURPOSE:
            return None
        finite = any(
            self.words[at] in FINITE or (self.words[at] in known.PREPOSITIONS and self.words[at] != "of")
            for at in range(first, place)
        )
        if not finite and self._is_person(place - 1) and place - first <= 6 and self.words[first] not in known.VERBS:
            # `Para to assist with lining up`: the telegram's "will".
            return None
        return PURPOSE, verb

    def _is_person(self, place: int) -> bool:
        word = self.word(place)
        return (
            word in known.ROLE_WORDS
            or word in known.UNNAMED
            or word in known.CHILD
            or word in known.BODIES
            or word in ("member", "members")
        )

    def _reason_ends(self, place: int, content: int, first: int, end: int, what: str) -> int:
        """Up to the comma after which the promise begins; else the whole rest of the sentence."""
        leads = place == first or (
            place - first <= 3 and all(self.words[at] in ("and", "also", ",") for at in range(first, place))
        )
        commas = list(islice((at for at in range(content, end) if self.words[at] == ","), _MOST_COMMAS))
        closing = self._closes(place, end)
        if closing is not None:
            return closing
        for number, at in enumerate(commas):
            until = commas[number + 1] if number + 1 < len(commas) else end
            if self._begins_promise(at + 1, until, end):
                return at
        if leads:
            if commas:
                last = commas[0]
                for at in commas[1:]:
                    if self.word(last + 1) in ("and", "or") or self.word(at + 1) in ("and", "or"):
                        last = at
                return last
            return end
        if place > first and self.words[place - 1] == "," and commas:
            # Set between commas: `Student, due to low vision, sits ...`
            return commas[0]
        for at in range(content + 1, end):
            word = self.words[at]
            if word == "but" or (word == "and" and self._has_finite(at + 1, min(at + 7, end), strictly=True)):
                return at
            if word == "," and self.word(at + 1) in _REASON_ENDS_AFTER:
                return at
        return end

    def _closes(self, place: int, end: int) -> int | None:
        """A reason in brackets ends with them."""
        for at in range(place - 1, max(place - 3, -1), -1):
            if self.words[at] == "(":
                return next((after for after in range(place, end) if self.words[after] == ")"), None)
        return None

    def _begins_promise(self, first: int, until: int, end: int) -> bool:
        word = self.word(first)
        if word in ("and", "or", "but"):
            first += 1
            word = self.word(first)
        if self._has_finite(first, until):
            subject = self.words[first:until]
            return bool(subject) and word not in {"which", "who", "that", "as"}
        for at in range(first, min(first + 6, until)):
            if self._is_person(at) and not self.owners[at]:
                return True
            if self.words[at] in known.PREPOSITIONS:
                break
        return word in _BEGINS_PROMISE_HERE

    # Negation

    def _mark_negated(self, first: int, end: int) -> None:
        words, place = self.words, first
        while place < end:
            word = words[place]
            if word not in known.NEGATIONS:
                place += 1
                continue
            after = self.word(place + 1)
            if after in _MARK_NEGATED_AFTER and not (word in ("no", "not") and after == "longer"):
                place += 2
                continue
            if word == "neither" or word == "nor":
                after = ""
            place = self._negated_until(place, end, is_verb=word not in {"no", "without", "zero", "none"})
        return

    def _negated_until(self, place: int, end: int, *, is_verb: bool) -> int:
        most = min(place + (10 if is_verb else 7), end)
        at = place + 1
        while at < most:
            word = self.words[at]
            if word in _NEGATED_UNTIL_HERE:
                break
            if self.kinds[at] == MARK and word not in "/%":
                break
            if (
                not is_verb
                and at > place + 1
                and ((word in known.PREPOSITIONS and word not in ("of", "from", "by")) or word in FINITE)
            ):
                break
            if word == "and" and self._has_finite(at + 1, min(at + 5, end), strictly=True):
                break
            at += 1
        self._mark(place, at, NEGATED)
        return max(at, place + 1)


def is_figure(statement: Tokens, place: int) -> bool:
    """A number there, in figures or in words."""
    if not 0 <= place < statement.count:
        return False
    return statement.kinds[place] in (NUMBER,) or statement.words[place] in known.NUMBER_WORDS


__all__ = ["DATE", "MARK", "NUMBER", "TIME", "WORD", "Statement", "is_figure"]


# Unions that are asked word by word, made once.
_FAMILY_PEOPLE_OR_OR = known.FAMILY_PEOPLE | {"or", "and", "/", "(", ")", "s"}
_CHILD_OR_DETERMINERS_OR_PRONOUNS = known.CHILD | known.DETERMINERS | known.PRONOUNS
_CHILD_OR_THE = known.CHILD | {"the", "student's"}
_CHILD_OR_PRONOUNS_OR_ARTICLES_OR_OWNERS = known.CHILD | known.PRONOUNS | known.ARTICLES | known.OWNERS

_BEGIN_REASONS = (
    listed(
        "to because due owing secondary thanks since given considering as in on resulting stemming caused"
        " related arising so for which that with struggles tends loses forgets misses"
    )
    | _INTENDED
    | _DESCRIBING
)
_STEPS: tuple[tuple[Callable[[Statement, int, int], None], frozenset[str]], ...] = (
    (Statement._mark_past, _PAST_VERBS | _AGO | {"last", "previous", "prior", "past"}),
    (Statement._mark_rights, known.FAMILY_PEOPLE),
    (Statement._mark_reasons, _BEGIN_REASONS),
    (Statement._mark_negated, known.NEGATIONS),
)


# Words around a word that decide its sense, by the rule that asks for them.
_MARK_PAST_WORDS = listed("if as that which who what when because how whether it will")
_MARK_PAST_AFTER = listed("year school iep grade spring fall semester")
_FINITE_WORDS = listed("will shall must may should can might could")
_MARK_RIGHTS_WORDS = listed("may can might could have has are is reserve retain")
_MARK_RIGHTS_WORDS_2 = listed("right rights option entitled free welcome encouraged allowed")
_REASON_AT_HERE = listed("in on resulting stemming caused related arising")
_CONDITION_AS_HERE = listed("able ready needs need feels wishes wants likes tolerates chooses requests can")
_CONDITION_AS_HERE_2 = listed("enters arrives leaves works reads finishes completes walks writes")
_FOR_AT_BEFORE = listed("check checks checking checked checkin test look screen monitor monitors except")
_PURPOSE_AT_AFTER = listed("read made done sent set seen held kept put")
_REASON_ENDS_AFTER = listed("not with as when if where at per unless which")
_BEGINS_PROMISE_HERE = listed("allow provide give use seat permit let offer break read")
_MARK_NEGATED_AFTER = listed("more less fewer later longer only exceed limited than to earlier sooner")
_NEGATED_UNTIL_HERE = listed("but rather unless if when until while because except")


# Words around a word that decide its sense, by the rule that asks for them.
_UNTIL_CONTRAST_WORDS = listed("but now however therefore instead")
_MARK_RIGHTS_WORDS_3 = listed("have has reserve retain are is")
_REASON_AT_HERE_2 = listed("because due owing secondary thanks")
_CAN_WORDS = listed("can could does is has")
_PURPOSE_AT_BEFORE = listed("opportunity opportunities way ways ability")
_SPANS = listed("time seconds minutes hours days day week weeks minute second periods")
_OTHER_MOMENTS = listed("before after when if once unless")
