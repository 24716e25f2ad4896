"""Mediations, complaints and hearings with their steps and days, and the days of no proceeding."""

from collections.abc import Mapping, Sequence
from typing import Any

from mail.packet.paper import Paper
from mail.packet.text import one_line


def proceedings(paper: Paper) -> dict[str, Any] | None:
    w, facts = paper.words["proceedings"], paper.facts
    items = [_proceeding(paper, one) for one in facts.proceedings]
    if facts.deadlines:
        items.append(_dates(paper, w["deadlines"], "", [], facts.deadlines))
    if not items:
        return None
    has_talks = any(one["kind"] == "mediation" for one in facts.proceedings)
    return {"notes": [w["confidential"]] if has_talks else [], "items": items}


def _proceeding(paper: Paper, one: Mapping[str, Any]) -> dict[str, Any]:
    w = paper.words["proceedings"]
    under = []
    if one["reference"]:
        under.append(w["reference"].format(reference=one["reference"]))
    if one["filed_on"]:
        under.append(w["filed"].format(on=paper.day(one["filed_on"])))
    return _dates(paper, w["kinds"][one["kind"]], one_line("  ·  ".join(under)), one["steps"], one["deadlines"])


def _dates(paper: Paper, title: str, under: str, steps: Sequence[Any], deadlines: Sequence[Any]) -> dict[str, Any]:
    w = paper.words["proceedings"]
    shown = []
    for one in deadlines:
        day = paper.day(one["due_on"]) if one["due_on"] else w["no_day"]
        met = f" ({w['met'].format(on=paper.day(one['met_on']))})" if one["met_on"] else ""
        shown.append(
            [
                day,
                one_line(one["label"] + met),
                one_line(f"{one['sum']} ({one['citation']})" if one["citation"] else one["sum"]),
            ]
        )
    return {
        "title": title,
        "under": under,
        "steps": [[paper.day(one["on"]), w["steps"].get(one["step"], one["step"].replace("_", " "))] for one in steps],
        "steps_head": [w["on"], w["step"]],
        "deadlines": shown,
        "deadlines_head": [w["due_on"], w["deadline"], w["counted"]],
    }
