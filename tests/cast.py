"""The cast: people with verbs, who use the public API and nothing else.

Olga owns the practice. Ana is an advocate; Sam is an assistant. Petra is a parent who comes as a visitor of the website.
A verb with defaults is our factory.
"""

import io
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyotp
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from api.application import create_app
from domain.webhook_signature import sign
from scheduling import document_readings, packets

if TYPE_CHECKING:
    from scheduling.worker import Worker
    from tests.conftest import Clock, Sink

PASSWORD = "a sentence that only I know"
ZONE = "America/Los_Angeles"
# Where mail comes in, and the key of whose hook brings it.
MAIL_DOMAIN, HOOK_KEY = "cases.practice.example", b"the secret of the mail provider."
Body = Mapping[str, Any]


# An IEP of a few lines: enough to be a document, and to be read in a moment.
IEP_TEXT = b"""INDIVIDUALIZED EDUCATION PROGRAM

Student: Sasha Petrov    Grade: 4
Effective from 09/08/2026 to 09/07/2027

Accommodations
- A reader reads all tests aloud to Sasha.
"""


class Form(dict[str, Any]):
    """A body that is sent as a form; a file is its bytes and its name."""

    def as_sent(self) -> dict[str, Any]:
        """Between boundaries of one length: those that werkzeug draws are now and then longer than RFC 2046 allows."""
        parts = {name: FileStorage(io.BytesIO(x[0]), x[1]) if isinstance(x, tuple) else x for name, x in self.items()}
        boundary, data = encode_multipart(parts, boundary="a-boundary-of-these-tests")
        return {"data": data, "content_type": f"multipart/form-data; boundary={boundary}"}


class Refused(AssertionError):
    """The API said no to a verb that the story expected to work."""


class Actor:
    """Somebody who speaks HTTP, from an address of their own unless the story names one."""

    def __init__(self, app: Flask, token: str | None = None, *, address: str | None = None) -> None:
        self.app, self.token, self.address = app, token, address or an_address()
        self._client = app.test_client()
        self._client.environ_base["REMOTE_ADDR"] = self.address

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """One request; the answer as it is, whatever it says."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        said: dict[str, Any] = {"json": body}
        if isinstance(body, Form):
            said = body.as_sent()
        return self._client.open(
            f"/api/v1{path}", method=method, headers=sent, base_url="https://practice.example", buffered=True, **said
        )

    def get(self, path: str) -> Any:
        return self._done(self.ask("GET", path))

    def post(self, path: str, body: Body | None = None, **headers: str) -> Any:
        return self._done(self.ask("POST", path, body or {}, **headers))

    def patch(self, path: str, body: Body, **headers: str) -> Any:
        return self._done(self.ask("PATCH", path, body, **headers))

    def put(self, path: str, body: Body) -> Any:
        return self._done(self.ask("PUT", path, body))

    def delete(self, path: str) -> Any:
        return self._done(self.ask("DELETE", path))

    def tries_to_sign_in(self, email: str, password: str | None = None, **more: str) -> TestResponse:
        """With the right password, unless told otherwise; what is written in capitals is a header."""
        said = {name: value for name, value in more.items() if name.islower()}
        headers = {name: value for name, value in more.items() if not name.islower()}
        return self.ask("POST", "/auth/login", {"email": email, "password": password or PASSWORD, **said}, **headers)

    def opens(self, page: str, **headers: str) -> TestResponse:
        """A page, as a browser gets it."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self._client.get(page, headers=sent, base_url="https://practice.example", buffered=True)
        answer.close()
        return answer

    def everything(self, path: str) -> list[Any]:
        """A whole list, page by page."""
        rows: list[Any] = []
        cursor: str | None = ""
        while cursor is not None:
            page = self.get(f"{path}{'&' if '?' in path else '?'}limit=200" + (f"&cursor={cursor}" if cursor else ""))
            rows += page["items"]
            cursor = page["next_cursor"]
        return rows

    @staticmethod
    def _done(answer: TestResponse) -> Any:
        if answer.status_code >= 300:
            raise Refused(f"{answer.status_code}: {answer.get_data(as_text=True)}")
        return answer.get_json()


