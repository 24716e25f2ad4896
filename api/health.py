"""Whether it works: the database, the migrations, the workers."""

from typing import Any

from flask import Blueprint, Response, current_app
from sqlalchemy import column, select, table

from api.doors import transaction
from api.retry import again
from models import tenancy
from models.heartbeat import LAST_BEAT
from models.transaction import Prepared

health = Blueprint("health", __name__)
# A worker beats every few seconds; one that has been silent for this long is dead.
SILENT_SECONDS = 60
REVISION = Prepared(select(column("version_num")).select_from(table("alembic_version")))


@health.route("/health")
def show_health() -> tuple[dict[str, Any], int] | Response:
    """200 while the database answers and a worker is alive; 503 with the same facts otherwise."""
    revision, age = again(_look)
    alive = age is not None and age < SILENT_SECONDS
    facts = {
        "status": "ok" if alive else "no_worker",
        "database": "ok",
        "migration": revision,
        "worker_heartbeat_age_seconds": age,
    }
    current_app.logger.debug("health %s", facts["status"])
    return facts, 200 if alive else 503


def _look() -> tuple[str, float | None]:
    with transaction(tenancy.lobby()) as lobby:
        revision = lobby.rows(REVISION)[0].version_num
        last_beat = lobby.rows(LAST_BEAT)[0].beat_at
        return revision, None if last_beat is None else round((lobby.now - last_beat).total_seconds(), 1)
