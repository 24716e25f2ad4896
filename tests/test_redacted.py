"""The redacted edition of an exhibit: what is under its bars is in no byte of it, and what stands beside them can be read.

Each document has a twin that says nothing in the canary's place. What differs between the two as they are seen is the canary,
and exactly there the redacted one has to be black.
"""

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, ImageDraw

from domain.reading.unreadable import Unreadable
from domain.redaction import Redactions
from scheduling.packet.redacted import Pages, pages_of, picture_of
from tests.walks import each
from tests.written_documents import pdf, stream, text_at

CANARY = "Quillon Varga"
REDACTIONS = Redactions((CANARY,), ("plover lane shelter",), True, child="Maya Lopez")
# Of a byte: what greys and JPEG may make of black and white.
NEAR = 48
# Of a bar around what is seen of a name, in pixels: as much as a letter of twenty points has above it.
MARGIN = 24
Document = Callable[[str], bytes]


def redacted(document: bytes, *areas: dict[str, Any], dpi: int = 144) -> tuple[bytes, Pages]:
    made = io.BytesIO()
    told = pages_of(io.BytesIO(document), made, REDACTIONS, areas, dpi)
    return made.getvalue(), told


def seen(document: bytes, page: int = 0, dpi: int = 144) -> Image.Image:
    """The page as whoever opens it sees it, in greys; with what its form shows."""
    with pypdfium2.PdfDocument(document) as opened:
        opened.init_forms()
        return opened[page].render(scale=dpi / 72, may_draw_forms=True).to_pil().convert("L")


def where(picture: Image.Image, test: Callable[[int], bool]) -> Image.Image:
    """255 where the pixel passes."""
    return picture.point([255 if test(grey) else 0 for grey in range(256)])


def holds_nothing_but_pictures(document: bytes) -> bool:
    with pikepdf.open(io.BytesIO(document)) as opened:
        keys = {str(key) for one in opened.objects if isinstance(one, Dictionary | pikepdf.Stream) for key in one}
        assert set(opened.trailer.keys()) == {"/Size", "/Root"}
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
        streams = [one.read_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream) and "/Subtype" not in one]
        assert all(one.startswith(b"q ") and one.endswith(b"cm /I Do Q") for one in streams)
    of_pictures = ("Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Filter", "Length")
    of_pages = ("Parent", "MediaBox", "Contents", "Resources", "XObject", "I", "Count", "Kids", "Pages")
    assert keys <= {f"/{key}" for key in (*of_pictures, *of_pages)}
    return True


def extracted(document: bytes) -> Iterator[str]:
    """All that any reader could get out of it, in small letters."""
    with pypdfium2.PdfDocument(document) as opened:
        for page in opened:
            yield page.get_textpage().get_text_range().lower()
        yield " ".join(str(value) for value in opened.get_metadata_dict().values()).lower()
        yield " ".join(mark.get_title() for mark in opened.get_toc()).lower()
    contents = [document]
    with pikepdf.open(io.BytesIO(document)) as opened:
        contents += [one.read_raw_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream)]
        for one in opened.objects:
            if isinstance(one, pikepdf.Stream) and "/DCTDecode" not in str(one.get("/Filter", "")):
                contents.append(one.read_bytes())
    for content in contents:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield content.decode(encoding, "ignore").lower()


def says_nothing(document: bytes) -> bool:
    return not any(word in text for text in extracted(document) for word in ("quillon", "varga", "plover"))


# Documents that say the canary in one way each.


def beside(name: bytes, y: float = 700) -> bytes:
    """What stands left and right of a name; it does not move when the name is not there."""
    return text_at(72, y, "Beside", 12) + name + text_at(480, y, "sat Maya.", 12)


def plain(said: str) -> bytes:
    return pdf(
        beside(text_at(125, 700, said, 12)) + text_at(225, 700, "and Maya Lopez", 12), beside(text_at(120, 500, said, 20), 500)
    )


def in_capitals(said: str) -> bytes:
    return pdf(beside(text_at(120, 700, said.upper(), 12, "F2")))


def over_a_line(said: str) -> bytes:
    return pdf(text_at(300, 700, f"{said[:4]}-", 12) + text_at(72, 684, said[4:], 12) + text_at(160, 684, "sat Maya.", 12))


def in_two_lines(said: str) -> bytes:
    return pdf(beside(text_at(400, 700, said[:7], 12)) + text_at(72, 684, said[8:], 12))


def of_single_letters(said: str) -> bytes:
    """Each an object of its own, drawn in no order."""
    drawn = [text_at(150 + 9 * at, 700, sign, 12) for at, sign in enumerate(said)]
    random.Random(8).shuffle(drawn)
    return pdf(beside(b"".join(drawn)))


