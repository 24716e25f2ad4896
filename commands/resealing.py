"""What `followthrough reseal` does: what is kept encrypted for years is hidden again, under the present secret.

Answers kept for a request's key live for a day and lapse by themselves. The secrets of one-time codes stay, and so do the
addresses of calendars elsewhere.
"""

from collections import Counter
from enum import Enum, auto
from functools import cache
from uuid import UUID

import sqlalchemy

from commands.serving import now
from commands.settings import Settings
from models import tenancy
from models.database import connect
from models.external_calendar import SEALED, ExternalCalendar
from models.one_time_code import ONE_TIME_CODE, OneTimeCode
from models.practice import PRACTICES
from models.seal import Seal
from models.transaction import Transaction
from models.user import USERS

RESEAL_NEEDS = ("DATABASE_URL", "DATABASE_POOLER", "SECRET_KEY", "SECRET_KEY_PREVIOUS")


def people(settings: Settings) -> list[UUID]:
    """Everybody who has an account: whose codes are whose is seen one at a time, as row security has it."""
    with Transaction(_engine(settings), tenancy.lobby(), now(), reading=True) as lobby:
        return [row.id for row in lobby.rows(USERS)]


def practices(settings: Settings) -> list[UUID]:
    """Every practice: what each has is seen inside of it."""
    with Transaction(_engine(settings), tenancy.lobby(), now(), reading=True) as lobby:
        return [row.id for row in lobby.rows(PRACTICES)]


class Found(Enum):
    """What there was to hide again."""

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


def reseal_calendars_of(settings: Settings, practice_id: UUID) -> Counter[Found]:
    """Hides again the addresses of the practice's calendars elsewhere; what no secret can read stays as it is."""
    seal, told = Seal(settings.secret_keys), Counter[Found]()
    with Transaction(_engine(settings), tenancy.practice(practice_id), now()) as inside:
        for row in inside.rows(SEALED):
            url = seal.show(row.sealed_url)
            told[Found.UNREADABLE if url is None else Found.RESEALED] += 1
            if url is not None:
                inside.execute(ExternalCalendar.rehide(row.id, seal.hide(url)))
    return told


@cache
def _connected(url: str, prepares: bool) -> sqlalchemy.Engine:
    return connect(url, pool_size=1, prepares=prepares)


def _engine(settings: Settings) -> sqlalchemy.Engine:
    return _connected(settings["DATABASE_URL"], settings.prepares)
