"""When a form was shown to a visitor: sealed, so that whoever sends it back cannot say another time."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import current_app

from api.problems import Problem
from domain.spam import LATEST


def form_token(practice_id: UUID, now: datetime) -> str:
    """What a page of this practice that holds a form gives along."""
    token: str = current_app.extensions["seal"].cursor([now.timestamp()], _bound_to(practice_id))
    return token


def waited(token: str | None, practice_id: UUID, now: datetime) -> timedelta | None:
    """How long the form was open; None without a token. One that is none of ours is older than any may be."""
    if token is None:
        return None
    with suppress(Problem):
        [shown] = current_app.extensions["seal"].place(token, _bound_to(practice_id))
        return now - datetime.fromtimestamp(shown, UTC)
    return LATEST + timedelta(seconds=1)


def _bound_to(practice_id: UUID) -> str:
    return f"form|{practice_id}"
