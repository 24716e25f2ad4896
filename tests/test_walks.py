"""A walk tries every case, and names all that fail."""

import inspect

import pytest

from tests.walks import each


def told(error: BaseException) -> list[tuple[str, list[str]]]:
    assert isinstance(error, BaseExceptionGroup)
    return [(type(inner).__name__, inner.__notes__) for inner in error.exceptions]


def test_every_case_is_tried_and_all_that_fail_are_named() -> None:
    tried = []

    @each("number", [1, 2, 3, 4], ids=["one", "two", "three", "four"])
    def walk(number: int) -> None:
        tried.append(number)
        assert number % 2
        if number == 3:
            pytest.fail("Three.")

    with pytest.raises(BaseExceptionGroup, match="3 of 4: two; three; four") as raised:
        walk()
    assert tried == [1, 2, 3, 4]
    assert told(raised.value) == [
        ("AssertionError", ["In the case of: two"]),
        ("Failed", ["In the case of: three"]),
        ("AssertionError", ["In the case of: four"]),
    ]


def test_a_walk_within_a_walk_names_both() -> None:
    @each("word", ["a", "b"])
    @each(("one", "other"), [(1, 1), (1, 2)])
    def walk(word: str, one: int, other: int, tmp_path: object) -> None:
        assert one == other or word == "b"

    assert list(inspect.signature(walk).parameters) == ["tmp_path"]
    with pytest.raises(BaseExceptionGroup) as raised:
        walk(tmp_path=None)
    assert told(raised.value) == [("AssertionError", ["In the case of: 1 2", "In the case of: a"])]