def with_spaces(said: str) -> bytes:
    return pdf(beside(text_at(140, 700, " ".join(said), 12)))


def with_wide_spaces(said: str) -> bytes:
    return pdf(beside(b"BT /F1 12 Tf 9 Tc 140 700 Td (%s) Tj 0 Tc ET\n" % said.encode()))


def on_a_turned_page(said: str) -> bytes:
    return pdf(beside(text_at(140, 700, said, 12)), page=b"/Rotate 90/CropBox[20 30 600 760]")


def turned(said: str) -> bytes:
    up = b"BT /F1 12 Tf 0 1 -1 0 300 200 Tm (%s) Tj ET BT /F1 12 Tf 0 1 -1 0 300 300 Tm (sat Maya) Tj ET\n"
    return pdf(up % said.encode() + b"BT /F1 12 Tf 0.8 0.6 -0.6 0.8 100 100 Tm (%s) Tj ET\n" % said.encode())


def in_a_form(said: str) -> bytes:
    """A field with an appearance, one without, and a note typed onto the page."""
    made = pikepdf.open(io.BytesIO(pdf(text_at(72, 700, "Pupil", 12))))
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    drawn = made.make_stream(b"/Tx BMC BT /F1 12 Tf 2 5 Td (%s) Tj ET EMC" % said.encode())
    drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 20])
    drawn.Resources = Dictionary(Font=Dictionary(F1=font))
    shared = {"DA": String("/F1 12 Tf 0 g"), "F": 4}
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("a"),
        V=String(said),
        Rect=Array([120, 690, 320, 710]),
        **shared,
    )
    bare = made.make_indirect(Dictionary({**field, "/T": String("b"), "/Rect": Array([120, 640, 320, 660])}))
    shown = made.make_indirect(Dictionary({**field, "/AP": Dictionary(N=drawn)}))
    typed = made.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.FreeText,
            Contents=String(said),
            Rect=Array([120, 590, 320, 610]),
            AP=Dictionary(N=drawn),
            **shared,
        )
    )
    note = made.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=String(said), Rect=Array([20, 20, 40, 40]), T=String(said))
    )
    made.pages[0].Annots = Array([shown, bare, typed, note])
    made.Root.AcroForm = Dictionary(
        Fields=Array([shown, bare]), DR=Dictionary(Font=Dictionary(F1=font)), DA=String("/F1 12 Tf 0 g"), NeedAppearances=True
    )
    return saved(made)


def saved(made: pikepdf.Pdf) -> bytes:
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def read_as_something_else(said: str) -> bytes:
    """The page says of its letters that they read as others: in its content, by a number for a letter, and beside it."""
    content = (
        b"/Span <</ActualText (nobody)>> BDC %s EMC /Span <</Actual#54ext ()>> BDC %s EMC "
        b"/Span /Mc0 BDC %s EMC /Span /Mc1 BDC %s EMC" % tuple(text_at(120, 700 - 50 * at, said, 12) for at in range(4))
    )
    made = pikepdf.open(io.BytesIO(pdf(beside(content))))
    nobody = Dictionary(ActualText=String("nobody"))
    made.pages[0].Resources.Properties = Dictionary(Mc0=nobody, Mc1=made.make_indirect(Dictionary(nobody)))
    return saved(made)


SEEN: list[Document] = [
    *(
        plain,
        in_capitals,
        over_a_line,
        in_two_lines,
        of_single_letters,
        with_spaces,
        with_wide_spaces,
        on_a_turned_page,
        turned,
    ),
    *(in_a_form, read_as_something_else),
]
# What no plain extraction finds, though everybody sees it.
UNREAD = (of_single_letters, with_spaces, read_as_something_else)


@each("document", SEEN, ids=lambda document: document.__name__)
def test_bars_are_black_where_a_name_stood_and_nowhere_else(document: Document) -> None:
    original = document(CANARY)
    blank = document(" " * len(CANARY))
    made, told = redacted(original)
    assert told.unsearched == []
    assert holds_nothing_but_pictures(made)
    assert says_nothing(made)
    assert any("quillon" in text or "varga" in text for text in extracted(original)) or document in (
        of_single_letters,
        with_spaces,
    )
    for page in range(told.count):
        whole, empty, covered = seen(original, page), seen(blank, page), seen(made, page)
        assert covered.size == whole.size
        name = where(ImageChops.difference(whole, empty), lambda grey: grey > NEAR)
        assert name.getbbox() is not None
        not_black = where(covered, lambda grey: grey > NEAR)
        assert ImageChops.darker(name, not_black).getbbox() is None
        # What is not under a bar is as it was; and a bar is nowhere but around the name.
        changed = where(ImageChops.difference(whole, covered), lambda grey: grey > NEAR)
        around = Image.new("L", whole.size)
        for left, top, right, bottom in boxes_of(name):
            ImageDraw.Draw(around).rectangle((left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN), 255)
        assert ImageChops.subtract(changed, around).getbbox() is None


