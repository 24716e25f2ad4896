"""What a word does in its statement: only the promise is weighed.

Reasons, purposes, quotations, unchecked boxes, the past, parents' rights and what is negated promise nothing; they are marked
here once, and the families of words need not know them.
"""

from collections.abc import Callable
from itertools import islice

from domain.listed import listed
from domain.wording import words as known
from domain.wording.sentences import BLANK, NEGATED, PAST, PURPOSE, QUOTED, REASON, RIGHT, UNCHECKED, Sentences
from domain.wording.tokens import DATE, MARK, NUMBER, TIME, WORD, Tokens

__all__ = [
    "BLANK",
    "DATE",
    "MARK",
    "NEGATED",
    "NUMBER",
    "PAST",
    "PURPOSE",
    "QUOTED",
    "REASON",
    "RIGHT",
    "TIME",
    "UNCHECKED",
    "WORD",
    "Statement",
    "is_figure",
    "object_end",
    "whole_number",
]

# A reason that goes on over more commas is taken to the end of its sentence.
_MOST_COMMAS = 8
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
_FAMILY_LIST = known.FAMILY_PEOPLE | {"or", "and", "/", "(", ")", "s"}
_SUBJECTS_AFTER_SO = known.CHILD | known.DETERMINERS | known.PRONOUNS
_CHILD_AND_THE = known.CHILD | {"the", "student's"}
_SUBJECTS_OF_SO_THAT = known.CHILD | known.PRONOUNS | known.ARTICLES | known.OWNERS
_BEGIN_REASONS = (
    listed(
        "to because due owing secondary thanks since given considering as in on resulting stemming caused"
        " related arising so for which that with struggles tends loses forgets misses"
    )
    | _INTENDED
    | _DESCRIBING
)
_BEFORE_WAS_OF_A_CLAUSE = listed("if as that which who what when because how whether it will")
_PROMISING = listed("will shall must may should can might could")
_VERBS_OF_RIGHTS = listed("may can might could have has are is reserve retain")
_RIGHTS = listed("right rights option entitled free welcome encouraged allowed")
_CONDITIONS_AFTER_AS = listed("able ready needs need feels wishes wants likes tolerates chooses requests can")
_DEEMING = listed("see sees deem deems think thinks feel feels find finds judge judges consider considers believe believes")
_DEEMED = listed("fit appropriate necessary best needed proper suitable advisable")
_PROMPTED_ACTS = listed(
    "look check use raise read reread write open turn start begin finish complete take put get copy ask sit line pack hand"
    " show point answer listen walk stop wait move sign record mark circle underline highlight"
)
_HELPED = known.CHILD - {"his", "hers", "their"}
_NO_NAMES = known.SUBJECTS | known.MONTHS | known.WEEKDAYS | known.ROLE_WORDS | known.UNNAMED
_EVENTS_AFTER_AS = listed("enters arrives leaves works reads finishes completes walks writes")
_LOOKING = listed("check checks checking checked checkin test look screen monitor monitors except")
_IRREGULAR_PARTICIPLES = listed("read made done sent set seen held kept put")
_AFTER_A_REASON = listed("not with as when if where at per unless which")
_ORDERS = listed("allow provide give use seat permit let offer break read")
_NOT_A_NEGATION = listed("more less fewer later longer only exceed limited than to earlier sooner")
_ENDS_OF_NEGATION = listed("but rather unless if when until while because except")
_SPANS = listed("time seconds minutes hours days day week weeks minute second periods")
_OTHER_MOMENTS = listed("before after when if once unless")


