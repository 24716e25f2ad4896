"""What a document promises, read from its blocks: rule by rule."""

from datetime import date

from domain.reading import Reading, ReadProvision, read
from domain.reading.block import Block, Cell, Line, Pages, Row, Source
from domain.reading.text.plain_text import of_text
from tests.walks import each

HEAD = """Individualized Education Program
Student: Ada Quill    DOB: 3/4/2014
IEP start date: 9/1/2026    IEP end date: 8/31/2027    Meeting date: 8/20/2026
"""


def reading(body: str, head: str = HEAD) -> Reading:
    return read(of_text(f"{head}\n{body}"), "txt")


def found(body: str, head: str = HEAD) -> list[ReadProvision]:
    return list(reading(body, head).provisions)


def only(body: str) -> ReadProvision:
    provisions = found(body)
    assert len(provisions) == 1, [each.text for each in provisions]
    return provisions[0]


def texts(body: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in found(body)]


def amount(one: ReadProvision) -> tuple[int | None, int | None, str | None]:
    return one.minutes, one.times, one.per


def in_table(heading: str, *rows: list[str], table: int = 1) -> Pages:
    """A document whose section holds one table; its first row stands bold."""
    blocks: list[Block] = [Line(text, Source(None, at + 1)) for at, text in enumerate(HEAD.splitlines())]
    blocks.append(Line(heading, Source(None, 5), heading=2, is_bold=True))
    for at, row in enumerate(rows):
        cells = [Cell(text, column, is_bold=not at) for column, text in enumerate(row)]
        blocks.append(Row(cells, table, Source(None, 6 + at), is_heading=not at))
    return Pages(blocks)


def rows(heading: str, *given: list[str]) -> list[ReadProvision]:
    return list(read(in_table(heading, *given), "docx").provisions)


class TestKinds:
    @each(
        ("heading", "kind"),
        [
            ("Accommodations", "accommodation"),
            ("SECTION 8: TESTING ACCOMMODATIONS", "accommodation"),
            ("IV. Program modifications", "modification"),
            ("Supplementary Aids and Services", "support"),
            ("Supports for School Personnel", "support"),
            ("Q7. What do the teachers get?", "support"),
        ],
    )
    def test_the_heading_decides_the_kind(self, heading: str, kind: str) -> None:
        assert texts(f"{heading}\n- A timer on the desk") == [(kind, "a timer on the desk")]

    @each(
        "heading",
        [
            "Present levels",
            "Parent concerns",
            "Services considered and rejected",
            "Accommodations last year",
            "How progress will be measured",
            "Postsecondary goals",
            "Least restrictive environment",
            "Procedural safeguards",
            "Meeting notes",
            "What was asked for and not agreed?",
            "Signatures",
        ],
    )
    def test_what_stands_below_other_headings_is_no_promise(self, heading: str) -> None:
        assert texts(f"{heading}\n- Speech therapy: 30 minutes weekly, speech room") == []

    def test_a_line_may_name_its_own_kind(self) -> None:
        body = "Program modifications and supports for personnel\nModification: six words.\nSupport: the nurse trains the aide."
        assert texts(body) == [("modification", "six words"), ("support", "nurse trains the aide")]

    def test_sub_headings_of_a_table_give_the_kind(self) -> None:
        given = rows(
            "Programs and services",
            ["Service", "Frequency", "Location"],
            ["RELATED SERVICES:", "", ""],
            ["Counseling", "30 minutes weekly", "Office"],
            ["ACCOMMODATIONS:", "", ""],
            ["Large print", "Each test", "All classes"],
        )
        assert [(each.kind, each.text) for each in given] == [("service", "counseling"), ("accommodation", "large print")]

    def test_a_column_may_say_more_than_the_heading(self) -> None:
        given = rows("Supplementary aids", ["Accommodation", "Location"], ["Large print", "All classes"])
        assert [each.kind for each in given] == ["accommodation"]


