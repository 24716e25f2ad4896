"""The address of a case for mail that comes in: a local part that only this installation can make, and that names the case.

It is base32 of the practice's id, the case's id and 7 bytes of an HMAC over both: 63 characters, of the 64 that a local part
may have (RFC 5321 section 4.5.3.1.1), in letters and digits that survive every mail server, in capitals too. Who knows the
address of one case can make up that of no other.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

SIGNED_BYTES = 7
LOCAL_PART = r"[a-z2-7]{63}"
_PURPOSE = b"inbound mail address"
_LOCAL_PART = re.compile(LOCAL_PART)
# More recipients than anybody names; what stands behind them in a header is not read.
MOST_ADDRESSES = 20
_LONGEST_READ = 64 * 2**10


class Addressed(NamedTuple):
    """Whose mail it is."""

    practice_id: UUID
    case_id: UUID


def make(key: bytes, practice_id: UUID, case_id: UUID, domain: str) -> str:
    """The address of a case at this domain."""
    named = practice_id.bytes + case_id.bytes
    local = base64.b32encode(named + _signed(key, named)).decode().rstrip("=").lower()
    return f"{local}@{domain.lower()}"


def read(address: str, keys: Sequence[bytes], domain: str) -> Addressed | None:
    """The case that an address names, if it is one of ours at this domain, made with one of these keys."""
    local, _, host = address.strip().lower().rpartition("@")
    if not domain or host != domain.lower() or not _LOCAL_PART.fullmatch(local):
        return None
    raw = base64.b32decode(local.upper() + "=")
    named, signed = raw[:32], raw[32:]
    # Not the same bytes in another spelling: the last letter holds three bits that name nothing.
    is_plain = base64.b32encode(raw).decode().rstrip("=").lower() == local
    if not (is_plain and any(hmac.compare_digest(_signed(key, named), signed) for key in keys)):
        return None
    return Addressed(UUID(bytes=named[:16]), UUID(bytes=named[16:]))


def found_in(text: str, keys: Sequence[bytes], domain: str) -> list[Addressed]:
    """The cases that a header names among its addresses, each once."""
    if not domain:
        return []
    form = re.compile(rf"(?<![a-z0-9._+-]){LOCAL_PART}@{re.escape(domain.lower())}(?![a-z0-9.-])")
    candidates = dict.fromkeys(form.findall(text[:_LONGEST_READ].lower()))
    found = [read(address, keys, domain) for address in list(candidates)[:MOST_ADDRESSES]]
    return list(dict.fromkeys(one for one in found if one))


def _signed(key: bytes, named: bytes) -> bytes:
    own = hmac.digest(key, _PURPOSE, hashlib.sha256)
    return hmac.digest(own, named, hashlib.sha256)[:SIGNED_BYTES]
