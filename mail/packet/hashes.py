"""By which hash each file and each frozen text is known again."""

from typing import Any

from mail.packet.paper import Paper, Words
from mail.packet.text import one_line


def hashes(paper: Paper) -> dict[str, Any] | None:
    w, facts = paper.words["hashes"], paper.facts
    told = [(f"{paper.words['exhibit'].format(number=one.number)}: {one.title}", one.sha256) for one in paper.exhibits]
    rows = [one for one in told if one[1]] + ([] if facts.is_redacted else _originals(paper, w))
    if not rows:
        return None
    return {
        "notes": [w["redacted" if facts.is_redacted else "intro"]],
        "head": [w["what"], w["hash"]],
        "rows": [{"what": one_line(what), "hash": in_halves(sha256)} for what, sha256 in rows],
    }


def _originals(paper: Paper, w: Words) -> list[tuple[str, str]]:
    """Hashes of what somebody wrote. In a redacted edition they would be a key to it: whoever guesses a name could try
    until the hash is right."""
    facts, rows = paper.facts, []
    if facts.iep and facts.iep["sha256"]:
        rows.append((w["iep"].format(number=facts.iep["number"]), facts.iep["sha256"]))
    if "communications" in facts.parts:
        rows += [(w["mail"].format(number=one["number"]), one["mail"]["sha256"]) for one in facts.communications if one["mail"]]
    if "statements" in facts.parts:
        for one in facts.statements:
            rows += [
                (w["statement"].format(name=one["name"], number=each["number"]), each["sha256"]) for each in one["entries"]
            ]
    return rows


def in_halves(sha256: str) -> str:
    """In two halves, one under the other."""
    return f"{sha256[:32]} {sha256[32:]}"
