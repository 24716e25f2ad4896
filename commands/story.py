"""The story of the demo practice, told through the public API alone, once."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from api.application import create_app
from api.config import Config
from commands import first_contacts, first_copies, first_evidence, first_ladders
from commands.serving import now
from commands.story_days import Days, a_year_after, american, day_before
from models.database import connect
from models.files import Files

PASSWORD = "a sentence that only I know"  # noqa: S105  (of a practice that exists on this machine alone)
PEOPLE = {"owner": "olga@riverside.example", "advocate": "ana@riverside.example", "assistant": "sam@riverside.example"}
ABOUT = """\
An IEP is a promise. We help families see that it is kept: we read the plan with you, talk to the school with you, and \
stay until the support is there.

Most of the time nobody means harm. A sentence is unclear, a substitute was not told, a reader was never hired. We start \
with a question, not with a complaint; and we write down what was said.
"""
WEAK_WORDING = "Sasha may use a reader for tests as needed, with prompts."
_READING = {
    "kind": "service",
    "text": "Specially designed instruction in reading, in the resource room, by the special education teacher.",
    "setting": "resource room",
    "provider_role": "special education teacher",
}
_SEAT = {"kind": "accommodation", "text": "A seat in the front row, beside the teacher, in all classes."}
_GOAL = "When given a passage of grade 3, Sasha will read {} words a minute with at most 2 errors, by the annual review."
PROPOSAL = """\
INDIVIDUALIZED EDUCATION PROGRAM (proposal)
Student: Sasha Petrov
In effect from {begins} to {ends}

Annual goals
  1. Sasha will read 100 words a minute with at most 2 errors in a passage of grade 4.

Special education and related services
  Reading: 30 min 3x/wk; resource room; special ed teacher; {begins}-{ends}
  Speech consult: 15 min monthly; classroom; SLP

Accommodations
  [x] Calculator for all math tests
  [ ] Reader for tests
  [x] Breaks as needed
