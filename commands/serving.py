"""What `followthrough serve` runs in each of its processes: the application, made from the environment."""

import ctypes
import logging
import os
import signal
import sys
from datetime import UTC, datetime

from flask import Flask

from api.application import create_app
from api.config import Config
from commands.settings import Settings, read
from models.database import connect

SERVE_NEEDS = (
    "DATABASE_URL",
    "SECRET_KEY",
    "SECRET_KEY_PREVIOUS",
    "BASE_URL",
    "ALLOWED_HOSTS",
    "SIGNUP",
    "LOG_LEVEL",
    "THREADS",
)
PR_SET_PDEATHSIG = 1
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def now() -> datetime:
    """The clock of this installation: aware, UTC."""
    return datetime.now(UTC)


def start_log(settings: Settings) -> None:
    logging.basicConfig(level=settings["LOG_LEVEL"].upper(), format=LOG_FORMAT)


def end_with_parent() -> None:
    """Tells the kernel to tell this process to stop when its parent is gone: a parent that is killed stops nobody."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def make() -> Flask:
    """The application; each process has its own pool of connections, one for each thread."""
    end_with_parent()
    settings = read(os.environ, *SERVE_NEEDS)
    start_log(settings)
    config = Config(
        secret_keys=settings.secret_keys,
        base_url=settings.base_url,
        allowed_hosts=settings.allowed_hosts,
        signup=settings["SIGNUP"],
        kept_mail=os.environ.get("FOLLOWTHROUGH_KEPT_MAIL"),
        demo_slug=os.environ.get("FOLLOWTHROUGH_DEMO_SLUG"),
    )
    return create_app(connect(settings["DATABASE_URL"], pool_size=int(settings["THREADS"])), now, config)
