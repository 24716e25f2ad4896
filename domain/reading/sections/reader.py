"""Where the reader is in a document, and what it holds that is not at its end yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.reading.about.child import Child
from domain.reading.block import Source
from domain.reading.form.label import NAME, Label, a_name
from domain.reading.form.marks import is_empty
from domain.reading.form.topic import GOAL, SERVICE, Topic
from domain.reading.passages import Passage
from domain.reading.promise.draft import Draft
from domain.reading.sections.goal_words import ABOUT_PROGRESS, STARTS_GOAL
from domain.reading.tables.record import Field, record_draft, said_of_all
from domain.reading.tables.table import Layout

# How a heading looks: its level, whether it is bold, whether it is in capitals.
Look = tuple[int | None, bool, bool]


@dataclass
class Section:
    """The topic of a section, how its heading looked, and what the heading says of every service below it."""

    topic: Topic | None = None
    look: Look = (None, False, False)
    setting: str = ""
    mode: str = ""
    # At most so sure is what stands below a heading that no form has.
    sureness: float = 1.0


@dataclass
class Reader:
    """What is known at a place of the document, and what was found before it."""

    child: Child
    is_amendment: bool = False
    wraps: bool = True
    # All of it is in capitals, which then say nothing.
    is_shouted: bool = False
    # A cycle of five days is a week.
    is_five_day: bool = False
    drafts: list[Draft] = field(default_factory=list)
    section: Section = field(default_factory=Section)
    layouts: dict[int, tuple[Layout, Topic | None]] = field(default_factory=dict)
    last_layout: Layout | None = None
    card: list[Field] = field(default_factory=list)
    awaits: Label | None = None
    skips: Topic | None = None
    skips_with: str = ""
    # Below "Objectives:" all is skipped; after "Baseline: 20 words" only what is of the same kind.
    skips_all: bool = False
    pending: tuple[str, Topic, Source] | None = None
    inline: Topic | None = None
    # What stands at this indent, or left of it, is not of `inline` any more.
    inline_above: int = -1
    # The bullet or numbering of the section's own items.
    item_style: str = ""
    next_number: int = 1
    number_indent: int = 0
    # A service that stands as a heading above what is said of it.
    name_above: str = ""
    # How many drafts there were when the section began.
    since: int = 0
    yes_no: tuple[str, ...] = ()

    @property
    def topic(self) -> Topic | None:
        """What stands below the heading."""
        return self.section.topic

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of which kinds the promises below the heading are; none where nothing is promised, or nothing is known."""
        return self.topic.kinds if self.topic else ()

    def hold(self, label: Label, value: str, passage: Passage) -> None:
        """One more field of the promise that is being gathered."""
        self.card.append((label, value, passage.source, passage.as_written))

    def hold_name(self, name: str, passage: Passage, quote: str = "") -> None:
        """The name of the promise that is being gathered, which no label says."""
        self.card.append((a_name(self.kinds), name, passage.source, quote or passage.as_written))

    def await_goal(self, text: str) -> None:
        """Below "Goal 2" its words come next."""
        self.skips = None
        self.awaits = Label(NAME, text, kinds=(GOAL,), strength=10)

    def add(self, drafts: Sequence[Draft]) -> None:
        """Promises that were found; below a heading that no form has, less surely."""
        if drafts:
            self.pending = None
        for draft in drafts:
            draft.sureness = min(draft.sureness, self.section.sureness)
        self.drafts += drafts

    def close(self) -> None:
        """At the end of the document nothing waits any more."""
        self.flush()
        self.settle()

    def settle(self) -> None:
        """A "yes" that nothing below it says more about is itself the promise."""
        if self.pending:
            words, topic, source = self.pending
            self.pending = None
            self.drafts.append(Draft(topic, words, source, words, sureness=0.6))

    def names_child(self, text: str) -> bool:
        """Whether words are a goal of the child."""
        return bool(STARTS_GOAL.search(text)) and self.child.is_named_in(text)

    def number(self, number: int | None, passage: Passage) -> None:
        """After section 4 a line "5. ..." at the same place is the next one."""
        if number:
            self.next_number, self.number_indent = number + 1, passage.indent

    def is_below(self, look: Look) -> bool:
        """Whether a heading looks like one that stands below the section's own."""
        mine = self.section.look
        if self.section.topic is None:
            return True
        if look[0] and mine[0]:
            return look[0] > mine[0]
        return look != mine and not (look[2] and not mine[2])

    def enter(self, topic: Topic | None, look: Look, text: str) -> None:
        """Below a heading: what was of the section above is over."""
        self.settle()
        self.skips = self.inline = None
        self.inline_above = -1
        self.since = len(self.drafts)
        self.name_above = self.item_style = ""
        self.awaits = None
        self.last_layout = None
        setting = mode = ""
        if topic and SERVICE in topic.kinds:
            setting, mode = said_of_all(text)
        self.section = Section(topic, look, setting, mode)

    def is_near(self, passage: Passage) -> bool:
        """Whether a passage stands close below the last promise."""
        last = self.drafts[-1].source
        return (
            last.page == passage.source.page and 0 < passage.source.line - last.line <= 6
        ) or passage.source.page != last.page

    def topic_allows(self) -> bool:
        """Whether a promise may stand here."""
        return self.skips is None and not (self.topic and not self.topic.kinds)

    def card_is_goal(self) -> bool:
        """Whether a goal is being gathered."""
        return any(label.role == NAME and label.kinds == (GOAL,) for label, *_ in self.card)

    def flush(self) -> None:
        """The fields gathered so far are one promise."""
        card, self.card = self.card, []
        self.awaits = None
        if not card:
            return
        draft = record_draft(
            card, self.topic if self.topic and self.topic.kinds else None, self.section.setting, self.section.mode
        )
        if draft and not is_empty(draft.name):
            if draft.topic.kinds == (GOAL,) and ABOUT_PROGRESS.match(draft.name):
                return
            self.add([draft])
