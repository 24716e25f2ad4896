"""What was seen and heard, in the words of whoever saw it."""

from collections.abc import Mapping
from typing import Any

from mail.packet.entry import entry
from mail.packet.paper import Paper
from mail.packet.text import one_line


def observations(paper: Paper) -> dict[str, Any] | None:
    w, found = paper.words["observations"], paper.facts.observations
    if not found:
        return None
    items = []
    for number, one in enumerate(found, 1):
        under = [w["weights"].get(one["weight"], one["weight"]), w["verbatim" if one["is_verbatim"] else "summary"]]
        under.append(w["recorded"].format(on=paper.at(one["recorded_at"])))
        under += [w["corrects"]] if one["is_correction"] else []
        below = [f"{w['support']}: {one['support']}"] if one["support"] else []
        below += [w["happening"][one["is_happening"]]] if one["is_happening"] else []
        below += [w["corrected"].format(on=paper.day(one["corrected_on"]))] if one["corrected_on"] else []
        items.append(
            entry(
                f"observation-{number}",
                f"{number}. {paper.day(one['on'])} – {who(paper, one)}",
                under=under,
                text="" if one["answers"] else one["text"],
                answers=[{name: one_line(each[name]) for name in ("question", "answer")} for each in one["answers"]],
                below=below,
                attached=paper.attached(one["attachments"]),
                attached_label=w["attachments"],
            )
        )
    return {"notes": [w["intro"].format(number=paper.number(len(found)))], "items": items}


def who(paper: Paper, one: Mapping[str, Any]) -> str:
    """`Teacher, Terry Thompson`."""
    source = str(paper.words["observations"]["sources"][one["source"]])
    return f"{source}, {one['author']}" if one["author"] else source
