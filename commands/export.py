"""A practice takes its data along: written out as JSON and files, and taken in by an empty practice elsewhere.

Both go through the ordinary login, inside the practice: row security itself sees to it that no other practice's row comes
along, or is touched. An id stays what it is, except the practice's own and those of people who are known already; these
are replaced wherever they stand, in JSON too.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

import orjson
import psycopg
import sqlalchemy
from sqlalchemy import (
    Column,
    DefaultClause,
    Select,
    Subquery,
    Text,
    bindparam,
    cast,
    func,
    inspect,
    literal_column,
    select,
    text,
)

from commands import archive
from commands.archive import Refused, progress
from domain.email_address import identity
from models import tenancy
from models.access_entry import AccessEntry
from models.base import Base, new_id
from models.database import connect
from models.everything import METADATA
from models.files import Files
from models.link import Links, hash_of
from models.practice import PRACTICE_BY_SLUG, Practice
from models.prepared import Prepared
from models.staff import Staff
from models.student import Student
from models.transaction import Transaction
from models.user import USER_BY_EMAIL, User

KIND, SUFFIX = "followthrough export", "ndjson"
# What a practice owns and takes along.
EXPORTED = frozenset(
    (
        *("clients", "students", "student_clients", "cases", "team_members", "iep_versions", "iep_version_seals", "provisions"),
        *("concerns", "concern_steps", "communications", "communication_team_members", "reminders"),
        *("consultation_types", "availabilities", "bookings", "messages", "staff", "invitations", "audit_entries"),
        *("availability_overrides", "time_off", "booking_links", "booking_events", "booking_reminders"),
        *("enquiries", "conflict_checks", "documents", "document_readings", "iep_copies"),
        *("school_calendars", "check_ins", "observations", "proceedings", "proceeding_steps", "deadlines"),
        *("letters", "letter_templates", "communication_documents", "inbound_mails", "digests"),
        "state_changes",
        *("service_sessions", "service_log_imports", "compensatory_claims", "observation_documents"),
        *("statements", "statement_entries", "packets", "packet_shares", "access_entries"),
    )
)
# What stays: the practice and its people have a document of their own; secrets, and the machinery of an installation.
LEFT_OUT = frozenset(
    (
        *("practices", "users"),
        *("api_keys", "sign_ins", "refresh_tokens", "password_resets", "one_time_codes", "recovery_codes"),
        *("idempotency_keys", "throttles", "heartbeats"),
        # Addresses at this installation: their members make new ones.
        "calendar_feeds",
        # Sealed by the secret of this installation; their members enter them again.
        *("external_calendars", "external_busy"),
    )
)
# Where the page behind a row's link is not called as its table.
_PAGES = {"iep_copies": "copies", "packet_shares": "packets"}
# What is here under another id, or the same.
_FOUND_AGAIN = frozenset(("practices", "users"))
# What a practice has that nobody has worked in yet.
THERE_FROM_THE_START = frozenset(("staff", "invitations", "messages", "audit_entries"))
# What opens something without anything else: written out, it could be guessed at in peace. There, nothing opens any more.
_HASHES = frozenset(("packet_shares.code_hash",))
# Of the practice itself, what the new place decides.
OF_THE_PLACE = frozenset(("id", "slug", "version", "created_at", "updated_at"))
ROWS_AT_ONCE, BYTES_AT_ONCE = 500, 1 << 20

_MODELS: dict[str, Any] = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
_PEOPLE = Prepared(select(User.id, User.name, User.email).where(User.id == bindparam("id")))
_REVISION = Prepared(text("select version_num as revision from alembic_version"), across_practices=True)
_WAIT_FOR_FILES = Prepared(text("select set_config('idle_in_transaction_session_timeout', '0', true)"), across_practices=True)


@dataclass(frozen=True)
class Told:
    """What was done, in numbers."""

    rows: int
    files: int
    vanished: int = 0
    # Whom the new place did not know, by e-mail address.
    new_users: Sequence[str] = ()


def export(app_url: str, files: Files, slug: str, path: Path, now: datetime, *, prepares: bool = True) -> Told:
    """Writes all that a practice has into a new file, as of one moment. Raises `Refused`, and then there is no such file."""
    archive.must_not_hold(files, path)
    with _engine(app_url, prepares) as engine, archive.writing(path, now) as written:
        practice_id, revision = _practice(engine, slug, now)
        # Before there is a file: a child's record that is in one is known to be. The file says so too.
        told = _tell(engine, practice_id, now)
        opening = tenancy.at_one_moment(tenancy.practice(practice_id))
        with Transaction(engine, opening, now) as reading:
            reading.open()
            rows = {name: _write(reading, name, written) for name in _in_order()}
            profile = _profile(reading)
            user_ids = sorted(row.user_id for row in reading.all(select(Staff)))
            children = reading.all(select(Student.id))
        documents = {
            "practice.json": written.document("practice.json", profile),
            "users.json": written.document("users.json", _people(engine, user_ids, now)),
        }
        # After the rows: each file that a row names is there.
        kept, vanished = written.files(files.of(practice_id), "Files")
        if not told >= set(children):
            # Who came in between.
            _tell(engine, practice_id, now, besides=told)
        said = {"id": str(practice_id), "slug": slug}
        written.manifest(
            KIND, revision=revision, practice=said, tables=rows, files=kept, vanished=vanished, documents=documents
        )
    return Told(sum(facts["rows"] for facts in rows.values()), len(kept), vanished)


def take_in(app_url: str, files: Files, links: Links, slug: str, path: Path, now: datetime, *, prepares: bool = True) -> Told:
    """Takes what another installation exported into a practice in which nobody has worked yet. Raises `Refused`.

    All of it or nothing. Whoever is on its staff already stays as they are; other people are found by their e-mail
    address, or made, with a password that nobody knows. Links are made anew: those in mails that the other installation
    sent lead there.
    """
    with archive.reading(path, KIND, SUFFIX) as reader, _engine(app_url, prepares) as engine:
        practice_id, revision = _practice(engine, slug, now)
        if reader.manifest["revision"] != revision or reader.tables.keys() != EXPORTED:
            release = reader.manifest["release"]
            raise Refused(
                f"The export is at revision {reader.manifest['revision']} (release {release}), this installation at"
                f" {revision}: bring both to one release, and export again."
            )
        people = _known(engine, reader.document("users.json"), now)
        work = Transaction(engine, tenancy.practice(practice_id), now)
        taking = _Taking(work, reader, people, links, practice_id, files.of(practice_id))
        try:
            with work:
                return taking.take()
        except BaseException as wrong:
            does_not_fit = isinstance(wrong, psycopg.IntegrityError | psycopg.DataError)
            # Files are in no transaction. Those of a commit that may have been done stay.
            if does_not_fit or not work.in_doubt:
                taking.take_back_files()
            if does_not_fit:
                raise Refused(f"The export does not fit here ({type(wrong).__name__}): nothing was taken in.") from None
            raise


@dataclass
class _People:
    """The users of an export: which id each has here, and who has to be made."""

    ids: dict[str, UUID]
    new: list[User] = field(default_factory=list)


@dataclass
class _Taking:
    """One import, inside the practice that takes in."""

    work: Transaction
    reader: archive.Reader
    people: _People
    links: Links
    practice_id: UUID
    files: Files
    has_files: bool = False

    def take(self) -> Told:
        self.work.rows(_WAIT_FOR_FILES)
        # Two imports at once: the second waits here, and then finds that the practice is not empty.
        self.work.find(Practice, self.practice_id, lock=True)
        before = {name: self._count(name) for name in EXPORTED}
        worked_in = sorted(name for name, rows in before.items() if rows and name not in THERE_FROM_THE_START)
        if worked_in or self.files.list():
            raise Refused(f"The practice is not empty, it has {worked_in[0] if worked_in else 'files'}: nothing was taken in.")
        self.work.add(self.people.new)
        already = self._already_here()
        self._replace = _Replacing(
            {
                str(self.reader.manifest["practice"]["id"]): str(self.practice_id),
                **{theirs: str(ours) for theirs, ours in self.people.ids.items()},
                **already,
            }
        )
        brought = {name: facts["rows"] for name, facts in self.reader.tables.items()}
        brought["staff"] -= len(already)
        with progress("Taking in rows", sum(brought.values())) as bar:
            for name in _in_order():
                for lines in self._batches(name, already):
                    self._insert(name, lines)
                    bar.update(len(lines))
                if self._count(name) != before[name] + brought[name]:
                    raise Refused(f"Of {name}, {brought[name]} rows should have come, and have not: nothing was taken in.")
        self._take_over_profile()
        self.work.flush()
        self.has_files = True
        archive.take_files(self.files, self.reader, "Files")
        return Told(sum(brought.values()), len(self.reader.files), new_users=[user.email for user in self.people.new])

    def take_back_files(self) -> None:
        for path in self.files.list() if self.has_files else ():
            self.files.remove(path)

    def _already_here(self) -> dict[str, str]:
        """Who of the export's staff is staff here too: their id there, and here."""
        here = {row.user_id: str(row.id) for row in self.work.all(select(Staff))}
        said = [orjson.loads(line) for line in self.reader.lines(f"tables/staff.{SUFFIX}")]
        users = {row["id"]: self.people.ids[row["user_id"]] for row in said}
        return {theirs: here[user] for theirs, user in users.items() if user in here}

    def _batches(self, name: str, already: Mapping[str, str]) -> Iterator[list[bytes]]:
        """The rows of a table, as they are here, so that none comes before a row of the same table that it names."""
        named = _names_own_table(name)
        has_link = "link_hash" in METADATA.tables[name].columns
        batch: list[bytes] = []
        size = 0
        held: dict[str, bytes] = {}
        for line in self.reader.lines(f"tables/{name}.{SUFFIX}"):
            if name == "staff" and orjson.loads(line)["id"] in already:
                continue
            ours = self._replace.in_line(line)
            if named or has_link:
                row = orjson.loads(ours)
                if has_link:
                    ours = self._with_our_link(name, row, ours)
                # They come in the order of their ids. What names a later one waits until all others are there.
                if any(row[other] is not None and (row[other] > row["id"] or row[other] in held) for other in named):
                    held[row["id"]] = ours
                    continue
            batch.append(ours)
            size += len(ours)
            if len(batch) == ROWS_AT_ONCE or size > BYTES_AT_ONCE:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch
        if held:
            yield list(held.values())

    def _with_our_link(self, name: str, row: Mapping[str, Any], line: bytes) -> bytes:
        """The row with the hash of the link that this installation makes for it; the hash of the other one dies."""
        if row["link_hash"] is None:
            return line
        purpose, row_id = (row["link_path"], row["link_id"]) if "link_path" in row else (_PAGES.get(name, name), row["id"])
        ours = hash_of(self.links.token(purpose, self.practice_id, UUID(row_id)))
        return line.replace(orjson.dumps(row["link_hash"]), orjson.dumps(f"\\x{ours.hex()}"))

    def _insert(self, name: str, lines: Sequence[bytes]) -> None:
        self.work.rows(_inserting(name), rows=(b"[" + b",".join(lines) + b"]").decode())

    def _count(self, name: str) -> int:
        return int(self.work.rows(_counting(name))[0].many)

    def _take_over_profile(self) -> None:
        said = self.reader.document("practice.json")
        practice = self.work.find(Practice, self.practice_id)
        for attribute in inspect(Practice).column_attrs:
            if attribute.key not in OF_THE_PLACE:
                setattr(practice, attribute.key, said[attribute.key])
        # The rows bring their own record along. This one says which of them the operator brought.
        brought = [name for name, facts in self.reader.tables.items() if facts["rows"]]
        self.work.record("update", Practice, self.practice_id, brought)


