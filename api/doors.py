"""The doors: the only way from a request to a transaction. Who may come in, in which practice, at which moment.

A view stands on a blueprint of one door. By the time it runs, its caller is known and in the practice, the body is read,
the transaction is open; when it has run, what it changed is saved and its answer kept under the request's key. It uses
the verbs below: `find`, `add`, `listed`, `caller`, `now`, `practice`.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

import orjson
import psycopg
from flask import Response, current_app, g, request
from flask_smorest import Blueprint
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from api import body, cors, tokens
from api.idempotency import Keyed
from api.limits import client_address, count, failures_counted, public_limits
from api.problems import Problem, constraint_of, unknown_reference
from api.retry import again
from models import tenancy
from models.api_key import API_KEY_BY_HASH, KEY_USED, USE_IS_KEPT_EVERY, KeyRow, is_key, practice_of_key
from models.api_key import hash_of as hash_of_key
from models.audit_entry import Actor
from models.base import Base, new_id
from models.link import Links, practice_of_token
from models.listing import Listing
from models.practice import ALLOWED_ORIGINS, PRACTICE, PRACTICE_BY_SLUG, Practice
from models.sign_in import OWN_SIGN_IN, TokenRevoked
from models.staff import MEMBERSHIP, MEMBERSHIPS, ROLES, Staff
from models.tenancy import Opening
from models.throttle import LINKS_FROM_ADDRESS, SIGN_IN_FROM_ADDRESS
from models.transaction import NotFound, Transaction
from models.user import UNIQUE_EMAIL, EmailTaken
from schemas.base import PageQuery, Resource, Schema, page_of
from schemas.fields import SLUG

View = TypeVar("View", bound=Callable[..., Any])
Model = TypeVar("Model", bound=Base)


@dataclass(frozen=True)
class Caller:
    """Who calls, as of this moment: a member of staff, or a secret key in the name of who made it."""

    staff_id: UUID
    role: str
    name: str
    user_id: UUID | None = None
    sign_in_id: UUID | None = None
    api_key_id: UUID | None = None


class Door(Blueprint):  # type: ignore[misc]  # smorest has no types
    """A blueprint whose views run inside a transaction that this door opened."""

    ARGUMENTS_PARSER = body.Parser()
    # What the documentation says of who may call.
    security: Sequence[Mapping[str, Sequence[str]]] = ()
    # Whether an Idempotency-Key is honoured.
    keeps_answers = True
    # The least role for a method, where the view names none (staff only).
    roles: Mapping[str, str] = {}
    # Under which name requests of one address are counted, where strangers may come in.
    counted_as: str | None = None
    # Who changes rows here, as the audit entries name them, until the door knows better.
    actor = "staff"

    def __init__(self, name: str, import_name: str, path: str = "", *, description: str = "", tag: str | None = None) -> None:
        super().__init__(name, import_name, url_prefix=f"/api/v1{path}", description=description)
        self.tag = tag or name

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        """How the transaction of this request begins; may take from `path` what the view need not know."""
        raise NotImplementedError

    def security_of(self, method: str, role: str | None) -> Sequence[Mapping[str, Sequence[str]]]:
        """What may be brought along to come in: one of these."""
        return self.security

    def route(
        self,
        rule: str,
        *,
        methods: Sequence[str] = ("GET",),
        role: str | None = None,
        problems: Sequence[str] = (),
        security: Sequence[Mapping[str, Sequence[str]]] | None = None,
    ) -> Callable[[View], View]:
        """A view's path and method, the least role that may call it, and the problems that are its own."""

        def register(view: View) -> View:
            needed = role or self.roles.get(methods[0])
            documentation: dict[str, Any] = {"security": self.security_of(methods[0], needed) if security is None else security}
            documentation |= {"operationId": view.__name__, "x-problems": list(problems), "x-role": needed}
            documentation |= {"x-keeps-answers": self.keeps_answers, "x-is-counted": self.counted_as is not None}
            documented = self.doc(**documentation)(view)
            self.add_url_rule(rule, view.__name__, self._through(documented, needed), tags=[self.tag], methods=methods)
            return view

        return register

    def arguments(
        self, schema: type[Schema], *, location: str = "json", examples: Mapping[str, Any] | None = None
    ) -> Callable[[View], View]:
        """What comes in: a body, or a query; read by its schema into the view's first argument."""
        # An instance: a class would be made into one for each request.
        declare: Callable[[View], View] = super().arguments(schema(), location=location, examples=examples)
        return declare

    def example(self, content_type: str, example: str) -> Callable[[View], View]:
        """Documents an answer that is not JSON."""
        content = {content_type: {"schema": {"type": "string"}, "example": example}}
        declare: Callable[[View], View] = self.doc(responses={200: {"content": content}})
        return declare

    def listing(self, listing: Listing, schema: type[Schema], query: type[PageQuery] = PageQuery) -> Callable[[View], View]:
        """Declares a view that lists: the view returns fixed filters (or None) and this gives a page of them."""

        def declare(view: View) -> View:
            @wraps(view)
            def list_page(asked: dict[str, Any], **path: Any) -> Any:
                limit, cursor = asked.pop("limit"), asked.pop("cursor", None)
                filters = {**asked, **(view(**path) or {})}
                return listed(listing, filters, limit, cursor)

            return cast(View, self.arguments(query, location="query")(self.response(200, page_of(schema))(list_page)))

        return declare

    def response(self, status_code: int, schema: type[Schema] | None = None, **documentation: Any) -> Callable[[View], View]:
        """The answer of a view: written by its schema after what the view changed was saved, with its version as ETag."""
        writer = schema() if schema else None
        document: Callable[[Any], View] = super().response(status_code, schema=writer, **documentation)

        def declare(view: View) -> View:
            @wraps(view)
            def answering(*args: Any, **path: Any) -> Response:
                result = view(*args, **path)
                if g.transaction is not None:
                    g.transaction.flush()
                return result if isinstance(result, Response) else _answer(status_code, writer, result)

            return document(answering)

        return declare

    def _through(self, view: Callable[..., Any], role: str | None) -> Callable[..., Any]:
        declared = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
        read = frozenset(parameters["in"] for parameters in declared)

        @wraps(view)
        def enter(**path: Any) -> Any:
            if self.counted_as:
                public_limits().count_address(self.counted_as)

            def attempt() -> Any:
                given = dict(path)
                opening = self.opening(given, role)
                body.read_body()
                return self._transact(opening, view, given, read)

            try:
                return again(attempt)
            finally:
                if "used_key" in g:
                    _keep_use_of_key()

        return enter

    def _transact(self, opening: Opening, view: Callable[..., Any], path: dict[str, Any], read: frozenset[str]) -> Any:
        with transaction(opening, by=self.actor) as work:
            g.transaction, g.caller = work, None
            keyed = Keyed.of(self._caller_name()) if opening.practice_id else None
            if keyed:
                kept = keyed.kept(work)
                if kept is not None:
                    return kept
            elif request.method not in ("GET", "HEAD"):
                # Who may not write learns that before what is wrong with what was written.
                work.open()
            body.refuse_what_nobody_reads(read)
            answer = view(**path)
            if keyed:
                work.add(keyed.keep(answer))
            return answer

    def _caller_name(self) -> str:
        return "visitor"


