"""Signing in: registering a practice, access and refresh tokens, invitations."""

from typing import Any
from uuid import UUID

from flask import Response, g
from marshmallow import ValidationError

from api import body, tokens
from api.config import current_config
from api.doors import (
    Door,
    FoundingDoor,
    LobbyDoor,
    StaffDoor,
    add,
    bearer_token,
    caller,
    now,
    practice,
    transaction,
    work,
)
from api.problems import Problem, render
from domain.email_address import identity
from models import tenancy
from models.base import new_id
from models.link import hash_of, practice_of_token
from models.practice import PRACTICE, Practice
from models.sign_in import RACE_GRACE, RefreshToken, SignIn, TokenRevoked
from models.staff import INVITATION_BY_LINK, MEMBERSHIPS, Invitation, InvitationGone, Staff
from models.tenancy import Opening
from models.user import USER, USER_BY_EMAIL, User, check_password
from schemas.auth import AcceptanceSchema, LoginSchema, MeSchema, RegistrationSchema, SessionSchema


class InvitationDoor(Door):
    """For who was invited. Who they are is settled before the transaction begins: a password takes its time to check,
    and known users are found in the lobby, which nobody enters while in a practice."""

    def opening(self, path: dict[str, Any], role: str | None) -> Opening:
        body.read_body()
        try:
            said = AcceptanceSchema().load(g.body)
        except ValidationError:
            # The view's schema says what is wrong.
            return tenancy.practice(new_id())
        practice_id = practice_of_token(said["token"])
        if practice_id is None:
            raise InvitationGone("This invitation was used, withdrawn, or has lapsed. Ask for a new one.")
        g.invited = self._proven(practice_id, said)
        return tenancy.practice(practice_id)

    @staticmethod
    def _proven(practice_id: UUID, said: dict[str, str]) -> Any:
        """The user of the invitation's address, by their password; a new one where there is none."""
        with transaction(tenancy.practice(practice_id)) as reading:
            found = reading.rows(INVITATION_BY_LINK, link_hash=hash_of(said["token"]))
        if not found:
            raise InvitationGone("This invitation was used, withdrawn, or has lapsed. Ask for a new one.")
        user = _user(found[0].email)
        if user is None:
            return User.register(name=said["name"], email=found[0].email, password=said["password"])
        check_password(said["password"], user.password_hash)
        return user


auth = LobbyDoor("auth", __name__, "/auth", description="Registering, joining, signing in.")
founding = FoundingDoor("auth-register", __name__, "/auth", tag="auth")
invitations = InvitationDoor("auth-invitations", __name__, "/auth", tag="auth")
me = StaffDoor("me", __name__, tag="auth")


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
    user = User.register(name=said["name"], email=said["email"], password=said["password"])
    add(practice, user)
    return _joined(practice, user, user.name, "owner")


@auth.route("/login", methods=["POST"], problems=["unauthenticated", "forbidden"])
@auth.arguments(LoginSchema)
@auth.response(200, SessionSchema)
def login(said: dict[str, str]) -> dict[str, Any]:
    """Sign in

    Answers alike, and as slowly, whether the address is unknown or the password wrong. Who works in several practices
    names one by its slug; without one it is the first that they joined.
    """
    user = _user(said["email"])
    check_password(said["password"], user.password_hash if user else None)
    assert user is not None
    return _signed_in(user, said.get("practice"))


@auth.route(
    "/refresh",
    methods=["POST"],
    problems=["unauthenticated", "token-expired", "token-revoked"],
    security=[{"refresh_token": []}],
)
@auth.response(200, SessionSchema)
def refresh() -> dict[str, Any] | Response:
    """Refresh the access token

    Takes the refresh token as bearer and gives a new pair; the old one works no more. Of two that come with one token the
    second gets 401. A token that comes again later was stolen, or its thief used it: the whole sign-in ends.
    """
    claims = tokens.read(bearer_token(), "refresh")
    with transaction(tenancy.lobby(claims.user_id)) as lobby:
        sign_in = lobby.find(SignIn, claims.sign_in_id, lock=True)
        if not lobby.execute(RefreshToken.use(claims.id, now=lobby.now)):
            used = lobby.find(RefreshToken, claims.id).used_at
            if used is not None and lobby.now - used > RACE_GRACE:
                sign_in.end("refresh token reused", now=lobby.now)
            # An answer, not an exception: the end of the sign-in has to be committed.
            return render(Problem("token-revoked", "This refresh token was used before."))
        if sign_in.ended_at is not None:
            raise TokenRevoked("This sign-in has ended. Please sign in again.")
        user = lobby.rows(USER, id=claims.user_id)[0]
        membership = next((row for row in lobby.rows(MEMBERSHIPS, user=user.id) if row.id == claims.practice_id), None)
        if membership is None:
            raise TokenRevoked("You are not in this practice any more.")
        issued = RefreshToken.issue(sign_in_id=sign_in.id, now=lobby.now)
        lobby.add(issued)
    return _session(user, membership, sign_in.id, issued.id, membership.id)


@invitations.route("/invitations/accept", methods=["POST"], problems=["not-found", "unauthenticated"])
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
    work().find(SignIn, caller().sign_in_id, lock=True).end("signed out", now=now())


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


def _user(email: str) -> Any:
    with transaction(tenancy.lobby()) as lobby:
        found = lobby.rows(USER_BY_EMAIL, email_identity=identity(email))
    return found[0] if found else None


def _joined(practice: Practice, user: Any, name: str, role: str) -> dict[str, Any]:
    """The person works here from now on, and is signed in, all in the transaction of this request."""
    sign_in = SignIn.start(user_id=user.id, practice_id=practice.id)
    issued = RefreshToken.issue(sign_in_id=sign_in.id, now=now())
    add(Staff.join(user_id=user.id, name=name, email=user.email, role=role), sign_in, issued)
    membership = {"id": practice.id, "slug": practice.slug, "name": practice.name, "role": role}
    return _session(user, membership, sign_in.id, issued.id, practice_id=practice.id)


def _signed_in(user: Any, slug: str | None) -> dict[str, Any]:
    """A new sign-in of the person, in the practice of this slug or the first of theirs."""
    with transaction(tenancy.lobby(user.id)) as lobby:
        memberships = [row for row in lobby.rows(MEMBERSHIPS, user=user.id) if slug in (None, row.slug)]
        if not memberships:
            # Whoever knows the password may know that; it tells nothing of practices that others work in.
            raise Problem("forbidden", "You do not work in this practice." if slug else "You work in no practice.")
        sign_in = SignIn.start(user_id=user.id, practice_id=memberships[0].id)
        issued = RefreshToken.issue(sign_in_id=sign_in.id, now=lobby.now)
        lobby.add(sign_in, issued)
    return _session(user, memberships[0], sign_in.id, issued.id, memberships[0].id)


def _session(user: Any, membership: Any, sign_in_id: UUID, refresh_id: UUID, practice_id: UUID) -> dict[str, Any]:
    issued = tokens.issue(user_id=user.id, practice_id=practice_id, sign_in_id=sign_in_id, refresh_id=refresh_id)
    return {**issued, "practice": membership, "user": user}
