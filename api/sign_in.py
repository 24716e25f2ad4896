"""Where a person is signed in, and how they end it from afar (OWASP ASVS 5, 7.5.2)."""

from typing import Any

from flask import g

from api.credentials import prove_again
from api.doors import AccountDoor
from api.problems import unknown_reference
from api.verbs import transaction
from models import tenancy
from models.sign_in import OWN_SIGN_INS, SignIn
from schemas.sign_in import EndingSchema, SignInsSchema

sign_ins = AccountDoor("sign-ins", __name__, "/auth/sign-ins", tag="auth")


@sign_ins.route("")
@sign_ins.response(200, SignInsSchema)
def list_my_sign_ins() -> dict[str, Any]:
    """Where I am signed in

    Every sign-in of the person that has not ended, in all their practices, newest first.
    """
    with transaction(tenancy.lobby(g.claims.user_id)) as lobby:
        found = lobby.rows(OWN_SIGN_INS, user=g.claims.user_id, now=lobby.now)
    return {
        "items": [
            {
                "id": row.id,
                "practice": row.slug,
                "practice_name": row.name,
                "created_at": row.created_at,
                "refreshed_at": row.refreshed_at,
                "is_this_one": row.id == g.claims.sign_in_id,
            }
            for row in found
        ]
    }


@sign_ins.route("/end", methods=["POST"], problems=["unauthenticated", "rate-limited"])
@sign_ins.arguments(EndingSchema)
@sign_ins.response(204)
def end_sign_ins(said: dict[str, Any]) -> None:
    """End sign-ins

    The named one, or all but this one. It holds from the next request on.
    """
    user = prove_again(said["password"])
    with transaction(tenancy.lobby(user.id)) as lobby:
        named = said.get("sign_in_id")
        if named is None:
            lobby.execute(SignIn.end_all(user.id, "ended by the person", now=lobby.now, besides=g.claims.sign_in_id))
        elif not lobby.execute(SignIn.end_one(user.id, named, now=lobby.now)):
            raise unknown_reference("/sign_in_id")
