"""How many processors this process may use: the machine's, less what it is kept from."""

import os
from collections.abc import Iterator
from pathlib import Path

CGROUPS, OURS = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def processors(cgroups: Path = CGROUPS, ours: Path = OURS) -> int:
    """At least 1. A container with a quota of 2.5 processors counts as 2: a third process would be stopped half the time."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([allowed, *(int(quota) for quota in _quotas(cgroups, ours))]))


def _quotas(cgroups: Path, ours: Path) -> Iterator[float]:
    """The quotas, in processors, of the control groups that this process is in (cgroup v2 and v1), up to the outermost."""
    try:
        lines = ours.read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            root = cgroups
        elif "cpu" in controllers.split(","):
            root = cgroups / "cpu"
        else:
            continue
        # Inside a container the path is often the host's, which is not there: then the root is the container's own.
        inner = root / path.lstrip("/")
        for folder in [inner, *inner.parents]:
            if folder == root or folder.is_relative_to(root):
                yield from _quota(folder)


def _quota(folder: Path) -> Iterator[float]:
    try:
        if (folder / "cpu.max").exists():
            quota, period = (folder / "cpu.max").read_text().split()
        else:
            quota, period = ((folder / f"cpu.cfs_{word}_us").read_text().strip() for word in ("quota", "period"))
        if quota not in ("max", "-1"):
            yield int(quota) / int(period)
    except (OSError, ValueError):
        return
