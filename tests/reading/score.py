"""How well IEP documents are read: what a reading has in common with what a person found in the same document.

`expected.jsonl` holds a line for each document. A key that a line or a provision leaves out is not scored, nor is a null
`page` or `line`; `also` holds further right answers for a field or the kind. Run it with the folder of the documents:

    python -m tests.reading.score tests/reading/documents tests/reading/expected.jsonl
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Reading = dict[str, Any]
Provision = dict[str, Any]
Read = Callable[[bytes], Reading]

FIELDS = ("minutes", "times", "per", "setting", "provider_role", "starts_on", "ends_on")
ABOUT_THE_DOCUMENT = ("document_kind", "language", "student_initials", "effective_from", "effective_to")
# Two texts are of one promise from here; a reading says so itself from there.
ALIKE, CONFIDENT = 0.5, 0.8
# What agrees besides the text decides between two rows of one text (direct and consult), and never against the text.
OF_THE_FIELDS = 0.25

_WORDS = re.compile(r"[^\W_]+")
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "will", "with"))


def words(text: str) -> list[str]:
    """The words of a text: case, spaces and punctuation do not count."""
    return _WORDS.findall(text.casefold().replace("’", "").replace("'", ""))


def likeness(expected: Provision, text: str) -> float:
    """From 0 to 1, how far a text is the expected one, or made of the words of its source and as long as the expected one."""
    read = Counter(word for word in words(text) if word not in _SMALL)
    wanted = Counter(word for word in words(expected["text"]) if word not in _SMALL)
    allowed = Counter(word for word in words(expected["source"]) if word not in _SMALL) | wanted
    if not read or not wanted:
        return 0.0
    common = (read & wanted).total()
    from_source = (read & allowed).total()
    dice = 2 * common / (read.total() + wanted.total())
    return max(dice, from_source / read.total() * min(1.0, from_source / wanted.total()))


def is_right(expected: Provision, name: str, value: object) -> bool:
    """Whether a field holds what the line says, or one of the further right answers."""
    answers = [expected[name], *expected.get("also", {}).get(name, ())]
    if isinstance(value, str):
        return any(isinstance(answer, str) and words(answer) == words(value) for answer in answers)
    return value in answers


def scored(expected: Provision) -> list[str]:
    """The fields that the line decides."""
    return [name for name in FIELDS if name in expected]


def pair(expected: Sequence[Provision], read: Sequence[Provision]) -> list[tuple[int, int]]:
    """The expected and the read provisions that are of one promise, each at most once, the likest first."""
    likely = []
    for i, wanted in enumerate(expected):
        names = scored(wanted)
        for j, got in enumerate(read):
            if is_right(wanted, "kind", got["kind"]) and (alike := likeness(wanted, got["text"])) >= ALIKE:
                right = sum(is_right(wanted, name, got.get(name)) for name in names) / max(1, len(names))
                likely.append((alike + OF_THE_FIELDS * right + _same_place(wanted, got), i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(likely, key=lambda one: (-one[0], one[1], one[2])):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def _same_place(expected: Provision, read: Provision) -> float:
    """A little for the very place: the same promise may stand in a document twice."""
    places = [name for name in ("page", "line") if expected.get(name) is not None]
    return 0.1 if places and all((read.get("source") or {}).get(name) == expected[name] for name in places) else 0.0


@dataclass(frozen=True)
class Score:
    """What one reading is worth. Every pair is (right, of how many)."""

    file: str
    outcome: tuple[int, int] = (0, 0)
    recall: tuple[int, int] = (0, 0)
    precision: tuple[int, int] = (0, 0)
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)
    places: tuple[int, int] = (0, 0)
    about: dict[str, tuple[int, int]] = field(default_factory=dict)
    warnings: tuple[int, int] = (0, 0)
    confident: tuple[int, int] = (0, 0)
    doubtful: tuple[int, int] = (0, 0)
    forbidden: tuple[int, int] = (0, 0)
    # Sentences for people: what was missed, made up, wrong, or should not have been read.
    remarks: tuple[str, ...] = ()


def score(expected_line: dict[str, Any], reading: Reading) -> Score:
    """Compare one reading with the line of its document."""
    remarks: list[str] = []
    refusal = reading.get("refusal") or {}
    wanted_refusal = expected_line.get("refusal")
    if isinstance(wanted_refusal, dict):
        wanted_refusal = wanted_refusal["reason"]
    outcome = refusal.get("reason") == wanted_refusal
    if not outcome:
        remarks.append(f"outcome: {refusal.get('reason') or 'read'}, not {wanted_refusal or 'read'} ({refusal.get('detail')})")

    expected: list[Provision] = expected_line.get("provisions", [])
    read: list[Provision] = reading.get("provisions") or []
    pairs = pair(expected, read)
    fields = {name: [0, 0] for name in FIELDS}
    places = [0, 0]
    flawless: set[int] = set()
    for i, j in pairs:
        mistakes = _mistakes(expected[i], read[j], fields)
        remarks += [f"field: {one} in {expected[i]['text']!r}" for one in mistakes]
        if not mistakes:
            flawless.add(j)
        for name in ("page", "line"):
            if expected[i].get(name) is not None:
                place = (read[j].get("source") or {}).get(name)
                places[0] += place == expected[i][name]
                places[1] += 1
                if place != expected[i][name]:
                    remarks.append(f"place: {name} {place}, not {expected[i][name]}, of {expected[i]['text']!r}")
    found, matched = {i for i, _ in pairs}, {j for _, j in pairs}
    remarks += [f"missed: {one['kind']} {one['text']!r}" for i, one in enumerate(expected) if i not in found]
    remarks += [f"made up: {one['kind']} {one['text']!r}" for j, one in enumerate(read) if j not in matched]

    broken = [one for one in expected_line.get("must_not_read", []) if _holds(reading, one)]
    remarks += [f"must not be read: {one['text']!r}, {one['why']}" for one in broken]
    about = _about(expected_line, reading, remarks) if outcome else {}
    sure = [j for j, one in enumerate(read) if (one.get("confidence") or 0) >= CONFIDENT]
    unsure = [j for j in range(len(read)) if j not in sure]
    return Score(
        file=expected_line["file"],
        outcome=(int(outcome), 1),
        recall=(len(pairs), len(expected)),
        precision=(len(pairs), len(read)),
        fields={name: (right, of) for name, (right, of) in fields.items()},
        places=(places[0], places[1]),
        about=about,
        warnings=_warnings(expected_line, reading, remarks) if outcome else (0, 0),
        confident=(len(flawless.intersection(sure)), len(sure)),
        doubtful=(len(flawless.intersection(unsure)), len(unsure)),
        forbidden=(len(broken), len(expected_line.get("must_not_read", []))),
        remarks=tuple(remarks),
    )


def _mistakes(expected: Provision, read: Provision, fields: dict[str, list[int]]) -> list[str]:
    """The wrong fields of a pair, counted and in words."""
    mistakes = []
    for name in scored(expected):
        value = read.get(name)
        right = is_right(expected, name, value)
        fields[name][0] += right
        fields[name][1] += 1
        if not right:
            mistakes.append(f"{name} {value!r}, not {expected[name]!r}")
    return mistakes


def _about(expected_line: dict[str, Any], reading: Reading, remarks: list[str]) -> dict[str, tuple[int, int]]:
    """What is said of the document as a whole; of a refused one only its kind and language."""
    about = {}
    for name in ABOUT_THE_DOCUMENT:
        if name in expected_line and (not expected_line.get("refusal") or expected_line[name] is not None):
            right = reading.get(name) == expected_line[name]
            about[name] = (int(right), 1)
            if not right:
                remarks.append(f"document: {name} {reading.get(name)!r}, not {expected_line[name]!r}")
    return about


def _warnings(expected_line: dict[str, Any], reading: Reading, remarks: list[str]) -> tuple[int, int]:
    """Warnings are right when they are given, of the very pages, and no other is."""
    if "warnings" not in expected_line:
        return (0, 0)
    wanted = {one["code"]: one.get("pages") for one in expected_line["warnings"]}
    given = {one["code"]: one.get("pages") for one in reading.get("warnings") or []}
    right = 0
    for code in sorted(wanted.keys() | given.keys()):
        is_same = code in wanted and code in given and wanted[code] in (None, given[code])
        right += is_same
        if not is_same:
            remarks.append(f"warning: {code} {given.get(code, 'not given')}, not {wanted.get(code, 'expected')}")
    return (right, len(wanted.keys() | given.keys()))


def _holds(reading: Reading, forbidden: dict[str, str]) -> bool:
    """Whether the words were read as a promise; a name may stand nowhere but in a goal."""
    is_name = "name" in forbidden["why"]
    texts: list[str] = []
    for one in reading.get("provisions") or []:
        if is_name and one["kind"] == "goal":
            continue
        texts += [one.get("text") or "", one.get("setting") or "", one.get("provider_role") or ""]
        if is_name:
            texts.append((one.get("source") or {}).get("quote") or "")
    if is_name:
        texts += [str(one.get("detail")) for one in (*(reading.get("warnings") or ()), reading.get("refusal") or {})]
    sought = f" {' '.join(words(forbidden['text']))} "
    return any(sought in f" {' '.join(words(text))} " for text in texts)


def expected_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of an `expected.jsonl`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scores(folder: Path, expected: Path, read: Read) -> list[Score]:
    """Read every document of a folder that has a line, and compare."""
    found = []
    for line in expected_lines(expected):
        found.append(score(line, read((folder / line["file"]).read_bytes())))
    return found


def total(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The sum of such pairs."""
    right = of = 0
    for one in pairs:
        right, of = right + one[0], of + one[1]
    return right, of