class _Replacing:
    """Puts other ids in the place of some, wherever they stand in a line: an id is the same nowhere else."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = {old.encode(): new.encode() for old, new in ids.items() if old != new}
        self._any = re.compile(b"|".join(map(re.escape, self._ids))) if self._ids else None

    def in_line(self, line: bytes) -> bytes:
        return self._any.sub(lambda found: self._ids[found[0]], line) if self._any else line


def _tell(engine: sqlalchemy.Engine, practice_id: UUID, now: datetime, *, besides: Set[UUID] = frozenset()) -> Set[UUID]:
    """Keeps on record of every child that its record is written out; gives of whom."""
    with Transaction(engine, tenancy.practice(practice_id), now) as work:
        children = set(work.all(select(Student.id))) - besides
        work.add(
            AccessEntry.disclosed("exported", by=work.by, student_id=child, resource="students", row_id=child)
            for child in sorted(children)
        )
    return children


@contextlib.contextmanager
def _engine(app_url: str, prepares: bool) -> Iterator[sqlalchemy.Engine]:
    engine = connect(app_url, pool_size=1, prepares=prepares)
    try:
        yield engine
    finally:
        engine.dispose()


def _in_order() -> list[str]:
    """The tables, each after those that its rows name."""
    return [table.name for table in METADATA.sorted_tables if table.name in EXPORTED]


def _practice(engine: sqlalchemy.Engine, slug: str, now: datetime) -> tuple[UUID, str]:
    with Transaction(engine, tenancy.lobby(), now, reading=True) as lobby:
        found = lobby.rows(PRACTICE_BY_SLUG, slug=slug)
        if not found:
            raise Refused(f"There is no practice {slug} here.")
        return found[0].id, str(lobby.rows(_REVISION)[0].revision)


def _people(engine: sqlalchemy.Engine, user_ids: Sequence[UUID], now: datetime) -> list[dict[str, str]]:
    """Who they are. A password is nobody's to take along, not even as a hash."""
    with Transaction(engine, tenancy.lobby(), now, reading=True) as lobby:
        found = [lobby.rows(_PEOPLE, id=user_id)[0] for user_id in user_ids]
    return [{"id": str(row.id), "name": row.name, "email": row.email} for row in found]


