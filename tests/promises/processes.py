"""Real processes of the program, as an operator starts them; and how to wait for what they do."""

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from commands.command_line import main
from commands.settings import SETTINGS

HOUSE = Path(__file__).parent.parent.parent


# To read all modules takes a program longer than most of what a test waits for, and tests kill hundreds of programs: one
# process has read them, and every program begins as a copy of it.
_copies = multiprocessing.get_context("forkserver")
_copies.set_forkserver_preload(["tests.promises.processes", "commands.working"])


def _begin(words: Sequence[str], environment: Mapping[str, str], said: str) -> None:
    """Becomes `followthrough <words>`, started from a shell: its own session, nothing to read, all that it says in a file."""
    os.setsid()
    os.chdir(HOUSE)
    os.environ.clear()
    os.environ.update(environment)
    for number, name, how in ((0, os.devnull, os.O_RDONLY), (1, said, os.O_WRONLY | os.O_APPEND)):
        os.dup2(os.open(name, how), number)
    os.dup2(1, 2)
    sys.stdout.reconfigure(write_through=True)  # type: ignore[union-attr]
    main(words, prog_name="followthrough")


class Program:
    """`followthrough <command>` under these settings and no others; what it says is kept."""

    def __init__(self, command: str, settings: Mapping[str, str]) -> None:
        self._said = tempfile.NamedTemporaryFile("r")  # noqa: SIM115  (closed by `close`)
        environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp"), "PYTHONUNBUFFERED": "1", **settings}
        self._process = _copies.Process(target=_begin, args=(command.split(), environment, self._said.name))
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process.is_alive()

    @property
    def said(self) -> str:
        self._said.seek(0)
        return self._said.read()

    def kill(self) -> None:
        """kill -9: it learns nothing of its end."""
        self._process.kill()
        self.ended()

    def ended(self, within: float = 30) -> int:
        """Waits for its end; gives the exit code. Raises TimeoutError."""
        self._process.join(within)
        if (code := self._process.exitcode) is None:
            raise TimeoutError(f"it still runs after {within} s: {self.said}")
        return code

    def end(self, name: signal.Signals = signal.SIGTERM, within: float = 30) -> int:
        """Sends the signal and waits; gives the exit code."""
        if self.runs:
            os.kill(self.pid, name)
        return self.ended(within)

    def close(self) -> None:
        """Ends whatever is left of it: a `serve` that is killed alone leaves those that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.kill()
        self._said.close()


@contextmanager
def program(command: str, settings: Mapping[str, str]) -> Iterator[Program]:
    running = Program(command, settings)
    try:
        yield running
    finally:
        running.close()


@dataclass(frozen=True)
class Said:
    """What a command said, and with which exit code it ended."""

    returncode: int
    stdout: str
    stderr: str


def commanded(*words: object, **settings: object) -> Said:
    """A command under these settings and no others, in this process: to start one takes longer than most commands do."""
    told = {name: str(value) for name, value in settings.items()}
    environment = {**dict.fromkeys(setting.name for setting in SETTINGS), "HOME": "/tmp", **told}
    answer = CliRunner().invoke(main, [str(word) for word in words], env=environment)
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return Said(answer.exit_code, answer.stdout, answer.stderr)


class Stillness:
    """Tells when a number has stayed the same for some seconds: whoever was to change it is not going to."""

    def __init__(self, number: Callable[[], int], seconds: float = 3) -> None:
        self._number, self._seconds = number, seconds
        self._last, self._since = number(), time.monotonic()

    def __call__(self) -> bool:
        found, now = self._number(), time.monotonic()
        is_still = found == self._last and now - self._since > self._seconds
        if is_still or found != self._last:
            self._last, self._since = found, now
        return is_still


def wait_until(holds: Callable[[], Any], within: float = 90, why: Callable[[], Any] = lambda: "") -> Any:
    """What `holds` gives once it is true; asks again and again, and fails when the time is over."""
    end = time.monotonic() + within
    while not (found := holds()):
        assert time.monotonic() < end, f"it did not come true in {within} s: {why()}"
        time.sleep(0.02)
    return found
