"""From the words of a row, a line or a sentence to what a provision says: its text, its amount, where, by whom, from when."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from domain.dates import written_dates
from domain.frequency import Frequency, frequencies
from domain.reading.block import Source
from domain.reading.child import Child
from domain.reading.labels import ACCOMMODATION, GOAL, MODIFICATION, SERVICE, SUPPORT, Label, Topic, is_subject
from domain.reading.marks import chosen, is_empty, is_none
from domain.reading.result import ReadProvision, quoted
from domain.reading.weekdays import counted
from domain.vocabulary import Role, all_roles, all_services, all_settings, spelled_out

LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Amount:
    """An amount with what its column or its neighbours say of it; `is_total`: of the period, not of a session."""

    minutes: int | None = None
    times: int | None = None
    per: str | None = None
    setting: str = ""
    mode: str = ""
    is_hedged: bool = False
    is_total: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.minutes or self.times or self.per or self.is_hedged)


@dataclass
class Draft:
    """A promise as it was found, before its words are taken apart; `sureness`: how surely its place was understood."""

    topic: Topic
    name: str
    source: Source
    quote: str
    amounts: list[tuple[Label | None, str]] = field(default_factory=list)
    setting: str = ""
    provider: str = ""
    starts: str = ""
    ends: str = ""
    dates: str = ""
    modes: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    area: str = ""
    detail: str = ""
    mixed: str = ""
    is_row: bool = False
    sureness: float = 0.7


# --- Kinds ------------------------------------------------------------------------------------------------------------

_LESS = re.compile(
    r"\b(?:fewer|reduc\w+|short(?:er|en\w*)|modif\w+|alternate|alternative (?:curriculum|assignment|grading|assessment"
    r"|text)|simplif\w+|lower(?:ed)? (?:grade|level|reading)|half (?:of )?the|"
    r"only (?:the )?(?:odd|even|half|\w+ (?:of|items|problems))|below grade|grading|graded (?:on|only|for)|pass/fail"
    r"|adapted (?:text|curriculum|content|assignment\w*)|"
    r"different (?:content|standard|expectation)s?|instead of (?:the )?(?:full|all|whole|grade)|no penalty for"
    r"|not graded|partial credit|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:of|out of) (?:the )?(?:\w+ ){0,2}(?:words|items"
    r"|problems|questions|answers|choices)|(?:spelling|vocabulary) lists? of)\b",
    re.IGNORECASE,
)
_FOR_STAFF = re.compile(
    r"\b(?:(?:teachers?|staff|personnel|paraprofessionals?|aides?|team|bus drivers?|adults|para)\b.{0,60}\b(?:receive"
    r"|get|gets|receives|trained|training|consult\w*|coach\w*|attend|in-?service|learn|are given|are taught|is trained"
    r"|workshop|meet)"
    r"|(?:training|consult\w*|coaching|in-?service|workshop|professional development|collaborat\w+|instructs?|meets?"
    r"|planning time|supports?)\b.{0,60}\b(?:teachers?|staff|personnel|paraprofessionals?|aides?|team|drivers?|adults)"
    r"|(?:staff|teacher|personnel|paraprofessional) (?:training|consultation|in-?service|development))",
    re.IGNORECASE,
)
_AID = re.compile(
    r"\b(?:aide|paraprofessional|one-to-one|1:1 (?:aide|para)|behaviou?r (?:plan|intervention)|equipment|device|software"
    r"|interpreter|fm system|adult (?:support|assistance|supervision))\b",
    re.IGNORECASE,
)
_OWN_KIND = re.compile(
    r"^\W*(accommodations?|modifications?|supports?(?: for (?:school )?(?:staff|personnel|teachers))?|services?"
    r"|supplementary aids?|aids?|goals?|related services?"
    r"|specially designed instruction)\s*[:–—]\s*",
    re.IGNORECASE,
)
_KIND_WORDS = {
    "acco": ACCOMMODATION,
    "modi": MODIFICATION,
    "supp": SUPPORT,
    "serv": SERVICE,
    "aid": SUPPORT,
    "aids": SUPPORT,
    "goal": GOAL,
    "rela": SERVICE,
    "spec": SERVICE,
}


def own_kind(text: str) -> tuple[str | None, str]:
    """The kind that a line gives itself ("Modification: ..."), and the rest of it."""
    match = _OWN_KIND.match(text)
    if not match:
        return None, text
    return _KIND_WORDS.get(match.group(1).lower()[:4]), text[match.end() :]


def kind_of(topic: Topic, text: str) -> str:
    """Of a section for several kinds, the one of which the words are."""
    kinds = topic.kinds or (SERVICE,)
    if len(kinds) == 1:
        return kinds[0]
    if (
        SERVICE in kinds
        and frequencies(text)
        and any(each.minutes and each.per for each in frequencies(text))
        and not _FOR_STAFF.search(text)
    ):
        return SERVICE
    if SUPPORT in kinds and _FOR_STAFF.search(text):
        return SUPPORT
    if MODIFICATION in kinds and _LESS.search(text):
        return MODIFICATION
    if SUPPORT in kinds and kinds[0] == SUPPORT and _AID.search(text):
        return SUPPORT
    if ACCOMMODATION in kinds:
        return ACCOMMODATION
    if GOAL in kinds and re.search(r"\bwill\b", text):
        return GOAL
    return kinds[0]


# --- Amounts ----------------------------------------------------------------------------------------------------------

_BARE = re.compile(
    r"^\W*(\d{1,5}(?:\.\d{1,2})?)\s*(min(?:ute)?s?\.?|m|hours?|hrs?\.?|h|x|times?|sessions?|days?)?\W*$", re.IGNORECASE
)
_PERIOD_NAMES = {
    "day": "day",
    "daily": "day",
    "d": "day",
    "school day": "day",
    "week": "week",
    "weekly": "week",
    "wk": "week",
    "w": "week",
    "school week": "week",
    "two weeks": "two_weeks",
    "biweekly": "two_weeks",
    "month": "month",
    "monthly": "month",
    "mo": "month",
    "m": "month",
    "quarter": "quarter",
    "quarterly": "quarter",
    "grading period": "quarter",
    "trimester": "trimester",
    "semester": "semester",
    "year": "year",
    "yearly": "year",
    "annually": "year",
    "school year": "year",
    "y": "year",
}
_HEDGED = re.compile(
    r"\b(?:as needed|as necessary|up to|as required|prn|on request|if needed|as appropriate|when needed|at most"
    r"|no more than)\b",
    re.IGNORECASE,
)
MODE = re.compile(
    r"\b(?:individual(?:ly)?|(?:small[- ]|large[- ])?group(?: of \w+(?: to \w+)?)?|1:\d|one[- ]on[- ]one"
    r"|one[- ]to[- ]one|direct|indirect|consult(?:ation|ative)?|push[- ]?in|pull[- ]?out|"
    r"co[- ]?taught|co-?teaching|integrated|collaborative|monitoring|in class|out of class)\b",
    re.IGNORECASE,
)
_MODE_LETTERS = {
    "i": "individual",
    "g": "group",
    "d": "direct",
    "c": "consult",
    "ind": "individual",
    "grp": "group",
    "indiv": "individual",
    "ig": "individual and group",
    "i/g": "individual and group",
}


def amounts(cells: Iterable[tuple[Label | None, str]]) -> list[Amount]:
    """The amounts of a row: one, put together from its columns; or several, each with the place or way it is for."""
    apart: list[Amount] = []
    parts: list[Amount] = []
    for label, text in cells:
        if is_empty(text) or is_none(text):
            continue
        found = _in_cell(label, text)
        if label and (label.setting or label.mode) and any(each.says_something for each in found):
            apart += [replace(each, setting=each.setting or label.setting, mode=each.mode or label.mode) for each in found]
        elif len(found) > 1:
            apart += found
        else:
            parts += found
    parts = [each for each in parts if each.says_something]
    if any(each.minutes and not each.is_total for each in parts):
        parts = [replace(each, minutes=None, per=None) if each.is_total else each for each in parts]
    whole = _together(parts) if parts else None
    if apart:
        zero = [each for each in apart if each.says_something]
        return [_filled(each, whole) for each in zero]
    return [whole] if whole else []


def _filled(one: Amount, other: Amount | None) -> Amount:
    if not other or one.is_hedged:
        return one
    return replace(
        one,
        minutes=one.minutes or other.minutes,
        times=one.times or (None if one.is_total else other.times),
        per=one.per or other.per,
    )


def _together(parts: Sequence[Amount]) -> Amount:
    if any(each.is_hedged for each in parts):
        return Amount(is_hedged=True)
    whole = parts[0]
    for each in parts[1:]:
        whole = replace(
            whole,
            minutes=whole.minutes or each.minutes,
            times=whole.times or each.times,
            per=whole.per or each.per,
            is_total=whole.is_total and each.is_total,
        )
    return whole


_TOTALING = re.compile(
    r",?\s*\btotal(?:ing|ling|s|ed)?\s*(?:of\b)?:?\s*[\d,]+\s*(?:min(?:ute)?s?|hours?)\b\s*(?:served\b)?\s*:?", re.IGNORECASE
)


def _in_cell(label: Label | None, text: str) -> list[Amount]:
    text = counted(chosen(re.sub(r"\b((?:per|/|a|each) ?)mon\b\.?", r"\1month", text, flags=re.IGNORECASE)))
    if (total := _TOTALING.search(text)) and frequencies(text[: total.start()]):
        # "50 min x 5 totaling 250 min served weekly": the sessions are the promise, the sum is arithmetic.
        text = _TOTALING.sub(" ", text)
    if dates := written_dates(text):
        for _, start, end in reversed(dates):
            text = text[:start] + " " * (end - start) + text[end:]
    said = " ".join(text.lower().split()).strip(" .;,")
    said = re.sub(r"^(?:per|each|every|a|/)\s+", "", said)
    if said in _PERIOD_NAMES:
        per = _PERIOD_NAMES[said]
        is_count = said.endswith("ly") and not (label and label.unit in ("minutes", "hours"))
        return [Amount(times=1 if is_count else None, per=per)]
    if bare := _BARE.match(text):
        return [_bare(float(bare.group(1)), (bare.group(2) or "").lower(), label)]
    if (
        label
        and label.unit
        and (
            lone := re.match(
                r"^\W*(\d{1,4})\s*(?:x\b)?[\s,]*(per|each|every|a|daily|weekly|monthly|quarterly|yearly|/)(?![\w])", text
            )
        )
    ):
        text = f"{lone.group(1)} {label.unit} {text[lone.start(2) :]}"
    found = [each for each in frequencies(text) if each.minutes or each.times or each.per or each.is_hedged]
    if not found:
        number = re.match(r"^\D{0,12}(\d{1,4})\D*$", text)
        if number and label and label.unit:
            return [_bare(float(number.group(1)), "", label)]
        return [Amount(is_hedged=True)] if _HEDGED.search(text) else []
    if len(found) > 1 and not _are_two(found):
        found = [_merged(found)]
    out: list[Amount] = []
    for index, each in enumerate(found):
        start = found[index - 1].end if index else 0
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        around = text[start:end] if len(found) > 1 else text
        if len(found) > 1:
            around = _own_part(text, found, index)
        out.append(_of(each, label, around, len(found) > 1))
    return out


def _own_part(text: str, found: Sequence[Frequency], index: int) -> str:
    """Of a cell with several amounts the part of this one: up to what parts it from its neighbours."""
    start, end = 0, len(text)
    if index:
        gap_start, gap_end = found[index - 1].end, found[index].start
        start = gap_start + _cut(text[gap_start:gap_end])
    if index + 1 < len(found):
        gap_start, gap_end = found[index].end, found[index + 1].start
        end = gap_start + _cut(text[gap_start:gap_end])
    return text[start:end]


def _cut(gap: str) -> int:
    """Where two amounts are parted, in what stands between them."""
    best = None
    for pattern in (r"\n|;", r"\bplus\b|\+|\bas well as\b", r",\s*and\b", r"\band\b|&", r",", r"/|\|"):
        matches = list(re.finditer(pattern, gap))
        if matches:
            best = matches[-1] if pattern == "," else matches[0]
            return best.end()
    # "30 minutes direct 15 minutes consult": the way stands behind; "direct 30 minutes consult 15 minutes": before.
    return len(gap)


def _are_two(found: Sequence[Frequency]) -> bool:
    """Whether several amounts stand for themselves, and are not one said in parts ("30 minutes; weekly")."""
    with_minutes = sum(each.minutes is not None for each in found)
    whole = sum(each.per is not None and (each.minutes is not None or each.times is not None) for each in found)
    return with_minutes > 1 or whole > 1


def _merged(found: Sequence[Frequency]) -> Frequency:
    whole = found[0]
    for each in found[1:]:
        whole = replace(
            whole,
            minutes=whole.minutes or each.minutes,
            times=whole.times or each.times,
            per=whole.per or each.per,
            end=each.end,
            is_hedged=whole.is_hedged or each.is_hedged,
        )
    return whole


def _of(each: Frequency, label: Label | None, around: str, is_one_of_several: bool) -> Amount:
    if each.is_hedged and each.minutes is None and each.times is None:
        return Amount(is_hedged=True)
    per = each.per or (label.per if label else "") or None
    minutes, times = each.minutes, each.times
    is_total = bool(label and label.per and label.unit in ("minutes", "hours") and not each.times and not each.per and minutes)
    setting = mode = ""
    if is_one_of_several:
        if places := all_settings(around):
            setting = spelled_out(around[places[0][1] : places[0][2]])
        mode = ", ".join(dict.fromkeys(match.group(0).lower() for match in MODE.finditer(around)))
    return Amount(minutes, times, per, setting, mode, is_total=is_total)


def _bare(number: float, unit: str, label: Label | None) -> Amount:
    if number <= 0:
        return Amount()
    per = (label.per if label else "") or None
    meant = (
        "minutes"
        if unit.startswith("m")
        else "hours"
        if unit.startswith("h")
        else "times"
        if unit
        else (label.unit if label else "")
    )
    if not meant or (meant == "times" and not unit and number >= 15 and not per):
        meant = "minutes" if number >= 10 else "times"
    if meant == "minutes":
        return Amount(minutes=round(number), per=per, is_total=bool(per))
    if meant == "hours":
        return Amount(minutes=round(number * 60), per=per, is_total=bool(per))
    return Amount(times=round(number), per=per) if number == int(number) else Amount()


# --- Dates ------------------------------------------------------------------------------------------------------------

_UNTIL = re.compile(
    r"(?:\b(?:by|before|until|till|through|thru|to|no later than|end(?:s|ing)?(?: on| date)?|ends?:|not later than)"
    r"|[-–—])\s*(?:the )?:?\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:from|start(?:s|ing|ed)?(?: on| date)?|begin(?:s|ning)?(?: on| date)?|effective(?: on)?|as of|on or after"
    r"|since|initiat\w+|on|dates?|between|after)\s*:?\s*$",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"(?:[\s,;(–—-]*\b(?:by|before|until|till|through|thru|to|no later than|not later than|from|starting|starts"
    r"|beginning|begins|ending|ends|effective|as of|on or after|since|on|between|and|dates?|"
    r"start date|end date|initiation|after|the|start|end)\b[\s:]*){0,3}[\s,;(–—-]*$",
    re.IGNORECASE,
)


def dates_in(text: str) -> tuple[date | None, date | None, list[tuple[int, int]]]:
    """From when to when, and the spans of it with the words that lead to it."""
    found = written_dates(text)
    starts = ends = None
    spans: list[tuple[int, int]] = []
    for index, (day, start, end) in enumerate(found):
        floor = spans[-1][1] if spans else 0
        lead = text[max(floor, start - 40) : start]
        if _UNTIL.search(lead) and (index or not re.search(r"[-–—]\s*$", lead)):
            ends = ends or day
        elif starts is None and (_SINCE.search(lead) or len(found) > 1 or index == 0):
            starts = day
        elif ends is None:
            ends = day
        before = _BEFORE_DATE.search(lead)
        spans.append((start - (len(lead) - before.start() if before else 0), end))
    if starts and ends and ends < starts:
        starts, ends = None, None
    return starts, ends, spans


# --- Words ------------------------------------------------------------------------------------------------------------

_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?,?\s*")
_DANGLING_WORD = re.compile(
    r"(?:^|[\s,;:–—(])(?:for|of|on|by|from|at|per|and|to|in|the|a|an|each|total|with|is|are|be|will|up|starting"
    r"|beginning|effective|once|or)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:(?:the )?(?:student|child|pupil|learner)|he|she|they|the (?:school|district|team|lea))?\s*(?:will"
    r"|shall)?\s*(?:also |then |continue to )?"
    r"(?:receives?|gets?|be provided(?: with)?|be given|is provided(?: with)?|is given|be offered|are provided(?: with)?"
    r"|participates? in|attends?|qualif(?:y|ies) for|is eligible for|has|have|provides?|gives?|offers?|be seen for"
    r"|be served (?:in|with|by))\s+",
    re.IGNORECASE,
)
_EDGES = " \t\n.,;:–—-•*|"
_PIECES = re.compile(r"\s*(?:;|\||\n|\u2003|\s{3,}|\s[–—-]\s|,\s|\s/\s|\.\s)\s*")
_RECEIVES = re.compile(
    r"\b(?:teachers?|staff|personnel|student|paraprofessionals?|team|drivers?|aides?)\b.{0,40}?\b(?:gets?|receives?"
    r"|(?:is|are|be) (?:given|trained|provided|taught)|attends?|learns?|has|have)\b",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """Words without stray marks around them, in the house's case: as in the middle of a sentence."""
    text = " ".join(text.replace("\u00ad", "").split()).strip(_EDGES)
    text = re.sub(r"\s+([,;.)])", r"\1", re.sub(r"\(\s*\)|\[\s*\]", " ", text))
    text = re.sub(r"([,;])(?:\s*[,;])+", r"\1", text)
    if text.count("(") != text.count(")"):
        text = text.strip("()") if text.startswith("(") or text.endswith(("(", ")")) else text
    return lowered(" ".join(text.split()).strip(" ,;:–—-•*|")).rstrip(".")


