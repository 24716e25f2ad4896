"""Every way in which a request can fail, in one table; and the one renderer of problem documents (RFC 9457)."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg
from flask import Flask, Response, g, request
from sqlalchemy.exc import DBAPIError, StatementError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from api.origin import where
from domain.calendar import NoSuchDay
from domain.file_type import FileRefused
from domain.refusal import FieldError, Invalid, Refusal
from domain.step import StepNotAllowed
from models.booking import NO_OVERLAP, BookingOver, SlotTaken
from models.calendar_feed import TooManyFeeds
from models.case import CaseClosed
from models.communication import CorrectedAlready
from models.concern import TakenMeanwhile
from models.conflict_check import AlreadyDecided, NobodyToSearch
from models.database import is_lost
from models.deadline import AlreadySettled, CountsOtherwise
from models.document import InUse
from models.document_reading import StillWaiting
from models.enquiry import EnquiryOver
from models.external_calendar import TooManyCalendars
from models.idempotency_key import IdempotencyInProgress, IdempotencyMismatch
from models.iep_copy import AskedLately, ConcernOpened, LineClosed, LineOpen, NotInForce
from models.iep_version import Immutable, NotADraft, NotAgreed, NothingPromised
from models.inbound_mail import MailSettled
from models.letter import NotFinal
from models.message import NotRetryable
from models.one_time_code import AlreadyEnrolled, CodeNeeded, CodeWrong, NotEnrolled
from models.password import ResetGone
from models.practice import SlugTaken
from models.receiving import TooMuchMail
from models.reminder import ReminderSettled
from models.school_calendar import CalendarInUse
from models.sign_in import TokenRevoked
from models.staff import AlreadyStaff, InvitationGone, InvitationOver, LastOwner, NotHere, TooManyInvitations
from models.transaction import NotFound
from models.user import EmailTaken, WrongPassword

log = logging.getLogger("followthrough.api")


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status and title for programs, its meaning and remedy for people."""

    name: str
    status: int
    title: str
    meaning: str
    remedy: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "malformed-body",
            400,
            "The body cannot be read",
            "The body is not well-formed JSON in UTF-8: a syntax error, a name twice in one object, more than 32 levels, a "
            "number of more than 30 digits, or NaN.",
            "Send a JSON object made by a JSON library.",
        ),
        Kind(
            "bad-request",
            400,
            "The request cannot be understood",
            "The request line or a header is not what HTTP allows, or the host is not one that this server answers for.",
            "Check the address and the headers.",
        ),
        Kind(
            "unauthenticated",
            401,
            "Sign in first",
            "The request carries no access token, or one that is not ours; or e-mail address and password do not match.",
            "Sign in and send `Authorization: Bearer <access_token>`.",
        ),
        Kind(
            "otp-required",
            401,
            "A one-time code is needed too",
            "E-mail address and password are right; the person has set up one-time codes.",
            "Ask for the code of the authenticator app, or a recovery code, and send it as `otp`.",
        ),
        Kind(
            "token-expired",
            401,
            "The token has expired",
            "Access tokens live for 15 minutes, refresh tokens for 30 days.",
            "Refresh the access token, or sign in again.",
        ),
        Kind(
            "token-revoked",
            401,
            "The token has been revoked",
            "The sign-in behind this token was ended, the refresh token was used before, or its owner left the practice.",
            "Sign in again.",
        ),
        Kind(
            "forbidden",
            403,
            "Your role or key does not allow this",
            "Owners change settings and staff; advocates and owners delete; assistants do everything else. A key does what its "
            "kind and scopes allow, a publishable one from the practice's own websites.",
            "Ask an owner of the practice.",
        ),
        Kind(
            "not-found",
            404,
            "There is nothing here",
            "No such path, or nothing with this id: it may never have been, be gone, or belong to another practice.",
            "Check the id. A link from an e-mail ends with its purpose.",
        ),
        Kind(
            "method-not-allowed",
            405,
            "This method is not for this path",
            "The path exists, and other methods are possible; the Allow header lists them.",
            "Use one of the methods that Allow lists.",
        ),
        Kind(
            "conflict",
            409,
            "It does not go with what is there",
            "The change contradicts the present state: a key that exists, a row that something else still needs, a state "
            "in which this is no longer possible.",
            "Read the resource again and decide anew.",
        ),
        Kind(
            "case-closed",
            409,
            "The case is closed",
            "In a closed case what happened is recorded, and nothing begins: no reminder, no check-in, no mail.",
            "Open the case again (`PATCH /cases/{id}` with `state: open`), if it goes on.",
        ),
        Kind(
            "email-taken",
            409,
            "This e-mail address is registered",
            "Somebody has already registered with this address.",
            "Sign in, or use another address.",
        ),
        Kind(
            "slot-taken",
            409,
            "This time is not free any more",
            "Somebody else took the time, or it was never offered. `nearest` lists the nearest free ones.",
            "Offer the times in `nearest`.",
        ),
        Kind(
            "step-not-allowed",
            409,
            "There is no such step here",
            "The concern or proceeding is in a state from which this step is not taken. `allowed` lists the steps that are.",
            "Take one of the allowed steps.",
        ),
        Kind(
            "immutable",
            409,
            "What was recorded is not rewritten",
            "An IEP version in force, or superseded, and its provisions are kept as they are; so is a final letter.",
            "Record a new version, or write a new letter.",
        ),
        Kind(
            "idempotency-in-progress",
            409,
            "The first request is still running",
            "A request with this Idempotency-Key is being answered at this moment.",
            "Wait a second and send it again.",
        ),
        Kind(
            "stale",
            412,
            "It was changed meanwhile",
            "The If-Match header names a version that is no longer the present one.",
            "Read the resource again and apply the change to what it is now.",
        ),
        Kind(
            "body-too-large",
            413,
            "The body is too large",
            "A JSON body has at most 1 MiB, a file at most 25 MiB.",
            "Send less at once. A scanned document grows smaller when it is saved in black and white.",
        ),
        Kind(
            "unsupported-media-type",
            415,
            "The body has another form than it should",
            "The body must be sent as application/json; where it holds a file, as multipart/form-data.",
            "Send `Content-Type: application/json`, or the form that the operation names.",
        ),
        Kind(
            "validation",
            422,
            "Some of it is not valid",
            "`errors` lists each value that cannot be taken: a JSON pointer into the body, or the name of a query field, "
            "and why.",
            "Mend the values that `errors` names.",
        ),
        Kind(
            "file-refused",
            422,
            "This file is not taken",
            "The file is no document, table, picture or sound recording of a kind that is taken; or it is damaged, locked, or "
            "larger inside than any document is. `reason` is one of empty, kind, damaged, limits, encrypted and macros.",
            "Send it as PDF, XLSX, JPEG or MP3, without a password; or save it anew in the program that made it.",
        ),
        Kind(
            "idempotency-mismatch",
            422,
            "The key was used for another request",
            "An Idempotency-Key belongs to one request; this one has another body.",
            "Make a new key for a new request.",
        ),
        Kind(
            "rate-limited",
            429,
            "Too many requests",
            "The limit for this address, key or account is used up; Retry-After says for how long.",
            "Wait as long as Retry-After says.",
        ),
        Kind("internal", 500, "Something went wrong here", "This is our fault; it was written down.", "Try again later."),
        Kind(
            "unavailable",
            503,
            "Not available at this moment",
            "The database, or the place for files, cannot be reached. Nothing was done, unless the detail says that it is not "
            "known.",
            "Try again in a moment; Retry-After says when.",
        ),
    )
}