def boxes_of(mask: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """Around what is in each square of a raster: a rough outline."""
    step = 24
    for top in range(0, mask.height, step):
        for left in range(0, mask.width, step):
            if found := mask.crop((left, top, left + step, top + step)).getbbox():
                yield left + found[0], top + found[1], left + found[2], top + found[3]


# What nobody sees.


def hidden() -> bytes:
    made = pikepdf.open(
        io.BytesIO(
            pdf(
                text_at(72, 700, "Nobody is named here.", 12)
                + b"BT 3 Tr /F1 12 Tf 72 650 Td (%s) Tj ET BT 0 Tr ET\n" % CANARY.encode()
                + text_at(72, 600, CANARY, 12)
                + b"q 1 1 1 rg 60 590 200 30 re f Q\n"
                + b"/OC /Layer BDC BT /F1 12 Tf 72 500 Td (%s) Tj ET EMC\n" % CANARY.encode()
                + text_at(900, 400, CANARY, 12)
            )
        )
    )
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String(CANARY)))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
    made.pages[0].Resources.Properties = Dictionary(Layer=layer)
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(CANARY, 0))
    with made.open_metadata() as metadata:
        metadata["dc:title"] = CANARY
    made.docinfo["/Author"] = CANARY
    made.attachments[f"{CANARY}.txt"] = CANARY.encode()
    made.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(CANARY))]))
    made.Root.Names.JavaScript = Dictionary(
        Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY}')"))])
    )
    return saved(made)


def test_what_nobody_sees_is_not_taken_along() -> None:
    original = hidden()
    assert not says_nothing(original)
    made, told = redacted(original)
    assert holds_nothing_but_pictures(made)
    assert says_nothing(made)
    assert told == Pages(1)


def test_a_document_of_typst_with_everything_loses_it() -> None:
    source = f"""
    #set document(title: "{CANARY}", author: "{CANARY}", keywords: "{CANARY}")
    #pdf.attach("a.txt", bytes("{CANARY}"), description: "{CANARY}")
    = {CANARY}
    Efficient affiliates of #text(fill: blue)[{CANARY}] live at *Plover Lane
    Shelter*, 12 Oak Street, Austin, TX 78701. #link("mailto:q@varga.org")[{CANARY}] #footnote[{CANARY}]
    #figure(table(columns: 2, [Quillon], [Varga]), caption: [{CANARY}], alt: "{CANARY}")
    """
    original = typst.compile(source.encode())
    assert not says_nothing(original)
    made, told = redacted(original)
    assert holds_nothing_but_pictures(made)
    assert says_nothing(made)
    assert told.unsearched == []
    # A page of letters that has colours keeps them.
    with pypdfium2.PdfDocument(made) as opened:
        assert opened[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)


def test_an_area_that_staff_marked_is_black_as_the_page_is_seen() -> None:
    for page, size in ((b"", (612, 792)), (b"/Rotate 90", (792, 612)), (b"/Rotate 270/CropBox[100 100 500 700]", (600, 400))):
        made, _ = redacted(
            pdf(b"0.5 g 0 0 612 792 re f\n", b"", page=page), {"page": 1, "x": 50, "y": 20, "width": 100, "height": 30}
        )
        with pypdfium2.PdfDocument(made) as opened:
            assert opened[0].get_size() == pytest.approx(size, abs=0.1)
        picture = seen(made, dpi=72)
        black = where(picture, lambda grey: grey < NEAR)
        assert black.getbbox() == pytest.approx((50, 20, 150, 50), abs=2)
        # Of that page alone.
        assert where(seen(made, 1), lambda grey: grey < NEAR).getbbox() is None


def photograph() -> bytes:
    """Noise, as large as a page."""
    held = io.BytesIO()
    Image.frombytes("RGB", (170, 220), random.Random(8).randbytes(170 * 220 * 3)).save(
        held, "JPEG", exif=b"Exif\0\0" + CANARY.encode()
    )
    return held.getvalue()


