"""Proving who one is: by password, and by a one-time code where the person set one up. Failures are counted, and tell
nothing: an unknown address is looked for, checked and counted like a known one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app, g

from api.limits import client_address, failures_counted
from api.retry import again
from api.verbs import transaction
from domain.email_address import identity
from models import tenancy
from models.one_time_code import ONE_TIME_CODE, CodeNeeded, CodeWrong, OneTimeCode, RecoveryCode, step_of
from models.sign_in import OWN_SIGN_IN
from models.throttle import CODES_OF_ACCOUNT, SIGN_IN_FROM_ADDRESS, SIGN_IN_TO_ACCOUNT
from models.user import USER, USER_BY_EMAIL, USER_HELD, check_password


def user_of(email: str) -> Any:
    """The user with this address, or None."""
    with transaction(tenancy.lobby(), reading=True) as lobby:
        found = lobby.rows(USER_BY_EMAIL, email_identity=identity(email))
    return found[0] if found else None


class Proven(NamedTuple):
    """Who somebody is, and whether a one-time code was part of the proof."""

    user: Any
    by_code: bool


def prove_by_email(email: str, password: str, otp: str | None) -> Proven:
    """The user whose address, password and code these are. Raises `WrongPassword`, `CodeNeeded`, `CodeWrong`; 429."""
    with guesses_at(identity(email)):
        user = user_of(email)
        check_password(password, user.password_hash if user else None)
        return Proven(user, prove_by_code(user, otp))


def prove_again(password: str) -> Any:
    """The user who is signed in, by their password: asked before what a thief of a session would do first."""
    user = user_who_calls()
    with guesses_at(user.email_identity):
        check_password(password, user.password_hash)
    return user


def prove_by_code(user: Any, otp: str | None) -> bool:
    """Asks for a one-time code, or a recovery code, of who has set them up; each is taken once. Gives whether it did."""

    def attempt() -> bool:
        with transaction(tenancy.lobby(user.id)) as lobby:
            enrolled = lobby.rows(ONE_TIME_CODE, user=user.id)
            if not enrolled or enrolled[0].confirmed_at is None:
                return False
            if otp is None:
                raise CodeNeeded("A one-time code is needed besides the password: send it as otp.")
            step = step_shown(enrolled[0], otp, lobby.now)
            taken = step is not None and lobby.execute(OneTimeCode.take(user.id, step))
            if not taken and not lobby.execute(RecoveryCode.use(user.id, otp, now=lobby.now)):
                raise CodeWrong("This code is not the present one, or was used before.")
            return True

    if otp is None:
        return again(attempt)
    # Only who knows the password gets here: counted for the account, from wherever the guesses come.
    with failures_counted((CODES_OF_ACCOUNT, str(user.id))):
        return again(attempt)


def password_holds(proven: Proven) -> bool:
    """Whether the proof still holds, now that they are signed in by it: the password is the same, and no codes were turned
    on that they did not show. It waits for who changes that at this moment; who does so later sees the new sign-in."""
    with transaction(tenancy.lobby(proven.user.id)) as lobby:
        present = lobby.rows(USER_HELD, id=proven.user.id)[0]
        codes = lobby.rows(ONE_TIME_CODE, user=proven.user.id)
    is_on = bool(codes) and codes[0].confirmed_at is not None
    return bool(present.password_hash == proven.user.password_hash) and (proven.by_code or not is_on)


def sign_in_holds(user: Any, sign_in_id: UUID) -> bool:
    """The same for who came from another sign-in: it has not ended, and nobody is about to end it."""
    with transaction(tenancy.lobby(user.id)) as lobby:
        lobby.rows(USER_HELD, id=user.id)
        return bool(lobby.rows(OWN_SIGN_IN, id=sign_in_id, user=user.id))


def user_who_calls() -> Any:
    with transaction(tenancy.lobby(g.claims.user_id), reading=True) as lobby:
        return lobby.rows(USER, id=g.claims.user_id)[0]


@contextmanager
def guesses_at(account: str) -> Iterator[None]:
    """Counts what fails in here as a guess at the account (the identity of its address), from where it comes."""
    address = client_address()
    with failures_counted((SIGN_IN_TO_ACCOUNT, f"{account} {address}"), (SIGN_IN_FROM_ADDRESS, address)):
        yield


def step_shown(enrolled: Any, otp: str, now: datetime) -> int | None:
    """The time step whose code this is, for a row of `ONE_TIME_CODE`; None too where no secret of ours reads it any more."""
    secret = current_app.extensions["seal"].show(enrolled.secret)
    return step_of(otp, secret.decode(), now=now) if secret else None
