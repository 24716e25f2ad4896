"""Packets: 500 pages of exhibits, 20 PDFs of 25 pages with a picture on each, from the request to the packet that is done.

Run as a program, it is the floor: it puts the same files together and does no more.
"""

import os
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import orjson
import pikepdf

from tests.bench import machine
from tests.bench.report import Result
from tests.bench.started import Bench, NotStarted, Place, api, program, say
from tests.written_packets import a_pdf, a_picture

DOCUMENTS, PAGES = 20, 25
MOST_SECONDS, MOST_MIB = 60, 500
PICTURES = 8
_PATIENCE = 600


def packet(bench: Bench) -> Result:
    """The floor joins the pages of the same 20 files with pikepdf: no frames, no stamps, no paper, no ZIP, no hashes."""
    if not machine.HAS_PROC:
        raise NotStarted("The memory of a process is read from /proc, which this system does not have.")
    place, folder = bench.place(1), bench.data / "exhibits"
    folder.mkdir(exist_ok=True)
    say(f"making {DOCUMENTS} documents of {PAGES} pages ...")
    # Pages of photographs and scans: noise, which no program can pack any further.
    pictures = [a_picture((900, 700), quality=80) for _ in range(PICTURES)]
    for number in range(DOCUMENTS):
        (folder / f"{number:02}.pdf").write_bytes(_document(number, pictures))
    seconds, mib, made = _built(place, folder)
    bare = _joined(place, folder)
    sizes = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
    return Result(
        name="packet",
        ours=seconds,
        floor=bare["seconds"],
        ratio=seconds / bare["seconds"],
        unit="s",
        should_be=f"< {MOST_SECONDS} s, < {MOST_MIB} MiB",
        remarks=[
            f"{made['pages']} pages, {sizes:.0f} MiB of exhibits; PDF {made['pdf_bytes'] / 2**20:.0f} MiB,"
            f" ZIP {made['zip_bytes'] / 2**20:.0f} MiB",
            f"most memory of worker and children together: {mib:.0f} MiB; the floor {bare['mib']:.0f} MiB",
        ],
        more={"mib": round(mib), "floor_mib": round(bare["mib"]), "pages": made["pages"]},
    )


def _document(number: int, pictures: list[bytes]) -> bytes:
    return a_pdf(f"Log {number}", pages=PAGES, picture=pictures[number % len(pictures)])


def _built(place: Place, folder: Path) -> tuple[float, float, Any]:
    """Seconds from the worker's claim to the end of it, the most memory meanwhile, and the packet."""
    call, member = api(place.ours.port), place.members[0]
    token = member.signs_in(call)
    case = member.case_ids[0]
    exhibits = [{"document_id": _upload(place, token, case, path)} for path in sorted(folder.iterdir())]
    asked = {"case_id": case, "purpose": "mediation", "exhibits": exhibits}
    packet_id = call("POST", "/packets", asked, token=token)["id"]
    most, began = 0.0, None
    with program(["commands", "worker"], place.settings) as worker:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            made = call("GET", f"/packets/{packet_id}", token=token)
            if began is None and made["as_of"]:
                began = time.monotonic()
            if made["state"] != "waiting":
                break
            for _ in range(5):
                most = max(most, machine.resident_mib(worker.pid, with_root=True))
                time.sleep(0.02)
    if began is None or made["state"] != "done":
        raise NotStarted(f"The packet is {made['state']} at {made['stage']}: {made['failure']}")
    # What was gathered before `as_of` was seen is counted in: a second at most.
    return time.monotonic() - began + 0.5, most, made


def _upload(place: Place, token: str, case_id: str, path: Path) -> str:
    parts = [
        f'--here\r\nContent-Disposition: form-data; name="case_id"\r\n\r\n{case_id}\r\n'.encode(),
        f'--here\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n'
        "Content-Type: application/pdf\r\n\r\n".encode(),
        path.read_bytes(),
        b"\r\n--here--\r\n",
    ]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "multipart/form-data; boundary=here"}
    request = Request(f"http://127.0.0.1:{place.ours.port}/api/v1/documents", b"".join(parts), headers)
    with urlopen(request, timeout=60) as answer:
        made: str = orjson.loads(answer.read())["id"]
    return made


def _joined(place: Place, folder: Path) -> Any:
    with program(["tests.bench.packet", str(folder)], place.settings, spoken_to=True) as floor:
        assert floor.stdout is not None
        return orjson.loads(floor.stdout.readline())


def main(folder: Path) -> None:
    began, joined = time.monotonic(), pikepdf.Pdf.new()
    opened = [pikepdf.open(path) for path in sorted(folder.iterdir())]
    for one in opened:
        joined.pages.extend(one.pages)
    joined.save(folder.parent / "joined.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    seconds = time.monotonic() - began
    sys.stdout.write(
        orjson.dumps({"seconds": seconds, "mib": machine.resident_mib(os.getpid(), with_root=True)}).decode() + "\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
