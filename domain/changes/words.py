"""The words a comparison knows: what they mean, whatever their form and spelling."""

import re
from typing import Final

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that promise nothing by themselves. To give, to have and to use are one promise seen from either side.
SILENT: Final = listed(
    "a an the this that these those of to be is are was were been being am will shall must would do does did done has "
    "have had"
    " having provide provided provides providing provision give given gives giving receive receives received receiving "
    "get gets"
    " getting got use uses used utilize utilizes utilized use supply supplies supplied furnish offer offers offered deliver"
    " delivered delivers implement implemented allow allows allowed permit permitted let lets make makes made take "
    "takes taken"
    " taking access accessible student students child children pupil learner learners he she they him her them his hers their"
    " theirs it its who which as so also then than there here own need needs needed require requires required ensure ensures"
    " service services program accommodation modification supplementary administer administered and or nor both"
    " either but plus include includes including i e g ie eg etc per at be'll he'll she'll they'll will any no not "
    "when while such please placed put set located positioned reasonable reasonably appropriate appropriately adequate "
    "sufficient suitable preferential preferred strategic strategically"
    " acceptable satisfactory proper properly effective effectively meaningful positive successfully"
    " able only employ employed apply applied given grant granted participate put complete completed perform"
)


# Where and when, not what: they pair nothing by themselves.
OCCASIONS: Final = listed(
    "test quiz exam assessment class classroom classwork homework assignment work lesson day week year month school "
    "time lunch"
    " recess setting subject room math science reading writing english history social study general education special period"
    " task activity morning afternoon all each every trip bus hallway gym library teacher staff teacher task independent"
    " minute hour session trial opportunity accuracy correct percent consecutive level grade measure data probe student"
    " student's environment area instruction direct consult individual small group large adult assembly qualified "
    "certified licensed trained therapy service session plan"
    " specially designed specialized instructional academic intensive teach adapted structured skill"
)


# Canonical words by stem; each line one sense.
_SENSES: Final = (
    *("near close next beside nearby proximity adjacent", "seat sit seating seated placement sits"),
    *("test exam assessment testing examination evaluation", "homework home-work", "classwork seatwork"),
    *("copy duplicate photocopy", "quiet silent distraction-free", "headphone earphone headset earmuff earmuffs"),
    *("math mathematics maths arithmetic", "english ela", "correct accuracy accurate accurately correctly"),
    *("trial opportunity attempt chance occasion", "help assistance assist aid support assistances helping"),
    *("prompt cue reminder redirection remind redirect cueing prompting", "begin start beginning onset"),
    *("end finish ending", "item question problem exercise", "picture photo photograph image"),
    *("counsel counseling counselling counselor", "behavior behaviour behavioral behavioural", "color colour"),
    *("organizer organiser", "reduce shorten cut decrease lessen lower less trim fewer shortened reduced"),
    *("extend lengthen prolong extended", "extra additional more increased further", "big large enlarged"),
    *("oral verbal spoken orally verbally aloud", "therapy tx treatment therapies"),
    *("lesson instruction teaching", "direction instructions", "student pupil", "parent family guardian"),
    *("peer classmate", "story passage text", "review examine", "tell inform notify"),
    *("repeat repetition repeated", "write written writing", "read reading reads"),
    *("consult consultation consultative", "separate different alternate", "break rest"),
    *("classroom class room-class", "physical hands-on", "walk walking accompany escort"),
    *("show demonstrate display", "computer laptop", "scribe dictate dictation", "highlight highlighted"),
    *("note notes", "daily day", "weekly week", "training train inservice", "meet meeting"),
    *("follow comply compliance", "monitor monitoring", "transport transportation", "communicate communication"),
)


_LASTING: Final = listed(
    "news class glass less address process physics gymnastics always series species this us is bus plus its yes gas"
)


def stem(word: str) -> str:
    """A word without its endings, in one spelling, as one of its synonyms."""
    known = _KNOWN.get(word)
    if known is None:
        known = _KNOWN[word] = _sense(word) if len(_KNOWN) < _MOST_KNOWN else _stemmed(word)
    return known


_IRREGULAR: Final = {
    "broken": "break",
    "broke": "break",
    "taught": "teach",
    "met": "meet",
    "kept": "keep",
    "held": "hold",
    "sent": "send",
    "told": "tell",
    "shown": "show",
    "chosen": "choose",
    "drawn": "draw",
    "worn": "wear",
    "built": "build",
    "brought": "bring",
    "sat": "sit",
    "spelt": "spell",
    "spoke": "speak",
    "spoken": "oral",
    "wrote": "write",
    "children": "child",
    "feet": "foot",
    "lost": "lose",
    "left": "leave",
    "sung": "sing",
    "caught": "catch",
    "thrown": "throw",
    "found": "find",
    "said": "say",
    "felt": "feel",
    "known": "know",
    "quizzes": "quiz",
    "led": "lead",
    "paid": "pay",
}


def _sense(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    return _CANONICAL.get(word) or _CANONICAL.get(_stemmed(word)) or _stemmed(word)


def _stemmed(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("s'")
    if len(word) <= 3 or word in _LASTING:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = word.replace("isation", "ization").removesuffix("ly") if len(word) > 5 else word
    if word.endswith("our") and len(word) > 5:
        word = word[:-3] + "or"
    if word.endswith("ise") and len(word) > 6:
        word = word[:-3] + "ize"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and any(vowel in word[: -len(ending)] for vowel in "aeiouy"):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word.removesuffix("e") if len(word) > 4 else word


_MOST_KNOWN: Final = 20_000


_KNOWN: dict[str, str] = {}


_CANONICAL: dict[str, str] = {}


for _line in _SENSES:
    _first = _stemmed(_line.split()[0])
    for _word in _line.split():
        _CANONICAL.setdefault(_word, _first)
        _CANONICAL.setdefault(_stemmed(_word), _first)


SILENT_STEMS: Final = frozenset(map(stem, SILENT)) | SILENT


OCCASION_STEMS: Final = frozenset(map(stem, OCCASIONS))
