"""All that is on the paper of a packet, part by part, as `packet.typ` reads it."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from mail.packet.changes import changes
from mail.packet.communications import communications
from mail.packet.complaint import complaint
from mail.packet.cover import cover
from mail.packet.delivery import delivery
from mail.packet.exhibits import exhibits, sheets
from mail.packet.hashes import hashes
from mail.packet.observations import observations
from mail.packet.paper import Paper
from mail.packet.proceedings import proceedings
from mail.packet.statements import statements
from mail.packet.summary import summary
from mail.packet.text import one_line, titled
from mail.packet.timeline import timeline
from mail.packet.wording import wording

# Of a part in JSON: it takes less than half a page.
_LITTLE = 1500
_PARTS: Mapping[str, Callable[[Paper], dict[str, Any] | None]] = {
    "complaint": complaint,
    "summary": summary,
    "delivery": delivery,
    "timeline": timeline,
    "proceedings": proceedings,
    "wording": wording,
    "changes": changes,
    "communications": communications,
    "observations": observations,
    "statements": statements,
    "exhibits": exhibits,
    "hashes": hashes,
}


def whole(paper: Paper, *, with_sheets: bool) -> dict[str, Any]:
    """The input of `packet.typ`, in plain JSON values; `order` names the parts as they stand."""
    facts, words = paper.facts, paper.words
    parts = {}
    for part in facts.parts:
        found = _PARTS[part](paper)
        parts[part] = {"nothing": None, **found} if found else {"nothing": words["nothing"]}
        # Where there is little to say it follows what stands before.
        parts[part]["is_short"] = len(orjson.dumps(found)) < _LITTLE
    return {
        "words": {name: words[name] for name in ("parts", "contents", "exhibits_title")},
        "language": facts.language,
        "title": titled(facts.title),
        "author": one_line(facts.practice["name"]),
        "reference": one_line(f"{facts.practice['name']}  ·  {words['cover']['reference']} {facts.reference}"),
        "page": words["page"],
        "general": words["general"],
        "cover": cover(paper),
        "order": facts.parts,
        "parts": parts,
        "sheets": list(sheets(paper)) if with_sheets else [],
        "after_last": paper.exhibits[-1].pages if with_sheets and paper.exhibits else 0,
        "has_sheets": with_sheets,
    }