def lowered(text: str) -> str:
    """A first capital, capitals alone and the capitals of a title made small; abbreviations and names stay."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 5 and all(char.isupper() for char in letters):
        return text.lower()
    words = re.findall(r"[A-Za-z][\w'’]*", text)
    if (
        len(words) > 1
        and all(word[0].isupper() for word in words if len(word) > 3)
        and (all_services(text) or all_settings(text) or all_roles(text))
    ):
        return re.sub(r"\b[A-Z][a-z’']+\b", lambda match: match.group(0).lower(), text)
    if len(text) > 1 and text[0].isupper() and (text[1].islower() or text[1] == " "):
        return text[0].lower() + text[1:]
    return text


def role_text(text: str) -> str | None:
    """Who does it, in the words of a column of providers: no person's name."""
    text = chosen(text)
    if is_empty(text) or is_none(text):
        return None
    said = _PERSON.sub("", " ".join(text.replace("\n", ", ").split()))
    said = re.sub(r"^\W*(?:provided |delivered )?(?:by|from)?\s*(?:the )\b", "", said, flags=re.IGNORECASE).strip(_EDGES)
    said = spelled_out(said, as_role=True)
    roles = all_roles(said)
    if (
        roles
        and re.search(r"^[A-Z][\w'’-]+ [A-Z][\w'’-]+,|[,(] ?[A-Z][\w'’-]+ [A-Z][\w'’-]+\)?$", said)
        and (roles[0][1] > 0 or roles[-1][2] < len(said))
    ):
        said = said[roles[0][1] : roles[-1][2]]
    return tidy(said)[:200] or None


