"""Documents taken apart by the libraries: what Word and PDF draw, as a reader of the finished page sees it."""

import pytest

from domain.reading.block import Line, Pages, Row
from domain.reading.unreadable import Unreadable
from scheduling.extraction import docx as word
from scheduling.extraction import taken_apart
from tests.written_documents import cell, docx, docx_of, grid, paragraph, part, pdf, stream, table, text_at

TITLE = text_at(72, 740, "Individualized Education Program", 14, "F2")


def blocks(content: bytes) -> list[str]:
    """The blocks as texts: cells parted by bars."""
    return told(taken_apart(content)[1])


def told(pages: Pages) -> list[str]:
    return [one.text if isinstance(one, Line) else " | ".join(each.text for each in one.cells) for one in pages.blocks]


def lines(content: bytes) -> list[Line]:
    return [one for one in taken_apart(content)[1].blocks if isinstance(one, Line)]


def rows(content: bytes) -> list[Row]:
    return [one for one in taken_apart(content)[1].blocks if isinstance(one, Row)]


def run(inside: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


def written(text: str, properties: str = "") -> str:
    return run(f'<w:t xml:space="preserve">{text}</w:t>', properties)


# Word


def test_paragraphs_and_rows_are_counted_as_they_stand() -> None:
    body = paragraph("Goals") + paragraph("") + table(["Service", "Minutes"], ["Speech", "30"]) + paragraph("End")
    found = taken_apart(docx(body))[1]
    assert [(one.source.page, one.source.line) for one in found.blocks] == [(None, 1), (None, 3), (None, 4), (None, 5)]
    assert found.count == 0


def test_a_break_of_line_parts_lines_and_a_tab_is_a_gap() -> None:
    body = "<w:p>" + run("<w:t>Name: Ana</w:t><w:tab/><w:t>Grade: 2</w:t><w:br/><w:t>Starts: today</w:t>") + "</w:p>"
    assert blocks(docx(body)) == ["Name: Ana    Grade: 2", "Starts: today"]


def test_headings_are_known_by_their_style_or_outline() -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Mine"/><w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="D"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>',
    )
    names = ("A", "B", "C", "D", "")
    body = "".join(paragraph("Goals", f'<w:pStyle w:val="{name}"/>') for name in names) + paragraph("Bold", run="<w:b/>")
    found = lines(docx(body, styles=styles))
    assert [one.heading for one in found] == [2, 2, 1, 3, 0, None]
    assert [one.is_bold for one in found] == [False, True, False, False, False, True]


def test_parts_are_found_by_what_the_package_says_of_them() -> None:
    heading = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>'
    body = paragraph("Services", '<w:pStyle w:val="H"/>') + paragraph("Speech")
    found = lines(docx_of("word/document2.xml", body, styles=part("styles", heading)))
    assert [line.text for line in found] == ["Services", "Speech"]
    assert found[0].heading == 2


