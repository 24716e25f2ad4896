"""Precision and recall of findings over all labelled statements, and the share of right elements.

A found and a labelled finding match when their categories are equal and they overlap by at least half of the longer one; each
matches once.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.wording import CATEGORIES, ELEMENTS, Wording, weigh


def labelled(*names: str) -> Iterator[dict[str, Any]]:
    """The lines of the files beside this one, or of those named."""
    for path in sorted(Path(__file__).parent.glob("*.jsonl")):
        if not names or path.stem in names:
            with path.open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)


@dataclass
class Score:
    """What was found, labelled and matched, by category; which elements were right; what was not, in words."""

    statements: int = 0
    found: Counter[str] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def precision(self, *categories: str) -> float:
        return _share(self.matched, self.found, categories or CATEGORIES)

    def recall(self, *categories: str) -> float:
        return _share(self.matched, self.stored, categories or CATEGORIES)

    def element(self, name: str) -> float:
        return self.right[name] / (self.statements or 1)

    @property
    def elements(self) -> float:
        return sum(map(self.element, ELEMENTS)) / len(ELEMENTS)

    def add(self, label: dict[str, Any], wording: Wording) -> None:
        """Counts one statement."""
        self.statements += 1
        left = [(each["category"], each["start"], each["end"]) for each in label["findings"]]
        self.stored.update(category for category, _, _ in left)
        for finding in wording.findings:
            self.found[finding.category] += 1
            one = (finding.category, finding.start, finding.end)
            match = next((other for other in left if _match(one, other)), None)
            if match:
                left.remove(match)
                self.matched[finding.category] += 1
            else:
                self.misses.append(f"{label['id']}: {finding.category} {finding.term!r} is too much in: {label['text']}")
        for category, start, end in left:
            self.misses.append(f"{label['id']}: {category} {label['text'][start:end]!r} is not found in: {label['text']}")
        for name in ELEMENTS:
            said, meant = wording.elements[name], label["elements"][name]
            self.right[name] += said == meant
            if said != meant:
                self.misses.append(f"{label['id']}: {name} is {meant}, not {said}, in: {label['text']}")


def score(labels: Iterable[dict[str, Any]]) -> Score:
    """The analysis measured by these labels."""
    whole = Score()
    for label in labels:
        whole.add(label, weigh(label["text"], label["kind"]))
    return whole


def _match(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    overlap = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and 2 * overlap >= max(one[2] - one[1], other[2] - other[1]) and overlap > 0


def _share(part: Counter[str], whole: Counter[str], categories: Iterable[str]) -> float:
    parts, wholes = (sum(counter[each] for each in categories) for counter in (part, whole))
    return parts / wholes if wholes else 1.0
