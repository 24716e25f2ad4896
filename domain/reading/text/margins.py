"""Heads and feet of the pages of a plain text."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from domain.reading.text.written import Written, is_rule

_PAGE_NUMBER = re.compile(
    r"\bpage\s*\d{1,3}\b|\bp(?:g|\.)\.? ?\d{1,3}\b|^\W*\d{1,3}\W*$|\b\d{1,3} (?:of|/) \d{1,3}\W*$", re.IGNORECASE
)


def without_digits(text: str) -> str:
    """A text without its numbers, which change from page to page."""
    return " ".join(re.sub(r"\d+", "#", text).split()).lower()


def margins_of(lines: Sequence[Written]) -> set[int]:
    """The numbers of lines that are heads and feet of pages: by form feeds, or around the lines that count the pages."""
    found: set[int] = set()
    breaks = [at for at, line in enumerate(lines) if line.begins_page]
    if not breaks:
        counted = [
            at for at, line in enumerate(lines) if len(line.text.strip()) < 120 and _PAGE_NUMBER.search(line.text.strip())
        ]
        alike = Counter(without_digits(lines[at].text) for at in counted)
        feet = [
            at
            for at in counted
            if alike[without_digits(lines[at].text)] > 1
            or re.fullmatch(r"\W*page\s*\d+( of \d+)?\W*", lines[at].text.strip().lower())
        ]
        found.update(lines[at].number for at in feet)
        held = set(feet)
        # What stands beside a page's number on more than one page goes with it.
        beside: Counter[str] = Counter()
        near: dict[int, list[int]] = {}
        for at in feet:
            near[at] = [
                one for one in range(max(at - 4, 0), min(at + 5, len(lines))) if one not in held and lines[one].text.strip()
            ]
        beside.update(without_digits(lines[one].text) for one in {one for ones in near.values() for one in ones})
        for at in feet:
            found.update(
                lines[one].number
                for one in near[at]
                if beside[without_digits(lines[one].text)] > max(1, len(feet) // 2) and not is_rule(lines[one].text)
            )
        return found
    edges = [0, *[at for at in breaks if at > 0], len(lines)]
    pages = [
        [line for line in lines[begin:end] if line.text.strip() and not is_rule(line.text)] for begin, end in pairwise(edges)
    ]
    pages = [page for page in pages if page]
    for outermost in ([page[:4] for page in pages], [page[::-1][:4] for page in pages]):
        alike = Counter(text for lines in outermost for text in {without_digits(line.text) for line in lines})
        for lines in outermost:
            for line in lines:
                repeats = alike[without_digits(line.text)]
                if repeats < 2 or repeats * 2 < len(pages):
                    break
                found.add(line.number)
    return found


def without_page_ends(lines: Sequence[Written], margins: set[int]) -> list[Written]:
    """The lines without heads and feet, and with one blank line at most where they stood."""
    kept: list[Written] = []
    is_at_edge = False
    for line in lines:
        if line.number in margins:
            is_at_edge = True
        elif line.text.strip():
            kept.append(line)
            is_at_edge = False
        elif not is_at_edge:
            kept.append(line)
        if is_at_edge:
            while len(kept) > 1 and not kept[-1].text.strip() and not kept[-2].text.strip():
                kept.pop()
            if kept and kept[-1].text.strip() and line.number not in margins:
                kept.append(line)
    return kept
