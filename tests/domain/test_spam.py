"""What no person wrote is told from what one did, without a puzzle."""

from datetime import timedelta

from domain.spam import why_spam
from tests.walks import each


@each(
    "message",
    [
        "https://spam.example/",
        "look www.spam.example",
        "<a href='https://spam.example/'>x</a>",
        "[url=https://spam.example/]hi there[/url]",
        "http://one.example http://two.example",
    ],
)
def test_links_and_nothing_else_are_spam(message: str) -> None:
    assert why_spam(message, hidden="", waited=None) == "It holds links and nothing else."


@each(
    "message",
    ["Help.", "Call me!", "No", "Our school is at https://school.example/, can you help?", "¿Me puede llamar?", "请帮助我们"],
)
def test_what_a_person_writes_is_none(message: str) -> None:
    assert why_spam(message, hidden="", waited=timedelta(minutes=2)) is None
    assert why_spam(message, hidden="", waited=None) is None


@each(("seconds", "is_spam"), [(0, True), (2.9, True), (3, False), (86_400, False), (86_401, True), (-60, True)])
def test_a_form_takes_a_person_some_time(seconds: float, is_spam: bool) -> None:
    assert (why_spam("Please call me.", hidden="", waited=timedelta(seconds=seconds)) is not None) is is_spam


def test_the_field_that_nobody_sees_gives_it_away() -> None:
    assert why_spam("Please call me.", hidden="x", waited=None)


def test_a_long_message_is_read_in_no_time() -> None:
    for message in ("<a " * 1600, "[url" * 1200, "https://" * 600, "www." * 1200):
        why_spam(message, hidden="", waited=None)
