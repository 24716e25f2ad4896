"""Cases: a list of 50, a single one, and a new one, asked for by signed-in members of practices."""

from collections.abc import Iterator
from itertools import count, cycle

import orjson

from tests.bench import report
from tests.bench.load import Ask
from tests.bench.practices import Member
from tests.bench.report import Result
from tests.bench.rounds import Target, in_turns
from tests.bench.started import Bench, NotStarted, Place, api

CONNECTIONS = 16
_number = count(1)


def list_50(bench: Bench) -> Result:
    """The 50 newest cases."""
    place = bench.place(1000)
    asks = list_asks(place)
    figures = in_turns(bench, {"ours": Target(place.ours, asks[0]), "floor": Target(place.floor, asks[1])})
    return report.served("list-50", figures["ours"], figures["floor"], ">= 0.35")


def get(bench: Bench) -> Result:
    """One case, with its ETag."""
    place = bench.place(1000)
    ours = [get_asks("/api/v1/cases", each, token) for each, token in signed_in(place)]
    floor = [get_asks(f"/{each.practice_id}/cases", each) for each in each_connection(place)]
    figures = in_turns(bench, {"ours": Target(place.ours, ours), "floor": Target(place.floor, floor)})
    return report.served("get", figures["ours"], figures["floor"], ">= 0.30")


def create(bench: Bench) -> Result:
    """A new case: validated, kept under its Idempotency-Key, committed. The floor inserts one row."""
    place = bench.place(1000)
    ours = [create_asks("/api/v1/cases", each, token) for each, token in signed_in(place)]
    floor = [create_asks(f"/{each.practice_id}/cases", each) for each in each_connection(place)]
    figures = in_turns(bench, {"ours": Target(place.ours, ours), "floor": Target(place.floor, floor)})
    return report.served("create", figures["ours"], figures["floor"], ">= 0.30")


def list_asks(place: Place) -> tuple[list[Iterator[Ask]], list[Iterator[Ask]]]:
    """What the connections ask of ours, and of the floor: each the list of another practice, where there are so many."""
    people = signed_in(place)
    _same_rows(place, *people[0])
    ours: list[Iterator[Ask]] = [cycle([Ask(message("GET", "/api/v1/cases", token))]) for _, token in people]
    return ours, [cycle([Ask(message("GET", f"/{each.practice_id}/cases"))]) for each in each_connection(place)]


def create_asks(path: str, member: Member, token: str | None = None) -> Iterator[Ask]:
    """New cases without end, each with a key and a title of its own."""
    said = {"client_id": member.client_id, "student_id": member.student_id, "title": "Reading support, number %012d"}
    if token is None:
        # Ours knows who asks; the floor is told.
        said["advocate_id"] = member.staff_id
    body = orjson.dumps(said)
    length = len(body) - len("%012d") + 12
    headers = ["Content-Type: application/json", f"Content-Length: {length}", "Idempotency-Key: bench-%020d"]
    head = message("POST", path, token, *headers)
    return (Ask(head % number + body % number, b"201") for number in _number)


def message(method: str, path: str, token: str | None = None, *headers: str) -> bytes:
    """A request as it goes over the wire, without a body."""
    signed = [f"Authorization: Bearer {token}"] if token else []
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *signed, *headers, "", ""]).encode()


def get_asks(path: str, member: Member, token: str | None = None) -> Iterator[Ask]:
    return cycle([Ask(message("GET", f"{path}/{case_id}", token)) for case_id in member.case_ids])


def each_connection(place: Place) -> list[Member]:
    return [place.members[number % len(place.members)] for number in range(CONNECTIONS)]


def signed_in(place: Place) -> list[tuple[Member, str]]:
    tokens = {member.email: member.signs_in(api(place.ours.port)) for member in place.members}
    return [(member, tokens[member.email]) for member in each_connection(place)]


def _same_rows(place: Place, member: Member, token: str) -> None:
    """Ours and the floor have to answer the same, or there is nothing to compare."""
    ours = api(place.ours.port)("GET", "/cases", token=token)["items"]
    floor = api(place.floor.port, root="")("GET", f"/{member.practice_id}/cases")["items"]
    shown = [{name: row[name] for name in floor[0]} for row in ours]
    if shown != floor or len(floor) != 50:
        raise NotStarted(f"The floor answers something else than ours:\n{floor[:1]}\n{shown[:1]}")
