"""What people put into a form: ticks and boxes, dashes for nothing, the form's own instructions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.reading.block import CHECKED, UNCHECKED

_MARK = re.compile(r"^(?:x|xx|✓|✔|✗|✘|☒|☑|√|●|■|⊠|•|yes|y)\.?$", re.IGNORECASE)
_NO_MARK = re.compile(r"^(?:no|n|☐|□|○|-|–|—|n/?a)\.?$", re.IGNORECASE)
_EMPTY = re.compile(r"^[\s\-–—_.…/*:;,]*$")
_NONE = re.compile(
    r"^\W*(?:n\s?/\s?a|n|none|(?:none|no|nothing) (?:other|others|else|further)|nil|no changes?|unchanged"
    r"|(?:is )?not eligible(?: for \w+( \w+){0,3})?|not applicable|na"
    r"|no|not needed|not required|not necessary|none needed|none required|tbd|"
    r"does not apply|no (?:\w+ ){0,4}(?:are |is )?(?:needed|required|necessary|recommended)(?: at this time)?|"
    r"none(?: at this time| needed| required| indicated)*|not (?:applicable|needed|required|indicated) at this time"
    r"|see (?:attached|above|below|iep|page \d+))\W*$",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"^\W*(?:(?:all|those) that apply|describe|list|indicate|specify|identify|explain|enter|document|state|summarize"
    r"|check (?:all|the|each|any"
    r"|one|here|if|those|box)|mark (?:all|the|each|one|yes|no|an?)\b|"
    r"include|complete (?:this|the|for|if|all|below)|attach|select (?:all|one|the|from)|circle|use (?:this"
    r"|additional) (?:form|page|section|sheet)s?|fill in|note:|note that|"
    r"for each|if (?:yes|no|needed|applicable|any|not|so|the (?:student|child|answer|team))\b|based on|in accordance"
    r"|the (?:iep )?team (?:must|should|shall|has|considered|will (?:consider|determine|review))|"
    r"(?:this|the following) (?:section|page|form)\b|each goal must|see instructions|(?:directions"
    r"|instructions?)(?: for [^:.]{1,40})?:|idea requires|the district (?:must|shall)|the law|statement of)\b",
    re.IGNORECASE,
)
_FORM_WORDS = re.compile(
    r"\b(?:services?|accommodations?|modifications?|supports?|goals?|below|apply|applies|team|iep|student|child|needed"
    r"|provided|aids?|describe|needs?|form|section|page|"
    r"boxes|box|following|above|area|explain|yes|no|appropriate)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"^\W*(?:e\.?\s?g\.?\b|for example|examples?\b|such as\b|sample\b|i\.e\.)", re.IGNORECASE)
_BOX = re.compile(f"[{CHECKED}{UNCHECKED}☑□]")
_YES_NO = re.compile(
    r"^\W*(yes|no|n/?a|not applicable|not needed|not required|none|none needed|does not apply)\b[\s.:,;–—-]*", re.IGNORECASE
)


def is_mark(text: str) -> bool:
    """Whether a cell is ticked and says nothing else."""
    return bool(_MARK.match(text.strip()))


def is_no_mark(text: str) -> bool:
    """Whether a cell of ticks says no, or nothing."""
    return is_empty(text) or bool(_NO_MARK.match(text.strip()))


def is_empty(text: str) -> bool:
    """Whether nobody filled it in: nothing, a dash, a line to write on."""
    return bool(_EMPTY.match(text))


def is_none(text: str) -> bool:
    """Whether it says that there is nothing ("N/A", "None needed")."""
    return len(text) < 120 and bool(_EMPTY.match(text) or _NONE.match(text))


def is_instruction(text: str) -> bool:
    """Whether the form speaks here, to those who fill it in."""
    return bool(_INSTRUCTION.match(text)) and bool(_FORM_WORDS.search(text[:300]))


_FOLLOWS_YES = re.compile(
    r"^\W*(?:if (?:yes|so|checked|needed|required)\b[^:]{0,70}|(?:please )?(?:describe|specify|explain|list"
    r"|details?)\b[^:]{0,40}|type)\s*:\s*(?=\S)",
    re.IGNORECASE,
)


def after_yes(text: str) -> str | None:
    """What is written behind "If yes, describe:"."""
    match = _FOLLOWS_YES.match(text)
    return text[match.end() :] if match else None


def is_example(text: str) -> bool:
    """Whether it is an example that the form prints."""
    return bool(_EXAMPLE.match(text))


@dataclass(frozen=True)
class Boxed:
    """A box with what stands at it; `start` and `end` of that in the text."""

    is_checked: bool
    label: str
    start: int
    end: int


def has_box(text: str) -> bool:
    """Whether a check box stands in a text."""
    return bool(_BOX.search(text))


def boxes(text: str) -> Iterator[Boxed]:
    """Each box with its label: after it, or before where the text begins with a label and ends with a box."""
    found = list(_BOX.finditer(text))
    if not found:
        return
    comes_after = bool(text[: found[0].start()].strip()) and not text[found[-1].end() :].strip()
    for index, box in enumerate(found):
        if comes_after:
            start = found[index - 1].end() if index else 0
            end = box.start()
        else:
            start = box.end()
            end = found[index + 1].start() if index + 1 < len(found) else len(text)
        label = text[start:end]
        start += len(label) - len(label.lstrip())
        yield Boxed(box.group(0) in (CHECKED, "☑"), label.strip(), start, start + len(label.strip()))


def before_boxes(text: str) -> str:
    """What stands before the first box."""
    found = _BOX.search(text)
    return text[: found.start()].strip() if found else text.strip()


_AFTER = re.compile(
    rf"\b(yes|no|n/a|none|not (?:applicable|needed|required))\b\s*:?\s*([{CHECKED}{UNCHECKED}☑□])", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"([{CHECKED}{UNCHECKED}☑□])\s*(yes|no|n/a|none|needed|required|not (?:applicable|needed|required|eligible)"
    rf"|does not apply)\b",
    re.IGNORECASE,
)
_YES_WORDS = frozenset(("yes", "needed", "required"))
_TAIL = re.compile(
    r"[\s.,;:]{2,}\S|\W*(?:if (?:yes|so)|describe|specify|type|list|explain|details?|comments?|please)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Answer:
    """A question with boxes for yes and no: what stands before them, what is checked, and what is written behind it."""

    lead: str
    said: bool | None
    rest: str
    rest_at: int


def answer(text: str) -> Answer | None:
    """Yes or no, where boxes stand for it; None where none do."""
    first = _BOX.search(text)
    if not first:
        return None
    leads = re.search(r"\b(?:yes|no)\s*:?\s*$", text[: first.start()], re.IGNORECASE)
    found = list((_AFTER if leads else _BEFORE).finditer(text))
    if not found:
        return None
    words = [(match.group(1) if leads else match.group(2)).lower() for match in found]
    if (
        not _YES_WORDS & set(words)
        and len(_BOX.findall(text)) > len(found)
        and not any((match.group(2) if leads else match.group(1)) in (CHECKED, "☑") for match in found)
    ):
        # "☐ None ☒ Special transportation": one of several choices, not a question.
        return None
    lead = text[: found[0].start()].strip()
    for index, match in enumerate(found):
        word, box = (match.group(1), match.group(2)) if leads else (match.group(2), match.group(1))
        if box not in (CHECKED, "☑"):
            continue
        is_yes = word.lower() in _YES_WORDS
        end = found[index + 1].start() if index + 1 < len(found) and not leads else len(text)
        start = found[-1].end() if leads else match.end()
        if end < len(text) and is_yes and not text[start:end].strip(" .,:;–—-") and _TAIL.match(text, found[-1].end()):
            # "☒ Yes ☐ No   If yes, describe: ...".
            start, end = found[-1].end(), len(text)
        rest = text[start:end]
        start += len(rest) - len(rest.lstrip(" .,:;–—-\t"))
        return Answer(lead, is_yes, text[start:end].strip(), start)
    return Answer(lead, None, "", len(text))


def yes_or_no(text: str) -> tuple[bool | None, str]:
    """What boxes for yes and no say (None: there are none, or none is checked), and what is written behind the checked one."""
    found = answer(text)
    return (found.said, found.rest) if found else (None, "")


def is_answer(label: str) -> bool:
    """Whether the label of a box is yes, no or the like."""
    return bool(_YES_NO.match(label + " "))


def chosen(text: str) -> str:
    """Of a text with boxes only what is checked, after what leads to it; else the text."""
    if not has_box(text):
        return text
    lead = before_boxes(text)
    picked = [each for each in boxes(text) if each.label]
    labels = [each.label.strip(" ,;") for each in picked if each.is_checked]
    comes_before = picked and lead and text.find(picked[0].label) <= text.find(lead)
    return " ".join(filter(None, ["" if comes_before else lead.rstrip(" :"), ", ".join(labels)]))


def with_choices(text: str) -> str:
    """A sentence with boxes in it, with what is checked and without what is not: "☐ individual ☒ group, in the room"."""
    text = re.sub(rf"[{UNCHECKED}□][^{CHECKED}{UNCHECKED}☑□,;.\n]*", "", text)
    return " ".join(re.sub(rf"[{CHECKED}☑]\s*", "", text).split()).replace(" ,", ",")
