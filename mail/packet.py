"""A packet on paper: PDF by Typst, plots by matplotlib. What people wrote goes in as data, never as markup.

The paper ends with one sheet for each exhibit; whoever builds the packet puts an exhibit's own pages behind its sheet. They
are counted here already: the page numbers that are printed, and those of the contents, are those of the finished packet.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pikepdf
import typst

from domain.letters import date_in_words
from domain.packet_facts import PacketFacts
from mail.plots import Bar, by_month, by_service
from mail.typeset import fonts, lacking_in, printable

_PAPERS = Path(__file__).parent / "papers"
# What the paper is held to, the most first: PDF/UA-1 is read aloud well, PDF/A is read in thirty years. Tagged it always is;
# words in a script whose letters melt into one another (Hindi, Thai) meet neither UA nor A-2a, as the library sets them.
TAGGED: tuple[tuple[str, ...], ...] = (("ua-1",), ())
ARCHIVE: tuple[tuple[str, ...], ...] = (("a-2a", "ua-1"), ("a-2b",), ())
_WIDE = re.compile(r"\S{30}(?=\S)")
_LINES = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")
# In a bar's label, and in the title of a service.
_SHORT, _TITLE = 58, 90
# Of a part in JSON: it takes less than half a page.
_LITTLE = 1500

Words = Mapping[str, Any]
Paragraphs = list[list[str]]


@dataclass(frozen=True)
class Exhibit:
    """An exhibit of a packet. `pages` of its own are put behind its sheet later; `text` is set by the paper itself, and then
    there are none. `sha256` (hexadecimal) and `size_bytes` are those of the file as it came."""

    number: int
    title: str
    source: str | None
    observed_on: date | None
    file_type: str
    pages: int
    sha256: str
    size_bytes: int
    note: str | None = None
    text: str | None = None
    document_id: str | None = None


@dataclass(frozen=True)
class Typeset:
    """The paper: `pages` are its own; `sheets` says on which of them (from 0) the sheet of each exhibit stands, `parts` which
    number is printed where each part begins; `standards` are those that it meets."""

    pdf: bytes
    pages: int
    sheets: Mapping[int, int]
    parts: Mapping[str, int]
    standards: tuple[str, ...]


def typeset(facts: PacketFacts, exhibits: Sequence[Exhibit], *, archive: bool = False) -> Typeset:
    """The packet of these facts, with a sheet for each exhibit; to `archive`, without sheets, and as PDF/A."""
    said = _Paper(facts, exhibits).said(with_sheets=not archive)
    source = (_PAPERS / "packet.typ").read_bytes()
    timestamp = int(datetime.fromisoformat(facts.as_of).timestamp())
    for standards in ARCHIVE if archive else TAGGED:
        pdf, said = _set(source, said, timestamp, standards)
        if pdf is not None:
            break
    assert pdf is not None, "the last of them asks for nothing"
    pages, places = _places(pdf)
    return Typeset(
        pdf,
        pages,
        {one.number: places[f"exhibit-{one.number}"] for one in exhibits} if not archive else {},
        # Nothing is put in before the first sheet: what is printed there is where it stands.
        {part: places[f"part-{part}"] + 1 for part in said["order"]},
        standards,
    )


def _places(pdf: bytes) -> tuple[int, dict[str, int]]:
    """How many pages there are, and on which (from 0) each name stands that a link can lead to."""
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        index: dict[Any, int] = {page.objgen: number for number, page in enumerate(paper.pages)}
        names = pikepdf.NameTree(paper.Root.Names.Dests) if "/Names" in paper.Root else {}
        return len(index), {str(name): index[place[0].objgen] for name, place in names.items()}


def _set(source: bytes, said: Any, timestamp: int, standards: Sequence[Any]) -> tuple[bytes | None, Any]:
    """The PDF, if it meets these standards, and what is said in it: characters that no font has are named by their number, so
    that nothing is lost and nothing is a box."""
    for _ in range(2):
        try:
            made = _compiler(source, said).compile(format="pdf", timestamp=timestamp, pdf_standards=list(standards))
            assert isinstance(made, bytes), "one document"
            return made, said
        except typst.TypstError as refused:
            lacking = lacking_in(refused)
            if not standards:
                raise
            if not lacking:
                break
            said = _without(said, lacking)
    return None, said


def _compiler(source: bytes, said: Mapping[str, Any]) -> typst.Compiler:
    # It may read nothing but the folder of the papers, in which there is nothing to read.
    return typst.Compiler(source, root=str(_PAPERS), font_paths=fonts(), sys_inputs={"packet": orjson.dumps(said).decode()})


def _without(said: Any, lacking: Iterable[str]) -> Any:
    """The same, where each of these characters (composed ones as one) is named by its number."""
    names = {one: "".join(f"[U+{ord(part):04X}]" for part in one) for one in sorted(lacking, key=len, reverse=True)}
    if not names:
        return said
    pattern = re.compile("|".join(map(re.escape, names)))

    def named(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda found: names[found[0]], value)
        if isinstance(value, Mapping):
            return {name: named(one) for name, one in value.items()}
        return [named(one) for one in value] if isinstance(value, list) else value

    return named(said)


@cache
def words_of(language: str) -> Words:
    """All that is ours to say in a packet."""
    found: Words = orjson.loads((_PAPERS / language / "packet.json").read_bytes())
    return found


class _Paper:
    """The paper of these facts, in plain values: every text of it is in the reader's language, or as somebody wrote it."""

    def __init__(self, facts: PacketFacts, exhibits: Sequence[Exhibit]) -> None:
        self.facts, self.exhibits = facts, exhibits
        self.w = words_of(facts.language)
        self.zone = ZoneInfo(facts.timezone)
        self.exhibit_of = {one.document_id: one.number for one in exhibits if one.document_id}

    def said(self, *, with_sheets: bool) -> dict[str, Any]:
        order = [part for part in self.facts.parts if hasattr(self, f"_{part}")]
        parts = {}
        for part in order:
            found = getattr(self, f"_{part}")()
            parts[part] = {"nothing": None, **found} if found else {"nothing": self.w["nothing"]}
            # Where there is little to say it follows what stands before.
            parts[part]["is_short"] = len(orjson.dumps(found)) < _LITTLE
        facts = self.facts
        return {
            "words": {name: self.w[name] for name in ("parts", "contents", "exhibits_title")},
            "language": facts.language,
            "title": _titled(facts.title),
            "author": _line(facts.practice["name"]),
            "reference": _line(f"{facts.practice['name']}  ·  {self.w['cover']['reference']} {facts.reference}"),
            "page": self.w["page"],
            "general": self.w["general"],
            "cover": self._cover(),
            "order": order,
            "parts": parts,
            "sheets": list(self._sheets()) if with_sheets else [],
            "after_last": self.exhibits[-1].pages if with_sheets and self.exhibits else 0,
            "has_sheets": with_sheets,
        }

    # Small things.

    def day(self, on: str | date | None) -> str:
        if on is None:
            return ""
        return date_in_words(on if isinstance(on, date) else date.fromisoformat(on), self.facts.language)

    def at(self, instant: str) -> str:
        """The day and the wall time, where the practice is."""
        local = datetime.fromisoformat(instant).astimezone(self.zone)
        clock = f"{local:%H:%M}" if self.facts.language == "es" else f"{local:%I:%M %p}".lstrip("0")
        return f"{self.day(local.date())}, {clock}"

    def month(self, on: str) -> str:
        """`Oct 2026`, of a month that begins or is cut on that day."""
        day = date.fromisoformat(on)
        return f"{self.day(day).split(' ')[2 if self.facts.language == 'es' else 0][:3].capitalize()} {day.year}"

    def number(self, value: int | float | None) -> str:
        return "–" if value is None else f"{value:,}"

    def count(self, words: Words, number: int, **said: str) -> str:
        """`1 page`, `4 pages`, `none`."""
        name = "one" if number == 1 else "many" if number or "none" not in words else "none"
        return str(words[name]).format(number=self.number(number), **said)

    def span(self, words: Words, from_on: str | None, to_on: str | None) -> str:
        name = "from_to" if from_on and to_on else "from" if from_on else "to" if to_on else "all"
        return str(words[name]).format(**{"from": self.day(from_on), "to": self.day(to_on)})

    def attached(self, documents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Names of files; those that are exhibits lead there."""
        found = []
        for one in documents:
            number = self.exhibit_of.get(str(one["document_id"]))
            known = f"{self.w['exhibit'].format(number=number)}: " if number else ""
            found.append({"exhibit": number, "text": _line(known + str(one["name"]))})
        return found

    # The parts, each as the paper draws it; None: nothing is on record.

    def _cover(self) -> dict[str, Any]:
        w, facts, child = self.w["cover"], self.facts, self.facts.child
        practice = facts.practice
        rows = [
            (w["about"], child["name"]),
            (w["born"], self.day(child.get("birth_date"))),
            (w["grade"], child.get("grade")),
            (w["school"], child.get("school")),
            (w["district"], ", ".join(filter(None, (child.get("district"), child.get("state"))))),
            (w["iep"], self._iep(w)),
            (w["for"], ", ".join(one["name"] for one in facts.family)),
            (w["by"], ", ".join(filter(None, (facts.prepared_by["name"], facts.prepared_by.get("email"))))),
            (w["period"], self.span(w, facts.from_on, facts.to_on)),
            (w["as_of"], self.at(facts.as_of)),
            (w["exhibits"], self._how_many(w)),
            (w["reference"], facts.reference),
        ]
        lines = (practice.get("address"), practice.get("phone"), practice.get("website"))
        return {
            "practice": _line(practice["name"]),
            "practice_lines": [_line(one) for one in lines if one],
            "purpose": self.w["purposes"][facts.purpose],
            "redacted": [w["redacted"], w["redacted_why"]] if facts.is_redacted else None,
            "rows": [[label, _line(str(value))] for label, value in rows if value],
            "record": w["record"],
            "language": w["language"],
        }

    def _iep(self, w: Words) -> str:
        iep = self.facts.iep
        if not iep:
            return ""
        dates = {"from": self.day(iep["effective_from"]), "to": self.day(iep["effective_to"])}
        return str(w["iep_value_to" if iep["effective_to"] else "iep_value"]).format(number=iep["number"], **dates)

    def _how_many(self, w: Words) -> str:
        pages = sum(one.pages for one in self.exhibits)
        told = [self.count(w["exhibit_count"], len(self.exhibits)), *([self.count(w["page_count"], pages)] if pages else [])]
        return ", ".join(told)

    def _complaint(self) -> dict[str, Any] | None:
        w, lines = self.w["complaint"], self.facts.complaint
        if not lines:
            return None
        labels = w["labels"]
        missing = [one for one in lines if one["is_missing"]]
        is_state = self.facts.purpose == "state_complaint"
        earliest = min((one["since_on"] for one in self.facts.concerns), default=None)
        notes = [w["year"], w["copy"]] if is_state else [w["other_party"]]
        if is_state and earliest:
            notes.insert(1, w["earliest"].format(on=self.day(earliest)))
        shown = []
        for one in lines:
            answer = one["answer"]
            told = (
                None if one["is_missing"] else _paragraphs(w["yes" if answer else "no"] if isinstance(answer, bool) else answer)
            )
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
            "intro": w["intro"].get(self.facts.purpose, ""),
            "verdict": w["missing"].format(number=len(missing)) if missing else w["complete"],
            "missing": [f"{labels.get(one['name'], one['label'])} ({one['citation']})" for one in missing],
            "lines": shown,
            "notes": notes,
            "signature": {"fields": [w["signature"], w["signed_name"], w["signed_on"]], "by_hand": w["by_hand"]}
            if is_state
            else None,
        }

    def _summary(self) -> dict[str, Any]:
        w, facts = self.w["summary"], self.facts
        delivery = facts.delivery
        totals, counted = delivery["totals"], [one for one in delivery.get("supports", ()) if one["owed"] is not None]
        figures: list[dict[str, Any]] = []
        notes = []
        if totals and counted:
            figures = [
                _figure(self.number(totals["owed"]), w["promised"]),
                _figure(self.number(totals["delivered"]), w["given"]),
                _figure(self.number(totals["short"]), w["short"], is_main=True),
            ]
            if totals["owed"] - totals["short"] < totals["delivered"]:
                notes.append(w["more_than_promised"])
        else:
            notes.append(w["no_delivery"])
        uncounted = len(delivery.get("supports", ())) - len(counted)
        if uncounted:
            notes.append(w["not_counted"].format(number=uncounted))
        if delivery.get("ends_in_future"):
            notes.append(w["past_today"].format(today=self.day(facts.today)))
        second = [_figure(self.number(len(facts.concerns)), w["concerns"])]
        if "communications" in facts.parts:
            second.append(_figure(self.number(len(facts.communications)), w["communications"]))
        if "observations" in facts.parts:
            second.append(_figure(self.number(len(facts.observations)), w["observations"]))
        if "statements" in facts.parts:
            second.append(_figure(self.number(sum(len(one["entries"]) for one in facts.statements)), w["statements"]))
        span = {"from": self.day(delivery.get("from_on")), "to": self.day(delivery.get("to_on"))}
        return {
            "figures": figures,
            "counted": " ".join([self.count(w["counted"], len(counted), **span), *self._split(totals)]) if figures else None,
            "plot": self._plot_of_all(counted) if figures else None,
            "second": second,
            "notes": notes,
            "ladder_title": w["ladder"],
            "no_concerns": w["no_concerns"],
            "concerns": [self._concern(one) for one in facts.concerns],
        }

    def _concern(self, one: Mapping[str, Any]) -> dict[str, Any]:
        w, support = self.w["summary"], one["support"]
        steps, states = self.w["steps"], self.w["states"]
        rungs = [{"name": steps["open"], "on": self.day(one["noticed_on"]), "is_last": False}]
        rungs += [
            {"name": steps.get(step["step"], step["step"]), "on": self.day(step["on"]), "is_last": False}
            for step in one["steps"]
        ]
        rungs[-1]["is_last"] = True
        told = [
            {
                "name": steps.get(step["step"], step["step"]),
                "on": self.day(step["on"]),
                "said": [
                    {"label": self.w["told"].get(name, name), "text": self._told(name, text)} for name, text in step["told"]
                ],
            }
            for step in one["steps"]
            if step["told"]
        ]
        about = support["text"] if support else one["what_happened"]
        title = f"{w['concern'].format(number=one['number'])}: {_shortened(about, _TITLE)}"
        under = [w["kinds"][one["kind"]], w["noticed"].format(on=self.day(one["noticed_on"]))]
        if one["since_on"] != one["noticed_on"]:
            under.append(w["earliest"].format(on=self.day(one["since_on"])))
        under.append(w["now"].format(state=states.get(one["state"], one["state"])))
        page = w["words_page"].format(page=support["page"]) if support and support.get("page") else ""
        return {
            "title": _titled(title),
            "under": "  ·  ".join(under),
            "support": _paragraphs(support["text"]) if support else None,
            "support_label": w["words"].format(number=support["version"], page=page) if support else None,
            "what_label": w["what"],
            "what": _paragraphs(one["what_happened"]),
            "ladder": rungs,
            "figures": self._figures_of(one),
            "told": told,
            "limits_label": w["limits"],
            "limits": [
                {
                    "what": w["limit"].format(label=limit["label"], due_on=self.day(limit["due_on"])),
                    "how": _line(f"{limit['sum']} ({limit['citation']})"),
                }
                for limit in one["limits"]
                if limit["due_on"]
            ],
        }

    def _figures_of(self, concern: Mapping[str, Any]) -> str | None:
        """The minutes of the service that a concern is about."""
        support_id = (concern["support"] or {}).get("support_id")
        for one in self.facts.delivery["supports"]:
            if support_id and one["support_id"] == support_id and one["owed"] is not None:
                figures = {name: self.number(one[name]) for name in ("owed", "delivered", "short")}
                return str(self.w["summary"]["figures"].format(**figures))
        return None

    def _told(self, name: str, text: str) -> Paragraphs:
        is_day = name.endswith("_on") and re.fullmatch(r"\d{4}-\d\d-\d\d", text)
        return _paragraphs(self.day(text) if is_day else text)

    def _plot_words(self) -> dict[str, str]:
        w = self.w["delivery"]
        return {name: w[name] for name in ("owed", "delivered", "made_up", "short_bar", "minutes")}

    def _plot_of_all(self, counted: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
        shown = [one for one in counted if one["owed"]]
        if not shown:
            return None
        listed = "; ".join(f"{_service_name(one, _TITLE)}: {one['delivered']} / {one['owed']}" for one in shown)
        alt = self.w["delivery"]["alt_all"].format(list=listed)
        return {
            "svg": by_service([_bar(_service_name(one, _SHORT), one) for one in shown], self._plot_words()),
            "alt": _line(alt),
        }

    def _delivery(self) -> dict[str, Any] | None:
        w, delivery = self.w["delivery"], self.facts.delivery
        supports = delivery.get("supports", ())
        if not supports:
            return None
        span = {"from": self.day(delivery["from_on"]), "to": self.day(delivery["to_on"])}
        counted = [one for one in supports if one["owed"] is not None]
        # Of which there is nothing to show but that they are promised.
        without = [
            one for one in supports if one["owed"] is None and not (one["logged"] or one["claims"] or one["contradictions"])
        ]
        head = [w[name] for name in ("all", "owed", "delivered", "made_up", "short", "share")]
        rows = [self._amounts(_service_name(one, 60), one) for one in counted]
        if len(counted) > 1 and delivery["totals"]:
            rows.append(self._amounts(w["in_all"], delivery["totals"], is_sum=True))
        notes = [self.w["summary"]["past_today"].format(today=self.day(self.facts.today))] if delivery["ends_in_future"] else []
        notes += [w["totals"]] if len(counted) > 1 else []
        return {
            "intro": w["intro"].format(**span),
            "plot": self._plot_of_all(counted) if len(counted) > 1 else None,
            "amounts": {"head": head, "rows": rows} if rows else None,
            "notes": notes,
            "services": [self._service(one) for one in supports if one not in without],
            "without_title": w["without"],
            "without": [_line(f"{one['text']} ({self._under(one)})") for one in without],
            "rule_title": self.w["rule"],
            "rules": self._rules(supports),
        }

    def _rules(self, supports: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
        """Each rule once, with the services that are counted by it."""
        found: dict[str, list[str]] = {}
        for one in supports:
            if one["owed"] is not None:
                found.setdefault(re.sub(r"^Promised: [^.]*\.\s*", "", one["rule"]), []).append(_service_name(one, _TITLE))
        ours = self.w["delivery"]["rule_in_words"]
        return [{"names": _line("; ".join(names)), "text": _line(ours or rule)} for rule, names in found.items()]

    def _amounts(self, name: str, one: Mapping[str, Any], *, is_sum: bool = False) -> dict[str, Any]:
        figures = [self.number(one[figure]) for figure in ("owed", "delivered", "made_up", "short")]
        return {"cells": [_line(name), *figures, _share(one)], "is_sum": is_sum}

    def _service(self, one: Mapping[str, Any]) -> dict[str, Any]:
        w = self.w["delivery"]
        months = one["by_month"]
        is_counted = one["owed"] is not None
        notes = [w["rounded"]] if is_counted and len(months) > 1 else []
        notes += self._split(one) if is_counted else []
        if one["outside"]:
            notes.append(w["outside"].format(minutes=self.number(one["outside"])))
        closed = one["logged"].get("school_closed", {}).get("entries")
        if closed:
            notes.append(w["school_closed"].format(number=closed))
        if not is_counted and one["delivered"]:
            notes.append(w["given_all_the_same"].format(minutes=self.number(one["delivered"])))
        entries = sum(each["entries"] for each in one["logged"].values())
        sources = ", ".join(w["sources"].get(name, name) for name in one["sources"])
        notes.append(w["log"].format(entries=self.number(entries), sources=sources) if entries else w["no_log"])
        alt = w["alt"].format(
            service=_service_name(one, _TITLE), owed=one["owed"], delivered=one["delivered"], short=one["short"]
        )
        bars = [_bar(self.month(month["from_on"]), month) for month in months]
        rows = [self._amounts(self._span_of(month), month) for month in months]
        return {
            "title": _titled(_service_name(one, _TITLE)),
            "words": _paragraphs(one["text"]),
            "under": self._under(one),
            "plot": {"svg": by_month(bars, self._plot_words()), "alt": _line(alt)}
            if is_counted and one["owed"] and bars
            else None,
            "reason": w["reasons"].get(one["reason"]) if one["reason"] else None,
            "amounts": {
                "head": [w["month"], w["owed"], w["delivered"], w["made_up"], w["short"], w["share"]],
                "rows": [*rows, self._amounts(w["in_all"], one, is_sum=True)],
            }
            if is_counted
            else None,
            "notes": notes,
            "claims_title": w["claims"],
            "claims": [self._claim(claim) for claim in one["claims"]],
            "contradictions_title": w["contradictions"],
            "contradictions_intro": w["contradiction_intro"],
            "contradictions": [self._contradiction(each) for each in one["contradictions"]],
            "periods": self._periods(one["periods"]) if is_counted and one["periods"] else None,
        }

    def _split(self, one: Mapping[str, Any]) -> list[str]:
        """What is short, by what the log says of it: most often it says nothing."""
        w = self.w["delivery"]
        split = [f"{self.number(minutes)} {w[name]}" for name, minutes in one["short_by"].items() if minutes]
        return [f"{w['split']}: {', '.join(split)}."] if split else []

    def _under(self, one: Mapping[str, Any]) -> str:
        w = self.w["delivery"]
        versions = w["versions" if len(one["versions"]) > 1 else "version"].format(
            versions=", ".join(map(str, one["versions"]))
        )
        consult = [w["consult"]] if one["contact"] == "consult" else []
        return "  ·  ".join(_line(each) for each in (one["frequency"], versions, *consult) if each)

    def _contradiction(self, each: Mapping[str, Any]) -> dict[str, str]:
        w = self.w["delivery"]
        told = [
            w["log_says"].format(
                source=w["sources"][one["source"]], outcome=w["outcomes"][one["outcome"]], minutes=one["minutes"]
            )
            for one in each["log"]
        ]
        if said := each["said"]:
            source = self.w["observations"]["sources"][said["source"]]
            told.append(w["other_says"].format(source=source, on=self.day(said["on"]), text=said["text"]))
        return {"on": self.day(each["on"]), "text": _line(" ".join(told))}

    def _periods(self, periods: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Period by period, so that whoever doubts the sum can count it again."""
        w = self.w["delivery"]
        rows = [
            [
                self._short_span(one),
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

    def _short_span(self, one: Mapping[str, Any]) -> str:
        first, last = date.fromisoformat(one["from_on"]), date.fromisoformat(one["to_on"])
        return f"{first:%m/%d/%y}" if first == last else f"{first:%m/%d/%y}–{last:%m/%d/%y}"

    def _span_of(self, month: Mapping[str, Any]) -> str:
        """The month; where only a part of it counts, from when to when."""
        first, last = date.fromisoformat(month["from_on"]), date.fromisoformat(month["to_on"])
        is_whole = first.day == 1 and (last.month != date.fromordinal(last.toordinal() + 1).month)
        return self.month(month["from_on"]) if is_whole else f"{self.month(month['from_on'])} ({first.day}–{last.day})"

    def _claim(self, claim: Mapping[str, Any]) -> list[str]:
        w = self.w["delivery"]
        said = w["claim"].format(minutes=self.number(claim["minutes"]), on=self.day(claim["claimed_on"]))
        if claim["from_on"] and claim["to_on"]:
            said += w["claim_span"].format(**{"from": self.day(claim["from_on"]), "to": self.day(claim["to_on"])})
        return [f"{said}.", *([_line(claim["note"])] if claim.get("note") else [])]

    def _timeline(self) -> dict[str, Any] | None:
        w, events = self.w["timeline"], self.facts.timeline["events"]
        if not events:
            return None
        rows = [{"on": self.day(one["on"]), "what": self._what(one), "detail": self._detail(one)} for one in events]
        notes = [w["shortened"].format(number=self.number(len(events)))] if self.facts.timeline["is_shortened"] else []
        return {"head": [w["on"], w["what"], w["detail"]], "rows": rows, "notes": notes}

    def _detail(self, one: Mapping[str, Any]) -> str:
        if one["kind"] == "iep_version":
            return str(self.w["timeline"]["version"].format(number=one["detail"]))
        if one["kind"] == "proceeding":
            return str(self.w["proceedings"]["kinds"].get(one["detail"], one["detail"]))
        return _line(one["detail"] or "")

    def _what(self, one: Mapping[str, Any]) -> str:
        w, kind, what = self.w["timeline"], one["kind"], str(one["what"])
        named = {"concern_step": self.w["steps"], "proceeding_step": self.w["proceedings"]["steps"]}.get(kind, w["whats"])
        told = named.get(what, what.replace("_", " "))
        return f"{w['kinds'].get(kind, kind)}: {told}"

    def _proceedings(self) -> dict[str, Any] | None:
        w, facts = self.w["proceedings"], self.facts
        items = [self._proceeding(one) for one in facts.proceedings]
        if facts.deadlines:
            items.append(self._dates(w["deadlines"], "", [], facts.deadlines))
        if not items:
            return None
        has_talks = any(one["kind"] == "mediation" for one in facts.proceedings)
        return {"notes": [w["confidential"]] if has_talks else [], "items": items}

    def _proceeding(self, one: Mapping[str, Any]) -> dict[str, Any]:
        w = self.w["proceedings"]
        under = []
        if one["reference"]:
            under.append(w["reference"].format(reference=one["reference"]))
        if one["filed_on"]:
            under.append(w["filed"].format(on=self.day(one["filed_on"])))
        return self._dates(w["kinds"][one["kind"]], _line("  ·  ".join(under)), one["steps"], one["deadlines"])

    def _dates(self, title: str, under: str, steps: Sequence[Any], deadlines: Sequence[Any]) -> dict[str, Any]:
        w = self.w["proceedings"]
        shown = []
        for one in deadlines:
            day = self.day(one["due_on"]) if one["due_on"] else w["no_day"]
            met = f" ({w['met'].format(on=self.day(one['met_on']))})" if one["met_on"] else ""
            shown.append(
                [day, _line(one["label"] + met), _line(f"{one['sum']} ({one['citation']})" if one["citation"] else one["sum"])]
            )
        return {
            "title": title,
            "under": under,
            "steps": [[self.day(one["on"]), w["steps"].get(one["step"], one["step"].replace("_", " "))] for one in steps],
            "steps_head": [w["on"], w["step"]],
            "deadlines": shown,
            "deadlines_head": [w["due_on"], w["deadline"], w["counted"]],
        }

    def _wording(self) -> dict[str, Any] | None:
        w, found = self.w["wording"], self.facts.wording
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
                    "findings": [{name: _line(each[name]) for name in ("term", "why", "question")} for each in one["findings"]],
                    "open": f"{w['open']}: {left_open}" if left_open else None,
                    "rewrite": _line(one["rewrite"]) if one["rewrite"] else None,
                    "rewrite_label": w["rewrite"],
                }
            )
        notes = [w["intro"].format(number=found["version"])]
        if clear := len(found["provisions"]) - len(weak):
            notes.append(w["clear"].format(number=clear))
        return {"notes": notes, "items": items}

    def _changes(self) -> dict[str, Any]:
        w = self.w["changes"]
        items = []
        for one in self.facts.changes:
            told = [each for each in one["items"] if each["change"] not in ("unchanged", "reworded")]
            same = len(one["items"]) - len(told)
            items.append(
                {
                    "title": w["between"].format(before=one["before"], after=one["after"]),
                    "under": w["dates"].format(before=self.day(one["before_from"]), after=self.day(one["after_from"])),
                    "head": ["", w["before"], w["after"]],
                    "rows": [self._change(each) for each in told],
                    "notes": [w["same"].format(number=same)] if same else [],
                }
            )
        return {"items": items, "notes": [] if items else [w["none"]]}

    def _change(self, each: Mapping[str, Any]) -> dict[str, str]:
        w = self.w["changes"]
        reason = each["reason"]
        told = reason.startswith(f"{each['week_before']} minutes")
        if each["week_before"] and each["week_after"] and each["week_before"] != each["week_after"] and not told:
            minutes = w["minutes"].format(before=each["week_before"], after=each["week_after"])
            reason = f"{minutes}. {reason}"
        return {
            "kind": w["kinds"][each["change"]],
            "before": _line(each["before"] or w["nothing"]),
            "after": _line(each["after"] or w["nothing"]),
            "reason": _line(reason),
        }

    def _communications(self) -> dict[str, Any] | None:
        w, found = self.w["communications"], self.facts.communications
        if not found:
            return None
        return {
            "notes": [w["intro"].format(number=self.number(len(found)))],
            "items": [self._communication(one) for one in found],
        }

    def _communication(self, one: Mapping[str, Any]) -> dict[str, Any]:
        w = self.w["communications"]
        how = f"{w['channels'][one['channel']]}, {w[one['direction']]} ({w['parties'][one['party']]})"
        title = f"{one['number']}. {self.at(one['at'])} – {how}"
        under = [f"{w['with']} {', '.join(one['with'])}"] if one["with"] else []
        under.append(w["recorded"].format(at=self.at(one["recorded_at"])))
        for name in ("answers", "corrects", "corrected"):
            if one[name]:
                under.append(w[name].format(number=one[name]))
        if one["awaiting_reply"]:
            under.append(w["awaiting"])
        below = []
        if mail := one["mail"]:
            facts = [w["mail_from"].format(**{"from": mail["from"]})]
            facts += [w["mail_sent"].format(at=self.at(mail["sent_at"]))] if mail["sent_at"] else []
            facts.append(w["mail_received"].format(at=self.at(mail["received_at"])))
            facts += [w["mail_id"].format(id=mail["mail_id"])] if mail["mail_id"] else []
            facts += [] if self.facts.is_redacted else [w["mail_hash"].format(sha256=mail["sha256"])]
            below.append(f"{w['mail']}: {'; '.join(facts)}")
        if one["deliveries"]:
            below.append(
                f"{w['to']} " + ", ".join(f"{each['to']} ({w.get(each['state'], each['state'])})" for each in one["deliveries"])
            )
        if one["shortened"]:
            below.append(w["shortened"].format(number=self.number(one["shortened"])))
        return _entry(
            f"communication-{one['number']}",
            title,
            under=under,
            subject=one["subject"],
            text=one["summary"],
            below=below,
            attached=self.attached(one["attachments"]),
            attached_label=w["attachments"],
        )

    def _observations(self) -> dict[str, Any] | None:
        w, found = self.w["observations"], self.facts.observations
        if not found:
            return None
        items = []
        for number, one in enumerate(found, 1):
            author = f", {one['author']}" if one["author"] else ""
            under = [w["weights"].get(one["weight"], one["weight"]), w["verbatim" if one["is_verbatim"] else "summary"]]
            under.append(w["recorded"].format(on=self.at(one["recorded_at"])))
            under += [w["corrects"]] if one["is_correction"] else []
            below = [f"{w['support']}: {one['support']}"] if one["support"] else []
            below += [w["happening"][one["is_happening"]]] if one["is_happening"] else []
            below += [w["corrected"].format(on=self.day(one["corrected_on"]))] if one["corrected_on"] else []
            items.append(
                _entry(
                    f"observation-{number}",
                    f"{number}. {self.day(one['on'])} – {w['sources'][one['source']]}{author}",
                    under=under,
                    text="" if one["answers"] else one["text"],
                    answers=[{name: _line(each[name]) for name in ("question", "answer")} for each in one["answers"]],
                    below=below,
                    attached=self.attached(one["attachments"]),
                    attached_label=w["attachments"],
                )
            )
        return {"notes": [w["intro"].format(number=self.number(len(found)))], "items": items}

    def _statements(self) -> dict[str, Any] | None:
        w, found = self.w["statements"], self.facts.statements
        if not found:
            return None
        items = []
        for number, one in enumerate(found, 1):
            first, *later = one["entries"]
            under = [w["asked"].format(on=self.day(one["asked_on"]))]
            if one["about_from"] and one["about_to"]:
                under.append(w["about"].format(**{"from": self.day(one["about_from"]), "to": self.day(one["about_to"])}))
            items.append(
                _entry(
                    f"statement-{number}",
                    f"{number}. {one['name']} – {w['parties'][one['party']]}",
                    under=under,
                    question=[w["question"], _paragraphs(one["question"])],
                    text=first["text"],
                    below=self._signed(first),
                    added=[
                        {
                            "title": w["added"],
                            "text": _paragraphs(each["text"]),
                            "below": [_line(line) for line in self._signed(each)],
                        }
                        for each in later
                    ],
                )
            )
        return {"notes": [w["intro"]], "items": items}

    def _signed(self, entry: Mapping[str, Any]) -> list[str]:
        w = self.w["statements"]
        signed = w["signed"].format(name=entry["signed_name"], on=self.day(entry["signed_on"]))
        told = [f"{signed}; {w['received'].format(at=self.at(entry['recorded_at']))}"]
        return told if self.facts.is_redacted else [*told, w["hash"].format(sha256=entry["sha256"])]

    def _exhibits(self) -> dict[str, Any]:
        w = self.w["exhibits"]
        rows = [
            {
                "number": one.number,
                "title": _line(one.title),
                "source": _line(one.source or ""),
                "on": self.day(one.observed_on),
                "pages": str(one.pages) if one.pages else "–",
            }
            for one in self.exhibits
        ]
        head = [w[name] for name in ("number", "title", "source", "on", "page", "pages")]
        return {"notes": [w["intro"] if rows else w["none"]], "head": head, "rows": rows}

    def _hashes(self) -> dict[str, Any] | None:
        w, facts = self.w["hashes"], self.facts
        told = [(f"{self.w['exhibit'].format(number=one.number)}: {one.title}", one.sha256) for one in self.exhibits]
        rows = [one for one in told if one[1]] + ([] if facts.is_redacted else self._originals(w))
        if not rows:
            return None
        return {
            "notes": [w["redacted" if facts.is_redacted else "intro"]],
            "head": [w["what"], w["hash"]],
            "rows": [{"what": _line(what), "hash": _hash(sha256)} for what, sha256 in rows],
        }

    def _originals(self, w: Words) -> list[tuple[str, str]]:
        """Hashes of what somebody wrote. In a redacted edition they would be a key to it: whoever guesses a name could try
        until the hash is right."""
        facts, rows = self.facts, []
        if facts.iep and facts.iep["sha256"]:
            rows.append((w["iep"].format(number=facts.iep["number"]), facts.iep["sha256"]))
        if "communications" in facts.parts:
            rows += [
                (w["mail"].format(number=one["number"]), one["mail"]["sha256"]) for one in facts.communications if one["mail"]
            ]
        if "statements" in facts.parts:
            for one in facts.statements:
                rows += [
                    (w["statement"].format(name=one["name"], number=each["number"]), each["sha256"]) for each in one["entries"]
                ]
        return rows

    def _sheets(self) -> Iterable[dict[str, Any]]:
        w, before = self.w["exhibits"], 0
        for one in self.exhibits:
            rows = [
                (w["source"], one.source),
                (w["on"], self.day(one.observed_on)),
                (w["type"], one.file_type.upper()),
                (w["size"], self._size(one.size_bytes) if one.size_bytes else None),
                (w["note"], one.note),
            ]
            follows = w["file_only"]
            if one.text is not None:
                follows = w["text_follows"]
            elif one.pages:
                follows = self.count(w["pages_follow"], one.pages)
            yield {
                "number": one.number,
                "is_first": one is self.exhibits[0],
                "name": self.w["exhibit"].format(number=one.number),
                "title": _titled(one.title),
                "pages_before": before,
                "rows": [[label, _line(str(value))] for label, value in rows if value],
                "hash_label": w["hash"],
                "hash": _hash(one.sha256) if one.sha256 else None,
                "follows": follows,
                "text": _paragraphs(one.text) if one.text else [],
            }
            before = one.pages

    def _size(self, size: int) -> str:
        for unit, factor in (("M", 1_000_000), ("K", 1000)):
            if size >= factor:
                return str(self.w["bytes"][unit]).format(n=f"{size / factor:.1f}")
        return str(self.w["bytes"]["B"]).format(n=size)


def _entry(label: str, title: str, **more: Any) -> dict[str, Any]:
    """A communication, an observation, a statement: they are drawn alike."""
    said = {
        "subject": None,
        "question": None,
        "answers": [],
        "attached": [],
        "attached_label": "",
        "added": [],
        "under": [],
        **more,
    }
    said["under"] = [_line(one) for one in said["under"]]
    said["below"] = [_line(one) for one in said["below"]]
    said["subject"] = _line(said["subject"]) if said["subject"] else None
    return {**said, "label": label, "title": _line(title), "text": _paragraphs(said["text"])}


def _figure(number: str, label: str, *, is_main: bool = False) -> dict[str, Any]:
    return {"number": number, "label": label, "is_main": is_main}


def _share(one: Mapping[str, Any]) -> str:
    """How much of what was promised was given: whole percents, rounded down, so that all is only said where all is. More than
    was promised of one service fills up no other."""
    return f"{100 * (one['owed'] - one['short']) // one['owed']}%" if one["owed"] else "–"


def _has_records(one: Mapping[str, Any]) -> bool:
    is_logged = any(each["entries"] for each in one["logged"].values())
    return is_logged or bool(one["claims"] or one["contradictions"] or one["outside"])


def _bar(label: str, one: Mapping[str, Any]) -> Bar:
    return Bar(label, one["owed"] or 0, one["delivered"], one["made_up"], one["short"] or 0)


def _service_name(one: Mapping[str, Any], most: int) -> str:
    return _shortened(one["label"], most)


def _shortened(text: str, most: int) -> str:
    said = " ".join(printable(text).split())
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def _line(text: str) -> str:
    """In one line, with places to break a word that is wider than the column."""
    return _WIDE.sub("\\g<0>\u200b", printable(" ".join(_LINES.sub(" ", text).split())))


def _titled(text: str) -> str:
    """A line that a heading can be: there is always something in it."""
    return _line(text) or "–"


_breakable = partial(_WIDE.sub, "\\g<0>\u200b")


def _paragraphs(text: str) -> Paragraphs:
    """Paragraphs of lines, as somebody wrote them."""
    found: Paragraphs = [[]]
    for line in _LINES.split(text):
        if line.strip():
            found[-1].append(_breakable(printable(line).rstrip()))
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def _hash(sha256: str) -> str:
    """In two halves, one under the other."""
    return f"{sha256[:32]} {sha256[32:]}"


def _pieces(text: str, findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A text in pieces, those apart that were found."""
    pieces, here = [], 0
    for one in sorted(findings, key=lambda each: each["start"]):
        if one["start"] < here:
            continue
        pieces += [(text[here : one["start"]], False), (text[one["start"] : one["end"]], True)]
        here = one["end"]
    pieces.append((text[here:], False))
    return [{"text": _breakable(printable(piece)), "is_found": is_found} for piece, is_found in pieces if piece]