class Statement(Sentences):
    """A statement in which each word is marked that promises nothing, and all reasons and purposes are kept."""

    __slots__ = ("kind", "reasons", "vocabulary")

    def __init__(self, text: str, kind: str | None) -> None:
        super().__init__(text)
        self.kind = kind
        # Every reason and purpose, as places from and to.
        self.reasons: list[tuple[int, int]] = []
        self.vocabulary = frozenset(self.words)
        # Most statements have no past and no reason: what cannot be there is not looked for.
        steps = [step for step, words in _STEPS if not words.isdisjoint(self.vocabulary)]
        for first, end in self.sentences:
            for step in steps:
                step(self, first, end)

    # Marking

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
                    words[at] in known.AUXILIARY and words[at] not in {"was", "were", "had", "did"}
                    for at in range(first, place)
                )
            )
            was = (
                word in ("was", "were")
                and place > first
                and not (
                    _BEFORE_WAS_OF_A_CLAUSE & {words[at] for at in range(max(first, place - 6), place) if not self.does[at]}
                )
            )
            ago = word in _AGO or (
                word in {"last", "previous", "prior", "past"}
                and self.word(place + 1) in {"year", "school", "iep", "grade", "spring", "fall", "semester"}
                and words[place - 1 if place else 0] not in ("the", "by")
            )
            if is_finite or was or ago:
                until = self._until_contrast(place, end)
                self._mark(self._since_contrast(place, first), until, PAST)

    def _until_contrast(self, place: int, end: int) -> int:
        for at in range(place + 1, end):
            if self.words[at] in {"but", "now", "however", "therefore", "instead"}:
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
        promising = _PROMISING
        for at in range(first, end):
            word = self.words[at]
            if word in ",;.":
                return False
            if word in promising or (not strictly and word in known.AUXILIARY):
                return True
        return False

    def _mark_rights(self, first: int, end: int) -> None:
        """What parents may do is theirs, and promises nothing."""
        words = self.words
        for place in range(first, end):
            if words[place] in known.FAMILY_PEOPLE and not self.owners[place]:
                after = place + 1
                while after < end and words[after] in _FAMILY_LIST:
                    after += 1
                if self.word(after) in _VERBS_OF_RIGHTS and after < end:
                    if words[after] in {"have", "has", "reserve", "retain", "are", "is"} and not (
                        _RIGHTS & set(words[after : after + 4])
                    ):
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
                and (after in _SUBJECTS_AFTER_SO or self._is_person(place + 1) or self._is_person(place + 2))
                and not self.does[place]
            ):
                if self.words[first] in _CHILD_AND_THE and not self._has_finite(first, place, strictly=True):
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
        if word in {"because", "due", "owing", "secondary", "thanks"}:
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
        if word in {"in", "on", "resulting", "stemming", "caused", "related", "arising"}:
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
        if after not in _SUBJECTS_OF_SO_THAT:
            return False
        return self._has_can(place + 1, end) or (
            self.word(place - 1) != "," and not self._has_finite(place + 1, min(place + 6, end), strictly=True)
        )

    def _has_can(self, first: int, end: int) -> bool:
        return any(self.words[at] in {"can", "could", "does", "is", "has"} for at in range(first, min(first + 5, end)))

    def _is_condition_as(self, place: int, end: int) -> bool:
        """`as he needs it`, `as she is able`; not `as he often loses his place`."""
        for at in range(place + 2, min(place + 6, end)):
            word = self.words[at]
            if word in _CONDITIONS_AFTER_AS:
                return True
            if word in _DEEMED and at > place + 2 and self.words[place + 2] in _DEEMING:
                # `as she sees fit`, `as they deem it necessary`
                return True
            if word in _EVENTS_AFTER_AS:
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
        if self.word(place - 1) in _LOOKING:
            return None
        for at in range(place + 1, min(place + 4, end)):
            word = self.words[at]
            if word in _FOR_REASONS:
                if (self.word(at + 1) in known.OCCASIONS and word != "lip") or (
                    self.word(at - 1) in ("individual", "student") and word == "needs"
                ):
                    return None
                return REASON, place + 1
            if word in known.PREPOSITIONS or word in known.AUXILIARY or self.kinds[at] != WORD:
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
            and (self.word(verb + 1)[-2:] in ("ed", "en") or self.word(verb + 1) in _IRREGULAR_PARTICIPLES)
        ):
            # `Amount to be determined`, `tests to be read aloud`: the telegram's "will be".
            return None
        telling = next((at for at in range(place - 1, max(place - 5, first) - 1, -1) if self.words[at] in known.TELLING), None)
        if telling is not None and (telling > first or self.words[telling] in known.TELLING) and telling < place:
            between = self.words[telling + 1 : place]
            if len(between) <= 3 and not any(word in known.PREPOSITIONS or word in ",;" for word in between):
                return None
        if self.words[verb] in _PROMPTED_ACTS and self._prompts_before(place, first):
            return None
        if (
            before in {"opportunity", "opportunities", "way", "ways", "ability"}
            and self.word(place + 1) not in _RELATIVE_PURPOSE
        ):
            return None
        finite = any(
            self.words[at] in known.AUXILIARY or (self.words[at] in known.PREPOSITIONS and self.words[at] != "of")
            for at in range(first, place)
        )
        if not finite and self._is_person(place - 1) and place - first <= 6 and self.words[first] not in known.VERBS:
            # `Para to assist with lining up`: the telegram's "will".
            return None
        return PURPOSE, verb

    def _prompts_before(self, place: int, first: int) -> bool:
        """`prompts in math to look at his checklist`: where and whom stand between, the act is what he is prompted to do."""
        for at in range(place - 1, max(place - 9, first - 1), -1):
            word = self.words[at]
            if word in known.PROMPTS:
                return True
            if self.kinds[at] != WORD or word in known.AUXILIARY:
                return False
        return False

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
            if word == "," and self.word(at + 1) in _AFTER_A_REASON:
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
        return word in _ORDERS

    # Negation

    def _mark_negated(self, first: int, end: int) -> None:
        words, place = self.words, first
        while place < end:
            word = words[place]
            if word not in known.NEGATIONS:
                place += 1
                continue
            after = self.word(place + 1)
            if after in _NOT_A_NEGATION and not (word in ("no", "not") and after == "longer"):
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
            if word in _ENDS_OF_NEGATION:
                break
            if self.kinds[at] == MARK and word not in "/%":
                break
            if (
                not is_verb
                and at > place + 1
                and ((word in known.PREPOSITIONS and word not in ("of", "from", "by")) or word in known.AUXILIARY)
            ):
                break
            if word == "and" and self._has_finite(at + 1, min(at + 5, end), strictly=True):
                break
            at += 1
        self._mark(place, at, NEGATED)
        return max(at, place + 1)


