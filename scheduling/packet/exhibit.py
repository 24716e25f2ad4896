"""An exhibit made ready: its pages, each in a frame of the size of a letter with room for a stamp below it, or its text.

What a page shows is taken, and nothing else of its file: no action, no script, no form, no attachment, no note that opens.
Annotations are drawn where they are seen. What cannot be shown says why, in a word.
"""

import base64
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import pikepdf
from pikepdf import Name, Rectangle

from domain.file_type import PICTURES, SOUNDS, TABLES, FileType, decoded
from domain.reading.block import Line, Pages
from domain.reading.unreadable import Unreadable
from scheduling.child_process import Limits
from scheduling.packet.answer import Made, answer

if TYPE_CHECKING:
    from domain.redaction import Redactions

LIMITS = Limits(whole_seconds=300, processor_seconds=280, memory_bytes=3 << 29, is_alone=True, files=64)
MOST_PAGES = 1500
# How long a side of a page may be, in points.
SHORTEST, LONGEST = 3, 14_400
# What a text shows of itself; all of it is in the ZIP.
MOST_TEXT = 400_000
# Points. The strip below the page is for the stamp.
WIDTH, HEIGHT, STRIP, MARGIN = 612, 792, 24, 6
WORDS = ("txt", "docx", *TABLES)
# What a page draws is read while it is written, at the end of this process.
_open: list[pikepdf.Pdf] = []


class NotShown(Exception):
    """It cannot be shown: the word says why, as `scheduling.packets` knows it in a sentence."""


def made_ready(said: dict[str, Any]) -> tuple[dict[str, Any], Made]:
    """Of the file under the number `file`, which is of `file_type`: `{pages, text, why_not, unsearched}`, and its pages as a
    PDF, if it has any.

    With `redactions` (`domain.redaction.Redactions.as_json`, and `areas` of this file) they are those of the redacted edition:
    then `unsearched` are the pages on which no word was found to look at.
    """
    redactions = _redactions(said["redactions"]) if said.get("redactions") is not None else None
    kind, unsearched = said["file_type"], list[int]()
    try:
        opened = os.fdopen(said["file"], "rb")
        if kind in WORDS:
            text = _text(opened.read(), kind)
            return _told(text=redactions.redacted(text) if redactions else text), None
        if kind in SOUNDS:
            raise NotShown("recording")
        if kind not in ("pdf", *PICTURES) or kind == "heic":
            raise NotShown("heic" if kind == "heic" else "kind")
        source: BinaryIO = opened
        if redactions is not None:
            source, unsearched = _redacted(opened, kind, redactions, said["areas"])
        elif kind in PICTURES:
            source = _on_a_page(_as_preview(opened, kind))
        framed = _framed(source)
        return _told(pages=len(framed.pages), unsearched=unsearched), framed
    except NotShown as why:
        return _told(why_not=str(why)), None
    except Unreadable as why:
        return _told(why_not={"password": "locked", "limits": "large"}.get(why.reason, "damaged")), None
    except (MemoryError, RecursionError):
        return _told(why_not="large"), None


def _redactions(said: dict[str, Any]) -> "Redactions":
    # Imported where it is needed: it takes as long as all the rest, and there is a child for each exhibit.
    from domain.redaction import Redactions

    return Redactions.of_json(said)


def _told(
    pages: int = 0, text: str | None = None, why_not: str | None = None, unsearched: Sequence[int] = ()
) -> dict[str, Any]:
    return {"pages": pages, "text": text, "why_not": why_not, "unsearched": list(unsearched)}


def _redacted(opened: BinaryIO, kind: FileType, redactions: "Redactions", areas: Sequence[Any]) -> tuple[BinaryIO, list[int]]:
    """The pages as pictures with bars burnt in; and which of them hold no text that could be searched."""
    from scheduling.packet.redacted import pages_of, picture_of

    made = io.BytesIO()
    if kind in PICTURES:
        pages = picture_of(io.BytesIO(_as_preview(opened, kind)), made, areas)
    else:
        pages = pages_of(opened, made, redactions, areas)
    made.seek(0)
    return made, list(pages.unsearched)


# PDF.