def place_text(text: str) -> str | None:
    """Where it is given, in the words of a column of places."""
    text = chosen(text)
    if is_empty(text) or is_none(text):
        return None
    said = re.sub(r"^\W*(?:in|at) (?:the )?", "", " ".join(text.replace("\n", ", ").split()), flags=re.IGNORECASE)
    return tidy(_spelled(said))[:300] or None


def _spelled(text: str) -> str:
    """Abbreviations spelled out; a text in capitals alone comes out in small letters."""
    letters = [char for char in text if char.isalpha()]
    full = spelled_out(text)
    return full.lower() if len(letters) > 5 and all(char.isupper() for char in letters) else full


def modes_text(text: str) -> str:
    """Individual or group, direct or consult, from a column of such."""
    text = chosen(text).strip()
    if is_empty(text) or is_none(text):
        return ""
    return _MODE_LETTERS.get(text.lower().strip("."), tidy(spelled_out(text)))


@dataclass
class Phrase:
    """A promise in running words, taken apart."""

    text: str
    amount: Amount | None = None
    setting: str | None = None
    provider: str | None = None
    starts: date | None = None
    ends: date | None = None


def phrase(text: str, kind: str) -> Phrase:
    """A line or sentence of a service or a support."""
    text, who = counted(text), ""
    if named := _WITH_NAME.match(text):
        # "Reading with Ms. Tran (special educator): 40 minutes"
        text, who = f"{named.group(1)}: {text[named.end() :]}", named.group(2)
    label, rest = _labelled(text)
    if label and (led := _led_by(label)):
        # "Ms. Tran (special ed teacher): math, 45 min": who gives it stands first.
        label, who = "", led
    if kind in (SERVICE, SUPPORT):
        # "Mrs. Amari, the reading teacher, teaches ...": the role says it.
        rest = _BY_NAME.sub(r"The \1 ", rest)
        rest = _PERSON.sub("", rest)
    starts, ends, spans = dates_in(rest)
    blank = list(rest)
    for start, end in spans:
        blank[start:end] = "\x00" * (end - start)
    without = "".join(blank)
    found = [
        each for each in frequencies(without.replace("\x00", " ")) if each.minutes or each.times or each.per or each.is_hedged
    ]
    amount = None
    if kind == SUPPORT and found and not any(each.minutes or (each.times or 0) > 1 or each.is_hedged for each in found):
        # "ready at the start of each day" is no amount of anything.
        found = [
            each
            for each in found
            if not re.match(r"\W*(?:each|every|a|per|in each)\b", without[each.start : each.end], re.IGNORECASE)
        ]
    if found:
        whole = found[0] if len(found) == 1 else _merged(found)
        amount = (
            Amount(is_hedged=True)
            if whole.is_hedged and not whole.minutes and not whole.times
            else Amount(whole.minutes, whole.times, whole.per)
        )
        if (
            amount.minutes
            and not amount.times
            and not amount.per
            and _ONE_SESSION.search(without[max(0, found[0].start - 14) : found[0].end + 14])
        ):
            amount = replace(amount, times=1)
        for each in found:
            for begin, until in _amount_spans(without, each.start, each.end):
                start, end = _widened(without, begin, until)
                blank[start:end] = "\x01" * (end - start)
    rest = re.sub(r"[\x00\x01]+", lambda match: "\x01", "".join(blank))
    setting = provider = None
    kept: list[str] = []
    for piece in _split(rest):
        words = _bare_words(piece.replace("\x01", " "))
        if not words:
            continue
        if ": " in piece and (kept or label) and all(any(_whole(_bare_words(half))) for half in piece.split(": ")):
            # "general education room: special education teacher"
            for half in piece.split(": "):
                place, role, _ = _whole(_bare_words(half))
                setting, provider = setting or place, provider or role
            continue
        place, role, mode = _whole(words)
        if (
            (kept or label)
            and not (place or role or mode)
            and (both := re.match(r"^((?:with|by|from) .{3,50}?) ((?:in|at) .{3,50})$", words))
            and _whole(both.group(1))[1]
            and _whole(both.group(2))[0]
            and not _TALKS.search(kept[-1] if kept else label)
        ):
            # "with the SLP in the speech room"
            provider, setting = provider or _whole(both.group(1))[1], setting or _whole(both.group(2))[0]
            continue
        if (kept or label) and re.match(r"with\b", words, re.IGNORECASE) and _TALKS.search(kept[-1] if kept else label):
            # Whom one consults with does not give it; who does may stand in brackets.
            if behind := re.search(r"\s*\(([^()]+)\)$", words):
                provider, words = provider or _whole(behind.group(1))[1], words[: behind.start()]
            kept.append(words)
            continue
        if role and (kept or label):
            provider = provider or role
        elif mode and (kept or label):
            kept.append(words.lower())
            if re.match(r"(?:push|pull)", words, re.IGNORECASE):
                setting = setting or mode
        elif place and (kept or label) and not (kind == SERVICE and is_subject(words)):
            setting = setting or place
        else:
            kept.append(_clean(piece))
    name = ", ".join(filter(None, kept))
    if who and not name and not label:
        label, who = who, ""
    provider = provider or role_text(who)
    if label:
        between = ", " if kept and MODE.match(kept[0]) else ": "
        name = f"{label}{between}{name}" if name else label
    name = _SUBJECT.sub("", name) if kind in (SERVICE, SUPPORT) else name
    if setting is None:
        setting = _place_in(name)
    if provider is None:
        provider = _actor(name, kind)
    if provider is None and kind == SERVICE and len(name.split()) <= 4 and ROLE_NOUN.search(name) and _whole(name)[1]:
        provider = role_text(name)
    return Phrase(name, amount, setting, provider, starts, ends)