class StaffDoor(Door):
    """For members of staff, by access token; the practice is the token's, membership and role are read anew each time.

    A secret key comes in too where `takes_keys`: for what its scopes name, and never for what only owners may do.
    """

    roles = {"GET": "assistant", "POST": "assistant", "PUT": "assistant", "PATCH": "assistant", "DELETE": "advocate"}  # noqa: RUF012

    def __init__(self, *names: str, takes_keys: bool = True, **options: Any) -> None:
        super().__init__(*names, **options)
        self.takes_keys = takes_keys

    def security_of(self, method: str, role: str | None) -> Sequence[Mapping[str, Sequence[str]]]:
        key = ({"secret_key": (self.scope(method),)},) if self.takes_keys and role != "owner" else ()
        return ({"access_token": ()}, *key)

    def scope(self, method: str) -> str:
        """What a secret key needs for this method here."""
        return f"{self.name}:{'read' if method in ('GET', 'HEAD') else 'write'}"

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        token = bearer_token()
        return self._by_key(token, role) if is_key(token) else self._by_sign_in(token, role)

    def _by_sign_in(self, token: str, role: str | None) -> Opening:
        claims = tokens.read(token, "access")
        g.caller_name = str(claims.user_id)

        def admit(answers: list[list[Any]]) -> None:
            member = answers[0][0] if answers[0] else None
            if member is None or member[3] is not None:
                raise TokenRevoked("This sign-in has ended. Please sign in again.")
            if ROLES.index(member[1]) < ROLES.index(role or "assistant"):
                raise Problem("forbidden", f"This takes the role {role}; yours is {member[1]}.")
            g.caller = Caller(member[0], member[1], member[2], user_id=claims.user_id, sign_in_id=claims.sign_in_id)
            g.transaction.by = Actor("staff", member[0], sign_in_id=claims.sign_in_id, request_id=g.get("request_id"))

        question = (MEMBERSHIP.sql, MEMBERSHIP.values({"user": claims.user_id, "sign_in": claims.sign_in_id}))
        return tenancy.practice(claims.practice_id, [question], admit)

    def _by_key(self, key: str, role: str | None) -> Opening:
        def admit(row: Any) -> None:
            if row.kind != "secret":
                raise Problem("forbidden", "A publishable key does what a visitor may; this takes a secret key.")
            if not self.takes_keys or role == "owner":
                raise Problem("forbidden", "This is for people: sign in.")
            if self.scope(request.method) not in row.scopes:
                raise Problem("forbidden", f"This takes a key with the scope {self.scope(request.method)}.")
            g.caller = Caller(row.made_by_id, "advocate", row.name, api_key_id=row.id)
            g.transaction.by = Actor("api_key", row.made_by_id, api_key_id=row.id, request_id=g.get("request_id"))

        return _opening_of_key(key, admit)

    def _caller_name(self) -> str:
        return str(g.caller_name)


