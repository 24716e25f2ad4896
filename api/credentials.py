"""Proving who one is: by password, and by a one-time code where the person set one up. Failures are counted, and tell
nothing: an unknown address is looked for, checked and counted like a known one."""

from typing import Any
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


def prove_by_email(email: str, password: str, otp: str | None) -> Any:
    """The user whose address, password and code these are. Raises `WrongPassword`, `CodeNeeded`, `CodeWrong`; 429."""
    address = client_address()
    with failures_counted((SIGN_IN_TO_ACCOUNT, f"{identity(email)} {address}"), (SIGN_IN_FROM_ADDRESS, address)):
        user = user_of(email)
        check_password(password, user.password_hash if user else None)
        prove_by_code(user, otp)
        return user


def still_holds(user: Any, sign_in_id: UUID | None = None, *, with_code: bool) -> bool:
    """Whether what somebody proved is still so, now that they are signed in: password, one-time codes, or the sign-in that
    they came from. It waits for who changes it at this moment, and who will do so sees the new sign-in and ends it."""
    with transaction(tenancy.lobby(user.id)) as lobby:
        present = lobby.rows(USER_HELD, id=user.id)[0]
        if sign_in_id is not None:
            return bool(lobby.rows(OWN_SIGN_IN, id=sign_in_id, user=user.id))
        codes = lobby.rows(ONE_TIME_CODE, user=user.id)
        is_on = bool(codes) and codes[0].confirmed_at is not None
        return bool(present.password_hash == user.password_hash) and (with_code or not is_on)


def prove_again(password: str) -> Any:
    """The user who is signed in, by their password: asked before what a thief of a session would do first."""
    with transaction(tenancy.lobby(g.claims.user_id), reading=True) as lobby:
        user = lobby.rows(USER, id=g.claims.user_id)[0]
    address = client_address()
    with failures_counted((SIGN_IN_TO_ACCOUNT, f"{user.email_identity} {address}"), (SIGN_IN_FROM_ADDRESS, address)):
        check_password(password, user.password_hash)
    return user


def prove_by_code(user: Any, otp: str | None) -> None:
    """Asks for a one-time code, or a recovery code, of who has set them up; each is taken once."""

    def attempt() -> None:
        with transaction(tenancy.lobby(user.id)) as lobby:
            enrolled = lobby.rows(ONE_TIME_CODE, user=user.id)
            if not enrolled or enrolled[0].confirmed_at is None:
                return
            if otp is None:
                raise CodeNeeded("A one-time code is needed besides the password: send it as otp.")
            secret = current_app.extensions["seal"].show(enrolled[0].secret)
            step = step_of(otp, secret.decode(), now=lobby.now) if secret else None
            if step is not None and lobby.execute(OneTimeCode.take(user.id, step)):
                return
            if not lobby.execute(RecoveryCode.use(user.id, otp, now=lobby.now)):
                raise CodeWrong("This code is not the present one, or was used before.")

    if otp is None:
        again(attempt)
        return
    # Only who knows the password gets here: counted for the account, from wherever the guesses come.
    with failures_counted((CODES_OF_ACCOUNT, str(user.id))):
        again(attempt)
