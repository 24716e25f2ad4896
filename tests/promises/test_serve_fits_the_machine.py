"""`serve` takes as many processors as it may use, and no more connections than it has threads."""

import os
from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest

from commands.processors import processors
from tests.conftest import free_port
from tests.promises.pooler import answers
from tests.promises.processes import program, wait_until

MANY = len(os.sched_getaffinity(0))

QUOTAS = {
    "a container of half a processor": ({"cpu.max": "50000 100000"}, "0::/", 1),
    "a container of one and a half": ({"cpu.max": "150000 100000"}, "0::/", 1),
    "a container without a quota": ({"cpu.max": "max 100000"}, "0::/", MANY),
    "a service with a quota of its own": (
        {"system.slice/ft.service/cpu.max": "100000 100000"},
        "0::/system.slice/ft.service",
        1,
    ),
    "a quota further out": ({"system.slice/cpu.max": "100000 100000"}, "0::/system.slice/ft.service", 1),
    "another's quota": ({"system.slice/other.service/cpu.max": "100000 100000"}, "0::/system.slice/ft.service", MANY),
    "the first version": ({"cpu/cpu.cfs_quota_us": "100000", "cpu/cpu.cfs_period_us": "100000"}, "4:cpu,cpuacct:/", 1),
    "the first version, unlimited": (
        {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"},
        "4:cpu,cpuacct:/",
        MANY,
    ),
    "more than there are": ({"cpu.max": "6400000 100000"}, "0::/", MANY),
    "nothing of the kind": ({}, "0::/", MANY),
}


@pytest.mark.parametrize("case", QUOTAS.values(), ids=QUOTAS.keys())
def test_a_quota_counts(case: tuple[Mapping[str, str], str, int], tmp_path: Path) -> None:
    """Red without `_quotas(cgroups, ours)` in `commands.processors.processors`."""
    files, ours, expected = case
    for name, said in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{said}\n")
    (tmp_path / "ours").write_text(f"9:name=systemd:/\n{ours}\n")
    assert processors(tmp_path, tmp_path / "ours") == expected


def test_serve_starts_a_process_for_each_processor_that_it_may_use(settings: Mapping[str, str]) -> None:
    """Red with `os.cpu_count()` for `processors()` in `commands.command_line.serve`, on a machine of more than one."""
    port = free_port()
    with program("serve", {**settings, "PORT": str(port), "LOG_LEVEL": "warning"}) as running:
        os.sched_setaffinity(running.pid, {min(os.sched_getaffinity(0))})
        wait_until(lambda: answers(port), why=lambda: running.said)
        # Beside its processes there is the one by which Python counts what they share.
        serving = [
            child for child in psutil.Process(running.pid).children() if "resource_tracker" not in " ".join(child.cmdline())
        ]
        assert len(serving) == 1
        assert running.end() == 0
