"""Files that go along with packets in tests: PDFs and pictures made here, of every kind that schools send."""

import io
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image


def a_picture(size: tuple[int, int] = (600, 400), kind: str = "JPEG", **more: Any) -> bytes:
    """Noise, so that nothing packs it away."""
    held = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(held, kind, **more)
    return held.getvalue()


def a_pdf(
    text: str = "Evidence",
    *,
    pages: int = 1,
    size: tuple[float, float] = (612, 792),
    rotate: int = 0,
    picture: bytes | None = None,
) -> bytes:
    """Each page says the text and its number; perhaps with a picture on it."""
    made = pikepdf.Pdf.new()
    face = made.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for number in range(1, pages + 1):
        page = made.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F=face))
        drawn = f"BT /F 14 Tf 72 {size[1] - 72} Td ({text}, page {number}) Tj ET".encode("cp1252")
        if picture is not None:
            page.obj.Resources.XObject = Dictionary(Im=_image(made, picture))
            drawn += b" q 400 0 0 300 72 200 cm /Im Do Q"
        page.obj.Contents = made.make_stream(drawn)
        if rotate:
            page.obj.Rotate = rotate
    return written(made)


def written(made: pikepdf.Pdf, **more: Any) -> bytes:
    held = io.BytesIO()
    made.save(held, **more)
    return held.getvalue()


def _image(made: pikepdf.Pdf, picture: bytes) -> Any:
    with Image.open(io.BytesIO(picture)) as opened:
        wide, high = opened.size
    stream = made.make_stream(picture)
    stream.Type, stream.Subtype, stream.Filter = Name.XObject, Name.Image, Name.DCTDecode
    stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = wide, high, 8, Name.DeviceRGB
    return stream