def object_end(statement: Tokens, place: int) -> int:
    """The end of the one who is helped, if that follows: `him`, `the student`, `José Luis`."""
    if statement.word(place) in _HELPED:
        return place + 1
    if statement.word(place) in known.DETERMINERS and statement.word(place + 1) in known.CHILD:
        return place + 2
    end = place
    while end < min(place + 3, statement.count) and _is_name(statement, end):
        end += 1
    return end


def _is_name(statement: Tokens, place: int) -> bool:
    said = statement.text[statement.starts[place] : statement.ends[place]]
    return statement.kinds[place] == WORD and said.istitle() and statement.words[place] not in _NO_NAMES


def whole_number(word: str) -> int:
    """The figure without its thousands' commas and decimals; 0 for a word."""
    digits = word.replace(",", "").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def is_figure(statement: Tokens, place: int) -> bool:
    """A number there, in figures or in words."""
    if not 0 <= place < statement.count:
        return False
    return statement.kinds[place] in (NUMBER,) or statement.words[place] in known.NUMBER_WORDS


_STEPS: tuple[tuple[Callable[[Statement, int, int], None], frozenset[str]], ...] = (
    (Statement._mark_past, _PAST_VERBS | _AGO | {"last", "previous", "prior", "past"}),
    (Statement._mark_rights, known.FAMILY_PEOPLE),
    (Statement._mark_reasons, _BEGIN_REASONS),
    (Statement._mark_negated, known.NEGATIONS),
)
