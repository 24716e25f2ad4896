"""`bin/bench [NAME ...]`: measures, prints the table, stops all that it started."""

import argparse
import contextlib
import platform
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commands import embedded
from tests.bench import cases, changes, claim, growth, load, machine, memory, packet, slots, started, wording
from tests.bench.report import Report, Result
from tests.bench.started import Bench

WORKS: Mapping[str, Callable[[Bench], Result]] = {
    "list-50": cases.list_50,
    "get": cases.get,
    "create": cases.create,
    "slots": slots.slots,
    "growth": growth.growth,
    "claim": claim.claim,
    "memory": memory.memory,
    "changes": changes.changes,
    "packet": packet.packet,
    "wording": wording.wording,
}
# The request of another program, Ctrl-C, a terminal that is closed.
ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked for the end. No `except Exception` on the way may take it for a fault."""


def main() -> int:
    asked = _arguments()
    for ending in ENDINGS:
        signal.signal(ending, _stop)
    try:
        with Bench(asked.seconds, asked.rounds) as bench:
            report = Report(_about(bench), asked.json)
            for name in asked.names or WORKS:
                report.add(WORKS[name](bench))
            report.end()
    except Stopped:
        started.say("Stopped.")
        return 130
    except (load.Failed, started.NotStarted, embedded.NoEmbeddedDatabase) as failed:
        started.say(f"bench: {failed}")
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Our API beside a floor that does the same work bare.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure; all of it unless named: {', '.join(WORKS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too, one JSON object a line")
    parser.add_argument("--seconds", type=float, default=3, metavar="N", help="seconds of one turn (3)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how many turns each gets (5)")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in WORKS]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(WORKS)}")
    if asked.seconds <= 0 or asked.rounds < 1:
        parser.error("a bench takes some time")
    return asked


def _about(bench: Bench) -> list[str]:
    python = f"Python {platform.python_version()}, PostgreSQL {bench.postgres_version} on a socket"
    threads = started.threads()
    served = f"{started.PROCESSES} processes of {threads} thread{'s' if threads != '1' else ''}"
    turns = f"{cases.CONNECTIONS} connections, {bench.rounds} turns of {bench.seconds:g} s each"
    return [
        f"Followthrough, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        machine.described(),
        f"{python}; {served}; {turns}",
    ]


def _stop(*_: Any) -> None:
    # Once is enough: whoever presses Ctrl-C twice must not leave a database behind.
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise Stopped


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
