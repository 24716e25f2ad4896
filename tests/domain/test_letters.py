"""The templates of letters: each has what the trade asks of it, in both languages, and says nothing that no letter says."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.follow_up import LADDERS
from domain.letter_case import Filed, LetterCase, Person, made_up, made_up_case, made_up_facts
from domain.letters import (
    CHOICES,
    LANGUAGES,
    NOTICE,
    PROCEEDINGS,
    TEMPLATES,
    Block,
    FactsOfLetterInvalid,
    blocks,
    date_in_words,
    joined,
    salutation,
)
from domain.proceedings.row import KINDS
from mail.paper import filled, standard

# What each must also have, besides what every letter has; in the words of a made-up case.
HAS = {
    "follow_up_summary": (
        *("October 5, 2026", "on the phone", "Terry Thompson and Maria Lopez", "Thank you", "“A reader for all tests.”"),
        *(
            "The reader was away",
            "All tests are read aloud",
            "A reader for the tests in science: Terry Thompson, by October 12",
        ),
        *("Who reads when the reader is away", "if I understood anything wrongly", "ana@riverside.example"),
    ),
    "meeting_request": (
        *("To agree on how tests are read aloud", "What the IEP says", "Terry Thompson, general education teacher"),
        *("October 20, 2026", "October 21, 2026", "October 23, 2026", "phone or video", "300.324(b)", "300.328", "300.501(b)"),
    ),
    "records_request": (
        *("The log of the reader", "from September 8, 2026", "inspect", "copies", "Ana Alvarez may inspect"),
        *("before the meeting on October 20, 2026", "45 days", "300.613", "300.616", "300.617"),
    ),
    "service_log_request": (
        *("“A reader for all tests.”", "from September 8, 2026 to October 5, 2026", "the date;", "the minutes;"),
        *("who provided it", "the size of the group", "the reason", "make-up", "300.613", "300.501(a)"),
    ),
    "policy_request": (
        "“We do not read tests in science; that is district policy.”",
        "Please send the written policy or law on which it rests",
    ),
    "prior_written_notice_request": (
        *("A reader for tests in science", "October 5, 2026", "Petra Petrov asked", "1. a description of the action"),
        *("2. why", "3. each evaluation", "4. the procedural safeguards, and how to get a copy", "5. whom the parents can ask"),
        *("6. the other options", "why they were rejected", "7. the other factors", "language that the general public"),
        *("in Ukrainian, the parent's language", "300.503"),
    ),
    "amendment_request": (
        *("“A reader for tests as needed.”", "“A reader for all tests, in all subjects, in the resource room.”"),
        *("Nobody can tell", "without a meeting if you agree", "inform the IEP team", "merged in", "300.324(a)(4), (6)"),
    ),
    "iee_request": (
        *("The psychological evaluation", "The parent disagrees", "No reason has to be given", "public expense"),
        *("criteria", "where one may be obtained", "300.502(b)", "300.502(a)(2)"),
    ),
    "state_complaint_checklist": (
        *("Statement that a requirement of Part B", "Three tests in science", "Signature", "petra@example.org", "Sasha Petrov"),
        *("7 River Road", "Riverside Elementary School", "homeless", "Proposed resolution", "The tests are taken again"),
        *("not more than one year before it is received", "A copy goes to Portland School District at the same time"),
        *("300.153(b)", "300.153(c)", "300.153(d)"),
    ),
    "due_process_checklist": (
        *("Sasha Petrov", "7 River Road", "Riverside Elementary School", "homeless", "refused: No reader for tests in science"),
        *("Three tests in science", "The tests are taken again", "the other party, Portland School District"),
        *("a copy to Oregon Department of Education", "300.508(a)", "300.508(b)"),
    ),
    "mediation_request": (
        *("Petra Petrov and Portland School District", "Who reads tests in science", "voluntary", "confidential"),
        *("October 20, 2026", "The public library", "300.506"),
    ),
    "thank_you": ("Every test in science was read aloud", "since October 12, 2026", "Maria Lopez, who reads"),
    "new_teacher_handover": (
        *("All tests are read aloud", "Tell the reader of each test", "The IEP is with the case manager", "A quiet word"),
        *("Petra Petrov, petra@example.org", "300.323(d)"),
    ),
}
CITED = re.compile(r"300\.\d+(?:\([a-z0-9]+\))*")
# A letter threatens nobody, judges nobody, and tells nobody what they have to do.
NEVER = {
    "en": (
        r"violat|illegal|unlawful|\bfailed\b|failure|\bmust\b|demand|lawsuit|\bsue\b|attorney|consequence|immediately|"
        r"unacceptable|outrag|disappoint|negligen|compensat|disabilit|diagnos|clearly refused|you will win"
    ),
    "es": (
        r"viola(?!do)|ilegal|incumpl|\bexig|demand|abogad|consecuenc|inmediat|inacept|indign|decepcion|neglig|"
        r"compensat|discapacid|diagn[oó]s"
    ),
}


def said(name: str, language: str, case: LetterCase | None = None, facts: dict[str, Any] | None = None) -> Any:
    template = TEMPLATES[name]
    known = case or made_up_case(template.parties[0], language)
    given = made_up_facts(template, language) if facts is None else facts
    return filled(standard(name, language), known.variables(template, given, language))


def test_there_are_the_thirteen_of_the_trade() -> None:
    assert tuple(TEMPLATES) == tuple(HAS)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_letter_has_what_the_trade_asks_of_it(name: str) -> None:
    letter = said(name, "en")
    text = f"{letter.subject}\n{letter.body}"
    assert [part for part in HAS[name] if part not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_letter_has_what_every_letter_has(name: str, language: str) -> None:
    letter, template = said(name, language), TEMPLATES[name]
    whom = "Petra Petrov:" if template.parties[0] == "client" else "Terry Thompson:"
    assert whom in letter.body.splitlines()[0]
    assert "Sasha Petrov" in letter.body
    assert "Sasha" not in letter.subject
    assert "Petrov" not in letter.subject
    assert date_in_words(date(2026, 10, 14), language) in letter.body, "by when"
    assert date_in_words(date(2026, 9, 8), language) in letter.body, "which IEP"
    assert {"en": "version 2, page 7", "es": "versión 2, página 7"}[language] in letter.body
    if name not in ("amendment_request", "new_teacher_handover"):
        support = {"en": "A reader for all tests.", "es": "Una persona lee todas las pruebas."}[language]
        assert support in letter.body, "the support, in the words of the IEP"
    assert "Ana Alvarez\nRiverside Advocacy\nana@riverside.example" in letter.body
    if template.parties[0] != "client":
        assert letter.body.rstrip().endswith({"en": "(parent)", "es": "(madre, padre o tutor)"}[language])
    assert letter.blanks == ()
    assert "[" not in letter.body
    assert NOTICE[language] not in letter.body
    assert len(letter.body.split()) < 330, "one page"


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_spanish_letter_rests_on_the_same_law_and_asks_for_as_much(name: str) -> None:
    english, spanish = said(name, "en"), said(name, "es")
    assert CITED.findall(spanish.body) == CITED.findall(english.body)
    marks = [[block.mark for block in blocks(letter.body)] for letter in (english, spanish)]
    assert marks[0] == marks[1]
    law = CITED.findall(TEMPLATES[name].law or "")
    assert [one for one in law if one not in english.body] == []


# Words that no English sentence of ours is without, and no Spanish one has.
ENGLISH = re.compile(
    r"\b(?:the|of|and|with|for|was|is|are|by|on|at|who|what|which|per|times?|week|page|teacher|school)\b", re.IGNORECASE
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_english_of_ours_stands_in_a_spanish_letter(name: str) -> None:
    """With all that is known, with nothing of it, and with every name that a practice's own words may use."""
    template = TEMPLATES[name]
    variables = made_up_case(template.parties[0], "es").variables(template, made_up_facts(template, "es"), "es")
    codes = ("party", "access", "action")
    words = [*leaves([value for name, value in variables.items() if name not in codes]), template.title_es]
    letters = (said(name, "es"), said(name, "es", facts={}))
    for text in (*words, *(part for letter in letters for part in (letter.subject, letter.body, *letter.blanks))):
        assert ENGLISH.findall(text) == [], text


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    elif value is not None:
        yield str(value)


