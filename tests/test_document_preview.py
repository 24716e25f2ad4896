"""A picture is kept as it came, and looked at as a small new one that says nothing of where and when it was taken."""

import base64
import hashlib
import io
import os
import signal
import struct
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from domain.file_type import PICTURES, FileType
from models.files import Files
from scheduling import document_readings
from scheduling.document_reading import read_in_child
from scheduling.extraction.picture import _READERS, taken_apart
from scheduling.housekeeping import take_strays
from scheduling.worker import Worker
from tests.cast import Practice, Staff
from tests.conftest import Clock
from tests.test_document import folder_of, grow_old
from tests.walks import each
from tests.written_media import CANARY, boxes, heic, mp3, of_a_phone, picture, png_of, wav, written


def practice_of(riverside: Practice) -> UUID:
    return UUID(riverside.olga.get("/practice")["id"])


def read(riverside: Practice, worker: Worker) -> None:
    while document_readings.read(worker, practice_of(riverside)):
        pass


def seen(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg), formats=["JPEG"])


def colour(picture: Image.Image, x: float, y: float) -> str:
    """The colour at a place, as a share of width and height."""
    red, green, blue = picture.convert("RGB").getpixel((int(x * picture.width), int(y * picture.height)))  # type: ignore[misc]
    named = {(True, False, False): "red", (False, False, True): "blue", (True, True, True): "white"}
    return named.get((red > 150, green > 150, blue > 150), "another")


def preview_of(content: bytes, kind: FileType) -> Image.Image:
    """As the child makes it, without one: that costs more than the picture does."""
    return seen(base64.b64decode(taken_apart(content, kind)["preview"]["jpeg"]))


# What is seen, and what is not in it.


def test_a_picture_of_a_phone_is_shown_without_where_it_was_taken(
    ana: Staff, riverside: Practice, lakeside: Practice, worker: Worker
) -> None:
    original = of_a_phone((3200, 2400))
    assert original.count(CANARY) > 3
    made = ana.uploads(ana.opens_a_case(), original, "IMG_0012.JPG", kind="other")
    place = f"/documents/{made['id']}"
    assert ana.ask("GET", f"{place}/preview").status_code == 409
    assert ana.get(f"{place}/reading")["preview"] is None
    read(riverside, worker)
    answer = ana.ask("GET", f"{place}/preview")
    jpeg = answer.get_data()
    said = ana.get(f"{place}/reading")
    assert said["preview"] == {
        "width": 1200,
        "height": 1600,
        "bytes": len(jpeg),
        "sha256": hashlib.sha256(jpeg).hexdigest(),
    }
    assert (said["state"], said["refusal"], said["provisions"], said["sheets"]) == ("done", None, [], None)
    # Whole and half canaries, the words that hold them, and what a reader finds.
    for part in (CANARY, b"CANARY", b"48.858", b"Exif", b"xmp", b"adobe", b"http", b"ICC_PROFILE", b"profile"):
        assert part not in jpeg
    with seen(jpeg) as preview:
        assert dict(preview.getexif()) == {}
        assert set(preview.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        # It was held on its side: what was left is at the top.
        assert (colour(preview, 0.5, 0.1), colour(preview, 0.5, 0.9)) == ("red", "blue")
    # The original stays as it came, with all that is in it.
    assert ana.ask("GET", f"{place}/content").get_data() == original
    for path in ("preview", "content", "reading"):
        assert lakeside.olga.ask("GET", f"{place}/{path}").status_code == 404


def test_a_preview_runs_nowhere_and_is_known_by_its_hash(ana: Staff, riverside: Practice, worker: Worker) -> None:
    made = ana.uploads(ana.opens_a_case(), picture("PNG"), "work.png", kind="other")
    read(riverside, worker)
    place = f"/documents/{made['id']}/preview"
    answer = ana.ask("GET", place)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.get_data()).hexdigest()}"'
    assert ana.ask("GET", place, If_None_Match=answer.headers["ETag"]).status_code == 304
    assert ana.ask("GET", place, If_Match='"another"').status_code == 412
    head = ana.ask("HEAD", place)
    assert (head.status_code, head.get_data(), head.headers["Content-Length"]) == (200, b"", answer.headers["Content-Length"])


