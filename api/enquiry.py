"""Enquiries: sent by visitors through the contact form; answered, dismissed, or turned into a client's file by staff."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from api.conversion import converted
from api.doors import StaffDoor, WebsiteDoor
from api.form_token import form_token, waited
from api.limits import is_within
from api.verbs import add, caller, find, now, practice, work
from domain.email_address import identity
from domain.spam import why_spam
from models.enquiry import ENQUIRIES, OWNERS, SAME_ENQUIRY, SENT_AT_ONCE, Enquiry
from models.staff import Staff
from models.throttle import ENQUIRIES_OF_ADDRESS, ENQUIRY_MAILS, SPAM_KEPT
from schemas.conversion import ConversionSchema, ConvertedEnquirySchema
from schemas.enquiry import (
    DismissSchema,
    EnquiryQuery,
    EnquirySchema,
    FormTokenSchema,
    ReceivedSchema,
    ReplyTextSchema,
    VisitorEnquirySchema,
)

public_enquiries = WebsiteDoor("public-enquiries", __name__, "/public", tag="public")
enquiries = StaffDoor("enquiries", __name__, "/enquiries", description="What was written through the contact form.")

SENT_TWICE = timedelta(hours=24)


@public_enquiries.route("/<slug>/form-token")
@public_enquiries.response(200, FormTokenSchema)
def show_form_token() -> dict[str, str]:
    """A token for a contact form

    To be asked for when the form is shown, and sent with it as `form_token`. What comes back within three seconds, or after a
    day, is taken for spam.
    """
    return {"form_token": form_token(work().practice_id, now())}


@public_enquiries.route("/<slug>/enquiries", methods=["POST"])
@public_enquiries.arguments(VisitorEnquirySchema)
@public_enquiries.response(202, ReceivedSchema)
def send_enquiry(said: dict[str, Any]) -> dict[str, Any]:
    """Write to the practice

    The practice's owners get a mail that there is something to read. The answer is the same whatever becomes of it: what is
    taken for spam is kept apart for 30 days, and what comes twice is kept once.
    """
    received(said)
    return {}


@enquiries.route("")
@enquiries.listing(ENQUIRIES, EnquirySchema, EnquiryQuery)
def list_enquiries() -> None:
    """Enquiries

    Newest first, by state; what is taken for spam only where that is asked for.
    """


@enquiries.route("/<uuid:enquiry_id>")
@enquiries.response(200, EnquirySchema)
def show_enquiry(enquiry_id: UUID) -> Enquiry:
    """An enquiry

    With the ETag of its version.
    """
    return find(Enquiry, enquiry_id)


@enquiries.route("/<uuid:enquiry_id>/answer", methods=["POST"])
@enquiries.arguments(ReplyTextSchema)
@enquiries.response(200, EnquirySchema)
def answer_enquiry(said: dict[str, Any], enquiry_id: UUID) -> Enquiry:
    """Answer an enquiry

    Sends these words to the parent by mail; who answers that mail writes to whoever wrote them. An enquiry can be answered
    again.
    """
    enquiry = find(Enquiry, enquiry_id)
    add(enquiry.answer(said["text"], by=find(Staff, caller().staff_id), practice=practice(), now=now()))
    return enquiry


@enquiries.route("/<uuid:enquiry_id>/dismiss", methods=["POST"])
@enquiries.arguments(DismissSchema)
@enquiries.response(200, EnquirySchema)
def dismiss_enquiry(said: dict[str, Any], enquiry_id: UUID) -> Enquiry:
    """Dismiss an enquiry

    Nobody is told. It can be reopened.
    """
    enquiry = find(Enquiry, enquiry_id)
    enquiry.dismiss(**said)
    return enquiry


@enquiries.route("/<uuid:enquiry_id>/reopen", methods=["POST"])
@enquiries.response(200, EnquirySchema)
def reopen_enquiry(enquiry_id: UUID) -> Enquiry:
    """Reopen an enquiry

    One that was dismissed, or taken for spam, is new again.
    """
    enquiry = find(Enquiry, enquiry_id)
    enquiry.reopen()
    return enquiry


@enquiries.route("/<uuid:enquiry_id>/convert", methods=["POST"])
@enquiries.arguments(ConversionSchema)
@enquiries.response(201, ConvertedEnquirySchema)
def convert_enquiry(said: dict[str, Any], enquiry_id: UUID) -> dict[str, Any]:
    """Make client, student, case and a first concern of an enquiry

    In one transaction; the concern is what the parent wrote. A second call answers with what the first made.
    """
    enquiry = find(Enquiry, enquiry_id)
    return {"enquiry_id": enquiry.id, **converted(enquiry, said, advocate_id=caller().staff_id)}


def received(said: dict[str, Any]) -> None:
    """Keeps what came through a contact form, by whichever door."""
    token, hidden, agreed = said.pop("form_token", None), said.pop("website", ""), said.pop("consent", False)
    here, whose = str(work().practice_id), identity(said["email"])
    spam = why_spam(said["message"], hidden=hidden, waited=waited(token, work().practice_id, now()))
    if not is_within((ENQUIRIES_OF_ADDRESS, f"{here}|{whose}")):
        spam = spam or "So many came from this address since yesterday."
    if spam and not is_within((SPAM_KEPT, here)):
        return
    # Who sends the same twice at once comes one after the other.
    said_before = sha256(f"{here}|{whose}|{said['message']}".encode()).digest()[:8]
    work().rows(SENT_AT_ONCE, number=int.from_bytes(said_before, signed=True))
    if work().rows(
        SAME_ENQUIRY, email_identity=whose, message=said["message"], since=now() - SENT_TWICE, is_spam=spam is not None
    ):
        return
    wording = practice().booking_consent
    consent = (
        {"wording": wording, "at": now().isoformat(), "source_url": said.get("source_url")} if agreed and wording else None
    )
    enquiry = add(Enquiry.write(**said, consent=consent, spam=spam))
    if spam is None and is_within((ENQUIRY_MAILS, here)):
        add(*enquiry.announce(work().rows(OWNERS), practice=practice(), now=now()))
