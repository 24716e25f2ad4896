"""What `followthrough reseal` does: what is kept encrypted for years is hidden again, under the present secret.

Answers kept for a request's key live for a day and lapse by themselves. The secrets of one-time codes stay.
"""

from enum import Enum, auto
from functools import cache
from uuid import UUID

import sqlalchemy

from api.tokens import Seal
from commands.serving import now
from commands.settings import Settings
from models import tenancy
from models.database import connect
from models.one_time_code import ONE_TIME_CODE, OneTimeCode
from models.transaction import Transaction
from models.user import USERS

RESEAL_NEEDS = ("DATABASE_URL", "DATABASE_POOLER", "SECRET_KEY", "SECRET_KEY_PREVIOUS")


def people(settings: Settings) -> list[UUID]:
    """Everybody who has an account: whose codes are whose is seen one at a time, as row security has it."""
    with Transaction(_engine(settings), tenancy.lobby(), now(), reading=True) as lobby:
        return [row.id for row in lobby.rows(USERS)]


class Found(Enum):
    """What a person had to hide."""

    NOTHING = auto()
    RESEALED = auto()
    UNREADABLE = auto()


def reseal_of(settings: Settings, person: UUID) -> Found:
    """Hides again what the person has; what no secret can read stays as it is."""
    seal = Seal(settings.secret_keys)
    with Transaction(_engine(settings), tenancy.lobby(person), now()) as lobby:
        for row in lobby.rows(ONE_TIME_CODE, user=person):
            secret = seal.show(row.secret)
            if secret is None:
                return Found.UNREADABLE
            lobby.execute(OneTimeCode.rehide(person, seal.hide(secret)))
            return Found.RESEALED
    return Found.NOTHING


@cache
def _connected(url: str, prepares: bool) -> sqlalchemy.Engine:
    return connect(url, pool_size=1, prepares=prepares)


def _engine(settings: Settings) -> sqlalchemy.Engine:
    return _connected(settings["DATABASE_URL"], settings.prepares)
