"""What is written of a case, set on paper: the packet without the pages of its exhibits, and the front of it as a PDF for
archives."""

import sys
from datetime import date
from typing import Any

from domain.packet_facts import PacketFacts
from mail.packet import Exhibit, typeset
from scheduling.child_process import Limits
from scheduling.packet.answer import Made, answer

# What is read here is ours; it is apart for the memory that it takes. The library sets with several threads.
LIMITS = Limits(whole_seconds=300, processor_seconds=280, memory_bytes=6 << 30)


def paper(said: dict[str, Any]) -> tuple[dict[str, Any], Made]:
    """Of `facts` and `exhibits`: `{pages, sheets, parts, report_bytes}`, as `mail.packet.Typeset` says of the packet; and two
    PDFs, one behind the other: the report as an archive wants it, of so many bytes, and the packet."""
    facts = PacketFacts.from_json(said["facts"])
    exhibits = [
        Exhibit(**{**one, "observed_on": date.fromisoformat(one["observed_on"]) if one.get("observed_on") else None})
        for one in said["exhibits"]
    ]
    report, packet = typeset(facts, exhibits, archive=True).pdf, typeset(facts, exhibits)
    sheets = {str(number): page for number, page in packet.sheets.items()}
    told = {"pages": packet.pages, "sheets": sheets, "parts": dict(packet.parts), "report_bytes": len(report)}
    return told, report + packet.pdf


if __name__ == "__main__":
    sys.exit(answer(LIMITS, paper))
