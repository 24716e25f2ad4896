"""One test that walks through all cases of a kind: each is tried, and all that fail are told together, each by its name.

A test of pytest's own for each of some thousand cases would cost more than the cases do. FOLLOWTHROUGH_ONLY=create_client
walks through those cases alone whose name has this in it.
"""

import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import pytest

ONLY = os.environ.get("FOLLOWTHROUGH_ONLY", "")
CASE = "In the case of: "
# What has to be done before each case, besides what fixtures do before the test.
before_each: list[Callable[[], object]] = []
Test = Callable[..., None]


def each(
    names: str | Sequence[str], values: Iterable[Any], *, ids: Iterable[str] | Callable[[Any], object] | None = None
) -> Callable[[Test], Test]:
    """As `pytest.mark.parametrize`, within one test: fixtures are made once, for all cases."""
    arguments = names.replace(" ", "").split(",") if isinstance(names, str) else list(names)
    rows = [tuple(value) if len(arguments) > 1 else (value,) for value in values]
    if ids is None or callable(ids):
        labels = [" ".join(_label(part, ids) for part in row) for row in rows]
    else:
        labels = [str(label) for label in ids]

    def walking(test: Test) -> Test:
        @wraps(test)
        def walk(*of: Any, **fixtures: Any) -> None:
            failures: list[BaseException] = []
            for label, row in zip(labels, rows, strict=True):
                if ONLY not in label and not hasattr(test, "is_walk"):
                    continue
                for prepare in before_each:
                    prepare()
                try:
                    test(*of, **fixtures, **dict(zip(arguments, row, strict=True)))
                except BaseExceptionGroup as several:
                    failures += [_told(failure, label) for failure in several.exceptions]
                except (Exception, pytest.fail.Exception) as failure:
                    failures.append(_told(failure, label))
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(rows)}: {_named(failures)}", failures)

        signature = inspect.signature(test)
        kept = [parameter for parameter in signature.parameters.values() if parameter.name not in arguments]
        del walk.__wrapped__  # type: ignore[attr-defined]
        walk.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        walk.is_walk = True  # type: ignore[attr-defined]
        return walk

    return walking


def _label(part: Any, told: Callable[[Any], object] | None) -> str:
    found = told(part) if told else part
    return found if isinstance(found, str) else repr(part if found is None else found)


def _told(failure: BaseException, label: str) -> BaseException:
    failure.add_note(f"{CASE}{label}")
    return failure


def _named(failures: Sequence[BaseException]) -> str:
    """Each case by its name; one of a walk within a walk has two."""
    told = [[note for note in failure.__notes__ if note.startswith(CASE)] for failure in failures]
    return "; ".join(", ".join(note.removeprefix(CASE) for note in notes) for notes in told)
