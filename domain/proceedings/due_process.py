"""The steps of due process, expedited or not (34 CFR 300.507 to .518, .532, .533)."""

from domain.fact import YES_NO, Field, ask, choose
from domain.proceedings.row import (
    CONFIDENTIAL,
    DECISIONS,
    ENDED,
    FILED_BY,
    INCOMPLETE,
    NOT_PURSUED,
    PLANNED,
    REFERENCE,
    REOPENED,
    STAY_PUT,
    TO_ON,
    Step,
    correct,
    withdraw,
)

_RESOLUTION, _HEARING = ("resolution",), ("resolution", "hearing")
DUE_PROCESS = (
    Step(
        name="file",
        guidance=(
            "It goes to the other party, and a copy to the state educational agency (34 CFR 300.508(a)). What it leaves out "
            f"cannot be argued at the hearing unless the other party agrees. {STAY_PUT} Whether somebody who is no lawyer may "
            "represent is state law (34 CFR 300.512(a)(1)): ask counsel."
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
        guidance=f"From the day on which the other party has it, the days of the resolution period count. {STAY_PUT}",
        states=("filed",),
        to="resolution",
        asks=(REFERENCE,),
        marks="received_on",
        after=("filed_on",),
    ),
    Step(
        name="respond",
        guidance=(
            "The other party answers within 10 days (34 CFR 300.508(e), (f)). A school that had sent no prior written notice "
            "says why it proposed or refused, what else it considered, on what that rests, and other factors. Ask for what is "
            "not there."
        ),
        states=_HEARING,
        asks=(ask("response", "What it says"), choose("had_sent_notice", "Had a prior written notice been sent?", *YES_NO)),
        marks="responded_on",
        is_expedited=False,
    ),
    Step(
        name="challenge_sufficiency",
        guidance="The other party tells the hearing officer that the complaint lacks something; the officer rules in 5 days.",
        states=_HEARING,
        asks=(ask("what_is_lacking", "What it is said to lack"),),
        marks="challenged_on",
        is_expedited=False,
    ),
    Step(
        name="rule_on_sufficiency",
        guidance="If it was found to lack something, the officer says what; it can be amended, and the days begin anew.",
        states=_HEARING,
        asks=(choose("is_sufficient", "Was it found sufficient?", *YES_NO), Field("what_is_lacking", "text", "What it lacks")),
        marks="ruled_on",
        after=("challenged_on",),
        is_expedited=False,
    ),
    Step(
        name="amend",
        guidance=(
            "Only if the other party agrees in writing and may still meet to resolve it, or the officer allows it, at the "
            "latest 5 days before the hearing (34 CFR 300.508(d)(3)). The days of the resolution period begin anew."
        ),
        states=_HEARING,
        to="resolution",
        asks=(choose("allowed_by", "Who allowed it", "other_party", "hearing_officer"), ask("what_changed", "What changed")),
        marks="amended_on",
        forgets=(
            *("resolution_meeting_on", "asked_to_begin_on", "waived_on", "mediation_on", "no_agreement_on"),
            *("mediation_ended_on", "parent_absent"),
        ),
        is_expedited=False,
    ),
    Step(
        name="hold_resolution_meeting",
        guidance=(
            "The parent says what the problem is, with the facts, and the school may resolve it (34 CFR 300.510(a)). Somebody "
            "who can decide for the agency is there; its lawyer only if the parent brings one. Bring what would settle it."
        ),
        states=_RESOLUTION,
        asks=(Field("attendees", "text_list", "Who took part"), ask("what_was_said", "Who said what")),
        marks="resolution_meeting_on",
        forgets=("parent_absent",),
        filed_by="parent",
    ),
    Step(
        name="parent_is_absent",
        guidance=(
            "The days wait until the meeting is held (34 CFR 300.510(b)(3)); at the end of the 30 days the school may ask that "
            "the complaint be dismissed, if it tried and wrote that down ((b)(4)). Offer days, phone or video at once."
        ),
        states=_RESOLUTION,
        asks=(Field("reason", "text", "Why"),),
        sets={"parent_absent": True},
        is_expedited=False,
        filed_by="parent",
    ),
    Step(
        name="waive_resolution_meeting",
        guidance=(
            "Both agree in writing to do without the meeting (34 CFR 300.510(a)(3)(i)). But for an expedited case, the 45 days "
            "begin the day after."
        ),
        states=_RESOLUTION,
        to="hearing",
        asks=(),
        marks="waived_on",
        filed_by="parent",
    ),
    Step(
        name="mediate_instead",
        guidance=f"Both agree to mediate in place of the meeting (34 CFR 300.510(a)(3)(ii)). {CONFIDENTIAL}",
        states=_RESOLUTION,
        asks=(),
        marks="mediation_on",
        filed_by="parent",
    ),
    Step(
        name="end_mediation",
        guidance="One side leaves the mediation that went on after the 30 days (34 CFR 300.510(c)(3)): the 45 days begin.",
        states=_RESOLUTION,
        to="hearing",
        asks=(),
        marks="mediation_ended_on",
        after=("received_on", "mediation_on"),
        is_expedited=False,
        filed_by="parent",
    ),
    Step(
        name="ask_to_begin",
        guidance=(
            "No meeting was held in 15 days: the parent may ask the hearing officer to begin the 45 days "
            "(34 CFR 300.510(b)(5)). Show when you offered to meet."
        ),
        states=_RESOLUTION,
        asks=(),
        marks="asked_to_begin_on",
        is_expedited=False,
        filed_by="parent",
    ),
    Step(
        name="agree_that_none_is_possible",
        guidance="After the meeting or mediation began, both write that no agreement is possible (34 CFR 300.510(c)(2)).",
        states=_RESOLUTION,
        to="hearing",
        asks=(),
        marks="no_agreement_on",
        is_expedited=False,
        filed_by="parent",
    ),
    Step(
        name="end_resolution_period",
        guidance="The days to resolve it are over, and it is not resolved to the parent's satisfaction: the hearing may occur.",
        states=_RESOLUTION,
        to="hearing",
        asks=(),
    ),
    Step(
        name="sign_resolution_agreement",
        guidance=(
            "Signed by the parent and by somebody who can bind the agency, it can be enforced in court. Either side may void "
            "it within 3 business days (34 CFR 300.510(d), (e)): read it again at home. Who does what, by when?"
        ),
        states=_RESOLUTION,
        to="settled",
        asks=(
            ask("terms", "What was agreed: who, what, by when"),
            Field("signed_by_parent", "text", "Who signed for the family", required=True),
            Field("signed_by_agency", "text", "Who signed for the agency", required=True),
        ),
        marks="settled_on",
        outcome="settled",
        filed_by="parent",
    ),
    Step(
        name="void_agreement",
        guidance="One side takes it back within the 3 business days, in writing. The complaint goes on where it stood.",
        states=("settled",),
        to="resolution",
        asks=(choose("voided_by", "Which side", *FILED_BY),),
        forgets=("settled_on",),
        takes_outcome_back=True,
        after=("settled_on",),
    ),
    Step(
        name="set_hearing",
        guidance=(
            "At a time and place that suit parent and child (34 CFR 300.515(d)). Five business days before it, each side shows "
            "the other its evaluations, recommendations and evidence (34 CFR 300.512): plan that day now."
        ),
        states=_HEARING,
        asks=(
            ask("hearing_first_on", "The first day", "date"),
            Field("hearing_last_on", "date", "The last day, if known"),
            Field("place", "text", "Where"),
        ),
        keeps=("hearing_first_on", "hearing_last_on"),
        forgets=("hearing_last_on", "disclosed_on"),
    ),
    Step(
        name="disclose",
        guidance="What was not shown in time may be kept out. List what was given, to whom and how.",
        states=_HEARING,
        asks=(ask("what_was_disclosed", "What was given, to whom, how"),),
        marks="disclosed_on",
    ),
    Step(
        name="extend_decision",
        guidance="Only the officer extends the 45 days, and only if a party asks for it (34 CFR 300.515(c)). Note who asked.",
        states=_HEARING,
        asks=(TO_ON, choose("asked_by", "Who asked", *FILED_BY)),
        extends="extension",
        is_expedited=False,
    ),
    Step(
        name="hold_hearing",
        guidance="Note its last day. The parent may have a record of it and the findings, at no cost (34 CFR 300.512(c)(3)).",
        states=_HEARING,
        to="hearing",
        asks=(Field("attendees", "text_list", "Who took part"),),
        marks="hearing_ended_on",
    ),
    Step(
        name="decide",
        guidance=(
            "Read it with counsel at once: the days for a review or a civil action count from the date on the decision, not "
            "from its receipt (34 CFR 300.516(b))."
        ),
        states=_HEARING,
        to="decided",
        asks=(choose("decision", "The decision", *DECISIONS), Field("what_is_ordered", "text", "What it orders, by when")),
        marks="decided_on",
        outcome_from="decision",
    ),
    Step(
        name="request_review",
        guidance="Where another agency than the state held the hearing, the state reviews it on request (34 CFR 300.514(b)).",
        states=("decided",),
        to="review",
        asks=(),
        marks="review_requested_on",
        forgets=("review_decided_on",),
        after=("decided_on",),
    ),
    Step(
        name="extend_review",
        guidance="Only the reviewing officer extends the 30 days, and only if a party asks for it (34 CFR 300.515(c)).",
        states=("review",),
        asks=(TO_ON, choose("asked_by", "Who asked", *FILED_BY)),
        extends="review_extension",
        after=("review_requested_on",),
    ),
    Step(
        name="decide_review",
        guidance="The days for a civil action count from the date on this decision. Read it with counsel at once.",
        states=("review",),
        to="decided",
        asks=(choose("decision", "The decision", *DECISIONS), Field("what_is_ordered", "text", "What it orders, by when")),
        marks="review_decided_on",
        outcome_from="decision",
        after=("review_requested_on",),
    ),
    Step(
        name="file_civil_action",
        guidance=f"This is for counsel. {STAY_PUT}",
        states=("decided",),
        to="court",
        asks=(Field("court", "text", "Which court"), REFERENCE),
        marks="civil_action_on",
        after=("decided_on", "review_decided_on"),
    ),
    Step(
        name="settle",
        guidance="School and parent settle it outside of the resolution meeting. In writing: who does what, by when.",
        states=("filed", *_HEARING, "decided", "review", "court"),
        to=ENDED,
        asks=(ask("terms", "What was agreed: who, what, by when"),),
        marks="ended_on",
        outcome="settled",
    ),
    Step(
        name="end",
        guidance="Nothing more is to come of it. Look once more at the days for a review or a civil action before you say so.",
        states=("settled", "decided", "court"),
        to=ENDED,
        asks=(ask("how_it_ended", "How it ended, in a sentence"),),
        marks="ended_on",
    ),
    withdraw("filed", *_HEARING, "decided", "review", "court"),
    NOT_PURSUED,
    REOPENED,
    correct(
        *("filed_on", "received_on", "responded_on", "challenged_on", "ruled_on", "amended_on", "resolution_meeting_on"),
        *("waived_on", "mediation_on", "mediation_ended_on", "no_agreement_on", "settled_on", "hearing_first_on"),
        *("hearing_last_on", "hearing_ended_on", "disclosed_on", "decided_on", "review_requested_on", "review_decided_on"),
        *("asked_to_begin_on", "civil_action_on"),
    ),
)
