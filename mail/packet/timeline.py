"""What happened, day by day."""

from collections.abc import Mapping
from typing import Any

from mail.packet.paper import Paper
from mail.packet.text import one_line


def timeline(paper: Paper) -> dict[str, Any] | None:
    w, events = paper.words["timeline"], paper.facts.timeline["events"]
    if not events:
        return None
    rows = [{"on": paper.day(one["on"]), "what": _what(paper, one), "detail": _detail(paper, one)} for one in events]
    notes = [w["shortened"].format(number=paper.number(len(events)))] if paper.facts.timeline["is_shortened"] else []
    return {"head": [w["on"], w["what"], w["detail"]], "rows": rows, "notes": notes}


def _what(paper: Paper, one: Mapping[str, Any]) -> str:
    w, kind, what = paper.words["timeline"], one["kind"], str(one["what"])
    named = {"concern_step": paper.words["steps"], "proceeding_step": paper.words["proceedings"]["steps"]}.get(kind, w["whats"])
    told = named.get(what, what.replace("_", " "))
    return f"{w['kinds'].get(kind, kind)}: {told}"


def _detail(paper: Paper, one: Mapping[str, Any]) -> str:
    if one["kind"] == "iep_version":
        return str(paper.words["timeline"]["version"].format(number=one["detail"]))
    if one["kind"] == "proceeding":
        return str(paper.words["proceedings"]["kinds"].get(one["detail"], one["detail"]))
    return one_line(one["detail"] or "")
