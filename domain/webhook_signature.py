"""Signatures of hooks, as Standard Webhooks says them: HMAC-SHA256 over id, time and body, in base64 behind `v1,`."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
LEAST_BYTES, MOST_BYTES = 24, 64
# Between the sender's clock and ours, and for as long as a hook that was overheard may be sent again.
TOLERANCE_SECONDS = 300
_MOST_SIGNATURES = 10


class SecretInvalid(ValueError):
    """No secret of the standard's form."""


def key_of(secret: str) -> bytes:
    """The key in a secret: `whsec_` and base64 of 24 to 64 bytes."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True) if secret.startswith(PREFIX) else b""
    except (binascii.Error, ValueError):
        key = b""
    if not LEAST_BYTES <= len(key) <= MOST_BYTES:
        raise SecretInvalid(f"{PREFIX} and base64 of {LEAST_BYTES} to {MOST_BYTES} bytes")
    return key


def sign(key: bytes, hook_id: str, seconds: int, body: bytes) -> str:
    """What the header `webhook-signature` says of this hook."""
    signed = hmac.digest(key, f"{hook_id}.{seconds}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(signed).decode()}"


def is_timely(seconds: str, now: float) -> bool:
    """Whether a hook was signed about now: an old one may have been overheard."""
    return len(seconds) <= 12 and seconds.isascii() and seconds.isdigit() and abs(int(seconds) - now) <= TOLERANCE_SECONDS


def is_genuine(keys: Sequence[bytes], hook_id: str, seconds: str, signatures: str, body: bytes) -> bool:
    """Whether one of the signatures was made with one of the keys."""
    given = [one.encode() for one in signatures.split(" ")[:_MOST_SIGNATURES]]
    made = [sign(key, hook_id, int(seconds), body).encode() for key in keys]
    return any(hmac.compare_digest(one, ours) for one in given for ours in made)