class TestGoals:
    def test_a_goal_stands_without_the_child_and_without_its_objectives(self) -> None:
        body = """Annual goals
Goal 1: Given a prompt, Ada will write five sentences in 4 of 5 samples.
Baseline: 2 sentences
Objective 1.1: three sentences by January
Method: work samples
Goal 2: Ada will read 90 words a minute."""
        assert texts(body) == [
            ("goal", "given a prompt will write five sentences in 4 of 5 samples"),
            ("goal", "will read 90 words a minute"),
        ]

    def test_a_list_below_objectives_belongs_to_the_goal(self) -> None:
        body = """Goals
1. Ada will read 90 words a minute.
Short-term objectives:
a. 60 words by January
b. 75 words by April
2. Ada will spell 20 words."""
        assert [text for _, text in texts(body)] == ["will read 90 words a minute", "will spell 20 words"]

    def test_the_criterion_of_a_column_belongs_to_its_goal(self) -> None:
        given = rows(
            "Goals", ["#", "Goal", "Baseline", "Criterion"], ["1", "Ada will pack her bag", "3 things", "5 days in a row"]
        )
        assert [each.text for each in given] == ["will pack her bag, 5 days in a row"]

    def test_a_goal_taken_apart_is_put_together(self) -> None:
        body = "Goals\nGoal 1 - Math\nCondition: given a calculator\nBehavior: Ada will solve problems\nCriteria: 8 of 10"
        assert [text for _, text in texts(body)] == [
            "given a calculator, Ada will solve problems, 8 of 10".replace(", Ada", "")
        ]

    def test_how_progress_is_reported_is_left_out(self) -> None:
        body = "Goals\nAda will spell 20 words. Progress will be reported each quarter."
        assert [text for _, text in texts(body)] == ["will spell 20 words"]


class TestServices:
    def test_a_line_is_taken_apart(self) -> None:
        one = only("Services\n(1) Speech: 2 x 25 min per wk, individual, pull-out, SLP, 8/25/25-6/5/26.")
        assert (one.text, amount(one)) == ("speech, individual, pull-out", (25, 2, "week"))
        assert (one.setting, one.provider_role) == ("pull-out", "speech-language pathologist")
        assert (one.starts_on, one.ends_on) == (date(2025, 8, 25), date(2026, 6, 5))

    @each(
        ("said", "expected"),
        [
            ("2x30/wk", (30, 2, "week")),
            ("half an hour, twice a week", (30, 2, "week")),
            ("1 hr daily", (60, 1, "day")),
            ("120 minutes a month", (120, None, "month")),
            ("20-30 minutes, 2-3 times a week", (20, 2, "week")),
            ("5 x 45 min/5 day cycle", (45, 5, "week")),
            ("1 x 30 min/6 day cycle", (30, 1, None)),
            ("up to 30 minutes monthly", (None, None, None)),
            ("as needed", (None, None, None)),
        ],
    )
    def test_amounts(self, said: str, expected: tuple[int | None, int | None, str | None]) -> None:
        assert amount(only(f"Related services\nSpeech therapy: {said}, speech room")) == expected

    def test_columns_in_any_order(self) -> None:
        given = rows(
            "Related services",
            ["Provider", "Begin", "End", "Where", "Min/session", "Sessions per month", "Service", "Monitor"],
            ["SLP", "9/1/26", "6/10/27", "speech rm", "20", "6", "Speech", "LEA"],
        )
        assert [(each.text, amount(each), each.setting) for each in given] == [("speech", (20, 6, "month"), "speech room")]
        assert given[0].provider_role == "speech-language pathologist"
        assert (given[0].starts_on, given[0].ends_on) == (date(2026, 9, 1), date(2027, 6, 10))

    def test_labels_beside_their_values(self) -> None:
        body = """Services
Service: Counseling    Minutes: 30
Frequency: 2 x per month    Location: office    Provider: school counselor
Service:    Minutes:    Frequency:"""
        one = only(body)
        assert (one.text, amount(one), one.setting, one.provider_role) == (
            "counseling",
            (30, 2, "month"),
            "office",
            "school counselor",
        )

    def test_labels_above_their_values_in_two_rows(self) -> None:
        given = rows(
            "Services",
            ["Service", "Provider", "Location"],
            ["Counseling", "School counselor", "Office"],
            ["Begin", "Amount of time", "Frequency"],
            ["9/1/2026", "30 minutes", "Weekly"],
        )
        assert [(each.text, amount(each), each.starts_on) for each in given] == [
            ("counseling", (30, 1, "week"), date(2026, 9, 1))
        ]

    def test_labels_at_the_left_of_several_services(self) -> None:
        given = rows(
            "Services", ["Service", "Counseling", "Nursing"], ["Minutes", "30", "10"], ["Frequency", "weekly", "2x daily"]
        )
        assert [(each.text, amount(each)) for each in given] == [("counseling", (30, 1, "week")), ("nursing", (10, 2, "day"))]

    def test_minutes_in_class_and_outside_are_two(self) -> None:
        given = rows(
            "Services",
            ["Service", "Minutes per week in the general education class", "Minutes per week outside it"],
            ["Writing", "60", "100"],
            ["Speech", "–", "40"],
        )
        assert [(each.text, amount(each), each.setting) for each in given] == [
            ("writing", (60, None, "week"), "general education class"),
            ("writing", (100, None, "week"), "outside the general education class"),
            ("speech", (40, None, "week"), "outside the general education class"),
        ]

    def test_direct_and_indirect_are_two(self) -> None:
        given = rows("Services", ["Service", "Direct", "Indirect"], ["Reading", "45 min, 5 x per week", "15 min, monthly"])
        assert [(each.text, amount(each)) for each in given] == [
            ("reading, direct", (45, 5, "week")),
            ("reading, indirect", (15, 1, "month")),
        ]

    def test_a_heading_over_two_columns_goes_with_each(self) -> None:
        cells = [Cell("Service", 0, is_bold=True), Cell("Time", 1, columns=2, is_bold=True)]
        pages = in_table("Services")
        blocks = [
            *pages.blocks,
            Row(cells, 1, Source(None, 6), is_heading=True),
            Row([Cell("", 0), Cell("Minutes", 1), Cell("Frequency", 2)], 1, Source(None, 7)),
            Row([Cell("Reading", 0), Cell("30", 1), Cell("Daily", 2)], 1, Source(None, 8)),
        ]
        given = read(Pages(blocks), "docx").provisions
        assert [(each.text, amount(each)) for each in given] == [("reading", (30, 1, "day"))]

    def test_sums_and_empty_lines_are_nothing(self) -> None:
        given = rows("Services", ["Service", "Minutes per week"], ["Reading", "150"], ["Nursing", ""], ["Total", "150"])
        assert [each.text for each in given] == ["reading"]

    def test_a_sentence_with_two_promises_is_two(self) -> None:
        body = """Services
The speech-language pathologist will work with Ada for 30 minutes twice a week in the speech room and will consult
with her teacher for 10 minutes every week."""
        given = found(body)
        assert [amount(each) for each in given] == [(30, 2, "week"), (10, 1, "week")]
        assert [each.provider_role for each in given] == ["speech-language pathologist"] * 2
        assert [each.setting for each in given] == ["speech room", None]

    def test_who_then_does_more_is_a_second_promise(self) -> None:
        body = """Supports for staff
Teachers get a one-page summary before 8/29/25 from the case manager, who then visits each class for 15 min once a month."""
        given = found(body)
        assert [each.text for each in given] == [
            "teachers get a one-page summary from the case manager",
            "case manager visits each class",
        ]
        assert given[0].ends_on == date(2025, 8, 29)
        assert amount(given[1]) == (15, 1, "month")

    def test_a_table_goes_on_without_its_heading(self) -> None:
        pages = in_table("Services", ["Service", "Minutes", "Frequency"], ["Reading", "30", "daily"])
        more = Row([Cell("Math", 0), Cell("45", 1), Cell("weekly", 2)], 1, Source(None, 12))
        given = read(Pages([*pages.blocks, Line("Service plan", Source(None, 11)), more]), "docx").provisions
        assert [(each.text, amount(each)) for each in given] == [("reading", (30, 1, "day")), ("math", (45, 1, "week"))]

    def test_the_heading_says_where(self) -> None:
        body = """Special education services in the general education classroom (direct)
Service | Minutes | Frequency
Reading | 30 | daily
Writing | 20 | weekly"""
        assert [(each.text, each.setting) for each in found(body)] == [
            ("reading, direct", "general education classroom"),
            ("writing, direct", "general education classroom"),
        ]

    def test_a_printed_example_is_no_promise(self) -> None:
        assert texts('Services\nExample: "Speech, 30 minutes, 2 times per week, speech room"') == []


