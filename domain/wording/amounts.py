"""How often and how much, where it is not said; and figures that a hedge takes back."""

from domain.wording import words as known
from domain.wording.context import MARK, NUMBER, WORD, Statement, is_figure
from domain.wording.senses import (
    APPROXIMATES,
    AS_AS_WORDS,
    BOUNDS,
    NP_STOPS,
    around,
    figure_end,
    hedged_span,
    noun_phrase_end,
    settled_amount,
)
from domain.wording.span import AMOUNT, FREQUENCY, SUBJECTIVE, Span
from domain.wording.words import listed


def frequency_guard(statement: Statement, span: Span) -> Span | None:
    words = statement.words
    before, after = statement.word(span.first - 1), statement.word(span.end)
    word = words[span.first]
    if span.end - span.first == 1:
        if statement.joined[span.first] and after not in ("breaks", "check", "scheduled"):
            return None
        if span.first and statement.joined[span.first - 1] and before not in ("semi", "non", "on"):
            return None
        if word == "periodic" and after in _FREQUENCY_GUARD_AFTER_2:
            return None
        if word in ("typically", "normally") and after in {"developing", "achieving", "developed", "functioning"}:
            return None
        if word == "regularly" and after in ("scheduled", "assigned"):
            return None
        if word in _FREQUENCY_GUARD_HERE and (after in _FREQUENCY_GUARD_AFTER and before not in ("is", "are", "be")):
            return None
        if word in ("more", "most"):
            return None
        if word in ("often", "frequently") and before == "how":
            return None
        if word in _FREQUENCY_GUARD_HERE_2:
            return None if word == "hardly" or word == "mostly" else _not_settled_frequency(statement, span)
    if words[span.first : span.end] == ["in", "general"] and after in {"ed", "education", "classes", "class"}:
        return None
    if before in ("how", "high") or (before == "most" and word in ("frequent", "often")):
        return None
    return _not_settled_frequency(statement, span)


def _not_settled_frequency(statement: Statement, span: Span) -> Span | None:
    """`frequent breaks: 5 minutes every 20`, `frequently (every 10 minutes)`; the length alone settles nothing."""
    words = statement.words
    limit = min(statement.sentence_ends[span.first], span.end + 8)
    for at in range(span.end, limit):
        word = words[at]
        if word in _NOT_SETTLED_FREQUENCY_HERE or (
            word == "," and words[at + 1 : at + 2] in (["that"], ["i.e."], ["every"], ["at"], ["once"])
        ):
            closing = min(statement.sentence_ends[span.first], at + 12)
            inside = words[at + 1 : closing]
            if ")" in inside and word == "(":
                inside = inside[: inside.index(")")]
            has_rate = any(each in _NOT_SETTLED_FREQUENCY_WORDS for each in inside)
            if has_rate and not _NOT_SETTLED_FREQUENCY_WORDS_2 & set(inside):
                return None
            if word != ",":
                return span
        if word in ("and", "but", ";"):
            return span
    return span


_REGULAR_EVENTS = listed(
    "breaks break check checks checkin checkins contact communication meetings meeting feedback reminders reminder"
    " opportunities updates update review reviews practice consultation monitoring movement sensory intervals times"
    " conferences emails reports progress visits supervision prompts cues observation observations access praise"
    " reinforcement home collaboration support rest snack bathroom intervals parent exercise motor stretch"
)


def regular_rule(statement: Statement, place: int) -> Span | None:
    after = statement.word(place + 1)
    if after in _REGULAR_EVENTS and not statement.joined[place]:
        return _not_settled_frequency(statement, Span(FREQUENCY, place, place + 1))
    return None


def frequency_rule(statement: Statement, place: int) -> Span | None:
    if statement.word(place - 1) == "as" and "as" in statement.words[place + 1 : place + 3]:
        # `as often as grades are posted`: the second half says how often, or it is a phrase of its own.
        return None
    return frequency_guard(statement, Span(FREQUENCY, place, place + 1))


