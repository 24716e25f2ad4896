"""A provision: one support that an IEP version promises, in the words of the IEP."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from domain.calendar import must_be_in_order
from models.base import Base
from models.iep_version import IepVersion
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice

KINDS = ("service", "accommodation", "modification", "goal", "support")
PERIODS = ("day", "week", "two_weeks", "month", "quarter", "trimester", "semester", "year")


class Provision(TenantOwned, Base):
    __tablename__ = "provisions"
    __table_args__ = (
        CheckConstraint("minutes > 0 and times > 0", name="amount"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index("ix_provisions_iep_version", *unique_in_practice("iep_version_id")),
        Index("uq_provisions_support", *unique_in_practice("iep_version_id", "support_id"), unique=True),
    )

    iep_version_id: Mapped[UUID] = refers_to("iep_versions")
    kind: Mapped[str]
    text: Mapped[str]
    minutes: Mapped[int | None]
    times: Mapped[int | None]
    per: Mapped[str | None]
    setting: Mapped[str | None]
    provider_role: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # The same support in another version has the same one.
    support_id: Mapped[UUID | None]
    # Where in the document it was read: page, line, and the words as they stand there.
    source: Mapped[dict[str, Any] | None]
    frozen_at: Mapped[datetime | None]

    @classmethod
    def promise(cls, version: IepVersion, **said: object) -> "Provision":
        """A support of a draft; a version in force takes no more."""
        version.must_be_draft()
        return cls(iep_version_id=version.id, **said)

    def edit(self, version: IepVersion, **said: object) -> None:
        """Changes a support of a draft."""
        version.must_be_draft()
        for name, value in said.items():
            setattr(self, name, value)
        must_be_in_order(self.starts_on, self.ends_on, "/ends_on")


PROVISIONS = Listing.of(Provision, "iep_version_id", "kind")
