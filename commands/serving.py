"""What `followthrough serve` is: a web server, which starts the processes that answer and watches over them.

It imports nothing of what they run (`commands.application`): it would take as long and as much memory as one of them.
"""

import ctypes
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

from commands import log
from commands.processors import processors
from commands.settings import Settings

SERVE_NEEDS = (
    "DATABASE_URL",
    "DATABASE_POOLER",
    "SECRET_KEY",
    "SECRET_KEY_PREVIOUS",
    "BASE_URL",
    "ALLOWED_HOSTS",
    "MAIL_FROM",
    "INBOUND_MAIL_DOMAIN",
    "INBOUND_MAIL_SECRET",
    "SIGNUP",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "METRICS_TOKEN",
    "TRUSTED_PROXIES",
    "RATE_LIMIT_URL",
    "PUBLIC_POSTS_A_MINUTE",
    "PUBLIC_POSTS_AN_HOUR",
    "PUBLIC_GETS_A_MINUTE",
    "KEY_REQUESTS_A_MINUTE",
    "EGRESS_ALLOW",
    "FILES_URL",
    "DATA_DIR",
    "THREADS",
)
PR_SET_PDEATHSIG = 1
# prometheus_client looks for this one when it is first imported.
METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def now() -> datetime:
    """The clock of this installation: aware, UTC."""
    return datetime.now(UTC)


def end_with_parent() -> None:
    """Tells the kernel to tell this process to stop when its parent is gone: a parent that is killed stops nobody."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(process: "subprocess.Popen[Any]", seconds: float) -> None:
    """Asks a process to stop, and waits; after so many seconds it is not asked any more."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def server(settings: Settings, target: str = "commands.application:make") -> AbstractServer[Any]:
    """The web server, with as many processes and threads as the settings or the machine say."""
    return Server(
        target,
        factory=True,
        address=settings["HOST"],
        port=int(settings["PORT"]),
        interface=Interfaces.WSGI,
        workers=int(settings["PROCESSES"] or processors()),
        blocking_threads=int(settings["THREADS"]),
        workers_kill_timeout=25,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels(settings["LOG_LEVEL"]),
        log_dictconfig=log.server_config(),
        process_name=None,
    )
