"""Wording: how well the analysis finds what the labels say, and how long one statement takes it."""

import statistics
import time
from collections.abc import Callable, Sequence

from domain.wording import CATEGORIES, ELEMENTS, weigh
from tests.bench.report import Result
from tests.bench.started import Bench
from tests.wording.scoring import Score, labelled, score

# How often each statement is weighed, at least.
ROUNDS = 10


def wording(bench: Bench) -> Result:
    """The floor takes each text apart at its blanks, in lower case, and does no more."""
    labels = list(labelled())
    whole = score(labels)
    asks = [(label["text"], label["kind"]) for label in labels]
    ours: list[list[float]] = []
    floor: list[list[float]] = []
    # In turns, so that what the machine does meanwhile hits both.
    for _ in range(max(bench.rounds, ROUNDS)):
        ours.append(_times(asks, lambda text, kind: weigh(text, kind)))
        floor.append(_times(asks, lambda text, kind: text.lower().split()))
    each, bare = _medians(ours), statistics.median(_medians(floor))
    p50, p99 = statistics.median(each), statistics.quantiles(each, n=100)[98]
    return Result(
        name="wording",
        ours=p50,
        floor=bare,
        ratio=p50 / bare,
        unit="ms a statement",
        should_be="< 1 ms",
        remarks=[*_said(whole), f"one statement: p50 {p50:.3f} ms, p99 {p99:.3f} ms; the floor {bare:.4f} ms"],
        more={
            "p50_ms": round(p50, 3),
            "p99_ms": round(p99, 3),
            "floor": round(bare, 5),
            "statements": whole.statements,
            "precision": round(whole.precision(), 4),
            "recall": round(whole.recall(), 4),
            "elements": round(whole.elements, 4),
        },
    )


def _medians(turns: Sequence[Sequence[float]]) -> list[float]:
    """Of each statement the median of its turns: what the machine does meanwhile is not about us."""
    return [statistics.median(times) for times in zip(*turns, strict=True)]


def _times(asks: Sequence[tuple[str, str]], work: Callable[[str, str], object]) -> list[float]:
    taken = []
    for text, kind in asks:
        begun = time.perf_counter()
        work(text, kind)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _said(whole: Score) -> list[str]:
    """The figures, and every miss."""
    elements = ", ".join(f"{name} {whole.element(name):.3f}" for name in ELEMENTS)
    return [
        f"{whole.statements} statements: precision {whole.precision():.4f}, recall {whole.recall():.4f},"
        f" elements {whole.elements:.4f}",
        *(f"{each}: precision {whole.precision(each):.3f}, recall {whole.recall(each):.3f}" for each in CATEGORIES),
        f"elements: {elements}",
        *whole.misses,
    ]
