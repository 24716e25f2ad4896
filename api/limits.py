"""How often somebody may come. Failures to sign in, tokens that do not fit and mail to strangers are counted in PostgreSQL,
for all processes; the plain number of public requests in memory, or in Redis where RATE_LIMIT_URL names one."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

import limits
from flask import Flask, current_app, request
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from api.config import Config
from api.problems import Problem
from api.verbs import work
from models import tenancy
from models.one_time_code import CodeWrong
from models.throttle import HIT, TAKE_BACK, Limit
from models.transaction import Transaction
from models.user import EmailTaken, WrongPassword

log = logging.getLogger("followthrough.api")
# A household or an office gets a whole network of this size (RFC 6177), and could take another address for each guess.
IPV6_HOUSE = 64
# What counts as a failure: who is only asked for a code, or sent what cannot be read, has not guessed.
GUESSES = (WrongPassword, CodeWrong, EmailTaken)


def client_address() -> str:
    """Where the request comes from: the socket's address, or what the trusted proxies say; of IPv6 the network."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        # A socket for both kinds says 192.0.2.1 as ::ffff:192.0.2.1: of those, one network would be everybody.
        return str(address.ipv4_mapped or ip_network((address, IPV6_HOUSE), strict=False))
    return str(address)


class PublicLimits:
    """So many public requests from one address, and so many with one key."""

    def __init__(self, config: Config) -> None:
        self._counter = SlidingWindowCounterRateLimiter(storage_from_string(config.rate_limit_url))
        posts = (limits.parse(f"{config.posts_a_minute}/minute"), limits.parse(f"{config.posts_an_hour}/hour"))
        gets = (limits.parse(f"{config.gets_a_minute}/minute"),)
        self._by_method = {"GET": gets, "HEAD": gets, "POST": posts, "PATCH": posts, "PUT": posts, "DELETE": posts}
        self._by_key = limits.parse(f"{config.key_requests_a_minute}/minute")

    def count_address(self, room: str) -> None:
        """Counts this request against its address, for rooms that strangers may enter."""
        for limit in self._by_method.get(request.method, ()):
            self._count(limit, room, client_address())

    def count_key(self, key_id: str) -> None:
        self._count(self._by_key, "key", key_id)

    def _count(self, limit: limits.RateLimitItem, *whose: str) -> None:
        try:
            is_within = self._counter.hit(limit, *whose)
        except Exception as error:
            # A counter that is away must not close the doors; what guards passwords is counted in the database.
            log.warning("rate limits are not counted: %s", type(error).__name__)
            return
        if not is_within:
            lapses_at = self._counter.get_window_stats(limit, *whose).reset_time
            # The library counts by the clock of the machine, whatever clock the application was given.
            raise too_many(lapses_at - time.time())


def register(app: Flask, config: Config) -> None:
    app.extensions["limits"] = PublicLimits(config)


def public_limits() -> PublicLimits:
    found: PublicLimits = current_app.extensions["limits"]
    return found


@contextmanager
def failures_counted(*counted: tuple[Limit, str]) -> Iterator[None]:
    """Lets an attempt in while its failures are within all these limits. It counts before it begins, so that those who come
    at once count too, and is taken back if it succeeds."""
    count(*counted)
    try:
        yield
    except GUESSES:
        raise
    except BaseException:
        _take_back(*counted)
        raise
    _take_back(*counted)


def count(*counted: tuple[Limit, str]) -> None:
    """Counts one hit against each limit; 429 where one of them is used up."""
    with _lobby() as lobby:
        for limit, whose in counted:
            found = lobby.rows(HIT, **limit.values(whose, lobby.now))[0]
            _must_be_within(limit, found, lobby)


def count_with_the_work(*counted: tuple[Limit, str]) -> None:
    """Counts one hit against each limit as a part of this request's transaction: what fails in the end was not counted."""
    for limit, whose in counted:
        _must_be_within(limit, work().rows(HIT, **limit.values(whose, work().now))[0], work())


def is_within(*counted: tuple[Limit, str]) -> bool:
    """Whether all limits have room, counting this hit; for those who are told nothing either way. The shortest first: what it
    refuses does not use up the others."""
    with _lobby() as lobby:
        return all(lobby.rows(HIT, **limit.values(whose, lobby.now))[0].is_within for limit, whose in counted)


def _take_back(*counted: tuple[Limit, str]) -> None:
    with _lobby() as lobby:
        for limit, whose in counted:
            lobby.rows(TAKE_BACK, key=limit.key(whose))


def _lobby() -> Transaction:
    return Transaction(current_app.extensions["engine"], tenancy.lobby(), current_app.extensions["clock"]())


def _must_be_within(limit: Limit, found: Any, transaction: Transaction) -> None:
    if not found.is_within:
        raise too_many((found.oldest + limit.within - transaction.now).total_seconds())


def too_many(seconds: float) -> Problem:
    headers = {"Retry-After": str(max(1, int(seconds) + 1))}
    return Problem("rate-limited", "Too many requests. Retry-After says how many seconds to wait.", headers=headers)
