"""One service in full: its months, its periods, what the family claimed back, and where one record says other than another."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mail.packet.minutes import TITLE, amounts, bar, plot_words, service_name, split
from mail.packet.paper import Paper
from mail.packet.text import one_line, paragraphs, titled
from mail.plots import by_month


def service(paper: Paper, one: Mapping[str, Any]) -> dict[str, Any]:
    w = paper.words["delivery"]
    months = one["by_month"]
    is_counted = one["owed"] is not None
    notes = [w["rounded"]] if is_counted and len(months) > 1 else []
    notes += split(paper, one) if is_counted else []
    if one["outside"]:
        notes.append(w["outside"].format(minutes=paper.number(one["outside"])))
    closed = one["logged"].get("school_closed", {}).get("entries")
    if closed:
        notes.append(w["school_closed"].format(number=closed))
    if not is_counted and one["delivered"]:
        notes.append(w["given_all_the_same"].format(minutes=paper.number(one["delivered"])))
    entries = sum(each["entries"] for each in one["logged"].values())
    sources = ", ".join(w["sources"].get(name, name) for name in one["sources"])
    notes.append(w["log"].format(entries=paper.number(entries), sources=sources) if entries else w["no_log"])
    alt = w["alt"].format(service=service_name(one, TITLE), owed=one["owed"], delivered=one["delivered"], short=one["short"])
    bars = [bar(paper.month(month["from_on"]), month) for month in months]
    rows = [amounts(paper, _span_of(paper, month), month) for month in months]
    return {
        "title": titled(service_name(one, TITLE)),
        "words": paragraphs(one["text"]),
        "under": under(paper, one),
        "plot": {"svg": by_month(bars, plot_words(paper)), "alt": one_line(alt)}
        if is_counted and one["owed"] and bars
        else None,
        "reason": w["reasons"].get(one["reason"]) if one["reason"] else None,
        "amounts": {
            "head": [w["month"], w["owed"], w["delivered"], w["made_up"], w["short"], w["share"]],
            "rows": [*rows, amounts(paper, w["in_all"], one, is_sum=True)],
        }
        if is_counted
        else None,
        "notes": notes,
        "claims_title": w["claims"],
        "claims": [_claim(paper, claim) for claim in one["claims"]],
        "contradictions_title": w["contradictions"],
        "contradictions_intro": w["contradiction_intro"],
        "contradictions": [_contradiction(paper, each) for each in one["contradictions"]],
        "periods": _periods(paper, one["periods"]) if is_counted and one["periods"] else None,
    }


def under(paper: Paper, one: Mapping[str, Any]) -> str:
    """How often, by which versions, and whether it is given to the child or to those who teach it."""
    w = paper.words["delivery"]
    versions = w["versions" if len(one["versions"]) > 1 else "version"].format(versions=", ".join(map(str, one["versions"])))
    consult = [w["consult"]] if one["contact"] == "consult" else []
    return "  ·  ".join(one_line(each) for each in (one["frequency"], versions, *consult) if each)


def _span_of(paper: Paper, month: Mapping[str, Any]) -> str:
    """The month; where only a part of it counts, from when to when."""
    first, last = date.fromisoformat(month["from_on"]), date.fromisoformat(month["to_on"])
    is_whole = first.day == 1 and (last.month != date.fromordinal(last.toordinal() + 1).month)
    return paper.month(month["from_on"]) if is_whole else f"{paper.month(month['from_on'])} ({first.day}–{last.day})"


def _claim(paper: Paper, claim: Mapping[str, Any]) -> list[str]:
    w = paper.words["delivery"]
    said = w["claim"].format(minutes=paper.number(claim["minutes"]), on=paper.day(claim["claimed_on"]))
    if claim["from_on"] and claim["to_on"]:
        said += w["claim_span"].format(**{"from": paper.day(claim["from_on"]), "to": paper.day(claim["to_on"])})
    return [f"{said}.", *([one_line(claim["note"])] if claim.get("note") else [])]


def _contradiction(paper: Paper, each: Mapping[str, Any]) -> dict[str, str]:
    w = paper.words["delivery"]
    told = [
        w["log_says"].format(source=w["sources"][one["source"]], outcome=w["outcomes"][one["outcome"]], minutes=one["minutes"])
        for one in each["log"]
    ]
    if said := each["said"]:
        source = paper.words["observations"]["sources"][said["source"]]
        told.append(w["other_says"].format(source=source, on=paper.day(said["on"]), text=said["text"]))
    return {"on": paper.day(each["on"]), "text": one_line(" ".join(told))}


def _periods(paper: Paper, periods: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Period by period, so that whoever doubts the sum can count it again."""
    w = paper.words["delivery"]
    rows = [
        [
            _short_span(one),
            *(str(one[name]) for name in ("n", "d", "w")),
            f"{one['owed']:,.2f}" if one["owed"] else "0",
        ]
        for one in periods
        # A day or a week without school.
        if one["n"]
    ]
    # Side by side, since the lines are short.
    many = -(-len(rows) // 3) if len(rows) > 6 else len(rows)
    tables = [rows[at : at + many] for at in range(0, len(rows), many)] if rows else []
    return {"title": w["periods"], "head": [w["period"], "N", "D", "W", w["owed"]], "tables": tables}


def _short_span(one: Mapping[str, Any]) -> str:
    first, last = date.fromisoformat(one["from_on"]), date.fromisoformat(one["to_on"])
    return f"{first:%m/%d/%y}" if first == last else f"{first:%m/%d/%y}–{last:%m/%d/%y}"
