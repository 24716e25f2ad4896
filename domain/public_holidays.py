"""The public holidays of a country and its states, by the library `holidays`, which knows their laws year by year."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

import holidays

# Behind this year the library falls silent: no day is a holiday then. For some countries it does so earlier, or later than
# 1900 in the past, and for India it warns outside of 2001 to 2035.
LAST_KNOWN_YEAR = 2100


def public_holidays(country: str, state: str | None, first: int, last: int) -> frozenset[date]:
    """The days from the year `first` to the year `last` on which a country, or a state of it, is closed.

    Substitutes for holidays on a weekend are among them. Where the library does not know the state, these are the holidays
    of the country. Raises ValueError for a country of which nothing is known.
    """
    return frozenset(day for year in range(first, last + 1) for day in _of_year(country, state, year))


def is_known(country: str) -> bool:
    """Whether this is the ISO 3166-1 alpha-2 code of a country whose holidays are known."""
    return len(country) == 2 and country in _states_by_country()


@cache
def _states_by_country() -> Mapping[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=4_096)
def _of_year(country: str, state: str | None, year: int) -> frozenset[date]:
    if not is_known(country):
        raise ValueError(f"Nothing is known of holidays in {country}.")
    written = (state or "").upper()
    subdivision = written if written in _states_by_country()[country] else None
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False))
