"""Growth: the list of 50 where there are 1,000 practices, beside the same list where there is one."""

import statistics

from tests.bench.cases import list_asks
from tests.bench.report import Result
from tests.bench.rounds import Figures, Target, in_turns
from tests.bench.started import Bench

MEASURED = ("p50_ms", "p99_ms", "cpu_ms")


def growth(bench: Bench) -> Result:
    """The figures are how many times as long it takes: ours, and the floor's."""
    targets: dict[str, Target] = {}
    for count in (1, 1000):
        place = bench.place(count)
        asks = list_asks(place)
        targets |= {f"ours {count}": Target(place.ours, asks[0]), f"floor {count}": Target(place.floor, asks[1])}
    figures = in_turns(bench, targets, pieces=2)
    ours, floor = (_grown(figures[f"{who} 1"], figures[f"{who} 1000"]) for who in ("ours", "floor"))
    return Result(
        name="growth",
        ours=ours["p99_ms"],
        floor=floor["p99_ms"],
        ratio=ours["p99_ms"],
        unit="p99 at 1,000 practices : p99 at 1",
        should_be="<= 1.2",
        ours_figures=figures["ours 1000"],
        floor_figures=figures["floor 1000"],
        remarks=[_said(who, figures[f"{who} 1"], figures[f"{who} 1000"]) for who in ("ours", "floor")],
        more={
            f"{who}_{name}_ratio": round(grown[name], 3) for who, grown in (("ours", ours), ("floor", floor)) for name in grown
        },
    )


def _grown(one: Figures, many: Figures) -> dict[str, float]:
    """How many times as much it is: the median of what neighbouring turns say, since what disturbs one disturbs the other."""
    pairs = [*zip(one.turns, many.turns, strict=True)]
    return {name: statistics.median(getattr(b, name) / (getattr(a, name) or 1) for a, b in pairs) for name in MEASURED}


def _said(who: str, one: Figures, many: Figures) -> str:
    grown = _grown(one, many)
    figures = (
        f"{name.removesuffix('_ms')} {getattr(one, name):.2f} -> {getattr(many, name):.2f} ms ({grown[name]:.2f})"
        for name in MEASURED
    )
    return f"{who}, 1 practice -> 1,000: {', '.join(figures)}"
