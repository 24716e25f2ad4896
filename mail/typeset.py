"""A letter on paper: PDF by Typst, DOCX by python-docx. What people wrote goes in as data, never as markup.

The same letter has the same bytes, whichever machine sets it: fonts come with the library, and all times are the letter's.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import docx
import orjson
import typst
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from domain.letters import DRAFT, NOTICE, SUBJECT, Block, blocks, date_in_words

_PAPER = Path(__file__).parent / "papers" / "letter.typ"
_FONT = "Georgia"
_GREY = RGBColor(0x55, 0x5F, 0x66)
# What is no character of a letter: controls, and what turns the direction of reading or cannot be printed.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True)
class Sheet:
    """A letter as it is set: `title` names the file and no child; `is_draft` shows that it is one."""

    title: str
    language: str
    head: Sequence[str]
    dated_on: date
    addressees: Sequence[Sequence[str]]
    subject: str
    body: str
    is_draft: bool

    @property
    def date_line(self) -> str:
        return date_in_words(self.dated_on, self.language)

    @property
    def subject_line(self) -> str:
        return f"{SUBJECT[self.language]}: {self.subject}"

    @property
    def instant(self) -> datetime:
        return datetime.combine(self.dated_on, time(12), UTC)


def typeset(sheet: Sheet, file_format: str) -> bytes:
    """The letter as a file of this format, one of `domain.letters.FORMATS`."""
    return _pdf(sheet) if file_format == "pdf" else _docx(sheet)


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text)).replace("\t", " ")


def _blocks(sheet: Sheet) -> list[Block]:
    return list(blocks(_printable(sheet.body)))


# PDF.


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _pdf(sheet: Sheet) -> bytes:
    said = {
        "title": _printable(sheet.title),
        "language": sheet.language,
        "head": [_printable(line) for line in sheet.head],
        "date": sheet.date_line,
        "addressees": [[_printable(line) for line in lines] for lines in sheet.addressees],
        "subject": _printable(sheet.subject_line),
        "blocks": [{"mark": block.mark, "lines": block.lines, "space": block.space} for block in _blocks(sheet)],
        "draft": DRAFT[sheet.language] if sheet.is_draft else None,
        "notice": NOTICE[sheet.language] if sheet.is_draft else None,
    }
    # It may read nothing but the folder of the paper, in which there is nothing to read.
    compiler = typst.Compiler(
        _PAPER.read_bytes(), root=str(_PAPER.parent), font_paths=_fonts(), sys_inputs={"letter": orjson.dumps(said).decode()}
    )
    made = compiler.compile(format="pdf", timestamp=int(sheet.instant.timestamp()))
    assert isinstance(made, bytes), "one document"
    return made


# DOCX.


def _docx(sheet: Sheet) -> bytes:
    paper = docx.Document()
    _set_up(paper, sheet)
    name, *rest = [_printable(line) for line in sheet.head] or [""]
    _line(paper, name, bold=True, size=15, after=0)
    _line(paper, "  ·  ".join(rest), size=9, grey=True, after=20)
    if sheet.is_draft:
        _line(paper, DRAFT[sheet.language], bold=True, grey=True, after=2)
        _line(paper, NOTICE[sheet.language], size=9, grey=True, after=14)
    _line(paper, sheet.date_line, after=14)
    for lines in sheet.addressees:
        _lines(paper, [_printable(line) for line in lines], after=6)
    _line(paper, _printable(sheet.subject_line), bold=True, before=8, after=8)
    for block in _blocks(sheet):
        _block(paper, block)
    held = io.BytesIO()
    paper.save(held)
    return _at_one_time(held.getvalue(), sheet.instant)


def _set_up(paper: Any, sheet: Sheet) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1.1)
    section.top_margin = section.bottom_margin = Inches(0.9)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"en": "en-US", "es": "es-US"}[sheet.language])
    style.element.get_or_add_rPr().append(language)
    _page_number(section.footer.paragraphs[0])
    about = paper.core_properties
    about.title, about.subject, about.comments = _printable(sheet.title), "", ""
    about.author = about.last_modified_by = _printable(sheet.head[0]) if sheet.head else ""
    about.language = sheet.language
    about.created = about.modified = sheet.instant.replace(tzinfo=None)
    about.revision = 1


def _page_number(paragraph: Any) -> None:
    """A field that the word processor fills in."""
    paragraph.alignment = 1
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(9), _GREY
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _block(paper: Any, block: Block) -> None:
    paragraph = _lines(paper, block.lines, mark=block.mark, before=13 * block.space, after=3 if block.mark else 8)
    if block.mark:
        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = Inches(0.5), Inches(-0.28)
        form.tab_stops.add_tab_stop(Inches(0.5), WD_TAB_ALIGNMENT.LEFT)


def _line(paper: Any, text: str, **more: Any) -> Any:
    return _lines(paper, [text], **more)


def _lines(
    paper: Any,
    lines: Sequence[str],
    *,
    mark: str = "",
    bold: bool = False,
    grey: bool = False,
    size: int = 11,
    before: int = 0,
    after: int = 8,
) -> Any:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    for number, line in enumerate(lines):
        run = paragraph.add_run(f"{mark}\t{line}" if mark and not number else line)
        run.bold, run.font.size = bold or None, Pt(size)
        if grey:
            run.font.color.rgb = _GREY
        if number + 1 < len(lines):
            run.add_break()
    return paragraph


def _at_one_time(content: bytes, at: datetime) -> bytes:
    """The same package with one time for all its parts: the library writes the machine's clock into them."""
    held = io.BytesIO()
    stamp = at.timetuple()[:6] if at.year >= 1980 else (1980, 1, 1, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in sorted(made.infolist(), key=lambda part: (part.filename != "[Content_Types].xml", part.filename)):
            about = zipfile.ZipInfo(part.filename, stamp)
            about.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(about, made.read(part))
    return held.getvalue()
