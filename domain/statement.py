"""A statement: what somebody is asked to write, and the form in which what they signed is kept, so that anybody can prove it.

An entry is a text of lines, and its hash is that of these very bytes: whoever has the file needs nothing else to check it. What
is signed later names the hash of the entry before, so that none can be changed, left out or put between.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.wall_clock import instant, local_date

PARTIES = ("teacher", "therapist", "parent", "other")
# As whom the record of communications knows them: whose silence is chased, `domain.party` says.
SPEAKS_AS: Mapping[str, str] = {"teacher": "teacher", "therapist": "teacher", "parent": "client", "other": "other"}
# What is asked unless staff ask otherwise: open, and nothing of it says what we hope to read.
_HONESTLY = {
    "en": "Please keep apart what you saw yourself and what somebody told you, and say so where you do not know or remember.",
    "es": "Distinga, por favor, lo que vio usted de lo que alguien le contó, y diga también lo que no sabe o no recuerda.",
}
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "teacher": "What can you say, from your own work with this student, about the support in class and in tests: what was"
        " there and what was not, on which days, where, and by whom?",
        "therapist": "What can you say, from your own work with this student, about the sessions: on which days they took place"
        " and on which not, for how many minutes, where, alone or in a group, and what you saw?",
        "parent": "What have you seen and heard yourself of your child's support at school: what happened, when, where, and"
        " who was there?",
        "other": "What have you seen and heard yourself of this student's support at school: what happened, when, where, and"
        " who was there?",
    },
    "es": {
        "teacher": "¿Qué puede decir, por su propio trabajo con este estudiante, del apoyo en clase y en los exámenes: qué hubo"
        " y qué no, en qué días, dónde y por parte de quién?",
        "therapist": "¿Qué puede decir, por su propio trabajo con este estudiante, de las sesiones: en qué días tuvieron lugar"
        " y en cuáles no, cuántos minutos, dónde, a solas o en grupo, y qué observó?",
        "parent": "¿Qué ha visto y oído usted del apoyo a su hijo o hija en la escuela: qué pasó, cuándo, dónde y quién estaba"
        " presente?",
        "other": "¿Qué ha visto y oído usted del apoyo a este estudiante en la escuela: qué pasó, cuándo, dónde y quién estaba"
        " presente?",
    },
}
# Where on earth a day begins first.
_EASTMOST = timedelta(hours=14)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


def question_for(party: str, language: str) -> str:
    """What is asked of somebody unless staff ask otherwise."""
    return f"{QUESTIONS[language][party]} {_HONESTLY[language]}"


def normal(text: str) -> str:
    """The text as it is kept: in Unicode's form NFC, lines end with a line feed alone, nothing blank before or after it."""
    return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)).strip()


def expires_at(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The end of the day, in the practice's zone, that many days from now: a link works all of its last day."""
    return instant(local_date(now, zone) + timedelta(days=days + 1), time(0), zone)


def last_day(expires_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which a link works that expires then."""
    return local_date(expires_at - timedelta(microseconds=1), zone)


def can_be_dated(signed_on: date, *, asked_on: date, now: datetime) -> str | None:
    """Why a signature cannot bear this date, if it cannot: it is a future day wherever they are, or more than a day before
    they were asked, which was on the day `asked_on` of the practice."""
    if signed_on > (now + _EASTMOST).astimezone(UTC).date():
        return "This is in the future: date it as of the day on which you sign."
    if signed_on < asked_on - timedelta(days=1):
        return "This is before you were asked: date it as of the day on which you sign; when things happened, the text says."
    return None


@dataclass(frozen=True)
class Signed:
    """What somebody signed. `text` and `signed_name` are normal; `before` is the SHA-256 of the entry before, in hex."""

    practice: str
    case_id: UUID
    statement_id: UUID
    number: int
    question: str
    about_from: date | None
    about_to: date | None
    text: str
    signed_name: str
    signed_on: date
    signed_at: datetime
    before: str | None

    @property
    def canonical(self) -> str:
        """The entry as a text, in UTF-8 and of lines that end with a line feed, always these in this order: what is of several
        lines is set in by two spaces, but for the words that were signed, which run to the end."""
        days = (("from", self.about_from), ("until", self.about_to))
        about = " ".join(f"{word} {day}" for word, day in days if day)
        at = self.signed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        asked = "\n".join(f"  {line}" for line in normal(self.question).split("\n"))
        return (
            "statement, form 1\n"
            f"practice: {' '.join(normal(self.practice).split())}\n"
            f"case: {self.case_id}\n"
            f"statement: {self.statement_id}\n"
            f"entry: {self.number}\n"
            f"asked:\n{asked}\n"
            f"about the days: {about or 'not said'}\n"
            f"signed by: {self.signed_name}\n"
            f"signed on: {self.signed_on}\n"
            f"received at: {at}\n"
            f"sha256 of the entry before: {self.before or 'none'}\n"
            f"words:\n{self.text}\n"
        )

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.canonical.encode()).digest()
