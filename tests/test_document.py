"""Documents: what is uploaded is what comes back; what is no document leaves nothing; what is deleted is gone."""

import hashlib
import io
import logging
import os
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from werkzeug.http import parse_options_header
from werkzeug.test import TestResponse

from api.verbs import find
from models.document import Document, plain_name
from models.document_reading import LEASE, MOST_ATTEMPTS, PAUSE
from models.files import Files
from scheduling import document_readings
from scheduling.worker import Worker
from tests.cast import IEP_TEXT, Actor, Form, Practice, Staff
from tests.conftest import Clock
from tests.written_media import boxes, heic, mp3, of_a_phone, picture
from tests.written_tables import xlsx

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
PDF += b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(**parts: bytes) -> bytes:
    """A Word document of these parts, `/` written as `__`."""
    held, types = io.BytesIO(), b'<?xml version="1.0"?><Types><Override ContentType="document.main+xml"/></Types>'
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", types)
        zipped.writestr("word/document.xml", b"<w:document/>")
        for name, part in parts.items():
            zipped.writestr(name.replace("__", "/"), part)
    return held.getvalue()


@pytest.fixture
def case(ana: Staff) -> Any:
    return ana.opens_a_case()


@pytest.fixture
def practice_id(riverside: Practice) -> str:
    return str(riverside.olga.get("/practice")["id"])


@pytest.fixture
def kept(store: Files, practice_id: str) -> Callable[[], dict[str, int]]:
    """What lies in the folder of this practice."""
    return lambda: dict(store.of(practice_id).list())


def folder_of(store: Files, practice_id: str) -> Path:
    folder = store.documents(practice_id).folder
    assert folder is not None
    return folder


def grow_old(folder: Path, clock: Clock, *, hours: float) -> None:
    """As if its files had been written so long ago."""
    then = clock().timestamp() - hours * 3600
    for path in folder.iterdir():
        os.utime(path, (then, then))


# What comes back.


@pytest.mark.parametrize(
    ("content", "filename", "file_type", "media_type"),
    [
        (IEP_TEXT, "iep.txt", "txt", "text/plain"),
        (PDF, "iep.pdf", "pdf", "application/pdf"),
        (docx(), "iep.docx", "docx", WORD),
        (PDF, "really a text.txt", "pdf", "application/pdf"),
        (
            xlsx({"October": [["Date"]]}),
            "log.xlsx",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (of_a_phone(), "IMG_0012.JPG", "jpeg", "image/jpeg"),
        (heic(), "IMG_0013.HEIC", "heic", "image/heic"),
        (mp3(), "visit.mp3", "mp3", "audio/mpeg"),
        (boxes(b"M4A ", b"soun"), "memo.m4a", "m4a", "audio/mp4"),
    ],
    ids=[
        *("a text", "a PDF", "a Word document", "a PDF that is called a text"),
        *("a workbook", "a picture", "a picture of a phone", "a sound", "a memo"),
    ],
)
def test_what_is_uploaded_comes_back_byte_for_byte(
    ana: Staff, case: Any, content: bytes, filename: str, file_type: str, media_type: str
) -> None:
    made = ana.uploads(case, content, filename, note="From the meeting.")
    assert (made["file_type"], made["media_type"], made["size_bytes"]) == (file_type, media_type, len(content))
    assert made["sha256"] == hashlib.sha256(content).hexdigest()
    assert (made["kind"], made["name"], made["note"]) == ("iep", filename, "From the meeting.")
    assert (made["case_id"], made["uploaded_by_id"], made["reading_state"]) == (case["id"], ana.id, "waiting")
    assert ana.get(f"/documents/{made['id']}") == made
    assert ana.get(f"/documents?case_id={case['id']}")["items"] == [made]
    answer = ana.ask("GET", f"/documents/{made['id']}/content")
    assert (answer.status_code, answer.get_data(), answer.headers["Content-Type"]) == (200, content, media_type)
    assert answer.headers["Content-Length"] == str(len(content))


def test_what_is_handed_out_runs_nowhere(ana: Staff, case: Any) -> None:
    made = ana.uploads(case)
    headers = ana.ask("GET", f"/documents/{made['id']}/content").headers
    assert headers["Content-Disposition"] == 'attachment; filename="IEP 2026.txt"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["ETag"] == f'"{made["sha256"]}"'


def test_who_has_it_already_is_told_so(ana: Staff, case: Any) -> None:
    made = ana.uploads(case)
    place = f"/documents/{made['id']}/content"
    same = ana.ask("GET", place, If_None_Match=f'"{made["sha256"]}"')
    assert (same.status_code, same.get_data(), same.headers["ETag"]) == (304, b"", f'"{made["sha256"]}"')
    assert ana.ask("GET", place, If_None_Match='"another"').status_code == 200


def test_if_match_is_of_the_bytes_and_not_of_the_row(ana: Staff, case: Any) -> None:
    made = ana.uploads(case)
    place = f"/documents/{made['id']}/content"
    etag = ana.ask("GET", place).headers["ETag"]
    assert ana.ask("GET", place, If_Match=etag).status_code == 200
    assert ana.ask("GET", place, If_Match="*").status_code == 200
    assert ana.ask("GET", place, If_Match='"another"').status_code == 412


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("файл.pdf", "document.txt"),
        ("計画", "document.txt"),
        ("файл 2026.txt", "document.txt"),
        ("Plan für Ana.txt", "Plan fur Ana.txt"),
    ],
)
def test_a_name_of_another_script_has_a_plain_one_beside_it(ana: Staff, case: Any, name: str, plain: str) -> None:
    made = ana.uploads(case, IEP_TEXT, name)
    said = ana.ask("GET", f"/documents/{made['id']}/content").headers["Content-Disposition"]
    _, options = parse_options_header(said)
    assert options["filename"].endswith(".txt")
    assert said.split(";")[1].strip().removeprefix("filename=").strip('"') == plain


