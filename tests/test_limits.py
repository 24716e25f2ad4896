"""How often somebody may come: whoever guesses is told to wait, and nobody is locked out but there."""

import pytest
from flask import Flask

from tests.cast import Actor, Practice, an_address, started_anew
from tests.conftest import Clock

WRONG = "not the one"


def test_the_eleventh_guess_from_one_place_waits_and_the_owner_elsewhere_does_not(
    app: Flask, riverside: Practice, clock: Clock
) -> None:
    thief, email = Actor(app), riverside.ana.email
    assert [thief.tries_to_sign_in(email, WRONG).status_code for _ in range(10)] == [401] * 10
    refused = thief.tries_to_sign_in(email.upper())
    assert (refused.status_code, refused.get_json()["type"]) == (429, "/problems/rate-limited"), "not even the right one"
    assert 1 <= int(refused.headers["Retry-After"]) <= 901
    # Only Ana, and only there.
    assert Actor(app).tries_to_sign_in(email).status_code == 200
    assert Actor(app, address=thief.address).tries_to_sign_in(riverside.sam.email).status_code == 200
    assert riverside.ana.is_in()
    clock.move(seconds=int(refused.headers["Retry-After"]))
    assert thief.tries_to_sign_in(email).status_code == 200


def test_the_window_slides(app: Flask, riverside: Practice, clock: Clock) -> None:
    thief, email = Actor(app), riverside.ana.email
    for _ in range(10):
        assert thief.tries_to_sign_in(email, WRONG).status_code == 401
        clock.move(minutes=1)
    # Ten minutes in, all ten count; at fifteen the first lapses, and with it comes one guess.
    assert thief.tries_to_sign_in(email, WRONG).headers["Retry-After"] == "301"
    clock.move(minutes=5, seconds=1)
    assert [thief.tries_to_sign_in(email, WRONG).status_code for _ in range(2)] == [401, 429]


def test_what_succeeds_is_not_counted_and_wipes_nothing_out(app: Flask, riverside: Practice) -> None:
    ana, email = Actor(app), riverside.ana.email
    assert [ana.tries_to_sign_in(email).status_code for _ in range(11)] == [200] * 11
    assert [ana.tries_to_sign_in(email, WRONG).status_code for _ in range(9)] == [401] * 9
    assert ana.tries_to_sign_in(email).status_code == 200
    assert [ana.tries_to_sign_in(email, WRONG).status_code for _ in range(2)] == [401, 429]


def test_the_thirty_first_failure_of_an_address_waits_whomever_it_is_about(app: Flask, riverside: Practice) -> None:
    thief = Actor(app)
    guessed = [f"nobody-{number}@{riverside.slug}.example" for number in range(29)]
    assert {thief.tries_to_sign_in(email, WRONG).status_code for email in guessed} == {401}
    # Registering tells whether an address is taken: it counts too.
    firm = {"practice_name": "X", "slug": f"x-{riverside.slug}", "timezone": "UTC"}
    taken = thief.ask(
        "POST", "/auth/register", {**firm, "name": "X", "email": riverside.ana.email, "password": "xyz-sentence-7"}
    )
    assert taken.status_code == 409
    refused = thief.tries_to_sign_in(riverside.ana.email)
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    assert Actor(app).tries_to_sign_in(riverside.ana.email).status_code == 200


def test_two_servers_count_together(app: Flask, riverside: Practice) -> None:
    """Memory would count for each process by itself: as many processes, as many times ten guesses."""
    address = an_address()
    servers = [Actor(each, address=address) for each in (app, started_anew(app))]
    guesses = [servers[number % 2].tries_to_sign_in(riverside.ana.email, WRONG).status_code for number in range(12)]
    assert guesses == [401] * 10 + [429] * 2


def test_what_a_caller_says_of_its_address_is_not_believed(app: Flask, riverside: Practice) -> None:
    thief = Actor(app)
    told = [thief.tries_to_sign_in(riverside.ana.email, WRONG, X_Forwarded_For=an_address()).status_code for _ in range(11)]
    assert told == [401] * 10 + [429]


def test_a_trusted_proxy_says_who_came_and_what_was_there_before_it_does_not_count(app: Flask, riverside: Practice) -> None:
    proxy = Actor(started_anew(app, trusted_proxies=1))
    email, thief = riverside.ana.email, an_address()
    told = [
        # The proxy appends the address that it saw; the thief has put others before it.
        proxy.tries_to_sign_in(email, WRONG, X_Forwarded_For=f"{an_address()}, {an_address()}, {thief}").status_code
        for _ in range(11)
    ]
    assert told == [401] * 10 + [429]
    assert proxy.tries_to_sign_in(email, X_Forwarded_For=f"{thief}, {an_address()}").status_code == 200
    assert proxy.tries_to_sign_in(email, X_Forwarded_For=thief).status_code == 429


@pytest.mark.parametrize(
    ("addresses", "is_one"),
    [
        (["2001:db8:7:1::1", "2001:db8:7:1:ffff::2"], True),  # one household
        (["2001:db8:8:1::1", "2001:db8:8:2::1"], False),
        (["192.0.2.77", "::ffff:192.0.2.77"], True),  # as a socket for both kinds says it
        (["::ffff:192.0.2.78", "::ffff:192.0.2.79"], False),
    ],
)
def test_what_one_address_is(app: Flask, riverside: Practice, addresses: list[str], is_one: bool) -> None:
    first, second = (Actor(app, address=address) for address in addresses)
    for _ in range(10):
        first.tries_to_sign_in(riverside.ana.email, WRONG)
    assert second.tries_to_sign_in(riverside.ana.email).status_code == (429 if is_one else 200)


def test_public_requests_of_one_address_are_counted(app: Flask, riverside: Practice) -> None:
    few = started_anew(app, posts_a_minute=3, gets_a_minute=5)
    path = f"/public/{riverside.slug}"
    visitor, other = Actor(few), Actor(few)
    assert [visitor.ask("GET", path).status_code for _ in range(6)] == [200] * 5 + [429]
    assert [visitor.ask("POST", f"{path}/bookings", {}).status_code for _ in range(4)] == [422] * 3 + [429]
    refused = visitor.ask("GET", path)
    assert refused.get_json()["type"] == "/problems/rate-limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert other.ask("GET", path).status_code == 200
    # Signing in has its own count; and who is signed in is known by name, and not counted here.
    assert visitor.tries_to_sign_in(riverside.ana.email).status_code == 200
    assert [Actor(few, riverside.ana.token, address=visitor.address).ask("GET", "/me").status_code for _ in range(7)] == [
        200
    ] * 7


def test_links_that_were_never_made_are_told_to_wait(app: Flask, riverside: Practice) -> None:
    """A token of the right form names a practice; thirty that fit nothing, and no more are looked for."""
    guesser, other = Actor(app), Actor(app)
    answers = [guesser.ask("GET", f"/public/bookings/token-{number}").status_code for number in range(31)]
    assert answers == [404] * 30 + [429]
    assert (
        guesser.ask("POST", "/auth/invitations/accept", {"token": "x", "name": "X", "password": "xyz-sentence-7"}).status_code
        == 429
    )
    assert other.ask("GET", "/public/bookings/token-1").status_code == 404
