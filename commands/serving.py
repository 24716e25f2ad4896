"""What `followthrough serve` runs in each of its processes: the application, made from the environment."""

import ctypes
import gc
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

from api.application import create_app
from api.config import Config
from commands import log
from commands.database import revisions
from commands.processors import processors
from commands.settings import Settings, read
from models.database import connect
from models.files import Files

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


def server(settings: Settings, target: str = "commands.serving:make") -> AbstractServer[Any]:
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


def make() -> Flask:
    """The application; each process has its own pool of connections, one for each thread."""
    end_with_parent()
    settings = read(os.environ, *SERVE_NEEDS)
    log.start(settings["LOG_LEVEL"], settings["LOG_FORMAT"])
    config = Config(
        secret_keys=settings.secret_keys,
        base_url=settings.base_url,
        allowed_hosts=settings.allowed_hosts,
        signup=settings["SIGNUP"],
        mail_from=settings.mail_from,
        inbound_mail_domain=settings["INBOUND_MAIL_DOMAIN"].lower(),
        inbound_mail_keys=settings.inbound_mail_keys,
        kept_mail=os.environ.get("FOLLOWTHROUGH_KEPT_MAIL"),
        demo_slug=os.environ.get("FOLLOWTHROUGH_DEMO_SLUG"),
        trusted_proxies=int(settings["TRUSTED_PROXIES"]),
        rate_limit_url=settings.rate_limit_url,
        posts_a_minute=int(settings["PUBLIC_POSTS_A_MINUTE"]),
        posts_an_hour=int(settings["PUBLIC_POSTS_AN_HOUR"]),
        gets_a_minute=int(settings["PUBLIC_GETS_A_MINUTE"]),
        key_requests_a_minute=int(settings["KEY_REQUESTS_A_MINUTE"]),
        egress_allow=settings.egress_allow,
        files=Files(settings.files_url),
        metrics_token=settings["METRICS_TOKEN"] or None,
        metrics_folder=Path(folder) if (folder := os.environ.get(METRICS_FOLDER)) else None,
        migrations=revisions(),
    )
    # A request needs one connection at a time: no more than one for each thread is ever open.
    engine = connect(settings["DATABASE_URL"], pool_size=int(settings["THREADS"]), max_overflow=0, prepares=settings.prepares)
    app = create_app(engine, now, config)
    # What is there now stays: the collector of garbage need not look at it again and again.
    gc.collect()
    gc.freeze()
    return app
