"""What strangers wrote is read in a child process, which has so much time and memory and is ended when it wants more.

The child gets bytes and gives bytes. It has no settings, no secrets and no connection to the database, and it may open no
file for writing.
"""

import ctypes
import os
import resource
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import orjson


@dataclass(frozen=True)
class Limits:
    """What a child may use: seconds in all, seconds of processor, bytes of memory."""

    whole_seconds: float
    processor_seconds: int
    memory_bytes: int
    # Few files at a time, no process of its own and, where the system lets it give them up, no networks.
    is_alone: bool = False
    # How many files those are.
    files: int = 16


# Linux: a user and a network of its own, which has no way out.
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
# How often somebody looks after a child that says nothing.
_LOOK_SECONDS = 0.25
_PIECE = 1 << 18


class OutOfTime(Exception):
    """The child was ended for the time that it took."""


class Ended(Exception):
    """The child ended without having done its work: it wanted more than it may have, or was ended from outside."""


def answer_of(module: str, *arguments: str, given: bytes, seconds: float) -> tuple[int, bytes]:
    """Runs the module's `__main__` on the bytes: its exit code and what it wrote. Raises `OutOfTime`."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        # A session of its own: what ends the worker ends it with its work.
        child = subprocess.run(  # noqa: S603
            command, input=given, capture_output=True, timeout=seconds, env=_environment(), start_new_session=True, check=False
        )
    except subprocess.TimeoutExpired:
        raise OutOfTime from None
    return child.returncode, child.stdout


def pieces_of(
    module: str, said: Mapping[str, Any], files: Sequence[IO[bytes]] = (), *, seconds: float, watch: Callable[[], None]
) -> Generator[bytes]:
    """Runs the module's `__main__`, and gives what it writes, piece by piece. It finds what is said as JSON on its input, and
    the files open, each under the number that `numbers_of` has for it.

    `watch` is called several times a second: what it raises ends the child. Raises `OutOfTime` and `Ended`.
    """
    with tempfile.TemporaryFile() as told:
        told.write(orjson.dumps(said))
        told.seek(0)
        numbers = numbers_of(files)
        for number in numbers:
            os.lseek(number, 0, os.SEEK_SET)
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", module],
            stdin=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            pass_fds=numbers,
            start_new_session=True,
        )
    assert child.stdout is not None
    until = time.monotonic() + seconds
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while True:
                watch()
                if time.monotonic() > until:
                    raise OutOfTime
                if selector.select(_LOOK_SECONDS):
                    piece = os.read(child.stdout.fileno(), _PIECE)
                    if not piece:
                        break
                    yield piece
        try:
            code = child.wait(max(1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise OutOfTime from None
        if code != 0:
            raise Ended(f"exit code {code}")
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def numbers_of(files: Sequence[IO[bytes]]) -> list[int]:
    """Under which numbers a child finds these files."""
    return [file.fileno() for file in files]


def _environment() -> dict[str, str]:
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    if "PYTHONTZPATH" in os.environ:
        environment["PYTHONTZPATH"] = os.environ["PYTHONTZPATH"]
    return environment


def limit_this(limits: Limits) -> None:
    """Called in the child before it looks at what it was given."""
    bounds = [
        (resource.RLIMIT_CPU, limits.processor_seconds),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]
    if limits.is_alone:
        bounds += [(resource.RLIMIT_NOFILE, limits.files), (resource.RLIMIT_NPROC, 0)]
        if sys.platform == "linux":
            # Fails where the system does not allow it: then the other limits stand alone.
            ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
    for what, most in bounds:
        resource.setrlimit(what, (most, most))
