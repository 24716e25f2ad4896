"""The doors: the only ways from a request to a transaction. Who may come in, in which practice, at which moment."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import psycopg
from flask import Response, g, request
from sqlalchemy.exc import SQLAlchemyError

from api import body, cors, looking, tokens
from api.door import Door
from api.idempotency import Keyed
from api.limits import client_address, count, failures_counted, public_limits
from api.problems import Problem, constraint_of
from api.verbs import Caller, engine, now, transaction, work
from models import tenancy
from models.api_key import API_KEY_BY_HASH, KEY_USED, USE_IS_KEPT_EVERY, KeyRow, is_key, practice_of_key
from models.api_key import hash_of as hash_of_key
from models.audit_entry import Actor
from models.base import new_id
from models.link import practice_of_token
from models.practice import ALLOWED_ORIGINS, PRACTICE, PRACTICE_BY_SLUG
from models.sign_in import OWN_SIGN_IN, TokenRevoked
from models.staff import MEMBERSHIP, MEMBERSHIPS, ROLES
from models.tenancy import Opening
from models.throttle import LINKS_FROM_ADDRESS, SIGN_IN_FROM_ADDRESS
from models.transaction import NotFound, Transaction
from models.user import UNIQUE_EMAIL, EmailTaken
from schemas.fields import SLUG


class KeyDoor(Door):
    """A door that keys open too: each in its own practice, as long as it works there."""

    def opening_of_key(self, key: str, admit: Callable[[KeyRow], None]) -> Opening:
        """The opening of the key's practice; `admit` sees its row and says what it may."""
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
            if row.last_used_at is None or row.last_used_at < now() - USE_IS_KEPT_EVERY:
                g.used_key = row.id

        question = (API_KEY_BY_HASH.sql, API_KEY_BY_HASH.values({"key_hash": hash_of_key(key)}))
        return tenancy.practice(practice_id, [question], look)

    def left(self) -> None:
        """Keeps when the key was last used, in a transaction of its own: the request may have read only, or failed."""
        if "used_key" not in g:
            return
        opening = tenancy.practice(work().practice_id)
        # What was done is done: that nobody can write down by which key makes no failure of it.
        with suppress(SQLAlchemyError, psycopg.Error), Transaction(engine(), opening, now()) as writing:
            writing.rows(KEY_USED, id=g.used_key, now=now(), before=now() - USE_IS_KEPT_EVERY)


class StaffDoor(KeyDoor):
    """For members of staff, by access token; the practice is the token's, membership and role are read anew each time.

    A secret key comes in too where `takes_keys`: for what its scopes name, and never for what only owners may do.
    """

    # Whether its posts only ask: a key that may read may ask.
    only_asks = False
    roles = {"GET": "assistant", "POST": "assistant", "PUT": "assistant", "PATCH": "assistant", "DELETE": "advocate"}  # noqa: RUF012

    def __init__(self, *names: str, takes_keys: bool = True, **options: Any) -> None:
        super().__init__(*names, **options)
        self.takes_keys = takes_keys

    def security_of(self, method: str, role: str | None) -> Sequence[Mapping[str, Sequence[str]]]:
        key = ({"secret_key": (self.scope(method),)},) if self.takes_keys and role != "owner" else ()
        return ({"access_token": ()}, *key)

    def scope(self, method: str) -> str:
        """What a secret key needs for this method here."""
        return f"{self.name}:{'read' if self.only_asks or method in ('GET', 'HEAD') else 'write'}"

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        token = bearer_token()
        return self._by_key(token, role) if is_key(token) else self._by_sign_in(token, role)

    def answered(self, work: Transaction, answer: Response, path: Mapping[str, Any]) -> None:
        looking.write_down(work, answer, path)

    def _transact(self, opening: Opening, view: Callable[..., Any], path: dict[str, Any], read: frozenset[str]) -> Any:
        answer = super()._transact(opening, view, path, read)
        looking.written_down()
        return answer

    def _by_sign_in(self, token: str, role: str | None) -> Opening:
        claims = tokens.read(token, "access")
        g.caller_name = str(claims.user_id)

        def admit(answers: list[list[Any]]) -> None:
            member = answers[0][0] if answers[0] else None
            if member is None or member[3] is not None:
                raise TokenRevoked("This sign-in has ended. Please sign in again.")
            g.caller = Caller(member[0], member[1], member[2], user_id=claims.user_id, sign_in_id=claims.sign_in_id)
            g.transaction.by = Actor("staff", member[0], sign_in_id=claims.sign_in_id, request_id=g.get("request_id"))
            if ROLES.index(member[1]) < ROLES.index(role or "assistant"):
                raise Problem("forbidden", f"This takes the role {role}; yours is {member[1]}.")

        question = (MEMBERSHIP.sql, MEMBERSHIP.values({"user": claims.user_id, "sign_in": claims.sign_in_id}))
        return tenancy.practice(claims.practice_id, [question], admit)

    def _by_key(self, key: str, role: str | None) -> Opening:
        def admit(row: KeyRow) -> None:
            g.caller = Caller(row.made_by_id, "advocate", row.name, api_key_id=row.id)
            g.transaction.by = Actor("api_key", row.made_by_id, api_key_id=row.id, request_id=g.get("request_id"))
            if row.kind != "secret":
                raise Problem("forbidden", "A publishable key does what a visitor may; this takes a secret key.")
            if not self.takes_keys or role == "owner":
                raise Problem("forbidden", "This is for people: sign in.")
            if self.scope(request.method) not in row.scopes:
                raise Problem("forbidden", f"This takes a key with the scope {self.scope(request.method)}.")

        return self.opening_of_key(key, admit)

    def _caller_name(self) -> str:
        return str(g.caller_name)