def test_of_what_is_no_picture_there_is_no_preview(ana: Staff, riverside: Practice, worker: Worker) -> None:
    case = ana.opens_a_case()
    text, sound = ana.uploads(case), ana.uploads(case, wav(), "visit.wav", kind="other")
    photo = ana.uploads(case, heic(), "IMG_1.HEIC", kind="other")
    assert ana.ask("GET", f"/documents/{text['id']}/preview").status_code == 404
    read(riverside, worker)
    for made, said in ((sound, "sound recording"), (photo, "HEIC")):
        assert ana.ask("GET", f"/documents/{made['id']}/preview").status_code == 404
        refusal = ana.get(f"/documents/{made['id']}/reading")["refusal"]
        assert refusal["reason"] == "not-an-iep"
        assert said in refusal["detail"]
        assert "kept as it came" in refusal["detail"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(picture("PNG"), "a.png"), (mp3(), "a.mp3"), (heic(), "a.heic"), (boxes(b"M4A ", b"soun"), "a.m4a")],
    ids=["a picture", "a sound", "a picture without preview", "a memo"],
)
def test_of_a_picture_or_sound_no_version_is_made(
    ana: Staff, riverside: Practice, worker: Worker, content: bytes, name: str
) -> None:
    case = ana.opens_a_case()
    made = ana.uploads(case, content, name, kind="other")
    read(riverside, worker)
    answer = ana.ask("POST", "/iep-versions", {"student_id": case["student_id"], "document_id": made["id"]})
    assert answer.status_code == 422
    [error] = answer.get_json()["errors"]
    assert error["pointer"] == "/document_id"
    assert "no IEP" in error["detail"]


@each("held", range(1, 9))
def test_a_picture_is_put_upright_however_it_was_held(held: int) -> None:
    """As a reader that follows EXIF shows it: red is where the top left corner of the upright picture is."""
    corner = Image.new("RGB", (60, 40), "white")
    corner.paste("red", (0, 0, 30, 20))
    turns: dict[int, Any] = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112] = held
    content = written(corner.transpose(turns[held]) if held > 1 else corner, "JPEG", exif=exif.tobytes(), quality=95)
    preview = preview_of(content, "jpeg")
    assert preview.size == (60, 40)
    assert [colour(preview, x, y) for x, y in ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8))] == ["red", *["white"] * 3]


def clear() -> bytes:
    return written(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")


def grey_of_16_bits() -> bytes:
    drawn = Image.new("I;16", (40, 40), 65_535)
    return written(drawn, "PNG")


def frames() -> bytes:
    first, second = Image.new("RGB", (40, 40), "red"), Image.new("RGB", (40, 40), "blue")
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=[second], duration=100)
    return out.getvalue()


@each(
    ("kind", "content", "expected"),
    [
        ("png", picture("PNG"), "red"),
        ("png", picture("PNG", mode="P"), "red"),
        ("png", clear(), "white"),
        ("png", grey_of_16_bits(), "white"),
        ("webp", picture("WEBP", quality=95), "red"),
        ("gif", picture("GIF", mode="P"), "red"),
        ("gif", frames(), "red"),
        ("jpeg", picture("JPEG", mode="CMYK", quality=95), "red"),
        ("jpeg", picture("JPEG", progressive=True, quality=95), "red"),
        ("jpeg", picture("JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff", quality=95), "red"),
    ],
    ids=str,
)
def test_every_kind_of_picture_is_seen(kind: FileType, content: bytes, expected: str) -> None:
    assert colour(preview_of(content, kind), 0.2, 0.5) == expected


def test_a_small_picture_does_not_grow_and_a_long_one_fits() -> None:
    assert preview_of(picture("PNG", (30, 20)), "png").size == (30, 20)
    assert preview_of(picture("PNG", (5000, 10)), "png").size == (1600, 3)


# What a picture does to its reader.


def test_a_bomb_is_refused_and_kept(ana: Staff, riverside: Practice, worker: Worker) -> None:
    """Some 400 kB that are 400 million pixels."""
    bomb = png_of(20_000, 20_000)
    assert len(bomb) < 500_000
    made = ana.uploads(ana.opens_a_case(), bomb, "bomb.png", kind="other")
    read(riverside, worker)
    refusal = ana.get(f"/documents/{made['id']}/reading")["refusal"]
    assert refusal == {
        "reason": "limits",
        "detail": "This picture has more than 120 million pixels: it is kept, and no preview is made of it.",
    }
    assert ana.ask("GET", f"/documents/{made['id']}/preview").status_code == 404
    assert ana.ask("GET", f"/documents/{made['id']}/content").get_data() == bomb


def gif_bomb() -> bytes:
    """A frame larger than its screen says."""
    return (
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\0\0" + bytes(6) + b",\0\0\0\0" + b"\xff" * 4 + b"\0\2\2D\1\0;"
    )


def text_bomb() -> bytes:
    """A PNG whose words unpack to 200 MB."""
    packs = zlib.compressobj(9)
    packed = b"".join(packs.compress(bytes(2**20)) for _ in range(200)) + packs.flush()
    held = b"zTXt" + b"Comment\0\0" + packed
    whole = png_of(4, 4)
    return whole[:33] + struct.pack(">I", len(held) - 4) + held + struct.pack(">I", zlib.crc32(held)) + whole[33:]