def test_what_was_chosen_and_filed_is_said_in_the_language_of_the_letter() -> None:
    case = made_up_case("team", "es")
    notice = case.variables(TEMPLATES["prior_written_notice_request"], {"action": "refused"}, "es")
    assert (notice["action"], notice["action_in_words"]) == ("refused", "se rechazó")
    records = TEMPLATES["records_request"]
    assert case.variables(records, {"access": "both"}, "es")["access_in_words"] == "revisarlos y recibir copias"
    assert case.variables(records, {}, "es")["access_in_words"] is None
    assert notice["proceeding"] == {"kind": "mediación", "filed_on": "1 de octubre de 2026", "reference": "M-26-104"}
    filed = replace(case, proceeding=Filed("state_complaint"))
    assert filed.variables(records, {}, "es")["proceeding"]["kind"] == "queja estatal"
    assert {*PROCEEDINGS["en"], *PROCEEDINGS["es"]} == set(KINDS)
    choices = {field.name: field.choices for row in TEMPLATES.values() for field in row.fields if field.type == "choice"}
    for language in LANGUAGES:
        assert {name: tuple(words) for name, words in CHOICES[language].items()} == choices


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_no_letter_threatens_or_judges(name: str, language: str) -> None:
    """Neither with everything known, nor with nothing; what a person said is theirs."""
    wording = standard(name, language)
    for text in (wording.subject, wording.body):
        assert re.findall(NEVER[language], text, re.IGNORECASE) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_is_required_and_not_known_stands_as_a_blank(name: str) -> None:
    template = TEMPLATES[name]
    for field in template.fields:
        facts = {one: value for one, value in made_up_facts(template).items() if one != field.name}
        case = replace(made_up_case(template.parties[0]), parents=[])
        before = set(said(name, "en", case).blanks)
        blanks = set(said(name, "en", case, facts).blanks) - before
        assert bool(blanks) == field.required, (field.name, blanks)


