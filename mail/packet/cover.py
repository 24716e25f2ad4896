"""The cover of a packet: whose it is, whom it is about, what it is for and as of when."""

from typing import Any

from mail.packet.paper import Paper, Words
from mail.packet.text import one_line


def cover(paper: Paper) -> dict[str, Any]:
    w, facts, child = paper.words["cover"], paper.facts, paper.facts.child
    practice = facts.practice
    rows = [
        (w["about"], child["name"]),
        (w["born"], paper.day(child.get("birth_date"))),
        (w["grade"], child.get("grade")),
        (w["school"], child.get("school")),
        (w["district"], ", ".join(filter(None, (child.get("district"), child.get("state"))))),
        (w["iep"], _iep(paper, w)),
        (w["for"], ", ".join(one["name"] for one in facts.family)),
        (w["by"], ", ".join(filter(None, (facts.prepared_by["name"], facts.prepared_by.get("email"))))),
        (w["period"], paper.span(w, facts.from_on, facts.to_on)),
        (w["as_of"], paper.at(facts.as_of)),
        (w["exhibits"], _how_many(paper, w)),
        (w["reference"], facts.reference),
    ]
    lines = (practice.get("address"), practice.get("phone"), practice.get("website"))
    return {
        "practice": one_line(practice["name"]),
        "practice_lines": [one_line(one) for one in lines if one],
        "purpose": paper.words["purposes"][facts.purpose],
        "redacted": [w["redacted"], w["redacted_why"]] if facts.is_redacted else None,
        "rows": [[label, one_line(str(value))] for label, value in rows if value],
        "record": w["record"],
        "language": w["language"],
    }


def _iep(paper: Paper, w: Words) -> str:
    iep = paper.facts.iep
    if not iep:
        return ""
    dates = {"from": paper.day(iep["effective_from"]), "to": paper.day(iep["effective_to"])}
    return str(w["iep_value_to" if iep["effective_to"] else "iep_value"]).format(number=iep["number"], **dates)


def _how_many(paper: Paper, w: Words) -> str:
    pages = sum(one.pages for one in paper.exhibits)
    told = [paper.count(w["exhibit_count"], len(paper.exhibits)), *([paper.count(w["page_count"], pages)] if pages else [])]
    return ", ".join(told)