def _led_by(label: str) -> str:
    """Who a label names, where it names nothing but a person: by the name, by the role, or both."""
    said = _PERSON.sub("", label).strip(_EDGES + "()")
    if _PERSON.search(label) or re.search(r"\([^()]+\)$", label):
        inner = re.search(r"\(([^()]+)\)$", label)
        said = inner.group(1) if inner and _PERSON.search(label) else said
        return said if said and _whole(said)[1] else ""
    return label if ROLE_NOUN.search(said) and _whole(said)[1] else ""


_WITH_NAME = re.compile(
    r"^([^:.\d]{2,60}?) (?:with|by|from) (?:Mr|Mrs|Ms|Miss|Mx"
    r"|Dr)\.?\s+[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?\s*[(,]\s*([^(),:]{2,40})\)?\s*:\s+"
)
_BY_NAME = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?\s*[,(]\s*(?:(?:the|a|an|our|his|her)\s+)?([A-Za-z][^,()]{1,40})[,)]\s+"
    r"(?=will\b|shall\b|\w+s\b)"
)


# "one 30-minute session"
_ONE_SESSION = re.compile(
    r"\b(?:one|a single|1)\s+[^.;,]{1,30}\b(?:session|train|workshop|meeting|visit|in-?service|lesson)", re.IGNORECASE
)
_TALKS = re.compile(r"\b(?:consult\w*|meet\w*|collaborat\w+|confer\w*|talk\w*|share\w*|plan\w*)\b", re.IGNORECASE)


