"""What a reading answers: provisions as proposals, each with its source; warnings; or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.reading.block import Source


@dataclass(frozen=True)
class Quote:
    """Where a proposal stands, and the words as they stand there."""

    page: int | None
    line: int
    quote: str


@dataclass(frozen=True)
class ReadProvision:
    """A proposal: what a provision would say, how sure we are of it, and where it was read."""

    kind: str
    text: str
    source: Quote
    minutes: int | None = None
    times: int | None = None
    per: str | None = None
    setting: str | None = None
    provider_role: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    confidence: float = 0.5

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "text": self.text,
            "minutes": self.minutes,
            "times": self.times,
            "per": self.per,
            "setting": self.setting,
            "provider_role": self.provider_role,
            "starts_on": _iso(self.starts_on),
            "ends_on": _iso(self.ends_on),
            "confidence": self.confidence,
            "source": {"page": self.source.page, "line": self.source.line, "quote": self.source.quote},
        }


@dataclass(frozen=True)
class Warning:
    """What staff must know of the document; `pages` where it is about some of them."""

    code: str
    detail: str
    pages: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        told: dict[str, object] = {"code": self.code, "detail": self.detail}
        return told | {"pages": list(self.pages)} if self.pages else told


@dataclass(frozen=True)
class Refusal:
    """Why nothing was read."""

    reason: str
    detail: str


@dataclass(frozen=True)
class Reading:
    """All that was read in a document; after a refusal, no provisions."""

    document_kind: str
    language: str | None = None
    student_initials: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    provisions: Sequence[ReadProvision] = ()
    warnings: Sequence[Warning] = ()
    refusal: Refusal | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "document_kind": self.document_kind,
            "language": self.language,
            "student_initials": self.student_initials,
            "effective_from": _iso(self.effective_from),
            "effective_to": _iso(self.effective_to),
            "provisions": [each.as_json() for each in self.provisions],
            "warnings": [each.as_json() for each in self.warnings],
            "refusal": {"reason": self.refusal.reason, "detail": self.refusal.detail} if self.refusal else None,
        }


def quoted(source: Source, words: str) -> Quote:
    """The words as they stand at a place."""
    return Quote(source.page, source.line, words)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
