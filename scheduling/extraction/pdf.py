"""A PDF taken apart into what its pages draw: glyphs, ruled lines, small shapes, and the fields of its form."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from domain.reading import boxes
from domain.reading.block import Pages
from domain.reading.page.signs import Field, Glyph, Rule, Shape, Sheet
from domain.reading.pages import assembled
from domain.reading.unreadable import Unreadable
from scheduling.extraction.matrix import matrix_of, times

MOST_PAGES = 400
MOST_GLYPHS, MOST_GLYPHS_OF_A_PAGE, MOST_DRAWINGS = 1_500_000, 60_000, 40_000
MOST_DEPTH = 8
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")


def taken_apart(content: bytes) -> Pages:
    """Raises `Unreadable` when it is damaged, locked, or has no text."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Unreadable("This PDF is locked with a password: upload a copy without one.", "password")
        raise Unreadable("This PDF is damaged: it cannot be opened.")
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise Unreadable("This PDF is damaged: it has no pages.")
    if count > MOST_PAGES:
        raise Unreadable(f"This PDF has {count} pages; at most {MOST_PAGES} are read.")
    form = _form_of(document)
    sheets: list[Sheet] = []
    glyphs = 0
    for index in range(count):
        sheets.append(_sheet(document, form, index))
        glyphs += len(sheets[-1].glyphs)
        if glyphs > MOST_GLYPHS:
            raise Unreadable("This PDF holds too much text.")
    return assembled.taken_apart(sheets)


def _form_of(document: Any) -> Any:
    """The environment of the document's form, without scripts; None when it has no form."""
    if pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_NONE:
        return None
    settings = pdfium.FPDF_FORMFILLINFO(version=2)
    _kept.append(settings)
    return pdfium.FPDFDOC_InitFormFillEnvironment(document, settings)


# What the library points to while it works.
_kept: list[Any] = []


@contextmanager
def _closing(handle: Any, close: Callable[[Any], object]) -> Iterator[Any]:
    try:
        yield handle
    finally:
        if handle:
            close(handle)


def _sheet(document: Any, form: Any, index: int) -> Sheet:
    with _closing(pdfium.FPDF_LoadPage(document, index), pdfium.FPDF_ClosePage) as page:
        if not page:
            return Sheet(index + 1, 612, 792)
        left, bottom, right, top = _page_box(page)
        with _closing(pdfium.FPDFText_LoadPage(page), pdfium.FPDFText_ClosePage) as text:
            glyphs = list(_glyphs(text, (left, bottom, right, top))) if text else []
        drawn = _Drawn()
        drawn.objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
        fields = _fields(page, form)
        turn = _turn_of(glyphs, page)
        turned = _Turn(turn, left, bottom, right, top)
        return Sheet(
            number=index + 1,
            width=turned.width,
            height=turned.height,
            glyphs=_turned_glyphs(glyphs, turned),
            rules=[Rule(*turned.box(*one)) for one in drawn.rules],
            shapes=[Shape(*turned.box(*one[:4]), *one[4:]) for one in drawn.shapes],
            fields=[Field(*turned.box(*one[:4]), *one[4:]) for one in fields],
            has_picture=drawn.pictures > 0.2 * turned.width * turned.height or (drawn.pictures > 0 and not glyphs),
        )


