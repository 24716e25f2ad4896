"""The page of the playbook, written from the table: what cannot differ needs no proofreading."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

from domain.fact import Field
from domain.follow_up import LADDERS
from domain.playbook import CAUSES, OPEN_STATES, OPENING, STATES, STEPS, is_open, settled_titles
from domain.questions_for_the_child import questions_by_support
from domain.step import COMMON_FIELDS, SAME, THE_CAUSE, Reminder, Step

WIDTH = 120
_OF_STATES = ("state", "open?", "steps in turn", "out of turn, with a `skip_reason`")
# Ends are possible nearly everywhere, and lines from everywhere are no picture.
ENDS = ("withdraw", "close", "find_unfounded")
NOT_DRAWN = ("unfounded", "closed")
CAUSE = "cause"
_TYPES = {
    "text": "text",
    "date": "date",
    "instant": "instant",
    "uuid": "id",
    "text_list": "list of texts",
    "date_list": "list of dates",
    "uuid_list": "list of ids",
}
_KEEPS = {"wording": "what the wording check finds at that moment, beside the words of the support"}
_MAKES = {
    "observation": "an observation, in the words that were said",
    "check_ins": "the check-ins; one that goes on already, with the same party and as often, goes on",
    "proceeding": "a proceeding of the route, planned, with its deadlines",
}
_ENDS = {"check_ins": "the concern's check-ins"}


def page() -> str:
    """The whole page, in Markdown."""
    parts = [
        _HEAD,
        _diagram(),
        _STATES.format(table=_table(_OF_STATES, map(_state_row, STATES)), expected=_expected()),
        _LADDERS,
        _table(("ladder", "first", "between", "last"), ((f"`{name}`", *titles) for name, titles in LADDERS.items())),
        _CHILD,
        _table(("support", "questions"), _child_rows()),
        _STEPS.format(common="\n".join(f"- `{one.name}` ({_TYPES[one.type]}): {one.label}" for one in COMMON_FIELDS)),
        *map(_step, (OPENING, *STEPS.values())),
    ]
    return "\n\n".join(parts) + "\n"


_HEAD = """# The playbook

What an advocate does when a support of the IEP is not provided, or not as written: from a suspicion to support that is
provided. Nobody is blamed on the way; most of the time it is a misunderstanding, or something is missing.

`GET /api/v1/concerns/{id}` offers the steps of this page as `next_steps`, each with its guidance, what to ask or say, and
the fields of its form; `POST /api/v1/concerns/{id}/steps` takes one. `GET /api/v1/playbook` is this page for programs.

This page is written from the table in `domain/playbook.py`, by `followthrough playbook --write docs/playbook.md`; a test
compares them.

## The usual way

Steps in turn that change the state; a cause is named at the diamond. Steps that are out of turn, that keep the state, and
the ends (`withdraw`, `close`, `find_unfounded`, from which a concern can be reopened) are left out of the picture; the
tables have them all."""

_STATES = """## States

A concern is open in all states but `unfounded`, `resolved` and `closed`. From its first day it shows two dates of the law
as `limits`, for a state complaint and for due process, counted from its earliest dated fact: when it was noticed, since
when a step says that it is so, what was observed for it or named by a step, which session of its support the service log
has as missed. Where an earlier fact comes to light, the limit of its proceedings moves with it. A day that was noted wrongly
is put right by `POST /concerns/{{id}}/correct` ([proceedings](proceedings.md)), in every state.

{table}

{expected}

A step that is in neither column is refused: 409 `step-not-allowed`, with the names of those that are allowed. Of those who
take the same step at the same moment one takes it, and the others are refused: of a step that keeps the state, those who
give the same answers (409 `conflict`)."""

_LADDERS = """## Ladders

A communication to the team or a teacher that awaits a reply plans a ladder of reminders: by the practice's policy, 3, 7
and 10 follow-up days after it unless the practice, the case or the communication says otherwise, at 09:00 in the
practice's zone. Follow-up days are Monday to Friday without federal holidays, the state holidays that the practice entered,
and days on which its school calendar says that nobody is there. With a policy of another length, the first title stands
once, the last where it proposes to escalate, and the middle one fills what is between."""

_CHILD = """## Questions for the child

Open, about today or this week, one or two at a time, as part of “how was your day”; stop when the child tires. Never “your
teacher does not do it, does she?” Which of them fit, the words of the support say; `prompts` of the steps `ask_child` and
`check_in` have them."""

_STEPS = """## Steps

Every step takes, besides its own fields:

{common}
- `skip_reason` (text), required out of turn

