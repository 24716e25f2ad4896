"""Signing in: registering a practice, access and refresh tokens, invitations."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g
from marshmallow import ValidationError

from api import body, tokens
from api.config import current_config
from api.credentials import password_holds, prove_by_email, sign_in_holds, user_of, user_who_calls
from api.door import Door
from api.doors import AccountDoor, FoundingDoor, LobbyDoor, StaffDoor, bearer_token
from api.limits import client_address, count
from api.problems import Problem
from api.verbs import add, caller, now, practice, transaction, work
from domain.password import must_not_be_common
from models import tenancy
from models.audit_entry import Actor
from models.base import new_id
from models.link import hash_of, practice_of_token
from models.practice import PRACTICE, Practice
from models.sign_in import RACE_GRACE, RefreshToken, SignIn, TokenRevoked
from models.staff import INVITATION_BY_LINK, MEMBERSHIPS, Invitation, InvitationGone, Staff
from models.tenancy import Opening
from models.throttle import LINKS_FROM_ADDRESS
from models.transaction import NotFound
from models.user import USER, User
from schemas.auth import (
    AcceptanceSchema,
    LoginSchema,
    MembershipsSchema,
    MeSchema,
    RegistrationSchema,
    SessionSchema,
    SwitchSchema,
)


class InvitationDoor(Door):
    """For who was invited. Who they are is settled before the transaction begins: a password takes its time to check,
    and known users are found in the lobby, which nobody enters while in a practice."""

    counted_as, actor = "auth", "link"

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        body.read_body()
        try:
            said = AcceptanceSchema().load(g.body)
        except ValidationError:
            # The view's schema says what is wrong.
            return tenancy.practice(new_id())
        practice_id = practice_of_token(said["token"])
        g.invited = self._proven(practice_id, said)
        assert practice_id is not None
        return tenancy.practice(practice_id)

    @staticmethod
    def _proven(practice_id: UUID | None, said: dict[str, str]) -> Any:
        """The user of the invitation's address, by their password and code; a new one where there is none."""
        found = []
        if practice_id is not None:
            with transaction(tenancy.practice(practice_id), reading=True) as inside:
                found = inside.rows(INVITATION_BY_LINK, link_hash=hash_of(said["token"]))
        if not found:
            count((LINKS_FROM_ADDRESS, client_address()))
            raise InvitationGone("This invitation was used, withdrawn, or has lapsed. Ask for a new one.")
        email: str = found[0].email
        if user_of(email) is None:
            must_not_be_common(said["password"], (said["name"], email, email.partition("@")[0]))
            return User.register(name=said["name"], email=email, password=said["password"])
        return prove_by_email(email, said["password"], said.get("otp")).user


auth = LobbyDoor("auth", __name__, "/auth", description="Registering, joining, signing in.")
founding = FoundingDoor("auth-register", __name__, "/auth", tag="auth")
invitations = InvitationDoor("auth-invitations", __name__, "/auth", tag="auth")
me = StaffDoor("me", __name__, tag="auth", takes_keys=False)
account = AccountDoor("auth-account", __name__, "/auth", tag="auth")


@founding.route("/register", methods=["POST"], problems=["email-taken", "forbidden"])
@founding.arguments(RegistrationSchema)
@founding.response(201, SessionSchema)
def register(said: dict[str, str]) -> dict[str, Any]:
    """Register a practice

    Makes the practice and its owner, and signs the owner in. 409 `email-taken` when the address is registered already:
    sign in with it, or use another one. Closed installations (`SIGNUP=closed`) answer 403.
    """
    if current_config().signup != "open":
        raise Problem("forbidden", "This installation takes no new practices.")
    firm = {"name": said["practice_name"], "slug": said["slug"], "timezone": said["timezone"]}
    practice = Practice.found(id=work().practice_id, **firm)
    own = (said["name"], said["email"], said["email"].partition("@")[0], said["practice_name"], said["slug"])
    must_not_be_common(said["password"], own)
    user = User.register(name=said["name"], email=said["email"], password=said["password"])
    add(practice, user)
    return _joined(practice, user, user.name, "owner")


