"""Outgoing messages: what was sent, what waits, what failed."""

from uuid import UUID

from api.doors import StaffDoor
from api.verbs import find, now
from models.message import MESSAGES, Message
from schemas.message import MessageQuery, MessageSchema

messages = StaffDoor("messages", __name__, "/messages", description="Outgoing mail, with its state and attempts.")


@messages.route("")
@messages.listing(MESSAGES, MessageSchema, MessageQuery)
def list_messages() -> None:
    """Messages

    Newest first, by state or kind.
    """


@messages.route("/<uuid:message_id>")
@messages.response(200, MessageSchema)
def show_message(message_id: UUID) -> Message:
    """A message

    With its state and attempts.
    """
    return find(Message, message_id)


@messages.route("/<uuid:message_id>/retry", methods=["POST"])
@messages.response(200, MessageSchema)
def retry_message(message_id: UUID) -> Message:
    """Try a failed message again

    Under the Message-ID that it had. 409 unless it failed.
    """
    message = find(Message, message_id)
    message.retry(now=now())
    return message