_WORK = listed(
    "assignment assignments text texts passage passages task tasks test tests work paper papers essay essays problem"
    " problems project projects direction directions reading readings story stories word words"
)


_NOT_SHORT = listed(
    "story stories answer answers term vowel vowels circuit response responses sleeved sighted hand order film bus"
)


_BRIEF_EVENTS = listed("quick")


def approximate_rule(statement: Statement, place: int) -> Span | None:
    end = statement.sentence_ends[place]
    at = place + 1
    if statement.word(at) == "." and statement.ends[place] == statement.starts[at]:
        at += 1
    if (
        statement.word(place - 1) in _APPROXIMATE_BEFORE
        and statement.words[place] in ("around", "about")
        and not is_figure(statement, at)
    ):
        return None
    if at < end and statement.kinds[at] == "time":
        return Span(AMOUNT, place, at + 1)
    stop = figure_end(statement, at, min(end, at + 8))
    if stop is None or statement.words[place] == "some" or (statement.words[place] in ("about", "around") and stop == at):
        return None
    if statement.words[place] in ("nearly", "almost") and statement.kind == "goal":
        return None
    return Span(AMOUNT, place, stop)


def maximum_rule(statement: Statement, place: int) -> Span | None:
    """`a maximum of 2 breaks`, `max 30 minutes`, `30 minutes maximum`; `maximum support`."""
    words = statement.words
    end = statement.sentence_ends[place]
    at = place + 1
    if words[place] == "max" and statement.word(at) == "." and statement.ends[place] == statement.starts[at]:
        at += 1
    if statement.word(at) in ("of", ":"):
        at += 1
    stop = figure_end(statement, at, min(end, at + 8))
    if stop is not None:
        return hedged_span(statement, place, stop) if words[place] != "minimum" else None
    if words[place] in ("minimum", "min"):
        return Span(AMOUNT, place, place + 1) if statement.word(place + 1) in HELP_OR_PROMPTS else None
    number = next((before for before in range(place - 1, max(place - 5, -1), -1) if is_figure(statement, before)), None)
    if (
        number is not None
        and statement.kind != "goal"
        and not any(statement.kinds[each] == MARK for each in range(number, place) if words[each] not in "%(,")
    ):
        return Span(AMOUNT, number, place + 1)
    if statement.word(at) in {"extent", "score", "points", "credit"}:
        return None
    return Span(AMOUNT, place, place + 1) if statement.word(at) in _HELP_OR_PROMPTS_OR_TIME else None


def at_most_rule(statement: Statement, place: int) -> Span | None:
    """`at most 30 minutes`, `not to exceed 2 hours`, `between 20 and 30 minutes`, `as much as 30 minutes`, `an average of`."""
    words = statement.words
    limit = min(statement.sentence_ends[place], place + 10)
    if words[place] == "at" and statement.word(place + 1) == "most":
        stop = figure_end(statement, place + 2, limit)
        return hedged_span(statement, place, stop) if stop else None
    if words[place] == "not" and words[place + 1 : place + 3] == ["to", "exceed"]:
        stop = figure_end(statement, place + 3, limit)
        return hedged_span(statement, place, stop) if stop else None
    if words[place] == "exceed" and words[place - 1 : place] == ["to"] and statement.word(place - 2) == "not":
        stop = figure_end(statement, place + 1, limit)
        return hedged_span(statement, place - 2, stop) if stop else None
    if words[place] in ("between", "from") and is_figure(statement, place + 1):
        joiner = next((at for at in range(place + 2, min(place + 4, limit)) if words[at] in {"and", "to", "-", "–"}), None)
        if joiner is not None and is_figure(statement, joiner + 1):
            stop = figure_end(statement, joiner + 1, limit)
            if stop is not None and (words[stop - 1] in known.AMOUNT_UNITS) and statement.kind != "goal":
                return Span(AMOUNT, place, stop)
        return None
    if words[place] == "as" and statement.word(place + 1) in AS_AS_WORDS and statement.word(place + 2) == "as":
        stop = figure_end(statement, place + 3, limit)
        return hedged_span(statement, place, stop) if stop else None
    return None


