"""What strangers wrote is read in a child process, which has so much time and memory and is ended when it wants more.

The child gets bytes and gives bytes. It has no settings, no secrets and no connection to the database, and it may open no
file for writing.
"""

import ctypes
import os
import resource
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a child may use: seconds in all, seconds of processor, bytes of memory."""

    whole_seconds: float
    processor_seconds: int
    memory_bytes: int
    # Few files at a time, no process of its own and, where the system lets it give them up, no networks.
    is_alone: bool = False


# Linux: a user and a network of its own, which has no way out.
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_FEW_FILES = 16


class OutOfTime(Exception):
    """The child was ended for the time that it took."""


def answer_of(module: str, *arguments: str, given: bytes, seconds: float) -> tuple[int, bytes]:
    """Runs the module's `__main__` on the bytes: its exit code and what it wrote. Raises `OutOfTime`."""
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    if "PYTHONTZPATH" in os.environ:
        environment["PYTHONTZPATH"] = os.environ["PYTHONTZPATH"]
    command = [sys.executable, "-m", module, *arguments]
    try:
        # A session of its own: what ends the worker ends it with its work.
        child = subprocess.run(  # noqa: S603
            command, input=given, capture_output=True, timeout=seconds, env=environment, start_new_session=True, check=False
        )
    except subprocess.TimeoutExpired:
        raise OutOfTime from None
    return child.returncode, child.stdout


def limit_this(limits: Limits) -> None:
    """Called in the child before it looks at what it was given."""
    bounds = [
        (resource.RLIMIT_CPU, limits.processor_seconds),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]
    if limits.is_alone:
        bounds += [(resource.RLIMIT_NOFILE, _FEW_FILES), (resource.RLIMIT_NPROC, 0)]
        if sys.platform == "linux":
            # Fails where the system does not allow it: then the other limits stand alone.
            ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
    for what, most in bounds:
        resource.setrlimit(what, (most, most))
