"""A promise as it was found, before its words are taken apart."""

from dataclasses import dataclass, field

from domain.reading.block import Source
from domain.reading.form.label import Label
from domain.reading.form.topic import Topic


@dataclass
class Draft:
    """A promise as it was found, before its words are taken apart; `sureness`: how surely its place was understood."""

    topic: Topic
    name: str
    source: Source
    quote: str
    amounts: list[tuple[Label | None, str]] = field(default_factory=list)
    setting: str = ""
    provider: str = ""
    starts: str = ""
    ends: str = ""
    dates: str = ""
    modes: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    area: str = ""
    detail: str = ""
    mixed: str = ""
    is_row: bool = False
    sureness: float = 0.7


SURE, LIKELY, HOME_MADE, GUESSED = 0.93, 0.82, 0.75, 0.6