class WebsiteDoor(Door):
    """For visitors of a practice's website; the practice is the slug's in the path. Browsers come from the websites that the
    practice named; a publishable key may say whose website it is, and then has to be right."""

    security = ({}, {"publishable_key": ()})
    counted_as = actor = "visitor"

    def __init__(self, *names: str, **options: Any) -> None:
        super().__init__(*names, **options)
        self.before_request(self._preflight)

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        practice = _practice_of_slug(path.pop("slug"))
        cors.allow(practice.allowed_origins)
        key = request.headers.get("Authorization", "").partition(" ")[2].strip()
        if not is_key(key):
            return tenancy.practice(practice.id)
        if practice_of_key(key) not in (practice.id, None):
            raise Problem("unauthenticated", "This key is not of this practice.")

        def admit(row: Any) -> None:
            if row.kind != "publishable":
                raise Problem("forbidden", "A secret key has no place on a website. Revoke it, if it stood in a page.")
            if request.headers.get("Origin") and request.headers.get("Origin") not in row.allowed_origins:
                raise Problem("forbidden", "This key is for the practice's own website: see allowed_origins.")
            g.transaction.by = Actor("visitor", api_key_id=row.id, request_id=g.get("request_id"))

        return _opening_of_key(key, admit)

    @staticmethod
    def _preflight() -> Response | None:
        cors.allow(())
        if request.method != "OPTIONS":
            return None
        cors.allow(_practice_of_slug((request.view_args or {})["slug"]).allowed_origins)
        return cors.preflight()


class LinkDoor(Door):
    """For whoever holds a link from a mail; the token names its practice, and its row is found by the token's hash.

    Tokens that fit nothing are counted: who tries them out is soon told to wait.
    """

    counted_as = actor = "link"

    def __init__(self, *names: str, **options: Any) -> None:
        super().__init__(*names, **options)
        self.before_request(self._preflight)

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        practice_id = practice_of_token(path["token"])
        if practice_id is None:
            count((LINKS_FROM_ADDRESS, client_address()))
            raise NotFound("This link does not work any more.")
        if request.headers.get("Origin"):
            # Before anything of the request is read, so that the website also sees what was wrong with it.
            cors.allow(_origins_of(practice_id))
        return tenancy.practice(practice_id)

    @staticmethod
    def _preflight() -> Response | None:
        cors.allow(())
        if request.method != "OPTIONS":
            return None
        practice_id = practice_of_token((request.view_args or {})["token"])
        if practice_id is not None:
            cors.allow(_origins_of(practice_id))
        return cors.preflight()

    def _transact(self, opening: Opening, view: Callable[..., Any], path: dict[str, Any], read: frozenset[str]) -> Any:
        try:
            return super()._transact(opening, view, path, read)
        except NotFound:
            count((LINKS_FROM_ADDRESS, client_address()))
            raise


