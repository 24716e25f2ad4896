"""A picture made anew for people to look at: small, the right way up, and nothing in it but what is seen.

Phones write where a picture was taken, on which device and when, and what was there before it was cropped. A preview is drawn
from the pixels alone and written as a new file, so that none of that is in it. The picture itself stays as it came.
"""

import base64
import hashlib
import io
import struct
import warnings
from typing import Any

from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from domain.file_type import FileType
from domain.reading.unreadable import Unreadable

LONGEST_SIDE = 1600
MOST_PIXELS = 120_000_000
# No other reader of the library's many is ever asked: what the bytes are was told before.
_READERS: dict[FileType, Any] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "png": PngImagePlugin.PngImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "gif": GifImagePlugin.GifImageFile,
}
_FAILURES = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, AttributeError, struct.error)
_QUALITY = 85
# So many lines of a picture are worked on at once.
_STRIP = 256
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_WORKED_ON = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")


def taken_apart(content: bytes, kind: FileType) -> dict[str, Any]:
    """`{"preview": {"width", "height", "bytes", "sha256", "jpeg"}}`, the last in base64. Raises `Unreadable`."""
    if kind not in _READERS:
        detail = "This is a picture (HEIC), and no IEP: it is kept as it came, and no preview is made of this kind."
        raise Unreadable(detail, "not-an-iep")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            # What else the library is in doubt of, nobody hears: it is seen, or it is not.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[_READERS[kind].format]) as opened:
                drawn = _drawn(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        detail = f"This picture has more than {MOST_PIXELS // 10**6} million pixels: it is kept, and no preview is made of it."
        raise Unreadable(detail, "limits") from None
    except _FAILURES as why:
        raise Unreadable("This picture is damaged: it is kept as it came, and no preview could be made of it.") from why
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=_QUALITY, optimize=True)
    jpeg = out.getvalue()
    about = {"width": drawn.width, "height": drawn.height, "bytes": len(jpeg), "sha256": hashlib.sha256(jpeg).hexdigest()}
    return {"preview": {**about, "jpeg": base64.b64encode(jpeg).decode()}}


def _drawn(opened: Image.Image) -> Image.Image:
    """Its first frame, no larger than a preview is, on white where it lets through what lies under it."""
    # A JPEG can be read at a half, a fourth or an eighth of its size, and need not be in memory at more.
    opened.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
    opened.load()
    seen = _reduced(opened, max(1, max(opened.size) // (2 * LONGEST_SIDE)))
    seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turn = _turn(opened)
    turned = seen if turn is None else seen.transpose(turn)
    fresh = Image.new("RGB", turned.size, "white")
    if "A" in turned.getbands():
        fresh.paste(turned.convert("RGB"), mask=turned.getchannel("A"))
    else:
        fresh.paste(turned.convert("RGB"))
    return fresh


def _reduced(opened: Image.Image, factor: int) -> Image.Image:
    """So many times smaller on each side; strip by strip, since all of it in another mode would be in memory once more."""
    strip = factor * max(1, _STRIP // factor)
    small: Image.Image | None = None
    for top in range(0, opened.height, strip):
        part = opened.crop((0, top, opened.width, min(top + strip, opened.height)))
        reduced = _in_eight_bits(part).reduce(factor)
        if small is None:
            small = Image.new(reduced.mode, (reduced.width, -(-opened.height // factor)))
        small.paste(reduced, (0, top // factor))
    assert small is not None, "a picture has a height"
    return small


def _in_eight_bits(part: Image.Image) -> Image.Image:
    """In a mode in which pictures can be made smaller."""
    if part.mode in _WORKED_ON:
        return part
    if part.mode.startswith("I;16"):
        # Sixteen bits of grey, of a scanner: the upper eight are seen.
        return part.convert("F").point(lambda level: level / 257).convert("L")
    return part.convert("RGBA")


def _turn(opened: Image.Image) -> Image.Transpose | None:
    """How it is put upright: cameras write how they were held, and leave the turning to others."""
    try:
        held = opened.getexif().get(_ORIENTATION)
    except _FAILURES:
        # What is said of the picture is damaged, and not the picture.
        return None
    return _UPRIGHT.get(held) if isinstance(held, int) else None
