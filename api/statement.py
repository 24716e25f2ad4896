"""Statements: who is asked by a link to write what they know, and what they signed."""

from typing import Any
from uuid import UUID

from api.case import taken_up
from api.doors import StaffDoor
from api.limits import count_with_the_work
from api.verbs import add, caller, find, links, now, practice, work
from domain import child_named, follow_up
from domain.email_address import identity
from domain.party import party_of
from domain.refusal import FieldError, Invalid
from domain.statement import last_day
from models.case import Case, CaseClosed, same_case
from models.client import Client
from models.communication import Communication
from models.concern import Concern
from models.iep_version import IepVersion, same_student
from models.link import hash_of
from models.message import Message
from models.provision import Provision
from models.reminder import Reminder
from models.staff import Staff
from models.statement import LAST_MAIL, STATEMENT, STATEMENTS, Statement
from models.student import Student, clients_of
from models.team_member import TeamMember
from models.throttle import STATEMENT_MAIL_IN_A_DAY
from schemas.statement import AskAgainSchema, NewStatementSchema, StatementQuery, StatementSchema
from schemas.withdrawn import WithdrawSchema

CASE_CLOSED = "This case is closed: nobody is asked in it."
REMINDER_KEY, REMINDER = "statement", "No statement yet: ask again?"
WITHDRAWN = "statement_withdrawn"

statements = StaffDoor(
    "statements",
    __name__,
    "/statements",
    description="What teachers, therapists, parents and others wrote and signed by a link.",
)


@statements.route("")
@statements.listing(STATEMENTS, StatementSchema, StatementQuery)
def list_statements() -> None:
    """Statements

    Newest first, by case, concern, provision, party or state, each with all that was signed.
    """


@statements.route("", methods=["POST"], problems=["rate-limited", "case-closed"])
@statements.arguments(NewStatementSchema)
@statements.response(201, StatementSchema)
def ask_for_statement(said: dict[str, Any]) -> Any:
    """Ask for a statement

    By a mail with a link, which opens without an account: what is asked stands behind it, and of the child the initials alone.
    It is recorded as a communication that awaits a reply. Who speaks for the school is chased as with any other question; of
    anybody else, one reminder asks whether to ask again.

    409 in a closed case. To one address 20 in 24 hours.
    """
    case = find(Case, said.pop("case_id"), lock=True)
    member_id, client_id = said.pop("team_member_id", None), said.pop("client_id", None)
    member = find(TeamMember, member_id) if member_id else None
    concern = find(Concern, said["concern_id"]) if said.get("concern_id") else None
    same_case(case, concern_id=concern, team_member_id=member)
    if said.get("provision_id"):
        same_student(case, find(IepVersion, find(Provision, said["provision_id"]).iep_version_id))
    named = member or (_of_family(case, client_id) if client_id else None)
    _must_be_asked_as_who_they_are(said["party"], member, is_of_family=client_id is not None)
    named_as = said.get("name")
    for name in ("name", "email"):
        said.setdefault(name, getattr(named, name, None))
        if not said[name]:
            detail = f"Say their {'e-mail address' if name == 'email' else name}, or name somebody who has one here."
            raise Invalid(detail, [FieldError(pointer=f"/{name}", detail=detail)])
    _must_name_no_child(case, named_as, said.get("question") or "")
    language = said.pop("language", practice().language)
    statement = Statement.ask(case_id=case.id, by=caller().staff_id, language=language, now=now(), zone=practice().zone, **said)
    statement.link_hash = hash_of(links().token("statements", work().practice_id, statement.id))
    asked = _asked(statement, case, concern, member, before=None)
    statement.communication_id = asked.id
    add(statement)
    return read(statement)


@statements.route("/<uuid:statement_id>")
@statements.response(200, StatementSchema)
def show_statement(statement_id: UUID) -> Any:
    """A statement

    What was asked, how it stands, and all that was signed.
    """
    return read(find(Statement, statement_id))


@statements.route("/<uuid:statement_id>/ask-again", methods=["POST"], problems=["rate-limited", "case-closed"])
@statements.arguments(AskAgainSchema)
@statements.response(200, StatementSchema)
def ask_again_for_statement(said: dict[str, Any], statement_id: UUID) -> Any:
    """Ask for a statement again

    By the same link, which works on from now, also where it had expired. 409 within 24 hours of the mail before, unless that
    one did not go out; and of what is signed or withdrawn. No clock that runs is restarted.
    """
    statement = find(Statement, statement_id)
    case = find(Case, statement.case_id, lock=True)
    mails = work().rows(LAST_MAIL, occasion=statement.occasion)
    statement.ask_again(
        read(statement).state,
        now=now(),
        zone=practice().zone,
        has_reached_them=not any(mail.state in ("withdrawn", "failed") for mail in mails),
        **said,
    )
    assert statement.communication_id is not None, "who is asked is asked by a mail"
    before = find(Communication, statement.communication_id)
    member = find(TeamMember, before.team_member_ids[0]) if before.team_member_ids else None
    concern = find(Concern, statement.concern_id) if statement.concern_id else None
    statement.communication_id = _asked(statement, case, concern, member, before=before).id
    return read(statement)


