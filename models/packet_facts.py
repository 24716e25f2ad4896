"""What a packet says: all that is on record of a case, as of one moment, in plain JSON values.

What somebody keeps to themselves stays out: private notes, reasons for a step out of turn, what the family and its advocate
say to each other, concerns that were found to be none; and what was said in mediation (34 CFR 300.506(b)(8)).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from domain import packet as table
from domain.changes import changes
from domain.delivery import Contradiction
from domain.frequency import said as frequency_said
from domain.frequency import weekly_minutes
from domain.letters import date_in_words
from domain.packet_facts import PacketFacts
from domain.playbook import is_open
from domain.refusal import Invalid
from domain.step import CORRECT
from domain.wall_clock import local_date
from domain.wording import OtherLanguage, OwnTerm
from domain.wording.promised import STATED, weigh_promised
from models.case import Case
from models.client import Client
from models.communication import Communication
from models.compensatory_claim import CompensatoryClaim
from models.concern import HISTORY, Concern, since
from models.deadline import LIMITS, Basis, Deadline, basis_of, limits_of
from models.delivered import Delivered, StudentDelivered, of_student
from models.document import Document
from models.iep_version import IepVersion
from models.inbound_mail import InboundMail
from models.observation import Observation, ObservationDocument
from models.packet import Packet, rows_for_others
from models.practice import Practice
from models.prepared import Prepared, columns_of
from models.proceeding import Proceeding, ProceedingStep
from models.provision import Provision, promises
from models.staff import Staff
from models.statement import STATEMENTS_OF_CASE
from models.student import Student, StudentClient
from models.team_member import TeamMember
from models.timeline import TIMELINE
from models.transaction import Transaction

# What of a timeline others may read, and the steps that tell nothing but how the practice works.
_HAPPENED = (
    *("iep_copy", "concern_step", "communication", "observation", "proceeding", "proceeding_step"),
    "statement",
)
_INTERNAL = ("read_wording", "add_evidence", CORRECT)
MOST_EVENTS = 2000
# All texts together; of what comes behind that, the beginning is there, and how long it is. Some thousand pages.
MOST_TEXT, LEAST_TEXT = 4_000_000, 1000


def gathered(work: Transaction, packet: Packet) -> PacketFacts:
    """The facts of a packet as they stand in this transaction, which sees one moment: `work.now`."""
    return _Gathering(work, packet).facts()


class _Gathering:
    def __init__(self, work: Transaction, packet: Packet) -> None:
        self.work, self.packet = work, packet
        self.case = work.find(Case, packet.case_id)
        self.student = work.find(Student, self.case.student_id)
        self.practice = work.find(Practice, work.practice_id)
        self.today = local_date(work.now, self.practice.zone)
        self.text_left = MOST_TEXT
        self.of_case = {"case_id": self.case.id}
        self.documents = {row.id: row for row in work.rows(_DOCUMENTS, **self.of_case)}
        self.members = {row.id: row.name for row in work.rows(_MEMBERS, **self.of_case)}
        self.versions = list(work.rows(_VERSIONS, student_id=self.student.id))
        self.provisions = list(work.rows(_PROVISIONS, student_id=self.student.id))
        self.provision = {row.id: row for row in self.provisions}
        first, last = packet.from_on or date.min, packet.to_on or date.max
        self.for_others, self.corrected = rows_for_others(work, self.case.id, self.practice.timezone, first, last)

    def facts(self) -> PacketFacts:
        packet, practice, student = self.packet, self.practice, self.student
        sender = self.work.find(Staff, packet.requested_by_id)
        family = self.work.rows(_FAMILY, student_id=student.id, client_id=self.case.client_id)
        concerns = self.concerns()
        lines = self.complaint(concerns, family)
        delivered = of_student(self.work, student, practice, packet.from_on, packet.to_on)
        in_force = self.in_force()
        communications, observations = self.communications(), self.observations()
        proceedings, deadlines = self.proceedings()
        return PacketFacts(
            purpose=packet.purpose,
            title=packet.title,
            language=packet.language,
            parts=list(table.in_order(packet.parts)),
            reference=f"P-{packet.id.hex[-8:].upper()}",
            as_of=_instant(self.work.now),
            today=self.today.isoformat(),
            timezone=practice.timezone,
            from_on=_iso(packet.from_on),
            to_on=_iso(packet.to_on),
            is_redacted=packet.redactions is not None,
            practice={
                "name": practice.name,
                "address": ", ".join((practice.address or "").splitlines()) or None,
                "phone": practice.phone,
                "website": practice.website,
            },
            prepared_by={"name": sender.name, "email": sender.email},
            child={
                **{name: getattr(student, name) for name in ("name", "grade", "school", "district", "state")},
                "birth_date": _iso(student.birth_date),
            },
            family=[{"name": one.name} for one in family],
            iep=self.iep(in_force),
            complaint=[asdict(line) for line in lines],
            missing=table.missing(lines),
            concerns=concerns,
            delivery=self.delivery(delivered),
            timeline=self.timeline(concerns),
            proceedings=proceedings,
            deadlines=deadlines,
            wording=self.wording(in_force),
            changes=self.changes(),
            communications=communications,
            observations=observations,
            statements=self.statements(),
        )

    def is_in_period(self, day: date) -> bool:
        return (self.packet.from_on or date.min) <= day <= (self.packet.to_on or date.max)

    def local(self, instant: datetime) -> date:
        return local_date(instant, self.practice.zone)

    def whole(self, text: str) -> tuple[str, int | None]:
        """The text, as long as there is room; else its beginning, and how many characters it has."""
        if len(text) <= max(self.text_left, LEAST_TEXT):
            self.text_left -= len(text)
            return text, None
        return f"{text[:LEAST_TEXT]}…", len(text)

    def attached(self, ids: Iterable[UUID]) -> list[dict[str, Any]]:
        found = [self.documents[one] for one in dict.fromkeys(ids) if one in self.documents]
        return [{"document_id": str(one.id), "name": one.name, "sha256": one.digest} for one in found]

    # The parts.

    def in_force(self) -> Any:
        return next((row for row in self.versions if row.state == "in_force"), None)

    def iep(self, version: Any) -> dict[str, Any] | None:
        if version is None:
            return None
        dates = {name: _iso(getattr(version, name)) for name in ("effective_from", "effective_to")}
        return {"number": version.number, "sha256": version.sha256, **dates}

    def support(self, provision_id: UUID | None) -> dict[str, Any] | None:
        row = self.provision.get(provision_id) if provision_id else None
        if row is None:
            return None
        page = (row.source or {}).get("page")
        return {"support_id": str(row.support_id), "text": row.text, "version": row.number, "page": page}

    def concerns(self) -> list[dict[str, Any]]:
        basis = basis_of(self.work, self.case, self.practice)
        first, last = self.packet.from_on or date.min, self.packet.to_on or date.max
        found: list[dict[str, Any]] = []
        for row in self.work.rows(_CONCERNS, **self.of_case):
            history = self.work.rows(HISTORY, concern_id=row.id)
            until = (
                date.max if is_open(row.state) else max([row.noticed_on, *(self.local(step.occurred_at) for step in history)])
            )
            if row.state == "unfounded" or row.noticed_on > last or until < first:
                continue
            since_on = since(self.work, row, history)
            found.append(
                {
                    "id": str(row.id),
                    "number": len(found) + 1,
                    "kind": row.kind,
                    "what_happened": row.what_happened,
                    "noticed_on": row.noticed_on.isoformat(),
                    "since_on": since_on.isoformat(),
                    "state": row.state,
                    "support": self.support(row.provision_id),
                    "steps": [self.step(step) for step in history if step.step not in _INTERNAL],
                    "limits": self.limits(since_on, basis),
                }
            )
        return found

    def limits(self, since_on: date, basis: Basis) -> list[dict[str, Any]]:
        """By when the complaint of this packet is to be made; other limits are the family's own to know."""
        try:
            found = limits_of(since_on, basis)
        except Invalid:
            return []
        own = [found[rule] for rule in self.own_limits if rule in found]
        return [{name: one[name] for name in ("label", "due_on", "sum", "citation")} for one in own]

    @property
    def own_limits(self) -> tuple[str, ...]:
        return tuple(rule for rule in LIMITS if rule == f"{table.PURPOSES[self.packet.purpose].complaint}_limit")

    def step(self, row: Any) -> dict[str, Any]:
        told = [list(one) for one in table.told(row.step, row.facts)]
        return {
            "id": str(row.id),
            "step": row.step,
            "on": self.local(row.occurred_at).isoformat(),
            "to": row.to_state,
            "told": told,
        }

    def complaint(self, concerns: Sequence[Mapping[str, Any]], family: Sequence[Any]) -> tuple[table.Line, ...]:
        kind = table.PURPOSES[self.packet.purpose].complaint
        of_kind = [row for row in self.work.rows(_PROCEEDINGS, **self.of_case) if row.kind == kind]
        client = next((one for one in family if one.id == self.case.client_id), None)
        contact = ", ".join(filter(None, (client.name, client.email, client.phone))) if client else None
        days = [date_in_words(date.fromisoformat(one["noticed_on"]), self.packet.language) for one in concerns]
        facts = "\n\n".join(f"{day}: {one['what_happened']}" for day, one in zip(days, concerns, strict=True))
        problem = "\n\n".join(
            f"“{one['support']['text']}” – {one['what_happened']}" if one["support"] else one["what_happened"]
            for one in concerns
        )
        known = {
            "child_name": self.student.name,
            "school": self.student.school,
            "contact": contact,
            "facts": facts,
            "problem": problem,
        }
        said, proceeding = self.packet.complaint or {}, of_kind[-1].complaint if of_kind else {}
        return table.lines(self.packet.purpose, said=said, proceeding=proceeding, known=known)

    def delivery(self, found: StudentDelivered) -> dict[str, Any]:
        claims: dict[UUID, list[Any]] = {}
        for row in self.work.rows(_CLAIMS, student_id=self.student.id):
            claims.setdefault(row.support_id, []).append(row)
        return {
            "from_on": found.from_on.isoformat(),
            "to_on": found.to_on.isoformat(),
            "ends_in_future": found.ends_in_future,
            "totals": {**_sums(found.direct), "short_by": asdict(found.direct.short_by)},
            "supports": [self.delivered(one, claims.get(one.support_id, [])) for one in found.supports],
        }

    def delivered(self, one: Delivered, claims: Sequence[Any]) -> dict[str, Any]:
        row = one.provision
        logged = one.support.logged(one.window)
        return {
            "support_id": str(one.support_id),
            "label": _with_a_capital(row.provider_role.replace("_", " ") if row.provider_role else row.text),
            "text": row.text,
            "frequency": frequency_said(row.minutes, row.times, row.per) or None,
            "contact": one.contact,
            "versions": [version.version.row.number for version in one.versions],
            "rule": one.rule,
            **_sums(one),
            "outside": one.outside,
            "reason": one.reason,
            "short_by": asdict(one.short_by) if one.short_by else None,
            "logged": {
                name: {"entries": each.entries, "minutes": each.minutes} for name, each in one.logged.items() if each.entries
            },
            "sources": list(dict.fromkeys(entry.source for entry in logged)),
            "by_month": [
                {"from_on": each.from_on.isoformat(), "to_on": each.to_on.isoformat(), **_sums(each)} for each in one.by_month
            ],
            "periods": [_period(each.period) for each in one.periods],
            "claims": [
                {"minutes": each.minutes, "note": each.note, "claimed_on": each.claimed_on.isoformat(), **_span(each)}
                for each in claims
            ],
            "contradictions": [_contradiction(each) for each in one.contradictions],
        }

    def timeline(self, concerns: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        packet = self.packet
        asked: dict[str, Any] = {"case_id": self.case.id, "kind": list(_HAPPENED)}
        asked |= {name: day for name, day in (("happened_from", packet.from_on), ("happened_to", packet.to_on)) if day}
        page = TIMELINE.page(self.work, asked, MOST_EVENTS)
        steps = {step["id"]: step for one in concerns for step in one["steps"]}
        # A version counts from the day on which it is in effect, a concern from that on which it was noticed.
        events: list[dict[str, Any]] = [
            {"on": row.effective_from.isoformat(), "kind": "iep_version", "what": "in_force", "detail": str(row.number)}
            for row in self.versions
            if row.state != "draft" and self.is_in_period(row.effective_from)
        ]
        events += [
            {"on": one["noticed_on"], "kind": "concern", "what": one["kind"], "detail": one["what_happened"][:500]}
            for one in concerns
            if self.is_in_period(date.fromisoformat(one["noticed_on"]))
        ]
        for row in page.rows:
            is_step = row.kind == "concern_step"
            if is_step and str(row.id) not in steps:
                continue
            # What was corrected did not happen as it says: it stands beside its correction, in the part of its kind.
            if row.kind in ("communication", "observation") and row.id not in self.for_others - self.corrected:
                continue
            if row.kind == "statement" and row.what not in ("signed", "added"):
                continue
            detail = row.detail
            if is_step:
                told = steps[str(row.id)]["told"]
                detail = next((text[:500] for name, text in told if not name.endswith("_on")), "")
            elif row.kind == "proceeding_step":
                detail = ""
            events.append({"on": self.local(row.at).isoformat(), "kind": row.kind, "what": row.what, "detail": detail or ""})
        return {"events": sorted(events, key=lambda event: event["on"]), "is_shortened": page.after is not None}

    def proceedings(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        steps: dict[UUID, list[Any]] = {}
        for row in self.work.rows(_PROCEEDING_STEPS, **self.of_case):
            steps.setdefault(row.proceeding_id, []).append(row)
        deadlines: dict[UUID | None, list[Any]] = {}
        for row in self.work.rows(_DEADLINES, **self.of_case):
            if row.rule in LIMITS and row.rule not in self.own_limits:
                continue
            deadlines.setdefault(row.proceeding_id, []).append(_deadline(row))
        found = [
            {
                "kind": row.kind,
                "state": row.state,
                "reference": row.reference,
                "filed_on": _iso(row.filed_on),
                # What is said in a step stays out: in mediation it is confidential, elsewhere the papers themselves say it.
                "steps": [{"step": step.step, "on": step.occurred_on.isoformat()} for step in steps.get(row.id, [])],
                "deadlines": deadlines.get(row.id, []),
            }
            for row in self.work.rows(_PROCEEDINGS, **self.of_case)
        ]
        return found, deadlines.get(None, [])

    def wording(self, version: Any) -> dict[str, Any] | None:
        if version is None:
            return None
        rows = [row for row in self.provisions if row.iep_version_id == version.id]
        terms = tuple(OwnTerm(**{"why": None, "question": None, **term}) for term in self.practice.wording_terms)
        found = [_weighed(row, terms) for row in rows]
        found.sort(key=lambda one: (one["score"] is None, one["score"]))
        return {"version": version.number, "provisions": found}

    def changes(self) -> list[dict[str, Any]]:
        """From each version to the next that came into effect in the period."""
        there = sorted((row for row in self.versions if row.state != "draft"), key=lambda row: (row.effective_from, row.number))
        of = {row.id: [each for each in self.provisions if each.iep_version_id == row.id] for row in there}
        return [
            {
                "before": before.number,
                "after": after.number,
                "before_from": before.effective_from.isoformat(),
                "after_from": after.effective_from.isoformat(),
                "items": [
                    _change(each)
                    for each in changes(
                        promises(of[before.id]),
                        promises(of[after.id]),
                        before_from=before.effective_from,
                        after_from=after.effective_from,
                    )
                ],
            }
            for before, after in pairwise(there)
            if self.is_in_period(after.effective_from)
        ]

    def communications(self) -> list[dict[str, Any]]:
        mails = {row.communication_id: row for row in self.work.rows(_MAILS, **self.of_case)}
        rows = [row for row in self.work.rows(_COMMUNICATIONS, **self.of_case) if row.id in self.for_others]
        number = {row.id: position for position, row in enumerate(rows, 1)}
        found = []
        for row in rows:
            summary, shortened = self.whole(row.summary)
            mail = mails.get(row.id)
            found.append(
                {
                    "number": number[row.id],
                    "at": _instant(row.occurred_at),
                    "recorded_at": _instant(row.created_at),
                    **{name: getattr(row, name) for name in ("direction", "channel", "party", "subject", "awaiting_reply")},
                    "with": [self.members[one] for one in row.team_member_ids if one in self.members],
                    "summary": summary,
                    "shortened": shortened,
                    "answers": number.get(row.in_reply_to),
                    "corrects": number.get(row.corrects_id),
                    "corrected": number.get(row.corrected_by_id),
                    "mail": _mail(mail) if mail else None,
                    "deliveries": [{name: each[name] for name in ("to", "state", "bounce")} for each in row.deliveries],
                    "attachments": self.attached(row.document_ids),
                }
            )
        return found

    def observations(self) -> list[dict[str, Any]]:
        attached: dict[UUID, list[UUID]] = {}
        for row in self.work.rows(_ATTACHED, **self.of_case):
            attached.setdefault(row.observation_id, []).append(row.document_id)
        rows = [row for row in self.work.rows(_OBSERVATIONS, **self.of_case) if row.id in self.for_others]
        by_id = {row.id: row for row in rows}
        found = []
        for row in rows:
            text, _ = self.whole(row.text)
            support = self.support(row.provision_id)
            corrected = by_id.get(row.corrected_by_id)
            found.append(
                {
                    "on": row.observed_on.isoformat(),
                    "recorded_at": _instant(row.created_at),
                    **{name: getattr(row, name) for name in ("source", "author", "weight", "is_verbatim", "is_happening")},
                    "text": text,
                    "answers": row.answers or [],
                    "support": support["text"] if support else None,
                    "is_correction": row.corrects_id in by_id,
                    "corrected_on": _iso(self.local(corrected.created_at)) if corrected else None,
                    "attachments": self.attached([*([row.document_id] if row.document_id else []), *attached.get(row.id, [])]),
                }
            )
        return found

    def statements(self) -> list[dict[str, Any]]:
        """Those that were signed in the period, or about it; one that was taken back is none."""
        found = []
        for row in self.work.rows(STATEMENTS_OF_CASE, **self.of_case):
            entries = [each for each in row.entries if self.is_in_period(date.fromisoformat(each["signed_on"]))]
            if row.state == "withdrawn" or not row.entries or not (entries or self.is_about(row)):
                continue
            support = self.support(row.provision_id)
            found.append(
                {
                    "id": str(row.id),
                    "name": row.name,
                    "party": row.party,
                    "question": row.question,
                    "asked_on": self.local(row.asked_at).isoformat(),
                    "about_from": _iso(row.about_from),
                    "about_to": _iso(row.about_to),
                    "support": support["text"] if support else None,
                    "entries": [
                        {
                            **{name: each[name] for name in ("number", "text", "signed_name", "signed_on", "sha256")},
                            "recorded_at": each["signed_at"],
                        }
                        for each in row.entries
                    ],
                }
            )
        return found

    def is_about(self, statement: Any) -> bool:
        if statement.about_from is None and statement.about_to is None:
            return False
        first, last = statement.about_from or date.min, statement.about_to or date.max
        return first <= (self.packet.to_on or date.max) and last >= (self.packet.from_on or date.min)


def _with_a_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _sums(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("owed", "delivered", "made_up", "short")}


def _span(one: Any) -> dict[str, Any]:
    return {name: _iso(getattr(one, name)) for name in ("from_on", "to_on")}


def _period(period: Any) -> dict[str, Any]:
    return {
        **_span(period),
        **{name: getattr(period, name) for name in ("n", "d", "w")},
        "owed": None if period.owed is None else round(float(period.owed), 2),
    }


def _contradiction(one: Contradiction) -> dict[str, Any]:
    log = [{"source": entry.source, "outcome": entry.outcome, "minutes": entry.minutes} for entry in one.log]
    said = {"source": one.said.source, "on": one.said.on.isoformat(), "text": one.said.text[:500]} if one.said else None
    return {"on": one.on.isoformat(), "kind": one.kind, "log": log, "said": said}


def _deadline(row: Any) -> dict[str, Any]:
    answer = row.answer
    counted = answer["sum"]
    if row.override_on:
        counted = f"{counted}; set to {row.override_on}: {row.override_reason}"
    return {
        "label": answer["label"],
        "due_on": _iso(row.due_on),
        "met_on": _iso(row.met_on),
        "sum": counted,
        "citation": answer["citation"],
    }


def _mail(row: Any) -> dict[str, Any]:
    return {
        "from": f"{row.from_name} <{row.from_address}>" if row.from_name else row.from_address,
        "sent_at": _instant(row.sent_at) if row.sent_at else None,
        "received_at": _instant(row.received_at),
        "mail_id": row.mail_id,
        "sha256": row.digest,
    }


def _weighed(row: Any, terms: tuple[OwnTerm, ...]) -> dict[str, Any]:
    nothing: dict[str, Any] = {"score": None, "findings": [], "open": [], "rewrite": None}
    beside = {"frequency": frequency_said(row.minutes, row.times, row.per) or None, "setting": row.setting}
    try:
        found = weigh_promised(row.text, row.kind, terms, provider_role=row.provider_role, **beside)
    except OtherLanguage:
        return {"text": row.text, "is_english": False, **nothing}
    return {
        "text": row.text,
        "is_english": True,
        "score": found.score,
        "findings": [asdict(one) for one in found.findings],
        "open": [name for name, state in found.elements.items() if state not in STATED],
        "rewrite": found.rewrite,
    }


def _change(each: Any) -> dict[str, Any]:
    return {
        "change": each.change,
        "before": each.before.text if each.before else None,
        "after": each.after.text if each.after else None,
        "reason": each.reason,
        "week_before": _a_week(each.before),
        "week_after": _a_week(each.after),
    }


def _a_week(promise: Any) -> str | None:
    week = weekly_minutes(promise.minutes, promise.times, promise.per) if promise else None
    if week is None:
        return None
    low, high = (f"{float(end):.0f}" for end in week)
    return low if low == high else f"{low}–{high}"


# What is read, each in one statement, in the order in which it stands in the packet.

_case_id = bindparam("case_id", type_=Case.id.type)
_student_id = bindparam("student_id", type_=Student.id.type)
_DOCUMENTS = Prepared(select(Document.id, Document.name, Document.digest.label("digest")).where(Document.case_id == _case_id))
_MEMBERS = Prepared(select(TeamMember.id, TeamMember.name).where(TeamMember.case_id == _case_id))
_VERSIONS = Prepared(
    select(
        *(IepVersion.id, IepVersion.number, IepVersion.state, IepVersion.sha256),
        *(IepVersion.effective_from, IepVersion.effective_to),
    )
    .where(IepVersion.student_id == _student_id)
    .order_by(IepVersion.number)
)
_PROVISIONS = Prepared(
    select(*columns_of(Provision), IepVersion.number)
    .join(IepVersion, IepVersion.id == Provision.iep_version_id)
    .where(IepVersion.student_id == _student_id)
    .order_by(IepVersion.number, Provision.id)
)
_FAMILY = Prepared(
    select(Client.id, Client.name, Client.email, Client.phone)
    .where(
        or_(
            Client.id == bindparam("client_id", type_=Client.id.type),
            Client.id.in_(select(StudentClient.client_id).where(StudentClient.student_id == _student_id)),
        )
    )
    .order_by(Client.id)
)
_CONCERNS = Prepared(select(*columns_of(Concern)).where(Concern.case_id == _case_id).order_by(Concern.noticed_on, Concern.id))
_PROCEEDINGS = Prepared(select(*columns_of(Proceeding)).where(Proceeding.case_id == _case_id).order_by(Proceeding.id))
_PROCEEDING_STEPS = Prepared(
    select(ProceedingStep.proceeding_id, ProceedingStep.step, ProceedingStep.occurred_on)
    .join(Proceeding, Proceeding.id == ProceedingStep.proceeding_id)
    .where(Proceeding.case_id == _case_id)
    .order_by(ProceedingStep.occurred_on, ProceedingStep.id)
)
_DEADLINES = Prepared(
    select(
        *(Deadline.proceeding_id, Deadline.rule, Deadline.answer, Deadline.due_on, Deadline.met_on),
        *(Deadline.override_on, Deadline.override_reason),
    )
    .where(
        Deadline.case_id == _case_id, Deadline.due_on.is_not(None), Deadline.waived_on.is_(None), Deadline.ended_on.is_(None)
    )
    .order_by(Deadline.due_on, Deadline.id)
)
_CLAIMS = Prepared(
    select(*columns_of(CompensatoryClaim), Provision.support_id)
    .join(Provision, Provision.id == CompensatoryClaim.provision_id)
    .where(CompensatoryClaim.student_id == _student_id, CompensatoryClaim.withdrawn_at.is_(None))
    .order_by(CompensatoryClaim.claimed_on, CompensatoryClaim.id)
)
_COMMUNICATIONS = Prepared(
    select(*columns_of(Communication))
    .where(Communication.case_id == _case_id)
    .order_by(Communication.occurred_at, Communication.id)
)
_MAILS = Prepared(
    select(
        *(InboundMail.communication_id, InboundMail.from_address, InboundMail.from_name, InboundMail.mail_id),
        *(InboundMail.sent_at, InboundMail.received_at, InboundMail.digest.label("digest")),
    ).where(InboundMail.case_id == _case_id, InboundMail.communication_id.is_not(None), InboundMail.message_id.is_(None))
)
_OBSERVATIONS = Prepared(
    select(*columns_of(Observation)).where(Observation.case_id == _case_id).order_by(Observation.observed_on, Observation.id)
)
_ATTACHED = Prepared(
    select(ObservationDocument.observation_id, ObservationDocument.document_id)
    .join(Observation, Observation.id == ObservationDocument.observation_id)
    .where(Observation.case_id == _case_id)
    .order_by(ObservationDocument.id)
)
