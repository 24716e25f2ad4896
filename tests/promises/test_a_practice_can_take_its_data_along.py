"""A practice takes all that is its own to another installation, and nothing of anybody else; there it goes on."""

import json
import os
import secrets
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy
from flask import Flask
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import CheckConstraint, Text

from api.application import create_app
from api.config import Config
from commands import archive, database, embedded, export
from commands.archive import Refused
from commands.export import EXPORTED, KIND, LEFT_OUT, SUFFIX
from mail.post import SmtpPost
from mail.render import Sender
from models.database import connect
from models.everything import METADATA
from models.files import Files
from models.link import Links, hash_of
from scheduling.worker import Worker
from scheduling.workplace import Config as WorkerConfig
from tests.cast import PASSWORD, ZONE, Actor, Practice, Staff, found_practice, text_of, token_in
from tests.conftest import BASE_URL, MAIL_IN, SECRET, Clock, Sink
from tests.contracts.everything import Life, one_of_everything
from tests.promises.conftest import Admin
from tests.promises.processes import commanded
from tests.promises.racing import at_once
from tests.promises.test_a_backup_is_what_a_restore_proved import held_in, manifest_of, resealed
from tests.walks import each

# Links are of the installation's own making, numbers of its database; and a key stays where it is.
MADE_ANEW = ("link_hash", "sequence", "api_key_id", "code_hash")
OTHER_SECRET = b"another secret, of an installation that lies elsewhere"
ODD = 'tab\t quote\' "double" back\\slash \\N \\. \\x41 line\nreturn\r nothing  é Пётр 😀 \u2028 {} [] null {b}'
ODD_JSON = json.dumps(
    {"odd": ODD, "one": 1.5, "none": None, "yes": True, "list": [[], {}, [None]], "é": 1}, ensure_ascii=False
).replace("1.5", "1234567890123456789012345678901234567890.1000")


def of(folder: Path) -> Files:
    return Files(str(folder))


@dataclass
class Installation:
    """A database, a secret, a worker, and a place for files of its own."""

    app: Flask
    app_url: str
    admin_url: str
    clock: Clock
    worker: Worker
    sink: Sink
    files: Path
    secret: bytes

    @property
    def links(self) -> Links:
        return Links([self.secret], BASE_URL)

    def founds(self, slug: str, email: str) -> "Staff":
        """Somebody registers a practice here."""
        firm = {"practice_name": slug.title(), "slug": slug, "timezone": "Europe/Berlin"}
        said = {**firm, "name": "Olga Owens", "email": email, "password": PASSWORD}
        return Staff(self.app, Actor(self.app).post("/auth/register", said), self.clock)

    def signs_in(self, email: str, slug: str, password: str = PASSWORD) -> "Staff":
        said = {"email": email, "password": password, "practice": slug}
        return Staff(self.app, Actor(self.app).post("/auth/login", said), self.clock)

    def asks(self, query: Any, *values: object) -> list[Any]:
        with psycopg.connect(self.admin_url, row_factory=dict_row, options="-c timezone=UTC") as admin:
            return admin.execute(query, values).fetchall()

    def id_of(self, slug: str) -> UUID:
        found: UUID = self.asks("select id from practices where slug = %s", slug)[0]["id"]
        return found

    def exports(self, slug: str, file: Path) -> Path:
        export.export(self.app_url, of(self.files), slug, file, self.clock())
        return file

    def takes_in(self, slug: str, file: Path) -> export.Told:
        return export.take_in(self.app_url, of(self.files), self.links, slug, file, self.clock())

    def refuses(self, slug: str, file: Path) -> str:
        """The sentence with which it refuses to take this in; nothing is other than before."""
        before = self.everything()
        with pytest.raises(Refused) as refused:
            self.takes_in(slug, file)
        assert self.everything() == before
        return str(refused.value)

    def everything(self) -> Any:
        tables = [*sorted(METADATA.tables)]
        with psycopg.connect(self.admin_url) as admin:
            rows = {
                name: sorted(row[0] for row in admin.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(name))))
                for name in tables
                if name not in ("heartbeats", "throttles")
            }
        return rows, held_in(self.files)


