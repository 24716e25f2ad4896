"""When somebody is busy by a calendar elsewhere: files as Google, Outlook and Apple write them, instants worked out by hand.

An independent reader (recurring-ical-events) has to see the same in calendars that hypothesis makes.
"""

import warnings
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from domain.external_calendar import MOST_OCCURRENCES, CalendarUnreadable, busy
from tests.walks import each

CALENDARS = Path(__file__).parents[1] / "calendars"
LA = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 10, 5, 16, tzinfo=UTC)
YEAR = timedelta(days=400)


def spans(ics: bytes | str, *, zone: ZoneInfo = LA, from_at: datetime = NOW, until_at: datetime = NOW + YEAR) -> list[str]:
    """As `2026-10-06T17:00Z/18:00Z`; with the date of the end where it is another."""
    found = busy(ics.encode() if isinstance(ics, str) else ics, from_at=from_at, until_at=until_at, zone=zone)
    assert found.unread == 0
    return [told(*span) for span in found.spans]


def told(starts_at: datetime, ends_at: datetime) -> str:
    assert starts_at.tzinfo is ends_at.tzinfo is UTC
    end = f"{ends_at:%H:%MZ}" if ends_at.date() == starts_at.date() else f"{ends_at:%Y-%m-%dT%H:%MZ}"
    return f"{starts_at:%Y-%m-%dT%H:%MZ}/{end}"


def event(*lines: str, **named: str) -> str:
    said = {"UID": "1", "DTSTART": "20261006T170000Z", "DTEND": "20261006T180000Z", **named}
    return "\r\n".join(
        ["BEGIN:VEVENT", *(f"{name}:{value}" for name, value in said.items() if value), *lines, "END:VEVENT", ""]
    )


def calendar(*events: str, head: str = "") -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{''.join(events)}END:VCALENDAR\r\n"


# As people's calendars are.


def test_a_calendar_of_google() -> None:
    """Los Angeles is 7 hours behind until 1 November, and 8 from then on."""
    assert spans((CALENDARS / "google.ics").read_bytes()) == [
        "2026-10-06T17:00Z/18:00Z",  # every Tuesday at 10
        "2026-10-06T22:30Z/23:00Z",  # tentative is busy
        "2026-10-09T17:00Z/18:00Z",  # what another attendee declined; not the one that Ana did
        "2026-10-21T21:00Z/22:30Z",  # the 20th, moved; the 13th was taken out
        "2026-10-27T17:00Z/18:00Z",
        "2026-10-31T07:00Z/2026-11-02T08:00Z",  # two whole days, one of 25 hours
        "2026-11-03T18:00Z/19:00Z",
        "2026-11-10T18:00Z/19:00Z",
        "2026-11-17T18:00Z/19:00Z",  # until the end of the 17th
    ]


def test_a_calendar_of_outlook() -> None:
    assert spans((CALENDARS / "outlook.ics").read_bytes()) == [
        "2026-10-05T20:00Z/20:45Z",  # Mondays and Wednesdays at 13
        "2026-10-07T20:00Z/20:45Z",
        "2026-10-08T23:00Z/2026-10-09T00:00Z",  # the second Thursday, four times from September on
        "2026-10-12T20:00Z/20:45Z",  # neither the 14th nor the 19th
        "2026-10-22T15:30Z/16:00Z",  # the 21st, moved
        "2026-10-23T15:00Z/15:30Z",  # at 17 in a zone that it describes itself: 2 hours ahead
        "2026-10-24T15:00Z/15:30Z",
        "2026-10-25T16:00Z/16:30Z",  # 1 hour ahead since that night
        "2026-10-26T17:00Z/17:30Z",  # 18 in Western Europe, which it does not describe
        "2026-10-26T20:00Z/20:45Z",
        "2026-10-28T20:00Z/20:45Z",
        "2026-11-02T21:00Z/21:45Z",
        "2026-11-04T21:00Z/21:45Z",
        "2026-11-09T21:00Z/21:45Z",
        "2026-11-11T21:00Z/21:45Z",  # until this one
        "2026-11-13T00:00Z/01:00Z",
        "2026-11-26T08:00Z/2026-11-28T08:00Z",
        "2026-12-11T00:00Z/01:00Z",
    ]


