"""Logs of schools: looked at, taken in whole or not at all, withdrawn whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from flask import Response

from api.case import taken_up
from api.copy_lines import today
from api.doors import StaffDoor
from api.proceeding import limits_follow_sessions
from api.verbs import add, caller, find, now, work
from api.withdrawn import withdrawn
from domain.refusal import FieldError, Invalid
from domain.service_log import Log, Question, Said, key_of, read
from models.case import Case, same_case
from models.document import Document
from models.document_reading import READING_OF, DocumentReading, StillWaiting
from models.service_log_import import (
    PROVISIONS_OF_IMPORT,
    SERVICE_LOG_IMPORTS,
    Brought,
    Entry,
    ServiceLogImport,
    brought,
)
from models.service_session import PROVISIONS_NAMED, ServiceSession, latest
from models.student import Student
from models.transaction import NotFound
from schemas.base import plain
from schemas.service_log_import import (
    NewServiceLogImportSchema,
    ServiceLogImportQuery,
    ServiceLogImportSchema,
    ServiceLogPreviewSchema,
    TakenServiceLogSchema,
)
from schemas.withdrawn import WithdrawSchema

service_log_imports = StaffDoor(
    "service-log-imports", __name__, "/service-log-imports", description="Logs of schools that were taken in."
)
# So many sessions has no child in ten years; more at once would hold the practice up.
MOST_ENTRIES = 5_000
SHOWN_ROWS, SHOWN_BAD_ROWS, SHOWN_SAMPLES = 50, 200, 3
# What of a request says how a log is to be read.
_OF_THE_TABLE = ("sheet", "header_row", "columns", "outcomes", "date_order", "unit", "school_year", "student")
_preview = ServiceLogPreviewSchema()


@service_log_imports.route("")
@service_log_imports.listing(SERVICE_LOG_IMPORTS, ServiceLogImportSchema, ServiceLogImportQuery)
def list_service_log_imports() -> None:
    """Logs that were taken in

    The latest first, by case.
    """


@service_log_imports.route("", methods=["POST"])
@service_log_imports.arguments(NewServiceLogImportSchema)
@service_log_imports.response(201, TakenServiceLogSchema)
@service_log_imports.alt_response(200, schema=_preview, description="With `dry_run`: a preview.", success=True)  # type: ignore[untyped-decorator]
def import_service_log(said: dict[str, Any]) -> Any:
    """Take a school's log in

    With `dry_run` a preview: where the headings were found, what each column is, the first rows as they would be taken, every
    bad row with why, and the questions that have to be answered by saying it at their place; nothing is written.

    Without it all or nothing: a bad row (`/rows/17`, as the file counts) or an open question is a 422. A row that came in
    before, in this file or another, is known by what it says and does not come in twice. 409 while the document is being read.
    """
    case = find(Case, said["case_id"])
    document = find(Document, said["document_id"])
    same_case(case, document_id=document)
    sheets = _sheets(document)
    provisions = _provisions(case, said)
    log = read(sheets, _asked(said), latest=latest(today()), child=find(Student, case.student_id).name)
    questions = _questions(log, said)
    if said["dry_run"]:
        shown = _shown(_brought(case, log, provisions, said), [name for name, _ in sheets], questions, said)
        return Response(orjson.dumps(_preview.dump(shown)), 200, mimetype="application/json")
    named = {row.id for row in provisions.values() if row is not None}
    with limits_follow_sessions(named) as notices:
        # Of two who take the same rows in at once, the second sees that they are there.
        work().find(Student, case.student_id, lock=True)
        found = _brought(case, log, provisions, said)
        _must_be_whole(found, questions)
        about = {"case_id": taken_up(case).id, "document_id": document.id, "by": caller().staff_id}
        row = ServiceLogImport.take(found, **about, mapping=_mapping(log, said))
        add(row, found.new)
    return {**vars(row), "remarks": found.remarks, "notices": notices}


@service_log_imports.route("/<uuid:service_log_import_id>")
@service_log_imports.response(200, ServiceLogImportSchema)
def show_service_log_import(service_log_import_id: UUID) -> ServiceLogImport:
    """A log that was taken in

    Of which file, how it was read, and how many of its rows were taken.
    """
    return find(ServiceLogImport, service_log_import_id)


@service_log_imports.route("/<uuid:service_log_import_id>/withdraw", methods=["POST"], role="advocate")
@service_log_imports.arguments(WithdrawSchema)
@service_log_imports.response(200, ServiceLogImportSchema)
def withdraw_service_log_import(said: dict[str, Any], service_log_import_id: UUID) -> ServiceLogImport:
    """Withdraw an import

    With all its entries, and what corrects any of them: they stay, with the reason, and do not count. The same file can be
    taken in again, read otherwise.
    """
    provisions = work().rows(PROVISIONS_OF_IMPORT, import_id=service_log_import_id)
    with limits_follow_sessions({row.provision_id for row in provisions}):
        row = withdrawn(ServiceLogImport, service_log_import_id, said["because"])
        work().execute(ServiceSession.withdraw_all(row.id, by=caller().staff_id, because=said["because"], now=now()))
    return row


def _sheets(document: Document) -> list[tuple[str, Any]]:
    """The table that was read in a document: names and rows."""
    readings = work().rows(READING_OF, document_id=document.id)
    if not readings:
        raise NotFound("There is nothing here with this id.")
    reading = readings[0].reading
    if reading is None:
        raise StillWaiting("This document is still being read: wait until its reading is done.")
    if refusal := reading.get("refusal"):
        raise _refused("/document_id", f"Nothing was read in this document: {refusal['detail']}")
    sheets = DocumentReading.sheets.fget(readings[0])  # type: ignore[attr-defined]
    if sheets is None:
        raise _refused("/document_id", "This document is no table: a log is taken in as CSV or XLSX.")
    return [(sheet["name"], sheet["rows"]) for sheet in sheets]


def _provisions(case: Case, said: Mapping[str, Any]) -> dict[str, Any]:
    """The provisions that are named, by service; of the whole log under "". None where its rows are left out."""
    by_service: dict[str, UUID | None] = said.get("provisions") or {}
    named = {key_of(service): (f"/provisions/{_escaped(service)}", row_id) for service, row_id in by_service.items()}
    if said.get("provision_id"):
        named[""] = "/provision_id", said["provision_id"]
    ids = sorted({row_id for _, row_id in named.values() if row_id})
    rows = {row.id: row for row in work().rows(PROVISIONS_NAMED, ids=ids)} if ids else {}
    errors = []
    for pointer, row_id in named.values():
        if row_id and row_id not in rows:
            errors.append(FieldError(pointer=pointer, detail="There is nothing with this id."))
        elif row_id and rows[row_id].student_id != case.student_id:
            errors.append(FieldError(pointer=pointer, detail="This belongs to the IEP of another student."))
    if errors:
        raise Invalid("Some of it is not valid.", errors)
    return {service: rows[row_id] if row_id else None for service, (_, row_id) in named.items()}


def _asked(said: Mapping[str, Any]) -> Said:
    given = {name: said[name] for name in _OF_THE_TABLE if said.get(name) is not None}
    services = said.get("provisions")
    by_service = None if services is None else {name: row_id is not None for name, row_id in services.items()}
    return Said(**given, services=by_service, leave_out=frozenset(said.get("leave_out") or ()))


def _questions(log: Log, said: Mapping[str, Any]) -> list[Question]:
    """What has to be said before this log can be taken in."""
    if said.get("provision_id") or said.get("provisions") is not None or len(log.services) > 1:
        return list(log.questions)
    return [*log.questions, Question("/provision_id", "Say of which provision this log is.")]


def _brought(case: Case, log: Log, provisions: Mapping[str, Any], said: Mapping[str, Any]) -> Brought:
    about: dict[str, Any] = {"student_id": case.student_id, "source": said.get("source") or "school", "by": caller().staff_id}
    return brought(work(), log, provisions, **about, today=today())


def _must_be_whole(found: Brought, questions: Sequence[Question]) -> None:
    errors = [FieldError(pointer=question.pointer, detail=question.detail) for question in questions]
    errors += found.errors[:SHOWN_BAD_ROWS]
    if len(found.new) > MOST_ENTRIES:
        detail = f"It brings more than {MOST_ENTRIES:,} entries: take it in by parts, one for each child or year."
        raise _refused("/document_id", detail)
    if errors:
        detail = f"Nothing was taken in: {len(questions)} questions are open, and {len(found.errors)} rows cannot be taken."
        raise Invalid(detail, errors)


def _shown(found: Brought, sheets: Sequence[str], questions: Sequence[Question], said: Mapping[str, Any]) -> dict[str, Any]:
    """How a log would be read, for people to look at."""
    log, layout = found.log, found.log.layout
    bad = {error["pointer"]: error for error in found.errors}
    rows = len(log.taken) + len(log.bad) + len(log.left_out)
    counts = {"taken": found.rows_taken, "known": found.rows_known, "bad": len(bad), "left_out": len(log.left_out)}
    return {
        "sheet": log.sheet,
        "sheets": sheets,
        "layout": layout and layout.kind,
        "header_row": layout and layout.header + 1,
        "columns": [
            {
                "letter": column.letter,
                "name": column.name,
                "field": column.field,
                "samples": log.samples(column.index, SHOWN_SAMPLES),
            }
            for column in (layout.columns if layout else ())
        ],
        "date_order": log.date_order,
        "unit": log.unit,
        "outcomes": log.outcomes,
        "services": log.services,
        "questions": questions,
        "counts": {"rows": rows, **counts, "open": rows - sum(counts.values())},
        "left_out": Counter(one.why for one in log.left_out),
        "rows": [_as_shown(entry) for entry in found.entries[:SHOWN_ROWS]],
        "bad_rows": [
            {"row": int(pointer.rpartition("/")[2]), "detail": error["detail"]}
            for pointer, error in list(bad.items())[:SHOWN_BAD_ROWS]
        ],
        "remarks": found.remarks,
        "mapping": _mapping(log, said),
    }


def _as_shown(entry: Entry) -> dict[str, Any]:
    return {**vars(entry.row), "row": entry.row.row_number, "service": entry.service, "is_known": entry.is_known}


def _mapping(log: Log, said: Mapping[str, Any]) -> dict[str, Any]:
    """How a log is read, as it could be said: what was, and what was found."""
    layout = log.layout
    found = {
        "sheet": log.sheet,
        "header_row": layout and layout.header + 1,
        "columns": {column.field: column.letter for column in (layout.columns if layout else ()) if column.field},
        "outcomes": {**{code: choice for code, choice in log.outcomes.items() if choice}, **(said.get("outcomes") or {})},
        "date_order": log.date_order,
        "unit": log.unit,
        "source": "school",
    }
    kept = ("provision_id", "provisions", "school_year", "student", "leave_out", "source")
    mapping = {**found, **{name: said[name] for name in kept if said.get(name) is not None}}
    as_json: dict[str, Any] = plain(mapping)
    return as_json


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _refused(pointer: str, detail: str) -> Invalid:
    return Invalid(detail, [FieldError(pointer=pointer, detail=detail)])
