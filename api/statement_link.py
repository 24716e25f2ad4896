"""The link that asks somebody for a statement: no account, and nothing of the child but initials."""

from typing import Any

from flask import Response

from api.doors import LinkDoor
from api.statement import read
from api.verbs import add, find, now, practice, work
from domain.statement import last_day
from domain.wall_clock import local_date
from models.booking import initials_of
from models.case import Case
from models.communication import Communication
from models.concern import Concern
from models.link import hash_of
from models.statement import STATEMENT_BY_LINK, Statement, StatementEntry
from models.student import Student
from models.team_member import TeamMember
from models.transaction import NotFound
from schemas.statement import LinkedStatementSchema, SignatureSchema

public_statements = LinkDoor("public-statements", __name__, "/public/statements", tag="public")


@public_statements.route("/<token>")
@public_statements.response(200, LinkedStatementSchema)
def show_linked_statement(token: str) -> dict[str, Any]:
    """A statement, behind its link

    What is asked, of whom, until when, and what was signed by this link; of the child, the initials alone.
    """
    return _shown(_by_link(token))


@public_statements.route("/<token>", methods=["POST"])
@public_statements.arguments(SignatureSchema)
@public_statements.response(200, LinkedStatementSchema)
def sign_statement(said: dict[str, Any], token: str) -> dict[str, Any]:
    """Sign a statement, behind its link

    It is kept as it was written, with its hash, and cannot be changed afterwards; what is signed later adds to it, and names
    the hash of what was signed before. Sent twice, it is signed once. It settles what followed the question up, and is kept as
    a communication that names it. The link works until it expires, the statement is withdrawn or the case is closed.
    """
    statement = _by_link(token, lock=True)
    signed = work().all(StatementEntry.of(statement.id))
    entry = statement.sign(said, signed=signed, practice=practice().name, zone=practice().zone, now=now())
    if entry:
        assert statement.communication_id is not None, "who has a link was asked by a mail"
        asked, case = find(Communication, statement.communication_id), find(Case, statement.case_id)
        heard = Communication.record(
            case=case,
            by=None,
            in_reply_to=asked,
            concern=find(Concern, asked.concern_id) if asked.concern_id else None,
            direction="inbound",
            channel="message",
            party=asked.party,
            occurred_at=now(),
            subject=None,
            summary=entry.in_words,
            awaiting_reply=False,
        )
        heard.settle(work().all(Communication.open_follow_ups(heard.thread_id)), by=None, now=now())
        members = [find(TeamMember, member_id) for member_id in asked.team_member_ids]
        add(entry, heard, heard.between(case, members))
        work().flush()
    return _shown(statement)


@public_statements.route("/<token>/entries/<int:number>")
@public_statements.example("statement, form 1\npractice: Riverside Advocacy\n...", "text/plain")
@public_statements.response(200)
def take_entry_along(token: str, number: int) -> Response:
    """What was signed, as a file, behind its link

    The very text of which `sha256` is the hash, for whoever signed it to keep: `sha256sum` of the file says the same.
    """
    entries = read(_by_link(token)).entries
    if not 1 <= number <= len(entries):
        raise NotFound("There is nothing with this number.")
    answer = Response(entries[number - 1]["canonical"].encode(), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f"attachment; filename=statement-{number}.txt"
    return answer


def _by_link(token: str, *, lock: bool = False) -> Statement:
    found = work().rows(STATEMENT_BY_LINK, link_hash=hash_of(token))
    if found and lock:
        # Once more behind the lock: it may have been withdrawn while this waited.
        statement = find(Statement, found[0].id, lock=True)
        if work().rows(STATEMENT_BY_LINK, link_hash=hash_of(token)):
            return statement
    elif found:
        return find(Statement, found[0].id)
    raise NotFound("This link does not work any more.")


def _shown(statement: Statement) -> dict[str, Any]:
    row, zone = read(statement), practice().zone
    return {
        "name": row.name,
        "party": row.party,
        "student_initials": initials_of(find(Student, find(Case, row.case_id).student_id).name),
        "question": row.question,
        "about_from": row.about_from,
        "about_to": row.about_to,
        "practice": practice(),
        "language": row.language,
        "today": local_date(now(), zone),
        "expires_on": last_day(row.expires_at, zone),
        "entries": row.entries,
    }
