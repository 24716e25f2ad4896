"""The playbook of a concern (DOMAIN section 2) as one table: from where to where, what is asked, planned and settled.

Four read it: the model (may this step be taken), the schema (what it asks for), the API (what to do next), the docs.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from domain import fact
from domain.fact import YES_NO, YES_NO_UNCLEAR, Field, ask, choose
from domain.follow_up import LADDERS
from domain.step import SAME, THE_CAUSE, FactsInvalid, Plan, Reminder, Settles, Step, StepNotAllowed

CAUSES = ("misunderstanding", "missing_resource", "indifference", "refusal")
STATES = (
    "suspected",
    "verified",
    "unfounded",
    "teacher_contacted",
    *CAUSES,
    "team_contacted",
    "agreed",
    "monitoring",
    "resolved",
    "team_meeting",
    "policy_requested",
    "escalated",
    "closed",
)
OPEN_STATES = tuple(state for state in STATES if state not in ("unfounded", "resolved", "closed"))
KINDS = ("not_provided", "provided_incorrectly")
ROUTES = ("mediation", "state_complaint", "due_process")
# What a teacher may lack to provide a support.
NEEDS = ("material", "time", "staffing", "training", "space", "other")


class SkipReasonMissing(FactsInvalid):
    """The step may be taken out of turn, once `skip_reason` says why."""


@dataclass(frozen=True)
class NextStep:
    """What may be done next, what the advocate is told and asked, and of which facts `at_least_one` is required.

    `prompts` help to say it: what to ask, how to put it. `letters` are the templates that fit.
    """

    name: str
    guidance: str
    fields: tuple[Field, ...]
    at_least_one: tuple[str, ...]
    needs_skip_reason: bool
    prompts: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a step brings about: it settles, then plans; `ladder` only if its communication awaits a reply.

    `facts` are those given, without nulls.
    """

    state: str
    settles: Settles
    plans: tuple[Plan, ...]
    ladder: str | None
    skipped: bool
    facts: Mapping[str, object]


def is_open(state: str) -> bool:
    """Whether there is still something to do about a concern in `state`."""
    return state in OPEN_STATES


def next_steps(state: str, done: Collection[str] = ()) -> tuple[NextStep, ...]:
    """The steps allowed in `state`, after the steps `done`: those in turn first, each group in the table's order."""
    offered = [_offer(step, state, done) for step in STEPS.values() if step.is_allowed(state)]
    return tuple(sorted(offered, key=lambda step: step.needs_skip_reason))


def start(facts: Mapping[str, object]) -> Outcome:
    """What opening a concern with these facts (JSON values) brings about. Raises FactsInvalid."""
    return _outcome(OPENING, OPENING.states[0], facts, OPENING.fields, skipped=False)


def take(state: str, step_name: str, facts: Mapping[str, object], done: Collection[str] = ()) -> Outcome:
    """What the step brings about in `state`, with facts as JSON values, after the steps `done` of this concern.

    Raises StepNotAllowed, SkipReasonMissing (which is a FactsInvalid and lists all errors) or FactsInvalid.
    """
    step = STEPS.get(step_name)
    if step is None or not step.is_allowed(state):
        allowed = [offered.name for offered in next_steps(state, done)]
        raise StepNotAllowed(_not_allowed(step_name, state, allowed), state=state, allowed=allowed)
    return _outcome(step, state, facts, step.fields_in(state, done), skipped=step.needs_skip_reason(state, done))


def _offer(step: Step, state: str, done: Collection[str]) -> NextStep:
    out_of_turn = step.needs_skip_reason(state, done)
    fields = step.fields_in(state, done)
    return NextStep(step.name, step.guidance, fields, step.at_least_one, out_of_turn, step.prompts, step.letters)


