"""Trying again, whole: after a deadlock, or on a new connection; never after a commit of which nobody knows."""

import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from flask import g, request
from sqlalchemy.exc import DBAPIError

from api.problems import Problem, constraint_of
from models.booking import NO_OVERLAP
from models.database import is_lost

Answer = TypeVar("Answer")

ATTEMPTS = 3
RETRIED = ("40001", "40P01")  # serialization_failure, deadlock_detected
# Who has waited so long for a database that is away is told so, instead of being made to wait as long again.
PATIENCE_SECONDS = 2
IN_DOUBT = "The database was lost at the last moment. Look whether it was done; with an Idempotency-Key, just send it again."


def again(attempt: Callable[[], Answer]) -> Answer:
    """Runs a whole attempt, and runs it again where that may go better: after a deadlock, or on a new connection."""
    begun = time.monotonic()
    for number in range(1, ATTEMPTS + 1):
        try:
            return attempt()
        except (DBAPIError, psycopg.Error) as error:
            if _is_in_doubt(error):
                raise Problem("unavailable", IN_DOUBT) from None
            if number == ATTEMPTS or not _may_go_better(error, waited=time.monotonic() - begun):
                raise
    raise AssertionError("the last attempt returns or raises")


def _is_in_doubt(error: DBAPIError | psycopg.Error) -> bool:
    """Whether the database was lost while it committed, and nothing would tell a second attempt that it was done."""
    begun = g.get("transaction")
    at_commit = begun is not None and begun.in_doubt and "Idempotency-Key" not in request.headers
    return at_commit and request.method not in ("GET", "HEAD") and is_lost(_cause(error))


def _may_go_better(error: DBAPIError | psycopg.Error, *, waited: float) -> bool:
    cause = _cause(error)
    # Somebody took that time past our locks: who tries again sees it, and hears which times are free.
    if isinstance(cause, psycopg.errors.ExclusionViolation) and constraint_of(cause) == NO_OVERLAP:
        return True
    # A connection that died in the pool is found by its first statement: nothing was done yet, another is tried.
    return getattr(cause, "sqlstate", None) in RETRIED or (is_lost(cause) and waited < PATIENCE_SECONDS)


def _cause(error: DBAPIError | psycopg.Error) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error
