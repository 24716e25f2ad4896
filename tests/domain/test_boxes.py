"""Check boxes in text: what is one, what is marked, and what only looks like it."""

from domain.reading.block import Cell, Line, Row, Source
from domain.reading.boxes import in_blocks, of_lost_font, style, symbol, with_boxes, without_leaders, without_lines
from tests.walks import each


def read(text: str, *others: str) -> str:
    return with_boxes(text, style([text, *others]))


@each(
    ("text", "said"),
    [
        ("[x] Reader   [ ] Scribe", "☒ Reader   ☐ Scribe"),
        ("[X]Yes [ ]No", "☒ Yes ☐ No"),
        ("(x) no   ( ) yes:", "☒ no   ☐ yes:"),
        ("_X_ No    ___ Yes", "☒ No    ☐ Yes"),
        ("X__ OT", "☒ OT"),
        ("☑ a ☒ b ✓ c ✔ d ☐ e □ f", "☒ a ☒ b ☒ c ☒ d ☐ e ☐ f"),
        ("√ Reader", "☒ Reader"),
        ("● Yes ○ No", "☒ Yes ☐ No"),
        ("Yes [x]  No [ ]", "Yes ☒  No ☐"),
        ("\uf0fe Reader \uf0a8 Scribe", "☒ Reader ☐ Scribe"),
        ("(_) Reader (X) Scribe", "☐ Reader ☒ Scribe"),
    ],
)
def test_a_box_is_read_however_it_is_written(text: str, said: str) -> None:
    assert read(text) == said


@each(
    "text",
    [
        "f(x) = 2x",
        "__ x per __",
        "____ min",
        "Provided ___ times a week",
        "√9 = 3",
        "● Large print",
        "goal(s) [sic] (a) reads (b) writes",
        "4 x 30 minutes (x2)",
        "■ Large print",
        "ana_quill@example.org",
    ],
)
def test_what_only_looks_like_a_box_is_none(text: str) -> None:
    assert read(text) == text


def test_blanks_and_full_squares_are_boxes_beside_their_counterparts() -> None:
    assert read("___ Reader", "_X_ Scribe") == "☐ Reader"
    assert read("Provided ___ times", "_X_ Scribe") == "Provided ___ times"
    assert read("■ Reader", "□ Scribe") == "☒ Reader"


def test_a_font_of_symbols_draws_no_letters() -> None:
    assert [symbol("ABCDEF+Wingdings-Regular", code) for code in (0xFE, 0xF0FE, 0xA8, ord("o"))] == ["☒", "☒", "☐", "☐"]
    assert symbol("Wingdings 2", ord("R")) == "☒"
    assert (symbol("ZapfDingbats", ord("4")), symbol("Symbol", 0xB7)) == ("✓", "•")
    assert symbol("Helvetica", ord("o")) is None
    assert symbol("Wingdings", ord("A")) == ""
    assert [of_lost_font(code) for code in (0xF0FE, 0xF0A3, 0xF0B7, ord("A"))] == ["☒", "☐", "•", None]


def test_the_line_under_what_is_filled_in_is_no_part_of_it() -> None:
    assert without_lines("Minutes: _30_  Place: _room 4____") == "Minutes: 30  Place: room 4"
    assert without_lines("Name: ________ file_name") == "Name: ________ file_name"


def test_dots_lead_from_a_label_to_its_value() -> None:
    assert without_leaders("Goal ........ Ana will read") == "Goal: Ana will read"
    assert without_leaders("STUDENT . . . . : QUILL") == "STUDENT: QUILL"
    assert without_leaders("MEETING DATE  . : 05/29/26") == "MEETING DATE: 05/29/26"
    assert without_leaders("Reads ... then writes. At 9:30 a.m.") == "Reads ... then writes. At 9:30 a.m."


def test_blocks_keep_the_line_as_it_stands() -> None:
    source = Source(None, 1)
    line, plain, row = in_blocks([Line("(x) yes", source), Line("No box", source), Row([Cell("[ ]", 0)], 1, source)])
    assert isinstance(line, Line)
    assert (line.text, line.raw) == ("☒ yes", "(x) yes")
    assert isinstance(plain, Line)
    assert plain.raw == ""
    assert isinstance(row, Row)
    assert row.cells[0].text == "☐"
