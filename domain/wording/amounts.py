"""How much, how many or how long, where it is not said: a vague amount, or growth if the child is to show it."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import NUMBER, WORD, Statement, is_figure, whole_number
from domain.wording.senses import (
    APPROXIMATES,
    BOUNDS,
    NP_STOPS,
    around,
    noun_phrase_end,
    settled_amount,
)
from domain.wording.span import AMOUNT, SUBJECTIVE, Span

_WORK = listed(
    "assignment assignments text texts passage passages task tasks test tests work paper papers essay essays problem"
    " problems project projects direction directions reading readings story stories word words"
)
_NOT_SHORT = listed(
    "story stories answer answers term vowel vowels circuit response responses sleeved sighted hand order film bus"
)
_BEFORE_TIME = listed("extra extended additional more added increased longer reduced limited ample less some unspecified")
_SHOWN = listed(
    "anxiety behavior behaviors outbursts fluency comprehension skills skill attention engagement participation"
    " independence focus frustration stress aggression meltdowns performance accuracy vocabulary attendance"
    " achievement confidence understanding communication interactions interaction regulation knowledge rate"
    " disruptions elopement refusal refusals scores score grades grade ability abilities endurance strength"
    " motivation progress tardies absences incidents impulsivity tantrums stamina speed output calling reading"
    " writing math spelling awareness control coordination speech articulation compliance completion inappropriate"
    " off decoding legibility tolerance mobility initiation range production intelligibility volume expression"
    " hyperactivity cooperation perseverance"
)
_ASKED_TOO = listed("spelling math writing reading vocabulary grade grades production output articulation score scores calling")
_SCHOOLS = listed(
    "homework assignments assignment workload problems items questions time font print spacing size distractions"
    " distraction prompts prompt prompting cues support supports assistance length amount number breaks work"
    " worksheet tasks choices options answer answers pages visual copying clutter writing load test tests reading"
    " stimuli noise glare demands expectations requirements handwriting day lighting deadlines deadline due"
    " schedule class classes group ratio level levels frequency wait volume vocabulary supervision help reminders"
    " cueing sessions words passages texts directions language steps lessons homework's note notes reinforcement"
    " paper pencil movement opportunities adult monitoring redirection"
)
_JOINED_BEFORE_AN_ADJECTIVE = listed("distraction stimulus distractions stimuli well self non multi")
_EXTENDED_THINGS = listed("school response responses day family family's metaphor care absence position")
_MULTIPLE_THINGS = listed("choice disabilities step meaning intelligences sclerosis disability")
_EXTRA_THINGS = listed("large credit curricular set copy pair big wide clothes clothing pencil pencils heavy")
_AFTER_MOST_AS_DEGREE = listed(
    "likely recent recently difficult important common effective appropriate restrictive challenging commonly"
    " beneficial frequent often current frequently successful needed"
)
_BEFORE_MORE_AS_BOUND = listed("or no not once any never and even")
_AFTER_MORE_AS_DEGREE = listed(
    "than difficult complex often frequently frequent or likely challenging appropriate advanced slowly independent"
    " independently effectively clearly quickly effective successful meaningful familiar structured appropriately"
    " easily"
)
_AFTER_LESS_AS_DEGREE = listed(
    "than restrictive preferred familiar structured stimulating distracting difficult complex or independent often"
    " crowded demanding noisy"
)
_COMPARATIVES = listed("longer shorter larger bigger smaller higher lower greater heavier wider lighter slower")
_SIZES_OF_WORK = listed(
    "larger longer bigger smaller shorter short brief more many several multiple extended lower higher greater"
)
_RARE_AMOUNTS = listed(
    "lower higher greater heavier light somewhat fairly slightly slower lighter wider maximum partial condensed"
)
_PARTICIPLES = listed("increased decreased reduced lowered trimmed expanded enlarged lessened minimized maximized lengthened")
_SETTLED_BY_A_FIGURE = listed(
    "reduced shortened extended extra additional fewer longer limited shorter brief short decreased increased smaller"
    " larger less more"
)
_BEFORE_WORK = listed("for on during with in when of to")
_PARTIAL_HELP = listed("credit support assistance prompts prompting prompt physical help")
_PRINTED = listed("print text copy copies font keyboard worksheets notes")
_GIVEN_BY_SCHOOLS = listed(
    "prompts prompting cueing cues support supports assistance help prompt reminders supervision guidance redirection"
    " adult verbal time scaffolding"
)
_NOT_COUNTABLE = listed("time help support practice assistance processing wait think")
_BEFORE_A_LIMIT_AS_NOUN = listed("time the a no speed word page set without arm arms that age")


def amount_rule(statement: Statement, place: int) -> Span | None:
    if statement.words[place] in _BEFORE_TIME and statement.word(place + 1) == "time":
        # The phrase has its own rule.
        return None
    return amount_guard(statement, Span(AMOUNT, place, place + 1))


def amount_guard(statement: Statement, span: Span) -> Span | None:
    words = statement.words
    first = span.first
    word, before, after = words[first], statement.word(first - 1), statement.word(span.end)
    has_time = words[span.end - 1] == "time"
    is_tied = statement.joined[span.end - 1] and not (word in ("short", "brief") and after == "minute")
    if is_tied and (word not in ("extended", "shortened") or after != "time"):
        return None
    if first and statement.joined[first - 1] and before in _JOINED_BEFORE_AN_ADJECTIVE:
        return None
    if word == "extended":
        if after in _EXTENDED_THINGS and not has_time:
            return None
        if before in ("be", "is", "are") and settled_amount(statement, span, is_time=True):
            return None
    if word == "multiple" and after in _MULTIPLE_THINGS:
        return None
    if word == "short" and (
        after in _NOT_SHORT or before in {"fall", "falls", "cut"} or (before == "in" and after in ("", ",", ":"))
    ):
        return None
    if word == "brief" and before == "a" and after in {"", ".", ",", "of"}:
        return None
    if word == "minimal" and after in ("pair", "pairs"):
        return None
    if word == "limited" and (
        after in {"english", "vision", "to", "vocabulary", "mobility"} or before in {"be", "not", "is", "are"}
    ):
        if after == "to" or after in ("english", "vision"):
            return None
        return span if before in ("be", "is", "are") and not settled_amount(statement, span, is_time=False) else None
    if word == "moderate" and (
        before in ("mild", "/", "to") or after in {"intellectual", "disabilities", "/", "to", "hearing"}
    ):
        return None
    if word == "extra" and after in _EXTRA_THINGS and after != "pencils":
        return None
    if word == "most":
        if before in {"at", "the", "his", "her", "their", "this"} or after in _AFTER_MOST_AS_DEGREE:
            return None
        if after.endswith("ly"):
            return None
    if word == "more":
        if before in _BEFORE_MORE_AS_BOUND or after in _AFTER_MORE_AS_DEGREE:
            return None
        if is_figure(statement, first - 1) or before in known.UNITS:
            return None
        if after.endswith("ly") or not after or statement.kinds[first + 1] != WORD:
            return None
    if word in ("fewer", "less"):
        if before in {"or", "no", "not", "nothing"} or after in _AFTER_LESS_AS_DEGREE:
            return None
        if is_figure(statement, first - 1) or before in ("%", "percent", "half"):
            return None
    if word == "many" and before in {"how", "as", "so", "too"}:
        return None
    if word == "some" and after in {"days", "day", "of", "one", "time", "form"} and after not in ("of", "form", "time"):
        return None
    if word == "few" and before in {"or", "the", "last", "first", "next"}:
        return None
    if word == "longer" and (before == "no" or after == "than" or is_figure(statement, first - 1) or before in known.UNITS):
        return None
    if word in _COMPARATIVES and (after == "than" or before == "or"):
        return None
    if word in _SIZES_OF_WORK and _is_work_after_for(statement, first):
        return None
    if word in _RARE_AMOUNTS:
        return _rare_amount(statement, span)
    if word in _PARTICIPLES:
        return _participle(statement, span)
    if (
        word in {"extra", "additional", "added", "longer", "shorter"}
        and not has_time
        and _is_counted(statement, first, span.end)
    ):
        return None
    if word == "added" and not has_time:
        return None
    if has_time and word in {"more", "less", "some", "additional", "extra"} and before == "one":
        return None
    if word in ("less", "fewer") and after == "than":
        return None
    if settled_amount(statement, span, is_time=has_time) and (has_time or word in _SETTLED_BY_A_FIGURE):
        return None
    return span


def _is_work_after_for(statement: Statement, place: int) -> bool:
    """`for longer assignments`, `on multiple-page tests`: the word is about the work, not about the support."""
    words = statement.words
    before = statement.word(place - 1)
    if before not in _BEFORE_WORK:
        return False
    if before == "with" or before == "of" or before == "to":
        return False
    for at in range(place + 1, min(place + 4, statement.sentence_ends[place])):
        if words[at] in ("period", "periods"):
            return False
        if words[at] in _WORK or words[at] in known.OCCASIONS:
            return before in {"for", "on", "during", "in"}
        if statement.kinds[at] != WORD or words[at] in NP_STOPS:
            break
    return False


def _rare_amount(statement: Statement, span: Span) -> Span | None:
    word, after = statement.words[span.first], statement.word(span.end)
    if word == "lower":
        return span if after in {"number", "amount", "volume", "workload", "quantity"} else None
    if word == "higher":
        return (
            span
            if after in {"number", "amount", "frequency", "rate", "level", "levels", "degree"} and statement.kind != "goal"
            else None
        )
    if word in {"greater", "heavier", "wider", "lighter"}:
        return span if after not in ("than", "") and statement.kind != "goal" else None
    if word == "slower":
        return span if after in {"pace", "rate", "speed", "pacing"} else None
    if word == "partial":
        return span if after in _PARTIAL_HELP and after not in ("credit", "physical") else None
    if word == "condensed":
        return span
    return None


def _participle(statement: Statement, span: Span) -> Span | None:
    """`reduced homework` is what the school asks; `reduced outbursts` is what the child shows."""
    word = statement.words[span.first]
    after = statement.word(span.end)
    if settled_amount(statement, span, is_time=False) or has_figure_by(statement, span):
        return None
    before = statement.word(span.first - 1)
    if is_figure(statement, span.first - 1) or before in ("%", "percent"):
        return None
    if after in ("lunch", "fare", "priced") and word == "reduced":
        return None
    if is_childs(statement, span.end) or (statement.kind == "goal" and not is_schools(statement, span.end)):
        return Span(SUBJECTIVE, span.first, span.end)
    if word in ("enlarged", "expanded") and after in _PRINTED:
        return None if word == "enlarged" else span
    return span


def is_childs(statement: Statement, place: int) -> bool:
    for at in range(place, min(place + 4, statement.sentence_ends[place - 1])):
        word = statement.words[at]
        if word in _SCHOOLS and not (statement.kind == "goal" and word in _SHOWN):
            return False
        if word in _SHOWN:
            return statement.kind == "goal" or (
                word not in _ASKED_TOO and word not in {"reading", "writing", "volume", "speed", "rate"}
            )
        if statement.kinds[at] != WORD:
            break
    return False


def is_schools(statement: Statement, place: int) -> bool:
    for at in range(place, min(place + 4, statement.sentence_ends[place - 1])):
        word = statement.words[at]
        if word in _GIVEN_BY_SCHOOLS:
            return True
        if statement.kinds[at] != WORD:
            break
    return False


def has_figure_by(statement: Statement, span: Span) -> bool:
    """`from 42 to 78 words`, `to 90 words a minute`, `by 20%`, near after the word: the figure is for the same thing."""
    words = statement.words
    limit = min(statement.sentence_ends[span.first], span.end + 18)
    for at in range(span.end, limit):
        word = words[at]
        if at + 1 in statement.blanks and word in {"from", "to", "by"}:
            return True
        if (
            word in {"to", "at", "by"}
            and statement.word(at + 1) in BOUNDS
            and any(is_figure(statement, look) for look in range(at + 2, min(at + 5, limit)))
        ):
            return True
        if word == "from" and len(statement.word(at + 1)) <= 2 and statement.word(at + 2) == "to":
            # Letters are figures too: `from Ds to Cs`.
            return True
        if word == "by" and statement.word(at + 1) in APPROXIMATES and is_figure(statement, at + 2):
            return True
        if word in {"from", "to", "by", "of", "at"} and is_figure(statement, at + 1):
            unit = statement.word(at + 2)
            if word == "by" and (statement.kinds[at + 1] != NUMBER and words[at + 1] not in known.NUMBER_WORDS):
                continue
            if word == "of" and at > span.end + 1:
                continue
            if word == "at" and unit not in {"%", "words", "wpm", "percent"}:
                continue
            if (word == "by" and unit in known.MONTHS) or (
                unit == "/" and statement.kinds[at + 3 : at + 4] == [NUMBER] and whole_number(words[at + 3]) > 1900
            ):
                continue
            return True
        if (
            word == "to"
            and words[at + 1 : at + 2]
            and words[at + 1] in {"a", "an", "one", "at", "the"}
            and any(is_figure(statement, look) for look in range(at + 2, min(at + 5, limit)))
        ):
            return True
        if word == "by" and words[at + 1 : at + 3] in (["at", "least"], ["a", "third"], ["one", "third"]):
            return True
        if word == "by" and words[at + 1 : at + 2] == ["half"]:
            return True
        if word == ";" or (word == "," and at + 1 < limit and words[at + 1] not in ("from", "to", "by")):
            return False
    return False


def _is_counted(statement: Statement, place: int, end: int) -> bool:
    """`one extra day`, `an additional break`, `10 additional minutes`, `an extra 10 minutes`."""
    words = statement.words
    before = statement.word(place - 1)
    if is_figure(statement, end):
        return True
    if is_figure(statement, place - 1) or before == "another":
        return statement.word(place - 2) != "to" or statement.word(place - 3) != "up"
    if before in {"a", "an", "one", "each", "the"}:
        noun = noun_phrase_end(statement, end, min(end + 4, statement.sentence_ends[place]))
        last = words[noun - 1] if noun > end else ""
        return bool(last) and not last.endswith("s") and last not in _NOT_COUNTABLE
    return False


def amount_verb_rule(statement: Statement, place: int) -> Span | None:
    """`Reduce the number of problems`, `limit copying`: of what the school asks; the child's own is growth."""
    words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    span = Span(AMOUNT, place, place + 1)
    if word in ("limit", "extend") and before in _BEFORE_A_LIMIT_AS_NOUN:
        return None
    if before == "time" or (after in ("", ".", ",") and word == "limit"):
        return None
    if has_figure_by(statement, span) or settled_amount(statement, span, is_time=False):
        return None
    if word == "limit" and any(words[at] == "to" for at in range(place + 1, min(place + 6, statement.sentence_ends[place]))):
        return None
    if statement.kind == "goal":
        return Span(SUBJECTIVE, place, place + 1) if word in {"reduce", "lessen", "minimize", "extend"} else None
    if any(is_figure(statement, at) for at in range(place + 1, min(place + 5, statement.sentence_ends[place]))):
        return None
    if is_childs(statement, place + 1):
        return Span(SUBJECTIVE, place, place + 1)
    if word.endswith("ing"):
        return None
    return span
