"""One good request for each operation of the document: who makes it, where, with which body.

What it needs is made before it, through the public API. A new operation has to be added here: the contracts walk the document.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pyotp

from commands.document import document
from mail.post import Undeliverable
from scheduling.worker import Worker
from tests.cast import IEP_TEXT, PASSWORD, ZONE, Actor, Form, Practice, Provider, Staff, text_of, token_in
from tests.contracts.everything import (
    HOURS,
    Life,
    copy_token,
    enquires,
    invitation_token,
    is_built,
    packet_token,
    statement_token,
)

METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path.removeprefix("/api/v1"), operation)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
}
# Posts that only ask: what they ask about is too long, and too private, for an address.
QUESTIONS = ("check_wording", "check_wording_as_visitor", "check_deadline", "preview_letter")
WRITES = [name for name, (method, _, _) in OPERATIONS.items() if method != "GET" and name not in QUESTIONS]
READS = [name for name, (method, _, _) in OPERATIONS.items() if method == "GET"]
# By whom: with the access token of staff, or by none.
FOR_STAFF = [
    name for name, (_, _, operation) in OPERATIONS.items() if any("access_token" in option for option in operation["security"])
]


@dataclass(frozen=True)
class Act:
    """A request, about to be made."""

    by: Actor
    method: str
    path: str
    body: Any = None

    def done(self, by: Actor | None = None, **headers: str) -> Any:
        return (by or self.by).ask(self.method, self.path, self.body, **headers)


def act(name: str, life: Life) -> Act:
    """The good request for an operation; what it is about is made anew, so that each can be done and done again."""
    method, path, _ = OPERATIONS[name]
    if method == "GET":
        place = path.format_map(life.values(path))
        return Act(_caller(name, life), method, place + QUERIES.get(name, "").format_map(life.ids))
    by, values, body = MAKES[name](life)
    return Act(by, method, path.format_map({**life.ids, **values}), body)


_DAY = "from=2026-10-13T00:00:00Z&to=2026-10-14T00:00:00Z&timezone=America/Denver"
# What has to be asked for; and the law, which is the same for every practice.
QUERIES = {
    "list_slots": f"?consultation_type=free-consultation&{_DAY}",
    "list_managed_slots": f"?{_DAY}",
    "list_staff_slots": f"?consultation_type_id={{consultation_type_id}}&{_DAY}",
    "list_changes": "?since={iep_version_id}",
    "list_deadline_rules": "?state=TX",
    "explain_slots": "?date=2026-10-13&consultation_type_id={consultation_type_id}",
}


def _caller(name: str, life: Life) -> Actor:
    return life.practice.olga if name in FOR_STAFF else Actor(life.practice.app)


Made = tuple[Actor, dict[str, str], Any]


def _fresh() -> str:
    return secrets.token_hex(6)


def signs_in(practice: Practice, person: Staff) -> Staff:
    """The same person on another device: what happens to that sign-in happens to no other."""
    said = {"email": person.email, "password": PASSWORD, "practice": practice.slug}
    return Staff(practice.app, Actor(practice.app).post("/auth/login", said), practice.clock)


def newcomer(life: Life, role: str = "assistant") -> Staff:
    """Somebody who was invited and came: a person of their own, to be changed or removed."""
    practice, address = life.practice, f"{_fresh()}@newcomers.example"
    practice.olga.post("/staff/invitations", {"email": address, "role": role})
    said = {"token": invitation_token(practice, address), "name": "Nora", "password": PASSWORD}
    return Staff(practice.app, Actor(practice.app).post("/auth/invitations/accept", said), practice.clock)


def _registers(life: Life) -> Made:
    slug = f"founded-{_fresh()}"
    firm = {"practice_name": "Founded", "slug": slug, "timezone": ZONE}
    return Actor(life.practice.app), {}, {**firm, "name": "Fay", "email": f"fay@{slug}.example", "password": PASSWORD}


def _accepts(life: Life) -> Made:
    address = f"{_fresh()}@invited.example"
    life.practice.olga.post("/staff/invitations", {"email": address, "role": "assistant"})
    said = {"token": invitation_token(life.practice, address), "name": "Nora", "password": PASSWORD}
    return Actor(life.practice.app), {}, said


def _refreshes(life: Life) -> Made:
    return Actor(life.practice.app, signs_in(life.practice, life.practice.ana).refresh_token), {}, None


def _resets(life: Life) -> Made:
    person = newcomer(life)
    life.practice.olga.post("/auth/password/forgot", {"email": person.email})
    life.practice.worker.mail_resets()
    mails = life.practice.mails_to(person.email)
    token = next(token_in(mail) for mail in reversed(mails) if "/password/" in text_of(mail))
    return Actor(life.practice.app), {}, {"token": token, "password": "another sentence that only I know"}


def _changes_password(life: Life) -> Made:
    said = {"password": PASSWORD, "new_password": "another sentence that only I know"}
    return newcomer(life), {}, said


def _confirms(life: Life) -> Made:
    person = newcomer(life)
    secret = person.post("/auth/otp/enroll", {"password": PASSWORD})["secret"]
    return person, {}, {"otp": pyotp.TOTP(secret).at(life.practice.clock())}


def _disables(life: Life) -> Made:
    person, _, said = _confirms(life)
    recovery = person.post("/auth/otp/confirm", said)["recovery_codes"]
    return person, {}, {"password": PASSWORD, "otp": recovery[0]}


def _ends_a_sign_in(life: Life) -> Made:
    person = newcomer(life)
    signs_in(life.practice, person)
    other = next(row for row in person.get("/auth/sign-ins")["items"] if not row["is_this_one"])
    return person, {}, {"password": PASSWORD, "sign_in_id": other["id"]}


def _free(life: Life, number: int = 0) -> str:
    """A time at which nobody has a consultation yet."""
    found = life.practice.visitor().slots("2026-10-13T00:00:00Z", "2026-12-01T00:00:00Z")
    return str(found[number]["starts_at"])


def _books(life: Life) -> Made:
    said = {"consultation_type": "free-consultation", "starts_at": _free(life), "timezone": ZONE}
    visitor = life.practice.visitor()
    return visitor, {"slug": visitor.slug}, {**said, "name": "Petra Petrov", "email": f"{_fresh()}@example.org"}


def _booked(life: Life) -> dict[str, str]:
    visitor, values, said = _books(life)
    made = visitor.post(f"/public/{values['slug']}/bookings", said)
    return {"booking_id": made["id"], "token": made["manage_url"].rsplit("/", 1)[1]}


def _holds(life: Life) -> Made:
    visitor = life.practice.visitor()
    said = {"consultation_type": "free-consultation", "starts_at": _free(life), "timezone": ZONE}
    return visitor, {"slug": visitor.slug}, said


def _releases(life: Life) -> Made:
    visitor, values, said = _holds(life)
    return visitor, {"token": visitor.post(f"/public/{values['slug']}/holds", said)["hold"]}, None


def _with_kind(life: Life, **more: Any) -> dict[str, str]:
    """A booking of a type that is not settled at once, by a visitor with an address of her own."""
    kind = life.practice.olga.post("/consultation-types", {**_kind(life), "minimum_notice_minutes": 0, **more})
    visitor = life.practice.visitor()
    made = visitor.books(_free(life), kind=kind["slug"])
    return {"booking_id": made["id"], "email": visitor.email}


def _requested(life: Life) -> dict[str, str]:
    return _with_kind(life, needs_confirmation=True)


def _confirms_an_address(life: Life) -> Made:
    address = _with_kind(life, verifies_address=True)["email"]
    return Actor(life.practice.app), {"token": token_in(life.practice.mails_to(address)[-1])}, None


def _moves_by_link(life: Life) -> Made:
    return Actor(life.practice.app), _booked(life), {"starts_at": _free(life, 3)}


def _cancels_by_link(life: Life) -> Made:
    return Actor(life.practice.app), _booked(life), {"reason": "We found another time."}


def _begun(life: Life) -> dict[str, str]:
    """A consultation that has begun."""
    values = _booked(life)
    booking = life.practice.olga.get(f"/bookings/{values['booking_id']}")
    life.practice.clock.at = datetime.fromisoformat(booking["starts_at"])
    return values


class RefusingPost:
    """A mail server that takes nothing from us."""

    def send(self, mail: EmailMessage, *, to: str | None = None, bounces_to: str | None = None) -> None:
        raise Undeliverable("The recipient was refused (550).", for_good=True)


def _fails(life: Life) -> dict[str, str]:
    """A message that the mail server refused for good."""
    practice = life.practice
    practice.works()
    practice.olga.post("/staff/invitations", {"email": f"{_fresh()}@refused.example", "role": "assistant"})
    Worker(practice.worker.engine, practice.clock, RefusingPost(), practice.worker.config).send_messages()
    return {"message_id": practice.olga.get("/messages?state=failed&limit=1")["items"][0]["id"]}


def _by(actor: str, values: Callable[[Life], dict[str, str]] | None = None, body: Any = None) -> Callable[[Life], Made]:
    """An act of one of the cast, about something, with a body that may depend on the life."""

    def make(life: Life) -> Made:
        person: Staff = getattr(life.practice, actor)
        found = values(life) if values else {}
        return person, found, body(life) if callable(body) else body

    return make


def _new(path: str, name: str, body: Any) -> Callable[[Life], dict[str, str]]:
    """A row of its own to act on."""

    def make(life: Life) -> dict[str, str]:
        said = body(life) if callable(body) else body
        return {f"{name}_id": life.practice.olga.post(path, said)["id"]}

    return make


CLIENT = {"name": "Petra Petrov", "email": "petra@example.org"}


def _student(life: Life) -> dict[str, Any]:
    return {"client_ids": [life.ids["client_id"]], "name": "Sasha Petrov"}


def _case(life: Life) -> dict[str, Any]:
    return {"client_id": life.ids["client_id"], "student_id": life.ids["student_id"], "title": "Reading support"}


def _member(life: Life) -> dict[str, Any]:
    return {"case_id": life.ids["case_id"], "name": "Terry Thompson", "role": "principal"}


def _document(life: Life) -> Form:
    return Form({"case_id": life.ids["case_id"], "file": (IEP_TEXT, "IEP.txt")})


def _version(life: Life) -> dict[str, Any]:
    return {"student_id": life.ids["student_id"], "effective_from": "2026-09-08"}


def _first_version(life: Life) -> dict[str, Any]:
    """Of a child of its own: what is in force of the others stays so."""
    promised = [{"kind": "accommodation", "text": "A reader for all tests."}]
    return {**_version(life), "student_id": life.practice.ana.post("/students", _student(life))["id"], "provisions": promised}


def _ledger(life: Life) -> dict[str, str]:
    """A line of its own, of a child of its own: one who must have a copy, and has an address of their own."""
    ana = life.practice.ana
    student = ana.post("/students", _student(life))
    case = ana.post("/cases", {**_case(life), "student_id": student["id"]})
    member = ana.adds_a_team_member(case, email=f"{_fresh()}@school.example")
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    [line] = ana.get(f"/iep-versions/{version['id']}/copies")["items"]
    named = {"iep_version_id": version["id"], "iep_copy_id": line["id"], "team_member_id": member["id"]}
    return {**named, "case_id": case["id"], "token": copy_token(life.practice, line)}


def _opens_a_line(life: Life) -> Made:
    found, ana = _ledger(life), life.practice.ana
    # Who came while the case was closed must have no copy, until somebody says so.
    ana.patch(f"/cases/{found['case_id']}", {"state": "closed"})
    member = ana.adds_a_team_member({"id": found["case_id"]}, name="Nora New")
    return ana, found, {"team_member_id": member["id"], "note": "Came back."}


def _asked(life: Life) -> dict[str, str]:
    found = _ledger(life)
    life.practice.ana.post(f"/iep-copies/{found['iep_copy_id']}/ask")
    return found


def _answered(life: Life) -> dict[str, str]:
    found = _asked(life)
    Actor(life.practice.app).post(f"/public/copies/{found['token']}", ANSWER)
    return found


def _statement(life: Life) -> dict[str, Any]:
    said = {"party": "teacher", "name": "Terry Thompson", "email": f"{_fresh()}@school.example"}
    return {"case_id": life.ids["case_id"], "concern_id": life.ids["concern_id"], **said}


def _asked_for_statement(life: Life) -> dict[str, str]:
    made = life.practice.ana.post("/statements", _statement(life))
    return {"statement_id": made["id"], "token": statement_token(life.practice, made)}


def _signs(life: Life) -> Made:
    today = life.practice.clock().date().isoformat()
    return Actor(life.practice.app), _asked_for_statement(life), {**SIGNATURE, "signed_on": today}


def _not_reached(life: Life) -> dict[str, str]:
    """Whose mail did not go out, and who may be asked again at once."""
    found = _asked_for_statement(life)
    practice = life.practice
    Worker(practice.worker.engine, practice.clock, RefusingPost(), practice.worker.config).send_messages()
    return found


def _packet(life: Life) -> dict[str, Any]:
    return {"case_id": life.ids["case_id"], "purpose": "mediation", "exhibits": [{"document_id": life.ids["document_id"]}]}


def _cancelled_packet(life: Life) -> dict[str, str]:
    made = life.practice.ana.post("/packets", _packet(life))
    life.practice.ana.post(f"/packets/{made['id']}/cancel")
    return {"packet_id": made["id"]}


def _share(life: Life) -> dict[str, Any]:
    return {"packet_id": life.ids["packet_id"], "name": "Dana Torres", "email": f"{_fresh()}@mediation.example"}


def _opens_a_packet(life: Life) -> Made:
    share = life.practice.ana.post("/packet-shares", _share(life))
    return Actor(life.practice.app), {"token": packet_token(life.practice, share)}, {"code": share["code"], "format": "zip"}


def _built_packet(life: Life) -> dict[str, str]:
    made = life.practice.ana.post("/packets", _packet(life))
    is_built(life.practice, made)
    return {"packet_id": made["id"]}


def _provision(life: Life) -> dict[str, Any]:
    return {"iep_version_id": life.ids["iep_version_id"], "kind": "goal", "text": "Reads alone."}


def _concern(life: Life) -> dict[str, Any]:
    said = {"kind": "not_provided", "what_happened": "No reader in science.", "noticed_on": "2026-10-02"}
    return {"case_id": life.ids["case_id"], **said}


def _question(life: Life) -> dict[str, Any]:
    said = {"direction": "outbound", "channel": "email", "party": "team", "awaiting_reply": True}
    return {"case_id": life.ids["case_id"], "summary": "Who?", "occurred_at": life.practice.clock().isoformat(), **said}


def _reminder(life: Life) -> dict[str, Any]:
    return {"case_id": life.ids["case_id"], "title": "Call back", "due_at": "2027-06-01T12:00:00Z"}


def _check_in(life: Life) -> dict[str, Any]:
    return {"case_id": life.ids["case_id"], "party": "teacher", "every": "week", "weekday": "tuesday"}


def _paused(life: Life) -> dict[str, str]:
    values = _new("/check-ins", "check_in", _check_in)(life)
    life.practice.olga.post(f"/check-ins/{values['check_in_id']}/pause", {})
    return values


def _recounts(life: Life) -> Made:
    ana = life.practice.ana
    case = ana.opens_a_case()
    asked = ana.asks_the_team(case)
    ana.patch(f"/cases/{case['id']}", {"follow_up_policy": {"offsets_days": [4, 8, 12]}})
    return ana, {}, {"communication_id": asked["id"], "accept": True}


def _has_a_digest(life: Life) -> Made:
    person = newcomer(life)
    person.put("/digest", {"at": "07:00"})
    return person, {}, None


def _observation(life: Life) -> dict[str, Any]:
    said = {"source": "parent", "observed_on": "2026-10-02", "text": "No reader in science."}
    return {"case_id": life.ids["case_id"], **said}


def _session(life: Life) -> dict[str, Any]:
    [provision] = life.practice.ana.provisions_of(life.rows["version_in_force"])
    return {"provision_id": provision["id"], "held_on": "2026-10-01", "outcome": "delivered", "minutes": 30}


def _log(life: Life) -> dict[str, Any]:
    """Its rows are there already; each import is one by itself."""
    named = {"case_id": life.ids["case_id"], "document_id": life.rows["log"]["id"]}
    return {**named, "provision_id": life.rows["service_session"]["provision_id"]}


def _claim(life: Life) -> dict[str, Any]:
    [provision] = life.practice.ana.provisions_of(life.rows["version_in_force"])
    claimed = {"provision_id": provision["id"], "minutes": 30, "claimed_on": "2026-10-02"}
    return {"case_id": life.ids["case_id"], **claimed}


def _school_calendar(life: Life) -> dict[str, Any]:
    return {"name": "Alder Creek", "calendar": {"school_years": [{"from": "2026-09-08", "to": "2027-06-18"}]}}


def _deadline(life: Life) -> dict[str, Any]:
    return {"case_id": life.ids["case_id"], "rule": "annual_review", "event_on": "2026-03-02"}


def _proceeding(life: Life) -> dict[str, Any]:
    return {"case_id": life.ids["case_id"], "kind": "state_complaint", "since_on": "2026-09-14"}


def _kind(life: Life) -> dict[str, Any]:
    return {"name": "Kind", "slug": f"kind-{_fresh()}", "minutes": 30}


def _invitation(life: Life) -> dict[str, Any]:
    return {"email": f"{_fresh()}@invited.example", "role": "assistant"}


def _booking(life: Life) -> dict[str, Any]:
    said = {"consultation_type_id": life.ids["consultation_type_id"], "starts_at": _free(life), "timezone": ZONE}
    return {**said, **CLIENT}


def _hours(life: Life) -> dict[str, Any]:
    """Other hours than before: what is set to what it was has not changed."""
    sam, olga = life.practice.sam, life.practice.olga
    present = [row["timezone"] for row in olga.get(f"/availability?staff_id={sam.id}")["items"]]
    return {"staff_id": sam.id, "timezone": "Etc/GMT+3" if present == ["Etc/GMT+4"] else "Etc/GMT+4", "weekly": HOURS}


def _key(life: Life) -> dict[str, Any]:
    return {"kind": "secret", "name": "Server", "scopes": ["cases:read"]}


def _member_of_staff(life: Life) -> dict[str, str]:
    return {"staff_id": newcomer(life).id}


def _override(life: Life) -> dict[str, Any]:
    """A date that nobody has hours of their own for."""
    present = life.practice.olga.everything("/availability/overrides")
    last = max([row["date"] for row in present], default="2027-01-01")
    next_day = date.fromisoformat(max(last, "2027-01-01")) + timedelta(days=1)
    return {"staff_id": life.practice.sam.id, "date": next_day.isoformat(), "hours": []}


def _time_off(life: Life) -> dict[str, Any]:
    span = {"starts_at": "2027-01-04T16:00:00Z", "ends_at": "2027-01-05T16:00:00Z"}
    return {"staff_id": life.practice.sam.id, **span}


def _booking_link(life: Life) -> dict[str, Any]:
    return {"consultation_type_id": life.ids["consultation_type_id"], "host_id": life.ids["host_id"]}


def _enquires(life: Life) -> Made:
    said = {"name": "Petra Petrov", "email": f"{_fresh()}@enquirers.example", "message": "My son has no reader."}
    visitor = life.practice.visitor()
    return visitor, {"slug": visitor.slug}, said


def _enquired(life: Life) -> dict[str, str]:
    _, _, said = _enquires(life)
    return {"enquiry_id": enquires(life.practice, said["name"], said["message"], said["email"])["id"]}


def _dismissed(life: Life) -> dict[str, str]:
    values = _enquired(life)
    life.practice.ana.post(f"/enquiries/{values['enquiry_id']}/dismiss", {})
    return values


def _checked(life: Life) -> dict[str, str]:
    place = f"/enquiries/{_enquired(life)['enquiry_id']}/conflict-checks"
    return {"conflict_check_id": life.practice.ana.post(place, {})["id"]}


def _adds_a_calendar(life: Life) -> Made:
    return newcomer(life), {}, CALENDAR


def _has_a_calendar(life: Life) -> tuple[Actor, dict[str, str]]:
    person = newcomer(life)
    return person, {"external_calendar_id": person.post("/external-calendars", CALENDAR)["id"]}


def _asks_for_a_look(life: Life) -> Made:
    person, values = _has_a_calendar(life)
    life.practice.worker.poll_calendars()
    return person, values, None


def _feeds(life: Life) -> Made:
    # Of somebody's own: nobody has any number of them.
    return newcomer(life), {}, None


def _revokes_a_feed(life: Life) -> Made:
    person = newcomer(life)
    return person, {"calendar_feed_id": person.post("/calendar-feeds")["id"]}, None


def _sends(life: Life) -> dict[str, Any]:
    return {"case_id": life.ids["case_id"], "party": "client", "to_client": True, "subject": "A question", "text": "Is it so?"}


def _brings(life: Life) -> Made:
    address = life.practice.ana.get(f"/cases/{life.ids['case_id']}")["inbound_address"]
    raw = f"From: {_fresh()}@strangers.example\nTo: {address}\nSubject: Hello\n\nHello.\n".encode()
    return Provider(life.practice.app, life.practice.clock), {}, raw


def _mailed(life: Life) -> dict[str, str]:
    provider, _, raw = _brings(life)
    assert isinstance(provider, Provider)
    return {"inbound_mail_id": provider.brings(raw)[0]["id"]}


STATEMENT = {"text": "Sasha may use a reader for tests as needed.", "kind": "accommodation"}
SIGNATURE = {"text": "Nobody read to the student.", "signed_name": "Terry Thompson", "signed_on": "2026-10-05"}
ANSWER = {
    "has_copy": "yes",
    "knows_their_part": "yes",
    "has_what_they_need": "no",
    "needs": [{"kind": "material", "what": "A reader pen."}],
}


def _letter(life: Life) -> dict[str, Any]:
    return {"template": "thank_you", "case_id": life.ids["case_id"], "team_member_ids": [life.ids["team_member_id"]]}


def _complete(life: Life) -> dict[str, str]:
    values = _new("/letters", "letter", _letter)(life)
    life.practice.ana.patch(f"/letters/{values['letter_id']}", {"body": "Thank you."})
    return values


def _final(life: Life) -> dict[str, str]:
    values = _complete(life)
    life.practice.ana.post(f"/letters/{values['letter_id']}/finalise")
    return values


def _words(life: Life) -> dict[str, str]:
    return {"subject": f"Thank you, {_fresh()}", "body": "Thank you, {{ salutation }}"}


def _own_words(life: Life) -> dict[str, str]:
    named = {"template": "thank_you", "language": "es"}
    life.practice.olga.put("/letter-templates/thank_you/es", _words(life))
    return named


FILES = {"step": "file", "occurred_on": "2026-10-05", "incomplete_because": "The parent sent it before we came."}
STEP = {"step": "verify", "finding": "Seen in class.", "skip_reason": "Seen by Ana herself."}
CHILD = {"student": {"name": "Sasha Petrov"}, "title": "Reading support", "concern": {"what_happened": "No reader."}}
ALSO = {"also": ["Sasha Petrov"]}
# Refused without a look at any network: it leads to this machine.
CALENDAR = {"name": "Calendar", "url": "https://localhost/basic.ics"}
MAKES: dict[str, Callable[[Life], Made]] = {
    "register": _registers,
    "accept_invitation": _accepts,
    "login": lambda life: (Actor(life.practice.app), {}, {"email": life.practice.ana.email, "password": PASSWORD}),
    "refresh": _refreshes,
    "logout": lambda life: (signs_in(life.practice, life.practice.sam), {}, None),
    "switch": lambda life: (life.practice.ana, {}, {"practice": life.practice.slug}),
    "forget_password": lambda life: (Actor(life.practice.app), {}, {"email": newcomer(life).email}),
    "reset_password": _resets,
    "change_password": _changes_password,
    "enroll_one_time_codes": lambda life: (newcomer(life), {}, {"password": PASSWORD}),
    "confirm_one_time_codes": _confirms,
    "disable_one_time_codes": _disables,
    "end_sign_ins": _ends_a_sign_in,
    "book_consultation": _books,
    "hold_time": _holds,
    "release_hold": _releases,
    "confirm_managed_booking": _confirms_an_address,
    "reschedule_managed_booking": _moves_by_link,
    "cancel_managed_booking": _cancels_by_link,
    "change_practice": _by("olga", body=lambda life: {"about": f"New words, {_fresh()}."}),
    "change_staff": _by("olga", _member_of_staff, {"role": "advocate"}),
    "remove_staff": _by("olga", _member_of_staff),
    "sign_out_staff": _by("olga", _member_of_staff),
    "invite": _by("olga", body=_invitation),
    "withdraw_invitation": _by("olga", _new("/staff/invitations", "invitation", _invitation)),
    "make_api_key": _by("olga", body=_key),
    "revoke_api_key": _by("olga", _new("/api-keys", "api_key", _key)),
    "create_consultation_type": _by("olga", body=_kind),
    "change_consultation_type": _by("olga", _new("/consultation-types", "consultation_type", _kind), {"minutes": 45}),
    "set_availability": _by("olga", body=_hours),
    "create_availability_override": _by("sam", body=_override),
    "change_availability_override": _by("sam", _new("/availability/overrides", "override", _override), {"note": "Training."}),
    "delete_availability_override": _by("sam", _new("/availability/overrides", "override", _override)),
    "take_time_off": _by("sam", body=_time_off),
    "change_time_off": _by("sam", _new("/time-off", "time_off", _time_off), {"note": "Family."}),
    "delete_time_off": _by("sam", _new("/time-off", "time_off", _time_off)),
    "create_booking": _by("ana", body=_booking),
    "confirm_booking": _by("ana", _requested),
    "decline_booking": _by("ana", _requested, {"reason": "We do not work in your state."}),
    "make_booking_link": _by("ana", body=_booking_link),
    "revoke_booking_link": _by("ana", _new("/booking-links", "booking_link", _booking_link)),
    "reschedule_booking": _by("ana", _booked, lambda life: {"starts_at": _free(life, 3)}),
    "cancel_booking": _by("ana", _booked, {"reason": "Ill."}),
    "complete_booking": _by("ana", _begun),
    "miss_booking": _by("ana", _begun),
    "convert_booking": _by("ana", _booked, CHILD),
    "send_enquiry": _enquires,
    "answer_enquiry": _by("ana", _enquired, {"text": "When can we call you?"}),
    "dismiss_enquiry": _by("ana", _enquired, {"reason": "They look for a lawyer."}),
    "reopen_enquiry": _by("ana", _dismissed),
    "convert_enquiry": _by("ana", _enquired, CHILD),
    "check_client": _by("ana", _new("/clients", "client", CLIENT), ALSO),
    "check_booking": _by("ana", _booked, ALSO),
    "check_enquiry": _by("ana", _enquired, ALSO),
    "sign_off_conflict_check": _by("ana", _checked, {"decision": "clear", "note": "Another family."}),
    "create_client": _by("ana", body=CLIENT),
    "change_client": _by("ana", _new("/clients", "client", CLIENT), {"notes": "Prefers the evening."}),
    "create_student": _by("ana", body=_student),
    "change_student": _by("ana", _new("/students", "student", _student), {"grade": "5"}),
    "open_case": _by("ana", body=_case),
    "change_case": _by("ana", _new("/cases", "case", _case), {"state": "on_hold"}),
    "create_team_member": _by("ana", body=_member),
    "change_team_member": _by("ana", _new("/team-members", "team_member", _member), {"phone": "+1 503 555 0142"}),
    "draft_iep_version": _by("ana", body=_version),
    "change_iep_version": _by("ana", _new("/iep-versions", "iep_version", _version), {"text": "The programme."}),
    "activate_iep_version": _by("ana", _new("/iep-versions", "iep_version", _first_version)),
    "open_iep_copy": _opens_a_line,
    "change_iep_copy": _by("ana", _ledger, {"given_on": "2026-10-01", "how": "paper"}),
    "ask_for_acknowledgement": _by("ana", _ledger),
    "ask_all": _by("ana", _ledger),
    "open_concern_of_copy": _by("ana", _answered, {"kind": "not_provided"}),
    "acknowledge_copy": lambda life: (Actor(life.practice.app), _asked(life), ANSWER),
    "upload_document": _by("ana", body=_document),
    "change_document": _by("ana", _new("/documents", "document", _document), {"note": "From the meeting."}),
    "delete_document": _by("ana", _new("/documents", "document", _document)),
    "read_document_anew": _by("ana", _new("/documents", "document", _document)),
    "check_wording": _by("ana", body=STATEMENT),
    "check_wording_as_visitor": lambda life: (life.practice.visitor(), {"slug": life.practice.slug}, STATEMENT),
    "check_deadline": _by("ana", body={"rule": "initial_evaluation", "event_on": "2026-10-05"}),
    "create_school_calendar": _by("ana", body=_school_calendar),
    "change_school_calendar": _by("ana", _new("/school-calendars", "school_calendar", _school_calendar), {"district": "Alder"}),
    "delete_school_calendar": _by("ana", _new("/school-calendars", "school_calendar", _school_calendar)),
    "keep_deadline": _by("ana", body=_deadline),
    "change_deadline": _by("ana", _new("/deadlines", "deadline", _deadline), {"note": "Asked for dates."}),
    "recount_deadline": _by("ana", _new("/deadlines", "deadline", _deadline), {"event_on": "2026-03-09", "accept": True}),
    "override_deadline": _by(
        "ana", _new("/deadlines", "deadline", _deadline), {"override_on": "2027-02-26", "reason": "They meet then."}
    ),
    "meet_deadline": _by("ana", _new("/deadlines", "deadline", _deadline), {"met_on": "2026-10-02"}),
    "waive_deadline": _by("ana", _new("/deadlines", "deadline", _deadline), {"waived_on": "2026-10-02"}),
    "open_proceeding": _by("ana", body=_proceeding),
    "change_proceeding": _by("ana", _new("/proceedings", "proceeding", _proceeding), {"complaint": {"facts": "No reader."}}),
    "take_step_of_proceeding": _by("ana", _new("/proceedings", "proceeding", _proceeding), FILES),
    "create_provision": _by("ana", body=_provision),
    "delete_provision": _by("ana", _new("/provisions", "provision", _provision)),
    "change_provision": _by("ana", _new("/provisions", "provision", _provision), {"minutes": 30}),
    "open_concern": _by("ana", body=_concern),
    "take_step": _by("ana", _new("/concerns", "concern", _concern), STEP),
    "correct_concern": _by(
        "ana", _new("/concerns", "concern", _concern), {"noticed_on": "2026-09-14", "reason": "The log has it."}
    ),
    "draft_letter": _by("ana", body=_letter),
    "change_letter": _by("ana", _new("/letters", "letter", _letter), {"body": "Thank you for the reader."}),
    "delete_letter": _by("ana", _new("/letters", "letter", _letter)),
    "finalise_letter": _by("ana", _complete),
    "hand_over_letter": _by("ana", _final, {"channel": "in_person"}),
    "set_letter_template": _by("olga", body=_words),
    "change_letter_template": _by("olga", _own_words, lambda life: {"subject": f"With thanks, {_fresh()}"}),
    "delete_letter_template": _by("olga", _own_words),
    "preview_letter": _by("ana", body={"template": "thank_you"}),
    "record_observation": _by("ana", body=_observation),
    "ask_for_statement": _by("ana", body=_statement),
    "ask_again_for_statement": _by("ana", _not_reached),
    "withdraw_statement": _by("ana", _asked_for_statement, {"because": "Another teacher."}),
    "sign_statement": _signs,
    "record_service_session": _by("ana", body=_session),
    "record_service_sessions": _by("ana", body=lambda life: {"items": [_session(life)]}),
    "withdraw_service_session": _by(
        "ana", _new("/service-sessions", "service_session", _session), {"because": "Another child's."}
    ),
    "import_service_log": _by("ana", body=_log),
    "withdraw_service_log_import": _by(
        "ana", _new("/service-log-imports", "service_log_import", _log), {"because": "Another child's."}
    ),
    "ask_for_packet": _by("ana", body=_packet),
    "cancel_packet": _by("ana", _new("/packets", "packet", _packet)),
    "retry_packet": _by("ana", _cancelled_packet),
    "discard_packet": _by("ana", _built_packet),
    "share_packet": _by("ana", body=_share),
    "withdraw_packet_share": _by("ana", _new("/packet-shares", "packet_share", _share)),
    "open_shared_packet": _opens_a_packet,
    "record_compensatory_claim": _by("ana", body=_claim),
    "withdraw_compensatory_claim": _by(
        "ana", _new("/compensatory-claims", "compensatory_claim", _claim), {"because": "They took it back."}
    ),
    "record_communication": _by("ana", body=_question),
    "send_communication": _by("ana", body=_sends),
    "receive_mail": _brings,
    "match_inbound_mail": _by("ana", _mailed, {"party": "client"}),
    "discard_inbound_mail": _by("ana", _mailed, {"reason": "An advertisement."}),
    "create_reminder": _by("ana", body=_reminder),
    "complete_reminder": _by("ana", _new("/reminders", "reminder", _reminder), {}),
    "snooze_reminder": _by("ana", _new("/reminders", "reminder", _reminder), {"until": "2027-07-01T12:00:00Z"}),
    "reassign_reminder": _by(
        "ana", _new("/reminders", "reminder", _reminder), lambda life: {"assignee_id": life.practice.sam.id}
    ),
    "recount_reminders": _recounts,
    "begin_check_in": _by("ana", body=_check_in),
    "change_check_in": _by("ana", _new("/check-ins", "check_in", _check_in), {"at": "10:30"}),
    "pause_check_in": _by("ana", _new("/check-ins", "check_in", _check_in), {}),
    "resume_check_in": _by("ana", _paused),
    "end_check_in": _by("ana", _new("/check-ins", "check_in", _check_in), {"reason": "It works."}),
    "record_check_in": _by(
        "ana", _new("/check-ins", "check_in", _check_in), {"checked_on": "2026-10-05", "is_happening": "yes"}
    ),
    "want_digest": lambda life: (newcomer(life), {}, {"at": "07:00"}),
    "stop_digest": _has_a_digest,
    "cancel_reminder": _by("ana", _new("/reminders", "reminder", _reminder), {"reason": "They moved away."}),
    "retry_message": _by("ana", _fails),
    "add_external_calendar": _adds_a_calendar,
    "change_external_calendar": lambda life: (*_has_a_calendar(life), {"name": "Private"}),
    "poll_external_calendar": _asks_for_a_look,
    "remove_external_calendar": lambda life: (*_has_a_calendar(life), None),
    "make_calendar_feed": _feeds,
    "revoke_calendar_feed": _revokes_a_feed,
}
