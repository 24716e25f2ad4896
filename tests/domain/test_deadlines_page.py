"""docs/deadlines.md shows the law's table as it is. `python -m tests.domain.test_deadlines_page` writes it anew."""

import re
from collections.abc import Iterator
from pathlib import Path

from domain.deadline_rules import ADJUSTMENTS, RULES, STATE_ROWS, UNITS, WHO_ACTS, Row
from domain.deadlines import REASONS, REFUSED

PAGE = Path(__file__).parents[2] / "docs" / "deadlines.md"
BEGIN, END = "<!-- python -m tests.domain.test_deadlines_page -->\n", "<!-- end -->"


def table() -> str:
    return "\n".join(["", *federal(), "", *states(), "", ""])


def federal() -> Iterator[str]:
    yield "| rule | what | counted | by | law |"
    yield "|---|---|---|---|---|"
    for rule in RULES.values():
        for row in rule.rows:
            yield f"| `{rule.key}` | {rule.label} | {counted(row)} | {WHO_ACTS.get(rule.by or '', '-')} | {row.citation} |"


def states() -> Iterator[str]:
    yield "| state | rule | what | counted | law | |"
    yield "|---|---|---|---|---|---|"
    for row in STATE_ROWS:
        if row.is_shown:
            said = [*(f"`{name}`" for name in row.adjust), *conditions(row)]
            how = "; ".join([counted(row), *said])
            confirm = "confirm with the state" if row.status == "secondary" else ""
            yield f"| {row.state} | `{row.rule}` | {RULES[row.rule].label} | {how} | {row.citation} | {confirm} |"


def counted(row: Row) -> str:
    words, _, _ = row.offset_in_words.partition(":") if row.method == "plain" else (row.offset_in_words, "", "")
    return f"{words} `{row.event}`" if row.method == "plain" else words


def conditions(row: Row) -> Iterator[str]:
    if row.when:
        yield f"where `{row.when[0]}` is `{row.when[1]}`"
    if row.applies_from:
        yield f"events from {row.applies_from}"
    if row.applies_to:
        yield f"events before {row.applies_to}"


def test_the_page_shows_the_table_as_it_is() -> None:
    shown = PAGE.read_text().partition(BEGIN)[2].partition(END)[0]
    assert shown == table(), "write it anew: python -m tests.domain.test_deadlines_page"


def test_the_page_names_all_that_an_answer_can_say() -> None:
    page = PAGE.read_text()
    assert [word for word in (*REASONS, REFUSED, *ADJUSTMENTS) if f"`{word}`" not in page] == []
    assert [many for _, many in UNITS.values() if not re.search(rf"^\| {many} \|", page, re.M)] == []


if __name__ == "__main__":
    before, _, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(before + BEGIN + table() + END + rest.partition(END)[2])