def test_lists_are_counted_with_their_levels() -> None:
    level = (
        '<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        '<w:pPr><w:ind w:left="{indent}"/></w:pPr></w:lvl>'
    )
    levels = (
        level.format(at=0, start=3, form="decimal", text="%1.", indent=360)
        + level.format(at=1, start=1, form="lowerLetter", text="%1.%2)", indent=720)
        + level.format(at=2, start=1, form="upperRoman", text="%3", indent=1080)
    )
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        "</w:num>",
    )

    def item(number: int, at: int) -> str:
        return paragraph("Goal", f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')

    places = ((1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (0, 0))
    found = lines(docx("".join(item(*place) for place in places), numbering=numbering))
    assert [one.marker for one in found] == ["3.", "3.a)", "3.b)", "I", "4.", "4.a)", "1.", ""]
    assert [one.indent for one in found][:4] == [3, 6, 6, 9]


def test_a_bullet_that_is_a_box_is_a_box() -> None:
    form = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/>'
        '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>'
    )
    numbering = part(
        "numbering",
        "".join(
            f'<w:abstractNum w:abstractNumId="{at}">{form.format(sign)}</w:abstractNum>'
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
            for at, sign in ((1, "\uf0a8"), (2, "\uf0fe"), (3, "\uf0a7"))
        ),
    )
    body = "".join(paragraph("Reader", f'<w:numPr><w:numId w:val="{at}"/></w:numPr>') for at in (1, 2, 3))
    found = lines(docx(body, numbering=numbering))
    assert [(one.text, one.marker) for one in found] == [("☐ Reader", ""), ("☒ Reader", ""), ("Reader", "▪")]


def test_boxes_are_read_however_word_keeps_them() -> None:
    """A content control by its state, an old form field, a sign of a symbol font, a letter in one."""

    def control(state: str, drawn: str) -> str:
        box = f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>'
        return f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{written(drawn)}</w:sdtContent></w:sdt>"

    def old(state: str) -> str:
        begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar>'
        ends = run('<w:fldChar w:fldCharType="separate"/>') + run('<w:fldChar w:fldCharType="end"/>')
        return run(begin) + run("<w:instrText> FORMCHECKBOX </w:instrText>") + ends

    def sign(code: str) -> str:
        return run(f'<w:sym w:font="Wingdings" w:char="{code}"/>')

    boxes = [
        control("1", "☐"),
        control("0", "☒"),
        old('<w:default w:val="0"/><w:checked/>'),
        old('<w:default w:val="1"/>'),
        old('<w:default w:val="1"/><w:checked w:val="0"/>'),
        sign("F0FE"),
        sign("F0A8"),
        written("þ", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
        written("o", '<w:rFonts w:ascii="Wingdings"/>'),
        written("R", '<w:rFonts w:ascii="Wingdings 2"/>'),
        written("[x]"),
        written("☑"),
    ]
    body = "".join(f"<w:p>{box}{written(' Reader')}</w:p>" for box in boxes)
    assert "".join(text[0] for text in blocks(docx(body))) == "☒☐☒☒☐☒☐☒☐☒☒☒"
    assert {text[1:] for text in blocks(docx(body))} == {" Reader"}


def test_a_control_around_a_whole_cell_says_its_state() -> None:
    box = '<w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
    held = f"<w:sdt>{box}<w:sdtContent>{cell(paragraph('☐'))}</w:sdtContent></w:sdt>"
    assert blocks(docx(f"<w:tbl><w:tr>{cell(paragraph('Reader'))}{held}</w:tr></w:tbl>")) == ["Reader | ☒"]


def test_what_a_form_asks_for_is_no_answer() -> None:
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + written("Click here") + "</w:sdtContent></w:sdt>"
    field = (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run("<w:instrText> FORMTEXT </w:instrText>")
        + run('<w:fldChar w:fldCharType="separate"/>')
        + written("30")
        + run('<w:fldChar w:fldCharType="end"/>')
    )
    body = f"<w:p>{written('Minutes: ')}{prompt}</w:p><w:p>{written('Minutes: ')}{field}{written(' a week')}</w:p>"
    assert blocks(docx(body)) == ["Minutes:", "Minutes: 30 a week"]


def test_what_is_gone_does_not_count() -> None:
    """Deleted, moved away, hidden and struck text; a tracked insertion does count."""
    body = (
        "<w:p>"
        + written("Reader ")
        + f"<w:del>{run('<w:delText>removed </w:delText>')}</w:del><w:moveFrom>{written('moved ')}</w:moveFrom>"
        + written("hidden ", "<w:vanish/>")
        + written("struck ", "<w:strike/>")
        + written("twice ", "<w:dstrike/>")
        + written("kept ", '<w:strike w:val="0"/>')
        + f"<w:ins>{written('added')}</w:ins>"
        + "</w:p>"
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('gone'))}</w:tr>"
        + f"<w:tr>{cell(paragraph('Speech'))}{cell(paragraph('30'))}</w:tr></w:tbl>"
    )
    assert blocks(docx(body)) == ["Reader kept added", "Speech | 30"]


