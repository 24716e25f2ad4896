"""A packet on paper: PDF by Typst, plots by matplotlib. What people wrote goes in as data, never as markup.

The paper ends with one sheet for each exhibit; whoever builds the packet puts an exhibit's own pages behind its sheet. They
are counted here already: the page numbers that are printed, and those of the contents, are those of the finished packet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.packet_facts import PacketFacts
from mail.packet.paper import Exhibit, Paper, words_of
from mail.packet.pdf import compiled, places
from mail.packet.whole import whole

__all__ = ["ARCHIVE", "TAGGED", "Exhibit", "Typeset", "typeset", "words_of"]

# What the paper is held to, the most first: PDF/UA-1 is read aloud well, PDF/A is read in thirty years. Tagged it always is;
# words in a script whose letters melt into one another (Hindi, Thai) meet neither UA nor A-2a, as the library sets them.
TAGGED: tuple[tuple[str, ...], ...] = (("ua-1",), ())
ARCHIVE: tuple[tuple[str, ...], ...] = (("a-2a", "ua-1"), ("a-2b",), ())


@dataclass(frozen=True)
class Typeset:
    """The paper: `pages` are its own; `sheets` says on which of them (from 0) the sheet of each exhibit stands, `parts` which
    number is printed where each part begins; `standards` are those that it meets."""

    pdf: bytes
    pages: int
    sheets: Mapping[int, int]
    parts: Mapping[str, int]
    standards: tuple[str, ...]


def typeset(facts: PacketFacts, exhibits: Sequence[Exhibit], *, archive: bool = False) -> Typeset:
    """The packet of these facts, with a sheet for each exhibit; to `archive`, without sheets, and as PDF/A."""
    said = whole(Paper(facts, exhibits), with_sheets=not archive)
    timestamp = int(datetime.fromisoformat(facts.as_of).timestamp())
    for standards in ARCHIVE if archive else TAGGED:
        pdf, said = compiled(said, timestamp, standards)
        if pdf is not None:
            break
    assert pdf is not None, "the last of them asks for nothing"
    pages, stands = places(pdf)
    return Typeset(
        pdf,
        pages,
        {one.number: stands[f"exhibit-{one.number}"] for one in exhibits} if not archive else {},
        # Nothing is put in before the first sheet: what is printed there is where it stands.
        {part: stands[f"part-{part}"] + 1 for part in said["order"]},
        standards,
    )
