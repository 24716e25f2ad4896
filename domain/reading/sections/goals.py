"""The goals in the words of a passage."""

import re

from domain.reading.form.home_made import meant
from domain.reading.form.topic import GOAL, Topic
from domain.reading.passages import Passage
from domain.reading.promise.draft import LIKELY, SURE, Draft
from domain.reading.sections.goal_words import ABOUT_PROGRESS, STARTS_GOAL
from domain.reading.sections.new_wording import DROPPED
from domain.reading.sections.reader import Reader
from domain.reading.sections.sentences import sentences


def goals(reader: Reader, passage: Passage, text: str, at: int) -> list[Draft]:
    """A draft for each goal in a text, which begins at the character `at` of the passage."""
    kept: list[tuple[int, str]] = []
    for start, sentence in sentences(text):
        if (
            not kept
            and not passage.marker
            and not STARTS_GOAL.search(sentence)
            and not re.match(r"^(?:given|when|by|during|in|after|to)\b", sentence, re.IGNORECASE)
            and len(list(sentences(text))) > 1
        ):
            continue
        if kept and re.match(
            r"^\W*(?:he|she|they|(?:the )?student|[A-Z][\w'’-]+) (?:(?:is|are|can|has|does|reads|knows) )?(?:now"
            r"|currently|already|at present|today)\b",
            sentence,
            re.IGNORECASE,
        ):
            break
        if kept and DROPPED.match(sentence) and not STARTS_GOAL.search(sentence):
            continue
        if (
            ABOUT_PROGRESS.search(sentence)
            and (kept or not STARTS_GOAL.search(sentence) or not reader.child.is_named_in(sentence))
            and not re.search(r"\bas measured\b", sentence)
        ):
            continue
        if re.match(
            r"^\W*(?:baseline|currently|at present|present level|objectives?|benchmarks?|progress|evaluation|method"
            r"|mastery)\b",
            sentence,
            re.IGNORECASE,
        ):
            break
        if kept and (said := re.match(r"^([A-Z][^:.]{2,50}):\s", sentence)) and (of := meant(said.group(1))) and not of.kinds:
            # "Steps on the way: two turns by December".
            break
        if label := re.match(r"^(?:\w+ ){0,2}goal\s*(?:#|no\.?)?\s*(?:\d{1,2}|[A-Z])[.:)]\s+(?=\S)", sentence, re.IGNORECASE):
            start, sentence = start + label.end(), sentence[label.end() :]
        if label := re.match(r"^[^:.]{3,40}\bgoal\s*#?\d{0,2}:\s+(?=\S)", sentence, re.IGNORECASE):
            start, sentence = start + label.end(), sentence[label.end() :]
        if re.match(r"^\W*goal\s*#?\s*\d*\W*$", sentence, re.IGNORECASE):
            continue
        kept.append((start, sentence))
    if not kept:
        return []
    groups: list[list[tuple[int, str]]] = [[kept[0]]]
    for one in kept[1:]:
        own = (
            STARTS_GOAL.search(one[1])
            and (
                reader.child.is_named_in(one[1])
                or re.match(r"^(?:given|by \w+|the student|(?:he|she|they) will also)\b", one[1], re.IGNORECASE)
            )
            and not passage.marker
        )
        groups.append([one]) if own else groups[-1].append(one)
    topic = Topic((GOAL,))
    out: list[Draft] = []
    for group in groups:
        words = " ".join(sentence for _, sentence in group)
        if len(words.split()) < 3:
            continue
        if not passage.marker and not STARTS_GOAL.search(words) and not re.search(r"\d", words):
            continue
        start = at + group[0][0]
        out.append(
            Draft(
                topic,
                words,
                passage.source_at(start),
                passage.quote(start, words),
                sureness=SURE if STARTS_GOAL.search(words) or passage.marker else LIKELY,
            )
        )
    return out
