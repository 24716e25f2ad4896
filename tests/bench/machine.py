"""What the machine is, and what its processes have used; read from /proc, so Linux tells more than others."""

import os
import platform
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
HAS_PROC = (PROC / "self" / "stat").exists()
TICK = 1 / os.sysconf("SC_CLK_TCK")
CPUS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def described() -> str:
    """The machine in a line: processors, memory, system, and how busy it was before we began."""
    model, memory = platform.processor() or platform.machine(), ""
    with suppress(OSError):
        model = _field(PROC / "cpuinfo", "model name") or model
        memory = f", {int(_field(PROC / 'meminfo', 'MemTotal').split()[0]) / 1024**2:.0f} GiB"
    load = f"load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    return f"{CPUS} x {model}{memory}; {platform.system()} {platform.release()}; {load}"


def cpu_seconds(*roots: int) -> float:
    """What these processes and all that they started have computed, in seconds; in steps of a hundredth."""
    if not HAS_PROC:
        return 0.0
    statistics = _statistics()
    return sum(statistics[pid][1] for pid in _tree(roots, statistics)) * TICK


def all_cpu_seconds() -> float:
    """What everybody on the machine has computed, in seconds."""
    if not HAS_PROC:
        return 0.0
    user, nice, system, _idle, _waiting, *rest = map(int, (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9])
    return (user + nice + system + sum(rest)) * TICK


def resident_mib(root: int, *, with_root: bool = False) -> float:
    """The memory (RSS) of all that a process has started, itself not counted unless asked for, in MiB."""
    pids = _tree([root], _statistics()) - (set() if with_root else {root})
    return sum(_resident_kib(pid) for pid in pids) / 1024


def wait_until_idle(root: int) -> None:
    """Returns once a process and all that it started have nothing to do for a while: they have come up."""
    used = -1.0
    for _ in range(100):
        before, used = used, cpu_seconds(root)
        if used - before <= TICK:
            return
        time.sleep(0.5)


def _statistics() -> dict[int, tuple[int, int]]:
    """Of each process: its parent, and the ticks it has used, those of its children that have ended included."""
    found = {}
    for path in PROC.glob("[0-9]*/stat"):
        # One that has just ended is nobody's.
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            found[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    return found


def _tree(roots: Iterable[int], statistics: dict[int, tuple[int, int]]) -> set[int]:
    tree = {root for root in roots if root in statistics}
    while more := {pid for pid, (parent, _) in statistics.items() if parent in tree} - tree:
        tree |= more
    return tree


def _resident_kib(pid: int) -> int:
    """None of one that has just ended."""
    with suppress(OSError):
        return int((_field(PROC / str(pid) / "status", "VmRSS") or "0").split()[0])
    return 0


def _field(path: Path, name: str) -> str:
    for line in path.read_text().splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return ""