class TestBoxes:
    def test_only_what_is_marked_is_read(self) -> None:
        body = """Accommodations
[x] Calculator          [ ] Scribe
(x) Extra day           ( ) Oral tests
_X_ Timer               ___ Standing desk
☐ Keyboard   ☑ Pencil grip   ☒ Raised lines"""
        assert [text for _, text in texts(body)] == ["calculator", "extra day", "timer", "pencil grip", "raised lines"]

    def test_yes_and_no_columns(self) -> None:
        given = rows("Accommodations", ["Accommodation", "Yes", "No"], ["Word bank", "☒", "☐"], ["Audio books", "☐", "☒"])
        assert [each.text for each in given] == ["word bank"]

    def test_a_matrix_names_its_subjects(self) -> None:
        given = rows("Accommodations", ["Accommodation", "ELA", "Math"], ["Picture cards", "X", ""], ["Dictionary", "", ""])
        assert [each.text for each in given] == ["picture cards (english language arts)"]

    def test_accepted_and_rejected(self) -> None:
        head = ["Accommodation", "Requested", "Accepted", "Rejected"]
        given = rows("Accommodations", head, ["Audio books", "X", "X", ""], ["Laptop", "X", "", "X"])
        assert [each.text for each in given] == ["audio books"]

    def test_yes_with_what_is_written_behind_it(self) -> None:
        body = """Special transportation: [x] Yes [ ] No
If yes, describe: small bus with an aide
Extended school year: [ ] Yes [x] No"""
        assert texts(body) == [("service", "special transportation: small bus with an aide")]

    def test_a_choice_within_a_sentence(self) -> None:
        body = """Services
Reading: 40 minutes daily, [ ] individual [x] group, in the [x] resource room [ ] hallway, by the reading specialist."""
        one = only(body)
        assert (one.text, one.setting, one.provider_role) == ("reading, group", "resource room", "reading specialist")

    def test_none_needed_is_nothing(self) -> None:
        assert texts("Modifications\n[x] None needed\nSupports for school personnel: N/A") == []


