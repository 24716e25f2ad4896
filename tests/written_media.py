"""Pictures and sounds as phones write them: small, whole, and with all that a phone writes beside what is seen."""

import io
import struct
import wave
import zlib
from typing import Any

from PIL import Image

CANARY = b"CANARY-48.858370N-2.294481E"
_UPSIDE = 0x0112


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **more: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    return written(drawn.convert(mode), kind, **more)


def written(drawn: Image.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    drawn.save(out, kind, **more)
    return out.getvalue()


def of_a_phone(size: tuple[int, int] = (64, 48), held: int = 6) -> bytes:
    """A JPEG with the canary wherever a phone writes where and when it was taken: EXIF with GPS, XMP, a comment, a profile."""
    exif = Image.Exif()
    exif[_UPSIDE] = held
    exif[0x010F] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.132), 3: "E", 4: (2.0, 17.0, 40.1316), 27: CANARY})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>' + CANARY + b"</place></x:xmpmeta>"
    return picture("JPEG", size, exif=exif.tobytes(), xmp=xmp, comment=CANARY, icc_profile=b"a profile of " + CANARY)


def png_of(width: int, height: int, *, rows: int | None = None, colours: int = 1) -> bytes:
    """A PNG that says that it is so large, all black; of so many rows, if fewer are there than it says.

    `colours`: 1, grey; 2, and how much of it lets through what lies under it.
    """

    def chunk(kind: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))

    packs = zlib.compressobj(9 if colours == 1 else 1)
    packed = (
        b"".join(packs.compress(bytes(1 + width * colours)) for _ in range(height if rows is None else rows)) + packs.flush()
    )
    head = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 2: 4}[colours], 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as written_to:
        written_to.setnchannels(1)
        written_to.setsampwidth(2)
        written_to.setframerate(8000)
        written_to.writeframes(bytes(800))
    return out.getvalue()


def mp3(*, before: bytes = b"") -> bytes:
    """Three silent frames of MPEG 1 layer III, 128 kbit/s, 44.1 kHz."""
    return before + (b"\xff\xfb\x90\x00" + bytes(413)) * 3


def id3(held: bytes = b"TIT2") -> bytes:
    size = len(held)
    return b"ID3\x04\0\0" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0)) + held


def ogg(sign: bytes = b"OpusHead") -> bytes:
    return b"OggS\0\x02" + bytes(20) + b"\x01\x13" + sign + bytes(60)


def box(name: bytes, *held: bytes) -> bytes:
    whole = b"".join(held)
    return struct.pack(">I", 8 + len(whole)) + name + whole


def boxes(brand: bytes, *tracks: bytes, brands: bytes = b"isommp42") -> bytes:
    """A file of boxes: its brand, and tracks of these kinds ("soun", "vide")."""
    told = [box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(13)))) for kind in tracks]
    moov = [box(b"moov", *told)] if tracks else []
    return box(b"ftyp", brand, bytes(4), brands) + box(b"mdat", bytes(40)) + b"".join(moov)


def heic() -> bytes:
    return box(b"ftyp", b"heic", bytes(4), b"mif1heic") + box(b"meta", bytes(40)) + box(b"mdat", bytes(80))
