"""The cast: people with verbs, who use the public API and nothing else.

Olga owns the practice. Ana is an advocate; Sam is an assistant. Petra is a parent who comes as a visitor of the website.
A verb with defaults is our factory.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.test import TestResponse

if TYPE_CHECKING:
    from scheduling.worker import Worker
    from tests.conftest import Clock, Sink

PASSWORD = "a sentence that only I know"
ZONE = "America/Los_Angeles"
Body = Mapping[str, Any]


class Refused(AssertionError):
    """The API said no to a verb that the story expected to work."""


class Actor:
    """Somebody who speaks HTTP."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self.app, self.token = app, token
        self._client = app.test_client()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """One request; the answer as it is, whatever it says."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        return self._client.open(f"/api/v1{path}", method=method, json=body, headers=sent, base_url="https://practice.example")

    def get(self, path: str) -> Any:
        return self._done(self.ask("GET", path))

    def post(self, path: str, body: Body | None = None, **headers: str) -> Any:
        return self._done(self.ask("POST", path, body or {}, **headers))

    def patch(self, path: str, body: Body, **headers: str) -> Any:
        return self._done(self.ask("PATCH", path, body, **headers))

    def put(self, path: str, body: Body) -> Any:
        return self._done(self.ask("PUT", path, body))

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


class Visitor(Actor):
    """A parent on the practice's website: Petra."""

    def __init__(self, app: Flask, slug: str) -> None:
        super().__init__(app)
        self.slug = slug

    def profile(self) -> Any:
        return self.get(f"/public/{self.slug}")

    def slots(self, start: str, end: str, kind: str = "free-consultation", timezone: str = ZONE) -> list[Any]:
        query = {"consultation_type": kind, "from": start, "to": end, "timezone": timezone}
        answer = self._client.get(f"/api/v1/public/{self.slug}/slots", query_string=query, base_url="https://practice.example")
        found: list[Any] = self._done(answer)["items"]
        return found

    def tries_to_book(self, starts_at: str, kind: str = "free-consultation", **more: str) -> TestResponse:
        said = {"name": "Petra Petrov", "email": "petra@example.org", "timezone": "America/New_York"}
        return self.ask(
            "POST",
            f"/public/{self.slug}/bookings",
            {"consultation_type": kind, "starts_at": starts_at, **said, **{k: v for k, v in more.items() if k.islower()}},
            **{k: v for k, v in more.items() if not k.islower()},
        )

    def books(self, starts_at: str, **more: str) -> Any:
        return self._done(self.tries_to_book(starts_at, **more))


class Staff(Actor):
    """A member of the practice."""

    def __init__(self, app: Flask, session: Body, clock: "Clock") -> None:
        super().__init__(app, session["access_token"])
        self.refresh_token: str = session["refresh_token"]
        self.email: str = session["user"]["email"]
        self.clock = clock
        self.id: str = self.get("/me")["staff_id"]

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
class Practice:
    """A practice and its people, who are in it by the public API."""

    app: Flask
    clock: "Clock"
    worker: "Worker"
    sink: "Sink"
    slug: str
    olga: Staff
    ana: Staff
    sam: Staff

    def visitor(self) -> Visitor:
        return Visitor(self.app, self.slug)

    def works(self) -> None:
        """The worker's ticks, as often as there is something to do."""
        self.worker.fire_reminders()
        self.worker.send_messages()

    def mails_to(self, address: str) -> list[Any]:
        self.works()
        return self.sink.to(address)


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
    """Olga registers, invites Ana and Sam by e-mail, and they accept."""
    somebody = Actor(app)
    people = {name: f"{name}@{slug}.example" for name in ("olga", "ana", "sam")}
    firm = {"practice_name": slug.title(), "slug": slug, "timezone": ZONE}
    owner = {"name": "Olga Owens", "email": people["olga"], "password": PASSWORD}
    olga = Staff(app, somebody.post("/auth/register", {**firm, **owner}), clock)
    for name, role in (("ana", "advocate"), ("sam", "assistant")):
        olga.post("/staff/invitations", {"email": people[name], "role": role})
    worker.send_messages()
    others = [
        Staff(
            app,
            somebody.post(
                "/auth/invitations/accept",
                {"token": token_in(sink.to(people[name])[0]), "name": name.title(), "password": PASSWORD},
            ),
            clock,
        )
        for name in ("ana", "sam")
    ]
    return Practice(app, clock, worker, sink, slug, olga, *others)
