"""A promise in its version, read."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from domain.changes.amounts import NO_AMOUNT, Amount
from domain.changes.person import Person, person
from domain.changes.place import place
from domain.changes.promise import Promise, canonical
from domain.changes.reading import opened, terms
from domain.changes.spelling import plain
from domain.changes.things import Thing, things_in
from domain.changes.words import stem

if TYPE_CHECKING:
    from domain.changes.terms import Terms


@dataclass(frozen=True)
class Side:
    """A promise in its version, read."""

    promise: Promise
    starts: date

    @cached_property
    def plain(self) -> str:
        return plain(self.promise.text)

    @cached_property
    def everything(self) -> str:
        """All that is compared, in one line."""
        promise = self.promise
        dates = tuple(day and (day - self.starts).days for day in (promise.starts_on, promise.ends_on))
        amount = promise.minutes, promise.times, promise.per
        return repr((promise.kind, self.plain, amount, promise.setting, promise.provider_role, dates))

    @cached_property
    def line(self) -> str:
        return canonical(self.promise)

    @cached_property
    def terms(self) -> "Terms":
        return terms(self.promise.kind, self.promise.text)

    @cached_property
    def amount(self) -> Amount:
        """What is owed, by the fields or else by the words."""
        fields = (self.promise.minutes, self.promise.times, self.promise.per)
        if fields == NO_AMOUNT:
            return self.text_amount
        spoken = self.text_amount
        if fields[0] is None and spoken[0] is not None and spoken[2] in (None, fields[2]) and fields[2] is not None:
            return spoken[0], fields[1], fields[2]
        return fields

    @cached_property
    def text_amount(self) -> Amount:
        if self.promise.kind == "goal":
            return NO_AMOUNT
        exact = [each.amount for each in opened(self.promise.kind, self.promise.text).amounts if not each.most]
        return max(exact, key=_fullness) if exact else NO_AMOUNT

    @cached_property
    def most(self) -> Amount:
        """What "up to" allows."""
        return next((each.most for each in self.terms.amounts if each.most), NO_AMOUNT)

    @cached_property
    def person(self) -> Person:
        return person(self.promise.provider_role) or self.terms.person

    @cached_property
    def place(self) -> frozenset[str]:
        return place(self.promise.setting) | frozenset(stem(word) for word in self.terms.place)

    @cached_property
    def scope(self) -> frozenset[Thing]:
        if self.promise.kind == "service":
            return self.terms.scope
        return self.terms.scope | things_in(self.promise.setting)


def _fullness(amount: Amount) -> tuple[bool, bool, bool, int]:
    minutes, times, per = amount
    return (minutes is not None, per is not None, times is not None, (minutes or 0) * (times or 1))
