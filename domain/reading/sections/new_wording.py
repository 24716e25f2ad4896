"""What an amendment says in words: the wording that comes, without the one that goes."""

import re

from domain.frequency import frequencies
from domain.reading.form.topic import ACCOMMODATION, GOAL, SERVICE, Topic
from domain.reading.sections.goal_words import STARTS_GOAL

DROPPED = re.compile(
    r"^\W*(?:(?:we|the (?:team|school|district)) (?:will |have |has |are |is |also |now )*)?(?:delet(?:e[sd]?|ing)"
    r"|remov(?:e[sd]?|ing)|discontinu(?:e[sd]?"
    r"|ing)|strik(?:e|ing)|omit|end(?:ing)?|stop(?:ping)?|drop(?:ping|ped)?|eliminat(?:e|ing)|tak(?:e|en|ing) (?:out"
    r"|away|off)|cross(?:ed)? out)\b"
    r"|^\W*(?:it|this|that|they|the goal|which|before this,?) (?:used to|was|were|had (?:been|said))\b|^[^.;]{3,90}\b(?:is|are"
    r"|will be|was|were) (?:deleted|removed|discontinued|dropped|ended|no longer)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\b(?:will |shall )?(?:be )?(?:is |are |was |were )?(?:change[sd]?|increase[sd]?|decrease[sd]?|reduced?|amend(?:ed"
    r"|s)?|revised?|modif(?:y|ied)|moved?|adjusted)\b[^.;]{0,60}?\bfrom\b[^.;]{2,160}?\bto\b(?! \d+ ?(?:minutes"
    r"|times)[^.;]{0,80}\bto\b)",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"\b(?:(?:is|are|was|were|be|being) )?(?:replaced (?:by|with)|changed to(?: read)?|amended to(?: read| say)?"
    r"|revised to(?: read)?|(?:will|shall) (?:now )?read|(?<!he )(?<!they )now reads?|to read|updated to)\b"
    r"\s*(?:as follows)?\s*:?",
    re.IGNORECASE,
)
_WHICH_WAS = re.compile(
    r",? (?:which|that) (?:was|were|is now|are now|is currently|had been) [^,;]{3,120}(?:,|(?= (?:shall|will)))", re.IGNORECASE
)
_SHALL_BE = re.compile(r"\b(?:shall|will) (?:now )?be (?=\d|half|one|two|three|an? hour)", re.IGNORECASE)
_REST_STAYS = re.compile(
    r"^\W*(?:everything else|no other (?:part|change)|all other|all the other|the rest|other parts|the remaining"
    r"|nothing else)\b",
    re.IGNORECASE,
)
_IN_PLACE_OF = re.compile(r"^\W*(?:in place of|instead of|rather than|in lieu of)\b[^,;]{3,200},\s*", re.IGNORECASE)
_ADDED = re.compile(
    r"^\W*(?:we|the (?:team|school|district)) (?:will |have |has |are |is |also |now )*add(?:ed|ing|s)?\s+(?:(?:the"
    r"|this|a new|an?) (?:accommodation"
    r"|modification|service|goal|support)s?\s*:?\s+)?|^\W*(?:an? )?(?:new )?(?:service|accommodation|modification"
    r"|goal|support|related service)s? (?:is|are|will be"
    r"|was) added\s*:?\s*|^\W*(?:add(?:ed|s|ition)?|new|include)\b(?: (?:the|a|an|new|following"
    r"|of))*(?: (?:accommodation|modification|service|goal|support|related service|annual goal)s?)?\s*:\s*|^\W*(?:add"
    r"|added)\s+(?=\w)",
    re.IGNORECASE,
)


def new_wording(text: str) -> tuple[str, str] | None:
    """Of a sentence of an amendment the wording that comes, and what leads to it; None when something only goes."""
    if DROPPED.match(text) or _REST_STAYS.match(text):
        return None
    text = _WHICH_WAS.sub(" ", text)
    if match := _IN_PLACE_OF.match(text):
        return re.sub(r"\b(will|shall) now\b", r"\1", text[match.end() :]).strip(), match.group(0)
    if match := _FROM_TO.search(text):
        words = f"{text[: match.start()].rstrip(' ,')} {text[match.end() :].lstrip(' :')}"
    elif (match := _REPLACED.search(text)) or (match := _ADDED.match(text)):
        words = text[match.end() :].lstrip(" :")
    elif match := _SHALL_BE.search(text):
        words = f"{text[: match.start()].rstrip(' ,')}, {text[match.end() :]}"
    else:
        return text, ""
    return words.strip(' "“”').rstrip(".").strip(' "“”'), text[: match.end()]


def kind_of_change(words: str, lead: str) -> Topic:
    """What an amendment changes, by the words for it or by the new wording."""
    said = re.search(r"\b(goal|accommodation|modification|service|support|transportation)\b", lead, re.IGNORECASE)
    kind = said.group(1).lower() if said else ""
    if kind == "transportation" or (not kind and any(each.minutes for each in frequencies(words))):
        kind = SERVICE
    return Topic((kind or (GOAL if STARTS_GOAL.search(words) and re.search(r"\d", words) else ACCOMMODATION),))