_RANGE_UNITS = known.AMOUNT_UNITS - frozenset(
    (
        "words",
        "lines",
        "sentences",
        "paragraph",
        "paragraphs",
        "pages",
        "steps",
        "step",
        "trial",
        "trials",
        "percent",
        "points",
        "second_",
        "answers",
        "attempts",
        "examples",
        "period_",
        "grade",
        "students",
        "inches",
        "feet",
    )
)


def range_rule(statement: Statement, place: int) -> Span | None:
    """`2-3 times`, `20 to 30 minutes`: a range on what the school gives."""
    words, limit = statement.words, min(statement.sentence_ends[place], place + 8)
    if not is_figure(statement, place):
        return None
    hour = 1 if words[place] == "half" and statement.word(place + 1) == "hour" else 0
    if statement.word(place + hour + 1) == "or" and statement.word(place + hour + 2) == "so":
        return Span(AMOUNT, place, place + hour + 3)
    if words[place] in _RANGE_WORDS_2:
        return None
    if place and (
        statement.joined[place - 1] or (words[place - 1] in {"to", "–", "between", "from"} and is_figure(statement, place - 2))
    ):
        return None
    second: int | None = None
    if statement.joined[place] and is_figure(statement, place + 1):
        second = place + 1
    elif statement.word(place + 1) in _RANGE_AFTER and is_figure(statement, place + 2):
        second = place + 2
    elif (
        statement.word(place + 1) in _RANGE_AFTER_2
        and statement.word(place + 2) in ("to", "-", "–")
        and is_figure(statement, place + 3)
    ):
        second = place + 3
    if second is None:
        stop = figure_end(statement, place, limit)
        if stop is not None and words[stop : stop + 2] == ["or", "so"]:
            return Span(AMOUNT, place, stop + 2)
        if stop is not None and words[stop : stop + 2] == ["or", "less"] and statement.kind in ("service", "accommodation"):
            return (
                Span(AMOUNT, place, stop + 2)
                if words[stop - 1] in ("minutes", "hours") and words[place - 1 : place] != ["within"]
                else None
            )
        return None
    if (statement.kind == "goal" or statement.word(place - 1) in _RANGE_BEFORE) and (
        statement.word(place - 1) != "of"
        or statement.word(place - 2) in ("group", "groups", "class")
        or statement.kind == "goal"
    ):
        return None
    if words[second - 1] == "or" and statement.word(second + 1) in ("more", "fewer", "less"):
        return None
    stop = figure_end(statement, second, limit)
    if stop is None:
        return None
    if words[place] == "once" and words[stop - 1] == "twice":
        return Span(AMOUNT, place, stop)
    unit = words[stop - 1]
    if unit not in _RANGE_UNITS and unit != "%":
        return None
    if stop < limit and statement.joined[stop - 1] and words[stop] in ("step", "page"):
        return None
    if unit in _RANGE_WORDS and statement.word(place - 1) in (
        "within",
        "in",
        "after",
    ):
        return None
    return Span(AMOUNT, place, stop)


