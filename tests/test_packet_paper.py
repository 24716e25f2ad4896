"""A packet on paper: what is printed where, and that nothing that people write can break it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import orjson
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from domain.deadlines import GENERAL
from domain.letters import NOTICE
from mail.packet import ARCHIVE, TAGGED, Exhibit, Typeset, typeset, words_of
from tests.packets import MONTHS, a_communication, a_support, some_delivery, some_exhibits, some_facts

FORBIDDEN = ("violation", "illegal", "the school failed", "you must", "you will win", "infracción", "ilegal", "usted debe")


@cache
def made(language: str = "en") -> Typeset:
    return typeset(some_facts(language=language), some_exhibits())


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, its lines joined and places to break a word taken away."""
    with opened(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\ufffe", "")) for text in texts]


def printed_on(text: str) -> tuple[int, int]:
    """The number that is printed on a page, and how many there are said to be."""
    found = re.search(r"(?:Page|Página) (\d+) (?:of|de) (\d+)", text)
    assert found, text
    return int(found[1]), int(found[2])


def test_every_page_is_numbered_as_it_will_be_once_the_exhibits_are_in_it() -> None:
    exhibits = [*some_exhibits(), Exhibit(4, "The IEP", "school", None, "pdf", 11, "ab" * 32, 5_000_000)]
    paper = typeset(some_facts(), exhibits)
    texts = pages_of(paper.pdf)
    assert len(texts) == paper.pages
    inserted = {paper.sheets[one.number]: one.pages for one in exhibits}
    number = 0
    for index, text in enumerate(texts):
        number += 1
        assert printed_on(text) == (number, paper.pages + 15)
        number += inserted.get(index, 0)


def test_each_sheet_and_each_part_stands_where_it_is_said_to_stand() -> None:
    texts = pages_of(made().pdf)
    for exhibit in some_exhibits():
        sheet = texts[made().sheets[exhibit.number]]
        assert f"Exhibit {exhibit.number} " in sheet
        assert exhibit.title in sheet
        assert exhibit.sha256[:32] in sheet
    # The last pages are the sheets, in order, and of a text its pages.
    assert list(made().sheets.values()) == sorted(made().sheets.values())
    assert made().sheets[3] == made().pages - 1
    for part, page in made().parts.items():
        assert words_of("en")["parts"][part] in texts[page - 1]
    assert "09/14 yes" in texts[made().sheets[2] + 1]


def test_each_line_of_the_contents_leads_to_the_page_that_it_names() -> None:
    texts = pages_of(made().pdf)
    by_number = {printed_on(text)[0]: text for text in texts}
    with pikepdf.open(BytesIO(made().pdf)) as pdf:
        contents = pdf.pages[1]
        leads = [link for link in contents.Annots if link.Subtype == "/Link"]
        assert len(leads) >= len(made().parts) + 3
    titles = [
        *(words_of("en")["parts"][part] for part in made().parts),
        *(f"Exhibit {n.number} – {n.title}" for n in some_exhibits()),
    ]
    for title in titles:
        named = re.search(rf"{re.escape(title)} ?(\d+)", texts[1])
        assert named, title
        heading = title.split(" – ")[0]
        assert heading in by_number[int(named[1])]


def test_bookmarks_are_those_of_the_contents() -> None:
    with pikepdf.open(BytesIO(made().pdf)) as pdf:
        with pdf.open_outline() as outline:
            roots = [one.title for one in outline.root]
            exhibits = [one.title for one in outline.root[-1].children]
        assert "/PageLabels" not in pdf.Root
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        assert "/StructTreeRoot" in pdf.Root
    assert roots == ["Contents", *(words_of("en")["parts"][part] for part in made().parts), "Exhibits"]
    assert exhibits == [f"Exhibit {one.number} – {one.title}" for one in some_exhibits()]


def test_it_is_tagged_and_its_front_is_an_archive() -> None:
    assert made().standards == TAGGED[0]
    front = typeset(some_facts(), some_exhibits(), archive=True)
    assert front.standards == ARCHIVE[0]
    assert front.sheets == {}
    with pikepdf.open(BytesIO(front.pdf)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"


def test_plots_are_told_in_words_too() -> None:
    with pikepdf.open(BytesIO(made().pdf)) as pdf:
        said = [str(one["/Alt"]) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert any("Promised in all 696 minutes, given 510, short 186." in one for one in said)


def test_figures_are_those_of_the_facts() -> None:
    texts = pages_of(made().pdf)
    summary = texts[made().parts["summary"] - 1]
    for figure in ("3,480 minutes promised", "3,570 minutes given", "186 minutes short"):
        assert figure in summary
    shown = " ".join(texts[made().parts["delivery"] - 1 : made().parts["timeline"] - 1])
    assert "Oct 2026 264 120 30 144 45%" in shown
    assert "In all 696 510 30 186 73%" in shown
    assert "In all 3,480 3,570 30 186 94%" in shown


def test_what_people_wrote_and_what_shows_it_stands_whole() -> None:
    whole = " ".join(pages_of(made().pdf))
    for one in (
        *(
            "who provides the reader for tests, and since when? Thank you.",
            "Nobody. I did it alone.",
            "The aide was in another class.",
        ),
        *(
            "Since November 9 there is one.",
            "Signed Terry Thompson, November 4, 2026",
            "Exhibit 1: Science test.pdf",
            "as needed",
        ),
        *(
            "2026-09-14 + 1 year = 2027-09-14 (34 CFR 300.153(c))",
            "Still missing: 1",
            "45 minutes, 2 times per week, of speech therapy.",
        ),
        *("The log (the school): given, 30 minutes. Child, October 12, 2026: “I did not go that day.”",),
    ):
        assert one in whole, one


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_word_of_ours_accuses_and_every_page_says_what_it_is(language: str) -> None:
    ours = orjson.dumps(words_of(language)).decode().lower()
    assert [word for word in FORBIDDEN if word in ours] == []
    assert words_of(language)["general"] == NOTICE[language]
    assert words_of("en")["general"] == GENERAL
    assert all(NOTICE[language] in text for text in pages_of(made(language).pdf))


def test_it_speaks_spanish_and_leaves_peoples_words_alone() -> None:
    assert _shape(words_of("en")) == _shape(words_of("es"))
    whole = " ".join(pages_of(made("es").pdf))
    assert "Lo prometido y lo recibido" in whole
    assert "186 minutos que faltan" in whole
    assert "5 de octubre de 2026" in whole
    assert "Sasha took two science tests without a reader." in whole


def test_in_spanish_too_a_hyphen_stands_once_where_a_line_ends_with_it() -> None:
    said = " ".join(f"{'x' * (number % 7)} speech-language" for number in range(120))
    facts = some_facts(language="es", parts=["communications"], communications=[a_communication(1, said)])
    with opened(typeset(facts, []).pdf) as document:
        whole = "".join(page.get_textpage().get_text_range() for page in document)
    # The reader tells the hyphen at the end of a line, where nothing repeats it, by U+FFFE.
    assert whole.count("speech\ufffelanguage") > 5
    assert whole.count("speech-language") + whole.count("speech\ufffelanguage") == 120


def _shape(words: Any, path: str = "") -> set[str]:
    # English labels of a complaint are those of the law's table.
    if not isinstance(words, dict) or path.endswith("/labels"):
        return {path}
    return {one for name, value in words.items() for one in _shape(value, f"{path}/{name}")}


def test_a_sheet_says_who_showed_the_file_or_how_it_came_and_when() -> None:
    """Of what was observed by it first; red where a sheet says only what it was told."""
    unsaid = [replace(one, source=None, observed_on=None) for one in some_exhibits()]
    facts = some_facts()
    with opened(typeset(facts, unsaid).pdf) as pdf:
        first = pdf[typeset(facts, unsaid).sheets[1]].get_textpage().get_text_range()
    assert "Source Document" in " ".join(first.split())
    only_sent = replace(facts, observations=[])
    made_of = typeset(only_sent, unsaid)
    with opened(made_of.pdf) as pdf:
        first = pdf[made_of.sheets[1]].get_textpage().get_text_range()
    assert "(team)" in first or "(teacher)" in first


def test_a_redacted_edition_says_of_no_file_that_it_is_in_the_zip() -> None:
    told = [
        " ".join(" ".join(pages_of(typeset(some_facts(is_redacted=it), some_exhibits()).pdf)).split()) for it in (False, True)
    ]
    assert ["is in the ZIP" in one for one in told] == [True, False]


def test_a_redacted_edition_has_no_hash_of_what_somebody_wrote() -> None:
    facts = some_facts(is_redacted=True)
    bare = [replace(one, sha256="", size_bytes=0) for one in some_exhibits()]
    whole = " ".join(pages_of(typeset(facts, bare).pdf))
    assert "REDACTED EDITION" in whole
    assert re.findall(r"[0-9a-f]{32}", whole) == []
    assert len(re.findall(r"[0-9a-f]{32}", " ".join(pages_of(made().pdf)))) > 10


def test_the_same_facts_are_the_same_bytes() -> None:
    assert typeset(some_facts(), some_exhibits()).pdf == made().pdf


def test_a_packet_of_nothing_is_a_packet() -> None:
    nothing = {name: [] for name in ("complaint", "missing", "concerns", "proceedings", "deadlines", "changes", "family")}
    nothing |= {name: [] for name in ("communications", "observations", "statements")}
    bare = some_facts(
        **nothing,
        delivery={**some_delivery(), "supports": [], "totals": dict.fromkeys(("owed", "delivered", "made_up", "short"), 0)},
        timeline={"events": [], "is_shortened": False},
        wording=None,
        iep=None,
        from_on=None,
        to_on=None,
        child={"name": "Sasha", **dict.fromkeys(("birth_date", "grade", "school", "district", "state"))},
    )
    paper = typeset(bare, [])
    assert paper.standards == TAGGED[0]
    assert "Nothing is on record for this part." in pages_of(paper.pdf)[paper.parts["timeline"] - 1]


HOSTILE = (
    '#set page(width: 1pt) #panic("x") $ x^2 @here <exhibit-1> `raw` *bold* _it_ \\ // /* = Heading',
    '#read("/etc/passwd") #image("x.png") #eval("1+1") #include "faces.typ"',
    "مرحبا، لم يكن هناك قارئ. \u202eevil\u202c שלום עולם",
    "𓀀 𒀀 བོད་ \U000f0000 \ue000 👩‍🏫🏽 ☃ \u0301\u0301\u0301 a\u0300",
    "语言治疗 言語療法 언어치료 भाषा วาจา",
    "x" * 5000,
    "\n" * 500 + "end",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_write_is_never_markup(hostile: str) -> None:
    facts = some_facts(
        title=hostile[:200],
        communications=[a_communication(1, hostile, subject=hostile[:300])],
        concerns=[],
        delivery={**some_delivery(), "supports": [a_support(hostile[:200], hostile, MONTHS)]},
    )
    exhibits = [
        Exhibit(1, hostile[:200], hostile[:50], None, "txt", 0, "ab" * 32, 10, note=hostile, text=hostile, document_id="d1")
    ]
    paper = typeset(facts, exhibits)
    # What melts its letters together meets no standard, and is tagged all the same.
    assert paper.standards == ((), TAGGED[0])[hostile.isascii() or "قارئ" in hostile]
    with pikepdf.open(BytesIO(paper.pdf)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    whole = "".join(pages_of(paper.pdf)).replace(" ", "")
    readable = re.sub(r"[^\x21-\x7e]", "", hostile)
    assert readable[:200] in whole


def test_a_character_that_no_font_has_is_named() -> None:
    paper = typeset(some_facts(communications=[a_communication(1, "Signed: 𓀀")]), [], archive=True)
    assert paper.standards == ARCHIVE[0]
    assert "Signed: [U+13000]" in " ".join(pages_of(paper.pdf))


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@example("\ud7ff\u0600\u0890 #[]")
@given(st.text(max_size=300))
def test_no_text_breaks_the_paper(text: str) -> None:
    paper = typeset(some_facts(parts=["communications"], communications=[a_communication(1, text, subject=text or None)]), [])
    assert paper.standards in TAGGED
    assert paper.parts == {"communications": 3}


def test_a_long_message_is_there_to_its_last_word() -> None:
    long = " ".join(f"word{number}" for number in range(6000))
    paper = typeset(some_facts(parts=["communications"], communications=[a_communication(1, long)]), [])
    assert "word5999" in " ".join(pages_of(paper.pdf)[2:])
