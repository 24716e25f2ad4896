"""Links in mail: tokens that carry their practice, are derived when needed, and are kept only as a hash."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

TOKEN_BYTES = 16 + 24


@dataclass(frozen=True)
class Links:
    """Makes and reads link tokens. `keys`: the present secret first, then those whose mails may still be under way.

    A token is base64url of the practice's id (16 bytes) and an HMAC-SHA256 (24 of its bytes) over purpose, practice and
    row. Nobody can make one without the secret; the row keeps its SHA-256, so that it outlives the secret and dies when
    the hash is taken away.
    """

    keys: Sequence[bytes]
    base_url: str

    def token(self, purpose: str, practice_id: UUID, row_id: UUID, *, hashed: bytes | None = None) -> str:
        """The token of a row's link; with `hashed`, the one that has this hash, whichever key made it."""
        made = [self._token(key, purpose, practice_id, row_id) for key in (self.keys if hashed else self.keys[:1])]
        return next((token for token in made if hash_of(token) == hashed), made[0])

    def url(self, purpose: str, practice_id: UUID, row_id: UUID, *, hashed: bytes | None = None) -> str:
        """The page that the link opens: `{BASE_URL}/{purpose}/{token}`."""
        return f"{self.base_url}/{purpose}/{self.token(purpose, practice_id, row_id, hashed=hashed)}"

    @staticmethod
    def _token(key: bytes, purpose: str, practice_id: UUID, row_id: UUID) -> str:
        signed = hmac.digest(key, b"link|%s|" % purpose.encode() + practice_id.bytes + row_id.bytes, hashlib.sha256)
        return base64.urlsafe_b64encode(practice_id.bytes + signed[:24]).rstrip(b"=").decode()


def hash_of(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def practice_of_token(token: str) -> UUID | None:
    """The practice that a token names, if it has the form of one; whether it is genuine, its hash tells."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if token.isascii() else b""
    except ValueError:
        return None
    return UUID(bytes=raw[:16]) if len(raw) == TOKEN_BYTES else None