class Provider(Actor):
    """A provider of mail, whose hook brings what came, signed."""

    def __init__(self, app: Flask, clock: "Clock") -> None:
        super().__init__(app)
        self.clock = clock

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """One request; a body of bytes is a mail, which is signed unless the headers say otherwise."""
        if not isinstance(body, bytes):
            return super().ask(method, path, body, **headers)
        seconds = int(self.clock().timestamp())
        hook = {"webhook-id": "msg_1", "webhook-timestamp": str(seconds), "Content-Type": "message/rfc822"}
        hook["webhook-signature"] = sign(HOOK_KEY, "msg_1", seconds, body)
        sent = {**hook, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self._client.open(
            f"/api/v1{path}", method=method, data=body, headers=sent, base_url="https://practice.example", buffered=True
        )

    def brings(self, raw: bytes, recipient: str | None = None) -> list[Any]:
        """What became of a mail, for each case that it was for."""
        query = f"?recipient={recipient}" if recipient else ""
        found: list[Any] = self._done(self.ask("POST", f"/inbound-mail{query}", raw))["items"]
        return found


class Visitor(Actor):
    """A parent on the practice's website: Petra."""

    def __init__(self, app: Flask, slug: str) -> None:
        super().__init__(app)
        self.slug = slug
        # So many mails go to one address in a day: hers alone.
        self.email = f"petra-{secrets.token_hex(4)}@example.org"

    def profile(self) -> Any:
        return self.get(f"/public/{self.slug}")

    def slots(self, start: str, end: str, kind: str = "free-consultation", timezone: str = ZONE, **more: str) -> list[Any]:
        query = {"consultation_type": kind, "from": start, "to": end, "timezone": timezone, **more}
        answer = self._client.get(f"/api/v1/public/{self.slug}/slots", query_string=query, base_url="https://practice.example")
        found: list[Any] = self._done(answer)["items"]
        return found

    def tries_to_hold(self, starts_at: str, kind: str = "free-consultation", **more: str) -> TestResponse:
        said = {"consultation_type": kind, "starts_at": starts_at, "timezone": "America/New_York"}
        return self.ask("POST", f"/public/{self.slug}/holds", {**said, **more})

    def holds(self, starts_at: str, **more: str) -> Any:
        return self._done(self.tries_to_hold(starts_at, **more))

    def tries_to_book(self, starts_at: str, kind: str = "free-consultation", **more: Any) -> TestResponse:
        said = {"name": "Petra Petrov", "email": self.email, "timezone": "America/New_York"}
        return self.ask(
            "POST",
            f"/public/{self.slug}/bookings",
            {"consultation_type": kind, "starts_at": starts_at, **said, **{k: v for k, v in more.items() if k.islower()}},
            **{k: v for k, v in more.items() if not k.islower()},
        )

    def books(self, starts_at: str, **more: Any) -> Any:
        return self._done(self.tries_to_book(starts_at, **more))


class Staff(Actor):
    """A member of the practice."""

    def __init__(self, app: Flask, session: Body, clock: "Clock", staff_id: str | None = None) -> None:
        super().__init__(app, session["access_token"])
        self.refresh_token: str = session["refresh_token"]
        self.email: str = session["user"]["email"]
        self.clock = clock
        self.id: str = staff_id or self.get("/me")["staff_id"]

    def again(self) -> "Staff":
        """Refreshes their tokens."""
        return Staff(self.app, Actor(self.app, self.refresh_token).post("/auth/refresh"), self.clock)

    def is_in(self) -> bool:
        """Whether their token is good for anything."""
        answer = self.ask("GET", "/me")
        assert answer.status_code in (200, 401), answer.get_data(as_text=True)
        return answer.status_code == 200

    def makes_a_key(self, *scopes: str, kind: str = "secret", **more: Any) -> Any:
        """An API key; a secret one needs scopes."""
        return self.post(
            "/api-keys", {"kind": kind, "name": "The accounting", **({"scopes": scopes} if scopes else {}), **more}
        )

    def begins_to_set_up_codes(self) -> "Authenticator":
        """A phone that knows the secret; nothing is asked for yet."""
        return Authenticator(self.post("/auth/otp/enroll", {"password": PASSWORD})["secret"], self.clock)

    def sets_up_codes(self) -> "Authenticator":
        """One-time codes, set up and confirmed."""
        phone = self.begins_to_set_up_codes()
        phone.recovery_codes = self.post("/auth/otp/confirm", {"otp": phone.code()})["recovery_codes"]
        return phone

    def entries(self, **filters: Any) -> list[Any]:
        """The audit entries, newest first."""
        return self.everything("/audit-entries?" + "&".join(f"{name}={value}" for name, value in filters.items()))

    def adds_a_client(self, **more: Any) -> Any:
        return self.post("/clients", {"name": "Petra Petrov", "email": "petra@example.org", **more})

    def adds_a_student(self, client: Body | None = None, **more: Any) -> Any:
        client = client or self.adds_a_client()
        return self.post("/students", {"client_ids": [client["id"]], "name": "Sasha Petrov", **more})

    def opens_a_case(self, **more: Any) -> Any:
        client = self.adds_a_client()
        student = self.adds_a_student(client)
        opened = {"client_id": client["id"], "student_id": student["id"], "title": "Reading support, grade 4"}
        return self.post("/cases", {**opened, **more})

    def adds_a_team_member(self, case: Body, **more: Any) -> Any:
        return self.post("/team-members", {"case_id": case["id"], "name": "Terry Thompson", "role": "principal", **more})

    def tries_to_upload(
        self, case: Body, content: bytes = IEP_TEXT, filename: str = "IEP 2026.txt", **more: str
    ) -> TestResponse:
        """A document of a case; what is written in capitals is a header."""
        fields = {name: said for name, said in more.items() if name.islower()}
        headers = {name: said for name, said in more.items() if not name.islower()}
        form = Form({"case_id": case["id"], "file": (content, filename), **fields})
        return self.ask("POST", "/documents", form, **headers)

    def uploads(self, case: Body, content: bytes = IEP_TEXT, filename: str = "IEP 2026.txt", **more: str) -> Any:
        return self._done(self.tries_to_upload(case, content, filename, **more))

    def drafts_an_iep(self, case: Body, *texts: str, **more: Any) -> Any:
        provisions = [{"kind": "accommodation", "text": text} for text in texts or ("A reader for all tests.",)]
        said = {"student_id": case["student_id"], "effective_from": "2026-09-08", "provisions": provisions}
        return self.post("/iep-versions", {**said, **more})

    def puts_in_force(self, version: Body) -> Any:
        return self.post(f"/iep-versions/{version['id']}/activate")

    def provisions_of(self, version: Body) -> list[Any]:
        found: list[Any] = self.get(f"/provisions?iep_version_id={version['id']}")["items"]
        return found

    def opens_a_concern(self, case: Body, **more: Any) -> Any:
        said = {"kind": "not_provided", "what_happened": "No reader in science.", "noticed_on": "2026-10-02"}
        return self.post("/concerns", {"case_id": case["id"], **said, **more})

    def takes(self, step: str, concern: Body, **facts: Any) -> Any:
        return self.post(f"/concerns/{concern['id']}/steps", {"step": step, **facts})

    def tells(self, case: Body, summary: str = "Who provides the reader?", **more: Any) -> Any:
        """Records something that was said; outbound e-mail to the team, now, unless said otherwise."""
        said = {"direction": "outbound", "channel": "email", "party": "team", "occurred_at": self.clock().isoformat()}
        return self.post("/communications", {"case_id": case["id"], "summary": summary, **said, **more})

    def asks_the_team(self, case: Body, summary: str = "Who provides the reader?", **more: Any) -> Any:
        return self.tells(case, summary, awaiting_reply=True, **more)

    def hears(self, question: Body, summary: str = "The aide does, from Monday on.", **more: Any) -> Any:
        """Records the answer to a question."""
        case = {"id": question["case_id"]}
        return self.tells(case, summary, direction="inbound", in_reply_to=question["id"], **more)

    def reminders(self, **filters: Any) -> list[Any]:
        return self.everything("/reminders?" + "&".join(f"{name}={value}" for name, value in filters.items()))

    def due(self) -> list[str]:
        """The titles of what is due, the earliest first."""
        return [reminder["title"] for reminder in self.reminders(state="due")]

    def opens_consultations(self, *, hosts: "tuple[Staff, ...]" = (), **more: Any) -> Any:
        """Half an hour, every half hour, Monday to Friday from nine to twelve in Los Angeles, no notice needed."""
        days = ("monday", "tuesday", "wednesday", "thursday", "friday")
        weekly = [{"weekday": day, "start": "09:00", "end": "12:00"} for day in days]
        for host in hosts or (self,):
            self.put("/availability", {"staff_id": host.id, "timezone": ZONE, "weekly": weekly})
        kind = {"name": "Free consultation", "slug": "free-consultation", "minutes": 30, "minimum_notice_minutes": 0}
        return self.post("/consultation-types", {**kind, **more})


@dataclass
class Authenticator:
    """The app on somebody's phone."""

    secret: str
    clock: "Clock"
    recovery_codes: list[str] = field(default_factory=list)

    def code(self, steps: int = 0) -> str:
        """The code of now, or of so many steps of half a minute from now."""
        return pyotp.TOTP(self.secret).at(self.clock(), counter_offset=steps)


@dataclass
class Practice:
    """A practice and its people, who are in it by the public API: whoever is asked for was invited, and accepted."""

    app: Flask
    clock: "Clock"
    worker: "Worker"
    sink: "Sink"
    slug: str
    olga: Staff

    @cached_property
    def ana(self) -> Staff:
        """An advocate; comes when the story first asks for her."""
        return self.takes_on(f"ana@{self.slug}.example")

    @cached_property
    def sam(self) -> Staff:
        """An assistant; comes when the story first asks for him: most do without."""
        return self.takes_on(f"sam@{self.slug}.example", "assistant")

    def visitor(self) -> Visitor:
        return Visitor(self.app, self.slug)

    def works(self) -> None:
        """The worker's ticks, as often as there is something to do."""
        self.worker.plan_check_ins()
        self.worker.fire_reminders()
        self.worker.fire_booking_reminders()
        self.worker.mail_digests()
        self.worker.mail_resets()
        self.worker.send_messages()

    def reads_documents(self) -> int:
        """The worker reads what was uploaded here, and nothing that lies about elsewhere; gives how many attempts it made."""
        practice_id, count = UUID(self.olga.get("/practice")["id"]), 0
        while document_readings.read(self.worker, practice_id):
            count += 1
        return count

    def builds_packets(self) -> int:
        """The worker builds the packets that wait here; gives how often it took one on."""
        practice_id, count = UUID(self.olga.get("/practice")["id"]), 0
        while packets.build(self.worker, practice_id):
            count += 1
        return count

    def mails_to(self, address: str) -> list[Any]:
        self.works()
        return self.sink.to(address)

    def signs_in(self, email: str, password: str | None = None, **more: str) -> Staff:
        """A new sign-in here of somebody who works here."""
        answer = Actor(self.app).tries_to_sign_in(email, password, practice=self.slug, **more)
        return Staff(self.app, Actor._done(answer), self.clock)

    def reset_of(self, email: str) -> str:
        """The token of the link to a new password, which somebody asks for."""
        Actor(self.app).ask("POST", "/auth/password/forgot", {"email": email})
        self.worker.mail_resets()
        return token_in(next(mail for mail in reversed(self.mails_to(email)) if "/password/" in text_of(mail)))

    def invitation_of(self, email: str) -> str:
        """The token of the newest invitation that came to an address."""
        self.worker.send_messages()
        return token_in([mail for mail in self.sink.to(email) if "/invitations/" in text_of(mail)][-1])

    def takes_on(self, email: str, role: str = "advocate", password: str = PASSWORD, **more: str) -> Staff:
        """Somebody is invited, and accepts; who has an account already gives its password."""
        self.olga.post("/staff/invitations", {"email": email, "role": role})
        said = {"token": self.invitation_of(email), "name": email.partition("@")[0].title(), "password": password}
        return Staff(self.app, Actor(self.app).post("/auth/invitations/accept", {**said, **more}), self.clock)


def started_anew(app: Flask, **settings: Any) -> Flask:
    """The same installation, on the same database, started with other settings."""
    told = app.extensions
    return create_app(told["engine"], told["clock"], replace(told["config"], **settings))


def an_address() -> str:
    """An address that nobody else of the run comes from."""
    return str(ip_address("10.0.0.0") + secrets.randbelow(2**24))


def text_of(mail: Any) -> str:
    """The plain text of a mail."""
    parts = mail.walk() if mail.is_multipart() else [mail]
    plain = next(part for part in parts if part.get_content_type() == "text/plain")
    return str(plain.get_payload(decode=True).decode())


def token_in(mail: Any) -> str:
    """The token of the link in a mail."""
    found = re.search(r"https://practice\.example/\w+/([\w-]+)", text_of(mail))
    assert found, "there is no link in this mail"
    return found[1]


def found_practice(app: Flask, clock: "Clock", worker: "Worker", sink: "Sink", slug: str) -> Practice:
    """Olga registers; the others come when they are asked for."""
    firm = {"practice_name": slug.title(), "slug": slug, "timezone": ZONE}
    owner = {"name": "Olga Owens", "email": f"olga@{slug}.example", "password": PASSWORD}
    olga = Staff(app, Actor(app).post("/auth/register", {**firm, **owner}), clock)
    return Practice(app, clock, worker, sink, slug, olga)