Observations and documents are of the same case. A step that asks for `communication_id` takes a `communication`
instead, which is then recorded in the same transaction. A step settles first, then plans. Reminders of a deadline are
settled by no step: what the law's calendar says stays. `notices` in the answer say where an answer and what is on
record do not go together; they refuse nothing."""


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {OPENING.states[0]}: {OPENING.name}"]
    edges: dict[tuple[str, str], list[str]] = {}
    for step in STEPS.values():
        if step.to == SAME or step.name in ENDS:
            continue
        lands = step.lands()
        for state in step.states:
            if state in NOT_DRAWN:
                continue
            to = CAUSE if step.to == THE_CAUSE else lands[state]
            if not (to == CAUSE and state in CAUSES):
                edges.setdefault((state, to), []).append(step.name)
    drawn = [(to, f"    {state} --> {to}: {', '.join(names)}") for (state, to), names in edges.items()]
    at = next(number for number, (to, _) in enumerate(drawn) if to == CAUSE)
    # What is told first is drawn above.
    lines += [line for _, line in drawn[:at]] + [f"    state {CAUSE} <<choice>>"]
    lines += [drawn[at][1], *(f"    {CAUSE} --> {cause}" for cause in CAUSES)] + [line for _, line in drawn[at + 1 :]]
    return "\n".join([*lines, "    resolved --> [*]", "```"])


def _expected() -> str:
    rows = [
        f"`{step.name}` unless {_joined(step.expects)} came before" + (f", since the last `{step.since}`" if step.since else "")
        for step in STEPS.values()
        if step.expects
    ]
    return _wrapped(
        f"Besides, a `skip_reason` is needed for {'; and for '.join(rows)}. What was done before a `reopen` counts."
    )


def _state_row(state: str) -> tuple[str, ...]:
    in_turn = [step.name for step in STEPS.values() if state in step.states]
    skipped = [step.name for step in STEPS.values() if state in step.skip_states]
    return f"`{state}`", "yes" if is_open(state) else "no", _names(in_turn), _names(skipped) or "–"


def _child_rows() -> list[tuple[str, str]]:
    return [(label, " ".join(f"“{one}”" for one in prompts)) for label, prompts in questions_by_support().values()]


def _step(step: Step) -> str:
    title = "Opening a concern" if step is OPENING else f"`{step.name}`"
    facts = "\n".join(_wrapped(f"- {line}", "  ") for line in _facts(step))
    parts = [f"### {title}", _wrapped(f"> {step.guidance}", "> "), facts]
    if step.prompts:
        parts.append("What to say:\n\n" + "\n".join(_wrapped(f"- “{prompt}”", "  ") for prompt in step.prompts))
    if step.asks:
        parts.append(_table(("asks for", "what", "kind"), map(_field_row, step.asks)))
    return "\n\n".join(parts)


def _facts(step: Step) -> Iterable[str]:
    if step is OPENING:
        yield "from: nothing, by `POST /api/v1/concerns`"
        yield f"to: `{OPENING.states[0]}`"
    else:
        yield f"from: {_states(step.states)}"
        if step.skip_states:
            yield f"out of turn from: {_states(step.skip_states)}"
        yield f"to: {_to(step)}"
    if step.expects:
        yield f"expects before it: {_names(step.expects)}" + (f", since the last `{step.since}`" if step.since else "")
    if step.parties:
        yield f"its communication is with: the {' or the '.join(step.parties)}{', in writing' if step.in_writing else ''}"
    if step.at_least_one:
        yield f"at least one of: {_names(step.at_least_one)}"
    if step.keeps:
        yield f"keeps: {'; '.join(_KEEPS[name] for name in step.keeps)}"
    if step.makes:
        yield f"makes: {'; '.join(_MAKES[name] for name in step.makes)}"
    if settled := _settled(step):
        yield f"settles: {settled}"
    if step.ends:
        kept = ", unless `keep_check_ins` is `yes`" if any(field.name == "keep_check_ins" for field in step.asks) else ""
        yield f"ends: {'; '.join(_ENDS[name] for name in step.ends)}{kept}"
    if planned := [_planned(row) for row in step.reminders]:
        yield f"plans: {'; '.join(planned)}"
    if step.ladder:
        yield f"plans: the ladder `{step.ladder}`, if its communication awaits a reply"
    if step.letters:
        yield f"letters that fit: {_names(step.letters)}"


def _settled(step: Step) -> str:
    titles = settled_titles(step)
    if titles == ("everything",):
        return "everything that is open for the concern"
    ladders = [title.removeprefix("ladder ") for title in titles if title.startswith("ladder ")]
    if set(ladders) == set(LADDERS):
        return "every ladder"
    said = [f"“{title}”" for title in titles if not title.startswith("ladder ")]
    return "; ".join([*said, *(f"the ladder `{name}`" for name in ladders)])


def _planned(row: Reminder) -> str:
    if row.each:
        return f"“{row.title}”, for each of `{row.each}`, at 09:00 on its date"
    when = f", when `{row.when[0]}` is `{row.when[1]}`" if row.when else ""
    when += f", when the concern comes to `{row.in_state}`" if row.in_state else ""
    if row.on:
        return f"“{row.title}”, at 09:00 on the date in `{row.on}`{when}"
    return f"“{row.title}”, {row.after} follow-up {'day' if row.after == 1 else 'days'} later{when}"


def _to(step: Step) -> str:
    if step.to == SAME:
        return "the same state"
    if step.to == THE_CAUSE:
        return f"the cause that is named: {_names(CAUSES)}"
    if isinstance(step.to, str):
        return f"`{step.to}`"
    return "; ".join(f"`{to}` from `{state}`" for state, to in step.to.items())


def _states(states: Sequence[str]) -> str:
    for every, said in ((OPEN_STATES, "every open state"), (STATES, "every state")):
        left_out = [state for state in every if state not in states]
        if set(states) <= set(every) and len(left_out) <= 4 and len(left_out) < len(states):
            return f"{said} but {_names(left_out)}" if left_out else said
    return _names(states)


def _field_row(field: Field) -> tuple[str, str, str]:
    needed = "required" if field.required else "optional"
    when = " when `{}` is `{}`".format(*field.when) if field.when else ""
    return f"`{field.name}`", field.label, f"{needed}{when}; {_type(field)}"


def _type(field: Field) -> str:
    if field.type == "choice":
        return f"one of {_names(field.choices)}"
    if field.type != "objects":
        return _TYPES[field.type]
    return "list of objects: " + "; ".join(f"`{one.name}` ({_inner(one)})" for one in field.fields)


def _inner(field: Field) -> str:
    when = " when `{}` is `{}`".format(*field.when) if field.when else ""
    return _type(field) + ("" if field.required else f", optional{when}")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _joined(names: Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("|" + "|".join(cells) + "|" if cells[0] == "---" else f"| {' | '.join(cells)} |" for cells in lines)


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))