# Refusals of the trade stand beside their rule; here is what they are called in HTTP.
REFUSALS: Mapping[type[Refusal], str] = {
    NotFound: "not-found",
    Invalid: "validation",
    NoSuchDay: "validation",
    StepNotAllowed: "step-not-allowed",
    TakenMeanwhile: "conflict",
    AlreadySettled: "conflict",
    CountsOtherwise: "conflict",
    CalendarInUse: "conflict",
    SlotTaken: "slot-taken",
    BookingOver: "conflict",
    EnquiryOver: "conflict",
    AlreadyDecided: "conflict",
    NobodyToSearch: "conflict",
    Immutable: "immutable",
    NotADraft: "conflict",
    NotAgreed: "conflict",
    NothingPromised: "conflict",
    NotFinal: "conflict",
    StillWaiting: "conflict",
    LineClosed: "conflict",
    LineOpen: "conflict",
    NotInForce: "conflict",
    AskedLately: "conflict",
    ConcernOpened: "conflict",
    InUse: "conflict",
    FileRefused: "file-refused",
    ReminderSettled: "conflict",
    CorrectedAlready: "conflict",
    NotRetryable: "conflict",
    SlugTaken: "conflict",
    EmailTaken: "email-taken",
    AlreadyStaff: "conflict",
    InvitationGone: "not-found",
    InvitationOver: "conflict",
    LastOwner: "conflict",
    TooManyInvitations: "rate-limited",
    TooMuchMail: "rate-limited",
    MailSettled: "conflict",
    CaseClosed: "case-closed",
    TooManyFeeds: "conflict",
    NotHere: "conflict",
    TooManyCalendars: "conflict",
    ResetGone: "not-found",
    AlreadyEnrolled: "conflict",
    NotEnrolled: "conflict",
    CodeNeeded: "otp-required",
    CodeWrong: "unauthenticated",
    WrongPassword: "unauthenticated",
    TokenRevoked: "token-revoked",
    IdempotencyInProgress: "idempotency-in-progress",
    IdempotencyMismatch: "idempotency-mismatch",
}

# What the database refuses by name, in our words: its own hold other people's values.
CONSTRAINTS: Mapping[str, Refusal] = {
    "uq_practices_slug": SlugTaken("Another practice has this slug."),
    "uq_users_email_identity": EmailTaken("Somebody has already registered with this e-mail address."),
    "uq_staff_user": AlreadyStaff("This person is already in the practice."),
    "ex_iep_versions_one_in_force": NotADraft("Another version was put in force at the same moment."),
    NO_OVERLAP: SlotTaken(),
    # A registration under a key whose answer is kept no longer: the practice that it made is there.
    "pk_practices": EmailTaken("Somebody has already registered with this e-mail address."),
    # Of two with one key, the second looked before the first had ended.
    "uq_idempotency_keys_request": IdempotencyInProgress("The first request with this key is still being answered."),
}


