"""Lines of an amendment: what was, and what will be."""

import re

from domain.reading.form.heading import topic_of
from domain.reading.form.old_and_new import is_new, is_old
from domain.reading.form.topic import PAST
from domain.reading.passages import Passage
from domain.reading.sections.items import read_items
from domain.reading.sections.new_wording import kind_of_change, new_wording
from domain.reading.sections.reader import Reader
from domain.reading.sections.sentences import sentences

CHANGES = re.compile(
    r"\b(?:replaced|changed|amended|revised|read|updated|add(?:ed|s|ition)?|delete[sd]?|remove[sd]?|discontinue[sd]?)\b",
    re.IGNORECASE,
)


def read_changes(reader: Reader, passage: Passage) -> bool:
    """What an amendment changes, in words: "... will change from A to B", "Add: ...", "Goal 2 is replaced by: ..."."""
    parts = list(sentences(passage.text))
    changes = [new_wording(part) for _, part in parts]
    if len(parts) > 1 and (changes[0] is None or sum(each is None or bool(each[1]) for each in changes) > 1):
        # "We take out ... . We add ... .": each sentence is a change of its own.
        for at, part in parts:
            one = passage.part(at, part)
            if not read_changes(reader, one):
                read_items(reader, one, part, 0, reader.inline or reader.topic)
        return True
    found = new_wording(passage.text)
    if found is None:
        return True
    words, lead = found
    if not lead:
        return False
    topic = reader.topic if reader.kinds else kind_of_change(words, lead)
    reader.skips = None
    if len(words.split()) >= 2:
        read_items(reader, passage.in_other_words(words, passage.marker or "•"), words, 0, topic)
    return True


def read_change(reader: Reader, passage: Passage, before: str, value: str) -> bool:
    """In an amendment: the old wording is left out, the new one is read."""
    if len(before.split()) > 9 or (
        re.search(r"\b(?:date|effective|from|to)\b", before, re.IGNORECASE)
        and not re.search(r"\b(?:wording|text|read|reads|say|says|change[ds]?)\b", before, re.IGNORECASE)
    ):
        return False
    if is_old(before) and not topic_of(before.replace("Current", "").replace("current", "")):
        reader.flush()
        reader.skips, reader.skips_with = PAST, ""
        return True
    if is_new(before) and re.search(
        r"\b(?:wording|text|language|read|reads|say|says|change[ds]?|new|revised|amended|added?|addition|replacement"
        r"|instead|proposed|will|shall|now)\b",
        before,
        re.IGNORECASE,
    ):
        reader.flush()
        reader.skips = None
        topic = topic_of(before)
        topic = topic if topic and topic.kinds else reader.topic
        if value:
            read_items(reader, passage, value, passage.text.find(value), topic)
        return True
    return False
