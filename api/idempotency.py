"""Idempotency-Key (IETF httpapi draft): a request that comes again under its key is answered again, not done again."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

import orjson
from flask import Response, current_app, g, request

from api.problems import Problem
from models.files import Received
from models.idempotency_key import (
    KEPT,
    KEPT_ANSWER,
    IdempotencyInProgress,
    IdempotencyKey,
    IdempotencyMismatch,
)
from models.transaction import Transaction

LEAST, MOST = 16, 200
KEPT_HEADERS = ("Content-Type", "Location", "ETag")


@dataclass(frozen=True)
class Keyed:
    """A request with a key: one of a caller, a method, a path."""

    request_hash: bytes
    body_hash: bytes

    @classmethod
    def of(cls, caller: str) -> "Keyed | None":
        """The request at hand, if it is a POST that carries a key."""
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method != "POST":
            return None
        if not (LEAST <= len(key) <= MOST and key.isascii() and key.isprintable()):
            detail = f"An Idempotency-Key has {LEAST} to {MOST} printable ASCII characters."
            raise Problem("validation", detail, errors=[{"pointer": "", "detail": detail}])
        named = orjson.dumps([caller, request.method, request.path, key])
        try:
            body = orjson.dumps(g.body, option=orjson.OPT_SORT_KEYS, default=_of_file)
        except TypeError:
            # It takes no numbers of more than 64 bits, which a schema has yet to refuse.
            body = json.dumps(g.body, sort_keys=True, default=_of_file).encode()
        return cls(hashlib.sha256(named).digest(), hashlib.sha256(body).digest())

    @property
    def row_ids(self) -> list[UUID]:
        """Ids of the form of a UUIDv7 that are the same whenever this request comes: where its answer is looked for when the
        practice that would keep it is only made by it. Only this installation can tell them: one for each of its secrets."""
        numbers = [int.from_bytes(digest[:16]) for digest in current_app.extensions["seal"].digests(self.request_hash)]
        return [UUID(int=number & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62) for number in numbers]

    def kept(self, transaction: Transaction) -> Response | None:
        """The first answer, if there is one. One request holds the key at a time; another gets IdempotencyInProgress.

        The lock and the look-up are one statement, which travels with the opening of the transaction.
        """
        lock = hashlib.sha256(transaction.practice_id.bytes + self.request_hash).digest()[:8]
        found = transaction.rows(KEPT_ANSWER, number=int.from_bytes(lock, signed=True), request_hash=self.request_hash)[0]
        if not found.mine:
            raise IdempotencyInProgress("The first request with this key is still being answered.")
        if found.id is None:
            return None
        if found.created_at <= transaction.now - KEPT:
            # Nobody has tidied it away yet; the key is free again.
            transaction.execute(IdempotencyKey.forget(found.id))
            return None
        if found.body_hash != self.body_hash:
            raise IdempotencyMismatch("This key was used for a request with another body.")
        answer = current_app.extensions["seal"].show(found.answer)
        if answer is None:
            # Hidden under a secret that is gone: it was done, and what was answered nobody can read any more.
            raise IdempotencyMismatch("This was done before, and its answer is kept no longer.")
        response = Response(answer, found.status, found.headers)
        response.headers["Idempotency-Replayed"] = "true"
        return response

    def keep(self, response: Response) -> IdempotencyKey:
        """The row that keeps this answer, in the transaction of its effect; encrypted, since it may hold a link."""
        return IdempotencyKey(
            request_hash=self.request_hash,
            body_hash=self.body_hash,
            status=response.status_code,
            headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
            answer=current_app.extensions["seal"].hide(response.get_data()),
        )


def _of_file(value: object) -> object:
    """What a file is known by in the hash of a body: its name, and what is in it."""
    if isinstance(value, Received):
        return [value.name, value.sha256.hex()]
    raise TypeError(f"{type(value).__name__} is in no body")
