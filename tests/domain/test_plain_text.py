"""Plain text: lines with their numbers, and the tables that are drawn with signs and blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.reading.block import Line, Pages, Row
from domain.reading.document import Unreadable
from domain.reading.plain_text import of_text, taken_apart


def told(pages: Pages) -> list[tuple[int, str]]:
    return [
        (one.source.line, one.text if isinstance(one, Line) else " | ".join(cell.text for cell in one.cells))
        for one in pages.blocks
    ]


def texts(text: str) -> list[str]:
    return [said for _, said in told(of_text(text))]


def test_lines_keep_their_numbers_and_indents() -> None:
    found = of_text("IEP\n\n  Goals\n\t(a) Ana will read.\r\nEnd\rof it")
    assert told(found) == [(1, "IEP"), (3, "Goals"), (4, "(a) Ana will read."), (5, "End"), (6, "of it")]
    assert [one.indent for one in found.blocks if isinstance(one, Line)] == [0, 2, 8, 0, 0]


def test_a_line_that_the_text_wrapped_goes_on() -> None:
    found = of_text(
        "Ana will arrive in class with a book, a pencil and a planner on nine of\n"
        "ten days. She will take notes.\n"
        "    (1) Study skills: 40 minutes; learning lab; special education teacher;\n"
        "        8/25/25 to 8/24/26\n"
        "    (2) Speech: 25 minutes\n"
        "Setting: the room\n"
    )
    assert [one.continues for one in found.blocks if isinstance(one, Line)] == [False, True, False, True, False, False]


def test_a_word_parted_at_the_end_of_a_line_is_marked() -> None:
    found = of_text(
        "The student will receive specialized instruc-\ntion in reading, and instruction in speech-\nlanguage skills.\n"
    )
    assert texts("The student will receive specialized instruc-\ntion in reading.\n")[0].endswith("instruc\xad")
    assert told(found)[1][1].endswith("speech-")


def test_headings_are_underlined_marked_up_or_between_rules() -> None:
    heads = "GOALS\n=====\n\nServices\n--------\n## Notes\n------ SERVICE 1 ------\n"
    found = of_text(heads + "**Bold words**\ntext\n")
    lines = [one for one in found.blocks if isinstance(one, Line)]
    assert [(one.text, one.heading) for one in lines[:4]] == [("GOALS", 1), ("Services", 2), ("Notes", 2), ("SERVICE 1", 2)]
    assert (lines[4].text, lines[4].is_bold) == ("Bold words", True)


def test_a_table_of_pipes() -> None:
    text = "| Service | Minutes |\n|---|---:|\n| Speech | 30 |\n| Reading | |\n\nEnd | of"
    found = of_text(text)
    assert told(found) == [(1, "Service | Minutes"), (3, "Speech | 30"), (4, "Reading | "), (6, "End | of")]
    assert [one.is_heading for one in found.blocks if isinstance(one, Row)] == [True, False, False]


def test_a_grid_whose_rows_are_wrapped() -> None:
    text = (
        "+---------+----------+\n| Service | Place    |\n+---------+----------+\n"
        "| Speech  | Speech   |\n| therapy | room     |\n"
        "+---------+----------+\n| Reading | Lab      |\n+---------+----------+\n"
    )
    assert texts(text) == ["Service | Place", "Speech therapy | Speech room", "Reading | Lab"]


def test_a_table_of_aligned_columns() -> None:
    text = (
        "Service            Minutes  Frequency     Place\n"
        "-----------------  -------  ------------  ---------------\n"
        "Speech therapy          30  2x per week   Speech room\n"
        "Specially designed      45  Daily         General education\n"
        "  instruction                             classroom\n"
        "Counseling              20  Monthly       Office\n"
    )
    assert texts(text) == [
        "Service | Minutes | Frequency | Place",
        "Speech therapy | 30 | 2x per week | Speech room",
        "Specially designed instruction | 45 | Daily | General education classroom",
        "Counseling | 20 | Monthly | Office",
    ]


def test_labels_with_values_and_boxes_with_labels_are_lines() -> None:
    labels = "Name: Ana       Grade: 4\nBorn: 5/5/2016  School: Elm\nRoom: 12        Team: B\n\n"
    text = labels + "[x] Reader      [ ] Scribe\n[ ] Breaks      [x] Seat\n[x] Notes       [ ] Lamp\n"
    found = of_text(text)
    assert all(isinstance(one, Line) for one in found.blocks)
    assert texts(text)[3] == "☒ Reader      ☐ Scribe"


def test_heads_and_feet_of_pages_are_left_out() -> None:
    pages = "".join(
        f"IEP of Ana        Elm School\n\nText of page {word}.\n\nPage {at} of 3\n\f"
        for at, word in ((1, "a"), (2, "b"), (3, "c"))
    )
    found = of_text(pages)
    assert [text for _, text in told(found)] == ["Text of page a.", "Text of page b.", "Text of page c."]
    assert "IEP of Ana Elm School" in found.margins
    without_feeds = "One.\n\nPage 1 of 2\n\nTwo.\n\nPage 2 of 2\n"
    assert texts(without_feeds) == ["One.", "Two."]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Unreadable):
        taken_apart(b"\0\1\2")


@given(some.text(alphabet=some.sampled_from("ab |-_[]x().:=+ \n\t\f☐✓1"), max_size=300))
def test_any_text_is_taken_apart(text: str) -> None:
    found = of_text(text)
    assert all(0 < one.source.line <= text.count("\n") + 1 for one in found.blocks)
    assert sum(isinstance(one, Line) and not one.text for one in found.blocks) == 0
