"""The words of the pages: every language says all of it, with the same gaps to fill in; and how instants are said."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.words import FILES, Say, words
from tests.cast import Practice, started_anew
from tests.plain_browser import PlainBrowser

GAP = re.compile(r"\{(\w+)\}")


def leaves(tree: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    inside = tree.items() if isinstance(tree, Mapping) else enumerate(tree) if isinstance(tree, list) else ()
    if not inside and not isinstance(tree, Mapping | list):
        yield at, tree
    for name, below in inside:
        yield from leaves(below, f"{at}/{name}")


@pytest.mark.parametrize("prefix", ["", "demo_"])
@pytest.mark.parametrize("code", [code for code in FILES if code != "en"])
def test_every_language_says_all_of_it(code: str, prefix: str) -> None:
    english, other = dict(leaves(words("en", prefix))), dict(leaves(words(code, prefix)))
    assert other.keys() == english.keys()
    for name, said in english.items():
        if name != "/when/moment":
            assert sorted(GAP.findall(other[name])) == sorted(GAP.findall(said)), name
        assert other[name].strip(), name


def test_no_word_stands_in_the_other_language() -> None:
    """What was never translated: the same text in both, but for names and marks."""
    english, spanish = dict(leaves(words("en"))), dict(leaves(words("es")))
    same = {name for name, said in english.items() if said == spanish[name] and GAP.sub("", said).strip(" ,·")}
    assert same <= {"/field/no", "/zones/America/Phoenix", "/zones/America/Anchorage"}


def test_instants_are_said_in_the_zone_and_the_language() -> None:
    english, spanish = Say("en", ZoneInfo("America/New_York")), Say("es", ZoneInfo("America/Los_Angeles"))
    assert english.moment("2026-10-06T17:30:00Z") == "Tuesday, October 6 at 1:30\N{NO-BREAK SPACE}PM"
    assert spanish.moment("2026-10-06T17:30:00Z") == "martes, 6 de octubre, 10:30\N{NO-BREAK SPACE}a.m."
    assert english.time("2026-10-06T16:00:00Z") == "12:00\N{NO-BREAK SPACE}PM"
    assert english.time("2026-10-06T04:05:00Z") == "12:05\N{NO-BREAK SPACE}AM"
    assert english.span(date(2026, 11, 30), date(2026, 12, 6)) == "November 30 to December 6"
    assert spanish.span(date(2026, 10, 5), date(2026, 10, 11)) == "del 5 al 11 de octubre"
    assert [english.zone_name(), spanish.zone_name("America/Mexico_City")] == ["Eastern Time (New York)", "Mexico City"]


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    london, sao_paulo = Say("en", ZoneInfo("Europe/London")), Say("es", ZoneInfo("America/Sao_Paulo"))

    def plainly(said: str) -> str:
        return said.replace("\N{NO-BREAK SPACE}", " ")

    assert plainly(london.from_to("2027-10-31T00:30:00Z", "2027-10-31T01:00:00Z")) == "1:30 AM BST to 1:00 AM GMT"
    assert plainly(london.from_to("2027-10-31T02:00:00Z", "2027-10-31T02:30:00Z")) == "2:00 AM to 2:30 AM"
    assert plainly(london.from_to("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z")) == "12:30 AM GMT to 2:30 AM BST"
    assert plainly(london.moment("2027-10-31T01:30:00Z")) == "Sunday, October 31 at 1:30 AM GMT"
    assert plainly(sao_paulo.time("2018-02-18T02:30:00Z")) == "11:30 p.m. UTC-03"


@pytest.mark.parametrize(
    ("asked", "browser", "practice", "expected"),
    [
        ("", "", "en", "en"),
        ("", "", "es", "es"),
        ("", "fr-FR,fr;q=0.8", "es", "es"),
        ("", "es-MX", "en", "es"),
        ("?lang=en", "es-MX", "es", "en"),
        ("?lang=es", "en-US", "en", "es"),
        ("?lang=tlh", "es", "en", "es"),
    ],
)
def test_whose_wish_for_a_language_counts(riverside: Practice, asked: str, browser: str, practice: str, expected: str) -> None:
    """The address, then the browser, then the practice."""
    riverside.olga.patch("/practice", {"language": practice})
    assert PlainBrowser(riverside.app, languages=browser).opens(f"/contact/{riverside.slug}{asked}").language == expected


@pytest.mark.parametrize("code", FILES)
def test_the_website_of_the_demo_speaks_it(riverside: Practice, code: str) -> None:
    there = started_anew(riverside.app, demo_slug=riverside.slug)
    page = PlainBrowser(there).opens(f"/demo?lang={code}")
    assert page.language == code
    assert words(code, "demo_")["hero"]["title"] in page.text
    elements = [each.tag for each in page.page.every("ft-book-consultation", "ft-wording-check", "ft-contact", "ft-subscribe")]
    assert elements == ["ft-book-consultation", "ft-wording-check", "ft-contact", "ft-subscribe"]
    # Without scripts, what stands inside the elements is there.
    assert page.follows(words(code, "demo_")["site"]["fallback_book"]).path == f"/book/{riverside.slug}?lang={code}"
