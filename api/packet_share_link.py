"""The link to a packet that was shared: what it is anybody may see who has the link; the packet itself takes the code."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, request

from api.attachment import CONTENT_ETAG
from api.doors import LinkDoor
from api.packet import content_of, disclosed
from api.verbs import add, find, now, practice, transaction, work
from domain.access_words import PURPOSES
from domain.refusal import FieldError, Invalid
from models.link import hash_of
from models.message import LANGUAGE_OF_OCCASION
from models.packet import FORMATS, Packet
from models.packet_share import SHARE_BY_LINK, TRY, PacketShare, plain
from models.tenancy import Opening
from models.transaction import NotFound
from models.user import WrongPassword, check_password
from schemas.packet_share import OpeningSchema, SharedPacketSchema

WRONG = "This is not the code."
TITLES = {"en": "Packet of evidence: {purpose}", "es": "Paquete de pruebas: {purpose}"}


class CodeDoor(LinkDoor):
    """A link that opens with a code: each try is counted, and kept, before anybody looks whether it is right. A hash takes its
    time, and no transaction waits for it."""

    # Whoever asks again gives the code again; and nobody keeps a file for the sake of an answer.
    keeps_answers = False

    def knock(self, opening: Opening, path: Mapping[str, Any]) -> None:
        code = g.body.get("code") if request.method == "POST" and isinstance(g.body, dict) else None
        if not isinstance(code, str):
            return
        with transaction(opening, by=self.actor, reading=False) as counting:
            tried = counting.rows(TRY, link_hash=hash_of(path["token"]))
            for row in tried:
                counting.record("update", PacketShare, row.id, ["failures"])
        if not tried:
            raise NotFound("This link does not work any more.")
        g.share_id = tried[0].id
        try:
            check_password(plain(code), tried[0].code_hash)
        except WrongPassword:
            raise Invalid(WRONG, [FieldError(pointer="/code", detail=WRONG)]) from None


public_packets = CodeDoor("public-packets", __name__, "/public/packets", tag="public")


@public_packets.route("/<token>")
@public_packets.response(200, SharedPacketSchema)
def show_shared_packet(token: str) -> dict[str, Any]:
    """A packet that was shared, behind its link

    Whose it is, what for, how large, and until when; nothing of what is in it, and no child's name.
    """
    found = work().rows(SHARE_BY_LINK, link_hash=hash_of(token))
    if not found:
        raise NotFound("This link does not work any more.")
    share = find(PacketShare, found[0].id)
    packet, house = find(Packet, share.packet_id), practice()
    mails = work().rows(LANGUAGE_OF_OCCASION, occasion=share.occasion)
    language = mails[0].language if mails else house.language
    return {
        "practice": house,
        "language": language,
        "purpose": packet.purpose,
        "title": TITLES[language].format(purpose=PURPOSES[language][packet.purpose]),
        "is_redacted": packet.redactions is not None,
        "pages": packet.pages,
        "pdf_bytes": packet.pdf_bytes,
        "zip_bytes": packet.zip_bytes,
        "expires_at": share.expires_at,
    }


@public_packets.route("/<token>/content", methods=["POST"])
@public_packets.arguments(OpeningSchema)
@public_packets.example("%PDF-1.7 ...", *FORMATS.values(), headers=CONTENT_ETAG)
@public_packets.response(200)
def open_shared_packet(said: dict[str, Any], token: str) -> Response:
    """Download a packet, with its code

    As one PDF, or as a ZIP. A wrong code is 422; after five the link is locked. A link that is locked, withdrawn, expired or
    unknown, or whose packet was discarded, answers alike: 404. Each download is in the disclosures of the child's record.
    """
    share = find(PacketShare, g.share_id, lock=True)
    packet = find(Packet, share.packet_id)
    if share.withdrawn_at is not None or packet.state != "done":
        # Meanwhile, while the code was looked at.
        raise NotFound("This link does not work any more.")
    share.opened(now=now())
    add(disclosed("share_opened", packet, to=share.whom, share=share))
    return content_of(packet, said["format"])
