"""How the trade says no: each refusal has a name, stands beside its rule, and derives from these two."""

from collections.abc import Sequence
from typing import TypedDict


class Refusal(Exception):
    """A rule of the trade says no: `str(refusal)` is a sentence for a person, `extra` the JSON-able facts beside it."""

    def __init__(self, sentence: str, **extra: object) -> None:
        super().__init__(sentence)
        self.extra: dict[str, object] = extra


class FieldError(TypedDict):
    """What is wrong with one value: where it stands (a JSON pointer, RFC 6901) and why, in words."""

    pointer: str
    detail: str


class Invalid(Refusal):
    """Values that cannot be taken as they are; `extra["errors"]` says which and why."""

    def __init__(self, sentence: str, errors: Sequence[FieldError]) -> None:
        super().__init__(sentence, errors=list(errors))
