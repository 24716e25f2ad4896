"""What is signed is a text whose hash anybody can work out again, whatever was written."""

import hashlib
import unicodedata
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.statement import PARTIES, QUESTIONS, SPEAKS_AS, Signed, can_be_dated, normal, question_for

CASE, STATEMENT = UUID("0192f0c1-2345-7abc-8def-0123456789ab"), UUID("0192f0c1-2345-7abc-8def-0123456789ac")
AT = datetime(2026, 10, 6, 16, 20, 5, 123456, tzinfo=UTC)
WRITTEN = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\r"), min_size=1).filter(normal)


def signed(**more: object) -> Signed:
    said: dict[str, object] = {"question": "What did you see?", "text": "Nobody read to them.", "signed_name": "Terry Thompson"}
    said |= {"about_from": date(2026, 9, 8), "about_to": None, "before": None, "number": 1, "practice": "Riverside Advocacy"}
    return Signed(
        **{"case_id": CASE, "statement_id": STATEMENT, "signed_on": date(2026, 10, 6), "signed_at": AT, **said, **more}  # type: ignore[arg-type]
    )


def test_the_form_is_a_text_that_a_person_can_read() -> None:
    asked = "What did you see?\nIn which class?"
    entry = signed(question=asked, before="0f" * 32, number=2, text="On Tuesdays nobody read.\n\nsigned by: nobody")
    assert entry.canonical == (
        "statement, form 1\n"
        "practice: Riverside Advocacy\n"
        "case: 0192f0c1-2345-7abc-8def-0123456789ab\n"
        "statement: 0192f0c1-2345-7abc-8def-0123456789ac\n"
        "entry: 2\n"
        "asked:\n"
        "  What did you see?\n"
        "  In which class?\n"
        "about the days: from 2026-09-08\n"
        "signed by: Terry Thompson\n"
        "signed on: 2026-10-06\n"
        "received at: 2026-10-06T16:20:05.123456Z\n"
        f"sha256 of the entry before: {'0f' * 32}\n"
        "words:\n"
        "On Tuesdays nobody read.\n"
        "\n"
        "signed by: nobody\n"
    )
    assert entry.sha256 == hashlib.sha256(entry.canonical.encode()).digest()


def test_an_instant_is_told_in_utc_wherever_it_was_read() -> None:
    elsewhere = AT.astimezone(tz=None)
    assert signed(signed_at=elsewhere).canonical == signed().canonical


@given(WRITTEN)
def test_what_is_normal_stays_as_it_is(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@given(WRITTEN, WRITTEN)
def test_other_words_have_another_form_and_the_words_stand_in_it_to_the_end(text: str, question: str) -> None:
    """Nothing that is asked or written passes for another line of it."""
    entry = signed(text=normal(text), question=question)
    head, _, words = entry.canonical.partition("\nwords:\n")
    assert words == normal(text) + "\n"
    assert [line for line in head.split("\n") if line.startswith("signed by: ")] == ["signed by: Terry Thompson"]
    assert signed(text=normal(text) + "x", question=question).sha256 != entry.sha256


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_signature_bears_a_day_from_before_it_was_asked_to_today_somewhere_on_earth(day: date) -> None:
    asked_on, now = date(2026, 10, 5), datetime(2026, 10, 9, 11, tzinfo=UTC)
    allowed = asked_on - timedelta(days=1) <= day <= date(2026, 10, 10)
    assert (can_be_dated(day, asked_on=asked_on, now=now) is None) == allowed


def test_every_party_is_asked_something_in_both_languages() -> None:
    for language, questions in QUESTIONS.items():
        assert tuple(questions) == PARTIES == tuple(SPEAKS_AS)
        for party in PARTIES:
            assert len(question_for(party, language)) < 600
