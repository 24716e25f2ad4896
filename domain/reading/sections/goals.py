"""The goals in the words of a passage."""

import re
from collections.abc import Iterator

from domain.reading.form.home_made import meant
from domain.reading.form.topic import GOAL, Topic
from domain.reading.passages import Passage
from domain.reading.promise.draft import LIKELY, SURE, Draft
from domain.reading.sections.goal_words import ABOUT_PROGRESS, STARTS_GOAL
from domain.reading.sections.new_wording import DROPPED
from domain.reading.sections.reader import Reader
from domain.reading.sections.sentences import sentences

# "She now reads 40 words": where the child stands.
_STANDS_NOW = re.compile(
    r"^\W*(?:he|she|they|(?:the )?student|[A-Z][\w'’-]+) (?:(?:is|are|can|has|does|reads|knows) )?(?:now"
    r"|currently|already|at present|today)\b",
    re.IGNORECASE,
)
_BESIDE_GOAL = re.compile(
    r"^\W*(?:baseline|currently|at present|present level|objectives?|benchmarks?|progress|evaluation|method|mastery)\b",
    re.IGNORECASE,
)
_LEADS_TO_GOAL = re.compile(r"^(?:given|when|by|during|in|after|to)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:\w+ ){0,2}goal\s*(?:#|no\.?)?\s*(?:\d{1,2}|[A-Z])[.:)]\s+(?=\S)", re.IGNORECASE)
_OF_AREA = re.compile(r"^[^:.]{3,40}\bgoal\s*#?\d{0,2}:\s+(?=\S)", re.IGNORECASE)
_ONLY_NUMBERED = re.compile(r"^\W*goal\s*#?\s*\d*\W*$", re.IGNORECASE)
_BEGINS_GOAL = re.compile(r"^(?:given|by \w+|the student|(?:he|she|they) will also)\b", re.IGNORECASE)


def goals(reader: Reader, passage: Passage, text: str, at: int) -> list[Draft]:
    """A draft for each goal in a text, which begins at the character `at` of the passage."""
    groups: list[list[tuple[int, str]]] = []
    for start, sentence in _sentences_of_goals(reader, passage, text):
        is_another = (
            not passage.marker
            and STARTS_GOAL.search(sentence)
            and (reader.child.is_named_in(sentence) or _BEGINS_GOAL.match(sentence))
        )
        if groups and not is_another:
            groups[-1].append((start, sentence))
        else:
            groups.append([(start, sentence)])
    out: list[Draft] = []
    for group in groups:
        words = " ".join(sentence for _, sentence in group)
        starts = bool(STARTS_GOAL.search(words) or passage.marker)
        if len(words.split()) < 3 or not (starts or re.search(r"\d", words)):
            continue
        start = at + group[0][0]
        quote = passage.quote(start, words)
        out.append(Draft(Topic((GOAL,)), words, passage.source_at(start), quote, sureness=SURE if starts else LIKELY))
    return out


def _sentences_of_goals(reader: Reader, passage: Passage, text: str) -> Iterator[tuple[int, str]]:
    """The sentences that are goals, up to the first that tells of where the child stands, or how its way is measured."""
    every = list(sentences(text))
    has_begun = False
    for start, sentence in every:
        starts = STARTS_GOAL.search(sentence) is not None
        if not (has_begun or passage.marker or starts or _LEADS_TO_GOAL.match(sentence)) and len(every) > 1:
            continue
        if has_begun and _STANDS_NOW.match(sentence):
            return
        if has_begun and DROPPED.match(sentence) and not starts:
            continue
        is_goal = not has_begun and starts and reader.child.is_named_in(sentence)
        if ABOUT_PROGRESS.search(sentence) and not is_goal and not re.search(r"\bas measured\b", sentence):
            continue
        if _BESIDE_GOAL.match(sentence):
            return
        label = re.match(r"^([A-Z][^:.]{2,50}):\s", sentence) if has_begun else None
        if label and (topic := meant(label.group(1))) and not topic.kinds:
            # "Steps on the way: two turns by December".
            return
        for lead in (_NUMBERED, _OF_AREA):
            if found := lead.match(sentence):
                start, sentence = start + found.end(), sentence[found.end() :]
        if _ONLY_NUMBERED.match(sentence):
            continue
        has_begun = True
        yield start, sentence