class TestAccommodations:
    def test_a_length_stays_in_its_text(self) -> None:
        one = only("Accommodations\n- A break of 5 minutes after 25 minutes of work")
        assert (one.text, amount(one)) == ("a break of 5 minutes after 25 minutes of work", (None, None, None))

    def test_a_list_in_a_sentence_is_several(self) -> None:
        body = "Accommodations: extra time on tests, directions read aloud, and a seat near the teacher"
        assert [text for _, text in texts(body)] == ["extra time on tests", "directions read aloud", "a seat near the teacher"]

    def test_columns_of_lists(self) -> None:
        given = rows("Accommodations", ["In class", "On tests"], ["Timer\nShort pages", "Small group"])
        assert [each.text for each in given] == ["timer", "short pages", "small group"]

    def test_a_line_goes_on_below(self) -> None:
        body = """Accommodations
  (a) Arrive in class with book, pencil and planner on the days with
      mathematics
  (b) Timer"""
        assert [text for _, text in texts(body)] == [
            "arrive in class with book, pencil and planner on the days with mathematics",
            "timer",
        ]


class TestDocument:
    def test_effective_is_never_the_meeting_or_the_birth(self) -> None:
        given = reading("Accommodations\n- Timer")
        assert (given.effective_from, given.effective_to) == (date(2026, 9, 1), date(2027, 8, 31))

    @each(
        "head",
        [
            "IEP of Ada Quill\nFrom when to when?    9/1/26 - 8/31/27   (meeting: 8/14/26)",
            "Individualized Education Program\nName of Student: Quill, Ada B.\nInitiation date: 09/01/2026   Ending "
            "date: 08/31/2027",
            "IEP\nStudent's name: Ada Quill\nThe IEP is in effect from September 1, 2026 to August 31, 2027.",
        ],
    )
    def test_name_and_dates_as_forms_write_them(self, head: str) -> None:
        given = reading("Accommodations\n- Timer", head)
        assert given.student_initials == "AQ"
        assert (given.effective_from, given.effective_to) == (date(2026, 9, 1), date(2027, 8, 31))

    def test_the_name_is_nowhere_but_in_quoted_goals(self) -> None:
        given = reading(
            "Goals\n1. Ada will spell 20 words.\nAccommodations\n- Ada's tablet is ready\n- Notes go home with Ada Quill"
        )
        told = given.as_json()
        provisions = told["provisions"]
        assert isinstance(provisions, list)
        for one in provisions:
            quote = one["source"].pop("quote")
            assert "Ada" not in str(one)
            assert "Quill" not in str(one)
            assert one["kind"] == "goal" or "Ada" not in quote

    def test_a_source_is_where_it_stands(self) -> None:
        one = only("Accommodations\n- Timer")
        assert (one.source.page, one.source.line, one.source.quote) == (None, 6, "- Timer")

    def test_as_json_has_the_form_of_the_answer(self) -> None:
        told = reading("Services\nSpeech: 30 min weekly, speech room, SLP, 9/1/26-6/1/27").as_json()
        assert list(told) == [
            *("document_kind", "language", "student_initials", "effective_from", "effective_to"),
            *("provisions", "warnings", "refusal"),
        ]
        provisions = told["provisions"]
        assert isinstance(provisions, list)
        assert provisions[0]["starts_on"] == "2026-09-01"
        assert set(provisions[0]["source"]) == {"page", "line", "quote"}

    def test_an_amendment_gives_the_new_wording_from_its_own_date(self) -> None:
        head = "IEP Amendment\nStudent: Ada Quill\nDate of the IEP: 9/1/2026\nEffective date of this amendment: 2/2/2027\n"
        body = """Changes
1. Speech therapy will change from 30 minutes once a week to 30 minutes twice a week, in the speech room, by the SLP.
2. Add accommodation: a visual timer in all classes.
3. Delete: extended time on tests.
4. Goal 2 is replaced by: Ada will solve 8 of 10 equations."""
        given = reading(body, head)
        assert given.document_kind == "iep_amendment"
        assert given.effective_from == date(2027, 2, 2)
        assert [warning.code for warning in given.warnings] == ["amendment"]
        assert [(each.kind, each.times) for each in given.provisions] == [
            ("service", 2),
            ("accommodation", None),
            ("goal", None),
        ]

    def test_of_two_columns_the_new_one(self) -> None:
        pages = in_table(
            "Changes", ["Part", "The IEP now says", "Amended to say"], ["Accommodations", "Calculator", "Calculator on tests"]
        )
        blocks = [Line("IEP Amendment", Source(None, 1), heading=1), *pages.blocks[1:]]
        assert [(each.kind, each.text) for each in read(Pages(blocks), "docx").provisions] == [
            ("accommodation", "calculator on tests")
        ]

    def test_a_draft_says_so(self) -> None:
        pages = of_text(f"{HEAD}\nAccommodations\n- Timer")
        given = read(Pages(pages.blocks, margins=("DRAFT",)), "txt")
        assert [warning.code for warning in given.warnings] == ["draft"]

    def test_a_first_draft_of_an_essay_makes_no_draft(self) -> None:
        assert reading("Goals\n1. Ada will write a first draft of an essay in 4 of 5 tries.").warnings == ()

    def test_a_form_nobody_filled_in(self) -> None:
        body = (
            "Goals\n1. ______________\nAccommodations\n[ ] Timer\nServices\nService | Minutes | Provider\nSpeech | | \nOT | | "
        )
        assert [warning.code for warning in reading(body).warnings] == ["no-provisions"]

    def test_pages_without_text_are_named(self) -> None:
        pages = of_text(f"{HEAD}\nAccommodations\n- Timer")
        given = read(Pages(pages.blocks, without_text=(2, 3), count=3), "pdf")
        assert [(warning.code, warning.pages) for warning in given.warnings] == [("pages-without-text", (2, 3))]
        assert len(given.provisions) == 1


