"""Changes: two versions of an IEP compared, 60 provisions against 60; nothing is served, and no text was seen before."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from difflib import SequenceMatcher
from itertools import count

from domain import changes as domain_changes
from domain.changes import Promise
from tests.bench.report import Result
from tests.bench.started import Bench

PROVISIONS = 60
BEFORE_FROM, AFTER_FROM = date(2025, 9, 2), date(2026, 9, 1)
LEAST_ROUNDS, TIMES = 5, 10
_number = count(1)
# What it says before and after; {} keeps each version from being one that is remembered.
SERVICES = (
    (
        "Speech-language therapy {}, individual, 30 minutes, 2 times per week, by the SLP",
        "Individual speech therapy {}, 2x30 min/wk",
    ),
    ("Occupational therapy {}, 30 minutes weekly, in the OT room", "OT {}, 30 minutes every other week, in the OT room"),
    ("Specially designed instruction in reading {}, 45 minutes daily", "SDI in reading {}, 40 minutes daily, by an aide"),
)
ACCOMMODATIONS = (
    ("Extended time (time and a half) on tests and quizzes in {}", "Extended time on tests in {}"),
    ("Copies of the notes of {} will be provided by the teacher within 24 hours", "Notes of {} may be provided as needed"),
    ("A break of 5 minutes after every 20 minutes of {}", "A break of 5 minutes after every 30 minutes of {}"),
    ("No more than 10 problems a page in {}", "At most ten problems per page in {}"),
)
GOALS = (
    (
        "Student will read {} words per minute with 90% accuracy on 3 of 4 probes",
        "Student will read {} words per minute with 90% accuracy",
    ),
    (
        "Given a list, Student will spell {} words in 4 of 5 trials independently",
        "Student will spell {} words in 4 of 5 trials with two prompts",
    ),
    ("Student will use strategy {} in 80% of conflicts", "Student will use strategy {} in 70% of conflicts, with adult help"),
)


def changes(bench: Bench) -> Result:
    """In CPU. The floor asks difflib how like every two of the texts are, and knows nothing of what they promise."""
    for work in (_compared, _likened):
        work(*_versions())
    ours: list[float] = []
    floor: list[float] = []
    # In turns, so that what the machine does meanwhile hits both.
    for _ in range(max(bench.rounds, LEAST_ROUNDS)):
        ours += [_cpu_ms(_compared) for _ in range(TIMES)]
        floor.append(_cpu_ms(_likened))
    middle, bare = statistics.median(ours), statistics.median(floor)
    return Result(
        name="changes",
        ours=middle,
        floor=bare,
        ratio=middle / bare,
        unit="ms of CPU",
        should_be="< 50 ms",
        remarks=[f"{PROVISIONS} provisions against {PROVISIONS}, new texts: {middle:.0f} ms, the quickest {min(ours):.0f} ms"],
        more={"quickest_ms": round(min(ours), 1)},
    )


def _cpu_ms(work: Callable[[list[Promise], list[Promise]], None]) -> float:
    versions = _versions()
    began = time.process_time()
    work(*versions)
    return (time.process_time() - began) * 1000


def _compared(before: list[Promise], after: list[Promise]) -> None:
    found = domain_changes.changes(before, after, before_from=BEFORE_FROM, after_from=AFTER_FROM)
    assert len(found) >= PROVISIONS


def _likened(before: list[Promise], after: list[Promise]) -> None:
    for one in before:
        max(SequenceMatcher(None, one.text, other.text).ratio() for other in after)


def _versions() -> tuple[list[Promise], list[Promise]]:
    """A third services, a third accommodations, a third goals; a half of them as they were."""
    kinds = (("service", SERVICES), ("accommodation", ACCOMMODATIONS), ("goal", GOALS))
    before, after = [], []
    for place in range(PROVISIONS):
        kind, texts = kinds[place % 3]
        said, says = texts[place // 3 % len(texts)]
        name = f"{'abcdefghij'[place % 10]}{next(_number)}" if kind != "goal" else str(next(_number))
        before.append(Promise(kind, said.format(name)))
        after.append(Promise(kind, (said if place % 2 else says).format(name)))
    return before, after
