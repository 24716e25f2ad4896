"""What changed from one version of an IEP to the next."""

from collections.abc import Mapping
from typing import Any

from mail.packet.paper import Paper
from mail.packet.text import one_line


def changes(paper: Paper) -> dict[str, Any]:
    w = paper.words["changes"]
    items = []
    for one in paper.facts.changes:
        told = [each for each in one["items"] if each["change"] not in ("unchanged", "reworded")]
        same = len(one["items"]) - len(told)
        items.append(
            {
                "title": w["between"].format(before=one["before"], after=one["after"]),
                "under": w["dates"].format(before=paper.day(one["before_from"]), after=paper.day(one["after_from"])),
                "head": ["", w["before"], w["after"]],
                "rows": [_change(paper, each) for each in told],
                "notes": [w["same"].format(number=same)] if same else [],
            }
        )
    return {"items": items, "notes": [] if items else [w["none"]]}


def _change(paper: Paper, each: Mapping[str, Any]) -> dict[str, str]:
    w = paper.words["changes"]
    reason = each["reason"]
    told = reason.startswith(f"{each['week_before']} minutes")
    if each["week_before"] and each["week_after"] and each["week_before"] != each["week_after"] and not told:
        minutes = w["minutes"].format(before=each["week_before"], after=each["week_after"])
        reason = f"{minutes}. {reason}"
    return {
        "kind": w["kinds"][each["change"]],
        "before": one_line(each["before"] or w["nothing"]),
        "after": one_line(each["after"] or w["nothing"]),
        "reason": one_line(reason),
    }
