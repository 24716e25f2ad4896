"""A worker's heartbeat: a dead worker must be seen before a parent notices. And what the worker has done so far."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Delete, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.prepared import Prepared

# For so long a worker that fell silent is looked for; later, another has long taken its place.
MISSED = timedelta(hours=1)
KEPT = timedelta(days=1)


class Heartbeat(Base):
    __tablename__ = "heartbeats"

    worker_id: Mapped[UUID] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    # Set by a worker that was told to stop; nobody misses it.
    stopped_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(server_default="{}")

    @classmethod
    def beat(
        cls, worker_id: UUID, *, started_at: datetime, now: datetime, counts: Mapping[str, int], is_last: bool = False
    ) -> Insert:
        shown = {"beat_at": now, "counts": dict(counts), "stopped_at": now if is_last else None}
        row = insert(cls).values(worker_id=worker_id, started_at=started_at, **shown)
        return row.on_conflict_do_update(index_elements=["worker_id"], set_=shown)

    @classmethod
    def forgotten(cls, now: datetime) -> Delete:
        """Those of workers that have been gone for a day."""
        return delete(cls).where(cls.beat_at < now - KEPT)


# The last beat of all, and the last beat of the one that is silent for longest; `since` is when those last beat who are
# still missed.
BEATS = Prepared(
    select(
        func.max(Heartbeat.beat_at).label("newest"),
        func.min(Heartbeat.beat_at)
        .filter(Heartbeat.stopped_at.is_(None), Heartbeat.beat_at > bindparam("since"))
        .label("oldest"),
    )
)
WORKERS = Prepared(select(Heartbeat.worker_id, Heartbeat.beat_at, Heartbeat.stopped_at, Heartbeat.counts))