"""
LAST_YEAR = (
    {**_READING, "frequency": "30 minutes, 5 times per week"},
    {"kind": "accommodation", "text": "A paraprofessional will read all tests aloud to Sasha in the resource room."},
    {"kind": "accommodation", "text": "Time and a half on tests and quizzes in all classes."},
    {
        "kind": "support",
        "text": "The special education teacher trains the classroom teacher in the reading program each September.",
    },
    _SEAT,
    {"kind": "goal", "text": _GOAL.format(60)},
)
THIS_YEAR = (
    {**_READING, "frequency": "30 minutes, 4 times per week"},
    {"kind": "accommodation", "text": WEAK_WORDING},
    {"kind": "accommodation", "text": "Extra time on some assignments when appropriate."},
    _SEAT,
    {"kind": "goal", "text": _GOAL.format(80)},
)


def tell(
    database_url: str, secret_key: str, base_url: str, *, slug: str, files: Files, clock: Callable[[], datetime] = now
) -> Mapping[str, str]:
    """Makes the practice unless it exists; gives who can sign in and with which password."""
    engine = connect(database_url, prepares=False)  # there may be a pooler
    app = create_app(engine, clock, Config(secret_keys=[secret_key.encode()], base_url=base_url, files=files))
    try:
        client = app.test_client()
        if client.get(f"/api/v1/public/{slug}", base_url=base_url).status_code == 404:
            _Teller(client, base_url, clock).tell(slug)
    finally:
        engine.dispose()
    return {**PEOPLE, "password": PASSWORD}


class _Teller:
    """Somebody who signs in as one after another and says what happened."""

    def __init__(self, client: FlaskClient, base_url: str, clock: Callable[[], datetime]) -> None:
        self._client, self._base_url, self._clock = client, base_url, clock
        self.days = Days(clock())
        self._token: str | None = None

    def tell(self, slug: str) -> None:
        self._found_practice(slug)
        self._let_the_website_in()
        staff = {row["email"]: row["id"] for row in self.get("/staff")["items"]}
        first_contacts.open_consultations(self, staff[PEOPLE["owner"]], staff[PEOPLE["advocate"]])
        with self.days_ago(18):
            case = self._take_on_a_family()
            provisions = self._record_the_iep(case)
            self._take_in_the_proposal(case)
        first_copies.hand_out_copies(self)
        concern = self._follow_a_concern(case, provisions)
        first_ladders.write_down_the_talk(self, concern)
        first_ladders.keep_the_clocks(self, case)
        first_ladders.climb(self)
        first_evidence.bring_evidence(self)
        first_contacts.hear_from_families(self, slug)

    def _found_practice(self, slug: str) -> None:
        owner = {"name": "Olga Owens", "email": PEOPLE["owner"], "password": PASSWORD}
        firm = {"practice_name": "Riverside Advocacy", "slug": slug, "timezone": "America/Los_Angeles"}
        self._token = self.post("/auth/register", {**firm, **owner})["access_token"]
        self.say(
            "PATCH",
            "/practice",
            {
                "about": ABOUT,
                "state": "OR",
                "website": "https://riverside-advocacy.example/",
                "social_links": {
                    "facebook": "https://www.facebook.com/riversideadvocacy",
                    "instagram": "https://www.instagram.com/riversideadvocacy",
                },
            },
        )
        for role, name in (("advocate", "Ana Alvarez"), ("assistant", "Sam Sato")):
            self.post("/staff/invitations", {"email": PEOPLE[role], "role": role})
            self._join(role, name)

    def _join(self, role: str, name: str) -> None:
        # The link in the mail is for whoever reads the mail; here nobody does, so that it is made again.
        token = self.token("invitations", self.get("/staff/invitations")["items"][0]["id"])
        self.post("/auth/invitations/accept", {"token": token, "name": name, "password": PASSWORD})

    def token(self, purpose: str, row_id: str) -> str:
        """That of a link which somebody got by mail."""
        practice_id = self.get("/practice")["id"]
        token: str = self._client.application.extensions["links"].token(purpose, UUID(practice_id), UUID(row_id))
        return token

    def _let_the_website_in(self) -> None:
        self.say("PATCH", "/practice", {"allowed_origins": ["https://riverside-advocacy.example", "http://localhost:3000"]})
        self.post("/api-keys", {"kind": "publishable", "name": "Website"})
        reads = ["cases:read", "reminders:read", "bookings:read"]
        self.post("/api-keys", {"kind": "secret", "name": "Weekly report", "scopes": reads})

    def _take_on_a_family(self) -> dict[str, Any]:
        self._token = self.post("/auth/login", {"email": PEOPLE["advocate"], "password": PASSWORD})["access_token"]
        petra = {"name": "Petra Petrov", "email": "petra@example.org", "phone": "+1 503 555 0142"}
        client = self.post("/clients", {**petra, "timezone": "America/Los_Angeles"})
        child = {"name": "Sasha Petrov", "birth_date": "2017-03-21", "grade": "4", "state": "OR"}
        school = {"school": "Alder Creek Elementary", "district": "Alder Creek School District"}
        student = self.post("/students", {"client_ids": [client["id"]], **child, **school})
        opened = {"client_id": client["id"], "student_id": student["id"], "title": "Reading support, grade 4"}
        case: dict[str, Any] = self.post("/cases", opened)
        for name, role in (
            ("Terry Thompson", "general_education_teacher"),
            ("Lee Lindqvist", "special_education_teacher"),
            ("Casey Cruz", "related_service_provider"),
            ("Robin Reyes", "lea_representative"),
        ):
            address = f"{name.lower().replace(' ', '.')}@alder-creek.example"
            self.post("/team-members", {"case_id": case["id"], "name": name, "role": role, "email": address})
        return case

    def _record_the_iep(self, case: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Last year's version and this year's, which promises less: what changed is worth a look."""
        begins = self.days.ago(214)
        self._put_in_force(case, self.days.ago(464), begins, LAST_YEAR)
        version = self._put_in_force(case, begins, a_year_after(begins), THIS_YEAR)
        provisions: list[dict[str, Any]] = self.get(f"/provisions?iep_version_id={version['id']}")["items"]
        return provisions

    def _put_in_force(self, case: Mapping[str, Any], begins: date, next_begins: date, promised: Sequence[Any]) -> Any:
        dates = {"effective_from": begins.isoformat(), "effective_to": day_before(next_begins)}
        version = self.post("/iep-versions", {"student_id": case["student_id"], **dates, "provisions": promised})
        return self.post(f"/iep-versions/{version['id']}/activate", {})

    def _take_in_the_proposal(self, case: Mapping[str, Any]) -> None:
        """What the school proposes for next year, as it came: the worker reads it, and somebody accepts it, or does not."""
        begins = a_year_after(self.days.ago(214))
        dates = {"begins": american(begins), "ends": american(a_year_after(begins) - timedelta(days=1))}
        self.upload(case["id"], "Proposal for next year.txt", PROPOSAL.format(**dates).encode(), note="Came by mail.")

    def _follow_a_concern(self, case: Mapping[str, Any], provisions: list[dict[str, Any]]) -> Any:
        reader = next(row for row in provisions if row["text"] == WEAK_WORDING)
        concern = self.post(
            "/concerns",
            {
                "case_id": case["id"],
                "provision_id": reader["id"],
                "kind": "not_provided",
                "what_happened": "Sasha took two science tests without a reader.",
                "noticed_on": self.days.on(14),
                "occurred_at": self.days.at(13).isoformat(),
            },
        )

        def step(name: str, days_ago: int, **facts: Any) -> None:
            at = self.days.at(days_ago).isoformat()
            self.post(f"/concerns/{concern['id']}/steps", {"step": name, "occurred_at": at, **facts})

        def communication(party: str, days_ago: int, channel: str, summary: str, *, awaiting: bool) -> dict[str, Any]:
            at = self.days.at(days_ago).isoformat()
            said = {"direction": "outbound", "channel": channel, "party": party, "occurred_at": at}
            return {**said, "summary": summary, "awaiting_reply": awaiting}

        step(
            "ask_child",
            12,
            asked_on=self.days.on(12),
            asked_by="parent",
            answers=[{"question": "Who read the test to you?", "answer": "Nobody. I read it myself, I was not done."}],
            supports_suspicion="yes",
        )
        step("read_wording", 12, provision_id=reader["id"], is_clear="no")
        step("verify", 11, finding="A reader is promised “as needed”; in science there was none, twice.")
        talk = "Mr. Thompson thought that a reader is for reading lessons. He would gladly have one."
        step(
            "talk_to_teacher",
            10,
            communication=communication("teacher", 10, "phone", talk, awaiting=False),
            our_understanding="A reader for tests in every subject.",
            why_we_ask="Sasha said that nobody read the science test.",
        )
        step("name_cause", 10, cause="misunderstanding", teacher_said="I thought that it was for reading lessons.")
        asked = "Asked the team to say in the IEP who reads, in which subjects, and when."
        step(
            "contact_team",
            6,
            communication=communication("team", 6, "email", asked, awaiting=True),
            asks_for="clarify",
            proposed_wording="A reader (the aide) reads all tests in all subjects to Sasha.",
        )
        return concern

    @contextmanager
    def days_ago(self, days: int) -> Iterator[None]:
        """What is told meanwhile happened so many business days ago."""
        told, began_at = self._client.application.extensions, self.days.at(days)
        told["clock"] = lambda: began_at + (self._clock() - self.days.told_at)
        try:
            yield
        finally:
            told["clock"] = self._clock

    def get(self, path: str) -> Any:
        return self.say("GET", path)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        return self.say("POST", path, body)

    def say(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return self._ask(method, path, body, {"Authorization": f"Bearer {self._token}"} if self._token else {})

    def upload(self, case_id: str, name: str, content: bytes, **said: str) -> Any:
        form = {"case_id": case_id, **said, "file": FileStorage(io.BytesIO(content), name)}
        # Werkzeug draws boundaries that are now and then longer than RFC 2046 allows.
        boundary, data = encode_multipart(form, boundary="the-papers-of-the-school")
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
        answer = self._client.post("/api/v1/documents", data=data, headers=headers, base_url=self._base_url)
        if answer.status_code != 201:
            raise RuntimeError(f"The demo's story broke at POST /documents: {answer.get_data(as_text=True)}")
        return answer.get_json()

    def as_visitor(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return self._ask(method, path, body, {})

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]) -> Any:
        address = f"/api/v1{path}"
        answer = self._client.open(address, method=method, json=body, headers=headers, base_url=self._base_url)
        if not answer.status_code < 300:
            raise RuntimeError(f"The demo's story broke at {method} {path}: {answer.get_data(as_text=True)}")
        return answer.get_json()
