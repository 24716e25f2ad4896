"""Lines that are headings of sections, however a document shows it."""

import re
from dataclasses import dataclass

from domain.frequency import frequencies
from domain.reading.form.heading import is_all_heading, is_titled, topic_of
from domain.reading.form.home_made import is_of_child, meant
from domain.reading.form.label import is_all_label, label_of
from domain.reading.form.marks import has_box, is_none
from domain.reading.form.plain import plain
from domain.reading.form.topic import GOAL, SERVICE, Topic
from domain.reading.passages import Passage
from domain.reading.promise.draft import HOME_MADE
from domain.reading.sections.fields import FIELD_ROLES
from domain.reading.sections.goal_words import STARTS_GOAL
from domain.reading.sections.items import AREAS
from domain.reading.sections.reader import Look, Reader
from domain.vocabulary import all_services

# Plain words as a heading: "How Ada is helped in class", "What we did not agree on".
_ASKS = re.compile(
    r"^(?:what|how|who|where|when|why|which|things|our|your|about|help|getting|ways|ideas|people|stuff|not|we|extra|tried)\b",
    re.IGNORECASE,
)
# "Part 6: Services", "Section II - Goals".
_PART = re.compile(
    r"^(?:section|part|step|item|chapter|page)\s+(?:\d{1,2}[a-z]?|[ivx]{1,5}|[a-z])\s?[:.)–—-]+\s*(?=[A-Z])", re.IGNORECASE
)
LEGEND = re.compile(r" {0,3}\([A-Z✓] ?= ?[^()]{1,40}\)(?=:? *$)")


