"""Pictures, sounds and films, told from their bytes: which are taken, and what the others are. Nothing here decodes any."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

Picture = Literal["jpeg", "png", "webp", "gif", "heic"]
Sound = Literal["mp3", "m4a", "wav", "ogg"]

# What is a picture, a sound or a film as well, and not taken.
_OTHERS: Sequence[tuple[bytes, str]] = (
    (b"BM", "a picture (BMP): save it as PNG"),
    (b"II*\0", "a picture (TIFF): save it as PNG or PDF"),
    (b"MM\0*", "a picture (TIFF): save it as PNG or PDF"),
    (b"\0\0\0\x0cJXL ", "a picture (JPEG XL): save it as JPEG"),
    (b"\xff\x0a", "a picture (JPEG XL): save it as JPEG"),
    (b"8BPS", "a picture (Photoshop): save it as PNG"),
    (b"fLaC", "a sound recording (FLAC): save it as M4A or WAV"),
    (b"#!AMR", "a sound recording (AMR): save it as MP3 or M4A"),
    (b"FORM", "a sound recording (AIFF): save it as M4A or WAV"),
    (b"caff", "a sound recording (CAF): save it as M4A or WAV"),
    (b"\x1aE\xdf\xa3", "a film (Matroska or WebM)"),
    (b"0&\xb2u\x8ef\xcf\x11", "a film or sound recording (Windows Media)"),
    (b"FLV\x01", "a film (Flash)"),
    (b"\0\0\x01\xba", "a film (MPEG)"),
    (b"\0\0\x01\xb3", "a film (MPEG)"),
)
# Of the pictures in one file of boxes (ISO 14496-12): those of HEIC, and what says only that there is a picture.
_HEIC, _ANY_PICTURE, _AVIF = (b"heic", b"heix", b"heim", b"heis"), (b"mif1", b"msf1"), (b"avif", b"avis")
_OGG_SOUNDS = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ")
_MOST_BOXES = 2_000
_PNG_END = b"IEND\xaeB`\x82"
# Where a frame of an MP3 tells its length: kilobits a second for MPEG 1 and 2, samples a second for MPEG 1.
_BITRATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLES = (44_100, 48_000, 32_000)
_CONTROL = re.compile(rb"[\0-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")


class AnotherMedium(Exception):
    """A picture, sound or film of a kind that is not taken: it says which, as a person would."""


class BrokenMedium(Exception):
    """It begins as one that is taken, and something of it is missing."""


def medium(content: bytes) -> Picture | Sound | None:
    """Which it is, if any. Raises `AnotherMedium`, `BrokenMedium`."""
    if content.startswith(b"\xff\xd8\xff"):
        _must_be_whole(b"\xff\xd9" in content[3:], "JPEG")
        return "jpeg"
    if content.startswith(b"\x89PNG"):
        _must_be_whole(content.startswith(b"\x89PNG\r\n\x1a\n") and _PNG_END in content, "PNG")
        return "png"
    if content.startswith((b"GIF87a", b"GIF89a")):
        _must_be_whole(len(content) > 13 and b";" in content[-1024:], "GIF")
        return "gif"
    if content.startswith(b"RIFF"):
        return _of_riff(content)
    if content[4:8] == b"ftyp":
        return _of_boxes(content)
    if content.startswith(b"OggS"):
        return _of_ogg(content)
    if content.startswith(b"ID3") or _frame(content, 0):
        return _of_mp3(content)
    for begin, what in _OTHERS:
        # Few letters may begin a text as well.
        if content.startswith(begin) and (not begin.isalpha() or _CONTROL.search(content[:4096])):
            raise AnotherMedium(what)
    return None


def _must_be_whole(is_whole: bool, called: str) -> None:
    if not is_whole:
        raise BrokenMedium(f"This {called} is damaged: a part of it is missing.")


def _of_riff(content: bytes) -> Picture | Sound | None:
    form = content[8:12]
    if form == b"WEBP":
        is_whole = content[12:15] == b"VP8" and len(content) >= 8 + int.from_bytes(content[4:8], "little")
        _must_be_whole(is_whole, "WebP")
        return "webp"
    if form == b"WAVE":
        # Whoever records while it is written leaves the length open: it counts for nothing.
        _must_be_whole(b"fmt " in content[12:4096] and b"data" in content, "WAV")
        return "wav"
    if form == b"AVI ":
        raise AnotherMedium("a film (AVI)")
    return None


def _of_ogg(content: bytes) -> Sound:
    head = content[:4096]
    if b"theora" in head or b"video" in head:
        raise AnotherMedium("a film (Ogg)")
    if not any(sign in head for sign in _OGG_SOUNDS):
        raise AnotherMedium("a recording of an unknown kind (Ogg)")
    return "ogg"


def _of_boxes(content: bytes) -> Picture | Sound:
    """What lies in a file of boxes: a picture by its brands, else a sound or a film by its tracks."""
    size = int.from_bytes(content[:4], "big")
    brands = [content[8:12], *(content[at : at + 4] for at in range(16, min(size, 256, len(content)), 4))]
    if any(brand in _AVIF for brand in brands[:1]) or (brands[0] in _ANY_PICTURE and any(one in _AVIF for one in brands)):
        raise AnotherMedium("a picture (AVIF): save it as JPEG or PNG")
    if brands[0] in _HEIC or (brands[0] in _ANY_PICTURE and any(one in _HEIC for one in brands)):
        _must_be_whole(any(name == b"meta" for name, _, _ in _boxes(content, 0, len(content))), "HEIC")
        return "heic"
    handlers = _handlers(content)
    if b"vide" in handlers:
        raise AnotherMedium("a film (MP4 or QuickTime)")
    if b"soun" in handlers:
        return "m4a"
    if brands[0].startswith(b"M4A"):
        raise BrokenMedium("This M4A is damaged: what says what is in it is missing.")
    raise AnotherMedium("a film (MP4 or QuickTime), or a picture of an unknown kind")


def _handlers(content: bytes) -> set[bytes]:
    """Of which kinds the tracks are."""
    found = set()
    for name, begin, end in _boxes(content, 0, len(content)):
        if name != b"moov":
            continue
        for _, track, track_end in (one for one in _boxes(content, begin, end) if one[0] == b"trak"):
            for _, media, media_end in (one for one in _boxes(content, track, track_end) if one[0] == b"mdia"):
                for _, at, _ in (one for one in _boxes(content, media, media_end) if one[0] == b"hdlr"):
                    found.add(content[at + 8 : at + 12])
    return found


def _boxes(content: bytes, begin: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, beginning and end of what each box between two places holds; so many of them, and none that goes beyond."""
    for _ in range(_MOST_BOXES):
        if begin + 8 > end:
            return
        size, head = int.from_bytes(content[begin : begin + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[begin + 8 : begin + 16], "big"), 16
        elif size == 0:
            size = end - begin
        if size < head or begin + size > end:
            return
        yield content[begin + 4 : begin + 8], begin + head, begin + size
        begin += size


def _of_mp3(content: bytes) -> Sound:
    """A sound with what is said of it before it (ID3), or without. Two frames one after the other are no accident."""
    at = 0
    if content.startswith(b"ID3"):
        if len(content) < 10 or any(byte & 0x80 for byte in content[6:10]):
            raise BrokenMedium("This MP3 is damaged: what is said at its beginning has no end.")
        a, b, c, d = content[6:10]
        at = 10 + (a << 21 | b << 14 | c << 7 | d)
        # Some write more zeros than they say.
        while at < len(content) and content[at] == 0:
            at += 1
        if content[at : at + 4] == b"fLaC":
            raise AnotherMedium("a sound recording (FLAC): save it as M4A or WAV")
    if not _frame(content, at):
        raise BrokenMedium("This MP3 is damaged: no sound was found in it.")
    return "mp3"


def _frame(content: bytes, at: int) -> bool:
    """Whether a frame of MPEG layer III begins here, with another one behind it."""
    length = _length(content, at)
    return bool(length and (_length(content, at + length) or at + length == len(content)))


def _length(content: bytes, at: int) -> int:
    """How long the frame that begins here is; 0: none does."""
    if at + 4 > len(content):
        return 0
    head = int.from_bytes(content[at : at + 4], "big")
    version, layer, bitrate, samples = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or bitrate in (0, 15) or samples == 3:
        return 0
    is_first = version == 3
    rate = _SAMPLES[samples] >> (0 if is_first else 1 if version == 2 else 2)
    return (144 if is_first else 72) * _BITRATES[is_first][bitrate] * 1000 // rate + (head >> 9 & 1)
