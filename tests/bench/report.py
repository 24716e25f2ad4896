"""The table, and the same as JSON, a line for each work."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from tests.bench.rounds import Figures

COLUMNS = {
    "work": 8,
    "ours": 12,
    "floor": 12,
    "ratio": 6,
    "should be": 10,
    "p50 ms": 7,
    "p99 ms": 7,
    "floor p50": 10,
    "floor p99": 10,
    "CPU ms": 12,
    "floor CPU": 12,
    "CPU ratio": 10,
    "load": 6,
    "others": 7,
}
# More than this, and what the clock says is not about us.
MUCH = 0.1


@dataclass(frozen=True)
class Result:
    """What one work gave. `should_be` is the least (or most) that the ratio has to be."""

    name: str
    ours: float
    floor: float
    ratio: float
    unit: str
    should_be: str
    ours_figures: Figures | None = None
    floor_figures: Figures | None = None
    # Sentences for people, and further figures for programs.
    remarks: Sequence[str] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def json(self) -> bytes:
        """One object: the named figures, and `more`."""
        figures = self.ours_figures
        said: dict[str, Any] = {
            "name": self.name,
            "ours": round(self.ours, 3),
            "floor": round(self.floor, 3),
            "ratio": round(self.ratio, 3),
            "unit": self.unit,
            "p50_ms": round(figures.p50_ms, 3) if figures else None,
            "p99_ms": round(figures.p99_ms, 3) if figures else None,
        }
        for who, theirs in (("ours", self.ours_figures), ("floor", self.floor_figures)):
            if theirs:
                said |= {f"{who}_cpu_ms": round(theirs.cpu_ms, 3), f"{who}_others": round(theirs.others, 3)}
        return orjson.dumps({**said, **self.more})


def served(name: str, ours: Figures, floor: Figures, should_be: str, *remarks: str) -> Result:
    """The result of a work that is so many requests a second."""
    ratio = ours.a_second / floor.a_second
    return Result(name, ours.a_second, floor.a_second, ratio, "req/s", should_be, ours, floor, remarks)


class Report:
    """Written as it comes: who stops a bench keeps what it has measured."""

    def __init__(self, about: Sequence[str], json_file: Path | None) -> None:
        self._json_file = json_file
        if json_file:
            json_file.write_bytes(b"")
        self._others = 0.0
        print("\n".join(about), end="\n\n")
        print(_line([*COLUMNS]), flush=True)

    def add(self, result: Result) -> None:
        ours, floor = result.ours_figures, result.floor_figures
        cells = [
            result.name,
            _figure(result.ours, result.unit),
            _figure(result.floor, result.unit),
            f"{result.ratio:.2f}",
            result.should_be,
        ]
        for figures in (ours, floor):
            cells += [f"{figures.p50_ms:.1f}", f"{figures.p99_ms:.1f}"] if figures else ["", ""]
        for figures in (ours, floor):
            cells.append(f"{figures.server_ms:.2f} + {figures.postgres_ms:.2f}" if figures else "")
        cells.append(f"{floor.cpu_ms / ours.cpu_ms:.2f}" if ours and floor and ours.cpu_ms else "")
        others = max((figures.others for figures in (ours, floor) if figures), default=0.0)
        cells += [f"{ours.generator_ms:.2f}", f"{others:.0%}"] if ours else ["", ""]
        self._others = max(self._others, others)
        print("\n         ".join([_line(cells), *result.remarks]), flush=True)
        if self._json_file:
            with self._json_file.open("ab") as file:
                file.write(result.json() + b"\n")

    def end(self) -> None:
        """What to make of it."""
        if self._others > MUCH:
            print(f"\nOthers used up to {self._others:.0%} of the machine meanwhile: CPU says more than req/s, p50 and p99 do.")
        print("\ndocs/performance.md says what the columns mean.")


def _figure(figure: float, unit: str) -> str:
    if not unit.endswith("/s"):
        return f"{figure:.2f}"
    return f"{figure:,.0f} {unit}" if figure >= 100 else f"{figure:.1f} {unit}"


def _line(cells: Sequence[str]) -> str:
    first, *rest = [
        cell.ljust(width) if number == 0 else cell.rjust(width)
        for number, (cell, width) in enumerate(zip(cells, COLUMNS.values(), strict=True))
    ]
    return " ".join([first, *rest]).rstrip()
