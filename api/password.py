"""Passwords: changed by who knows the present one, set anew by who reads the mail of the address."""

from typing import Any
from uuid import UUID

from flask import g

from api.credentials import prove_again
from api.doors import AccountDoor, LobbyDoor
from api.limits import client_address, count, is_within
from api.verbs import transaction
from domain.email_address import identity
from domain.password import must_not_be_common
from models import tenancy
from models.audit_entry import Actor
from models.link import hash_of
from models.message import Message
from models.password import RESET_BY_LINK, PasswordReset, ResetGone
from models.practice import Practice
from models.sign_in import SignIn
from models.staff import MEMBERSHIPS
from models.throttle import LINKS_FROM_ADDRESS, MAIL_IN_A_DAY, MAIL_SOON
from models.user import USER, User, hash_password
from schemas.password import PasswordChangeSchema, PasswordForgottenSchema, PasswordResetSchema

forgotten = LobbyDoor("password", __name__, "/auth/password", tag="auth")
passwords = AccountDoor("password-account", __name__, "/auth/password", tag="auth")


@forgotten.route("/forgot", methods=["POST"])
@forgotten.arguments(PasswordForgottenSchema)
@forgotten.response(202)
def forget_password(said: dict[str, str]) -> None:
    """Ask for a new password

    Sends a link to the address if somebody signs in with it. The answer is the same for every address, and so is what is
    done before it is given. An address gets one such mail in ten minutes, three in a day.
    """
    whose = identity(said["email"])
    if is_within((MAIL_SOON, whose), (MAIL_IN_A_DAY, whose)):
        with transaction(tenancy.lobby()) as lobby:
            lobby.add(PasswordReset.ask(whose, now=lobby.now))


@forgotten.route("/reset", methods=["POST"], problems=["not-found"])
@forgotten.arguments(PasswordResetSchema)
@forgotten.response(204)
def reset_password(said: dict[str, str]) -> None:
    """Set a new password, behind the link

    Ends every sign-in of the person. It does not sign in: who has one-time codes set up still needs one. The link works
    once, for an hour; a newer one replaces it.
    """
    with transaction(tenancy.lobby(), reading=True) as lobby:
        found = lobby.rows(RESET_BY_LINK, link_hash=hash_of(said["token"]), now=lobby.now)
        user = lobby.rows(USER, id=found[0].user_id)[0] if found else None
    if user is None:
        count((LINKS_FROM_ADDRESS, client_address()))
        raise ResetGone("This link was used, replaced by a newer one, or has lapsed. Ask for a new one.")
    firms = _must_be_good(said["password"], user, "/password")
    # Made outside of the transaction: it takes its time.
    password_hash = hash_password(said["password"])
    with transaction(tenancy.lobby(user.id)) as lobby:
        lobby.find(PasswordReset, found[0].id, lock=True).use(now=lobby.now)
        lobby.execute(User.set_password(user.id, password_hash))
        lobby.execute(SignIn.end_all(user.id, "password reset", now=lobby.now))
    if firms:
        tell(user, "A new password was set for your account.", firms[0].id, Actor("link", request_id=g.request_id))


@passwords.route("/change", methods=["POST"], problems=["unauthenticated", "rate-limited"])
@passwords.arguments(PasswordChangeSchema)
@passwords.response(204)
def change_password(said: dict[str, str]) -> None:
    """Change the password

    Asks for the present one, and ends every other sign-in of the person. They are told by mail.
    """
    user = prove_again(said["password"])
    _must_be_good(said["new_password"], user, "/new_password")
    password_hash = hash_password(said["new_password"])
    with transaction(tenancy.lobby(user.id)) as lobby:
        lobby.execute(User.set_password(user.id, password_hash))
        lobby.execute(SignIn.end_all(user.id, "password changed", now=lobby.now, besides=g.claims.sign_in_id))
    tell_caller(user, "The password of your account was changed.")


def tell_caller(user: Any, what: str) -> None:
    """A mail to who is signed in, by way of their practice."""
    tell(user, what, g.claims.practice_id, Actor("staff", g.staff_id, sign_in_id=g.claims.sign_in_id, request_id=g.request_id))


def tell(user: Any, what: str, practice_id: UUID, by: Actor) -> None:
    """A mail to the person about a change of their account: if it was not they, they should know."""
    with transaction(tenancy.practice(practice_id)) as inside:
        inside.by = by
        practice = inside.find(Practice, practice_id)
        facts = {"what": what, "at": inside.now}
        inside.add(Message.write("account_changed", to=user.email, now=inside.now, practice=practice, facts=facts))


def _must_be_good(password: str, user: Any, pointer: str) -> list[Any]:
    """Gives the practices that the person is in: their names make no password."""
    with transaction(tenancy.lobby(user.id), reading=True) as lobby:
        firms = lobby.rows(MEMBERSHIPS, user=user.id)
    own = (user.name, user.email, user.email.partition("@")[0], *(name for firm in firms for name in (firm.name, firm.slug)))
    must_not_be_common(password, own, pointer=pointer)
    return firms
