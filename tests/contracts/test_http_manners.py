"""How the API speaks HTTP: what it refuses and how it says so, versions, keys, lists, values."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from api.application import Config, create_app
from api.door import Door
from tests.cast import PASSWORD, Actor, Practice, Staff
from tests.conftest import BASE_URL, SECRET
from tests.contracts.everything import HOURS, Life, one_of_everything
from tests.walks import each

JSON = "application/json"
DOCUMENT = create_app(None, None, Config(secret_keys=[SECRET], base_url=BASE_URL)).extensions["openapi"]  # type: ignore[arg-type]
WRITES = [
    (method.upper(), path.removeprefix("/api/v1"))
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method != "parameters" and JSON in operation.get("requestBody", {}).get("content", {})
]
LISTS = [
    path.removeprefix("/api/v1")
    for path, methods in DOCUMENT["paths"].items()
    if any(parameter["name"] == "cursor" for parameter in methods.get("get", {}).get("parameters", []))
]
PERSON = {"name": "Petra Petrov", "email": "petra@example.org"}


@pytest.fixture(scope="module")
def life(opens: Callable[[str], Practice]) -> Life:
    return one_of_everything(opens("riverside"))


@pytest.fixture(scope="module")
def practice(life: Life) -> Practice:
    return life.practice


@pytest.fixture(scope="module")
def owner(practice: Practice) -> Staff:
    return practice.olga


def sends(
    actor: Actor,
    method: str,
    path: str,
    data: bytes | str | None,
    content_type: str | None = "application/json",
    **headers: str,
) -> TestResponse:
    """One request, byte for byte."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if actor.token:
        sent["Authorization"] = f"Bearer {actor.token}"
    client = actor.app.test_client()
    return client.open(f"/api/v1{path}", method=method, data=data, content_type=content_type, headers=sent, base_url=BASE_URL)


def problem(answer: TestResponse, name: str, status: int, *pointers: str) -> dict[str, Any]:
    """The problem document, which has to be this one."""
    document: dict[str, Any] = answer.get_json(force=True)
    assert (answer.status_code, document.get("type")) == (status, f"/problems/{name}"), document
    assert answer.content_type == "application/problem+json"
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    if pointers:
        assert sorted(error["pointer"] for error in document["errors"]) == sorted(pointers)
    return document


# Bodies.


@each(("method", "path"), WRITES, ids=[" ".join(write) for write in WRITES])
def test_what_is_not_json_is_refused_at_every_door(life: Life, method: str, path: str) -> None:
    actor = life.practice.olga
    place = path.format_map(life.values(path))
    for content_type in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        None,
    ):
        problem(sends(actor, method, place, b'{"name": "Petra"}', content_type), "unsupported-media-type", 415)


@each("content_type", ["application/json", "application/json; charset=utf-8", "application/merge-patch+json"])
def test_json_by_any_of_its_names_is_taken(owner: Staff, content_type: str) -> None:
    assert sends(owner, "POST", "/clients", json.dumps(PERSON), content_type).status_code == 201


@each(("method", "path"), WRITES, ids=[" ".join(write) for write in WRITES])
def test_a_body_of_more_than_a_mebibyte_is_too_large(life: Life, method: str, path: str) -> None:
    place = path.format_map(life.values(path))
    body = b'{"name": "' + b"x" * (1024 * 1024 - 11)
    problem(sends(life.practice.olga, method, place, body + b'"}'), "body-too-large", 413)


def test_a_body_of_a_mebibyte_is_read(owner: Staff) -> None:
    body = b'{"name": "' + b"x" * (1024 * 1024 - 12) + b'"}'
    assert len(body) == 1024 * 1024
    problem(sends(owner, "POST", "/clients", body), "validation", 422, "/name", "/email")


MALFORMED = {
    "cut short": b'{"name": "Petra"',
    "two documents": b"{} {}",
    "a comma too many": b'{"name": "Petra",}',
    "single quotes": b"{'name': 'Petra'}",
    "a name twice": b'{"name": "Petra", "name": "Paul"}',
    "a name twice within": b'{"name": {"a": 1, "b": 2, "a": 3}}',
    "a name twice in other letters": b'{"name": "Petra", "na\\u006de": "Paul"}',
    "not a number": b'{"name": NaN}',
    "infinity": b'{"name": Infinity}',
    "infinity below": b'{"name": -Infinity}',
    "33 levels": b"[" * 33 + b"1" + b"]" * 33,
    "33 levels of objects": b'{"a":' * 33 + b"1" + b"}" * 33,
    "a hundred thousand levels": b"[" * 100_000,
    "31 digits": b'{"name": ' + b"1" * 31 + b"}",
    "31 digits behind a point": b'{"name": 0.' + b"1" * 31 + b"}",
    "five thousand digits": b'{"name": ' + b"1" * 5000 + b"}",
    "bytes that are no UTF-8": b'{"name": "\xff"}',
    "UTF-16": '{"name": "Petra"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"name": "Petra"}',
    "a comment": b'{"name": "Petra" /* the parent */}',
    "a NUL between": b'{"name": \x00"Petra"}',
    "a line end in a text": b'{"name": "Pet\nra"}',
    "a form": b"name=Petra",
}


@each("body", MALFORMED.values(), ids=MALFORMED)
def test_a_body_that_cannot_be_read_is_malformed(owner: Staff, body: bytes) -> None:
    problem(sends(owner, "POST", "/clients", body), "malformed-body", 400)


@each("body", [b"[]", b"null", b'"Petra"', b"7", b"true"])
def test_a_body_that_is_no_object_is_not_valid(owner: Staff, body: bytes) -> None:
    problem(sends(owner, "POST", "/clients", body), "validation", 422, "")


