"""A promise as it was found, before its words are taken apart."""

from dataclasses import dataclass, field

from domain.reading.block import Source
from domain.reading.form.label import Label
from domain.reading.form.topic import Topic

# How surely a promise was understood, from 0 to 1: its section and its columns are those of a form, or of a school's own.
SURE, LIKELY, HOME_MADE, GUESSED = 0.93, 0.82, 0.75, 0.6


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

    def take_from_above(self, setting: str, mode: str) -> None:
        """The place and the way that a heading names for all that stands below it."""
        self.setting = self.setting or setting
        if mode and not any(mode in each for each in self.modes):
            self.modes.append(mode)
