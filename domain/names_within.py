"""Where a text names one of many people, however it is written.

A part of a name says it alone, unless it is a word of the language too ("Will", "Rose", "Paz"): then capitals tell, and at the
beginning of a sentence what follows. The rest of the name beside it tells always: "will young", "Young, Will", "W. Young",
"Bill Young". Where it is unclear, it is a name: one that stays is worse than a word too many that goes.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from domain.child_named import GENERATIONS, ORDINARY, PARTICLES, SHORTEST_PART
from domain.nicknames import are_related, have_one_name
from domain.words_within import Word, folded, words

# Names that are words, in small letters and without accents, besides those of which a subject of a mail may be made.
_WORDS = (
    "ella mia elle una sol leo lea marca amber aspen basil bliss brandy brook candy celeste chance clementine colt crystal "
    "daisy dale dash destiny diamond dusty ebony ember faith fern forest genesis ginger hazel heather heaven holly honor "
    "hope hunter iris ivory ivy jade jasmine jewel journey justice lance laurel legend liberty lily major malt marigold "
    "marina mason maverick melody memory misty olive opal parker pearl penny phoenix piper poppy precious rich rivers "
    "robin rocky ruby rusty sage sandy savannah scarlett serenity sherry skip sky stormy summer tanner treasure trinity "
    "trip tucker violet wade willow wren parent parents child student students pupil class team plan goal goals test tests "
    "speech reading moody small best more most many few said able ready cook cooper carter carver miner sailor tailor usher "
    "archer barber butler dyer farrier fowler hooper marshal page pace mace race brace case chase hay hays haven heath "
    "hood hook hooks hull hurt lively lord loving lynch meek merry moor moss nail neat nest nice notch pack pain painter "
    "pine pike quick rand rank reed rivera rouse savage sessions settle sheets shell shields shore sides slaughter sparks "
    "speed spears staff stamps stout strange swan teal toll town villa ware wash watts weeks whip wick wing yard school"
)
_ORDINARY = ORDINARY | frozenset(_WORDS.split())
# What stands in a name and is no part that says it, written small; and what comes after a name.
_PARTICLES = PARTICLES | frozenset(("de", "la", "le", "el", "al", "y", "e", "da", "di", "do", "du"))
_GENERATIONS = GENERATIONS | frozenset(("jr", "sr", "ii", "iv"))
# Words of two letters that begin sentences.
_SHORT = (
    "al am an as at be by do go he hi if in is it me my no of oh ok on or ot pt so to up us we ya yo de el en es ha la le "
    "lo mi ni os se si su te tu un va ve vi da di fe ir"
)
_SHORT_WORDS = frozenset(_SHORT.split())
# What comes after a verb, a noun or a modal that begins a sentence, and hardly after a name: "Will you", "May the team".
_AFTER_A_WORD = (
    "i you he she it we they me him us them the a an this that these those my your his her its our their there all any "
    "each every no some what which who yo tu el ella usted ustedes nosotros ellos ellas la los las lo un una este esta "
    "estos estas mi su sus que"
)
_FOLLOWING = frozenset(_AFTER_A_WORD.split())
# They count something, so that a number beside them makes them no name; and those of time, with what stands before them.
_TIMES = "march april may june july august january friday sunday monday enero abril mayo junio julio agosto domingo"
_MONTHS = frozenset(_TIMES.split())
_COUNTING = _MONTHS | frozenset(("page", "pages", "week", "weeks", "day", "days", "case", "book", "part", "room", "park"))
_BEFORE_TIME = "in since until till through during late early mid last next this each every on en de desde hasta durante cada"
_OF_TIME = frozenset(_BEFORE_TIME.split())
# In a line of capitals they are the words that they are everywhere in an IEP: "THE STUDENT WILL READ".
_OF_PLANS = frozenset(("will", "may", "can", "long", "case", "page", "school", "student", "students", "parent", "parents"))
_BEFORE_EDUCATION = frozenset(("special", "gen", "general", "phys", "physical", "adult", "regular", "higher", "sp", "early"))
# An adult has one, a child has none.
_ADDRESSED = (
    "mr mrs ms miss mx dr prof professor coach principal teacher judge officer nurse "
    "sr sra srta sres dra profesor profesora maestro maestra director directora senor senora senorita don dona lic"
)
TITLES = frozenset(_ADDRESSED.split())
# An accent may be a sign of its own.
_WITHIN_A_PART = re.compile(r"(?:['’‘ʼʻ`´＇¨˜ˆ~^¸]|[-‐‑‒–\u2212]\s{0,4}|)")
_SPACES = re.compile(r"[\s.·_-]{0,4}")
_BESIDE = re.compile(r"\s{0,8}(?:,\s{0,4}|[-‐‑–_/.]|\.\s{0,4})?\s{0,4}")
_HYPHENS = re.compile(r"[-‐‑‒–]")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;•·–—*|>¿¡…(\[]|\n[ \t\r]*\n)[\s\"'“”‘’«»(\[]*$")


@dataclass(frozen=True)
class _Hit:
    """Words that are a part of names: the first and the last of them, and which part of which name."""

    first: int
    last: int
    owners: "dict[int, set[int]]"
    letters: str


@dataclass
class _Name:
    parts: list[str]


@dataclass
class People:
    """The names of some people, to be looked for in many texts."""

    names: Sequence[str]
    _names: list[_Name] = field(default_factory=list)
    _parts: "defaultdict[str, dict[int, set[int]]]" = field(default_factory=lambda: defaultdict(dict))
    _unspaced: set[str] = field(default_factory=set)
    # All that parts begin with: most words of a text are looked at once.
    _beginnings: set[str] = field(default_factory=set)
    wholes: "defaultdict[str, set[int]]" = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for number, name in enumerate(self.names):
            self._names.append(self._taken(number, name))
        self._beginnings = beginnings(self._parts)

    def _taken(self, number: int, name: str) -> _Name:
        parts: list[str] = []
        family, comma, given = name.partition(",")
        chunks = [chunk for chunk in (f"{given} {family}" if comma else name).split() if folded(chunk) not in _GENERATIONS]
        for chunk in chunks:
            pieces = [piece for piece in _HYPHENS.split(chunk) if folded(piece)]
            for piece in dict.fromkeys(pieces if len(pieces) < 2 else (*pieces, chunk)):
                letters = folded(piece)
                if letters in _PARTICLES and piece.islower():
                    continue
                self._parts[letters].setdefault(number, set()).add(len(parts))
                parts.append(letters)
            signs = list(words(chunk))
            if signs and signs[0].is_unspaced:
                # 小明 of 王小明.
                given_name = "".join(sign.letters for sign in signs[1:] if len(signs) > 2)
                self._unspaced.update(letters for letters in (folded(chunk), given_name) if len(signs) > 1 and letters)
                if given_name:
                    self._parts[given_name].setdefault(number, set()).add(len(parts))
        whole = [letters for chunk in chunks if (letters := folded(chunk))]
        if len(whole) > 1:
            for order in (whole, [whole[-1], *whole[:-1]], [whole[0], whole[-1]], [whole[-1], whole[0]]):
                self.wholes["".join(order)].add(number)
        return _Name(parts)

    def parts_of(self, number: int) -> set[str]:
        return set(self._names[number].parts)

    def hits(self, text: str, found: Sequence[Word]) -> list[_Hit]:
        """Every part of a name that stands there, told to be one or not."""
        made = []
        for first in range(len(found)):
            glued = ""
            for last in range(first, len(found)):
                if last > first and not self._is_one(text, found, first, last):
                    break
                glued += found[last].letters
                owners = self._parts.get(glued) or (found[last].letters not in ("s", "es") and self._of_several(glued))
                if owners:
                    made.append(_Hit(first, last, owners, glued))
                if glued not in self._beginnings:
                    break
        return made

    def _of_several(self, glued: str) -> "dict[int, set[int]] | None":
        """The Kims, the Torreses; an apostrophe is soon forgotten."""
        for ending in ("s", "es"):
            bare = glued.removesuffix(ending)
            if bare != glued and len(bare) >= SHORTEST_PART and bare not in _ORDINARY and bare in self._parts:
                return self._parts[bare]
        return None

    @staticmethod
    def _is_one(text: str, found: Sequence[Word], first: int, last: int) -> bool:
        """Whether the words up to `last` may be one: broken at a line's end, or with spaces between its letters."""
        between = text[found[last - 1].ends : found[last].begins]
        if _WITHIN_A_PART.fullmatch(between):
            return True
        return (
            len(found[last].letters) == 1
            and len(found[last - 1].letters) == 1
            and _SPACES.fullmatch(between) is not None
            and len(between) > 0
        )

    def is_alone_a_name(self, text: str, found: Sequence[Word], hit: _Hit) -> bool:
        """Whether the part says a name without the rest of it beside."""
        part, word = hit.letters, found[hit.first]
        if word.is_unspaced:
            return part in self._unspaced
        if len(part) < SHORTEST_PART:
            return len(part) == 2 and self._short(text, found, hit)
        return part not in _ORDINARY or (not word.is_lower and self._ordinary(text, found, hit))

    @staticmethod
    def _short(text: str, found: Sequence[Word], hit: _Hit) -> bool:
        """Al, Bo, Ng."""
        word = found[hit.first]
        if word.is_lower or word.is_upper or hit.last > hit.first:
            return False
        if hit.letters == "ed" and hit.first and found[hit.first - 1].letters in _BEFORE_EDUCATION:
            return False
        return hit.letters not in _SHORT_WORDS or not _begins_a_sentence(text, word.begins)

    @staticmethod
    def _ordinary(text: str, found: Sequence[Word], hit: _Hit) -> bool:
        """A word of the language that has a capital."""
        before = found[hit.first - 1] if hit.first else None
        after = found[hit.last + 1] if hit.last + 1 < len(found) else None
        if hit.letters in _COUNTING and any(one and one.letters[0].isdigit() for one in (before, after)):
            return False
        if hit.letters in _MONTHS and before and before.letters in (_OF_TIME | _MONTHS):
            return False
        word = found[hit.first]
        if word.is_upper and hit.letters in _OF_PLANS:
            return not any(one and one.is_upper and len(one.letters) > 1 for one in (before, after))
        return not (after and after.letters in _FOLLOWING and _begins_a_sentence(text, word.begins))

    def groups(self, text: str, found: Sequence[Word], hits: Iterable[_Hit]) -> Iterator[tuple[int, int, set[str]]]:
        """Where two parts of one name stand beside each other, or one and an initial or a short form of another: the first and
        the last word, and what stands there.
        """
        beginning: dict[int, list[_Hit]] = defaultdict(list)
        for hit in hits:
            beginning[hit.first].append(hit)
        for hit in (one for each in list(beginning.values()) for one in each):
            for first in self._next(text, found, hit.last):
                for other in beginning.get(first, ()):
                    for number in hit.owners.keys() & other.owners.keys():
                        if len(hit.owners[number] | other.owners[number]) > 1 and hit.letters != other.letters:
                            yield hit.first, other.last, {hit.letters, other.letters}
            yield from self._with_initial(text, found, hit)

    def _with_initial(self, text: str, found: Sequence[Word], hit: _Hit) -> Iterator[tuple[int, int, set[str]]]:
        if found[hit.first].is_lower and hit.letters in _ORDINARY:
            return
        for at, edges in ((hit.first - 1, (hit.first - 1, hit.first)), (hit.last + 1, (hit.last, hit.last + 1))):
            if not 0 <= at < len(found) or not _is_beside(text, found, *edges):
                continue
            word = found[at]
            span = min(at, hit.first), max(at, hit.last)
            for number, places in hit.owners.items():
                name = self._names[number]
                others = [part for place, part in enumerate(name.parts) if place not in places]
                # In small letters its point tells it.
                may_be_one = len(word.letters) == 1 and (word.is_upper or text[word.ends : word.ends + 1] == ".")
                is_initial = may_be_one and any(part[0] == word.letters for part in others)
                if is_initial or (not word.is_lower and 0 not in places and _is_form(word.letters, name.parts[0])):
                    yield *span, {word.letters, hit.letters}

    @staticmethod
    def _next(text: str, found: Sequence[Word], last: int) -> Iterator[int]:
        """The words that may be the next part of a name: a middle name, an initial or particles may stand between."""
        at = last + 1
        for step in range(4):
            if at >= len(found) or not _is_beside(text, found, at - 1, at):
                return
            yield at
            word = found[at]
            if not (word.letters in _PARTICLES or (step == 0 and not word.is_lower)):
                return
            at += 1


def beginnings(letters: Iterable[str]) -> set[str]:
    """All that one of these begins with, up to itself."""
    return {one[:length] for one in letters for length in range(1, len(one) + 1)}


def _is_form(one: str, other: str) -> bool:
    """Bill of William, and Willy of Will, who may both be."""
    return are_related(one, other) or have_one_name(one, other)


def _is_beside(text: str, found: Sequence[Word], one: int, other: int) -> bool:
    between = text[found[one].ends : found[other].begins]
    if not _BESIDE.fullmatch(between):
        return False
    # A sentence's end parts names; the point of an initial or of a file's name does not.
    return "." not in between or len(between) == 1 or len(found[one].letters) == 1 or "," in between


def _begins_a_sentence(text: str, at: int) -> bool:
    return _SENTENCE_BEGINS.search(text[max(at - 12, 0) : at] if at > 12 else text[:at]) is not None
