"""Packets that are to be built: one by one, under a lease that is renewed, stage by stage and outside of any transaction.

What a stage makes lies in the place for files before the row says that it is done. So whoever comes after a worker that was
killed goes on behind it, from the same facts, and comes to the same packet.
"""

import hashlib
import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from datetime import datetime
from functools import cached_property
from typing import IO, Any
from uuid import UUID

import orjson

from models import packet_facts, tenancy
from models.access_entry import AccessEntry
from models.audit_entry import Actor
from models.case import Case
from models.files import CHUNK, Unusable
from models.packet import (
    CLAIM,
    DOCUMENTS_NAMED,
    DONE,
    FAILED,
    GATHERED,
    GONE_ON,
    LATER,
    LEASE,
    MOST_ATTEMPTS,
    PAUSE,
    PRACTICES_WITH_PACKETS_TO_BUILD,
    RENEW,
    STAGES,
    Packet,
    folder_of,
)
from models.packet_redactions import redactions_of
from models.prepared import Prepared
from models.transaction import Transaction
from scheduling.child_process import Ended, Limits, OutOfTime
from scheduling.packet.archive import Archive, safe_name
from scheduling.packet.child import Answer, asked
from scheduling.workplace import Workplace

log = logging.getLogger("followthrough.worker")
DUE = PRACTICES_WITH_PACKETS_TO_BUILD
_RENEW_SECONDS = LEASE.total_seconds() / 6
# The longest that a step may take; each child has narrower limits of its own.
_LIMITS = Limits(whole_seconds=300, processor_seconds=280, memory_bytes=2 << 30)
# Why an exhibit is not shown, in the words of its cover sheet.
_NOT_SHOWN = {
    "en": {
        "heic": "A picture of this kind (HEIC) cannot be shown on paper.",
        "recording": "This is a recording: it cannot be shown on paper.",
        "kind": "A file of this kind cannot be shown on paper.",
        "pages": "It has more pages than a packet can show.",
        "locked": "It is locked with a password.",
        "damaged": "The file is damaged, and cannot be shown.",
        "large": "The file is too large to be shown.",
        "failed": "It could not be made ready for paper.",
    },
    "es": {
        "heic": "Una imagen de este tipo (HEIC) no se puede mostrar en papel.",
        "recording": "Es una grabación: no se puede mostrar en papel.",
        "kind": "Un archivo de este tipo no se puede mostrar en papel.",
        "pages": "Tiene más páginas de las que este expediente puede mostrar.",
        "locked": "Está protegido con una contraseña.",
        "damaged": "El archivo está dañado y no se puede mostrar.",
        "large": "El archivo es demasiado grande para mostrarse.",
        "failed": "No fue posible prepararlo para el papel.",
    },
}
_WHERE_IT_IS = {
    "en": ("The file is in the archive that goes with this packet.", "It is not part of this redacted edition."),
    "es": ("El archivo está en el ZIP que acompaña este expediente.", "No forma parte de esta edición testada."),
}


# An exhibit that ended its child again and again, as `scheduling.packet.exhibit` would say it.
_FAILED = {"pages": 0, "text": None, "why_not": "failed", "unsearched": ()}


class _CannotBe(Exception):
    """It cannot be built, however often one tries: the sentence says why."""


class _NotOurs(Exception):
    """The lease is somebody else's by now, or the packet was cancelled."""


class _Stopping(Exception):
    """This worker was told to stop."""


def build(worker: Workplace, practice_id: UUID) -> int:
    """Builds the packet of this practice that has waited longest; gives how many it took on."""
    with worker.in_practice(practice_id) as claiming:
        claimed = claiming.rows(CLAIM, now=claiming.now, owner=worker.id, lease_until=claiming.now + LEASE)
    for packet in claimed:
        began = time.monotonic()
        outcome = _attempt(worker, practice_id, packet)
        facts = {"packet": str(packet.id), "practice": str(practice_id), "seconds": round(time.monotonic() - began, 1)}
        log.info("packet", {**facts, "outcome": outcome})
    return len(claimed)


