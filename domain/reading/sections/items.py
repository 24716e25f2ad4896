"""An item of a section: which of its words are promised, if any are."""

import re

from domain.frequency import frequencies
from domain.reading.form.label import is_category
from domain.reading.form.marks import is_empty, is_example, is_instruction, is_none
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, SUPPORT, Topic
from domain.reading.passages import Passage
from domain.reading.sections.goals import goals
from domain.reading.sections.new_wording import new_wording
from domain.reading.sections.promises import ELIGIBLE, promises
from domain.reading.sections.reader import Reader

# Lines about the child and about sums that got among the promises.
_ABOUT = re.compile(
    r"\b(?:date of birth|birth ?date|d\.?o\.?b\.?|student id|ssid|grade level|school district|case manager)\s*:"
    r"|^\W*(?:grade|page)\s*:?\s*\d|^\W*services? (?:start|end|begin)\w*\s*:|^\W*(?:iep |beginning |ending |start |end "
    r"|meeting )+date\b[^:]{0,20}:"
    r"|^\W*(?:total )?(?:minutes|hours) (?:per|a|each) (?:week|day|month) (?:in|of|the student|student|with)\b",
    re.IGNORECASE,
)
# "For: Ada L., grade 10   IEP effective 8/24/2026": whose plan it is, and for how long.
_IN_FORCE = re.compile(
    r"\b(?:iep|plan)(?: is| dates?)?:? (?:effective|expires?|begins?|starts?|ends?|in (?:force|effect)|runs?|from"
    r"|dated|valid)\b[^.;]{0,20}\d"
    r"|^\W*(?:for|of|name|student|re)\W+[A-Z][^.;]{2,60}\b(?:grade|born|age|dob|birth)\b[^.;]{0,12}\d",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"\b(?:signature|signed by|date signed|parent'?s? initials|i (?:agree|consent|have received|understand|do not)"
    r"|copy of (?:the )?(?:iep|rights|procedural)|procedural safeguards)\b",
    re.IGNORECASE,
)
AREAS = re.compile(
    r"^(?:reading|math\w*|writing|written (?:expression|language)|spelling|communication|speech(?: ?(?:and|/"
    r"|-) ?language)?|language(?: arts)?|behaviou?r\w*|social(?:[ /-]?(?:emotional|skills))?[\w ]*|motor(?: skills)?"
    r"|(?:fine|gross|visual) motor[\w ]*|"
    r"self[- ]?(?:help|care|advocacy|regulation|management)|adaptive[\w ]*|organi[sz]ation\w*|study skills|attention"
    r"|executive function\w*|daily living[\w ]*|independent living|vocational|employment|academics?|comprehension"
    r"|fluency|science|social studies|"
    r"classroom|presentation|response|setting|timing|scheduling|timing ?(?:/|and) ?scheduling|materials|environment\w*"
    r"|instruction\w*|assignments?|grading|tests?(?:ing)?|homework|health|physical|sensory|transition|mobility|hearing"
    r"|vision|other|area.{0,40}|equipment|technology|general education|special education|related services)\W*$",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"^(?:\d{1,2}[a-z]|\(?[a-z])[.)]$")
# "Ada will be provided with the following accommodations: ..."
_INTRODUCES = re.compile(
    r"^[^:.;]{0,160}\b(?:following|these|below|listed)\b[^:.;]{0,80}:\s+(?=\S)|^[^:.;]{3,160}\b(?:accommodations?|modifications?"
    r"|services|supports|aids)(?: and/?(?: ?or)? (?:accommodations?|modifications?|services|supports|aids))? (?:are"
    r"|include|will be)\s*:\s+(?=\S)",
    re.IGNORECASE,
)


def read_items(reader: Reader, passage: Passage, text: str, at: int, topic: Topic | None, *, is_checked: bool = False) -> None:
    """The promises in the words of a passage, from its character `at`."""
    if topic is None or not topic.kinds:
        return
    text = text.strip()
    if reader.is_amendment:
        found_new = new_wording(text)
        if found_new is None:
            return
        text = found_new[0]
    if (
        (category := re.match(r"^([A-Z][\w/ -]{2,40}):\s+(?=\S)", text))
        and topic.kinds[0] in (ACCOMMODATION, MODIFICATION, SUPPORT)
        and (AREAS.match(category.group(1)) or is_category(category.group(1)))
    ):
        # "Assessment: small group": the label only sorts.
        text = text[category.end() :]
    if text.endswith(":"):
        # "... will be provided with the following accommodations:" only leads to what stands below.
        return
    if topic.kinds != (GOAL,) and (lead := _INTRODUCES.match(text)):
        if ELIGIBLE.search(lead.group(0)):
            # "... is eligible based on the following information: ...": why, not what.
            return
        text = text[lead.end() :]
    if (
        is_empty(text)
        or is_none(text)
        or is_instruction(text)
        or is_example(text)
        or _RIGHTS.search(text)
        or _ABOUT.search(text)
        or (_IN_FORCE.search(text) and not frequencies(text))
    ):
        return
    if re.match(r"^\W*(?:example|sample)s?\b", text, re.IGNORECASE):
        return
    at = passage.text.find(text, max(0, at - 1)) if passage.text.find(text, max(0, at - 1)) >= 0 else at
    if passage.marker and not reader.item_style:
        reader.item_style = style(passage.marker)
    if (
        topic.kinds == (GOAL,)
        and reader.item_style[:1] == "1"
        and len(reader.drafts) > reader.since
        and _LETTERED.match(passage.marker)
        and style(passage.marker) != reader.item_style
        and not reader.names_child(text)
    ):
        # "1a. with a calculator": a step of the goal above.
        return
    found = (
        goals(reader, passage, text, at) if topic.kinds == (GOAL,) else promises(reader, passage, text, at, topic, is_checked)
    )
    reader.add(found)


def style(marker: str) -> str:
    """How items are marked: of "2." and "3." it is the same."""
    return re.sub(r"[a-z]", "a", re.sub(r"\d+", "1", marker.lower()))
