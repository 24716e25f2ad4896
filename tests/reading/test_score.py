"""The measure itself: a reading that says what the line says is all right, and each kind of mistake counts once."""

from pathlib import Path
from typing import Any

from tests.reading.score import FIELDS, Score, expected_lines, likeness, score, total
from tests.walks import each

HERE = Path(__file__).parent
LINES = expected_lines(HERE / "expected.jsonl")
SERVICE = {
    "kind": "service",
    "text": "physical therapy consult",
    "minutes": 60,
    "times": None,
    "per": "quarter",
    "setting": "gym",
    "provider_role": "physical therapist",
    "source": "PT consult: 60 min per quarter; gym; PT",
    "page": None,
    "line": 17,
}


def read_as_expected(line: dict[str, Any]) -> dict[str, Any]:
    """The reading that a line asks for."""
    refusal = line.get("refusal")
    return {
        **{
            name: line.get(name) for name in ("document_kind", "language", "student_initials", "effective_from", "effective_to")
        },
        "provisions": [
            {
                **{name: one.get(name) for name in ("kind", "text", *FIELDS)},
                "confidence": 0.9,
                "source": {"page": one["page"], "line": one["line"], "quote": one["source"]},
            }
            for one in line["provisions"]
        ],
        "warnings": line.get("warnings", []),
        "refusal": {"reason": refusal, "detail": ""} if refusal else None,
    }


def of(*read: dict[str, Any], **line: Any) -> Score:
    """The score of these provisions against one service."""
    expected = {"file": "a.txt", "provisions": [SERVICE], "must_not_read": [], **line}
    return score(expected, {"provisions": list(read), "refusal": None})


@each("line", LINES, ids=[line["file"] for line in LINES])
def test_the_reading_that_a_line_asks_for_has_no_mistake(line: dict[str, Any]) -> None:
    found = score(line, read_as_expected(line))

    assert found.remarks == ()
    assert found.outcome == (1, 1)
    assert found.recall == found.precision == (len(line["provisions"]),) * 2
    assert found.confident[0] == found.confident[1]


@each("line", LINES, ids=[line["file"] for line in LINES])
def test_every_line_has_its_document(line: dict[str, Any]) -> None:
    assert (HERE / "documents" / line["file"]).stat().st_size > 0


def test_a_text_may_use_the_words_of_its_source_but_not_a_few_of_them() -> None:
    assert likeness(SERVICE, "PT consult; gym") == 1
    assert likeness(SERVICE, "Physical-therapy consult") == 1
    assert likeness(SERVICE, "PT") < 0.5
    assert likeness(SERVICE, "speech therapy in the annex") < 0.5


def test_a_missed_a_made_up_and_a_wrong_field_count_where_they_belong() -> None:
    wrong = {**SERVICE, "minutes": 30, "source": {"page": None, "line": 16, "quote": ""}, "confidence": 0.9}
    found = of(wrong, {**wrong, "text": "hearing services"})

    assert (found.recall, found.precision) == ((1, 1), (1, 2))
    assert found.fields["minutes"] == (0, 1)
    assert found.fields["starts_on"] == (0, 0)
    assert found.places == (0, 1)
    assert found.confident == (0, 2)
    assert of().recall == (0, 1)
    assert of({**wrong, "kind": "support"}).recall == (0, 1)


def test_a_field_may_have_further_right_answers_in_any_case_and_punctuation() -> None:
    line = {"provisions": [{**SERVICE, "also": {"setting": ["school gym"]}}]}

    assert of({**SERVICE, "setting": "School-Gym", "source": None}, **line).fields["setting"] == (1, 1)
    assert of({**SERVICE, "setting": "annex", "source": None}, **line).fields["setting"] == (0, 1)


def test_two_rows_of_one_text_are_told_apart_by_their_fields() -> None:
    indirect = {**SERVICE, "minutes": 15}
    read = [{**one, "source": {"line": 17}} for one in (indirect, SERVICE)]
    found = of(*read, provisions=[SERVICE, indirect])

    assert total(found.fields.values()) == (10, 10)


def test_what_must_not_be_read_is_sought_in_the_promises_and_a_name_not_in_goals() -> None:
    forbidden = [{"text": "laptop", "why": "not marked"}, {"text": "Marrow", "why": "the child's name"}]
    laptop = {**SERVICE, "kind": "accommodation", "text": "a Laptop", "source": {"quote": "Marrow: laptop"}}
    goal = {**SERVICE, "kind": "goal", "text": "Ana Marrow will read", "source": {"quote": "Ana Marrow will read"}}

    assert of(laptop, must_not_read=forbidden).forbidden == (2, 2)
    assert of(goal, must_not_read=forbidden).forbidden == (0, 2)


def test_a_refusal_needs_its_reason_and_a_warning_its_pages() -> None:
    line = {"file": "a.pdf", "refusal": "password", "provisions": []}
    scan = {"file": "b.pdf", "provisions": [], "warnings": [{"code": "pages-without-text", "pages": [2]}]}

    assert score(line, {"refusal": {"reason": "password"}}).outcome == (1, 1)
    assert score(line, {"refusal": {"reason": "no-text"}}).outcome == (0, 1)
    assert score(scan, {"warnings": [{"code": "pages-without-text", "pages": [2]}]}).warnings == (1, 1)
    assert score(scan, {"warnings": [{"code": "pages-without-text", "pages": [3]}, {"code": "draft"}]}).warnings == (0, 2)
