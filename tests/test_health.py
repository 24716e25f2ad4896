"""Whether it works, told to whoever asks, in words that say nothing of any practice."""

import pytest
import sqlalchemy
from flask import Flask

from api.application import create_app
from api.config import Config
from commands.database import revisions
from commands.embedded import LOGIN
from models.database import connect
from scheduling.worker import Worker
from tests.cast import Practice, Staff
from tests.conftest import BASE_URL, SECRET, Clock
from tests.promises.conftest import Admin, admin, nothing_left_to_do
from tests.promises.test_migrations_carry_data import EARLIER, Town, town
from tests.walks import each

__all__ = ["admin", "nothing_left_to_do", "town"]
CONFIG = Config(secret_keys=[SECRET], base_url=BASE_URL, migrations=revisions())
PAST = "2026-10-01T16:00:00Z"


@pytest.fixture
def api(engine: sqlalchemy.Engine, clock: Clock) -> Flask:
    return create_app(engine, clock, CONFIG)


def asks(app: Flask, path: str) -> tuple[int, dict[str, object]]:
    answer = app.test_client().get(path, base_url=BASE_URL)
    return answer.status_code, answer.get_json()


def test_alive_is_who_answers_and_ready_is_who_can_answer(clock: Clock, api: Flask) -> None:
    """Red with a look at the database in `api.health.show_liveness`."""
    assert asks(api, "/health/live") == (200, {"status": "ok"})
    assert asks(api, "/health/ready") == (200, {"status": "ok", "database": "ok", "migrations": "at_head"})
    engine = connect("postgresql://nobody@/nothing?host=/nonexistent")
    alone = create_app(engine, clock, CONFIG)
    assert asks(alone, "/health/live") == (200, {"status": "ok"})
    status, said = asks(alone, "/health/ready")
    assert (status, said["type"]) == (503, "/problems/unavailable")
    engine.dispose()


def test_without_a_worker_it_is_ready_all_the_same(api: Flask, admin: Admin) -> None:
    admin.execute("delete from heartbeats")
    assert asks(api, "/health")[0] == 503
    assert asks(api, "/health/ready")[0] == 200


def test_behind_its_migrations_it_is_not_ready_and_ahead_of_them_it_is(api: Flask, admin: Admin) -> None:
    """Red with `revision == known[-1]` alone: a release that runs while the next one migrates would take itself out."""
    head = revisions()[-1]
    said = []
    try:
        for revision in ("0001", "9999", head):
            admin.execute("update alembic_version set version_num = %s", [revision])
            status, facts = asks(api, "/health/ready")
            said.append((status, facts["status"], facts["migrations"], asks(api, "/health")[1]["migrations"]))
    finally:
        admin.execute("update alembic_version set version_num = %s", [head])
    assert said == [(503, "not_migrated", "behind", "behind"), (200, "ok", "ahead", "ahead"), (200, "ok", "at_head", "at_head")]


@each("earlier", EARLIER)
def test_of_a_database_that_is_behind_it_tells_what_can_be_known(town: Town, clock: Clock, earlier: str) -> None:
    """Red without `if migrations == "behind"` in `api.health.show_health`: columns of this release are not there yet."""
    town.goes_to(earlier)
    engine = connect(town.server.url(LOGIN, town.name))
    status, facts = asks(create_app(engine, clock, CONFIG), "/health")
    engine.dispose()
    unknown = ("worker_heartbeat_age_seconds", "oldest_worker_heartbeat_age_seconds", "lag_seconds")
    known = {"status": "not_migrated", "database": "ok", "migration": earlier, "migrations": "behind"}
    assert (status, facts) == (503, {**known, **dict.fromkeys(unknown)})


def test_the_oldest_beat_is_of_a_worker_that_is_missed(
    api: Flask, admin: Admin, worker: Worker, clock: Clock, engine: sqlalchemy.Engine
) -> None:
    """Red without `stopped_at.is_(None)` or `beat_at > :since` in `models.heartbeat.BEATS`, or without `max(0.0, ...)`."""

    def ages() -> tuple[object, object]:
        facts = asks(api, "/health")[1]
        return facts["worker_heartbeat_age_seconds"], facts["oldest_worker_heartbeat_age_seconds"]

    admin.execute("delete from heartbeats")
    assert ages() == (None, None)
    died, stopped = (Worker(engine, clock, worker.post, worker.config) for _ in range(2))
    for one in (worker, died, stopped):
        one.beat()
    stopped.beat_for_the_last_time()
    clock.move(seconds=30)
    died.beat()
    clock.move(seconds=90)
    worker.beat()
    assert ages() == (0, 90)
    clock.move(minutes=59)
    worker.beat()
    assert ages() == (0, 0), "after an hour nobody waits for the dead"
    clock.move(seconds=-30)
    assert ages() == (0, 0), "a clock that is ahead gives no negative age"
    clock.move(days=1)
    worker.keep_house()
    assert admin.execute("select count(*) as many from heartbeats").fetchone() == {"many": 1}


def test_the_lag_is_that_of_the_oldest_row_that_is_due(api: Flask, ana: Staff, worker: Worker, clock: Clock) -> None:
    """Red without `due_at <= :now` in `models.queue`."""
    nothing = dict.fromkeys(
        ("reminders", "booking_reminders", "document_readings", "packets", "check_ins", "digests", "messages"), 0
    )
    assert asks(api, "/health")[1]["lag_seconds"] == nothing
    case = ana.opens_a_case()
    for title, due_at in (("Early", PAST), ("Later", "2026-10-30T16:00:00Z")):
        ana.post("/reminders", {"case_id": case["id"], "title": title, "due_at": due_at})
    assert asks(api, "/health")[1]["lag_seconds"] == {**nothing, "reminders": 4 * 86400}
    worker.fire_reminders()
    clock.move(seconds=20)
    assert asks(api, "/health")[1]["lag_seconds"] == {**nothing, "messages": 20}
    worker.send_messages()
    assert asks(api, "/health")[1]["lag_seconds"] == nothing


def test_health_tells_strangers_nothing_of_practices(api: Flask, riverside: Practice) -> None:
    assert set(asks(api, "/health")[1]) == {
        "status",
        "database",
        "migration",
        "migrations",
        "worker_heartbeat_age_seconds",
        "oldest_worker_heartbeat_age_seconds",
        "lag_seconds",
    }
