"""The words of a letter, filled from the case: what is known of it, and which template says it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from api.verbs import caller, find, now, practice, work
from domain import child_named
from domain.calendar import NoSuchDay
from domain.letter_case import Filed, LetterCase, Person, Version
from domain.letters import LetterTemplate, joined, template
from domain.party import is_asked
from domain.refusal import FieldError, Invalid
from domain.wall_clock import local_date
from mail.paper import Filled, Wording, WordingRefused, filled, labels, standard
from models.case import Case, same_case
from models.client import Client
from models.concern import HISTORY, Concern
from models.iep_version import IepVersion, same_student
from models.letter import IEP_IN_FORCE, OWN_WORDINGS, PRESENT_MEMBERS, SAME_SUPPORT, Letter, latest_facts
from models.practice import Practice
from models.proceeding import Proceeding
from models.provision import PROVISIONS_OF, Provision
from models.staff import Staff
from models.student import Student
from models.team_member import TeamMember

MOST_SUPPORTS = 12
# Of those of a party who are there, where a letter names nobody.
MOST_UNNAMED = 8


def written(said: dict[str, Any]) -> Letter:
    """A draft of what was asked for."""
    asked = template(said["template"])
    case = find(Case, said["case_id"])
    concern = find(Concern, said["concern_id"]) if said.get("concern_id") else None
    proceeding = find(Proceeding, said["proceeding_id"]) if said.get("proceeding_id") else None
    same_case(case, concern_id=concern, proceeding_id=proceeding)
    provision = _support(case, said.get("provision_id"), concern)
    party = _party(asked, said)
    firm, client = practice(), find(Client, case.client_id)
    language = said.get("language") or (firm.language if party == "client" else "en")
    dated_on = said.get("dated_on") or local_date(now(), firm.zone)
    reply_by_on = said["reply_by_on"] if "reply_by_on" in said else _reply_by(asked, dated_on, firm)
    addressees = _addressees(case, client, party, said)
    copies = people(case, said["copies"], "/copies") if "copies" in said else [] if party == "client" else [_of_client(client)]
    letter = Letter.draft(
        case_id=case.id,
        concern_id=concern.id if concern else None,
        proceeding_id=proceeding.id if proceeding else None,
        provision_id=provision.id if provision else None,
        created_by_id=caller().staff_id,
        template=asked.name,
        language=language,
        party=party,
        addressees=addressees,
        copies=copies,
        facts={},
        subject="",
        body="",
        blanks=[],
        dated_on=dated_on,
        reply_by_on=reply_by_on,
    )
    given = asked.checked(said.get("facts") or {})
    letter.facts = {**asked.known_from(_history(letter)), **given}
    text = words_of(letter)
    letter.subject, letter.body, letter.blanks = text.subject, text.body, list(text.blanks)
    return letter


def filled_anew(letter: Letter) -> None:
    """The text of its template again, after its dates or addressees have changed."""
    text = words_of(letter)
    letter.fill(text.subject, text.body, text.blanks)


def words_of(letter: Letter, wording: Wording | None = None) -> Filled:
    """The words of a letter. Raises `Invalid` where those of the practice do not fit this case."""
    asked = template(letter.template)
    given = wording or in_use(letter.template, letter.language)
    variables = _known_case(letter).variables(asked, letter.facts, letter.language)
    try:
        text = filled(given, variables)
    except WordingRefused as wrong:
        if wording is not None:
            raise
        details = [FieldError(pointer="/template", detail=error["detail"]) for error in wrong.errors]
        raise Invalid("This letter cannot be written with the words that its template has.", details) from None
    student = find(Student, find(Case, letter.case_id).student_id)
    if child_named.named(text.subject, student.name, student.disabilities):
        detail = "Its subject would name the child."
        pointer = "/subject" if wording else "/template"
        raise Invalid(detail, [FieldError(pointer=pointer, detail=detail)])
    return text


def in_use(name: str, language: str) -> Wording:
    """The practice's own words of a template, or ours."""
    own = [row for row in work().rows(OWN_WORDINGS) if (row.template, row.language) == (name, language)]
    return Wording(own[0].subject, own[0].body) if own else standard(name, language)