@statements.route("/<uuid:statement_id>/withdraw", methods=["POST"], role="advocate")
@statements.arguments(WithdrawSchema)
@statements.response(200, StatementSchema)
def withdraw_statement(said: dict[str, Any], statement_id: UUID) -> Any:
    """Withdraw a statement

    Its link is dead from now on, a mail that waits is not sent, and nobody is chased. What was signed stays as it is.
    """
    statement = find(Statement, statement_id)
    statement.withdraw(by=caller().staff_id, because=said["because"], now=now())
    assert statement.communication_id is not None, "who is asked is asked by a mail"
    assert statement.link_hash is not None, "and gets a link"
    for reminder in work().all(Communication.open_follow_ups(find(Communication, statement.communication_id).thread_id)):
        reminder.cancel(by=caller().staff_id, now=now(), reason=WITHDRAWN)
    work().execute(Message.withdraw("statements", [statement.link_hash]))
    return read(statement)


def read(statement: Statement) -> Any:
    """The statement as it is read, after what was changed."""
    work().flush()
    return work().rows(STATEMENT, id=statement.id)[0]


def _asked(
    statement: Statement, case: Case, concern: Concern | None, member: TeamMember | None, *, before: Communication | None
) -> Communication:
    """The mail, on record as what it is, with what chases an answer."""
    if case.state == "closed":
        raise CaseClosed(CASE_CLOSED)
    asked = Communication.record(
        case=case,
        by=caller().staff_id,
        in_reply_to=before,
        concern=concern,
        direction="outbound",
        channel="email",
        party=_party(statement, case, member),
        occurred_at=now(),
        subject="A statement",
        summary=f"Asked {statement.name}, by a link, to write and sign a statement:\n\n{statement.question}",
        awaiting_reply=True,
    )
    chased = work().all(Communication.open_follow_ups(asked.thread_id)) if before else []
    planned = asked.follow_ups(case=taken_up(case), practice=practice(), now=now(), asked_already=chased)
    if not asked.is_chased and not chased:
        planned = [_reminder(asked, case)]
    count_with_the_work((STATEMENT_MAIL_IN_A_DAY, identity(statement.email)))
    add(asked, asked.between(case, [member] if member else []), planned, _mail(statement, asked, is_again=before is not None))
    return asked


def _party(statement: Statement, case: Case, member: TeamMember | None) -> str:
    """As whom they are asked: the family is never the school; of the school's people, their role says it where the party does
    not."""
    if any(identity(client.email) == identity(statement.email) for client in work().all(clients_of(case))):
        return "client"
    return party_of([member.role]) if member and statement.party == "other" else statement.speaks_as


def _reminder(asked: Communication, case: Case) -> Reminder:
    """Whose silence is nobody's fault is chased on no ladder; that it is not forgotten, a reminder sees to."""
    policy = practice().policy.but(case.follow_up_policy)
    due_at = follow_up.after(policy.offsets[0], now(), practice().zone, practice().calendar, practice().holidays, policy)
    return Reminder.plan(
        case_id=case.id,
        concern_id=asked.concern_id,
        communication_id=asked.id,
        assignee_id=case.advocate_id,
        key=REMINDER_KEY,
        title=REMINDER,
        due_at=due_at,
    )


def _mail(statement: Statement, asked: Communication, *, is_again: bool) -> Message:
    asks = find(Staff, caller().staff_id)
    assert statement.link_hash is not None, "who is asked has a link"
    message = Message.write(
        "statement_request",
        to=statement.email,
        now=now(),
        practice=practice(),
        facts={
            "name": statement.name,
            "party": statement.party,
            "is_again": is_again,
            "until": last_day(statement.expires_at, practice().zone),
            "staff": {"name": asks.name, "email": asks.email},
        },
        occasion=f"statement:{statement.id}:{asked.id}",
        link=("statements", statement.id, statement.link_hash),
        language=statement.language,
        communication_id=asked.id,
    )
    # Nobody is sent a link that leads nowhere any more.
    message.useless_at = statement.expires_at
    return message


def _of_family(case: Case, client_id: UUID) -> Client:
    client = find(Client, client_id)
    if client.id not in [one.id for one in work().all(clients_of(case))]:
        detail = "They are not of the family of this case."
        raise Invalid(detail, [FieldError(pointer="/client_id", detail=detail)])
    return client


def _must_be_asked_as_who_they_are(party: str, member: TeamMember | None, *, is_of_family: bool) -> None:
    """A parent reads of "your child", who works with the child of "a student"."""
    is_of_school = member is not None and member.role != "other"
    if (party == "parent" and is_of_school) or (party in ("teacher", "therapist") and is_of_family):
        detail = f"They are not here as {party}: say who they are, or other."
        raise Invalid(detail, [FieldError(pointer="/party", detail=detail)])


def _must_name_no_child(case: Case, name: str | None, question: str) -> None:
    """Neither in the question nor in how somebody is called here, with which a mail begins; a name of the record is theirs."""
    student = find(Student, case.student_id)
    said = {
        "question": child_named.named(question, student.name, student.disabilities),
        "name": child_named.named_in(name, student.name) if name else [],
    }
    why = "Of a child, a mail and its link tell the initials at most, and this names the child: {}."
    errors = [FieldError(pointer=f"/{place}", detail=why.format(", ".join(named))) for place, named in said.items() if named]
    if errors:
        raise Invalid(errors[0]["detail"], errors)
