"""The steps of mediation (34 CFR 300.506)."""

from domain.fact import Field, ask, choose
from domain.proceedings.row import (
    CONFIDENTIAL,
    ENDED,
    FILED_BY,
    NOT_PURSUED,
    PLANNED,
    REFERENCE,
    REOPENED,
    Step,
    correct,
    withdraw,
)

MEDIATION = (
    Step(
        name="request",
        guidance=(
            "Ask for mediation in writing: who, about what, which days and place would suit. It is voluntary, impartial and "
            "free of cost to the parent (34 CFR 300.506(b)). It stops no time limit: look at the limits of the concern first."
        ),
        states=(PLANNED,),
        to="requested",
        asks=(ask("issues", "What it is about"), Field("wished_dates", "date_list", "Days that would suit")),
        marks="filed_on",
        after=(),
    ),
    Step(
        name="agree_to_mediate",
        guidance="Both sides are willing. A mediator who is trained and impartial is chosen by the state, not by one side.",
        states=("requested",),
        to="accepted",
        asks=(Field("mediator", "text", "Who mediates"), Field("session_on", "date", "The day of the session"), REFERENCE),
        marks="accepted_on",
    ),
    Step(
        name="decline",
        guidance="One side does not want it, which is their right. A state complaint or a hearing stays open.",
        states=("requested", "accepted"),
        to=ENDED,
        asks=(choose("declined_by", "Which side", *FILED_BY), Field("reason", "text", "What they said")),
        marks="ended_on",
        outcome="declined",
    ),
    Step(
        name="hold_session",
        guidance=f"{CONFIDENTIAL} Go in with the one or two things that matter most, and with what would help the school.",
        states=("accepted", "in_session"),
        to="in_session",
        asks=(Field("attendees", "text_list", "Who took part"), Field("next_session_on", "date", "The next session")),
        marks="session_on",
    ),
    Step(
        name="sign_agreement",
        guidance=(
            "Written, signed by the parent and by somebody who can bind the agency, it can be enforced in court "
            "(34 CFR 300.506(b)(6), (7)). Who does what, by when? Read it through before signing; unlike a resolution "
            "agreement it has no days to void it."
        ),
        states=("accepted", "in_session"),
        to="agreement",
        asks=(
            ask("terms", "What was agreed: who, what, by when"),
            Field("signed_by_parent", "text", "Who signed for the family", required=True),
            Field("signed_by_agency", "text", "Who signed for the agency", required=True),
        ),
        marks="agreement_on",
        outcome="agreement",
    ),
    Step(
        name="no_agreement",
        guidance="It ends without an agreement. Nothing said there is evidence later; the other ways stay open.",
        states=("accepted", "in_session"),
        to=ENDED,
        asks=(),
        marks="ended_on",
        outcome="no_agreement",
    ),
    Step(
        name="end",
        guidance="What was agreed is in place: say so in a sentence, and keep watching that it stays.",
        states=("agreement",),
        to=ENDED,
        asks=(ask("how_it_ended", "How it ended, in a sentence"),),
        marks="ended_on",
        outcome="agreement",
    ),
    withdraw("requested", "accepted", "in_session"),
    NOT_PURSUED,
    REOPENED,
    correct("filed_on", "accepted_on", "session_on", "agreement_on"),
)
