"""Acts that start as one."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from werkzeug.test import TestResponse

Result = TypeVar("Result")


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """Runs all of them in threads that start at the same moment; gives their results in order, or raises."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def statuses(answers: Sequence[TestResponse]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def problem(answer: TestResponse) -> str:
    """The name of the problem that an answer is."""
    document = answer.get_json()
    assert answer.mimetype == "application/problem+json", answer.get_data(as_text=True)
    return str(document["type"]).removeprefix("/problems/")