def test_merged_cells_keep_their_columns() -> None:
    begins = ' w:val="restart"'

    def merged(state: str) -> str:
        return f"<w:vMerge{state}/>"

    wide = cell(paragraph("Services"), '<w:gridSpan w:val="2"/>')
    body = (
        "<w:tbl>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{wide}{cell(paragraph('Place'))}</w:tr>"
        f"<w:tr>{cell(paragraph('Speech'), merged(begins))}{cell(paragraph('30'))}{cell(paragraph('Room'))}</w:tr>"
        f"<w:tr>{cell(paragraph(''), merged(''))}{cell(paragraph('10'))}{cell(paragraph('Class'))}</w:tr>"
        "</w:tbl>"
    )
    heading, first, second = rows(docx(body))
    assert [(one.text, one.column, one.columns) for one in heading.cells] == [("Services", 0, 2), ("Place", 2, 1)]
    assert (heading.is_heading, first.is_heading) == (True, False)
    assert (first.cells[0].rows, first.cells[0].is_from_above) == (2, False)
    assert (second.cells[0].text, second.cells[0].is_from_above) == ("Speech", True)
    assert [one.column for one in second.cells] == [0, 1, 2]


def test_tables_in_cells_are_read_cell_by_cell_and_a_frame_is_text() -> None:
    inner = table(["Speech", "30"], ["Counseling", "20"])
    outer = f"<w:tbl><w:tr>{cell(paragraph('Services') + inner + '<w:p/>')}{cell(paragraph('Notes'))}</w:tr></w:tbl>"
    framed = f"<w:tbl><w:tr>{cell(paragraph('Goals') + paragraph('Ana will read.'))}</w:tr></w:tbl>"
    found = taken_apart(docx(outer + framed + paragraph("End")))[1]
    assert told(found) == ["Services", "Speech | 30", "Counseling | 20", "Notes", "Goals", "Ana will read.", "End"]
    assert [one.source.line for one in found.blocks] == [1, 1, 1, 1, 2, 2, 3]
    assert [one.table for one in found.blocks if isinstance(one, Row)] == [2, 2]


def test_a_text_box_is_read_once_where_it_is_anchored() -> None:
    content = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    ways = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert blocks(docx(f"<w:p>{written('Before')}{run(ways)}</w:p>" + paragraph("After"))) == ["Before", "In the box", "After"]


def test_heads_feet_and_watermarks_of_word_are_margins() -> None:
    mark = '<w:p><w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p>'
    content = docx(
        paragraph("Goals"), header1=part("hdr", paragraph("IEP of Ana") + mark), footer2=part("ftr", paragraph("Form 7"))
    )
    found = taken_apart(content)[1]
    assert told(found) == ["Goals"]
    assert sorted(found.margins) == ["DRAFT", "Form 7", "IEP of Ana"]


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE w [<!ENTITY a "x">]><w:document xmlns:w="w"><w:body>&a;</w:body></w:document>',
        '<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>',
        "<w:document",
        "",
        "<w/>",
    ],
)
def test_a_document_that_is_no_document_is_refused(document: str) -> None:
    from tests.written_documents import CONTENT_TYPES, archive

    with pytest.raises(Unreadable):
        word.taken_apart(archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document}))


def test_what_nests_too_deep_is_refused() -> None:
    deep = "<w:ins>" * 500 + paragraph("x") + "</w:ins>" * 500
    with pytest.raises(Unreadable, match="deep"):
        word.taken_apart(docx(deep + "".join(paragraph(f"{number} is a number") for number in range(400))))


# PDF


def square(x: float, y: float, size: float = 9) -> bytes:
    return b"%g %g %g %g re S\n" % (x, y, size, size)


def cross(x: float, y: float, size: float = 9) -> bytes:
    return b"%g %g m %g %g l S %g %g m %g %g l S\n" % (
        *(x + 1, y + 1, x + size - 1, y + size - 1),
        *(x + 1, y + size - 1, x + size - 1, y + 1),
    )