@dataclass
class _Heading:
    """A line as a heading: its words, what sets it apart, and what it announces."""

    text: str
    look: Look
    is_part: bool
    is_question: bool
    # By its type, its capitals, or its number.
    is_marked: bool
    # The number of a section, and whether it is the next one.
    number: int | None
    is_numbered: bool
    topic: Topic | None = None
    # Its words are those of headings alone, or it stands apart.
    is_strong: bool = False
    is_home_made: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it does not end as a sentence or an item does."""
        return not self.text.endswith((".", ";", ","))

    @property
    def has_value(self) -> bool:
        """Whether something stands behind its colon."""
        return bool(re.search(r":\s+\S", self.text))

    def is_within(self, words: int) -> bool:
        """Whether it has so many words at most."""
        return len(self.text.split()) <= words


def read_heading(reader: Reader, passage: Passage) -> bool:
    """Whether a line is a heading; the reader then stands below it."""
    heading = _looked_at(reader, passage)
    if heading is None:
        return False
    text = heading.text
    if heading.is_marked and reader.kinds == (SERVICE,) and _is_service_name(text):
        # "Occupational therapy", and below it how much, where, by whom.
        reader.flush()
        reader.name_above = text.strip(" :")
        return True
    _understand(reader, passage, heading)
    if _is_text(reader, passage, heading):
        return False
    topic = heading.topic
    if topic and (
        heading.is_strong
        or heading.is_question
        or (heading.is_marked and heading.is_within(24))
        or (text.endswith(":") and heading.is_within(8))
    ):
        return _enter_topic(reader, passage, heading, topic)
    if (
        topic
        and topic.kinds == (GOAL,)
        and GOAL in reader.kinds
        and re.match(r"^(?:\w+ ){0,3}goal\s*(?:#|no\.?)?\s*\d{1,2}\b[^.]{0,60}$", text, re.IGNORECASE)
        and not STARTS_GOAL.search(text)
    ):
        # "Goal 1 - Mathematics".
        reader.flush()
        reader.await_goal(text)
        return True
    if heading.is_marked and not topic and heading.is_within(12) and heading.is_open and not is_none(text):
        return _enter_unknown(reader, passage, heading)
    if heading.is_question and not topic and heading.is_within(20):
        reader.flush()
        reader.enter(None, heading.look, text)
        reader.number(heading.number, passage)
        return True
    return False


def _looked_at(reader: Reader, passage: Passage) -> _Heading | None:
    """How a line looks as a heading; None when it is too long for one, or looks like a form or a sentence."""
    # "Modifications (X = agreed):": the legend is no part of the heading.
    text = LEGEND.sub("", passage.text.strip()[:200])
    if len(text) > 170 or has_box(text):
        return None
    part = _PART.match(text)
    is_part = bool(part and len(text.split()) <= 14 and not re.search(r"[.;,]$|:\s", text[part.end() :]))
    if part and is_part:
        text = text[part.end() :]
    letters = [char for char in text if char.isalpha()]
    is_shouted = (
        not reader.is_shouted
        and not re.match(r"^[•●▪*–—-]$", passage.marker)
        and len(letters) > 3
        and sum(char.isupper() for char in letters) > 0.85 * len(letters)
    )
    heading = _Heading(
        text,
        (passage.heading, passage.is_bold, is_shouted),
        is_part,
        is_question=re.sub(r"\s*\([^()]*\)$", "", text).endswith("?"),
        is_marked=passage.is_heading or passage.is_bold or is_shouted or is_part,
        number=_number_of(passage.marker),
        is_numbered=False,
    )
    if heading.number and (heading.number, passage.indent) == (reader.next_number, reader.number_indent):
        # "5. Help for staff" after the section "4. ...".
        heading.is_numbered = heading.is_within(10) and heading.is_open and text[:1].isupper() and not heading.has_value
        heading.is_marked = heading.is_marked or heading.is_numbered
    if re.search(r"\s{4,}", text) and not heading.is_question:
        return None
    return None if text.endswith(".") and not heading.is_marked else heading


def _understand(reader: Reader, passage: Passage, heading: _Heading) -> None:
    """What a heading announces, in the words of the forms or in those of a school, and how clearly."""
    text = heading.text
    asks = passage.is_apart and not passage.marker and bool(_ASKS.match(text))
    heading.topic = topic_of(text)
    heading.is_strong = is_all_heading(text) or is_titled(text)
    if (
        heading.topic is None
        and (heading.is_marked or heading.is_question or asks)
        and heading.is_within(14)
        and not heading.has_value
        and heading.is_open
        and not frequencies(text)
        and not is_of_child(text)
        and not re.search(r"\b(?:plan|iep|program|agreement)\b", text, re.IGNORECASE)
        and not AREAS.match(plain(text) or text)
        and not (reader.kinds and reader.is_below(heading.look) and not heading.is_question)
    ):
        heading.topic = meant(text)
        heading.is_home_made = heading.is_strong = heading.topic is not None
    topic = heading.topic
    if topic and not heading.is_strong and heading.is_open and heading.is_within(14) and not frequencies(text):
        # Set apart by its number, or by the blank line above it.
        is_lettered = bool(re.match(r"^(?:\(?[A-Z]|[IVX]{1,5})[.)]$", passage.marker))
        heading.is_strong = text[:1].isupper() and (is_lettered or (asks and heading.is_within(9)))
    if not topic and asks and heading.is_within(10) and not text.endswith((".", ";", ",", ":")):
        heading.is_marked = True
    if heading.has_value and passage.is_heading and topic and topic.kinds:
        # "Special education: services in the general education classroom": a title in two parts.
        is_title = bool(topic_of(text.split(":", 1)[1])) and not frequencies(text) and not re.search(r"\bwill\b|[.;,]$", text)
        heading.is_strong = heading.is_strong or is_title


def _is_text(reader: Reader, passage: Passage, heading: _Heading) -> bool:
    """Whether what looked like a heading is a label with its value, a field of a form, or an item."""
    text, topic = heading.text, heading.topic
    if heading.has_value:
        is_title = passage.is_heading or topic_of(text.split(":", 1)[0]) is None
        if not (heading.is_marked and heading.is_strong and is_title):
            return True
    label = label_of(text.rstrip(":"))
    is_field = label is not None and label.role in FIELD_ROLES and is_all_label(text)
    if is_field and not passage.is_heading and not topic and not heading.is_part:
        return True
    is_item = bool(passage.marker) and not heading.is_marked and not heading.is_question and not heading.is_strong
    return bool(topic and is_item and reader.kinds)


def _enter_topic(reader: Reader, passage: Passage, heading: _Heading, topic: Topic) -> bool:
    """Below a heading that announces something."""
    text = heading.text
    if re.search(r"\bwill\b", text) and not heading.is_question and not heading.is_strong:
        return False
    reader.flush()
    if (
        topic.is_part
        and reader.topic
        and (GOAL in reader.kinds or reader.topic.is_part)
        and not (passage.is_heading and passage.heading == reader.section.look[0])
    ):
        reader.skips, reader.skips_with, reader.skips_all = topic, "", True
        reader.awaits = None
        return True
    if topic.kinds == (GOAL,) and GOAL in reader.kinds and re.search(r"\d|statement", text):
        # "Goal 2": the next goal of the section.
        reader.await_goal(text)
        return True
    reader.enter(topic, heading.look, text)
    if heading.is_home_made:
        reader.section.sureness = HOME_MADE
    reader.number(heading.number, passage)
    return True


def _enter_unknown(reader: Reader, passage: Passage, heading: _Heading) -> bool:
    """Below a heading that announces nothing we know: it ends the section, unless it only sorts its items."""
    text, look = heading.text, heading.look
    if frequencies(text):
        return False
    reader.flush()
    is_area = bool(reader.kinds and AREAS.match(plain(text) or text))
    if not heading.is_numbered and (is_area or reader.is_below(look)):
        reader.skips = None
        return True
    if look[0] in (0, None) and passage.is_bold and reader.kinds and passage.marker:
        return False
    reader.enter(None, look, text)
    reader.number(heading.number, passage)
    return True


def _number_of(marker: str) -> int | None:
    """The number of a section: of "5." or "Q5."."""
    match = re.match(r"^Q?(\d{1,2})[.):]?$", marker)
    return int(match.group(1)) if match else None


def _is_service_name(text: str) -> bool:
    """Whether a line is nothing but the name of a service."""
    said = text.strip(" :")
    found = all_services(said)
    return (
        bool(found)
        and len(said) < 60
        and sum(end - start for _, start, end in found) >= 0.8 * len(said)
        and not is_all_heading(said)
    )
