"""What is compared, and what comes of it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

# As it is told: the worst first.
ORDER: Final = ("weakened", "removed", "changed", "strengthened", "added", "reworded", "unchanged")
FIELDS: Final = ("kind", "text", "minutes", "times", "per", "setting", "provider_role", "starts_on", "ends_on")

# Minutes owed in a "week" and in a "month", fewest and most.
Owed = dict[str, tuple[Fraction, Fraction]]


@dataclass(frozen=True)
class Promise:
    """A provision of a version. `key` is the caller's and never compared; `identity` is the provision's own from version to
    version, and makes two of them likelier to be paired.
    """

    kind: str
    text: str
    minutes: int | None = None
    times: int | None = None
    per: str | None = None
    setting: str | None = None
    provider_role: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    key: object = None
    identity: str | None = None


@dataclass(frozen=True)
class Change:
    """What became of a promise. `fields` names what differs, `reason` says it in a sentence."""

    change: str
    before: Promise | None
    after: Promise | None
    fields: tuple[str, ...]
    reason: str
    minutes_before: Owed | None = None
    minutes_after: Owed | None = None


def canonical(promise: Promise) -> str:
    """The promise as a line that orders it, whoever asks; its key does not count."""
    return "|".join(
        str(each)
        for each in (
            *(promise.text.casefold(), promise.text, promise.kind, promise.minutes, promise.times, promise.per),
            *(promise.setting, promise.provider_role, promise.starts_on, promise.ends_on, promise.identity),
        )
    )
