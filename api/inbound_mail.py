"""Mail that came in: the hook by which it comes, and what waits for somebody to say where it belongs."""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Response, current_app, g, request
from werkzeug.utils import send_file

from api.config import current_config
from api.doors import LobbyDoor, StaffDoor
from api.limits import client_address, count
from api.problems import Problem
from api.verbs import add, caller, files, find, links, transaction, work
from domain import webhook_signature
from domain.inbound_address import Addressed, found_in
from domain.inbound_mail import Incoming
from mail import incoming
from models import receiving, tenancy
from models.case import Case, same_case
from models.communication import Communication
from models.concern import Concern
from models.files import Files
from models.inbound_mail import INBOUND_MAILS, InboundMail
from models.inbound_match import Place
from models.team_member import TeamMember
from models.tenancy import Opening
from models.throttle import LINKS_FROM_ADDRESS
from models.transaction import Transaction
from schemas.inbound_mail import (
    BroughtMailSchema,
    DiscardSchema,
    InboundMailQuery,
    InboundMailSchema,
    MatchedSchema,
    MatchSchema,
    RecipientQuery,
)

CONTENT_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_PIECE = 64 * 2**10
_RAW = {
    "required": True,
    "content": {"message/rfc822": {"schema": {"type": "string"}, "example": "From: terry@school.example\r\n..."}},
}
_HEADERS = {
    "webhook-id": ("An id of the hook's own; the same when it is sent again.", "msg_2b1c"),
    "webhook-timestamp": ("Seconds since 1970; at most 5 minutes from now.", "1791216000"),
    "webhook-signature": (
        "`v1,` and base64 of an HMAC-SHA256 over id, time and body, with dots between.",
        "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
    ),
}


class HookDoor(LobbyDoor):
    """For a mail provider, which signs what it brings (Standard Webhooks). What it brings is a mail as it is, and no JSON."""

    counted_as = None
    security: Sequence[Mapping[str, Sequence[str]]] = ({"hook_signature": ()},)

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        keys = current_config().inbound_mail_keys
        if not (keys and current_config().inbound_mail_domain):
            raise Problem("not-found", "This installation takes no mail in.")
        if "raw_mail" not in g:
            g.raw_mail = _signed_body(keys)
        # It is read: there is no other body.
        g.body = {}
        return tenancy.lobby()


hooks = HookDoor("inbound-mail", __name__, "/inbound-mail", description="Mail that comes in to the address of a case.")
inbound_mails = StaffDoor(
    "inbound-mails", __name__, "/inbound-mails", description="Mail that came in to the address of a case."
)


@hooks.route("", methods=["POST"], problems=["unauthenticated", "rate-limited"])
@hooks.doc(requestBody=_RAW, **{"x-headers": _HEADERS})  # type: ignore[untyped-decorator]  # smorest has no types
@hooks.arguments(RecipientQuery, location="query")
@hooks.response(202, BroughtMailSchema)
def receive_mail(asked: dict[str, Any]) -> dict[str, Any]:
    """Bring a mail that came in

    For the hook of a mail provider. The body is the mail as it is (message/rfc822), at most 25 MiB. It is kept, matched to what
    it answers, which is settled then, or waits for staff. The same mail is one row, however often it comes. A mail for nobody
    here answers 202 with no items, so that no provider brings it again for ever; 429 and 503 say that it has to come again.
    """
    raw: bytes = g.raw_mail
    keys, domain = links().keys, current_config().inbound_mail_domain
    addressed = found_in(asked.get("recipient") or incoming.recipients(raw), keys, domain)
    place = current_config().files
    if place is None:
        raise Problem("unavailable", "This installation was given no place for files.")
    read = incoming.read(raw) if addressed else None
    found = receiving.for_each(addressed, lambda one: _taken_in(place, raw, read, one)) if read else []
    items = [{"id": one.id, "state": one.state} for one in found]
    metrics = current_app.extensions["metrics"]
    if metrics:
        for state in [one["state"] for one in items] or ["unknown"]:
            metrics.count_mail(state)
    return {"items": items}


@inbound_mails.route("")
@inbound_mails.listing(INBOUND_MAILS, InboundMailSchema, InboundMailQuery)
def list_inbound_mails() -> None:
    """Mail that came in

    Newest first; by case, state, or the communication that it became.
    """


@inbound_mails.route("/<uuid:inbound_mail_id>")
@inbound_mails.response(200, InboundMailSchema)
def show_inbound_mail(inbound_mail_id: UUID) -> InboundMail:
    """A mail that came in

    What could be read of it. What it says of its sender is no proof.
    """
    return find(InboundMail, inbound_mail_id)


@inbound_mails.route("/<uuid:inbound_mail_id>/content")
@inbound_mails.example("From: terry@school.example\r\n...", "message/rfc822")
@inbound_mails.response(200)
def show_inbound_mail_content(inbound_mail_id: UUID) -> Response:
    """The mail itself

    As it came, byte for byte, as an attachment: the evidence.
    """
    row = work().find(InboundMail, inbound_mail_id)
    content = _content(row)
    sent: Any = send_file(
        io.BytesIO(content if request.method != "HEAD" else b""),
        request.environ,
        mimetype="message/rfc822",
        as_attachment=True,
        download_name=f"mail-{row.id}.eml",
        conditional=False,
        etag=row.digest,
        response_class=Response,
    )
    sent.headers.update(CONTENT_HEADERS)
    sent.content_length = row.size_bytes
    answer: Response = sent
    return answer


