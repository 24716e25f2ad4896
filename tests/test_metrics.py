"""What Prometheus reads: numbers that are right, for who knows the token; and a dashboard that shows nothing else."""

import json
import os
import re
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest
import requests
import sqlalchemy
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from api.application import create_app
from api.config import Config
from models.database import connect
from scheduling.worker import Worker
from tests.cast import Actor, Practice, Staff
from tests.conftest import BASE_URL, SECRET, Clock, free_port
from tests.promises.conftest import Admin, admin, nothing_left_to_do, settings
from tests.promises.processes import HOUSE, program, wait_until

__all__ = ["admin", "nothing_left_to_do", "settings"]
TOKEN = "a token for the scrape"[:16].replace(" ", "-")
DASHBOARD = HOUSE / "docs" / "operations" / "grafana.json"
WATCHING = HOUSE / "docs" / "operations" / "watching.md"
Numbers = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def api(engine: sqlalchemy.Engine, clock: Clock) -> Flask:
    return create_app(engine, clock, Config(secret_keys=[SECRET], base_url=BASE_URL, metrics_token=TOKEN))


def read(text: str) -> Numbers:
    families = text_string_to_metric_families(text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def scrape(app: Flask) -> Numbers:
    answer = app.test_client().get("/metrics", base_url=BASE_URL, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    return read(answer.get_data(as_text=True))


def number(numbers: Numbers, name: str, **labels: str) -> float:
    """The sum of all that have these labels."""
    return sum(value for (one, with_labels), value in numbers.items() if one == name and labels.items() <= set(with_labels))


def test_only_who_knows_the_token_reads_metrics(app: Flask, api: Flask) -> None:
    """Red without `hmac.compare_digest` in `api.metrics`, or without `if numbers` in `api.application`."""

    def asks(of: Flask, **headers: str) -> int:
        return of.test_client().get("/metrics", base_url=BASE_URL, headers=headers).status_code

    assert asks(app, Authorization=f"Bearer {TOKEN}") == 404, "nobody set a token"
    assert asks(api) == 401
    assert asks(api, Authorization=f"Bearer {TOKEN}x") == 401
    assert asks(api, Authorization="Bearer \xe9") == 401
    assert asks(api, Authorization=f"Basic {TOKEN}") == 401
    assert asks(api, Authorization=f"Bearer {TOKEN}") == 200


def test_requests_are_counted_by_what_they_do_and_never_by_path(api: Flask, ana: Staff) -> None:
    """Red with `request.path` for the operation in `api.watch`, or with the caller's own method."""
    there = Actor(api, ana.token)
    case = there.get("/cases")
    for path, status in (("/clients", 200), ("/clients/nonsense", 404), ("/cases?nonsense=1", 422), ("/nowhere/petra", 404)):
        assert there.ask("GET", path).status_code == status
    there.ask("PETRA", "/clients")
    found = scrape(api)
    assert case["items"] == []
    assert number(found, "followthrough_requests_total", operation="list_clients", method="GET", status="200") == 1
    assert number(found, "followthrough_requests_total", operation="list_cases", method="GET", status="422") == 1
    assert number(found, "followthrough_requests_total", operation="unmatched", method="GET", status="404") == 2
    assert number(found, "followthrough_requests_total", operation="unmatched", method="other", status="405") == 1
    assert number(found, "followthrough_request_seconds_count", operation="list_clients") == 1
    assert 0 < number(found, "followthrough_request_seconds_sum", operation="list_clients") < 10
    assert number(found, "followthrough_requests_in_flight") == 1, "the scrape itself"
    assert not [name for name in found if "petra" in str(name).lower()]


def test_queues_and_workers_are_seen_by_one_scrape(
    api: Flask, admin: Admin, ana: Staff, riverside: Practice, worker: Worker, clock: Clock
) -> None:
    """Red without `worker.counts` in `scheduling`, or without `"counts"` in `Heartbeat.beat`."""
    admin.execute("delete from heartbeats")
    case = ana.opens_a_case()
    for title in ("One", "Two"):
        ana.post("/reminders", {"case_id": case["id"], "title": title, "due_at": "2026-10-05T15:59:00Z"})
    ana.post("/reminders", {"case_id": case["id"], "title": "Later", "due_at": "2026-10-30T16:00:00Z"})
    found = scrape(api)
    assert number(found, "followthrough_queue_due", queue="reminders") == 2
    assert number(found, "followthrough_queue_lag_seconds", queue="reminders") == 60
    sent, fired = worker.counts["sent"], worker.counts["fired"]
    worker.fire_reminders()
    clock.move(seconds=5)
    worker.beat()
    found = scrape(api)
    assert number(found, "followthrough_queue_due", queue="messages") == 2
    assert number(found, "followthrough_queue_lag_seconds", queue="messages") == 5
    assert number(found, "followthrough_messages_waiting", state="queued") == 2
    assert number(found, "followthrough_reminders_fired_total", worker=str(worker.id)) == fired + 2
    worker.send_messages()
    worker.beat()
    clock.move(seconds=7)
    found = scrape(api)
    assert number(found, "followthrough_sends_total", worker=str(worker.id), outcome="sent") == sent + 2
    assert number(found, "followthrough_sends_total", outcome="failed") == 0
    assert number(found, "followthrough_worker_heartbeat_age_seconds", worker=str(worker.id)) == 7
    assert number(found, "followthrough_database_up") == 1
    worker.beat_for_the_last_time()
    assert number(scrape(api), "followthrough_worker_heartbeat_age_seconds") == 0, "nobody misses who stopped"


def test_while_the_database_is_away_the_rest_is_still_told(clock: Clock) -> None:
    """Red without the `except` in `api.metrics._Database`."""
    engine = connect("postgresql://nobody@/nothing?host=/nonexistent")
    alone = create_app(engine, clock, Config(secret_keys=[SECRET], base_url=BASE_URL, metrics_token=TOKEN))
    alone.test_client().get("/health", base_url=BASE_URL)
    found = scrape(alone)
    assert number(found, "followthrough_database_up") == 0
    assert number(found, "followthrough_requests_total", operation="show_health", status="503") == 1
    engine.dispose()


# Several processes.


@pytest.fixture
def serving(settings: Mapping[str, str], tmp_path: Path) -> Iterator[tuple[str, psutil.Process, Path]]:
    port = str(free_port())
    told = {**settings, "PORT": port, "PROCESSES": "2", "BASE_URL": f"http://127.0.0.1:{port}", "METRICS_TOKEN": TOKEN}
    with program("serve", {**told, "TMPDIR": str(tmp_path)}) as serve:
        wait_until(lambda: serve.said.count("Started worker") == 2, why=lambda: serve.said)
        yield told["BASE_URL"], psutil.Process(serve.pid), tmp_path
        assert serve.end() == 0
    assert list(tmp_path.iterdir()) == [], "the folder in which they counted is gone"


def test_one_scrape_tells_of_all_processes_and_forgets_what_the_dead_had_in_use(
    serving: tuple[str, psutil.Process, Path],
) -> None:
    """Red without `MultiProcessCollector` in `api.metrics`, or without `_forget_the_dead`."""
    base, _, folder = serving

    def seen() -> Numbers:
        return read(requests.get(f"{base}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10).text)

    def counting() -> set[int]:
        return {int(file.stem.rpartition("_")[2]) for file in folder.glob("*/gauge_livesum_*.db")}

    def ask() -> None:
        # A connection of its own each time, which either of them may take.
        assert requests.get(f"{base}/health/live", timeout=10).status_code == 200

    for _ in range(50):
        ask()
    assert number(seen(), "followthrough_requests_total", operation="show_liveness") == 50
    assert number(seen(), "followthrough_pool_size") == 8
    [died, *_] = counting()
    os.kill(died, signal.SIGKILL)
    wait_until(lambda: len(counting() - {died}) == 2)
    found = wait_until(seen)
    assert number(found, "followthrough_pool_size") == 8
    assert number(found, "followthrough_requests_total", operation="show_liveness") == 50
    assert died not in counting()


# The dashboard, and the page about it.


def exported(app: Flask) -> set[str]:
    scrape(app)  # a scrape is a request too, and is counted when it has been answered
    return {name for name, _ in scrape(app)}


def test_the_dashboard_shows_what_there_is(api: Flask, worker: Worker) -> None:
    worker.beat()
    names = exported(api)
    board = json.loads(DASHBOARD.read_text())
    asked = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
    shown = {name for expression in asked for name in re.findall(r"followthrough_\w+", expression)}
    assert shown - names == set()
    unseen = {name.removesuffix("_bucket").removesuffix("_sum").removesuffix("_count") for name in names} - {
        name.removesuffix("_bucket") for name in shown
    }
    assert unseen == set(), "every number has its panel"
    assert {panel["datasource"]["uid"] for panel in board["panels"] if "targets" in panel} == {"${datasource}"}
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_the_page_about_watching_names_every_metric_and_no_other(api: Flask, worker: Worker) -> None:
    worker.beat()
    names = {re.sub("_(bucket|sum|count)$", "", name) for name in exported(api)}
    told = {re.sub("_(bucket|sum|count)$", "", name) for name in re.findall(r"\bfollowthrough_\w+", WATCHING.read_text())}
    assert told == names
