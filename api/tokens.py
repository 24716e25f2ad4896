"""What hangs on the secret in HTTP: access and refresh tokens, signed cursors, and answers kept unreadable."""

import base64
import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt
import orjson
from flask import Flask, current_app
from flask_jwt_extended import JWTManager, create_access_token, create_refresh_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException

from api.problems import Problem
from models import seal
from models.seal import derived
from models.sign_in import REFRESH_LIFETIME
from schemas.fields import canonical_uuid

ACCESS_LIFETIME = timedelta(minutes=15)
ISSUER = "followthrough"
# Tokens of so many people at once are remembered; each is a few hundred bytes.
REMEMBERED = 5000
CLAIMS = {"exp", "jti", "type", "iss", "aud", "sub", "practice", "sign_in"}


@dataclass(frozen=True)
class Claims:
    """What a token says: who, in which practice, by which sign-in; and its own id."""

    id: UUID
    user_id: UUID
    practice_id: UUID
    sign_in_id: UUID


def register(app: Flask, keys: Sequence[bytes]) -> None:
    """Sets up signing with the first key; the others are accepted until their tokens have expired (`kid`)."""
    by_kid = {_kid(key): key.decode() for key in keys}
    present = _kid(keys[0])
    app.config.update(
        JWT_SECRET_KEY=by_kid[present],
        JWT_ALGORITHM="HS256",
        JWT_DECODE_ALGORITHMS=["HS256"],
        JWT_ACCESS_TOKEN_EXPIRES=ACCESS_LIFETIME,
        JWT_REFRESH_TOKEN_EXPIRES=REFRESH_LIFETIME,
        JWT_ENCODE_ISSUER=ISSUER,
        JWT_DECODE_ISSUER=ISSUER,
        JWT_ENCODE_AUDIENCE=ISSUER,
        JWT_DECODE_AUDIENCE=ISSUER,
        JWT_ENCODE_NBF=False,
    )
    app.extensions["checked_tokens"] = {}
    manager = JWTManager(app)
    manager.additional_headers_loader(lambda _identity: {"kid": present})
    manager.decode_key_loader(lambda header, _claims: by_kid.get(header.get("kid"), by_kid[present]))


def issue(*, user_id: UUID, practice_id: UUID, sign_in_id: UUID, refresh_id: UUID) -> dict[str, object]:
    """An access token and the refresh token whose row is `refresh_id`."""
    claims = {"practice": str(practice_id), "sign_in": str(sign_in_id)}
    return {
        "access_token": create_access_token(str(user_id), additional_claims=claims),
        "refresh_token": create_refresh_token(str(user_id), additional_claims={**claims, "row": str(refresh_id)}),
        "expires_in": int(ACCESS_LIFETIME.total_seconds()),
    }


def read(token: str, kind: str) -> Claims:
    """What a token of this kind (`access`, `refresh`) says; every fault of it is a 401.

    What was checked once is remembered until it lapses: who comes with it is looked up in the database each time anyway.
    """
    checked: dict[tuple[str, str], tuple[float, Claims]] = current_app.extensions["checked_tokens"]
    lapses_at, claims = checked.get((kind, token), (0.0, None))
    if claims is not None and time.time() < lapses_at:
        return claims
    lapses_at, claims = _checked(token, kind)
    if len(checked) >= REMEMBERED:
        checked.clear()
    checked[kind, token] = lapses_at, claims
    return claims


def _checked(token: str, kind: str) -> tuple[float, Claims]:
    """Until when a token holds, and what it says."""
    try:
        decode_token(token)
        # The library takes a token without exp or jti for a good one, and calls one without a type an access token:
        # what was really said is looked at here.
        said = jwt.decode(token, options={"verify_signature": False})
    except jwt.ExpiredSignatureError:
        raise Problem("token-expired", "The token has expired.") from None
    except (jwt.PyJWTError, JWTExtendedException, ValueError, KeyError, TypeError):
        raise Problem("unauthenticated", "This is not a token of ours.") from None
    ids = [canonical_uuid(said.get(name)) for name in ("row" if kind == "refresh" else "jti", "sub", "practice", "sign_in")]
    if not said.keys() >= CLAIMS or said["type"] != kind or None in ids:
        raise Problem("unauthenticated", f"This is not {'a refresh' if kind == 'refresh' else 'an access'} token of ours.")
    return float(said["exp"]), Claims(*ids)  # type: ignore[arg-type]


class Seal(seal.Seal):
    """Signs cursors too, and encrypts kept answers, with keys derived from the secrets; the first of them writes."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        super().__init__(keys)
        self._cursor_keys = [derived(key, b"cursor") for key in keys]

    def cursor(self, place: Sequence[object], bound_to: str) -> str:
        """An opaque cursor for a place in a list; it fits this list, practice and filters alone."""
        raw = orjson.dumps(list(place), option=orjson.OPT_UTC_Z)
        return base64.urlsafe_b64encode(self._mark(self._cursor_keys[0], raw, bound_to) + raw).rstrip(b"=").decode()

    def place(self, cursor: str, bound_to: str) -> list[Any]:
        """The place that a cursor names. Raises the validation problem for any cursor that is not ours, or not of here."""
        try:
            signed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)) if cursor.isascii() else b""
        except ValueError:
            signed = b""
        mark, raw = signed[:16], signed[16:]
        if not any(hmac.compare_digest(mark, self._mark(key, raw, bound_to)) for key in self._cursor_keys):
            errors: Any = [{"pointer": "/cursor", "detail": "This is no cursor of this list with these filters."}]
            raise Problem("validation", "Some of it is not valid.", errors=errors)
        place: list[Any] = orjson.loads(raw)
        return place

    @staticmethod
    def _mark(key: bytes, raw: bytes, bound_to: str) -> bytes:
        return hmac.digest(key, bound_to.encode() + b"\0" + raw, hashlib.sha256)[:16]

    def digests(self, named: bytes) -> list[bytes]:
        """What only this installation can work out of a name: by the present secret, then by those before it."""
        return [hmac.digest(key, b"digest\0" + named, hashlib.sha256) for key in self._cursor_keys]


def _kid(key: bytes) -> str:
    return hashlib.sha256(b"kid" + key).hexdigest()[:12]