class TestRefusals:
    def refused(self, text: str) -> tuple[str, str, str]:
        given = read(of_text(text), "txt")
        assert given.refusal
        assert given.provisions == ()
        return given.refusal.reason, given.refusal.detail, given.document_kind

    def test_no_text(self) -> None:
        given = read(Pages((), without_text=(1,), count=1), "pdf")
        assert given.refusal
        assert given.refusal.reason == "no-text"

    def test_a_section_504_plan(self) -> None:
        text = "Section 504 Accommodation Plan\nStudent: Ada Quill\nAccommodations\n- Timer"
        assert self.refused(text) == ("not-an-iep", "This seems to be a Section 504 plan.", "section_504_plan")

    def test_an_iep_that_mentions_section_504_is_an_iep(self) -> None:
        given = reading("Background\nAda had a Section 504 plan until 2025.\nAccommodations\n- Timer")
        assert given.refusal is None

    @each(
        ("text", "what"),
        [
            (
                "PSYCHOEDUCATIONAL EVALUATION REPORT\nName: Ada Quill\nAda has an IEP.\nRecommendations\n1. Extra time",
                "evaluation report",
            ),
            ("Dear Ms. Quill,\nThank you for coming to the IEP meeting about services.\nSincerely,\nA. Lee", "letter"),
            ("IEP PROGRESS REPORT\nAnnual Goal 1: Ada will read.\nProgress: sufficient", "progress report"),
        ],
    )
    def test_reports_and_letters(self, text: str, what: str) -> None:
        reason, detail, kind = self.refused(text)
        assert (reason, kind) == ("not-an-iep", "other")
        assert what in detail

    def test_another_language_is_named(self) -> None:
        text = """Programa Educativo Individualizado
El estudiante recibe servicios de educación especial en la escuela. Las metas anuales son para leer y escribir con la
ayuda de la maestra. Los servicios comienzan en septiembre y terminan en junio del año que viene."""
        reason, detail, _ = self.refused(text)
        assert reason == "language"
        assert "Spanish" in detail


def test_a_surely_understood_row_is_surer_than_a_guessed_one() -> None:
    sure = rows("Services", ["Service", "Minutes", "Frequency"], ["Reading", "30", "daily"])[0]
    guessed = found(
        "Services\nReading lessons   30 minutes daily   Resource room\nWriting lessons   20 minutes daily   Resource room"
    )
    assert sure.confidence >= 0.8
    assert all(each.confidence < 0.8 for each in guessed)


def test_forty_pages_of_rows_and_lines_are_all_read() -> None:
    head = ["Service", "Minutes", "Frequency"]
    given = rows("Services", head, *([f"Lesson {at}", "30", "daily"] for at in range(1, 1000)))
    assert len(given) == 999


# --- Home-made documents, and what only looks like a promise -------------------------------------------------------------


def in_blocks_of(*parts: str | list[list[str]]) -> list[ReadProvision]:
    """A document of headings ("# ..."), lines and tables, as a word processor gives it."""
    blocks: list[Block] = []
    for at, part in enumerate(parts, start=1):
        if isinstance(part, str):
            is_title = part.startswith("# ")
            blocks.append(Line(part.removeprefix("# "), Source(None, at), 1 if is_title else 0, is_title))
        else:
            cells = [[Cell(text, column) for column, text in enumerate(row)] for row in part]
            blocks += [Row(row, at, Source(None, 100 * at + index)) for index, row in enumerate(cells)]
    return list(read(Pages(blocks), "docx").provisions)


