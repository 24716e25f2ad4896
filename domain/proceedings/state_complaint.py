"""The steps of a state complaint (34 CFR 300.151 to .153)."""

from domain.fact import YES_NO, Field, ask, choose
from domain.proceedings.row import (
    CONFIDENTIAL,
    ENDED,
    FINDINGS,
    GIVEN_UP,
    INCOMPLETE,
    NOT_PURSUED,
    PLANNED,
    REFERENCE,
    REOPENED,
    TO_ON,
    Step,
    correct,
    withdraw,
)

STATE_COMPLAINT = (
    Step(
        name="file",
        guidance=(
            "Anybody may file: in writing, signed, with the facts. The year counts to the day on which the state educational "
            "agency receives it, so send it early and keep proof; a copy goes to the school on the same day "
            "(34 CFR 300.153). Facts, dates and documents do the work; no adjectives are needed."
        ),
        states=(PLANNED,),
        to="filed",
        asks=(Field("sent_by", "text", "How it was sent"), REFERENCE, INCOMPLETE),
        marks="filed_on",
        after=(),
        files=True,
    ),
    Step(
        name="receive",
        guidance=(
            "The state educational agency has it, complete. From that day it has 60 calendar days for a written decision "
            "(34 CFR 300.152(a)). Ask for a confirmation with the date and the number."
        ),
        states=("filed",),
        to="received",
        asks=(REFERENCE,),
        marks="received_on",
        after=("filed_on",),
    ),
    Step(
        name="lea_responds",
        guidance=(
            "The school may answer, and may propose how to settle it (34 CFR 300.152(a)(3)). Read it in good faith: does it "
            "bring the child what was asked for? A proposal may be taken, bettered or declined by the parent."
        ),
        states=("received",),
        asks=(
            ask("response", "What the school says"),
            choose("proposes_settlement", "Does it propose how to settle it?", *YES_NO),
        ),
        marks="responded_on",
    ),
    Step(
        name="add_information",
        guidance="Whoever complained may send more, in writing or by word, while it is looked into (34 CFR 300.152(a)(2)).",
        states=("filed", "received"),
        asks=(ask("information", "What was sent"),),
    ),
    Step(
        name="agree_to_mediate",
        guidance=(
            f"Both are willing to mediate, or to settle it in another way (34 CFR 300.152(a)(3)(ii)). {CONFIDENTIAL} The 60 "
            "days go on unless both agree to extend them."
        ),
        states=("received",),
        asks=(),
        marks="mediation_on",
    ),
    Step(
        name="extend",
        guidance=(
            "The 60 days are extended only for exceptional circumstances of this complaint, or because both agreed to more "
            "time for mediation (34 CFR 300.152(b)(1)). Ask for the ground in writing."
        ),
        states=("received",),
        asks=(TO_ON, choose("because", "On which ground", "exceptional_circumstances", "mediation_agreed")),
        extends="extension",
    ),
    Step(
        name="set_aside",
        guidance=(
            "What a due process hearing will decide, the state sets aside until the hearing is over; what is no part of the "
            "hearing is decided in time (34 CFR 300.152(c)). Ask which parts, in writing."
        ),
        states=("received",),
        asks=(ask("parts_set_aside", "Which parts"),),
        marks="set_aside_on",
    ),
    Step(
        name="decide",
        guidance=(
            "The decision is written, answers each allegation and gives findings and reasons (34 CFR 300.152(a)(5)). What is "
            "to be corrected, by whom, by when? Noncompliance is corrected as soon as possible, within a year at most "
            "(34 CFR 300.600(e))."
        ),
        states=("received",),
        to="decided",
        asks=(
            choose("finding", "What was found", *FINDINGS),
            Field("corrective_action", "text", "What is to be done, by whom, by when"),
        ),
        marks="decided_on",
        keeps=("finding",),
        outcome_from="finding",
    ),
    Step(
        name="correct",
        guidance="Ask the child and the teacher whether it is in place, before you write that it is.",
        states=("decided",),
        asks=(ask("what_was_done", "What was done"),),
        marks="corrected_on",
        after=("decided_on",),
    ),
    Step(
        name="settle",
        guidance="School and parent settle it themselves. In writing: who does what, by when, and that the complaint ends.",
        states=("filed", "received"),
        to=ENDED,
        asks=(ask("terms", "What was agreed: who, what, by when"),),
        marks="ended_on",
        outcome="settled",
    ),
    Step(
        name="dismiss",
        guidance="The state does not take it up. Ask why in writing: often a part was missing, and it may be filed again.",
        states=("filed", "received"),
        to=ENDED,
        asks=(ask("reason", "The reason it gave"),),
        marks="ended_on",
        sets=GIVEN_UP,
        outcome="dismissed",
    ),
    Step(
        name="end",
        guidance="Nothing more is to come of it. If something was to be corrected, see first that it was.",
        states=("decided",),
        to=ENDED,
        asks=(ask("how_it_ended", "How it ended, in a sentence"),),
        marks="ended_on",
        after=("decided_on",),
    ),
    withdraw("filed", "received"),
    NOT_PURSUED,
    REOPENED,
    correct("filed_on", "received_on", "decided_on", "corrected_on"),
)