class FoundingDoor(Door):
    """For who founds a practice: the transaction is in the practice that is about to be, so that all of it comes at once."""

    counted_as, actor = "auth", "founder"

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        body.read_body()
        keyed = Keyed.of(self._caller_name())
        return tenancy.practice(_founded_by(keyed) if keyed else new_id())

    def _transact(self, opening: Opening, view: Callable[..., Any], path: dict[str, Any], read: frozenset[str]) -> Any:
        # Whether an address is registered can be learned here: not by trying out many.
        with failures_counted((SIGN_IN_FROM_ADDRESS, client_address())):
            try:
                return super()._transact(opening, view, path, read)
            except psycopg.Error as error:
                if constraint_of(error) == UNIQUE_EMAIL:
                    raise EmailTaken("Somebody has already registered with this e-mail address.") from None
                raise

    def _caller_name(self) -> str:
        # One person's key is nobody else's, though all of them are strangers.
        return f"founder {g.body.get('email') if isinstance(g.body, dict) else ''}"


class LobbyDoor(Door):
    """For those who are in no practice yet. Its views open their own transactions: a password is checked outside of any,
    since a hash takes its time, and who signs in goes from the lobby into a practice."""

    keeps_answers = False
    counted_as: str | None = "auth"

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        return tenancy.lobby()

    def _transact(self, opening: Opening, view: Callable[..., Any], path: dict[str, Any], read: frozenset[str]) -> Any:
        g.transaction = None
        body.refuse_what_nobody_reads(read)
        return view(**path)


class AccountDoor(LobbyDoor):
    """For who is signed in and sees to their own account, which belongs to no practice."""

    security = ({"access_token": ()},)
    counted_as = None

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        token = bearer_token()
        if is_key(token):
            raise Problem("forbidden", "A key has no account: sign in.")
        g.claims = tokens.read(token, "access")
        return tenancy.lobby(g.claims.user_id)

    def _transact(self, opening: Opening, view: Callable[..., Any], path: dict[str, Any], read: frozenset[str]) -> Any:
        with transaction(opening, reading=True) as lobby:
            sign_in = lobby.rows(OWN_SIGN_IN, id=g.claims.sign_in_id, user=g.claims.user_id)
            practices = [row.id for row in lobby.rows(MEMBERSHIPS, user=g.claims.user_id)]
        if not sign_in or g.claims.practice_id not in practices:
            raise TokenRevoked("This sign-in has ended. Please sign in again.")
        g.signed_in_at = sign_in[0].created_at
        return super()._transact(opening, view, path, read)


def bearer_token() -> str:
    """The token or key of the Authorization header; they are taken from nowhere else."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Problem("unauthenticated", "Send Authorization: Bearer <access_token>.")
    return token.strip()


def _opening_of_key(key: str, admit: Callable[[Any], None]) -> Opening:
    """The opening of a key's own practice, for a key that works there; `admit` sees its row and says what it may."""
    practice_id = practice_of_key(key)
    if practice_id is None:
        raise Problem("unauthenticated", "This is not a key of ours.")
    g.caller_name = f"key {hash_of_key(key).hex()}"

    def look(answers: list[list[Any]]) -> None:
        row = KeyRow(*answers[0][0]) if answers[0] else None
        if row is None:
            raise TokenRevoked("This key was revoked, or is not one of ours.")
        public_limits().count_key(str(row.id))
        admit(row)
        if row.last_used_at is None or row.last_used_at < g.transaction.now - USE_IS_KEPT_EVERY:
            g.used_key = row.id

    question = (API_KEY_BY_HASH.sql, API_KEY_BY_HASH.values({"key_hash": hash_of_key(key)}))
    return tenancy.practice(practice_id, [question], look)


def _keep_use_of_key() -> None:
    """When it was last used, in a transaction of its own: the request may have read only, or failed."""
    opening = tenancy.practice(g.transaction.practice_id)
    # What was done is done: that nobody can write down by which key makes no failure of it.
    with suppress(SQLAlchemyError, psycopg.Error), Transaction(_engine(), opening, g.transaction.now) as work:
        work.rows(KEY_USED, id=g.used_key, now=work.now, before=work.now - USE_IS_KEPT_EVERY)


def _origins_of(practice_id: UUID) -> Sequence[str]:
    with transaction(tenancy.practice(practice_id)) as reading:
        found = reading.rows(ALLOWED_ORIGINS)
    return found[0].allowed_origins if found else ()


