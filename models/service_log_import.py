"""A school's log that was taken into the service log: of which file, by which reading of its columns."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.withdrawn import Withdrawable


class ServiceLogImport(TenantOwned, Withdrawable, Base):
    __tablename__ = "service_log_imports"
    __table_args__ = (Index("ix_service_log_imports_case", *unique_in_practice("case_id")),)

    case_id: Mapped[UUID] = refers_to("cases")
    document_id: Mapped[UUID] = refers_to("documents")
    imported_by_id: Mapped[UUID] = refers_to("staff")
    mapping: Mapped[dict[str, Any]]
    rows_taken: Mapped[int]
    # Those that an earlier import had taken in.
    rows_known: Mapped[int]
    # Empty lines, sums, headings.
    rows_left_out: Mapped[int]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")
    withdrawn_because: Mapped[str | None]


SERVICE_LOG_IMPORTS = Listing.of(ServiceLogImport, "case_id", "document_id")
