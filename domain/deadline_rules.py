"""The law's deadlines as dated data: one rule for each thing that is due, one row for each way in which it is counted.

A row without a state is federal (34 CFR part 300). A state's row replaces its event, offset, unit and `adjust`; who acts,
the inputs and the notes of the rule stay. A changed law is a new row with `applies_from`, never an edit. Rows that nobody
has checked are never shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

InputType = Literal["date", "dates", "boolean", "integer", "choice", "text", "periods", "object"]
Effect = Literal["none", "restarts", "stops", "sets", "extends", "moves", "may_be_later", "counts"]

UNITS: Mapping[str, tuple[str, str]] = {
    "c": ("calendar day", "calendar days"),
    "b": ("business day", "business days"),
    "s": ("school day", "school days"),
    "w": ("weekday", "weekdays"),
    "y": ("year", "years"),
    "f": ("follow-up day", "follow-up days"),
}
WHO_ACTS: Mapping[str, str] = {
    "school": "the school",
    "parent": "the parent",
    "both": "the school and the parent",
    "SEA": "the state educational agency",
    "officer": "the hearing officer",
}
STATUSES = ("verified", "secondary", "unchecked")
SHOWN = ("verified", "secondary")
GIVES = ("due_on", "watch_on", "earliest_on")
# How a row is counted where `event + offset` does not say it all.
METHODS = ("plain", "span", "removed_days", "majority", "hearing_decision")
ADJUSTMENTS = ("long_breaks", "summer", "tx_evaluation", "ma_year_end", "ca_year_end")
# All that may be said of an extension; which of it extends anything is for the row.
EXTENSION_GROUNDS = ("exceptional_circumstances", "mediation_agreed", "party_request", "parent_agreed")

CHECKED_ON = date(2026, 11, 24)
FEDERAL_SOURCE = "34 CFR part 300 in the eCFR, and a second copy of the rules"
STATE_SOURCE = "the state's rule, or a copy of it"
SECOND_HAND = "second-hand only: a guide, a district's page or a blog"
STATES = (
    *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME"),
    *("MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI"),
    *("SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP", "PR", "VI"),
)


@dataclass(frozen=True)
class Input:
    """Something besides the event that a date may hang on: its name, its type, what it says, and what it does.

    `restarts`: the count begins anew on that date. `stops`: there is no date any more, for `reason`. `sets`: it is the date.
    `extends`: it is the date, if it is later. `moves`: the rule says how. `may_be_later`: the date stands, and the answer says
    so. `counts`: it is part of the ordinary count. `none`: it changes nothing, and the answer says so.
    """

    name: str
    type: InputType
    says: str
    effect: Effect = "counts"
    reason: str | None = None  # of "stops"
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    fields: "tuple[Input, ...]" = ()


@dataclass(frozen=True)
class Row:
    """One way to count: so many units after the event (before it where `offset` is negative), for the events of its time."""

    rule: str
    event: str
    offset: int
    unit: str
    citation: str
    state: str | None = None
    gives: str = "due_on"
    method: str = "plain"
    adjust: tuple[str, ...] = ()
    when: tuple[str, str] | None = None
    applies_from: date | None = None
    applies_to: date | None = None
    inputs: tuple[Input, ...] = ()
    grounds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    may_be_later: str | None = None
    source: str = STATE_SOURCE
    checked_on: date = CHECKED_ON
    status: str = "verified"
    then: int = 0

    def is_in_force(self, day: date) -> bool:
        """Whether it holds for what happens on `day`: from its first day on, and before the day of its successor."""
        return (self.applies_from is None or self.applies_from <= day) and (self.applies_to is None or day < self.applies_to)

    @property
    def is_shown(self) -> bool:
        return self.status in SHOWN

    @property
    def event_in_words(self) -> str:
        return EVENTS[self.event]

    @property
    def offset_in_words(self) -> str:
        """`60 calendar days after: the parent's consent to the evaluation was received`."""
        return _OFFSETS.get(self.method, _plain_offset)(self)


@dataclass(frozen=True)
class Rule:
    """Something that is due: what, by whom, and what its date may hang on besides the event."""

    key: str
    label: str
    by: str | None
    rows: tuple[Row, ...] = ()
    inputs: tuple[Input, ...] = ()
    grounds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    may_be_later: str | None = None
    # Who has to answer is the side that did not file.
    answers_filer: bool = False
    warn_days: tuple[int, ...] = ()

    @property
    def stands_only_in_states(self) -> bool:
        return not self.rows

    @property
    def state_rows(self) -> tuple[Row, ...]:
        """The rows of states that may be shown, in the order of the table."""
        return tuple(row for row in STATE_ROWS if row.rule == self.key and row.is_shown)

    def inputs_of(self, row: Row) -> tuple[Input, ...]:
        """All that may be said with a date of this row, but for the calendar."""
        return (*self.inputs, *row.inputs, EXTENSION)

    def grounds_of(self, row: Row) -> tuple[str, ...]:
        return (*self.grounds, *row.grounds)


def shown_rows(rule: str, state: str | None = None) -> Iterator[Row]:
    """The rows of a rule that may be shown: the federal ones (no state), or those of a state."""
    rows = RULES[rule].rows if state is None else _STATE_ROWS.get((rule, state), ())
    return (row for row in rows if row.is_shown)


def rows_for(rule: str, state: str | None, on: date, facts: Mapping[str, object]) -> tuple[Row, ...]:
    """The rows that hold for this rule, in this state, for an event of that day; several only where they differ by event.

    The state's own where it has one in force, narrowed by what is known (`when`), else the federal ones; none if neither is.
    """
    own = [row for row in shown_rows(rule, state) if row.is_in_force(on)] if state is not None else []
    narrowed = [row for row in own if row.when and facts.get(row.when[0]) == row.when[1]]
    found = narrowed or [row for row in own if row.when is None]
    return tuple(found or (row for row in shown_rows(rule) if row.is_in_force(on)))


def _plain_offset(row: Row) -> str:
    number, way = abs(row.offset), "after" if row.offset > 0 else "before"
    counted = f"{number} {UNITS[row.unit][number != 1]} {way}" if number else "on the day of"
    looking = f"no number in the law; look again {counted}" if row.gives == "watch_on" else counted
    return f"{looking}: {EVENTS[row.event]}"


_OFFSETS = {
    "span": lambda row: f"the {row.offset}th school day, the first one counting as day 1, from: {EVENTS[row.event]}",
    "removed_days": lambda row: f"the {row.offset}th school day removed in the school year, from: {EVENTS[row.event]}",
    "majority": lambda row: f"1 year before the age of majority, counted from: {EVENTS[row.event]}",
    "hearing_decision": lambda row: (
        f"{row.offset} calendar days to resolve it, then {row.then} calendar days for the decision, after: {EVENTS[row.event]}"
    ),
}


# What a date is counted from, in plain words. The names are the table's.
EVENTS: Mapping[str, str] = {
    "iep_reviewed": "the team's annual meeting on the IEP",
    "evaluation_completed": "the last evaluation was completed (eligibility decided)",
    "evaluation_requested": "the evaluation was asked for",
    "evaluation_consent_received": "the parent's consent to the evaluation was received",
    "referral_received": "the special education administrator received the referral",
    "eligibility_determined": "the child was found to need special education and related services",
    "iep_developed": "the IEP was written",
    "offer_received": "the parent received the offer of an IEP",
    "school_year_starts": "the first day of the school year",
    "birth": "the child's birth",
    "iep_meeting": "the IEP meeting",
    "meeting_requested": "the parent asked in writing for a meeting",
    "change_effective": "the proposed change takes effect",
    "change_requested": "the parent asked for a change",
    "copy_requested": "the parent asked for a copy of the amended IEP",
    "amendment_executed": "the amendment was signed",
    "iee_requested": "the parent asked for an independent evaluation at public expense",
    "enrolled": "the child enrolled in the new school, in the same school year",
    "records_requested": "the parent asked to see the records",
    "amendment_requested": "the parent asked for the records to be amended",
    "violation_occurred": "what the complaint is about happened",
    "complaint_received": "the complaint was received",
    "complaint_filed": "the complaint is filed",
    "noncompliance_identified": "the written finding of noncompliance",
    "violation_known": "the parent knew, or should have known, of what the complaint is about",
    "action_proposed_or_refused": "the school proposed or refused the action",
    "challenge_received": "the hearing officer received the challenge to the complaint",
    "hearing": "the hearing",
    "settlement_executed": "the resolution agreement was signed",
    "review_requested": "the review of the hearing decision was asked for",
    "decision_dated": "the date on the decision (of the hearing, or of the state's review)",
    "private_placement": "the child is taken out of the public school",
    "removal_decided": "the school decided on a removal that is a change of placement",
    "removed": "the first removal of the school year",
    "iaes_started": "the first day in the interim alternative setting",
    "sent": "the message was sent",
}

EXTENSION = Input(
    *("extension", "object", "An extension to another date; a ground that the rule does not name moves nothing.", "moves"),
    fields=(
        Input("to_on", "date", "The date it was extended to."),
        Input("because", "text", f"The ground: {', '.join(EXTENSION_GROUNDS)}."),
    ),
)
_AMENDED = Input("amended_on", "date", "The complaint was amended: the count begins anew.", "restarts")
_WAIVED = Input("waived_on", "date", "Both agreed in writing to do without the resolution meeting.", "stops", "waived")
_MEDIATED = Input("mediation_on", "date", "Both agreed to mediate instead.", "stops", "waived")
_FILED_BY = Input("filed_by", "choice", "Who filed the complaint (left out: parent).", choices=("parent", "school"))
_AGREED = Input("agreed_on", "date", "Another date that parent and school agreed on, in writing.", "sets")
_DISABILITY = Input("disability", "text", "The child's disability, where the state's rule asks for it.")
_NOT_PRODUCED = Input(
    *("parent_does_not_produce_child", "boolean", "The parent does not bring the child to the evaluation.", "stops"),
    reason="not_running",
)
_TRANSFER = Input(
    *("transfer", "object", "The child changed districts: an agreed date holds if sufficient progress is made too.", "moves"),
    fields=(
        Input("agreed_on", "date", "The date that the parent and the new district agreed on."),
        Input("sufficient_progress", "boolean", "Whether the new district makes sufficient progress."),
    ),
)
_SLD = Input(
    *("sld_extension_on", "date", "The date agreed on in writing with the parent; for a specific learning disability only."),
    "extends",
)
_MEETINGS = Input("meetings", "dates", "IEP meetings, hearings, resolution sessions that the records are needed for.", "moves")
_EXCEPTION = Input(
    "exception",
    "choice",
    "The school misrepresented that the problem was resolved, or withheld information it had to give.",
    "may_be_later",
    choices=("misrepresentation", "withheld_information"),
)


def _cfr(paragraph: str) -> str:
    return ", ".join(f"34 CFR 300{part}" for part in paragraph.split("; "))


def _rule(
    key: str,
    label: str,
    event: str,
    offset: int,
    unit: str,
    by: str | None,
    law: str,
    *notes: str,
    gives: str = "due_on",
    method: str = "plain",
    then: int = 0,
    also: tuple[str, int, str] | None = None,
    **more: Any,
) -> Rule:
    """A rule with its federal row; `also` is the event, offset and unit of a second one."""
    first = Row(*(key, event, offset, unit, _cfr(law)), gives=gives, method=method, then=then, source=FEDERAL_SOURCE)
    rows = (first, replace(first, event=also[0], offset=also[1], unit=also[2])) if also else (first,)
    return Rule(key, label, by, rows, notes=notes, **more)


_FEDERAL = (
    # IEP and evaluation
    _rule(
        *("annual_review", "Annual review of the IEP", "iep_reviewed", 1, "y", "school", ".324(b)(1)(i)"),
        "Some count to the day before; this is the date itself.",
        inputs=(Input("amended_on", "date", "The IEP was amended: that does not replace the review.", "none"),),
        warn_days=(60, 30),
    ),
    _rule(
        *("reevaluation", "Reevaluation", "evaluation_completed", 3, "y", "school", ".303(b)(2)"),
        inputs=(
            Input(
                *("agreed_unnecessary_on", "date", "Parent and school agreed that none is needed: counted anew from there."),
                "restarts",
            ),
            _DISABILITY,
        ),
    ),
    _rule(
        *("reevaluation_gap", "Earliest day of another evaluation", "evaluation_completed", 1, "y", None, ".303(b)(1)"),
        "Not sooner, unless parent and school agree.",
        gives="earliest_on",
    ),
    _rule(
        *("initial_evaluation", "Initial evaluation", "evaluation_consent_received", 60, "c", "school"),
        ".301(c)(1); .301(d)(1); .301(d)(2); .301(e); .309(c)",
        "Breaks and holidays do not stop the count.",
        inputs=(_NOT_PRODUCED, _TRANSFER, _SLD),
    ),
    _rule(
        *("initial_iep_meeting", "Meeting to write the first IEP", "eligibility_determined", 30, "c", "school", ".323(c)(1)"),
    ),
    _rule(
        *("iep_services_start", "Services of the IEP begin", "iep_developed", 10, "s", "school", ".323(c)(2)"),
        "As soon as possible after the IEP is written. The first services need the parent's consent (34 CFR 300.300(b)).",
        gives="watch_on",
    ),
    _rule(
        *("iep_at_year_start", "An IEP is in effect", "school_year_starts", 0, "c", "school", ".323(a)"),
    ),
    _rule(
        *("third_birthday_iep", "IEP for the third birthday", "birth", 3, "y", "school", ".101(b); .124(b)"),
        "Where the birthday falls in summer, the team sets when services begin.",
    ),
    _rule(
        *("transition_plan", "Transition plan stands in the IEP", "birth", 16, "y", "school", ".320(b)"),
        "It stands in the IEP that is in effect on that birthday.",
        inputs=(
            Input("iep_effective_from", "date", "The first day of the IEP that is in effect on that birthday.", "moves"),
            Input("iep_effective_to", "date", "The last day of that IEP.", "moves"),
        ),
    ),
    _rule(
        *("rights_transfer_notice", "Child is told that the rights will pass to them", "birth", 17, "y", "school", ".320(c)"),
        method="majority",
        inputs=(Input("age_of_majority", "integer", "The state's age of majority (left out: 18).", least=14, most=26),),
    ),
    _rule(
        *("meeting_notice", "Notice of an IEP meeting", "iep_meeting", -10, "c", "school", ".322(a); .322(b)"),
        "Early enough that the parent can come; with purpose, time, place and who attends; from 16 on, that transition is a "
        "purpose and that the student is invited.",
        gives="watch_on",
    ),
    _rule(
        *("excusal_input", "Written input of a member who is excused", "iep_meeting", -1, "c", "school", ".321(e)(2)"),
        "The parent's consent to the excusal is in writing.",
    ),
    _rule(
        *("prior_written_notice", "Prior written notice", "change_effective", -5, "b", "school", ".503(a)"),
        "A reasonable time before the school changes, or refuses to change, something.",
        gives="watch_on",
        also=("change_requested", 10, "b"),
    ),
    _rule(
        *("amended_iep_copy", "Copy of the amended IEP", "copy_requested", 5, "b", "school", ".324(a)(4)(ii); .324(a)(6)"),
        "The whole team is told of the change.",
        gives="watch_on",
    ),
    _rule(
        *("iee_response", "Answer to the request for an independent evaluation", "iee_requested", 10, "b", "school"),
        ".502(b)(2); .502(b)(4)",
        "Without unnecessary delay the school provides it or files for a hearing; normally brief (56 IDELR 175, guidance, not "
        "binding). The parent need give no reason.",
        gives="watch_on",
    ),
    _rule(
        *("comparable_services", "Comparable services after a move", "enrolled", 0, "c", "school", ".323(e); .323(f)"),
        "At once, until the school adopts the old IEP or makes a new one; from another state: until its evaluation, if one is "
        "needed, and a new IEP.",
    ),
    _rule(
        *("transfer_records", "Records come from the old school", "enrolled", 10, "b", "school", ".323(g)"),
        "Both schools act promptly.",
        gives="watch_on",
    ),
    _rule(
        *("records_access", "Access to the education records", "records_requested", 45, "c", "school", ".613(a)"),
        "Without unnecessary delay, and before any IEP meeting, hearing or resolution session.",
        inputs=(_MEETINGS,),
    ),
    _rule(
        *("records_amendment", "Answer to the request to amend the records", "amendment_requested", 15, "b", "school"),
        ".618(b); .618(c)",
        "Within a reasonable period. A refusal names the right to a hearing.",
        gives="watch_on",
    ),
    # State complaint
    _rule(
        *(
            "state_complaint_limit",
            "Last day for a state complaint",
            "violation_occurred",
            1,
            "y",
            "parent",
            ".153(c); .153(d)",
        ),
        "It counts to the day on which the state educational agency receives the complaint. Each event of a series has its own "
        "date. The school gets a copy at the same time.",
    ),
    _rule(
        *("state_complaint_lookback", "First day that a state complaint may reach back to", "complaint_received", -1, "y"),
        *(None, ".153(c)"),
        gives="earliest_on",
    ),
    _rule(
        *("state_complaint_decision", "Decision on the state complaint", "complaint_received", 60, "c", "SEA"),
        ".152(a); .152(b)(1)",
        "It counts from the day on which the state educational agency received the complete complaint.",
        grounds=("exceptional_circumstances", "mediation_agreed"),
    ),
    _rule(
        *("noncompliance_correction", "Noncompliance is corrected", "noncompliance_identified", 1, "y", "school", ".600(e)"),
        "As soon as possible, and at most this.",
    ),
    # Due process
    _rule(
        *("due_process_limit", "Last day for a due process complaint", "violation_known", 2, "y", "parent"),
        ".507(a)(2); .511(e); .511(f)",
        "Or the state's explicit limit. 34 CFR 300.507 and .511 are read together: the complaint is filed within it.",
        inputs=(_EXCEPTION,),
    ),
    _rule(
        *("due_process_lookback", "First day that a due process complaint may reach back to", "complaint_filed", -2, "y"),
        *(None, ".507(a)(2)"),
        "For what was known, or should have been known, on that day.",
        gives="earliest_on",
    ),
    _rule(
        *("due_process_response", "Response to the due process complaint", "complaint_received", 10, "c", "school"),
        ".508(e); .508(f)",
        "A school that sent no prior written notice says why it proposed or refused, what else was considered, what the "
        "decision rests on, and other factors; otherwise the answer takes up each issue. Whoever files sends a copy to the "
        "state educational agency (34 CFR 300.508(a)).",
        inputs=(_FILED_BY,),
        answers_filer=True,
    ),
    _rule(
        *("sufficiency_challenge", "Challenge that the complaint lacks something", "complaint_received", 15, "c", "school"),
        ".508(d)(1)",
        "Without one the complaint is deemed sufficient.",
        inputs=(_FILED_BY,),
        answers_filer=True,
    ),
    _rule(
        *("sufficiency_ruling", "Ruling on the challenge", "challenge_received", 5, "c", "officer", ".508(d)(2)"),
    ),
    _rule(
        *("resolution_meeting", "Resolution meeting", "complaint_received", 15, "c", "school"),
        ".510(a)(1); .510(a)(3); .508(d)(4)",
        inputs=(_AMENDED, _WAIVED, _MEDIATED),
    ),
    _rule(
        *("resolution_default", "Parent may ask that the 45 days begin", "complaint_received", 16, "c", None, ".510(b)(5)"),
        "If no resolution meeting was held in 15 days, the parent may ask the hearing officer to start the 45 days.",
        gives="earliest_on",
        inputs=(_AMENDED,),
    ),
    _rule(
        *("resolution_period", "Resolution period ends", "complaint_received", 30, "c", "both"),
        ".510(b)(1); .510(b)(3); .508(d)(4)",
        inputs=(
            _AMENDED,
            Input("parent_absent", "boolean", "The parent did not take part: it waits for the meeting.", "stops", "paused"),
        ),
    ),
    _rule(
        *("hearing_decision", "Hearing decision is made and mailed", "complaint_received", 30, "c", "officer"),
        ".515(a); .515(c); .510(b); .510(c)",
        method="hearing_decision",
        then=45,
        inputs=(
            _AMENDED,
            Input("waived_on", "date", "Both agreed in writing to do without the resolution meeting.", "moves"),
            Input("no_agreement_on", "date", "Both agreed in writing, within the 30 days, that none is possible.", "moves"),
            Input("mediation_ended_on", "date", "One side left the mediation that went on after the 30 days.", "moves"),
            _FILED_BY,
        ),
        grounds=("party_request",),
    ),
    _rule(
        *("complaint_amendment", "Last day on which the officer may allow an amended complaint", "hearing", -5, "c", "both"),
        ".508(d)(3)",
        "Counted from the first day of the hearing.",
    ),
    _rule(
        *("evidence_disclosure", "Evidence is disclosed to the other side", "hearing", -5, "b", "both", ".512(a)(3); .512(b)"),
        "Evidence, evaluations and recommendations; what was not disclosed may be kept out. Counted from the first day of the "
        "hearing.",
    ),
    _rule(
        *("settlement_void", "Last day to void the resolution agreement", "settlement_executed", 3, "b", "both", ".510(e)"),
        "This holds for a resolution agreement, not for a mediation agreement.",
    ),
    _rule(
        *("state_review_decision", "Decision of the state's review", "review_requested", 30, "c", "SEA", ".515(b); .515(c)"),
        "Only in states with two tiers.",
        grounds=("party_request",),
    ),
    _rule(
        *("civil_action", "Last day for a civil action", "decision_dated", 90, "c", "parent", ".516(b)"),
        "Or the state's explicit limit. It counts from the date of the decision, not from its receipt.",
    ),
    _rule(
        *("private_placement_notice", "Written notice of a private placement", "private_placement", -10, "w", "parent"),
        ".148(d)(1); .148(e)",
        "Or said at the last IEP meeting before the child is taken out.",
        may_be_later="34 CFR 300.148(e) excuses a missing notice in some cases",
    ),
    # Discipline
    _rule(
        *("discipline_notice", "Notice of the disciplinary removal", "removal_decided", 0, "c", "school", ".530(h)"),
        "With the procedural safeguards notice.",
    ),
    _rule(
        *("manifestation_determination", "Manifestation determination", "removal_decided", 10, "s", "school", ".530(e)(1)"),
        "By the school, the parent and the relevant members of the team.",
    ),
    _rule(
        *("removal_services", "Services are due during removals", "removed", 11, "s", "school", ".530(b)(2); .530(d)"),
        "From that day on.",
        method="removed_days",
        inputs=(Input("removals", "periods", "The removals of the school year, each from a day to a day."),),
    ),
    _rule(
        *("iaes_limit", "Last permitted day in the interim setting", "iaes_started", 45, "s", "school", ".530(g)"),
        method="span",
    ),
    _rule(
        *("expedited_hearing", "Expedited hearing", "complaint_filed", 20, "s", "SEA", ".532(c)(2)"),
        "An agreement does not extend it (guidance of OSEP, not binding).",
    ),
    _rule(
        *("expedited_decision", "Expedited decision", "hearing", 10, "s", "officer", ".532(c)(2)"),
        "Counted from the last day of the hearing. Nothing extends it.",
    ),
    _rule(
        *("expedited_resolution_meeting", "Expedited resolution meeting", "complaint_received", 7, "c", "school"),
        ".532(c)(3)(i)",
        inputs=(_WAIVED, _MEDIATED),
    ),
    _rule(
        *("expedited_resolution_period", "Expedited resolution period ends", "complaint_received", 15, "c", "both"),
        ".532(c)(3)(ii)",
        "It runs beside the 20 school days for the hearing (51 IDELR 166, guidance, not binding).",
    ),
    # These stand only in states.
    Rule("evaluation_request_response", "Answer to the request for an evaluation", "school"),
    Rule("evaluation_plan", "Proposed evaluation plan", "school"),
    Rule("evaluation_report_copy", "Copy of the evaluation report before the meeting", "school"),
    Rule("reevaluation_after_consent", "Reevaluation after the consent", "school"),
    Rule("iep_proposal", "Proposed IEP", "school"),
    Rule("iep_offer_notice", "Notice of the offer of an IEP", "school"),
    Rule("parent_requested_meeting", "Meeting that the parent asked for", "school"),
    Rule("meeting_refusal_notice", "Meeting, or written reasons against it", "school"),
    Rule("meeting_documents", "Documents for the IEP meeting", "school"),
    Rule("amendment_to_team", "Amendment goes to the team", "school"),
)


def _state(state: str, rule: str, offset: int, unit: str, event: str, citation: str, *notes: str, **more: Any) -> Row:
    return Row(rule, event, offset, unit, citation, state=state, notes=notes, **more)


_CONSENT = "evaluation_consent_received"
_TX_LIMIT_CHANGED = date(2022, 9, 1)
_SECONDARY: Mapping[str, Any] = {"status": "secondary", "source": SECOND_HAND}
_TX_LIMIT_NOTE = "The rule looks at the day of the request, this count at the day of the event: never later."

STATE_ROWS = (
    _state(
        *("CA", "evaluation_plan", 15, "c", "evaluation_requested", "Cal. Ed. Code 56321(a)"),
        adjust=("long_breaks", "ca_year_end"),
    ),
    _state(
        *("CA", "initial_evaluation", 60, "c", _CONSENT, "Cal. Ed. Code 56344(a), 56302.1"),
        "The evaluation and the IEP meeting; the parent agrees to an extension in writing.",
        adjust=("long_breaks", "ca_year_end"),
        inputs=(Input("referred_on", "date", "The referral for the evaluation."),),
        grounds=("parent_agreed",),
    ),
    _state(
        *("CA", "parent_requested_meeting", 30, "c", "meeting_requested", "Cal. Ed. Code 56343.5"),
        "The request is in writing.",
        adjust=("long_breaks",),
    ),
    _state("CA", "records_access", 5, "b", "records_requested", "Cal. Ed. Code 56504"),
    _state(
        *("TX", "evaluation_request_response", 15, "s", "evaluation_requested", "19 TAC 89.1011(b)"),
        "Prior written notice and a consent form, or prior written notice of the refusal.",
    ),
    _state(
        *("TX", "initial_evaluation", 45, "s", _CONSENT, "TEC 29.004; 19 TAC 89.1011"),
        "The written report.",
        adjust=("tx_evaluation",),
        inputs=(Input("absent_on", "dates", "School days after the consent on which the child was absent."),),
    ),
    _state(
        *("TX", "meeting_refusal_notice", 5, "s", "meeting_requested", "19 TAC 89.1050(e)"),
        "Meet, or write why not. The rule was read as of 2021.",
    ),
    _state(
        *("TX", "due_process_limit", 1, "y", "violation_known", "19 TAC 89.1151(c)", _TX_LIMIT_NOTE),
        applies_to=_TX_LIMIT_CHANGED,
    ),
    _state(
        *("TX", "due_process_limit", 2, "y", "violation_known", "19 TAC 89.1151(c)", _TX_LIMIT_NOTE),
        applies_from=_TX_LIMIT_CHANGED,
    ),
    _state("TX", "transition_plan", 14, "y", "birth", "TEC 29.0111"),
    _state("MA", "initial_evaluation", 30, "s", _CONSENT, "603 CMR 28.05(1)", "The assessments."),
    _state("MA", "iep_proposal", 45, "s", _CONSENT, "603 CMR 28.05(1)", adjust=("ma_year_end",)),
    _state(
        *("WA", "evaluation_request_response", 25, "s", "evaluation_requested", "WAC 392-172A-03005(2)"),
        "A decision, with prior written notice.",
    ),
    _state("WA", "initial_evaluation", 35, "s", _CONSENT, "WAC 392-172A-03005(3)", inputs=(_AGREED,)),
    _state("WA", "reevaluation_after_consent", 35, "s", _CONSENT, "WAC 392-172A-03015(3)", inputs=(_AGREED,)),
    _state("PA", "initial_evaluation", 60, "c", _CONSENT, "22 Pa. Code 14.123(b)", "The report.", adjust=("summer",)),
    _state("PA", "reevaluation_after_consent", 60, "c", _CONSENT, "22 Pa. Code 14.124(b)", "The report.", adjust=("summer",)),
    _state(
        *("PA", "reevaluation", 2, "y", "evaluation_completed", "22 Pa. Code 14.124(c)"),
        when=("disability", "intellectual_disability"),
    ),
    _state(
        *("PA", "evaluation_report_copy", -10, "s", "iep_meeting", "22 Pa. Code 14.123(d)"),
        inputs=(Input("waived_on", "date", "The parent waived it in writing.", "stops", "waived"),),
    ),
    _state(
        *("MI", "evaluation_request_response", 10, "s", "evaluation_requested", "Mich. Admin. Code R 340.1721b(1)(a)"),
        "Prior written notice and the request for consent.",
    ),
    _state(
        *("MI", "initial_evaluation", 30, "s", _CONSENT, "Mich. Admin. Code R 340.1721b(1)(a)"),
        "The offer of an IEP, or that the child is not eligible. An extension is agreed on in writing, in school days.",
        inputs=(_AGREED,),
    ),
    _state("MI", "iep_offer_notice", 7, "s", "iep_meeting", "Mich. Admin. Code R 340.1721b(1)(c)"),
    _state(
        *("MI", "iep_services_start", 15, "s", "offer_received", "Mich. Admin. Code R 340.1721b(1)(d)"),
        "A later start may be agreed on.",
        inputs=(_AGREED,),
    ),
    _state("VA", "initial_evaluation", 65, "b", "referral_received", "8VAC20-81-60"),
    _state("NC", "due_process_limit", 1, "y", "violation_known", "N.C.G.S. 115C-109.6", "The same two exceptions hold."),
    _state(
        *("WI", "due_process_limit", 1, "y", "action_proposed_or_refused", "Wis. Stat. 115.80(1)(a)"),
        may_be_later="where the school told the parent of the right to a hearing only later, the year runs from that notice",
    ),
    _state(
        *("MD", "meeting_notice", -10, "c", "iep_meeting", "Md. Code, Educ. 8-405"),
        "Not for discipline or urgent meetings. An older copy of the law was read.",
    ),
    _state(
        *("MD", "meeting_documents", -5, "b", "iep_meeting", "Md. Code, Educ. 8-405"),
        "Not for discipline or urgent meetings. An older copy of the law was read.",
    ),
    _state("DC", "amendment_to_team", 5, "b", "amendment_executed", "5-A DCMR 3019"),
    _state(
        *("NY", "initial_evaluation", 60, "c", _CONSENT, "8 NYCRR 200.4(b), (e)"),
        "Services follow within 60 school days of the consent.",
        **_SECONDARY,
    ),
    _state("IL", "evaluation_request_response", 14, "s", "evaluation_requested", "23 IAC 226.110", **_SECONDARY),
    _state("IL", "initial_evaluation", 60, "s", _CONSENT, "23 IAC 226.110", **_SECONDARY),
    _state("NJ", "initial_evaluation", 90, "c", _CONSENT, "N.J.A.C. 6A:14-3.4", "With the IEP in place.", **_SECONDARY),
)
# States have their own exclusions and limits here that nobody has read yet: nothing of them is shown.
READ_THE_STATES_FIRST = ("initial_evaluation", "due_process_limit", "civil_action")

RULES: Mapping[str, Rule] = {rule.key: rule for rule in _FEDERAL}
_STATE_ROWS: Mapping[tuple[str, str], tuple[Row, ...]] = {
    (row.rule, row.state): tuple(other for other in STATE_ROWS if (other.rule, other.state) == (row.rule, row.state))
    for row in STATE_ROWS
    if row.state
}
