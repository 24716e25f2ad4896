"""The geometry of a page: words, lines, columns, tables with and without ruled lines."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as some

from domain.reading.block import Line, Pages, Row
from domain.reading.page.grids import grids_of
from domain.reading.page.signs import Field, Glyph, Rule, Shape, Sheet
from domain.reading.page.words import words_of
from domain.reading.pages.assembled import taken_apart

WIDE = 5.0


def typed(left: float, baseline: float, text: str, size: float = 10, bold: bool = False) -> list[Glyph]:
    """A line in type of which each sign is half as wide as it is high."""
    wide = size / 2
    return [
        Glyph(
            sign, left + at * wide, baseline - 0.8 * size, left + (at + 1) * wide, baseline + 0.2 * size, baseline, size, bold
        )
        for at, sign in enumerate(text)
    ]


def box(left: float, top: float, right: float, bottom: float) -> list[Rule]:
    return [
        Rule(left, top, right, top),
        Rule(left, bottom, right, bottom),
        Rule(left, top, left, bottom),
        Rule(right, top, right, bottom),
    ]


def read(*glyphs: Sequence[Glyph], rules: Sequence[Rule] = (), **more: object) -> Pages:
    sheet = Sheet(1, 612, 792, [one for line in glyphs for one in line], rules)
    return taken_apart([sheet._replace(**more)])  # type: ignore[arg-type]


def told(pages: Pages) -> list[str]:
    return [one.text if isinstance(one, Line) else " | ".join(cell.text for cell in one.cells) for one in pages.blocks]


def test_signs_are_words_by_their_gaps() -> None:
    assert [word.text for word in words_of([*typed(72, 100, "read aloud"), *typed(300, 100, "daily")])] == [
        "read",
        "aloud",
        "daily",
    ]
    kerned = [one._replace(left=one.left - 0.4, right=one.right - 0.4) for one in typed(72, 100, "read")]
    assert [word.text for word in words_of(kerned)] == ["read"]
    twice = [*typed(72, 100, "bold"), *typed(72.3, 100, "bold")]
    assert [(word.text, word.is_bold) for word in words_of(twice)] == [("bold", True)]


def test_a_wide_gap_in_a_line_is_kept() -> None:
    assert told(read(typed(72, 200, "Name: Ana"), typed(300, 200, "Grade: 4"))) == ["Name: Ana    Grade: 4"]


def test_a_raised_sign_belongs_to_its_line() -> None:
    assert told(read(typed(72, 200, "in the 4"), typed(112, 196, "th", 6), typed(118, 200, " grade"))) == ["in the 4th grade"]


def test_columns_are_read_one_after_the_other() -> None:
    left = [
        "Ana reads sixty words a minute and",
        "likes to draw horses. In a loud room",
        "she stops working after some time and",
        "asks to leave.",
    ]
    right = [
        "Her mother would like her to have a",
        "laptop in each of her classes, and a",
        "shorter day in the winter, when it is",
        "dark early.",
    ]
    found = read(
        *(typed(72, 200 + 12 * at, text) for at, text in enumerate(left)),
        *(typed(330, 200 + 12 * at, text) for at, text in enumerate(right)),
    )
    assert told(found) == [*left, *right]
    assert [one.continues for one in found.blocks if isinstance(one, Line)] == [
        False,
        True,
        True,
        True,
        False,
        True,
        True,
        True,
    ]


def test_text_in_aligned_columns_is_a_table() -> None:
    rows = [
        ("Service", "Minutes", "Place"),
        ("Speech therapy", "30", "Speech room"),
        ("Counseling", "45", "Office of the"),
        ("", "", "counselor"),
    ]
    found = read(
        *(
            typed((72, 220, 320)[column], 200 + 14 * at, text, bold=at == 0)
            for at, row in enumerate(rows)
            for column, text in enumerate(row)
        )
    )
    assert told(found) == [
        "Service | Minutes | Place",
        "Speech therapy | 30 | Speech room",
        "Counseling | 45 | Office of the counselor",
    ]
    assert [one.is_heading for one in found.blocks if isinstance(one, Row)] == [True, False, False]


def test_cells_are_joined_where_they_are_wrapped() -> None:
    rules = [*box(70, 180, 170, 260), Rule(170, 180, 170, 260), *box(170, 180, 300, 260)]
    lines = [
        typed(74, 195, "Special education"),
        typed(74, 207, "teacher"),
        typed(174, 195, "Reading"),
        typed(174, 207, "Mathematics"),
    ]
    assert told(read(*lines, rules=rules)) == ["Special education teacher | Reading\nMathematics"]


def test_a_word_that_its_cell_broke_is_whole_again() -> None:
    rules = [*box(70, 180, 121, 260), *box(121, 180, 300, 260)]
    lines = [typed(72, 195, "Modificat"), typed(72, 207, "ions"), typed(125, 195, "Large print")]
    assert told(read(*lines, rules=rules)) == ["Modifications | Large print"]
    dates = [typed(72, 195, "08/24/202"), typed(72, 207, "6"), typed(125, 195, "Large print")]
    assert told(read(*dates, rules=rules)) == ["08/24/2026 | Large print"]


def test_ruled_lines_enclose_cells() -> None:
    """Two rows; the first cell goes over both, the last over two columns; the left side is open."""
    across = [Rule(0, 0, 300, 0), Rule(100, 50, 300, 50), Rule(0, 100, 300, 100)]
    upright = [Rule(100, 0, 100, 100), Rule(200, 0, 200, 50), Rule(300, 0, 300, 100)]
    (grid,) = grids_of([*across, *upright])
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 1, 1, 2),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    assert told(read(typed(80, 200, "Goals"), typed(80, 214, "Ana will read."), rules=box(70, 180, 400, 300))) == [
        "Goals",
        "Ana will read.",
    ]


def test_words_with_a_line_through_them_are_gone() -> None:
    line = [*typed(72, 200, "Printed on both sides on one side")]
    assert told(read(line, rules=[Rule(112, 197, 180, 197)])) == ["Printed    on one side"]
    assert told(read(line, rules=[Rule(72, 202, 240, 202)])) == ["Printed on both sides on one side"]


def test_fields_of_a_form_are_words_and_boxes() -> None:
    fields = [Field(120, 190, 300, 204, None, "Ana Quill"), Field(72, 220, 81, 229, True), Field(72, 240, 81, 249, False)]
    found = read(typed(72, 200, "Name:"), typed(86, 228, "Reader"), typed(86, 248, "Scribe"), fields=fields)
    assert [text.split() for text in told(found)] == [["Name:", "Ana", "Quill"], ["☒", "Reader"], ["☐", "Scribe"]]


def test_a_filled_square_with_a_tick_in_white_is_a_marked_box() -> None:
    blue = [Shape(72, 191, 82, 201, True, True, False), Shape(74, 193, 80, 199, False, False, False)]
    grey = [Shape(72, 211, 82, 221, True, True, False), Shape(73, 212, 81, 220, True, False, False)]
    found = read(typed(90, 200, "Reader"), typed(90, 220, "Scribe"), shapes=[*blue, *grey])
    assert told(found) == ["☒ Reader", "Scribe"]


def test_what_repeats_at_the_edges_is_left_out_even_on_two_pages() -> None:
    def sheet(number: int, text: str) -> Sheet:
        glyphs = [
            *typed(72, 40, f"IEP of Ana, page {number} of 2", 8),
            *typed(72, 200, text),
            *typed(72, 770, "Form 7, Elm District", 8),
        ]
        return Sheet(number, 612, 792, glyphs)

    found = taken_apart([sheet(1, "One."), sheet(2, "Two.")])
    assert told(found) == ["One.", "Two."]
    assert list(found.margins) == ["IEP of Ana, page 1 of 2", "Form 7, Elm District"]
    assert [one.source.line for one in found.blocks] == [2, 2]


def test_the_foot_of_an_only_page_stands_far_below_the_text() -> None:
    found = read(typed(72, 200, "One."), typed(72, 212, "Two."), typed(72, 760, "Form 7", 8))
    assert (told(found), list(found.margins)) == (["One.", "Two."], ["Form 7"])
    full = read(*(typed(72, 100 + 15 * at, "A line of the page.") for at in range(45)))
    assert len(full.blocks) == 45


def test_headings_are_as_big_as_they_are_printed() -> None:
    lines = [
        typed(72, 100, "Program", 18),
        typed(72, 140, "Goals", 13),
        *(typed(72, 160 + 12 * at, "Ana will read with care.") for at in range(5)),
    ]
    found = read(*lines, typed(72, 240, "Services", bold=True))
    assert [one.heading for one in found.blocks if isinstance(one, Line)] == [1, 2, 0, 0, 0, 0, 0, None]


places = some.floats(0, 600)


@given(
    some.lists(
        some.tuples(places, places, some.text("abc. x☐1", min_size=1, max_size=12), some.sampled_from([8, 10, 40])), max_size=25
    ),
    some.lists(some.tuples(places, places, some.floats(1, 300), some.booleans()), max_size=25),
)
def test_any_page_is_taken_apart_and_loses_no_word(
    texts: list[tuple[float, float, str, int]], lines: list[tuple[float, float, float, bool]]
) -> None:
    glyphs = [sign for left, baseline, text, size in texts for sign in typed(left, baseline, text, size)]
    rules = [Rule(left, top, left + (long if flat else 0), top + (0 if flat else long)) for left, top, long, flat in lines]
    found = taken_apart([Sheet(1, 612, 792, glyphs, rules)])
    assert found.count == 1


def test_a_name_between_two_rows_is_that_of_both() -> None:
    found = read(
        typed(72, 100, "Service", bold=True),
        typed(200, 100, "Minutes", bold=True),
        typed(300, 100, "Provider", bold=True),
        typed(200, 114, "30"),
        typed(300, 114, "Special education teacher"),
        typed(72, 121, "Early reading"),
        typed(200, 128, "20"),
        typed(300, 128, "Teaching assistant"),
        typed(72, 142, "Speech"),
        typed(200, 142, "25"),
        typed(300, 142, "SLP"),
    )
    assert told(found) == [
        "Service | Minutes | Provider",
        "Early reading | 30 | Special education teacher",
        "Early reading | 20 | Teaching assistant",
        "Speech | 25 | SLP",
    ]
    rows = [one for one in found.blocks if isinstance(one, Row)]
    assert [one.cells[0].is_from_above for one in rows] == [False, False, True, False]


def test_a_heading_over_two_columns_does_not_make_them_one() -> None:
    found = read(
        typed(200, 86, "How much time", bold=True),
        typed(72, 100, "Service", bold=True),
        typed(200, 100, "Min.", bold=True),
        typed(250, 100, "Times", bold=True),
        typed(330, 100, "Where", bold=True),
        *(
            typed(left, baseline, text)
            for baseline, texts in ((114, "Speech|30|2/wk|Office"), (128, "Reading|45|5/wk|Lab"), (142, "OT|20|1/wk|Gym"))
            for left, text in zip((72, 200, 250, 330), texts.split("|"), strict=True)
        ),
    )
    assert told(found)[-3:] == ["Speech | 30 | 2/wk | Office", "Reading | 45 | 5/wk | Lab", "OT | 20 | 1/wk | Gym"]


def typewritten(text: str, top: float = 60) -> list[Glyph]:
    return [
        one._replace(is_bold=line.isupper())
        for number, line in enumerate(text.split("\n"))
        for one in typed(40, top + 12 * number, line)
        if one.text != " "
    ]


def test_a_page_of_signs_that_are_all_as_wide_is_read_as_a_text_with_blanks() -> None:
    page = (
        "SERVICES\n\n"
        "Service            Amount of    How         Provider\n"
        "                   time         often\n"
        "-----------------  -----------  ----------  -----------------\n"
        "Specially          30 minutes   4x/week     Special education\n"
        "designed                                    teacher\n"
        "instruction\n"
        "Speech therapy     20 minutes   2x/week     SLP\n"
    )
    head, foot = typed(40, 30, "IEP OF ANA"), typed(40, 700, "Page 1 of 2")
    second = [
        *typed(40, 30, "IEP OF ANA"),
        *typewritten("Physical therapy   20 minutes   1x/month    PT"),
        *typed(40, 700, "Page 2 of 2"),
    ]
    found = taken_apart([Sheet(1, 612, 792, [*head, *typewritten(page), *foot]), Sheet(2, 612, 792, second)])
    assert told(found) == [
        "SERVICES",
        "Service | Amount of time | How often | Provider",
        "Specially designed instruction | 30 minutes | 4x/week | Special education teacher",
        "Speech therapy | 20 minutes | 2x/week | SLP",
        "Physical therapy | 20 minutes | 1x/month | PT",
    ]
    assert [(one.source.page, one.source.line) for one in found.blocks] == [(1, 2), (1, 3), (1, 6), (1, 9), (2, 2)]
    assert len({one.table for one in found.blocks if isinstance(one, Row)}) == 1
    title = found.blocks[0]
    assert isinstance(title, Line)
    assert title.is_bold
    assert found.margins == ["IEP OF ANA", "Page 1 of 2", "Page 2 of 2"]
    assert found.count == 2


def columns(baseline: float, row: str, lefts: Sequence[float] = (72, 200, 260, 320, 400, 470)) -> list[Glyph]:
    """The cells of a row, parted by bars, each at its column; narrow signs, as no typewriter has them."""
    found: list[Glyph] = []
    for left, text in zip(lefts, row.split("|"), strict=False):
        at = left
        for sign in text:
            wide = 2.5 if sign in "il.,: " else 5.0
            if sign != " ":
                found.append(Glyph(sign, at, baseline - 8, at + wide, baseline + 2, baseline, 10, False))
            at += wide
    return found


def test_labels_above_a_table_do_not_hide_its_columns() -> None:
    found = read(
        columns(88, "Student: Ana Beck||Born: 2/2/2014||IEP: 8/3/2026"),
        columns(112, "Service|Minutes|Times|Where|Begin|End"),
        columns(124, "||per week|||"),
        columns(136, "Nursing services|10|5|General|8/3/2026|8/2/2027"),
        columns(148, "|||education||"),
        columns(160, "Consultation"),
        columns(172, "Vision services|60|2|General|8/3/2026|8/2/2027"),
    )
    assert told(found)[1:] == [
        "Service | Minutes | Times per week | Where | Begin | End",
        "Nursing services | 10 | 5 | General education | 8/3/2026 | 8/2/2027",
        "Consultation |  |  |  |  | ",
        "Vision services | 60 | 2 | General | 8/3/2026 | 8/2/2027",
    ]


def test_rules_around_many_rows_do_not_make_them_one() -> None:
    found = read(
        columns(100, "Service|In class|Outside|Provider"),
        columns(114, "Reading|60|120|Teacher"),
        columns(126, "Written expression||90|Teacher"),
        columns(140, "Total|60|210"),
        rules=[Rule(72, 104, 400, 104), Rule(72, 129, 400, 129)],
    )
    assert told(found) == [
        "Service | In class | Outside | Provider",
        "Reading | 60 | 120 | Teacher",
        "Written expression |  | 90 | Teacher",
        "Total | 60 | 210 | ",
    ]