def _attempt(worker: Workplace, practice_id: UUID, packet: Any) -> str:
    """What became of an attempt: `built`, `failed`, `later`, `stopped`, or `lost_lease` where somebody else has it."""
    building = _Building(worker, practice_id, packet)
    facts = {"packet": str(packet.id), "practice": str(practice_id)}
    try:
        building.build()
    except _NotOurs:
        return "lost_lease"
    except _Stopping:
        # What was not done costs no attempt, and is there for whoever works now.
        return building.give_back(worker.clock(), building.attempts - 1, "stopped")
    except _CannotBe as why:
        return building.fail(str(why))
    except OSError as failed:
        # That is no fault of the packet: its attempt does not count.
        log.error("the place for files cannot be used", {**facts, "error": type(failed).__name__})
        return building.give_back(worker.clock() + PAUSE, building.attempts - 1, "later")
    except Exception as wrong:
        log.error("packet not built", {**facts, "stage": building.stage, "error": type(wrong).__name__})
        if building.attempts < MOST_ATTEMPTS:
            return building.give_back(worker.clock() + PAUSE, building.attempts, "later")
        is_too_much = isinstance(wrong, OutOfTime | Ended)
        return building.fail(
            "Building this packet takes too long or too much memory: name fewer exhibits."
            if is_too_much
            else "This packet could not be built. It was written down."
        )
    return "built"


