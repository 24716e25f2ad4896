"""What has to be read again and must not lie in the clear: encrypted with keys derived from the installation's secrets."""

import hmac
import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Seal:
    """Hides and shows. `keys`: the secrets, the present one first, with which it hides; the others can still show."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = [AESGCM(derived(key, b"answer")) for key in keys]

    def hide(self, shown: bytes) -> bytes:
        """It under AES-256-GCM (NIST SP 800-38D), behind its nonce of 96 random bits."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._ciphers[0].encrypt(nonce, shown, None)

    def show(self, hidden: bytes) -> bytes | None:
        """It again, or None once the key that hid it is gone."""
        for cipher in self._ciphers:
            with suppress(InvalidTag, ValueError):
                return cipher.decrypt(hidden[:NONCE_BYTES], hidden[NONCE_BYTES:], None)
        return None


def derived(key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose: who learns it learns neither the secret nor any other."""
    return hmac.digest(key, b"followthrough " + purpose, sha256)
