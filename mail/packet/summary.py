"""What is read in ten seconds: the figures, and each concern with the steps that were taken in it."""

import re
from collections.abc import Mapping
from typing import Any

from mail.packet.minutes import TITLE, plot_of_all, split
from mail.packet.paper import Paper
from mail.packet.text import Paragraphs, one_line, paragraphs, shortened, titled


def summary(paper: Paper) -> dict[str, Any]:
    w, facts = paper.words["summary"], paper.facts
    delivery = facts.delivery
    totals, counted = delivery["totals"], [one for one in delivery.get("supports", ()) if one["owed"] is not None]
    figures: list[dict[str, Any]] = []
    notes = []
    if totals and counted:
        figures = [
            _figure(paper.number(totals["owed"]), w["promised"]),
            _figure(paper.number(totals["delivered"]), w["given"]),
            _figure(paper.number(totals["short"]), w["short"], is_main=True),
        ]
        if totals["owed"] - totals["short"] < totals["delivered"]:
            notes.append(w["more_than_promised"])
    else:
        notes.append(w["no_delivery"])
    uncounted = len(delivery.get("supports", ())) - len(counted)
    if uncounted:
        notes.append(w["not_counted"].format(number=uncounted))
    if delivery.get("ends_in_future"):
        notes.append(w["past_today"].format(today=paper.day(facts.today)))
    second = [_figure(paper.number(len(facts.concerns)), w["concerns"])]
    if "communications" in facts.parts:
        second.append(_figure(paper.number(len(facts.communications)), w["communications"]))
    if "observations" in facts.parts:
        second.append(_figure(paper.number(len(facts.observations)), w["observations"]))
    if "statements" in facts.parts:
        second.append(_figure(paper.number(sum(len(one["entries"]) for one in facts.statements)), w["statements"]))
    span = {"from": paper.day(delivery.get("from_on")), "to": paper.day(delivery.get("to_on"))}
    return {
        "figures": figures,
        "counted": " ".join([paper.count(w["counted"], len(counted), **span), *split(paper, totals)]) if figures else None,
        "plot": plot_of_all(paper, counted) if figures else None,
        "second": second,
        "notes": notes,
        "ladder_title": w["ladder"],
        "no_concerns": w["no_concerns"],
        "concerns": [_concern(paper, one) for one in facts.concerns],
    }


def _concern(paper: Paper, one: Mapping[str, Any]) -> dict[str, Any]:
    w, support = paper.words["summary"], one["support"]
    steps, states = paper.words["steps"], paper.words["states"]
    rungs = [{"name": steps["open"], "on": paper.day(one["noticed_on"]), "is_last": False}]
    rungs += [
        {"name": steps.get(step["step"], step["step"]), "on": paper.day(step["on"]), "is_last": False} for step in one["steps"]
    ]
    rungs[-1]["is_last"] = True
    told = [
        {
            "name": steps.get(step["step"], step["step"]),
            "on": paper.day(step["on"]),
            "said": [
                {"label": paper.words["told"].get(name, name), "text": _told(paper, name, text)} for name, text in step["told"]
            ],
        }
        for step in one["steps"]
        if step["told"]
    ]
    about = support["text"] if support else one["what_happened"]
    title = f"{w['concern'].format(number=one['number'])}: {shortened(about, TITLE)}"
    under = [w["kinds"][one["kind"]], w["noticed"].format(on=paper.day(one["noticed_on"]))]
    if one["since_on"] != one["noticed_on"]:
        under.append(w["earliest"].format(on=paper.day(one["since_on"])))
    under.append(w["now"].format(state=states.get(one["state"], one["state"])))
    page = w["words_page"].format(page=support["page"]) if support and support.get("page") else ""
    return {
        "title": titled(title),
        "under": "  ·  ".join(under),
        "support": paragraphs(support["text"]) if support else None,
        "support_label": w["words"].format(number=support["version"], page=page) if support else None,
        "what_label": w["what"],
        "what": paragraphs(one["what_happened"]),
        "ladder": rungs,
        "figures": _figures_of(paper, one),
        "told": told,
        "limits_label": w["limits"],
        "limits": [
            {
                "what": w["limit"].format(label=limit["label"], due_on=paper.day(limit["due_on"])),
                "how": one_line(f"{limit['sum']} ({limit['citation']})"),
            }
            for limit in one["limits"]
            if limit["due_on"]
        ],
    }


def _figures_of(paper: Paper, concern: Mapping[str, Any]) -> str | None:
    """The minutes of the service that a concern is about."""
    support_id = (concern["support"] or {}).get("support_id")
    for one in paper.facts.delivery["supports"]:
        if support_id and one["support_id"] == support_id and one["owed"] is not None:
            figures = {name: paper.number(one[name]) for name in ("owed", "delivered", "short")}
            return str(paper.words["summary"]["figures"].format(**figures))
    return None


def _told(paper: Paper, name: str, text: str) -> Paragraphs:
    is_day = name.endswith("_on") and re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    return paragraphs(paper.day(text) if is_day else text)


def _figure(number: str, label: str, *, is_main: bool = False) -> dict[str, Any]:
    return {"number": number, "label": label, "is_main": is_main}
