"""The wording of a whole version, as data and as the page that is handed over at a meeting."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import Any

from tests.cast import Practice, Staff

FIRM = "Ms. Lee, the SLP, provides speech-language therapy for 30 minutes, twice a week, in the speech room."
WEAK = "Staff may provide frequent prompts and extra time as needed."
SPANISH = "El maestro le lee los exámenes al niño cuando lo necesita para que los entienda."
HOSTILE = (
    '<script>alert(1)</script></style></blockquote><img src=x onerror=alert(1)> Staff may {{ 7*7 }} help & "aid" as needed.'
)


def drafted(ana: Staff, *provisions: tuple[str, str], name: str = "Sasha Petrov", **more: Any) -> Any:
    student = ana.adds_a_student(name=name)
    promised = [{"kind": kind, "text": text} for kind, text in provisions]
    said = {"student_id": student["id"], "effective_from": "2026-09-08", "provisions": promised, **more}
    return ana.post("/iep-versions", said)


class Page(HTMLParser):
    """What a page has in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.marked: list[str] = []
        self.words = ""
        self._in: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta",):
            self._in.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._in.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._in:
            self.words += data
        if self._in[-1:] == ["mark"]:
            self.marked[-1] += data


def printed(by: Staff, version: Any) -> tuple[Any, Page]:
    answer = by.ask("GET", f"/iep-versions/{version['id']}/wording.html")
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    return answer, Page(answer.get_data(as_text=True))


def test_the_weakest_comes_first_and_what_is_not_english_last(ana: Staff) -> None:
    version = drafted(ana, ("service", FIRM), ("accommodation", SPANISH), ("accommodation", WEAK))
    report = ana.get(f"/iep-versions/{version['id']}/wording")
    assert [line["text"] for line in report["provisions"]] == [WEAK, FIRM, SPANISH]
    weak, firm, spanish = report["provisions"]
    assert weak["score"] < firm["score"]
    assert (spanish["is_english"], spanish["score"], spanish["elements"], spanish["findings"]) == (False, None, None, [])
    assert report["score"] == round((weak["score"] + firm["score"]) / 2)
    found = [finding["category"] for line in report["provisions"] for finding in line["findings"]]
    assert report["findings_by_category"] == {category: found.count(category) for category in found}
    _, page = printed(ana, version)
    assert page.words.index("Staff") < page.words.index("Ms. Lee") < page.words.index("El maestro")
    assert "Not in English: not weighed" in page.words


def test_the_page_says_what_the_report_says(ana: Staff) -> None:
    version = drafted(ana, ("accommodation", WEAK), ("service", FIRM), effective_to="2027-09-07")
    report = ana.get(f"/iep-versions/{version['id']}/wording")
    answer, page = printed(ana, version)
    findings = [finding for line in report["provisions"] for finding in line["findings"]]
    assert page.marked == [finding["term"] for finding in findings]
    for finding in findings:
        assert finding["why"] in page.words
        assert finding["question"] in page.words
    assert page.words.count("Answer:") == len(findings)
    assert report["provisions"][0]["rewrite"] in page.words
    assert f"{report['score']} of 100" in page.words
    assert "September 8, 2026 to September 7, 2027" in page.words
    assert "October 5, 2026" in page.words, "the day it was printed, where the practice is"
    assert "1, a draft" in page.words
    assert ana.get("/practice")["name"] in page.words
    assert answer.headers["Content-Disposition"] == 'inline; filename="iep-version-1-wording.html"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_names_the_child_by_initials(ana: Staff) -> None:
    answer, page = printed(ana, drafted(ana, ("accommodation", WEAK), name="Sasha Ivan Petrov"))
    assert "S. I. P." in page.words
    assert not re.search("sasha|petrov", answer.get_data(as_text=True) + str(answer.headers), re.IGNORECASE)


def test_words_of_a_provision_stay_words(ana: Staff) -> None:
    """Red without autoescaping: the text closes the quotation and runs."""
    _, page = printed(ana, drafted(ana, ("support", HOSTILE)))
    assert not {"script", "img", "link", "iframe", "a", "form"} & set(page.tags)
    assert page.tags.count("style") == 1
    assert HOSTILE.split(" Staff")[0] in page.words
    assert "{{ 7*7 }}" in page.words


def test_the_page_loads_nothing_and_lets_its_own_style_in_alone(ana: Staff) -> None:
    answer, page = printed(ana, drafted(ana, ("accommodation", WEAK)))
    text = answer.get_data(as_text=True)
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert answer.headers.get_all("Content-Security-Policy") == [f"{policy}; frame-ancestors 'none'"]
    assert ("content", policy) in page.attributes, "it holds in a file too"
    assert [name for name, _ in page.attributes if name in ("src", "href", "style") or name.startswith("on")] == []
    assert not re.search(r"url\(|@import|https?:", text)


def test_a_version_without_provisions_has_a_page_too(ana: Staff) -> None:
    _, page = printed(ana, drafted(ana))
    assert "no provisions yet" in page.words


def test_another_practice_and_strangers_get_no_page(riverside: Practice, lakeside: Practice) -> None:
    version = drafted(riverside.ana, ("accommodation", WEAK))
    path = f"/iep-versions/{version['id']}/wording.html"
    assert lakeside.ana.ask("GET", path).status_code == 404
    assert riverside.visitor().ask("GET", path).status_code == 401
    assert riverside.sam.ask("GET", path).status_code == 200


def test_the_style_breaks_no_provision_and_numbers_pages(ana: Staff) -> None:
    answer, _ = printed(ana, drafted(ana, ("accommodation", WEAK)))
    style = re.findall(r"<style>(.*?)</style>", answer.get_data(as_text=True), re.DOTALL)[0]
    assert re.search(r"\.provision \{[^}]*break-inside: avoid", style)
    assert "counter(page)" in style
    assert "size:" not in style.partition("body")[0], "the paper is the printer's: A4 or letter"
