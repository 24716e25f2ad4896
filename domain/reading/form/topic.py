"""What stands below a heading: promises of a kind, or nothing that is promised."""

from dataclasses import dataclass

SERVICE, ACCOMMODATION, MODIFICATION, GOAL, SUPPORT = "service", "accommodation", "modification", "goal", "support"


@dataclass(frozen=True)
class Topic:
    """What stands below a heading: promises of one of `kinds`; without any, nothing that is promised.

    `said`: what the heading adds to the words of each promise ("extended school year"). `is_part`: a part of what
    stands above (an objective, a baseline of its goal), which the next such part ends.
    `is_past`: of another time, or a mere wish.
    """

    kinds: tuple[str, ...]
    said: str = ""
    is_part: bool = False
    is_past: bool = False


NOTHING = Topic(())
PART = Topic((), is_part=True)
PAST = Topic((), is_past=True)