def _bare_words(text: str) -> str:
    """A piece without marks and brackets around it."""
    text = text.strip(_EDGES)
    return text[1:-1].strip(_EDGES) if text.startswith("(") and text.endswith(")") and ")" not in text[1:-1] else text


def _labelled(text: str) -> tuple[str, str]:
    match = re.match(r"^((?:(?:Mr|Mrs|Ms|Mx|Dr)\.?\s+[A-Z][\w'’-]+,?\s*)?[^:;,.\d]{2,80}):\s+(?=\S)", text)
    if match and not re.search(r"\bwill\b", match.group(1)):
        return match.group(1).strip(), text[match.end() :]
    return "", text


def _split(text: str) -> list[str]:
    """At what parts the fields of a line; not at commas within brackets."""
    pieces: list[str] = []
    last = 0
    depth_at = [0]
    for char in text:
        depth_at.append(max(0, depth_at[-1] + (char == "(") - (char == ")")))
    for match in _PIECES.finditer(text):
        if depth_at[match.start()]:
            continue
        pieces.append(text[last : match.start()])
        last = match.end()
    pieces.append(text[last:])
    out: list[str] = []
    for piece in pieces:
        # What a cut amount parts: "speech \x01 with the SLP" stays one, "\x01" alone is nothing.
        out.append(piece)
    return out


