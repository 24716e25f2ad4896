"""A letter on paper: PDF by Typst, DOCX by python-docx. What people wrote goes in as data, never as markup.

The same letter has the same bytes, whichever machine sets it: fonts come with packages, and all times are the letter's.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import orjson
import typst
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor

from domain.letters import DRAFT, NOT_ON_PAPER, NOTICE, SUBJECT, Block, blocks, date_in_words

_PAPER = Path(__file__).parent / "papers" / "letter.typ"
_FONT = "Georgia"
_GREY = RGBColor(0x55, 0x5F, 0x66)
_COLOURED = f'<w:color w:val="{_GREY}"/>'
# What is no character of a letter: controls, and what turns the direction of reading or cannot be printed.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
# Files of Noto fonts, for names in the scripts that the library's own do not have; in `letter.typ` they are named in order.
_FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
_ARCHIVE = ("a-2b",)
_BOX = re.compile(r'the text `"(.{1,80}?)"` could not be displayed')
_WIDE = re.compile(r"\w{36}(?=\w)")
_QUOTED = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|(.))")


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


def boxes(sheet: Sheet) -> list[str]:
    """The characters (composed ones as one) that no font has, each once: the PDF would show a box for each of them.

    An archive's PDF may have none, so that whoever sets one is told of all of them.
    """
    try:
        _set(_said(sheet), sheet, _ARCHIVE)
    except typst.TypstError as refused:
        return lacking_in(refused)
    return []


def lacking_in(refused: typst.TypstError) -> list[str]:
    """The characters that no font has, as an archive's PDF was refused for them."""
    told = f"{refused.message}\n{getattr(refused, 'diagnostic', '')}"
    return list(dict.fromkeys(_unquoted(found[1]) for found in _BOX.finditer(told)))


def _unquoted(text: str) -> str:
    """As it was before the library quoted it: `\\u{301}` is one character."""
    return _QUOTED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text)).replace("\t", " ")


def breakable(text: str) -> str:
    """Printable, and with places to break a word that is wider than the page, which would run off it."""
    return _WIDE.sub("\\g<0>\u200b", printable(text))


def _blocks(sheet: Sheet) -> list[Block]:
    return list(blocks(printable(sheet.body)))


# PDF.


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files(package)) for package in _FONTS])


def _pdf(sheet: Sheet) -> bytes:
    said = _said(sheet)
    if sheet.is_draft and (lacking := boxes(sheet)):
        said["notice"] += " " + NOT_ON_PAPER[sheet.language].format(" ".join(f"U+{ord(one[0]):04X}" for one in lacking[:50]))
    return _set(said, sheet)


def _said(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": printable(sheet.title),
        "language": sheet.language,
        "head": [breakable(line) for line in sheet.head],
        "date": sheet.date_line,
        "addressees": [[breakable(line) for line in lines] for lines in sheet.addressees],
        "subject": breakable(sheet.subject_line),
        "blocks": [
            {"mark": block.mark, "lines": [breakable(line) for line in block.lines], "space": block.space}
            for block in _blocks(sheet)
        ],
        "draft": DRAFT[sheet.language] if sheet.is_draft else None,
        "notice": NOTICE[sheet.language] if sheet.is_draft else None,
    }


def _set(said: dict[str, Any], sheet: Sheet, standards: Sequence[Any] = ()) -> bytes:
    # It may read nothing but the folder of the paper, in which there is nothing to read.
    compiler = typst.Compiler(
        _PAPER.read_bytes(), root=str(_PAPER.parent), font_paths=fonts(), sys_inputs={"letter": orjson.dumps(said).decode()}
    )
    made = compiler.compile(format="pdf", timestamp=int(sheet.instant.timestamp()), pdf_standards=list(standards))
    assert isinstance(made, bytes), "one document"
    return made


# DOCX.


def _docx(sheet: Sheet) -> bytes:
    paper = docx.Document()
    _set_up(paper, sheet)
    name, *rest = [printable(line) for line in sheet.head] or [""]
    said = [_paragraph([name], bold=True, size=15, after=0), _paragraph(["  ·  ".join(rest)], size=9, grey=True, after=20)]
    if sheet.is_draft:
        said.append(_paragraph([DRAFT[sheet.language]], bold=True, grey=True, after=2))
        said.append(_paragraph([NOTICE[sheet.language]], size=9, grey=True, after=14))
    said.append(_paragraph([sheet.date_line], after=14))
    said += [_paragraph([printable(line) for line in lines], after=6) for lines in sheet.addressees]
    said.append(_paragraph([printable(sheet.subject_line)], bold=True, before=8, after=8))
    said += [
        _paragraph(block.lines, mark=block.mark, before=13 * block.space, after=3 if block.mark else 8)
        for block in _blocks(sheet)
    ]
    # All at once: the library takes some milliseconds for each paragraph that it is asked for by itself.
    for paragraph in parse_xml(f"<w:body {nsdecls('w')}>{''.join(said)}</w:body>"):
        paper.element.body.insert(len(paper.element.body) - 1, paragraph)
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
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        faces.set(qn(script), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"en": "en-US", "es": "es-US"}[sheet.language])
    style.element.get_or_add_rPr().append(language)
    _page_number(section.footer.paragraphs[0])
    about = paper.core_properties
    about.title, about.subject, about.comments = printable(sheet.title), "", ""
    about.author = about.last_modified_by = printable(sheet.head[0]) if sheet.head else ""
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


def _paragraph(
    lines: Sequence[str],
    *,
    mark: str = "",
    bold: bool = False,
    grey: bool = False,
    size: int = 11,
    before: int = 0,
    after: int = 8,
) -> str:
    """A paragraph as it stands in the file, its lines broken; an item hangs behind its mark. Sizes are points."""
    hanging = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>' if mark else ""
    indent = '<w:ind w:left="720" w:hanging="403"/>' if mark else ""
    set_so = f'{"<w:b/>" if bold else ""}{_COLOURED if grey else ""}<w:sz w:val="{2 * size}"/>'
    begun = f'<w:t xml:space="preserve">{escape(mark)}</w:t><w:tab/>' if mark else ""
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return (
        f'<w:p><w:pPr>{hanging}<w:spacing w:before="{20 * before}" w:after="{20 * after}"/>{indent}</w:pPr>'
        f"<w:r><w:rPr>{set_so}</w:rPr>{begun}{text}</w:r></w:p>"
    )


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
