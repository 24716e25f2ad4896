"""The command line: followthrough serve, worker, migrate, backup, restore, export, import, inbound-mail, demo, and more."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import psycopg

from commands.settings import SETTINGS, Settings, SettingsWrong, given, read

EPILOG = "Settings come from the environment; `followthrough settings` explains them all. `followthrough demo` needs none."


@click.group(epilog=EPILOG, context_settings={"max_content_width": 110})
@click.version_option(package_name="followthrough")
def main() -> None:
    """Followthrough: the backend of a special-education advocacy practice.

    An installation runs `migrate` once for each release, then any number of `serve` and `worker`. To look around, run
    `demo`: it needs no settings and no database.
    """


@main.command()
def serve() -> None:
    """Serve the API.

    Needs DATABASE_URL, SECRET_KEY and BASE_URL; documents lie at FILES_URL, or in DATA_DIR. Listens on HOST and PORT with
    PROCESSES and THREADS. Refuses a database login that could get past row security. SIGTERM ends it once the requests
    under way are answered.
    """
    # Before anything else: what is imported below asks whether there is such a folder.
    click.get_current_context().with_resource(_numbers_of_all_processes())
    from commands import log
    from commands.serving import SERVE_NEEDS, server

    settings = _settings(*SERVE_NEEDS, "HOST", "PORT", "PROCESSES")
    log.start(settings["LOG_LEVEL"], settings["LOG_FORMAT"])
    _refuse_unsafe_login(settings)
    _refuse_taken_port(settings["HOST"], int(settings["PORT"]))
    server(settings).serve()


@main.command()
def worker() -> None:
    """Do what is due: fire reminders, send mail, read documents.

    Needs DATABASE_URL, SECRET_KEY, BASE_URL and SMTP_URL, and FILES_URL as serve has it. Run as many as you like. SIGTERM
    ends it within 30 seconds: it ends what it is sending and gives back the rest.
    """
    from commands.working import WORKER_NEEDS, work

    kept = os.environ.get("FOLLOWTHROUGH_KEPT_MAIL")
    settings = _settings(*(name for name in WORKER_NEEDS if not (kept and name == "SMTP_URL")))
    _refuse_unsafe_login(settings)
    running = work(settings, kept_mail=Path(kept) if kept else None)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: running.stop())
    running.run()


@main.command()
@click.option("--to", help="The revision to go to; the last one unless said. --down needs it.")
@click.option("--down", is_flag=True, help="Go back to the revision instead of forward.")
@click.option("--sql", "as_sql", is_flag=True, help="Print every migration as SQL and do nothing.")
def migrate(to: str | None, down: bool, as_sql: bool) -> None:
    """Bring the database to this release.

    Needs DATABASE_ADMIN_URL: a role with BYPASSRLS and CREATEROLE that owns the tables, which neither serve nor worker can
    take. With DATABASE_URL set, it makes that login too and gives it its low roles. Waits for no lock longer than a
    second, so that it stops no reader; it tries again instead.
    """
    from commands import database

    if as_sql:
        database.print_sql()
        return
    if down and to is None:
        raise click.UsageError("--down needs --to, the revision to go back to.")
    admin_url = _settings("DATABASE_ADMIN_URL", *_application_login())["DATABASE_ADMIN_URL"]
    app_url = os.environ.get("DATABASE_URL")
    with _refusals("DATABASE_ADMIN_URL"):
        if down and to is not None:
            revision = database.downgrade(admin_url, to)
        else:
            revision = database.migrate(admin_url, app_url, to=to or "head")
    click.echo(f"The database is at {revision}.")


_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_OLD_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command()
@click.argument("file", type=_NEW_FILE)
def backup(file: Path) -> None:
    """Back up everything into a new FILE.

    Needs DATABASE_ADMIN_URL, a role with BYPASSRLS, and FILES_URL if files lie elsewhere than in DATA_DIR. `serve` and
    `worker` go on meanwhile. FILE is there once it is whole, and nobody but its owner can read it.
    """
    from commands.archive import must_be_there
    from commands.backup import backup
    from commands.serving import now
    from models.files import Files

    settings = _settings("DATABASE_ADMIN_URL", "FILES_URL", "DATA_DIR")
    with _refusals("DATABASE_ADMIN_URL"):
        files = Files(settings.files_url)
        must_be_there(files, or_missing=not settings["FILES_URL"])
        told = backup(settings["DATABASE_ADMIN_URL"], files, file, now())
    click.echo(f"{file}: {told.tables} tables, {told.rows} rows, {told.files} files, at revision {told.revision}.")
    if told.vanished:
        click.echo(f"{told.vanished} files vanished while they were being read.", err=True)


@main.command()
@click.argument("file", type=_OLD_FILE)
def restore(file: Path) -> None:
    """Bring an empty database, and an empty place for files, to what FILE holds.

    Needs DATABASE_ADMIN_URL as migrate does, and FILES_URL or DATA_DIR; with DATABASE_URL set, it makes that login too.
    Ends well only after everything was read back and compared. `migrate` then goes on to this release.
    """
    from commands.archive import must_be_there
    from commands.backup import restore
    from models.files import Files

    settings = _settings("DATABASE_ADMIN_URL", "FILES_URL", "DATA_DIR", *_application_login())
    with _refusals("DATABASE_ADMIN_URL"):
        files = Files(settings.files_url)
        must_be_there(files, or_missing=True)
        told = restore(settings["DATABASE_ADMIN_URL"], os.environ.get("DATABASE_URL"), files, file)
    click.echo(f"{told.tables} tables, {told.rows} rows and {told.files} files came back as they were.")
    click.echo(f"The database is at {told.revision}; `followthrough migrate` goes on to this release.")


@main.command()
@click.argument("slug")
@click.argument("file", type=_NEW_FILE)
def export(slug: str, file: Path) -> None:
    """Write all that the practice SLUG has into a new FILE: JSON and files.

    Needs DATABASE_URL, and FILES_URL or DATA_DIR. It holds no passwords and no keys. Another installation of the same
    release takes it in by `import`.
    """
    from commands.archive import must_be_there
    from commands.export import export
    from commands.serving import now
    from models.files import Files

    settings = _settings("DATABASE_URL", "DATABASE_POOLER", "FILES_URL", "DATA_DIR")
    _refuse_unsafe_login(settings)
    with _refusals("DATABASE_URL"):
        files = Files(settings.files_url)
        must_be_there(files, or_missing=not settings["FILES_URL"])
        told = export(settings["DATABASE_URL"], files, slug, file, now(), prepares=settings.prepares)
    click.echo(f"{file}: {told.rows} rows, {told.files} files.")
    if told.vanished:
        click.echo(f"{told.vanished} files vanished while they were being read.", err=True)


@main.command("import")
@click.argument("file", type=_OLD_FILE)
@click.option("--practice", "slug", required=True, help="The slug of an empty practice.")
def import_(file: Path, slug: str) -> None:
    """Take an export into an empty practice of this installation.

    Needs DATABASE_URL, SECRET_KEY, and FILES_URL or DATA_DIR. The practice is registered first, and nobody has worked in
    it yet. People whom this installation does not know are made; they ask for a new password, as who forgot theirs.
    """
    from commands.archive import must_be_there
    from commands.export import take_in
    from commands.serving import now
    from models.files import Files
    from models.link import Links

    settings = _settings("DATABASE_URL", "DATABASE_POOLER", "SECRET_KEY", "SECRET_KEY_PREVIOUS", "FILES_URL", "DATA_DIR")
    _refuse_unsafe_login(settings)
    links = Links(settings.secret_keys, base_url="")  # only the hashes of links are made here
    with _refusals("DATABASE_URL"):
        files = Files(settings.files_url)
        must_be_there(files, or_missing=True)
        told = take_in(settings["DATABASE_URL"], files, links, slug, file, now(), prepares=settings.prepares)
    click.echo(f"{slug} has {told.rows} rows and {told.files} files more.")
    for address in told.new_users:
        click.echo(f"New here, with a password that nobody knows: {address}")


@main.command()
def demo() -> None:
    """Show it on this machine: a practice with a story, the API, one worker.

    Starts an embedded PostgreSQL in DATA_DIR (or takes DATABASE_URL with DATABASE_ADMIN_URL), migrates, tells the story
    once, serves on PORT. Mail is kept and shown at /dev/mail, unless SMTP_URL names a server. Ctrl-C ends all of it.
    """
    from commands.database import Unsafe
    from commands.demo import run

    settings = _settings(*{"HOST", "PORT", "DATA_DIR", *given(os.environ)})
    _refuse_taken_port(settings["HOST"], int(settings["PORT"]))
    try:
        run(settings, os.environ)
    except (SettingsWrong, Unsafe) as wrong:
        raise click.ClickException(str(wrong)) from None
    except OSError as failed:
        raise click.ClickException(f"DATA_DIR {settings['DATA_DIR']}: {failed.strerror or failed}.") from None


@main.command()
@click.option("--check", type=click.Path(dir_okay=False, path_type=Path), help="Compare with this file; exit 1 if it differs.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
def openapi(check: Path | None, write: Path | None) -> None:
    """Print the OpenAPI document that the code says."""
    from commands.document import document

    said = json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
    if check:
        if check.read_text() != said:
            raise click.ClickException(f"{check} is not what the code says: followthrough openapi --write {check}")
        click.echo(f"{check} is what the code says.")
    elif write:
        write.write_text(said)
    else:
        click.echo(said, nl=False)


@main.command()
@click.option("--check", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Compare with this file.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write it into this file.")
def playbook(check: Path | None, write: Path | None) -> None:
    """Print the page of the playbook, as its table says it."""
    from commands.playbook_page import page

    said = page()
    if check:
        if check.read_text() != said:
            raise click.ClickException(f"{check} is not what the table says: followthrough playbook --write {check}")
        click.echo(f"{check} is what the table says.")
    elif write:
        write.write_text(said)
    else:
        click.echo(said, nl=False)


@main.command()
def reseal() -> None:
    """Hide what is kept encrypted under the present secret.

    To be run after a new SECRET_KEY was set and before SECRET_KEY_PREVIOUS is taken away: the secrets of one-time codes
    and the addresses of external calendars could not be read any more without it. Needs DATABASE_URL and both secrets. It
    may be run again, and while others work.
    """
    from commands.resealing import RESEAL_NEEDS, Found, people, practices, reseal_calendars_of, reseal_of

    settings = _settings(*RESEAL_NEEDS)
    if not settings["SECRET_KEY_PREVIOUS"]:
        click.echo("SECRET_KEY_PREVIOUS is missing: what the secret before this one hid cannot be read without it.", err=True)
        sys.exit(2)
    _refuse_unsafe_login(settings)
    with click.progressbar(people(settings), label="Resealing") as found:
        told = Counter(reseal_of(settings, person) for person in found)
    with click.progressbar(practices(settings), label="Resealing") as entered:
        calendars = sum((reseal_calendars_of(settings, practice_id) for practice_id in entered), Counter())
    click.echo(f"Resealed the addresses of {calendars[Found.RESEALED]} calendars.")
    click.echo(f"Resealed the one-time codes of {told[Found.RESEALED]} people.")
    lost = {"the one-time codes of {} people": told, "the addresses of {} calendars": calendars}
    named = " and ".join(what.format(counts[Found.UNREADABLE]) for what, counts in lost.items() if counts[Found.UNREADABLE])
    if named:
        raise click.ClickException(
            f"{named[0].upper()}{named[1:]} are read by neither secret, and stay as they are:"
            " set SECRET_KEY_PREVIOUS to the one that hid them, and run it again."
        )


@main.command("inbound-mail")
@click.option("--recipient", "recipients", multiple=True, help="To whom it was delivered; else whoever stands in its headers.")
def inbound_mail(recipients: tuple[str, ...]) -> None:
    """Take in one message from standard input.

    For a local mail server (a pipe of Postfix). Needs DATABASE_URL, SECRET_KEY, INBOUND_MAIL_DOMAIN, and FILES_URL as serve has
    it. Ends with a status of sysexits: 0 it is kept, 65 it is none or too large, 67 nobody here has this address, 75 to be
    brought again.
    """
    from commands.inbound_mail import take_in

    status, said = take_in(os.environ, recipients, sys.stdin.buffer)
    if said:
        click.echo(said, err=True)
    sys.exit(status)


@main.command()
def settings() -> None:
    """Explain every setting."""
    for setting in SETTINGS:
        default = "" if setting.default is None else f" [{setting.default or 'none'}]"
        click.echo(f"{setting.name}{default}\n    {setting.meaning}.")


def _settings(*names: str) -> Settings:
    try:
        return read(os.environ, *names)
    except SettingsWrong as wrong:
        for sentence in wrong.sentences:
            click.echo(sentence, err=True)
        sys.exit(2)


def _application_login() -> list[str]:
    """DATABASE_URL where it is set: it need not be, and has to be right if it is, before anything is done."""
    return ["DATABASE_URL"] if os.environ.get("DATABASE_URL") else []


@contextlib.contextmanager
def _numbers_of_all_processes() -> Iterator[None]:
    """A folder in which the processes of a `serve` keep what they count, as long as it runs; where anybody may ask for it."""
    if not os.environ.get("METRICS_TOKEN"):
        yield
        return
    folder = tempfile.mkdtemp(prefix="followthrough-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _refusals(login: str) -> Iterator[None]:
    """What a command refuses to do, or cannot, in one sentence."""
    from sqlalchemy.exc import DBAPIError

    from commands.archive import Refused
    from commands.database import Busy, Unsafe
    from models.files import Unusable

    try:
        yield
    except (Refused, Unsafe, Busy, Unusable) as wrong:
        raise click.ClickException(str(wrong)) from None
    except psycopg.errors.InsufficientPrivilege as wrong:
        raise click.ClickException(f"{login}: {wrong.diag.message_primary}.") from None
    except (psycopg.OperationalError, DBAPIError) as wrong:
        if isinstance(wrong, DBAPIError) and isinstance(wrong.orig, psycopg.errors.InsufficientPrivilege):
            raise click.ClickException(f"{login}: {wrong.orig.diag.message_primary}.") from None
        raise click.ClickException(f"{login}: the database cannot be reached, or gave up ({type(wrong).__name__}).") from None
    except OSError as failed:
        raise click.ClickException(f"{failed.filename or 'The file'}: {failed.strerror or failed}.") from None


def _refuse_taken_port(host: str, port: int) -> None:
    # The server shares its port among its processes, and so would with another server: they would answer in turn.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise click.ClickException(f"HOST and PORT: {host}:{port} cannot be listened on ({taken.strerror}).") from None


def _refuse_unsafe_login(settings: Settings) -> None:
    from commands.database import Unsafe, refuse_unsafe_login

    try:
        refuse_unsafe_login(settings["DATABASE_URL"], pooler=settings["DATABASE_POOLER"])
    except psycopg.OperationalError:
        raise click.ClickException("DATABASE_URL: the database cannot be reached, or does not let this login in.") from None
    except Unsafe as unsafe:
        raise click.ClickException(f"DATABASE_URL: {unsafe}") from None
