"""The list of the exhibits, and the sheet in front of each."""

from collections.abc import Iterable
from typing import Any

from mail.packet.hashes import in_halves
from mail.packet.paper import Paper
from mail.packet.text import one_line, paragraphs, titled


def exhibits(paper: Paper) -> dict[str, Any]:
    w = paper.words["exhibits"]
    rows = [
        {
            "number": one.number,
            "title": one_line(one.title),
            "source": one_line(one.source or ""),
            "on": paper.day(one.observed_on),
            "pages": str(one.pages) if one.pages else "–",
        }
        for one in paper.exhibits
    ]
    head = [w[name] for name in ("number", "title", "source", "on", "page", "pages")]
    return {"notes": [w["intro"] if rows else w["none"]], "head": head, "rows": rows}


def sheets(paper: Paper) -> Iterable[dict[str, Any]]:
    """The sheet of each exhibit, with how many pages were put behind the one before."""
    w, before = paper.words["exhibits"], 0
    for one in paper.exhibits:
        rows = [
            (w["source"], one.source),
            (w["on"], paper.day(one.observed_on)),
            (w["type"], one.file_type.upper()),
            (w["size"], _size(paper, one.size_bytes) if one.size_bytes else None),
            (w["note"], one.note),
        ]
        follows = w["file_only"]
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


def _size(paper: Paper, size: int) -> str:
    for unit, factor in (("M", 1_000_000), ("K", 1000)):
        if size >= factor:
            return str(paper.words["bytes"][unit]).format(n=f"{size / factor:.1f}")
    return str(paper.words["bytes"]["B"]).format(n=size)
