"""Measuring in turns: a little of ours, a little of the floor, and again, so that what the machine does meanwhile hits both."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench import load, machine
from tests.bench.load import Ask
from tests.bench.started import Bench, Served

WARM_SECONDS = 1.0


@dataclass(frozen=True)
class Turn:
    """One turn of one target."""

    done: int
    seconds: float
    p50_ms: float
    p99_ms: float
    # Computed for one request, in ms: by its server, by PostgreSQL, by the load generator.
    server_ms: float
    postgres_ms: float
    generator_ms: float
    # The part of the machine that others used meanwhile.
    others: float

    @property
    def cpu_ms(self) -> float:
        return self.server_ms + self.postgres_ms


@dataclass
class Figures:
    """What the turns of a target gave: the median of them, for each figure."""

    turns: list[Turn] = field(default_factory=list)

    def _median(self, figure: Callable[[Turn], float]) -> float:
        return statistics.median(map(figure, self.turns))

    @property
    def a_second(self) -> float:
        return self._median(lambda turn: turn.done / turn.seconds)

    @property
    def p50_ms(self) -> float:
        return self._median(lambda turn: turn.p50_ms)

    @property
    def p99_ms(self) -> float:
        return self._median(lambda turn: turn.p99_ms)

    @property
    def cpu_ms(self) -> float:
        return self._median(lambda turn: turn.cpu_ms)

    @property
    def server_ms(self) -> float:
        return self._median(lambda turn: turn.server_ms)

    @property
    def postgres_ms(self) -> float:
        return self._median(lambda turn: turn.postgres_ms)

    @property
    def generator_ms(self) -> float:
        return self._median(lambda turn: turn.generator_ms)

    @property
    def others(self) -> float:
        return self._median(lambda turn: turn.others)


@dataclass(frozen=True)
class Target:
    """Who is asked, and what each connection asks."""

    served: Served
    asks: Sequence[Iterator[Ask]]


def in_turns(bench: Bench, targets: Mapping[str, Target], *, pieces: int = 1) -> dict[str, Figures]:
    """Asks all targets in turns; the order changes with every round, so that nobody always comes first.

    With `pieces`, there are so many times as many turns, each so much shorter.
    """
    figures = {name: Figures() for name in targets}
    for target in targets.values():
        load.run(target.served.port, target.asks, seconds=min(WARM_SECONDS, bench.seconds))
    for number in range(bench.rounds * pieces):
        for name in sorted(targets, reverse=bool(number % 2)):
            target = targets[name]
            with watched(bench, target.served.pid) as used:
                run = load.run(target.served.port, target.asks, seconds=bench.seconds / pieces)
            figures[name].turns.append(turn(run, used))
    return figures


@dataclass
class Used:
    """What was computed while something ran, in seconds, and how long it ran."""

    server: float = 0
    postgres: float = 0
    everybody: float = 0
    wall: float = 0


@contextmanager
def watched(bench: Bench, *pids: int) -> Iterator[Used]:
    """What these processes, PostgreSQL and the machine compute while the block runs, written down when it ends."""

    def now() -> Used:
        computed = (machine.cpu_seconds(*pids), machine.cpu_seconds(bench.postgres_pid), machine.all_cpu_seconds())
        return Used(*computed, time.perf_counter())

    used, before = Used(), now()
    yield used
    for name, after in vars(now()).items():
        setattr(used, name, after - getattr(before, name))


def turn(run: load.Run, used: Used) -> Turn:
    done, in_order = len(run.latencies), sorted(run.latencies)
    ours = used.server + used.postgres + run.own_seconds
    return Turn(
        done=done,
        seconds=run.seconds,
        p50_ms=in_order[done // 2] / 1e6,
        p99_ms=in_order[done * 99 // 100] / 1e6,
        server_ms=used.server / done * 1000,
        postgres_ms=used.postgres / done * 1000,
        generator_ms=run.own_seconds / done * 1000,
        others=max(0.0, used.everybody - ours) / (used.wall * machine.CPUS),
    )
