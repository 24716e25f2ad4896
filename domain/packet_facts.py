"""What a packet says, in plain values: gathered where the rows are, kept while it is built, set on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class PacketFacts:
    """The facts of a packet as plain JSON values, so that a build that goes on later says the same."""

    purpose: str
    title: str
    language: str
    parts: list[str]
    reference: str
    # An RFC 3339 instant, and the day that it was where the practice is.
    as_of: str
    today: str
    timezone: str
    from_on: str | None
    to_on: str | None
    is_redacted: bool
    practice: dict[str, Any]
    prepared_by: dict[str, Any]
    child: dict[str, Any]
    family: list[dict[str, Any]]
    iep: dict[str, Any] | None
    complaint: list[dict[str, Any]]
    missing: list[dict[str, str]]
    concerns: list[dict[str, Any]]
    delivery: dict[str, Any]
    timeline: dict[str, Any]
    proceedings: list[dict[str, Any]]
    deadlines: list[dict[str, Any]]
    wording: dict[str, Any] | None
    changes: list[dict[str, Any]]
    communications: list[dict[str, Any]]
    observations: list[dict[str, Any]]
    statements: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "PacketFacts":
        return cls(**said)
