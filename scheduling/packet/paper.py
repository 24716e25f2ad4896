"""What is written of a case, set on paper: the packet without the pages of its exhibits, or the front of it as an archive's
PDF."""

import dataclasses
import sys
from datetime import date
from typing import Any

from mail.packet import Exhibit, typeset
from models.packet_facts import PacketFacts
from scheduling.child_process import Limits
from scheduling.packet.answer import Made, answer

# What is read here is ours; it is apart for the memory that it takes. The library sets with several threads.
LIMITS = Limits(whole_seconds=300, processor_seconds=280, memory_bytes=6 << 30)


def paper(said: dict[str, Any]) -> tuple[dict[str, Any], Made]:
    """Of `facts` and `exhibits`: `{pages, sheets, parts}` as `mail.packet.Typeset` says, and the PDF, to `archive` or not."""
    exhibits = [
        Exhibit(**{**one, "observed_on": date.fromisoformat(one["observed_on"]) if one.get("observed_on") else None})
        for one in said["exhibits"]
    ]
    made = typeset(PacketFacts.from_json(said["facts"]), exhibits, archive=said["archive"])
    told = dataclasses.asdict(made)
    pdf = told.pop("pdf")
    told["sheets"] = {str(number): page for number, page in made.sheets.items()}
    return told, pdf


if __name__ == "__main__":
    sys.exit(answer(LIMITS, paper))
