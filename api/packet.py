"""Packets: asked for, watched while they are built, handed out, discarded."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, request

from api.attachment import CONTENT_ETAG, attachment
from api.doors import StaffDoor
from api.problems import unknown_reference
from api.verbs import add, caller, find, now, place_for_files, practice, work
from domain.refusal import FieldError, Invalid
from models.access_entry import AccessEntry
from models.case import Case, OtherCase
from models.packet import (
    DOCUMENTS_NAMED,
    DOCUMENTS_OF_THE_PERIOD,
    FORMATS,
    MOST_EXHIBITS,
    PACKETS,
    Packet,
    folder_of,
    rows_for_others,
)
from models.packet_share import PacketShare
from schemas.packet import NewPacketSchema, PacketContentQuery, PacketQuery, PacketSchema

packets = StaffDoor("packets", __name__, "/packets", description="The evidence of a case, as one PDF and one ZIP.")
_EVER = date(1900, 1, 1), date(2199, 12, 31)


@packets.route("")
@packets.listing(PACKETS, PacketSchema, PacketQuery)
def list_packets() -> None:
    """Packets

    Newest first, by case, purpose or state.
    """


@packets.route("", methods=["POST"], role="advocate")
@packets.arguments(NewPacketSchema)
@packets.response(201, PacketSchema)
def ask_for_packet(said: dict[str, Any]) -> Packet:
    """Ask for a packet

    It is `waiting` until the worker has built it: look again every few seconds. Its exhibits are settled now; all else that it
    says is as of the moment `as_of`, at which it was gathered. With `redactions` it is a redacted edition: it holds no redacted
    word in any form, and no original.
    """
    case = find(Case, said.pop("case_id"))
    given = said.pop("exhibits", None)
    exhibits = _of_period(case, said) if given is None else _named(case, given)
    _areas_must_be_of(exhibits, said.get("redactions"))
    return add(Packet.ask(case, by=caller().staff_id, exhibits=exhibits, now=now(), **said))


@packets.route("/<uuid:packet_id>")
@packets.response(200, PacketSchema)
def show_packet(packet_id: UUID) -> Packet:
    """A packet

    How far it has come, and once it is done what is in it, with pages and hashes.
    """
    return find(Packet, packet_id)


@packets.route("/<uuid:packet_id>/cancel", methods=["POST"], role="advocate")
@packets.response(200, PacketSchema)
def cancel_packet(packet_id: UUID) -> Packet:
    """Do not build it

    409 unless it is `waiting`. Whoever is building it stops at the next step.
    """
    packet = find(Packet, packet_id)
    packet.cancel()
    return packet


@packets.route("/<uuid:packet_id>/retry", methods=["POST"], role="advocate")
@packets.response(200, PacketSchema)
def retry_packet(packet_id: UUID) -> Packet:
    """Build it after all

    One that failed or was cancelled, from the beginning and as of another moment.
    """
    packet = find(Packet, packet_id)
    packet.retry(now=now())
    return packet


@packets.route("/<uuid:packet_id>/discard", methods=["POST"], role="advocate")
@packets.response(200, PacketSchema)
def discard_packet(packet_id: UUID) -> Packet:
    """Discard it

    Its files go with the next housekeeping, within two hours, and are handed out no more from now on. That it was there, what
    was in it, its hashes, and to whom it was disclosed stays on record.
    """
    packet = find(Packet, packet_id)
    packet.discard()
    add(disclosed("packet_discarded", packet))
    return packet


@packets.route("/<uuid:packet_id>/content", role="advocate", problems=["conflict"])
@packets.arguments(PacketContentQuery, location="query")
@packets.example("%PDF-1.7 ...", *FORMATS.values(), headers=CONTENT_ETAG)
@packets.response(200)
def show_packet_content(asked: dict[str, Any], packet_id: UUID) -> Response:
    """The packet itself

    As one PDF, or as a ZIP with the PDF, the report as PDF/A, every exhibit as it came (of a redacted edition as it was
    redacted) and a list of hashes. 409 until it is done, and once it was discarded. Its ETag is its hash.
    """
    # Its ETag is of its bytes: If-Match names those, and not the version of the row.
    packet = work().find(Packet, packet_id)
    answer = content_of(packet, asked["format"])
    if request.method == "GET" and answer.status_code == 200:
        add(disclosed("packet_downloaded", packet, to=caller().name))
    return answer


def content_of(packet: Packet, form: str) -> Response:
    """The answer that hands out a packet in this form (`pdf`, `zip`): whoever calls keeps on record to whom."""
    packet.must_be_there()
    assert packet.as_of is not None, "it is done"
    path = f"{folder_of(packet.id, packet.as_of)}/packet.{form}"
    place = place_for_files().packets(work().practice_id)
    sha256, size = (packet.pdf_sha256, packet.pdf_bytes) if form == "pdf" else (packet.zip_sha256, packet.zip_bytes)
    assert sha256 is not None, "it is done"
    assert size is not None, "it is done"
    return attachment(
        "packet",
        packet.id,
        lambda: place.open(path),
        name=f"{packet.download_name}.{form}",
        media_type=FORMATS[form],
        sha256=sha256.hex(),
        size=size,
    )


def disclosed(kind: str, packet: Packet, *, to: str | None = None, share: PacketShare | None = None) -> AccessEntry:
    """That this happened to a packet, or to a share of it, for the record of its child."""
    student_id = work().find(Case, packet.case_id).student_id
    about: dict[str, Any] = {"student_id": student_id, "resource": "packets", "row_id": packet.id}
    purpose = (share.purpose if share else None) or packet.purpose
    about["packet_share_id"] = share.id if share else None
    return AccessEntry.disclosed(kind, by=work().by, to=to, purpose=purpose, **about)


def _of_period(case: Case, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The exhibits where nobody named any."""
    begin, end = said.get("from_on") or _EVER[0], said.get("to_on") or _EVER[1]
    rows, _ = rows_for_others(work(), case.id, practice().timezone, begin, end)
    asked = {"case_id": case.id, "from_on": begin, "to_on": end, "rows": list(rows), "most": MOST_EXHIBITS + 1}
    found = work().rows(DOCUMENTS_OF_THE_PERIOD, **asked)
    if len(found) > MOST_EXHIBITS:
        detail = f"In this period there are more than {MOST_EXHIBITS} documents: name those that go along."
        raise Invalid(detail, [FieldError(pointer="/exhibits", detail=detail)])
    return [{"document_id": str(row.id), "title": None, "note": None} for row in found]


def _named(case: Case, exhibits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The exhibits that were named: documents of this case."""
    found = {row.id: row for row in work().rows(DOCUMENTS_NAMED, ids=[UUID(one["document_id"]) for one in exhibits])}
    for number, one in enumerate(exhibits):
        document, pointer = found.get(UUID(one["document_id"])), f"/exhibits/{number}/document_id"
        if document is None:
            raise unknown_reference(pointer)
        if document.case_id != case.id:
            detail = "This belongs to another case."
            raise OtherCase(detail, [FieldError(pointer=pointer, detail=detail)])
    return [dict(one) for one in exhibits]


def _areas_must_be_of(exhibits: Sequence[Mapping[str, Any]], redactions: Mapping[str, Any] | None) -> None:
    """An area of a document that does not go along is one that somebody meant otherwise."""
    known = {one["document_id"] for one in exhibits}
    detail = "This document is not among the exhibits."
    errors = [
        FieldError(pointer=f"/redactions/areas/{number}/document_id", detail=detail)
        for number, area in enumerate((redactions or {}).get("areas", ()))
        if area["document_id"] not in known
    ]
    if errors:
        raise Invalid(detail, errors)
