"""Packets that are shared: with one person, by a link in a mail and a code that staff tell by another way."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.limits import count_with_the_work
from api.packet import disclosed
from api.verbs import add, caller, find, links, now, practice, work
from domain.email_address import identity
from domain.statement import last_day
from models.link import hash_of
from models.message import Message
from models.packet import Packet
from models.packet_share import PACKET_SHARE, PACKET_SHARES, PacketShare, new_code
from models.staff import Staff
from models.throttle import PACKET_MAIL_IN_A_DAY
from schemas.packet_share import MadePacketShareSchema, NewPacketShareSchema, PacketShareQuery, PacketShareSchema

packet_shares = StaffDoor(
    "packet-shares",
    __name__,
    "/packet-shares",
    description="Packets that were shared with somebody outside, by a link and a code.",
)


@packet_shares.route("")
@packet_shares.listing(PACKET_SHARES, PacketShareSchema, PacketShareQuery)
def list_packet_shares() -> None:
    """With whom packets were shared

    Newest first, by packet, case or state.
    """


@packet_shares.route("", methods=["POST"], role="advocate", problems=["rate-limited"])
@packet_shares.arguments(NewPacketShareSchema)
@packet_shares.response(201, MadePacketShareSchema)
def share_packet(said: dict[str, Any]) -> dict[str, Any]:
    """Share a packet

    They get a mail with a link, which names no child, and opens nothing without the `code`. It is shown in this answer alone:
    **tell it by another way than that mail**, by phone, say. Five wrong codes lock the share. It is in the disclosures of the
    child's record, as is each time that it is opened.

    409 unless the packet is `done`. To one address 20 in 24 hours.
    """
    packet, code = find(Packet, said.pop("packet_id")), new_code()
    days, language = said.pop("expires_in_days"), said.pop("language", practice().language)
    share = PacketShare.of(packet, by=caller().staff_id, code=code, days=days, now=now(), **said)
    share.link_hash = hash_of(links().token("packets", work().practice_id, share.id))
    count_with_the_work((PACKET_MAIL_IN_A_DAY, identity(share.email)))
    add(share, _mail(share, language))
    add(_disclosed("packet_shared", packet, share))
    tell = f"Tell {share.name} this code by another way than the mail with the link: by phone, say."
    return {**read(share)._asdict(), "code": code, "tell": tell}


@packet_shares.route("/<uuid:packet_share_id>")
@packet_shares.response(200, PacketShareSchema)
def show_packet_share(packet_share_id: UUID) -> Any:
    """A packet that was shared

    How it stands, how often it was opened, how many wrong codes were tried.
    """
    return read(find(PacketShare, packet_share_id))


@packet_shares.route("/<uuid:packet_share_id>/withdraw", methods=["POST"], role="advocate")
@packet_shares.response(200, PacketShareSchema)
def withdraw_packet_share(packet_share_id: UUID) -> Any:
    """Withdraw a share

    Its link is dead from now on, and a mail that waits is not sent. What was downloaded before is downloaded.
    """
    share = find(PacketShare, packet_share_id)
    if share.withdraw(by=caller().staff_id, now=now()):
        assert share.link_hash is not None, "whoever it is shared with has a link"
        work().execute(Message.withdraw("packets", [share.link_hash]))
        add(_disclosed("share_withdrawn", find(Packet, share.packet_id), share))
    return read(share)


def read(share: PacketShare) -> Any:
    """The share as it is read, after what was changed."""
    work().flush()
    return work().rows(PACKET_SHARE, id=share.id)[0]


def _disclosed(kind: str, packet: Packet, share: PacketShare) -> Any:
    return disclosed(kind, packet, to=share.whom, share=share)


def _mail(share: PacketShare, language: str) -> Message:
    shares = find(Staff, caller().staff_id)
    assert share.link_hash is not None, "whoever it is shared with has a link"
    message = Message.write(
        "packet_share",
        to=share.email,
        now=now(),
        practice=practice(),
        facts={
            "name": share.name,
            "until": last_day(share.expires_at, practice().zone),
            "staff": {"name": shares.name, "email": shares.email},
        },
        occasion=share.occasion,
        link=("packets", share.id, share.link_hash),
        language=language,
    )
    # Nobody is sent a link that leads nowhere any more.
    message.useless_at = share.expires_at
    return message