class WebsiteDoor(KeyDoor):
    """For visitors of a practice's website; the practice is the slug's in the path. Browsers come from the websites that the
    practice named; a publishable key may say whose website it is, and then has to be right."""

    security = ({}, {"publishable_key": ()})
    counted_as = actor = "visitor"

    def __init__(self, *names: str, **options: Any) -> None:
        super().__init__(*names, **options)
        self.before_request(self._preflight)

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        practice = _practice_of_slug(path.pop("slug"))
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        key = key.strip()
        if not is_key(key):
            return tenancy.practice(practice.id)
        if scheme.lower() != "bearer":
            raise Problem("unauthenticated", "Send Authorization: Bearer <key>.")
        if practice_of_key(key) not in (practice.id, None):
            raise Problem("unauthenticated", "This key is not of this practice.")

        def admit(row: KeyRow) -> None:
            g.transaction.by = Actor("visitor", api_key_id=row.id, request_id=g.get("request_id"))
            if row.kind != "publishable":
                raise Problem("forbidden", "A secret key has no place on a website. Revoke it, if it stood in a page.")
            if request.headers.get("Origin") and request.headers.get("Origin") not in row.allowed_origins:
                raise Problem("forbidden", "This key is for the practice's own website: see allowed_origins.")

        return self.opening_of_key(key, admit)

    @staticmethod
    def _preflight() -> Response | None:
        # Before the request is counted: its website has to see that it came too often, and when it may come again.
        origin = request.headers.get("Origin")
        cors.allow(_practice_of_slug((request.view_args or {})["slug"]).allowed_origins if origin else ())
        return cors.preflight() if request.method == "OPTIONS" else None


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
        return tenancy.practice(practice_id)

    def knock(self, opening: Opening, path: Mapping[str, Any]) -> None:
        """Called before the transaction of a request begins: for what has to be kept whatever becomes of that."""

    @staticmethod
    def _preflight() -> Response | None:
        practice_id = practice_of_token((request.view_args or {})["token"])
        cors.allow(_origins_of(practice_id) if practice_id and request.headers.get("Origin") else ())
        return cors.preflight() if request.method == "OPTIONS" else None

    def _transact(self, opening: Opening, view: Callable[..., Any], path: dict[str, Any], read: frozenset[str]) -> Any:
        try:
            self.knock(opening, path)
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
            practices = {row.id: row.staff_id for row in lobby.rows(MEMBERSHIPS, user=g.claims.user_id)}
        if not sign_in or g.claims.practice_id not in practices:
            raise TokenRevoked("This sign-in has ended. Please sign in again.")
        g.sign_in, g.staff_id = sign_in[0], practices[g.claims.practice_id]
        return super()._transact(opening, view, path, read)


def bearer_token() -> str:
    """The token or key of the Authorization header; they are taken from nowhere else."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Problem("unauthenticated", "Send Authorization: Bearer <access_token>.")
    return token.strip()


def _origins_of(practice_id: UUID) -> Sequence[str]:
    with transaction(tenancy.practice(practice_id), reading=True) as inside:
        found = inside.rows(ALLOWED_ORIGINS)
    return found[0].allowed_origins if found else ()


def _founded_by(keyed: Keyed) -> UUID:
    """The practice that this request makes; or that it made, while the present secret was not the present one yet."""
    present, *earlier = keyed.row_ids
    for practice_id in earlier:
        with transaction(tenancy.practice(practice_id), reading=True) as looking:
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