def _known(engine: sqlalchemy.Engine, users: Sequence[Mapping[str, str]], now: datetime) -> _People:
    """Each user by the e-mail address; who is not known here is to be made, under the same id if it is free."""
    people = _People({})
    with Transaction(engine, tenancy.lobby(), now, reading=True) as lobby:
        for user in users:
            known = lobby.rows(USER_BY_EMAIL, email_identity=identity(user["email"]))
            if known:
                people.ids[user["id"]] = known[0].id
                continue
            made = User.register(name=user["name"], email=user["email"], password=token_urlsafe(32))
            made.id = UUID(user["id"]) if not lobby.rows(_PEOPLE, id=UUID(user["id"])) else new_id()
            people.ids[user["id"]] = made.id
            people.new.append(made)
    return people


def _columns(name: str) -> list[str]:
    """What a row has besides its practice."""
    practice = tenancy.practice_of(_MODELS[name]).key
    return [row.name for row in METADATA.tables[name].columns if row.name != practice]


def _columns_taken_in(name: str) -> list[str]:
    """Less the numbers that the database gives, anew and in the same order, and what names a key that stayed."""
    table = METADATA.tables[name]
    stayed = {row for row in table.columns for key in row.foreign_keys if key.column.table.name in LEFT_OUT - _FOUND_AGAIN}
    given = [row for row in _columns(name) if not _is_counted(table.columns[row]) and table.columns[row].computed is None]
    return [row for row in given if table.columns[row] not in stayed]