@each("body", [b"[" * 32 + b"]" * 32, b'{"name": ' + b"1" * 30 + b"}", b'{"name": 1e400}'])
def test_what_is_just_within_the_limits_is_read(owner: Staff, body: bytes) -> None:
    problem(sends(owner, "POST", "/clients", body), "validation", 422)


def test_a_long_number_under_a_key_is_not_valid_either(owner: Staff) -> None:
    answer = sends(owner, "POST", "/clients", b'{"name": ' + b"9" * 30 + b"}", Idempotency_Key=f"a long number {uuid4()}")
    problem(answer, "validation", 422)


UNPRINTABLE = [
    r"\u0000",
    r"\u0007",
    r"\u001b",
    r"\u007f",
    r"\u0085",
    r"\u009f",
    r"\ud800",
    r"\udfff",
    r"\ude00\ud83d",
    r"\uffff",
]


@each("character", UNPRINTABLE)
def test_what_postgresql_cannot_hold_is_not_valid_and_pointed_at(owner: Staff, character: str) -> None:
    body = '{"name": "Pe?tra", "email": "petra@example.org", "notes": "Fine."}'.replace("?", character)
    problem(sends(owner, "POST", "/clients", body), "validation", 422, "/name")
    body = '{"client_ids": ["?"], "name": "Sasha", "disabilities": ["a", "?"]}'.replace("?", character)
    problem(sends(owner, "POST", "/students", body), "validation", 422, "/client_ids/0", "/disabilities/1")
    problem(sends(owner, "POST", "/clients", '{"na?me": 1}'.replace("?", character)), "validation", 422, "")


@each(
    "text",
    [
        *("\t indented", "two\nlines", "two\r\nlines", "😀", "\u00fc", "u\u0308"),
        *("مرحبا", "日本", "zero\u200dwidth", "</script>", "' or true --", "%s %(x)s", "\\u0000"),
    ],
)
def test_what_people_type_comes_back_as_it_was_typed(owner: Staff, text: str) -> None:
    made = owner.post("/clients", {**PERSON, "notes": text})
    assert owner.get(f"/clients/{made['id']}")["notes"] == text


@each("path", ["/public/%00", "/public/a%00b/consultation-types", "/public/a%00b/slots"])
def test_a_nul_in_a_path_finds_nothing(practice: Practice, path: str) -> None:
    problem(sends(practice.visitor(), "GET", path, None), "not-found", 404)


@each(("method", "path"), WRITES, ids=[" ".join(write) for write in WRITES])
def test_an_unknown_field_is_refused_by_name(life: Life, method: str, path: str) -> None:
    place = path.format_map(life.values(path))
    steps = {"/concerns": {"step": "add_evidence"}, "/proceedings": {"step": "correct_date", "occurred_on": "2026-10-05"}}
    said = steps.get(path.rpartition("/{")[0], {}) if path.endswith("/steps") else {}
    answer = life.practice.olga.ask(method, place, {**said, "non/sense~": 1, "tenant_id": str(uuid4()), "version": 1})
    pointers = [error["pointer"] for error in problem(answer, "validation", 422)["errors"]]
    assert {"/non~1sense~0", "/tenant_id", "/version"} <= set(pointers)


def test_everything_that_is_wrong_is_said_at_once(owner: Staff) -> None:
    wrong = {
        "name": "",
        "email": "no address",
        "timezone": "Mars/Olympus",
        "preferred_channel": "pigeon",
        "phone": "none",
        "x": 1,
    }
    problem(owner.ask("POST", "/clients", wrong), "validation", 422, *(f"/{name}" for name in wrong))


# Queries.


@each("path", LISTS)
def test_an_unknown_or_repeated_query_field_is_refused_by_name(life: Life, path: str) -> None:
    actor, place = life.practice.olga, path.format_map({**life.ids, "slug": life.practice.slug})
    problem(actor.ask("GET", f"{place}?nonsense=1"), "validation", 422, "/nonsense")
    problem(actor.ask("GET", f"{place}?limit=1&limit=2"), "validation", 422, "/limit")
    problem(actor.ask("GET", f"{place}?limit=1&limit=1"), "validation", 422, "/limit")
    problem(actor.ask("GET", f"{place}?LIMIT=1"), "validation", 422, "/LIMIT")
    problem(actor.ask("GET", f"{place}?limit=%00"), "validation", 422)
    problem(actor.ask("GET", f"{place}?tenant_id={uuid4()}"), "validation", 422, "/tenant_id")


@each("limit", ["0", "-1", "201", "1.5", "+1", "1_0", "", "ten", "%D9%A1", "1e2", "99999999999999999999"])
def test_a_limit_is_a_whole_number_from_1_to_200(owner: Staff, limit: str) -> None:
    problem(owner.ask("GET", f"/clients?limit={limit}"), "validation", 422, "/limit")


@each(
    ("path", "wrong"),
    [
        ("/reminders", "due_before=2026-10-05T10:00:00"),
        ("/reminders", "state=late"),
        ("/reminders", "case_id=7"),
        ("/clients", "email=nobody"),
        ("/consultation-types", "is_open=yes"),
        ("/consultation-types", "is_open=1"),
        ("/bookings", "starts_after=tomorrow"),
    ],
)
def test_a_filter_is_as_strict_as_a_body(owner: Staff, path: str, wrong: str) -> None:
    problem(owner.ask("GET", f"{path}?{wrong}"), "validation", 422, f"/{wrong.split('=')[0]}")


def test_a_plus_sign_that_was_not_encoded_is_understood(owner: Staff) -> None:
    assert owner.ask("GET", "/reminders?due_before=2027-10-05T10:00:00+02:00").status_code == 200


# Problems.


@each("path", ["/api/v1/nowhere", "/api/v1/clients/", "/api/v1/clients/not-an-id", "/nowhere", "/api/v2/clients"])
def test_an_unknown_path_is_a_problem_too(owner: Staff, path: str) -> None:
    answer = owner.app.test_client().get(path, base_url=BASE_URL, headers={"Authorization": f"Bearer {owner.token}"})
    problem(answer, "not-found", 404)