def can_be_blank(letter: Letter) -> set[str]:
    """The labels of what its template leaves open where nobody knows it, in the practice's words and in ours."""
    template_of = (letter.template, letter.language)
    return {*labels(in_use(*template_of)), *labels(standard(*template_of))}


def people(case: Case, given: Sequence[Mapping[str, Any]], pointer: str) -> list[dict[str, Any]]:
    """People who were named; where they are said to be of the team, or a client, they are of this case."""
    found = []
    for number, one in enumerate(given):
        if one.get("team_member_id"):
            same_case(case, **{f"{pointer.strip('/')}/{number}/team_member_id": find(TeamMember, UUID(one["team_member_id"]))})
        if one.get("client_id"):
            client_id = find(Client, UUID(one["client_id"])).id
            if client_id not in (case.client_id, *find(Student, case.student_id).client_ids):
                detail = "This client is of another case."
                raise Invalid(detail, [FieldError(pointer=f"{pointer}/{number}/client_id", detail=detail)])
        found.append({name: value for name, value in one.items() if value not in (None, [])})
    return found


def known(one: Mapping[str, Any]) -> Person:
    return Person(one["name"], one.get("role"))


def _reply_by(asked: LetterTemplate, dated_on: date, firm: Practice) -> date:
    try:
        return asked.reply_by(dated_on, firm.holidays)
    except NoSuchDay as none:
        raise Invalid(str(none), [FieldError(pointer="/dated_on", detail=str(none))]) from None


def _party(asked: LetterTemplate, said: Mapping[str, Any]) -> str:
    to_client_alone = said.get("to_client") and not said.get("team_member_ids") and "client" in asked.parties
    party = str(said.get("party") or ("client" if to_client_alone else asked.parties[0]))
    if party not in asked.parties:
        detail = f"This letter goes to: {', '.join(asked.parties)}."
        raise Invalid(detail, [FieldError(pointer="/party", detail=detail)])
    return party


def _support(case: Case, named: UUID | None, concern: Concern | None) -> Provision | None:
    """The support that a letter is about: as it was named, else the concern's."""
    provision_id = named or (concern.provision_id if concern else None)
    if provision_id is None:
        return None
    provision = find(Provision, provision_id)
    same_student(case, find(IepVersion, provision.iep_version_id))
    return provision


