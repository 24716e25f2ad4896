"""What the child is asked: which questions fit, the words of the support say."""

import pytest

from domain.questions_for_the_child import OF_ANY, SUPPORTS, kinds_of_support, prompts_for, questions_by_support


@pytest.mark.parametrize(
    ("text", "kind", "kinds"),
    [
        ("Extended time (time and a half) on tests and quizzes.", "accommodation", ("extra_time", "tests")),
        ("Sasha may finish classwork with 50% more time.", None, ("extra_time",)),
        ("A reader reads all tests aloud.", "accommodation", ("reader", "tests")),
        ("Copies of the teacher's notes before each lesson.", "accommodation", ("reader",)),
        ("30 minutes, 2 times per week, by a speech-language pathologist.", "service", ("service",)),
        ("2x30/wk OT", None, ("service",)),
        ("Specially designed instruction in reading", "service", ("service",)),
        ("Movement breaks on request.", "accommodation", ("breaks",)),
        ("A behavior intervention plan is followed in all settings.", "support", ("breaks",)),
        ("Preferential seating, near the teacher.", "accommodation", ("seating",)),
        ("Speech-to-text software for written work.", "accommodation", ("seating",)),
        ("One-to-one paraprofessional at recess.", "support", ("aide",)),
        ("Door-to-door transportation.", "service", ("aide",)),
        ("Speech therapy 30 min 2x/week, 2 x a week in spring", "service", ("service",)),
        ("Every second problem on a page.", "modification", ("tests",)),
        ("Checks for understanding.", "accommodation", ()),
        ("Sasha reads a text of grade 3.", "goal", ()),
    ],
)
def test_the_words_of_a_support_say_what_kind_it_is(text: str, kind: str | None, kinds: tuple[str, ...]) -> None:
    assert kinds_of_support(text, kind) == kinds


def test_the_first_question_is_about_the_support_and_the_last_ones_fit_any() -> None:
    asked = prompts_for("Extended time on tests.")
    assert asked[0] == "Do you always have time to finish your work?"
    assert asked[-2:] == OF_ANY
    assert prompts_for(None) == prompts_for("Checks for understanding.") == OF_ANY


def test_a_service_is_asked_for_by_whoever_gives_it() -> None:
    assert prompts_for("Speech therapy", "service")[0] == "Did you see your speech teacher this week? Today?"
    assert prompts_for("30 minutes daily", "service", "occupational therapist")[0].startswith("Did you see your OT")
    assert prompts_for("30 minutes daily", "service")[0].startswith("Did you see the teacher who helps you")


def test_no_question_is_left_with_a_blank_or_is_against_anybody() -> None:
    every = [prompt for _, prompts in questions_by_support().values() for prompt in prompts]
    assert len(every) == len(set(every)) == sum(len(support.prompts) for support in SUPPORTS.values()) + len(OF_ANY)
    for prompt in every:
        assert "{" not in prompt
        assert "your teacher does" not in prompt.lower()