def test_labels_that_a_school_made_up_are_told_by_their_words() -> None:
    rows = [
        ["Kid", "Ada Quill, born 3/4/2014, grade 6"],
        ["What she does well", "She counts to 100."],
        ["Goals for the year", "Ada will read 90 words a minute in 3 of 4 checks."],
        ["Who helps, how much, where", "Ms. Tran (special ed teacher): math, 45 min, Mon-Thu (4x a week), in the Den"],
        ["Things that make class easier", "slant board\npencil grip"],
        ["Changes in what she learns", "second-grade math book"],
        ["Rides", "She comes with her aunt. No bus."],
        ["Summer", "No ESY this year."],
        ["Things we talked about but won’t do", "a one-on-one aide all day"],
    ]
    provisions = in_blocks_of("# Our Plan (IEP)", rows)
    assert [(each.kind, each.text) for each in provisions] == [
        ("goal", "will read 90 words a minute in 3 of 4 checks"),
        ("service", "math"),
        ("accommodation", "slant board"),
        ("accommodation", "pencil grip"),
        ("modification", "second-grade math book"),
    ]
    math = provisions[1]
    assert (*amount(math), math.setting, math.provider_role) == (45, 4, "week", "den", "special education teacher")
    assert all(each.confidence < 0.8 for each in provisions if each.kind != "service" and each.kind != "goal")


def test_rows_about_the_child_are_no_provisions() -> None:
    rows = [["Pupil", "Ada Quill", "Plan in effect", "9/1/2026 to 8/31/2027"], ["Birth date", "3/4/2014", "Grade", "6"]]
    assert [
        each.text
        for each in in_blocks_of("# IEP – Classroom Accommodations", rows, "# Accommodations", "• Line guide for reading")
    ] == ["line guide for reading"]


def test_the_new_column_is_read_where_last_year_stands_beside_it() -> None:
    services = [
        ["Service", "Last year", "This year"],
        ["Math help", "3 x 30 min weekly, resource room", "5 x 45 min weekly, resource room, special education teacher"],
        ["Physical therapy", "2 x 30 min monthly, gym", "Discontinued"],
        ["Speech therapy", "-", "1 x 20 min weekly, speech room, SLP"],
    ]
    aids = [["Last year", "This year"], ["Scribe for lab reports", "Speech-to-text for lab reports"], ["Tests read aloud", "-"]]
    provisions = in_blocks_of("# IEP", "# Services", services, "# Accommodations", aids)
    assert [(each.text, *amount(each), each.setting) for each in provisions] == [
        ("math help", 45, 5, "week", "resource room"),
        ("speech therapy", 20, 1, "week", "speech room"),
        ("speech-to-text for lab reports", None, None, None, None),
    ]


@each(
    ("days", "times"),
    [("M-W-F", 3), ("MWF", 3), ("T/Th", 2), ("Mon-Thu", 4), ("M-F", 5), ("Mon.-Fri.", 5), ("Monday through Friday", 5)],
)
def test_days_of_the_week_say_how_often(days: str, times: int) -> None:
    rows = [["Service", "Minutes", "Frequency"], ["Reading", "30", days]]
    (one,) = in_blocks_of("# IEP", "# Services", rows)
    assert amount(one) == (30, times, "week")


def test_a_sentence_that_only_introduces_a_list_is_no_promise() -> None:
    body = """ACCOMMODATIONS
Ada will be provided access to general education classes with the following accommodations:
- large print
The following accommodations will be provided: extended time, copies of notes, and a quiet room.

SERVICES
All services begin and follow the school calendar.
- Speech therapy: 30 minutes weekly
"""
    assert texts(body) == [
        ("accommodation", "large print"),
        ("accommodation", "extended time"),
        ("accommodation", "copies of notes"),
        ("accommodation", "a quiet room"),
        ("service", "speech therapy"),
    ]


def test_what_ends_is_not_read() -> None:
    body = """SERVICES IN THE IEP THAT IS ENDING
- Reading: 60 minutes daily

ACCOMMODATIONS THAT CONTINUE
- Homework posted online

ACCOMMODATIONS THAT END WITH THIS REVIEW
- Colored overlays
Transportation: none. Extended school year: not needed.
"""
    assert texts(body) == [("accommodation", "homework posted online")]


def test_one_of_several_choices_is_marked_beside_none() -> None:
    assert texts("TRANSPORTATION\n☐ None ☒ Special transportation: small bus with an aide") == [
        ("service", "special transportation: small bus with an aide")
    ]
    assert texts("TRANSPORTATION\n☒ None ☐ Special transportation: small bus with an aide") == []


