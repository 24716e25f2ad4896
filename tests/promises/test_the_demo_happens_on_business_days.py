"""The demo's story can be told on any day: what happened in it happened on business days, when people are at work."""

import datetime
from collections.abc import Iterator, Mapping
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from api.application import create_app
from api.config import Config
from commands import database, embedded, story
from commands.story_days import Days, a_year_after
from domain.calendar import is_business_day
from models.database import connect
from models.files import Files
from tests.cast import Actor
from tests.conftest import BASE_URL, SECRET

PORTLAND = ZoneInfo("America/Los_Angeles")
STARTS = {
    "a Saturday after Thanksgiving": datetime.datetime(2026, 11, 28, 20, tzinfo=UTC),
    "Labor Day": datetime.datetime(2027, 9, 6, 18, tzinfo=UTC),
}
# Where something happened, or is to happen by what people said: the names of fields, wherever they stand.
HAPPENED = (
    *("occurred_at", "occurred_on", "noticed_on", "asked_on", "held_on", "received_on", "checked_on", "observed_on"),
    *("resolved_on", "client_decided_on", "effective_on", "effective_from", "by_on", "by", "event_on", "filed_on"),
    *("dated_on", "reply_by_on", "spoke_on", "starts_at", "given_on", "opened_on", "proposed_dates"),
)
LISTS = ("concerns", "communications", "letters", "proceedings", "deadlines", "iep-versions", "observations", "iep-copies")


def test_each_day_of_the_story_is_a_business_day_and_another() -> None:
    first = datetime.datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    for hours in range(0, 800 * 24, 149):
        start = first + timedelta(hours=hours)
        days = Days(start)
        found = [days.ago(n) for n in range(1, 60)]
        assert all(is_business_day(day) for day in found)
        assert found == sorted(set(found), reverse=True)
        moments = [days.at(n) for n in range(1, 60)]
        assert moments == sorted(moments, reverse=True)
        assert max(moments) < start
        assert all(at.astimezone(PORTLAND).date() == day for at, day in zip(moments, found, strict=True))
        assert is_business_day(days.next("thursday", 1))
        assert days.next("thursday").weekday() == 3
        assert timedelta(days=350) < a_year_after(found[0]) - found[0] <= timedelta(days=365)


@pytest.mark.parametrize("start", STARTS)
def test_what_happened_in_the_demo_happened_when_people_are_at_work(
    server: embedded.Embedded, tmp_path: Path, start: str
) -> None:
    """Red with `timedelta(days=days)` in the place of `add_business_days` in `commands.story_days`."""
    told_at, name = STARTS[start], f"told_{list(STARTS).index(start)}"
    server.create(name)
    app_url = server.url(embedded.LOGIN, name)
    database.migrate(server.url(embedded.OWNER, name), app_url)
    files = Files(f"file://{tmp_path}")
    told = story.tell(app_url, SECRET.decode(), BASE_URL, slug="riverside", files=files, clock=lambda: told_at)
    engine = connect(app_url)
    try:
        happened_on_business_days(create_app(engine, lambda: told_at, Config(secret_keys=[SECRET], base_url=BASE_URL)), told)
    finally:
        engine.dispose()


def happened_on_business_days(app: Flask, told: Mapping[str, str]) -> None:
    session = Actor(app).post("/auth/login", {"email": told["owner"], "password": told["password"]})
    olga = Actor(app, session["access_token"])
    days: dict[str, set[date]] = {}
    for which in LISTS:
        for row in olga.everything(f"/{which}"):
            for field, day in happened(row if which != "concerns" else olga.get(f"/concerns/{row['id']}")):
                days.setdefault(f"{which} {field}", set()).add(day)
    assert {which.split()[0] for which in days} == set(LISTS)
    assert {where: off for where, found in days.items() if (off := [day for day in found if not is_business_day(day)])} == {}
    booked = [row["starts_at"] for row in olga.everything("/bookings")]
    assert len(booked) == 2
    assert all(is_business_day(in_portland(at)) for at in booked)


def happened(said: Any, field: str = "") -> Iterator[tuple[str, date]]:
    """Each date of something that happened, wherever it stands, by the name of its field."""
    if isinstance(said, dict):
        for name, inner in said.items():
            yield from happened(inner, name)
    elif isinstance(said, list):
        for inner in said:
            yield from happened(inner, field)
    elif isinstance(said, str) and field in HAPPENED and said[:2] == "20":
        yield field, in_portland(said) if "T" in said else date.fromisoformat(said)


def in_portland(instant: str) -> date:
    return datetime.datetime.fromisoformat(instant).astimezone(PORTLAND).date()