def test_a_calendar_of_apple() -> None:
    assert spans((CALENDARS / "apple.ics").read_bytes()) == [
        "2026-10-06T14:45Z/15:30Z",  # 7:45, by the clock of whose it is
        "2026-10-07T16:00Z/16:30Z",
        "2026-10-12T07:00Z/2026-10-13T07:00Z",
        "2026-10-21T07:00Z/2026-10-22T07:00Z",  # the 19th, moved; the 26th is cancelled
        "2026-10-31T05:00Z/13:00Z",  # eight hours, whatever the clocks do
        "2026-11-01T05:00Z/13:00Z",
        "2026-11-02T06:00Z/2026-11-03T08:00Z",  # a night, and the whole day of 2 November behind it
        "2026-11-09T08:00Z/2026-11-10T08:00Z",  # the last of them: until the end of the 9th
        "2026-11-11T17:00Z/17:30Z",
        "2026-11-12T18:00Z/18:30Z",
        "2026-11-13T18:00Z/20:00Z",
        "2026-11-14T18:00Z/18:20Z",
        "2027-03-13T10:30Z/10:45Z",
        "2027-03-14T10:30Z/10:45Z",  # 2:30 is skipped: by the offset from before, that is 3:30
        "2027-03-15T09:30Z/09:45Z",
    ]


def test_days_are_those_of_the_host() -> None:
    """The same file for somebody in Berlin: whole days and times without a zone are theirs."""
    found = spans((CALENDARS / "apple.ics").read_bytes(), zone=ZoneInfo("Europe/Berlin"))
    assert "2026-10-06T05:45Z/06:30Z" in found
    assert "2026-10-11T22:00Z/2026-10-12T22:00Z" in found


# One thing each.


@each(
    ("written", "expected"),
    [
        (event(), ["2026-10-06T17:00Z/18:00Z"]),
        (event(TRANSP="TRANSPARENT"), []),
        (event(TRANSP="transparent"), []),
        (event(STATUS="CANCELLED"), []),
        (event(STATUS="TENTATIVE"), ["2026-10-06T17:00Z/18:00Z"]),
        (event(DTEND=""), []),
        (event(DTEND="20261006T170000Z"), []),
        (event(DTEND="20261006T160000Z"), []),
        (event(DTEND="", DURATION="PT90M"), ["2026-10-06T17:00Z/18:30Z"]),
        (event(DTEND="", DURATION="P1DT1H"), ["2026-10-06T17:00Z/2026-10-07T18:00Z"]),
        (event(DTSTART="20261006", DTEND=""), ["2026-10-06T07:00Z/2026-10-07T07:00Z"]),
        (event("DTSTART;VALUE=DATE:20261006", DTSTART="", DTEND=""), ["2026-10-06T07:00Z/2026-10-07T07:00Z"]),
        (event("DTSTART;VALUE=DATE:20261006", DTSTART="", DTEND="", DURATION="P2D"), ["2026-10-06T07:00Z/2026-10-08T07:00Z"]),
        # Under way when we look, and longer than we look ahead.
        (event(DTSTART="20261005T150000Z"), ["2026-10-05T16:00Z/2026-10-06T18:00Z"]),
        (event(DTSTART="20260101T000000Z", DTEND="20290101T000000Z"), ["2026-10-05T16:00Z/2027-11-09T16:00Z"]),
        (event(DTSTART="20261005T150000Z", DTEND="20261005T160000Z"), []),
        (event(DTSTART="20271109T160000Z", DTEND="20271109T170000Z"), []),
        # A date among the exceptions takes out that day; an exception may be of another zone.
        (event(RRULE="FREQ=DAILY;COUNT=2", EXDATE="20261006"), ["2026-10-07T17:00Z/18:00Z"]),
        (event("EXDATE;TZID=Asia/Tokyo:20261007T020000", RRULE="FREQ=DAILY;COUNT=2"), ["2026-10-07T17:00Z/18:00Z"]),
        (event("EXDATE:20261006T170000Z", "EXDATE:20261007T170000Z", RRULE="FREQ=DAILY;COUNT=2"), []),
        (event(RRULE="FREQ=DAILY;UNTIL=20261007"), ["2026-10-06T17:00Z/18:00Z", "2026-10-07T17:00Z/18:00Z"]),
        (event(RRULE="FREQ=DAILY;UNTIL=20261007T165959Z"), ["2026-10-06T17:00Z/18:00Z"]),
        (
            event(
                "DTSTART;TZID=Asia/Tokyo:20261006T060000",
                DTSTART="",
                DTEND="",
                DURATION="PT1H",
                RRULE="FREQ=DAILY;UNTIL=20261006T210000Z",
            ),
            ["2026-10-05T21:00Z/22:00Z", "2026-10-06T21:00Z/22:00Z"],
        ),
        (
            event(DTSTART="20261006", DTEND="", RRULE="FREQ=DAILY;UNTIL=20261008T065959Z"),
            ["2026-10-06T07:00Z/2026-10-08T07:00Z"],
        ),
        # A night in which the clocks are set back is nine hours long, and every night of the series with it.
        (
            event(
                "DTSTART;TZID=America/Los_Angeles:20261031T220000",
                "DTEND;TZID=America/Los_Angeles:20261101T060000",
                DTSTART="",
                DTEND="",
                RRULE="FREQ=DAILY;COUNT=2",
            ),
            ["2026-11-01T05:00Z/14:00Z", "2026-11-02T06:00Z/15:00Z"],
        ),
        # The event itself counts, even if its rule would not have made it.
        (event(RRULE="FREQ=WEEKLY;BYDAY=WE;UNTIL=20261008"), ["2026-10-06T17:00Z/18:00Z", "2026-10-07T17:00Z/18:00Z"]),
        # A zone that nobody knows: as if there were none.
        (
            event(
                "DTSTART;TZID=Nowhere/Special:20261006T100000",
                "DTEND;TZID=Nowhere/Special:20261006T110000",
                DTSTART="",
                DTEND="",
            ),
            ["2026-10-06T17:00Z/18:00Z"],
        ),
        (
            event(
                "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261006T100000",
                DTSTART="",
                DTEND="",
                DURATION="PT1H",
            ),
            ["2026-10-06T08:00Z/09:00Z"],
        ),
    ],
)
def test_what_an_event_says_of_its_time(written: str, expected: list[str]) -> None:
    assert spans(calendar(written)) == expected