def _is_counted(column: Column[Any]) -> bool:
    """Whether the database gives its values, one after the other."""
    return isinstance(column.server_default, DefaultClause) and "nextval(" in str(column.server_default.arg)


def _write(reading: Transaction, name: str, written: archive.Writer) -> dict[str, Any]:
    """Writes the rows of a table, a few at a time, in the order in which they came to be."""
    model = _MODELS[name]
    rows = select(*(_written(name, column) for column in _columns(name))).subquery("kept")
    order = [*(column.name for column in model.__table__.columns if _is_counted(column)), "id"]
    statement = _as_json(rows).order_by(*(rows.c[column] for column in order)).execution_options(yield_per=ROWS_AT_ONCE)
    with written.part(f"tables/{name}.{SUFFIX}") as part, reading.session.scalars(statement) as lines:
        for line in lines:
            part.write(line.encode() + b"\n")
    return {"rows": part.lines, **part.facts}


def _written(name: str, column: str) -> Any:
    return literal_column("''").label(column) if f"{name}.{column}" in _HASHES else getattr(_MODELS[name], column)


def _profile(reading: Transaction) -> Any:
    rows = select(*Practice.__table__.columns).where(Practice.id == reading.practice_id).subquery("kept")
    return orjson.loads(reading.session.scalars(_as_json(rows)).one())


def _as_json(rows: Subquery) -> Select[Any]:
    """The rows as the database itself writes them in JSON: no digit of a number is lost, bytes are hexadecimal."""
    return select(cast(func.row_to_json(rows.table_valued()), Text))


@cache
def _inserting(name: str) -> Prepared:
    """One statement for any number of rows: the database reads the JSON that a database wrote, so that nothing is lost."""
    columns = ", ".join(f'"{row}"' for row in _columns_taken_in(name))
    practice = tenancy.practice_of(_MODELS[name]).key
    return Prepared(
        text(  # names of ours alone
            f"insert into {name} ({practice}, {columns}) select :practice, {columns}"  # noqa: S608
            f" from jsonb_populate_recordset(null::{name}, cast(:rows as jsonb)) returning 1"
        ).bindparams(bindparam("practice"), bindparam("rows")),
        across_practices=True,
    )


def _names_own_table(name: str) -> list[str]:
    """The columns that name a row of the same table."""
    practice = tenancy.practice_of(_MODELS[name]).key
    keys = [key for key in METADATA.tables[name].foreign_key_constraints if key.referred_table.name == name]
    return [row for key in keys for row in key.column_keys if row != practice]


@cache
def _counting(name: str) -> Prepared:
    return Prepared(select(func.count(_MODELS[name].id).label("many")))
