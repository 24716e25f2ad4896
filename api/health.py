"""Whether it works: the process, the database, the migrations, the workers and what waits for them."""

from typing import Any

import psycopg
from flask import Blueprint
from sqlalchemy import column, select, table
from sqlalchemy.exc import SQLAlchemyError

from api.config import current_config
from api.problems import Problem
from api.retry import again
from api.verbs import transaction
from models import tenancy
from models.heartbeat import BEATS, MISSED
from models.prepared import Prepared
from models.queue import QUEUES, seconds_since

health = Blueprint("health", __name__)
# A worker beats every few seconds; one that has been silent for this long is dead.
SILENT_SECONDS = 60
REVISION = Prepared(select(column("version_num")).select_from(table("alembic_version")))


@health.route("/health/live")
def show_liveness() -> dict[str, Any]:
    """200 while the process answers; it asks nobody else."""
    return {"status": "ok"}


@health.route("/health/ready")
def show_readiness() -> tuple[dict[str, Any], int]:
    """200 when requests can be answered: the database is there, and no migration of this release is missing."""
    try:
        revision = again(_revision)
    except (SQLAlchemyError, psycopg.Error):
        raise Problem("unavailable", "The database cannot be used at this moment.") from None
    migrations = _migrations(revision)
    ready = migrations != "behind"
    return {"status": "ok" if ready else "not_migrated", "database": "ok", "migrations": migrations}, 200 if ready else 503


@health.route("/health")
def show_health() -> tuple[dict[str, Any], int]:
    """200 while the database answers and a worker is alive; 503 with the same facts otherwise.

    Of a database that is behind this release, only that is told: what this release reads need not be there yet.
    """
    revision = again(_revision)
    migrations = _migrations(revision)
    if migrations == "behind":
        return _facts("not_migrated", revision, migrations), 503
    newest, oldest = again(_beats)
    alive = newest is not None and newest < SILENT_SECONDS
    status = "ok" if alive else "no_worker"
    return _facts(status, revision, migrations, newest, oldest, again(_lag)), 200 if alive else 503


def _facts(
    status: str,
    revision: str | None,
    migrations: str,
    newest: float | None = None,
    oldest: float | None = None,
    lag: dict[str, float] | None = None,
) -> dict[str, Any]:
    return {
        "status": status,
        "database": "ok",
        "migration": revision,
        "migrations": migrations,
        "worker_heartbeat_age_seconds": newest,
        "oldest_worker_heartbeat_age_seconds": oldest,
        "lag_seconds": lag,
    }


def _migrations(revision: str | None) -> str:
    """Where the database stands: at the head that this release knows, behind it, or ahead: a later release migrated it."""
    known = current_config().migrations
    if not known or revision == known[-1]:
        return "at_head"
    return "behind" if revision is None or revision in known else "ahead"


def _revision() -> str | None:
    with transaction(tenancy.lobby()) as lobby:
        return next((row.version_num for row in lobby.rows(REVISION)), None)


def _beats() -> tuple[float | None, float | None]:
    with transaction(tenancy.lobby()) as lobby:
        beats = lobby.rows(BEATS, since=lobby.now - MISSED)[0]
        return seconds_since(beats.newest, lobby.now), seconds_since(beats.oldest, lobby.now)


def _lag() -> dict[str, float]:
    """For how long the oldest row of each queue has been due; 0 where none is."""
    with transaction(tenancy.queues()) as queues:
        oldest = {name: queues.rows(statement, now=queues.now)[0].oldest for name, statement in QUEUES.items()}
        return {name: seconds_since(instant, queues.now) or 0 for name, instant in oldest.items()}
