"""A picture or sound is told from its bytes; films, drawings and what hides in a picture are refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.file_type import PICTURES, SOUNDS, FileRefused, sniffed
from tests.walks import each
from tests.written_documents import archive, docx, paragraph, pdf, text_at
from tests.written_media import box, boxes, heic, id3, mp3, of_a_phone, ogg, picture, png_of, wav
from tests.written_tables import xlsx

TAKEN = {
    "jpeg": [picture("JPEG"), of_a_phone(), picture("JPEG", mode="CMYK"), picture("JPEG") + b"a film of a moment" * 100],
    "png": [picture("PNG"), picture("PNG", mode="P"), png_of(3, 3)],
    "webp": [picture("WEBP"), picture("WEBP", lossless=True)],
    "gif": [picture("GIF", mode="P")],
    "heic": [heic(), box(b"ftyp", b"mif1", bytes(4), b"heix") + box(b"meta")],
    "mp3": [mp3(), mp3(before=id3()), mp3(before=id3(bytes(500))), mp3(before=id3() + bytes(300))],
    "m4a": [boxes(b"M4A ", b"soun"), boxes(b"mp42", b"soun"), boxes(b"M4A ", b"soun", b"text")],
    "wav": [wav()],
    "ogg": [ogg(), ogg(b"\x01vorbis"), ogg(b"\x7fFLAC")],
}


@each(("kind", "content"), [(kind, content) for kind, contents in TAKEN.items() for content in contents], ids=str)
def test_what_is_taken_is_known_by_its_bytes(kind: str, content: bytes) -> None:
    assert sniffed(content) == kind
    assert sniffed(content, name="log.csv", kind="log") == kind


def test_each_kind_has_an_example() -> None:
    assert set(TAKEN) == {*PICTURES, *SOUNDS}


@each(
    ("content", "said"),
    [
        (boxes(b"isom", b"vide", b"soun"), "film"),
        (boxes(b"M4A ", b"soun", b"vide"), "film"),
        (boxes(b"qt  ", b"vide"), "film"),
        (boxes(b"mp42"), "film"),
        (box(b"ftyp", b"avif", bytes(4), b"mif1") + box(b"meta"), "AVIF"),
        (box(b"ftyp", b"mif1", bytes(4), b"avif") + box(b"meta"), "AVIF"),
        (b"RIFF\x10\0\0\0AVI LIST" + bytes(40), "film"),
        (b"\x1aE\xdf\xa3" + bytes(40), "film"),
        (ogg(b"\x80theora"), "film"),
        (ogg(b"nothing "), "unknown"),
        (b"fLaC" + bytes(40), "FLAC"),
        (id3() + b"fLaC" + bytes(40), "FLAC"),
        (b"#!AMR\n" + bytes(40), "AMR"),
        (b"BM" + bytes(60), "BMP"),
        (b"II*\0" + bytes(60), "TIFF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<?xml version='1.0'?>\n<!-- drawn --><svg/>", "SVG"),
    ],
)
def test_what_is_not_taken_is_named(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused) as caught:
        sniffed(content)
    assert caught.value.reason == "kind"
    assert said in str(caught.value)
    assert str(caught.value).endswith("sound recordings (MP3, M4A, WAV, OGG).")


@each(
    "content",
    [
        picture("JPEG") + docx(paragraph("IEP")),
        picture("PNG") + xlsx({"A": [["x"]]}),
        picture("GIF", mode="P") + archive({"a.js": "alert(1)"}),
        picture("JPEG", comment=b"%PDF-1.7\n") + b"%%EOF",
        picture("JPEG", comment=b"<script>alert(1)</script>"),
        picture("PNG") + b"Rar!\x1a\x07\0" + bytes(20),
        mp3() + b"7z\xbc\xaf\x27\x1c" + bytes(20),
        mp3(before=id3(b"<html><script>alert(1)</script>")),
        pdf(text_at(72, 700, "IEP")) + docx(paragraph("IEP")),
    ],
    ids=lambda content: content[:8],
)
def test_what_is_two_things_is_neither(content: bytes) -> None:
    with pytest.raises(FileRefused) as caught:
        sniffed(content)
    assert caught.value.reason in ("kind", "damaged")


@each(
    "content",
    [
        picture("PNG")[:-20],
        picture("JPEG", (400, 400))[:-200],
        picture("WEBP")[:-30],
        b"GIF89a\x01",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"\xff\xd8\xff\xe0" + bytes(40),
        b"RIFF\xff\0\0\0WEBP" + bytes(40),
        id3() + b"\xff" * 40,
        b"ID3\x04\0\0\xff\xff\xff\xff" + bytes(40) + b"x",
        boxes(b"M4A "),
        box(b"ftyp", b"heic", bytes(4), b"mif1heic") + bytes(40),
    ],
    ids=lambda content: content[:8],
)
def test_half_of_one_is_damaged(content: bytes) -> None:
    with pytest.raises(FileRefused) as caught:
        sniffed(content)
    assert caught.value.reason == "damaged"


@given(
    st.sampled_from([content for contents in TAKEN.values() for content in contents]),
    st.integers(0, 5000),
    st.binary(max_size=40),
)
def test_whatever_is_changed_in_it_there_is_an_answer(content: bytes, at: int, instead: bytes) -> None:
    at = min(at, len(content))
    try:
        said = sniffed(content[:at] + instead + content[at + len(instead) :])
    except FileRefused as why:
        said = str(why)
    assert said.endswith(".") or said in {*TAKEN, "txt"}