_BEFORE_TIME = listed("extra extended additional more added increased longer reduced limited ample less some unspecified")


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
    if first and statement.joined[first - 1] and before in _AMOUNT_GUARD_BEFORE:
        return None
    if word == "extended":
        if after in _AMOUNT_GUARD_AFTER and not has_time:
            return None
        if before in ("be", "is", "are") and settled_amount(statement, span, is_time=True):
            return None
    if word == "multiple" and after in _AMOUNT_GUARD_AFTER_2:
        return None
    if word == "short" and (after in _NOT_SHORT or before in {"in", "fall", "falls", "cut"}):
        return None
    if word == "brief" and before == "a" and after in {"", ".", ",", "of"}:
        return None
    if word == "minimal" and after in ("pair", "pairs"):
        return None
    if word == "limited" and (after in _AMOUNT_GUARD_AFTER_7 or before in {"be", "not", "is", "are"}):
        if after == "to" or after in ("english", "vision"):
            return None
        return span if before in ("be", "is", "are") and not settled_amount(statement, span, is_time=False) else None
    if word == "moderate" and (before in ("mild", "/", "to") or after in _AMOUNT_GUARD_AFTER_8):
        return None
    if word == "extra" and after in _AMOUNT_GUARD_AFTER_3 and after != "pencils":
        return None
    if word == "most":
        if before in _AMOUNT_GUARD_BEFORE_3 or after in _AMOUNT_GUARD_AFTER_4:
            return None
        if after.endswith("ly"):
            return None
    if word == "more":
        if before in _AMOUNT_GUARD_BEFORE_2 or after in _AMOUNT_GUARD_AFTER_5:
            return None
        if is_figure(statement, first - 1) or before in known.UNITS:
            return None
        if after.endswith("ly") or not after or statement.kinds[first + 1] != WORD:
            return None
    if word in ("fewer", "less"):
        if before in {"or", "no", "not", "nothing"} or after in _AMOUNT_GUARD_AFTER_6:
            return None
        if is_figure(statement, first - 1) or before in ("%", "percent", "half"):
            return None
    if word == "many" and before in {"how", "as", "so", "too"}:
        return None
    if word == "some" and after in _AMOUNT_GUARD_AFTER_9 and after not in ("of", "form", "time"):
        return None
    if word == "few" and before in _AMOUNT_GUARD_BEFORE_4:
        return None
    if word == "longer" and (before == "no" or after == "than" or is_figure(statement, first - 1) or before in known.UNITS):
        return None
    if word in _AMOUNT_GUARD_HERE and (after == "than" or before == "or"):
        return None
    if word in _AMOUNT_GUARD_HERE_2 and _is_work_after_for(statement, first):
        return None
    if word in _AMOUNT_GUARD_HERE_3:
        return _rare_amount(statement, span)
    if word in _AMOUNT_GUARD_HERE_4:
        return _participle(statement, span)
    if word in _AMOUNT_GUARD_HERE_7 and not has_time and _is_counted(statement, first, span.end):
        return None
    if word == "added" and not has_time:
        return None
    if has_time and word in _AMOUNT_GUARD_HERE_8 and before == "one":
        return None
    if word in ("less", "fewer") and after == "than":
        return None
    if settled_amount(statement, span, is_time=has_time) and (has_time or word in _AMOUNT_GUARD_HERE_5):
        return None
    return span


def _is_work_after_for(statement: Statement, place: int) -> bool:
    """`for longer assignments`, `on multiple-page tests`: the word is about the work, not about the support."""
    words = statement.words
    before = statement.word(place - 1)
    if before not in _WORK_AFTER_FOR_BEFORE:
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
        return span if after in _RARE_AMOUNT_AFTER_3 else None
    if word == "higher":
        return span if after in _RARE_AMOUNT_AFTER and statement.kind != "goal" else None
    if word in {"greater", "heavier", "wider", "lighter"}:
        return span if after not in ("than", "") and statement.kind != "goal" else None
    if word == "slower":
        return span if after in {"pace", "rate", "speed", "pacing"} else None
    if word == "partial":
        return span if after in _RARE_AMOUNT_AFTER_2 and after not in ("credit", "physical") else None
    if word == "condensed":
        return span
    return None


def _participle(statement: Statement, span: Span) -> Span | None:
    """`reduced homework` is what the school asks; `reduced outbursts` is what the child shows."""
    words, word = statement.words, statement.words[span.first]
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
    if word in ("enlarged", "expanded") and after in _PARTICIPLE_AFTER:
        return None if word == "enlarged" else span
    del words
    return span


_SHOWN = listed(
    "anxiety behavior behaviors outbursts fluency comprehension skills skill attention engagement participation"
    " independence focus frustration stress aggression meltdowns performance accuracy vocabulary attendance"
    " achievement confidence understanding communication interactions interaction regulation knowledge rate"
    " disruptions elopement refusal refusals scores score grades grade ability abilities endurance strength motivation"
    " progress tardies absences incidents impulsivity tantrums stamina speed output calling reading writing math"
    " spelling awareness control coordination speech articulation compliance completion inappropriate off decoding"
    " legibility tolerance mobility initiation range production time_on_task intelligibility volume expression"
    " hyperactivity cooperation perseverance self-esteem"
)