def _framed(source: BinaryIO) -> pikepdf.Pdf:
    try:
        document = pikepdf.open(source)
        _open.append(document)
        if len(document.pages) > MOST_PAGES:
            raise NotShown("pages")
        if not len(document.pages):
            raise NotShown("damaged")
        if _has_hidden_layers(document):
            document = _drawn(source)
            _open.append(document)
        # What a form would draw when it is opened, it is given now; then each annotation that is seen becomes part of its page.
        with contextlib.suppress(pikepdf.PdfError, ValueError, TypeError, KeyError):
            document.generate_appearance_streams()
        document.flatten_annotations()
        made = pikepdf.Pdf.new()
        for page in document.pages:
            _frame(made, page)
        return made
    except pikepdf.PasswordError:
        raise NotShown("locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        raise NotShown("damaged") from None


def _frame(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """The page as it is seen (its crop box, turned as it says), no larger than it is, above the strip; lying pages lie."""
    for box in (Name.TrimBox, Name.ArtBox, Name.BleedBox):
        if box in page.obj:
            del page.obj[box]
    drawing = page.as_form_xobject()
    for other in (Name.StructParents, Name.StructParent, Name.PieceInfo, Name.Metadata, Name.LastModified):
        if other in drawing:
            del drawing[other]
    left, bottom, right, top = (float(side) for side in drawing.BBox)
    wide, high = abs(right - left), abs(top - bottom)
    if drawing.get(Name.Matrix) is not None and float(drawing.Matrix[0]) == 0:
        wide, high = high, wide
    if not (wide > 0 and high > 0):
        raise NotShown("damaged")
    across, along = (HEIGHT, WIDTH) if wide > high else (WIDTH, HEIGHT)
    frame = made.add_blank_page(page_size=(across, along))
    drawing = made.copy_foreign(drawing)
    frame.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Ex=drawing))
    room = Rectangle(MARGIN, STRIP, across - MARGIN, along - MARGIN)
    placed = frame.calc_form_xobject_placement(drawing, Name.Ex, room, allow_shrink=True, allow_expand=False)
    frame.Contents = made.make_stream(placed)


def _has_hidden_layers(document: pikepdf.Pdf) -> bool:
    """Whether it says of parts that they are not seen: of a page alone, nobody would know that any more."""
    layers = document.Root.get(Name.OCProperties)
    if layers is None:
        return False
    usual = layers.get(Name.D, pikepdf.Dictionary())
    return bool(len(usual.get(Name.OFF, pikepdf.Array()))) or usual.get(Name.BaseState, Name.ON) != Name.ON


def _drawn(source: BinaryIO) -> pikepdf.Pdf:
    """The pages as pictures of what is seen."""
    import pypdfium2  # type: ignore[import-untyped]

    source.seek(0)
    made = pikepdf.Pdf.new()
    with pypdfium2.PdfDocument(source) as document:
        document.init_forms()
        for page in document:
            wide, high = page.get_size()
            drawn, held = page.render(scale=min(2.0, 2000 / max(wide, high, 1))).to_pil().convert("RGB"), io.BytesIO()
            drawn.save(held, "JPEG", quality=85)
            _add_picture(made, held.getvalue(), drawn.size, (wide, high))
            page.close()
    return made


# Pictures.


def _as_preview(opened: BinaryIO, kind: FileType) -> bytes:
    """A picture as its preview: the right way up, and without what its camera wrote into it."""
    from scheduling.extraction import picture

    return base64.b64decode(picture.taken_apart(opened.read(), kind)["preview"]["jpeg"])


def _on_a_page(preview: bytes) -> BinaryIO:
    """A picture as the one page of a PDF, as large as the frame has room for."""
    from PIL import Image

    with Image.open(io.BytesIO(preview)) as picture:
        wide, high = picture.size
    across, along = (HEIGHT, WIDTH) if wide > high else (WIDTH, HEIGHT)
    scale = min((across - 2 * MARGIN) / wide, (along - STRIP - MARGIN) / high, 1.0)
    made = pikepdf.Pdf.new()
    _add_picture(made, preview, (wide, high), (wide * scale, high * scale))
    held = io.BytesIO()
    made.save(held)
    held.seek(0)
    return held


def _add_picture(made: pikepdf.Pdf, jpeg: bytes, pixels: tuple[int, int], size: tuple[float, float]) -> None:
    """A page of this size that is a picture; as near to it as a page can be."""
    scale = min(1.0, LONGEST / max(size))
    wide, high = (max(side * scale, SHORTEST) for side in size)
    stream = made.make_stream(jpeg)
    stream.Type, stream.Subtype, stream.Filter = Name.XObject, Name.Image, Name.DCTDecode
    stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = *pixels, 8, Name.DeviceRGB
    page = made.add_blank_page(page_size=(wide, high))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream))
    page.Contents = made.make_stream(b"q %f 0 0 %f 0 0 cm /Im Do Q" % (wide, high))


# Texts and tables.


def _text(content: bytes, kind: FileType) -> str:
    if kind == "txt":
        text = decoded(content)
        if text is None:
            raise NotShown("damaged")
    elif kind in TABLES:
        from scheduling.extraction import table

        sheets = table.taken_apart(content, kind)["table"]["sheets"]
        text = "\n\n".join(_table(sheet) for sheet in sheets)
    else:
        from scheduling.extraction import docx

        text = "\n".join(_lines(docx.taken_apart(content)))
    if len(text) > MOST_TEXT:
        text = f"{text[:MOST_TEXT]}\n[...]"
    return text


def _table(sheet: dict[str, Any]) -> str:
    rows = [" | ".join("" if cell is None else str(cell) for cell in row) for row in sheet["rows"]]
    return "\n".join([sheet["name"], *rows] if sheet["name"] else rows)


def _lines(pages: Pages) -> list[str]:
    return [
        f"{block.marker} {block.text}".strip()
        if isinstance(block, Line)
        else " | ".join(cell.text.replace("\n", " ") for cell in block.cells if not cell.is_from_above)
        for block in pages.blocks
    ]


if __name__ == "__main__":
    sys.exit(answer(LIMITS, made_ready))
