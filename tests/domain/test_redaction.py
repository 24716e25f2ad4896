"""What a redacted edition may not say, and what it still says."""

import json
import string
from pathlib import Path
from time import process_time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.redaction import BAR, Redactions
from domain.words_within import folded
from tests.walks import each

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "redaction" / "cases.jsonl").read_text().splitlines()]
NAMES = (
    "Jisoo Kim",
    "José Núñez-Ortega",
    "Anne-Marie O’Neil",
    "Grace Young",
    "Juan de la Cruz",
    "王小明",
    "Иван Петров",
    "Will May",
)
TERMS = ("Sunrise Foster Home", "asthma", "ID 44-71", "tío Beto", "3B")
ALL = Redactions(NAMES, TERMS, True, child="Maya Lopez", adults=("Laura Johnson", "Dana Kim"))
PLAIN = st.text(st.sampled_from(string.ascii_letters + " \n.,:'-éñ0"), max_size=40)


def of_case(case: dict[str, Any]) -> Redactions:
    return Redactions(
        tuple(case.get("names", ())),
        tuple(case.get("terms", ())),
        case.get("addresses", False),
        child=case.get("child", ""),
        adults=tuple(case.get("adults", ())),
    )


@st.composite
def spelled(draw: st.DrawFn, said: str) -> str:
    """In any capitals, with any space between its words, broken at a line's end, with signs that nobody sees."""
    words = []
    for word in said.split():
        letters = [draw(st.sampled_from([sign.upper(), sign.lower()])) for sign in word]
        if len(word) > 3 and draw(st.booleans()):
            letters.insert(draw(st.integers(1, len(word) - 1)), draw(st.sampled_from(["-\n", "\u00ad", "\u200b", "-"])))
        words.append("".join(letters))
    return draw(st.sampled_from([" ", "  ", "\n", "\u00a0", " \r\n ", "\u3000"])).join(words)


@each("case", CASES, ids=[f"{case['why']}: {case['text']}" for case in CASES])
def test_what_goes_and_what_stays(case: dict[str, Any]) -> None:
    redactions = of_case(case)
    assert redactions.redacted(case["text"]) == case["want"]
    assert redactions.redacted(case["want"]) == case["want"]


@given(st.data(), st.sampled_from(NAMES + TERMS), PLAIN, PLAIN)
def test_no_name_and_no_term_survives_however_it_is_written(data: st.DataObject, said: str, before: str, after: str) -> None:
    text = f"{before} {data.draw(spelled(said))} {after}"
    left = ALL.redacted(text)
    assert BAR in left
    assert folded(said) not in folded(left.replace(BAR, "\x00"))


@given(
    st.lists(
        st.one_of(PLAIN, st.sampled_from((*NAMES, *TERMS, "12 Oak St.", "a@b.co", BAR, "Will the", "Ms. Kim"))), max_size=6
    )
)
def test_a_second_time_changes_nothing(pieces: list[str]) -> None:
    once = ALL.redacted(" ".join(pieces))
    assert ALL.redacted(once) == once
    assert ALL.spans(once) == []


@given(st.text(max_size=60))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for begins, ends in ALL.spans(text):
        assert at <= begins < ends <= len(text)
        at = ends + 1


@given(st.text(st.sampled_from("bcdfhqwxz .,\n0123"), max_size=60))
def test_a_text_without_any_of_it_stays_as_it_is(text: str) -> None:
    assert Redactions(NAMES, ("asthma",)).redacted(text) == text


@given(st.text(st.characters(categories=("Ll",), max_codepoint=0x24F), min_size=3, max_size=12), PLAIN)
def test_whoever_has_any_name_is_not_named(name: str, before: str) -> None:
    name = f"{name.title()} Quxberg"
    left = Redactions((name,)).redacted(f"{before} {name} {before} {name.upper()}")
    assert folded(name) not in folded(left)


def test_of_facts_prose_is_redacted_and_what_programs_read_stays() -> None:
    facts = {
        "id": "0d5cf5a4-2b1f-7c11-9b0e-2f4a55501234",
        "state": "mediation",
        "sent_at": "2026-10-12T09:30:00Z",
        "sha256": "ab" * 32,
        "timezone": "America/New_York",
        "missing": [{"name": "signature"}],
        "parts": ["mediation", "Jisoo Kim"],
        "name": "signature",
        "rows": [{"text": "Jisoo Kim, 512-555-0134", "minutes": 30, "is_open": True, "note": None}],
    }
    redactions = Redactions(("Jisoo Kim", "América York"), ("mediation", "signature"), True)
    assert redactions.applied(facts) == {
        **facts,
        "parts": ["mediation", BAR],
        "name": BAR,
        "rows": [{"text": f"{BAR}, {BAR}", "minutes": 30, "is_open": True, "note": None}],
    }
    assert Redactions.of_json(json.loads(json.dumps(redactions.as_json()))) == redactions


@each(
    "text",
    [
        "Jisoo " * 20_000,
        "a" * 120_000,
        "1 A " * 30_000,
        "a@" * 60_000,
        "J. " * 40_000,
        "\n" * 120_000,
        "Calle A " * 15_000,
        "1-" * 60_000,
    ],
    ids=lambda text: text[:8],
)
def test_the_time_is_linear_in_the_text(text: str) -> None:
    """A page has some thousand signs; forty pages' worth of the worst takes seconds at most, not the square of it."""
    began = process_time()
    ALL.spans(text)
    assert process_time() - began < 20
