"""Who looked at a child's record, and to whom it was disclosed: for the practice, to show it to the family."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import find, listed, practice
from domain.access_words import Access, in_words
from domain.wall_clock import instant
from models.access_entry import ACCESS_ENTRIES
from models.student import Student
from schemas.access_entry import AccessEntrySchema, AccessLogQuery, DisclosuresQuery
from schemas.base import page_of

access_log = StaffDoor(
    "access-log", __name__, "/students", description="Who looked at a child's record, and to whom it was disclosed."
)


@access_log.route("/<uuid:student_id>/access-log", role="advocate")
@access_log.arguments(AccessLogQuery, location="query")
@access_log.response(200, page_of(AccessEntrySchema))
def list_access(asked: dict[str, Any], student_id: UUID) -> dict[str, Any]:
    """Who looked at a child's record

    Newest first, by whom and from which sign-in or key: what was read, once for each reader, kind of row and hour; what was
    disclosed, each time. Each with a line in words, for the family. Looking at this log is in it too.
    """
    return _page(asked, student_id)


@access_log.route("/<uuid:student_id>/disclosures", role="advocate")
@access_log.arguments(DisclosuresQuery, location="query")
@access_log.response(200, page_of(AccessEntrySchema))
def list_disclosures(asked: dict[str, Any], student_id: UUID) -> dict[str, Any]:
    """To whom a child's record was disclosed

    Newest first: packets that were made, downloaded, shared, opened by whom they were shared with, withdrawn, deleted; and
    every time all that the practice keeps was written out. To whom, when and why (34 CFR 99.32).
    """
    return _page({**asked, "is_disclosure": True}, student_id)


def _page(asked: dict[str, Any], student_id: UUID) -> dict[str, Any]:
    limit, cursor, language = asked.pop("limit"), asked.pop("cursor", None), asked.pop("language", None)
    first, last = asked.pop("from_on", None), asked.pop("to_on", None)
    filters = {**asked, "student_id": find(Student, student_id).id}
    if first:
        filters["since"] = instant(first, time(), practice().zone)
    if last:
        filters["before"] = instant(last + timedelta(days=1), time(), practice().zone)
    page = listed(ACCESS_ENTRIES, filters, limit, cursor)
    return {**page, "items": [{**row._asdict(), "in_words": _said(row, language)} for row in page["items"]]}


def _said(row: Any, language: str | None) -> str:
    access = Access(
        row.kind,
        row.resource,
        row.actor,
        name=row.staff_name,
        role=row.staff_role,
        key_name=row.api_key_name,
        to=row.disclosed_to,
        purpose=row.purpose,
    )
    return in_words(access, language or row.language)
