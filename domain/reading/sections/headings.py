"""Lines that are headings of sections, however a document shows it."""

import re

from domain.frequency import frequencies
from domain.reading.form.heading import is_all_heading, is_titled, topic_of
from domain.reading.form.home_made import is_of_child, meant
from domain.reading.form.label import NAME, Label, is_all_label, label_of
from domain.reading.form.marks import has_box, is_none
from domain.reading.form.plain import plain
from domain.reading.form.topic import GOAL, SERVICE
from domain.reading.passages import Passage
from domain.reading.promise.draft import HOME_MADE
from domain.reading.sections.fields import FIELD_ROLES
from domain.reading.sections.goal_words import STARTS_GOAL
from domain.reading.sections.items import AREAS
from domain.reading.sections.reader import Reader
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


def read_heading(reader: Reader, passage: Passage) -> bool:
    # "Modifications (X = agreed):": the legend is no part of the heading.
    text = LEGEND.sub("", passage.text.strip()[:200])
    if len(text) > 170 or has_box(text):
        return False
    is_part = _PART.match(text)
    if is_part and len(text.split()) <= 14 and not re.search(r"[.;,]$|:\s", text[is_part.end() :]):
        text = text[is_part.end() :]
    else:
        is_part = None
    letters = [char for char in text if char.isalpha()]
    is_shouted = (
        not reader.is_shouted
        and not re.match(r"^[•●▪*–—-]$", passage.marker)
        and len(letters) > 3
        and sum(char.isupper() for char in letters) > 0.85 * len(letters)
    )
    is_marked = (passage.heading or 0) > 0 or passage.is_bold or is_shouted or is_part is not None
    look = (passage.heading, passage.is_bold, is_shouted)
    is_question = re.sub(r"\s*\([^()]*\)$", "", text).endswith("?")
    number = _number_of(passage.marker)
    is_numbered = False
    if (
        number
        and (number, passage.indent) == (reader.next_number, reader.number_indent)
        and len(text.split()) <= 10
        and not text.endswith((".", ";", ","))
        and text[:1].isupper()
    ):
        # "5. Help for staff" after the section "4. ...".
        is_numbered = not re.search(r":\s+\S", text)
        is_marked = is_marked or is_numbered
    if re.search(r"\s{4,}", text) and not is_question:
        return False
    if text.endswith(".") and not is_marked:
        return False
    if is_marked and reader.topic and reader.topic.kinds == (SERVICE,) and _is_service_name(text):
        # "Occupational therapy", and below it how much, where, by whom.
        reader.flush()
        reader.name_above = text.strip(" :")
        return True
    topic = topic_of(text)
    is_strong = is_all_heading(text) or is_titled(text)
    is_home_made = False
    if (
        topic is None
        and (is_marked or is_question or (passage.is_apart and not passage.marker and _ASKS.match(text)))
        and len(text.split()) <= 14
        and not re.search(r":\s+\S", text)
        and not text.endswith((".", ";", ","))
        and not frequencies(text)
        and not is_of_child(text)
        and not re.search(r"\b(?:plan|iep|program|agreement)\b", text, re.IGNORECASE)
        and not AREAS.match(plain(text) or text)
        and not (reader.topic and reader.topic.kinds and reader.is_below(look) and not is_question)
    ):
        topic = meant(text)
        is_home_made = is_strong = topic is not None
    if topic and not is_strong and not text.endswith((".", ";", ",")) and len(text.split()) <= 14 and not frequencies(text):
        # Set apart by its number, or by the blank line above it.
        is_strong = bool(re.match(r"^(?:\(?[A-Z]|[IVX]{1,5})[.)]$", passage.marker)) and text[:1].isupper()
        is_strong = is_strong or (
            passage.is_apart
            and not passage.marker
            and len(text.split()) <= 9
            and text[:1].isupper()
            and bool(_ASKS.match(text))
        )
    if (
        not topic
        and passage.is_apart
        and not passage.marker
        and _ASKS.match(text)
        and len(text.split()) <= 10
        and not text.endswith((".", ";", ",", ":"))
    ):
        is_marked = True
    has_value = bool(re.search(r":\s+\S", text))
    if has_value:
        before = text.split(":", 1)[0]
        is_title = (passage.heading or 0) > 0 or topic_of(before) is None
        if (passage.heading or 0) > 0 and topic and topic.kinds and topic_of(text.split(":", 1)[1]) and not frequencies(text):
            # "Special education: services in the general education classroom": a title in two parts.
            is_strong = is_strong or not re.search(r"\bwill\b|[.;,]$", text)
        if not (is_marked and is_strong and is_title):
            return False
    label = label_of(text.rstrip(":"))
    if (
        label
        and label.role in FIELD_ROLES
        and (passage.heading or 0) == 0
        and not topic
        and is_part is None
        and is_all_label(text)
    ):
        return False
    if topic and passage.marker and not is_marked and not is_question and not is_strong and reader.topic and reader.topic.kinds:
        return False
    if topic and (
        is_strong or is_question or (is_marked and len(text.split()) <= 24) or (text.endswith(":") and len(text.split()) <= 8)
    ):
        if re.search(r"\bwill\b", text) and not is_question and not is_strong:
            return False
        reader.flush()
        if (
            topic.is_part
            and reader.topic
            and (GOAL in reader.topic.kinds or reader.topic.is_part)
            and not ((passage.heading or 0) > 0 and passage.heading == reader.section.look[0])
        ):
            reader.skips, reader.skips_with, reader.skips_all = topic, "", True
            reader.awaits = None
            return True
        if topic.kinds == (GOAL,) and reader.topic and GOAL in reader.topic.kinds and re.search(r"\d|statement", text):
            # "Goal 2": the next goal of the section.
            reader.skips = None
            reader.awaits = Label(NAME, text, kinds=(GOAL,), strength=10)
            return True
        reader.enter(topic, look, text)
        if is_home_made:
            reader.section.sureness = HOME_MADE
        reader.number(number, passage)
        return True
    if (
        topic
        and topic.kinds == (GOAL,)
        and reader.topic
        and GOAL in reader.topic.kinds
        and re.match(r"^(?:\w+ ){0,3}goal\s*(?:#|no\.?)?\s*\d{1,2}\b[^.]{0,60}$", text, re.IGNORECASE)
        and not STARTS_GOAL.search(text)
    ):
        # "Goal 1 - Mathematics".
        reader.flush()
        reader.skips = None
        reader.awaits = Label(NAME, text, kinds=(GOAL,), strength=10)
        return True
    if is_marked and not topic and len(text.split()) <= 12 and not text.endswith((".", ";", ",")) and not is_none(text):
        if frequencies(text):
            return False
        reader.flush()
        if (not is_numbered and reader.topic and reader.topic.kinds and AREAS.match(plain(text) or text)) or (
            not is_numbered and reader.is_below(look)
        ):
            reader.skips = None
            return True
        if look[0] in (0, None) and passage.is_bold and reader.topic and reader.topic.kinds and passage.marker:
            return False
        reader.enter(None, look, text)
        if number:
            reader.next_number, reader.number_indent = number + 1, passage.indent
        return True
    if is_question and not topic and len(text.split()) <= 20:
        reader.flush()
        reader.enter(None, look, text)
        reader.number(number, passage)
        return True
    return False


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