def test_drawn_boxes_are_marked_by_what_is_drawn_in_them() -> None:
    tick = b"72 565 m 75 561 l 80 569 l S\n"
    four = b"72 540 m 81 540 l S 72 549 m 81 549 l S 72 540 m 72 549 l S 81 540 m 81 549 l S\n"
    circle = (
        b"76.5 520 m 79 520 81 522 81 524.5 c 81 527 79 529 76.5 529 c 74 529 72 527 72 524.5 c 72 522 74 520 76.5 520 c h S\n"
    )
    page = (
        *(TITLE, square(72, 660), cross(72, 660), text_at(86, 661, "crossed")),
        *(square(72, 640), text_at(86, 641, "empty")),
        *(square(72, 620), text_at(73.5, 621, "X", 9), text_at(86, 621, "typed")),
        *(square(72, 600), text_at(73, 601, "4", 9, "F3"), text_at(86, 601, "dingbat")),
        *(square(72, 580), b"74 582 5 5 re f\n", text_at(86, 581, "filled")),
        *(square(72, 560), tick, text_at(86, 561, "ticked")),
        *(four, text_at(86, 541, "of four lines")),
        *(circle, text_at(86, 521, "a circle")),
        *(text_at(72, 501, "o", 10, "F3"), text_at(86, 501, "sign of an empty box")),
    )
    assert blocks(pdf(b"".join(page)))[1:] == [
        *("☒ crossed", "☐ empty", "☒ typed", "☒ dingbat", "☒ filled", "☒ ticked"),
        *("☐ of four lines", "☐ a circle", "☐ sign of an empty box"),
    ]


def test_cells_as_small_as_boxes_are_cells() -> None:
    ruled = grid([72, 200, 212, 224], [600, 612, 624, 636])
    words = text_at(76, 627, "Support") + text_at(203, 627, "A", 8) + text_at(215, 627, "B", 8)
    words += text_at(76, 615, "Reader") + text_at(203, 615, "X", 8) + text_at(76, 603, "Scribe") + text_at(215, 603, "X", 8)
    assert blocks(pdf(TITLE + ruled + words))[1:] == ["Support | A | B", "Reader | X | ", "Scribe |  | X"]


def test_a_ruled_table_is_read_with_its_merged_cells() -> None:
    ruled = (
        b"72 600 300 100 re S 72 660 m 372 660 l S 172 630 m 372 630 l S 172 600 m 172 700 l S 272 600 m 272 700 l S\n"
        + text_at(76, 680, "Service", 10, "F2")
        + text_at(176, 680, "Amount", 10, "F2")
        + text_at(276, 680, "Place", 10, "F2")
        + text_at(76, 645, "Speech")
        + text_at(176, 645, "30 min weekly")
        + text_at(276, 645, "Room")
        + text_at(176, 615, "10 min monthly")
        + text_at(276, 615, "Class")
    )
    heading, first, second = rows(pdf(TITLE + ruled))
    assert heading.is_heading
    assert [one.text for one in first.cells] == ["Speech", "30 min weekly", "Room"]
    assert (first.cells[0].rows, second.cells[0].text, second.cells[0].is_from_above) == (2, "Speech", True)


def test_sideways_headings_are_in_their_cells_and_watermarks_in_the_margins() -> None:
    ruled = grid([72, 250, 280, 310], [600, 620, 700]) + text_at(76, 610, "Large print") + text_at(262, 606, "X")
    ruled += b"BT /F1 9 Tf 0 1 -1 0 268 625 Tm (Mathematics) Tj ET BT /F1 9 Tf 0 1 -1 0 298 625 Tm (Science) Tj ET\n"
    mark = b"q .9 g BT /F2 80 Tf .7 .7 -.7 .7 150 250 Tm (DRAFT) Tj ET Q\n"
    found = taken_apart(pdf(mark + TITLE + ruled))[1]
    assert told(found)[1:] == [" | Mathematics | Science", "Large print | X | "]
    assert list(found.margins) == ["DRAFT"]


def test_a_watermark_that_lies_flat_disturbs_no_line() -> None:
    text = b"".join(text_at(72, 680 - 12 * at, f"Line {at} says what the child will read.") for at in range(5))
    found = taken_apart(pdf(b"q .9 g BT /F2 80 Tf 150 640 Td (DRAFT) Tj ET Q\n" + TITLE + text))[1]
    assert told(found)[1:] == [f"Line {at} says what the child will read." for at in range(5)]
    assert list(found.margins) == ["DRAFT"]