@auth.route("/login", methods=["POST"], problems=["unauthenticated", "otp-required", "forbidden"])
@auth.arguments(LoginSchema)
@auth.response(200, SessionSchema)
def login(said: dict[str, str]) -> dict[str, Any]:
    """Sign in

    Answers alike, and as slowly, whether the address is unknown or the password wrong. Who has set up one-time codes sends
    `otp` too, a present code or a recovery code; without it, the right password answers 401 `otp-required`. Who works in
    several practices names one by its slug; without one it is the first that they joined.
    """
    proven = prove_by_email(said["email"], said["password"], said.get("otp"))
    return _signed_in(proven.user, said.get("practice"), lambda: password_holds(proven))


@auth.route(
    "/refresh",
    methods=["POST"],
    problems=["unauthenticated", "token-expired", "token-revoked"],
    security=[{"refresh_token": []}],
)
@auth.response(200, SessionSchema)
def refresh() -> dict[str, Any]:
    """Refresh the access token

    Takes the refresh token as bearer and gives a new pair; the old one works no more. Of two that come with one token the
    second gets 401. A token that comes again later was stolen, or its thief used it: the whole sign-in ends.
    """
    claims = tokens.read(bearer_token(), "refresh")
    with transaction(tenancy.lobby(claims.user_id)) as lobby:
        users = lobby.rows(USER, id=claims.user_id)
        try:
            sign_in, token = lobby.find(SignIn, claims.sign_in_id), lobby.find(RefreshToken, claims.id)
        except NotFound:
            users = []
        if not users:
            # From another life of this installation: a backup that is older than the token was restored.
            raise TokenRevoked("This sign-in has ended. Please sign in again.")
        is_first = lobby.execute(RefreshToken.use(claims.id, now=lobby.now)) == 1
        membership = next((row for row in lobby.rows(MEMBERSHIPS, user=claims.user_id) if row.id == claims.practice_id), None)
        issued = RefreshToken.issue(sign_in_id=sign_in.id, now=lobby.now)
        # With the use of the one before: a line that breaks in between must not sign anybody out.
        if is_first and membership is not None and not sign_in.is_over(lobby.now):
            lobby.add(issued)
    if not is_first:
        _reused(claims, sign_in, token.used_at, membership)
        raise TokenRevoked("This refresh token was used before.")
    if sign_in.is_over(lobby.now):
        raise TokenRevoked("This sign-in has ended. Please sign in again.")
    if membership is None:
        raise TokenRevoked("You are not in this practice any more.")
    return _session(users[0], membership, membership.id, sign_in.id, issued.id)


@invitations.route("/invitations/accept", methods=["POST"], problems=["not-found", "unauthenticated", "otp-required"])
@invitations.arguments(AcceptanceSchema)
@invitations.response(200, SessionSchema)
def accept_invitation(said: dict[str, str]) -> dict[str, Any]:
    """Accept an invitation

    A new person sets name and password; one who has an account gives its password, which is checked and never changed.
    Works once. An invitation that was used, withdrawn or has lapsed answers 404.
    """
    found = work().rows(INVITATION_BY_LINK, link_hash=hash_of(said["token"]))
    if not found:
        raise InvitationGone("This invitation was used, withdrawn, or has lapsed. Ask for a new one.")
    invitation = work().find(Invitation, found[0].id, lock=True)
    invitation.accept(now=now())
    user = add(g.invited) if isinstance(g.invited, User) else g.invited
    return _joined(practice(), user, said["name"], invitation.role)


@me.route("/auth/logout", methods=["POST"])
@me.response(204)
def logout() -> None:
    """Sign out

    Ends this sign-in: its access token and its refresh token stop working at once.
    """
    _my_sign_in().end("signed out", now=now())


@me.route("/me")
@me.response(200, MeSchema)
def who_am_i() -> dict[str, Any]:
    """Who is signed in

    The person, the practice, and the role as it is at this moment.
    """
    member = work().find(Staff, caller().staff_id)
    practice = work().rows(PRACTICE, id=work().practice_id)[0]
    return {
        "user": {"id": member.user_id, "name": member.name, "email": member.email},
        "practice": {"id": practice.id, "slug": practice.slug, "name": practice.name, "role": member.role},
        "staff_id": member.id,
    }


@account.route("/practices")
@account.response(200, MembershipsSchema)
def list_my_practices() -> dict[str, Any]:
    """Where the person works

    Every practice that they are in, with their role there.
    """
    with transaction(tenancy.lobby(g.claims.user_id)) as lobby:
        return {"items": lobby.rows(MEMBERSHIPS, user=g.claims.user_id)}