def _founded_by(keyed: Keyed) -> UUID:
    """The practice that this request makes; or that it made, while the present secret was not the present one yet."""
    present, *earlier = keyed.row_ids
    for practice_id in earlier:
        with transaction(tenancy.practice(practice_id)) as looking:
            if looking.rows(PRACTICE, id=practice_id):
                return practice_id
    return present


def _practice_of_slug(slug: str) -> Any:
    if SLUG.fullmatch(slug):
        with transaction(tenancy.lobby(), reading=True) as lobby:
            found = lobby.rows(PRACTICE_BY_SLUG, slug=slug)
        if found:
            return found[0]
    raise NotFound("There is no practice with this name.")


# What views say.


def transaction(opening: Opening, *, by: str = "staff", reading: bool | None = None) -> Transaction:
    """A transaction at this moment; views that need another one than their door opened (signing in) say so with it."""
    now, who = current_app.extensions["clock"](), Actor(by, request_id=g.get("request_id"))
    only_reads = request.method in ("GET", "HEAD") if reading is None else reading
    return Transaction(_engine(), opening, now, by=who, reading=only_reads)


def _engine() -> Engine:
    found: Engine = current_app.extensions["engine"]
    return found


def work() -> Transaction:
    """The transaction of this request."""
    found: Transaction = g.transaction
    return found


def now() -> datetime:
    """The moment of this request, the same throughout."""
    return work().now


def caller() -> Caller:
    work().open()
    found: Caller = g.caller
    return found


def practice() -> Practice:
    return work().find(Practice, work().practice_id)


def links() -> Links:
    found: Links = current_app.extensions["links"]
    return found


def find(model: type[Model], row_id: UUID, *, lock: bool = False) -> Model:
    """The practice's row with this id: the only look-up by id.

    The row that a changing request is about is locked until its end, and held against If-Match; `lock` locks others. What
    is not found in the path is 404, in body or query 422 at its place. Another practice's row is not found.
    """
    is_subject = row_id in (request.view_args or {}).values()
    try:
        row = work().find(model, row_id, lock=lock or (is_subject and request.method not in ("GET", "HEAD")))
    except NotFound:
        pointer = None if is_subject else body.pointer_to(str(row_id))
        if pointer is None:
            raise
        raise unknown_reference(pointer) from None
    return as_it_was_read(row) if is_subject else row


def colleague(staff_id: UUID, *, lock: bool = False) -> Staff:
    """Somebody who is still in the practice: nothing is given to who has left."""
    member = find(Staff, staff_id, lock=lock)
    if member.ended_at is None:
        return member
    pointer = body.pointer_to(str(staff_id))
    if pointer is None:
        # The caller, whom somebody removed while this request waited for its turn.
        raise TokenRevoked("This sign-in has ended. Please sign in again.")
    raise unknown_reference(pointer)


def as_it_was_read(row: Model) -> Model:
    """The row that a request is about, unless If-Match names another version of it than the present one."""
    if request.if_match and not request.if_match.contains(f"v{getattr(row, 'version', 0)}"):
        raise Problem("stale", "It was changed since you read it.")
    return row


def add(row: Model, *others: Any) -> Model:
    """Inserts the row, and what comes with it, in this order; gives the row."""
    work().add(row, *others)
    return row


def change(row: Model, said: Mapping[str, Any]) -> Model:
    """Sets what was said on the row."""
    for name, value in said.items():
        setattr(row, name, value)
    return row


def listed(listing: Listing, filters: Mapping[str, Any], limit: int = 50, cursor: str | None = None) -> dict[str, Any]:
    """A page of a list; its cursor fits this list with these filters in this practice alone."""
    seal = current_app.extensions["seal"]
    bound_to = orjson.dumps([str(work().practice_id), request.endpoint, filters, request.view_args], default=str).decode()
    after = seal.place(cursor, bound_to) if cursor else None
    page = listing.page(work(), filters, limit, after)
    return {"items": page.rows, "next_cursor": seal.cursor(page.after, bound_to) if page.after is not None else None}


def _answer(status: int, schema: Schema | None, result: Any) -> Response:
    if schema is None:
        return Response(status=status)
    version = None
    if isinstance(schema, Resource):
        version = result.get("version") if isinstance(result, dict) else getattr(result, "version", None)
    tag = f"v{version}"
    if version is not None and request.method == "GET" and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(orjson.dumps(schema.dump(result), option=orjson.OPT_UTC_Z), status, mimetype="application/json")
    if version is not None:
        response.set_etag(tag)
    return response