@pytest.mark.parametrize("turn", [b"/Rotate 90", b"/Rotate 180", b""])
def test_a_page_that_is_turned_is_read_as_its_text_runs(turn: bytes) -> None:
    assert blocks(pdf(TITLE + text_at(72, 700, "One") + text_at(72, 680, "Two"), page=turn))[1:] == ["One", "Two"]
    sideways = b"q 0 1 -1 0 612 0 cm " + text_at(72, 400, "Individualized Education Program") + text_at(72, 380, "Two") + b"Q"
    assert blocks(pdf(sideways, page=b"/Rotate 90")) == ["Individualized Education Program", "Two"]


def test_the_fields_of_a_form_stand_where_they_are_drawn() -> None:
    def field(number: int, entries: bytes) -> bytes:
        return b"<</Type/Annot/Subtype/Widget/T(f%d)/F 4%s>>" % (number, entries)

    fields = [
        field(1, b"/FT/Tx/V(Ana Quill)/Rect[120 698 300 712]"),
        field(2, b"/FT/Btn/V/Yes/AS/Yes/Rect[72 660 81 669]"),
        field(3, b"/FT/Btn/AS/Off/Rect[72 640 81 649]"),
        field(4, b"/FT/Btn/V/On/Rect[72 620 81 629]"),
        field(5, b"/FT/Tx/V(hidden)/Rect[120 598 300 612]").replace(b"/F 4", b"/F 2"),
        b"<</Type/Annot/Subtype/FreeText/Contents(typed upon it)/Rect[72 580 300 592]>>",
    ]
    names = b" ".join(b"%d 0 R" % (8 + at) for at in range(len(fields)))
    words = text_at(72, 701, "Name:") + text_at(86, 661, "Reader") + text_at(86, 641, "Scribe") + text_at(86, 621, "Breaks")
    content = pdf(TITLE + words, more=fields, page=b"/Annots[%s]" % names, catalog=b"/AcroForm<</Fields[%s]>>" % names)
    found = blocks(content)[1:]
    assert found[0].split() == ["Name:", "Ana", "Quill"]
    assert found[1:] == ["☒ Reader", "☐ Scribe", "☒ Breaks", "typed upon it"]


def test_pages_that_are_pictures_are_named() -> None:
    picture = stream(b"\0" * 3, b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8")
    draws = b"q 600 0 0 780 0 0 cm /I Do Q\n"
    more = {"fonts": b">>/XObject<</I 10 0 R", "more": [picture]}
    found = taken_apart(pdf(TITLE, draws, **more))[1]  # type: ignore[arg-type]
    assert (list(found.without_text), found.count) == ([2], 2)
    none = taken_apart(pdf(draws, draws + text_at(300, 20, "2"), **more))[1]  # type: ignore[arg-type]
    assert (list(none.without_text), list(none.blocks)) == ([1, 2], [])


def test_a_table_goes_on_over_pages_and_its_heading_is_given_once() -> None:
    def page(number: int, *texts: str) -> bytes:
        high = [700 - 20 * at for at in range(len(texts) + 2)]
        ruled = (
            grid([72, 300, 500], high[::-1])
            + text_at(76, 686, "Accommodation", 10, "F2")
            + text_at(304, 686, "Where", 10, "F2")
        )
        for at, text in enumerate(texts):
            first, _, second = text.partition("|")
            ruled += text_at(76, 666 - 20 * at, first) + (text_at(304, 666 - 20 * at, second) if second else b"")
        return text_at(72, 760, f"IEP of Ana    Page {number}", 8) + ruled + text_at(72, 30, "Form 7", 8)

    content = pdf(
        page(1, "Large print|All classes", "Notes given before the|History"),
        page(2, "lesson begins", "Extra time|Tests"),
    )
    found = taken_apart(content)[1]
    assert told(found) == [
        *("Accommodation | Where", "Large print | All classes", "Notes given before the lesson begins | History"),
        "Extra time | Tests",
    ]
    assert {one.table for one in found.blocks if isinstance(one, Row)} == {1}
    assert [one.source.page for one in found.blocks] == [1, 1, 1, 2]
    assert [text.split()[0] for text in found.margins] == ["IEP", "Form"]
