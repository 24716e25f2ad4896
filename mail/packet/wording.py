"""What in the wording of an IEP leaves the school a way out, marked where it stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from mail.packet.paper import Paper
from mail.packet.text import breakable, one_line
from mail.typeset import printable


def wording(paper: Paper) -> dict[str, Any] | None:
    w, found = paper.words["wording"], paper.facts.wording
    if not found:
        return None
    weak = [one for one in found["provisions"] if one["findings"] or one["open"] or not one["is_english"]]
    items = []
    for one in weak:
        score = w["score"].format(score=one["score"]) if one["is_english"] else w["other_language"]
        left_open = ", ".join(w["elements"].get(name, name) for name in one["open"])
        items.append(
            {
                "title": f"{score}",
                "pieces": _pieces(one["text"], one["findings"]),
                "findings": [{name: one_line(each[name]) for name in ("term", "why", "question")} for each in one["findings"]],
                "open": f"{w['open']}: {left_open}" if left_open else None,
                "rewrite": one_line(one["rewrite"]) if one["rewrite"] else None,
                "rewrite_label": w["rewrite"],
            }
        )
    notes = [w["intro"].format(number=found["version"])]
    if clear := len(found["provisions"]) - len(weak):
        notes.append(w["clear"].format(number=clear))
    return {"notes": notes, "items": items}


def _pieces(text: str, findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A text in pieces, those apart that were found."""
    pieces, here = [], 0
    for one in sorted(findings, key=lambda each: each["start"]):
        if one["start"] < here:
            continue
        pieces += [(text[here : one["start"]], False), (text[one["start"] : one["end"]], True)]
        here = one["end"]
    pieces.append((text[here:], False))
    return [{"text": breakable(printable(piece)), "is_found": is_found} for piece, is_found in pieces if piece]
