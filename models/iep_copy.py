"""Who has a copy of the IEP, and knows their part of it (34 CFR 300.323(d)): a ledger, one line for each version and member."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Index, LargeBinary, Select, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from domain.refusal import FieldError, Invalid, Refusal
from models.base import Base
from models.communication import Communication
from models.iep_version import IepVersion
from models.reminder import Reminder
from models.team_member import TeamMember
from models.tenancy import TenantOwned, refers_to, unique_in_practice

BECAUSE = ("activation", "new_member", "new_year", "reopened", "by_hand")
HOW_GIVEN = ("paper", "email", "portal", "in_person", "school", "other")
HOW_TOLD = ("told", "signed", "email")
BY_LINK = "link"
ASKED_AGAIN_AFTER = timedelta(hours=24)
# Nobody has a copy of a version much before it is in effect.
RECEIVED_AHEAD = timedelta(days=60)
HAS_ALL = "They have what they need, it says: nothing can be missing then."
# What is said of an answer, and what stands for it on the line.
Answer = Mapping[str, Any]


class LineClosed(Refusal):
    """A line of a version that was superseded, of who has left, of an earlier year or a closed case is kept as it is."""


class LineOpen(Refusal):
    """The member has a line of this version that waits for them."""


class NotInForce(Refusal):
    """Only of a version in force everybody must have a copy."""


class AskedLately(Refusal):
    """Nobody is asked twice within a day."""

    @classmethod
    def at(cls, asked_at: datetime, zone: ZoneInfo) -> "AskedLately":
        at = asked_at.astimezone(zone)
        day, hour = f"{at:%B} {at.day}, {at.year}", f"{at.hour % 12 or 12}:{at:%M %p}"
        return cls(f"They were asked on {day} at {hour}: once in 24 hours is enough.")


class NoAddress(Invalid):
    """Nobody is asked by mail without an address."""


class ConcernOpened(Refusal):
    """What this line says is missing has become a concern already."""


class IepCopy(TenantOwned, Base):
    __tablename__ = "iep_copies"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("iep_version_id", "team_member_id", "opened_on"), name="uq_iep_copies_line"),
        UniqueConstraint(*unique_in_practice("link_hash"), name="uq_iep_copies_link_hash"),
        Index("ix_iep_copies_team_member", *unique_in_practice("team_member_id")),
    )

    iep_version_id: Mapped[UUID] = refers_to("iep_versions")
    team_member_id: Mapped[UUID] = refers_to("team_members")
    opened_on: Mapped[date]
    opened_because: Mapped[str]
    given_on: Mapped[date | None]
    given_by: Mapped[str | None]
    how: Mapped[str | None]
    asked_at: Mapped[datetime | None]
    # The latest mail that asked.
    communication_id: Mapped[UUID | None] = refers_to("communications")
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    acknowledged_on: Mapped[date | None]
    acknowledged_how: Mapped[str | None]
    knows_their_part: Mapped[str | None]
    has_what_they_need: Mapped[str | None]
    needs: Mapped[list[Any] | None]
    note: Mapped[str | None]
    concern_id: Mapped[UUID | None] = refers_to("concerns")

    @classmethod
    def opened_by(
        cls, version: IepVersion, members: Iterable[TeamMember], *, because: str, on: date, before: "Iterable[IepCopy]" = ()
    ) -> "list[IepCopy]":
        """A line for each of the members: from now on they must have this version.

        `before` are their lines so far, in order: what was missing, and is no concern yet, is still missing.
        """
        if version.state != "in_force":
            raise NotInForce(f"Version {version.number} is {version.state.replace('_', ' ')}: nobody must have a copy of it.")
        latest = {line.team_member_id: line for line in before}
        opened = []
        for member in members:
            line = cls(iep_version_id=version.id, team_member_id=member.id, opened_on=on, opened_because=because)
            if member.id in latest and latest[member.id].is_unmet:
                line.has_what_they_need, line.needs = "no", latest[member.id].needs
            opened.append(line)
        return opened

    @classmethod
    def of_versions(cls, version_ids: Iterable[UUID]) -> Select["IepCopy"]:
        """Their lines, locked: whoever asks or answers meanwhile comes before, or finds them closed."""
        return select(cls).where(cls.iep_version_id.in_(list(version_ids))).order_by(cls.id).with_for_update()

    @classmethod
    def of_members(cls, member_ids: Iterable[UUID]) -> Select["IepCopy"]:
        """All their lines, in the order in which they were opened."""
        return select(cls).where(cls.team_member_id.in_(list(member_ids))).order_by(cls.id)

    @classmethod
    def of_case(cls, case_id: UUID) -> Select["IepCopy"]:
        """The lines of everybody in the team of a case, locked."""
        theirs = select(TeamMember.id).where(TeamMember.case_id == case_id)
        return select(cls).where(cls.team_member_id.in_(theirs)).order_by(cls.id).with_for_update()

    @classmethod
    def of_member(cls, team_member_id: UUID, *version_ids: UUID) -> Select["IepCopy"]:
        """The member's lines, of these versions alone where some are named; locked."""
        found = select(cls).where(cls.team_member_id == team_member_id).order_by(cls.id).with_for_update()
        return found.where(cls.iep_version_id.in_(version_ids)) if version_ids else found

    @classmethod
    def chased(cls, lines: "Iterable[IepCopy]") -> Select["Reminder"]:
        """What still follows up what these lines asked, or rests; locked. What has become a concern's is the concern's."""
        return Reminder.all_that_count().where(cls._follows_up(lines))

    @classmethod
    def no_longer_chased(cls, lines: "Iterable[IepCopy]", reasons: Iterable[str]) -> Select["Reminder"]:
        """What followed up what these lines asked, until it ended for one of these reasons; locked."""
        ended = select(Reminder).where(Reminder.state.in_(("cancelled", "done")), Reminder.reason.in_(list(reasons)))
        return ended.where(cls._follows_up(lines)).order_by(Reminder.id).with_for_update()

    @staticmethod
    def _follows_up(lines: "Iterable[IepCopy]") -> Any:
        asked, said = aliased(Communication), aliased(Communication)
        of_lines = select(said.id).join(asked, asked.thread_id == said.thread_id)
        of_lines = of_lines.where(asked.id.in_([line.communication_id for line in lines if line.communication_id]))
        return and_(Reminder.concern_id.is_(None), Reminder.communication_id.in_(of_lines))

    @property
    def is_unmet(self) -> bool:
        """Whether something is said to be missing that nobody follows up yet."""
        return bool(self.needs) and self.concern_id is None

    @property
    def occasion(self) -> str:
        """Of the mail that asked last."""
        return f"copy:{self.id}:{self.communication_id}"

    def ask(self, *, email: str | None, now: datetime, zone: ZoneInfo, has_reached_them: bool) -> None:
        """By mail, at most once in a day; how often, is for a person to decide. What went elsewhere has not asked them."""
        if email is None:
            detail = "This team member has no e-mail address."
            raise NoAddress(detail, [FieldError(pointer="/email", detail=detail)])
        if self.asked_at is not None and has_reached_them and now < self.asked_at + ASKED_AGAIN_AFTER:
            raise AskedLately.at(self.asked_at, zone)
        self.asked_at = now

    def hear(self, said: Answer, *, today: date) -> None:
        """What the teacher says by the link: the latest counts, and what staff recorded of giving it stays."""
        has_copy, received_on = said["has_copy"] == "yes", said.get("received_on")
        if self.how is None and self.given_by is None and (received_on or not has_copy):
            self.given_on = received_on if has_copy else None
        if has_copy:
            self.acknowledged_on, self.acknowledged_how = today, BY_LINK
        elif self.acknowledged_how == BY_LINK:
            self.acknowledged_on = self.acknowledged_how = None
        self.knows_their_part, self.has_what_they_need = said["knows_their_part"], said["has_what_they_need"]
        self.needs = self._needs_after(said)

    def _needs_after(self, said: Answer) -> list[Any] | None:
        """Who still lacks something, and does not say again what, lacks what they said before."""
        return said["needs"] or (self.needs if said["has_what_they_need"] == "no" else None)

    def has_heard(self, said: Answer) -> bool:
        """Whether it says so already: a form that is sent twice is one answer."""
        if said["has_copy"] == "no" or self.acknowledged_how != BY_LINK or said.get("received_on") not in (None, self.given_on):
            return False
        told = (self.knows_their_part, self.has_what_they_need, self.needs)
        return told == (said["knows_their_part"], said["has_what_they_need"], self._needs_after(said))

    def record(self, said: Mapping[str, Any], *, today: date) -> bool:
        """What staff learned otherwise; whether by that it is acknowledged now."""
        was_acknowledged = self.acknowledged_on is not None
        for name, value in said.items():
            setattr(self, name, value)
        if said.get("acknowledged_on") and not said.get("acknowledged_how"):
            self.acknowledged_how = "told"
        if self.acknowledged_on is None:
            if said.get("acknowledged_how"):
                raise _wrong("acknowledged_on", "Say when they acknowledged it.")
            self.acknowledged_how = None
        for name in ("given_on", "acknowledged_on"):
            if said.get(name) and said[name] > today:
                raise _wrong(name, "This is in the future.")
        if self.given_on and self.acknowledged_on and self.acknowledged_on < self.given_on:
            if said.get("acknowledged_on"):
                raise _wrong("acknowledged_on", "This is before they were given the copy.")
            if said.get("given_on"):
                raise _wrong("given_on", "This is after they acknowledged the copy.")
        if self.has_what_they_need == "yes" and self.needs:
            if said.get("needs"):
                raise _wrong("needs", HAS_ALL)
            # Who has it now lacks nothing any more.
            self.needs = None
        return self.acknowledged_on is not None and not was_acknowledged

    def becomes(self, concern_id: UUID) -> None:
        """What is missing is followed by a concern from here on, once."""
        if self.concern_id is not None:
            raise ConcernOpened("What this line says is missing has become a concern already.", concern_id=str(self.concern_id))
        self.concern_id = concern_id


