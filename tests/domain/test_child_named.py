"""Whether a subject names the child."""

import pytest

from domain.child_named import named


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Sasha's reader", "Sasha Petrov", ["Sasha"]),
        ("Sasha Petrov", "Sasha Petrov", ["Sasha Petrov", "Sasha", "Petrov"]),
        ("About sasha, sashay and Sashas", "Sasha Petrov", []),
        ("A will and a way", "Will Young", []),
        ("For Al and Ed", "Al Ed", []),
        ("For Al Ed", "Al Ed", ["Al Ed"]),
        ("Anne will read", "Anne-Marie O’Neil", ["Anne"]),
        ("O’Neil: extra time", "Anne O’Neil", ["O’Neil"]),
        ("Jose\u0301 and his reader", "José Ruiz", ["José"]),
        ("Re:  Sasha   Petrov", "Sasha Petrov", ["Sasha Petrov", "Sasha", "Petrov"]),
        ("", "Sasha", []),
    ],
)
def test_a_name_is_found_as_a_word_in_its_own_capitals(text: str, name: str, found: list[str]) -> None:
    assert named(text, name) == found


def test_a_disability_is_found_in_any_capitals() -> None:
    assert named("Plan for AUTISM", "Sasha", ["Autism", "specific learning disability"]) == ["Autism"]
    assert named("autistic", "Sasha", ["Autism"]) == []