def _page_box(page: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    for reads in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if reads(page, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            if right - left > 10 and top - bottom > 10:
                return left, bottom, right, top
    return 0.0, 0.0, 612.0, 792.0


# A glyph before the page is turned: text, left, bottom, right, top, x and y of its origin, size, bold, angle.
_Raw = tuple[str, float, float, float, float, float, float, float, bool, float]


class _Turn:
    """Turns and flips what the page draws, so that its text runs to the right and y goes down."""

    def __init__(self, turn: int, left: float, bottom: float, right: float, top: float) -> None:
        self.turn, self.edges = turn, (left, bottom, right, top)
        wide, high = right - left, top - bottom
        self.width, self.height = (wide, high) if turn in (0, 180) else (high, wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.edges
        if self.turn == 0:
            return x - left, top - y
        if self.turn == 90:
            return y - bottom, x - left
        if self.turn == 180:
            return right - x, y - bottom
        return top - y, right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (x, y), (other_x, other_y) = self.point(left, bottom), self.point(right, top)
        return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _turn_of(glyphs: list[_Raw], page: Any) -> int:
    """The direction in which most of the page's text runs, in degrees; without text, as the page is shown."""
    counts = dict.fromkeys((0, 90, 180, 270), 0)
    for angle, count in Counter(one[9] for one in glyphs).items():
        nearest = round(angle / 90) * 90 % 360
        if abs((angle - nearest + 180) % 360 - 180) < 5:
            counts[nearest] += count
    best = max(counts, key=lambda turn: counts[turn])
    return best if counts[best] else (360 - 90 * pdfium.FPDFPage_GetRotation(page)) % 360


def _turned_glyphs(glyphs: list[_Raw], turned: _Turn) -> list[Glyph]:
    if turned.turn == 0:
        edge, _, _, above = turned.edges
        return [
            Glyph(text, left - edge, above - top, right - edge, above - bottom, above - y, size, is_bold, round(angle) % 360)
            for text, left, bottom, right, top, _, y, size, is_bold, angle in glyphs
        ]
    return [
        Glyph(
            text, *turned.box(left, bottom, right, top), turned.point(x, y)[1], size, is_bold, round(angle - turned.turn) % 360
        )
        for text, left, bottom, right, top, x, y, size, is_bold, angle in glyphs
    ]


def _plainly(function: Any, answer: Any, *takes: Any) -> Callable[..., Any]:
    """The library's function with plain numbers for its handles: it is called for every sign, and converting takes long."""
    made: Callable[..., Any] = ctypes.CFUNCTYPE(answer, *takes)(ctypes.cast(function, ctypes.c_void_p).value or 0)
    return made


_POINTER, _INDEX = ctypes.c_void_p, ctypes.c_int
_unicode_of = _plainly(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INDEX)
_object_of = _plainly(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INDEX)
_box_of = _plainly(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _POINTER, _INDEX, _POINTER)


def _glyphs(text: Any, edges: tuple[float, float, float, float]) -> Iterator[_Raw]:
    """The signs of the page. The letters of a ligature share its place."""
    together: list[_Raw] = []
    for one in _signs(text, edges):
        if together and one[1:5] == together[-1][1:5] and not one[0].isspace():
            together.append(one)
            continue
        yield from _side_by_side(together)
        together = [one]
    yield from _side_by_side(together)


def _side_by_side(ligature: list[_Raw]) -> list[_Raw]:
    if len(ligature) < 2 or len(ligature) > 4:
        return ligature[:1]
    _, left, bottom, right, top = ligature[0][:5]
    wide = (right - left) / len(ligature)
    made = []
    for at, one in enumerate(ligature):
        made.append((one[0], left + at * wide, bottom, left + (at + 1) * wide, top, *one[5:]))
    return made


def _signs(text: Any, edges: tuple[float, float, float, float]) -> Iterator[_Raw]:
    count = pdfium.FPDFText_CountChars(text)
    if count > MOST_GLYPHS_OF_A_PAGE:
        raise Unreadable("A page of this PDF holds too much text.")
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    page, here = ctypes.cast(text, _POINTER).value, ctypes.addressof(box)
    fonts: dict[int, tuple[float, bool, float, str, bool]] = {}
    left, bottom, right, top = edges
    last = -1
    rise = 0.0
    font = (0.0, False, 0.0, "", False)
    for index in range(count):
        code = _unicode_of(page, index)
        if code in (0x0A, 0x0D) or (code == 0x20 and pdfium.FPDFText_IsGenerated(text, index) == 1):
            continue
        key = _object_of(page, index) or 0
        if not _box_of(page, index, here):
            continue
        if key != last or not key:
            last = key
            if key not in fonts or not key:
                fonts[key] = _font(text, index)
            font = fonts[key]
            # The baseline is as far above the box for all signs of one piece of text.
            if pdfium.FPDFText_GetCharOrigin(text, index, x, y):
                rise = y.value - box.bottom
        size, is_bold, angle, name, is_symbol = font
        said = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if code in (0x02, 0xFFFE):
            said = "-"
        if is_symbol and code:
            drawn = boxes.symbol(name, code)
            said = said if drawn is None else drawn
        elif (drawn := boxes.of_lost_font(code)) is not None:
            said = drawn
        if not said or not code or box.right < left or box.left > right or box.top < bottom or box.bottom > top:
            continue
        yield (
            said,
            box.left,
            box.bottom,
            box.right,
            box.top,
            x.value,
            y.value if angle else box.bottom + rise,
            size,
            is_bold,
            angle,
        )


def _font(text: Any, index: int) -> tuple[float, bool, float, str, bool]:
    """Size, bold, angle in degrees, name, and whether it is a font of symbols."""
    matrix = pdfium.FS_MATRIX()
    scale, angle = 1.0, 0.0
    if pdfium.FPDFText_GetMatrix(text, index, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
    size = min(max(abs(pdfium.FPDFText_GetFontSize(text, index) * scale), 0.5), 500)
    buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, index, buffer, 256, flags)
    name = buffer.raw[: max(min(length, 256) - 1, 0)].decode("utf-8", "replace")
    weight = pdfium.FPDFText_GetFontWeight(text, index)
    is_bold = any(said in name.lower() for said in _BOLD_NAMES) or weight >= 600
    thing = pdfium.FPDFText_GetTextObject(text, index)
    # Filled and stroked: bold for want of a bold font.
    if thing and pdfium.FPDFTextObj_GetTextRenderMode(thing) == 2:
        is_bold = True
    return size, is_bold, angle, name, boxes.symbol(name, ord("A")) is not None


class _Drawn:
    """What a page draws besides text, in the page's own coordinates."""

    def __init__(self) -> None:
        self.rules: list[tuple[float, float, float, float]] = []
        self.shapes: list[tuple[float, float, float, float, bool, bool, bool]] = []
        self.pictures = 0.0
        self.count = 0

    def objects(self, parent: Any, count: Any, one: Any, matrix: tuple[float, ...], depth: int) -> None:
        """All objects of a page or of a form in it."""
        for index in range(count(parent)):
            self.count += 1
            if self.count > MOST_DRAWINGS:
                return
            thing = one(parent, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.path(thing, times(matrix_of(thing), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d = times(matrix_of(thing), matrix)[:4]
                self.pictures += abs(a * d - b * c)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MOST_DEPTH:
                inner = times(matrix_of(thing), matrix)
                self.objects(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)

    def path(self, thing: Any, matrix: tuple[float, ...]) -> None:
        """A path: its straight parts that run along an axis are rules, the small ones shapes."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        is_filled = bool(fill.value) and not _is_white(thing, pdfium.FPDFPageObj_GetFillColor)
        is_stroked = bool(stroke.value) and not _is_white(thing, pdfium.FPDFPageObj_GetStrokeColor)
        a, b, c, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        curved = False
        for index in range(min(pdfium.FPDFPath_CountSegments(thing), MOST_DRAWINGS)):
            self.count += 1
            segment = pdfium.FPDFPath_GetPathSegment(thing, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                self.part(points, curved, is_filled, is_stroked)
                points, curved = [point], False
                continue
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self.part(points, curved, is_filled, is_stroked)

    def part(self, points: list[tuple[float, float]], curved: bool, is_filled: bool, is_stroked: bool) -> None:
        """One of the path's parts, from a move to the next."""
        if len(points) < 2:
            return
        across, along = [x for x, _ in points], [y for _, y in points]
        left, right, bottom, top = min(across), max(across), min(along), max(along)
        wide, high = right - left, top - bottom
        straight = not curved and all(
            abs(x - other_x) < 0.6 or abs(y - other_y) < 0.6 for (x, y), (other_x, other_y) in pairwise(points)
        )
        closed = abs(points[0][0] - points[-1][0]) < 0.6 and abs(points[0][1] - points[-1][1]) < 0.6
        if wide < 30 and high < 30:
            square = (straight or curved) and (closed or not is_stroked) and len(points) >= 4
            self.shapes.append((left, bottom, right, top, square, is_filled, is_stroked))
        if not straight:
            return
        if is_filled and min(wide, high) < 2.6 < max(wide, high):
            middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
            self.rules.append((left, middle_y, right, middle_y) if wide > high else (middle_x, bottom, middle_x, top))
        elif is_stroked or (wide > 30 and high > 8):
            ends = points if closed or is_stroked else [*points, points[0]]
            for (x, y), (other_x, other_y) in pairwise(ends):
                if max(abs(x - other_x), abs(y - other_y)) > 2:
                    self.rules.append((min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)))


def _is_white(thing: Any, reads: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not reads(thing, red, green, blue, alpha):
        return False
    return alpha.value < 8 or min(red.value, green.value, blue.value) > 250


_BOXES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_TYPED = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_HIDDEN = 0x02 | 0x20
_MOST_ANNOTATIONS = 5_000


def _fields(page: Any, form: Any) -> list[tuple[Any, ...]]:
    """The form's fields on the page, and what people typed onto it."""
    found: list[tuple[Any, ...]] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        with _closing(pdfium.FPDFPage_GetAnnot(page, index), pdfium.FPDFPage_CloseAnnot) as annotation:
            if not annotation or pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                continue
            box = pdfium.FS_RECTF()
            if not pdfium.FPDFAnnot_GetRect(annotation, box):
                continue
            edges = min(box.left, box.right), min(box.bottom, box.top), max(box.left, box.right), max(box.bottom, box.top)
            subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
            if subtype == pdfium.FPDF_ANNOT_FREETEXT:
                text = _said(partial(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"))
                if text.strip():
                    found.append((*edges, None, text))
            elif subtype == pdfium.FPDF_ANNOT_WIDGET and form:
                kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
                if kind in _BOXES:
                    found.append((*edges, _is_checked(annotation, form, kind), ""))
                elif kind in _TYPED:
                    text = _said(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation))
                    if text.strip():
                        found.append((*edges, None, text))
    return found


def _is_checked(annotation: Any, form: Any, kind: int) -> bool:
    """Whether the box is marked, also where the form leaves its drawing to the reader."""
    if pdfium.FPDFAnnot_IsChecked(form, annotation):
        return True
    state = _said(partial(pdfium.FPDFAnnot_GetStringValue, annotation, b"AS"))
    value = _said(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation))
    alone = kind == pdfium.FPDF_FORMFIELD_CHECKBOX and pdfium.FPDFAnnot_GetFormControlCount(form, annotation) < 2
    if state and not (state == "Off" and alone):
        return state != "Off"
    own = _said(partial(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation))
    return value not in ("", "Off") and (alone or value == own)


def _said(reads: Callable[[Any, int], int]) -> str:
    """A text that the library writes into a buffer, in UTF-16."""
    size = min(reads(None, 0), 200_000)
    if size < 4:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    reads(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").replace("\r\n", "\n").replace("\r", "\n")
