"""Lakeside knocks at every door of the document with riverside's ids, and hears what it would hear of an unknown id.

Riverside has one of everything, with a canary in every text. The paths, fields and filters are those of the OpenAPI document:
what is added to the API is walked here from its first day.
"""

import base64
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID, uuid4

import jwt
import pytest
from werkzeug.test import TestResponse

from api.application import Config, create_app
from models.base import new_id
from models.link import Links
from schemas.packet_share import CODE
from tests.cast import PASSWORD, Actor, Form, Practice, Staff
from tests.conftest import BASE_URL, SECRET
from tests.contracts.acts import ANSWER, QUERIES, SIGNATURE
from tests.contracts.everything import HOURS, Life, enquires, invitation_token, one_of_everything
from tests.walks import each

CANARY = "Kingfisher"
# Fields that name rows although their names do not say so.
OTHER_REFERENCES = {"in_reply_to"}
# Fields that name no row although their names say so, and why.
NO_REFERENCES = {
    "support_id": "What a support is known by from version to version: it begins with the provision that has it first."
}
# What an answer may vary in by itself.
VARYING = {"Date", "Content-Length"}


@dataclass
class Lakeside:
    """The other practice, and all that it ever heard."""

    life: Life
    heard: list[str] = field(default_factory=list)

    def hears(self, method: str, path: str, body: Any = None, *, by: Actor | None = None, **headers: str) -> TestResponse:
        answer = (by or self.life.practice.olga).ask(method, path, body, **headers)
        # A letter as PDF is no text.
        self.heard.append(f"{answer.headers}\n{answer.get_data().decode(errors='replace')}")
        return answer


@pytest.fixture(scope="module")
def riverside(opens: Callable[[str], Practice]) -> Life:
    return one_of_everything(opens("riverside"), CANARY)


@pytest.fixture(scope="module")
def lakeside(opens: Callable[[str], Practice], riverside: Life) -> Lakeside:
    return Lakeside(one_of_everything(opens("lakeside"), "Heron"))


@pytest.fixture(scope="module")
def paths(riverside: Life) -> dict[str, Any]:
    found: dict[str, Any] = riverside.practice.app.extensions["openapi"]["paths"]
    return found


def said(answer: TestResponse) -> tuple[int, dict[str, str], bytes]:
    """An answer in full, apart from the time of day and the id of the request."""
    headers = {name: value for name, value in answer.headers.items() if name not in VARYING}
    return answer.status_code, headers, answer.get_data().replace(headers.pop("X-Request-ID").encode(), b"the request")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield method.upper(), path.removeprefix("/api/v1"), operation


def is_for_staff(operation: dict[str, Any]) -> bool:
    """Whether nobody comes in without a token: a visitor may bring a key, and need not."""
    return bool(operation["security"]) and {} not in operation["security"]


# The document, as it is known before any fixture runs.
DOCUMENT = create_app(None, None, Config(secret_keys=[SECRET], base_url=BASE_URL)).extensions["openapi"]  # type: ignore[arg-type]
SCHEMAS = DOCUMENT["components"]["schemas"]
ID_PATHS = [(m, p) for m, p, _ in operations(DOCUMENT) if "_id}" in p]
ID_QUERIES = [
    (method, path, parameter["name"])
    for method, path, operation in operations(DOCUMENT)
    for parameter in operation.get("parameters", [])
    if parameter["in"] == "query" and parameter["schema"].get("format") == "uuid"
]
LISTS = [
    path
    for method, path, operation in operations(DOCUMENT)
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", []))
]
ID_FILTERS = [(path, name) for method, path, name in ID_QUERIES if method == "GET" and path in LISTS]
# A query that filters no list names a row, as a body does.
ID_NAMES = [(method, path, name) for method, path, name in ID_QUERIES if (path, name) not in ID_FILTERS]
STAFF_PATHS = [(method, path) for method, path, operation in operations(DOCUMENT) if is_for_staff(operation)]


def named(cases: list[tuple[Any, ...]]) -> list[str]:
    return [" ".join("/".join(part) if isinstance(part, tuple) else part for part in case) for case in cases]


def body_schema(operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    [body] = [content[name] for name in ("application/json", "multipart/form-data") if name in content] or [None]
    return resolved(body["schema"]) if body else None


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rsplit("/", 1)[1]]
    return schema


