"""Public holidays: the library's days, by country, state and year, and what happens where it knows nothing."""

from datetime import date

import pytest

from domain.calendar import federal_holidays
from domain.public_holidays import LAST_KNOWN_YEAR, is_known, public_holidays
from tests.walks import each


@each("year", [*range(2000, 2050), 2099, LAST_KNOWN_YEAR])
def test_without_a_state_those_of_the_us_are_the_federal_ones(year: int) -> None:
    assert public_holidays("US", None, year, year) == federal_holidays(year)


def test_a_state_keeps_its_own() -> None:
    # Oregon does not keep Columbus Day; Massachusetts keeps Patriots' Day besides.
    columbus, patriots = date(2026, 10, 12), date(2026, 4, 20)
    assert columbus in public_holidays("US", None, 2026, 2026)
    assert columbus not in public_holidays("US", "OR", 2026, 2026)
    assert patriots in public_holidays("US", "MA", 2026, 2026)
    assert patriots in public_holidays("US", "ma", 2026, 2026)
    assert patriots not in public_holidays("US", "OR", 2026, 2026)


def test_a_holiday_on_a_weekend_closes_its_substitute_too() -> None:
    # 4 July 2026 is a Saturday; New Year's Day 2028 is one, and kept in the year before.
    assert {date(2026, 7, 3), date(2026, 7, 4)} <= public_holidays("US", "OR", 2026, 2026)
    assert date(2027, 12, 31) in public_holidays("US", None, 2027, 2027)


def test_many_years_are_those_years_one_by_one() -> None:
    years = [public_holidays("CA", "ON", year, year) for year in range(2026, 2030)]
    assert public_holidays("CA", "ON", 2026, 2029) == frozenset().union(*years)
    assert {day.year for day in public_holidays("CA", "ON", 2027, 2028)} == {2027, 2028}


def test_a_state_that_is_not_known_has_the_holidays_of_its_country() -> None:
    assert public_holidays("US", "XX", 2026, 2026) == public_holidays("US", None, 2026, 2026)


def test_behind_its_last_year_the_library_knows_no_holiday() -> None:
    """Nothing is offered that far ahead; who looks there learns it from here, not from a booking."""
    assert len(public_holidays("US", None, LAST_KNOWN_YEAR, LAST_KNOWN_YEAR)) > 10
    assert public_holidays("US", None, LAST_KNOWN_YEAR + 1, LAST_KNOWN_YEAR + 1) == frozenset()


@each("country", ["UK", "USA", "us", "EU", "", "XX"])
def test_only_countries_by_their_two_letters_are_known(country: str) -> None:
    assert not is_known(country)
    with pytest.raises(ValueError, match="Nothing is known"):
        public_holidays(country, None, 2026, 2026)


@each("country", ["US", "CA", "MX", "GB", "DE", "PR", "IN"])
def test_countries_of_all_continents_are_known(country: str) -> None:
    assert is_known(country)
    assert len(public_holidays(country, None, 2026, 2026)) >= 3