@inbound_mails.route("/<uuid:inbound_mail_id>/match", methods=["POST"])
@inbound_mails.arguments(MatchSchema)
@inbound_mails.response(200, MatchedSchema)
def match_inbound_mail(said: dict[str, Any], inbound_mail_id: UUID) -> dict[str, Any]:
    """Say where a mail belongs

    It is on record then as a communication, with its attachments as documents of the case; what it answers (`in_reply_to`) is
    settled. 409 unless it waits.
    """
    row = find(InboundMail, inbound_mail_id)
    row.must_wait()
    case = find(Case, row.case_id, lock=True)
    answered = find(Communication, said["in_reply_to"]) if said.get("in_reply_to") else None
    concern = find(Concern, said["concern_id"]) if said.get("concern_id") else None
    same_case(case, concern_id=concern)
    members = [find(TeamMember, member_id) for member_id in said["team_member_ids"]]
    place = Place(said["party"], answered, members, settles=answered is not None)
    try:
        communication, settled, rows = receiving.record(
            work(),
            files(),
            case,
            row,
            incoming.read(_content(row)),
            place,
            by=caller().staff_id,
            concern_id=concern.id if concern else None,
            direction=said["direction"],
        )
    except OSError:
        raise Problem("unavailable", "The place for files cannot be used at this moment. Nothing was done.") from None
    add(*rows)
    receiving.nothing_waits(work(), case, by=caller().staff_id, reason="matched")
    work().flush()
    return {**vars(row), "communication": {**vars(communication), "reminders": settled}}


@inbound_mails.route("/<uuid:inbound_mail_id>/discard", methods=["POST"])
@inbound_mails.arguments(DiscardSchema)
@inbound_mails.response(200, InboundMailSchema)
def discard_inbound_mail(said: dict[str, Any], inbound_mail_id: UUID) -> InboundMail:
    """Discard a mail

    It says nothing about the case. It is kept all the same, with who discarded it and why. 409 unless it waits.
    """
    row = find(InboundMail, inbound_mail_id)
    row.must_wait()
    case = find(Case, row.case_id, lock=True)
    row.discard(by=caller().staff_id, reason=said["reason"])
    receiving.nothing_waits(work(), case, by=caller().staff_id, reason="discarded")
    return row


def _signed_body(keys: Sequence[bytes]) -> bytes:
    """The body of a hook, once it has proved whose it is."""
    hook_id, seconds, signatures = (request.headers.get(name, "") for name in _HEADERS)
    if not (hook_id and signatures and webhook_signature.is_timely(seconds, current_app.extensions["clock"]().timestamp())):
        raise Problem("unauthenticated", "This hook is not signed, or was signed more than 5 minutes ago.")
    too_large = Problem("body-too-large", f"A mail has at most {incoming.MOST_BYTES // 2**20} MiB.")
    if (request.content_length or 0) > incoming.MOST_BYTES:
        raise too_large
    pieces, size = [], 0
    while piece := request.stream.read(_PIECE):
        size += len(piece)
        if size > incoming.MOST_BYTES:
            raise too_large
        pieces.append(piece)
    raw = b"".join(pieces)
    if not webhook_signature.is_genuine(keys, hook_id, seconds, signatures, raw):
        # Who guesses is soon told to wait.
        count((LINKS_FROM_ADDRESS, client_address()))
        raise Problem("unauthenticated", "This signature does not fit: check INBOUND_MAIL_SECRET at both ends.")
    if request.mimetype not in ("message/rfc822", "application/octet-stream", "text/plain"):
        raise Problem("unsupported-media-type", "The body is the mail itself: send it as message/rfc822.")
    if not raw:
        raise Problem("malformed-body", "There is no mail in it.")
    return raw


def _taken_in(place: Files, raw: bytes, read: Incoming, addressed: Addressed) -> receiving.TakenIn | None:
    try:
        return receiving.receive(_enter, place, raw, read, addressed)
    except OSError:
        raise Problem("unavailable", "The place for files cannot be used at this moment. Send it again.") from None


def _enter(practice_id: UUID, reading: bool) -> Transaction:
    return transaction(tenancy.practice(practice_id), by="mail", reading=reading)


def _content(row: InboundMail) -> bytes:
    """The mail of a row, which is as long as it was."""
    place = current_config().files
    if place is None:
        raise Problem("unavailable", "This installation was given no place for files.")
    try:
        with place.mails(work().practice_id).open(str(row.id)) as opened:
            content = opened.read(incoming.MOST_BYTES + 1)
    except FileNotFoundError:
        content = b""
    except OSError:
        raise Problem("unavailable", "The place for files cannot be used at this moment.") from None
    if len(content) != row.size_bytes:
        raise Problem("internal", "This mail is not where it was kept.")
    return content