def test_nobody_knows_who_brings_it() -> None:
    facts = {**made_up_facts(TEMPLATES["follow_up_summary"]), "agreed": [{"what": "A reader"}]}
    letter = said("follow_up_summary", "en", facts=facts)
    assert "1. A reader: [who will provide it], by [by when]." in letter.body
    assert letter.blanks == ("who will provide it", "by when")


def test_of_three_dates_those_that_are_missing_are_blanks() -> None:
    facts = {**made_up_facts(TEMPLATES["meeting_request"]), "dates": ["2026-10-20"]}
    letter = said("meeting_request", "en", facts=facts)
    assert letter.blanks == ("a second date", "a third date")


def test_the_table_fits_the_ladders_and_counts_business_days() -> None:
    assert {template.ladder for template in TEMPLATES.values()} - {None} <= set(LADDERS)
    # Columbus Day is no business day.
    assert TEMPLATES["follow_up_summary"].reply_by(date(2026, 10, 5)) == date(2026, 10, 13)
    assert TEMPLATES["follow_up_summary"].reply_by(date(2026, 10, 5), {date(2026, 10, 6)}) == date(2026, 10, 14)


def test_what_steps_have_answered_is_taken_the_best_first() -> None:
    template = TEMPLATES["follow_up_summary"]
    history = {
        "name_cause": {"teacher_said": "Not yet."},
        "hold_team_meeting": {"held_on": "2026-10-06", "attendees": ["Terry", "Maria"], "what_was_said": "From Monday on."},
        "talk_to_teacher": {"our_understanding": "All tests.", "occurred_on": "2026-10-01"},
    }
    assert template.known_from(history) == {
        "spoke_on": "2026-10-06",
        "they_said": "From Monday on.",
        "we_said": "All tests.",
        "with_whom": "Terry, Maria",
    }
    agenda = {"call_team_meeting": {"agenda": "The reader.\n\nTests that were taken without one."}}
    topics = TEMPLATES["meeting_request"].known_from(agenda)["topics"]
    assert topics == ["The reader.", "Tests that were taken without one."]


def test_facts_of_the_wrong_kind_are_named() -> None:
    with pytest.raises(FactsOfLetterInvalid) as refused:
        TEMPLATES["records_request"].checked({"from_on": "2026-13-01", "access": "all", "records": ["a", ""], "x": "y"})
    errors: Any = refused.value.extra["errors"]
    assert {error["pointer"] for error in errors} == {"/facts/from_on", "/facts/access", "/facts/records/1", "/facts/x"}
    assert TEMPLATES["records_request"].checked({"records": "One", "from_on": None}) == {"records": ["One"]}


def test_a_body_is_parted_into_paragraphs_and_items() -> None:
    body = "Dear\nTerry:\r\n\r\n1. one\n   goes on\n2) two\n- three\n\nSincerely,\n\n\n\nAna\n1.5 hours\n"
    assert list(blocks(body)) == [
        Block(("Dear", "Terry:")),
        Block(("one", "goes on"), "1."),
        Block(("two",), "2)"),
        Block(("three",), "-"),
        Block(("Sincerely,",)),
        Block(("Ana", "1.5 hours"), space=2),
    ]
    assert list(blocks("")) == []
    assert len(list(blocks("\n".join("1. x" for _ in range(5000))))) == 5000


def test_people_and_days_are_said_as_people_say_them() -> None:
    assert joined(["A", "B", "C"], "es") == "A, B y C"
    assert [joined(["Ana", name], "es") for name in ("Inés", "Hilda", "Iago", "Hierro")] == [
        *("Ana e Inés", "Ana e Hilda", "Ana y Iago", "Ana y Hierro")
    ]
    assert salutation([], "en") is None
    assert salutation(["A", "B"], "es") == "Estimados/as A y B:"
    assert salutation(["A", "B", "C", "D"], "en") == "Dear members of the IEP team:"
    assert Person("Terry", "speech teacher").in_words("es") == "Terry (speech teacher)"
    assert date_in_words(date(2026, 1, 2), "es") == "2 de enero de 2026"
    assert made_up(TEMPLATES["thank_you"], "es")["date"] == "6 de octubre de 2026"