def _clean(piece: str) -> str:
    """A piece without its amount: the words that led to it and joined it to the rest go too."""
    parts = piece.split("\x01")
    out = ""
    for index, part in enumerate(parts):
        if index < len(parts) - 1:
            part = _undangled(part)
        if index:
            part = (
                re.sub(r"^[\s,;]*(?:of|for|\))\s+", " ", part)
                if not out.strip()
                else re.sub(r"^[\s,;]*(?:of|\))\s+", " ", part)
            )
        out = f"{out} {part}"
    return _undangled(out).strip()


def _undangled(text: str) -> str:
    """Without the words at the end that only led to what was cut off."""
    text = text.rstrip(" \t\n,;:–—-")
    while found := _DANGLING_WORD.search(text):
        text = text[: found.start()].rstrip(" \t\n,;:–—-")
    return text


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """An amount with the words that only lead to it."""
    before = re.search(
        r"[\s,(]*\b(?:for|at|of|one|a single|a total of|a minimum of|at least|approximately|about|each|lasting|up to"
        r"|totaling)\s+$",
        text[max(0, start - 30) : start],
        re.IGNORECASE,
    )
    if before:
        start -= len(before.group(0))
    after = re.match(r"\s*(?:each|per session|a session|sessions?\b)", text[end : end + 20], re.IGNORECASE)
    return start, end + (len(after.group(0)) if after else 0)


_PLACE_NOUN = re.compile(
    r"\b(?:room|site|building|center|lab|office|library|gym|gymnasium|suite|clinic|cafeteria|campus|store|shop|kitchen"
    r"|pool|hall|court|garden|pod|wing|den|corner|commons|annex|trailer|portable|nook|studio|theater|stage|porch|table|community|playground|environment|setting)\W*$",
    re.IGNORECASE,
)
ROLE_NOUN = re.compile(
    r"\b(?:teacher|specialist|therapist|pathologist|counselor|psychologist|nurse|aide|assistant|coach|interpreter"
    r"|instructor|coordinator|consultant|technician|"
    r"paraprofessional|audiologist|mentor|monitor|trainer|worker|provider|teachers|specialists|therapists)\W*$",
    re.IGNORECASE,
)


def _whole(words: str) -> tuple[str | None, str | None, str | None]:
    """Whether a piece is nothing but a place, a role, or a way of giving; each in its words."""
    inner = re.sub(
        r"^(?:in|at|by|from|with|provided by|delivered by|location|setting|provider|where|who)[\s:]+(?:the |an? )?",
        "",
        words,
        flags=re.IGNORECASE,
    )
    if words.startswith("AT "):
        # Assistive technology, not "at".
        inner = words
    full = spelled_out(inner)
    as_role = spelled_out(inner, as_role=True)
    if MODE.fullmatch(inner.strip()):
        return None, None, full.lower()
    if (roles := all_roles(as_role)) and _covers(as_role, [(start, end) for _, start, end in roles]):
        return None, tidy(as_role), None
    if (places := all_settings(full)) and _covers(full, [(start, end) for _, start, end in places]):
        return tidy(full), None, None
    short = len(inner.split()) <= 4 and not re.search(r"\d{2}|\b(?:and|or|for|to|of|with|skills?|training)\b", inner)
    if re.fullmatch(
        r"(?:room|rm\.?|suite|building|bldg\.?|portable|lab|office|trailer) ?#?\d{1,4}[a-z]?", inner, re.IGNORECASE
    ):
        return tidy(full), None, None
    if short and _PLACE_NOUN.search(inner):
        return tidy(full), None, None
    if short and ROLE_NOUN.search(as_role):
        return None, tidy(as_role), None
    if (
        re.match(r"(?:in|at|location|setting)\b", words, re.IGNORECASE)
        and len(inner.split()) <= 5
        and not re.search(r"\b(?:and|or|will|group)\b", inner)
    ):
        return tidy(full), None, None
    return None, None, None


