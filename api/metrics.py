"""What Prometheus may know: how many requests, how fast; the pool; the queues; what the workers do. Numbers and no names.

Kept only where there is a METRICS_TOKEN. Where several processes serve, each writes its numbers into files of one folder,
and whichever is asked answers for all (prometheus_client does that, told by PROMETHEUS_MULTIPROC_DIR). What the database
knows is read when it is asked for.
"""

import hmac
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import prometheus_client
import psycopg
import sqlalchemy
from flask import Blueprint, Response, current_app
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from sqlalchemy.exc import SQLAlchemyError

from api.config import current_config
from api.doors import bearer_token
from api.problems import Problem
from api.retry import again
from api.verbs import transaction
from models import tenancy
from models.heartbeat import WORKERS
from models.queue import QUEUES, WAITING_MESSAGES, seconds_since

blueprint = Blueprint("metrics", __name__)
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
# When each number was begun is of no use to anybody, and would double the lines.
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The numbers of this process. `folder` is where all processes of a `serve` keep theirs, if there are several."""

    def __init__(self, engine: sqlalchemy.Engine, folder: Path | None) -> None:
        self._folder = folder
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "followthrough_requests",
            "Requests answered.",
            ("operation", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "followthrough_request_seconds",
            "How long an operation took.",
            ("operation",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._mails = Counter("followthrough_inbound_mails", "Mail that a hook brought.", ("state",), registry=self._registry)
        self._in_flight = self._gauge("requests_in_flight", "Requests that are being answered.")
        self._engine = engine
        self._pool_used = self._gauge("pool_checked_out", "Connections to the database in use, as the last request left them.")
        self._pool_overflow = self._gauge("pool_overflow", "Connections beyond the size of the pools.")
        self._gauge("pool_size", "Connections that the pools keep.").set(engine.pool.size())  # type: ignore[attr-defined]
        self._pool_was = (0, 0)
        # Labels are looked up once for each operation, method and status: that costs more than to count.
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def begin(self) -> None:
        self._in_flight.inc()

    def end(self, operation: str, method: str, status: int, seconds: float) -> None:
        known = self._known.get((operation, method, status))
        if known is None:
            known = self._requests.labels(operation, method, str(status)), self._seconds.labels(operation)
            self._known[operation, method, status] = known
        requests, times = known
        requests.inc()
        times.observe(seconds)
        self._in_flight.dec()
        pool: Any = self._engine.pool
        now = (pool.checkedout(), pool.overflow())
        if now != self._pool_was:
            self._pool_was = now
            self._pool_used.set(now[0])
            self._pool_overflow.set(max(0, now[1]))

    def count_mail(self, state: str) -> None:
        """A mail that came in: recorded, waiting, or for nobody here (unknown)."""
        self._mails.labels(state).inc()

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        registry = self._registry
        if self._folder:
            _forget_the_dead(self._folder)
            registry = CollectorRegistry()
            MultiProcessCollector(registry, str(self._folder))  # type: ignore[no-untyped-call]
        database = CollectorRegistry()
        database.register(_Database())
        return generate_latest(registry) + generate_latest(database)

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(f"followthrough_{name}", meaning, registry=self._registry, multiprocess_mode="livesum")


@blueprint.route("/metrics")
def show_metrics() -> Response:
    """Only for who knows the token."""
    token = current_config().metrics_token or ""
    if not hmac.compare_digest(bearer_token().encode(), token.encode()):
        raise Problem("unauthenticated", "This is not the token for metrics.")
    metrics: Metrics = current_app.extensions["metrics"]
    return Response(metrics.text(), content_type=prometheus_client.exposition.CONTENT_TYPE_PLAIN_0_0_4)


class _Database:
    """What the database knows of queues and workers."""

    def collect(self) -> Iterator[Metric]:
        try:
            found = again(_read)
        except (SQLAlchemyError, psycopg.Error):
            found = None
        yield GaugeMetricFamily("followthrough_database_up", "Whether the database answered.", value=found is not None)
        yield from found or ()


def _read() -> list[Metric]:
    due = GaugeMetricFamily("followthrough_queue_due", "Rows that are due and not done.", labels=["queue"])
    lag = GaugeMetricFamily("followthrough_queue_lag_seconds", "For how long the oldest of them has been.", labels=["queue"])
    waiting = GaugeMetricFamily("followthrough_messages_waiting", "Messages that are not yet sent.", labels=["state"])
    beat = GaugeMetricFamily("followthrough_worker_heartbeat_age_seconds", "Since a worker's last beat.", labels=["worker"])
    fired = CounterMetricFamily("followthrough_reminders_fired", "Reminders that became messages.", labels=["worker"])
    sends = CounterMetricFamily("followthrough_sends", "What became of messages.", labels=["worker", "outcome"])
    with transaction(tenancy.queues()) as queues:
        for name, statement in QUEUES.items():
            row = queues.rows(statement, now=queues.now)[0]
            due.add_metric([name], row.due)
            lag.add_metric([name], seconds_since(row.oldest, queues.now) or 0)
        many = {row.state: row.many for row in queues.rows(WAITING_MESSAGES)}
        for state in ("queued", "sending"):
            waiting.add_metric([state], many.get(state, 0))
        for row in queues.rows(WORKERS):
            worker = str(row.worker_id)
            if row.stopped_at is None:
                beat.add_metric([worker], seconds_since(row.beat_at, queues.now) or 0)
            counts = dict(row.counts)
            fired.add_metric([worker], counts.pop("fired", 0) + counts.pop("reminded", 0))
            for outcome, number in counts.items():
                sends.add_metric([worker, outcome], number)
    return [due, lag, waiting, beat, fired, sends]


def _forget_the_dead(folder: Path) -> None:
    """Takes away what processes that are no more had in use. What they counted stays counted."""
    for file in folder.glob("gauge_live*_*.db"):
        process = int(file.stem.rpartition("_")[2])
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
        except PermissionError:
            continue