@pytest.fixture(scope="module")
def here(
    app: Flask, engine: sqlalchemy.Engine, app_url: str, admin_url: str, sink: Sink, tmp_path_factory: Any
) -> Installation:
    clock, folder = Clock(), tmp_path_factory.mktemp("here")
    own = create_app(engine, clock, Config(secret_keys=[SECRET], base_url=BASE_URL, files=of(folder), **MAIL_IN))
    sender = Sender(Links([SECRET], BASE_URL), "ft@practice.example")
    worker = Worker(engine, clock, SmtpPost(sink.url), WorkerConfig(sender, files=of(folder)))
    return Installation(own, app_url, admin_url, clock, worker, sink, folder, SECRET)


@pytest.fixture(scope="module")
def there(server: embedded.Embedded, sink: Sink, tmp_path_factory: Any) -> Iterator[Installation]:
    """Another installation: another database, another secret."""
    name = f"elsewhere_{secrets.token_hex(4)}"
    server.create(name)
    app_url, admin_url = server.url(embedded.LOGIN, name), server.url(embedded.OWNER, name)
    database.migrate(admin_url, app_url)
    engine, clock, folder = connect(app_url, pool_size=5), Clock(), tmp_path_factory.mktemp("there")
    sender = Sender(Links([OTHER_SECRET], BASE_URL), "ft@elsewhere.example")
    app = create_app(engine, clock, Config(secret_keys=[OTHER_SECRET], base_url=BASE_URL, files=of(folder), **MAIL_IN))
    worker = Worker(engine, clock, SmtpPost(sink.url), WorkerConfig(sender, files=of(folder)))
    yield Installation(app, app_url, admin_url, clock, worker, sink, folder, OTHER_SECRET)
    engine.dispose()
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as postgres:
        postgres.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def lives(installation: Installation, name: str) -> Life:
    """A practice with one of everything, its name in every text, and files."""
    slug = f"{name.lower()}-{secrets.token_hex(4)}"
    practice = found_practice(installation.app, installation.clock, installation.worker, installation.sink, slug)
    life = one_of_everything(practice, name)
    for path in ("letter.pdf", "deep/er/Пётр.txt"):
        of(installation.files).write(f"{installation.id_of(slug)}/{path}", [name.encode(), os.urandom(1000)])
    return life


@pytest.fixture(scope="module")
def riverside_life(here: Installation) -> Life:
    return lives(here, "Riverword")


@pytest.fixture(scope="module")
def lakeside_life(here: Installation) -> Life:
    return lives(here, "Lakeword")


@pytest.fixture(scope="module")
def exported(here: Installation, riverside_life: Life, lakeside_life: Life, tmp_path_factory: Any) -> Path:
    """All of riverside, as the command writes it."""
    file: Path = tmp_path_factory.mktemp("exported") / "riverside.zip"
    urls = {"DATABASE_URL": here.app_url, "FILES_URL": here.files.as_uri()}
    done = commanded("export", riverside_life.practice.slug, file, **urls)
    assert (done.returncode, done.stderr) == (0, "")
    return file


