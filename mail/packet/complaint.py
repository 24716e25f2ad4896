"""What a complaint has to say: each part that the law asks for, with what is said of it, and what is missing."""

from typing import Any

from mail.packet.paper import Paper
from mail.packet.text import paragraphs


def complaint(paper: Paper) -> dict[str, Any] | None:
    w, lines = paper.words["complaint"], paper.facts.complaint
    if not lines:
        return None
    labels = w["labels"]
    missing = [one for one in lines if one["is_missing"]]
    is_state = paper.facts.purpose == "state_complaint"
    earliest = min((one["since_on"] for one in paper.facts.concerns), default=None)
    notes = [w["year"], w["copy"]] if is_state else [w["other_party"]]
    if is_state and earliest:
        notes.insert(1, w["earliest"].format(on=paper.day(earliest)))
    shown = []
    for one in lines:
        answer = one["answer"]
        told = None if one["is_missing"] else paragraphs(w["yes" if answer else "no"] if isinstance(answer, bool) else answer)
        shown.append(
            {
                "label": labels.get(one["name"], one["label"]),
                "citation": one["citation"],
                "answer": told,
                "not_said": w["not_said"],
                "source": w["sources"].get(one["source"]),
            }
        )
    return {
        "intro": w["intro"].get(paper.facts.purpose, ""),
        "verdict": w["missing"].format(number=len(missing)) if missing else w["complete"],
        "missing": [f"{labels.get(one['name'], one['label'])} ({one['citation']})" for one in missing],
        "lines": shown,
        "notes": notes,
        "signature": {"fields": [w["signature"], w["signed_name"], w["signed_on"]], "by_hand": w["by_hand"]}
        if is_state
        else None,
    }
