"""Plain text: lines with their numbers, and the tables that are drawn with signs and blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.reading.block import Line, Pages, Row
from domain.reading.text.plain_text import of_text, taken_apart
from domain.reading.unreadable import Unreadable
from tests.walks import each


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


def cells(text: str) -> list[list[str]]:
    """The rows of the tables in a text."""
    return [[cell.text for cell in one.cells] for one in of_text(text).blocks if isinstance(one, Row)]


SESSIONS = """\
Special Education and Related Services
Service             Sessions  Per    Begin       Location of       Provider
                              unit   date        services
------------------  --------  -----  ----------  ----------------  ---------------------
Direct Services
Resource math          4      week   08/03/2026  Resource room     Special education
                                                                   teacher
Inclusion science      5      week   08/03/2026  General           Educational assistant
                                                 education class
Nursing services       1      day    08/03/2026  Clinic            School nurse
Consultation
Vision services        2      year   08/03/2026  General           Teacher of the
                                                 education class   visually impaired
                              TOTAL  12
"""


def test_dashes_below_a_heading_of_two_lines_show_the_columns() -> None:
    found = of_text(SESSIONS)
    assert told(found)[0] == (1, "Special Education and Related Services")
    rows = cells(SESSIONS)
    assert rows[0] == ["Service", "Sessions", "Per unit", "Begin date", "Location of services", "Provider"]
    assert rows[1] == ["Direct Services", "", "", "", "", ""]
    assert rows[2] == ["Resource math", "4", "week", "08/03/2026", "Resource room", "Special education teacher"]
    assert [row[0] for row in rows[3:]] == ["Inclusion science", "Nursing services", "Consultation", "Vision services", ""]
    assert rows[6][4:] == ["General education class", "Teacher of the visually impaired"]
    assert [one.is_heading for one in found.blocks if isinstance(one, Row)].count(True) == 1


def test_a_heading_that_the_next_page_repeats_is_told_once() -> None:
    head = "                    AMOUNT OF\nSERVICE             TIME       PLACE\n------------------  ---------  -------\n"
    text = (
        head
        + "READING             45 MIN     RESOURCE\nINSTRUCTION                    ROOM\n"
        + head
        + "SPEECH THERAPY      AS NEEDED  OFFICE\n"
    )
    found = of_text(text)
    assert cells(text) == [
        ["SERVICE", "AMOUNT OF TIME", "PLACE"],
        ["READING INSTRUCTION", "45 MIN", "RESOURCE ROOM"],
        ["SPEECH THERAPY", "AS NEEDED", "OFFICE"],
    ]
    assert len({one.table for one in found.blocks if isinstance(one, Row)}) == 1


def test_columns_below_a_heading_without_dashes() -> None:
    text = (
        "Service            Amount of      How         Provider        To\n"
        "                   time           often\n"
        "Reading support    30 minutes     4x/week     Special ed.     9/7/27\n"
        "                                              teacher\n"
        "Occupational       30 minutes     3x/month    OT              6/1/27\n"
        "therapy\n"
        "Counseling         As needed                  School          6/1/27\n"
        "                                              psychologist\n"
        "\n"
        "ACCOMMODATION           YES   NO   CLASSES\n"
        "Extra time               X         All\n"
        "Scribe                        X\n"
        "Reader for directions    X         Math\n"
    )
    assert cells(text) == [
        ["Service", "Amount of time", "How often", "Provider", "To"],
        ["Reading support", "30 minutes", "4x/week", "Special ed. teacher", "9/7/27"],
        ["Occupational therapy", "30 minutes", "3x/month", "OT", "6/1/27"],
        ["Counseling", "As needed", "", "School psychologist", "6/1/27"],
        ["ACCOMMODATION", "YES", "NO", "CLASSES"],
        ["Extra time", "X", "", "All"],
        ["Scribe", "", "X", ""],
        ["Reader for directions", "X", "", "Math"],
    ]


def test_what_stands_further_out_than_the_rows_sorts_them() -> None:
    text = (
        "Type of Service     Minutes   Where\n"
        "======================================\n"
        "Special Education\n"
        "  Math              45        Lab\n"
        "  Language arts     60        Gen. ed.\n"
        "Related Services\n"
        "  Speech therapy    30        Office\n"
    )
    assert [row[0] for row in cells(text)[1:]] == [
        "Special Education",
        "Math",
        "Language arts",
        "Related Services",
        "Speech therapy",
    ]


def test_a_second_amount_below_a_name_has_the_name_from_above() -> None:
    text = (
        "Service    Minutes  Times     Provider\n"
        "---------  -------  --------  --------\n"
        "Speech     30       2x/week   SLP\n"
        "           15       1x/month  SLP\n"
    )
    last = [one for one in of_text(text).blocks if isinstance(one, Row)][-1]
    assert [cell.text for cell in last.cells] == ["Speech", "15", "1x/month", "SLP"]
    assert [cell.is_from_above for cell in last.cells] == [True, False, False, False]


def test_a_table_of_tabs_keeps_its_empty_cells() -> None:
    text = (
        "Service\tMinutes\tLocation\tProvider\nReading instruction in a group\t30\t\tSpecial education teacher\nOT\t15\tRoom\n"
    )
    assert cells(text) == [
        ["Service", "Minutes", "Location", "Provider"],
        ["Reading instruction in a group", "30", "", "Special education teacher"],
        ["OT", "15", "Room", ""],
    ]


def test_a_frame_is_no_table_and_a_cell_alone_goes_over_all_columns() -> None:
    text = (
        "┌──────────────────────┐\n│ Student: Mina Holt   │\n└──────────────────────┘\n"
        "╔══════════╦═══════╗\n║ Service  ║ Time  ║\n╠══════════╬═══════╣\n║ Related services ║\n"
        "╟──────────╫───────╢\n║ Speech   ║ 30    ║\n║ therapy  ║ min   ║\n╚══════════╩═══════╝\n"
    )
    found = of_text(text)
    assert texts(text) == ["Student: Mina Holt", "Service | Time", "Related services", "Speech therapy | 30 min"]
    assert [one.cells[0].columns for one in found.blocks if isinstance(one, Row)] == [1, 2, 1]


def test_columns_of_text_beside_a_bar_are_read_one_after_the_other() -> None:
    text = (
        "SERVICES                   |  ACCOMMODATIONS\n"
        "---------------------------+----------------\n"
        "Reading, 30 min,           |  Extra time\n"
        "resource room              |  Large print\n"
    )
    assert texts(text) == ["SERVICES", "Reading, 30 min,", "resource room", "ACCOMMODATIONS", "Extra time", "Large print"]
    assert [one.continues for one in of_text(text).blocks if isinstance(one, Line)] == [False, False, True, False, False, False]


def test_two_lists_side_by_side_are_read_one_after_the_other() -> None:
    text = (
        "Student: Lena Orr\n\n"
        "Accommodations            Services\n"
        "- Extra time              - Speech: 20 min, SLP\n"
        "- A seat in front         - Reading: 30 min daily, resource\n"
        "- Notes before class        room\n"
    )
    assert texts(text)[1:5] == ["Accommodations", "- Extra time", "- A seat in front", "- Notes before class"]


def test_dots_between_columns_part_what_the_first_names() -> None:
    text = (
        "Plan for ........ Rosa Lind\n"
        "* Math lab ...... 3x/wk, 48 min ...... learning ctr .. sped teacher\n"
        "* Counseling .... 2x/mo, 30 min  counseling suite  LCSW\n"
        "* Reading ....... daily ............. lab ........... teacher\n"
    )
    assert texts(text) == [
        "Plan for: Rosa Lind",
        "* Math lab: 3x/wk, 48 min; learning ctr; sped teacher",
        "* Counseling: 2x/mo, 30 min; counseling suite; LCSW",
        "* Reading: daily; lab; teacher",
    ]
    assert [one.raw for one in of_text(text).blocks if isinstance(one, Line)][2] == text.splitlines()[2]


def test_dots_behind_two_labels_in_a_line_are_no_columns() -> None:
    text = "Name ..... Ana Beck    Grade ..... 4\nBorn ..... 5/5/2016    Room ...... 12\n"
    assert texts(text) == ["Name: Ana Beck    Grade: 4", "Born: 5/5/2016    Room: 12"]


@each("text", ["== GOALS (all year) =======", "GOALS (all year) --------", "=== GOALS (all year) ==="])
def test_a_rule_on_one_side_makes_a_heading(text: str) -> None:
    (line,) = of_text(text).blocks
    assert isinstance(line, Line)
    assert (line.text, line.heading, line.raw) == ("GOALS (all year)", 2, text)


def test_a_number_with_a_bullet_is_the_number_of_an_item() -> None:
    assert texts("I E P   A T   A   G L A N C E\n 1 * Ana will read.\n 2 * Ana will write.") == [
        "IEP   AT   A   GLANCE",
        "1. Ana will read.",
        "2. Ana will write.",
    ]


def test_columns_of_prose_and_labels_are_no_table() -> None:
    text = "Student: Ana Beck     Grade: 4       School: Elm\nStart: 9/1/2026       End: 8/31/2027  Team: B\n"
    assert cells(text) == []
    assert cells("1)      Speech therapy ½ hour  2 times      SLP\n2)      Bus            Daily        Taxi\n") == []