def _outcome(step: Step, state: str, given: Mapping[str, object], fields: tuple[Field, ...], *, skipped: bool) -> Outcome:
    facts = fact.tidy(fields, given)
    _check(step, facts, fields)
    lands = _lands(step, state, facts)
    plans = tuple(plan for row in step.reminders if row.is_planned(lands, facts) for plan in row.plans(facts))
    ladder = step.ladder if "communication_id" in facts else None
    return Outcome(lands, step.settles, plans, ladder, skipped, facts)


def _check(step: Step, facts: Mapping[str, object], fields: tuple[Field, ...]) -> None:
    errors = list(fact.errors(fields, facts))
    if step.at_least_one and not any(facts.get(name) for name in step.at_least_one):
        detail = f"At least one of {', '.join(step.at_least_one)} is required."
        errors += [{"pointer": f"/{name}", "detail": detail} for name in step.at_least_one]
    if errors:
        unexplained = any(error["pointer"] == "/skip_reason" for error in errors)
        refusal = SkipReasonMissing if unexplained else FactsInvalid
        raise refusal(_REFUSED[refusal].format(step.name), errors)


def _lands(step: Step, state: str, facts: Mapping[str, object]) -> str:
    if isinstance(step.to, Mapping):
        return step.to[state]
    return {SAME: state, THE_CAUSE: str(facts.get("cause"))}.get(step.to, step.to)


def _not_allowed(step: str, state: str, allowed: list[str]) -> str:
    return f"The step {step} is not allowed while the concern is {state}; allowed are {', '.join(allowed)}."


_REFUSED = {
    FactsInvalid: "The step {} cannot be taken with what was given.",
    SkipReasonMissing: "The step {} is out of turn here: say in skip_reason why.",
}


# The table.


def _ask_date(name: str, label: str, when: tuple[str, str] | None = None) -> Field:
    return ask(name, label, "date", when)


def _ask_each(name: str, label: str, *fields: Field, when: tuple[str, str] | None = None) -> Field:
    return Field(name, "objects", label, required=True, fields=fields, when=when)


def _date_if(name: str, label: str, when: tuple[str, str]) -> Field:
    return Field(name, "date", label, when=when)


_COMMUNICATION = ask("communication_id", "The communication, which was recorded before", type="uuid")

_ASK_THE_CHILD = Reminder("ask_the_child", "Ask the child, and read the wording", after=3)
_TALK_TO_THE_TEACHER = Reminder("talk_to_the_teacher", "Talk to the teacher", after=2)

ALL = Settles(everything=True)
EVERY_LADDER = Settles(ladders=tuple(LADDERS))
_AMENDMENT, _RESOURCE = ("fix", "amendment"), ("fix", "resource")
_DISCUSSED, _NOT_DISCUSSED = ("area_discussed", "yes"), ("area_discussed", "no")
_QUESTION_AND_ANSWER = (ask("question", "The question"), ask("answer", "The answer, in the words in which it was given"))


def _others(states: tuple[str, ...], *left_out: str) -> tuple[str, ...]:
    return tuple(state for state in states if state not in left_out)


OPENING = Step(
    name="open",
    guidance="Say which support seems not to be provided, or not as written, and since when. No blame: a question.",
    states=("suspected",),
    asks=(
        Field("provision_id", "uuid", "The support in the IEP"),
        choose("kind", "What seems to be wrong", *KINDS),
        ask("what_happened", "What happened"),
        _ask_date("noticed_on", "When it was first noticed"),
    ),
    reminders=(_ASK_THE_CHILD,),
)