class _Building:
    """One packet under one lease."""

    def __init__(self, worker: Workplace, practice_id: UUID, packet: Any) -> None:
        assert worker.config.files is not None
        self._worker, self._practice_id, self._packet = worker, practice_id, packet
        self._documents = worker.config.files.documents(practice_id)
        self._packets = worker.config.files.packets(practice_id)
        self._as_of: datetime | None = packet.as_of
        self._renewed = time.monotonic()
        self.attempts, self.stage, self._stage_done = packet.attempts, packet.stage, packet.stage_done

    def build(self) -> None:
        if self._is_used_up and self.stage != "exhibits":
            # Whoever began this step so often did not come back from it.
            raise _CannotBe("A step of building this packet was begun several times, and never came to an end.")
        if self._as_of is None:
            self._gather()
        exhibits = [self._made_ready(exhibit) for exhibit in self._said["exhibits"]]
        paper = self._paper(exhibits)
        pages = self._together(exhibits, paper)
        self._archive(exhibits, paper, pages)

    # What it stands on.

    @property
    def _folder(self) -> str:
        assert self._as_of is not None
        return folder_of(self._packet.id, self._as_of)

    @cached_property
    def _said(self) -> dict[str, Any]:
        """The facts as they were gathered, redacted where this is a redacted edition: all later stages know nothing else."""
        return self._kept("facts.json") or {}

    def _kept(self, name: str) -> dict[str, Any] | None:
        """What an earlier step left, if it came so far."""
        try:
            with self._packets.open(f"{self._folder}/{name}") as opened:
                found: dict[str, Any] = orjson.loads(opened.read())
                return found
        except FileNotFoundError:
            return None

    def _keep(self, name: str, said: Mapping[str, Any]) -> None:
        self._packets.write(f"{self._folder}/{name}", [orjson.dumps(said)])

    # The stages.

    def _gather(self) -> None:
        opening = tenancy.at_one_moment(tenancy.practice(self._practice_id))
        with Transaction(self._worker.engine, opening, self._worker.clock()) as work:
            work.open()
            said = _gathered(work, work.find(Packet, self._packet.id))
            self._as_of = work.now
        self._keep("facts.json", said)
        facts = {"as_of": self._as_of, "missing": said["facts"]["missing"], "stage_of": len(said["exhibits"])}
        self._write(GATHERED, **facts)
        self.attempts, self.stage, self._stage_done = 1, "exhibits", 0

    def _made_ready(self, exhibit: Mapping[str, Any]) -> dict[str, Any]:
        """What is known of an exhibit, and how many pages it has; these lie beside that."""
        name = f"exhibits/{exhibit['number']}"
        told = self._kept(f"{name}.json")
        if told is None:
            told = self._shown(exhibit, f"{self._folder}/{name}.pdf")
            self._keep(f"{name}.json", told)
        self._go_on("exhibits", exhibit["number"], len(self._said["exhibits"]))
        return {**exhibit, **told}

    def _shown(self, exhibit: Mapping[str, Any], path: str) -> dict[str, Any]:
        """One exhibit, whose pages lie there then. One that ends whoever reads it is one that cannot be shown: without it, the
        packet is what it is."""
        said = {key: exhibit[key] for key in ("file_type", "areas")} | {"redactions": self._said["redactions"]}
        with ExitStack() as opened:
            file = self._exhibit(opened, exhibit)
            if self._is_used_up:
                return dict(_FAILED)
            try:
                answer = opened.enter_context(self._ask("exhibit", {**said, "file": file.fileno()}, [file]))
                self._packets.write(path, answer.pieces)
            except (Ended, OutOfTime) as wrong:
                if self.attempts < MOST_ATTEMPTS:
                    raise
                facts = {"packet": str(self._packet.id), "exhibit": exhibit["number"], "error": type(wrong).__name__}
                log.error("exhibit not shown", facts)
                return dict(_FAILED)
            return answer.said

    def _paper(self, exhibits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        told = self._kept("paper.json")
        if told is None:
            self._go_on("paper", 0, 1)
            shown = [_on_paper(exhibit, self._packet.language) for exhibit in exhibits]
            said = {"facts": self._said["facts"], "exhibits": shown}
            with self._ask("paper", said) as answer:
                # Both are ours, of text and lines: they are small.
                told, both = answer.said, b"".join(answer.pieces)
            report = told["report_bytes"]
            self._packets.write(f"{self._folder}/report.pdf", [both[:report]])
            self._packets.write(f"{self._folder}/paper.pdf", [both[report:]])
            self._keep("paper.json", told)
        return told

    def _together(self, exhibits: Sequence[Mapping[str, Any]], paper: Mapping[str, Any]) -> int:
        told = self._kept("together.json")
        if told is None:
            self._go_on("together", 0, 1)
            with ExitStack() as opened:
                front = opened.enter_context(self._packets.at_hand(f"{self._folder}/paper.pdf"))
                files, said = [front], []
                for exhibit in exhibits:
                    one = {"number": exhibit["number"], "sheet": paper["sheets"][str(exhibit["number"])], "file": None}
                    if exhibit["pages"]:
                        path = f"{self._folder}/exhibits/{exhibit['number']}.pdf"
                        files.append(opened.enter_context(self._packets.at_hand(path)))
                        one["file"] = files[-1].fileno()
                    said.append(one)
                about = {"front": front.fileno(), "exhibits": said, "language": self._packet.language}
                answer = opened.enter_context(self._ask("together", about, files))
                self._packets.write(f"{self._folder}/packet.pdf", answer.pieces)
                told = answer.said
            self._keep("together.json", told)
        pages: int = told["pages"]
        return pages

    def _archive(self, exhibits: Sequence[Mapping[str, Any]], paper: Mapping[str, Any], pages: int) -> None:
        self._go_on("archive", 0, 1)
        assert self._as_of is not None
        contents = _contents(exhibits, paper)
        archive = Archive(self._as_of)
        zipped = _Measured(
            self._watched(archive.pieces(self._files_of_archive(exhibits), _indexed(contents["exhibits"], exhibits)))
        )
        self._packets.write(f"{self._folder}/packet.zip", zipped)
        contents["files"] = [part.as_json() for part in archive.parts]
        packet = archive.parts[0]
        with self._worker.in_practice(self._practice_id) as writing:
            sizes = {"pdf_bytes": packet.size, "zip_bytes": zipped.size}
            hashes = {"pdf_sha256": packet.sha256, "zip_sha256": zipped.sha256}
            if not writing.rows(DONE, **self._held, now=writing.now, contents=contents, pages=pages, **sizes, **hashes):
                raise _NotOurs
            writing.record("update", Packet, self._packet.id, ("state", "contents"))
            writing.add(
                AccessEntry.disclosed(
                    "packet_made",
                    by=Actor("worker", self._packet.requested_by_id),
                    student_id=writing.find(Case, self._packet.case_id).student_id,
                    resource="packets",
                    row_id=self._packet.id,
                    purpose=self._packet.purpose,
                )
            )
        self._tidy("packet.pdf", "packet.zip")

    def _files_of_archive(
        self, exhibits: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[str, AbstractContextManager[IO[bytes]] | bytes]]:
        """What the archive holds, by its name there: the packet first. Of a redacted edition what it shows, and no original."""
        yield "packet.pdf", self._packets.open(f"{self._folder}/packet.pdf")
        yield "report.pdf", self._packets.open(f"{self._folder}/report.pdf")
        for exhibit in exhibits:
            name = _name_in_archive(exhibit)
            if name is None:
                continue
            if not exhibit["redacted"]:
                yield name, self._documents.open(exhibit["document_id"])
            elif exhibit["text"] is not None:
                yield name, str(exhibit["text"]).encode()
            else:
                yield name, self._packets.open(f"{self._folder}/exhibits/{exhibit['number']}.pdf")

    def _exhibit(self, opened: ExitStack, exhibit: Mapping[str, Any]) -> IO[bytes]:
        """The file of an exhibit, which is the one that was uploaded."""
        what = f"The file of exhibit {exhibit['number']} is"
        try:
            file = opened.enter_context(self._documents.at_hand(exhibit["document_id"]))
        except FileNotFoundError:
            raise _CannotBe(f"{what} not where it was kept. Its operator can bring it back from a backup.") from None
        digest = hashlib.sha256()
        while piece := file.read(CHUNK):
            digest.update(piece)
        if digest.hexdigest() != exhibit["sha256"]:
            raise _CannotBe(f"{what} not the one that was uploaded. Upload it again.")
        return file

    def _ask(self, child: str, said: Mapping[str, Any], files: Sequence[IO[bytes]] = ()) -> AbstractContextManager[Answer]:
        return asked(f"scheduling.packet.{child}", said, files, limits=_LIMITS, watch=self._watch)

    # The lease.

    @property
    def _held(self) -> dict[str, Any]:
        return {"row": self._packet.id, "owner": self._worker.id, "lease": self._packet.lease_number}

    def _watch(self) -> None:
        """Between two pieces of work: whether this worker may go on. Raises `_Stopping` and `_NotOurs`."""
        if self._worker.stopping.is_set():
            raise _Stopping
        if time.monotonic() - self._renewed > _RENEW_SECONDS:
            self._write(RENEW)

    def _watched(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._watch()
            yield piece

    @property
    def _is_used_up(self) -> bool:
        """Whether this step was begun as often as it may be, by workers that did not come back from it."""
        return bool(self.attempts > MOST_ATTEMPTS)

    def _go_on(self, stage: str, done: int, of: int) -> None:
        """So far it has come. Where it was before already, that is no step: what was tried since still counts."""
        self._watch()
        if (STAGES.index(stage), done) <= (STAGES.index(self.stage), self._stage_done):
            return
        self._write(GONE_ON, stage=stage, stage_done=done, stage_of=of)
        self.attempts, self.stage, self._stage_done = 1, stage, done

    def _write(self, statement: Prepared, **values: Any) -> None:
        with self._worker.in_practice(self._practice_id) as writing:
            until = writing.now + LEASE
            if not writing.rows(statement, **self._held, now=writing.now, lease_until=until, **values):
                raise _NotOurs
        self._renewed = time.monotonic()

    def give_back(self, due_at: datetime, attempts: int, outcome: str) -> str:
        try:
            self._write(LATER, due_at=due_at, attempts=max(0, attempts))
        except _NotOurs:
            return "lost_lease"
        return outcome

    def fail(self, sentence: str) -> str:
        with self._worker.in_practice(self._practice_id) as writing:
            if not writing.rows(FAILED, **self._held, now=writing.now, failure=sentence):
                return "lost_lease"
            writing.record("update", Packet, self._packet.id, ("state", "failure"))
        self._tidy()
        return "failed"

    def _tidy(self, *kept: str) -> None:
        """What was needed to build it goes; what cannot be taken away now, housekeeping takes."""
        if self._as_of is None:
            return
        with suppress(OSError, Unusable):
            place = self._packets.of(self._folder)
            for path in place.list():
                if path not in kept:
                    place.remove(path)


class _Measured:
    """Pieces that are counted and hashed while they go by."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._hash, self.size = pieces, hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._hash.update(piece)
            self.size += len(piece)
            yield piece

    @property
    def sha256(self) -> bytes:
        return self._hash.digest()


def _gathered(work: Transaction, packet: Packet) -> dict[str, Any]:
    """All that the packet says, as plain JSON; redacted where this is a redacted edition, before anything is made of it."""
    facts = packet_facts.gathered(work, packet).as_json()
    redactions = redactions_of(work, packet)
    found = {row.id: row for row in work.rows(DOCUMENTS_NAMED, ids=[UUID(one["document_id"]) for one in packet.exhibits])}
    areas = (packet.redactions or {}).get("areas", ())
    exhibits = []
    for number, one in enumerate(packet.exhibits, 1):
        document = found.get(UUID(one["document_id"]))
        if document is None:
            raise _CannotBe(f"The document of exhibit {number} was deleted. Ask for a packet without it.")
        exhibits.append(
            {
                "number": number,
                "document_id": str(document.id),
                "title": one["title"] or document.name,
                "name": document.name,
                "note": one["note"],
                "file_type": document.file_type,
                "sha256": document.sha256.hex(),
                "size_bytes": document.size_bytes,
                "redacted": redactions is not None,
                "areas": [area for area in areas if area["document_id"] == one["document_id"]],
            }
        )
    if redactions is not None:
        facts = redactions.applied(facts)
        for exhibit in exhibits:
            # What a file is called may name somebody, in ways that no search knows.
            exhibit["title"] = redactions.redacted(exhibit["title"])
            exhibit["note"] = redactions.redacted(exhibit["note"]) if exhibit["note"] else None
            exhibit["name"] = exhibit["title"]
    return {"facts": facts, "exhibits": exhibits, "redactions": redactions.as_json() if redactions else None}


def _on_paper(exhibit: Mapping[str, Any], language: str) -> dict[str, Any]:
    """An exhibit as its cover sheet has it (`mail.packet.Exhibit`)."""
    said = [exhibit["note"]]
    if exhibit["why_not"]:
        said += [_NOT_SHOWN[language][exhibit["why_not"]], _WHERE_IT_IS[language][exhibit["redacted"]]]
    names = ("number", "title", "file_type", "pages", "text", "document_id")
    # Of a text of which all but a name can be read, the hash would tell the name to who tries.
    original = (
        {"sha256": "", "size_bytes": 0} if exhibit["redacted"] else {key: exhibit[key] for key in ("sha256", "size_bytes")}
    )
    note = " ".join(sentence for sentence in said if sentence)
    return {**{name: exhibit[name] for name in names}, **original, "source": None, "observed_on": None, "note": note or None}


def _name_in_archive(exhibit: Mapping[str, Any]) -> str | None:
    """None for what a redacted edition does not hold."""
    ending = exhibit["file_type"]
    if exhibit["redacted"]:
        if exhibit["why_not"]:
            return None
        ending = "pdf" if exhibit["text"] is None else "txt"
    return f"exhibits/{exhibit['number']:03} {safe_name(exhibit['name'], ending)}"


def _indexed(contents: Sequence[Mapping[str, Any]], exhibits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The exhibits as the archive lists them: of a redacted edition without what tells of the originals."""
    unknown = {"sha256": "", "size_bytes": ""}
    return [{**said, **(unknown if one["redacted"] else {})} for said, one in zip(contents, exhibits, strict=True)]


def _contents(exhibits: Sequence[Mapping[str, Any]], paper: Mapping[str, Any]) -> dict[str, Any]:
    """What is in it and where: printed pages, from 1."""
    listed, inserted = [], 0
    for exhibit in exhibits:
        names = ("number", "document_id", "title", "file_type", "sha256", "size_bytes", "pages", "why_not", "unsearched")
        page = paper["sheets"][str(exhibit["number"])] + inserted + 1
        listed.append({**{name: exhibit[name] for name in names}, "page": page, "file": _name_in_archive(exhibit)})
        inserted += exhibit["pages"]
    parts = [{"part": part, "page": page} for part, page in paper["parts"].items()]
    return {"parts": parts, "exhibits": listed}
