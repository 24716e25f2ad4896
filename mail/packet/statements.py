"""What was signed, and what was added to it later."""

from collections.abc import Mapping
from typing import Any

from mail.packet.entry import entry
from mail.packet.paper import Paper
from mail.packet.text import one_line, paragraphs


def statements(paper: Paper) -> dict[str, Any] | None:
    w, found = paper.words["statements"], paper.facts.statements
    if not found:
        return None
    items = []
    for number, one in enumerate(found, 1):
        first, *later = one["entries"]
        under = [w["asked"].format(on=paper.day(one["asked_on"]))]
        if one["about_from"] and one["about_to"]:
            under.append(w["about"].format(**{"from": paper.day(one["about_from"]), "to": paper.day(one["about_to"])}))
        items.append(
            entry(
                f"statement-{number}",
                f"{number}. {one['name']} – {w['parties'][one['party']]}",
                under=under,
                question=[w["question"], paragraphs(one["question"])],
                text=first["text"],
                below=_signed(paper, first),
                added=[
                    {
                        "title": w["added"],
                        "text": paragraphs(each["text"]),
                        "below": [one_line(line) for line in _signed(paper, each)],
                    }
                    for each in later
                ],
            )
        )
    return {"notes": [w["intro"]], "items": items}


def _signed(paper: Paper, one: Mapping[str, Any]) -> list[str]:
    w = paper.words["statements"]
    signed = w["signed"].format(name=one["signed_name"], on=paper.day(one["signed_on"]))
    told = [f"{signed}; {w['received'].format(at=paper.at(one['recorded_at']))}"]
    return told if paper.facts.is_redacted else [*told, w["hash"].format(sha256=one["sha256"])]
