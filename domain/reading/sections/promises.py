"""The services, accommodations, modifications and supports in the words of a passage."""

import re
from collections.abc import Iterator

from domain.dates import written_dates
from domain.frequency import frequencies
from domain.reading.form.marks import is_example, is_instruction, is_none
from domain.reading.form.topic import ACCOMMODATION, MODIFICATION, SERVICE, SUPPORT, Topic
from domain.reading.passages import Passage
from domain.reading.promise.draft import LIKELY, SURE, Draft
from domain.reading.sections.reader import Reader
from domain.reading.sections.sentences import by_amounts, has_name, listed_in, sentences
from domain.vocabulary import all_services

_NOT_PROMISED = re.compile(
    r"\b(?:consider(?:ed|s)?|request(?:ed|s)?|asked (?:for|that|about|to|if)|reject(?:ed|s)?|declin(?:ed|es)|refus(?:ed"
    r"|es)|discontinued|no longer|previously|last (?:school )?year|in the past|until (?:now|last)|"
    r"used to|ended (?:in|on|at|last)|stopped (?:in|on|at|last)|was (?:provided|receiving|given|discussed|served|used"
    r"|tried)|were (?:provided|discussed|given"
    r"|tried|used)|had (?:been )?(?:received|\d)|received (?:\d|speech|occupational|services|help|physical|counseling"
    r"|support)|"
    r"does not (?:need|require|qualify|receive|have)|do not (?:need|require|receive)|did not|will not (?:be provided"
    r"|receive|need|require|participate)|(?:is|are) not (?:needed|required|applicable|eligible|necessary|recommended"
    r"|agreed|provided|entitled)|"
    r"not (?:agreed|chosen|selected|accepted|adopted)|no (?:\w+ ){0,3}(?:modifications?|accommodations?|supports?"
    r"|services?|changes?|aids?|training) (?:are|is|were|will be|needed|required|at this time)|needs no\b|requires no\b|"
    r"would (?:like|prefer)|wish(?:es|ed)?|parents? (?:want|hope|feel|believe|ask|report|express)\w*|(?:team|parents?"
    r"|committee|we) (?:did )?(?:discuss(?:ed)?|considered|talk(?:ed)?|reviewed)|proposed (?:by|but)|instead of the"
    r"|has been replaced"
    r"|replaced by|"
    r"eligib(?:le|ility) (?:for|was|is|under)|currently|at present|as of (?:now|today)|right to|you (?:may|have|can"
    r"|will)|your (?:child|rights?)|procedural safeguards|see (?:attached|page|section|above|below|the)\b)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"\b\d{1,3}(?:\.\d+)? ?(?:%|percent)\b[^.]{0,60}\b(?:day|time|week|general education|regular|class)|\b(?:percent"
    r"|percentage) of (?:time|the (?:day|week))|^\W*(?:total|sum)\b[^.]{0,60}\d",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"^(?:in addition|additionally|also|furthermore|moreover|finally|as well|further|besides|second(?:ly)?"
    r"|third(?:ly)?|first|lastly"
    r"|(?:beginning|starting) with this iep),?\s+(?=[A-Za-z])(?!to\b|of\b|and\b|then\b|grade|period|draft)",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"^\W*(?:it|they|this|these|(?:the|this) (?:service|sessions?|goal|accommodation"
    r"|lessons?)) (?:also )?(?:will )?(?:runs?|begins?|starts?"
    r"|ends?|lasts?|goes|continues?|takes? place|is in (?:effect|force)|is effective|be (?:given|in effect))\b",
    re.IGNORECASE,
)
# Of an item of a list only what says so of itself is no promise.
_NOT_LISTED = re.compile(
    r"^\W*(?:no|none|not)\b(?! (?:penalty|more|longer|homework|timed|oral|fewer|copying|time|reading|points|grade|pop))"
    r"|\b(?:considered|requested|asked for|rejected|declined|refused|discontinued|no longer (?:needed|used|provided)"
    r"|previously|last (?:school )?year|"
    r"not (?:agreed|chosen|selected|accepted|adopted|needed|required)|does not need|instead of the former)\b",
    re.IGNORECASE,
)
_REGULAR_BUS = re.compile(
    r"\bregular(?: education)? (?:bus|transport\w*)|\bsame (?:manner|bus|transportation)\b"
    r"|\bno (?:special(?:ized)? )?(?:transport|bus\b)|\b(?:walks|walker|parent transports|parents? (?:will )?(?:drive"
    r"|transport))\b"
    r"|\b(?:comes?|goes|rides?|driven|brought|taken|picked up|dropped off|travels?) (?:to school |home )?(?:with|by"
    r"|in) (?:(?:her|his"
    r"|their|the|a|our) )?(?:mother|father|mom|dad|aunt|uncle|parents?|family|guardian|grand\w+|sister|brother"
    r"|neighbor|friends?|car\b)"
    r"|\bother children|\bsame (?:bus )?as (?:the )?(?:other|every|siblings?)",
    re.IGNORECASE,
)
ELIGIBLE = re.compile(r"\b(?:eligible|eligibility|qualif\w+|based on|regression|recoupment)\b", re.IGNORECASE)
# "All services begin on the first day and follow the calendar": of all of them, none of its own.
_OF_ALL = re.compile(
    r"^\W*(?:(?:all|the|these|those|any|such|both) )?(?:of )?(?:(?:the|these|following|above|listed|his|her|their"
    r"|special education|related"
    r"|all|other|and|classroom|testing|school) ){0,5}(?:services?|accommodations?|modifications?|supports|minutes"
    r"|goals|aids and services)"
    r"(?: (?:listed|above|below|named|here|in this iep|in the iep|and (?:services|supports|accommodations|modifications)))*"
    r" (?:will|shall|are|is|begins?|starts?|follows?|continues?|take|ends?|runs?|may|apply|applies|must|need|do not|does not)\b"
    r"(?! (?:also )?(?:reduced|shortened))"
    r"|\b(?:the )?following (?:accommodations?|modifications?|services|supports|aids)\b[^:]{0,60}$"
    r"|^\W*see (?:the )?(?:attached|page|section|above|below|table)\b|^\W*(?:this|the) (?:student|child|iep|plan|section) "
    r"(?:has|needs|requires|includes|lists|receives)? ?(?:accommodations?|modifications?"
    r"|services)(?: (?:as )?(?:listed|below|above|described))?\W*$",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(?:programs? and )?services will be provided (?:according|in accordance|when|where)\b|\bin accordance with\b",
    re.IGNORECASE,
)
_AFTER_SCHOOL = re.compile(r"\bafter (?:high )?school|post-?secondary|after graduation|upon graduation", re.IGNORECASE)


def promises(reader: Reader, passage: Passage, text: str, at: int, topic: Topic, is_checked: bool) -> list[Draft]:
    """A draft for each promise in a text, which begins at the character `at` of the passage."""
    out: list[Draft] = []
    is_item = bool(passage.marker) or is_checked
    for start, part in _parts(text, topic, is_item):
        words = _LEADS_ON.sub("", part.strip())
        start += at + len(part.strip()) - len(words)
        if _RUNS.match(words) and written_dates(words) and (out or len(reader.drafts) > reader.since):
            # "It runs from ... to ...": of the promise before.
            last = out[-1] if out else reader.drafts[-1]
            last.dates = last.dates or words
            continue
        if _is_none(words, topic, is_item=bool(passage.marker), is_checked=is_checked):
            continue
        found = frequencies(words)
        if topic.kinds == (SERVICE,) and not found:
            is_named = topic.said in ("transportation", "transition") or _is_service_line(words)
            if not is_item and not is_named:
                continue
            sure = LIKELY if is_item else 0.7
        else:
            sure = SURE if len(topic.kinds) == 1 else LIKELY
        if reader.name_above and topic.kinds == (SERVICE,) and found and not has_name(words):
            words = f"{reader.name_above}: {words}"
        draft = Draft(topic, words, passage.source_at(start), passage.quote(start, words), sureness=sure)
        draft.take_from_above(reader.section.setting, reader.section.mode)
        out.append(draft)
    return out


def _is_none(words: str, topic: Topic, *, is_item: bool, is_checked: bool) -> bool:
    """Whether words in a section of promises are none."""
    is_help = topic.kinds[0] in (ACCOMMODATION, MODIFICATION, SUPPORT)
    not_promised = _NOT_LISTED if is_item and is_help else _NOT_PROMISED
    return bool(
        is_none(words)
        or is_example(words)
        or (is_instruction(words) and not is_checked)
        or _ACCORDING.search(words)
        or (topic.said == "transportation" and _REGULAR_BUS.search(words))
        or (SERVICE in topic.kinds and re.match(r"^\W*(?:no|none|not)\b", words, re.IGNORECASE))
        or (_OF_ALL.search(words) and not any(each.minutes for each in frequencies(words)))
        or (is_checked and topic.said == "extended school year" and ELIGIBLE.search(words))
        or (not_promised.search(words) and not is_checked)
        or (_PERCENT.search(words) and SERVICE in topic.kinds)
        or (topic.said == "transition" and _AFTER_SCHOOL.search(words))
    )


def _parts(text: str, topic: Topic, is_item: bool) -> Iterator[tuple[int, str]]:
    """One promise after the other: sentences, the halves of one with two amounts, what a semicolon parts."""
    is_help = SERVICE not in topic.kinds and topic.kinds[0] in (ACCOMMODATION, MODIFICATION, SUPPORT)
    for start, sentence in sentences(text):
        if is_help and not (SUPPORT in topic.kinds and frequencies(sentence)):
            yield from listed_in(sentence, start, is_item=is_item)
        else:
            yield from by_amounts(sentence, start)


def _is_service_line(words: str) -> bool:
    """Whether words without an amount still promise a service, or name one."""
    if re.search(
        r"\b(?:will|shall|is|are) (?:be )?(?:\w+ )?(?:receive|provided|given|offered|taught|attend|ride|have|get"
        r"|participate|work|meet|seen|transported|served)\b|\b(?:receives|attends|rides)\b",
        words,
        re.IGNORECASE,
    ):
        return True
    found = all_services(words)
    return (
        bool(found)
        and len(words.split()) <= 25
        and not re.search(r"\b(?:team|committee|district|parents?)\b", words, re.IGNORECASE)
    )
