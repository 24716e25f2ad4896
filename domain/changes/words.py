"""The words a comparison knows: what they mean, whatever their form and spelling."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from domain.frequency import NUMBER_WORDS


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that promise nothing by themselves. To give, to have and to use are one promise seen from either side.
SILENT: Final = listed(
    "a an the this that these those of to be is are was were been being am will shall must would do does did done has have had"
    " having provide provided provides providing provision give given gives giving receive receives received receiving get gets"
    " getting got use uses used utilize utilizes utilized use supply supplies supplied furnish offer offers offered deliver"
    " delivered delivers implement implemented allow allows allowed permit permitted let lets make makes made take takes taken"
    " taking access accessible student students child children pupil learner learners he she they him her them his hers their"
    " theirs it its who which as so also then than there here own need needs needed require requires required ensure ensures"
    " service services program accommodation modification supplementary administer administered and or nor both"
    " either but plus include includes including i e g ie eg etc per at be'll he'll she'll they'll will any no not "
    "when while such please placed put set located positioned reasonable reasonably appropriate appropriately adequate "
    "sufficient suitable"
    " acceptable satisfactory proper properly effective effectively meaningful positive successfully"
    " able only employ employed apply applied given grant granted participate put complete completed perform"
)
# Where and when, not what: they pair nothing by themselves.
OCCASIONS: Final = listed(
    "test quiz exam assessment class classroom classwork homework assignment work lesson day week year month school time lunch"
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

# Certainty: what makes of a promise something less, by why.
HEDGES: Final = tuple(
    (name, re.compile(rf"\b(?:{pattern})\b"))
    for name, pattern in (
        (
            "condition",
            r"(?:only )?(?:if|when|where|whenever|wherever|as|unless) (?:and when |it is |it's |they are |he is |"
            r"she is |deemed |determined |found"
            r" |otherwise |he |she |they |the student )?(?:needs? it|needed|necessary|appropriate|possible|feasible|"
            r"available|practical|practicable"
            r"|warranted|time (?:permits|allows|is available)|staff(?:ing)? (?:is |are )?(?:permits?|allows?|"
            r"available)|resources (?:permit|allow)"
            r"|requested|requests(?: it| them)?|asked|asks(?: for (?:it|them))?|schedules? (?:permits?|allows?)|"
            r"scheduling (?:permits|allows)|able|tolerated|indicated)"
            r"|as time (?:permits|allows)|time permitting|to the (?:greatest |maximum )?extent (?:possible|practicable|"
            r"appropriate)"
            r"|(?:up)?on (?:(?:his|her|the|their|a|student|teacher|parent)(?:'s)? ){0,2}request|(?:by|at) (?:(?:his|"
            r"her|the|their|student|teacher|parent)(?:'s)? ){0,3}request"
            r"|at (?:the )?(?:\w+(?:'s)? ){0,2}discretion(?: of (?:the )?\w+)?|as (?:determined|decided|"
            r"deemed \w+) by (?:the )?\w+(?: teacher| team)?"
            r"|depending on (?:\w+ ){0,2}\w+|based on (?:need|availability)|on an as[- ]needed basis|as[- ]needed|"
            r"case[- ]by[- ]case"
            r"|subject to (?:\w+ )?\w+|according to need|pending (?:\w+ )?availability|prn|as staffing (?:permits|"
            r"allows)|with (?:(?:\w+(?:'s)?|the|his|her) ){0,2}(?:approval|permission)"
            r"|as (?:soon|much|often) as possible|to be determined|tbd",
        ),
        (
            "permission",
            r"may(?! \d)(?! not be)(?: be)?(?: also)?(?: allowed to| permitted to)?|can(?! ?not)|could|might(?: be)?|"
            r"(?:is|are) (?:allowed|permitted|free|welcome|able)(?: to)?"
            r"|allowed(?: to)?|permitted(?: to)?|optional(?:ly)?|(?:has|have) the option(?: to| of)?|(?:are |is |"
            r"made )available|available",
        ),
        (
            "effort",
            r"(?:is |are |be )?encouraged(?: to)?|should(?: be)?|ought to|(?:will )?(?:try|tries|trying) to|"
            r"attempts? to|attempt to|strives? to"
            r"|(?:makes? )?every effort(?: (?:will be |is )?made)?(?: to)?|(?:makes? )?(?:a )?(?:reasonable|"
            r"good[- ]faith) efforts?(?: to)?|aims? to|intends? to|plans? to|hopes? to|seeks? to"
            r"|consider(?:ed|s)?|considering|recommended|suggested|would benefit from|ideally|preferabl[ye]|whenever",
        ),
        (
            "some",
            r"some|several|a few|few|a couple of|various|a variety of|certain|selected|many|most|limited(?! to)|partial(?:ly)?",
        ),
    )
)
# Without one of these in the text there is none of it: it saves the search.
HEDGE_HINTS: Final = {
    "condition": (
        *(
            *("if ", "whe", "as ", "unless", "extent", "request", "discretion", "depending", "based on", "need"),
            *("case", "subject to", "according", "pending"),
        ),
        *("prn", "approval", "permission", "tbd", "permitting", "determined"),
    ),
    "permission": ("may", "can", "could", "might", "allow", "permit", "option", "free", "welcome", "avail", "able"),
    "effort": (
        *(
            *("encourag", "should", "ought", "try", "trie", "attempt", "striv", "effort", "aim", "intend"),
            *("plan", "hope", "seek", "consider", "recommend"),
        ),
        *("suggest", "benefit", "ideal", "preferabl", "whenever"),
    ),
    "some": (
        *("some", "several", "few", "couple", "various", "variety", "certain", "selected", "many", "most"),
        *("limited", "partial"),
    ),
}
CEILING_HINTS: Final = ("up to", "max", "no more", "not more", "exceed", "at most", "limited", "no longer")
MEASURE_HINTS: Final = (
    *(
        *("measured", "evidenced", "documented", "shown", "recorded", "assessed", "monitored", "demonstrated"),
        *("indicated", "evaluated", "observed", "tracked"),
    ),
    *("according", "per "),
)
ABOUT: Final = re.compile(
    r"\b(?:about|approximately|around|roughly|nearly|almost)(?= (?:an? |one |half |\d))|~(?= ?\d)|\bor so\b"
)
CEILING: Final = re.compile(
    r"\b(?:up to|(?:a )?max(?:imum)?(?: of)?|no more than|not more than|not to exceed|not exceeding|at most|limited to|"
    r"no longer than)\b"
)
FLOOR: Final = re.compile(r"\b(?:at least|no fewer than|no less than|not less than|a minimum of|minimum of|minimum)\b")
# What makes a duty of a permission ("will be allowed to").
DUTY: Final = re.compile(
    r"\b(?:will|shall|must) (?:always )?(?:be (?:allowed|permitted|able|available)(?: to)?|have (?:the option|"
    r"permission)(?: to| of)?)\b"
    r"|\A(?:allow|permit|let)\b(?: (?:the )?student)?(?: to)?"
)
# How often, from never to always; without a word it is 20.
OFTEN: Final = tuple(
    (rank, re.compile(rf"\b(?:{pattern})\b"))
    for rank, pattern in (
        (
            40,
            r"always|at all times|at any time|(?:at )?any ?time|without (?:any )?limits?|unlimited|every time|"
            r"each time|without exception|(?:on )?every occasion|continuous(?:ly)?|constant(?:ly)?",
        ),
        (
            23,
            r"often|frequent(?:ly)?|regular(?:ly)?(?! (?:class|ed))|routine(?:ly)?|consistently|ongoing|repeatedly|"
            r"on a regular basis|at regular intervals",
        ),
        (15, r"usually|generally|typically|normally|mostly|most of the time"),
        (
            10,
            r"sometimes|occasional(?:ly)?|periodic(?:ally)?|at times|from time to time|some days|intermittent(?:ly)?|"
            r"now and then",
        ),
        (5, r"rarely|seldom|infrequent(?:ly)?"),
    )
)
OFTEN_HINTS: Final = {
    40: ("always", "all times", "any", "limit", "every time", "each time", "exception", "occasion", "continuous", "constant"),
    23: ("often", "frequent", "regular", "routine", "consistent", "ongoing", "repeated"),
    15: ("usual", "general", "typical", "normal", "most"),
    10: ("sometimes", "occasional", "periodic", "at times", "time to time", "some days", "intermittent", "now and"),
    5: ("rare", "seldom", "infrequent"),
}
UNSTATED_OFTEN: Final = 20
EXACT_OFTEN: Final = 35

REASON: Final = re.compile(
    r"\b(?:so that|so (?:he|she|they|the student) (?:can|may)|because|due to|since (?:he|she)|given (?:his|"
    r"her) (?:disability|needs?)|as a result of)\b[^.;,]*"
)
PURPOSE: Final = re.compile(
    r"\b(?:in order to|for the purpose of|(?:in order )?to (?:help|support|assist|reduce|improve|increase|encourage|"
    r"prevent|address|ensure|promote|keep|maintain|avoid|build|develop|minimize|lessen"
    r"|aid|decrease|strengthen|foster|facilitate|manage|stay|remain|work on|target|practice))\b(?:(?!\b(?:by|during|"
    r"on all|in all|in the|provided|delivered|given|across|(?:in|on|with|for|at|over) (?:at least )?\d)\b)[^.;,])*"
)
MEASURE: Final = re.compile(
    r"\b(?:as )?(?:measured|evidenced|documented|shown|recorded|assessed|monitored|demonstrated|indicated|evaluated|"
    r"observed|tracked) (?:by|on|in|with|through|using)\b[^.;]*"
    r"|\baccording to\b[^.;,]*|\bper (?:teacher|staff|daily|weekly)?\s?(?:data|logs?|observations?|charts?|records?|probes?)\b"
)
CONDITION: Final = re.compile(
    r"\b(?:only )?(?:if|when|whenever|unless|once|until|as long as|provided that)\b(?! (?:given|taking|doing|reading|"
    r"writing|working|completing|testing)\b)[^.;,]*"
)

# Help in a goal, from none to all of it.
_HELPS: Final = (
    r"(?:prompt(?:s|ing)?|cu(?:es?|eing|ing)|help|assistance|assist|assists|supports?|reminders?|redirections?|"
    r"repetitions?|guidance|scaffolding|models?|modeling"
    r"|encouragement|supervision|intervention|hand)"
)
_SORTS: Final = (
    r"(?:(?:verbal|visual|gestural|gesture|tactile|adult's|adult|teacher's|teacher|staff|physical|indirect|direct|"
    r"written|picture|auditory|model|extra|additional|further|any|peer|or|and|of|or fewer|or less)\s){0,4}"
)
ALONE: Final = re.compile(
    rf"\bindependent(?:ly)?\b(?! (?:work|reading|living|practice|seat|writing|task|level|classwork))|\b(?:without|no|0|"
    rf"with no|with 0|zero) {_SORTS}{_HELPS}\b"
    r"|\bon (?:his|her|their) own\b|\bby (?:him|her)self\b|\bun(?:aided|assisted|prompted)\b|\bspontaneously\b"
)
COUNTED_HELP: Final = re.compile(
    rf"\b(?:(?:with|given|using|after|needing|requiring|and|in)\s)?(?:(?:no more than|fewer than|less than|at most|"
    rf"up to|a maximum of|only|just|at least)\s)?(\d+|an?|a single)\s{_SORTS}(?!models?\b|hand\b){_HELPS}\b"
)
PERSONS_HELP: Final = re.compile(
    rf"\b(?:with |using |given )?(?:an? )?([1-5])[- ](?:person|people|adult|staff)(?: {_SORTS})? ?(?:max(?:imum|imal)? |mod(?:erate)? |min(?:imum|imal)? |physical )?"
    r"(?:assist(?:ance|s)?|help|support|lift|transfer)\b"
)
VAGUE_HELP: Final = re.compile(
    rf"\b(?:with |and )?hand[- ]over[- ]hand(?: {_HELPS})?"
    rf"|\b(?:with|given|using|from|under|needing|requiring|and|through)\s(?:(?:the|her|his|their|1|an?|some|faded|"
    rf"fading)\s)?((?:minimal|minimum|min|moderate|mod|maximum|maximal|max|full|partial|total|constant|limited|"
    rf"intermittent|occasional|frequent)\s)?({_SORTS}){_HELPS}\b"
    rf"|\b(minimal|moderate|maximum|maximal|full|partial)\s({_SORTS}){_HELPS}\b"
)

# Numbers as digits.
_WORDY = {
    word: number for word, number in NUMBER_WORDS.items() if word not in ("a", "an", "single", "couple", "dozen", "hundred")
}
NUMBER_WORD: Final = re.compile(
    r"(?<![-\w])(?:" + "|".join(sorted(map(re.escape, _WORDY), key=len, reverse=True)) + r")\b(?!-(?:on|to)-one)(?! another\b)"
)
ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"],
        1,
    )
}


# Words that decide, and are misspelt often enough.
DECISIVE: Final = listed(
    "frequent frequently available necessary appropriate possible individual individually consultation consult "
    "paraprofessional teacher assistant occasionally"
    " sometimes independently independent accuracy extended additional specialist pathologist therapist psychologist "
    "counselor occupational physical"
    " speech language quarterly monthly weekly minutes direct indirect small group preferential seating separate "
    "reduced shortened assignments homework"
    " quizzes permitted allowed encouraged request consecutive opportunities percent prompts reminders classroom "
    "regularly periodically needed"
)


@lru_cache(maxsize=8192)
def corrected(word: str) -> str:
    """A decisive word that is misspelt by a letter, as it should be; any other word as it is."""
    if len(word) < 6 or word in DECISIVE or stem(word) in _DECISIVE_STEMS:
        return word
    for other in sorted(DECISIVE):
        if (
            other[0] == word[0]
            and abs(len(other) - len(word)) <= 1
            and len(other) >= 6
            and OSA.distance(word, other, score_cutoff=1) == 1
        ):
            return word if word in (f"{other}s", other[:-1]) or other == f"{word}s" else other
    return word


_DECISIVE_STEMS: Final = frozenset(map(stem, DECISIVE))


def in_digits(text: str) -> str:
    """Numbers of words as digits, parts of a whole as percent: "two", "by half", "a third of"."""
    if "hour" in text:
        text = _HOUR_AND_HALF.sub("90 minutes", text)
        text = _HALF_HOUR.sub("30 minutes", text)
        text = _AN_HOUR.sub("1 hour", text)
        text = _EVERY_HOUR.sub(lambda found: "every 30 minutes" if "half" in found[0] else "every 1 hour", text)
    text = _EVERY_OTHER.sub("50% of the ", text)
    if "twice" in text or "once" in text:
        text = _ONCE.sub(lambda found: "2 times" if found[0] == "twice" else "1 time", text)
    text = _NTH.sub(lambda found: _ORDINAL_WORDS.get(int(found[1]), found[0]), text)
    if any(share in text for share in ("half", "third", "quarter", "fourth", "fifth", "tenth")):
        text = _PARTS.sub(_share, text)
    if not _NUMBER_WORDS.isdisjoint(_SPLIT.split(text)):
        text = NUMBER_WORD.sub(lambda found: str(_WORDY[found[0]]), text)
    text = _PERCENT.sub(r"\1%", text)
    text = _TWICE_SAID.sub(r"\1", text)
    return _THOUSANDS.sub("", text)


_EVERY_OTHER: Final = re.compile(
    r"\bevery other (?=(?:math |spelling )?(?:problem|question|item|word|line|row)s?\b)|\b(?:only (?:the )?)?(?:even|"
    r"odd)(?:[- ]numbered)? (?=(?:math )?(?:problem|question|item|row)s?\b)"
)
# What a child is spared: a "not" before it protects.
PROTECTED: Final = re.compile(
    r"penal|grad(?:e|ing)|count|timed|deduct|mark|asked|requir|call(?:ed)? on|forced|made to|limit|punish|suspen|"
    r"expect|lose|lost|taken away|touch|restrain|seclu|withh|exclu|remov|held"
)
_HOUR_AND_HALF: Final = re.compile(r"\b(?:an|one|1) hour and (?:a|one) half\b|\b(?:one|1) and (?:a|one) half hours\b")
_HALF_HOUR: Final = re.compile(r"(?<!every )(?<!each )(?<!per )\b(?:a |one )?half[- ](?:an? )?hour\b")
_AN_HOUR: Final = re.compile(
    r"(?<!per )(?<!every )(?<!each )\ban hour\b(?=\s*(?:[.,;)]|\Z|of|for|before|after|early|later|per|each|every|daily|"
    r"weekly|monthly))"
)
_ONCE: Final = re.compile(
    r"\btwice\b(?! (?:as|the))|\bonce\b(?= (?:an?|per|each|every|daily|weekly|monthly|in)\b|\s*(?:[.,;)]|\Z))"
)
_SPLIT: Final = re.compile(r"[^a-z]+")
_NUMBER_WORDS: Final = frozenset(word for phrase in _WORDY for word in _SPLIT.split(phrase))
_PERCENT: Final = re.compile(r"(\d)\s?(?:percent|per cent|pct)\b")
_TWICE_SAID: Final = re.compile(r"\b(\d+)\s?\(\s?\1\s?\)")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}\b)")
_EVERY_HOUR: Final = re.compile(r"\b(?:every|each|per|once an?) (?:half[- ](?:an? )?)?hour\b|\bhourly\b")
_NTH: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_ORDINAL_WORDS: Final = {number: word for word, number in ORDINALS.items()}


def _share(found: re.Match[str]) -> str:
    word = (found[1] or found[2]).replace("-", " ").removeprefix("a ").removeprefix("an ").removeprefix("one ").strip()
    return f" {_SHARES[word]}% "


_SHARES: Final = {
    "half": 50,
    "third": 33,
    "quarter": 25,
    "fourth": 25,
    "two thirds": 67,
    "three quarters": 75,
    "three fourths": 75,
    "fifth": 20,
    "tenth": 10,
}
_SHARE_WORD: Final = (
    r"(?:(?:an? |one[ -])?(?:half|third|quarter|fourth|fifth|tenth)|two[- ]thirds|three[- ](?:quarters|fourths))"
)
_PARTS: Final = re.compile(
    rf"(?:(?<=\()|(?<=\bby )|(?<=\bto )|(?<=\bin )|(?<=cut )|(?<=\bonly )|(?<=\bat ))(?:about )?({_SHARE_WORD})(?! (?:hour|"
    rf"an? hour|day|grade|inch))(?!-)\b"
    rf"|\b({_SHARE_WORD})(?= (?:of (?!an? (?:hour|day|inch|page))|the |as many|as much|fewer|less))"
)

# Work that is asked of the child: less is better.
WORK: Final = frozenset(
    map(
        stem,
        listed(
            "item problem question word sentence paragraph page assignment choice spelling row homework essay chapter "
            "fact line report exercise example vocabulary option step term answer worksheet book draft source reading"
        ),
    )
)
LENGTHS: Final = {
    stem("word"): 1,
    stem("sentence"): 10,
    stem("line"): 10,
    stem("paragraph"): 60,
    stem("page"): 250,
    stem("chapter"): 3000,
}
# What is asked of a child beside that, where it is capped.
BURDENS: Final = WORK | frozenset(
    map(
        stem,
        listed("test quiz exam project presentation deadline transition direction class change subject task activity tests"),
    )
)
# In a goal fewer of these are better.
HARMS: Final = frozenset(
    map(
        stem,
        listed(
            "error mistake miscue outburst tantrum incident elopement aggression refusal referral absence tardy "
            "tardies call-out callout interruption"
            " meltdown disruption prompt cue reminder redirection repetition suspension bite hit fight argument "
            "omission substitution reversal"
            " accident seizure removal restraint detention escape protest complaint profanity distraction warning "
            "episode request"
            " offtask hitting biting kicking shouting swearing disfluency stutter elope infraction violation crying "
            "scream screaming late blurt blurting"
        ),
    )
)
REDUCING: Final = re.compile(
    r"\b(?:reduc\w+|decreas\w+|lower\w*|lessen\w*|cut\w* down|eliminat\w+|minimi[sz]\w+|refrain\w*|stop\w*)\b"
)
SUBJECTS: Final = frozenset(
    map(
        stem,
        listed(
            "math science english history reading writing spelling ela art music algebra geometry biology chemistry "
            "spanish social studies literacy health language arts"
        ),
    )
)
UNIVERSAL: Final = frozenset(
    map(stem, listed("setting environment subject area class day school course content location where"))
)
DISTANCES: Final = frozenset(map(stem, listed("inch inches foot feet yard meter centimeter millimeter cm mm degree")))
GENERIC: Final = frozenset(
    map(stem, listed("core academic content general school regular subject education class educational"))
)
# Written as one word or two, they are one; and their small words lead to nothing.
COMPOUNDS: Final = re.compile(
    r"\b(?:(check|push|pull|call|note)(?:s|ing|ed)?[- ](ins?|outs?|takers?|taking)|(?!one-)([a-z]{3,})-(ins?|outs?|"
    r"downs?|ups?|offs?|on)"
    r"|(home|class|seat|team)[- ](work)|(text|work|note|story|hand|flash|key|white|black|ear|head|back|lunch|bath|rest|"
    r"class|check|time|play|score|audio|e|smart|lap|desk|touch|wheel|foot|arm|web|day|feed|clip|cross|door)[- ](books?|pads?|sheets?|phones?|plugs?|boards?"
    r"|rooms?|cards?|lists?|lines?|packs?|grounds?|sets?|writing|tops?|screens?|chairs?|rests?|sites?|backs?|ways?|walks?))\b(?! (?:the|an?|his|her|their|all|each|every|\d))"
)
BOTH_WAYS: Final = re.compile(r"\b(?:to and from|both to and from|before and after)\b")
UNNAMED: Final = re.compile(
    r"\b(?:(?:trained|designated|support|school|another|qualified|available|familiar|a|an)\s){0,3}(?:staff(?: members?|"
    r" persons?)?|adults?|personnel|someone|somebody|designees?|employees?|team members?|provider|providers"
    r"|(?:support|trained|designated) (?:person|individual)s?|person(?! who is)|whoever|anyone)\b(?!')(?! (?:room|"
    r"restroom|development|training|directory|lounge|education|size))"
)
