"""One of everything that a practice can hold, made by its people through the public API."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models import tenancy
from models.api_key import SCOPES
from models.packet import FORMATS, Packet, folder_of
from tests.cast import IEP_TEXT, Actor, Practice, Provider, token_in
from tests.written_media import picture

CONTENT = b"%PDF-1.7 of a packet"
HOURS = [{"weekday": "monday", "start": "09:00", "end": "12:00"}]


@dataclass(frozen=True)
class Life:
    """What was made: rows by name, and how each field that names a row would name these."""

    practice: Practice
    rows: Mapping[str, Any]

    @property
    def ids(self) -> dict[str, str]:
        """By the name of the path parameter, filter or field that takes it, wherever it appears."""
        found = {f"{name}_id": row["id"] for name, row in self.rows.items()}
        staff = dict.fromkeys(("advocate_id", "host_id", "assignee_id", "hand_over_to"), self.practice.ana.id)
        version = dict.fromkeys(("based_on_id", "since"), found["iep_version_id"])
        version |= {"support_id": self.rows["provision"]["support_id"]}
        said = dict.fromkeys(("in_reply_to", "corrects_id", "thread_id"), found["communication_id"])
        named = {"makes_up_for_id": found["service_session_id"], "import_id": found.get("service_log_import_id", "")}
        words = {"template": "records_request", "language": "en"}
        return {**found, **staff, **version, **said, **named, **words, "row_id": found["case_id"]}

    @property
    def token(self) -> str:
        """Of the link in the mail of the booking."""
        return str(self.rows["booked"]["manage_url"].rsplit("/", 1)[1])

    def values(self, path: str) -> dict[str, str]:
        """What the braces of this path stand for: a ledger is of the version in force, a link of what the path is about."""
        token = self.token
        if "/public/copies/" in path:
            token = copy_token(self.practice, self.rows["iep_copy"])
        if "/public/statements/" in path:
            token = statement_token(self.practice, self.rows["statement"])
        if "/public/packets/" in path:
            token = packet_token(self.practice, self.rows["packet_share"])
        found = {**self.ids, "slug": self.practice.slug, "token": token, "number": "1"}
        if path.endswith("/letters/{letter_id}"):
            # What is changed is a draft; what is handed over, or named elsewhere, is final.
            found["letter_id"] = self.ids["draft_letter_id"]
        if path.endswith("/documents/{document_id}/preview"):
            found["document_id"] = self.ids["picture_id"]
        is_ledger = path.endswith("/{iep_version_id}/copies")
        return {**found, "iep_version_id": self.ids["version_in_force_id"]} if is_ledger else found


def one_of_everything(practice: Practice, mark: str = "Everyday") -> Life:
    """Everything, with `mark` in every text that a person wrote."""
    olga, ana, sam, clock = practice.olga, practice.ana, practice.sam, practice.clock
    address = f"{mark.lower()}@families.example"
    olga.patch("/practice", {"about": f"{mark} about us.", "website": f"https://{mark.lower()}.example/"})
    client = ana.adds_a_client(name=f"{mark} Petrov", email=address, notes=f"{mark} notes.")
    calendar = {"school_years": [{"from": "2026-09-08", "to": "2027-06-18"}]}
    calendar = ana.post("/school-calendars", {"name": f"{mark} year", "district": f"{mark} district", "calendar": calendar})
    student = ana.adds_a_student(
        client,
        name=f"{mark} Sasha",
        school=f"{mark} School",
        disabilities=[f"{mark} disability"],
        school_calendar_id=calendar["id"],
    )
    case = ana.post("/cases", {"client_id": client["id"], "student_id": student["id"], "title": f"{mark} case"})
    member = ana.adds_a_team_member(case, name=f"{mark} Thompson", email=f"{mark.lower()}@school.example")
    ana.puts_in_force(ana.drafts_an_iep(case, f"{mark} reader.", text=f"{mark} programme."))
    in_force = ana.puts_in_force(ana.drafts_an_iep(case, f"{mark} second reader."))
    draft = ana.drafts_an_iep(case, f"{mark} third reader.")
    provision = ana.post("/provisions", {"iep_version_id": draft["id"], "kind": "goal", "text": f"{mark} goal."})
    document = ana.uploads(case, f"{mark} document.\n".encode() + IEP_TEXT, f"{mark}.txt", note=f"{mark} note.")
    log = ana.uploads(case, f"Date,Minutes,Status,Provider\n9/14/2026,30,P,{mark} T.\n".encode(), f"{mark}.csv", kind="log")
    photo = ana.uploads(case, picture(), f"{mark}.jpg", kind="other")
    if practice.worker.config.files:
        practice.reads_documents()
    copy = ana.get(f"/iep-versions/{in_force['id']}/copies")["items"][0]
    ana.patch(f"/iep-copies/{copy['id']}", {"given_by": f"{mark} manager", "note": f"{mark} note.", "how": "paper"})
    ana.post(f"/iep-copies/{copy['id']}/ask")
    missing = {"knows_their_part": "yes", "has_what_they_need": "no", "needs": [{"kind": "material", "what": f"{mark} pen."}]}
    visitor = practice.visitor()
    visitor.post(f"/public/copies/{copy_token(practice, copy)}", {"has_copy": "yes", **missing, "note": f"{mark} adds."})
    concern = ana.opens_a_concern(case, provision_id=provision["id"], what_happened=f"{mark} happened.")
    told = {"direction": "outbound", "channel": "email", "party": "teacher", "occurred_at": clock().isoformat()}
    ana.takes("verify", concern, finding=f"{mark} finding.", note=f"{mark} note.", skip_reason=f"{mark} reason.")
    ana.takes(
        "talk_to_teacher",
        concern,
        our_understanding=f"{mark} understanding.",
        why_we_ask=f"{mark} why.",
        communication={**told, "summary": f"{mark} to the teacher.", "awaiting_reply": True, "team_member_ids": [member["id"]]},
    )
    question = ana.asks_the_team(
        case, f"{mark} question?", subject=f"{mark} subject", concern_id=concern["id"], team_member_ids=[member["id"]]
    )
    heard = ana.asks_the_team(case, f"{mark} second question?")
    answer = ana.hears(heard, f"{mark} answer.")
    reminder = ana.post(
        "/reminders",
        {"case_id": case["id"], "title": f"{mark} title", "note": f"{mark} note.", "due_at": clock().isoformat()},
    )
    seen = {"case_id": case["id"], "concern_id": concern["id"], "provision_id": provision["id"], "author": f"{mark} Petrov"}
    seen |= {"source": "parent", "observed_on": "2026-10-02", "document_id": document["id"], "text": f"{mark} saw it."}
    seen |= {"document_ids": [document["id"]]}
    seen_wrongly = ana.post("/observations", seen)
    observation = ana.post("/observations", {**seen, "corrects_id": seen_wrongly["id"], "text": f"{mark} saw it rightly."})
    logged = {"provision_id": ana.provisions_of(in_force)[0]["id"], "held_on": "2026-10-01", "minutes": 30}
    logged |= {"reason": f"{mark} reason.", "provider": f"{mark} Thompson"}
    not_given = ana.post("/service-sessions", {**logged, "outcome": "missed", "document_id": document["id"]})
    made_up = ana.post("/service-sessions", {**logged, "outcome": "made_up", "makes_up_for_id": not_given["id"]})
    session = ana.post("/service-sessions", {**logged, "outcome": "delivered", "corrects_id": made_up["id"]})
    ana.post(f"/service-sessions/{session['id']}/withdraw", {"because": f"{mark} because."})
    ana.post("/service-sessions", {**logged, "provision_id": provision["id"], "outcome": "delivered"})
    wrote = {"party": "teacher", "team_member_id": member["id"], "concern_id": concern["id"]}
    statement = ana.post("/statements", {"case_id": case["id"], "provision_id": provision["id"], **wrote})
    ana.post("/statements", {"case_id": case["id"], "party": "parent", "client_id": client["id"]})
    signed = {"text": f"{mark} wrote and signed.", "signed_name": f"{mark} Thompson", "signed_on": "2026-10-05"}
    visitor.post(f"/public/statements/{statement_token(practice, statement)}", signed)
    exhibit = {"document_id": document["id"], "title": f"{mark} exhibit", "note": f"{mark} note."}
    redactions = {"names": [f"{mark} Friend"], "terms": [f"{mark} word"]}
    wanted = {"case_id": case["id"], "purpose": "state_complaint", "title": f"{mark} packet", "exhibits": [exhibit]}
    packet = ana.post("/packets", {**wanted, "redactions": redactions, "complaint": {"problem": f"{mark} problem."}})
    ana.post("/packets", {"case_id": case["id"], "purpose": "mediation", "exhibits": []})
    is_built(practice, packet)
    shared = {"name": f"{mark} Torres", "email": f"{mark.lower()}@mediation.example", "organization": f"{mark} office"}
    earlier = ana.post("/packet-shares", {"packet_id": packet["id"], **shared})
    ana.post(f"/packet-shares/{earlier['id']}/withdraw")
    share = ana.post("/packet-shares", {"packet_id": packet["id"], **shared, "purpose": f"{mark} purpose"})
    opened = {"code": share["code"], "format": "pdf"}
    assert visitor.ask("POST", f"/public/packets/{packet_token(practice, share)}/content", opened).status_code == 200
    deadline = ana.post(
        "/deadlines",
        {
            "case_id": case["id"],
            "concern_id": concern["id"],
            "document_id": document["id"],
            "rule": "annual_review",
            "event_on": "2026-03-02",
            "note": f"{mark} note.",
        },
    )
    ana.post(f"/deadlines/{deadline['id']}/override", {"override_on": "2027-02-26", "reason": f"{mark} reason."})
    proceeding = ana.post(
        "/proceedings",
        {
            "case_id": case["id"],
            "concern_id": concern["id"],
            "kind": "state_complaint",
            "reference": f"{mark} number",
            "complaint": {"statement": f"{mark} statement.", "facts": f"{mark} facts."},
        },
    )
    sent = {"step": "file", "occurred_on": "2026-10-05", "incomplete_because": f"{mark} because.", "note": f"{mark} note."}
    ana.post(f"/proceedings/{proceeding['id']}/steps", sent)
    ana.post("/proceedings", {"case_id": case["id"], "kind": "mediation"})
    ana.post("/school-calendars", {"name": f"{mark} second year", "calendar": {}})
    check_in = ana.post(
        "/check-ins",
        {
            "case_id": case["id"],
            "concern_id": concern["id"],
            "provision_id": provision["id"],
            "team_member_id": member["id"],
            "party": "teacher",
            "every": "two_weeks",
            "weekday": "tuesday",
            "note": f"{mark} to look for.",
        },
    )
    ana.post("/check-ins", {"case_id": case["id"], "party": "child", "every": "week"})
    heard_at = {"checked_on": "2026-10-05", "is_happening": "no", "text": f"{mark} heard at the check-in."}
    ana.post(f"/check-ins/{check_in['id']}/record", heard_at)
    ana.post(f"/check-ins/{check_in['id']}/pause", {"reason": f"{mark} reason."})
    ana.post(f"/check-ins/{check_in['id']}/resume")
    about = {"case_id": case["id"], "concern_id": concern["id"], "proceeding_id": proceeding["id"]}
    thanks = {"what_works": f"{mark} works.", "since_on": "2026-10-02", "who": [f"{mark} Thompson"]}
    written = {"template": "thank_you", **about, "facts": thanks, "team_member_ids": [member["id"]]}
    letter = ana.post("/letters", written)
    final = ana.post("/letters", {**written, "provision_id": ana.provisions_of(in_force)[0]["id"]})
    final = ana.post(f"/letters/{final['id']}/finalise")
    ana.post(f"/letters/{final['id']}/hand-over", {"note": f"{mark} note."})
    olga.put("/letter-templates/records_request/en", {"subject": f"{mark} records", "body": f"{mark} {{{{ salutation }}}}"})
    for person in (olga, ana, sam):
        person.put("/digest", {"at": "07:00"})
    mail = f"From: {mark} Stranger <{mark.lower()}@strangers.example>\nSubject: {mark} mail\n\n{mark} wrote.".encode()
    comes_in = ana.get(f"/cases/{case['id']}")["inbound_address"]
    [waiting] = Provider(practice.app, clock).brings(mail, comes_in)
    [second] = Provider(practice.app, clock).brings(mail + b" Again.", comes_in)
    mailed = ana.post(f"/inbound-mails/{second['id']}/match", {"party": "client"})["communication"]
    written = {"subject": "A question", "text": f"{mark} wrote by mail.", "document_ids": [document["id"]]}
    ana.post("/communications/send", {"case_id": case["id"], "party": "client", "to_client": True, **written})
    sent = ana.post(
        "/communications/send",
        {"case_id": case["id"], "party": "client", "to_client": True, "subject": "News", "text": f"{mark} came back."},
    )
    practice.worker.send_messages()
    sent = ana.get(f"/communications/{sent['id']}")
    [reported] = Provider(practice.app, clock).brings(_report(f"<{sent['id']}@practice.example>", address), comes_in)
    assert reported["state"] == "recorded", "it is on record with the mail that came back"
    ana.post(f"/messages/{sent['deliveries'][0]['message_id']}/retry")
    kind = practice.olga.opens_consultations(hosts=(ana,), name=f"{mark} consultation", description=f"{mark} description.")
    parent = {"name": f"{mark} Parent", "email": address, "message": f"{mark} message."}
    booked = practice.visitor().books("2026-10-13T16:00:00Z", **parent)
    said = {"consultation_type_id": kind["id"], "timezone": "America/Denver", **parent}
    converted = sam.post("/bookings", {**said, "starts_at": "2026-10-13T17:00:00Z"})
    child = {"student": {"name": f"{mark} Second"}, "title": f"{mark} converted"}
    ana.post(f"/bookings/{converted['id']}/convert", child)
    override = ana.post(
        "/availability/overrides", {"staff_id": ana.id, "date": "2026-12-23", "hours": [], "note": f"{mark} override."}
    )
    span = {"starts_at": "2026-12-28T16:00:00Z", "ends_at": "2026-12-29T16:00:00Z"}
    time_off = ana.post("/time-off", {"staff_id": ana.id, **span, "note": f"{mark} time off."})
    enquiry = enquires(practice, f"{mark} Enquirer", f"{mark} asks.", email=f"{mark.lower()}@enquirers.example")
    ana.post(f"/enquiries/{enquiry['id']}/answer", {"text": f"{mark} reply."})
    also = {"also": [f"{mark} Other"]}
    for place in (f"/clients/{client['id']}", f"/enquiries/{enquiry['id']}", f"/bookings/{booked['id']}"):
        check = ana.post(f"{place}/conflict-checks", also)
    ana.post(f"/conflict-checks/{check['id']}/sign-off", {"decision": "clear", "note": f"{mark} decided."})
    taken_in = {"case_id": case["id"], "document_id": log["id"], "provision_id": logged["provision_id"]}
    taken = None
    if practice.worker.config.files:
        taken, again = (ana.post("/service-log-imports", taken_in) for _ in range(2))
        ana.post(f"/service-log-imports/{again['id']}/withdraw", {"because": f"{mark} because."})
    claim = ana.post(
        "/compensatory-claims",
        {
            "case_id": case["id"],
            "provision_id": provision["id"],
            "minutes": 30,
            "claimed_on": "2026-10-02",
            "from": "2026-10-01",
            "to": "2026-10-01",
            "communication_id": question["id"],
            "letter_id": letter["id"],
            "proceeding_id": proceeding["id"],
            "note": f"{mark} note.",
        },
    )
    booking_link = ana.post("/booking-links", {"consultation_type_id": kind["id"], "note": f"{mark} link."})
    invitation = olga.post("/staff/invitations", {"email": f"{mark.lower()}@invited.example", "role": "assistant"})
    key = olga.post("/api-keys", {"kind": "secret", "name": f"{mark} server", "scopes": list(SCOPES)})
    Actor(practice.app, key["key"]).post("/clients", {"name": f"{mark} by key", "email": address})
    practice.works()
    return Life(
        practice,
        {
            "client": client,
            "student": student,
            "case": case,
            "team_member": member,
            "iep_version": draft,
            "version_in_force": in_force,
            "iep_copy": ana.get(f"/iep-copies/{copy['id']}"),
            "document": document,
            "provision": provision,
            "concern": concern,
            "communication": question,
            "answer": answer,
            "reminder": reminder,
            "inbound_mail": waiting,
            "mailed": mailed,
            "check_in": check_in,
            "observation": observation,
            "service_session": not_given,
            "log": log,
            "picture": photo,
            **({"service_log_import": taken} if taken else {}),
            "compensatory_claim": claim,
            "statement": ana.get(f"/statements/{statement['id']}"),
            "packet": ana.get(f"/packets/{packet['id']}"),
            "packet_share": ana.get(f"/packet-shares/{share['id']}"),
            "school_calendar": calendar,
            "deadline": deadline,
            "proceeding": proceeding,
            "letter": final,
            "draft_letter": letter,
            "consultation_type": kind,
            "override": override,
            "time_off": time_off,
            "enquiry": sam.get(f"/enquiries/{enquiry['id']}"),
            "conflict_check": check,
            "booking": sam.get(f"/bookings/{booked['id']}"),
            "booked": booked,
            "converted": converted,
            "booking_link": booking_link,
            "invitation": invitation,
            "api_key": key,
            "calendar_feed": olga.post("/calendar-feeds"),
            "external_calendar": olga.post(
                "/external-calendars",
                {"staff_id": ana.id, "name": f"{mark} calendar", "url": f"https://localhost/{mark.lower()}.ics"},
            ),
            "sign_in": next(row for row in olga.get("/auth/sign-ins")["items"] if row["is_this_one"]),
            "message": olga.get("/messages?limit=1")["items"][0],
            "staff": olga.get(f"/staff/{ana.id}"),
        },
    )


def _report(mail_id: str, to: str) -> bytes:
    """That a mail came back (RFC 3464)."""
    status = f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {to}\nAction: failed\nStatus: 5.1.1\n"
    parts = {"message/delivery-status": status, "text/rfc822-headers": f"Message-ID: {mail_id}\n"}
    body = "".join(f"--b\nContent-Type: {kind}\n\n{said}\n" for kind, said in parts.items())
    head = "From: MAILER-DAEMON@mx.example\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=b\n\n"
    return f"{head}{body}--b--\n".encode()


def is_built(practice: Practice, packet: Mapping[str, Any]) -> None:
    """The packet as the worker leaves it, in a moment: here it is no matter what is in it."""
    practice_id, packet_id, now = UUID(practice.olga.get("/practice")["id"]), UUID(packet["id"]), practice.clock()
    place = practice.app.extensions["config"].files.packets(practice_id)
    sha256 = hashlib.sha256(CONTENT).digest()
    for form in FORMATS:
        place.write(f"{folder_of(packet_id, now)}/packet.{form}", [CONTENT])
    sizes = {"pages": 1, "pdf_bytes": len(CONTENT), "zip_bytes": len(CONTENT), "pdf_sha256": sha256, "zip_sha256": sha256}
    with practice.worker.transaction(tenancy.practice(practice_id)) as work:
        row = work.find(Packet, packet_id, lock=True)
        for name, value in {**sizes, "state": "done", "stage": "done", "as_of": now, "built_at": now, "contents": {}}.items():
            setattr(row, name, value)


def packet_token(practice: Practice, share: Mapping[str, Any]) -> str:
    """Of the link to a packet that was shared."""
    practice_id = UUID(practice.olga.get("/practice")["id"])
    return str(practice.app.extensions["links"].token("packets", practice_id, UUID(share["id"])))


def copy_token(practice: Practice, copy: Mapping[str, Any]) -> str:
    """Of the link that asks somebody about their copy."""
    practice_id = UUID(practice.olga.get("/practice")["id"])
    return str(practice.app.extensions["links"].token("copies", practice_id, UUID(copy["id"])))


def statement_token(practice: Practice, statement: Mapping[str, Any]) -> str:
    """Of the link that asks somebody for a statement."""
    practice_id = UUID(practice.olga.get("/practice")["id"])
    return str(practice.app.extensions["links"].token("statements", practice_id, UUID(statement["id"])))


def enquires(practice: Practice, name: str, message: str, email: str) -> Any:
    """What somebody writes through the contact form, as staff see it."""
    visitor = practice.visitor()
    visitor.post(f"/public/{visitor.slug}/enquiries", {"name": name, "email": email, "message": message})
    return practice.olga.get("/enquiries?limit=1")["items"][0]


def invitation_token(practice: Practice, address: str) -> str:
    return token_in(practice.mails_to(address)[-1])
