"""A backup taken while people work comes back on an empty server exactly as it was, or it is refused and nothing is written."""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from sqlalchemy import Engine

from api.application import create_app
from api.config import Config
from commands import archive, database, embedded
from commands.archive import Refused
from commands.backup import KIND, SUFFIX, restore
from commands.command_line import main
from mail.post import SmtpPost
from mail.render import Sender
from models.database import connect
from models.files import Files, unfinished
from models.link import Links
from scheduling.worker import Worker
from scheduling.workplace import Config as WorkerConfig
from tests.cast import PASSWORD, Actor, Practice, found_practice
from tests.conftest import BASE_URL, SECRET, Clock, Sink
from tests.promises.conftest import Admin
from tests.promises.processes import HOUSE, Said, commanded, program, wait_until

TABLES = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1"
KEY = """select attname from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any(conkey)
    where contype = 'p' and conrelid = %s::regclass order by array_position(conkey, attnum)"""
# And whether the database works it out: such a column is in no backup, since a restored row has it again by its own.
COLUMNS = """select attname, attgenerated <> '' from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped order by attnum"""
FORCED = """select relname, relrowsecurity and relforcerowsecurity from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1"""


def followthrough(*command: object, **settings: object) -> "subprocess.CompletedProcess[str]":
    """A command, as an operator runs it."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/tmp", **{name: str(value) for name, value in settings.items()}}
    arguments = [sys.executable, "-m", "commands", *map(str, command)]
    return subprocess.run(arguments, env=environment, cwd=HOUSE, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where files lie: two practices', one of them empty, one with a name in another alphabet."""
    folder = tmp_path_factory.mktemp("files")
    for name, held in {
        "a/letter.pdf": os.urandom(300_000),
        "a/deep/er/Пётр – reader.txt": "Пётр needs a reader.\n".encode(),
        "b/empty": b"",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(held)
    return folder


def held_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def backed_up_once(engine: Engine, sink: Sink, admin_url: str, files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a practice with a history. With a clock of its own: that of the others may have been moved by now."""
    clock, sender = Clock(), Sender(Links([SECRET], BASE_URL), "followthrough@practice.example")
    app = create_app(engine, clock, Config(secret_keys=[SECRET], base_url=BASE_URL, files=Files(str(files))))
    worker = Worker(engine, clock, SmtpPost(sink.url), WorkerConfig(sender))
    practice = found_practice(app, clock, worker, sink, f"backed-up-{secrets.token_hex(4)}")
    practice.ana.asks_the_team(practice.ana.opens_a_case())
    practice.ana.uploads(practice.ana.opens_a_case())
    practice.olga.opens_consultations(hosts=(practice.ana,))
    backup = tmp_path_factory.mktemp("backup") / "backup.zip"
    done = commanded("backup", backup, DATABASE_ADMIN_URL=admin_url, FILES_URL=files.as_uri())
    assert done.returncode == 0, done.stderr
    return backup


@pytest.fixture
def backed_up(backed_up_once: Path, tmp_path: Path) -> Path:
    return shutil.copy(backed_up_once, tmp_path / "backup.zip")


@dataclass
class Place:
    """A database that nobody has used yet, and an empty place for files."""

    server: embedded.Embedded
    name: str
    files: Path

    @property
    def admin_url(self) -> str:
        return self.server.url(embedded.OWNER, self.name)

    @property
    def app_url(self) -> str:
        return self.server.url(embedded.LOGIN, self.name)

    def restores(self, file: Path) -> Said:
        urls = {"DATABASE_ADMIN_URL": self.admin_url, "DATABASE_URL": self.app_url}
        return commanded("restore", file, **urls, FILES_URL=self.files.as_uri())

    def refuses(self, file: Path) -> str:
        """The sentence with which a restore refuses this file."""
        with pytest.raises(Refused) as refused:
            restore(self.admin_url, self.app_url, Files(str(self.files)), file)
        return str(refused.value)

    def asks(self, query: Any) -> list[Any]:
        with psycopg.connect(self.admin_url) as admin:
            return admin.execute(query).fetchall()

    def is_untouched(self) -> bool:
        return self.asks(TABLES) == [] and not self.files.exists()


@pytest.fixture
def place(server: embedded.Embedded, tmp_path: Path) -> Iterator[Place]:
    found = Place(server, f"place_{secrets.token_hex(4)}", tmp_path / "restored files")
    server.create(found.name)
    yield found
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as postgres:
        postgres.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(found.name)))


@contextmanager
def empty_server(files: Path) -> Iterator[Place]:
    """Another server: no roles of ours, no tables, nothing."""
    folder = Path(tempfile.mkdtemp(prefix="followthrough-restored-"))
    try:
        with embedded.running(folder) as started:
            yield Place(started, embedded.DATABASE, files)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def manifest_of(file: Path) -> Any:
    with zipfile.ZipFile(file) as zipped:
        return json.loads(zipped.read("manifest.json"))


# It comes back.


@dataclass
class Load:
    """People who work while the backup is taken. Each act is one transaction over several tables."""

    acts: list[Callable[[int], object]]
    done: int = 0
    failed: list[BaseException] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Load":
        self._threads = [threading.Thread(target=self._work, args=(act,)) for act in self.acts]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, act: Callable[[int], object]) -> None:
        try:
            turn = 0
            while not self._stop.is_set():
                act(turn)
                turn += 1
                self.done += 1
        except BaseException as error:
            self.failed.append(error)


def at_work(practice: Practice) -> Load:
    case, kind = (
        practice.ana.opens_a_case(),
        practice.olga.opens_consultations(hosts=(practice.olga, practice.ana, practice.sam)),
    )
    practice.ana.puts_in_force(practice.ana.drafts_an_iep(case))
    weeks = practice.visitor().slots("2026-10-12T00:00:00Z", "2026-11-07T00:00:00Z")
    booking = {"consultation_type_id": kind["id"], "name": "Petra", "email": "petra@example.org", "timezone": "America/Denver"}

    def books(turn: int) -> object:
        return practice.sam.ask("POST", "/bookings", {**booking, "starts_at": weeks[turn % len(weeks)]["starts_at"]})

    return Load([lambda _: practice.ana.asks_the_team(case), lambda _: practice.olga.opens_a_case(), books])


def test_a_backup_under_load_comes_back_on_an_empty_server(
    riverside: Practice, admin: Admin, admin_url: str, files: Path, tmp_path: Path
) -> None:
    """Red without `IsolationLevel.REPEATABLE_READ` in `commands.backup._one_moment`, without a table or a file in between."""
    backup, urls = tmp_path / "backup.zip", {"DATABASE_ADMIN_URL": admin_url, "FILES_URL": files.as_uri()}
    with at_work(riverside) as load:
        wait_until(lambda: load.done > 20, why=lambda: load.failed)
        before = load.done
        taken = followthrough("backup", backup, **urls)
        during = load.done - before
        wait_until(lambda: load.done > before + during, why=lambda: load.failed)
    assert load.failed == []
    assert (taken.returncode, taken.stderr) == (0, "")
    assert during > 10
    assert (backup.stat().st_mode & 0o777, list(tmp_path.glob("*.part"))) == (0o600, [])

    with empty_server(tmp_path / "restored files") as place:
        restored = place.restores(backup)
        assert (restored.returncode, restored.stderr) == (0, "")
        everything_is_there(place, backup)
        assert held_in(place.files) == held_in(files)
        it_was_one_moment(place, riverside.slug)
        practices_are_kept_apart(place, admin)
        people_go_on(place, riverside)


def everything_is_there(place: Place, backup: Path) -> None:
    """Each table is what the manifest says, by a count and a hash of our own, and none is missing or besides."""
    manifest = manifest_of(backup)
    assert {row[0] for row in place.asks(TABLES)} == {*manifest["tables"], "alembic_version"}
    assert place.asks("select version_num from alembic_version") == [(manifest["revision"],)]
    assert manifest["tables"]["communications"]["rows"] > 5
    with psycopg.connect(place.admin_url, options="-c timezone=UTC") as owner:
        for name, said in manifest["tables"].items():
            key = ", ".join(row[0] for row in owner.execute(KEY, [name]))
            columns = dict(owner.execute(COLUMNS, [name]).fetchall())
            written = [column for column, is_worked_out in columns.items() if not is_worked_out]
            assert (name, said["columns"]) == (name, written)
            with owner.cursor().copy(f"copy (select {', '.join(written)} from {name} order by {key}) to stdout") as rows:
                copied = b"".join(bytes(row) for row in rows)
            assert (name, copied.count(b"\n")) == (name, said["rows"])
            assert (name, hashlib.sha256(copied).hexdigest()) == (name, said["sha256"])
    [[stands, highest]] = place.asks(
        "select last_value, (select coalesce(max(sequence), 0) from audit_entries) from audit_entries_sequence"
    )
    assert stands >= highest > 0


def it_was_one_moment(place: Place, slug: str) -> None:
    """What is done in one transaction is there as a whole: a question with its reminders, a booking with its mails."""
    practice = f"(select id from practices where slug = '{slug}')"
    torn = f"""
        select 'communication', c.id from communications c where awaiting_reply and tenant_id = {practice}
            and (select count(*) from reminders r where r.tenant_id = c.tenant_id and r.communication_id = c.id) <> 3
        union all
        select 'booking', b.id from bookings b where tenant_id = {practice} and 2 <> (select count(*) from messages m
            where m.tenant_id = b.tenant_id and m.occasion like 'booking:' || b.id || '%')
        union all
        select 'message', m.id from messages m where tenant_id = {practice} and kind = 'booking'
            and not exists (select from bookings b where b.tenant_id = m.tenant_id and b.id = m.link_id)
        union all
        select resource, row_id from audit_entries a where tenant_id = {practice} and resource = 'cases'
            and not exists (select from cases c where c.tenant_id = a.tenant_id and c.id = a.row_id)
    """
    assert place.asks(torn) == []
    assert place.asks(f"select from bookings where tenant_id = {practice}") != []


def practices_are_kept_apart(place: Place, admin: Admin) -> None:
    there = {row["relname"]: row["?column?"] for row in admin.execute(FORCED)}
    assert dict(place.asks(FORCED)) == there
    assert there["clients"] is True
    database.refuse_unsafe_login(place.app_url)
    owned = [name for name, is_forced in there.items() if is_forced and name not in ("practices", "users", "sign_ins")]
    with psycopg.connect(place.app_url, autocommit=True) as login:
        assert login.execute("select rolbypassrls or rolsuper from pg_roles where rolname = session_user").fetchone() == (
            False,
        )
        for name in owned:
            with pytest.raises(psycopg.Error):
                login.execute(sql.SQL("select * from {}").format(sql.Identifier(name)))
        login.execute("set role none")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute("select * from clients")


def people_go_on(place: Place, riverside: Practice) -> None:
    engine = connect(place.app_url)
    try:
        app = create_app(engine, riverside.clock, Config(secret_keys=[SECRET], base_url=BASE_URL))
        session = Actor(app).post("/auth/login", {"email": riverside.ana.email, "password": PASSWORD})
        ana = Actor(app, session["access_token"])
        assert len(ana.everything("/cases")) >= 1
        assert ana.post("/clients", {"name": "Pia Novak", "email": "pia@example.org"})["name"] == "Pia Novak"
    finally:
        engine.dispose()


def test_who_may_back_up_needs_no_more_than_to_read(
    server: embedded.Embedded,
    superuser: Admin,
    admin_url: str,
    database_name: str,
    riverside: Practice,
    files: Path,
    tmp_path: Path,
) -> None:
    riverside.ana.adds_a_client()
    role = f"backup_{secrets.token_hex(4)}"
    superuser.execute(f"create role {role} login bypassrls in role pg_read_all_data")
    try:
        tables = []
        for name, url in (("owner", admin_url), ("reader", server.url(role, database_name))):
            file = tmp_path / f"{name}.zip"
            done = commanded("backup", file, DATABASE_ADMIN_URL=url, FILES_URL=files.as_uri())
            assert done.returncode == 0, done.stderr
            tables.append(manifest_of(file)["tables"])
        # One right after the other: all tables are the same to the last byte, not only those that it may read by chance.
        assert tables[0] == tables[1]
        assert tables[0]["clients"]["rows"] > 0
    finally:
        superuser.execute(f"drop role {role}")


def test_files_lie_in_the_data_folder_unless_said_otherwise(admin_url: str, files: Path, tmp_path: Path) -> None:
    shutil.copytree(files, tmp_path / "files")
    done = commanded("backup", tmp_path / "backup.zip", DATABASE_ADMIN_URL=admin_url, DATA_DIR=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(manifest_of(tmp_path / "backup.zip")["files"]) == set(held_in(files))


# It is refused.


@pytest.mark.parametrize("url", ["files", "ftp://files.example/files", "file://elsewhere/files", "file:files", "s3:///files"])
def test_a_place_that_is_none_is_said_so(admin_url: str, tmp_path: Path, url: str) -> None:
    answer = CliRunner().invoke(
        main, ["backup", str(tmp_path / "backup.zip")], env={"DATABASE_ADMIN_URL": admin_url, "FILES_URL": url}
    )
    [sentence] = answer.stderr.splitlines()
    assert sentence.startswith("FILES_URL is no address that begins with file:/// or s3://: ")
    assert (answer.exit_code, list(tmp_path.iterdir())) == (2, [])


def test_the_application_cannot_back_up(app_url: str, tmp_path: Path) -> None:
    """Red without the question for `rolbypassrls` in `commands.backup._connection`: it would fail later, and less clearly."""
    done = commanded("backup", tmp_path / "backup.zip", DATABASE_ADMIN_URL=app_url, DATA_DIR=tmp_path)
    assert done.returncode != 0
    [sentence] = done.stderr.splitlines()
    assert "DATABASE_ADMIN_URL is subject to row security" in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_role_that_loses_its_right_on_the_way_writes_no_empty_backup(
    backed_up: Path, server: embedded.Embedded, superuser: Admin, database_name: str, tmp_path: Path
) -> None:
    """Red without `row_security` in `commands.backup.SESSION`: it would count no rows, read none, and be content."""
    role, backup = f"backup_{secrets.token_hex(4)}", tmp_path / "late.zip"
    superuser.execute(f"create role {role} login bypassrls in role pg_read_all_data")
    urls = {"DATABASE_ADMIN_URL": server.url(role, database_name), "DATA_DIR": str(tmp_path)}
    waits = "select pid from pg_locks where relation = 'heartbeats'::regclass and not granted"
    try:
        with program(f"backup {backup}", urls) as running:
            with superuser.transaction():
                superuser.execute("lock table heartbeats in access exclusive mode")
                wait_until(lambda: superuser.execute(waits).fetchall(), why=lambda: running.said)
                superuser.execute(f"alter role {role} nobypassrls")
            assert running.ended() != 0
            assert "row-level security policy" in running.said
        assert not backup.exists()
    finally:
        superuser.execute(f"drop role {role}")


def test_a_file_that_is_there_is_not_written_over(admin_url: str, tmp_path: Path) -> None:
    precious = tmp_path / "backup.zip"
    precious.write_text("precious")
    done = commanded("backup", precious, DATABASE_ADMIN_URL=admin_url, DATA_DIR=tmp_path)
    assert done.returncode != 0
    assert precious.read_text() == "precious"


def test_a_backup_that_was_killed_is_not_taken_for_one(admin_url: str, place: Place, tmp_path: Path) -> None:
    """Red without `{path.name}.part` in `commands.archive.writing`."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "big").write_bytes(os.urandom(12_000_000))
    backup, unfinished = tmp_path / "backup.zip", tmp_path / "backup.zip.part"
    urls = {"DATABASE_ADMIN_URL": admin_url, "DATA_DIR": str(tmp_path)}
    with program(f"backup {backup}", urls) as running:
        wait_until(lambda: unfinished.exists() and unfinished.stat().st_size > 500_000, why=lambda: running.said)
        running.kill()
    assert not backup.exists()
    assert unfinished.stat().st_mode & 0o777 == 0o600
    assert "damaged" in place.restores(unfinished).stderr
    assert place.is_untouched()

    assert commanded("backup", backup, **urls).returncode == 0
    assert not unfinished.exists()
    assert said_of_files(manifest_of(backup)).keys() == {"big"}


def test_one_wrong_byte_is_found_before_anything_is_written(backed_up: Path, place: Place) -> None:
    """Red without `_check_seal` in `commands.archive.reading`."""
    whole = bytearray(backed_up.read_bytes())
    whole[len(whole) // 2] ^= 1
    backed_up.write_bytes(whole)
    done = place.restores(backed_up)
    assert done.returncode != 0
    [sentence] = done.stderr.splitlines()
    assert "damaged" in sentence
    assert place.is_untouched()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_wrong_byte_is_found_wherever_it_is(backed_up: Path, data: st.DataObject) -> None:
    whole = backed_up.read_bytes()
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    wrong = backed_up.with_name("wrong.zip")
    wrong.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
    with pytest.raises(Refused), archive.reading(wrong, KIND, SUFFIX):
        pass
    wrong.write_bytes(whole[:at])
    with pytest.raises(Refused), archive.reading(wrong, KIND, SUFFIX):
        pass


def resealed(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with other parts, and a seal that fits them: what somebody would make who knows how."""
    with zipfile.ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    change(parts)
    forged = file.with_name(f"forged-{secrets.token_hex(4)}.zip")
    with archive.writing(forged, datetime.now(UTC)) as written:
        for name, held in parts.items():
            with written.part(name) as part:
                part.write(held)
    return forged


def without_a_row(parts: dict[str, bytes]) -> None:
    parts[f"tables/clients.{SUFFIX}"] = parts[f"tables/clients.{SUFFIX}"].partition(b"\n")[2]


def with_another_row(parts: dict[str, bytes]) -> None:
    parts[f"tables/clients.{SUFFIX}"] = parts[f"tables/clients.{SUFFIX}"].replace(b"Petra", b"Peter")


def without_a_file(parts: dict[str, bytes]) -> None:
    del parts["files/a/letter.pdf"]


def with_a_file_besides(parts: dict[str, bytes]) -> None:
    parts["files/a/other.pdf"] = b"other"


def with_a_file_outside(parts: dict[str, bytes]) -> None:
    parts["files/../outside"] = parts.pop("files/a/letter.pdf")
    parts["manifest.json"] = parts["manifest.json"].replace(b'"a/letter.pdf"', b'"../outside"')


def of_a_later_release(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps({**manifest, "revision": "9999", "release": "99.0"}).encode()


def of_another_kind(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = parts["manifest.json"].replace(KIND.encode(), b"followthrough export")


def without_a_manifest(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (without_a_row, "clients.copy is not what its manifest says"),
        (with_another_row, "clients.copy is not what its manifest says"),
        (without_a_file, "does not hold what its manifest says"),
        (with_a_file_besides, "does not hold what its manifest says"),
        (with_a_file_outside, "cannot hold a file of this name"),
        (of_a_later_release, "use release 99.0"),
        (of_another_kind, "here a followthrough backup of format 1 is needed"),
        (without_a_manifest, "is no archive of ours"),
    ],
)
def test_what_does_not_fit_its_manifest_is_refused_before_anything_is_written(
    backed_up: Path, place: Place, change: Callable[[dict[str, bytes]], None], why: str
) -> None:
    """Red without `reader.check()` in `commands.archive.reading`."""
    assert why in place.refuses(resealed(backed_up, change))
    assert place.is_untouched()


def test_a_database_with_rows_is_not_restored_into(backed_up: Path, place: Place) -> None:
    """Red without `_must_be_empty`."""
    database.migrate(place.admin_url, place.app_url)
    with psycopg.connect(place.admin_url) as owner:
        owner.execute("insert into heartbeats values (gen_random_uuid(), now(), now())")
    assert "not empty, there are rows in heartbeats" in place.refuses(backed_up)
    assert place.asks("select from practices") == []
    assert not place.files.exists()

    with psycopg.connect(place.admin_url) as owner:
        owner.execute("delete from heartbeats")
    assert place.restores(backed_up).returncode == 0, "tables without rows are as good as no tables"


def test_a_place_with_other_files_is_not_restored_into(backed_up: Path, place: Place) -> None:
    place.files.mkdir()
    (place.files / "mine").write_text("mine")
    assert "there are files already, such as mine" in place.refuses(backed_up)
    assert held_in(place.files) == {"mine": b"mine"}
    assert place.asks(TABLES) == []


def test_rows_that_come_back_otherwise_are_no_restore(backed_up: Path, place: Place) -> None:
    """Red without `_prove`: here something in the database changes what is written."""
    database.migrate(place.admin_url, place.app_url)
    with psycopg.connect(place.admin_url) as owner:
        owner.execute(
            "create function meddle() returns trigger language plpgsql as $$ begin new.name := 'X'; return new; end $$"
        )
        owner.execute("create trigger meddle before insert on clients for each row execute function meddle()")
    assert "clients did not come back as it was: nothing was restored" in place.refuses(backed_up)
    assert place.asks("select from practices") == []
    assert not place.files.exists()


def test_a_table_that_lost_its_lock_is_not_restored_as_if_it_had_it(backed_up: Path, place: Place) -> None:
    database.migrate(place.admin_url, place.app_url)
    with psycopg.connect(place.admin_url) as owner:
        owner.execute("alter table clients no force row level security")
    assert "take a database without tables" in place.refuses(backed_up)
    assert place.asks("select from practices") == []


def said_of_files(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {path: facts["sha256"] for path, facts in manifest["files"].items()}


def test_a_restore_that_was_cut_off_can_be_done_again(backed_up: Path, place: Place) -> None:
    """What it left of files is in the way of nobody. Red without `halves` in `commands.archive.already_there`."""
    with archive.reading(backed_up, KIND, SUFFIX) as reader:
        Files(str(place.files)).write("a/letter.pdf", reader.chunks("files/a/letter.pdf"))
    letter = place.files / "a" / "letter.pdf"
    stood = letter.stat().st_mtime_ns
    (place.files / "b").mkdir(mode=0o700)
    unfinished(place.files / "b" / "empty").write_bytes(b"half of it")
    done = place.restores(backed_up)
    assert done.returncode == 0, done.stderr
    there = {path: hashlib.sha256(held).hexdigest() for path, held in held_in(place.files).items()}
    assert there == said_of_files(manifest_of(backed_up))
    assert letter.stat().st_mtime_ns == stood
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in (place.files, *place.files.rglob("*"))}
    assert modes == {(True, 0o700), (False, 0o600)}


@pytest.mark.parametrize("held", [b"half of a letter", b"x" * 300_000], ids=["shorter", "as long"])
def test_files_of_the_same_name_are_not_written_over(backed_up: Path, place: Place, held: bytes) -> None:
    """Red without the comparison in `commands.archive.already_there`."""
    (place.files / "a").mkdir(parents=True)
    (place.files / "a" / "letter.pdf").write_bytes(held)
    assert "there is another a/letter.pdf already" in place.refuses(backed_up)
    assert held_in(place.files) == {"a/letter.pdf": held}
    assert place.asks(TABLES) == []


def test_of_a_file_that_cannot_be_written_nothing_stays(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left on device") as failed:
        Files(str(tmp_path)).write("a/letter.pdf", chunks())
    assert failed.value.filename == str(tmp_path / "a" / "letter.pdf")
    assert held_in(tmp_path) == {}


# What a backup takes for its files.


def test_a_backup_among_its_own_files_is_refused(admin_url: str, tmp_path: Path) -> None:
    """Red without `must_not_hold`: it would read itself until the disk is full."""
    (tmp_path / "files").mkdir()
    (tmp_path / "other way").symlink_to(tmp_path / "files")
    for inside in ("files/backup.zip", "other way/backup.zip"):
        done = commanded("backup", tmp_path / inside, DATABASE_ADMIN_URL=admin_url, DATA_DIR=tmp_path)
        assert done.returncode != 0
        [sentence] = done.stderr.splitlines()
        assert "would lie among the files that it is to hold" in sentence
    assert held_in(tmp_path) == {}


class Growing(Files):
    """Files to which somebody writes as soon as they were listed."""

    def list(self) -> dict[str, int]:
        found = super().list()
        for path in found:
            with (Path(self._root) / path).open("ab") as file:
                file.write(b"more")
        return found


def test_no_more_of_a_file_is_read_than_was_listed(tmp_path: Path) -> None:
    """Red without `size - part.size` in `commands.archive.Writer.files`."""
    (tmp_path / "log").write_bytes(b"as listed")
    with archive.writing(tmp_path / "some.zip", datetime.now(UTC)) as written:
        (tmp_path / "files").mkdir()
        (tmp_path / "log").rename(tmp_path / "files" / "log")
        kept, _ = written.files(Growing(str(tmp_path / "files")), "Files")
    assert kept["log"]["size"] == len(b"as listed")


def test_links_among_the_files_are_refused(admin_url: str, tmp_path: Path) -> None:
    """Red without the last branch of `models.files._regular_files`: it would hold what lies elsewhere, or miss it."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "shadow").symlink_to("/etc/passwd")
    done = commanded("backup", tmp_path / "backup.zip", DATABASE_ADMIN_URL=admin_url, DATA_DIR=tmp_path)
    assert done.returncode != 0
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith(f"Error: FILES_URL: {tmp_path}/files/shadow is no regular file")
    assert not (tmp_path / "backup.zip").exists()


def test_a_place_for_files_that_is_not_there_is_no_backup_without_files(admin_url: str, tmp_path: Path) -> None:
    """Red without `must_be_there` in `commands.command_line.backup`."""
    (tmp_path / "a file").touch()
    for named in ("missing", "a file"):
        urls = {"DATABASE_ADMIN_URL": admin_url, "FILES_URL": (tmp_path / named).as_uri()}
        done = commanded("backup", tmp_path / "backup.zip", **urls)
        assert (done.returncode, done.stderr) == (1, f"Error: FILES_URL: {tmp_path / named} is no folder.\n")
    done = commanded("backup", tmp_path / "backup.zip", DATABASE_ADMIN_URL=admin_url, DATA_DIR=tmp_path)
    assert done.returncode == 0, "unset, there may be no files yet"


def test_a_restore_whose_login_cannot_be_read_makes_nothing(backed_up: Path, place: Place) -> None:
    """Red without `_application_login` in `commands.command_line.restore`."""
    urls = {"DATABASE_ADMIN_URL": place.admin_url, "DATABASE_URL": "garbage", "FILES_URL": place.files.as_uri()}
    done = commanded("restore", backed_up, **urls)
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith("DATABASE_URL is no address of a PostgreSQL database")
    assert place.is_untouched()


def test_a_full_disk_is_named_by_its_file(files: Path, admin_url: str, tmp_path: Path) -> None:
    """Red without `failed.filename` in `commands.archive.writing`. The limit stands for the disk."""
    backup = tmp_path / "backup.zip"
    command = f'ulimit -f 100; exec "{sys.executable}" -m commands backup "{backup}"'
    environment = {"PATH": os.environ["PATH"], "DATABASE_ADMIN_URL": admin_url, "FILES_URL": files.as_uri()}
    done = subprocess.run(["bash", "-c", command], env=environment, cwd=HOUSE, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, f"Error: {backup}.part: File too large.\n")
    assert list(tmp_path.iterdir()) == []