@each(("method", "path"), [("PUT", "/clients"), ("DELETE", "/cases"), ("POST", "/me"), ("PATCH", "/messages")])
def test_another_method_is_a_problem_that_says_which_are_allowed(owner: Staff, method: str, path: str) -> None:
    answer = owner.ask(method, path)
    problem(answer, "method-not-allowed", 405)
    assert "GET" in answer.headers["Allow"]


def test_who_is_not_signed_in_is_told_how(practice: Practice) -> None:
    for authorization in ("", "Bearer", "Bearer ", "Basic b2xnYTpvbGdh", "nonsense", "Bearer a b", "Bearer é"):
        client = practice.app.test_client()
        answer = client.get("/api/v1/clients", base_url=BASE_URL, headers={"Authorization": authorization})
        problem(answer, "unauthenticated", 401)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_is_taken_from_the_header_alone(owner: Staff) -> None:
    client = owner.app.test_client()
    client.set_cookie("access_token_cookie", str(owner.token), domain="practice.example")
    problem(client.get("/api/v1/me", base_url=BASE_URL), "unauthenticated", 401)
    problem(client.get(f"/api/v1/clients?jwt={owner.token}", base_url=BASE_URL), "unauthenticated", 401)
    sent = {"access_token": owner.token, **PERSON}
    problem(client.post("/api/v1/clients", json=sent, base_url=BASE_URL), "unauthenticated", 401)


def test_a_wrong_password_tells_how_to_sign_in_and_nothing_of_who_exists(practice: Practice) -> None:
    nobody = Actor(practice.app)
    answers = [
        nobody.ask("POST", "/auth/login", {"email": email, "password": "not the password"}, X_Request_ID="one-for-both")
        for email in (practice.olga.email, "nobody@families.example")
    ]
    assert answers[0].get_data() == answers[1].get_data()
    for answer in answers:
        problem(answer, "unauthenticated", 401)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_role_that_is_too_small_is_told_before_what_is_wrong_with_the_body(practice: Practice) -> None:
    problem(practice.sam.ask("PATCH", "/practice", {"nonsense": 1}), "forbidden", 403)
    problem(practice.sam.ask("POST", "/staff/invitations", {"nonsense": 1}), "forbidden", 403)


@each(
    "host",
    [
        *("evil.example", "practice.example.evil.example", "practice.example@evil.example", "x@practice.example.", "localhost"),
        *("127.0.0.1", "[::1]", "[practice.example", "practice.example/evil", "practice.example#evil", "a b", "é.example"),
    ],
)
@each("path", ["/api/v1/practice", "/docs", "/health", "/nowhere"])
def test_a_host_that_is_not_ours_is_refused_everywhere(owner: Staff, host: str, path: str) -> None:
    answer = owner.app.test_client().get(path, headers={"Host": host, "Authorization": f"Bearer {owner.token}"})
    problem(answer, "bad-request", 400)
    assert host not in answer.get_data(as_text=True)


@each("host", ["practice.example", "PRACTICE.example", "practice.example:8443"])
def test_our_host_is_ours_in_any_spelling(owner: Staff, host: str) -> None:
    answer = owner.app.test_client().get("/api/v1/me", headers={"Host": host, "Authorization": f"Bearer {owner.token}"})
    assert answer.status_code == 200


def test_the_host_that_is_said_to_be_forwarded_changes_nothing(owner: Staff) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    answer = owner.app.test_client().get("/docs", base_url=BASE_URL, headers=forwarded)
    assert answer.status_code == 200
    assert "evil.example" not in answer.get_data(as_text=True)


def test_no_path_is_redirected(owner: Staff) -> None:
    assert sends(owner, "GET", "//clients", None).status_code == 404