def test_after_what_was_considered_comes_what_was_selected() -> None:
    body = """ACCOMMODATIONS
Considered and rejected: a full-time aide; a laptop.
Selected:
☒ large print   ☐ scribe
"""
    assert texts(body) == [("accommodation", "large print")]


def test_a_box_that_announces_a_list_gives_the_kind_of_the_boxes_below() -> None:
    body = """SECTION 4. STATE TESTS
   ☒ takes the state test with these accommodations:
       ☒ small group    ☐ native language    ☒ breaks every 20 minutes
   ☐ takes the alternate test
"""
    assert texts(body) == [("accommodation", "small group"), ("accommodation", "breaks every 20 minutes")]


def test_an_amendment_takes_out_and_adds_in_sentences() -> None:
    head = """IEP Amendment
Student: Ada Quill
The changes are in effect from 3/1/2027.
"""
    body = """SPEECH
In place of 20 minutes of speech therapy once a week, Ada will now get 30 minutes of speech therapy
twice a week in the speech room.

ACCOMMODATIONS
We take out "extra textbook at home". We add "digital textbooks with read-aloud".

GOAL
Goal 2 now reads: Ada will greet a classmate by name in 8 of 10 arrivals. (It used to be 5 of 10.)
"""
    assert [(each.kind, each.text, *amount(each)) for each in found(body, head)] == [
        ("service", "speech therapy in the speech room", 30, 2, "week"),
        ("accommodation", "digital textbooks with read-aloud", None, None, None),
        ("goal", "will greet a classmate by name in 8 of 10 arrivals", None, None, None),
    ]


def test_a_service_in_a_frame_with_its_fields_around_it_is_one() -> None:
    provisions = in_blocks_of(
        "# IEP",
        "# Special Education Services",
        [["Service nature: Reading instruction"]],
        "☒ Special Education Teacher",
        "☐ Instructional Assistant",
        "End date: 3/1/2028",
        [
            ["Location:", "☐ Outside General Education ☒ In General Education"],
            ["Number of sessions:", "5"],
            ["Length of time:", "45 minutes"],
            ["Frequency:", "Weekly"],
            ["Begin date:", "3/9/2027"],
        ],
    )
    (one,) = provisions
    assert (one.text, *amount(one), one.provider_role) == ("reading instruction", 45, 5, "week", "special education teacher")
    assert (one.starts_on, one.ends_on) == (date(2027, 3, 9), date(2028, 3, 1))


def test_who_gives_it_may_stand_first_by_name() -> None:
    one = only("SERVICES\n- Mr. Oduya, OT: handwriting, 30 min every Wednesday, art room")
    assert (one.text, *amount(one), one.setting, one.provider_role) == (
        "handwriting",
        30,
        1,
        "week",
        "art room",
        "occupational therapist",
    )


def test_a_column_of_kinds_gives_each_row_its_own() -> None:
    rows = [
        ["Type", "Description", "Frequency/Amount", "Location"],
        ["Special education", "Reading instruction", "45 min daily", "Resource room"],
        ["Accommodation", "Large print worksheets", "Each worksheet", "All classes"],
        ["Modification", "Reduced number of spelling words", "Weekly lists", "Language arts"],
    ]
    provisions = in_blocks_of("# IEP", "# Special education, accommodations, modifications and supports", rows)
    assert [(each.kind, each.text) for each in provisions] == [
        ("service", "reading instruction"),
        ("accommodation", "large print worksheets"),
        ("modification", "reduced number of spelling words"),
    ]


def test_words_that_should_be_fields_make_it_less_sure() -> None:
    (one,) = in_blocks_of("# IEP", "# Services", "• Reading help for 20 hours, July 6-31, 2027")
    assert one.confidence < 0.8


def test_a_numbered_section_is_a_heading_though_a_colon_stands_in_it() -> None:
    body = """Part 6: Services
Ada receives 50 minutes of English daily in the general education classroom.

Part 10: Staff
Her teachers meet with the case manager for 30 minutes once a quarter.
"""
    assert [each.kind for each in found(body)] == ["service", "support"]


def test_steps_of_a_goal_are_no_goals() -> None:
    body = """ANNUAL GOALS
1. By 9/30/2027, Ada will solve word problems with 80% accuracy on 4 of 5 probes.
   1a. with a calculator, 50%
2. Ada will retell a story in five sentences. Steps on the way: three sentences by May.
"""
    assert texts(body) == [
        ("goal", "by 9/30/2027 will solve word problems with 80% accuracy on 4 of 5 probes"),
        ("goal", "will retell a story in five sentences"),
    ]


