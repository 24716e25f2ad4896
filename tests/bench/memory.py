"""Memory: what the processes of the API hold after 1,000 requests of all kinds, and after 100,000."""

from collections.abc import Iterator
from itertools import cycle

from tests.bench import load, machine
from tests.bench.cases import create_asks, each_connection, message, signed_in
from tests.bench.load import Ask
from tests.bench.practices import Member
from tests.bench.report import Result
from tests.bench.rounds import Figures, Target, turn, watched
from tests.bench.started import Bench, NotStarted, Served, say, serving, serving_floor

FEW, MANY = 1_000, 100_000
NOBODY = "01890000-0000-7000-8000-000000000000"


def memory(bench: Bench) -> Result:
    """The figures are how many times as much it holds: ours, and the floor's."""
    if not machine.HAS_PROC:
        raise NotStarted("The memory of a process is read from /proc, which this system does not have.")
    place = bench.place(1000)
    with serving(place.settings) as ours:
        say(f"{MANY:,} requests to ours ...")
        asks = [_mix("/api/v1/cases", member, token) for member, token in signed_in(place)]
        figures, few, many = _measured(bench, Target(ours, asks))
    with serving_floor(place.floor_settings) as floor:
        say(f"{MANY:,} requests to the floor ...")
        asks = [_mix(f"/{member.practice_id}/cases", member) for member in each_connection(place)]
        floor_figures, floor_few, floor_many = _measured(bench, Target(floor, asks))
    return Result(
        name="memory",
        ours=many / few,
        floor=floor_many / floor_few,
        ratio=many / few,
        unit=f"memory after {MANY:,} requests : after {FEW:,}",
        should_be="<= 1.1",
        ours_figures=figures,
        floor_figures=floor_figures,
        remarks=[
            f"ours {few:.0f} -> {many:.0f} MiB, floor {floor_few:.0f} -> {floor_many:.0f} MiB: RSS of all processes together"
        ],
        more={"ours_mib": [round(few, 1), round(many, 1)], "floor_mib": [round(floor_few, 1), round(floor_many, 1)]},
    )


def _measured(bench: Bench, target: Target) -> tuple[Figures, float, float]:
    served: Served = target.served
    load.run(served.port, target.asks, count=FEW)
    few = machine.resident_mib(served.pid)
    with watched(bench, served.pid) as used:
        run = load.run(served.port, target.asks, count=MANY - FEW)
    return Figures([turn(run, used)]), few, machine.resident_mib(served.pid)


def _mix(path: str, member: Member, token: str | None = None) -> Iterator[Ask]:
    """Of ten requests, four read a case, two a list, two open a case, one is refused, one finds nothing."""
    reads = cycle([Ask(message("GET", f"{path}/{case_id}", token)) for case_id in member.case_ids])
    listed, opened = Ask(message("GET", path, token)), create_asks(path, member, token)
    missed = Ask(message("GET", f"{path}/{NOBODY}", token), b"404")
    # The floor checks nothing, and so refuses nothing.
    refused = Ask(message("GET", f"{path}?limit=none", token), b"422") if token else missed
    while True:
        yield from (
            next(reads),
            listed,
            next(reads),
            next(opened),
            refused,
            next(reads),
            listed,
            next(reads),
            next(opened),
            missed,
        )