def test_nothing_of_staff_is_kept_by_a_cache_or_sniffed(life: Life) -> None:
    owner = life.practice.olga
    answers = [
        owner.ask("GET", "/clients"),
        owner.ask("GET", f"/clients/{life.ids['client_id']}"),
        owner.ask("POST", "/clients", PERSON),
        owner.ask("POST", "/clients", {}),
        owner.ask("GET", f"/clients/{uuid4()}"),
        Actor(owner.app).ask("GET", "/clients"),
        Actor(owner.app).ask("GET", f"/public/bookings/{life.token}"),
        owner.ask("GET", f"/clients/{life.ids['client_id']}", If_None_Match="*"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 201, 422, 404, 401, 200, 304]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers


def test_a_failure_of_ours_tells_nothing_of_its_cause(owner: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """A view that breaks, as none should."""
    secret = "a child's name in a message of a library"

    def breaks(**_: Any) -> None:
        raise LookupError(secret)

    monkeypatch.setitem(owner.app.view_functions, "clients.list_clients", breaks)
    answer = owner.ask("GET", "/clients")
    problem(answer, "internal", 500)
    assert secret not in answer.get_data(as_text=True)


# Versions.


def changeable(life: Life) -> dict[str, dict[str, Any]]:
    ids = life.ids
    return {
        f"/staff/{ids['staff_id']}": {"name": "Changed."},
        f"/clients/{ids['client_id']}": {"notes": "Changed."},
        f"/students/{ids['student_id']}": {"school": "Changed."},
        f"/cases/{ids['case_id']}": {"title": "Changed."},
        f"/team-members/{ids['team_member_id']}": {"name": "Changed."},
        f"/documents/{ids['document_id']}": {"note": "Changed."},
        f"/school-calendars/{ids['school_calendar_id']}": {"name": "Changed."},
        f"/check-ins/{ids['check_in_id']}": {"note": "Changed."},
        f"/deadlines/{ids['deadline_id']}": {"note": "Changed."},
        f"/proceedings/{ids['proceeding_id']}": {"reference": "Changed."},
        f"/letters/{ids['draft_letter_id']}": {"body": "Changed."},
        f"/letter-templates/{ids['template']}/{ids['language']}": {"subject": "Changed."},
        f"/iep-versions/{ids['iep_version_id']}": {"text": "Changed."},
        f"/iep-copies/{ids['iep_copy_id']}": {"note": "Changed."},
        f"/provisions/{ids['provision_id']}": {"text": "Changed."},
        f"/consultation-types/{ids['consultation_type_id']}": {"description": "Changed."},
        f"/availability/overrides/{ids['override_id']}": {"note": "Changed."},
        f"/time-off/{ids['time_off_id']}": {"note": "Changed."},
        f"/external-calendars/{ids['external_calendar_id']}": {"name": "Changed."},
    }


PATCHED = sorted(path.removeprefix("/api/v1") for path, methods in DOCUMENT["paths"].items() if "patch" in methods)


def place_of(life: Life, path: str) -> tuple[str, dict[str, Any]]:
    place = path.format_map(life.values(path))
    return place, {**changeable(life), "/practice": {"about": "Changed."}}[place]


def varied(said: dict[str, Any], number: object) -> dict[str, Any]:
    return {name: f"{value} {number}" for name, value in said.items()}


@each("path", PATCHED)
def test_an_etag_is_the_version_and_spares_the_second_reading(life: Life, path: str) -> None:
    place, said = place_of(life, path)
    owner = life.practice.olga
    first = owner.ask("GET", place)
    tag = first.headers["ETag"]
    again = owner.ask("GET", place, If_None_Match=tag)
    assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", tag)
    assert owner.ask("GET", place, If_None_Match=f'"other", {tag}').status_code == 304
    assert owner.ask("GET", place, If_None_Match='"other"').status_code == 200
    changed = owner.ask("PATCH", place, varied(said, uuid4()))
    assert changed.headers["ETag"] != tag
    fresh = owner.ask("GET", place, If_None_Match=tag)
    assert (fresh.status_code, fresh.headers["ETag"]) == (200, changed.headers["ETag"])
    assert fresh.get_json() == changed.get_json()


def test_an_etag_that_a_proxy_weakened_spares_the_second_reading_too(life: Life) -> None:
    place = f"/clients/{life.ids['client_id']}"
    tag = life.practice.olga.ask("GET", place).headers["ETag"]
    assert life.practice.olga.ask("GET", place, If_None_Match=f"W/{tag}").status_code == 304


@each("path", PATCHED)
def test_a_stale_if_match_changes_nothing(life: Life, path: str) -> None:
    place, said = place_of(life, path)
    owner = life.practice.olga
    tag = owner.ask("GET", place).headers["ETag"]
    assert owner.ask("PATCH", place, varied(said, uuid4()), If_Match=tag).status_code == 200
    before = owner.get(place)
    for stale in (tag, f"W/{tag}", '"v99"', "nonsense", f'"v99", {tag}'):
        problem(owner.ask("PATCH", place, varied(said, 2), If_Match=stale), "stale", 412)
    assert owner.get(place) == before
    present = owner.ask("GET", place).headers["ETag"]
    for good in (f'"v99", {present}', "*"):
        assert owner.ask("PATCH", place, varied(said, uuid4()), If_Match=good).status_code == 200


@each("path", PATCHED)
def test_of_eight_who_change_the_same_version_one_wins(life: Life, path: str) -> None:
    """The row's lock in `find` and the version in the UPDATE's WHERE: without either, several win."""
    place, said = place_of(life, path)
    tag = life.practice.olga.ask("GET", place).headers["ETag"]
    answers = at_once(8, lambda _: twin(life.practice.olga).ask("PATCH", place, varied(said, uuid4()), If_Match=tag))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    [winner] = [answer.get_json() for answer in answers if answer.status_code == 200]
    assert life.practice.olga.get(place) == winner


def test_of_eight_who_change_without_a_version_none_is_lost(life: Life) -> None:
    made = life.practice.olga.post("/clients", PERSON)
    answers = at_once(8, lambda number: twin(life.practice.olga).ask("PATCH", f"/clients/{made['id']}", {"notes": f"{number}"}))
    assert sorted(answer.headers.get("ETag", "") for answer in answers) == [f'"v{number}"' for number in range(2, 10)]


def test_what_fails_with_the_commit_is_told_however_its_answer_arrives(life: Life) -> None:
    """The insert fails, and the commit behind it in the same pipeline; which of the two answers is read first depends on how
    they arrive. Red without `except psycopg.errors.PipelineAborted` in `models.database.Connection.together`: of so many, some
    were told that the database was lost."""
    said = {"client_id": life.ids["client_id"], "title": "Reading support"}
    answers = [life.practice.ana.ask("POST", "/cases", {**said, "student_id": str(uuid4())}) for _ in range(150)]
    assert {answer.status_code for answer in answers} == {422}
    assert {answer.get_json()["errors"][0]["pointer"] for answer in answers} == {"/student_id"}


def test_an_act_on_a_row_hears_if_match_too(life: Life) -> None:
    owner = life.practice.olga
    said = {"case_id": life.ids["case_id"], "title": "Call back", "due_at": "2026-12-01T12:00:00Z"}
    made = owner.ask("POST", "/reminders", said)
    place = f"/reminders/{made.get_json()['id']}"
    problem(owner.ask("POST", f"{place}/complete", {}, If_Match='"v7"'), "stale", 412)
    assert owner.ask("POST", f"{place}/complete", {}, If_Match=made.headers["ETag"]).status_code == 200


def twin(actor: Actor) -> Actor:
    """The same person on another device: a client of their own for each thread."""
    return Actor(actor.app, actor.token)


def at_once(number: int, act: Callable[[int], TestResponse]) -> list[TestResponse]:
    barrier = threading.Barrier(number)

    def run(place: int) -> TestResponse:
        barrier.wait(20)
        return act(place)

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(run, range(number)))


# Idempotency-Key.


def a_key() -> str:
    return f"a key of mine {uuid4()}"


def test_a_request_that_comes_again_is_answered_again_and_not_done_again(owner: Staff) -> None:
    key, before = a_key(), len(owner.everything("/clients"))
    first = owner.ask("POST", "/clients", PERSON, Idempotency_Key=key)
    again = owner.ask("POST", "/clients", PERSON, Idempotency_Key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.get_data() == first.get_data()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert {name: again.headers[name] for name in ("ETag", "Content-Type")} == {
        name: first.headers[name] for name in ("ETag", "Content-Type")
    }
    assert len(owner.everything("/clients")) == before + 1


def test_the_order_of_names_makes_no_other_body(owner: Staff) -> None:
    key = a_key()
    owner.ask("POST", "/clients", PERSON, Idempotency_Key=key)
    again = sends(owner, "POST", "/clients", json.dumps(dict(reversed(PERSON.items())), indent=3), Idempotency_Key=key)
    assert again.headers["Idempotency-Replayed"] == "true"


def test_another_body_under_the_key_is_refused(owner: Staff) -> None:
    key = a_key()
    owner.post("/clients", PERSON, Idempotency_Key=key)
    problem(owner.ask("POST", "/clients", {**PERSON, "name": "Paul"}, Idempotency_Key=key), "idempotency-mismatch", 422)


def test_the_key_of_another_path_or_caller_is_another_key(life: Life) -> None:
    key, practice = a_key(), life.practice
    first = practice.olga.post("/clients", PERSON, Idempotency_Key=key)
    second = practice.ana.ask("POST", "/clients", PERSON, Idempotency_Key=key)
    assert second.get_json()["id"] != first["id"]
    assert "Idempotency-Replayed" not in second.headers
    said = {"client_ids": [first["id"]], "name": "Sasha"}
    assert practice.olga.ask("POST", "/students", said, Idempotency_Key=key).status_code == 201


@each("key", ["", "short", "fifteen letters", "x" * 201, "sixteen letters é", "sixteen letters\x7f"])
def test_a_key_has_16_to_200_printable_characters(owner: Staff, key: str) -> None:
    problem(sends(owner, "POST", "/clients", json.dumps(PERSON), Idempotency_Key=key), "validation", 422)


def test_what_was_refused_leaves_the_key_free(life: Life) -> None:
    key, owner = a_key(), life.practice.olga
    wrong = {"client_id": life.ids["client_id"], "student_id": str(uuid4()), "title": "Reading"}
    problem(owner.ask("POST", "/cases", wrong, Idempotency_Key=key), "validation", 422)
    right = owner.ask("POST", "/cases", {**wrong, "student_id": life.ids["student_id"]}, Idempotency_Key=key)
    assert (right.status_code, right.headers.get("Idempotency-Replayed")) == (201, None)


def test_a_visitors_key_gives_the_same_booking_again(life: Life) -> None:
    visitor, key = life.practice.visitor(), a_key()
    first = visitor.tries_to_book("2026-10-19T16:00:00Z", Idempotency_Key=key)
    again = visitor.tries_to_book("2026-10-19T16:00:00Z", Idempotency_Key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.get_data() == first.get_data()


def test_the_kept_answer_cannot_be_read_in_the_database(life: Life, admin_url: str) -> None:
    canary, key = "Kingfisher of the kept answer", a_key()
    owner = life.practice.olga
    owner.post("/clients", {**PERSON, "name": canary, "notes": canary}, Idempotency_Key=key)
    booked = life.practice.visitor().tries_to_book("2026-10-19T17:00:00Z", Idempotency_Key=key)
    token = booked.get_json()["manage_url"].rsplit("/", 1)[1]
    with psycopg.connect(admin_url) as connection:
        kept = connection.execute(
            "select answer, headers::text from idempotency_keys where tenant_id = %s", [UUID(owner.get("/practice")["id"])]
        ).fetchall()
    assert len(kept) >= 2
    for answer, headers in kept:
        for shown in (answer, headers.encode()):
            assert canary.encode() not in shown
            assert token.encode() not in shown
            assert PERSON["email"].encode() not in shown
        assert key.encode() not in answer


def test_of_eight_who_send_one_key_at_once_one_is_done(life: Life) -> None:
    key, name = a_key(), f"Once {uuid4()}"
    body = {**PERSON, "name": name}
    answers = at_once(8, lambda _: twin(life.practice.olga).ask("POST", "/clients", body, Idempotency_Key=key))
    made = [row for row in life.practice.olga.everything("/clients") if row["name"] == name]
    assert len(made) == 1
    for answer in answers:
        if answer.status_code == 201:
            assert answer.get_json() == made[0]
        else:
            assert answer.status_code == 409
    assert 201 in {answer.status_code for answer in answers}


def test_while_the_first_is_being_answered_the_second_is_told_so(life: Life, admin_url: str) -> None:
    """The first waits for the student's row, which somebody else holds; the second must not wait with it."""
    owner, key = life.practice.olga, a_key()
    said = {"student_id": life.ids["student_id"], "effective_from": "2026-09-08"}
    with psycopg.connect(admin_url) as holder, ThreadPoolExecutor(1) as threads:
        holder.execute("select from students where id = %s for update", [life.ids["student_id"]])
        first = threads.submit(lambda: twin(owner).ask("POST", "/iep-versions", said, Idempotency_Key=key))
        wait_for_one_who_waits(admin_url)
        second = owner.ask("POST", "/iep-versions", said, Idempotency_Key=key)
        holder.rollback()
        assert first.result(20).status_code == 201
    problem(second, "idempotency-in-progress", 409)
    third = owner.ask("POST", "/iep-versions", said, Idempotency_Key=key)
    assert third.get_data() == first.result().get_data()


def wait_for_one_who_waits(admin_url: str) -> None:
    """Until somebody in this database waits for a lock."""
    waiting = (
        "select count(*) from pg_locks l join pg_stat_activity a using (pid)"
        " where not l.granted and a.datname = current_database()"
    )
    pause = threading.Event()
    with psycopg.connect(admin_url, autocommit=True) as watching:
        for _ in range(1000):
            row = watching.execute(waiting).fetchone()
            if row and row[0]:
                return
            pause.wait(0.01)
    raise AssertionError("nobody waits")


def test_after_a_day_the_key_is_free_again(opens: Callable[[str], Practice]) -> None:
    practice, key = opens("riverside"), a_key()
    first = practice.olga.post("/clients", PERSON, Idempotency_Key=key)
    practice.clock.move(hours=24, seconds=1)
    answer = practice.olga.ask("POST", "/clients", PERSON, Idempotency_Key=key)
    practice.clock.move(hours=-24, seconds=-1)
    assert answer.status_code == 201
    assert answer.get_json()["id"] != first["id"]


# Lists.


@pytest.fixture(scope="module")
def crowd(opens: Callable[[str], Practice]) -> Practice:
    """A practice with 23 of what is listed by the clock, several of them at the same moment."""
    practice = opens("crowd")
    ana, _ = practice.ana, practice.sam
    case = ana.opens_a_case()
    for number in range(23):
        ana.adds_a_client(name=f"Parent {number}")
        said = {"case_id": case["id"], "title": f"Call {number}", "due_at": f"2026-11-0{1 + number % 3}T12:00:00Z"}
        reminder = ana.post("/reminders", said)
        if number % 2:
            ana.post(f"/reminders/{reminder['id']}/complete", {})
    return practice


def pages(reader: Actor, path: str, limit: int) -> Iterator[list[Any]]:
    cursor: str | None = None
    while True:
        answer = reader.get(f"{path}{'&' if '?' in path else '?'}limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        yield answer["items"]
        cursor = answer["next_cursor"]
        if cursor is None:
            return


@each("path", ["/clients", "/reminders", "/reminders?state=done", "/cases/{case_id}/timeline", "/staff"])
def test_pages_of_any_size_join_to_the_whole_list(crowd: Practice, path: str) -> None:
    reader = crowd.ana
    place = path.format(case_id=reader.get("/cases")["items"][-1]["id"])
    whole = reader.get(f"{place}{'&' if '?' in place else '?'}limit=200")["items"]
    assert len(whole) >= 3
    for limit in range(1, len(whole) + 2):
        parts = list(pages(reader, place, limit))
        assert [row for part in parts for row in part] == whole
        assert all(len(part) == limit for part in parts[:-1])
        assert parts[-1] != []


def test_a_list_that_grows_while_it_is_read_neither_repeats_nor_skips(opens: Callable[[str], Practice]) -> None:
    ana = opens("growing").ana
    case = ana.opens_a_case()
    said = {"case_id": case["id"], "title": "Call"}
    for day in range(10, 20):
        ana.adds_a_client(name=f"Before {day}")
        ana.post("/reminders", {**said, "due_at": f"2026-11-{day}T12:00:00Z"})
    for path in ("/clients", "/reminders"):
        before = [row["id"] for row in ana.everything(path)]
        seen: list[str] = []
        for number, part in enumerate(pages(ana, path, 3)):
            seen += [row["id"] for row in part]
            ana.adds_a_client(name=f"Meanwhile {number}")
            for day in (1, 10, 15, 28):
                ana.post("/reminders", {**said, "due_at": f"2026-11-{day:02}T12:00:00Z"})
            if number > 30:
                break
        assert len(seen) == len(set(seen))
        assert [row_id for row_id in seen if row_id in set(before)] == before


def test_a_row_that_goes_out_of_a_filtered_list_takes_no_other_with_it(opens: Callable[[str], Practice]) -> None:
    ana = opens("shrinking").ana
    case = ana.opens_a_case()
    for day in range(10, 20):
        ana.post("/reminders", {"case_id": case["id"], "title": "Call", "due_at": f"2026-11-{day}T12:00:00Z"})
    seen = []
    for part in pages(ana, "/reminders?state=scheduled", 2):
        seen += [row["id"] for row in part]
        for row in part:
            ana.post(f"/reminders/{row['id']}/complete", {})
    assert len(set(seen)) == 10


def test_a_cursor_that_was_tampered_with_is_refused(crowd: Practice) -> None:
    cursor = crowd.ana.get("/clients?limit=5")["next_cursor"]
    other = {True: "A", False: "B"}
    changed = [f"{cursor[:place]}{other[cursor[place] != 'A']}{cursor[place + 1 :]}" for place in range(0, len(cursor) - 1, 3)]
    for wrong in (*changed, cursor[4:], cursor[:-4], "x", "AAAA", "%C3%A9", "=" * 8, "x" * 1000):
        problem(crowd.ana.ask("GET", f"/clients?limit=5&cursor={wrong}"), "validation", 422, "/cursor")
    assert crowd.ana.ask("GET", f"/clients?limit=5&cursor={'x' * 1001}").status_code == 422


def test_a_cursor_fits_its_list_and_filters_alone(crowd: Practice) -> None:
    ana = crowd.ana
    case_id = ana.get("/cases")["items"][-1]["id"]
    cursor = ana.get("/reminders?limit=5&state=done")["next_cursor"]
    assert ana.ask("GET", f"/reminders?limit=7&state=done&cursor={cursor}").status_code == 200
    for other in (
        "/reminders?x=",
        "/reminders?state=scheduled",
        f"/reminders?state=done&case_id={case_id}",
        "/clients?x=",
        "/bookings?x=",
        f"/cases/{case_id}/timeline?x=",
    ):
        problem(ana.ask("GET", f"{other.replace('x=', 'limit=9')}&cursor={cursor}"), "validation", 422, "/cursor")


def test_a_cursor_of_one_case_is_none_of_another(crowd: Practice) -> None:
    ana = crowd.ana
    first = ana.get("/cases")["items"][-1]
    second = ana.post("/cases", {name: first[name] for name in ("client_id", "student_id", "title")})
    cursor = ana.get(f"/cases/{first['id']}/timeline?limit=2")["next_cursor"]
    problem(ana.ask("GET", f"/cases/{second['id']}/timeline?limit=2&cursor={cursor}"), "validation", 422, "/cursor")


def test_a_cursor_outlives_a_change_of_the_secret_and_no_other_secret_makes_one(crowd: Practice, app: Flask) -> None:
    cursor = crowd.ana.get("/clients?limit=5")["next_cursor"]
    new = b"a new secret, of more than thirty-two bytes, too"
    engine, clock = app.extensions["engine"], crowd.clock
    for keys, status in (([new, SECRET], 200), ([new], 401)):
        later = create_app(engine, clock, Config(secret_keys=keys, base_url=BASE_URL))
        assert Actor(later, crowd.ana.token).ask("GET", f"/clients?limit=5&cursor={cursor}").status_code == status


# Values.

STRICT: dict[str, tuple[str, str, dict[str, Any], str, tuple[Any, ...]]] = {
    "whole numbers": (
        "POST",
        "/consultation-types",
        {"name": "Talk", "slug": "talk"},
        "minutes",
        (1.9, 30.0, "30", True, None, -5, 4, 481, 10**20, 10**29, [30], {"minutes": 30}),
    ),
    "yes and no": (
        "POST",
        "/consultation-types",
        {"name": "Talk", "slug": "talk", "minutes": 30},
        "is_open",
        ("yes", "true", "on", 1, 0, 1.0, None, [], "t"),
    ),
    "slugs": (
        "POST",
        "/consultation-types",
        {"name": "Talk", "minutes": 30},
        "slug",
        ("a", "A-b", "-ab", "ab-", "a--b", "a_b", "ab\n", "аб", "a b", "x" * 61, 7, None, ""),
    ),
    "instants": (
        "POST",
        "/reminders",
        {"case_id": "case_id", "title": "Call"},
        "due_at",
        (
            *("2026-10-05T10:00:00", "2026-10-05", "2026-10-05 10:00:00Z", "20261005T100000Z", "2026-W41-1T10:00:00Z"),
            *(
                "2026-10-05T10:00Z",
                "2026-10-05T25:00:00Z",
                "2026-10-05T10:00:60Z",
                "2026-02-30T10:00:00Z",
                "2026-10-05T10:00:00+25:00",
            ),
            *("1899-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"),
            *("2026-10-05T10:00:00Z\n", "٢٠٢٦-10-05T10:00:00Z", 1791190800, 1791190800.5, None, True, ""),
        ),
    ),
    "dates": (
        "POST",
        "/iep-versions",
        {"student_id": "student_id"},
        "effective_from",
        (
            *(
                "2026-W10-1",
                "20261005",
                "2026-10-05T00:00:00Z",
                "2026-10-5",
                "2026-02-30",
                "1899-12-31",
                "2200-01-01",
                "0000-01-01",
            ),
            *("2026-10-05\n", " 2026-10-05", "٢٠٢٦-10-05", 20261005, None, ""),
        ),
    ),
    "ids": (
        "POST",
        "/reminders",
        {"title": "Call", "due_at": "2026-12-01T12:00:00Z"},
        "case_id",
        (
            *("7", 7, None, "", "0192F0C1-2345-7ABC-8DEF-0123456789AB", "0192f0c123457abc8def0123456789ab"),
            *("{0192f0c1-2345-7abc-8def-0123456789ab}", "urn:uuid:0192f0c1-2345-7abc-8def-0123456789ab"),
            *(" 0192f0c1-2345-7abc-8def-0123456789ab", "0192f0c1-2345-7abc-8def-0123456789ab\n", ["a"]),
        ),
    ),
    "time zones": (
        "POST",
        "/clients",
        PERSON,
        "timezone",
        (
            *(
                "America",
                "posixrules",
                "localtime",
                "Factory",
                "utc",
                "america/new_york",
                "../../etc/passwd",
                "America/New_York\n",
            ),
            *("+02:00", "", 7, "Mars/Olympus", "right/UTC", "/etc/localtime"),
        ),
    ),
    "e-mail addresses": (
        "POST",
        "/clients",
        {"name": "Petra"},
        "email",
        (
            *(
                "nobody",
                "a@b",
                "@b.example",
                "a@",
                '"<script>"@x.example',
                '"a b"@b.example',
                "a b@b.example",
                "a@b.example,c@d.example",
            ),
            *(
                "<a@b.example>",
                "Petra <a@b.example>",
                " a@b.example",
                "a@b.example ",
                "a@b.example\n",
                "a@b.example\r\nBcc: c@d.example",
            ),
            *(
                "a@[127.0.0.1]",
                "a..b@b.example",
                "é@b.example",
                "a@-b.example",
                "a@b..example",
                f"a@{'b' * 250}.example",
                7,
                None,
                ["a@b.example"],
            ),
        ),
    ),
    "telephone numbers": (
        "POST",
        "/clients",
        PERSON,
        "phone",
        ("none", "1234", "5" * 42, "+1 503 <script>", "٥٠٣٥٥٥٠١٤٢", 5035550142),
    ),
    "web addresses": (
        "PATCH",
        "/practice",
        {},
        "website",
        (
            *(
                "http://x.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "//x.example",
                "x.example",
                "https://",
                "https:///x",
            ),
            *("https://a:b@x.example/", "https://a@x.example/", f"https://x.example/{'x' * 500}", "https://x.example/\n", 7),
        ),
    ),
    "choices": ("POST", "/clients", PERSON, "preferred_channel", ("pigeon", "EMAIL", "email ", 7, True, ["email"])),
    "names": (
        "POST",
        "/clients",
        {"email": "petra@example.org"},
        "name",
        ("", " ", "\t\n", "\u3000", "x" * 121, 7, None, ["Petra"]),
    ),
    "times of day": (
        "PUT",
        "/availability",
        {"staff_id": "staff_id", "timezone": "America/Denver"},
        "weekly",
        tuple(
            [{"weekday": "monday", "start": start, "end": "12:00"}]
            for start in ("9:00", "24:00", "09:60", "09:00:00", "0900", " 09:00", "", 9, None, "12:00", "13:00")
        ),
    ),
    "lists": (
        "POST",
        "/students",
        {"name": "Sasha"},
        "client_ids",
        ([], None, "x", {}, ["x"], [[]], ["0192f0c1-2345-7abc-8def-0123456789ab"] * 11),
    ),
}


@each(
    ("kind", "value"),
    [(kind, value) for kind, (*_, values) in STRICT.items() for value in values],
    ids=lambda value: repr(value)[:40],
)
def test_a_value_is_taken_as_it_is_meant_or_not_at_all(life: Life, kind: str, value: Any) -> None:
    method, path, rest, field, _ = STRICT[kind]
    said = {name: life.ids[name] if name == given else given for name, given in rest.items()} if rest else {}
    answer = sends(life.practice.olga, method, path, json.dumps({**said, field: value}))
    pointers = [error["pointer"] for error in problem(answer, "validation", 422)["errors"]]
    assert pointers != []
    assert all(pointer == f"/{field}" or pointer.startswith(f"/{field}/") for pointer in pointers)


@each("start", ["09:00\n", "0٩:00"])
def test_a_time_of_day_is_five_plain_characters(opens: Callable[[str], Practice], start: str) -> None:
    """What is kept otherwise breaks every slot of the practice: `time.fromisoformat` takes neither."""
    practice = opens("riverside")
    practice.olga.opens_consultations(hosts=(practice.ana,))
    said = {"staff_id": practice.sam.id, "timezone": "America/Denver"}
    answer = practice.olga.ask("PUT", "/availability", {**said, "weekly": [{**HOURS[0], "start": start}]})
    assert practice.visitor().slots("2026-10-13T16:00:00Z", "2026-10-14T16:00:00Z") != []
    problem(answer, "validation", 422)


def test_a_telephone_number_has_one_line(owner: Staff) -> None:
    problem(owner.ask("POST", "/clients", {**PERSON, "phone": "+1 503 555 0142\n"}), "validation", 422, "/phone")


@each("url", ["https://[::1", "https://[x.example/"])
def test_an_address_with_an_open_bracket_is_not_valid(owner: Staff, url: str) -> None:
    problem(owner.ask("PATCH", "/practice", {"website": url}), "validation", 422, "/website")


@each("blank", [" ", "\u3000"])
def test_a_change_blanks_no_name(life: Life, blank: str) -> None:
    made = life.practice.olga.post("/clients", PERSON)
    problem(life.practice.olga.ask("PATCH", f"/clients/{made['id']}", {"name": blank}), "validation", 422, "/name")


def test_an_id_in_capitals_in_a_step_is_not_valid(life: Life) -> None:
    concern = life.practice.ana.opens_a_concern({"id": life.ids["case_id"]})
    life.practice.ana.takes("verify", concern, finding="Seen.", skip_reason="Seen in class.")
    said = {"step": "talk_to_teacher", "our_understanding": "A reader.", "why_we_ask": "Tests.", "skip_reason": "Now."}
    nobodys = str(uuid4()).upper()
    answer = life.practice.ana.ask("POST", f"/concerns/{concern['id']}/steps", {**said, "communication_id": nobodys})
    problem(answer, "validation", 422)


def test_an_id_in_capitals_in_a_path_finds_nothing(life: Life) -> None:
    assert life.practice.olga.ask("GET", f"/clients/{life.ids['client_id'].upper()}").status_code == 404


@each(("said", "kept"), [("A@B.EXAMPLE", "A@b.example"), ("petra+iep@example.org", "petra+iep@example.org")])
def test_an_address_is_kept_as_it_is_written_to(owner: Staff, said: str, kept: str) -> None:
    assert owner.post("/clients", {"name": "Petra", "email": said})["email"] == kept


@each("password", ["seven77", "x" * 257, "", 12345678, None, ["a sentence"]])
def test_a_password_has_8_to_256_characters(practice: Practice, password: Any) -> None:
    firm = {"practice_name": "New", "slug": f"new-{uuid4().hex[:8]}", "timezone": "America/Denver"}
    said = {**firm, "name": "Nora", "email": f"nora-{uuid4().hex[:8]}@example.org", "password": password}
    problem(Actor(practice.app).ask("POST", "/auth/register", said), "validation", 422, "/password")


def test_a_password_is_never_given_back(practice: Practice) -> None:
    answer = Actor(practice.app).ask("POST", "/auth/login", {"email": practice.olga.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert PASSWORD not in answer.get_data(as_text=True)


class Forgetful(dict[Any, Any]):
    """What is kept here, another thread has cleared away at once."""

    def __setitem__(self, key: Any, value: Any) -> None:
        pass


def test_a_query_that_another_thread_clears_away_meanwhile_is_read_all_the_same(
    owner: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red if `api.body.Parser.parse` looked again for what it has just kept."""
    monkeypatch.setattr(Door.ARGUMENTS_PARSER, "_read", Forgetful())
    assert owner.ask("GET", "/clients?limit=7").status_code == 200