@each(
    ("kind", "content"),
    [
        ("png", png_of(20_000, 20_000)),
        ("png", png_of(100_000, 100_000, rows=1)),
        ("png", text_bomb()),
        ("gif", gif_bomb()),
        ("jpeg", b"\xff\xd8\xff\xe0" + bytes(100) + b"\xff\xd9"),
    ],
    ids=lambda value: value if isinstance(value, str) else len(value),
)
def test_whatever_a_picture_does_it_is_refused_in_time(kind: str, content: bytes) -> None:
    began = time.monotonic()
    reading = read_in_child(content, kind, seconds=10)
    assert reading["refusal"]["reason"] in ("unreadable", "limits")
    assert reading["refusal"]["detail"].endswith(".")
    assert time.monotonic() - began < 10


@each(
    ("kind", "content"),
    [
        ("png", png_of(400, 400, rows=10)),
        ("jpeg", picture("JPEG", (800, 800))[:3000] + b"\xff\xd9"),
    ],
    ids=lambda value: value if isinstance(value, str) else len(value),
)
def test_of_half_a_picture_that_is_closed_the_half_is_shown(kind: FileType, content: bytes) -> None:
    """What was cut off in between is not there to be seen; that it is cut off, the picture does not say."""
    assert max(preview_of(content, kind).size) >= 400


def test_no_other_reader_of_the_library_is_asked() -> None:
    """A PostScript file would start a program: none but the reader of what the bytes begin with is tried."""
    assert {*_READERS} == {*PICTURES} - {"heic"}
    for content in (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", b"II*\0" + bytes(40), b"BM" + bytes(60)):
        assert read_in_child(content, "png")["refusal"]["reason"] == "unreadable"


def test_the_largest_that_is_taken_is_shown_within_the_limits() -> None:
    """Whole in memory, four bytes for each point: the most that a picture takes. 2.5 s, 640 MB."""
    preview = read_in_child(png_of(12_600, 9_450, colours=2), "png")["preview"]
    assert (preview["width"], preview["height"]) == (1600, 1200)


@contextmanager
def ending(name: str) -> Iterator[None]:
    """Whoever reads a document for us meanwhile is killed: kill -9."""
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            command = ["ps", "--ppid", str(os.getpid()), "-o", "pid=,args="]
            for line in subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines():
                if name in line:
                    os.kill(int(line.split()[0]), signal.SIGKILL)
            time.sleep(0.02)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_reader_that_is_killed_leaves_no_preview(ana: Staff, riverside: Practice, worker: Worker, store: Files) -> None:
    made = ana.uploads(ana.opens_a_case(), picture("PNG", (3000, 3000)), "work.png", kind="other")
    with ending("scheduling.document_reading"):
        read(riverside, worker)
    assert ana.get(f"/documents/{made['id']}/reading")["refusal"]["reason"] == "unreadable"
    assert store.previews(practice_of(riverside)).list() == {}
    ana.post(f"/documents/{made['id']}/reading", {})
    read(riverside, worker)
    assert ana.ask("GET", f"/documents/{made['id']}/preview").status_code == 200


# Where it lies.


def test_a_preview_that_is_lost_is_made_anew(ana: Staff, riverside: Practice, worker: Worker, store: Files) -> None:
    made = ana.uploads(ana.opens_a_case(), picture("PNG"), "work.png", kind="other")
    read(riverside, worker)
    store.previews(practice_of(riverside)).remove(made["id"])
    answer = ana.ask("GET", f"/documents/{made['id']}/preview")
    assert answer.status_code == 404
    assert "anew" in answer.get_json()["detail"]
    ana.post(f"/documents/{made['id']}/reading", {})
    assert ana.ask("GET", f"/documents/{made['id']}/preview").status_code == 409
    read(riverside, worker)
    assert ana.ask("GET", f"/documents/{made['id']}/preview").status_code == 200


def test_with_its_document_a_preview_goes(ana: Staff, riverside: Practice, worker: Worker, store: Files, clock: Clock) -> None:
    case = ana.opens_a_case()
    gone, stays = (ana.uploads(case, picture("PNG", (size, 40)), f"{size}.png", kind="other") for size in (40, 50))
    read(riverside, worker)
    practice_id = practice_of(riverside)
    ana.ask("DELETE", f"/documents/{gone['id']}")
    previews = store.previews(practice_id)
    assert set(previews.list()) == {gone["id"], stays["id"]}
    assert previews.folder is not None
    for folder in (folder_of(store, str(practice_id)), previews.folder):
        grow_old(folder, clock, hours=2)
    assert take_strays(worker, practice_id) == 2
    assert set(previews.list()) == {stays["id"]}
    assert ana.ask("GET", f"/documents/{stays['id']}/preview").status_code == 200
