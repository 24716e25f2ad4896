"""A document of a case: the file as it came, under a name of our own, with its hash."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice

KINDS = ("iep", "letter", "log", "statement", "policy", "other")
FILE_TYPES = ("pdf", "docx", "txt")


class Document(TenantOwned, Base):
    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("file_type in ('pdf', 'docx', 'txt')", name="file_type"),
        CheckConstraint("size_bytes > 0", name="size"),
        Index("ix_documents_case", *unique_in_practice("case_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    kind: Mapped[str]
    # As whoever uploaded it calls it; the file lies under the id.
    name: Mapped[str]
    file_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str | None]
    uploaded_by_id: Mapped[UUID] = refers_to("staff")


DOCUMENTS = Listing.of(Document, "case_id", "kind")
