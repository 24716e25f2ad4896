"""Why: a barrier, symptom, skill, risk or concrete effect is clear; only `needs`, `success`, `access` are vague."""

from domain.listed import listed
from domain.wording.context import PAST, QUOTED, UNCHECKED, WORD
from domain.wording.weighed import CLEAR, MISSING, NOT_APPLICABLE, VAGUE, Weighed, is_time_to

_EMPTY_REASON = listed(
    "to so that because of due the a an his her their its he she they student students can is be will in order"
    " for and or as with since given by this it each all more at on from which are may could also better best"
    " purpose goal help support make ensure provide promote increase improve allow have has facilitate assist"
    " foster meet enable encourage maximize enhance give get become achieve gain show successfully within school"
    " full fully overall him them general herself himself student's child child's own any helps allows supports"
    " being were was"
)
_GENERAL_REASON = listed(
    "need needs success successful successfully succeed access accessing learning learn participation participate"
    " participating disability disabilities progress progressing education educational academic academically"
    " curriculum school achievement individual unique growth grow opportunity opportunities environment fape"
    " benefit benefits goals goal inclusion class classroom instruction general performance potential possible"
    " best better appropriate program instructional special ability abilities development material content setting"
    " equal lesson lessons activities grade level advance overall functioning educationally effective effectively"
    " improve improvement enhance meaningful work do well accommodate diagnosis eligibility condition student"
    " experience day outcomes outcome good positive quality"
)
# After these, "to" says what is done with a thing.
_PLAIN_PURPOSES = listed("deliver discuss review share plan give go take use do talk read")


def why(weighed: Weighed) -> str:
    statement, words = weighed.statement, weighed.words
    vague = clear = False
    for first, end in statement.reasons:
        content = [
            words[at]
            for at in range(first, end)
            if statement.kinds[at] == WORD
            and statement.does[at] not in (QUOTED, UNCHECKED, PAST)
            and words[at] not in _EMPTY_REASON
        ]
        if statement.does[first] == UNCHECKED:
            continue
        if words[first] == "to" and (is_time_to(weighed, min(first + 1, end - 1)) or not _answers_why(weighed, first, end)):
            continue
        if all(word in _GENERAL_REASON for word in content):
            vague = True
        else:
            clear = True
    if clear:
        return CLEAR
    if vague:
        return VAGUE
    return NOT_APPLICABLE if weighed.is_goal or weighed.is_service else MISSING


def _answers_why(weighed: Weighed, first: int, end: int) -> bool:
    """A purpose, not the content of what is done: `tools to fix`, `a form to sign`."""
    verb = first + 1
    while verb < end and weighed.words[verb].endswith("ly"):
        verb += 1
    return weighed.statement.word(verb) not in _PLAIN_PURPOSES
