"""A worker's heartbeat: a dead worker must be seen before a parent notices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.transaction import Prepared


class Heartbeat(Base):
    __tablename__ = "heartbeats"

    worker_id: Mapped[UUID] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]

    @classmethod
    def beat(cls, worker_id: UUID, *, started_at: datetime, now: datetime) -> Insert:
        row = insert(cls).values(worker_id=worker_id, started_at=started_at, beat_at=now)
        return row.on_conflict_do_update(index_elements=["worker_id"], set_={"beat_at": now})


LAST_BEAT = Prepared(select(func.max(Heartbeat.beat_at).label("beat_at")))
