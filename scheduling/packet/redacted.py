"""An exhibit of a redacted edition: each page a picture in which the bars are burnt, and nothing besides pictures in its PDF.

What is covered is gone: there is no text, no layer, no annotation, no attachment and no metadata that could still say it. What
to cover is found by the page's text; a page that has none to look at is told as `unsearched`: there somebody marks areas.
"""

import base64
import ctypes
import io
import math
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pikepdf
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw

from domain.file_type import FileRefused, sniffed
from domain.reading.unreadable import Unreadable
from domain.redaction import Redactions
from scheduling.extraction import picture
from scheduling.extraction.matrix import matrix_of, times

MOST_PAGES, MOST_CHARACTERS = 1500, 120_000
# Of a picture's side.
_MOST_PIXELS = 5000
_QUALITY, _EFFORT = 80, 4
# A page of letters in sixteen greys; what takes more than that is a photograph, and smaller as one.
_LARGE = 400_000
_COLOURED = 14
# Of a page, covered by pictures: beyond that it is a scan, whatever text lies over it. And lines of drawings: beyond, letters.
_SCAN, _DRAWING = 0.4, 2500
_LEAST_PICTURE = 0.01
# Of the letters of a page, those of which nobody knows what they are.
_UNKNOWN = 0.1
# Of its words in Latin letters, if they are more than a few, those without a vowel.
_WORD, _VOWEL, _FEW_WORDS, _NO_WORDS = re.compile("[a-zà-ÿ]{4,40}"), re.compile("[aeiouyà-åè-ïò-öù-ý]"), 12, 0.25
_MOST_OBJECTS, _MOST_DEPTH = 40_000, 8
_BLACK, _WHITE = 0xFF000000, 0xFFFFFFFF
_LOCKED = "This PDF is locked with a password: upload a copy without one."
_DAMAGED = "This PDF is damaged: it cannot be opened."
# Each letter of a name may be written as its number.
_ACTUAL_TEXT = re.compile(b"/" + b"".join(b"(?:%c|#%02X|#%02x)" % (sign, sign, sign) for sign in b"ActualText"))
_HYPHENS = (0x02, 0xFFFE)

Box = tuple[float, float, float, float]


@dataclass
class Pages:
    """How many there are; those, from 1, on which no text, or not all of it, could be searched; and those searched ones that
    show a picture, in which nothing is searched.
    """

    count: int = 0
    unsearched: list[int] = field(default_factory=list)
    with_pictures: list[int] = field(default_factory=list)


def pages_of(
    source: BinaryIO, into: BinaryIO, redactions: Redactions, areas: Sequence[Mapping[str, Any]] = (), dpi: int = 150
) -> Pages:
    """Writes the redacted pages as a PDF, front to back, and holds one page at a time.

    `areas` have `page` from 1, and `x`, `y`, `width`, `height` in points from the top left of the page as it is seen. Raises
    `Unreadable`. For a child process with limits.
    """
    content = _as_drawn(source.read())
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Unreadable(_LOCKED, "password")
        raise Unreadable(_DAMAGED)
    count = pdfium.FPDF_GetPageCount(document)
    if not 1 <= count <= MOST_PAGES:
        raise Unreadable(f"This PDF has {count} pages; from 1 to {MOST_PAGES} are taken.", "limits")
    form, made, told = _form_of(document), _PicturesOnly(into), Pages(count)
    for index in range(count):
        marked = [(one["x"], one["y"], one["width"], one["height"]) for one in areas if one["page"] == index + 1]
        with _page(document, form, index) as page:
            _draw(page, made, told, index + 1, redactions, marked, dpi)
    made.end()
    return told