@account.route("/switch", methods=["POST"], problems=["forbidden"])
@account.arguments(SwitchSchema)
@account.response(200, SessionSchema)
def switch(said: dict[str, str]) -> dict[str, Any]:
    """Go on in another practice

    Gives a session of its own there; the present one stays, for who has both open side by side.
    """
    user, origin = user_who_calls(), g.sign_in
    return _signed_in(user, said["practice"], lambda: sign_in_holds(user, origin.id), origin=origin)


def _my_sign_in() -> SignIn:
    sign_in_id = caller().sign_in_id
    assert sign_in_id is not None, "no key comes to this door"
    return work().find(SignIn, sign_in_id, lock=True)


def _joined(practice: Practice, user: Any, name: str, role: str) -> dict[str, Any]:
    """The person works here from now on (again, if they did before), and is signed in, all in the transaction of this
    request."""
    before = work().all(Staff.of_user(user.id))
    if before:
        before[0].rejoin(name=name, email=user.email, role=role)
    else:
        add(Staff.join(user_id=user.id, name=name, email=user.email, role=role))
    sign_in, issued = _start(user.id, practice.id, now())
    add(sign_in, issued)
    membership = {"id": practice.id, "slug": practice.slug, "name": practice.name, "role": role}
    return _session(user, membership, practice.id, sign_in.id, issued.id)


def _reused(claims: tokens.Claims, sign_in: SignIn, used_at: datetime | None, membership: Any) -> None:
    """A token that comes again, and not from a second tab: whoever has it, all that hangs on it ends."""
    with transaction(tenancy.practice(claims.practice_id)) as inside:
        if used_at is None or inside.now - used_at <= RACE_GRACE or sign_in.ended_at is not None:
            return
        staff_id = membership.staff_id if membership else None
        inside.by = Actor("staff", staff_id, sign_in_id=sign_in.id, request_id=g.request_id)
        inside.record("reuse", SignIn, sign_in.id)
        inside.find(SignIn, sign_in.id, lock=True).end("refresh token reused", now=inside.now)
    with transaction(tenancy.lobby(claims.user_id)) as lobby:
        lobby.execute(SignIn.end_family(claims.user_id, sign_in.family_id or sign_in.id, now=lobby.now))


def _signed_in(user: Any, slug: str | None, holds: Callable[[], bool], origin: Any = None) -> dict[str, Any]:
    """A new sign-in of the person, in the practice of this slug or the first of theirs; of the family of its `origin`.

    What was proven for it has to hold when it is there: what ends all sign-ins cannot see one that is yet to come.
    """
    with transaction(tenancy.lobby(user.id), reading=True) as lobby:
        memberships = [row for row in lobby.rows(MEMBERSHIPS, user=user.id) if slug in (None, row.slug)]
    if not memberships:
        # Whoever knows the password may know that; it tells nothing of practices that others work in.
        raise Problem("forbidden", "You do not work in this practice." if slug else "You work in no practice.")
    member = memberships[0]
    with transaction(tenancy.practice(member.id)) as inside:
        sign_in, issued = _start(user.id, member.id, inside.now, origin)
        inside.by = Actor("staff", member.staff_id, sign_in_id=sign_in.id, request_id=g.request_id)
        inside.add(sign_in, issued)
    if not holds():
        with transaction(tenancy.lobby(user.id)) as lobby:
            lobby.execute(SignIn.end_one(user.id, sign_in.id, now=lobby.now))
        raise TokenRevoked("Your password or codes were changed at this moment. Please sign in again.")
    return _session(user, member, member.id, sign_in.id, issued.id)


def _start(user_id: UUID, practice_id: UUID, now: datetime, origin: Any = None) -> tuple[SignIn, RefreshToken]:
    """A sign-in and its first refresh token."""
    of = {"since": origin.created_at, "family_id": origin.family_id or origin.id} if origin else {}
    sign_in = SignIn.start(user_id=user_id, practice_id=practice_id, **of)
    return sign_in, RefreshToken.issue(sign_in_id=sign_in.id, now=now)


def _session(user: Any, membership: Any, practice_id: UUID, sign_in_id: UUID, refresh_id: UUID) -> dict[str, Any]:
    issued = tokens.issue(user_id=user.id, practice_id=practice_id, sign_in_id=sign_in_id, refresh_id=refresh_id)
    return {**issued, "practice": membership, "user": user}