class Problem(Exception):
    """A request that fails for a reason of HTTP, not of the trade."""

    def __init__(
        self,
        name: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        super().__init__(detail)
        self.kind = KINDS[name]
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.extra = extra


def register(app: Flask) -> None:
    """Makes every failure of the app a problem document; no other code renders one."""
    app.register_error_handler(Exception, _handle)
    # smorest registers its own handler for these, which would be nearer than the one for every exception.
    app.register_error_handler(HTTPException, _handle)


def _handle(error: Exception) -> Response:
    return render(translate(error))


def translate(error: Exception) -> Problem:
    """The problem that an exception is, whoever raised it."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refusal):
        return _of_refusal(error)
    if isinstance(error, HTTPException):
        return _of_http(error)
    if isinstance(error, StaleDataError):
        if request.if_match:
            return Problem("stale", "It was changed since you read it.")
        return Problem("conflict", "Somebody else changed it at the same moment. Please try again.")
    if isinstance(error, TimeoutError):
        return Problem("unavailable", "Too many requests at this moment. Nothing was done; please try again.")
    database_error = _database_error(error)
    if database_error is not None:
        return _of_database(database_error)
    log.error("internal error", {"error": type(error).__name__, "at": where(error)})
    return Problem("internal", "Something went wrong here. It was written down.")


def render(problem: Problem) -> Response:
    document: dict[str, Any] = {
        "type": f"/problems/{problem.kind.name}",
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": str(problem),
        "request_id": g.request_id,
    }
    if problem.errors:
        document["errors"] = problem.errors
    document.update(problem.extra)
    response = Response(orjson.dumps(document), problem.kind.status, mimetype="application/problem+json")
    response.headers.update(problem.headers)
    if problem.kind.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if problem.kind.status in (429, 503):
        response.headers.setdefault("Retry-After", "2")
    return response


def _of_refusal(refusal: Refusal) -> Problem:
    name = next((REFUSALS[kind] for kind in type(refusal).__mro__ if kind in REFUSALS), "conflict")
    extra: dict[str, Any] = dict(refusal.extra)
    errors: Any = extra.pop("errors", ())
    return Problem(name, str(refusal), errors=errors, **extra)


def _of_http(error: HTTPException) -> Problem:
    names = {400: "bad-request", 404: "not-found", 405: "method-not-allowed", 413: "body-too-large", 308: "not-found"}
    names |= {415: "unsupported-media-type", 422: "validation", 429: "rate-limited"}
    kind = KINDS[names.get(error.code or 500, "bad-request" if (error.code or 500) < 500 else "internal")]
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return Problem(kind.name, kind.meaning.split(":")[0].rstrip(".") + ".", headers=headers)


def _database_error(error: Exception) -> psycopg.Error | None:
    cause: BaseException | None = error
    if isinstance(error, DBAPIError | StatementError):
        cause = error.orig
    return cause if isinstance(cause, psycopg.Error) else None


def _of_database(error: psycopg.Error) -> Problem:
    state = error.sqlstate or ""
    constraint = constraint_of(error)
    if constraint in CONSTRAINTS:
        return _of_refusal(CONSTRAINTS[constraint])
    if state == "23503":  # foreign_key_violation
        reference = re.fullmatch(r"fk_[a-z_]+?_([a-z]+_id|in_reply_to)", constraint)
        if reference and "still referenced" not in (error.diag.message_detail or ""):
            return unknown_reference(f"/{reference[1]}")
        return Problem("conflict", "Something else still refers to this.")
    if state in ("23505", "23P01"):  # unique_violation, exclusion_violation
        return Problem("conflict", "There is one like this already.")
    if state in ("23514", "22003", "22001", "23502"):  # check, numeric range, length, not null
        return Problem("validation", "A value is outside what can be recorded.")
    # 25006: a server that only reads, where nobody can write down who looked.
    if state.startswith(("08", "57", "53")) or state == "25006" or is_lost(error):
        return Problem("unavailable", "The database cannot be reached at this moment. Nothing was done.")
    if state in ("40001", "40P01", "55P03"):
        return Problem("unavailable", "Too many changes at the same moment. Nothing was done; please try again.")
    log.error("database error", {"error": type(error).__name__, "sqlstate": state, "at": where(error)})
    return Problem("internal", "Something went wrong here. It was written down.")


def unknown_reference(pointer: str) -> Problem:
    """An id in a body or query that names nothing: unknown, gone, or another practice's, answered alike."""
    return Problem(
        "validation",
        "Some of it is not valid.",
        errors=[{"pointer": pointer, "detail": "There is nothing with this id."}],
    )


def constraint_of(error: psycopg.Error) -> str:
    """The constraint that was hurt, without the number of the shard that Citus appends."""
    named = re.search(r'constraint "([a-z_0-9]+?)(_\d+)?"', error.diag.message_primary or "")
    return named[1] if named else ""