def picture_of(source: BinaryIO, into: BinaryIO, areas: Sequence[Mapping[str, Any]] = ()) -> Pages:
    """A picture, or its preview, as the one page of a PDF that shows the preview; `areas` are in pixels of that from the top
    left. Nothing in it is searched. Raises `Unreadable`.
    """
    content = source.read()
    try:
        shown = picture.taken_apart(content, sniffed(content))["preview"]["jpeg"]
    except FileRefused as why:
        raise Unreadable(str(why)) from None
    drawn = Image.open(io.BytesIO(base64.b64decode(shown))).convert("RGB")
    bars = ImageDraw.Draw(drawn)
    for one in areas:
        bars.rectangle((one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"]), "black")
    made = _PicturesOnly(into)
    made.add(drawn, drawn.size, is_photograph=True)
    made.end()
    return Pages(1, [1])


def _draw(
    page: Any, made: "_PicturesOnly", told: Pages, number: int, redactions: Redactions, marked: Sequence[Box], dpi: int
) -> None:
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not (0 < wide < math.inf and 0 < high < math.inf):
        raise Unreadable("This PDF is damaged: it has a page of no size.")
    scale = min(dpi / 72, _MOST_PIXELS / max(wide, high))
    width, height = max(round(wide * scale), 1), max(round(high * scale), 1)
    words, seen = _words_of(page), _Seen(wide * high)
    seen.look(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
    buffer = (ctypes.c_ubyte * (width * height * 4))()
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, buffer, width * 4)
    if not bitmap:
        raise Unreadable("A page of this PDF takes too much memory.", "limits")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        shows = _as_seen(page, width, height)
        bars = [shows(box) for box in words.bars(redactions)]
        bars += [(x * scale, y * scale, (x + wide) * scale, (y + high) * scale) for x, y, wide, high in marked]
        for left, top, right, bottom in bars:
            _bar(bitmap, left, top, right, bottom)
        drawn = Image.frombuffer("RGB", (width, height), buffer, "raw", "BGRX", width * 4, 1)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    made.add(drawn, (wide, high), is_photograph=seen.pictures > _LEAST_PICTURE)
    is_empty = not words.letters and not seen.count
    if not is_empty and (not words.are_known or seen.pictures > _SCAN or seen.lines > _DRAWING):
        told.unsearched.append(number)
    elif seen.pictures > _LEAST_PICTURE:
        told.with_pictures.append(number)


def _bar(bitmap: Any, left: float, top: float, right: float, bottom: float) -> None:
    """A bar over a box, and what a letter's foot or slant may stand out of it."""
    more = max(1.0, 0.06 * min(right - left, bottom - top))
    x, y = max(math.floor(left - more), 0), max(math.floor(top - more), 0)
    wide, high = math.ceil(right + more) - x, math.ceil(bottom + more) - y
    if wide > 0 and high > 0:
        pdfium.FPDFBitmap_FillRect(bitmap, x, y, wide, high, _BLACK)


# What is open.


def _as_drawn(content: bytes) -> bytes:
    """The document without what it says its letters read as (`ActualText`): a search would hear that, and not what is seen."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            # Each is looked at, so that none is left.
            if not sum([_says_what_it_draws(one) for one in document.objects]):
                return content
            held = io.BytesIO()
            document.save(held)
            return held.getvalue()
    except pikepdf.PasswordError:
        raise Unreadable(_LOCKED, "password") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        raise Unreadable(_DAMAGED) from None


def _says_what_it_draws(one: pikepdf.Object) -> bool:
    """Takes it away from an object; whether there was any."""
    found = False
    if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image":
        with suppress(pikepdf.PdfError):
            drawn = one.read_bytes()
            said = _ACTUAL_TEXT.sub(b"/Nothing", drawn)
            if found := said != drawn:
                one.write(said)
    if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
        if "/ActualText" in one:
            del one["/ActualText"]
            found = True
        for name in ("/Resources", "/Properties"):
            for inner in _dictionaries(one.get(name)):
                found = _says_what_it_draws(inner) or found
    return found


def _dictionaries(one: pikepdf.Object | None) -> list[pikepdf.Object]:
    """One and those right in it, where they are no objects of their own."""
    if not isinstance(one, pikepdf.Dictionary):
        return []
    return [one, *(value for value in one.as_dict().values() if isinstance(value, pikepdf.Dictionary))]


# What the library points to while it works.
_kept: list[Any] = []


def _form_of(document: Any) -> Any:
    """The environment of the document's form, without scripts: it draws what was typed."""
    settings = pdfium.FPDF_FORMFILLINFO(version=2)
    _kept.append(settings)
    return pdfium.FPDFDOC_InitFormFillEnvironment(document, settings)


@contextmanager
def _page(document: Any, form: Any, index: int) -> Iterator[Any]:
    """A page; what its annotations and fields show has become part of it, so that it is searched too."""
    page = _loaded(document, index)
    try:
        if pdfium.FPDFPage_GetAnnotCount(page):
            pdfium.FORM_OnAfterLoadPage(page, form)
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            pdfium.FORM_OnBeforeClosePage(page, form)
            pdfium.FPDF_ClosePage(page)
            page = _loaded(document, index)
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _loaded(document: Any, index: int) -> Any:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise Unreadable("This PDF is damaged: a page of it cannot be opened.")
    return page


def _as_seen(page: Any, width: int, height: int) -> Callable[[Box], Box]:
    """From the page's own places to those in a picture of it, turned as it says."""
    fine = 64
    x, y = ctypes.c_int(), ctypes.c_int()

    def seen(across: float, along: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page, 0, 0, width * fine, height * fine, 0, across, along, x, y)
        return x.value / fine, y.value / fine

    (left, top), (a, b), (c, d) = seen(0, 0), seen(100, 0), seen(0, 100)
    a, b, c, d = (a - left) / 100, (b - top) / 100, (c - left) / 100, (d - top) / 100

    def box(one: Box) -> Box:
        xs = [left + a * one[0] + c * one[1], left + a * one[2] + c * one[3]]
        ys = [top + b * one[0] + d * one[1], top + b * one[2] + d * one[3]]
        return min(xs), min(ys), max(xs), max(ys)

    return box


# What is on the page.


def _plainly(function: Any, answer: Any, *takes: Any) -> Callable[..., Any]:
    """The library's function with plain numbers for its handles: it is called for every sign, and converting takes long."""
    made: Callable[..., Any] = ctypes.CFUNCTYPE(answer, *takes)(ctypes.cast(function, ctypes.c_void_p).value or 0)
    return made


_POINTER, _INDEX = ctypes.c_void_p, ctypes.c_int
_unicode_of = _plainly(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INDEX)
_is_unknown = _plainly(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, _POINTER, _INDEX)
_loose_box_of = _plainly(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _POINTER, _INDEX, _POINTER)
_box_of = _plainly(pdfium.FPDFText_GetCharBox, ctypes.c_int, _POINTER, _INDEX, _POINTER, _POINTER, _POINTER, _POINTER)
_angle_of = _plainly(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _POINTER, _INDEX)


@dataclass
class _Words:
    """The signs of a page in the order in which it draws them, and where each stands; None for spaces that nobody drew."""

    signs: list[str]
    boxes: list[Box | None]
    angles: list[int]
    unknown: int = 0

    @property
    def letters(self) -> int:
        return sum(sign.isalnum() for sign in self.signs)

    @property
    def are_known(self) -> bool:
        """Whether they are letters that make words. A font may say that its letters are others, and then they make none."""
        words = _WORD.findall("".join(self.signs).lower())
        without_vowels = sum(_VOWEL.search(word) is None for word in words)
        are_words = len(words) < _FEW_WORDS or without_vowels <= _NO_WORDS * len(words)
        return are_words and self.letters > 0 and self.unknown <= _UNKNOWN * len(self.signs)

    def bars(self, redactions: Redactions) -> Iterator[Box]:
        """What to cover: found in the order in which the page draws, and once more in that in which it is read."""
        drawn = "".join(self.signs)
        for begins, ends in redactions.spans(drawn):
            yield from _joined([box for box in self.boxes[begins:ends] if box])
        read, places = self._as_read()
        if "".join(read.split()) != "".join(drawn.split()):
            for begins, ends in redactions.spans(read):
                yield from _joined([box for at in range(begins, ends) for place in places[at] if (box := self.boxes[place])])

    def _as_read(self) -> tuple[str, list[list[int]]]:
        """By lines from the top, each from the left, for each direction of text; and of each sign, its places here."""
        said: list[str] = []
        places: list[list[int]] = []
        for turn in sorted(set(self.angles)):
            turned = [
                (*_turned(box, turn), place)
                for place, box in enumerate(self.boxes)
                if box and self.angles[place] == turn and not self.signs[place].isspace()
            ]
            for line in _lines(turned):
                before: tuple[float, float, float, float, int] | None = None
                for one in line:
                    left, bottom, _, top, place = one
                    if (
                        before
                        and self.signs[place] == self.signs[before[4]]
                        and left - before[0] < 0.3 * (before[2] - before[0])
                    ):
                        # Drawn twice, to be bold.
                        places[-1].append(place)
                        continue
                    if before and left - before[2] > 0.2 * (top - bottom):
                        said.append(" ")
                        places.append([])
                    said.append(self.signs[place])
                    places.append([place])
                    before = one
                said.append("\n")
                places.append([])
        return "".join(said), places


def _words_of(page: Any) -> _Words:
    text = pdfium.FPDFText_LoadPage(page)
    words = _Words([], [], [])
    if not text:
        return words
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MOST_CHARACTERS:
            raise Unreadable("A page of this PDF holds too much text.", "limits")
        handle = ctypes.cast(text, _POINTER).value
        box, sides = pdfium.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
        here, edges = ctypes.addressof(box), [ctypes.addressof(side) for side in sides]
        for index in range(count):
            code = _unicode_of(handle, index)
            words.unknown += code in (0, 0xFFFD) or 0xE000 <= code < 0xF900 or _is_unknown(handle, index) == 1
            words.signs.append("-" if code in _HYPHENS else chr(code) if 0 < code < 0x110000 and code >> 11 != 27 else "\ufffd")
            place: Box | None = None
            if code not in (0x0A, 0x0D) and _loose_box_of(handle, index, here):
                place = min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)
                # What a font says of its letters may be less than what it draws.
                if _box_of(handle, index, *edges):
                    left, right, bottom, top = (side.value for side in sides)
                    place = min(place[0], left), min(place[1], bottom), max(place[2], right), max(place[3], top)
                place = place if place[2] > place[0] and place[3] > place[1] else None
            words.boxes.append(place)
            words.angles.append(round(math.degrees(_angle_of(handle, index)) / 90) * 90 % 360 if place else 0)
    finally:
        pdfium.FPDFText_ClosePage(text)
    return words


def _turned(box: Box, turn: int) -> Box:
    """So that its text runs to the right."""
    left, bottom, right, top = box
    if turn == 90:
        return bottom, -right, top, -left
    if turn == 180:
        return -right, -top, -left, -bottom
    if turn == 270:
        return -top, left, -bottom, right
    return box


_Placed = tuple[float, float, float, float, int]


def _lines(placed: list[_Placed]) -> list[list[_Placed]]:
    """Signs whose middles are on one height are of one line."""
    lines: list[list[_Placed]] = []
    last = math.inf
    for one in sorted(placed, key=lambda one: -(one[1] + one[3])):
        middle = (one[1] + one[3]) / 2
        if not lines or last - middle > 0.35 * (one[3] - one[1]):
            lines.append([])
            last = middle
        lines[-1].append(one)
    return [sorted(line) for line in lines]


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Boxes side by side, or below each other, are one bar; those on a slope stay many."""
    made: list[Box] = []
    for box in boxes:
        if made:
            left, bottom, right, top = made[-1]
            whole = min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3])
            wide, high = box[2] - box[0], box[3] - box[1]
            is_beside = whole[3] - whole[1] < 1.4 * high and -2 * high < box[0] - right < 2 * high
            is_below = whole[2] - whole[0] < 1.4 * wide and -2 * wide < bottom - box[3] < 2 * wide
            if (is_beside and min(top, box[3]) > max(bottom, box[1])) or (is_below and min(right, box[2]) > max(left, box[0])):
                made[-1] = whole
                continue
        made.append(box)
    return made


class _Seen:
    """What a page draws besides text: how much of it are pictures, from 0, and of how many lines its drawings are."""

    def __init__(self, area: float) -> None:
        self._area = area
        self.pictures, self.lines, self.count = 0.0, 0, 0

    def look(self, parent: Any, count: Any, one: Any, matrix: tuple[float, ...], depth: int) -> None:
        for index in range(count(parent)):
            self.count += 1
            if self.count > _MOST_OBJECTS:
                return
            thing = one(parent, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.lines += max(pdfium.FPDFPath_CountSegments(thing) - 5, 0)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d = times(matrix_of(thing), matrix)[:4]
                self.pictures += abs(a * d - b * c) / self._area
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
                inner = times(matrix_of(thing), matrix)
                self.look(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)


class _PicturesOnly:
    """A PDF of nothing but pictures, written front to back: of each page its picture and its size."""

    def __init__(self, into: BinaryIO) -> None:
        self._into, self._at = into, 0
        self._places: dict[int, int] = {}
        self._pages: list[int] = []
        # 1 and 2 are the catalog and the list of pages, which come last.
        self._next = 3
        self._write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    def add(self, shown: Image.Image, size: tuple[float, float], *, is_photograph: bool) -> None:
        """A page of this size in points."""
        filtered, colours, bits, data = _packed(shown, is_photograph)
        wide, high = (f"{side:.2f}" for side in size)
        image = self._object(
            f"<</Type/XObject/Subtype/Image/Width {shown.width}/Height {shown.height}/ColorSpace/{colours}"
            f"/BitsPerComponent {bits}/Filter/{filtered}",
            data,
        )
        drawn = self._object("<<", f"q {wide} 0 0 {high} 0 0 cm /I Do Q".encode())
        self._pages.append(
            self._object(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide} {high}]/Contents {drawn} 0 R"
                f"/Resources<</XObject<</I {image} 0 R>>>>>>"
            )
        )

    def end(self) -> None:
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>", number=2)
        self._object("<</Type/Catalog/Pages 2 0 R>>", number=1)
        began = self._at
        self._write(f"xref\n0 {self._next}\n0000000000 65535 f \n".encode())
        self._write("".join(f"{self._places[number]:010d} 00000 n \n" for number in range(1, self._next)).encode())
        self._write(f"trailer\n<</Size {self._next}/Root 1 0 R>>\nstartxref\n{began}\n%%EOF\n".encode())

    def _object(self, said: str, data: bytes | None = None, number: int = 0) -> int:
        """A dictionary; with data, which its length is added to, a stream."""
        if not number:
            number, self._next = self._next, self._next + 1
        self._places[number] = self._at
        self._write(f"{number} 0 obj\n{said}".encode())
        if data is not None:
            self._write(f"/Length {len(data)}>>\nstream\n".encode())
            self._write(data)
            self._write(b"\nendstream")
        self._write(b"\nendobj\n")
        return number

    def _write(self, data: bytes) -> None:
        self._into.write(data)
        self._at += len(data)


_SIXTEEN = [round(grey / 17) for grey in range(256)]


def _packed(shown: Image.Image, is_photograph: bool) -> tuple[str, str, int, bytes]:
    """Filter, colours, bits of each and data, as PDF names them: letters in sixteen greys, everything else as JPEG."""
    is_coloured = _is_coloured(shown)
    if not is_coloured:
        shown = shown.convert("L")
        if not is_photograph:
            greys = shown.point(_SIXTEEN)
            # Two to a byte.
            packed = Image.frombuffer("P", greys.size, greys.tobytes(), "raw", "P", 0, 1).tobytes("raw", "P;4")
            if len(data := zlib.compress(packed, _EFFORT)) < _LARGE:
                return "FlateDecode", "DeviceGray", 4, data
    held = io.BytesIO()
    shown.save(held, "JPEG", quality=_QUALITY)
    return "DCTDecode", "DeviceRGB" if is_coloured else "DeviceGray", 8, held.getvalue()


def _is_coloured(shown: Image.Image) -> bool:
    red, green, blue = shown.reduce(4).split()
    extremes = [ImageChops.difference(one, green).getextrema() for one in (red, blue)]
    return any(most > _COLOURED for _, most in extremes)  # type: ignore[operator]  # of one band, they are numbers
