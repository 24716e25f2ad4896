"""Wording as parents paste and as schools phrase it: broken lines, odd characters, and rewrites that keep the facts."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain.language import language_of
from domain.wording import OtherLanguage, OwnTerm, weigh
from domain.wording.as_pasted import as_pasted
from tests.walks import each
from tests.wording.scoring import labelled

LABELLED = labelled()
SINGLE = [label for label in LABELLED if not re.search(r"[\n]|[.!?;:•|] ", label["text"])]


def terms(text, kind="accommodation", own=()):
    return [(finding.category, finding.term) for finding in weigh(text, kind, own).findings]


def categories(text, kind="accommodation"):
    return [finding.category for finding in weigh(text, kind).findings]


def rewrite(text, kind="accommodation"):
    return weigh(text, kind).rewrite


def before_the_questions(text, kind="accommodation"):
    """The rewrite without what is asked after it."""
    return re.split(
        r"\. (?=(?:Who|What exactly|Where|When|How much|How often|How long|Why|By|Measured by): \[)", rewrite(text, kind)
    )[0]


# Broken lines


@each("ending", ["\n", "\r\n", "\r", "\n    ", " \n", "\r\n\t", "\u2028", "\n\n"])
def test_a_line_end_within_a_sentence_is_a_blank(ending):
    (finding,) = weigh(f"He gets help as{ending}needed").findings[-1:]
    assert finding.category == "conditional"
    assert finding.term == f"as{ending}needed"


@each(
    "text",
    [
        "Preferential seating:\nfront row",
        "extended\ntime (time and\na half)",
        "Extended time\n(time and a half)",
        "Extended time:\n50% on all tests",
    ],
)
def test_what_is_settled_on_the_next_line_is_settled(text):
    assert terms(text) == []


@each(
    "text",
    [
        "Extended time on tests.\nAs needed, a scribe writes.",
        "1. Extended time\n2. Frequent breaks",
        "- Extended time\n- Frequent breaks",
        "[ ] Extended time\n[x] Frequent breaks",
        "Extended time\nFrequent breaks",
    ],
)
def test_items_of_a_list_stay_apart(text):
    assert as_pasted(text).text == text


def test_a_line_that_is_not_at_its_end_goes_on_with_a_name():
    assert as_pasted("Help is given to\nJosé").text == "Help is given to José"


def test_a_compound_broken_at_its_hyphen_is_one_word():
    assert as_pasted("a small-\ngroup setting").text == "a small-group setting"


@settings(deadline=None)
@given(some.sampled_from(SINGLE), some.sampled_from(["\n", "\r\n", "\n  "]))
def test_breaking_every_line_changes_nothing(label, ending):
    text, kind = label["text"], label["kind"]
    broken = re.sub(r" (?=[a-z])", ending, text)
    whole, pasted = weigh(text, kind), weigh(broken, kind)
    flat = [(each.category, re.sub(r"\s+", " ", each.term)) for each in pasted.findings]
    assert flat == [(each.category, re.sub(r"\s+", " ", each.term)) for each in whole.findings]
    assert all(broken[each.start : each.end] == each.term for each in pasted.findings)
    assert dict(pasted.elements) == dict(whole.elements)
    if ending == "\n":
        assert [(each.start, each.end) for each in pasted.findings] == [(each.start, each.end) for each in whole.findings]


def test_own_terms_are_found_across_a_line_end():
    own = [OwnTerm("at the district's convenience", "discretionary")]
    assert terms("Rides come at the\r\n      district's convenience", own=own) == [
        ("discretionary", "at the\r\n      district's convenience")
    ]


# Odd characters


@each(
    ("text", "term"),
    [
        ("suﬃcient seats", "suﬃcient"),
        ("fre\u00adquent breaks", "fre\u00adquent"),
        ("Break as \u200bneeded", "as \u200bneeded"),
        ("Break as\u200b needed\ufeff", "as\u200b needed"),
        ("\ufeffFrequent breaks", "Frequent"),
        ("fre\u200cquent\u200d breaks", "fre\u200cquent"),
    ],
)
def test_invisible_characters_and_ligatures_count_as_the_word(text, term):
    assert [finding.term for finding in weigh(text).findings] == [term]


def test_a_picture_of_several_parts_stays_whole():
    assert "👩\u200d🏫" in rewrite("👩\u200d🏫 Frequent breaks")


# Own terms


@each("said", ["teacher's whim", "teacher’s whim", "Teacher\u02bcs Whim"])
@each("kept", ["teacher's whim", "teacher’s whim"])
def test_straight_and_curly_apostrophes_are_alike(said, kept):
    assert terms(f"Rides by the {said}", own=[OwnTerm(kept, "discretionary")]) == [("discretionary", said)]


def test_the_same_own_term_twice_is_one():
    own = [OwnTerm("Wobble  Stool", "open_ended", "First."), OwnTerm("wobble stool", "conditional", "Second.")]
    (finding,) = weigh("A wobble stool", "accommodation", own).findings
    assert (finding.category, finding.why) == ("open_ended", "First.")


# Other languages


@each(
    "text",
    [
        "Según sea necesario.",
        "Tiempo extendido",
        "Lectura en voz alta",
        "Apoyo del maestro",
        "Descansos frecuentes",
        "Copias de apuntes",
        "Apoyo visual",
        "Descansos",
    ],
)
def test_short_spanish_is_refused(text):
    with pytest.raises(OtherLanguage):
        weigh(text)


@each(
    "text",
    [
        "José Del Río, aide",
        "María de la Cruz",
        "Escuela de la Luz",
        "La Mesa Elementary",
        "Casa del Maestro School",
        "Seat near José de la Garza",
        "Room El Camino Real",
        "Oral exams",
        "Personal aide",
    ],
)
def test_english_with_spanish_names_is_not(text):
    assert language_of(text) in ("en", None)


def test_no_labelled_statement_is_taken_for_another_language():
    assert {language_of(label["text"]) for label in LABELLED} <= {"en", None}


def test_spanish_words_are_no_misspelt_english_ones():
    assert terms("The sign says tiempo extendido and minutos adicionales in room 4.") == []


# Who decides

DECIDED = [
    ("Staff give breaks as they see fit.", "as they see fit"),
    ("The aide gives breaks as she deems appropriate.", "as she deems appropriate"),
    ("The aide gives breaks as he sees fit, etc.", "as he sees fit"),
    ("Breaks as he sees fit, etc.", "as he sees fit"),
    ("The nurse checks him if she feels it is needed.", "if she feels it is needed"),
    ("The teacher moves him when she thinks it is best.", "when she thinks it is best"),
]


@each(("text", "term"), DECIDED)
def test_who_acts_is_meant_by_he_or_she_who_sees_fit(text, term):
    wording = weigh(text, "accommodation")
    assert ("discretionary", term) in [(each.category, each.term) for each in wording.findings]
    assert wording.elements["when"] == "vague"
    assert wording.elements["why"] == "missing"
    assert ("etc." in text) == ("open_ended" in categories(text))


def test_the_child_who_decides_is_no_discretion():
    assert "discretionary" not in categories("Student takes breaks as he sees fit.")


# Help that is only permitted or advised


@each(
    ("text", "how"),
    [
        ("Staff may help José as needed.", "vague"),
        ("The aide may assist José.", "vague"),
        ("The aide should prompt José.", "vague"),
        ("The aide can remind José.", "vague"),
        ("The aide may prompt him.", "vague"),
        ("The aide will provide José with prompts in math.", "vague"),
        ("The aide gives him verbal prompts.", "vague"),
    ],
)
def test_help_that_is_not_described_makes_what_and_how_vague(text, how):
    elements = weigh(text, "accommodation").elements
    assert elements["what"] == "vague"
    assert elements["how"] == how


def test_help_with_a_task_one_can_watch_stays_clear():
    assert weigh("The aide may help José zip his coat.", "accommodation").elements["what"] == "clear"


# Rewrites keep the facts and read well


@each(
    ("kind", "text", "new"),
    [
        ("accommodation", "Sit him as close to the board as possible", "Sit him close to the board ([how close, in figures])"),
        ("accommodation", "Give as many breaks as possible each day", "Give [how many] breaks each day"),
        (
            "modification",
            "Homework should be reduced, and tests should be shortened.",
            "Homework will be reduced by [how much], and tests will be shortened by [how much]",
        ),
        ("accommodation", "Whoever is free reads the test", "[Which role] reads the test"),
        ("accommodation", "Best efforts will be made to seat him in row 1", "[Which role] will seat him in row 1"),
        ("accommodation", "Every effort will be made to seat him in row 1", "[Which role] will seat him in row 1"),
        ("accommodation", "Teachers will do their best to preview words", "Teachers will preview words"),
        (
            "goal",
            "Student will increase on-task behavior",
            "Student will increase on-task behavior from [which figure today] to [which figure]",
        ),
        ("accommodation", "Prompt him", "Prompt him ([how many, and at which moments])"),
        ("accommodation", "The aide may prompt José.", "The aide will prompt José ([how many, and at which moments])"),
        ("accommodation", "Staff may help José.", "[Which role] will help José ([what exactly is done])"),
        ("accommodation", "The teacher decides as he sees fit", "[What is decided now, and not later]"),
        ("accommodation", "Several prompts", "[How many] prompts ([when, in words anyone can check])"),
        ("accommodation", "Call 911 promptly for seizures", "Call 911 [within how many minutes] for seizures"),
        ("accommodation", "The inhaler is given ASAP", "The inhaler is given [within how many minutes]"),
        ("accommodation", "Papers are returned promptly.", "Papers are returned [within how many minutes or school days]"),
        ("accommodation", "Calculator use is optional", "Calculator use will be provided"),
        ("accommodation", "Sit as far from the door as possible", "Sit far from the door ([how far, in figures])"),
        ("modification", "Teachers should shorten the homework", "Teachers will shorten the homework by [how much]"),
        ("modification", "Homework should be reduced by half", "Homework will be reduced by half"),
        ("accommodation", "The aide may help José zip his coat", "The aide will help José zip his coat"),
        ("accommodation", "The aide will try and give breaks", "The aide will give breaks"),
        ("accommodation", "It is best to seat him in row 1", "[Which role] will seat him in row 1"),
        (
            "goal",
            "Student will improve self-regulation",
            "Student will improve self-regulation from [which figure today] to [which figure]",
        ),
        ("accommodation", "Optional use of a number line", "Use of a number line"),
    ],
)
def test_a_rewrite_keeps_the_facts(kind, text, new):
    assert before_the_questions(text, kind) == new
    assert weigh(rewrite(text, kind), kind).findings == ()


def test_a_sentence_that_ends_in_a_bracket_has_its_full_stop():
    assert rewrite("Extra time").startswith("Extra time ([how many minutes, or what part of the usual time]). Who: ")


def test_a_sentence_that_has_its_full_stop_gets_no_other():
    assert ".)." not in rewrite("Extra time (see the plan.)")


# Smaller ones


@each(
    ("kind", "text", "expected"),
    [
        ("accommodation", "Aprox. 10 min break", [("vague_amount", "Aprox. 10 min")]),
        ("accommodation", "The aide will try and give breaks.", [("intent_only", "try and")]),
        ("accommodation", "Several of the problems", [("vague_amount", "Several")]),
        ("support", "Staff will be trained in CPR by the consultant.", []),
        ("support", "Staff will be trained by the consultant.", []),
        ("accommodation", "Best efforts will be made to seat him.", [("intent_only", "Best efforts will be made")]),
    ],
)
def test_smaller_families(kind, text, expected):
    assert terms(text, kind) == expected


@each(
    ("kind", "text", "element", "state"),
    [
        ("service", "Reading at Oak School", "where", "clear"),
        ("service", "Reading, twice a week, at Martin Luther King Jr. Elementary School", "where", "clear"),
        ("modification", "Teachers should shorten the homework.", "how", "vague"),
        ("modification", "Homework should be reduced by half.", "how", "clear"),
        ("accommodation", "The aide gives the nurse a note", "where", "missing"),
        ("accommodation", "Student goes to the nurse when dizzy", "where", "clear"),
        ("service", "A wheelchair van takes him to school daily.", "how", "clear"),
        ("service", "Wheelchair van, daily", "how", "clear"),
        ("accommodation", "Two prompts to look at his checklist", "why", "missing"),
        ("accommodation", "Verbal prompts to look at his checklist", "why", "missing"),
        ("accommodation", "The aide gives him prompts to look at his checklist.", "why", "missing"),
        ("accommodation", "The aide gives him prompts in math to look at his checklist.", "why", "missing"),
    ],
)
def test_smaller_elements(kind, text, element, state):
    assert weigh(text, kind).elements[element] == state