def test_a_reading_of_a_document_that_goes_meanwhile_is_not_found(
    ana: Staff, case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document is found, then somebody deletes it, then its reading is asked for."""
    made = ana.uploads(case)
    place = f"/documents/{made['id']}"
    deleted: list[int] = []

    def found_and_then_deleted(*asked: Any) -> Any:
        row = find(*asked)
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as another:
            deleted.append(another.submit(lambda: ana.ask("DELETE", place).status_code).result(timeout=20))
        return row

    monkeypatch.setattr("api.document.find", found_and_then_deleted)
    assert ana.ask("GET", f"{place}/reading").status_code == 404
    assert deleted == [204]


def test_a_head_says_what_a_get_would(ana: Staff, case: Any) -> None:
    place = f"/documents/{ana.uploads(case)['id']}/content"
    get, head = ana.ask("GET", place), ana.ask("HEAD", place)
    assert (head.status_code, head.get_data()) == (200, b"")
    for name in ("Content-Length", "Content-Type", "Content-Disposition", "ETag"):
        assert head.headers[name] == get.headers[name]


def test_an_assistant_uploads_and_reads_and_does_not_delete(sam: Staff, case: Any) -> None:
    made = sam.uploads(case)
    assert sam.ask("GET", f"/documents/{made['id']}/content").status_code == 200
    assert sam.patch(f"/documents/{made['id']}", {"kind": "letter"})["kind"] == "letter"
    assert sam.ask("DELETE", f"/documents/{made['id']}").status_code == 403


def test_a_key_with_its_scope_uploads(riverside: Practice, case: Any) -> None:
    key = riverside.olga.makes_a_key("documents:write")["key"]
    form = Form({"case_id": case["id"], "file": (IEP_TEXT, "iep.txt")})
    made = Actor(riverside.app, key).ask("POST", "/documents", form).get_json()
    assert made["uploaded_by_id"] == riverside.olga.id
    assert Actor(riverside.app, key).ask("GET", f"/documents/{made['id']}/content").status_code == 403


def test_another_practice_finds_nothing_of_it(ana: Staff, case: Any, lakeside: Practice) -> None:
    place = f"/documents/{ana.uploads(case)['id']}"
    for method, path in (("GET", place), ("GET", f"{place}/content"), ("GET", f"{place}/reading"), ("DELETE", place)):
        assert lakeside.olga.ask(method, path).status_code == 404
    assert lakeside.olga.tries_to_upload(case).status_code == 422
    assert ana.ask("GET", f"{place}/content").status_code == 200


def test_what_is_known_of_it_can_be_said_otherwise_and_the_file_stays(ana: Staff, case: Any) -> None:
    made = ana.uploads(case, name="Plan", kind="policy")
    assert (made["name"], made["kind"]) == ("Plan", "policy")
    changed = ana.patch(f"/documents/{made['id']}", {"kind": "iep", "name": "IEP 2026/27", "note": None})
    assert (changed["name"], changed["sha256"]) == ("IEP 2026/27", made["sha256"])
    assert ana.ask("PATCH", f"/documents/{made['id']}", {"sha256": "x"}).status_code == 422
    answer = ana.ask("GET", f"/documents/{made['id']}/content")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="IEP 2026-27.txt"'


def test_it_stands_in_the_timeline_of_its_case(ana: Staff, case: Any) -> None:
    made = ana.uploads(case, kind="letter", name="From the principal")
    [event] = [event for event in ana.get(f"/cases/{case['id']}/timeline")["items"] if event["kind"] == "document"]
    assert (event["id"], event["what"], event["detail"]) == (made["id"], "letter", "From the principal")


# Names.


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("IEP 2026.pdf", "IEP 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\Users\\Petra\\Desktop\\Sasha's IEP.docx", "Sasha's IEP.docx"),
        ("Пётр – план.pdf", "Пётр – план.pdf"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie: x.txt"),
        ("plan\x00.txt", "plan .txt"),
        ("nasty\u202efdp.exe", "nasty fdp.exe"),
        ("  spaced   out .txt ", "spaced out .txt"),
        ("..", "document"),
        ("", "document"),
        ("///", "document"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
        ("." * 300, "document"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_is_kept_without_what_does_not_belong_in_it(given: str, name: str) -> None:
    assert plain_name(given) == name


@pytest.mark.parametrize(
    ("name", "handed_out"),
    [
        ("IEP.pdf", "IEP.pdf"),
        ("IEP.PDF", "IEP.PDF"),
        ("IEP 2026/27", "IEP 2026-27.pdf"),
        ("run me.exe", "run me.exe.pdf"),
        ("...", "document.pdf"),
        ('a "b" <c>', "a -b- -c-.pdf"),
    ],
)
def test_it_is_handed_out_under_the_ending_of_what_it_is(name: str, handed_out: str) -> None:
    assert Document(name=name, file_type="pdf").download_name == handed_out


def test_a_picture_keeps_an_ending_that_says_the_same() -> None:
    assert Document(name="IMG_1.JPG", file_type="jpeg").download_name == "IMG_1.JPG"
    assert Document(name="IMG_1.png", file_type="jpeg").download_name == "IMG_1.png.jpeg"
    assert Document(name="visit.opus", file_type="ogg").download_name == "visit.opus"


def test_a_name_that_is_not_ascii_comes_back_as_it_is(ana: Staff, case: Any) -> None:
    made = ana.uploads(case, IEP_TEXT, "Пётр – план.txt")
    said = ana.ask("GET", f"/documents/{made['id']}/content").headers["Content-Disposition"]
    assert said.startswith("attachment; ")
    assert "filename*=UTF-8''%D0%9F%D1%91%D1%82%D1%80%20%E2%80%93%20%D0%BF%D0%BB%D0%B0%D0%BD.txt" in said


# What is no document leaves nothing.


BOMB = docx(word__media__zeros=b"\0" * 30_000_000)
HURTFUL = {
    "a bomb": (BOMB, "file-refused", "limits"),
    "a loop": (docx(word___rels__loop=b"PK\x03\x04") + b"PK\x05\x06" + b"\0" * 18, "file-refused", None),
    "a PDF and an archive in one": (PDF + docx(), "file-refused", "kind"),
    "an archive behind a text": (b"A letter.\n" + docx(), "file-refused", "kind"),
    "a program": (b"MZ\x90\x00" + b"\0" * 100, "file-refused", "kind"),
    "half a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "file-refused", "damaged"),
    "a picture and an archive in one": (picture() + docx(), "file-refused", "kind"),
    "a film": (boxes(b"isom", b"vide", b"soun"), "file-refused", "kind"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "file-refused", "kind"),
    "a web page": (b"<!doctype html><script>alert(1)</script>", "file-refused", "kind"),
    "macros": (docx(**{"word__vbaProject.bin": b"x"}), "file-refused", "macros"),
    "nothing": (b"", "file-refused", "empty"),
    "blanks": (b" \n\n ", "file-refused", "empty"),
    "half a PDF": (PDF[:60], "file-refused", "damaged"),
}


@pytest.mark.parametrize("name", HURTFUL)
def test_what_is_no_document_is_refused_and_leaves_nothing(
    ana: Staff, case: Any, kept: Callable[[], dict[str, int]], name: str
) -> None:
    content, kind, reason = HURTFUL[name]
    answer = ana.tries_to_upload(case, content, "iep.pdf")
    said = answer.get_json()
    assert (answer.status_code, said["type"]) == (422, f"/problems/{kind}"), said
    assert [error["pointer"] for error in said["errors"]] == ["/file"]
    assert reason is None or said["reason"] == reason
    assert ana.get("/documents")["items"] == []
    assert kept() == {}


def form(*parts: tuple[str, bytes], boundary: bytes = b"frontier", end: bytes = b"--frontier--\r\n") -> bytes:
    """A form, byte for byte: each part is its headers and what it holds."""
    lines = [b"--" + boundary + b"\r\n" + head.encode() + b"\r\n\r\n" + held + b"\r\n" for head, held in parts]
    return b"".join(lines) + end


def sends(person: Staff, data: bytes, content_type: str | None = "multipart/form-data; boundary=frontier") -> TestResponse:
    return person.app.test_client().post(
        "/api/v1/documents",
        data=data,
        content_type=content_type,
        headers={"Authorization": f"Bearer {person.token}"},
        base_url="https://practice.example",
    )


def field(name: str) -> str:
    return f'Content-Disposition: form-data; name="{name}"'


FILE = 'Content-Disposition: form-data; name="file"; filename="iep.txt"\r\nContent-Type: text/plain'


def test_a_form_is_read_as_browsers_and_programs_write_it(ana: Staff, case: Any) -> None:
    of_case = (field("case_id"), case["id"].encode())
    for data in (
        form(of_case, (FILE, IEP_TEXT)),
        form((FILE, IEP_TEXT), of_case),
        b"A preamble.\r\n" + form(of_case, (FILE, IEP_TEXT)) + b"An epilogue.",
        form(of_case, (FILE, b"--frontie\r\n--frontierr\r\n" + IEP_TEXT)),
        form(of_case, (FILE, b"\r\n" * 5000 + IEP_TEXT + b"\r" * 70_000)),
    ):
        answer = sends(ana, data)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        whole = data.split(b"text/plain\r\n\r\n", 1)[1]
        content = ana.ask("GET", f"/documents/{answer.get_json()['id']}/content").get_data()
        assert whole.startswith(content + b"\r\n--frontier")


def test_what_is_wrong_with_a_form_is_said_and_leaves_nothing(
    ana: Staff, case: Any, kept: Callable[[], dict[str, int]]
) -> None:
    of_case, good = (field("case_id"), case["id"].encode()), (FILE, IEP_TEXT)
    whole = form(of_case, good)
    told = {
        "no form": (sends(ana, b"{}", "application/json"), 415, "unsupported-media-type", None),
        "nothing": (sends(ana, b"", None), 415, "unsupported-media-type", None),
        "another form": (sends(ana, b"case_id=1", "application/x-www-form-urlencoded"), 415, "unsupported-media-type", None),
        "no boundary": (sends(ana, whole, "multipart/form-data"), 400, "malformed-body", None),
        "a boundary that is too long": (
            sends(ana, whole, f"multipart/form-data; boundary={'x' * 71}"),
            400,
            "malformed-body",
            None,
        ),
        "another boundary": (sends(ana, whole, "multipart/form-data; boundary=other"), 400, "malformed-body", None),
        "cut in the file": (sends(ana, whole[:-40]), 400, "malformed-body", None),
        "cut in the headers": (sends(ana, whole[:30]), 400, "malformed-body", None),
        "no end": (sends(ana, form(of_case, good, end=b"")), 400, "malformed-body", None),
        "a part without a name": (
            sends(ana, form(of_case, ("Content-Disposition: form-data", b"x"), good)),
            400,
            "malformed-body",
            None,
        ),
        "a part without a header": (sends(ana, form(of_case, ("X-Other: y", b"x"))), 400, "malformed-body", None),
        "headers without end": (sends(ana, form(("X: " + "y" * 300_000, b"x"))), 413, "body-too-large", None),
        "a text that is no UTF-8": (sends(ana, form(of_case, (field("note"), b"\xff"), good)), 400, "malformed-body", None),
        "a text with a NUL": (sends(ana, form(of_case, (field("note"), b"a\0b"), good)), 422, "validation", "/note"),
        "a field that nobody knows": (sends(ana, form(of_case, (field("x/y"), b"1"), good)), 422, "validation", "/x~1y"),
        "two files": (sends(ana, form(of_case, good, good)), 422, "validation", "/file"),
        "two cases": (sends(ana, form(of_case, of_case, good)), 422, "validation", "/case_id"),
        "no file": (sends(ana, form(of_case)), 422, "validation", "/file"),
        "no case": (sends(ana, form(good)), 422, "validation", "/case_id"),
        "a file that is a text": (sends(ana, form(of_case, (field("file"), IEP_TEXT))), 422, "validation", "/file"),
        "a case that is a file": (
            sends(ana, form((FILE.replace('"file"', '"case_id"'), b"x"), good)),
            422,
            "validation",
            "/case_id",
        ),
        "a file that is encoded": (
            sends(ana, form(of_case, (f"{FILE}\r\nContent-Transfer-Encoding: base64", b"SUVQ"))),
            422,
            "validation",
            "/file",
        ),
        "a kind that is none": (sends(ana, form(of_case, (field("kind"), b"novel"), good)), 422, "validation", "/kind"),
        "a case that is not there": (
            sends(ana, form((field("case_id"), b"0192f0c1-2345-7abc-8def-0123456789ab"), good)),
            422,
            "validation",
            "/case_id",
        ),
        "more text than a form has": (
            sends(ana, form(of_case, (field("note"), b"x" * 70_000), good)),
            413,
            "body-too-large",
            None,
        ),
        "more parts than a form has": (
            sends(ana, form(*((field(f"f{number}"), b"x") for number in range(21)))),
            413,
            "body-too-large",
            None,
        ),
    }
    wrong = {}
    for name, (answer, status, kind, pointer) in told.items():
        said = answer.get_json(force=True)
        pointers = [error["pointer"] for error in said.get("errors", [])]
        if (answer.status_code, said["type"]) != (status, f"/problems/{kind}") or pointers != ([pointer] if pointer else []):
            wrong[name] = (answer.status_code, said)
    assert wrong == {}
    assert ana.get("/documents")["items"] == []
    assert kept() == {}
    assert sends(ana, whole).status_code == 201


def test_a_form_of_too_many_parts_hears_how_many_it_may_have(ana: Staff) -> None:
    said = {
        count: sends(ana, form(*((field(f"f{number}"), b"x") for number in range(count)))).get_json(force=True)["detail"]
        for count in (20, 21)
    }
    assert said[21] == "A form has at most 20 parts."
    assert said[20] != said[21]


def test_a_file_of_25_mebibytes_is_taken_and_one_more_byte_is_not(
    ana: Staff, case: Any, kept: Callable[[], dict[str, int]]
) -> None:
    most = 25 * 2**20
    content = IEP_TEXT + b"x" * (most - len(IEP_TEXT))
    of_case = (field("case_id"), case["id"].encode())
    for too_much in (b"x", b"x" * 2**20):
        answer = sends(ana, form(of_case, (FILE, content + too_much)))
        assert (answer.status_code, answer.get_json()["type"]) == (413, "/problems/body-too-large")
    assert kept() == {}
    made = sends(ana, form(of_case, (FILE, content))).get_json()
    assert made["size_bytes"] == most
    assert ana.ask("GET", f"/documents/{made['id']}/content").get_data() == content


def test_nothing_of_a_form_stays_in_the_folder_for_temporary_files(ana: Staff, case: Any, tmp_path: Path) -> None:
    """A temporary file has no name: whoever is killed leaves none behind."""
    before = set(os.listdir("/proc/self/fd"))
    ana.uploads(case)
    ana.tries_to_upload(case, b"MZ")
    sends(ana, form((FILE, IEP_TEXT))[:-40])
    still = [
        os.readlink(f"/proc/self/fd/{fd}")
        for fd in set(os.listdir("/proc/self/fd")) - before
        if os.path.exists(f"/proc/self/fd/{fd}")
    ]
    assert [name for name in still if "(deleted)" in name] == []


# Sending again.


def test_an_upload_that_comes_again_under_its_key_is_one_document(
    ana: Staff, case: Any, kept: Callable[[], dict[str, int]]
) -> None:
    key = "the same document, twice"
    first = ana.tries_to_upload(case, Idempotency_Key=key)
    again = ana.tries_to_upload(case, Idempotency_Key=key)
    assert (first.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert again.get_json() == first.get_json()
    assert len(ana.get("/documents")["items"]) == len(kept()) == 1
    for other in (
        ana.tries_to_upload(case, b"Another text.", Idempotency_Key=key),
        ana.tries_to_upload(case, filename="another name.txt", Idempotency_Key=key),
        ana.tries_to_upload(case, note="Another note.", Idempotency_Key=key),
    ):
        assert (other.status_code, other.get_json()["type"]) == (422, "/problems/idempotency-mismatch")
    assert len(kept()) == 1


# What is deleted is gone, and so is what never became a document.


def test_a_document_that_is_deleted_is_gone_at_once_and_its_file_at_the_next_housekeeping(
    ana: Staff, case: Any, worker: Worker, clock: Clock, store: Files, practice_id: str, kept: Callable[[], dict[str, int]]
) -> None:
    stays, goes = ana.uploads(case), ana.uploads(case, b"A letter.")
    assert ana.ask("DELETE", f"/documents/{goes['id']}").status_code == 204
    assert ana.ask("GET", f"/documents/{goes['id']}/content").status_code == 404
    grow_old(folder_of(store, practice_id), clock, hours=0.9)
    worker.keep_house()
    assert kept().keys() == {f"documents/{stays['id']}", f"documents/{goes['id']}"}, "not yet"
    grow_old(folder_of(store, practice_id), clock, hours=1.1)
    worker.keep_house()
    assert kept() == {f"documents/{stays['id']}": len(IEP_TEXT)}
    assert ana.ask("GET", f"/documents/{stays['id']}/content").get_data() == IEP_TEXT


def test_a_document_on_which_a_version_rests_stays(ana: Staff, case: Any, riverside: Practice) -> None:
    made = ana.uploads(case)
    riverside.reads_documents()
    ana.drafts_an_iep(case, document_id=made["id"])
    answer = ana.ask("DELETE", f"/documents/{made['id']}")
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/conflict")
    assert ana.ask("GET", f"/documents/{made['id']}/content").get_data() == IEP_TEXT


def test_strays_are_taken_away_and_nothing_else(
    ana: Staff, case: Any, worker: Worker, clock: Clock, store: Files, practice_id: str, lakeside: Practice
) -> None:
    """What an upload leaves that came to nothing: a whole file, or half of one. What is no document's is nobody's stray."""
    made = ana.uploads(case)
    folder = folder_of(store, practice_id)
    for name in ("0192f0c1-2345-7abc-8def-0123456789ab", ".0123456789abcdef01234567.unfinished", "what is this"):
        (folder / name).write_bytes(b"half of it")
    theirs = lakeside.ana.uploads(lakeside.ana.opens_a_case())
    (folder.parent / "other").write_bytes(b"something else")
    grow_old(folder, clock, hours=2)
    os.utime(folder.parent / "other", (0, 0))
    worker.keep_house()
    assert [path.name for path in folder.iterdir()] == [made["id"]]
    assert (folder.parent / "other").exists()
    assert lakeside.ana.ask("GET", f"/documents/{theirs['id']}/content").status_code == 200


def test_a_document_whose_file_is_missing_says_so_and_names_nobody(
    ana: Staff, case: Any, riverside: Practice, store: Files, practice_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    made = ana.uploads(case, name="Sasha Petrov")
    lost = folder_of(store, practice_id) / made["id"]
    whole = lost.read_bytes()
    for content in (None, b"another", whole[:-1] + b"?"):
        lost.unlink(missing_ok=True)
        if content:
            lost.write_bytes(content)
        with caplog.at_level(logging.ERROR):
            answer = ana.ask("GET", f"/documents/{made['id']}/content")
            ana.post(f"/documents/{made['id']}/reading")
            riverside.reads_documents()
        is_as_long = len(content or b"") == len(whole)
        assert answer.status_code == (200 if is_as_long else 500)
        refusal = ana.get(f"/documents/{made['id']}/reading")["refusal"]
        assert (refusal["reason"], "file of this document" in refusal["detail"]) == ("unreadable", True)
    said = "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert made["id"] in said
    assert "Sasha" not in said


def test_a_place_for_files_that_cannot_be_used_takes_nothing(ana: Staff, case: Any, store: Files, practice_id: str) -> None:
    folder = folder_of(store, practice_id).parent
    folder.write_text("a file where a folder should be")
    try:
        answer = ana.tries_to_upload(case)
        assert (answer.status_code, answer.get_json()["type"]) == (503, "/problems/unavailable")
        assert ana.get("/documents")["items"] == []
    finally:
        folder.unlink()
    assert ana.tries_to_upload(case).status_code == 201


# What is read.


@pytest.fixture
def reading(ana: Staff) -> Callable[[Any], Any]:
    return lambda document: ana.get(f"/documents/{document['id']}/reading")


def test_a_document_is_read_by_the_worker_and_shown_as_a_proposal(
    ana: Staff, case: Any, riverside: Practice, reading: Callable[[Any], Any]
) -> None:
    made = ana.uploads(case)
    waiting = reading(made)
    assert (waiting["state"], waiting["document_kind"], waiting["provisions"], waiting["refusal"]) == (
        "waiting",
        None,
        [],
        None,
    )
    assert riverside.reads_documents() == 1
    done = reading(made)
    assert (done["state"], done["document_id"], done["refusal"]) == ("done", made["id"], None)
    assert done["read_at"]
    assert ana.get(f"/documents/{made['id']}")["reading_state"] == "done"
    assert riverside.reads_documents() == 0, "what was read is not read again"


def test_it_can_be_read_anew(ana: Staff, case: Any, riverside: Practice, clock: Clock, reading: Callable[[Any], Any]) -> None:
    made = ana.uploads(case)
    riverside.reads_documents()
    clock.move(days=1)
    asked = ana.post(f"/documents/{made['id']}/reading")
    assert (asked["state"], asked["read_at"], asked["document_kind"]) == ("waiting", None, None)
    assert riverside.reads_documents() == 1
    assert reading(made)["read_at"] == clock().isoformat().replace("+00:00", "Z")


def test_what_cannot_be_read_is_refused_and_the_next_one_is_read(
    ana: Staff, case: Any, riverside: Practice, reading: Callable[[Any], Any]
) -> None:
    broken, good = ana.uploads(case, PDF, "broken.pdf"), ana.uploads(case)
    assert riverside.reads_documents() == 2
    refusal = reading(broken)["refusal"]
    assert refusal["reason"] in ("unreadable", "no-text")
    assert refusal["detail"]
    assert (reading(good)["state"], reading(good)["refusal"]) == ("done", None)


def test_a_place_for_files_that_is_away_costs_a_document_no_attempt(
    ana: Staff, case: Any, riverside: Practice, clock: Clock, store: Files, practice_id: str, reading: Callable[[Any], Any]
) -> None:
    made = ana.uploads(case)
    folder = folder_of(store, practice_id)
    folder.rename(folder.with_name("away"))
    folder.write_text("no folder")
    for _ in range(MOST_ATTEMPTS + 2):
        assert riverside.reads_documents() == 1
        assert riverside.reads_documents() == 0, "not at once again"
        clock.move(seconds=PAUSE.total_seconds())
    assert reading(made)["state"] == "waiting"
    folder.unlink()
    folder.with_name("away").rename(folder)
    assert riverside.reads_documents() == 1
    assert (reading(made)["state"], reading(made)["refusal"]) == ("done", None)


def test_who_is_at_it_while_it_is_deleted_or_asked_for_anew_writes_nothing(
    ana: Staff, case: Any, worker: Worker, riverside: Practice, clock: Clock, reading: Callable[[Any], Any], practice_id: str
) -> None:
    """Red without `lease_owner` in `models.document_reading._while_leased`."""
    made = ana.uploads(case)
    with worker.in_practice(UUID(practice_id)) as claiming:
        [row] = claiming.rows(document_readings.CLAIM, now=claiming.now, owner=worker.id, lease_until=claiming.now + LEASE)
        document = claiming.find(Document, row.document_id)
    assert riverside.reads_documents() == 0, "the lease holds"
    ana.post(f"/documents/{made['id']}/reading")
    assert document_readings._attempt(worker, UUID(practice_id), row, document) == "lost_lease"
    assert reading(made)["state"] == "waiting"
    ana.delete(f"/documents/{made['id']}")
    assert document_readings._attempt(worker, UUID(practice_id), row, document) == "lost_lease"
    assert riverside.reads_documents() == 0
