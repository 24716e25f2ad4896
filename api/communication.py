"""Communications: what was said, what has to follow, and mail that is sent out of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.case import inbound_address_of, taken_up
from api.doors import StaffDoor
from api.limits import count_with_the_work
from api.verbs import add, caller, find, links, now, practice, work
from domain import child_named
from domain.email_address import identity
from domain.party import is_asked, must_be_addressed
from domain.refusal import FieldError, Invalid
from domain.wall_clock import local_date
from mail import case_mail
from models import delivery
from models.case import Case, CaseClosed, same_case
from models.client import Client
from models.communication import ANSWERED, COMMUNICATIONS, Communication
from models.communication_thread import MAIL_OF, MAILS_OF_THREAD
from models.concern import Concern
from models.document import Document
from models.letter import Letter
from models.message import Message
from models.reminder import Reminder
from models.staff import Staff
from models.student import Student, clients_of
from models.team_member import TeamMember
from models.throttle import CASE_MAIL_IN_A_DAY, CASE_MAIL_OF_PRACTICE
from schemas.communication import CommunicationQuery, CommunicationSchema, RecordedSchema, SendingSchema

communications = StaffDoor(
    "communications", __name__, "/communications", description="What was said to or by the school or the family."
)


@communications.route("")
@communications.listing(COMMUNICATIONS, CommunicationSchema, CommunicationQuery)
def list_communications() -> None:
    """Communications

    The latest recorded first; by case, concern, thread, letter, member of the team, party, direction, channel, or time.
    """


@communications.route("", methods=["POST"])
@communications.arguments(CommunicationSchema)
@communications.response(201, RecordedSchema)
def record_communication(said: dict[str, Any]) -> dict[str, Any]:
    """Record what was said to or by the school

    Plans follow-ups, or settles those that it answers. A correction (`corrects_id`) plans and settles only what the corrected
    one did not: where that awaits a reply and this does not, what chased it is settled; dates that were planned stay. What was
    corrected already is corrected at its correction (409).
    """
    # Who replies or corrects holds the case: of two that do so at once, the second sees what the first has done.
    # And so does who asks: what is planned when somebody closes the case is all that rests.
    lock = any(said.get(name) is not None for name in ("in_reply_to", "corrects_id"))
    case = find(Case, said.pop("case_id"), lock=lock or said["awaiting_reply"])
    concern_id = said.pop("concern_id", None)
    concern = find(Concern, concern_id) if concern_id else None
    communication, rows = recorded(case, concern, said)
    chased = work().all(Communication.open_follow_ups(communication.thread_id)) if lock else []
    settled = communication.settle(chased, by=caller().staff_id, now=now())
    planned: list[Reminder] = []
    corrects = find(Communication, communication.corrects_id) if communication.corrects_id else None
    if corrects is None or not (corrects.is_chased or work().rows(ANSWERED, id=communication.thread_id)):
        planned = _follow_ups(communication, case, chased)
    elif not communication.is_chased:
        settled += _stop(corrects, chased)
    add(communication, rows, planned)
    if corrects:
        # What it asks may be what a mail asked that did not arrive, or no question any more that did.
        delivery.follow(work(), case, communication.thread_id)
    return {**vars(communication), "reminders": [*settled, *planned]}


@communications.route("/send", methods=["POST"], problems=["rate-limited", "case-closed"])
@communications.arguments(SendingSchema)
@communications.response(201, RecordedSchema)
def send_communication(said: dict[str, Any]) -> dict[str, Any]:
    """Send a mail from a case

    To members of the IEP team, to the client, or to both, in one mail: each sees who else gets it. It is on record as what it
    is, an outbound e-mail, and follow-ups are planned if it awaits a reply; `delivery` says what becomes of it. Answers come
    back to the address of the case where mail can come in, else to who is responsible.

    422 for addressees without an address or who have left; for a mail to `team`, `teacher` or `client` that goes to none of
    them (`teacher` is whoever teaches or gives a service; a parent is never the school); for more than 20 MiB of documents, and
    for a subject with the full name of the child, a part of it of three letters or more, or a disability of theirs, however it
    is written; a part that is a word of the language too ("will") passes without capitals. Nothing is sent from a closed case
    (409). To one address 50 in 24 hours, from one practice 1000.
    """
    case = find(Case, said.pop("case_id"), lock=True)
    if case.state == "closed":
        raise CaseClosed("This case is closed: nothing is sent from it.")
    concern_id = said.pop("concern_id", None)
    concern = find(Concern, concern_id) if concern_id else None
    to = _addressees(case, said["party"], said["team_member_ids"], to_client=said.pop("to_client"))
    _must_name_no_child(case, said["subject"])
    letter = find(Letter, said["letter_id"]) if said.get("letter_id") else None
    if letter:
        letter.must_be_final()
        said["document_ids"] = list(dict.fromkeys([letter.document_id, *said["document_ids"]]))
        said.setdefault("awaiting_reply", letter.awaits_reply)
    written = {"direction": "outbound", "channel": "email", "occurred_at": now(), "summary": said.pop("text")}
    communication, rows = recorded(case, concern, {"awaiting_reply": False, **said, **written})
    documents = [find(Document, document_id) for document_id in communication.document_ids]
    _must_fit(documents)
    chased = work().all(Communication.open_follow_ups(communication.thread_id)) if communication.in_reply_to else []
    planned = _follow_ups(communication, case, chased)
    messages = _messages(communication, case, to, documents)
    count_with_the_work(
        *((CASE_MAIL_IN_A_DAY, identity(message.to_address)) for message in messages),
        *[(CASE_MAIL_OF_PRACTICE, str(work().practice_id))] * len(messages),
    )
    add(communication, rows, planned, messages)
    communication.delivery = "queued"
    communication.deliveries = [
        {"message_id": one.id, "to": one.to_address, "state": one.state, "last_error": None, "bounce": None} for one in messages
    ]
    return {**vars(communication), "reminders": planned}


@communications.route("/<uuid:communication_id>")
@communications.response(200, CommunicationSchema)
def show_communication(communication_id: UUID) -> Communication:
    """A communication

    As it was recorded; it is not rewritten. `corrected_by_id` names what corrected it, `delivery` what became of it as a mail.
    """
    return find(Communication, communication_id)


def recorded(case: Case, concern: Concern | None, said: dict[str, Any]) -> tuple[Communication, list[Any]]:
    """A communication of the case, and the rows that come with it: who took part, what was attached; everything that it names
    is looked up."""
    answered, corrected = said.pop("in_reply_to", None), said.pop("corrects_id", None)
    members = [find(TeamMember, member_id) for member_id in dict.fromkeys(said.pop("team_member_ids", ()))]
    documents = [find(Document, document_id) for document_id in dict.fromkeys(said.pop("document_ids", ()))]
    if said.get("letter_id"):
        letter = find(Letter, said["letter_id"])
        same_case(case, letter_id=letter)
        letter.must_be_final()
    communication = Communication.record(
        case=case,
        by=caller().staff_id,
        in_reply_to=find(Communication, answered) if answered else None,
        concern=concern,
        corrects=find(Communication, corrected) if corrected else None,
        **said,
    )
    return communication, [*communication.between(case, members), *communication.attach(case, documents)]


def _follow_ups(communication: Communication, case: Case, chased: Sequence[Reminder]) -> list[Reminder]:
    """What chases an answer; of a letter, on the ladder of its kind."""
    letter = find(Letter, communication.letter_id) if communication.letter_id else None
    return communication.follow_ups(
        case=taken_up(case),
        practice=practice(),
        now=now(),
        asked_already=chased,
        ladder=letter.ladder if letter else None,
    )


def _stop(corrected: Communication | None, chased: Sequence[Reminder]) -> list[Reminder]:
    """Settles what chases a communication that awaits no reply after all, or what that one corrected before."""
    stopped = []
    while corrected is not None:
        for reminder in (one for one in chased if one.communication_id == corrected.id):
            reminder.settle(by=caller().staff_id, now=now(), reason="corrected")
            stopped.append(reminder)
        corrected = find(Communication, corrected.corrects_id) if corrected.corrects_id else None
    return stopped


@dataclass
class Addressee:
    """Whom a mail goes to; whether they are asked something in it, or get a copy of it."""

    name: str
    email: str
    is_asked: bool


def _addressees(case: Case, party: str, member_ids: Sequence[UUID], *, to_client: bool) -> list[Addressee]:
    """Whom a mail goes to, each address once. Raises `Invalid`, which names who cannot be written to, or is not among them."""
    found: dict[str, Addressee] = {}
    roles, errors = [], []
    family = {identity(client.email): client for client in work().all(clients_of(case))}
    client = find(Client, case.client_id)
    today = local_date(now(), practice().zone)

    def goes_to(name: str, email: str, asked: bool) -> None:
        before = found.setdefault(identity(email), Addressee(name, email, asked))
        before.is_asked |= asked

    members = [find(TeamMember, member_id) for member_id in member_ids]
    same_case(case, **{f"team_member_ids/{number}": member for number, member in enumerate(members)})
    for number, member in enumerate(members):
        if member.is_gone(today):
            errors.append(FieldError(pointer=f"/team_member_ids/{number}", detail=f"{member.name} has left."))
        elif not member.email:
            errors.append(FieldError(pointer=f"/team_member_ids/{number}", detail=f"{member.name} has no e-mail address here."))
        else:
            # A parent is of the IEP team by law, and is asked nothing for the school.
            speaks = identity(member.email) not in family
            roles += [member.role] if speaks else []
            goes_to(member.name, member.email, is_asked(party, member.role) if speaks else party == "client")
    if to_client:
        goes_to(client.name, client.email, party == "client")
    if not found and not errors:
        errors.append(FieldError(pointer="/team_member_ids", detail="Name at least one addressee, or set to_client."))
    if errors:
        raise Invalid("Some of the addressees cannot be written to.", errors)
    must_be_addressed(party, roles, to_family=any(address in family for address in found))
    return list(found.values())


def _must_name_no_child(case: Case, subject: str) -> None:
    student = find(Student, case.student_id)
    if named := child_named.named(subject, student.name, student.disabilities):
        detail = f"A subject is read by whoever passes by a screen, and this one names the child: {', '.join(named)}."
        raise Invalid(detail, [FieldError(pointer="/subject", detail=detail)])


def _must_fit(documents: Sequence[Document]) -> None:
    if sum(document.size_bytes for document in documents) > case_mail.MOST_ATTACHED_BYTES:
        detail = f"A mail carries at most {case_mail.MOST_ATTACHED_BYTES // 2**20} MiB of documents."
        raise Invalid(detail, [FieldError(pointer="/document_ids", detail=detail)])


def _messages(
    communication: Communication, case: Case, to: Sequence[Addressee], documents: Sequence[Document]
) -> list[Message]:
    """The mail, once for each to whom it goes: what becomes of it on the way to one holds up no other."""
    writer, responsible = find(Staff, caller().staff_id), find(Staff, case.advocate_id)
    before = [_mail_id(row) for row in work().rows(MAILS_OF_THREAD, thread_id=communication.thread_id)]
    answered = work().rows(MAIL_OF, id=communication.in_reply_to) if communication.in_reply_to else []
    facts = {
        "from_name": f"{writer.name}, {practice().name}",
        "reply_to": inbound_address_of(case) or responsible.email,
        "bounces_to": inbound_address_of(case),
        "to": [{"name": one.name, "email": one.email} for one in to],
        "subject": communication.subject,
        "text": communication.summary,
        "documents": [
            {"id": str(one.id), "name": one.download_name, "media_type": one.media_type, "size_bytes": one.size_bytes}
            for one in documents
        ],
        "references": case_mail.references(before),
        "in_reply_to": _mail_id(answered[0]) if answered else None,
    }
    return [
        Message.write(
            case_mail.KIND,
            to=one.email,
            now=now(),
            practice=practice(),
            facts={**facts, "is_asked": one.is_asked},
            occasion=f"communication:{communication.id}:{number}",
            communication_id=communication.id,
        )
        for number, one in enumerate(to, 1)
    ]


def _mail_id(row: Any) -> str:
    """The Message-ID of a communication that is a mail: the one that it came with, or the one that it went out under."""
    return str(row.mail_id or case_mail.mail_id(row.id, case_mail.host_of(links().base_url)))
