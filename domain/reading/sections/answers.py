"""Questions that are answered with yes or no."""

import re

from domain.reading.block import CHECKED, UNCHECKED
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.marks import boxes, has_box, is_empty, is_instruction, is_none
from domain.reading.form.topic import NOTHING, SERVICE, Topic
from domain.reading.passages import Passage
from domain.reading.sections.items import read_items
from domain.reading.sections.reader import Reader


def read_answer(reader: Reader, passage: Passage, lead: str, said: bool | None, rest: str, rest_at: int) -> bool:
    """A question, what is said to it, and what is written behind the answer; always dealt with."""
    reader.flush()
    lead = lead.strip(" :")
    topic = topic_of(lead) if lead else None
    is_heading = bool(topic) and (is_all_heading(lead) or lead.endswith("?") or len(lead.split()) <= 6)
    if topic is None and lead:
        topic = _asked(lead)
        is_heading = topic is not None
    look = (passage.heading, passage.is_bold, False)
    if topic and is_heading:
        keeps = topic.kinds and reader.topic == topic
        if not keeps:
            reader.enter(topic, look, lead)
    elif lead and reader.topic and not reader.kinds:
        return True
    current = topic or reader.topic
    if said is None and not lead and not re.search(r"\byes\b", passage.text, re.IGNORECASE):
        # "☐ None needed", unmarked.
        return True
    if said is not True:
        if is_heading or not lead:
            reader.section.topic = NOTHING if (current and current.kinds) or current is None else current
            reader.skips = None
        return True
    if current is None or not current.kinds:
        return True
    reader.skips = None
    rest = re.sub(
        r"^\W*(?:if (?:yes|so)[^:]{0,60}|(?:please )?(?:describe|specify|explain|list|type|details?)[^:]{0,40}):\s*",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    if (label := re.match(r"^([^:]{3,60}):", rest)) and (about_it := topic_of(label.group(1))) and not about_it.kinds:
        # "Rationale: ..." says why, not what.
        rest = ""
    name = _name_of(lead, current)
    if has_box(rest):
        for each in boxes(rest):
            if each.is_checked and each.label and not is_none(each.label):
                words = each.label.strip(" ,;")
                read_items(
                    reader,
                    passage,
                    f"{name}: {words}" if current.said == "transportation" else words,
                    passage.text.find(each.label),
                    current,
                    is_checked=True,
                )
        return True
    if is_empty(rest) or is_none(rest) or is_instruction(rest):
        if lead and name and not (is_all_heading(lead) and current.kinds != (SERVICE,)):
            reader.pending = (name, current, passage.source)
        elif not lead and current.said:
            reader.pending = (current.said, current, passage.source)
        return True
    if not is_heading and lead and not topic and not (lead.endswith("?") and len(rest.split()) > 4):
        rest = f"{lead}: {rest}"
    elif current.said == "transportation" and not re.search(r"transport", rest, re.IGNORECASE):
        rest = f"{name or 'transportation'}: {rest}"
    read_items(reader, passage, rest, 0 if rest_at >= len(passage.text) else rest_at, current, is_checked=True)
    return True


def _asked(question: str) -> Topic | None:
    """What a question with boxes asks for: "Does the student require specialized transportation?"."""
    if re.search(r"transport|\bbus", question, re.IGNORECASE):
        return Topic((SERVICE,), "transportation")
    if re.search(r"extended school year|\besy\b", question, re.IGNORECASE):
        return Topic((SERVICE,), "extended school year")
    return None


def _name_of(lead: str, topic: Topic) -> str:
    """Of a question what it asks for, as the name of a promise."""
    words = re.sub(r"\([^)]*\)", " ", lead).strip(" ?:.")
    words = re.sub(r"^\W*(?:\d{1,2}|[a-z])[.)]\s+", "", words, flags=re.IGNORECASE)
    match = re.search(
        r"\b(?:need|needs|require|requires|receive|receives|eligible for|eligible to receive|get|gets|qualify for"
        r"|entitled to|provided with)\s+(?:any |an? |the )?(.+)$",
        words,
        re.IGNORECASE,
    )
    words = match.group(1) if match else words
    words = re.split(r"\b(?:as a result|in order|to benefit|because|due to|beyond|during)\b", words)[0]
    if topic.said == "transportation" and re.search(r"transport", words, re.IGNORECASE):
        found = re.search(
            r"\b((?:special(?:ized)?|specially arranged|related service|adapted) )?transportation(?: services?)?",
            words,
            re.IGNORECASE,
        )
        return found.group(0).lower() if found else "transportation"
    if topic.said == "extended school year":
        return "extended school year services"
    return " ".join(words.split()).strip(" ?:.,").lower() if len(words.split()) <= 10 else ""


def read_yes_no_columns(reader: Reader, passage: Passage) -> bool:
    """A line below the headings "Yes" and "No", with its two boxes at the end."""
    match = re.match(
        rf"^([^{CHECKED}{UNCHECKED}]{{3,}}?)\s*([{CHECKED}{UNCHECKED}X])\s+([{CHECKED}{UNCHECKED}X])\s*$", passage.text
    )
    if not match or not reader.yes_no or not reader.topic or not reader.kinds:
        return False
    checked = [said for said, box in zip(reader.yes_no, match.groups()[1:], strict=True) if box != UNCHECKED]
    if checked == ["yes"]:
        read_items(reader, passage, match.group(1), 0, reader.topic, is_checked=True)
    return True