def references(schema: dict[str, Any], at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where in a body a row can be named."""
    schema = resolved(schema)
    for name, inner in schema.get("properties", {}).items():
        if resolved(inner).get("readOnly") or inner.get("readOnly"):
            continue
        inner = resolved(inner["allOf"][0]) if "allOf" in inner else resolved(inner)
        if name in NO_REFERENCES:
            continue
        if name.endswith(("_id", "_ids")) or name in OTHER_REFERENCES:
            yield (*at, name)
        else:
            yield from references(inner, (*at, name))


ID_FIELDS = [
    (method, path, at)
    for method, path, operation in operations(DOCUMENT)
    if (schema := body_schema(operation)) is not None
    for at in references(schema)
]


def valid_body(method: str, path: str, life: Life) -> dict[str, Any]:
    """A body that would be taken if all of its ids were riverside's own, or lakeside's own."""
    ids, now = life.ids, life.practice.clock().isoformat()
    told = {"direction": "outbound", "channel": "email", "party": "teacher", "occurred_at": now, "summary": "Heron asked."}
    told |= {"team_member_ids": [ids["team_member_id"]], "in_reply_to": ids["communication_id"]}
    talk = {"our_understanding": "Heron.", "why_we_ask": "Heron.", "skip_reason": "Heron.", "communication": told}
    whom = {name: ids[name] for name in ("team_member_id", "client_id")}
    bodies: dict[tuple[str, str], dict[str, Any]] = {
        ("POST", "/cases"): {name: ids[name] for name in ("client_id", "student_id", "advocate_id")} | {"title": "Heron"},
        ("PATCH", "/cases/{case_id}"): {"advocate_id": ids["advocate_id"]},
        ("PATCH", "/staff/{staff_id}"): {"name": "Heron"},
        ("POST", "/auth/sign-ins/end"): {"password": PASSWORD, "sign_in_id": ids["sign_in_id"]},
        ("POST", "/students"): {
            "client_ids": [ids["client_id"]],
            "school_calendar_id": ids["school_calendar_id"],
            "name": "Heron",
        },
        ("PATCH", "/students/{student_id}"): {
            "client_ids": [ids["client_id"]],
            "school_calendar_id": ids["school_calendar_id"],
        },
        ("PATCH", "/school-calendars/{school_calendar_id}"): {"name": "Heron"},
        ("POST", "/observations"): {
            **{name: ids[name] for name in ("case_id", "concern_id", "provision_id", "document_id")},
            "document_ids": [ids["document_id"]],
            "corrects_id": ids["observation_id"],
            "source": "parent",
            "observed_on": "2026-10-02",
            "text": "Heron",
        },
        ("POST", "/service-sessions"): {
            "provision_id": life.rows["service_session"]["provision_id"],
            "document_id": ids["document_id"],
            **dict.fromkeys(("makes_up_for_id", "corrects_id"), ids["service_session_id"]),
            "held_on": "2026-10-02",
            "outcome": "made_up",
        },
        ("POST", "/service-sessions/batch"): {
            "items": [{"provision_id": ids["provision_id"], "held_on": "2026-10-02", "outcome": "delivered"}]
        },
        ("POST", "/service-sessions/{service_session_id}/withdraw"): {"because": "Heron"},
        ("POST", "/service-log-imports"): {
            **{name: ids[name] for name in ("case_id", "provision_id")},
            "document_id": life.rows["log"]["id"],
        },
        ("POST", "/service-log-imports/{service_log_import_id}/withdraw"): {"because": "Heron"},
        ("POST", "/compensatory-claims"): {
            **{name: ids[name] for name in ("case_id", "provision_id", "communication_id", "letter_id", "proceeding_id")},
            "minutes": 30,
            "claimed_on": "2026-10-02",
        },
        ("POST", "/packets"): {
            "case_id": ids["case_id"],
            "purpose": "mediation",
            "exhibits": [{"document_id": ids["document_id"], "title": "Heron"}],
        },
        ("POST", "/packet-shares"): {"packet_id": ids["packet_id"], "name": "Heron", "email": "heron@mediation.example"},
        ("POST", "/statements"): {
            **{name: ids[name] for name in ("case_id", "concern_id", "provision_id", "team_member_id")},
            "party": "teacher",
            "email": "heron@school.example",
        },
        ("POST", "/statements/{statement_id}/withdraw"): {"because": "Heron"},
        ("POST", "/compensatory-claims/{compensatory_claim_id}/withdraw"): {"because": "Heron"},
        ("POST", "/deadlines"): {
            **{name: ids[name] for name in ("case_id", "concern_id", "document_id", "assignee_id")},
            "rule": "annual_review",
            "event_on": "2026-03-02",
        },
        ("PATCH", "/deadlines/{deadline_id}"): {"assignee_id": ids["assignee_id"]},
        ("POST", "/deadlines/{deadline_id}/override"): {"override_on": None},
        ("POST", "/deadlines/{deadline_id}/meet"): {"met_on": None},
        ("POST", "/deadlines/{deadline_id}/waive"): {"waived_on": None},
        ("POST", "/proceedings"): {"case_id": ids["case_id"], "concern_id": ids["concern_id"], "kind": "mediation"},
        ("PATCH", "/proceedings/{proceeding_id}"): {"reference": "Heron"},
        ("POST", "/letters"): {
            **{name: ids[name] for name in ("case_id", "concern_id", "proceeding_id", "provision_id")},
            **{key: [{**whom, "name": "Heron"}] for key in ("addressees", "copies")},
            "team_member_ids": [ids["team_member_id"]],
            "template": "thank_you",
        },
        ("PATCH", "/letters/{letter_id}"): {key: [{**whom, "name": "Heron"}] for key in ("addressees", "copies")},
        ("POST", "/letters/{letter_id}/hand-over"): {"in_reply_to": ids["in_reply_to"]},
        ("POST", "/letter-templates/preview"): {
            **{name: ids[name] for name in ("case_id", "concern_id")},
            "template": "thank_you",
        },
        ("PUT", "/letter-templates/{template}/{language}"): {"subject": "Heron", "body": "Heron"},
        ("PATCH", "/letter-templates/{template}/{language}"): {"subject": "Heron"},
        ("POST", "/proceedings/{proceeding_id}/steps"): {"step": "drop", "occurred_on": "2026-10-05", "reason": "Heron"},
        ("POST", "/team-members"): {"case_id": ids["case_id"], "name": "Heron", "role": "principal"},
        ("PATCH", "/team-members/{team_member_id}"): {"name": "Heron"},
        ("POST", "/iep-versions"): {"student_id": ids["student_id"], "effective_from": "2026-09-08"},
        ("PATCH", "/iep-versions/{iep_version_id}"): {"text": "Heron"},
        ("POST", "/iep-versions/{iep_version_id}/copies"): {"team_member_id": ids["team_member_id"]},
        ("PATCH", "/iep-copies/{iep_copy_id}"): {"note": "Heron"},
        ("POST", "/iep-copies/{iep_copy_id}/concern"): {
            "kind": "not_provided",
            "provision_id": ids["provision_id"],
            "communication_id": ids["answer_id"],
        },
        ("POST", "/documents"): Form({"case_id": ids["case_id"], "file": (b"Heron is a document.", "heron.txt")}),
        ("PATCH", "/documents/{document_id}"): {"note": "Heron"},
        ("POST", "/provisions"): {"iep_version_id": ids["iep_version_id"], "kind": "goal", "text": "Heron"},
        ("PATCH", "/provisions/{provision_id}"): {"text": "Heron"},
        ("POST", "/concerns"): {
            "case_id": ids["case_id"],
            "provision_id": ids["provision_id"],
            "kind": "not_provided",
            "what_happened": "Heron",
            "noticed_on": "2026-10-02",
        },
        ("POST", "/concerns/{concern_id}/steps"): {"step": "talk_to_teacher", **talk},
        ("POST", "/concerns/{concern_id}/correct"): {"noticed_on": "2026-09-14", "reason": "Heron"},
        ("POST", "/communications"): {"case_id": ids["case_id"], "concern_id": ids["concern_id"], **told},
        ("POST", "/reminders"): {
            "case_id": ids["case_id"],
            "assignee_id": ids["assignee_id"],
            "title": "Heron",
            "due_at": "2026-12-01T12:00:00Z",
        },
        ("POST", "/communications/send"): {
            **{name: ids[name] for name in ("case_id", "concern_id", "in_reply_to")},
            "team_member_ids": [ids["team_member_id"]],
            "document_ids": [ids["document_id"]],
            "party": "team",
            "subject": "A question",
            "text": "Heron",
        },
        ("POST", "/inbound-mails/{inbound_mail_id}/match"): {
            **{name: ids[name] for name in ("concern_id", "in_reply_to")},
            "team_member_ids": [ids["team_member_id"]],
            "party": "team",
        },
        ("POST", "/inbound-mails/{inbound_mail_id}/discard"): {"reason": "Heron"},
        ("POST", "/reminders/{reminder_id}/reassign"): {"assignee_id": ids["assignee_id"]},
        ("POST", "/reminders/recount"): {"communication_id": ids["communication_id"]},
        ("POST", "/check-ins"): {
            **{name: ids[name] for name in ("case_id", "concern_id", "team_member_id", "assignee_id")},
            "provision_id": ids["provision_id"],
            "party": "teacher",
            "every": "week",
        },
        ("PATCH", "/check-ins/{check_in_id}"): {
            **{name: ids[name] for name in ("team_member_id", "provision_id", "assignee_id")},
        },
        ("POST", "/check-ins/{check_in_id}/pause"): {"reason": "Heron"},
        ("POST", "/check-ins/{check_in_id}/end"): {"reason": "Heron"},
        ("POST", "/check-ins/{check_in_id}/record"): {
            "reminder_id": ids["reminder_id"],
            "checked_on": "2026-10-05",
            "is_happening": "yes",
        },
        ("PUT", "/digest"): {"at": "07:00"},
        ("POST", "/reminders/{reminder_id}/complete"): {},
        ("POST", "/reminders/{reminder_id}/snooze"): {"until": "2027-01-01T12:00:00Z"},
        ("POST", "/reminders/{reminder_id}/cancel"): {"reason": "Heron"},
        ("PUT", "/availability"): {"staff_id": life.practice.ana.id, "timezone": "America/Denver", "weekly": HOURS},
        ("POST", "/availability/overrides"): {"staff_id": life.practice.ana.id, "date": "2027-02-02", "hours": []},
        ("PATCH", "/availability/overrides/{override_id}"): {"note": "Heron"},
        ("POST", "/time-off"): {
            "staff_id": life.practice.ana.id,
            "starts_at": "2027-02-02T16:00:00Z",
            "ends_at": "2027-02-03T16:00:00Z",
        },
        ("PATCH", "/time-off/{time_off_id}"): {"note": "Heron"},
        ("POST", "/external-calendars"): {
            "staff_id": life.practice.ana.id,
            "name": "Heron",
            "url": "https://localhost/heron.ics",
        },
        ("PATCH", "/external-calendars/{external_calendar_id}"): {"name": "Heron"},
        ("POST", "/enquiries/{enquiry_id}/answer"): {"text": "Heron"},
        ("POST", "/enquiries/{enquiry_id}/convert"): {
            "student": {"name": "Heron"},
            "title": "Heron",
            "advocate_id": ids["advocate_id"],
        },
        ("POST", "/conflict-checks/{conflict_check_id}/sign-off"): {"decision": "clear", "note": "Heron"},
        ("PATCH", "/clients/{client_id}"): {"notes": "Heron"},
        ("PATCH", "/consultation-types/{consultation_type_id}"): {"description": "Heron"},
        ("POST", "/bookings"): {
            "consultation_type_id": ids["consultation_type_id"],
            "starts_at": "2026-10-14T16:00:00Z",
            "timezone": "America/Denver",
            "name": "Heron",
            "email": "heron@families.example",
        },
        ("POST", "/bookings/{booking_id}/reschedule"): {"starts_at": "2026-10-15T16:00:00Z"},
        ("POST", "/bookings/{booking_id}/decline"): {},
        ("POST", "/booking-links"): {"consultation_type_id": ids["consultation_type_id"]},
        ("POST", "/public/{slug}/bookings"): {
            "consultation_type": "free-consultation",
            "starts_at": "2026-10-16T16:00:00Z",
            "timezone": "America/Denver",
            "name": "Heron",
            "email": "heron@families.example",
        },
        ("POST", "/public/{slug}/holds"): {
            "consultation_type": "free-consultation",
            "starts_at": "2026-10-16T16:00:00Z",
            "timezone": "America/Denver",
        },
        ("POST", "/bookings/{booking_id}/cancel"): {},
        ("POST", "/bookings/{booking_id}/convert"): {
            "student": {"name": "Heron"},
            "title": "Heron",
            "advocate_id": ids["advocate_id"],
        },
    }
    return copy.deepcopy(bodies.get((method, path), {}))


def with_id(body: dict[str, Any], at: tuple[str, ...], row_id: str) -> dict[str, Any]:
    """The body with another id at this place."""
    changed = copy.deepcopy(body)
    within = changed
    for name in at[:-1]:
        within = within[name]
    within[at[-1]] = [row_id] if at[-1].endswith("_ids") else row_id
    return changed


def needed_query(method: str, path: str, life: Life) -> str:
    """What has to be asked for along with the path, of this practice's own."""
    operation = DOCUMENT["paths"][f"/api/v1{path}"][method.lower()]["operationId"]
    return QUERIES.get(operation, "").format_map(life.ids)


def asking(method: str, path: str, life: Life, name: str, row_id: str) -> str:
    """The path with all that has to be asked for, and with another id in the query."""
    needed = parse_qsl(needed_query(method, path, life).lstrip("?"))
    place = path.format_map({**life.ids, "slug": life.practice.slug})
    return f"{place}?{urlencode({**dict(needed), name: row_id})}"


def their_id(life: Life, name: str) -> str:
    return life.practice.ana.id if name == "staff_id" else life.ids[name.removesuffix("s") if name.endswith("_ids") else name]


def test_the_document_has_doors_to_knock_at() -> None:
    assert len(ID_PATHS) >= 30
    assert len(ID_FIELDS) >= 20
    assert len(ID_FILTERS) >= 14
    assert ID_NAMES != []


@each(("method", "path"), ID_PATHS, ids=named(ID_PATHS))
def test_another_practices_id_in_a_path_is_an_unknown_id(riverside: Life, lakeside: Lakeside, method: str, path: str) -> None:
    body = None if method == "GET" else valid_body(method, path, lakeside.life)
    query = needed_query(method, path, lakeside.life)
    known = lakeside.hears(method, path.format_map(riverside.values(path)) + query, body)
    unknown = lakeside.hears(method, path.format_map(dict.fromkeys(riverside.ids, str(new_id()))) + query, body)
    assert unknown.status_code == 404
    assert said(known) == said(unknown)


@each(("method", "path"), ID_PATHS, ids=named(ID_PATHS))
def test_a_broken_body_does_not_tell_the_known_from_the_unknown(
    riverside: Life, lakeside: Lakeside, method: str, path: str
) -> None:
    """What is wrong with the request is found before the row is looked for, or after it: for both alike."""
    for broken in ({"nonsense": "Heron"}, [], "Heron", {"title": 7}):
        for headers in ({}, {"If_Match": '"v99"'}, {"Idempotency_Key": f"a key for {uuid4()}"}):
            sent = None if method == "GET" else broken
            known = lakeside.hears(method, path.format_map(riverside.ids), sent, **headers)
            unknown = lakeside.hears(method, path.format_map(dict.fromkeys(riverside.ids, str(new_id()))), sent, **headers)
            assert said(known) == said(unknown)


@each(("method", "path"), ID_PATHS, ids=named(ID_PATHS))
def test_riverside_itself_reaches_its_row(riverside: Life, method: str, path: str) -> None:
    """So that the answers above are for the right reason. The broken body is never taken."""
    place = path.format_map(riverside.values(path)) + needed_query(method, path, riverside)
    answer = riverside.practice.olga.ask(method, place, None if method == "GET" else {"nonsense": 1})
    assert answer.status_code in ((200,) if method == "GET" else (422,))


@each(("method", "path", "at"), ID_FIELDS, ids=named(ID_FIELDS))
def test_another_practices_id_in_a_body_is_an_unknown_id(
    riverside: Life, lakeside: Lakeside, method: str, path: str, at: tuple[str, ...]
) -> None:
    own = lakeside.life
    body, place = valid_body(method, path, own), path.format_map(own.values(path))
    known = lakeside.hears(method, place, with_id(body, at, their_id(riverside, at[-1])))
    unknown = lakeside.hears(method, place, with_id(body, at, str(new_id())))
    assert unknown.status_code == 422
    assert unknown.get_json()["type"] == "/problems/validation"
    assert said(known) == said(unknown)


@each(("method", "path", "at"), ID_FIELDS, ids=named(ID_FIELDS))
def test_the_unknown_id_is_pointed_at(lakeside: Lakeside, method: str, path: str, at: tuple[str, ...]) -> None:
    own = lakeside.life
    place = path.format_map(own.values(path))
    answer = lakeside.hears(method, place, with_id(valid_body(method, path, own), at, str(new_id())))
    pointers = [error["pointer"] for error in answer.get_json()["errors"]]
    wanted = "/" + "/".join(at)
    assert pointers in ([wanted], [f"{wanted}/0"])


@each("name", ["communication_id", "provision_id", "owner_id", "document_id", "observation_ids", "document_ids"])
def test_another_practices_id_in_the_facts_of_a_step_is_an_unknown_id(riverside: Life, lakeside: Lakeside, name: str) -> None:
    """The facts of a step are no fields of the document: the playbook names them."""
    steps = {
        "communication_id": {"step": "talk_to_teacher", "our_understanding": "Heron.", "why_we_ask": "Heron."},
        "provision_id": {"step": "read_wording", "is_clear": "yes"},
        "owner_id": {
            "step": "agree_fix",
            "fix": "resource",
            "effective_on": "2026-10-08",
            "what": "A reader.",
            "by_on": "2026-10-09",
        },
        "document_id": {"step": "receive_policy", "received_on": "2026-10-08", "supports_refusal": "no"},
        "observation_ids": {"step": "add_evidence"},
        "document_ids": {"step": "add_evidence"},
    }
    ids = {**riverside.ids, "owner_id": riverside.ids["team_member_id"]}
    theirs = ids[name.removesuffix("s")]
    place = f"/concerns/{lakeside.life.ids['concern_id']}/steps"
    known, unknown = (
        lakeside.hears("POST", place, with_id({"skip_reason": "Heron.", **steps[name]}, (name,), row_id))
        for row_id in (theirs, str(new_id()))
    )
    assert unknown.status_code in (409, 422)
    assert said(known) == said(unknown)


@each(("path", "name"), ID_FILTERS, ids=named(ID_FILTERS))
def test_another_practices_id_as_a_filter_is_an_unknown_id(riverside: Life, lakeside: Lakeside, path: str, name: str) -> None:
    place = path.format_map(lakeside.life.ids)
    # A mail that came in became another communication than the one that stands for all.
    by = "mailed_id" if (path, name) == ("/inbound-mails", "communication_id") else name
    known = lakeside.hears("GET", f"{place}?{name}={their_id(riverside, by)}")
    unknown = lakeside.hears("GET", f"{place}?{name}={new_id()}")
    assert unknown.get_json() == {"items": [], "next_cursor": None}
    assert said(known) == said(unknown)
    assert riverside.practice.olga.get(f"{path.format_map(riverside.ids)}?{name}={their_id(riverside, by)}")["items"] != []


@each(("method", "path", "name"), ID_NAMES, ids=named(ID_NAMES))
def test_another_practices_id_in_the_query_of_a_change_is_an_unknown_id(
    riverside: Life, lakeside: Lakeside, method: str, path: str, name: str
) -> None:
    known = lakeside.hears(method, asking(method, path, lakeside.life, name, their_id(riverside, name)))
    unknown = lakeside.hears(method, asking(method, path, lakeside.life, name, str(new_id())))
    assert (unknown.status_code, unknown.get_json()["errors"][0]["pointer"]) == (422, f"/{name}")
    assert said(known) == said(unknown)


def test_a_text_that_riverside_has_is_found_in_no_list_of_lakeside(riverside: Life, lakeside: Lakeside) -> None:
    address = riverside.rows["client"]["email"]
    assert lakeside.hears("GET", f"/clients?email={address}").get_json()["items"] == []
    assert riverside.practice.olga.get(f"/clients?email={address}")["items"] != []


@each("path", LISTS)
def test_a_cursor_of_another_practice_is_no_cursor(riverside: Life, lakeside: Lakeside, path: str) -> None:
    theirs, ours = riverside.practice, lakeside.life
    if "{slug}" in path:
        theirs.olga.post("/consultation-types", {"name": "Second", "slug": f"second-{uuid4().hex[:8]}", "minutes": 30})
    else:
        two_of_each(riverside)
    page = theirs.olga.get(f"{path.format_map(riverside.values(path))}?limit=1")
    assert page["next_cursor"], "there has to be a second page to ask for"
    place = path.format_map({**ours.ids, "slug": ours.practice.slug})
    known = lakeside.hears("GET", f"{place}?limit=1&cursor={page['next_cursor']}")
    unknown = lakeside.hears("GET", f"{place}?limit=1&cursor={base64.urlsafe_b64encode(b'never a cursor of ours').decode()}")
    assert unknown.status_code == 422
    assert said(known) == said(unknown)


def two_of_each(life: Life) -> None:
    """A second of what there is one of: a list of one has no second page."""
    olga, ids = life.practice.olga, life.ids
    if len(olga.get("/team-members")["items"]) > 1:
        return
    for name in ("second", "third"):
        kind = {"name": name, "slug": name, "minutes": 30}
        olga.post("/consultation-types", kind)
        olga.post("/staff/invitations", {"email": f"{name}@invited.example", "role": "assistant"})
        olga.post("/api-keys", {"kind": "publishable", "name": name})
    olga.adds_a_client(name=f"{CANARY} Other")
    enquires(life.practice, f"{CANARY} Second", f"{CANARY} asks too.", email="kingfisher.second@enquirers.example")
    for place in (f"/clients/{ids['client_id']}", f"/bookings/{ids['booking_id']}", f"/enquiries/{ids['enquiry_id']}"):
        olga.post(f"{place}/conflict-checks", {})
    olga.adds_a_team_member({"id": ids["case_id"]}, name=f"{CANARY} Other")
    claimed = {"case_id": ids["case_id"], "provision_id": ids["provision_id"], "minutes": 60, "claimed_on": "2026-10-02"}
    olga.post("/compensatory-claims", {**claimed, "note": f"{CANARY} too."})
    olga.post("/packets", {"case_id": ids["case_id"], "purpose": "team_meeting", "title": f"{CANARY} again"})
    olga.post("/packet-shares", {"packet_id": ids["packet_id"], "name": f"{CANARY} Other", "email": "other@mediation.example"})
    olga.opens_a_concern({"id": ids["case_id"]}, what_happened=f"{CANARY} again.")
    olga.uploads({"id": ids["case_id"]}, f"{CANARY} too.".encode(), f"{CANARY}.txt")
    olga.put("/availability", {"staff_id": olga.id, "timezone": "America/Denver", "weekly": HOURS})
    olga.post("/booking-links", {"consultation_type_id": ids["consultation_type_id"]})
    olga.post(f"/bookings/{ids['booking_id']}/reschedule", {"starts_at": "2026-10-14T16:00:00Z"})
    olga.post("/availability/overrides", {"staff_id": olga.id, "date": "2026-12-24", "hours": []})
    span = {"starts_at": "2026-12-30T16:00:00Z", "ends_at": "2026-12-31T16:00:00Z"}
    olga.post("/time-off", {"staff_id": olga.id, **span})
    if len(olga.get("/external-calendars")["items"]) < 2:  # a member has only so many
        olga.post("/external-calendars", {"name": "Second", "url": "https://localhost/second.ics"})
        olga.post("/calendar-feeds")


# Doors with other keys: sessions, links, slugs.


@each(("method", "path"), STAFF_PATHS, ids=named(STAFF_PATHS))
@each("known", [True, False], ids=["a known id", "an unknown id"])
def test_who_is_not_signed_in_hears_the_same_of_every_path(riverside: Life, method: str, path: str, known: bool) -> None:
    ids = riverside.ids if known else dict.fromkeys(riverside.ids, str(new_id()))
    nobody = Actor(riverside.practice.app)
    for token in (None, "nonsense", riverside.practice.olga.refresh_token if path != "/auth/refresh" else "nonsense"):
        nobody.token = token
        answer = nobody.ask(method, path.format_map(ids), None if method == "GET" else {})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.content_type == "application/problem+json"
        assert CANARY not in answer.get_data(as_text=True)


def forged(token: str, key: bytes = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    """A token with other claims, signed anew; a claim that is None is left out."""
    found = {**jwt.decode(token, options={"verify_signature": False}), **claims}
    kept = {name: value for name, value in found.items() if value is not None}
    header = {"kid": jwt.get_unverified_header(token).get("kid")}
    return jwt.encode(kept, key if algorithm != "none" else "", algorithm=algorithm, headers=header)


def tampered_tokens(riverside: Practice, lakeside: Practice) -> dict[str, str]:
    mine, theirs = lakeside.olga.token or "", riverside.olga.token or ""
    their_claims = jwt.decode(theirs, options={"verify_signature": False})
    head, body, signature = mine.split(".")
    their_body = theirs.split(".")[1]
    past = datetime.now(UTC) - timedelta(minutes=1)
    other_key = b"another secret, also of more than thirty-two bytes"
    return {
        "my signature under their claims": f"{head}.{their_body}.{signature}",
        "no signature": f"{head}.{body}.",
        "a signature cut short": mine[:-4],
        "no algorithm": forged(mine, algorithm="none", practice=their_claims["practice"]),
        "another secret": forged(mine, other_key, practice=their_claims["practice"]),
        "another algorithm": forged(mine, SECRET * 2, algorithm="HS512"),
        "my sign-in in their practice": forged(mine, practice=their_claims["practice"]),
        "my person by their sign-in": forged(mine, practice=their_claims["practice"], sign_in=their_claims["sign_in"]),
        "their person by my sign-in": forged(mine, practice=their_claims["practice"], sub=their_claims["sub"]),
        "their sign-in in my practice": forged(
            theirs, practice=jwt.decode(mine, options={"verify_signature": False})["practice"]
        ),
        "no practice": forged(mine, practice=None),
        "a practice that is none": forged(mine, practice="' or true --"),
        "an unknown practice": forged(mine, practice=str(new_id())),
        "no sign-in": forged(mine, sign_in=None),
        "an unknown sign-in": forged(mine, sign_in=str(new_id())),
        "no id": forged(mine, jti=None),
        "no type": forged(mine, type=None),
        "no end": forged(mine, exp=None),
        "an end that has come": forged(mine, exp=past),
        "another issuer": forged(mine, iss="somebody"),
        "no issuer": forged(mine, iss=None),
        "another audience": forged(mine, aud="somebody"),
        "no audience": forged(mine, aud=None),
        "a subject in capitals": forged(mine, sub=jwt.decode(mine, options={"verify_signature": False})["sub"].upper()),
        "a list for a subject": forged(mine, sub=None) + "x",
    }


def test_a_token_that_was_tampered_with_opens_nothing(riverside: Life, lakeside: Lakeside) -> None:
    taken = []
    for name, token in tampered_tokens(riverside.practice, lakeside.life.practice).items():
        for path in ("/clients", f"/clients/{riverside.ids['client_id']}", "/me"):
            answer = lakeside.hears("GET", path, by=Actor(riverside.practice.app, token))
            if answer.status_code != 401 or "WWW-Authenticate" not in answer.headers:
                taken.append((name, path, answer.status_code))
    assert taken == []


def test_one_who_works_in_both_practices_sees_by_each_token_that_practice_alone(riverside: Life, lakeside: Lakeside) -> None:
    ours, theirs = lakeside.life.practice, riverside.practice
    theirs.olga.post("/staff/invitations", {"email": ours.ana.email, "role": "assistant"})
    token = invitation_token(theirs, ours.ana.email)
    accepted = {"token": token, "name": "Ana of both", "password": PASSWORD}
    there = Staff(theirs.app, Actor(theirs.app).post("/auth/invitations/accept", accepted), theirs.clock)
    assert {row["id"] for row in there.everything("/cases")} == {row["id"] for row in theirs.olga.everything("/cases")}
    for path in ("/cases", "/clients", "/students", "/concerns", "/communications", "/reminders", "/bookings", "/staff"):
        mine = {row["id"] for row in ours.ana.everything(path)}
        assert mine.isdisjoint(row["id"] for row in there.everything(path))
    assert lakeside.hears("GET", f"/cases/{riverside.ids['case_id']}").status_code == 404
    assert there.ask("GET", f"/cases/{lakeside.life.ids['case_id']}").status_code == 404
    assert there.ask("PATCH", "/practice", {"name": "Mine"}).status_code == 403


LINK_PATHS = [(method, path) for method, path, _ in operations(DOCUMENT) if "{token}" in path]


def links_that_open_nothing(riverside: Life, lakeside: Life) -> dict[str, str]:
    """What could be made of two good tokens, or of one and the ids in it."""
    links = Links([b"another secret, also of more than thirty-two bytes"], BASE_URL)
    ours = Links([SECRET], BASE_URL)
    raw, mine = (base64.urlsafe_b64decode(life.token + "=" * (-len(life.token) % 4)) for life in (riverside, lakeside))
    their_practice, booking = UUID(bytes=raw[:16]), UUID(riverside.ids["booking_id"])

    def made(of: bytes) -> str:
        return base64.urlsafe_b64encode(of).rstrip(b"=").decode()

    return {
        "of another secret": links.token("bookings", their_practice, booking),
        "of another purpose": ours.token("invitations", their_practice, booking),
        "of another row": ours.token("bookings", their_practice, UUID(riverside.ids["case_id"])),
        "my practice, their signature": made(mine[:16] + raw[16:]),
        "their practice, my signature": made(raw[:16] + mine[16:]),
        "one bit turned": made(raw[:-1] + bytes([raw[-1] ^ 1])),
        "cut short": riverside.token[:-1],
        "with something behind": f"{riverside.token}A",
        "padded": f"{riverside.token}==",
        "not a token": "nonsense",
        "an id": riverside.ids["booking_id"],
    }


@each(("method", "path"), LINK_PATHS, ids=named(LINK_PATHS))
def test_a_link_that_was_tampered_with_is_an_unknown_link(riverside: Life, lakeside: Lakeside, method: str, path: str) -> None:
    said_in = {"starts_at": "2026-10-15T16:00:00Z"} if path.endswith("reschedule") else {}
    said_in = ANSWER if "/copies/" in path else SIGNATURE if "/statements/" in path else said_in
    said_in = {"code": CODE} if "/packets/" in path else said_in
    body = None if method == "GET" else said_in
    path += QUERIES["list_managed_slots"] if path.endswith("slots") else ""
    visitor = Actor(riverside.practice.app)
    unknown = lakeside.hears(
        method, path.format(token=Links([SECRET], BASE_URL).token("bookings", new_id(), new_id()), number=1), body, by=visitor
    )
    assert unknown.status_code == 404
    for token in links_that_open_nothing(riverside, lakeside.life).values():
        assert said(lakeside.hears(method, path.format(token=token, number=1), body, by=visitor)) == said(unknown)
    assert visitor.ask("GET", f"/public/bookings/{riverside.token}").status_code == 200


def test_a_kind_of_consultation_of_riverside_is_unknown_at_lakesides_website(riverside: Life, lakeside: Lakeside) -> None:
    theirs = riverside.practice.olga.post(
        "/consultation-types", {"name": f"{CANARY} only here", "slug": "kingfisher-only", "minutes": 30}
    )
    visitor = lakeside.life.practice.visitor()
    query = "from=2026-10-12T00:00:00Z&to=2026-10-13T00:00:00Z&timezone=America/Denver"
    at = f"/public/{visitor.slug}"
    for ask in (
        lambda slug: lakeside.hears("GET", f"{at}/slots?consultation_type={slug}&{query}", by=visitor),
        lambda slug: lakeside.hears(
            "POST",
            f"{at}/bookings",
            {
                "consultation_type": slug,
                "starts_at": "2026-10-14T16:00:00Z",
                "timezone": "America/Denver",
                "name": "Heron",
                "email": "heron@families.example",
            },
            by=visitor,
        ),
    ):
        known, unknown = ask(theirs["slug"]), ask("never-heard-of")
        assert unknown.status_code in (404, 422)
        assert said(known) == said(unknown)


def test_the_same_slug_of_a_consultation_may_be_had_by_both(riverside: Life, lakeside: Lakeside) -> None:
    """A key that is unique for all practices would tell what another practice has."""
    kind = {"name": "Alike", "slug": "alike", "minutes": 30}
    assert riverside.practice.olga.ask("POST", "/consultation-types", kind).status_code == 201
    assert lakeside.hears("POST", "/consultation-types", kind).status_code == 201
    person = {"name": "Heron", "email": "a.parent.of.both@families.example"}
    assert riverside.practice.olga.ask("POST", "/clients", {**person, "name": CANARY}).status_code == 201
    assert lakeside.hears("POST", "/clients", person).status_code == 201


def test_an_idempotency_key_of_riverside_is_a_new_key_at_lakeside(riverside: Life, lakeside: Lakeside) -> None:
    key, person = f"a key of both {uuid4()}", {"name": "Heron", "email": "heron@families.example"}
    first = riverside.practice.olga.post("/clients", {**person, "name": CANARY}, Idempotency_Key=key)
    answer = lakeside.hears("POST", "/clients", person, Idempotency_Key=key)
    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer.headers
    assert answer.get_json()["id"] != first["id"]


def test_riverside_is_as_it_was_and_lakeside_never_heard_of_it(riverside: Life, lakeside: Lakeside) -> None:
    """Everything that lakeside can read, once more; then all that it ever heard in this test."""
    # That riverside itself has looked stands in its own log by then; and so does the look into that log.
    riverside_as_it_is(riverside)
    riverside_as_it_is(riverside)
    before = riverside_as_it_is(riverside)
    ids = lakeside.life.ids
    for method, path in ID_PATHS:
        if method != "GET":
            lakeside.hears(method, path.format_map(riverside.ids), valid_body(method, path, lakeside.life))
    for method, path, at in ID_FIELDS:
        body = with_id(valid_body(method, path, lakeside.life), at, their_id(riverside, at[-1]))
        lakeside.hears(method, path.format_map({**ids, "slug": lakeside.life.practice.slug}), body)
    for method, path, operation in operations(DOCUMENT):
        if method == "GET" and is_for_staff(operation):
            lakeside.hears("GET", path.format_map(ids) + ("?limit=200" if path in LISTS else ""))
    assert len(lakeside.heard) > 60
    assert [text for text in lakeside.heard if CANARY.lower() in text.lower()] == []
    assert [text for text in lakeside.heard if riverside.practice.slug in text] == []
    assert riverside_as_it_is(riverside) == before


def test_mail_of_one_practice_names_no_other(riverside: Life, lakeside: Lakeside) -> None:
    lakeside.life.practice.works()
    mails = lakeside.life.practice.sink.to("heron@families.example")
    assert mails != []
    assert [mail for mail in mails if CANARY in mail.as_string()] == []


def riverside_as_it_is(life: Life) -> dict[str, Any]:
    reader = life.practice.olga
    lists = [path for path in LISTS if "{slug}" not in path]
    return {path: reader.everything(path.format_map(life.ids)) for path in lists} | {"practice": reader.get("/practice")}
