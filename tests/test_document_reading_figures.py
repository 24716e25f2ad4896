"""How well documents are read, in figures: those of the corpus, taken apart and read as the product does."""

from pathlib import Path
from typing import Any

import pytest

from domain.reading import read
from domain.reading.unreadable import Unreadable
from scheduling.extraction import taken_apart
from tests.reading.score import Score, scores, total

CORPUS = Path(__file__).parent / "reading"
# Of all provisions, fields and so on; the corpus stands for documents that nobody has seen.
LEAST = 0.9


def reading(content: bytes) -> dict[str, Any]:
    """What `scheduling.document_reading` answers, without its child process."""
    try:
        kind, pages = taken_apart(content)
    except Unreadable as unreadable:
        return {"refusal": {"reason": unreadable.reason, "detail": str(unreadable)}, "provisions": []}
    return read(pages, kind).as_json()


@pytest.fixture(scope="module")
def found() -> list[Score]:
    return scores(CORPUS / "documents", CORPUS / "expected.jsonl", reading)


def share(right: int, of: int) -> float:
    return right / of if of else 1.0


def test_documents_are_read_or_refused_rightly(found: list[Score]) -> None:
    assert share(*total(one.outcome for one in found)) >= LEAST


def test_provisions_are_found_and_none_made_up(found: list[Score]) -> None:
    assert share(*total(one.recall for one in found)) >= LEAST
    assert share(*total(one.precision for one in found)) >= LEAST


@pytest.mark.parametrize("name", ["minutes", "times", "per", "setting", "provider_role", "starts_on", "ends_on"])
def test_fields_are_right(found: list[Score], name: str) -> None:
    assert share(*total(one.fields[name] for one in found if name in one.fields)) >= LEAST


def test_a_proposal_is_shown_in_its_place(found: list[Score]) -> None:
    assert share(*total(one.places for one in found)) >= LEAST


@pytest.mark.parametrize("name", ["document_kind", "language", "student_initials", "effective_from", "effective_to"])
def test_what_is_said_of_the_document_is_right(found: list[Score], name: str) -> None:
    assert share(*total(one.about.get(name, (0, 0)) for one in found)) >= LEAST


def test_confidence_says_what_it_means(found: list[Score]) -> None:
    assert share(*total(one.confident for one in found)) >= 0.95


def test_next_to_nothing_is_read_that_is_no_promise(found: list[Score]) -> None:
    broken, of = total(one.forbidden for one in found)
    assert broken <= 0.02 * of