def _addressees(case: Case, client: Client, party: str, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those who were named; if nobody was, those of the party who are there."""
    members = [find(TeamMember, member_id) for member_id in said.get("team_member_ids", ())]
    same_case(case, **{f"team_member_ids/{number}": member for number, member in enumerate(members)})
    today = local_date(now(), practice().zone)
    gone = [number for number, member in enumerate(members) if member.is_gone(today)]
    if gone:
        raise Invalid(
            "Somebody has left.", [FieldError(pointer=f"/team_member_ids/{one}", detail="They have left.") for one in gone]
        )
    named = people(case, said.get("addressees", ()), "/addressees")
    to_client = said.get("to_client") or (party == "client" and not members and not named)
    if not (members or named or to_client):
        present = work().rows(PRESENT_MEMBERS, case_id=case.id)
        members = [member for member in present if is_asked(party, member.role)][:MOST_UNNAMED]
    school = find(Student, case.student_id).school
    of_team = [
        {
            "name": member.name,
            "role": member.role,
            "team_member_id": str(member.id),
            **({"lines": [school[:120]]} if school else {}),
        }
        for member in members
    ]
    return [*of_team, *named, *([_of_client(client)] if to_client else [])]


def _of_client(client: Client) -> dict[str, Any]:
    return {"name": client.name, "role": "parent", "client_id": str(client.id)}


def _known_case(letter: Letter) -> LetterCase:
    case = find(Case, letter.case_id)
    student, client, sender = find(Student, case.student_id), find(Client, case.client_id), find(Staff, letter.created_by_id)
    concern = find(Concern, letter.concern_id) if letter.concern_id else None
    proceeding = find(Proceeding, letter.proceeding_id) if letter.proceeding_id else None
    firm, (version, support) = practice(), _iep(case, letter.provision_id)
    return LetterCase(
        party=letter.party,
        dated_on=letter.dated_on,
        reply_by_on=letter.reply_by_on,
        practice={
            "name": firm.name,
            "address": ", ".join((firm.address or "").splitlines()) or None,
            "phone": firm.phone,
            "website": firm.website,
        },
        sender={"name": sender.name, "email": sender.email},
        addressees=[known(one) for one in letter.addressees],
        copies=[known(one) for one in letter.copies],
        student={name: getattr(student, name) for name in ("name", "grade", "school", "district")},
        parents=[client.name],
        iep=version,
        support=support.text if support else None,
        what_happened=concern.what_happened if concern else None,
        noticed_on=concern.noticed_on if concern else None,
        proceeding=Filed(proceeding.kind, proceeding.filed_on, proceeding.reference) if proceeding else None,
    )


def _iep(case: Case, provision_id: UUID | None) -> tuple[Version | None, Any]:
    """The IEP in force and the support as it stands there; where it stands there no longer, or nothing is in force, as it
    stood in the version in which it was named."""
    in_force: Any = next(iter(work().rows(IEP_IN_FORCE, student_id=case.student_id)), None)
    if provision_id is None:
        return (_version(in_force, None), None) if in_force else (None, None)
    provision: Any = find(Provision, provision_id)
    if in_force and provision.support_id:
        same = work().rows(SAME_SUPPORT, iep_version_id=in_force.id, support_id=provision.support_id)
        if same:
            return _version(in_force, same[0]), same[0]
    return _version(find(IepVersion, provision.iep_version_id), provision), provision


def _version(version: Any, support: Any) -> Version:
    source = support.source if support is not None else None
    return Version(version.number, version.effective_from, (source or {}).get("page"))


def _history(letter: Letter) -> dict[str, Mapping[str, Any]]:
    """What is on record already: by the concern's steps, by the complaint, and by the case itself."""
    case = find(Case, letter.case_id)
    history = _steps(letter, find(Concern, letter.concern_id)) if letter.concern_id else {}
    if letter.proceeding_id:
        proceeding = find(Proceeding, letter.proceeding_id)
        history["complaint"] = {**proceeding.complaint, "since_on": proceeding.facts.get("since_on")}
    student, client = find(Student, case.student_id), find(Client, case.client_id)
    _, support = _iep(case, letter.provision_id)
    history["case"] = {
        "addressees": joined([one["name"] for one in letter.addressees], letter.language),
        "sender": find(Staff, letter.created_by_id).name,
        "school": student.school,
        "district": student.district,
        "parent_contact": ", ".join(filter(None, (client.name, client.email, client.phone))),
        "support": support.text if support else None,
        "supports": _supports(case) if letter.template == "new_teacher_handover" else None,
    }
    return history


def _steps(letter: Letter, concern: Concern) -> dict[str, Mapping[str, Any]]:
    zone = practice().zone
    found: dict[str, Mapping[str, Any]] = {
        step: {**facts, "occurred_on": local_date(facts["occurred_at"], zone).isoformat()}
        for step, facts in latest_facts(work().rows(HISTORY, concern_id=concern.id)).items()
    }
    found["open"] = {"what_happened": concern.what_happened, "noticed_on": concern.noticed_on.isoformat()}
    agreed = found.get("agree_fix")
    if agreed and agreed.get("fix") == "resource":
        brings = {"what": agreed["what"], "who": find(TeamMember, UUID(agreed["owner_id"])).name, "by": agreed["by_on"]}
        found["agree_fix"] = {**agreed, "agreed": [brings]}
    return found


def _supports(case: Case) -> list[str] | None:
    """What the IEP in force gives day by day: goals are for those who measure them."""
    in_force = next(iter(work().rows(IEP_IN_FORCE, student_id=case.student_id)), None)
    rows = work().rows(PROVISIONS_OF, iep_version_id=in_force.id) if in_force else []
    return [row.text for row in rows if row.kind != "goal"][:MOST_SUPPORTS] or None
