"""What a document is and whose: the child's initials and the dates, wherever a form has them."""

from datetime import date

from domain.reading.about.child import child_of
from domain.reading.about.child_named import child_in
from domain.reading.about.in_effect import in_effect
from domain.reading.about.kind import IEP
from domain.reading.text.plain_text import of_text
from tests.walks import each


@each(
    ("text", "initials"),
    [
        ("Individualized Education Program       Student: Sasha Petrov\nIn effect from 9/8/2026", "SP"),
        ("Harbor Light ISD\nStudent: Leopold Vantreight Birthdate: 09/09/2014", "LV"),
        ("WILLOW BEND ISD           IEP for Student: Otto Marsh\n\nSERVICES", "OM"),
        ("I E P   A T   A   G L A N C E\nfor teachers of: Lysander Quill      grade 8", "LQ"),
        ("Name: Rosa Lind\nReading group on Mondays", "RL"),
        ("Teacher: Mary Poe\nStudent Name: Lind, Rosa Maria   Grade: 4", "RL"),
    ],
)
def test_the_child_is_named_beside_a_label(text: str, initials: str) -> None:
    assert child_in(of_text(text)).initials == initials


def test_the_next_label_is_no_name() -> None:
    child = child_of("Ana Beck Gender: F")
    assert child is not None
    assert (child.given, child.family) == (("Ana",), ("Beck",))


@each(
    "text",
    [
        "IEP of Ana\nPlan dates: 9/1/2026 to 8/31/2027",
        "IEP of Ana\nDates: 9/1/2026-8/31/2027",
        "IEP of Ana\nWe met 8/20/2026. Plan starts 9/1/2026. Plan is over 8/31/2027.",
        "IEP of Ana\nMeeting dates: 8/1/2026 and 8/8/2026\nIEP in effect 9/1/2026 through 8/31/2027",
    ],
)
def test_the_dates_of_the_plan_are_not_those_of_the_meeting(text: str) -> None:
    assert in_effect(of_text(text), IEP) == (date(2026, 9, 1), date(2027, 8, 31))
