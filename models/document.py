"""A document of a case: the file as it came, under a name of our own, with its hash."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, LargeBinary, Text, Uuid, any_, bindparam, case, func, select
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from domain.file_type import FileType
from domain.refusal import Refusal
from models.base import Base
from models.document_reading import DocumentReading
from models.files import Received
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared
from models.tenancy import TenantOwned, refers_to, unique_in_practice

KINDS = ("iep", "letter", "log", "statement", "policy", "other")
MEDIA_TYPES: dict[FileType, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
}
# What a name may end in besides the name of its type.
OTHER_ENDINGS = {"jpeg": (".jpg",), "heic": (".heif",), "ogg": (".oga", ".opus")}
FILE_TYPES = tuple(MEDIA_TYPES)
LONGEST_NAME = 200
# Controls, and what turns the reading direction around: with these, a name says that it is something else than it is.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_NOT_IN_A_FILE_NAME = re.compile(r'[/\\:*?"<>|]')


class InUse(Refusal):
    """Something that was recorded rests on this document."""


class Document(TenantOwned, Base):
    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint(
            "file_type in ('pdf', 'docx', 'txt', 'csv', 'xlsx', 'jpeg', 'png', 'webp', 'gif', 'heic',"
            " 'mp3', 'm4a', 'wav', 'ogg')",
            name="file_type",
        ),
        CheckConstraint("size_bytes > 0", name="size"),
        Index("ix_documents_case", *unique_in_practice("case_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    kind: Mapped[str]
    # As whoever uploaded it calls it; the file lies under the id.
    name: Mapped[str]
    file_type: Mapped[FileType] = mapped_column(Text)
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str | None]
    # Nobody here: it came by mail.
    uploaded_by_id: Mapped[UUID | None] = refers_to("staff")
    # Of a final letter: the database gives it to nobody to change.
    is_kept: Mapped[bool] = mapped_column(server_default=sql_text("false"))
    if TYPE_CHECKING:
        digest: Any
        media_type: Any
        reading_state: Any

    @classmethod
    def of(
        cls,
        received: Received,
        *,
        file_type: FileType,
        case_id: UUID,
        kind: str,
        by: UUID | None,
        name: str | None,
        note: str | None,
        is_kept: bool = False,
    ) -> "Document":
        """The row of a file that came; called as its sender calls it, unless `name` says otherwise."""
        return cls(
            case_id=case_id,
            kind=kind,
            name=name or plain_name(received.name),
            file_type=file_type,
            size_bytes=received.size,
            sha256=received.sha256,
            note=note,
            uploaded_by_id=by,
            is_kept=is_kept,
            # What the database works out of it whenever it is read.
            digest=received.sha256.hex(),
            media_type=MEDIA_TYPES[file_type],
            reading_state="waiting",
        )

    @property
    def download_name(self) -> str:
        """The name under which it is handed out: with the ending of what it is, whatever it is called."""
        name = _NOT_IN_A_FILE_NAME.sub("-", _INVISIBLE.sub("", self.name)).strip(" .") or "document"
        endings = (f".{self.file_type}", *OTHER_ENDINGS.get(self.file_type, ()))
        return name if name.lower().endswith(endings) else f"{name}.{self.file_type}"

    @staticmethod
    def must_not_be_in_use(resting: Iterable[str]) -> None:
        """Raises `InUse` where anything rests on it: what, in words (`models.document_use`)."""
        if first := next(iter(resting), None):
            raise InUse(f"{first} rests on this document: it stays.")


def plain_name(given: str) -> str:
    """The name of a file, as its sender calls it, without the folders of their machine; not too long."""
    last = re.split(r"[/\\]", given)[-1]
    name = " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", last)).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(ending) < 10:
        name = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return name[:LONGEST_NAME] or "document"


Document.digest = column_property(func.encode(Document.sha256, "hex"))
Document.media_type = column_property(case(MEDIA_TYPES, value=Document.file_type))
Document.reading_state = column_property(
    select(DocumentReading.state)
    .where(DocumentReading.document_id == Document.id)
    .correlate(Document.__table__)
    .scalar_subquery()
)

DOCUMENTS = Listing.of(Document, "case_id", "kind")
DOCUMENTS_AMONG = Prepared(select(Document.id).where(Document.id == any_(bindparam("ids", type_=ARRAY(Uuid())))))
# Nobody brings files along meanwhile: an import holds its practice until the rows of its files are there.
NOBODY_TAKES_IN = Prepared(
    select(Practice.id).where(Practice.id == bindparam("practice")).with_for_update(read=True, skip_locked=True)
)
