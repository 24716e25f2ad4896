"""What a teacher says is missing becomes a concern with its cause, by the playbook's own steps."""

from typing import Any
from uuid import UUID

from api.case import taken_up
from api.verbs import add, caller, find, now, practice, work
from domain.refusal import FieldError, Invalid
from domain.wall_clock import local_date
from models.case import Case, same_case
from models.communication import Communication
from models.concern import Concern
from models.copy_ledger import LATEST_ANSWER, LATEST_ANSWER_SO_FAR
from models.iep_copy import IepCopy, needs_in_words
from models.iep_version import IepVersion
from models.provision import Provision
from models.reminder import Reminder

SKIPPED = "The teacher named what is missing when acknowledging their copy of the IEP."
AS_WRITTEN = (
    "Whoever is responsible for a part of the IEP has a copy of it, knows that part, and has what it takes (34 CFR 300.323(d))."
)


def concern_of(copy: IepCopy, line: Any, said: dict[str, Any]) -> Concern:
    """Opens it in the member's case, and takes it to where its cause is known: they have been talked to, and said it."""
    needs = said.get("needs") or copy.needs
    if not needs:
        raise _wrong("needs", "Nothing is said to be missing: say here what is.")
    case = taken_up(find(Case, line.case_id, lock=True))
    heard = _heard(copy, said.get("communication_id"), is_theirs="needs" not in said)
    same_case(case, communication_id=heard)
    provision = find(Provision, said["provision_id"]) if said.get("provision_id") else None
    what = f"{line.name} says what is missing: {needs_in_words(needs)}."
    concern, planned = Concern.open(
        case=case,
        practice=practice(),
        by=caller().staff_id,
        now=now(),
        kind=said["kind"],
        what_happened=said.get("what_happened") or what,
        noticed_on=said.get("noticed_on") or local_date(heard.occurred_at, practice().zone),
        provision=provision,
        version=find(IepVersion, provision.iep_version_id) if provision else None,
    )
    # What was still open went on to their later lines: it is one concern.
    same = [line for line in work().all(IepCopy.of_member(copy.team_member_id)) if line.is_unmet and line.needs == copy.needs]
    copy.becomes(concern.id)
    for line in same:
        line.concern_id = concern.id
    add(concern, planned)
    talked = {
        "communication_id": str(heard.id),
        "our_understanding": f"As written: {provision.text}" if provision else AS_WRITTEN,
        "why_we_ask": what,
        "skip_reason": SKIPPED,
    }
    chased = work().all(Communication.open_follow_ups(heard.thread_id))
    _take(concern, case, "talk_to_teacher", talked, done=[], communication=heard, chased=chased)
    named = {"cause": "missing_resource", "teacher_said": heard.summary, "needs": needs}
    _take(concern, case, "name_cause", named, done=["talk_to_teacher"])
    return concern


def _take(
    concern: Concern,
    case: Case,
    step: str,
    facts: dict[str, Any],
    *,
    done: list[str],
    communication: Communication | None = None,
    chased: list[Reminder] | None = None,
) -> None:
    taken = concern.take(
        step,
        facts,
        done=done,
        open_reminders=work().all(concern.open_reminders()),
        communication=communication,
        chased=chased or [],
        case=case,
        practice=practice(),
        by=caller().staff_id,
        now=now(),
    )
    add(taken.step, taken.planned)
    work().flush()


def _heard(copy: IepCopy, named: UUID | None, *, is_theirs: bool) -> Communication:
    """Where they said it, perhaps to an earlier line: nobody is said to have been talked to who was not."""
    if named is None and copy.communication_id is not None:
        found = work().rows(LATEST_ANSWER, communication_id=copy.communication_id)
        named = found[0].id if found else None
    if named is None and is_theirs:
        found = work().rows(LATEST_ANSWER_SO_FAR, team_member_id=copy.team_member_id, id=copy.id)
        named = found[0].id if found else None
    if named is None:
        raise _wrong("communication_id", "They have not answered by the link: record what they said, and name it here.")
    return find(Communication, named)


def _wrong(name: str, detail: str) -> Invalid:
    return Invalid(detail, [FieldError(pointer=f"/{name}", detail=detail)])