def _covers(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    rest = list(text)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return not re.sub(
        r"\b(?:and|or|the|a|an|of|in|with|school|certified|licensed|room|class|classroom|outside|building|special"
        r"|general|education|his|her|their|\d+)\b|\W+",
        "",
        "".join(rest),
        flags=re.IGNORECASE,
    )


def fill_phrase_setting(text: str) -> str:
    """The place that a heading names: "services in the general education classroom"."""
    return _place_in(text) or ""


_AMOUNT_WORDS = re.compile(
    r"(?:\b(?:\d[\d,.]*(?:\s?[x×](?=\W|\d|$))?|min(?:ute)?s?|hours?|hrs?|half|quarter|times?|sessions?|per|each|every|a"
    r"|an|day|days|daily|week|weeks|weekly|wk|month|months|monthly|mo|year|yearly|yr|quarterly|semester|trimester"
    r"|cycles?|rotation|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|"
    r"school|once|twice|thrice|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|forty-five"
    r"|sixty|ninety|total|other|x|up to|as needed|about|approximately|annually|biweekly|bi-weekly|grading|period|for|of"
    r"|to|and)\b\.?"
    r"|[/×,;:()~½¼¾&–—-]|\s)+",
    re.IGNORECASE,
)


def _amount_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Of the span of an amount what is amount: "30 minutes of speech twice a week" holds the name of the service too."""
    spans: list[tuple[int, int]] = []
    for match in _AMOUNT_WORDS.finditer(text, start, end):
        if re.search(r"\w", match.group(0)):
            spans.append((match.start(), match.end()))
    inner = "".join(text[one[1] : other[0]] for one, other in pairwise(spans))
    return spans if re.search(r"[A-Za-z]{3}", inner) else [(start, end)]


def _place_in(text: str) -> str | None:
    for _, start, end in all_settings(text):
        if re.match(r"(?:pull|push)", text[start:end], re.IGNORECASE):
            continue
        if re.match(r"(?:outside|out of|inside)\b", text[start:end], re.IGNORECASE):
            return tidy(spelled_out(text[start:end]))
        if re.search(
            r"\b(?:in|at|outside|outside of|within|inside|into)\s+(?:of )?(?:the |a |an |his |her )?$",
            text[:start],
            re.IGNORECASE,
        ):
            lead = re.search(r"\b(outside(?: of)?(?: the| a)?)\s+$", text[:start], re.IGNORECASE)
            number = re.match(r"\s+#?\d{1,4}[A-Za-z]?\b", text[end:])
            words = text[start:end] + (number.group(0) if number else "")
            return tidy(spelled_out((lead.group(1) + " " if lead else "") + words))
    found = re.search(
        r"\b((?:outside(?: of)?|out of) )?(?:in|at|outside|outside of|inside|within|out of) ((?:the |a |an |his |her "
        r"|their )?(?:(?!for\b|of\b|with\b|to\b|and\b|by\b|on\b|that\b|which\b)[\w'’/-]+ ){0,4}?(?:classroom|classrooms"
        r"|class|classes|room|lab|office|suite|center|centre|gym|gymnasium|"
        r"library|cafeteria|lunchroom|playground|clinic|building|setting|settings|environment|environments|community"
        r"|home|hallway|corner|area|pool|kitchen|auditorium|workshop|bus))\b",
        text,
        re.IGNORECASE,
    )
    if found:
        return tidy(spelled_out(re.sub(r"^(?:the|a|an|his|her|their) ", "", found.group(2), flags=re.IGNORECASE)))
    pull = re.search(r"\b(?:pull|push)[- ]?(?:out|in)\b", text, re.IGNORECASE)
    return tidy(pull.group(0)) if pull else None


def _actor(text: str, kind: str) -> str | None:
    """Who does it, in a sentence: who begins it and acts; else who stands after "by" or "from"."""
    full = spelled_out(text, as_role=False)
    roles = all_roles(full)
    if not roles:
        return None
    role, start, end = roles[0]
    is_received = bool(_RECEIVES.match(full))
    if (
        start <= 8
        and not is_received
        and re.match(r"(?:, (?:in|at) [\w ]{3,30},)?\s+(?:will|shall|\w+s\b(?! teacher))", full[end:])
    ):
        return _named(role, full[start:end])
    for role, start, end in roles:
        if re.search(r"\b(?:by|from|provided by)\s+(?:the |an? |his |her |their )?(?:\w+ )?$", full[:start], re.IGNORECASE):
            return _named(role, full[start:end])
        if kind == SERVICE and re.search(
            r"(?<!consult)(?<!consults)(?<!consultation)(?<!meet)(?<!meets)(?<!collaborate)(?<!work)(?<!share) with "
            r"(?:the |an? |his |her |their )?$",
            full[:start],
            re.IGNORECASE,
        ):
            return _named(role, full[start:end])
    if kind != SUPPORT or is_received:
        return None
    role, start, end = roles[0]
    if start > 25 or re.search(r"\b(?:to|for|with|of|between|among)\s+(?:the |an? |all )?$", full[:start], re.IGNORECASE):
        return None
    return _named(role, full[start:end])


def _named(role: Role, words: str) -> str:
    """The role in the document's words, or its full name where they are the end of that ("the nurse")."""
    return role.name if role.name.endswith(words.lower().strip()) else tidy(words)


# --- Provisions -------------------------------------------------------------------------------------------------------


def provisions(draft: Draft, child: Child) -> list[ReadProvision]:
    """What a draft promises: as a rule one provision, of a row with several amounts one for each."""
    own, name = own_kind(draft.name)
    if own != GOAL and draft.topic.kinds != (GOAL,):
        name = child.without(name)
    kind = (
        own
        if own and (own in draft.topic.kinds or not draft.topic.kinds or own in (MODIFICATION, ACCOMMODATION))
        else kind_of(draft.topic, draft.name)
    )
    if own and own != kind and len(name) < 3:
        name = draft.name
    base = Phrase(name)
    if kind in (SERVICE, SUPPORT) and not (draft.is_row and draft.amounts):
        base = phrase(name, kind)
    elif (kind in (ACCOMMODATION, MODIFICATION) and not draft.is_row) or (
        kind in (ACCOMMODATION, MODIFICATION) and written_dates(name)
    ):
        base = _item(name)
    starts, ends = _dates(draft)
    found = amounts(draft.amounts) if kind != GOAL else []
    if draft.mixed:
        mixed = phrase("x: " + draft.mixed, kind)
        found = found or ([mixed.amount] if mixed.amount else [])
        base = replace(
            base,
            setting=base.setting or mixed.setting,
            provider=base.provider or mixed.provider,
            starts=base.starts or mixed.starts,
            ends=base.ends or mixed.ends,
        )
    if kind in (ACCOMMODATION, MODIFICATION):
        # "Each direction", "all tests" in a column of frequencies is no amount of sessions.
        found = [each for each in found if each.per or each.minutes]
    if not found and base.amount:
        found = [base.amount]
    if kind == GOAL:
        draft = replace(draft, setting="", provider="", modes=[], subjects=[], detail="", area="")
    setting = place_text(draft.setting) or base.setting
    provider = role_text(draft.provider) or base.provider
    if provider is None and kind == SUPPORT and draft.is_row:
        provider = _actor(f"{base.text}: {draft.detail}" if draft.detail else base.text, kind)
    out: list[ReadProvision] = []
    for amount in found or [Amount()]:
        text = base.text
        if draft.detail and not is_none(draft.detail):
            text = f"{text}: {chosen(draft.detail)}"
        if draft.area and kind == SERVICE and draft.area.lower() not in text.lower() and not is_none(draft.area):
            text = f"{text}, {draft.area}"
        modes = [*(modes_text(each) for each in draft.modes), amount.mode]
        fresh = [mode for mode in modes if mode and mode.lower() not in text.lower()]
        text = ", ".join([text, *dict.fromkeys(fresh)])
        if draft.subjects:
            text = f"{text} ({', '.join(tidy(spelled_out(each)) for each in draft.subjects)})"
        text = _final(text, child, kind)
        if not re.search(r"[^\W\d_]{2}", text):
            continue
        provider = provider if provider is None or len(provider) < 120 else None
        sure = _checked(draft.sureness, kind, text, amount, setting or amount.setting, provider, bool(starts or base.starts))
        is_bounded = (
            not (starts or base.starts)
            or not (ends or base.ends)
            or (starts or base.starts or date.min) <= (ends or base.ends or date.max)
        )
        out.append(
            ReadProvision(
                kind,
                text,
                quoted(draft.source, draft.quote[:LONGEST_TEXT]),
                None if amount.is_hedged else amount.minutes or None,
                None if amount.is_hedged else amount.times or None,
                None if amount.is_hedged else amount.per,
                _outside(amount.setting, setting) or setting,
                provider,
                (starts or base.starts) if is_bounded else None,
                (ends or base.ends) if is_bounded else None,
                sure,
            )
        )
    return out


# What a text still holds when its fields were not all understood.
_LEFT_OVER = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d+ ?(?:min(?:ute)?s?|hrs?|hours?|x|times)\b"
    r"|\b(?:frequency|location|provider"
    r"|duration|minutes|setting|date)\b *:|\?|:\s*$",
    re.IGNORECASE,
)


