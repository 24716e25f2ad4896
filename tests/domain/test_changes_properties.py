"""The laws of a comparison, whatever the versions: with itself, turned round, in another order."""

import re
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from domain.changes import CHANGES, Promise, changes

FROM, THEN = date(2025, 9, 2), date(2026, 9, 1)
PERIODS = ("day", "week", "two_weeks", "month", "quarter", "trimester", "semester", "year")
THINGS = (
    *(
        "Speech therapy",
        "Occupational therapy",
        "Reading instruction",
        "Extended time",
        "Word bank",
        "Copies of notes",
        "Breaks",
        "Headphones",
    ),
    *(
        "Will read 90 words per minute",
        "Will spell 8 of 10 words",
        "Homework of no more than 10 problems",
        "Aide",
        "Training for the teacher",
    ),
)
TAILS = (
    *(
        "",
        ", individual",
        ", group of 3",
        " in a small group",
        ", direct",
        ", consult",
        " on tests and quizzes",
        " on tests or quizzes",
        " in all classes",
    ),
    *(
        " in math",
        " as needed",
        " if available",
        " by the SLP",
        " by an aide",
        " or a staff member",
        " with 80% accuracy",
        " with two prompts",
        " every 30 minutes",
    ),
    *(
        ", 30 minutes, 2 times per week",
        ", up to 60 min/mo",
        " within 2 days",
        " before the lesson",
        " independently",
        ", 50% extra",
        " (ESY)",
        ", not graded",
    ),
)
VERBS = ("", "Student may use ", "The teacher will provide ", "Staff should give ", "The nurse or designee provides ")
texts = some.builds(
    lambda verb, thing, tails: verb + thing + "".join(tails),
    some.sampled_from(VERBS),
    some.sampled_from(THINGS),
    some.lists(some.sampled_from(TAILS), max_size=3),
)
days = some.none() | some.dates(date(2025, 7, 1), date(2027, 8, 31))
promises = some.builds(
    Promise,
    kind=some.sampled_from(("service", "accommodation", "modification", "goal", "support")),
    text=texts | some.text(max_size=40).filter(str.strip),
    minutes=some.none() | some.sampled_from((10, 15, 20, 30, 60, 120)),
    times=some.none() | some.integers(1, 5),
    per=some.none() | some.sampled_from(PERIODS),
    setting=some.none() | some.sampled_from(("speech room", "math", "all classes", "gen ed", "the town pool")),
    provider_role=some.none() | some.sampled_from(("SLP", "SLPA", "SLP or SLPA", "staff", "special education teacher", "para")),
    starts_on=days,
    ends_on=days,
    identity=some.none() | some.sampled_from("ab"),
)
versions = some.lists(promises, max_size=7)
TURNED = {"weakened": "strengthened", "strengthened": "weakened", "removed": "added", "added": "removed"}


def compared(before, after, before_from=FROM, after_from=THEN):
    return changes(before, after, before_from=before_from, after_from=after_from)


def spoken(found, is_turned=False):
    """The changes as they are told, in an order of their own."""
    return sorted(
        repr(
            (
                TURNED.get(each.change, each.change),
                each.after,
                each.before,
                each.fields,
                each.minutes_after,
                each.minutes_before,
            )
        )
        if is_turned
        else repr((each.change, each.before, each.after, each.fields, each.minutes_before, each.minutes_after))
        for each in found
    )


@given(versions)
def test_a_version_with_itself_is_unchanged(version):
    assert {each.change for each in compared(version, version, FROM, FROM)} <= {"unchanged"}


@given(versions, versions)
def test_turned_round_what_was_lost_is_gained(before, after):
    assert spoken(compared(before, after)) == spoken(compared(after, before, THEN, FROM), is_turned=True)


@given(versions, versions, some.randoms(use_true_random=False))
def test_the_order_of_the_lines_never_matters(before, after, chance: Random):
    mixed = chance.sample(before, len(before)), chance.sample(after, len(after))
    assert compared(*mixed) == compared(before, after)


@given(versions, versions)
def test_every_promise_stands_in_exactly_one_change(before, after):
    found = compared(before, after)
    assert sorted(map(repr, before)) == sorted(repr(each.before) for each in found if each.before)
    assert sorted(map(repr, after)) == sorted(repr(each.after) for each in found if each.after)
    assert [CHANGES.index(each.change) for each in found] == sorted(CHANGES.index(each.change) for each in found)
    for each in found:
        assert each.reason
        assert (each.before is None) == (each.change == "added")
        assert (each.after is None) == (each.change == "removed")
        assert each.change not in ("unchanged", "reworded") or not each.fields


@given(versions, versions)
def test_what_a_reason_quotes_stands_in_one_of_the_texts(before, after):
    for each in compared(before, after):
        texts = [promise.text.casefold() for promise in (each.before, each.after) if promise]
        for piece in re.findall("“([^”]*)”", each.reason):
            assert any(piece.casefold() in text for text in texts)
        assert "'" not in re.sub("“[^”]*”", "", each.reason)
        assert "<" not in re.sub("“[^”]*”", "", each.reason)


@given(promises, promises)
def test_the_key_of_the_caller_is_carried_and_never_compared(one, other):
    with_keys = [Promise(**{**vars(each), "key": number}) for number, each in enumerate((one, other))]
    (bare,), (keyed,) = compared([one], [one], FROM, FROM), compared(with_keys[:1], with_keys[:1], FROM, FROM)
    assert (bare.change, bare.fields) == (keyed.change, keyed.fields)
    assert keyed.before.key == 0
