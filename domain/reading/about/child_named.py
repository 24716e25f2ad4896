"""Whose document it is: the name behind a label of the form, or of whom the goals speak."""

import re
from collections.abc import Iterator

from domain.listed import listed
from domain.reading.about.child import Child, child_of
from domain.reading.about.texts import contexts, texts
from domain.reading.block import Line, Pages
from domain.vocabulary import all_roles

_NAME_LABEL = re.compile(
    r"(?:^|[\s(|])(?P<label>(?:legal )?(?:student|child|pupil|learner)(?:'s|’s)?(?: legal"
    r"| full)?(?: name)?(?: ?\([^)]*\))?|name of (?:the )?(?:student|child|pupil|learner)|(?:full "
    r"|legal )?name(?: of student)?(?: ?\([^)]*\))?|"
    r"who is this (?:plan |iep )?for\??|this (?:plan|iep) is for|prepared for|i\.?e\.?p\.? (?:of|for)"
    r"|individuali[sz]ed education(?:al)? (?:program|plan) (?:of|for)|(?:program|plan) (?:of|for)|(?:written|prepared"
    r"|made|drawn up|developed) for|for(?=\s{0,3}:)|of(?=:)|re)\s*(?:[:|#–—]|\s{2,}|(?<=\?)|(?<=\bof)|(?<=\bfor))\s*(?=[A-Z])",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile(
    r"\b(?:(?P<first>first|given)|(?P<last>last|family|sur))[ -]?name\s*[:|]?\s+(?P<name>[A-Z][\w'’-]+)", re.IGNORECASE
)
_OTHERS_NAME = re.compile(
    r"\b(?:parent|guardian|teacher|manager|school|district|mother|father|contact|case|doctor|physician|building|agency"
    r"|provider|signature|principal|service|goal|program|file|form)\b",
    re.IGNORECASE,
)


def child_in(pages: Pages) -> Child:
    """The child whom the document is about."""
    candidates: list[tuple[int, Child]] = []
    first = last = ""
    for index, text in enumerate(contexts(pages)):
        if index > 400:
            break
        for match in _PART_OF_NAME.finditer(text):
            if not _OTHERS_NAME.search(text[: match.start()][-25:]):
                first = first or (match.group("name") if match.group("first") else "")
                last = last or (match.group("name") if match.group("last") else "")
        candidates += [(weight - (2 if index > 60 else 0), child) for weight, child in _named(text)]
    for index, block in enumerate(pages.blocks[:60]):
        # A line by itself: no words of the line below are taken for the family's name.
        if isinstance(block, Line) and index < 60:
            candidates += [(weight + bool(child.family), child) for weight, child in _named(block.text)]
    if first and last:
        candidates.append((7, Child((first,), (last,))))
    for text in pages.margins:
        named = re.match(r"^\W*([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?, [A-Z][\w'’-]+)", text)
        child = child_of(named.group(1)) if named else None
        if child:
            candidates.append((3, child))
    best = max(candidates, key=lambda one: one[0], default=None)
    return best[1] if best else _child_in_goals(pages)


def _named(text: str) -> Iterator[tuple[int, Child]]:
    """Who stands behind a label for the child's name, and how surely it is one."""
    at = 0
    while match := _NAME_LABEL.search(text, at):
        label = match.group("label").lower()
        # "IEP for Student: Ana": the next label may begin where this one ends.
        at = max(match.end("label"), at + 1)
        if _OTHERS_NAME.search(text[max(0, match.start() - 18) : match.start()]) and label.startswith(
            ("name", "full", "legal", "re")
        ):
            continue
        rest = text[match.end() :]
        if not rest[:1].isupper():
            continue
        child = child_of(rest)
        if child and child.given:
            weight = (
                5
                if label.startswith(("student", "child", "pupil", "learner", "name of", "who"))
                else 4
                if re.match(r"(?:i\.?e|indiv|this|prog|plan|prepared)", label)
                else 2
            )
            yield weight + bool(child.family), child


_ACTING = re.compile(r"(?:^|[.,:;]\s|\d[.)]\s)([A-Z][a-z'’-]{1,20}) (?:will|shall|is able|can|has|needs|reads|writes)\b")
_NO_CHILD = listed(
    """
    He She They It Student Students Teacher Teachers Staff Parent Parents Team School District The This That Services
    Progress Data Child We You There Who Which What Therapist Psychologist Nurse Paraprofessional Aide Learner Pupil Speech
    Mother Father Family Everyone Each All Both Transportation Therapy Instruction
    """
)


def _child_in_goals(pages: Pages) -> Child:
    """Of whom the goals speak, where no label names the child: a word that acts more than once, or in a goal."""
    counts: dict[str, int] = {}
    for text in texts(pages):
        for match in _ACTING.finditer(text[:2000]):
            if match.group(1) not in _NO_CHILD and not all_roles(match.group(1)):
                counts[match.group(1)] = counts.get(match.group(1), 0) + 1
    name = max(counts, key=lambda word: counts[word], default="")
    return Child((name,), (), is_guessed=True) if name else Child()