def test_what_touches_is_one_span() -> None:
    first, second = event(), event(UID="2", DTSTART="20261006T180000Z", DTEND="20261006T190000Z")
    within = event(UID="3", DTSTART="20261006T171500Z", DTEND="20261006T173000Z")
    assert spans(calendar(second, within, first)) == ["2026-10-06T17:00Z/19:00Z"]


def test_times_without_a_zone_are_those_of_the_calendar() -> None:
    floating = event(DTSTART="20261006T100000", DTEND="20261006T110000")
    whole = event(UID="2", DTSTART="20261008", DTEND="")
    head = "X-WR-TIMEZONE:America/New_York\r\n"
    # Whole days stay those of the host.
    assert spans(calendar(floating, whole, head=head)) == ["2026-10-06T14:00Z/15:00Z", "2026-10-08T07:00Z/2026-10-09T07:00Z"]
    assert spans(calendar(floating, head="X-WR-TIMEZONE:Nowhere/Special\r\n")) == ["2026-10-06T17:00Z/18:00Z"]


def test_the_last_version_of_an_occurrence_counts() -> None:
    series = event(RRULE="FREQ=DAILY;COUNT=2", SEQUENCE="3")
    moved = [
        event("RECURRENCE-ID:20261007T170000Z", DTSTART=f"202610{day}T170000Z", DTEND=f"202610{day}T180000Z", SEQUENCE=number)
        for number, day in (("5", "10"), ("4", "09"))
    ]
    older = event(DTSTART="20261020T170000Z", DTEND="20261020T180000Z", SEQUENCE="2")
    assert spans(calendar(*moved, series, older)) == ["2026-10-06T17:00Z/18:00Z", "2026-10-10T17:00Z/18:00Z"]