def parts_of(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def rows_in(file: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in parts_of(file)[f"tables/{table}.{SUFFIX}"].splitlines()]


# All of it, and nothing else.


def test_of_every_table_somebody_decided_whether_it_goes_along() -> None:
    assert set(METADATA.tables) == EXPORTED | LEFT_OUT
    assert not EXPORTED & LEFT_OUT


@each("table", sorted(EXPORTED))
def test_every_row_of_the_practice_is_in_the_export(
    here: Installation, riverside_life: Life, exported: Path, table: str
) -> None:
    query = sql.SQL("select id::text from {} where tenant_id = %s").format(sql.Identifier(table))
    there = sorted(row["id"] for row in here.asks(query, here.id_of(riverside_life.practice.slug)))
    assert there != []
    came = sorted(row["id"] for row in rows_in(exported, table))
    if table == "access_entries":
        # Whoever looked since, or exported once more, is in there too.
        there = [row for row in there if row in came]
    assert came == there
    assert manifest_of(exported)["tables"][table]["rows"] == len(there)


def test_nothing_of_another_practice_is_in_the_export(here: Installation, lakeside_life: Life, exported: Path) -> None:
    """Red without row security and without the practice in the statement: each of them alone would do."""
    theirs = [str(here.id_of(lakeside_life.practice.slug)), *(word for word in lakeside_life.ids.values() if len(word) == 36)]
    for name, held in parts_of(exported).items():
        text = held.decode(errors="replace")
        assert (name, [word for word in ("Lakeword", "lakeword", *theirs) if word in text]) == (name, [])


def test_no_secret_is_in_the_export(here: Installation, riverside_life: Life, exported: Path) -> None:
    hashes = [row["password_hash"] for row in here.asks("select password_hash from users")]
    words = ["argon2", "password_hash", *hashes, riverside_life.practice.olga.refresh_token, riverside_life.token]
    for name, held in parts_of(exported).items():
        assert (name, [word for word in words if word.encode() in held]) == (name, [])
    people = json.loads(parts_of(exported)["users.json"])
    assert sorted(person["email"] for person in people) == sorted(
        f"{name}@{riverside_life.practice.slug}.example" for name in ("olga", "ana", "sam")
    )
    assert {key for person in people for key in person} == {"id", "name", "email"}
    assert exported.stat().st_mode & 0o777 == 0o600


def test_files_come_along(here: Installation, riverside_life: Life, exported: Path) -> None:
    held = held_in(here.files / str(here.id_of(riverside_life.practice.slug)))
    assert sorted({name.split("/")[0] for name in held}) == [
        *("deep", "documents", "letter.pdf", "mails", "packets", "previews"),
    ]
    assert {name: data for name, data in parts_of(exported).items() if name.startswith("files/")} == {
        f"files/{name}": data for name, data in held.items()
    }


def test_an_export_is_of_one_moment(here: Installation, tmp_path: Path) -> None:
    """Red without `tenancy.at_one_moment` in `commands.export.export`: a reminder would be there without its question."""
    practice = found_practice(here.app, here.clock, here.worker, here.sink, f"busy-{secrets.token_hex(4)}")
    ana, case = practice.ana, practice.ana.opens_a_case()
    write = export._write

    def written(reading: Any, name: str, into: Any) -> dict[str, Any]:
        ana.asks_the_team(case)
        return write(reading, name, into)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "_write", written)
        file = here.exports(practice.slug, tmp_path / "busy.zip")
    questions = {row["id"] for row in rows_in(file, "communications")}
    assert {row["communication_id"] for row in rows_in(file, "reminders")} - {None} <= questions
    assert {row["row_id"] for row in rows_in(file, "audit_entries") if row["resource"] == "communications"} == questions


def test_a_practice_that_is_not_there_is_said_so(here: Installation, tmp_path: Path) -> None:
    done = commanded("export", "nobody", tmp_path / "x.zip", DATABASE_URL=here.app_url, DATA_DIR=tmp_path)
    assert done.returncode != 0
    assert done.stderr == "Error: There is no practice nobody here.\n"
    assert list(tmp_path.iterdir()) == []


def test_who_could_see_every_practice_exports_none(here: Installation, riverside_life: Life, tmp_path: Path) -> None:
    """Red without `_refuse_unsafe_login(settings)` in `commands.command_line.export`."""
    urls = {"DATABASE_URL": here.admin_url, "DATA_DIR": str(tmp_path)}
    done = commanded("export", riverside_life.practice.slug, tmp_path / "x.zip", **urls)
    assert done.returncode != 0
    assert "can bypass row security" in done.stderr
    assert list(tmp_path.iterdir()) == []


# It is taken in.


@dataclass
class Moved:
    """A practice that was here and is there now."""

    life: Life
    slug: str
    old_id: UUID
    new_id: UUID
    # The ids that had to become others: of the practice, and of who founded it there.
    ids: dict[str, str]
    # What is exported there at once.
    again: Path


def same_ids(here: Installation, there: Installation, old: str, new: str) -> dict[str, str]:
    """The ids that had to change: of the practice, and of who was there already."""
    changed = {str(here.id_of(old)): str(there.id_of(new))}
    query = "select s.id, s.user_id, u.email from staff s join users u on u.id = user_id where tenant_id = %s"
    ours = {row["email"]: row for row in there.asks(query, there.id_of(new))}
    for row in here.asks(query, here.id_of(old)):
        changed[str(row["id"])] = str(ours[row["email"]]["id"])
        changed[str(row["user_id"])] = str(ours[row["email"]]["user_id"])
    return changed


