from domain.delivery_report import BOUNCES
from models.message import STATES
from schemas.base import PageQuery, Resource
from schemas.fields import Email, Instant, Integer, OneOf, Text

KINDS = (
    *("reminder_due", "invitation", "booking", "booking_host", "password_reset", "account_changed"),
    *("enquiry", "enquiry_answer", "copy_request", "statement_request", "packet_share", "case_mail", "digest"),
)


BOUNCE = "How it came back after it was sent: `hard` for good, `soft` so that another try later may help."


class MessageSchema(Resource):
    """An outgoing message: whom it is for, how often it was tried, what became of it. Its text is not shown."""

    kind = OneOf(KINDS)
    to = Email(attribute="to_address", description="Empty once whom it was for is forgotten.")
    state = OneOf(STATES)
    attempts = Integer(example=1, description="Counted when a worker takes it, before it is sent.")
    due_at = Instant(description="When it is tried next, or its lease ends.")
    sent_at = Instant(allow_none=True)
    last_error = Text(
        allow_none=True, example=None, description="Why it failed, or waits; of one that was sent, that it is delayed."
    )
    bounce = OneOf(BOUNCES, allow_none=True, example=None, description=BOUNCE)


class MessageQuery(PageQuery):
    state = OneOf(STATES, example=None)
    kind = OneOf(KINDS, example=None)
