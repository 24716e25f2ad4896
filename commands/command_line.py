"""The command line: followthrough serve, worker, migrate, demo, openapi."""

import json
import os
import signal
import socket
import sys
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

    Needs DATABASE_URL, SECRET_KEY and BASE_URL; listens on HOST and PORT with PROCESSES and THREADS. Refuses a database
    login that could get past row security. SIGTERM ends it once the requests under way are answered.
    """
    from commands.serving import SERVE_NEEDS

    settings = _settings(*SERVE_NEEDS, "HOST", "PORT", "PROCESSES")
    _refuse_unsafe_login(settings)
    _refuse_taken_port(settings["HOST"], int(settings["PORT"]))
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "commands.serving:make",
        factory=True,
        address=settings["HOST"],
        port=int(settings["PORT"]),
        interface=Interfaces.WSGI,
        workers=int(settings["PROCESSES"] or os.cpu_count() or 1),
        blocking_threads=int(settings["THREADS"]),
        workers_kill_timeout=25,
        respawn_failed_workers=True,
        log_access=False,
        process_name=None,
    ).serve()


@main.command()
def worker() -> None:
    """Do what is due: fire reminders, send mail.

    Needs DATABASE_URL, SECRET_KEY, BASE_URL and SMTP_URL. Run as many as you like. SIGTERM ends it within 30 seconds: it
    ends what it is sending and gives back the rest.
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
@click.option("--to", default="head", show_default=True, help="The revision to go to.")
@click.option("--down", is_flag=True, help="Go back to the revision instead of forward.")
@click.option("--sql", "as_sql", is_flag=True, help="Print every migration as SQL and do nothing.")
def migrate(to: str, down: bool, as_sql: bool) -> None:
    """Bring the database to this release.

    Needs DATABASE_ADMIN_URL: a role with BYPASSRLS and CREATEROLE that owns the tables, which neither serve nor worker can
    take. With DATABASE_URL set, it makes that login too and gives it its low roles. Waits for no lock longer than a
    second, so that it stops no reader; it tries again instead.
    """
    from commands import database

    if as_sql:
        database.print_sql()
        return
    admin_url = _settings("DATABASE_ADMIN_URL")["DATABASE_ADMIN_URL"]
    app_url = os.environ.get("DATABASE_URL")
    try:
        if down:
            database.downgrade(admin_url, to)
        else:
            database.migrate(admin_url, app_url, to=to)
    except (database.Unsafe, psycopg.OperationalError) as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo(f"The database is at {to}.")


@main.command()
def demo() -> None:
    """Show it on this machine: a practice with a story, the API, one worker.

    Starts an embedded PostgreSQL in DATA_DIR (or takes DATABASE_URL with DATABASE_ADMIN_URL), migrates, tells the story
    once, serves on PORT. Mail is kept and shown at /dev/mail, unless SMTP_URL names a server. Ctrl-C ends all of it.
    """
    from commands.demo import run

    settings = _settings(*{"HOST", "PORT", "DATA_DIR", *given(os.environ)})
    _refuse_taken_port(settings["HOST"], int(settings["PORT"]))
    try:
        run(settings, os.environ)
    except SettingsWrong as wrong:
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
        refuse_unsafe_login(settings["DATABASE_URL"])
    except psycopg.OperationalError:
        raise click.ClickException("DATABASE_URL: the database cannot be reached, or does not let this login in.") from None
    except Unsafe as unsafe:
        raise click.ClickException(f"DATABASE_URL: {unsafe}") from None