_TABLE = (
    Step(
        name="ask_child",
        guidance=(
            "Find out if the suspicion is right. Ask about this support, casually, as part of “how was your day”; "
            "no leading questions, no blame."
        ),
        states=OPEN_STATES,
        asks=(
            _ask_date("asked_on", "When the child was asked"),
            choose("asked_by", "Who asked", "parent", "advocate", "teacher"),
            _ask_each("answers", "What was asked and answered, in the child's own words", *_QUESTION_AND_ANSWER),
            choose("supports_suspicion", "Does it support the suspicion?", *YES_NO_UNCLEAR),
        ),
        makes=("observation",),
    ),
    Step(
        name="read_wording",
        guidance=(
            "Read exactly how it is written: who, what, where, when, how, why. With “as needed”, “may”, “some”, "
            "“prompts” perhaps nobody breaks the IEP, and the IEP needs correcting."
        ),
        states=OPEN_STATES,
        asks=(
            ask("provision_id", "The support in the IEP", type="uuid"),
            choose("is_clear", "Is the wording clear?", *YES_NO),
        ),
        keeps=("wording",),
    ),
    Step(
        name="verify",
        guidance=(
            "You have the child's account and the words of the IEP: write in a sentence what was promised and what "
            "seems to happen."
        ),
        states=("suspected",),
        to="verified",
        expects=("ask_child", "read_wording"),
        asks=(ask("finding", "What was promised, and what seems to happen"),),
        reminders=(_TALK_TO_THE_TEACHER,),
        settles=Settles(keys=(_ASK_THE_CHILD.key,)),
    ),
    Step(
        name="find_unfounded",
        guidance=("The support is given as written. Tell the parent how you know; keep the evidence. It can be reopened."),
        states=("suspected", "verified", "teacher_contacted", "misunderstanding"),
        to="unfounded",
        asks=(ask("reason", "How you know"),),
        settles=ALL,
        ends=("check_ins",),
    ),
    Step(
        name="talk_to_teacher",
        guidance=(
            "Assume they believe they are doing it right. Say how you understand the support as written and what "
            "makes you wonder. Then listen."
        ),
        states=("verified",),
        skip_states=("suspected",),
        to="teacher_contacted",
        parties=("teacher",),
        asks=(
            _COMMUNICATION,
            ask("our_understanding", "How we understand the support as written"),
            ask("why_we_ask", "What makes us wonder"),
        ),
        ladder="teacher",
        settles=Settles(keys=(_TALK_TO_THE_TEACHER.key,)),
        prompts=(
            "Thank you for all that you do. I believe that you want this to work as much as we do.",
            "This is how I understand the support, in the words of the IEP. Do you understand it the same way?",
            "This is what makes me wonder. How does it look in your class?",
            "What works well? What makes it hard?",
            "What would you need, and who could bring it?",
            "This is what I understood. Did I get it right?",
        ),
        letters=("follow_up_summary",),
    ),
    Step(
        name="name_cause",
        guidance=(
            "Mostly a misunderstanding or a missing resource (material, time, staffing, training, space, other): ask "
            "what they need. Indifference or refusal is rare; name it only on what was said."
        ),
        states=("teacher_contacted", *CAUSES, "team_contacted"),
        to=THE_CAUSE,
        asks=(
            choose("cause", "The cause", *CAUSES),
            ask("teacher_said", "What the teacher said"),
            _ask_each(
                "needs",
                "What they need",
                choose("kind", "Kind", *NEEDS),
                ask("what", "What exactly"),
                Field("who", "text", "Who will bring it, if somebody said so"),
                Field("by_on", "date", "By when"),
                when=("cause", "missing_resource"),
            ),
        ),
        reminders=(Reminder("write_to_the_team", "Write to the team", after=2),),
        settles=Settles(ladders=("teacher",)),
    ),
    Step(
        name="contact_team",
        guidance=(
            "Misunderstanding: ask the team to clarify and correct the IEP; that seldom takes a meeting. Missing "
            "resource: ask how they will get it; be ready for unusual ideas and some time."
        ),
        states=("misunderstanding", "missing_resource", "teacher_contacted"),
        skip_states=("suspected", "verified", "indifference", "refusal"),
        to="team_contacted",
        parties=("team",),
        outbound=True,
        asks=(
            _COMMUNICATION,
            choose("asks_for", "What we ask for", "clarify", "amend", "resource", "other"),
            Field("proposed_wording", "text", "The wording we propose"),
        ),
        ladder="team",
        settles=Settles(keys=("write_to_the_team",)),
        letters=("amendment_request", "follow_up_summary"),
    ),
    Step(
        name="call_team_meeting",
        guidance=(
            "Bring the team together for an assertive, collaborative talk: what IDEA requires, what you expect, who "
            "does what. You know the child's rights and their duties; say so without accusing."
        ),
        states=("indifference", "refusal", "team_contacted"),
        skip_states=("verified", "teacher_contacted", "misunderstanding", "missing_resource", "agreed", "monitoring"),
        to="team_meeting",
        parties=("team",),
        outbound=True,
        asks=(
            _COMMUNICATION,
            ask("agenda", "The agenda"),
            Field("wanted_attendees", "text_list", "Whom we want there"),
            Field("proposed_dates", "date_list", "Dates we propose"),
        ),
        ladder="meeting",
        settles=Settles(ladders=("team",)),
        letters=("meeting_request", "records_request"),
    ),
    Step(
        name="hold_team_meeting",
        guidance=(
            "Note who said what. If they refuse, ask on what policy or law it rests, and for prior written notice of "
            "the refusal."
        ),
        states=("team_meeting",),
        asks=(
            _ask_date("held_on", "When it was held"),
            Field("attendees", "text_list", "Who attended", required=True),
            ask("what_was_said", "Who said what"),
            choose("outcome", "The outcome", "agreed", "refused", "deferred"),
            Field(
                "excusals",
                "objects",
                "Who of the team was excused (.321(e))",
                fields=(
                    ask("member", "Who was excused"),
                    choose("area_discussed", "Was their area discussed or changed?", *YES_NO),
                    _date_if("agreed_in_writing_on", "When parent and school agreed to it in writing", _NOT_DISCUSSED),
                    _date_if("parent_consent_on", "When the parent consented in writing", _DISCUSSED),
                    _date_if("written_input_on", "When their written input came to parent and team", _DISCUSSED),
                ),
            ),
            Field("decisions", "text_list", "What was decided"),
            Field(
                "tasks",
                "objects",
                "Who does what, by when",
                fields=(ask("what", "What"), ask("owner", "Who"), _ask_date("by_on", "By when")),
            ),
        ),
        reminders=(
            Reminder("confirm_the_meeting", "Confirm the meeting in writing", after=1),
            Reminder("meeting_task", "A task of the meeting is due", on="by_on", each="tasks"),
        ),
        settles=Settles(ladders=("meeting",)),
        letters=("follow_up_summary", "prior_written_notice_request"),
    ),
    Step(
        name="request_policy",
        guidance=("A refusal may be a misreading of policy or law. Ask to see it in writing, for clarification."),
        states=("team_meeting",),
        skip_states=("indifference", "refusal", "team_contacted"),
        to="policy_requested",
        parties=("team", "teacher"),
        outbound=True,
        in_writing=True,
        asks=(
            _COMMUNICATION,
            ask("refusal_in_their_words", "The refusal in their words"),
            ask("policy_asked_for", "The policy or law we ask to see"),
        ),
        ladder="policy",
        letters=("policy_request", "prior_written_notice_request"),
    ),
    Step(
        name="receive_policy",
        guidance=("Read it beside the IEP and the CFR; if it does not say so, send them the sentence and ask again."),
        states=("policy_requested",),
        asks=(
            _ask_date("received_on", "When it came"),
            Field("document_id", "uuid", "The policy"),
            choose("supports_refusal", "Does it support the refusal?", *YES_NO_UNCLEAR),
        ),
        reminders=(Reminder("answer_the_policy", "Answer the policy", after=3),),
        settles=Settles(ladders=("policy",)),
    ),
    Step(
        name="agree_fix",
        guidance=(
            "An agreement has a name and a date. IEP without a meeting: parent and agency agree in a written document, "
            "the team is told. Resource: who brings it, by when."
        ),
        states=("team_contacted", "team_meeting", "policy_requested", "escalated"),
        skip_states=CAUSES,
        to="agreed",
        asks=(
            choose("fix", "The fix", "amendment", "resource", "clarification", "other"),
            _ask_date("effective_on", "From when it holds"),
            _ask_date("agreed_by_parent_on", "When the parent agreed", _AMENDMENT),
            _ask_date("agreed_by_agency_on", "When the agency agreed", _AMENDMENT),
            ask("agreed_with", "With whom it was agreed", when=_AMENDMENT),
            ask("what", "What is promised", when=_RESOURCE),
            ask("owner_id", "The team member who brings it", "uuid", _RESOURCE),
            _ask_date("by_on", "By when", _RESOURCE),
        ),
        reminders=(
            Reminder("confirm_the_agreement", "Confirm the agreement in writing", after=1),
            Reminder("has_the_amendment_come", "Has the amended IEP come?", after=5, when=_AMENDMENT),
            Reminder("is_the_promise_kept", "Is what was promised in place?", on="by_on", when=_RESOURCE),
        ),
        settles=EVERY_LADDER,
        letters=("follow_up_summary", "amendment_request"),
    ),
    Step(
        name="confirm_in_writing",
        guidance="All on the same page: thank them, repeat what was agreed, ask to be corrected.",
        states=("agreed", "team_meeting"),
        parties=("team", "teacher"),
        outbound=True,
        in_writing=True,
        asks=(_COMMUNICATION,),
        settles=Settles(keys=("confirm_the_meeting", "confirm_the_agreement")),
        letters=("follow_up_summary",),
    ),
    Step(
        name="start_monitoring",
        guidance=("Watch for what was agreed. Ask the child and the teacher; log sessions; give a new routine a fair start."),
        states=("agreed",),
        skip_states=("teacher_contacted", "misunderstanding", "missing_resource", "team_contacted"),
        to="monitoring",
        expects=("confirm_in_writing",),
        since="agree_fix",
        asks=(
            ask("look_for", "What to look for"),
            _ask_each(
                "check_ins",
                "Whom to ask, how often",
                choose("party", "Whom", "child", "teacher", "team"),
                choose("every", "How often", "week", "two_weeks"),
            ),
        ),
        reminders=(
            Reminder("is_it_happening", "Is it happening? Ask the child and the teacher", after=5),
            Reminder("close_or_keep_watching", "Close this, or keep watching?", after=20),
        ),
        makes=("check_ins",),
    ),
    Step(
        name="check_in",
        guidance="Short and friendly. Thank people when it works.",
        states=("monitoring",),
        asks=(
            _ask_date("checked_on", "When you asked"),
            choose("party", "Whom you asked", "child", "teacher", "team"),
            choose("is_happening", "Is it happening?", "yes", "partly", "no"),
            Field("answers", "objects", "What was asked and answered", fields=_QUESTION_AND_ANSWER),
            Field("what_was_said", "text", "What was said"),
            Field("check_in_id", "uuid", "The check-in at which it was said"),
        ),
        settles=Settles(keys=("is_it_happening",)),
        makes=("observation",),
    ),
    Step(
        name="report_not_working",
        guidance="Do not start over: go back with the agreement and the log.",
        states=("agreed", "monitoring"),
        to="team_contacted",
        asks=(
            ask("what_happens", "What happens instead"),
            _ask_date("since_on", "Since when"),
            Field("communication_id", "uuid", "The communication, if one was recorded"),
        ),
        ladder="team",
        settles=ALL,
    ),
    Step(
        name="resolve",
        guidance=(
            "Keep it from happening again: every teacher has the IEP, understands their responsibility, has what they "
            "need (.323(d)). Keep the check-ins as a habit."
        ),
        states=("monitoring", "escalated"),
        skip_states=("agreed",),
        to="resolved",
        asks=(
            ask("outcome", "The outcome"),
            _ask_date("resolved_on", "Since when it works"),
            choose("every_teacher_has_copy", "Does every teacher have a copy?", *YES_NO),
            choose("each_knows_their_part", "Does each know their part?", *YES_NO),
            choose("each_has_what_they_need", "Does each have what they need?", *YES_NO),
            choose("keep_check_ins", "Do the check-ins go on, as a habit?", *YES_NO, required=False),
        ),
        reminders=(Reminder("quiet_check", "Quiet check: is it still happening?", after=30),),
        settles=ALL,
        ends=("check_ins",),
        letters=("thank_you", "new_teacher_handover"),
    ),
    Step(
        name="escalate",
        guidance=(
            "Look at the time limits first. You need hard data: logs, statements, letters in order. Mediation: an "
            "impartial person helps both agree. Due process: a hearing officer decides. State complaint: the SEA "
            "investigates. None requires a lawyer, all require knowing the rules."
        ),
        states=("policy_requested", "team_meeting", "team_contacted"),
        skip_states=_others(OPEN_STATES, "policy_requested", "team_meeting", "team_contacted", "escalated"),
        to="escalated",
        asks=(
            choose("route", "The route", *ROUTES),
            _ask_date("client_decided_on", "When the parent decided"),
            ask("reason", "Why now"),
            choose("spoke_with_counsel", "Did they speak with counsel?", *YES_NO, required=False),
        ),
        reminders=(Reminder("gather_the_data", "Gather data, service logs, statements", after=5),),
        settles=EVERY_LADDER,
        makes=("proceeding",),
        letters=(
            "service_log_request",
            "records_request",
            "mediation_request",
            "state_complaint_checklist",
            "due_process_checklist",
        ),
    ),
    Step(
        name="change_route",
        guidance=("Mediation is open at any time (.506(a)); the SEA sets aside what a hearing will decide (.152(c))."),
        states=("escalated",),
        asks=(
            choose("route", "The route", *ROUTES),
            _ask_date("client_decided_on", "When the parent decided"),
        ),
        makes=("proceeding",),
        letters=("mediation_request", "state_complaint_checklist", "due_process_checklist"),
    ),
    Step(
        name="add_evidence",
        guidance="While it is fresh.",
        states=STATES,
        at_least_one=("observation_ids", "document_ids"),
    ),
    Step(
        name="withdraw",
        guidance="The family withdraws; nothing is deleted.",
        states=OPEN_STATES,
        to="closed",
        asks=(ask("asked_by", "Who asked for it"), ask("reason", "Why")),
        settles=ALL,
        ends=("check_ins",),
    ),
    Step(
        name="close",
        guidance="In a sentence that a stranger understands.",
        states=_others(STATES, "closed"),
        to="closed",
        asks=(
            choose(
                "reason",
                "The reason",
                "decision",
                "settlement",
                "moved",
                "new_iep",
                "aged_out",
                "no_further_action",
                "other",
            ),
            ask("note", "How it ended, in a sentence"),
        ),
        settles=ALL,
        ends=("check_ins",),
    ),
    Step(
        name="reopen",
        guidance="The history stays.",
        states=("unfounded", "closed", "resolved"),
        to={"unfounded": "suspected", "closed": "suspected", "resolved": "verified"},
        asks=(ask("reason", "What happened since"), _ask_date("noticed_on", "When it was noticed")),
        reminders=(
            replace(_ASK_THE_CHILD, in_state="suspected"),
            replace(_TALK_TO_THE_TEACHER, in_state="verified"),
        ),
    ),
)

STEPS: Mapping[str, Step] = {step.name: step for step in _TABLE}


def settled_titles(step: Step) -> tuple[str, ...]:
    """What a step settles, in words: titles of reminders, `ladder <name>`, or `everything`."""
    if step.settles.everything:
        return ("everything",)
    planned = [row for one in (OPENING, *_TABLE) for row in one.reminders if row.key in step.settles.keys]
    return (*dict.fromkeys(row.title for row in planned), *(f"ladder {name}" for name in step.settles.ladders))
