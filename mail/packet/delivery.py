"""Promised against delivered: all services beside each other, each by itself, and the rule by which they are counted."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mail.packet.minutes import TITLE, amounts, plot_of_all, service_name
from mail.packet.paper import Paper
from mail.packet.service import service, under
from mail.packet.text import one_line


def delivery(paper: Paper) -> dict[str, Any] | None:
    w, found = paper.words["delivery"], paper.facts.delivery
    supports = found.get("supports", ())
    if not supports:
        return None
    span = {"from": paper.day(found["from_on"]), "to": paper.day(found["to_on"])}
    counted = [one for one in supports if one["owed"] is not None]
    # Of which there is nothing to show but that they are promised.
    without = [one for one in supports if one["owed"] is None and not (one["logged"] or one["claims"] or one["contradictions"])]
    head = [w[name] for name in ("all", "owed", "delivered", "made_up", "short", "share")]
    rows = [amounts(paper, service_name(one, 60), one) for one in counted]
    if len(counted) > 1 and found["totals"]:
        rows.append(amounts(paper, w["in_all"], found["totals"], is_sum=True))
    notes = [paper.words["summary"]["past_today"].format(today=paper.day(paper.facts.today))] if found["ends_in_future"] else []
    notes += [w["totals"]] if len(counted) > 1 else []
    return {
        "intro": w["intro"].format(**span),
        "plot": plot_of_all(paper, counted) if len(counted) > 1 else None,
        "amounts": {"head": head, "rows": rows} if rows else None,
        "notes": notes,
        "services": [service(paper, one) for one in supports if one not in without],
        "without_title": w["without"],
        "without": [one_line(f"{one['text']} ({under(paper, one)})") for one in without],
        "rule_title": paper.words["rule"],
        "rules": _rules(paper, supports),
    }


def _rules(paper: Paper, supports: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Each rule once, with the services that are counted by it."""
    found: dict[str, list[str]] = {}
    for one in supports:
        if one["owed"] is not None:
            found.setdefault(re.sub(r"^Promised: [^.]*\.\s*", "", one["rule"]), []).append(service_name(one, TITLE))
    ours = paper.words["delivery"]["rule_in_words"]
    return [{"names": one_line("; ".join(names)), "text": one_line(ours or rule)} for rule, names in found.items()]
