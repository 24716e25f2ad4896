"""Which deadlines follow from the facts of a proceeding, kind by kind."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.proceedings.row import FINDINGS, Clock, Proceeding, Running


def running(proceeding: Proceeding) -> tuple[Running, ...]:
    """The deadlines that follow from the facts in this state; once it has ended, at most the family's own limit."""
    return tuple(_running(proceeding))


def governed(rule: str) -> tuple[str, ...]:
    """The inputs of a rule that follow from a proceeding's facts."""
    return next((clock.governs for clocks in CLOCKS.values() for clock in clocks if clock.rule == rule), ())


def _running(proceeding: Proceeding) -> Iterator[Running]:
    facts = proceeding.facts
    for clock in CLOCKS[proceeding.kind]:
        start = next((facts[name] for name in clock.counts_from if name in facts), None)
        if start is None or not clock.runs(proceeding):
            continue
        inputs = {name: facts[source] for name, source in clock.inputs.items() if source in facts}
        if clock.tells_who_filed:
            inputs["filed_by"] = proceeding.filed_by
        met = None if clock.runs_on(proceeding) else next((facts[name] for name in clock.met_by if name in facts), None)
        yield Running(
            clock.rule,
            date.fromisoformat(str(start)),
            inputs,
            None if met is None else date.fromisoformat(str(met)),
            clock.governs,
        )


_LIMIT = ("since_on",)
CLOCKS: Mapping[str, tuple[Clock, ...]] = {
    "mediation": (),
    "state_complaint": (
        Clock("state_complaint_limit", _LIMIT, met_by=("received_on",), is_limit=True),
        Clock("state_complaint_decision", ("received_on",), {"extension": "extension"}, met_by=("decided_on",)),
        Clock("noncompliance_correction", ("decided_on",), met_by=("corrected_on",), when=("finding", FINDINGS[:2])),
    ),
    "due_process": (
        Clock("due_process_limit", _LIMIT, met_by=("filed_on",), filed_by="parent", is_limit=True),
        Clock(
            "due_process_response",
            ("received_on",),
            met_by=("responded_on",),
            states=("resolution", "hearing", "settled"),
            is_expedited=False,
            tells_who_filed=True,
        ),
        Clock(
            "sufficiency_challenge",
            ("received_on",),
            met_by=("challenged_on",),
            states=("resolution", "hearing"),
            is_expedited=False,
            tells_who_filed=True,
        ),
        Clock("sufficiency_ruling", ("challenged_on",), met_by=("ruled_on",), is_expedited=False),
        Clock(
            "resolution_meeting",
            ("received_on",),
            {"amended_on": "amended_on", "waived_on": "waived_on", "mediation_on": "mediation_on"},
            met_by=("resolution_meeting_on",),
            states=("resolution", "hearing", "settled"),
            is_expedited=False,
            filed_by="parent",
        ),
        Clock(
            "resolution_default",
            ("received_on",),
            {"amended_on": "amended_on"},
            met_by=("resolution_meeting_on", "asked_to_begin_on"),
            states=("resolution",),
            is_expedited=False,
            filed_by="parent",
        ),
        Clock(
            "resolution_period",
            ("received_on",),
            {"amended_on": "amended_on", "parent_absent": "parent_absent"},
            met_by=("settled_on",),
            states=("resolution", "settled"),
            is_expedited=False,
            filed_by="parent",
        ),
        Clock(
            "hearing_decision",
            ("received_on",),
            {
                "amended_on": "amended_on",
                "waived_on": "waived_on",
                "no_agreement_on": "no_agreement_on",
                "mediation_ended_on": "mediation_ended_on",
                "extension": "extension",
            },
            met_by=("decided_on",),
            states=("resolution", "hearing", "decided", "review", "court"),
            is_expedited=False,
            tells_who_filed=True,
        ),
        Clock("expedited_hearing", ("filed_on",), met_by=("hearing_ended_on",), is_expedited=True),
        Clock(
            "expedited_resolution_meeting",
            ("received_on",),
            {"waived_on": "waived_on", "mediation_on": "mediation_on"},
            met_by=("resolution_meeting_on",),
            states=("resolution", "hearing", "settled"),
            is_expedited=True,
            filed_by="parent",
        ),
        Clock(
            "expedited_resolution_period",
            ("received_on",),
            met_by=("settled_on",),
            states=("resolution", "settled"),
            is_expedited=True,
            filed_by="parent",
        ),
        Clock("expedited_decision", ("hearing_ended_on", "hearing_last_on"), met_by=("decided_on",), is_expedited=True),
        Clock("complaint_amendment", ("hearing_first_on",), states=("resolution", "hearing"), is_expedited=False),
        Clock("evidence_disclosure", ("hearing_first_on",), met_by=("disclosed_on",), states=("resolution", "hearing")),
        # What mediation agrees on is no resolution agreement (34 CFR 300.506(b)(6), .510(e)).
        Clock("settlement_void", ("settled_on",), states=("settled",), unless=("mediation_on",)),
        Clock(
            "state_review_decision",
            ("review_requested_on",),
            {"extension": "review_extension"},
            met_by=("review_decided_on",),
        ),
        Clock("civil_action", ("review_decided_on", "decided_on"), met_by=("civil_action_on",), states=("decided", "court")),
    ),
}
