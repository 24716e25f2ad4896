"""Documents written byte by byte, so that each test says all that is in its own."""

import io
import zipfile
from collections.abc import Mapping, Sequence

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def part(root: str, inside: str) -> str:
    """A part of a DOCX with this root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMES}>{inside}</w:{root}>'


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: Sequence[str]) -> str:
    """A table whose cells hold a paragraph each."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(cell(paragraph(text)) for text in row)}</w:tr>" for row in rows) + "</w:tbl>"


def cell(inside: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body; `styles="..."` and the like add parts."""
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            **{f"word/{name}.xml": text for name, text in parts.items()},
        }
    )


def docx_of(main: str, body: str, **parts: str) -> bytes:
    """A DOCX whose main part has this name, and whose further ones (`styles="..."`) end in 2, as Word for the web writes it."""
    relation = (
        '<Relationship Id="r{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}" Target="{1}"/>'
    )
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    folder, _, name = main.rpartition("/")
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES.replace("word/document.xml", main),
            "_rels/.rels": relations.format(relation.format("officeDocument", f"/{main}")),
            main: part("document", f"<w:body>{body}</w:body>"),
            f"{folder}/_rels/{name}.rels": relations.format("".join(relation.format(each, f"{each}2.xml") for each in parts)),
            **{f"{folder}/{each}2.xml": text for each, text in parts.items()},
        }
    )


def archive(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def pdf_of(objects: Sequence[bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    begins = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, trailer, begins)
    return bytes(out)


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n" % (len(content), more) + content + b"\nendstream"


def pdf(*pages: bytes, fonts: bytes = b"", more: Sequence[bytes] = (), page: bytes = b"", catalog: bytes = b"") -> bytes:
    """A PDF of these content streams in Helvetica (/F1), Helvetica-Bold (/F2) and ZapfDingbats (/F3).

    `more` are further objects, numbered on from 6 + twice the pages; `page` and `catalog` add entries to those.
    """
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (6 + 2 * at) for at in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        *(
            b"<</Type/Font/Subtype/Type1/BaseFont/%s%s>>" % (name, encoding)
            for name, encoding in (
                (b"Helvetica", b"/Encoding/WinAnsiEncoding"),
                (b"Helvetica-Bold", b"/Encoding/WinAnsiEncoding"),
                (b"ZapfDingbats", b""),
            )
        ),
    ]
    for at, content in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R%s>>>>%s>>" % (7 + 2 * at, fonts, page)
        )
        objects.append(stream(content))
    return pdf_of([*objects, *more])


def text_at(x: float, y: float, text: str, size: float = 10, font: str = "F1") -> bytes:
    """A line of text; y from the bottom of the page."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, x, y, escaped)


def grid(xs: Sequence[float], ys: Sequence[float]) -> bytes:
    """Ruled lines at these places."""
    across = b"".join(b"%g %g m %g %g l S\n" % (xs[0], y, xs[-1], y) for y in ys)
    return across + b"".join(b"%g %g m %g %g l S\n" % (x, ys[0], x, ys[-1]) for x in xs)