@pytest.fixture(scope="module")
def moved(here: Installation, there: Installation, riverside_life: Life, exported: Path, tmp_path_factory: Any) -> Moved:
    """Olga founds an empty practice elsewhere, and an operator takes the export in."""
    old, new = riverside_life.practice.slug, f"moved-{secrets.token_hex(4)}"
    olga = there.founds(new, f"olga@{old}.example")
    olga.post("/staff/invitations", {"email": "somebody@elsewhere.example", "role": "assistant"})
    urls = {"DATABASE_URL": there.app_url, "FILES_URL": there.files.as_uri(), "SECRET_KEY": OTHER_SECRET.decode()}
    done = commanded("import", exported, "--practice", new, **urls)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"New here, with a password that nobody knows: ana@{old}.example" in done.stdout
    assert f"olga@{old}.example" not in done.stdout
    again = there.exports(new, tmp_path_factory.mktemp("again") / "again.zip")
    return Moved(riverside_life, new, here.id_of(old), there.id_of(new), same_ids(here, there, old, new), again)


def compared(file: Path, table: str, ids: dict[str, str], *, without: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """The rows, with the ids that they have there, without what an installation makes for itself, or keeps."""
    text = parts_of(file)[f"tables/{table}.{SUFFIX}"].decode()
    for old, new in ids.items():
        text = text.replace(old, new)
    rows = [json.loads(line) for line in text.splitlines()]
    kept = [{name: value for name, value in row.items() if name not in MADE_ANEW} for row in rows]
    return sorted((row for row in kept if row["id"] not in without), key=lambda row: str(row["id"]))


@each("table", sorted(EXPORTED))
def test_what_is_exported_again_there_is_what_was_exported_here(moved: Moved, exported: Path, table: str) -> None:
    came = compared(exported, table, moved.ids)
    # Olga was there already, and stays as she was there: her own row does not come along.
    olgas = frozenset(row["id"] for row in rows_in(moved.again, "staff") if row["email"] == moved.life.practice.olga.email)
    before = frozenset(row["id"] for row in rows_in(moved.again, table)) - {row["id"] for row in came}
    assert compared(moved.again, table, {}, without=before | olgas) == [row for row in came if row["id"] not in olgas]
    assert len(came) > 0
    if table not in ("audit_entries", "messages", "invitations", "access_entries"):
        assert before == frozenset(), "nothing is there that did not come"


def test_profile_and_files_are_there(here: Installation, there: Installation, moved: Moved, exported: Path) -> None:
    before = json.loads(parts_of(exported)["practice.json"])
    [after] = there.asks("select * from practices where id = %s", moved.new_id)
    kept = ("name", "timezone", "state", "about", "website", "social_links", "follow_up_offsets_days", "school_calendar")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert (after["slug"], before["slug"]) == (moved.slug, moved.life.practice.slug)
    assert held_in(there.files / str(moved.new_id)) == held_in(here.files / str(moved.old_id))
    assert any(name.startswith("documents/") for name in held_in(there.files / str(moved.new_id)))


def test_history_stays_in_its_order_and_the_import_is_on_record(there: Installation, moved: Moved, exported: Path) -> None:
    entries = there.asks("select * from audit_entries where tenant_id = %s order by sequence", moved.new_id)
    came = [str(row["id"]) for row in entries]
    brought = [row["id"] for row in rows_in(exported, "audit_entries")]
    assert [entry for entry in came if entry in set(brought)] == brought
    [imported] = [row for row in entries if row["actor"] == "operator" and "bookings" in row["fields"]]
    assert (imported["resource"], imported["row_id"]) == ("practices", moved.new_id)


def test_who_founded_it_there_sees_every_case(moved: Moved, there: Installation) -> None:
    practice = moved.life.practice
    olga = there.signs_in(practice.olga.email, moved.slug)
    ids = [row["id"] for row in practice.olga.everything("/cases")]
    assert [row["id"] for row in olga.everything("/cases")] == ids != []
    case = moved.life.rows["case"]["id"]
    before = happened(practice.ana, case)
    # Another test goes on with the case over there.
    assert [row for row in happened(olga, case) if row in before] == before != []
    assert len(olga.get("/staff")["items"]) == 3


def happened(who: Staff, case: str) -> list[Any]:
    """The timeline, less what the worker of each place did meanwhile."""
    return [row for row in who.everything(f"/cases/{case}/timeline") if not row["kind"].startswith("reminder")]


def test_who_is_new_there_sets_a_password_and_works_on(moved: Moved, there: Installation) -> None:
    email = moved.life.practice.ana.email
    assert Actor(there.app).ask("POST", "/auth/login", {"email": email, "password": PASSWORD}).status_code == 401
    Actor(there.app).post("/auth/password/forgot", {"email": email})
    there.worker.mail_resets()
    there.worker.send_messages()
    chosen = "quite another sentence, of elsewhere"
    [mail] = [mail for mail in there.sink.to(email) if "/password/" in text_of(mail)]
    Actor(there.app).post("/auth/password/reset", {"token": token_in(mail), "password": chosen})
    ana = there.signs_in(email, moved.slug, chosen)
    question = ana.asks_the_team(moved.life.rows["case"], "Is there a reader now?")
    assert len(question["reminders"]) == 3


def test_links_made_there_work_and_links_made_here_do_not(moved: Moved, there: Installation) -> None:
    """Red without `_with_our_link` in `commands.export`."""
    booking = moved.life.rows["booking"]["id"]
    token = there.links.token("bookings", moved.new_id, UUID(booking))
    assert Actor(there.app).ask("GET", f"/public/bookings/{token}").status_code == 200
    assert Actor(there.app).ask("GET", f"/public/bookings/{moved.life.token}").status_code == 404
    waiting = there.asks("select link_path, link_id, link_hash from messages where tenant_id = %s", moved.new_id)
    linked = [row for row in waiting if row["link_id"]]
    assert linked != []
    for row in linked:
        token = there.links.token(row["link_path"], moved.new_id, row["link_id"], hashed=bytes(row["link_hash"]))
        assert hash_of(token) == bytes(row["link_hash"])


# A practice of its own for each of these.


def made_there(there: Installation, email: str) -> str:
    slug = f"empty-{secrets.token_hex(4)}"
    there.founds(slug, email)
    return slug


def test_reminders_fire_there_and_each_once(here: Installation, there: Installation, tmp_path: Path) -> None:
    practice = found_practice(here.app, here.clock, here.worker, here.sink, f"chasing-{secrets.token_hex(4)}")
    for _ in range(4):
        practice.ana.asks_the_team(practice.ana.opens_a_case())
    slug = made_there(there, f"owner-{secrets.token_hex(4)}@elsewhere.example")
    there.takes_in(slug, here.exports(practice.slug, tmp_path / "chasing.zip"))
    sent = len(there.sink.to(practice.ana.email))

    there.clock.move(days=4)
    for _ in range(3):
        there.worker.fire_reminders()
        there.worker.send_messages()
    fired = there.asks("select id, occurrence from reminders where tenant_id = %s and state = 'due'", there.id_of(slug))
    assert [row["occurrence"] for row in fired] == [1, 1, 1, 1]
    mails = there.sink.to(practice.ana.email)[sent:]
    assert len(mails) == len({mail["Message-ID"] for mail in mails}) == 4


def test_what_waits_to_be_sent_is_sent_there(here: Installation, there: Installation, tmp_path: Path) -> None:
    practice = found_practice(here.app, here.clock, here.worker, here.sink, f"waiting-{secrets.token_hex(4)}")
    kind = practice.olga.opens_consultations(hosts=(practice.ana,))
    address = f"petra-{secrets.token_hex(4)}@example.org"
    said = {"consultation_type_id": kind["id"], "name": "Petra", "email": address, "timezone": ZONE}
    practice.sam.post("/bookings", {**said, "starts_at": "2026-10-13T16:00:00Z"})
    slug = made_there(there, practice.olga.email)
    there.takes_in(slug, here.exports(practice.slug, tmp_path / "waiting.zip"))
    there.worker.send_messages()
    [mail] = there.sink.to(address)
    assert Actor(there.app).ask("GET", f"/public/bookings/{token_in(mail)}").status_code == 200


def test_people_who_are_known_there_are_nobody_else(here: Installation, there: Installation, tmp_path: Path) -> None:
    """Sam works in another practice there already; Olga's id is taken by a stranger. Whoever was there stays as they are."""
    practice = found_practice(here.app, here.clock, here.worker, here.sink, f"known-{secrets.token_hex(4)}")
    case = practice.olga.post("/cases", {**opened(practice), "advocate_id": practice.olga.id})
    there.founds(f"sams-{secrets.token_hex(4)}", practice.sam.email)
    slug = made_there(there, practice.ana.email)
    stranger = there.asks("select id, password_hash from users where email = %s", practice.ana.email)[0]
    olga = here.asks("select id from users where email = %s", practice.olga.email)[0]["id"]
    with psycopg.connect(there.admin_url) as admin:
        admin.execute("insert into users select %s, 'x' || %s, 'x' || %s, 'A stranger', 'none', now()", [olga, slug, slug])
    told = there.takes_in(slug, here.exports(practice.slug, tmp_path / "known.zip"))
    assert list(told.new_users) == [practice.olga.email]
    staff = {row["email"]: row for row in there.asks("select * from staff where tenant_id = %s", there.id_of(slug))}
    assert sorted(staff) == sorted([practice.olga.email, practice.ana.email, practice.sam.email])
    assert staff[practice.olga.email]["user_id"] != olga
    assert staff[practice.ana.email]["role"] == "owner", "who founded it there owns it, whatever they were elsewhere"
    assert there.asks("select id, password_hash from users where email = %s", practice.ana.email) == [stranger]
    ana = there.signs_in(practice.ana.email, slug)
    assert ana.get(f"/cases/{case['id']}")["advocate_id"] == str(staff[practice.olga.email]["id"])
    assert there.signs_in(practice.sam.email, slug).id == str(staff[practice.sam.email]["id"])


def opened(practice: Practice) -> dict[str, str]:
    client = practice.olga.adds_a_client()
    return {"client_id": client["id"], "student_id": practice.olga.adds_a_student(client)["id"], "title": "Reading"}


def test_a_practice_can_be_taken_in_beside_itself(here: Installation, riverside_life: Life, exported: Path) -> None:
    """On the same installation: every id is there twice, and each practice sees its own."""
    slug = f"twin-{secrets.token_hex(4)}"
    here.founds(slug, f"owner-{secrets.token_hex(4)}@riverside.example")
    told = here.takes_in(slug, exported)
    assert told.new_users == []
    ana = here.signs_in(riverside_life.practice.ana.email, slug)
    [case] = [row for row in ana.everything("/cases") if row["id"] == riverside_life.rows["case"]["id"]]
    ana.patch(f"/cases/{case['id']}", {"title": "Changed in the twin"})
    assert riverside_life.practice.ana.get(f"/cases/{case['id']}")["title"] == "Riverword case"


# Odd texts, odd JSON, bytes.


def column_kinds(admin: Admin, table: str) -> list[Any]:
    """The columns that may hold anything: of no key that names a row, of no check."""
    return admin.execute(
        "select a.attname, format_type(atttypid, null) as kind, attnotnull from pg_attribute a"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''"
        " and not exists (select from pg_constraint"
        " where conrelid = attrelid and contype in ('c', 'f', 'p') and attnum = any(conkey)) and attname <> 'version'",
        [table],
    ).fetchall()


@pytest.fixture(scope="module")
def odd(here: Installation, there: Installation, tmp_path_factory: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of a practice, and what came of them there: in each table one of oddities, one of as many nulls as may be."""
    practice = lives(here, "Oddword").practice
    practice_id = here.id_of(practice.slug)
    with psycopg.connect(here.admin_url, row_factory=dict_row, autocommit=True) as admin:
        for table in EXPORTED:
            # What was in force is sealed: even whoever owns the table changes a draft alone.
            free = sql.SQL("and is_draft" if table == "iep_versions" else "")
            last, first = (
                sql.SQL("(select id from {} where tenant_id = %s {} order by id {} limit 1)").format(
                    sql.Identifier(table), free, sql.SQL(direction)
                )
                for direction in ("desc", "asc")
            )
            for row in column_kinds(admin, table):
                # Where there is one row alone, it is the odd one.
                values: list[tuple[sql.Composed, object]] = [] if row["attnotnull"] else [(last, None)]
                if row["kind"] == "text":
                    values.append((first, ODD + secrets.token_hex(4)))
                elif row["kind"] == "jsonb":
                    values.append((first, ODD_JSON))
                elif row["kind"] == "bytea":
                    values.append((first, bytes(range(256)) + os.urandom(4)))
                for whose, value in values:
                    change = sql.SQL("update {} set {} = %s where tenant_id = %s and id = {}").format(
                        sql.Identifier(table), sql.Identifier(row["attname"]), whose
                    )
                    admin.execute(change, [value, practice_id, practice_id])
    slug = made_there(there, f"odd-{secrets.token_hex(4)}@elsewhere.example")
    there.takes_in(slug, here.exports(practice.slug, tmp_path_factory.mktemp("odd") / "odd.zip"))
    before, after = (
        {table: rows_as_text(place, table, whose) for table in EXPORTED}
        for place, whose in ((here, practice_id), (there, there.id_of(slug)))
    )
    return before, after


@each("table", sorted(EXPORTED))
def test_whatever_a_row_holds_comes_through(odd: tuple[dict[str, Any], dict[str, Any]], table: str) -> None:
    """As the database itself writes it, so that no digit of a number is lost; but for what is made anew there."""
    before, after = odd[0][table], odd[1][table]
    assert before != {}
    assert {row_id: after.get(row_id) for row_id in before} == before
    checks = " ".join(str(c.sqltext) for c in METADATA.tables[table].constraints if isinstance(c, CheckConstraint))
    texts = [column for column in METADATA.tables[table].columns if isinstance(column.type, Text) and not column.computed]
    if any(column.name not in checks and not column.foreign_keys for column in texts):
        assert any("back\\\\slash" in row for row in before.values())


def rows_as_text(place: Installation, table: str, practice_id: UUID) -> dict[str, str]:
    columns = [column.name for column in METADATA.tables[table].columns if column.name not in ("tenant_id", *MADE_ANEW)]
    query = sql.SQL("copy (select {} from {} where tenant_id = {}) to stdout").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table), sql.Literal(practice_id)
    )
    with psycopg.connect(place.admin_url, options="-c timezone=UTC") as admin, admin.cursor().copy(query) as rows:
        lines = b"".join(bytes(row) for row in rows).decode().replace(str(practice_id), "<the practice>").split("\n")[:-1]
    return {line.split("\t")[columns.index("id")]: line for line in lines}


def test_an_answer_whose_id_is_before_the_question_finds_it(here: Installation, there: Installation, tmp_path: Path) -> None:
    """Clocks differ: an id may be lower than that of the row it names. Red without `held` in `commands.export._batches`."""
    practice = found_practice(here.app, here.clock, here.worker, here.sink, f"clocks-{secrets.token_hex(4)}")
    case = practice.ana.opens_a_case()
    question = practice.ana.tells(case)
    practice.ana.hears(question)
    with psycopg.connect(here.admin_url) as admin:
        practice_id = here.id_of(practice.slug)
        for number, before in ((0, question["id"]), (1, None)):
            admin.execute(
                "insert into communications select tenant_id, %s, case_id, concern_id, coalesce(%s, %s::uuid), thread_id,"
                " recorded_by_id, direction, channel, party, occurred_at, subject, summary, awaiting_reply, version,"
                " created_at, updated_at from communications where tenant_id = %s and id = %s",
                [UUID(int=2 - number), before, UUID(int=2), practice_id, question["id"]],
            )
    slug = made_there(there, practice.olga.email)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "ROWS_AT_ONCE", 1)
        there.takes_in(slug, here.exports(practice.slug, tmp_path / "clocks.zip"))
    found = there.asks("select from communications where tenant_id = %s", there.id_of(slug))
    assert len(found) == 4


# It is refused.


def test_a_practice_in_which_somebody_worked_takes_nothing_in(there: Installation, exported: Path) -> None:
    """Red without `worked_in` in `commands.export`."""
    slug = f"busy-{secrets.token_hex(4)}"
    there.founds(slug, f"busy-{secrets.token_hex(4)}@elsewhere.example").adds_a_client()
    assert there.refuses(slug, exported) == "The practice is not empty, it has clients: nothing was taken in."


def test_a_practice_with_files_takes_nothing_in(there: Installation, exported: Path) -> None:
    slug = made_there(there, f"files-{secrets.token_hex(4)}@elsewhere.example")
    of(there.files).write(f"{there.id_of(slug)}/mine", [b"mine"])
    assert there.refuses(slug, exported) == "The practice is not empty, it has files: nothing was taken in."


def test_the_same_export_is_taken_in_once(there: Installation, moved: Moved, exported: Path) -> None:
    assert "is not empty" in there.refuses(moved.slug, exported)


def with_a_wrong_byte(file: Path, copy: Path) -> Path:
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 3] ^= 4
    copy.write_bytes(whole)
    return copy


def test_a_damaged_export_is_not_taken_in(there: Installation, exported: Path, tmp_path: Path) -> None:
    slug = made_there(there, f"damaged-{secrets.token_hex(4)}@elsewhere.example")
    assert "is damaged" in there.refuses(slug, with_a_wrong_byte(exported, tmp_path / "damaged.zip"))


def of_another_revision(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps({**manifest, "revision": "0000"}).encode()


def of_another_kind(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = parts["manifest.json"].replace(KIND.encode(), b"followthrough backup")


def changed(parts: dict[str, bytes], table: str, old: bytes, new: bytes) -> None:
    """A part that is other, and a manifest that says so."""
    part = f"tables/{table}.{SUFFIX}"
    parts[part] = parts[part].replace(old, new, 1)
    measured, manifest = archive.Measured(), json.loads(parts["manifest.json"])
    measured.write(parts[part])
    manifest["tables"][table] |= {**measured.facts, "rows": measured.lines}
    parts["manifest.json"] = json.dumps(manifest).encode()


def with_a_row_that_cannot_be(parts: dict[str, bytes]) -> None:
    changed(parts, "cases", b'"state":"open"', b'"state":"lost"')


def with_a_row_of_nobody(parts: dict[str, bytes]) -> None:
    case = json.loads(parts[f"tables/cases.{SUFFIX}"].splitlines()[0])["client_id"].encode()
    changed(parts, "cases", case, str(UUID(int=1)).encode())


def with_a_line_that_is_no_row(parts: dict[str, bytes]) -> None:
    changed(parts, "clients", b"{", b"[")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (of_another_revision, "bring both to one release"),
        (of_another_kind, "here a followthrough export of format 1 is needed"),
        (with_a_row_that_cannot_be, "does not fit here (CheckViolation)"),
        (with_a_row_of_nobody, "does not fit here (ForeignKeyViolation)"),
        (with_a_line_that_is_no_row, "does not fit here (InvalidTextRepresentation)"),
    ],
)
def test_what_does_not_fit_is_not_taken_in(
    there: Installation, exported: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], why: str
) -> None:
    copy = tmp_path / "exported.zip"
    copy.write_bytes(exported.read_bytes())
    slug = made_there(there, f"misfit-{secrets.token_hex(4)}@elsewhere.example")
    assert why in there.refuses(slug, resealed(copy, change))


def test_files_that_cannot_be_written_leave_nothing_behind(there: Installation, exported: Path) -> None:
    """Red without `take_back_files` in `commands.export.take_in`."""
    slug = made_there(there, f"full-{secrets.token_hex(4)}@elsewhere.example")
    write, written = Files.write, []

    def full(files: Files, path: str, chunks: Any) -> None:
        if written:
            raise OSError("No space left on device")
        written.append(path)
        write(files, path, chunks)

    before = there.everything()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Files, "write", full)
        with pytest.raises(OSError, match="No space left"):
            there.takes_in(slug, exported)
    assert written != []
    assert there.everything() == before


def test_an_export_among_the_files_is_refused(here: Installation, riverside_life: Life) -> None:
    """Red without `must_not_hold` in `commands.export.export`."""
    before = held_in(here.files)
    with pytest.raises(Refused, match="would lie among the files that it is to hold"):
        here.exports(riverside_life.practice.slug, here.files / str(here.id_of(riverside_life.practice.slug)) / "all.zip")
    assert held_in(here.files) == before


def test_an_export_from_a_place_that_is_not_there_is_refused(here: Installation, riverside_life: Life, tmp_path: Path) -> None:
    """Red without `must_be_there` in `commands.command_line.export`."""
    urls = {"DATABASE_URL": here.app_url, "FILES_URL": (tmp_path / "missing").as_uri()}
    done = commanded("export", riverside_life.practice.slug, tmp_path / "export.zip", **urls)
    assert (done.returncode, done.stderr) == (1, f"Error: FILES_URL: {tmp_path / 'missing'} is no folder.\n")


def test_two_imports_at_once_are_one(there: Installation, moved: Moved, exported: Path) -> None:
    """Red without `lock=True` in `commands.export._Taking.take`: both would find it empty. Its people are known there since
    they moved: were they new, nobody could found a practice under their addresses any more.
    """
    slug = made_there(there, f"raced-{secrets.token_hex(4)}@elsewhere.example")

    def takes() -> str:
        try:
            there.takes_in(slug, exported)
        except Refused as refused:
            return str(refused)
        return "done"

    assert sorted(at_once(takes, takes), key=len) == [
        "done",
        "The practice is not empty, it has access_entries: nothing was taken in.",
    ]
    brought = [name for name in parts_of(exported) if name.startswith("files/")]
    assert len(held_in(there.files / str(there.id_of(slug)))) == len(brought)


def test_an_export_says_when_it_was_taken(here: Installation, riverside_life: Life, tmp_path: Path) -> None:
    file = here.exports(riverside_life.practice.slug, tmp_path / "now.zip")
    assert datetime.fromisoformat(manifest_of(file)["taken_at"]).astimezone(UTC) == here.clock()
