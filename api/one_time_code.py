"""One-time codes as a second factor: set up, confirmed, turned off; each change ends the person's other sign-ins."""

from typing import Any

from flask import current_app, g

from api.credentials import prove_again, prove_by_code
from api.doors import AccountDoor
from api.limits import client_address, failures_counted
from api.password import tell_caller
from api.verbs import transaction
from models import tenancy
from models.one_time_code import (
    ONE_TIME_CODE,
    AlreadyEnrolled,
    CodeWrong,
    NotEnrolled,
    OneTimeCode,
    RecoveryCode,
    enrolment_uri,
    new_recovery_codes,
    new_secret,
    step_of,
)
from models.sign_in import SignIn
from models.throttle import SIGN_IN_FROM_ADDRESS, SIGN_IN_TO_ACCOUNT
from models.user import USER, USER_TO_CHANGE
from schemas.one_time_code import (
    ConfirmationSchema,
    DisableSchema,
    EnrolmentSchema,
    PasswordAgainSchema,
    RecoveryCodesSchema,
)

one_time_codes = AccountDoor("one-time-codes", __name__, "/auth/otp", tag="auth")


@one_time_codes.route("/enroll", methods=["POST"], problems=["unauthenticated", "rate-limited"])
@one_time_codes.arguments(PasswordAgainSchema)
@one_time_codes.response(200, EnrolmentSchema)
def enroll_one_time_codes(said: dict[str, str]) -> dict[str, str]:
    """Set up one-time codes

    Gives a secret for an authenticator app (TOTP, RFC 6238: SHA-1, six digits, 30 seconds). Nothing is asked for until a
    first code has confirmed it; enrolling again before that gives a new secret.
    """
    user = prove_again(said["password"])
    secret = new_secret()
    with transaction(tenancy.lobby(user.id)) as lobby:
        lobby.rows(USER_TO_CHANGE, id=user.id)
        if _enrolled(lobby, user.id, confirmed=True):
            raise AlreadyEnrolled("One-time codes are on already. Turn them off before you set them up anew.")
        lobby.execute(OneTimeCode.of(user.id))
        lobby.add(OneTimeCode.enroll(user.id, current_app.extensions["seal"].hide(secret.encode())))
    return {"secret": secret, "uri": enrolment_uri(secret, user.email)}


@one_time_codes.route("/confirm", methods=["POST"], problems=["unauthenticated", "rate-limited"])
@one_time_codes.arguments(ConfirmationSchema)
@one_time_codes.response(200, RecoveryCodesSchema)
def confirm_one_time_codes(said: dict[str, str]) -> dict[str, Any]:
    """Turn one-time codes on

    By a first code of the app. Gives ten recovery codes, shown this once, and ends the person's other sign-ins.
    """
    user_id, address = g.claims.user_id, client_address()
    with transaction(tenancy.lobby(user_id)) as lobby:
        user = lobby.rows(USER, id=user_id)[0]
    codes = new_recovery_codes()
    limits = (SIGN_IN_TO_ACCOUNT, f"{user.email_identity} {address}"), (SIGN_IN_FROM_ADDRESS, address)
    with failures_counted(*limits), transaction(tenancy.lobby(user_id)) as lobby:
        lobby.rows(USER_TO_CHANGE, id=user_id)
        enrolled = _enrolled(lobby, user_id, confirmed=False)
        if enrolled is None:
            raise NotEnrolled("There is nothing to confirm: set one-time codes up first.")
        secret = current_app.extensions["seal"].show(enrolled.secret)
        step = step_of(said["otp"], secret.decode(), now=lobby.now) if secret else None
        if step is None or not lobby.execute(OneTimeCode.confirm(user_id, step, now=lobby.now)):
            raise CodeWrong("This code is not the present one, or was used before.")
        lobby.execute(RecoveryCode.of(user_id))
        lobby.add(RecoveryCode.issue(user_id, code) for code in codes)
        lobby.execute(SignIn.end_all(user_id, "one-time codes turned on", now=lobby.now, besides=g.claims.sign_in_id))
    tell_caller(user, "One-time codes were turned on for your account.")
    return {"recovery_codes": codes}


@one_time_codes.route("/disable", methods=["POST"], problems=["unauthenticated", "rate-limited"])
@one_time_codes.arguments(DisableSchema)
@one_time_codes.response(204)
def disable_one_time_codes(said: dict[str, str]) -> None:
    """Turn one-time codes off

    Asks for the password and a code, and ends the person's other sign-ins.
    """
    user = prove_again(said["password"])
    address = client_address()
    with transaction(tenancy.lobby(user.id)) as lobby:
        if not _enrolled(lobby, user.id, confirmed=True):
            raise NotEnrolled("One-time codes are not set up.")
    with failures_counted((SIGN_IN_TO_ACCOUNT, f"{user.email_identity} {address}"), (SIGN_IN_FROM_ADDRESS, address)):
        prove_by_code(user, said["otp"])
    with transaction(tenancy.lobby(user.id)) as lobby:
        lobby.rows(USER_TO_CHANGE, id=user.id)
        lobby.execute(OneTimeCode.of(user.id))
        lobby.execute(RecoveryCode.of(user.id))
        lobby.execute(SignIn.end_all(user.id, "one-time codes turned off", now=lobby.now, besides=g.claims.sign_in_id))
    tell_caller(user, "One-time codes were turned off for your account.")


def _enrolled(lobby: Any, user_id: Any, *, confirmed: bool) -> Any:
    """The person's row in this state, or None."""
    found = lobby.rows(ONE_TIME_CODE, user=user_id)
    return found[0] if found and (found[0].confirmed_at is not None) == confirmed else None
