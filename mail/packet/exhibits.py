"""The list of the exhibits, and the sheet in front of each."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mail.packet.communications import how
from mail.packet.hashes import in_halves
from mail.packet.observations import who
from mail.packet.paper import Exhibit, Paper
from mail.packet.text import one_line, paragraphs, titled


def exhibits(paper: Paper) -> dict[str, Any]:
    w, came = paper.words["exhibits"], _came(paper)
    rows = []
    for one in paper.exhibits:
        source, on = _of(one, came)
        about = {"source": one_line(source or ""), "on": paper.day(on), "pages": str(one.pages) if one.pages else "–"}
        rows.append({"number": one.number, "title": one_line(one.title), **about})
    head = [w[name] for name in ("number", "title", "source", "on", "page", "pages")]
    return {"notes": [w["intro"] if rows else w["none"]], "head": head, "rows": rows}


def sheets(paper: Paper) -> Iterable[dict[str, Any]]:
    """The sheet of each exhibit, with how many pages were put behind the one before."""
    w, came, before = paper.words["exhibits"], _came(paper), 0
    for one in paper.exhibits:
        source, on = _of(one, came)
        rows = [
            (w["source"], source),
            (w["on"], paper.day(on)),
            (w["type"], one.file_type.upper()),
            (w["size"], _size(paper, one.size_bytes) if one.size_bytes else None),
            (w["note"], one.note),
        ]
        # The ZIP of a redacted edition holds no file that could not be shown.
        follows = "" if paper.facts.is_redacted else w["file_only"]
        if one.text is not None:
            follows = w["text_follows"]
        elif one.pages:
            follows = paper.count(w["pages_follow"], one.pages)
        yield {
            "number": one.number,
            "is_first": one is paper.exhibits[0],
            "name": paper.words["exhibit"].format(number=one.number),
            "title": titled(one.title),
            "pages_before": before,
            "rows": [[label, one_line(str(value))] for label, value in rows if value],
            "hash_label": w["hash"],
            "hash": in_halves(one.sha256) if one.sha256 else None,
            "follows": follows,
            "text": paragraphs(one.text) if one.text else [],
        }
        before = one.pages


def _came(paper: Paper) -> dict[str, tuple[str, str]]:
    """Of each document, by its id: who showed it or how it came, and on which day; what somebody observed by it comes first."""
    told = {
        str(document["document_id"]): (how(paper, one), paper.local_day(one["at"]))
        for one in reversed(paper.facts.communications)
        for document in one["attachments"]
    }
    seen = {
        str(document["document_id"]): (who(paper, one), str(one["on"]))
        for one in reversed(paper.facts.observations)
        for document in one["attachments"]
    }
    return told | seen


def _of(one: Exhibit, came: Mapping[str, tuple[str, str]]) -> tuple[str | None, str | date | None]:
    source, on = came.get(one.document_id or "", (None, None))
    return one.source or source, one.observed_on or on


def _size(paper: Paper, size: int) -> str:
    for unit, factor in (("M", 1_000_000), ("K", 1000)):
        if size >= factor:
            return str(paper.words["bytes"][unit]).format(n=f"{size / factor:.1f}")
    return str(paper.words["bytes"]["B"]).format(n=size)