def must_agree_with_itself(said: Answer, *, version: IepVersion, today: date) -> None:
    """An answer by the link that cannot be so is refused at its place."""
    received_on = said.get("received_on")
    if received_on:
        if said["has_copy"] == "no":
            raise _wrong("received_on", "They have no copy, it says: then it was not received.")
        if received_on > today:
            raise _wrong("received_on", "This is in the future.")
        if received_on < version.effective_from - RECEIVED_AHEAD:
            raise _wrong("received_on", "This is long before this version is in effect: it must have been another one.")
    if said["has_what_they_need"] == "yes" and said["needs"]:
        raise _wrong("needs", HAS_ALL)


def in_words(said: Answer) -> str:
    """An answer by the link, as it is kept among the communications."""
    received_on = said.get("received_on")
    has_copy = said["has_copy"] + (f", received on {received_on.isoformat()}" if received_on else "")
    lines = [f"Has a copy: {has_copy}.", f"Knows their part: {said['knows_their_part']}."]
    lines.append(f"Has what they need: {said['has_what_they_need']}.")
    if said["needs"]:
        lines.append(f"Missing: {needs_in_words(said['needs'])}.")
    return "\n".join(lines + ([f"They add: {said['note']}"] if said.get("note") else []))


def needs_in_words(needs: Sequence[Mapping[str, str]]) -> str:
    return "; ".join(f"{need['kind']}: {need['what'].rstrip('. ')}" for need in needs)


def _wrong(name: str, detail: str) -> Invalid:
    return Invalid(detail, [FieldError(pointer=f"/{name}", detail=detail)])
