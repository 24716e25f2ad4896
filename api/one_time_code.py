"""One-time codes as a second factor: set up, confirmed, turned off; each change ends the person's other sign-ins."""

from typing import Any

from flask import current_app, g

from api.credentials import guesses_at, prove_again, prove_by_code, step_shown, user_who_calls
from api.doors import AccountDoor
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
)
from models.sign_in import SignIn
from models.user import USER_TO_CHANGE
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
    user, codes = user_who_calls(), new_recovery_codes()
    with guesses_at(user.email_identity), transaction(tenancy.lobby(user.id)) as lobby:
        lobby.rows(USER_TO_CHANGE, id=user.id)
        enrolled = _enrolled(lobby, user.id, confirmed=False)
        if enrolled is None:
            raise NotEnrolled("There is nothing to confirm: set one-time codes up first.")
        step = step_shown(enrolled, said["otp"], lobby.now)
        if step is None or not lobby.execute(OneTimeCode.confirm(user.id, step, now=lobby.now)):
            raise CodeWrong("This code is not the present one, or was used before.")
        lobby.execute(RecoveryCode.of(user.id))
        lobby.add(RecoveryCode.issue(user.id, code) for code in codes)
        lobby.execute(SignIn.end_all(user.id, "one-time codes turned on", now=lobby.now, besides=g.claims.sign_in_id))
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
    with transaction(tenancy.lobby(user.id), reading=True) as lobby:
        if not _enrolled(lobby, user.id, confirmed=True):
            raise NotEnrolled("One-time codes are not set up.")
    with guesses_at(user.email_identity):
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