_ASKED_TOO = listed("spelling math writing reading vocabulary grade grades production output articulation score scores calling")


_SCHOOLS = listed(
    "homework assignments assignment workload problems items questions time font print spacing size distractions"
    " distraction prompts prompt prompting cues support supports assistance length amount number breaks work worksheet"
    " tasks choices options answer answers pages visual copying clutter writing load test tests reading stimuli noise"
    " glare demands expectations requirements handwriting day lighting deadlines deadline due schedule class classes"
    " group ratio level levels frequency wait volume vocabulary supervision help reminders cueing sessions words"
    " passages texts directions language steps lessons supervision homework's note notes reinforcement paper pencil"
    " movement opportunities adult monitoring redirection"
)


def is_childs(statement: Statement, place: int) -> bool:
    for at in range(place, min(place + 4, statement.sentence_ends[place - 1])):
        word = statement.words[at]
        if word in _SCHOOLS and not (statement.kind == "goal" and word in _SHOWN):
            return False
        if word in _SHOWN:
            return statement.kind == "goal" or (word not in _ASKED_TOO and word not in _CHILDS_HERE)
        if statement.kinds[at] != WORD:
            break
    return False


def is_schools(statement: Statement, place: int) -> bool:
    for at in range(place, min(place + 4, statement.sentence_ends[place - 1])):
        word = statement.words[at]
        if word in _SCHOOLS_HERE:
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
        if word in _FIGURE_BY_HERE and is_figure(statement, at + 1):
            unit = statement.word(at + 2)
            if word == "by" and (statement.kinds[at + 1] != NUMBER and words[at + 1] not in known.NUMBER_WORDS):
                continue
            if word == "of" and at > span.end + 1:
                continue
            if word == "at" and unit not in {"%", "words", "wpm", "percent"}:
                continue
            if (word == "by" and unit in known.MONTHS) or (
                unit == "/" and statement.kinds[at + 3 : at + 4] == [NUMBER] and int_of(words[at + 3]) > 1900
            ):
                continue
            return True
        if (
            word == "to"
            and words[at + 1 : at + 2]
            and words[at + 1] in _FIGURE_BY_AFTER
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


def int_of(word: str) -> int:
    digits = word.replace(",", "").split(".")[0]
    return int(digits) if digits.isdigit() else 0


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
        return bool(last) and not last.endswith("s") and last not in _COUNTED_WORDS
    return False


def amount_verb_rule(statement: Statement, place: int) -> Span | None:
    """`Reduce the number of problems`, `limit copying`: of what the school asks; the child's own is growth."""
    words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    span = Span(AMOUNT, place, place + 1)
    if word in ("limit", "extend") and before in _AMOUNT_VERB_BEFORE:
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


HELP_OR_PROMPTS = known.HELP | known.PROMPTS


_HELP_OR_PROMPTS_OR_TIME = known.HELP | known.PROMPTS | {"time", "verbal", "visual", "physical"}


_FREQUENCY_GUARD_HERE = listed("frequently commonly often typically generally usually normally")


_FREQUENCY_GUARD_AFTER = listed("misspelled used confused occurring missed asked accepted available known encountered misread")


_NOT_SETTLED_FREQUENCY_HERE = listed(": ( - – — [ i.e.")


_NOT_SETTLED_FREQUENCY_WORDS = listed("every each per daily hourly weekly once twice times x monthly")


_APPROXIMATE_BEFORE = listed("for at learn questions talk information walks turn")


_RANGE_BEFORE = listed("of grades grade pages page level levels chapter room group groups ages age than within least point")


_RANGE_WORDS = listed("day days week weeks hours period school")


_AMOUNT_GUARD_BEFORE = listed("distraction stimulus distractions stimuli well self non multi")


_AMOUNT_GUARD_AFTER = listed("school response responses day family family's metaphor care absence position")


_AMOUNT_GUARD_AFTER_2 = listed("choice disabilities step meaning intelligences sclerosis disability")


_AMOUNT_GUARD_AFTER_3 = listed("large credit curricular set copy pair big wide clothes clothing pencil pencils heavy")


_AMOUNT_GUARD_AFTER_4 = listed(
    "likely recent recently difficult important common effective appropriate restrictive challenging commonly"
    " beneficial frequent often current frequently successful needed"
)


_AMOUNT_GUARD_BEFORE_2 = listed("or no not once any never and even")


_AMOUNT_GUARD_AFTER_5 = listed(
    "than difficult complex often frequently frequent or likely challenging appropriate advanced slowly independent"
    " independently effectively clearly quickly effective successful meaningful familiar structured appropriately"
    " easily"
)


_AMOUNT_GUARD_AFTER_6 = listed(
    "than restrictive preferred familiar structured stimulating distracting difficult complex or independent often"
    " crowded demanding noisy"
)


_AMOUNT_GUARD_HERE = listed("longer shorter larger bigger smaller higher lower greater heavier wider lighter slower")


_AMOUNT_GUARD_HERE_2 = listed(
    "larger longer bigger smaller shorter short brief more many several multiple extended lower higher greater"
)


_AMOUNT_GUARD_HERE_3 = listed(
    "lower higher greater heavier light somewhat fairly slightly slower lighter wider maximum partial condensed"
)


_AMOUNT_GUARD_HERE_4 = listed(
    "increased decreased reduced lowered trimmed expanded enlarged lessened minimized maximized lengthened"
)


_AMOUNT_GUARD_HERE_5 = listed(
    "reduced shortened extended extra additional fewer longer limited shorter brief short decreased increased smaller"
    " larger less more"
)


_WORK_AFTER_FOR_BEFORE = listed("for on during with in when of to")


_RARE_AMOUNT_AFTER = listed("number amount frequency rate level levels degree")


_RARE_AMOUNT_AFTER_2 = listed("credit support assistance prompts prompting prompt physical help")


_PARTICIPLE_AFTER = listed("print text copy copies font keyboard worksheets notes")


_SCHOOLS_HERE = listed(
    "prompts prompting cueing cues support supports assistance help prompt reminders supervision guidance redirection"
    " adult verbal time scaffolding"
)


_COUNTED_WORDS = listed("time help support practice assistance processing wait think")


_AMOUNT_VERB_BEFORE = listed("time the a no speed word page set without arm arms that age")


_FREQUENCY_GUARD_AFTER_2 = listed("table chart element elements function")


_FREQUENCY_GUARD_HERE_2 = listed("mostly hardly continuous continuously consistently")


_NOT_SETTLED_FREQUENCY_WORDS_2 = listed("needed approximately about determined")


_RANGE_WORDS_2 = listed("half third quarter single double")


_RANGE_AFTER = listed("to or - – —")


_RANGE_AFTER_2 = listed("minutes minute x times hours")


_AMOUNT_GUARD_AFTER_7 = listed("english vision to vocabulary mobility")


_AMOUNT_GUARD_AFTER_8 = listed("intellectual disabilities / to hearing")


_AMOUNT_GUARD_BEFORE_3 = listed("at the his her their this")


_AMOUNT_GUARD_AFTER_9 = listed("days day of one time form")


_AMOUNT_GUARD_BEFORE_4 = listed("or the last first next")


_AMOUNT_GUARD_HERE_7 = listed("extra additional added longer shorter")


_AMOUNT_GUARD_HERE_8 = listed("more less some additional extra")


_RARE_AMOUNT_AFTER_3 = listed("number amount volume workload quantity")


_CHILDS_HERE = listed("reading writing volume speed rate")


_FIGURE_BY_HERE = listed("from to by of at")


_FIGURE_BY_AFTER = listed("a an one at the")