# Words that a form says more often than a promise does.
_LIKE_A_FORM = re.compile(
    r"\b(?:accommodations?|modifications|supports|services|aids) (?:that|which|will|are|is|must|may|should|for|needed|to be)\b"
    r"|\b(?:apply|applies|checked|marked|listed|indicated|described|determined|committee|iep team|following|duration)\b|=",
    re.IGNORECASE,
)


def _checked(
    sureness: float, kind: str, text: str, amount: Amount, setting: str | None, provider: str | None, has_dates: bool
) -> float:
    """How sure we are, after a look at what came out: words that should be fields, or a service of which nothing is said."""
    if kind == GOAL:
        return sureness if len(text.split()) > 3 else min(sureness, 0.6)
    if kind in (SERVICE, SUPPORT) and _LEFT_OVER.search(text):
        return min(sureness, 0.6)
    if kind == SERVICE and not (amount.says_something or ("transport" in text.lower() and (setting or has_dates))):
        return min(sureness, 0.7)
    if kind == SERVICE and (amount.minutes or amount.times) and not amount.per and not amount.is_hedged and amount.times != 1:
        # Minutes of which period: a column that was not understood.
        return min(sureness, 0.7)
    if kind in (ACCOMMODATION, MODIFICATION, SUPPORT) and _LIKE_A_FORM.search(text) and not setting and not amount.per:
        return min(sureness, 0.7)
    if (
        len(text.split()) > 40
        or text.endswith(":")
        or "?" in text
        or (provider and (":" in provider or len(provider.split()) > 9))
    ):
        return min(sureness, 0.7)
    return sureness


def _item(name: str) -> Phrase:
    """An accommodation in a line: a length in it stays; a date, a place or a role that stands apart does not."""
    starts, ends, spans = dates_in(name)
    if not spans and not re.search(r"[;|]", name):
        return Phrase(name)
    for start, end in reversed(spans):
        name = name[:start] + "; " + name[end:]
    kept: list[str] = []
    setting = provider = None
    for piece in re.split(r"\s*[;|]\s*", name):
        words = piece.strip(_EDGES + "()")
        if not words:
            continue
        place, role, _ = _whole(words) if kept else (None, None, None)
        if place:
            setting = setting or place
        elif role:
            provider = provider or role
        else:
            kept.append(piece.strip())
    return Phrase("; ".join(kept), None, setting, provider, starts, ends)


def _outside(setting: str, other: str | None) -> str | None:
    if not setting:
        return None
    return tidy(spelled_out(setting))


def _dates(draft: Draft) -> tuple[date | None, date | None]:
    starts, ends, _ = dates_in(draft.dates)
    if draft.starts:
        first = written_dates(draft.starts)
        if first and starts and not ends and starts > first[0][0]:
            # "Initiation: 9/1/26   Duration: 8/31/27": the lone date is the end.
            ends = starts
        starts = first[0][0] if first else starts
        ends = ends or (first[1][0] if len(first) > 1 else None)
    if draft.ends:
        last = written_dates(draft.ends)
        if len(last) > 1 and not starts:
            starts = last[0][0]
        ends = last[-1][0] if last else ends
    return starts, ends


def _final(text: str, child: Child, kind: str) -> str:
    text = child.without(" ".join(text.replace("\u00ad", "").split()))
    if kind in (SERVICE, SUPPORT):
        text = _PERSON.sub("", text)
    if kind != GOAL:
        text = _spelled(text)
    text = (
        re.sub(r"^The\s+(?=[a-z])", "", text, flags=re.IGNORECASE)
        if kind != GOAL
        else re.sub(r"^(?:the )?student (?=will\b)", "", text, flags=re.IGNORECASE)
    )
    return tidy(text)[:LONGEST_TEXT]