def test_the_second_half_of_a_sentence_has_the_name_of_the_first() -> None:
    body = "SERVICES\n- Occupational therapy, 30 minutes per week (direct) and 15 minutes per month (consultation), by an OT."
    assert [(each.text, *amount(each)) for each in found(body)] == [
        ("occupational therapy, direct", 30, None, "week"),
        ("occupational therapy, consultation", 15, None, "month"),
    ]


def test_home_made_headings_are_told_by_their_words_and_are_less_sure() -> None:
    body = """What Ada does well
She reads 60 words a minute.

Who works with Ada
- Ms. Pell (reading specialist): reading, 40 minutes, Mon-Thu, in the Loft

What makes class easier for Ada
- a wobble stool

Ideas we said no to
- 60 minutes of OT a week

How we will know
- Weekly checks, 20 minutes each
"""
    provisions = found(body)
    assert [(each.kind, each.text) for each in provisions] == [("service", "reading"), ("accommodation", "a wobble stool")]
    assert provisions[1].confidence < 0.8


def test_a_question_in_a_table_is_answered_and_described_below() -> None:
    rows = [["Special transportation needed?", "☒ Yes ☐ No"], ["Describe", "Bus with a lift"]]
    assert [each.text for each in in_blocks_of("# IEP", "# Transportation", rows)] == [
        "special transportation: Bus with a lift"
    ]
    rows[0][1] = "☐ Yes ☒ No"
    assert in_blocks_of("# IEP", "# Transportation", rows) == []


class TestTheFormsOwnWords:
    @each(
        "line",
        [
            "Only the boxes that are checked apply.",
            "Check what applies.",
            "X = accommodation will be provided.",
            "The committee determined that the accommodations marked below are needed.",
            "The student will have:",
            "Participates with no accommodations.",
            "Timing and scheduling",
        ],
    )
    def test_an_instruction_or_a_legend_is_no_accommodation(self, line: str) -> None:
        assert texts(f"Accommodations\n{line}\n- Notes before class\n") == [("accommodation", "notes before class")]

    @each(
        "line",
        [
            "Anticipated date of achievement: 01/31/2028",
            "Ada reads 71 words per minute in grade 4 text and 42% of long words.",
            "Ada leaves her coat behind on 4 of 5 days.",
        ],
    )
    def test_where_the_child_stands_and_a_date_are_no_goals(self, line: str) -> None:
        goal = "Ada will read 110 words per minute in a grade 5 text."
        assert [one.text for one in found(f"Annual Goals\n\n{line}\n\n{goal}\n")] == [
            "will read 110 words per minute in a grade 5 text"
        ]

    @each(
        "line",
        [
            "The student will participate with nondisabled peers in lunch, clubs and field trips.",
            "Resource/related service room",
            "Interest inventory (12/2026): health care, cosmetology.",
        ],
    )
    def test_a_placement_and_a_result_are_no_services(self, line: str) -> None:
        body = f"Special education services\nReading, 30 minutes daily, resource room\n\n{line}\n"
        assert [one.text for one in found(body)] == ["reading"]

    def test_every_checked_box_of_a_cell_is_an_accommodation_of_its_own(self) -> None:
        found_here = rows(
            "Program Accommodations and Modifications",
            ["Accommodations and modifications to be provided", "Sites where required"],
            ["Materials:\n☐ Large print ☒ Graph paper ☒ Pencil grip", "All classes"],
        )
        assert [one.text for one in found_here] == ["graph paper", "pencil grip"]

    def test_a_cell_may_name_the_kind_of_each_of_its_promises(self) -> None:
        found_here = rows(
            "General Education Program Participation",
            ["Class", "Aids / modifications / accommodations", "How"],
            ["Math", "Accommodation: graph paper Modification: half of the problems", "Daily work"],
        )
        assert [(one.kind, one.text) for one in found_here] == [
            ("accommodation", "graph paper"),
            ("modification", "half of the problems"),
        ]

    def test_a_legend_is_no_part_of_a_heading(self) -> None:
        body = "Accommodations (X = agreed):\n   [X] notes before class\nModifications (X = agreed):\n   [X] fewer problems\n"
        assert texts(body) == [("accommodation", "notes before class"), ("modification", "fewer problems")]

    def test_a_service_without_an_amount_is_doubted(self) -> None:
        assert all(one.confidence <= 0.7 for one in found("Related services\n- Counseling with the school psychologist\n"))
        assert found("Related services\n- Counseling with the school psychologist\n")

    def test_a_manifestation_determination_is_no_iep(self) -> None:
        head = (
            "MANIFESTATION DETERMINATION REVIEW - REPORT OF THE TEAM\nStudent: Ada Quill\nDate of the current IEP: 4/15/2026\n"
        )
        told = reading("The team reviewed the IEP, with counseling of 30 minutes a week.", head)
        assert told.refusal
        assert told.refusal.reason == "not-an-iep"