def with_picture(size: tuple[float, float], text: bytes = b"") -> bytes:
    made = pikepdf.open(io.BytesIO(pdf(text + b"q %f 0 0 %f 0 0 cm /Im Do Q\n" % size)))
    image = made.make_stream(photograph())
    image.Type, image.Subtype, image.Filter, image.ColorSpace = Name.XObject, Name.Image, Name.DCTDecode, Name.DeviceRGB
    image.Width, image.Height, image.BitsPerComponent = 170, 220, 8
    made.pages[0].Resources.XObject = Dictionary(Im=image)
    return saved(made)


def test_a_page_that_cannot_be_searched_is_told() -> None:
    text = text_at(72, 700, "A page of words about nobody in particular.", 12)
    scan = redacted(with_picture((612, 792)))[1]
    scan_with_text = redacted(with_picture((612, 792), b"3 Tr " + text))[1]
    assert scan.unsearched == scan_with_text.unsearched == [1]
    assert redacted(with_picture((150, 200), text))[1] == Pages(1, [], [1])
    outlines = b"".join(b"%d 100 m %d 120 %d 130 %d 140 c f\n" % (at, at, at + 3, at + 5) for at in range(3000))
    assert redacted(pdf(outlines))[1].unsearched == [1]
    assert redacted(pdf(b"10 10 100 100 re f\n"))[1].unsearched == [1]
    assert redacted(pdf(text, b""))[1] == Pages(2)


def test_letters_that_nobody_can_name_are_told() -> None:
    """A font that says of its letters that they are nothing."""
    mapping = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <E020> endbfrange endcmap"
    lost = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 9 0 R>>"
    document = pdf(text_at(72, 700, CANARY, 12, "F9"), fonts=b"/F9 8 0 R", more=[lost, stream(mapping)])
    assert redacted(document)[1].unsearched == [1]
    # They read as other ones.
    others = b" ".join(b"<%02x> <%04x>" % (code, ord("a") + (code + 3) % 26) for code in range(0x41, 0x7B))
    mapping = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 58 beginbfchar %s endbfchar endcmap" % others
    text = text_at(72, 700, "Another child of the class sat beside him all through that morning and wanted", 12, "F9")
    more = text_at(72, 680, "nothing else than what everybody around the table was already having there.", 12, "F9")
    assert redacted(pdf(text + more, fonts=b"/F9 8 0 R", more=[lost, stream(mapping)]))[1].unsearched == [1]


def test_a_picture_has_the_marked_areas_black_and_nothing_of_its_camera() -> None:
    made = io.BytesIO()
    told = picture_of(io.BytesIO(photograph()), made, [{"page": 1, "x": 20, "y": 30, "width": 40, "height": 50}])
    assert told == Pages(1, [1])
    assert holds_nothing_but_pictures(made.getvalue())
    assert says_nothing(made.getvalue())
    picture = seen(made.getvalue(), dpi=72)
    assert picture.size == (170, 220)
    assert where(picture.crop((20, 30, 60, 80)), lambda grey: grey > NEAR).getbbox() is None


def test_areas_of_a_picture_are_those_of_its_preview() -> None:
    """A phone lies on its side, and its picture is larger than the preview."""
    exif = Image.Exif()
    exif[0x0112] = 6
    held, made = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (3200, 2000), "white").save(held, "JPEG", exif=exif)
    picture_of(io.BytesIO(held.getvalue()), made, [{"page": 1, "x": 100, "y": 1400, "width": 300, "height": 100}])
    picture = seen(made.getvalue(), dpi=72)
    assert picture.size == (1000, 1600)
    assert where(picture, lambda grey: grey < NEAR).getbbox() == pytest.approx((100, 1400, 400, 1500), abs=2)


def test_what_cannot_be_opened_says_why() -> None:
    documents = Path(__file__).parent / "reading" / "documents"
    with pytest.raises(Unreadable, match="password") as locked:
        redacted((documents / "locked.pdf").read_bytes())
    assert locked.value.reason == "password"
    with pytest.raises(Unreadable, match="damaged"):
        redacted(b"%PDF-1.7\nnothing")
    with pytest.raises(Unreadable):
        picture_of(io.BytesIO(b"\xff\xd8\xff\xe0nothing"), io.BytesIO())
    with pytest.raises(Unreadable):
        picture_of(io.BytesIO(b"\0\1\2"), io.BytesIO())


def test_it_is_written_front_to_back() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.held = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.held += data
            return len(data)

    pipe = Pipe()
    pages_of(io.BytesIO(plain(CANARY)), pipe, REDACTIONS, dpi=144)  # type: ignore[arg-type]
    assert bytes(pipe.held) == redacted(plain(CANARY))[0]