def _share(name: str, pair_: tuple[int, int]) -> str:
    right, of = pair_
    return f"{name:28}{right:5} of {of:5}  {100 * right / of:6.1f}%" if of else f"{name:28}    - of     0"


def summary(found: Sequence[Score]) -> list[str]:
    """The figures over all documents, a line for each."""
    lines = [
        _share("outcome and refusal", total(one.outcome for one in found)),
        _share("provisions: recall", total(one.recall for one in found)),
        _share("provisions: precision", total(one.precision for one in found)),
        _share("fields", total(pair_ for one in found for pair_ in one.fields.values())),
    ]
    lines += [_share(f"  {name}", total(one.fields[name] for one in found)) for name in FIELDS]
    lines.append(_share("page, line", total(one.places for one in found)))
    lines += [_share(name, total(one.about.get(name, (0, 0)) for one in found)) for name in ABOUT_THE_DOCUMENT]
    lines += [
        _share("warnings", total(one.warnings for one in found)),
        _share(f"right, confidence >= {CONFIDENT}", total(one.confident for one in found)),
        _share("right, less confident", total(one.doubtful for one in found)),
        _share("must not be read, and was", total(one.forbidden for one in found)),
    ]
    return lines


def _as_the_product(content: bytes) -> Reading:
    from scheduling.document_reading import read_in_child

    return read_in_child(content)


def main(arguments: Sequence[str], read: Read | None = None) -> None:
    """Print a line for each document with what is wrong in it, then the figures. Without `read`, the product reads."""
    folder, expected = Path(arguments[0]), Path(arguments[1])
    found = scores(folder, expected, read or _as_the_product)
    for one in found:
        right, of = total(one.fields.values())
        print(
            f"{one.file}: outcome {'right' if one.outcome[0] else 'WRONG'}, found {one.recall[0]} of {one.recall[1]},"
            f" made up {one.precision[1] - one.precision[0]}, fields {right} of {of}, forbidden {one.forbidden[0]}"
        )
        for remark in one.remarks:
            print(f"    {remark}")
    print(*summary(found), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