def test_an_occurrence_moved_out_of_sight_is_not_where_it_was() -> None:
    series = event(RRULE="FREQ=DAILY;COUNT=3")
    back = event("RECURRENCE-ID:20261007T170000Z", DTSTART="20200101T170000Z", DTEND="20200101T180000Z")
    ahead = event("RECURRENCE-ID:20261008T170000Z", DTSTART="20350101T170000Z", DTEND="20350101T180000Z")
    assert spans(calendar(series, back, ahead)) == ["2026-10-06T17:00Z/18:00Z"]


def test_an_occurrence_can_be_moved_with_all_that_follow() -> None:
    series = event(RRULE="FREQ=DAILY;COUNT=4")
    on = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261008T170000Z", DTSTART="20261008T190000Z", DTEND="20261008T193000Z")
    assert spans(calendar(series, on)) == [
        "2026-10-06T17:00Z/18:00Z",
        "2026-10-07T17:00Z/18:00Z",
        "2026-10-08T19:00Z/19:30Z",
        "2026-10-09T19:00Z/19:30Z",
    ]


def test_an_occurrence_without_its_series_stands_alone() -> None:
    assert spans(calendar(event("RECURRENCE-ID:20261001T170000Z"))) == ["2026-10-06T17:00Z/18:00Z"]


# What cannot be read.


@each(
    ("ics", "why"),
    [
        (b"", "no calendar"),
        (b"<!doctype html><html><body>Sign in</body></html>", "no calendar"),
        (b"\x00\xff" * 100, "no calendar"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "no calendar"),
        (calendar(event())[:-16].encode(), "breaks off"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n", "cannot be read"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 100_000, "breaks off"),
        (
            calendar(event(RRULE="FREQ=HOURLY"), *(event(UID=str(n), RRULE="FREQ=HOURLY") for n in range(5))).encode(),
            "more than",
        ),
    ],
)
def test_what_is_no_calendar_is_said_so(ics: bytes, why: str) -> None:
    with pytest.raises(CalendarUnreadable, match=why):
        busy(ics, from_at=NOW, until_at=NOW + YEAR, zone=LA)


def test_an_empty_calendar_is_one() -> None:
    assert spans(calendar()) == []


@each(
    "broken",
    [
        event(DTSTART="20261306T170000Z"),
        event(DTSTART="tomorrow"),
        event(DTSTART=""),
        event(DTEND="20261006T1"),
        event(RRULE="FREQ=NEVER"),
        event(RRULE="FREQ=SECONDLY"),
        event(RRULE="FREQ=MINUTELY;COUNT=3"),
        event(RRULE="FREQ=DAILY;INTERVAL=0"),
        event(RRULE="COUNT=3"),
        event(RRULE="nonsense"),
        event(EXDATE="nonsense"),
        event("RDATE;VALUE=PERIOD:20261113T180000Z/nonsense"),
        event("RECURRENCE-ID:nonsense"),
        event(SEQUENCE="many"),
        event("DTSTART:20261008T170000Z"),
        event(DTEND="", DURATION="forever"),
    ],
)
def test_an_event_that_cannot_be_read_hides_no_other(broken: str) -> None:
    found = busy(calendar(broken, event(UID="2")).encode(), from_at=NOW, until_at=NOW + YEAR, zone=LA)
    assert [told(*span) for span in found.spans] == ["2026-10-06T17:00Z/18:00Z"]
    assert found.unread == 1


def test_so_many_events_are_read() -> None:
    """As many as there may be; no two of them touch."""
    starts = [NOW + timedelta(minutes=40 * n) for n in range(MOST_OCCURRENCES)]
    written = [
        event(UID=str(n), DTSTART=f"{at:%Y%m%dT%H%M%SZ}", DTEND=f"{at + timedelta(minutes=15):%Y%m%dT%H%M%SZ}")
        for n, at in enumerate(starts)
    ]
    assert len(spans(calendar(*written))) == MOST_OCCURRENCES


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: calendar(f"BEGIN:VEVENT\r\n{text}\r\nEND:VEVENT\r\n").encode())
)
def test_any_bytes_are_read_or_refused(ics: bytes) -> None:
    try:
        found = busy(ics, from_at=NOW, until_at=NOW + YEAR, zone=LA)
    except CalendarUnreadable:
        return
    assert all(NOW <= starts_at < ends_at <= NOW + YEAR for starts_at, ends_at in found.spans)


