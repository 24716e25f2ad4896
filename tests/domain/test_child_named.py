"""Whether a subject names the child."""

import pytest

from domain.child_named import named, named_in


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Sasha's reader", "Sasha Petrov", ["Sasha"]),
        ("Sasha Petrov", "Sasha Petrov", ["Sasha Petrov", "Sasha", "Petrov"]),
        ("The sashay of Petrova", "Sasha Petrov", []),
        ("SASHA and the reader", "Sasha Petrov", ["Sasha"]),
        ("sasha", "Sasha Petrov", ["Sasha"]),
        ("Sashas Reader, Sasha'll_read", "Sasha Petrov", ["Sasha"]),
        ("Sas\u00adha", "Sasha Petrov", ["Sasha"]),
        ("Ｓａｓｈａ", "Sasha Petrov", ["Sasha"]),
        ("SashaReader", "Sasha Petrov", ["Sasha"]),
        ("sashapetrov", "Sasha Petrov", ["Sasha Petrov"]),
        ("JOSÉ, Jose", "José Ng", ["José"]),
        ("about ng, jose", "José Ng", ["José Ng", "José"]),
        ("ONEIL", "Anne-Marie O’Neil", ["O'Neil"]),
        ("关于王小明的", "王小明", ["王小明"]),
        ("Los informes de los santos", "María de los Santos", []),
        ("will young", "Will Young", ["Will Young"]),
        ("Will you? A GRANT", "Will Grant", ["Will", "Grant"]),
        ("Part III of the young", "Will Young III", []),
        ("A will and a way", "Will Young", []),
        ("For Al and Ed", "Al Ed", []),
        ("For Al Ed", "Al Ed", ["Al Ed"]),
        ("Anne will read", "Anne-Marie O’Neil", ["Anne"]),
        ("O’Neil: extra time", "Anne O’Neil", ["O'Neil"]),
        ("Jose\u0301 and his reader", "José Ruiz", ["José"]),
        ("Re:  Sasha   Petrov", "Sasha Petrov", ["Sasha Petrov", "Sasha", "Petrov"]),
        ("", "Sasha", []),
    ],
)
def test_a_name_is_found_however_it_is_written_and_a_word_that_is_none_passes(text: str, name: str, found: list[str]) -> None:
    assert named(text, name) == found


def test_a_disability_is_found_in_any_capitals() -> None:
    assert named("For dys\u200blexia", "Sasha", ["Dyslexia"]) == ["Dyslexia"]
    assert named("Plan for AUTISM", "Sasha", ["Autism", "specific learning disability"]) == ["Autism"]
    assert named("autistic", "Sasha", ["Autism"]) == []


@pytest.mark.parametrize(
    ("person", "found"),
    [
        ("Sasha's aunt", ["Sasha"]),
        ("Aunt of sasha", ["Sasha"]),
        ("Sasha’s", ["Sasha"]),
        ("Sasha Petrov", ["Sasha Petrov"]),
        ("Sasha Miller", []),
        ("Olga Petrov", []),
        ("T. Thompson", []),
    ],
)
def test_how_somebody_is_called_names_the_child_where_it_is_not_their_own_name(person: str, found: list[str]) -> None:
    assert named_in(person, "Sasha Petrov") == found