# An independent reader.

ZONES = ("America/Los_Angeles", "America/New_York", "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata", "UTC")
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 1))


@st.composite
def series(draw: st.DrawFn) -> Mapping[str, str]:
    """An event with a rule, as calendars make them; not at night, when the clocks are changed."""
    day, zone = draw(DAYS), draw(st.sampled_from(ZONES))
    hour, minutes = draw(st.integers(5, 20)), draw(st.integers(5, 180))
    starts = datetime.combine(day, time(hour, draw(st.sampled_from((0, 15, 30)))))
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    rule = f"FREQ={frequency};INTERVAL={draw(st.integers(1, 4))}"
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]
    if frequency == "WEEKLY":
        others = draw(st.sets(st.sampled_from(("MO", "WE", "FR")), max_size=2))
        rule += f";BYDAY={','.join(sorted({weekday, *others}))}"
    elif frequency == "MONTHLY" and draw(st.booleans()):
        rule += f";BYDAY={(day.day - 1) // 7 + 1}{weekday}"
    ends = draw(st.integers(0, 2))
    if ends == 1:
        rule += f";COUNT={draw(st.integers(1, 60))}"
    elif ends == 2:
        until = starts.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) + timedelta(days=draw(st.integers(0, 300)))
        rule += f";UNTIL={until:%Y%m%dT%H%M%SZ}"
    return {
        f"DTSTART;TZID={zone}": f"{starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={zone}": f"{starts + timedelta(minutes=minutes):%Y%m%dT%H%M%S}",
        "RRULE": rule,
    }


@given(st.lists(series(), min_size=1, max_size=3), st.data())
def test_an_independent_reader_sees_the_same(written: list[Mapping[str, str]], data: st.DataObject) -> None:
    from_at, until_at = NOW, NOW + timedelta(days=200)
    events = [event(UID=str(number), DTSTART="", DTEND="", **said) for number, said in enumerate(written)]
    plain = calendar(*events)
    theirs = _by_the_other_reader(plain, from_at, until_at)
    assert spans(plain, from_at=from_at, until_at=until_at) == _joined(theirs)
    if not theirs:
        return
    # One of them is taken out, another is moved.
    number, starts_at, _ = data.draw(st.sampled_from(sorted(theirs)))
    _, was_at, was_until = data.draw(st.sampled_from([one for one in sorted(theirs) if one[0] == number]))
    moved_to = was_at + timedelta(hours=data.draw(st.integers(-40, 40)), minutes=5)
    left_out = events[int(number)].replace("END:VEVENT", f"EXDATE:{starts_at:%Y%m%dT%H%M%SZ}\r\nEND:VEVENT")
    events[int(number)] = left_out if was_at != starts_at else events[int(number)]
    moved = event(
        f"RECURRENCE-ID:{was_at:%Y%m%dT%H%M%SZ}",
        UID=number,
        DTSTART=f"{moved_to:%Y%m%dT%H%M%SZ}",
        DTEND=f"{moved_to + (was_until - was_at):%Y%m%dT%H%M%SZ}",
    )
    changed = calendar(*events, moved)
    assert spans(changed, from_at=from_at, until_at=until_at) == _joined(_by_the_other_reader(changed, from_at, until_at))


def _by_the_other_reader(ics: str, from_at: datetime, until_at: datetime) -> set[tuple[str, datetime, datetime]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = recurring_ical_events.of(icalendar.Calendar.from_ical(ics)).between(from_at, until_at)
    times = [(str(one["UID"]), one["DTSTART"].dt.astimezone(UTC), one["DTEND"].dt.astimezone(UTC)) for one in found]
    return {(uid, max(starts_at, from_at), min(ends_at, until_at)) for uid, starts_at, ends_at in times}


def _joined(times: set[tuple[str, datetime, datetime]]) -> list[str]:
    joined: list[tuple[datetime, datetime]] = []
    for starts_at, ends_at in sorted(one[1:] for one in times):
        if joined and starts_at <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(ends_at, joined[-1][1])
        elif starts_at < ends_at:
            joined.append((starts_at, ends_at))
    return [told(*one) for one in joined]
